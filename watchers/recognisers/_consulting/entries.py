"""Where a walk through consultations stands: the item that is open, its section, the claims kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain import dates
from bot.domain.claims import Claim, Evidence
from watchers.phrases.closing import Closing
from watchers.phrases.context import Context


@dataclass
class Entry:
    """One consultation: whom it is about (nobody of ours: ""), how its list words it, when it closes."""

    ids: tuple[str, ...]
    name: str
    kind: str
    level: int
    closes: list[tuple[Closing, str, int]] = field(default_factory=list)
    bare: list[tuple[str, str, int]] = field(default_factory=list)
    titled: bool = False


@dataclass
class Section:
    closes: tuple[Closing, str, int] | None = None
    promises: bool = False
    columns: tuple[bool, ...] = ()
    foreign: bool = False


@dataclass
class ConsultingClaims:
    """Keeps items and claims. `item`: the stream's item that says it all."""

    item: str = ""
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    others: int = 0

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.entry: Entry | None = None
        self.entries: list[Entry] = []
        self.section, self.beside = Section(), False
        self.context = Context()
        self.number, self.heading, self.label = 0, "", ""

    def end(self) -> None:
        """End an item: claim when it closes."""
        entry, self.entry, self.label = self.entry, None, ""
        if entry is None:
            return
        self.entries.append(entry)
        closes = [one for one in entry.closes if one[0].moved] or entry.closes
        if not closes and entry.bare and len(entry.bare) == len(self.section.columns):
            told = zip(entry.bare, self.section.columns, strict=True)
            closes = [(Closing(value), quote, number) for (value, quote, number), is_closing in told if is_closing]
        if not closes and entry.bare and self.section.promises:
            value, quote, number = max(entry.bare, key=lambda one: dates.earliest(one[0]))
            closes = [(Closing(value), quote, number)]
        if not closes and self.section.closes and len(entry.bare) == 1:
            value, quote, number = entry.bare[0]
            closes = [(Closing(value), quote, number)] if value.startswith(self.section.closes[0].value) else []
        if not closes and self.section.closes:
            one, quote, number = self.section.closes
            closes = [(one, f"{quote} | {entry.name}", number)]
        for one, quote, number in closes:
            for id_ in entry.ids:
                self.claim(f"modification:{id_}", "consultation_closes_on", one.value, quote, "closing date", number)
        if entry.ids and not closes and not entry.titled and dates.find(entry.name):
            self.residue.append(entry.name)

    def of_entry(self, attribute: str, value: str, quote: str, rule: str) -> None:
        """Claim something of the item's modifications."""
        for id_ in self.entry.ids if self.entry else ():
            self.claim(f"modification:{id_}", attribute, value, quote, rule)

    def claim(self, subject: str, attribute: str, value: str, quote: str, rule: str, number: int | None = None) -> None:
        """Keep a claim with its evidence."""
        evidence = Evidence(quote, self.number if number is None else number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence, self.item))
