"""A modification's page: labels beside values, whom and what it touches, its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from bot.domain.dates import MONTHS
from tests.forms import words
from tests.forms.form import HTML, OPENED, SECTIONS, TEXT
from tests.forms.kinds import Said
from tests.forms.kinds.release_page import FILLER
from tests.forms.pieces import Grid, Heading, Para, Piece, Sheet, Table

KIND = "modification-page"
CONTAINERS = (*HTML, *OPENED, *SECTIONS, *TEXT)
STAGES = {
    "Development Stage": "development",
    "Refinement Process": "refinement",
    "Report Phase": "report_phase",
    "On hold": "on_hold",
    "Pending implementation": "pending_implementation",
    "Implemented": "implemented",
    "Withdrawn": "withdrawn",
}
PATHS = {
    "Self-Governance": "self_governance",
    "Authority-Determined": "authority_determined",
    "Authority-Led": "authority_led",
    "Fast-Track": "fast_track",
}
PROPOSERS = ("EDF", "DCC", "SECAS", "Citizens Advice", "British Gas", "Utilita")
PARTIES = ("Large Suppliers", "Small Suppliers", "Electricity Network Operators", "DCC", "Other SEC Parties")
EVENTS = {
    "Converted to Modification Proposal": "converted_on",
    "Refinement Consultation": "consultation_closes_on",
    "DCC Impact Assessment requested": "impact_assessment_requested_on",
    "Working Group meeting": "",
    "Modification Report Consultation": "consultation_closes_on",
    "Presented to the Panel": "panel_presentation_on",
    "Change Board vote": "change_board_vote_on",
}
"""Events in their order, with what each tells."""


@dataclass(frozen=True)
class ModificationPage:
    """What is true of a modification; the days of `events` are in the order of EVENTS, None for one to come."""

    id: str
    title: str
    proposer: str
    raised_on: date
    stage: str
    path: str
    parties: tuple[str, ...]
    parts: tuple[str, ...]
    release: tuple[int, int] | None
    implementation: date | None
    events: tuple[int | None, ...]

    @property
    def is_decided(self) -> bool:
        return self.stage in ("Pending implementation", "Implemented")

    def dated(self) -> list[tuple[str, date | None, date | None]]:
        """Return each event with when it begins (None where it has one day) and when it ends (None: not known yet)."""
        day, found = self.raised_on, list[tuple[str, date | None, date | None]]()
        for (name, attribute), step in zip(EVENTS.items(), self.events, strict=True):
            day = day + timedelta(step or 0)
            ranged = attribute == "consultation_closes_on"
            begins = day - timedelta(14) if ranged and step is not None else None
            found.append((name, begins, None if step is None else day))
        return found

    def claims(self) -> set[Said]:
        subject = f"modification:{self.id}"
        said = {
            (subject, "title", self.title),
            (subject, "proposer", self.proposer),
            (subject, "raised_on", self.raised_on.isoformat()),
            (subject, "status", STAGES[self.stage]),
            (subject, "decision_path", PATHS[self.path]),
            *((subject, "impacts_party", party) for party in self.parties),
            *((subject, "affects_part", part) for part in self.parts),
        }
        for name, _, ends in self.dated():
            if EVENTS[name] and ends:
                said.add((subject, EVENTS[name], ends.isoformat()))
        if self.is_decided and self.implementation:
            said.add((subject, "implementation", self.implementation.isoformat()))
        elif self.release:
            said.add((subject, "targeted_release", f"{self.release[0]}-{self.release[1]:02d}"))
        return said

    def sheet(self, say: int) -> Sheet:
        choose = Random(say).choice if say else lambda given: given[0]
        quoted, bare = f"{self.id} ⟪{self.title}⟫", f"{self.id}: {self.title}"
        heading = choose((quoted, quoted, quoted if "‘" in self.title else bare))
        pieces: list[Piece] = [Heading(heading, 1)]
        facts = self._facts(choose)
        if choose((False, True)):
            pieces.append(Heading(choose(("Overview", "Modification details"))))
        pieces.append(_keyed("Modification details", facts))
        pieces += [Heading("What this is about"), Para(FILLER)]
        pieces += [
            Heading(choose(("Timeline", "Modification timeline"))),
            self._timeline(choose(("TBC", "–", "To be confirmed"))),
        ]
        return Sheet(
            f"{self.id} ⟪{self.title}⟫ – Smart Energy Code".replace("⟪", "‘").replace("⟫", "’"),
            tuple(pieces),
            "https://smartenergycodecompany.co.uk/modifications/a-page/",
        )

    def _facts(self, choose: object) -> tuple[tuple[str, str], ...]:
        assert callable(choose)
        facts = [
            (choose(("Proposer", "Raised by")), self.proposer),
            (choose(("Date raised", "Raised on")), f"⟨{self.raised_on}⟩"),
            (choose(("Stage", "Status", "Current stage")), self.stage),
            (choose(("Path", "Decision path", "Governance path")), self.path),
            (choose(("Impacted parties", "Parties impacted")), _listed(self.parties)),
            (choose(("Affected documents", "SEC documents affected")), _listed(self.parts)),
        ]
        if self.is_decided and self.implementation:
            facts.append(("Implementation date", f"⟨{self.implementation}⟩"))
        elif self.release:
            facts.append(("Target release", f"{MONTHS[self.release[1] - 1]} {self.release[0]} SEC Release"))
        else:
            facts.append(("Implementation date", "TBC"))
        return tuple(facts)

    def _timeline(self, blank: str) -> Table:
        rows = [("Modification raised", None, self.raised_on), *self.dated()]

        def day(begins: date | None, ends: date | None) -> str:
            return blank if ends is None else f"⟨{begins}⟩ – ⟨{ends}⟩" if begins else f"⟨{ends}⟩"

        one = Grid(("Event", "Date"), tuple((name, day(begins, ends)) for name, begins, ends in rows))
        two = Grid(
            ("Event", "Start date", "End date"),
            tuple(
                (name, f"⟨{begins}⟩" if begins else "", f"⟨{ends}⟩" if ends else blank) for name, begins, ends in rows
            ),
        )
        return Table("Timeline", (one, one, two))


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _keyed(name: str, facts: tuple[tuple[str, str], ...]) -> Table:
    return Table(name, (Grid(("Field", "Details"), facts),), keyed=True)


FACTS = st.builds(
    ModificationPage,
    words.MODIFICATIONS,
    words.TITLES,
    st.sampled_from(PROPOSERS),
    words.DAYS,
    st.sampled_from(sorted(STAGES)),
    st.sampled_from(sorted(PATHS)),
    st.lists(st.sampled_from(PARTIES), min_size=1, max_size=4, unique=True).map(tuple),
    st.lists(st.sampled_from(sorted(words.PARTS)), min_size=1, max_size=4, unique=True).map(tuple),
    st.none() | st.tuples(st.integers(2019, 2027), st.sampled_from((2, 6, 11))),
    st.none() | words.DAYS,
    st.tuples(*[st.none() | st.integers(15, 60)] * len(EVENTS)),
)
