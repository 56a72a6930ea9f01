"""Search: all of the words, in what is said at present, whatever the words are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Store
from tests.drawing import examples
from tests.storing import NEWS, claim, database, later, poll  # noqa: F401

TITLE = claim("modification:MP090", "title", "Gas Proportionality for prepayment", quote="MP090 'Gas' Implemented")
STATUS = claim("modification:MP090", "status", "implemented", quote="MP090 'Gas Proportionality' Implemented")
OTHER = claim("modification:MP138", "title", "Communications Hub firmware", quote='MP138: 100% of hubs, "gas" AND more')


def found(store: Store, words: str, limit: int = 20) -> list[str]:
    return [one.claim.value for one in store.search(words, limit)]


@pytest.fixture
def filled(store: Store) -> Store:
    store.record(poll(opened=(TITLE, STATUS, OTHER)))
    return store


def test_all_of_the_words_must_be_there(filled: Store) -> None:
    assert found(filled, "gas proportionality") == [TITLE.value, "implemented"]
    assert found(filled, "gas firmware") == []
    assert found(filled, "FIRMWARE hub") == [OTHER.value]


def test_titles_come_before_what_only_mentions_them(filled: Store) -> None:
    later_title = claim("modification:MP200", "title", "Gas meters", quote="MP200")
    filled.record(poll(NEWS, later(60), opened=(later_title,)))
    assert found(filled, "gas") == ["Gas meters", TITLE.value, OTHER.value, "implemented"]
    assert found(filled, "gas", limit=1) == ["Gas meters"]


def test_a_word_finds_those_that_begin_with_it_after_itself(filled: Store) -> None:
    filled.record(poll(NEWS, later(60), opened=(claim("modification:MP201", "title", "Prepay in short", quote="q"),)))
    filled.record(
        poll(NEWS, later(90), body=b"2", opened=(claim("modification:MP202", "title", "Prepayment", quote="r"),))
    )
    assert found(filled, "prepay") == ["Prepay in short", "Prepayment", TITLE.value]


def test_a_plural_finds_the_singular_too(filled: Store) -> None:
    assert found(filled, "prepayments firmwares") == []
    assert found(filled, "prepayments") == [TITLE.value]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "*",
        "%",
        "AND",
        "gas AND",
        "NOT gas",
        "gas*",
        '"gas',
        "value:gas",
        "(",
        "a' OR 1=1 --",
        "\0",
        "_",
        "gas -hub",
        ":*",
        "&|!",
    ],
)
def test_hostile_words_are_only_words(filled: Store, words: str) -> None:
    for one in filled.search(words):
        assert all(
            part in f"{one.claim.value} {one.claim.evidence.quote}".lower()
            for part in words.lower().split()
            if part.isalnum()
        )


def test_words_of_an_operator_are_looked_for_as_words(filled: Store) -> None:
    assert found(filled, "AND more") == [OTHER.value]
    assert found(filled, "100%") == [OTHER.value]
    assert found(filled, "NEAR") == []


@pytest.mark.parametrize("words", ["", "   ", "%%%", '""', "__"])
def test_no_word_finds_nothing(filled: Store, words: str) -> None:
    assert filled.search(words) == []


def test_what_is_no_longer_said_is_not_found(filled: Store) -> None:
    filled.record(poll(at=later(60), body=b"2", closed=(TITLE, TITLE, OTHER)))
    assert found(filled, "firmware") == []
    assert found(filled, "gas") == ["implemented"]
    filled.record(poll(at=later(90), body=b"3", opened=(OTHER,)))
    assert found(filled, "firmware") == [OTHER.value]


def test_what_waits_for_confirmation_is_still_found(filled: Store) -> None:
    filled.record(poll(at=later(60), body=b"2", held=(OTHER,)))
    assert found(filled, "firmware") == [OTHER.value]


def test_the_same_title_from_two_sources_is_shown_once(filled: Store) -> None:
    again = claim("modification:MP138", "title", "Communications  hub – firmware", quote="elsewhere")
    filled.record(poll(NEWS, later(60), opened=(again,)))
    assert len(found(filled, "firmware")) == 1


def test_a_sentence_that_says_many_things_is_shown_once(store: Store) -> None:
    quote = "These come into force: MP077, MP090 and MP138"
    store.record(
        poll(opened=tuple(claim("version:50.0", "implements", id_, quote=quote) for id_ in ("MP077", "MP090")))
    )
    assert len(store.search("come into force")) == 1


def test_the_index_stays_in_step_with_the_claims(store: Store) -> None:
    """SQLite compares the index with the open claims itself; PostgreSQL's indexes can't differ."""
    store.record(poll(opened=(TITLE, STATUS, OTHER)))
    store.record(poll(at=later(60), body=b"2", opened=(TITLE,), closed=(STATUS, STATUS)))
    store.reread(NEWS.name, [])
    store.reread("november-2021", [(1, (TITLE, OTHER), ()), (2, (STATUS,), ())])
    with store._database.writing() as connection:  # type: ignore[attr-defined]
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("INSERT INTO claim_words (claim_words, rank) VALUES ('integrity-check', 1)")
    assert found(store, "gas") == ["implemented"]


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.text(max_size=20))
def test_no_text_breaks_the_search(filled: Store, words: str) -> None:
    assert isinstance(filled.search(words), list)
