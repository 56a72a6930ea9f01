"""Sentences that say one thing of several: each with its own day, or "the former" and "the latter".

"The consultations on MP220 until 16 June 2023 and MP221 until 23 June 2023 …" is two sentences in one, and rules that
give every name the day nearest to it would read neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from bot.domain.forms import worded
from watchers.phrases.marks import Mark, Marked, pattern

_NAME = r"(?:⟦M\d+⟧(?:(?:\s|,|&|and\b)*⟦M\d+⟧)*)"
_DAY = r"(?:\W{0,3}(?:\b(?:on|until|till|by|to|from|for|in|at|closing|closes)\b\W{0,3})?⟦[DR]\d+⟧\)?)"
_PAIR = rf"(?:(?:for|on|of|to|both|the)\s+)*{_NAME}\W{{0,2}}\s?{_DAY}"
_PAIRS = pattern(rf"{_PAIR}(?:\s*(?:[,;]|,?\s*\band\b|,?\s*\bwith\b|\bbut\b|&)\s*{_PAIR})+")
_EACH_PAIR = re.compile(_PAIR, re.IGNORECASE)
_FORMER = worded(
    r"\bthe (?:former|latter|(?:first|second)(?:-named| of (?:these|them|the two)|(?= (?:has|have|had|was|is|will|"
    r"goes|went|"
    r"stays|remains|follows)\b)))(?![\w-])"
)
_TWO = 2


def apart(sentence: Marked) -> list[Marked]:
    """Return the sentences that one of several names, each with its own day, stands for; else the sentence itself."""
    several = len(sentence.of("M")) >= _TWO <= len(sentence.of("D")) + len(sentence.of("R"))
    match = _PAIRS.search(sentence.text) if several else None
    if not match:
        return [sentence]
    starts = [one.start() for one in _EACH_PAIR.finditer(sentence.text, match.start(), match.end())]
    ends = [one.end() for one in _EACH_PAIR.finditer(sentence.text, match.start(), match.end())]
    if len(starts) < _TWO or any(re.search(r"[.]", sentence.text[e:s]) for e, s in pairwise_gaps(starts, ends)):
        return [sentence]
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    return [
        Marked(before + sentence.text[start:end] + after, sentence.marks)
        for start, end in zip(starts, ends, strict=True)
    ]


def pairwise_gaps(starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
    """Return where one piece ends and the next begins."""
    return [(end, start) for (_, end), (start, _) in pairwise(zip(starts, ends, strict=True))]


def named_again(sentence: Marked, two: tuple[str, ...]) -> Marked:
    """Return a sentence in which "the former" and "the latter" are the two that it, or the one before, names."""
    own = tuple(sentence.values("M"))
    two = own or two
    if len(two) != _TWO or not _FORMER.may_match(sentence.text):
        return sentence
    marks, pieces, at = dict(sentence.marks), list[str](), 0
    for match in _FORMER.finditer(sentence.text):
        name = f"M9{len(marks)}"
        first = re.search(r"former|first", match[0], re.IGNORECASE)
        marks[name] = Mark("M", two[0] if first else two[1], match[0])
        pieces += [sentence.text[at : match.start()], f"⟦{name}⟧"]
        at = match.end()
    return Marked("".join((*pieces, sentence.text[at:])), marks) if pieces else sentence


_NUMBERS = ("one", "two", "three", "four", "five", "six")
_SOME_OF = worded(
    rf"\bthe (?P<end>first|last|final) (?P<count>{'|'.join(_NUMBERS[1:])})(?= (?:of (?:these|them) )?(?:\w+ )?"
    r"(?:are|were|have|had|will|went|go|stay|remain|left|follow)\b)(?: of (?:these|them))?"
)


def named_by_place(sentence: Marked, listed: Collection[str]) -> Marked:
    """Return a sentence in which "the first two" and "the last three" are those of the list above it."""
    match = _SOME_OF.search(sentence.text) if len(listed) > _TWO else None
    count = _NUMBERS.index(match["count"].casefold()) + 1 if match else 0
    if match is None or count >= len(listed):
        return sentence
    ids = list(listed)[:count] if match["end"].casefold() == "first" else list(listed)[-count:]
    named = {f"M8{n}": Mark("M", id_, match[0]) for n, id_ in enumerate(ids)}
    said = " and ".join(f"⟦{name}⟧" for name in named)
    return Marked(sentence.text[: match.start()] + said + sentence.text[match.end() :], {**sentence.marks, **named})
