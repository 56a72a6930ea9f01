"""Facts in the many ways in which editors put them, and what only looks like one: `tests/wordings`, one file a kind.

A line is a small page: its name, its text, its reviewed claims. A row with `optional` may be claimed, one with `never`
must not be ("*" as its value stands for any); one with `not_yet` is right and not read yet, and loses the mark when it
is.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot.ports import Page
from bot.replay import content_type
from watchers.read import read_page

WORDINGS = Path(__file__).parent / "wordings"
KINDS = sorted(path.stem for path in WORDINGS.glob("*.jsonl"))
BATCH = 20

Said = tuple[str, str, str]


def pages(kind: str) -> list[dict[str, Any]]:
    """Return the small pages of a kind."""
    return [json.loads(line) for line in (WORDINGS / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


BATCHES = [
    pytest.param(kind, [row for _, row in rows], id=f"{kind}-{number}")
    for kind in KINDS
    for number, rows in groupby(enumerate(pages(kind)), key=lambda one: one[0] // BATCH)
]


def faults(kind: str, page: dict[str, Any]) -> list[str]:
    """Return what is wrong with the reading of a small page, in words."""
    body = page["text"].encode()
    what = content_type(Path(page["page"]))
    reading = read_page(Page(page["page"], body, what, datetime(2026, 11, 26, tzinfo=UTC)), kind)
    found = {(claim.subject, claim.attribute, claim.value) for claim in reading.claims}
    by_mark: dict[str, set[Said]] = {"": set(), "optional": set(), "never": set(), "not_yet": set()}
    for row in page["claims"]:
        mark = next((mark for mark in by_mark if row.get(mark)), "")
        by_mark[mark].add((row["subject"], row["attribute"], row["value"]))
    banned = {one for one in found if one in by_mark["never"] or (*one[:2], "*") in by_mark["never"]}
    wrong = (found - by_mark[""] - by_mark["optional"] - by_mark["not_yet"]) | banned
    return [
        *(f"missing {one}" for one in sorted(by_mark[""] - found)),
        *(f"wrong {one}" for one in sorted(wrong)),
        *(f"read by now, so no longer not_yet: {one}" for one in sorted(by_mark["not_yet"] & found)),
    ]


@pytest.mark.parametrize(("kind", "batch"), BATCHES)
def test_a_fact_is_read_however_it_is_put_and_nothing_else_is(kind: str, batch: list[dict[str, Any]]) -> None:
    found = {page["page"]: (page["text"], faults(kind, page)) for page in batch}
    assert {name: said for name, said in found.items() if said[1]} == {}


def test_little_is_not_read_yet() -> None:
    rows = [row for kind in KINDS for page in pages(kind) for row in page["claims"]]
    asked = [row for row in rows if not row.get("optional") and not row.get("never")]
    assert sum(bool(row.get("not_yet")) for row in asked) <= 0.02 * len(asked)
