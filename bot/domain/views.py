"""What people ask for, folded from statements: a modification, a release, a version of the SEC.

Every fact keeps the statement that proves it (see `bot.domain.folding`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain import dates
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.folding import Disagreement, Fact, Said, disagreements, newest, own_pages, proven
from bot.domain.identifiers import (
    LAST_OF_THE_OLD_SERIES,
    identity,
    is_modification,
    part_order,
    release_name,
    spelling,
    version_order,
)
from bot.domain.life import Event, life
from bot.domain.steps import is_of_steps
from bot.domain.values import same

__all__ = [
    "Disagreement",
    "Document",
    "Event",
    "Fact",
    "Modification",
    "Place",
    "Release",
    "Scoped",
    "Statements",
    "Version",
    "about_modification",
    "about_release",
    "about_version",
    "modification",
    "newest",
    "next_releases",
    "own_pages",
    "proven",
    "release",
    "scope_of",
    "spellings",
    "version",
]


Some = str | Collection[str]
"""One name or several."""


class Statements(Protocol):
    """Where statements are asked for; `Store.statements` is one."""

    def __call__(
        self, subject: Some | None = None, attribute: Some | None = None, value: Some | None = None
    ) -> Sequence[Statement]:
        """Return statements, oldest first, narrowed by any of subject, attribute and value, one or several of each."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a modification and a release stand: "in_scope", "out_of_scope" (a page tells so), "was_in_scope" (no page
    lists it any more), "may_include", "was_proposed".
    """

    release: str
    state: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Modification:
    """All that is known of a modification. Many-valued facts stand in page order, dates in order of time."""

    id: str
    also: tuple[str, ...] = ()  # other ids it had: DP124
    title: Fact | None = None
    names: tuple[Fact, ...] = ()  # its titles over time, oldest first; words differ
    status: Fact | None = None
    path: Fact | None = None
    releases: tuple[Place, ...] = ()
    targeted: Fact | None = None
    implementation: tuple[Fact, ...] = ()
    decisions: tuple[Fact, ...] = ()  # recommendation, approved_on, authority_decided_on, withdrawn_on
    votes: tuple[Fact, ...] = ()  # panel_presentation_on, change_board_vote_on, decision_cut_off
    consultations: tuple[Fact, ...] = ()
    affects: tuple[Fact, ...] = ()
    may_affect: tuple[Fact, ...] = ()
    parts: tuple[Fact, ...] = ()
    parties: tuple[Fact, ...] = ()
    proposer: Fact | None = None
    raised_on: Fact | None = None
    delivery_part: Fact | None = None
    split_from: Fact | None = None
    versions: tuple[tuple[str, Fact], ...] = ()  # number and what says that it implements it
    brought_by: tuple[tuple[str, Fact], ...] = ()  # number and the release that this version was made for
    disagreements: tuple[Disagreement, ...] = ()
    life: tuple[Event, ...] = ()

    def in_scope_of(self) -> tuple[str, ...]:
        """Return the keys of the releases it is in scope of now."""
        return tuple(place.release for place in self.releases if place.state == "in_scope")


@dataclass(frozen=True, slots=True)
class Scoped:
    """A modification in, or once in, the scope of a release.

    `status` is what the page that lists it says of it, else what counts; `anywhere` is what counts of all sources.
    """

    id: str
    title: str
    status: Fact | None
    statement: Statement
    anywhere: Fact | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A draft specification of a release, or of none in particular."""

    part: str
    title: str
    version: str
    draft: str
    published_on: str
    statement: Statement
    baselined_on: str = ""
    expires_on: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """All that is known of a release. `go_live` is settled, `proposed_go_live` only asked for; neither is guessed."""

    key: str
    name: str
    go_live: Fact | None = None
    proposed_go_live: Fact | None = None
    go_live_requested_on: Fact | None = None
    go_live_approved_on: Fact | None = None
    baselined_on: Fact | None = None
    dcc_systems_baselined_on: Fact | None = None
    baseline_due: Fact | None = None
    scope: tuple[Scoped, ...] = ()
    left: tuple[Scoped, ...] = ()
    may_include: tuple[Scoped, ...] = ()
    change_requests: tuple[tuple[str, str, Statement], ...] = ()  # id, title, proof
    documents: tuple[Document, ...] = ()
    implementation_document_updated_on: Fact | None = None
    versions: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def date(self) -> str:
        """The date to plan with: the settled go-live, else the proposed one, else empty."""
        fact = self.go_live or self.proposed_go_live
        return fact.value if fact else ""


