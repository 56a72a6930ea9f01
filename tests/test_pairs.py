"""Captures of one page before and after: exactly the changes that a person reads off them, told from real pages.

`tests/pairs/NAME/before.*`, `after.*` and `changes.jsonl`: a row for each change with kind, subject, attribute, before,
after ("*" for any); a row with "optional" may be missing. What a folder shows is in its name; one that is called
`kind-` and a kind of change shows that kind, and its rows name the very kind.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.domain import bodies, checks, diff, state
from bot.domain.changes import Change, kinds
from bot.domain.claims import Reading
from bot.ports import Page
from bot.replay import content_type
from tests.saying import headline
from watchers.read import read_page
from watchers.recognisers import recognisers

PAIRS = sorted(path for path in (Path(__file__).parent / "pairs").iterdir() if path.is_dir())
KEYS = ("kind", "subject", "attribute", "before", "after")

Row = tuple[Any, ...]


def name_of(path: Path) -> str:
    return path.name


def page(folder: Path, when: str) -> Page:
    [path] = folder.glob(f"{when}.*")
    return Page(path.name, path.read_bytes(), content_type(path), datetime(2021, 11, 5, tzinfo=UTC))


NEEDS = {
    "consultation": "consultations",
    "kind-consultation": "consultations",
    "kind-variation": "variations",
    "modification-page": "modification-page",
    "unchanged-from-table-to-list": "modification-page",
}
"""Beginnings of names of folders, and the kind of page that must be known to read them."""


def skip_unread(folder: Path) -> None:
    unread = [kind for name, kind in NEEDS.items() if folder.name.startswith(name) and kind not in recognisers()]
    if unread:
        pytest.skip(f"{unread[0]} is no kind of page yet")


@cache
def reading(folder: Path, when: str) -> Reading:
    return read_page(page(folder, when))


@cache
def changes(folder: Path) -> list[Change]:
    """The changes between the two captures of a folder; none where the second can't be believed."""
    skip_unread(folder)
    before, after = page(folder, "before"), page(folder, "after")
    old, new = reading(folder, "before"), reading(folder, "after")
    if not believed(old, before, new, after):
        return []
    assert old.kind == new.kind
    assert checks.is_same_subject(old.about, new.about)
    return diff.changes(state.differences(old.claims, new, old.items, old.passages))


def believed(old: Reading, before: Page, new: Reading, after: Page) -> bool:
    assert old.believable, old.reason
    cut = bodies.cut_off(before.body, after.body, old.claims, new)
    return new.believable and not any(doubt.grave for doubt in (*cut, *checks.believe(new, old.claims)))


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "changes.jsonl").read_text(encoding="utf-8").splitlines() if line]


def said(row: dict[str, Any], folder: Path) -> Row:
    """A row as it is compared; the kind only where the folder is about it."""
    return tuple(row.get(key) for key in (KEYS if folder.name.startswith("kind-") else KEYS[1:]))


def fits(row: Row, pattern: Row) -> bool:
    return all(wanted in ("*", value) for value, wanted in zip(row, pattern, strict=True))


@pytest.mark.parametrize("folder", PAIRS, ids=name_of)
def test_every_change_between_two_captures_is_told_in_words_and_nothing_else_is(folder: Path) -> None:
    found = changes(folder)
    printed = {said(row, folder) for change in found for row in diff.rows(change)}
    reviewed = [(said(row, folder), bool(row.get("optional"))) for row in rows(folder)]
    missing = [row for row, optional in reviewed if not optional and not any(fits(one, row) for one in printed)]
    assert missing == []
    assert [one for one in printed if not any(fits(one, row) for row, _ in reviewed)] == []
    assert [change for change in found if not is_told_in_full(change)] == []
    assert {when: again for when in ("before", "after") if (again := changes_to_itself(folder, when))} == {}


def is_told_in_full(change: Change) -> bool:
    """Whether a change has words, a weight, what it is about and a quote."""
    return bool(headline(change) and change.weight and change.subject in change.about and change.quote)


def changes_to_itself(folder: Path, when: str) -> list[str]:
    """The changes of a page that stays as it is: there must be none."""
    one = reading(folder, when)
    same = state.differences(one.claims, one, one.items, one.passages)
    return [change.kind for change in diff.changes(same)]


def test_every_kind_of_change_is_shown_by_a_pair_of_its_name() -> None:
    missing = {kind.KIND for kind in kinds()}
    for folder in PAIRS:
        shown = {row["kind"] for row in rows(folder)}
        missing -= {kind for kind in shown if folder.name.startswith(f"kind-{kind}")}
    assert missing == set()
