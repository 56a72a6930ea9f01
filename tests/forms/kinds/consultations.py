"""A list of consultations: of which modification, of what kind, from when until when; closed ones can stay listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from tests.forms import words
from tests.forms.form import HTML, OPENED, TEXT
from tests.forms.kinds import Said
from tests.forms.kinds.release_page import FILLER
from tests.forms.pieces import Grid, Heading, Para, Piece, Sheet, Table

KIND = "consultations"
CONTAINERS = (*HTML, *OPENED, *TEXT)
TYPES = ("Refinement Consultation", "Modification Report Consultation", "Second Refinement Consultation")


@dataclass(frozen=True)
class Consultation:
    """One consultation on one modification."""

    id: str
    title: str
    type: str
    closes_on: date
    days: int

    @property
    def opened_on(self) -> date:
        return self.closes_on - timedelta(self.days)

    def claims(self) -> set[Said]:
        subject = f"modification:{self.id}"
        return {(subject, "title", self.title), (subject, "consultation_closes_on", self.closes_on.isoformat())}


@dataclass(frozen=True)
class Consultations:
    """What a list says; `twice`: what is open stands in it a second time, in a list of its own."""

    open: tuple[Consultation, ...]
    closed: tuple[Consultation, ...]
    twice: bool

    def claims(self) -> set[Said]:
        return {said for one in (*self.open, *self.closed) for said in one.claims()}

    def sheet(self, say: int) -> Sheet:
        choose = Random(say).choice if say else lambda given: given[0]
        heading = choose(("Consultations", "Modification consultations", "Open consultations"))
        with_opened = choose((True, False))
        pieces: list[Piece] = [Heading(heading, 1), Para(FILLER)]
        open_ = _listed("Open now", self.open, choose(_CLOSES), opened=with_opened)
        if self.twice:
            pieces += [Heading("Ending soonest"), open_]
        pieces += [Heading(choose(("Open now", "Consultations open for responses"))), open_]
        if self.closed:
            pieces.append(Heading(choose(("Closed consultations", "Recently closed"))))
            pieces.append(_listed("Closed", self.closed, choose(_CLOSED), opened=with_opened))
        return Sheet(
            f"{heading} – Smart Energy Code",
            tuple(pieces),
            "https://smartenergycodecompany.co.uk/ufaq-category/refinement/",
        )


_CLOSES = ("Closes ⟨{}⟩", "Closing date: ⟨{}⟩", "Closes on ⟨{}⟩", "Responses by ⟨{}⟩")
_CLOSED = ("Closed ⟨{}⟩", "Closed on ⟨{}⟩", "Closing date: ⟨{}⟩")


def _listed(name: str, rows: tuple[Consultation, ...], closes: str, *, opened: bool) -> Table:
    def cells(one: Consultation, *name: str, bare: bool = False) -> tuple[str, ...]:
        days = (f"⟨{one.opened_on}⟩", f"⟨{one.closes_on}⟩")
        said = days if bare else (f"Opened {days[0]}", closes.format(one.closes_on))
        return (*name, one.type, *(said if opened else said[1:]))

    heads = ("Consultation type", *(("Opened",) if opened else ()), "Closing date")
    return Table(
        name,
        (
            Grid(("Modification", *heads), tuple(cells(one, f"{one.id} ⟪{one.title}⟫") for one in rows)),
            Grid(("Modification", "Title", *heads), tuple(cells(one, one.id, f"⟪{one.title}⟫") for one in rows)),
            Grid(("Reference", "Title", *heads), tuple(cells(one, one.id, one.title, bare=True) for one in rows)),
        ),
        labelled=Grid(
            ("Modification", *heads), tuple(cells(one, f"{one.id} ⟪{one.title}⟫", bare=True) for one in rows)
        ),
    )


ONE = st.builds(Consultation, words.MODIFICATIONS, words.TITLES, st.sampled_from(TYPES), words.DAYS, st.integers(5, 40))
BOTH = st.lists(ONE, min_size=2, max_size=7, unique_by=lambda one: one.id)
FACTS = st.builds(
    lambda rows, closed, twice: Consultations(tuple(rows[closed:]), tuple(rows[:closed]), twice),
    BOTH,
    st.integers(0, 1),
    st.booleans(),
)
