"""What a page says of its own modification: its claims with their evidence, its status weighed when all is read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.domain.claims import Claim, Evidence
from bot.domain.identifiers import MODIFICATION, canonical, identity, is_modification, is_part_of
from watchers.phrases import own, stages
from watchers.phrases.paired import Pair
from watchers.recognisers._modification.settling import LABELLED, PROSE, without_hopes

_NOW = re.compile(r"\b(?:once more|once again|now|currently|at present|presently|today)\b", re.IGNORECASE)


@dataclass
class Decision:
    """What fields of their own say of the decision: its verdict, its day, who made it."""

    verdict: str = ""
    day: str = ""
    who: str = ""


@dataclass
class ModificationClaims:
    """Keeps the claims of the page of one modification, `own`. `flat`: of a text, whose lone lines are headings."""

    own: str
    flat: bool = False
    claims: list[Claim] = field(default_factory=list)
    told: list[stages.Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.heading, self.number = "", 0
        self._below, self._level = "", 0
        self.section = ""
        self._aside = 0
        self._open: Pair | None = None
        self._ticked: set[int] = set()
        self._standing: set[str] = set()
        self._drafts_for = ""
        self._board, self._before = False, ""
        self.decision = Decision()
        self._names: list[str] = []
        self._taken = self._opened = 0
        self._dated = ""
        self.updates: list[str] = []
        self.off_page = False
        self._words = self._day = self._days_first = ""
        self._stages: list[tuple[str, str]] = []
        self.labelled_status = ""
        self._status_quote: tuple[str, int, str] = ("", 0, "")
        self.authority = self.by_panel = False

    def of_another(self, text: str) -> bool:
        """Whether a text is about other modifications: it begins with one, or names others and never its own."""
        named = [canonical(match) for match in MODIFICATION.finditer(text)]
        return (
            bool(named)
            and not any(self.is_own(id_) or is_part_of(self.own, id_) for id_ in named)
            and bool(MODIFICATION.match(text.lstrip("•*- ‘'“")))
        )

    def is_own(self, id_: str) -> bool:
        """Whether an id is the page's own modification's, as a Draft Proposal too."""
        return identity(id_) == identity(self.own)

    def _is_mine(self, subject: str) -> bool:
        kind, _, key = subject.partition(":")
        return kind == "modification" and is_modification(key) and self.is_own(key)

    def origins(self, text: str, quote: str, *, split: bool = False) -> None:
        """The Draft Proposal that it was: the page names it; of what it was split, where a label says so."""
        for match in MODIFICATION.finditer(text):
            id_ = canonical(match)
            if own.became(self.own, id_):
                self.claim("draft_proposal", id_, quote, "origin")
            elif split and is_part_of(self.own, id_):
                self.claim("split_from", id_, quote, LABELLED)
            elif split and is_part_of(id_, self.own):
                self._claim(f"modification:{id_}", "split_from", self.own, quote, LABELLED)

    def tell(self, status: str, dated: str, quote: str, rule: str) -> None:
        """Keep a status that is told elsewhere than beside its label, to be weighed when all is read."""
        self.told.append(stages.Told(status, dated, bool(_NOW.search(quote))))
        self.claim("status", status, quote, rule)

    def end(self, statuses: Collection[str]) -> None:
        """Unsay statuses that sentences told of and that have ended since."""
        if self._standing.isdisjoint(statuses):
            return
        self._standing.difference_update(statuses)
        self.told = [told for told in self.told if told.status not in statuses]
        self.claims = [
            c for c in self.claims if not (c.attribute == "status" and c.value in statuses and c.evidence.rule == PROSE)
        ]

    def claim(self, attribute: str, value: str, quote: str, rule: str) -> None:
        """Keep a claim of the page's own modification."""
        if value:
            self._claim(f"modification:{self.own}", attribute, value, quote, rule)

    def _claim(self, subject: str, attribute: str, value: str, quote: str, rule: str) -> None:
        if attribute == "status":
            self._standing.add(value)
        evidence = Evidence(quote, self.number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence))

    def found(self) -> list[Claim]:
        """Return the claims with one status, and with one value where there is one: labels first, then events."""
        status = stages.settled(self.labelled_status, self.told) or self._dated_status()
        if status and not any(c.attribute == "status" and c.value == status for c in self.claims):
            quote, number, heading = self._status_quote
            self.claims.append(
                Claim(f"modification:{self.own}", "status", status, Evidence(quote, number, heading, LABELLED))
            )
        kept = [c for c in self.claims if c.attribute != "status" or c.value == status]
        return without_hopes(kept, status)

    def _dated_status(self) -> str:
        """Return the status of a page that gives none but the day of its approval, labelled as that."""
        found = next((c for c in self.claims if c.attribute == "approved_on" and c.evidence.rule == LABELLED), None)
        if found is None:
            return ""
        self._status_quote = (found.evidence.quote, found.evidence.block, found.evidence.heading)
        return "approved"
