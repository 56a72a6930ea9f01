"""Forms that words take: patterns that look first, in no time, whether a text has the words that they need.

A page has hundreds of sentences and the rules have hundreds of patterns, nearly all of which cannot match: so the words
of a sentence are looked up once, and a form whose words are missing is not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import zip_longest
from operator import or_
from typing import TypeVar

from bot.domain.needed import DISGUISED, WORD, needed
from bot.domain.remembered import remembered

_MOST_WORDS = 20_000
"""Words whose pieces are remembered; a language has about so many, a page of noise has more."""
_LONGEST_WORD = 50
"""Letters of a word that is looked into; what is longer is noise, and may hold anything."""
_TEXT = 1
"""The bit that every text has."""
_ALL = -1
"""The pieces of a text of which nothing is known: it may have any."""


class _Pieces(dict[str, int]):
    """Which pieces that some form needs stand in a word, as bits: found when first asked."""

    def __init__(self) -> None:
        super().__init__()
        self.bits: dict[str, int] = {}
        self.beginning: dict[str, list[str]] = {}

    def bit(self, piece: str) -> int:
        """Return the bit of a piece; one not known before is new to all words."""
        if piece not in self.bits:
            self.bits[piece] = _TEXT << len(self.bits) + 1
            self.beginning.setdefault(piece[:2], []).append(piece)
            self.clear()
            pieces_of.cache_clear()
        return self.bits[piece]

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST_WORD:
            return _ALL
        if len(self) >= _MOST_WORDS:
            self.clear()
        whole, found = word if word[0] == "⟦" else f"|{word}|", 0
        for at in range(len(whole) - 1):
            for piece in self.beginning.get(whole[at : at + 2], ()):
                if whole.startswith(piece, at):
                    found |= self.bits[piece]
        self[word] = found
        return found


_PIECES = _Pieces()
_NONE: Iterator[re.Match[str]] = iter(())


@remembered
def pieces_of(text: str) -> int:
    """Return which pieces of words a text has, as bits."""
    if not text.isascii() and DISGUISED.search(text):
        return _ALL
    return reduce(or_, map(_PIECES.__getitem__, set(WORD.findall(text.lower()))), _TEXT)


def pieces_in(texts: Iterable[str]) -> int:
    """Return which pieces of words stand in any of several texts."""
    return reduce(or_, map(pieces_of, texts), 0)


class Form:
    """A pattern that is searched for only where its words are. It offers what `re.Pattern` does, of the same name."""

    __slots__ = ("fullmatch", "match", "needs", "regex")

    def __init__(self, regex: re.Pattern[str]) -> None:
        """Find out which words the pattern needs."""
        self.regex = regex
        self.needs = tuple(_bits(alternatives) for alternatives in needed(regex))
        self.match, self.fullmatch = regex.match, regex.fullmatch  # at one place only: quicker done than guarded

    def possible(self, pieces: int) -> bool:
        """Whether texts with these pieces have the words; else the pattern is nowhere in them, nor in them joined."""
        return _met(self.needs, pieces)

    def may_match(self, text: str) -> bool:
        """Whether a text has the words."""
        return _met(self.needs, pieces_of(text))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        pieces = pieces_of(text)
        for alternatives in self.needs:
            if not pieces & alternatives:
                return None
        return self.regex.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in order."""
        pieces = pieces_of(text)
        for alternatives in self.needs:
            if not pieces & alternatives:
                return _NONE
        return self.regex.finditer(text)

    def made(self, match: re.Match[str]) -> bool:
        """Whether a match is of this form."""
        return match.re is self.regex


def fitting(forms: Iterable[Form], text: str) -> list[Form]:
    """Return the forms whose words a text has: of several that are looked for one after another it is asked once."""
    pieces, found = pieces_of(text), list[Form]()
    for form in forms:
        for alternatives in form.needs:
            if not pieces & alternatives:
                break
        else:
            found.append(form)
    return found


Rule = TypeVar("Rule", bound=Callable[..., object])
Needs = tuple[int, ...]
"""Of each of these, as bits, a text has some piece where a form may match."""

_NEEDS: dict[Callable[..., object], tuple[Needs, tuple[Needs, ...]]] = {}
"""By rule what some form or other of it needs, quickly looked at, and what each of them needs."""
_UNKNOWN: tuple[Needs, tuple[Needs, ...]] = ((), ((),))


def reads(*forms: Form) -> Callable[[Rule], Rule]:
    """Mark a rule that has nothing to say of a sentence in which none of these forms stands."""

    def mark(rule: Rule) -> Rule:
        some = zip_longest(*(form.needs or (_ALL,) for form in forms), fillvalue=_ALL)
        each = dict.fromkeys(form.needs for form in forms)
        _NEEDS[rule] = (tuple(reduce(or_, alternatives) for alternatives in some), tuple(each))
        return rule

    return mark


def speaking(rules: Iterable[Rule], text: str) -> list[Rule]:
    """Return the rules that may have something to say of a text: it has the words that one of their forms needs."""
    pieces, found = pieces_of(text), list[Rule]()
    for rule in rules:
        some, each = _NEEDS.get(rule, _UNKNOWN)
        for alternatives in some:  # here and below no function is called: every rule is asked of every sentence
            if not pieces & alternatives:
                break
        else:
            if _any_met(each, pieces):
                found.append(rule)
    return found


def _any_met(each: tuple[Needs, ...], pieces: int) -> bool:
    for needs in each:
        for alternatives in needs:
            if not pieces & alternatives:
                break
        else:
            return True
    return False


def _met(needs: Needs, pieces: int) -> bool:
    for alternatives in needs:  # noqa: SIM110 - all() takes twice the time
        if not pieces & alternatives:
            return False
    return True


def worded(words: str, flags: re.RegexFlag = re.IGNORECASE) -> Form:
    """Return the form of a pattern's words."""
    return Form(re.compile(words, flags))


def _bits(alternatives: Iterable[str]) -> int:
    found = 0
    for piece in alternatives:
        found |= _PIECES.bit(piece)
    return found
