"""Words that a pattern cannot match without, found from the pattern itself, so that most texts need not be searched.

Of `(?:approved|rejected) by [^.]{0,30}{D}` every match holds "approved" or "rejected", and "by", and a date. What is
needed is a conjunction of such alternatives; it may be less than a match needs, never more, so no match is hidden.
"""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product, starmap
from typing import Any, NamedTuple

Strings = frozenset[str]
"""What a piece of a pattern can match, each string in lower case: a space stands for anything without letters, "|" for
the edge of a word.
"""
Clauses = tuple[Strings, ...]

_NOTHING: Strings = frozenset({""})
_APART: Strings = frozenset({" "})
_EDGE: Strings = frozenset({"|"})
_MOST_STRINGS = 48
_MOST_CLAUSES = 6
_AS_A_MARK = 3
_TOKEN = re.compile(r"\|?[a-z]+\|?|⟦[a-z]")
WORD = re.compile(r"[a-z]+|⟦[a-z]")
"""What the pieces stand in: words and marks, in lower case."""
DISGUISED = re.compile("[ıİſ\u212a]")
"""What is no ASCII letter and yet matches one where case is ignored."""
UNDISGUISED = str.maketrans("ıİſ\u212a", "iisk")
"""Which letters they match."""
_NO_LETTERS = {sre.CATEGORY_DIGIT, sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD}


class Needed(NamedTuple):
    """What every match of a pattern needs; and where the pattern parts into several ways, what each of them needs."""

    always: tuple[Strings, ...]
    ways: tuple[tuple[Strings, ...], ...]


def needed(regex: re.Pattern[str]) -> Needed:
    """Return the alternatives of which every match of a pattern holds at least one each: pieces of words and marks."""
    pieces = list(parser.parse(regex.pattern, regex.flags & ~re.UNICODE))
    while len(pieces) == 1 and pieces[0][0] is sre.SUBPATTERN:
        pieces = list(pieces[0][1][-1])
    parts = next((n for n, (kind, _) in enumerate(pieces) if kind is sre.BRANCH), None)
    if parts is None:
        return Needed(_most_telling(_sequence(pieces)), ())
    ways = [_sequence(branch) for branch in pieces[parts][1][1]]
    before, after = (list(starmap(_piece, some)) for some in (pieces[:parts], pieces[parts + 1 :]))
    return Needed(_most_telling(_joined([*before, _branch(ways), *after])), tuple(map(_most_telling, ways)))


def _most_telling(found: tuple[Strings | None, Clauses]) -> tuple[Strings, ...]:
    return tuple(_ranked(_clauses(*found))[:_MOST_CLAUSES])


@lru_cache(5_000)
def _tokens(clause: Strings) -> tuple[Strings, ...]:
    """Return the alternatives of a clause: each word that all its strings have, and the longest other of each."""
    pieces = [{token for token in _TOKEN.findall(string) if len(token) > 1} for string in clause]
    common = set[str]().union(*pieces).intersection(*pieces)
    found = [frozenset({token}) for token in common]
    others = [tokens - common for tokens in pieces]
    if all(others):
        longest = {max(sorted(tokens), key=len) for tokens in others}
        found.append(frozenset(token for token in longest if not any(other in token for other in longest - {token})))
    marks = [{token for token in tokens if token[0] == "⟦"} for tokens in others]
    if all(marks):
        found.append(frozenset().union(*marks))
    return tuple(found)


@lru_cache(5_000)
def _worth(alternatives: Strings) -> tuple[int, int, list[str]]:
    """Return how seldom a text has one of the alternatives: the longer the shortest and the fewer the better."""
    return min(map(_length, alternatives)), -len(alternatives), sorted(alternatives)


def _length(token: str) -> int:
    """Return the letters of a word that is as seldom: few sentences have a name or a date, most have short words."""
    return _AS_A_MARK if token[0] == "⟦" else len(token)


# --- what a piece can match ------------------------------------------------------------------------------------------


def _sequence(pieces: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, Clauses]:
    """Return what a sequence can match, None where that is not known, and what it needs besides."""
    return _joined(starmap(_piece, pieces))


