"""Where a walk through a page stands, and the claims it has kept with their evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.domain import checks
from bot.domain.claims import Claim, Doubt, Evidence, Passage
from bot.domain.evidence import BETWEEN
from watchers.outline import Block
from watchers.phrases import leads
from watchers.phrases.context import Context
from watchers.phrases.documents import Document
from watchers.phrases.marks import Mark, Marked


@dataclass
class Section:
    level: int
    release: str
    year: str


@dataclass
class WalkClaims:
    """Keeps claims. `release`: the page's own; `item`: the stream's item that says it all."""

    release: str = ""
    item: str = ""
    own_page: bool = False
    flat: bool = False
    context: Context = field(default_factory=Context)
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.context.release = self.release
        self.context.own_page = self.own_page
        self.heading, self.section, self.lead, self.number, self.text = "", "", "", 0, ""
        self._sections: list[Section] = []
        self._above: list[str] = []
        self._card: tuple[str, ...] = ()
        self._card_is_heading, self._card_alone = False, False
        self._lead: Marked | None = None
        self._silent: tuple[Marked, int, bool] | None = None
        self._document: Document | None = None
        self._grouped, self._table = False, 0
        self._role: leads.Role = ""
        self._role_release = ""
        self._by_default, self._scoped = False, 0
        self._before: Block | None = None
        self._two: tuple[str, ...] = ()
        self._named: set[str] = set()
        self._placed: set[str] = set()
        self._group_status, self._group_at, self._group_of_drafts = "", 0, False
        self._titles: dict[str, str] = {}
        self._listed: dict[str, None] = {}
        self.off_page = False
        """Whether what is read stands below the heading of what is no page's own: "Related posts"."""

    def name(self, mark: Mark, quote: str) -> None:
        """The name of the page's or section's release, as it is first printed."""
        printed = " ".join(mark.text.split())
        if printed.isupper():
            printed = printed.title().replace("Sec ", "SEC ")
        if mark.value not in self._named and re.match(r"[A-Z][a-z]+ 20\d\d .*Release$", printed):
            self._named.add(mark.value)
            self.claim(f"release:{mark.value}", "name", printed, quote, "name")

    def count_doubts(self, subject: str, attribute: str) -> tuple[Doubt, ...]:
        """Return the doubt that the page's first count of modifications and the rows read disagree."""
        read = len({c.value for c in self.claims if c.subject == subject and c.attribute == attribute})
        doubt = checks.count_differs(self.counts[0], read) if self.counts else None
        return (doubt,) if doubt else ()

    def claim(self, subject: str, attribute: str, value: str, quote: str, rule: str) -> None:
        """Keep a claim with its evidence."""
        if attribute == "title":
            self._titles[subject] = value
        evidence = Evidence(self.as_printed(quote), self.number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence, self.item))

    def as_printed(self, quote: str) -> str:
        """Return a quote that can be found again: for a sentence put together of a row's cells the row itself."""
        return quote if not self.text or quote in self.text or BETWEEN in quote else self.text
