"""A paper: the modifications of a release with ticks for what they affect and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from bot.domain.dates import MONTHS
from tests.forms import words
from tests.forms.form import HEADED, PIPED
from tests.forms.kinds import Said
from tests.forms.kinds.release_page import FILLER
from tests.forms.pieces import Grid, Heading, Para, Sheet, Table

KIND = "paper"
CONTAINERS = (*HEADED, *(one for one in PIPED if one != "text aligned"))
"""Text set by where its columns begin is left out: of one row the column of a tick can't be told."""
SYSTEMS = ("DCC Systems", "DUIS", "GBCS", "SMETS", "CHTS")
MARKS = {"": None, "✓": "affects", "Yes": "affects", "No": None, "TBC": "may_affect"}
STANDING = {
    "Approved for inclusion.": ("status", "approved"),
    "Refinement Process": ("status", "refinement"),
    "This modification is now with the Authority for decision.": ("status", "authority_decision"),
    "The Change Board vote will be held on ⟨{}⟩.": ("change_board_vote_on", ""),
    "Withdrawn": ("status", "withdrawn"),
}


@dataclass(frozen=True)
class Row:
    """A row of the matrix: a mark for each system, and where the modification stands."""

    id: str
    title: str
    marks: tuple[str, ...]
    standing: str
    on: date

    @property
    def printed_standing(self) -> str:
        return self.standing.format(self.on)

    def claims(self) -> set[Said]:
        subject = f"modification:{self.id}"
        said = {(subject, "title", self.title)}
        for system, mark in zip(SYSTEMS, self.marks, strict=False):
            if attribute := MARKS[mark]:
                said.add((subject, attribute, system))
        attribute, value = STANDING[self.standing]
        said.add((subject, attribute, value or self.on.isoformat()))
        return said


@dataclass(frozen=True)
class Paper:
    """What a paper says of one release."""

    year: int
    month: int
    rows: tuple[Row, ...]
    baselined_on: date | None

    @property
    def name(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.year} SEC Release"

    def claims(self) -> set[Said]:
        release = f"release:{self.year}-{self.month:02d}"
        said = {(release, "name", self.name)}
        said |= {(release, "baselined_on", self.baselined_on.isoformat())} if self.baselined_on else set()
        for row in self.rows:
            said |= {(release, "in_scope", row.id), *row.claims()}
        return said

    def sheet(self, say: int) -> Sheet:
        choose = Random(say).choice if say else lambda given: given[0]
        baselined = (
            (Para(f"The scope of the {self.name} was baselined by the Panel on ⟨{self.baselined_on}⟩."),)
            if self.baselined_on
            else ()
        )
        return Sheet(
            "SEC Releases update",
            (
                Heading("SEC Releases update", 1),
                Heading("1. Purpose"),
                Para(
                    "This paper sets out where the work on the coming release stands. The group is invited to note it."
                ),
                Para(FILLER),
                Heading(f"2. {self.name}"),
                *baselined,
                Para(
                    choose(
                        (
                            "The following modifications are currently in scope:",
                            f"The modifications in scope of the {self.name} are:",
                        )
                    )
                ),
                self._matrix(),
                Heading("3. Recommendations"),
                Para("The group is invited to note this paper and to send its views to the code administrator."),
            ),
            "https://smartenergycodecompany.co.uk/download/12345/",
        )

    def _matrix(self) -> Table:
        impacts = tuple(f"Impacts {system}?" for system in SYSTEMS[: len(self.rows[0].marks)])
        apart = ("Modification", "Title", *impacts, "Current status")
        return Table(
            "Modifications in scope",
            (
                Grid(
                    ("Modification", *impacts, "Current status"),
                    tuple((f"{r.id} ⟪{r.title}⟫", *r.marks, r.printed_standing) for r in self.rows),
                ),
                Grid(apart, tuple((r.id, f"⟪{r.title}⟫", *r.marks, r.printed_standing) for r in self.rows)),
                Grid(apart, tuple((r.id, r.title, *r.marks, r.printed_standing) for r in self.rows)),
            ),
        )


def _rows(systems: int) -> st.SearchStrategy[tuple[Row, ...]]:
    marks = st.tuples(*[st.sampled_from(tuple(MARKS))] * systems)
    row = st.builds(Row, words.MODIFICATIONS, words.TITLES, marks, st.sampled_from(tuple(STANDING)), words.DAYS)
    return st.lists(row, min_size=1, max_size=7, unique_by=lambda one: one.id).map(tuple)


FACTS = st.builds(
    Paper,
    st.integers(2019, 2027),
    st.sampled_from((2, 6, 11)),
    st.integers(1, len(SYSTEMS)).flatmap(_rows),
    st.none() | words.DAYS,
)
