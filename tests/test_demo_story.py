"""The story of the demo: two years of the site through the real pipeline, held against what people should hear."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import storage
from bot.app import App, assemble
from bot.demo import Site, sources, steps, web
from bot.demo.script import HEARD, Heard
from bot.domain.changes import Told
from bot.ports import Message, Posted
from bot.replay import SetClock
from bot.settings import for_a_trial
from bot.trial import play


class Silent:
    """A poster that keeps what is posted."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        self.messages.append(message)
        return Posted(str(len(self.messages)), channel)

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        return None

    def edit(self, place: str, ts: str, message: Message) -> None:
        """Forget it: what was posted is what is looked at."""


class Story:
    """What was told on each day, and what was posted."""

    def __init__(self) -> None:
        self.told: dict[date, list[Told]] = {}
        self.posted: dict[date, list[str]] = {}

    def tell(self, app: App, clock: SetClock, site: Site, poster: Silent) -> None:
        """Play the whole story."""
        for step in steps():
            site.show(step)
            before, posted = app.store.last_seq(), len(poster.messages)
            play(app, clock, step.on)
            app.deliver()
            self.told[step.on] = [told for told in app.store.changes(after=before) if not told.known_from]
            self.posted[step.on] = [message.text for message in poster.messages[posted:]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    clock, poster, whole = SetClock(datetime(2020, 1, 1, tzinfo=UTC)), Silent(), Story()
    settings = replace(for_a_trial(), channel="#sec-releases", ops_channel="#sec-operators")
    path: Path = tmp_path_factory.mktemp("story") / "story.db"
    logging.disable(logging.WARNING)  # the broken page is logged, and one test below expects its notice
    try:
        with storage.open_store(f"sqlite:///{path}") as store, Site(clock) as site:
            watched = sources(site.url)
            fetch = web(site.url, clock)
            app = assemble(settings, store, fetch=fetch, poster=poster, clock=clock, sources=lambda: watched)
            whole.tell(app, clock, site, poster)
    finally:
        logging.disable(logging.NOTSET)
    return whole


def as_heard(told: Told, expected: tuple[Heard, ...]) -> Heard | None:
    """Return which of the changes that are expected this is, None for none of them."""
    change = told.change
    for heard in expected:
        value = heard.value in ("", change.after, change.before)
        if (heard.kind, heard.subject) == (change.kind, change.subject) and value:
            return heard
    return None


@pytest.mark.parametrize("day", sorted(HEARD), ids=str)
def test_people_hear_of_what_happened_that_day_and_of_nothing_else(story: Story, day: date) -> None:
    expected, told = HEARD[day], story.told[day]
    heard = [as_heard(one, expected) for one in told]
    unexpected = [one.change for one, match in zip(told, heard, strict=True) if match is None]
    missing = [one for one in expected if not one.perhaps and one not in heard]
    twice = [one for one in expected if heard.count(one) > 1]
    assert (missing, unexpected, twice) == ([], [], [])


def test_a_page_in_doubt_and_its_recovery_are_told_once_each(story: Story) -> None:
    assert len(story.posted[date(2021, 10, 8)]) == 1
    assert len([text for text in story.posted[date(2021, 10, 22)] if "again" in text]) == 1


@pytest.mark.parametrize("day", [date(2021, 8, 2), date(2021, 9, 8)], ids=str)
def test_nothing_is_posted_when_only_the_form_of_pages_changes(story: Story, day: date) -> None:
    assert story.posted[day] == []
