"""Why a page is read as it is: the kind that was chosen, the rule behind each claim, what was not understood."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.claims import Claim, Reading
from bot.domain.evidence import place_of, stands

INDENT = "  "
RULES: Mapping[str, str] = {
    "row": "the cells of a row",
    "scope row": "a row of a list of scope",
    "document row": "a row of a table of draft specifications",
    "change request row": "a row of DCC change requests",
    "title": "a title in quotes after an id",
    "name": "the name of the release",
    "version": "what a post says of its SEC version",
}
"""What a rule's name does not tell by itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading with how sure each recogniser was of its page. `asked`: the kind of page, where it was given."""

    reading: Reading
    scores: Mapping[str, float]
    asked: str = ""

    def row(self, claim: Claim) -> dict[str, Any]:
        """Return what is added to a claim in JSON."""
        found = stands(claim.evidence, self.reading.pieces)
        scores = {kind: round(score, 2) for kind, score in self.scores.items()}
        why = {"rule": rule_words(claim.evidence.rule), "found_again": found, "kind": self.reading.kind}
        return {"why": {**why, "asked": self.asked or "auto", "scores": scores}}

    def lines(self, where: str, width: int) -> Iterator[str]:
        """Yield the explanation for a terminal of so many columns."""
        yield from _wrapped(f"{where}: {self.reading.kind or 'unknown kind'}, {len(self.reading.claims)} claims", width)
        yield from _wrapped(self.chosen(), width, INDENT)
        for doubt in self.reading.doubts:
            word = "Not believed" if doubt.grave else "Noted"
            yield ""
            yield from _wrapped(f"{word}, by the check “{doubt.reason.replace('_', ' ')}”: {doubt.detail}", width)
        yield from self.proved(width)
        for text in self.reading.residue:
            at = place_of(text, self.reading.pieces)
            place = f" (block {at})" if at is not None else ""
            yield ""
            yield from _wrapped(f"Not understood, though it looks like a row of ours{place}: “{text}”", width)
        if self.reading.claims and not self.reading.residue:
            yield ""
            yield "No row that looks like ours was left over."

    def chosen(self) -> str:
        """Return in words how the kind of page was chosen."""
        scores = ", ".join(f"{kind} {score:.2f}" for kind, score in self.scores.items())
        how = "as was asked for" if self.asked else "the surest"
        return f"Read as {self.reading.kind}, {how}; how sure each kind is of the page: {scores}."

    def proved(self, width: int) -> Iterator[str]:
        """Yield each piece of the page that says something, with its claims and the rule of each."""
        place: tuple[int, str] | None = None
        for claim in sorted(self.reading.claims, key=lambda one: one.evidence.block):
            evidence = claim.evidence
            if (evidence.block, evidence.quote) != place:
                place = (evidence.block, evidence.quote)
                under = f", under “{evidence.heading}”" if evidence.heading else ""
                lost = "" if stands(evidence, self.reading.pieces) else " (not found again there!)"
                yield ""
                yield from _wrapped(f"block {evidence.block}{under}{lost}", width)
                yield from _wrapped(f"“{evidence.quote}”", width, INDENT)
            said = f"{claim.subject} {claim.attribute} = {claim.value}"
            yield from _wrapped(f"→ {said}   by {rule_words(evidence.rule)}", width, INDENT * 2)


def rule_words(rule: str) -> str:
    """Return a rule's name with what it means where the name alone does not tell."""
    return f"“{rule}”: {RULES[rule]}" if rule in RULES else f"“{rule}”"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    clean = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(clean, max(width, 40), initial_indent=indent, subsequent_indent=indent + INDENT)
