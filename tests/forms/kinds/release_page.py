"""A release page: go-live, scope with statuses, baselines, the implementation document, drafts of specifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from bot.domain.dates import MONTHS
from tests.forms import words
from tests.forms.kinds import Said
from tests.forms.pieces import Grid, Heading, Para, Sheet, Table

KIND = "release-page"


@dataclass(frozen=True)
class Modification:
    """A row of the scope; `status` as the page prints it."""

    id: str
    title: str
    status: str


@dataclass(frozen=True)
class Draft:
    """A draft of a Technical Specification; without a number of its own it is a mark-up."""

    part: str
    version: str
    draft: int
    published_on: date

    @property
    def printed_version(self) -> str:
        return f"v{self.version} (draft {self.draft})" if self.draft else f"v{self.version} (v1.0 mark-up)"


@dataclass(frozen=True)
class ReleasePage:
    """What is true of a release."""

    year: int
    month: int
    go_live: date
    scope: tuple[Modification, ...]
    baselined_on: date | None = None
    dcc_systems_baselined_on: date | None = None
    document_updated_on: date | None = None
    drafts: tuple[Draft, ...] = ()

    @property
    def name(self) -> str:
        return f"{MONTHS[self.month - 1]} {self.year} SEC Release"

    @property
    def key(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def claims(self) -> set[Said]:
        release = f"release:{self.key}"
        said = {(release, "name", self.name), (release, "go_live", self.go_live.isoformat())}
        for attribute, day in (
            ("baselined_on", self.baselined_on),
            ("dcc_systems_baselined_on", self.dcc_systems_baselined_on),
            ("implementation_document_updated_on", self.document_updated_on),
        ):
            said |= {(release, attribute, day.isoformat())} if day else set()
        for one in self.scope:
            said.add((release, "in_scope", one.id))
            said.add((f"modification:{one.id}", "title", one.title))
            said.add((f"modification:{one.id}", "status", words.STATUSES[one.status]))
        for draft in self.drafts:
            document = f"document:{self.key}/{draft.part}"
            said.add((release, "document", draft.part))
            said.add((document, "title", words.PARTS[draft.part]))
            said.add((document, "version", draft.version))
            said |= {(document, "draft", str(draft.draft))} if draft.draft else set()
            said.add((document, "published_on", draft.published_on.isoformat()))
        return said

    def sheet(self, say: int) -> Sheet:
        choose = Random(say).choice if say else lambda given: given[0]
        count = words.COUNTS[len(self.scope)].capitalize()
        plural = "modification" if len(self.scope) == 1 else "modifications"
        pieces: list[Heading | Para | Table] = [
            Heading(self.name, 1),
            Para(
                choose(
                    (
                        f"The {self.name} is due to go live on ⟨{self.go_live}⟩.",
                        f"The {self.name} will go live on ⟨{self.go_live}⟩.",
                        f"The {self.name} went live on ⟨{self.go_live}⟩.",
                        f"The go-live date of the {self.name} is ⟨{self.go_live}⟩.",
                    )
                )
            ),
            Para(FILLER),
        ]
        pieces += [Heading("Scope of the release")] if choose((True, False)) else []
        pieces.append(
            Para(
                choose(
                    (
                        "The following modifications are currently in scope:",
                        f"{count} {plural} make up the scope of this release:",
                        f"This release will include the following {plural}:",
                    )
                )
            )
        )
        pieces.append(_scope(self.scope))
        if self.baselined_on:
            pieces.append(Para(f"The full scope of the release was baselined by the Panel on ⟨{self.baselined_on}⟩."))
        if self.dcc_systems_baselined_on:
            pieces.append(Para(f"The scope on the DCC Systems was baselined on ⟨{self.dcc_systems_baselined_on}⟩."))
        if self.document_updated_on:
            pieces.append(Heading("Release documentation"))
            pieces.append(
                Para(f"The SEC Release Implementation Document was last updated on ⟨{self.document_updated_on}⟩.")
            )
        if self.drafts:
            pieces.append(Heading("Technical Specifications"))
            pieces.append(Para("The table below holds the documents that support the Technical Specifications."))
            pieces.append(_drafts(self.drafts))
        address = f"https://smartenergycodecompany.co.uk/{MONTHS[self.month - 1].lower()}-{self.year}-sec-release/"
        return Sheet(f"{self.name} – Smart Energy Code", tuple(pieces), address)


FILLER = (
    "Parties can find here what each change is about and which of the systems it touches, together with the drafts "
    "that have been written for it so far. Those who want to take part in the work, or who have a question about it, "
    "are welcome to get in touch with the code administrator, which keeps this page and answers on every working day."
)
"""Prose that says nothing of what secbot reads."""


def _scope(scope: tuple[Modification, ...]) -> Table:
    return Table(
        "Modifications in scope",
        (
            Grid(("Modification", "Status"), tuple((f"{one.id} ⟪{one.title}⟫", one.status) for one in scope)),
            Grid(("Modification", "Title", "Status"), tuple((one.id, f"⟪{one.title}⟫", one.status) for one in scope)),
            Grid(("Number", "Title", "Current status"), tuple((one.id, one.title, one.status) for one in scope)),
        ),
    )


def _drafts(drafts: tuple[Draft, ...]) -> Table:
    def named(one: Draft) -> str:
        return f"SEC {one.part} – {words.PARTS[one.part]}"

    return Table(
        "Documents published",
        (
            Grid(
                ("Document name", "Date published"),
                tuple((f"{named(one)} {one.printed_version}", f"⟨{one.published_on}⟩") for one in drafts),
            ),
            Grid(
                ("Document", "Version", "Date published"),
                tuple((named(one), one.printed_version, f"⟨{one.published_on}⟩") for one in drafts),
            ),
            Grid(
                ("Document", "Title", "Version", "Draft", "Date published"),
                tuple(
                    (
                        f"SEC {one.part}",
                        words.PARTS[one.part],
                        f"v{one.version}",
                        str(one.draft or ""),
                        f"⟨{one.published_on}⟩",
                    )
                    for one in drafts
                ),
            ),
        ),
    )


SCOPE = st.lists(
    st.builds(Modification, words.MODIFICATIONS, words.TITLES, st.sampled_from(sorted(words.STATUSES))),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.id,
).map(tuple)
DRAFTS = st.lists(
    st.builds(Draft, st.sampled_from(words.SPECIFICATIONS), words.VERSIONS, st.integers(0, 9), words.DAYS),
    max_size=5,
    unique_by=lambda one: one.part,
).map(tuple)
FACTS = st.builds(
    ReleasePage,
    st.integers(2019, 2027),
    st.sampled_from((2, 6, 11)),
    words.DAYS,
    SCOPE,
    st.none() | words.DAYS,
    st.none() | words.DAYS,
    st.none() | words.DAYS,
    DRAFTS,
)
