"""Which sentences above a list tell what the list is: those that point to it, less what they tell of one by name.

"MP259 was removed from scope on 17 April." is about MP259 wherever it stands; "Following the removal of MP259, the
release contains the modifications below:" tells of the list only what is left without MP259.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from watchers.phrases import leads
from watchers.phrases.marks import Marked

_INTRODUCES = re.compile(
    r"\b(?:below|following|as follows|listed|lists?|table|these (?:are|modifications))\b|:\W*$", re.IGNORECASE
)
_NAMED = re.compile(r"⟦[MC]\d+⟧(?:(?:\s|,|/|&|\band\b|\bor\b)*⟦[MC]\d+⟧)*")
_FRAGMENT = re.compile(
    r"[;,()–—]\s*|(?<=\w):\s+|\s+(?=(?:and|but|while|whereas|after|following|since|because|with|without|although|"
    r"apart from|except|other than|besides|as well as|in addition to|now that|instead of)\b)",
    re.IGNORECASE,
)
_OF_THE_NAMED = re.compile(
    r"\W*(?:which|who|that|as (?:it|they)|and (?:it|they|was|were|is|are|has|have|had|will)|it|they)\b", re.IGNORECASE
)


def introducing(above: Sequence[Marked]) -> list[Marked]:
    """Return the sentences above a list that can tell what it is: those that point to it, the nearest first, and the
    last, which may go on about it.
    """
    telling = [piece for piece in above if not piece.of("M") or _INTRODUCES.search(piece.text)]
    of_list = [part for piece in telling for part in _of_list(piece)]
    last = of_list[-1:]
    if last and last[0].text.rstrip().endswith(":"):
        return last
    pointing = [piece for piece in reversed(of_list) if _INTRODUCES.search(piece.text)]
    of_scope = [piece for piece in reversed(of_list[:-1]) if re.search(r"\bscope\b", piece.text, re.IGNORECASE)]
    return [*pointing, *last, *of_scope]


def _of_list(sentence: Marked) -> Iterator[Marked]:
    """Yield what a sentence tells of the list, without its clauses about those that it names."""
    if not _NAMED.search(sentence.text):
        yield sentence
        return
    if leads.role(sentence.plain()) in ("in", "none") and _INTRODUCES.search(sentence.text):
        yield sentence
        return
    rest = " ".join(_unnamed(sentence.text))
    if _INTRODUCES.search(rest):
        yield Marked(rest, sentence.marks)


def _unnamed(text: str) -> Iterator[str]:
    """Yield the clauses of a sentence that neither name a modification nor go on about one named just before."""
    named = False
    for part in filter(None, _FRAGMENT.split(_NAMED.sub(lambda run: run[0][: run[0].index("⟧") + 1], text))):
        named = bool(_NAMED.search(part)) or (named and bool(_OF_THE_NAMED.match(part)))
        if not named:
            yield part
