"""Watched prose, such as an implementation approach, is reworded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, concerned
from bot.domain.claims import Passage
from bot.domain.identifiers import modifications
from bot.domain.values import plain
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "reworded"
ORDER = 96
ATTRIBUTE = "prose"


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each passage of which sentences came or went."""
    for was, now in differences.passages:
        old, new = {plain(s): s for s in was.sentences}, {plain(s): s for s in now.sentences}
        gone = [s for words, s in old.items() if words not in new]
        come = [s for words, s in new.items() if words not in old]
        if gone or come:
            yield _reworded(differences, now, gone, come)


def _reworded(differences: Differences, now: Passage, gone: list[str], come: list[str]) -> Change:
    named = [f"modification:{id_}" for id_ in modifications(now.heading)]
    subject = named[0] if named else differences.about
    before, after = " ".join(gone), " ".join(come)
    return Change(
        KIND,
        subject,
        ATTRIBUTE,
        before or None,
        after or None,
        Weight.LIGHT,
        concerned((subject, *named, *([differences.about] if differences.about else []))),
        {"heading": now.heading},
        before,
        after,
    )
