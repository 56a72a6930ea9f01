"""A news post: a new version of the SEC, when it took effect, what it implements, which parts it affects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from tests.forms import words
from tests.forms.kinds import Said
from tests.forms.kinds.release_page import FILLER
from tests.forms.pieces import Grid, Heading, Para, Piece, Sheet, Table

KIND = "news"


@dataclass(frozen=True)
class Proposal:
    """A Change Resolution Proposal."""

    id: str
    title: str


@dataclass(frozen=True)
class Post:
    """What is true of a new version of the SEC."""

    version: str
    effective_on: date
    implements: tuple[tuple[str, str], ...]
    posted_on: date | None = None
    parts: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def heading(self) -> str:
        return f"SEC v{self.version} released"

    @property
    def url(self) -> str:
        return f"https://smartenergycodecompany.co.uk/latest-news/sec-v{self.version.replace('.', '-')}-released/"

    def claims(self) -> set[Said]:
        version, effective = f"version:{self.version}", self.effective_on.isoformat()
        said = {(version, "effective_on", effective)}
        said |= {(version, "posted_on", self.posted_on.isoformat())} if self.posted_on else set()
        for id_, title in self.implements:
            said.add((version, "implements", id_))
            said.add((f"modification:{id_}", "title", title))
            said.add((f"modification:{id_}", "implementation", effective))
        said |= {(version, "affects_part", part) for part in self.parts}
        for one in self.proposals:
            said.add((version, "change_resolution_proposal", one.id))
            said.add((f"change_resolution_proposal:{one.id}", "title", one.title))
        return said

    def sheet(self, say: int) -> Sheet:
        return Sheet(f"{self.heading} – Smart Energy Code", self.pieces(say, 1), self.url)

    def pieces(self, say: int, level: int, *, dated: bool = True) -> tuple[Piece, ...]:
        """Return the pieces of the post with a heading of that level; `dated`: with the line that says when it was posted."""
        heading = () if not level else (Heading(self.heading, level),)
        choose = Random(say).choice if say else lambda given: given[0]
        posted = choose(
            ("Posted on ⟨{}⟩", "⟨{}⟩", "Published: ⟨{}⟩", "⟨{}⟩ by SECAS", "Posted on ⟨{}⟩ in SEC Releases")
        )
        line = (Para(posted.format(self.posted_on)),) if self.posted_on and dated else ()
        return (*heading, *line, *self._body(choose, level or 1))

    def _body(self, choose: object, level: int) -> tuple[Piece, ...]:
        assert callable(choose)
        effect = choose(
            (
                f"Version {self.version} of the SEC came into effect on ⟨{self.effective_on}⟩.",
                f"SEC version {self.version} takes effect on ⟨{self.effective_on}⟩.",
                f"SEC v{self.version} became effective on ⟨{self.effective_on}⟩.",
            )
        )
        lead = choose(
            ("It implements the following modifications:", "The modifications implemented by this version are:")
        )
        pieces: list[Piece] = [Para(effect), Para(FILLER), Para(lead), _implemented(self.implements)]
        if self.parts:
            pieces.append(
                Heading(choose(("Parts of the SEC affected", "Which SEC documents have changed?")), level + 1)
            )
            pieces.append(_parts(self.parts))
        if self.proposals:
            pieces.append(Heading("Change Resolution Proposals", level + 1))
            pieces.append(Para("The Change Resolution Proposals that came in with this version are:"))
            pieces.append(_proposals(self.proposals))
        return tuple(pieces)


def _implemented(implements: tuple[tuple[str, str], ...]) -> Table:
    return Table(
        "Modifications implemented",
        (
            Grid(("Modification",), tuple((f"{id_} ⟪{title}⟫",) for id_, title in implements)),
            Grid(("Modification", "Title"), tuple((id_, f"⟪{title}⟫") for id_, title in implements)),
            Grid(("Modification number", "Title"), tuple((id_, title) for id_, title in implements)),
        ),
    )


def _parts(parts: tuple[str, ...]) -> Table:
    return Table(
        "SEC documents",
        (
            Grid(("SEC document",), tuple((f"{part} ⟪{words.PARTS[part]}⟫",) for part in parts)),
            Grid(("SEC document", "Title"), tuple((part, f"⟪{words.PARTS[part]}⟫") for part in parts)),
            Grid(("SEC document", "Title"), tuple((f"SEC {part}", words.PARTS[part]) for part in parts)),
        ),
    )


def _proposals(proposals: tuple[Proposal, ...]) -> Table:
    return Table(
        "Change Resolution Proposals",
        (
            Grid(("Proposal",), tuple((f"{one.id} ⟪{one.title}⟫",) for one in proposals)),
            Grid(("Proposal", "Title"), tuple((one.id, f"⟪{one.title}⟫") for one in proposals)),
            Grid(("Number", "Title"), tuple((one.id, one.title) for one in proposals)),
        ),
    )


IMPLEMENTS = st.lists(
    st.tuples(words.MODIFICATIONS, words.TITLES), min_size=1, max_size=6, unique_by=lambda one: one[0]
).map(tuple)
PROPOSALS = st.lists(
    st.builds(Proposal, st.integers(500, 699).map("CRP{}".format), words.TITLES),
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)
SEC_VERSIONS = st.one_of(
    st.integers(31, 120).map("{}.0".format), st.builds("{}.{}".format, st.just(5), st.integers(10, 29))
)
FACTS = st.builds(
    Post,
    SEC_VERSIONS,
    words.DAYS,
    IMPLEMENTS,
    st.none() | words.DAYS,
    st.lists(st.sampled_from(sorted(words.PARTS)), max_size=6, unique=True).map(tuple),
    PROPOSALS,
)
