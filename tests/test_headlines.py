"""The headline is the answer to who plans by a date, and what stands below it proves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.claims import Item
from bot.ports import Page, Poll, Store, Watch
from tests.knowing import NEWS, NEWS_READ, RELEASE, asked, claims, fill, listed, read, text_of

FIRST = datetime(2021, 9, 1, 9, tzinfo=UTC)
GO_LIVE = "The release is due to go live on 4 November 2021."


def in_scope(store: Store, status: str) -> None:
    live = claims(GO_LIVE, ("release:2021-11", "go_live", "2021-11-04"))
    read(store, RELEASE, FIRST, [*live, *listed("MP099", "Batch 4", "2021-11", status)])


@pytest.mark.parametrize(
    ("status", "at", "headline"),
    [
        ("targeted", FIRST, "Targeted; go-live 4 November 2021, 46 working days left"),
        ("targeted", NEWS_READ, "Targeted; go-live was 4 November 2021, 257 days ago"),
        ("implemented", NEWS_READ, "Implemented"),
        ("withdrawn", FIRST, "Withdrawn"),
    ],
)
def test_the_headline_of_what_is_open_tells_its_go_live(store: Store, status: str, at: datetime, headline: str) -> None:
    in_scope(store, status)
    assert asked(store, "MP099", at).text == f"MP099 ‘Batch 4’: {headline}"


def test_the_headline_of_what_fell_out_tells_of_which_release(store: Store) -> None:
    read(store, RELEASE, FIRST, claims("MP149 has fallen out of scope.", ("release:2021-11", "out_of_scope", "MP149")))
    assert asked(store, "MP149").text == "MP149: fell out of November 2021; status not known"


def test_the_headline_says_where_sources_differ_about_the_status(store: Store) -> None:
    in_scope(store, "targeted")
    read(store, NEWS, FIRST, claims("MP099 | Withdrawn", ("modification:MP099", "status", "withdrawn")))
    assert asked(store, "MP099", FIRST).text.endswith("; sources differ")


def test_a_release_that_its_version_brought_is_live_and_the_version_proves_it(store: Store) -> None:
    fill(store)
    message = asked(store, "november 2021")
    assert message.text == "November 2021 SEC Release: live since 4 November 2021, 257 days ago"
    assert "“Version 50.0 took effect on 4 November 2021 for the November 2021 release.”" in text_of(message)
    assert asked(store, "november 2021 scope").text.endswith("live since 4 November 2021, 257 days ago")


def test_of_a_release_that_nothing_proves_to_be_live_only_its_go_live_is_told(store: Store) -> None:
    in_scope(store, "targeted")
    message = asked(store, "november 2021")
    assert message.text == "November 2021 SEC Release: go-live 4 November 2021, 257 days ago"
    assert f"“{GO_LIVE}”" in text_of(message)


def test_the_quote_below_a_scope_says_the_status_above_it(store: Store) -> None:
    in_scope(store, "approved")
    row = "MP099 | Implemented"
    closed = listed("MP099", "Batch 4", "2021-11", "approved")[2:]
    opened = claims(row, ("modification:MP099", "status", "implemented"))
    watch = Watch(RELEASE, health="good", last_asked_at=NEWS_READ, last_read_at=NEWS_READ, due_at=NEWS_READ)
    page = Page(RELEASE.url, b"later", "text/html", NEWS_READ)
    store.record(Poll(watch, NEWS_READ, page, opened=tuple(opened), closed=tuple(closed)))
    text = text_of(asked(store, "november 2021 scope"))
    assert f"“{row}”" in text
    assert "approved" not in text


def test_a_page_says_so_since_a_day_and_a_post_said_so_on_its_day(store: Store) -> None:
    in_scope(store, "targeted")
    post = claims("MP150 is approved", ("modification:MP150", "status", "approved"), item="post")
    read(store, NEWS, NEWS_READ, post, Item("post", "A post", "2022-07-01"))
    assert ", since 1 Sep 2021)" in text_of(asked(store, "MP099"))
    assert ", 1 Jul 2022)" in text_of(asked(store, "MP150"))