@dataclass(frozen=True, slots=True)
class Version:
    """All that is known of a version of the SEC."""

    number: str
    effective_on: Fact | None = None
    posted_on: Fact | None = None
    release: Fact | None = None
    implements: tuple[Scoped, ...] = ()
    parts: tuple[Fact, ...] = ()
    added_parts: tuple[Fact, ...] = ()
    proposals: tuple[tuple[str, str, Statement], ...] = ()  # CRPs: id, title, proof
    designated_by: Fact | None = None
    disagreements: tuple[Disagreement, ...] = ()


# --- which statements a view is folded from --------------------------------------------------------------------------


def spellings(id_: str) -> tuple[str, ...]:
    """Return all ids that one modification can have had: MP124 was DP124, SECMP0067 may have been DP067."""
    one = identity(id_)
    series = [spelling(one.number, one.letter), spelling(one.number, one.letter, draft=True)]
    other = f"MP{one.number:03d}{one.letter}" if one.number <= LAST_OF_THE_OLD_SERIES else f"SECMP{one.number:04d}"
    return tuple(dict.fromkeys([id_, *series, other]))


def about_modification(id_: str, statements: Statements) -> list[Statement]:
    """Return what `modification` is folded from: what is said of it, and all that is said of what names it."""
    names = spellings(id_)
    of_it = _Grouped(statements(subject=[f"modification:{name}" for name in names]))
    naming = _Grouped(statements(value=names), key=lambda s: s.claim.value)
    found = [one for name in names for one in (*of_it.of(f"modification:{name}"), *naming.of(name))]
    places = sorted({s.claim.subject for s in found if s.claim.kind in ("release", "version")})
    said = _Grouped(statements(subject=places) if places else ())
    return _each_once([*found, *(one for subject in places for one in said.of(subject))])


def about_release(key: str, statements: Statements) -> list[Statement]:
    """Return what `release` is folded from."""
    found = list(statements(subject=f"release:{key}"))
    found += _called(_values(found, "in_scope", "out_of_scope", "may_include"), statements)
    more = [f"document:{key}/{value}" for value in _values(found, "document")]
    more += [f"change_request:{value}" for value in _values(found, "change_request")]
    said = _Grouped(statements(subject=more) if more else ())
    found += [one for subject in more for one in said.of(subject)]
    return _each_once([*found, *statements(attribute="implements_release", value=key)])


def about_version(number: str, statements: Statements) -> list[Statement]:
    """Return what `version` is folded from."""
    found = list(statements(subject=f"version:{number}"))
    found += _called(_values(found, "implements"), statements, spelt=False)
    more = [f"change_resolution_proposal:{value}" for value in _values(found, "change_resolution_proposal")]
    said = _Grouped(statements(subject=more) if more else ())
    return _each_once([*found, *(one for subject in more for one in said.of(subject))])


def _values(said: Iterable[Statement], *attributes: str) -> list[str]:
    return sorted({s.claim.value for s in said if s.claim.attribute in attributes})


def _called(ids: Sequence[str], statements: Statements, *, spelt: bool = True) -> list[Statement]:
    """Return the titles and statuses of modifications, with `spelt` those of all their spellings, asked for at once."""
    names = {id_: spellings(id_) if spelt and is_modification(id_) else (id_,) for id_ in ids}
    subjects = [f"modification:{name}" for spelt_ in names.values() for name in spelt_]
    said = _Grouped(statements(subject=subjects, attribute=CALLED), key=lambda s: (s.claim.subject, s.claim.attribute))
    return [
        one
        for spelt_ in names.values()
        for attribute in CALLED
        for name in spelt_
        for one in said.of((f"modification:{name}", attribute))
    ]


CALLED = ("title", "status")


class _Grouped:
    """Statements that were asked for at once, to be taken one group after another."""

    def __init__(
        self, said: Iterable[Statement], key: Callable[[Statement], object] = lambda s: s.claim.subject
    ) -> None:
        self._by: dict[object, list[Statement]] = {}
        for one in said:
            self._by.setdefault(key(one), []).append(one)

    def of(self, key: object) -> list[Statement]:
        return self._by.get(key, [])