def _joined(found: Iterable[tuple[Strings | None, Clauses]]) -> tuple[Strings | None, Clauses]:
    run, clauses, known = _NOTHING, Clauses(), True
    for strings, more in found:
        clauses += more
        if strings is not None and len(run) * len(strings) <= _MOST_STRINGS:
            run = frozenset(a + b for a, b in product(run, strings))
            continue
        clauses, known = (*clauses, run), False
        run = _NOTHING if strings is None else strings
    return (run, clauses) if known else (None, (*clauses, run))


def _piece(kind: Any, given: Any) -> tuple[Strings | None, Clauses]:
    if kind is sre.LITERAL:
        return _literal(given), ()
    if kind is sre.IN:
        return _one_of(given), ()
    if kind is sre.AT:
        return _EDGE if given is sre.AT_BOUNDARY else _NOTHING, ()
    if kind is sre.ASSERT:
        return _NOTHING, _clauses(*_sequence(given[1]))
    if kind is sre.ASSERT_NOT:
        return _NOTHING, ()
    if kind is sre.SUBPATTERN:
        return _sequence(given[-1])
    if kind is sre.ATOMIC_GROUP:
        return _sequence(given)
    if kind is sre.BRANCH:
        return _branch([_sequence(branch) for branch in given[1]])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _repeat(given[0], given[1], *_sequence(given[2]))
    return None, ()


def _literal(code: int) -> Strings | None:
    char = chr(code)
    if char == "⟦" or (char.isascii() and char.isalpha()):
        return frozenset({char.lower()})
    return _APART if char.lower() == char.upper() else None


def _one_of(members: Iterable[tuple[Any, Any]]) -> Strings | None:
    found = [_member(kind, given) for kind, given in members]
    if any(one is None for one in found) or len(found) > _MOST_STRINGS:
        return None
    return frozenset().union(*(one for one in found if one is not None))


def _member(kind: Any, given: Any) -> Strings | None:
    if kind is sre.LITERAL:
        return _literal(given)
    if kind is sre.CATEGORY:
        return _APART if given in _NO_LETTERS else None
    if kind is sre.RANGE and given[1] < ord("A"):
        return _APART
    return None


def _branch(branches: list[tuple[Strings | None, Clauses]]) -> tuple[Strings | None, Clauses]:
    strings = [string for found, _ in branches for string in found or ()]
    if all(found is not None and not clauses for found, clauses in branches) and len(strings) <= _MOST_STRINGS:
        return frozenset(strings), ()
    ranked = [_ranked(_clauses(*branch)) for branch in branches]
    return None, tuple(_together(ranked)) if all(ranked) else ()


def _clauses(strings: Strings | None, clauses: Clauses) -> Clauses:
    """Return all that a piece needs, as clauses."""
    return clauses if strings is None else (*clauses, strings)


def _ranked(clauses: Clauses) -> list[Strings]:
    """Return the clauses as words, those that say most first."""
    return sorted({tokens for clause in clauses for tokens in _tokens(clause)}, key=_worth, reverse=True)


def _together(ranked: list[list[Strings]]) -> Iterator[Strings]:
    """Yield what one branch or another needs: the best of each, the second of each, and the marks of each."""
    for n in range(max(map(len, ranked))):
        yield frozenset().union(*(one[min(n, len(one) - 1)] for one in ranked))
    marks = [[clause for clause in one if all(token[0] == "⟦" for token in clause)] for one in ranked]
    if all(marks):
        yield frozenset().union(*(one[0] for one in marks))


def _repeat(least: int, most: Any, strings: Strings | None, clauses: Clauses) -> tuple[Strings | None, Clauses]:
    if strings is not None and strings <= {" ", ""}:
        return (strings if least else strings | _NOTHING), ()
    if least == 0:
        return (strings | _NOTHING if strings is not None and most == 1 and not clauses else None), ()
    if most == 1:
        return strings, clauses
    return None, (*clauses, strings) if strings is not None else clauses
