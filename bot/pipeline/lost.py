"""Lost time: after a backup was restored, what was told since it was made is not told again.

a change found after it → the first of its place since? → is that what the channel was last told of it in the lost time?
                                                           └─ yes → told: marked as sent, where it stands

A backup that was made after one restoration may be restored in turn: the times that both lost are looked through, for
what was told in the first may be found only after the second.

The channel remembers what the database does not: each message carries its key and the marks of what it tells. Whoever
looks does so once a channel; the lost time is over, so what stands there then does not change.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import marks
from bot.domain.changes import Told
from bot.ports import Gone, Heard, Leased, LostTime, Posted, Poster, PostFailed, Store

log = logging.getLogger(__name__)

CAUGHT_UP = timedelta(days=14)
"""So long after a restoration every page was read again, and every digest of the lost time made."""
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(slots=True)
class Memory:
    """What channels remember of the lost time; asked of each once."""

    store: Store
    poster: Poster
    held: dict[tuple[str, str, datetime], tuple[Heard, ...]] = field(default_factory=dict, init=False)

    def lost(self, leased: Leased) -> list[LostTime]:
        """Return the times that were lost before a message was queued and in which its like may have been sent."""
        if leased.message.kind == "edit":
            return []
        found = self.store.lost_times(leased.created_at - CAUGHT_UP)
        return [one for one in found if one.restored_at <= leased.created_at]

    def heard(self, leased: Leased, channel: str, below: str) -> list[tuple[Heard, LostTime]]:
        """Return what was said in the lost times where a message would stand, oldest first, each with the time that it
        was said in; where two overlap, with the first.

        Raises:
            PostFailed: it can't be looked through now.
        """
        found: dict[str, tuple[Heard, LostTime]] = {}
        for lost in self.lost(leased):
            for one in self._in_one(lost, channel, below):
                found.setdefault(one.key, (one, lost))
        return sorted(found.values(), key=lambda one: _when(one[0].at.ts))

    def _in_one(self, lost: LostTime, channel: str, below: str) -> Sequence[Heard]:
        """Return what was said in one lost time, in the channel and the threads of that time, and below the card that
        a message belongs to.

        Without the right to look nobody knows: then it is sent, for what is lost is worse than what comes twice.

        Raises:
            PostFailed: it can't be looked through now.
        """
        said = self._said(lost, channel, "")
        threads = dict.fromkeys([*([below] if below else []), *(one.at.ts for one in said if one.replied)])
        return [*said, *(one for ts in threads for one in self._said(lost, channel, ts))]

    def _said(self, lost: LostTime, channel: str, below: str) -> Sequence[Heard]:
        """Return what was said in a channel itself, or below one message."""
        asked = (channel, below, lost.restored_at)
        if asked not in self.held:
            begin, end = lost.begin - CLOCKS_DIFFER, lost.restored_at + CLOCKS_DIFFER
            try:
                self.held[asked] = tuple(self.poster.heard(channel, begin, end, below=below))
            except PostFailed as failure:
                if not failure.permanent or failure.everywhere:
                    raise
                if not isinstance(failure, Gone):  # somebody deleted that card, and what was below it
                    log.warning("%s may be told twice what it was told before the restoration: %s", channel, failure)
                self.held[asked] = ()
        return self.held[asked]

    # --- what was told ----------------------------------------------------------------------------------------------

    def stands(self, leased: Leased, place: str, below: str, told: Sequence[Told]) -> Posted | None:
        """Return where a message stands that was sent in the lost time, or whose changes all were told in it; None
        where it was not.

        Raises:
            PostFailed: it can't be looked through now.
        """
        heard = [one for one, _ in self.heard(leased, place, below)]
        own = next((one.at for one in heard if one.key == leased.message.key), None)
        # A digest in which nothing is new is sent all the same: it says that all is quiet.
        if own or not heard or not told or leased.message.kind == "digest":
            return own
        if {one.id for one in told} - self.told(leased, place, below, told):
            return None
        said = set(marks.of(told))
        return next((one.at for one in reversed(heard) if said & {*one.marks}), None)

    def told(self, leased: Leased, place: str, below: str, told: Sequence[Told]) -> frozenset[str]:
        """Return the ids of those changes of a message that its channel was told in the lost time.

        Raises:
            PostFailed: it can't be looked through now.
        """
        heard = self.heard(leased, place, below) if told else []
        last = {marks.place(mark): (mark, lost) for one, lost in heard for mark in one.marks}
        return frozenset(one.id for one in told if self._was_told(one, last))

    def _was_told(self, one: Told, last: Mapping[str, tuple[str, LostTime]]) -> bool:
        """Whether a change is what its place was last said to be, and the first of it since that was said."""
        mark = marks.mark(one.change)
        said, lost = last.get(marks.place(mark), ("", None))
        return lost is not None and said == mark and self._first(lost, one, marks.place(mark))

    def _first(self, lost: LostTime, one: Told, place: str) -> bool:
        """Whether a change is the first of its place since the restoration: a later one was not told before it."""
        since = self.store.changes(since=lost.restored_at, until=one.found_at, about=one.change.subject)
        return all(other.seq >= one.seq or marks.place(marks.mark(other.change)) != place for other in since)


def _when(ts: str) -> tuple[int, str]:
    """Return what to sort by: a ts is digits, a point and digits, the first part as long as any for centuries."""
    return len(ts.partition(".")[0]), ts
