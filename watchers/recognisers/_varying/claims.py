"""What a list of variations has told so far, and the claims it comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain import dates
from bot.domain.claims import Claim, Evidence
from watchers.phrases.provisions import Provision
from watchers.recognisers._varying.words import LONGEST_DATE, VARIES


@dataclass
class Notices:
    """Keeps what is found. `open`: provisions that still wait for the day of their notice. `flat`: of a text,
    whose lone lines are headings.
    """

    flat: bool = False
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    open: tuple[Provision, ...] = ()
    quote: str = ""
    number: int = 0
    day: str = ""
    year: int | None = None
    heading: str = ""
    order: str = ""
    """Which of two dates at the end of a glued row is the notice's, by the headings glued above it."""

    def dated(self, text: str) -> list[dates.Found]:
        """Return the dates in a text; below a year's heading a day and month are of that year."""
        return dates.find(text, self.year)

    def whole(self, text: str) -> str:
        """Return the day that a cell consists of, with a link or note beside it, "" for other cells."""
        found = self.dated(text) if len(text) <= LONGEST_DATE else []
        rest = (text[: found[0].start] + " " + text[found[0].end :]) if len(found) == 1 else "x"
        words = r"(?:notice|letter|dated|date|of|on|view|read|download|open|pdf|link|the|see|\(|\)|\W|\d+ ?[KM]B)*"
        return found[0].value if re.fullmatch(words, rest, re.IGNORECASE) else ""

    def end(self) -> None:
        """Give up provisions that no day of notice followed."""
        if self.open and VARIES.search(self.quote):
            self.residue.append(self.quote)
        self.open, self.quote = (), ""

    def claim(self, provisions: Sequence[Provision], day: str, quote: str) -> None:
        """Claim the variation of each part."""
        evidence = Evidence(quote, self.number, self.heading, "variation row")
        for one in provisions:
            subject = f"variation:{day}/{one.part}"
            if not one.clause:
                self.claims.append(Claim(subject, "affects_part", one.part, evidence))
            self.claims.append(Claim(subject, "noticed_on", day, evidence))