def _each_once(statements: Iterable[Statement]) -> list[Statement]:
    return list(dict.fromkeys(statements))


# --- a modification --------------------------------------------------------------------------------------------------

DECISIONS = ("change_board_recommendation", "approved_on", "authority_decided_on", "withdrawn_on")
VOTES = ("panel_presentation_on", "change_board_vote_on", "decision_cut_off")


def modification(id_: str, statements: Sequence[Statement], told: Sequence[Told] = ()) -> Modification | None:
    """Return a modification, None where nothing is known of it; `told` are the changes that concern it, for its life.

    `statements` may be more than what concerns it (see `about_modification`); what does not is not looked at.
    """
    names = spellings(id_)
    said = Said(statements)
    named = [s for s in said.all if _names(s, names)]
    if not named:
        return None
    subjects = [f"modification:{name}" for name in names]
    mine = [s for s in named if s.claim.subject in subjects]

    def facts(attributes: Iterable[str]) -> tuple[Fact, ...]:
        return tuple(fact for name in attributes if (fact := said.one(subjects, name)))

    return Modification(
        id_,
        also=tuple(name for name in names if name != id_ and any(_is_called(s, name) for s in named)),
        title=newest(said.of(subjects, "title")) or newest(said.of(subjects, "title"), also_past=True),
        names=_titles(said.of(subjects, "title")),
        status=said.one(subjects, "status"),
        path=said.one(subjects, "decision_path"),
        releases=_places(said, names),
        targeted=_targeted(said, subjects, names),
        implementation=tuple(sorted(said.many(subjects, "implementation"), key=lambda fact: fact.value)),
        decisions=facts(DECISIONS),
        votes=facts(VOTES),
        consultations=tuple(sorted(said.many(subjects, "consultation_closes_on"), key=lambda fact: fact.value)),
        affects=said.many(subjects, "affects"),
        may_affect=_still_open(said, subjects),
        parts=tuple(sorted(said.many(subjects, "affects_part"), key=lambda fact: part_order(fact.value))),
        parties=said.many(subjects, "impacts_party"),
        proposer=said.one(subjects, "proposer"),
        raised_on=said.one(subjects, "raised_on"),
        delivery_part=said.one(subjects, "delivery_part"),
        split_from=newest(s for s in said.of(subjects, "split_from") if s.claim.value not in names),
        versions=_versions(said, names),
        brought_by=_brought_by(said, names),
        disagreements=tuple(one for one in disagreements(mine) if not is_of_steps(one, said.all, names)),
        life=life(named, said, told, names),
    )


def _targeted(said: Said, subjects: Sequence[str], names: Sequence[str]) -> Fact | None:
    """Return the release that it is meant for; none once a later source says what came of it: that is history then."""
    target = said.one(subjects, "targeted_release") or said.one(subjects, "targeted_year")
    if target is None:
        return None
    came = said.of(subjects, "implementation") + [
        s for s in said.all if s.claim.attribute in ("implements", "in_scope") and s.claim.value in names
    ]
    printed = freshness(target.statement)[0]
    return None if any(s.current and freshness(s)[0] > printed for s in came) else target


def _names(statement: Statement, names: Sequence[str]) -> bool:
    claim = statement.claim
    return (claim.kind == "modification" and claim.key in names) or claim.value in names


def _is_called(statement: Statement, name: str) -> bool:
    return statement.claim.subject == f"modification:{name}" or statement.claim.value == name


