"""The budget of a message: what is cut first, and that what is cut is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.changes import Change
from bot.ports import Message
from bot.render import blocks
from bot.render.budget import BLOCKS_LIMIT, TOTAL_LIMIT, Cut, cuts, fits, fitted, richest, size, strings
from tests import samples
from tests.drawing import examples
from tests.limits import faults, read
from tests.test_render import alert, digest

LONG = "The sentence of the page that proves it goes on and on. " * 6


def many(count: int, quote: str = LONG) -> list[Change]:
    kinds = [change for change in samples.changes() if change.kind in {"scope_added", "status_changed"}]
    return [replace(kinds[n % len(kinds)], quote_after=f"{n} {quote}") for n in range(count)]


def quotes(message: Message) -> int:
    return read(message).count("> “")


def bullets(message: Message) -> int:
    return sum(line.startswith("• ") for line in read(message).split("\n"))


def test_quotes_of_the_later_changes_go_before_any_change_goes() -> None:
    few, more = alert(*many(8)), alert(*many(60))
    assert (quotes(few), bullets(few)) == (8, 0)
    assert quotes(more) + bullets(more) == 60
    assert "more change" not in read(more).partition("\n")[2]


def test_long_quotes_give_way_to_changes() -> None:
    message = alert(*many(190, LONG * 30))
    assert faults(message) == []
    assert 1 <= quotes(message) < 8
    assert quotes(message) + bullets(message) == 190


def test_the_first_quote_stays_when_later_changes_are_left_out_and_their_number_is_told() -> None:
    message = alert(*many(400))
    assert quotes(message) == 1
    assert f"… and {400 - bullets(message) - 1} more changes: `/sec since 5 Jun 2021`" in read(message)


def test_the_footer_survives_every_cut() -> None:
    last = [read(alert(*many(count))).split("\n")[-2:] for count in (1, 40, 400)]
    assert last[0] == last[1] == last[2]
    assert "/sec list" in last[0][1]


def test_a_long_digest_leaves_out_whole_changes_and_says_where_they_are() -> None:
    told = samples.told(many(500))
    message = digest(told)
    shown = read(message)
    assert faults(message) == []
    assert f"… and {500 - bullets(message)} more changes: `/sec since 4 Nov 2021`" in shown


def test_the_notification_names_as_many_changes_as_it_may_hold() -> None:
    message = alert(*many(400))
    assert len(message.text) <= 3500
    assert message.text.endswith("…")


def test_the_richest_choice_that_fits_is_taken() -> None:
    built: list[Cut] = []

    def build(cut: Cut) -> list[blocks.Block]:
        built.append(cut)
        return [blocks.section("x" * 1000) for _ in range(cut.shown + cut.quoted)]

    choices = cuts(20, quoted=20)
    assert choices[0] == Cut(20, 20)
    assert choices[-1] == Cut(1, 1)
    assert len(richest(choices, build)) == TOTAL_LIMIT // 1000
    assert len(built) < 10


def test_blocks_that_fit_are_left_alone() -> None:
    some = blocks.blocks("# Head\n\nBody")
    assert fitted(some) is some


@pytest.mark.parametrize("paragraphs", [49, 120])
def test_too_many_paragraphs_lose_their_end_and_say_how_many_lines(paragraphs: int) -> None:
    words = "# Head\n\n" + "\n\n".join(f"• line {n}" for n in range(paragraphs)) + "\n\n^ small print\n\n^ and more"
    made = fitted(blocks.blocks(words))
    shown = list(strings(made))
    kept = sum(text.startswith("• ") for text in shown)
    assert len(made) <= BLOCKS_LIMIT
    assert shown[0] == "Head"
    assert shown[-2:] == ["small print", "and more"]
    assert shown[-3].startswith(f"… and {paragraphs - kept} more lines.")


def test_one_endless_paragraph_is_cut_at_a_line() -> None:
    words = "# Head\n\n" + "\n".join(f"• line {n} {'words ' * 10}" for n in range(900))
    made = fitted(blocks.blocks(words))
    shown = "\n".join(strings(made))
    kept = sum(line.startswith("• ") for line in shown.split("\n"))
    assert fits(made)
    assert f"… and {900 - kept} more lines" in shown
    assert size(made) > TOTAL_LIMIT - 600


def test_a_divider_never_stands_before_what_was_left_out() -> None:
    words = "# Head\n\n" + "\n\n---\n\n".join(f"Line {n}" for n in range(60))
    assert fitted(blocks.blocks(words))[-2]["type"] == "section"


def test_small_print_alone_can_be_too_much() -> None:
    words = "# Head\n\n" + "\n\n".join(f"^ {'small print ' * 70}" for _ in range(60))
    assert fits(fitted(blocks.blocks(words)))


def test_words_become_the_blocks_that_their_marks_say() -> None:
    words = "# Head\n\n## Sub\nline\n> quote\n\n:: A :: 1\n:: B :: 2\n\n---\n\n^ one\n^ two"
    made = blocks.blocks(words)
    assert [block["type"] for block in made] == ["header", "section", "section", "divider", "context"]
    assert made[1]["text"]["text"] == "*Sub*\nline\n> quote"
    assert [field["text"] for field in made[2]["fields"]] == ["*A*\n1", "*B*\n2"]
    assert [element["text"] for element in made[4]["elements"]] == ["one", "two"]


MARKS = st.sampled_from(["# ", "## ", "^ ", ":: a :: ", "::  :: ", "---", "> ", "• ", "", "*", "\x02# ", "\x02&gt; "])
LINES = st.tuples(MARKS, st.sampled_from(["", " ", "x", "a & b", "words " * 40, "x" * 4000, "<https://a.example|x>"]))


@settings(max_examples=examples(60))
@given(st.lists(st.lists(LINES, max_size=25).map(lambda some: "\n".join(map("".join, some))), max_size=70))
def test_whatever_words_a_template_gives_slack_takes_the_blocks(paragraphs: list[str]) -> None:
    made = fitted(blocks.blocks("# Head\n\n" + "\n\n".join(paragraphs)))
    assert faults(Message("Head", tuple(made))) == []


@settings(max_examples=examples(25))
@given(st.integers(1, 300), st.integers(0, 900), st.integers(0, 400))
def test_however_many_changes_and_however_long_slack_takes_them(count: int, quote: int, title: int) -> None:
    changes = [samples.grown(one, lambda _: ("wörd " * 200)[:title] or "x") for one in many(count, "q " * quote)]
    assert faults(alert(*changes)) == []
