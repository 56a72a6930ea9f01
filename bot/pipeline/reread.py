"""Reread: derive claims anew from the captures that were kept, after a recogniser changed. Nobody is alerted.

captures of a source, oldest first → read anew → believable? → state after each → one transaction a source
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain import checks
from bot.domain.claims import Claim, Reading
from bot.ports import Capture, Page, Read, Store, Watch


@dataclass(slots=True)
class Reread:
    """What was derived anew."""

    sources: int = 0
    captures: int = 0
    doubtful: int = 0


def reread(store: Store, read: Read, progress: Callable[[], object] = lambda: None) -> Reread:
    """Derive all claims anew.

    A capture that was believed stays so while anything is read from it; one that was not counts as it is read now.
    """
    done = Reread()
    for watch in store.watches():
        if watch.source.kind == "feed":
            continue
        states = list(readings(store, read, watch, done))
        store.reread(watch.source.name, [(capture.id, reading.claims, reading.items) for capture, reading in states])
        done.sources += 1
        progress()
    return done


def readings(store: Store, read: Read, watch: Watch, done: Reread) -> Iterator[tuple[Capture, Reading]]:
    """Yield each kept capture of a source with what it claims now, where that can be believed."""
    believed: Sequence[Claim] = ()
    for capture in store.captures(watch.source.name):
        page = Page(capture.url, store.body(capture.body_sha), capture.content_type, capture.fetched_at)
        reading = read(page, watch.source.kind)
        done.captures += 1
        # What was believed when it came (a mass removal that was read twice) stays believed.
        lost = capture.state != "accepted" and any(doubt.grave for doubt in checks.believe(reading, believed))
        if lost or not (reading.believable or (capture.state == "accepted" and reading.claims)):
            done.doubtful += 1
            continue
        believed = reading.claims
        yield capture, reading
