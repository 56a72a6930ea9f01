"""What a source is believed to say, from one reading to the next: which claims begin, end, or wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.changes import Change
from bot.domain.claims import Claim, Item, Passage, Reading
from bot.domain.diff import Differences, compare, in_both

Identity = tuple[str, str, str, str]


def identity(claim: Claim) -> Identity:
    """Return what makes a kept claim itself: who says it (an item of a stream), of what, and what it says."""
    return (claim.item, claim.subject, claim.attribute, claim.value)


def removed_by(change: Change) -> frozenset[Claim]:
    """Return the claims that are gone if a change is true: those that it explains and the page no longer makes."""
    return frozenset(delta.was for delta in change.explains if delta.was is not None and delta.now is None)


def advance(
    believed: Sequence[Claim],
    claims: Sequence[Claim],
    held: Collection[Claim],
    *,
    stream: bool,
    whole_items: Collection[str],
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Return the claims that begin and those that end when a reading is accepted.

    `believed` is all that was open, also what waited; `held` what waits from now on. Of a stream only an item that was
    seen whole can lose a claim: the rest has slid off the page and stays true.
    """
    before, now = {identity(c) for c in believed}, {identity(c) for c in claims}
    waiting = {identity(c) for c in held}
    opened = tuple({identity(c): c for c in claims if identity(c) not in before}.values())
    closed = tuple(c for c in believed if identity(c) not in now | waiting and (not stream or c.item in whole_items))
    return opened, closed


def differences(
    believed: Sequence[Claim], reading: Reading, items: Sequence[Item] = (), passages: Sequence[Passage] = ()
) -> Differences:
    """Return what differs between what was believed and what a page says now.

    `items` are those seen before of a stream, `passages` the watched prose as it was.
    """
    return compare(
        believed,
        reading.claims,
        about=reading.about,
        kind=reading.kind,
        stream=reading.stream,
        whole_items=whole_items(reading),
        items=(*items, *reading.items),
        passages=in_both(passages, reading.passages),
    )


def whole_items(reading: Reading) -> frozenset[str]:
    """Return the items of a stream that a reading shows from beginning to end."""
    return frozenset(item.key for item in reading.items if not item.truncated)
