"""Watched prose, such as an implementation approach, is reworded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.domain import dates
from bot.domain.changes import Change, concerned
from bot.domain.claims import Claim, Passage
from bot.domain.identifiers import modifications
from bot.domain.values import plain
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "reworded"
ORDER = 96
ATTRIBUTE = "prose"
SENTENCES, PIECES = "\x1e", "\x1f"
"""What stands in the facts between sentences and between pieces of one: "=" as it was, "-" taken out, "+" put in."""
ALIKE = 0.5
"""Two sentences of which so much is the same are one that was edited."""
MOST = 120
"""Words of a sentence that are compared; longer ones are told whole."""


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each passage of which sentences came or went, less those that prove what is told anyhow."""
    for was, now in differences.passages:
        old, new = {plain(s): s for s in was.sentences}, {plain(s): s for s in now.sentences}
        gone = [s for words, s in old.items() if words not in new]
        come = [s for words, s in new.items() if words not in old]
        if gone or come:
            gone = _untold(gone, _quoted(differences.before, differences.after))
            come = _untold(come, _quoted(differences.after, differences.before))
            if not come:  # what went in favour of a sentence that is told, and whose facts stand
                gone = _untold(gone, {plain(c.evidence.quote) for c in differences.before})
        if gone or come:
            yield _reworded(differences, was, now, gone, come)


def _quoted(these: Iterable[Claim], others: Iterable[Claim]) -> set[str]:
    """Return the quotes of the claims that the others lack."""
    known = {(c.subject, c.attribute, plain(c.value)) for c in others}
    return {plain(c.evidence.quote) for c in these if (c.subject, c.attribute, plain(c.value)) not in known} - {""}


def _untold(sentences: list[str], quotes: set[str]) -> list[str]:
    """Return the sentences that prove nothing of what changed."""
    return [s for s in sentences if not any(plain(s) in quote or quote in plain(s) for quote in quotes)]


def _dated(sentences: Iterable[str]) -> set[str]:
    """Return the dates, months and releases that sentences name: one that is new to a passage may be planned by."""
    return {found.value for sentence in sentences for found in dates.find(sentence)}


def _reworded(differences: Differences, was: Passage, now: Passage, gone: list[str], come: list[str]) -> Change:
    named = [f"modification:{id_}" for id_ in modifications(now.heading)]
    subject = named[0] if named else differences.about
    before, after = " ".join(gone), " ".join(come)
    return Change(
        KIND,
        subject,
        ATTRIBUTE,
        before or None,
        after or None,
        Weight.NORMAL if _dated(come) - _dated(was.sentences) else Weight.LIGHT,
        concerned((subject, *named, *([differences.about] if differences.about else []))),
        {"heading": now.heading, "edits": SENTENCES.join(_edits(gone, come))},
        before,
        after,
    )


def _edits(gone: list[str], come: list[str]) -> Iterator[str]:
    """Yield each sentence that differs: an edited one in pieces, else what was taken out or put in whole."""
    left = list(come)
    for old in gone:
        new = max(left, key=lambda one: _likeness(old, one), default="")
        if new and _likeness(old, new) >= ALIKE:
            left.remove(new)
            yield PIECES.join(_pieces(old.split(), new.split()))
        else:
            yield f"-{old}"
    yield from (f"+{new}" for new in left)


def _likeness(old: str, new: str) -> float:
    one, other = old.split(), new.split()
    if max(len(one), len(other)) > MOST:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pieces(old: list[str], new: list[str]) -> Iterator[str]:
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield "=" + " ".join(old[a:b])
            continue
        if a < b:
            yield "-" + " ".join(old[a:b])
        if c < d:
            yield "+" + " ".join(new[c:d])