def _titles(statements: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return titles in order of time; of those that differ in dashes or capitals alone, the latest form."""
    forms: dict[str, Fact] = {}
    for one in sorted(statements, key=freshness):
        forms[same(one.claim.subject, "title", one.claim.value)] = Fact(one.claim.value, one)
    return tuple(forms.values())


def _still_open(said: Said, subjects: Sequence[str]) -> tuple[Fact, ...]:
    """Return what may be affected, less what is known to be affected."""
    sure = {fact.value.casefold() for fact in said.many(subjects, "affects")}
    return tuple(fact for fact in said.many(subjects, "may_affect") if fact.value.casefold() not in sure)


def _places(said: Said, names: Sequence[str]) -> tuple[Place, ...]:
    naming = [s for s in said.all if s.claim.kind == "release" and s.claim.value in names]
    places = []
    for subject in sorted({s.claim.subject for s in naming}):
        state, proof = _place(said, subject, [s for s in naming if s.claim.subject == subject])
        places.append(Place(subject.partition(":")[2], state, proof))
    return tuple(places)


def _place(said: Said, release: str, naming: Sequence[Statement]) -> tuple[str, Statement]:
    """Return how a modification and a release stand today.

    A page that lists the scope today knows best; without one the newest paper or post that lists it. What an older
    paper said and a newer one leaves out is past.
    """
    listing = [s for s in said.of([release], "in_scope") if s.current]
    inside = [s for s in naming if s.claim.attribute == "in_scope"]
    out = [s for s in naming if s.claim.attribute == "out_of_scope" and s.current]
    now = [s for s in inside if s.current and _is_latest(s, listing)]
    last_out = max(out, key=freshness, default=None)
    if now and not (last_out and freshness(last_out) > max(freshness(s) for s in now)):
        return "in_scope", max(now, key=freshness)
    if last_out:
        return "out_of_scope", last_out
    may = [s for s in naming if s.claim.attribute == "may_include" and s.current]
    if may and not inside:
        return "may_include", max(may, key=freshness)
    return ("was_in_scope" if inside else "was_proposed"), max([*inside, *naming], key=freshness)


def _is_latest(one: Statement, listing: Sequence[Statement]) -> bool:
    """Whether no newer listing of the same release has taken a statement's place."""
    pages = [s for s in listing if not s.claim.item]
    if not one.claim.item:
        return True
    latest = max((freshness(s)[0] for s in listing if s.claim.item), default="")
    return not pages and freshness(one)[0] >= latest


def _versions(said: Said, names: Sequence[str]) -> tuple[tuple[str, Fact], ...]:
    subjects = {
        s.claim.subject for s in said.all if s.claim.attribute == "implements" and s.claim.value in names and s.current
    }
    found = []
    for subject in sorted(subjects, key=lambda s: version_order(s.partition(":")[2])):
        number = subject.partition(":")[2]
        fact = said.one([subject], "effective_on") or newest(
            s for s in said.of([subject], "implements") if s.claim.value in names
        )
        if fact:
            found.append((number, fact))
    return tuple(found)


def _brought_by(said: Said, names: Sequence[str]) -> tuple[tuple[str, Fact], ...]:
    """Return the versions that implement it and name the release that they are made for."""
    releases = [(number, said.one([f"version:{number}"], "implements_release")) for number, _ in _versions(said, names)]
    return tuple((number, fact) for number, fact in releases if fact)


# --- a release -------------------------------------------------------------------------------------------------------


def release(key: str, statements: Sequence[Statement]) -> Release | None:
    """Return a release, None where nothing is known of it; `statements` as from `about_release`."""
    subject = f"release:{key}"
    said = Said(statements)
    mine = [s for s in said.all if s.claim.subject == subject]
    if not mine:
        return None
    states = _states(said, subject)
    own = own_pages(mine, subject)

    def scoped(*wanted: str) -> tuple[Scoped, ...]:
        found = [_scoped(said, id_, proof) for id_, (state, proof) in states.items() if state in wanted]
        return tuple(sorted(found, key=lambda one: one.statement.claim.evidence.block))

    def fact(attribute: str) -> Fact | None:
        return proven(said.of([subject], attribute), own)

    documents = [_document(said, key, fact) for fact in said.many([subject], "document")]
    name = said.one([subject], "name")
    implementing = {s.claim.key for s in said.all if s.claim.attribute == "implements_release" and s.claim.value == key}
    return Release(
        key,
        name.value if name else f"{release_name(key)} SEC Release",
        go_live=fact("go_live"),
        proposed_go_live=fact("proposed_go_live"),
        go_live_requested_on=fact("go_live_requested_on"),
        go_live_approved_on=fact("go_live_approved_on"),
        baselined_on=fact("baselined_on"),
        dcc_systems_baselined_on=fact("dcc_systems_baselined_on"),
        baseline_due=fact("baseline_due"),
        scope=scoped("in_scope"),
        left=scoped("out_of_scope", "was_in_scope"),
        may_include=scoped("may_include"),
        change_requests=_titled(said, "change_request", said.many([subject], "change_request")),
        documents=tuple(sorted(documents, key=lambda one: part_order(one.part))),
        implementation_document_updated_on=fact("implementation_document_updated_on"),
        versions=tuple(sorted(implementing, key=version_order)),
        disagreements=disagreements(mine),
    )


def scope_of(key: str, statements: Sequence[Statement]) -> list[str]:
    """Return what is in scope of a release, each modification once, whatever it was called on the way."""
    states = _states(Said(statements), f"release:{key}")
    return [id_ for id_, (state, _) in states.items() if state == "in_scope"]


def _states(said: Said, subject: str) -> dict[str, tuple[str, Statement]]:
    mine = [s for s in said.all if s.claim.subject == subject]
    return {id_: _place(said, subject, named) for id_, named in _by_modification(mine).items()}


def _by_modification(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Return what names each modification, under the latest of its ids."""
    ids: dict[object, str] = {}
    named: dict[object, list[Statement]] = {}
    for one in sorted(statements, key=freshness):
        if one.claim.attribute not in ("in_scope", "out_of_scope", "may_include"):
            continue
        value = one.claim.value
        who: object = identity(value) if is_modification(value) else value
        if not value.startswith("DP") or who not in ids:
            ids[who] = value
        named.setdefault(who, []).append(one)
    return {ids[who]: said for who, said in named.items()}


def _scoped(said: Said, id_: str, proof: Statement) -> Scoped:
    subjects = [f"modification:{name}" for name in (spellings(id_) if is_modification(id_) else (id_,))]
    anywhere = said.one(subjects, "status")
    own = [s for s in said.of(subjects, "status") if s.source == proof.source and not s.claim.item]
    return Scoped(id_, said.title(subjects), newest(own) or anywhere, proof, anywhere)


def _document(said: Said, release_key: str, fact: Fact) -> Document:
    subject = [f"document:{release_key}/{fact.value}"]

    def value(attribute: str) -> str:
        known = said.one(subject, attribute)
        return known.value if known else ""

    return Document(
        fact.value,
        said.title(subject),
        value("version"),
        value("draft"),
        value("published_on"),
        fact.statement,
        value("baselined_on"),
        value("expires_on"),
    )


def _titled(said: Said, kind: str, facts: Iterable[Fact]) -> tuple[tuple[str, str, Statement], ...]:
    return tuple((fact.value, said.title([f"{kind}:{fact.value}"]), fact.statement) for fact in facts)


def next_releases(releases: Iterable[Release], today: date) -> list[Release]:
    """Return the releases that are still to come, the nearest first: by go-live, else by the month of their name."""
    ahead = [one for one in releases if dates.latest(one.date or one.key) >= today]
    return sorted(ahead, key=lambda one: (dates.earliest(one.date or one.key), one.key))


# --- a version -------------------------------------------------------------------------------------------------------


def version(number: str, statements: Sequence[Statement]) -> Version | None:
    """Return a version of the SEC, None where nothing is known of it; `statements` as from `about_version`."""
    subject = [f"version:{number}"]
    said = Said(statements)
    mine = [s for s in said.all if s.claim.subject in subject]
    if not mine:
        return None
    return Version(
        number,
        effective_on=said.one(subject, "effective_on"),
        posted_on=said.one(subject, "posted_on"),
        release=said.one(subject, "implements_release"),
        implements=_each_modification(said, said.many(subject, "implements")),
        parts=tuple(sorted(said.many(subject, "affects_part"), key=lambda fact: part_order(fact.value))),
        added_parts=tuple(sorted(said.many(subject, "adds_part"), key=lambda fact: part_order(fact.value))),
        proposals=_titled(said, "change_resolution_proposal", said.many(subject, "change_resolution_proposal")),
        designated_by=said.one(subject, "designated_by"),
        disagreements=disagreements(mine),
    )


def _each_modification(said: Said, facts: Iterable[Fact]) -> tuple[Scoped, ...]:
    """Return modifications, each once under its latest id."""
    found: dict[object, Scoped] = {}
    for fact in facts:
        who: object = identity(fact.value) if is_modification(fact.value) else fact.value
        if who not in found or found[who].id.startswith("DP"):
            found[who] = _scoped(said, fact.value, fact.statement)
    return tuple(found.values())
