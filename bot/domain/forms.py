"""Forms that words take: patterns that look first, in no time, whether a text has the words that they need.

A page has hundreds of sentences and the rules have hundreds of patterns, nearly all of which cannot match: so the words
of a sentence are looked up once, and a form whose words are missing is not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import TypeVar

from bot.domain.needed import DISGUISED, UNDISGUISED, WORD, needed
from bot.domain.remembered import remembered

_MOST_WORDS = 20_000
"""Words whose pieces are remembered; a language has about so many, a page of noise has more."""
_LONGEST_WORD = 50
"""Letters of a word that is looked into; what is longer is noise, and may hold anything."""
_ALL = -1
"""What a text of which nothing is known meets: it may have any word."""


class _Words(dict[str, int]):
    """What words meet of what forms need, as bits: found when first asked.

    A form needs several things, each of them a piece of a word or one of a few others: every such few has its bit.
    """

    def __init__(self) -> None:
        super().__init__()
        self.of_alternatives: dict[frozenset[str], int] = {}
        self.of_piece: dict[str, int] = {}
        self.beginning: dict[str, list[str]] = {}

    def bit(self, alternatives: frozenset[str]) -> int:
        """Return the bit of a few pieces; one not known before is new to all words."""
        if alternatives not in self.of_alternatives:
            self.of_alternatives[alternatives] = new = 1 << len(self.of_alternatives)
            for piece in alternatives:
                if piece not in self.of_piece:
                    self.beginning.setdefault(piece[:2], []).append(piece)
                self.of_piece[piece] = self.of_piece.get(piece, 0) | new
            self.clear()
            _CHUNKS.clear()
            met_by.cache_clear()
        return self.of_alternatives[alternatives]

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST_WORD:
            return _ALL
        if len(self) >= _MOST_WORDS:
            self.clear()
        whole, met = word if word[0] == "⟦" else f"|{word}|", 0
        for at in range(len(whole) - 1):
            for piece in self.beginning.get(whole[at : at + 2], ()):
                if whole.startswith(piece, at):
                    met |= self.of_piece[piece]
        self[word] = met
        return met


class _Chunks(dict[str, int]):
    """What meets what between two spaces, words and what clings to them: splitting at spaces is soonest done."""

    def __missing__(self, chunk: str) -> int:
        met = reduce(or_, map(_WORDS.__getitem__, set(WORD.findall(chunk))), 0)
        if len(chunk) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[chunk] = met
        return met


_WORDS = _Words()
_CHUNKS = _Chunks()
_NONE: Iterator[re.Match[str]] = iter(())


@remembered
def met_by(text: str) -> int:
    """Return what a text meets of what forms need, as bits."""
    if not text.isascii() and DISGUISED.search(text):
        text = text.translate(UNDISGUISED)
    return reduce(or_, map(_CHUNKS.__getitem__, set(text.lower().split())), 0)


def met_by_all(texts: Iterable[str]) -> int:
    """Return what several texts together meet of what forms need."""
    return reduce(or_, map(met_by, texts), 0)


class Form:
    """A pattern that is searched for only where its words are. It offers what `re.Pattern` does, of the same name."""

    __slots__ = ("fullmatch", "match", "needs", "pieces", "regex", "ways")

    def __init__(self, regex: re.Pattern[str]) -> None:
        """Find out which words the pattern needs, and each of the ways into which it parts."""
        self.regex = regex
        self.pieces, ways = needed(regex)
        self.needs = _bits(self.pieces)
        several = tuple(dict.fromkeys(map(_bits, ways)))
        self.ways = several if 0 not in several else ()
        self.match, self.fullmatch = regex.match, regex.fullmatch  # at one place only: quicker done than guarded

    def possible(self, met: int) -> bool:
        """Whether texts that meet so much have the words; else the pattern is nowhere in them, nor in them joined."""
        if met & self.needs != self.needs:
            return False
        return not self.ways or _any_met(self.ways, met)

    def may_match(self, text: str) -> bool:
        """Whether a text has the words."""
        return self.possible(met_by(text))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        needs, met = self.needs, met_by(text)
        if met & needs != needs or (self.ways and not _any_met(self.ways, met)):
            return None
        return self.regex.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in order."""
        needs, met = self.needs, met_by(text)
        if met & needs != needs or (self.ways and not _any_met(self.ways, met)):
            return _NONE
        return self.regex.finditer(text)

    def made(self, match: re.Match[str]) -> bool:
        """Whether a match is of this form."""
        return match.re is self.regex


def fitting(forms: Iterable[Form], text: str) -> list[Form]:
    """Return the forms whose words a text has: of several that are looked for one after another it is asked once."""
    met = met_by(text)
    likely = [form for form in forms if met & form.needs == form.needs]
    return [form for form in likely if not form.ways or _any_met(form.ways, met)] if likely else likely


def _any_met(several: tuple[int, ...], met: int) -> bool:
    for needs in several:  # noqa: SIM110 - any() takes twice the time
        if met & needs == needs:
            return True
    return False


Rule = TypeVar("Rule", bound=Callable[..., object])

Likely = tuple[int, tuple[int, ...]]
"""What is needed in any case, and what of each way one of which is gone."""

_NEEDS: dict[Callable[..., object], tuple[int, tuple[Likely, ...]]] = {}
"""By rule what some form or other of it needs, quickly looked at, and what each of them needs."""
_UNKNOWN: tuple[int, tuple[Likely, ...]] = (0, ((0, ()),))


def reads(*forms: Form) -> Callable[[Rule], Rule]:
    """Mark a rule that has nothing to say of a sentence in which none of these forms stands."""

    def mark(rule: Rule) -> Rule:
        _NEEDS[rule] = (_bits(_in_common(forms)), tuple(dict.fromkeys((form.needs, form.ways) for form in forms)))
        return rule

    return mark


def _in_common(forms: Iterable[Form]) -> Iterator[frozenset[str]]:
    """Yield the few pieces of which a text has one where any of several forms may match."""
    for several in zip(*(form.pieces for form in forms), strict=False):
        yield frozenset().union(*several)


def speaking(rules: Iterable[Rule], text: str) -> list[Rule]:
    """Return the rules that may have something to say of a text: it has the words that one of their forms needs."""
    met, found = met_by(text), list[Rule]()
    for rule in rules:
        some, each = _NEEDS.get(rule, _UNKNOWN)
        if met & some != some:  # here and below no function is called: every rule is asked of every sentence
            continue
        for needs, ways in each:
            if met & needs == needs and (not ways or _any_met(ways, met)):
                found.append(rule)
                break
    return found


def worded(words: str, flags: re.RegexFlag = re.IGNORECASE) -> Form:
    """Return the form of a pattern's words."""
    return Form(re.compile(words, flags))


def _bits(several: Iterable[frozenset[str]]) -> int:
    return reduce(or_, map(_WORDS.bit, several), 0)
