"""Forms look first for the words that they need: that must never hide what is there."""

from __future__ import annotations

import gc
import re
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.forms import Form, fitting, met_by, speaking, worded
from bot.domain.needed import needed
from tests.drawing import examples
from watchers import recognisers
from watchers.phrases.context import Context
from watchers.phrases.marks import Marked, sentences
from watchers.phrases.rules import rules

SOURCES = Path(__file__).parent / "sources"
WORDS = st.sampled_from(
    [
        "the",
        "will",
        "be",
        "was",
        "approved",
        "rejected",
        "on",
        "if",
        "target",
        "scope",
        "release",
        "⟦M0⟧",
        "⟦D1⟧",
        "⟦R2⟧",
        "withdrawn",
        "not",
    ]
)


@cache
def all_forms() -> tuple[Form, ...]:
    """Return every form that any module has."""
    assert recognisers.recognisers()
    assert rules()
    return tuple(sorted((one for one in gc.get_objects() if isinstance(one, Form)), key=lambda one: one.regex.pattern))


@cache
def corpus() -> tuple[Marked, ...]:
    """Return the sentences of one in sixty of the lines of our reviewed pages, tags and all."""
    texts = (path.read_text("utf-8", "replace") for path in sorted(SOURCES.rglob("*.*")))
    lines = tuple(dict.fromkeys(line for text in texts for line in text.splitlines()))
    return tuple({one.text: one for line in lines[::60] for one in sentences(line)}.values())


def test_no_match_in_our_pages_is_hidden() -> None:
    assert len(all_forms()) > 100
    hidden = [
        (form.regex.pattern, sentence.text)
        for form in all_forms()
        for sentence in corpus()
        if not form.may_match(sentence.text) and form.regex.search(sentence.text)
    ]
    assert hidden == []


def test_a_rule_that_is_passed_over_has_nothing_to_say() -> None:
    passed = [(rule, one) for one in corpus() for rule in set(rules()) - set(speaking(rules(), one.text))]
    assert len(passed) > len(corpus())
    context = partial(
        Context, release="2021-11", about=("MP090",), last=("MP090",), listed=("MP077",), request="2021-11"
    )
    assert [(rule, sentence.text) for rule, sentence in passed if list(rule(sentence, context()))] == []


@settings(max_examples=examples(20))
@given(st.data())
def test_whatever_a_form_matches_has_the_words_that_it_needs(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(all_forms()))
    text = data.draw(st.from_regex(form.regex))
    assert form.may_match(text), form.regex.pattern


@settings(max_examples=examples(30))
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_rules_say_the_same_of_any_words_with_and_without_looking_first(text: str) -> None:
    for form in all_forms():
        assert bool(form.search(text)) == bool(form.regex.search(text))


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\b(?:approved|rejected) by\b", [{"|approved", "|rejected"}]),
        (r"\bChange Board\b[^.]{0,9}\bvot\w+", [{"|change"}, {"board|"}, {"|vot"}]),
        (r"(?:may)?\s*(?:not)?", []),
        (r"[a-z]+ing\b", [{"ing|"}]),
        (r"⟦D\d+⟧[^⟦⟧]{0,60}?⟦R\d+⟧", [{"⟦d"}, {"⟦r"}]),
        (r"(?:a|(?:b|[^x]y))z", []),
    ],
)
def test_what_a_pattern_needs_is_found_in_it(pattern: str, needs: list[set[str]]) -> None:
    found = [set(alternatives) for alternatives in needed(re.compile(pattern, re.IGNORECASE)).always]
    assert all(alternatives in found for alternatives in needs)
    assert bool(found) == bool(needs) or pattern.startswith("(?:a")


@pytest.mark.parametrize("text", ["WİTHDRAWN", "wıthdrawn", "WITHDRAWN", "ſcope", "KEPT"])
def test_letters_that_match_others_where_case_is_ignored_hide_nothing(text: str) -> None:
    assert [bool(worded(words).search(text)) for words in ("withdrawn", "scope", "kept")] == [
        bool(re.search(words, text, re.IGNORECASE)) for words in ("withdrawn", "scope", "kept")
    ]


def test_a_long_word_costs_no_more_than_its_length() -> None:
    assert met_by("a" * 200_000)


def test_of_several_forms_those_are_fitting_whose_words_a_text_has() -> None:
    forms = [worded("approved|rejected"), worded(r"\bon hold\b"), worded(r"\d+")]
    assert fitting(forms, "MP090 was approved") == [forms[0], forms[2]]
    assert fitting(forms, "It is on hold.") == forms[1:]
    assert fitting(forms, "İt") == [forms[n] for n in range(3) if forms[n].may_match("İt")]


def test_a_pattern_that_parts_into_ways_is_searched_for_only_where_all_words_of_one_of_them_are() -> None:
    form = worded(r"\b(?:fell out of|moved from) (?:the )?scope\b|\bno longer in it\b")
    assert form.may_match("it fell out of the scope")
    assert form.may_match("it is no longer in it")
    assert not form.may_match("the scope is no longer in doubt")


def test_what_a_pattern_looks_ahead_for_is_needed_too() -> None:
    form = worded(r"\bboth (?=[^.]{0,9}⟦M)")
    assert form.may_match("both ⟦M0⟧")
    assert not form.may_match("both of them")
