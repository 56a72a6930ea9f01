"""The words of the field: what each means, how it is found, which are explained below a digest."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.domain import glossary, impacts


def test_sixty_terms_and_more_are_explained_in_one_or_two_plain_sentences() -> None:
    assert len(glossary.terms()) >= 60
    for term in glossary.terms():
        sentences = re.findall(r"[.](?=\s+[A-Z]|$)", term.meaning)
        assert 1 <= len(sentences) <= 2, term.word
        assert term.meaning.endswith(".") and len(term.meaning) <= 220, term.word


def test_no_word_means_two_things() -> None:
    said = Counter(glossary.known_by()[plain].word for plain in glossary.known_by())
    words = [term.word for term in glossary.terms()]
    assert len(words) == len(set(words))
    assert set(said) == set(words)
    for term in glossary.terms():
        for spelling in term.spellings:
            assert glossary.find(spelling) == term, spelling


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("duis", "DUIS"),
        ("the DUIS", "DUIS"),
        ("DCC user interface specification", "DUIS"),
        ("appendix ad", "DUIS"),
        ("comms hubs", "CH"),
        ("CHs", "CH"),
        ("cut off", "Decision cut-off"),
        ("cutoff", "Decision cut-off"),
        ("smets 2", "SMETS2"),
        ("tabasc", "TABASC"),
        ("great britain companion specification", "GBCS"),
        ("self-governance", "Self-Governance"),
    ],
)
def test_a_term_is_found_however_it_is_written(typed: str, word: str) -> None:
    found = glossary.find(typed)
    assert found is not None
    assert found.word == word


@pytest.mark.parametrize("typed", ["", "the", "s", "sandwich", "Appendix ZZ"])
def test_what_is_no_term_is_not_found(typed: str) -> None:
    assert glossary.find(typed) is None


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("GBCS", "Schedule 8"),
        ("SMETS", "Schedule 9"),
        ("CHTS", "Schedule 10"),
        ("TSAT", "Schedule 11"),
        ("DUIS", "Appendix AD"),
        ("MMC", "Appendix AF"),
        ("CTSD", "Appendix R"),
        ("TMAD", "Appendix AL"),
        ("S1SR", "Appendix AM"),
    ],
)
def test_a_specification_stands_where_the_code_has_it(word: str, part: str) -> None:
    found = glossary.find(word)
    assert found is not None
    assert found.part == part


def test_whatever_papers_have_a_column_for_is_explained() -> None:
    assert [name for name in impacts.KNOWN if glossary.find(name) is None] == []


def test_abbreviations_in_a_text_are_explained_once_in_their_order() -> None:
    text = "MP090 is out of scope: it affects GBCS and DUIS, then DUIS again; IHDs and CHs are replaced (SR11.2)."
    assert [term.word for term in glossary.explained(text)] == ["GBCS", "DUIS", "IHD", "CH"]


def test_what_everybody_knows_and_what_the_text_says_in_full_is_not_explained() -> None:
    assert (
        glossary.explained("SEC v50.0 on the DCC Systems; the Message Mapping Catalogue (MMC); the can in the hub")
        == []
    )
