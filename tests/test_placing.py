"""What many changes at once cost, and what they may not hide."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, event

from bot.domain.changes import Told
from bot.domain.undone import undone
from bot.ports import Store
from tests.conftest import SetClock
from tests.pace import takes_at_most
from tests.storing import NEWS, poll
from tests.storing import told as of_modification
from tests.test_knowledge import LATER, NOVEMBER, november_2022, world  # noqa: F401 - a fixture
from tests.world import ROWS, FakeSlack, FakeWeb, World, release_page

MANY = 1_200


def others(at: datetime) -> tuple[Told, ...]:
    """Return many changes, each of another modification."""
    return tuple(of_modification(f"c{n}", f"modification:MP{2000 + n}", at=at) for n in range(MANY))


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count what is asked of databases."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        asked.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


def test_a_hundred_changes_are_found_with_as_many_questions_as_ten(store: Store, clock: SetClock) -> None:
    one = World(store, clock, FakeWeb(clock), FakeSlack())
    one.watch(NOVEMBER)

    def asks(rows: int) -> int:
        listed = [(f"MP{3000 + n}", f"Title {n}", "Targeted") for n in range(rows)]
        one.web.pages[NOVEMBER.url] = release_page(listed)
        clock.now += timedelta(hours=1)
        with counted() as asked:
            one.poll()
        return len(asked)

    asks(5)
    assert asks(15) == asks(115)
    assert store.last_seq() == 110


def test_a_removal_before_a_thousand_other_changes_still_makes_a_move(world: World, clock: SetClock) -> None:  # noqa: F811
    world.web.pages[NOVEMBER.url] = release_page(ROWS[:-1])
    for _ in range(2):
        clock.now += timedelta(hours=1)
        world.poll_and_deliver()
    world.store.record(poll(NEWS, at=clock(), changes=others(clock())))
    world.web.pages[LATER.url] = november_2022(ROWS[-1])
    clock.now += timedelta(hours=1)
    world.poll_and_deliver()
    newest = world.store.changes(limit=1)[0].change
    assert (newest.kind, newest.subject, newest.before, newest.after) == (
        "moved",
        "modification:MP129",
        "2021-11",
        "2022-11",
    )


def test_what_is_undone_is_found_among_many_without_comparing_all_with_all(clock: SetClock) -> None:
    first, *rest = others(clock())
    there, back = first.change.before, first.change.after
    undoing = replace(
        first, id="z", found_at=clock() + timedelta(hours=1), change=replace(first.change, before=back, after=there)
    )
    assert undone([first, *rest, undoing]) == {first.id: undoing}
    assert takes_at_most(60, lambda: undone([first, *rest, undoing]))
