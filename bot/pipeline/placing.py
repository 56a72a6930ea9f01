"""Placing: what is kept of each change that a reading showed, besides what the page says.

changes → moves joined → which releases and what else each is about → had another source said it before? → Told

What the store knows of them all is asked at once: a reading can show a hundred changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import confirm, impacts, views
from bot.domain.changes import Change, Told
from bot.domain.claims import Statement
from bot.domain.identifiers import is_modification
from bot.ports import Store

MOVE_WINDOW = timedelta(days=45)
"""Removed here and added there within this time is a move; release pages are not edited on one day."""

MOST = 5_000
"""Changes about the same that are looked at."""

By = Mapping[str, Sequence[Statement]]


def told(store: Store, found: Iterable[Change], source: str, url: str, at: datetime) -> list[Told]:
    """Return changes as they are kept, each with whether another source had said it before."""
    together = list(found)
    recent = store.changes(since=at - MOVE_WINDOW, about=sorted(spelt(together)), limit=MOST)
    joined = confirm.join_moves(together, recent)
    about = {subject for change in joined for subject in change.about}
    places = Places.of(store, about, {one.subject: one.after for one in together if one.attribute == "go_live"})
    placed = [places.placed(change) for change in joined]
    said = statements(store, (subject for change in placed for subject in confirm.subjects(change)))
    return [
        Told(
            change_id(change, source, at),
            change,
            source,
            url,
            at,
            known_from=confirm.known(change, source, said, recent, at),
        )
        for change in placed
    ]


@dataclass(frozen=True, slots=True)
class Places:
    """What is said of the modifications and releases that changes, or dates to come, are about.

    `scopes`: by modification's id, the claims of releases that it is in scope; `said`: by subject, what is said of a
    modification; `live`: by release's subject, its go-live; `moved`: the go-lives that this same reading gives.
    """

    scopes: By
    said: By
    live: By
    moved: Mapping[str, str | None]

    @classmethod
    def of(cls, store: Store, about: Collection[str], moved: Mapping[str, str | None]) -> Places:
        """Ask for all that is needed of subjects."""
        ids = [subject.partition(":")[2] for subject in sorted(about) if subject.startswith("modification:")]
        scopes = grouped(current(store.statements(attribute="in_scope", value=ids)), "value")
        said = grouped(current(store.statements([f"modification:{id_}" for id_ in ids])), "subject")
        releases = {one.claim.subject for mine in scopes.values() for one in mine}
        releases |= {subject for subject in about if subject.startswith("release:")}
        live = grouped(current(store.statements(sorted(releases), "go_live")), "subject")
        return cls(scopes, said, live, moved)

    def placed(self, change: Change) -> Change:
        """Return a change with the releases that its modifications are in scope of, and with what they affect: who
        follows these follows it.
        """
        ids = [subject.partition(":")[2] for subject in change.about if subject.startswith("modification:")]
        scopes = {one.claim.subject for id_ in ids for one in self.scopes.get(id_, ())}
        releases = sorted(scopes | {subject for subject in change.about if subject.startswith("release:")})
        facts = dict(change.facts)
        if len(releases) == 1 and (go_live := self.moved.get(releases[0]) or self.go_live(releases[0])):
            facts |= {"in_release": releases[0].partition(":")[2], "in_release_go_live": go_live}
        affected = [reached for id_ in ids for reached in self.affected(id_)]
        return replace(change, about=tuple(dict.fromkeys((*change.about, *releases, *affected))), facts=facts)

    def affected(self, id_: str) -> list[str]:
        """Return the SEC parts and the systems that a modification is said to affect, as can be followed."""
        said = [one.claim for one in self.said.get(f"modification:{id_}", ())]
        parts = {f"part:{claim.value}" for claim in said if claim.attribute == "affects_part"}
        named = {impacts.name(claim.value) for claim in said if claim.attribute in ("affects", "may_affect")}
        return sorted({*parts, *(f"impact:{name}" for name in named if name)})

    def go_live(self, release: str) -> str:
        """Return a release's go-live as it is said now, empty where nobody says."""
        said = self.live.get(release, ())
        return max(said, key=confirm.freshness).claim.value if said else ""


def spelt(changes: Iterable[Change]) -> set[str]:
    """Return all that changes are about, modifications under each of their names: what leaves one release as DP124 may
    come into another as MP124.
    """
    found = {subject for change in changes for subject in (change.subject, *change.about)}
    ids = {subject.partition(":")[2] for subject in found if subject.startswith("modification:")}
    ids |= {value for change in changes for value in (change.before, change.after) if value and is_modification(value)}
    return found | {f"modification:{name}" for id_ in ids for name in (id_, *views.spellings(id_))}


def statements(store: Store, subjects: Iterable[str]) -> list[Statement]:
    """Return what all sources say of subjects, and which versions implement those that are modifications."""
    asked = sorted(set(subjects))
    ids = [key for kind, _, key in (subject.partition(":") for subject in asked) if kind == "modification"]
    said = grouped(store.statements(asked), "subject")
    implemented = grouped(store.statements(attribute="implements", value=ids), "value")
    found: list[Statement] = []
    for subject in asked:
        kind, _, key = subject.partition(":")
        found += [*said.get(subject, ()), *(implemented.get(key, ()) if kind == "modification" else ())]
    return found


def current(said: Iterable[Statement]) -> list[Statement]:
    """Return the statements that hold."""
    return [one for one in said if one.current]


def grouped(said: Iterable[Statement], name: str) -> dict[str, list[Statement]]:
    """Return statements by their claim's subject or value, each group in its order."""
    found: dict[str, list[Statement]] = {}
    for one in said:
        found.setdefault(getattr(one.claim, name), []).append(one)
    return found


def change_id(change: Change, source: str, at: datetime) -> str:
    """Return an id that is the same whenever the same change of the same reading is worked out again."""
    parts = (
        source,
        change.kind,
        change.subject,
        change.attribute,
        str(change.before),
        str(change.after),
        at.isoformat(),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
