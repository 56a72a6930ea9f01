"""Slips of the finger: what somebody meant to type, as far as the words of the field can tell it.

A slip is offered, or answered where it is one of a command's word before what is surely named. Where two words are as
near ("quite": quiet, quote) nobody can tell which was meant, so both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.dates import MONTHS
from bot.domain.follow import EVERYTHING, TOPICS
from bot.domain.follow.topics import WORDS
from bot.domain.hours import DAYS
from handlers.commands import words

MOST = 3
"""Readings of one question that are offered."""
SHORTEST_FIRST, SHORTEST = 3, 5
"""Letters of a first word, and of any other, that may be a slip; shorter ones are like too many."""
LONG = 7
"""Letters from which on a word may have two slips."""
_SPOKEN = (
    "accept after appendix before except instantly only release section schedule since thread version weekly "
    "weighty without yesterday"
)
"""Words of questions besides the commands', topics', months and days."""
_PLAIN = (
    "all and any are but can could did does for had has have her him his how its lost may must not note now our out "
    "put she some that the their them then they this was were what when where which who whose will with would"
)
"""Words of every sentence, which are no slips of a command's word however near."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def of_the_field() -> frozenset[str]:
    """Return the words of which wishes and questions are made, without those of commands."""
    return frozenset(word.casefold() for word in (*MONTHS, *DAYS, *TOPICS, *WORDS, EVERYTHING, *_SPOKEN.split()))


@cache
def _all() -> frozenset[str]:
    return of_the_field() | frozenset(words())


def nearest(word: str, among: Collection[str]) -> list[str]:
    """Return the words that a word may be a slip of, all as near as each other; none where it is one of them."""
    said = word.casefold()
    if said in among or said in _PLAIN.split():
        return []
    far = 2 if len(said) >= LONG else 1
    found = process.extract(said, list(among), scorer=OSA.distance, score_cutoff=far, limit=None)
    least = min((distance for _, distance, _ in found), default=0)
    return sorted(one for one, distance, _ in found if distance == least)


def mended(question: str) -> list[str]:
    """Return what a question may have been meant to say, its mistyped words put right; none where there are none."""
    first, _, rest = question.partition(" ")
    meant = nearest(first, words()) if len(first) >= SHORTEST_FIRST and first.casefold() not in _all() else []
    if not meant or not rest:
        return list(dict.fromkeys((*meant, *mended_wish(question))))[:MOST]
    return [f"{one} {said}" for one in meant for said in (mended_wish(rest) or [rest])][:MOST]


def mended_wish(text: str, among: Collection[str] = ()) -> list[str]:
    """Return the same of words that stand behind a command's."""
    known, choices, at = among or _all(), list[Sequence[str]](), 0
    for match in _WORD.finditer(text):
        meant = nearest(match[0], known) if len(match[0]) >= SHORTEST else []
        choices += [(text[at : match.start()],), meant or (match[0],)]
        at = match.end()
    found = ["".join(one) + text[at:] for one in islice(product(*choices), MOST)]
    return [one for one in found if one != text]
