"""Every dated fact of a release in order of time, past and to come: what pages say, what changed, what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain import calendar, dates, views
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.values import row
from bot.pipeline.answers.ahead import in_order
from bot.ports import Store

DECIDING = (
    "panel_presentation_on",
    "change_board_vote_on",
    "decision_cut_off",
    "consultation_closes_on",
    "approved_on",
    "authority_decided_on",
)
"""Dates of modifications that belong to the time of the release which they are in."""

SCOPE = {"scope_added": "came into scope", "scope_removed": "left the scope", "fell_out": "fell out of scope"}
DOCUMENTED = {"published_on": "published", "baselined_on": "baselined", "expires_on": "expires"}
TELLING = ("go_live_moved", "go_live_proposed", "go_live_approved")
"""Kinds of change that are told in their own sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a release at a date: what in words (empty where `told` says it), of which ids, and who says so.

    `expected`: by the release policy alone, announced by nobody.
    """

    when: str
    what: str
    ids: tuple[str, ...] = ()
    statement: Statement | None = None
    told: Told | None = None
    expected: bool = False


def entries(
    store: Store, release: views.Release, proposed: views.Fact | None, today: date, zone: ZoneInfo
) -> list[Entry]:
    """Return the entries of a release in order of time; `proposed`: the go-live that is asked for and not settled."""
    approved = {fact.value for fact in (release.go_live_approved_on,) if fact}
    moves = store.changes(about=f"release:{release.key}", kinds=(*TELLING, *SCOPE, "moved"))
    news = [one for one in moves if not (one.change.kind == "go_live_approved" and one.change.after in approved)]
    found = [
        *_own(release, proposed),
        *_reissues(store, release),
        *_documents(store, release),
        *_versions(store, release),
        *_decisions(store, release),
        *_changes(news, release.key, zone),
        *_expected(release, today),
    ]
    return sorted(found, key=lambda one: (dates.earliest(one.when), bool(one.told), one.expected))


def _own(release: views.Release, proposed: views.Fact | None) -> Iterator[Entry]:
    facts = (
        release.go_live,
        proposed,
        release.go_live_requested_on,
        release.go_live_approved_on,
        release.baselined_on,
        release.dcc_systems_baselined_on,
        release.baseline_due,
    )
    for fact in facts:
        if fact:
            yield Entry(fact.value, row(f"release:{release.key}", fact.attribute).label, (), fact.statement)


def _reissues(store: Store, release: views.Release) -> Iterator[Entry]:
    """Yield each day on which the Release Implementation Document was updated, as far as any page ever said."""
    subject, attribute = f"release:{release.key}", "implementation_document_updated_on"
    for when, one in {one.claim.value: one for one in store.statements(subject, attribute)}.items():
        yield Entry(when, row(subject, attribute).label, (), one)


def _documents(store: Store, release: views.Release) -> Iterator[Entry]:
    """Yield the drafts that were published, baselined or expire, earlier ones too, those of one day together."""
    groups: dict[tuple[str, str], dict[str, Statement]] = {}
    every = _by_subject(store.statements([f"document:{release.key}/{document.part}" for document in release.documents]))
    for document in release.documents:
        said = every.get(f"document:{release.key}/{document.part}", [])
        for one in said:
            if what := DOCUMENTED.get(one.claim.attribute):
                called = f"{document.part}{_version_at(said, one)}"
                groups.setdefault((one.claim.value, what), {})[called] = one
    for (when, what), found in groups.items():
        yield Entry(when, what, tuple(found), next(iter(found.values())))


def _by_subject(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for one in said:
        found.setdefault(one.claim.subject, []).append(one)
    return found


def _version_at(said: Sequence[Statement], when: Statement) -> str:
    """Return the version and draft of a document as they were known when something was said of it."""
    known = {one.claim.attribute: one.claim.value for one in said if one.capture <= when.capture}
    version = f" v{known['version']}" if "version" in known else ""
    return f"{version} (draft {known['draft']})" if "draft" in known else version


def _versions(store: Store, release: views.Release) -> Iterator[Entry]:
    dated = (("posted_on", "posted"), ("effective_on", "takes effect"))
    every = store.statements([f"version:{number}" for number in release.versions], [name for name, _ in dated])
    said = _by_subject(every)
    for number in release.versions:
        for attribute, what in dated:
            mine = (one for one in said.get(f"version:{number}", []) if one.claim.attribute == attribute)
            if fact := views.newest(mine):
                yield Entry(fact.value, f"SEC v{number} {what}", (), fact.statement)


def _decisions(store: Store, release: views.Release) -> Iterator[Entry]:
    """Yield the dates of what is in scope, those of one day and one kind together."""
    items = (*release.scope, *release.may_include)
    scope = {f"modification:{name}": one.id for one in items for name in views.spellings(one.id)}
    groups: dict[tuple[str, str], dict[str, Statement]] = {}
    for one in in_order(store.statements(scope, DECIDING), DECIDING):
        if one.current:
            groups.setdefault((one.claim.value, one.claim.attribute), {})[scope[one.claim.subject]] = one
    for (when, attribute), said in groups.items():
        first = next(iter(said.values()))
        yield Entry(when, row(first.claim.subject, attribute).label, tuple(sorted(said)), first)


def _changes(told: Sequence[Told], key: str, zone: ZoneInfo) -> Iterator[Entry]:
    """Yield what changed in the release's scope and go-live, by the day on which it was found."""
    groups: dict[tuple[str, str], list[tuple[str, Told]]] = {}
    for one in told:
        when = one.found_at.astimezone(zone).date().isoformat()
        if one.known_from:
            continue
        if one.change.kind in TELLING:
            yield Entry(when, "", (), None, one)
        elif found := _of_scope(one, key):
            groups.setdefault((when, found[0]), []).append((found[1], one))
    for (when, what), pairs in groups.items():
        yield Entry(when, what, tuple(dict.fromkeys(id_ for id_, _ in pairs)), None, pairs[0][1])


def _of_scope(told: Told, key: str) -> tuple[str, str] | None:
    """Return how a change moved the scope of a release, and what moved."""
    change = told.change
    subject = change.subject.partition(":")[2]
    if change.kind == "moved" and key in (change.before, change.after):
        other = change.after if change.before == key else change.before
        here = "moved here from" if change.attribute == "in_scope" else "now targeted for this release, before for"
        way = "moved to" if change.before == key else here
        return f"{way} {_name(other)}", subject
    if change.kind in SCOPE:
        value = change.after or change.before or ""
        return SCOPE[change.kind], value if change.subject.startswith("release:") else subject
    return None


def _name(key: str | None) -> str:
    return dates.label(key) if key else "another release"


def _expected(release: views.Release, today: date) -> Iterable[Entry]:
    settled = dates.exact(release.go_live.value) if release.go_live else None
    if settled is None:
        return []
    return [
        Entry(one.on.isoformat(), one.what, (), None, None, expected=True)
        for one in calendar.expected(settled)
        if one.on >= today
    ]
