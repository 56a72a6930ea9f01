"""The differences between what was believed and what a page says now, and the changes that they amount to.

    claims before, claims after → one id for one modification → what holds after → deltas → kinds of change

A delta is arithmetic: a value that is there or is not. What it means is known by the kinds of `bot.domain.changes`,
which are asked in their order; what one explains is not looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.domain import vocabulary
from bot.domain.changes import Change, Delta, consultation_closed, kinds
from bot.domain.claims import Claim, Item, Passage
from bot.domain.identifiers import identity, is_draft_proposal, is_modification, is_part_of
from bot.domain.values import plain, row, same
from bot.domain.vocabulary import Type

CONVERSION = "draft_proposal"
"""The attribute of the one delta that no page prints: before the Draft Proposal's id, after the modification's."""
PLANS = (
    "change_board_vote_on",
    "panel_presentation_on",
    "decision_cut_off",
    "decision_path",
    "change_board_recommendation",
)
"""What a row says of a modification that waits for its decision; it goes when the row says what was decided."""
NAMES_ANOTHER = frozenset({"draft_proposal", "split_from"})
"""Attributes whose value is the id of what a modification was, not another spelling of what it is."""


@dataclass(frozen=True)
class Differences:
    """What differs between two sets of claims and what no kind of change has explained yet.

    `before` and `after` are all claims that held and hold. `about` is the page's main subject, `kind` the kind of page,
    `stream` whether it shows items one after another. `passages`: watched prose that stands in both readings, as it was
    and as it is.
    """

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]
    deltas: tuple[Delta, ...]
    about: str = ""
    kind: str = ""
    stream: bool = False
    passages: tuple[tuple[Passage, Passage], ...] = ()

    def of(self, attribute: str, kind: str = "") -> list[Delta]:
        """Return the unexplained deltas of an attribute, of one kind of subject where it is named."""
        return [d for d in self.deltas if d.attribute == attribute and (not kind or d.subject.startswith(f"{kind}:"))]

    def added(self, attribute: str, kind: str = "") -> list[Delta]:
        """Return the deltas in which a value of an attribute came where there was none."""
        return [delta for delta in self.of(attribute, kind) if delta.before is None]

    def removed(self, attribute: str, kind: str = "") -> list[Delta]:
        """Return the deltas in which a value of an attribute went and none came in its place."""
        return [delta for delta in self.of(attribute, kind) if delta.after is None]

    def changed(self, attribute: str, kind: str = "") -> list[Delta]:
        """Return the deltas in which one value of an attribute took another's place."""
        return [delta for delta in self.of(attribute, kind) if delta.before is not None and delta.after is not None]

    def about_subject(self, subject: str, *attributes: str) -> list[Delta]:
        """Return the unexplained deltas of a subject, of some attributes where they are named."""
        return [d for d in self.deltas if d.subject == subject and (not attributes or d.attribute in attributes)]

    def was(self, subject: str, attribute: str) -> str:
        """Return the value that a subject's attribute had, empty for none."""
        return self._old.get((subject, attribute), ("",))[0]

    def now(self, subject: str, attribute: str) -> str:
        """Return the value that a subject's attribute has now, empty for none."""
        return self._new.get((subject, attribute), ("",))[0]

    def all_now(self, subject: str, attribute: str) -> tuple[str, ...]:
        """Return all values that a subject's attribute has now, in page order."""
        return self._new.get((subject, attribute), ())

    def all_before(self, subject: str, attribute: str) -> tuple[str, ...]:
        """Return all values that a subject's attribute had, in page order."""
        return self._old.get((subject, attribute), ())

    def title_of(self, subject: str) -> str:
        """Return a subject's title in its latest form, empty where the page gives none."""
        return self.now(subject, "title") or self.was(subject, "title")

    def came(self, subject: str) -> bool:
        """Whether nothing was said of a subject before and something is now."""
        return subject not in self._subjects_before and subject in self._subjects_after

    def went(self, subject: str) -> bool:
        """Whether something was said of a subject before and nothing is now."""
        return subject in self._subjects_before and subject not in self._subjects_after

    def companions(self, subject: str) -> list[Delta]:
        """Return what goes without saying when a subject is told to have come or gone: all that it brought or took."""
        if not (self.came(subject) or self.went(subject)):
            return []
        return self.about_subject(subject)

    def introductions(self, subject: str) -> list[Delta]:
        """Return what goes without saying when something is told of a subject that is new here: its light facts."""
        if not self.came(subject):
            return []
        return [d for d in self.about_subject(subject) if row(d.subject, d.attribute).weight is vocabulary.Weight.LIGHT]

    def scope_of(self, release: str) -> tuple[str, ...]:
        """Return the subjects of the modifications in scope of a release (its subject), now, else before."""
        ids = self.all_now(release, "in_scope") or self.all_before(release, "in_scope")
        return tuple(f"modification:{id_}" for id_ in ids)

    def voided(self, subject: str) -> list[Delta]:
        """Return the plans of a modification that are gone because its status says what came of them."""
        return [delta for delta in self.about_subject(subject, *PLANS) if delta.after is None]

    def without(self, explained: Collection[Delta]) -> Differences:
        """Return the same differences less those that are explained."""
        return replace(self, deltas=tuple(delta for delta in self.deltas if delta not in explained))

    @cached_property
    def _old(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return _by_attribute(self.before)

    @cached_property
    def _new(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return _by_attribute(self.after)

    @cached_property
    def _subjects_before(self) -> frozenset[str]:
        return frozenset(claim.subject for claim in self.before)

    @cached_property
    def _subjects_after(self) -> frozenset[str]:
        return frozenset(claim.subject for claim in self.after)


def _by_attribute(claims: Iterable[Claim]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        values = found.setdefault((claim.subject, claim.attribute), [])
        if claim.value not in values:
            values.append(claim.value)
    return {key: tuple(values) for key, values in found.items()}


def fingerprint(claims: Iterable[Claim]) -> str:
    """Return a hash of what claims say, whatever their order and their evidence."""
    lines = sorted({"\x1f".join((c.subject, c.attribute, c.value, c.item)) for c in claims})
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


# --- one modification, one id ----------------------------------------------------------------------------------------


def _named(claim: Claim) -> Iterator[str]:
    """Yield the modifications that a claim names: DP124 as where MP124 came from does not count."""
    if claim.kind == "modification" and is_modification(claim.key):
        yield claim.key
    if _names_in_value(claim) and is_modification(claim.value):
        yield claim.value


def _names_in_value(claim: Claim) -> bool:
    return claim.attribute not in NAMES_ANOTHER and row(claim.subject, claim.attribute).type is Type.MODIFICATION


def _ids(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(id_ for claim in claims for id_ in _named(claim)))


def _aliases(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Return the id to use for each spelling of a modification that has several: the latest, no Draft Proposal's."""
    latest: dict[Any, str] = {}
    for id_ in (*before, *after):
        held = latest.get(identity(id_))
        if held is None or not is_draft_proposal(id_):
            latest[identity(id_)] = id_
    return {id_: latest[identity(id_)] for id_ in (*before, *after) if latest[identity(id_)] != id_}


def _renamed(claim: Claim, aliases: dict[str, str]) -> Claim:
    if not aliases:
        return claim
    subject, value = claim.subject, claim.value
    if claim.kind == "modification":
        subject = f"modification:{aliases.get(claim.key, claim.key)}"
    if _names_in_value(claim):
        value = aliases.get(value, value)
    if (subject, value) == (claim.subject, claim.value):
        return claim
    return replace(claim, subject=subject, value=value)


def _naming(claims: Iterable[Claim], id_: str) -> Claim | None:
    return next((claim for claim in claims if id_ in _named(claim)), None)


def _conversions(before: Sequence[Claim], after: Sequence[Claim], aliases: dict[str, str]) -> list[Delta]:
    """Return one delta for each Draft Proposal that is a modification now."""
    old, new = set(_ids(before)), set(_ids(after))
    return [
        Delta(f"modification:{to}", CONVERSION, from_, to, _naming(before, from_), _naming(after, to))
        for from_, to in aliases.items()
        if is_draft_proposal(from_) and from_ in old and to in new and to not in old
    ]


def _parted(before: Sequence[Claim], after: Sequence[Claim], about: str) -> dict[str, str]:
    """Return by the subject of a modification that was split the part of it whose page this is now; else nothing."""
    kind, _, key = about.partition(":")
    if kind != "modification" or not is_modification(key) or any(claim.subject == about for claim in before):
        return {}
    wholes = [
        c.subject for c in before if c.kind == "modification" and is_modification(c.key) and is_part_of(key, c.key)
    ]
    still = {claim.subject for claim in after if claim.attribute not in NAMES_ANOTHER}
    return {whole: about for whole in wholes if whole not in still}


def _splits(after: Sequence[Claim], parts: dict[str, str]) -> list[Delta]:
    """Return a delta for a split that shows in a page's new id and that the page does not tell."""
    told = {claim.subject for claim in after if claim.attribute == "split_from"}
    return [
        Delta(part, "split_from", None, whole.partition(":")[2], None, _naming(after, part.partition(":")[2]))
        for whole, part in parts.items()
        if part not in told
    ]


# --- what differs ----------------------------------------------------------------------------------------------------


_Rank = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim under the id that its modification has now."""

    claim: Claim
    original: Claim
    same: str
    rank: tuple[_Rank, int]

    @property
    def key(self) -> tuple[str, str]:
        return (self.claim.subject, self.claim.attribute)


def compare(
    before: Sequence[Claim],
    after: Sequence[Claim],
    *,
    about: str = "",
    kind: str = "",
    stream: bool = False,
    whole_items: Collection[str] = (),
    items: Iterable[Item] = (),
    passages: Iterable[tuple[Passage, Passage]] = (),
) -> Differences:
    """Return what differs between the claims that were believed and those of a new reading.

    Of a stream, what the new reading does not show stays true; only the items in `whole_items`, seen again whole, can
    lose a value. Where items disagree on a single value the newest counts: by the date that it was posted on (`items`
    gives these), else by its place.
    """
    aliases = _aliases(_ids(before), _ids(after))
    parts = _parted(before, after, about)
    before = [replace(c, subject=parts.get(c.subject, c.subject)) for c in before] if parts else before
    dates = _item_dates((*before, *after), items)
    ranks = _ranks(before, after, dates)
    old = [_said(claim, aliases, ranks, n) for n, claim in enumerate(before)]
    new = [_said(claim, aliases, ranks, n) for n, claim in enumerate(after)]
    read = {said.original.item for said in new}
    if stream:
        stays = [said for said in old if said.original.item not in whole_items]
        again = {(said.key, said.original.item) for said in new}
        new += [said for said in stays if said.original.item not in read or not _superseded(said, again)]
    spoken_of = {said.claim.subject for said in new}
    differing = (d for d in _deltas(old, new, stream=stream) if not _goes_on(d, spoken_of))
    deltas = (*_conversions(before, after, aliases), *_splits(after, parts), *differing)
    return Differences(
        tuple(said.claim for said in old),
        tuple(said.claim for said in new),
        deltas,
        about,
        kind or about.partition(":")[0],
        stream,
        tuple(passages),
    )


def _goes_on(delta: Delta, spoken_of: Collection[str]) -> bool:
    """Whether a title is just not printed any more: what the page still speaks of is called so all the same."""
    return delta.attribute == "title" and delta.after is None and delta.subject in spoken_of


def _superseded(said: _Said, again: set[tuple[tuple[str, str], str]]) -> bool:
    """Whether the same item, seen in part, gives another value for what has only one."""
    return not row(*said.key).many and (said.key, said.original.item) in again


def _item_dates(claims: Iterable[Claim], items: Iterable[Item]) -> dict[str, str]:
    """Return when each item was posted; where it is not printed, the date on which what it tells takes effect."""
    dates: dict[str, str] = {}
    for claim in claims:
        if claim.item and (claim.attribute == "posted_on" or claim.attribute == "effective_on"):
            printed = claim.attribute == "posted_on"
            dates[claim.item] = claim.value if printed else dates.get(claim.item, claim.value)
    dates.update({item.key: item.posted_on for item in items if item.posted_on})
    return dates


NEWEST = "9999"


def _ranks(before: Sequence[Claim], after: Sequence[Claim], dates: dict[str, str]) -> dict[str, _Rank]:
    """Return how new each item is: by its date, else by when it was seen. What is kept stands in order of time; of what
    one reading brings, the upper item is the newer.
    """
    ranks: dict[str, _Rank] = {}
    for place, claim in enumerate(before):
        ranks.setdefault(claim.item, (dates.get(claim.item, ""), 0, place))
    for place, claim in enumerate(after):
        ranks.setdefault(claim.item, (dates.get(claim.item, NEWEST), 1, -place))
    return ranks


def _said(claim: Claim, aliases: dict[str, str], ranks: dict[str, _Rank], place: int) -> _Said:
    """Return a claim with its rank: its item's, within one item what stands first."""
    renamed = _renamed(claim, aliases)
    rank = (ranks[claim.item], -place)
    return _Said(renamed, claim, same(renamed.subject, renamed.attribute, renamed.value), rank)


def _deltas(old: Sequence[_Said], new: Sequence[_Said], *, stream: bool) -> Iterator[Delta]:
    was, now = _grouped(old), _grouped(new)
    for key in dict.fromkeys((*now, *was)):
        compared = _many if row(*key).many else _one_in_stream if stream else _one
        yield from compared(key, was.get(key, []), now.get(key, []))


def _grouped(said: Iterable[_Said]) -> dict[tuple[str, str], list[_Said]]:
    grouped: dict[tuple[str, str], list[_Said]] = {}
    for one in said:
        grouped.setdefault(one.key, []).append(one)
    return grouped


def _many(key: tuple[str, str], was: Sequence[_Said], now: Sequence[_Said]) -> Iterator[Delta]:
    old = {said.same: said for said in reversed(was)}
    new = {said.same: said for said in reversed(now)}
    for shared, said in reversed(new.items()):
        if shared not in old:
            yield Delta(*key, None, said.claim.value, None, said.original)
    for shared, said in reversed(old.items()):
        if shared not in new:
            yield Delta(*key, said.claim.value, None, said.original, None)


def _one(key: tuple[str, str], was: Sequence[_Said], now: Sequence[_Said]) -> Iterator[Delta]:
    """A page that gives two values for what has one contradicts itself: while the old one is there nothing moved."""
    if {said.same for said in was} & {said.same for said in now}:
        return
    yield from _between(key, was[0] if was else None, now[0] if now else None)


def _one_in_stream(key: tuple[str, str], was: Sequence[_Said], now: Sequence[_Said]) -> Iterator[Delta]:
    old = max(was, key=lambda said: said.rank, default=None)
    new = max(now, key=lambda said: said.rank, default=None)
    if old and new and old.same == new.same:
        return
    yield from _between(key, old, new)


def _between(key: tuple[str, str], old: _Said | None, new: _Said | None) -> Iterator[Delta]:
    if old or new:
        yield Delta(
            *key,
            old.claim.value if old else None,
            new.claim.value if new else None,
            old.original if old else None,
            new.original if new else None,
        )


def in_both(was: Iterable[Passage], now: Iterable[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the passages that two readings have under one heading, as they were and as they are."""
    old = {plain(passage.heading): passage for passage in was}
    return [(old[plain(passage.heading)], passage) for passage in now if plain(passage.heading) in old]


# --- what it amounts to ----------------------------------------------------------------------------------------------


def changes(differences: Differences) -> list[Change]:
    """Return the changes that differences amount to; every delta is explained by exactly one of them."""
    return [replace(change, steps=_steps(differences, change)) for change in _found(differences)]


def _found(differences: Differences) -> list[Change]:
    found: list[Change] = []
    explained: set[Delta] = set()
    for kind in kinds():
        for change in kind.find(differences):
            own = tuple(delta for delta in change.explains if delta not in explained)
            if change.explains and all(delta.companion for delta in own):
                continue
            explained.update(own)
            found.append(replace(change, explains=own))
        differences = differences.without(explained)
    return found


ONE_STEP = ("moved", "converted", "split", "fell_out", "implementation_moved", "consultation_moved")
"""What happened to a modification as a whole: where (or when) it was and is are one thing, told together."""


def _steps(differences: Differences, change: Change) -> tuple[Change, ...]:
    """Return a change taken apart: what is certain, and the values among many that are gone. Empty where it is whole.

    Each part is found anew, in the words that fit it: another system affected is one that came and one that is gone.
    """
    gone = [] if change.kind in ONE_STEP else [delta for delta in change.explains if _is_gone(delta, change)]
    stays = [delta for delta in change.explains if delta not in gone]
    if change.after is None or not gone or all(delta.companion for delta in stays):
        return ()
    quiet = {delta for delta in change.explains if delta.companion}
    parts = [_found(replace(differences, deltas=tuple(part))) for part in (stays, gone)]
    return tuple(step for part in parts for step in part if not quiet.issuperset(step.explains))


def _is_gone(delta: Delta, change: Change) -> bool:
    """Whether a value among many is gone without a word: a page that names it elsewhere has said what came of it."""
    elsewhere = any(other.after == delta.before for other in change.explains)
    return delta.after is None and not delta.companion and row(delta.subject, delta.attribute).many and not elsewhere


def split_removals(found: Iterable[Change], on: date | None = None) -> tuple[list[Change], list[Change]]:
    """Return the changes to be told at once and the removals that wait for a second clean reading.

    A removal is a change after which something is gone and nothing stands in its place; a value among many that is gone
    waits alone, apart from what came with it. What the page tells in its own words (fell out), a move, a conversion, a
    split, a single value that another took the place of and the plans that a status has settled are no removals; nor is
    a consultation that had closed before the day (`on`): it was to go.
    """
    certain: list[Change] = []
    waiting: list[Change] = []
    for change in found:
        for step in change.steps or (change,):
            if on and (over := consultation_closed.over(step, on)):
                certain.append(over)
            else:
                (waiting if step.after is None and step.explains else certain).append(step)
    return certain, waiting


ONE_ROW = ("moved", "converted")


TOLD_ALONG = {("recommended", "status"): "status_changed"}
"""Values that one message tells with another change, by that change and their attribute, and the kind of their own."""


def rows(change: Change) -> list[dict[str, Any]]:
    """Return a change as `secbot diff --json` prints it: a row for each value, one for a move, a conversion, prose."""
    if change.kind in ONE_ROW or not change.explains:
        return [_row(change, change.subject, change.attribute, change.before, change.after, None)]
    return [
        _row(change, delta.subject, delta.attribute, delta.before, delta.after, delta)
        for delta in change.explains
        if not delta.companion
    ]


def _row(
    change: Change, subject: str, attribute: str, before: str | None, after: str | None, delta: Delta | None
) -> dict[str, Any]:
    quote_before = delta.was.evidence.quote if delta and delta.was else "" if delta else change.quote_before
    quote_after = delta.now.evidence.quote if delta and delta.now else "" if delta else change.quote_after
    return {
        "kind": TOLD_ALONG.get((change.kind, attribute), change.kind),
        "subject": subject,
        "attribute": attribute,
        "before": before,
        "after": after,
        "evidence": {"quote": quote_after or quote_before, "before": quote_before, "after": quote_after},
    }
