"""A list of variations by the Secretary of State: the provision, what was done to it, the day of the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from tests.forms import words
from tests.forms.form import HTML, OPENED, TEXT
from tests.forms.kinds import Said
from tests.forms.kinds.release_page import FILLER
from tests.forms.pieces import Grid, Heading, Para, Sheet, Table

KIND = "variations"
CONTAINERS = (*HTML, *OPENED, *TEXT)
DESCRIPTIONS = (
    "Terms on certificates moved and made plainer",
    "Security text for the next stage of transition",
    "Charges for pallets and what follows from them",
    "Definitions of ‘safe mode’ for Suppliers",
    "First designation of the document",
    "Limits of liability raised for new Parties",
    "Text of the specification replaced",
    "Rules for testing during transition closed",
    "Re-designated with fixes found in testing – second notice",
)


@dataclass(frozen=True)
class Variation:
    """What one notice did: to parts of the SEC, or (`clause`) to one clause of the only part."""

    parts: tuple[str, ...]
    clause: str
    description: str
    noticed_on: date

    @property
    def by_clause(self) -> bool:
        return bool(self.clause) and len(self.parts) == 1 and self.parts[0].startswith("Section")

    def claims(self) -> set[Said]:
        day = self.noticed_on.isoformat()
        said = {(f"variation:{day}/{part}", "noticed_on", day) for part in self.parts}
        if not self.by_clause:
            said |= {(f"variation:{day}/{part}", "affects_part", part) for part in self.parts}
        return said

    def provision(self, form: int) -> str:
        """Return how a list names it."""
        first = self.parts[0]
        if self.by_clause:
            return f"{first}{self.clause}"
        if len(self.parts) == 1:
            return (first, f"SEC {first}", f"{first} ({words.PARTS[first]})", f"{first} ⟪{words.PARTS[first]}⟫")[form]
        if len(self.parts) == 2 and first.split()[0] == self.parts[1].split()[0]:
            kind = {"Section": "Sections", "Schedule": "Schedules", "Appendix": "Appendices"}[first.split()[0]]
            return f"{kind} {first.split()[1]} {'and' if form % 2 else '&'} {self.parts[1].split()[1]}"
        return f"{', '.join(self.parts[:-1])} and {self.parts[-1]}"


@dataclass(frozen=True)
class Variations:
    """What a list of variations says."""

    rows: tuple[Variation, ...]

    def claims(self) -> set[Said]:
        return {said for row in self.rows for said in row.claims()}

    def sheet(self, say: int) -> Sheet:
        choose = Random(say).choice if say else lambda given: given[0]
        heading = choose(("Secretary of State variations", "SoS Variations", "Variations by the Secretary of State"))
        heads = choose(
            (
                ("Provision", "Description", "Date of notice"),
                ("SEC provision", "What was varied", "Date of Notice"),
                ("Part of the SEC", "Description of variation", "Notice date"),
            )
        )
        form = choose((0, 1, 2, 3))
        rows = tuple((row.provision(form), row.description, f"⟨{row.noticed_on}⟩") for row in self.rows)
        lead = choose(
            (
                "Below is what the Secretary of State has varied by notice. None of it is a Modification Proposal.",
                "The list shows where the Secretary of State has changed the Code under the Energy Act 2008.",
            )
        )
        return Sheet(
            f"{heading} – Smart Energy Code",
            (
                Heading(heading, 1),
                Para(lead),
                Para(FILLER),
                Table("Variations", (Grid(heads, rows),)),
            ),
            "https://smartenergycodecompany.co.uk/sos-variations/",
        )


ROWS = st.builds(
    Variation,
    st.lists(st.sampled_from(sorted(words.PARTS)), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(("", "", "", "8.16", "3.4(b)", "2")),
    st.sampled_from(DESCRIPTIONS),
    words.DAYS,
)


def apart(rows: list[Variation]) -> bool:
    """Whether no part is varied twice on one day."""
    named = [(row.noticed_on, part) for row in rows for part in row.parts]
    return len(named) == len(set(named))


FACTS = st.builds(Variations, st.lists(ROWS, min_size=1, max_size=6).filter(apart).map(tuple))
