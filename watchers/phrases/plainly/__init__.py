"""What sentences on a modification's own page say of it, read from the plain form that they all come down to.

A module has `READERS`: functions `(Plain) -> Iterator[Fact]`; each looks for one kind of fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from bot.domain.forms import worded
from watchers.phrases.marks import Marked
from watchers.phrases.plainly import asked, decided, done, met, stands
from watchers.phrases.plainly.voice import BEGINS, ONCE, Fact, Plain, foreign, plain

_DATED = re.compile("⟦[DRP]")
_STANDS = worded(
    r"approv|reject|withdr|hold|paus|suspend|refin|develop|report|sent|return|implement|authority|ofgem|proposer|"
    r"recommend|advis|turned|refus|vot|stage|phase|decision|determin|pass"
)
"""Words without which a sentence with no date, release or part in it tells nothing."""
_READERS = tuple(reader for module in (decided, met, stands, done, asked) for reader in module.READERS)


def once(text: str) -> bool:
    """Whether words speak of what was planned once."""
    return bool(ONCE.search(text))


def begins_with_itself(text: str, others: Set[str]) -> bool:
    """Whether a sentence begins with the page's own modification: what its verbs say is said of that."""
    begins = BEGINS.match(text)
    return begins is not None and begins["named"] not in others


def facts(sentence: Marked, before: str = "", others: Set[str] = frozenset()) -> Iterator[Fact]:
    """Yield what a sentence says of the page's own modification.

    `before`: the sentence that stands before it; `others`: the marks that name other modifications.
    """
    if not _DATED.search(sentence.text) and not _STANDS.search(sentence.text):
        return
    if foreign(sentence.text):
        return
    said = Plain(plain(sentence.text, others), sentence, plain(before) if before else "")
    for reader in _READERS:
        yield from reader(said)
