"""Evidence: what proves a change or what is known, with the kept captures that it stands in.

what was asked for → a change, or a subject → statements → captures → read again → is each quote found there?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.domain import identifiers, views
from bot.domain.changes import Delta, Told
from bot.domain.claims import Evidence, Statement
from bot.domain.confirm import freshness
from bot.domain.evidence import place_of, stands
from bot.domain.values import row
from bot.domain.wording import words_alone
from bot.pipeline.answers import directory
from bot.ports import Capture, Page, Read, Store

Side = Literal["before", "after", "now"]
LEAST_ID = 6
"""So much of it they must type."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that a quote proves: its subject, attribute and value."""

    subject: str
    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence or row with the facts that it proves. `found`: it stands in the kept capture; None: nobody looked."""

    evidence: Evidence
    proves: tuple[Said, ...]
    found: bool | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A kept capture with what it proves, before or after a change, or of what is so now.

    `gone` are quotes of the capture before that this one has no more; whether that is so is in their `found` (False).
    """

    side: Side
    capture: Capture
    quotes: tuple[Quote, ...]
    gone: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence of what was asked for. `told` is the change, `about` else what it is of."""

    exhibits: tuple[Exhibit, ...]
    told: Told | None = None
    about: str = ""

    @property
    def lost(self) -> int:
        """How many quotes are not found again where they stood."""
        return sum(quote.found is False for one in self.exhibits for quote in one.quotes)


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why there is no evidence. `choices` are the changes whose ids all begin as it was typed."""

    words: str
    choices: tuple[Told, ...] = ()


def asked(store: Store, words: str, read: Read | None = None) -> Found | NotFound:
    """Return the evidence of what is named: a change's id, a modification, a release, a version; words after it name
    the facts that are wanted ("MP090 status"). Without `read` nobody looks whether quotes are found again.
    """
    bare = words.strip().strip("#`")
    if re.fullmatch(rf"[0-9a-f]{{{LEAST_ID},16}}", bare.casefold()):
        told = store.changes_called(bare.casefold())
        if len(told) == 1:
            return Found(of_change(store, told[0], _Pieces(store, read)), told[0])
        if told:
            return NotFound(words, tuple(told))
    for subjects, about, wanted in _readings(store, bare):
        if exhibits := of_subjects(store, subjects, _Pieces(store, read), wanted):
            return Found(exhibits, about=about)
    return NotFound(words)


def _readings(store: Store, words: str) -> Iterable[tuple[Sequence[str], str, str]]:
    """Yield the subjects that words name, what they are called, and the words after it that narrow them."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        name, wanted = " ".join(parts[:count]), " ".join(parts[count:])
        if key := identifiers.typed_release(name):
            yield [f"release:{key}"], f"release:{key}", wanted
        if id_ := identifiers.typed(name):
            known = directory.resolved(store, id_) or id_
            yield [f"modification:{one}" for one in views.spellings(known)], f"modification:{known}", wanted
        if number := identifiers.typed_version(re.sub(r"^version ", "", name)):
            yield [f"version:{number}"], f"version:{number}", wanted


# --- a change --------------------------------------------------------------------------------------------------------


def of_change(store: Store, told: Told, pieces: _Pieces) -> tuple[Exhibit, ...]:
    """Return the captures before and after a change with what they prove."""
    after = _read_then(store, told)
    before = _earlier(store, told, after)
    was = _exhibits("before", _stated(store, told, "before"), pieces)
    now = _exhibits("after", _stated(store, told, "after"), pieces)
    change = told.change
    was = was or _quoted("before", before, change.quote_before if change.before else "", change.subject, pieces)
    now = now or _quoted("after", after, change.quote_after, change.subject, pieces)
    if not now and after:
        lost = tuple(pieces.looked_for(quote, after, anywhere=True) for one in was for quote in one.quotes)
        now = (Exhibit("after", after, (), lost),)
    return (*was, *now)


def _read_then(store: Store, told: Told) -> Capture | None:
    """Return the capture by which a change was found: that of the moment, or the last one before it."""
    at_once = store.last_capture(told.source, state="accepted", url=told.url, at=told.found_at)
    return at_once or store.last_capture(told.source, state="accepted", until=told.found_at)


def _earlier(store: Store, told: Told, after: Capture | None) -> Capture | None:
    return store.last_capture(told.source, state="accepted", before=after.id) if after else None


def _stated(store: Store, told: Told, side: Side) -> list[Statement]:
    """Return the statements of the values that a change took away or brought, as they stood on that side of it."""
    found: list[Statement] = []
    for delta in _deltas(told):
        value = delta.before if side == "before" else delta.after
        said = store.statements(_names(delta.subject), delta.attribute, value) if value else []
        then = [s for s in said if (s.stated_at < told.found_at if side == "before" else s.stated_at <= told.found_at)]
        own = [s for s in then if s.source == told.source] or then
        found += [max(own, key=lambda s: s.stated_at)] if own else []
    return found


def _deltas(told: Told) -> list[Delta]:
    """Return what a change explains; of a move that two pages tell, also the place on the other one."""
    change = told.change
    deltas = [delta for delta in change.explains if not delta.companion]
    if change.kind == "moved" and change.attribute == "in_scope":
        id_ = change.subject.partition(":")[2]
        deltas += [
            Delta(f"release:{change.before}", "in_scope", id_, None),
            Delta(f"release:{change.after}", "in_scope", None, id_),
        ]
    return list(dict.fromkeys(deltas))


def _names(subject: str) -> list[str]:
    kind, _, key = subject.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return [subject]
    return list(dict.fromkeys([subject, *(f"modification:{name}" for name in views.spellings(key))]))


def _quoted(side: Side, capture: Capture | None, quote: str, subject: str, pieces: _Pieces) -> tuple[Exhibit, ...]:
    """Return what a change quotes where no statement says it: prose that was reworded, a new name."""
    if capture is None or not quote:
        return ()
    one = Quote(Evidence(quote), (Said(subject, "", ""),))
    return (Exhibit(side, capture, (pieces.looked_for(one, capture, anywhere=True),)),)


# --- what is so now --------------------------------------------------------------------------------------------------


def of_subjects(store: Store, subjects: Sequence[str], pieces: _Pieces, wanted: str = "") -> tuple[Exhibit, ...]:
    """Return the captures that prove what is said now of subjects, the newest first."""
    keys = [subject.partition(":")[2] for subject in subjects if subject.startswith("modification:")]
    of_them = sorted(store.statements(subjects), key=lambda s: subjects.index(s.claim.subject))
    naming = sorted(store.statements(attribute=directory.NAMING, value=keys), key=lambda s: keys.index(s.claim.value))
    said = [s for s in (*of_them, *naming) if s.current and _is_wanted(s, wanted)]
    return _exhibits("now", sorted(said, key=freshness, reverse=True), pieces)


def _is_wanted(statement: Statement, wanted: str) -> bool:
    claim = statement.claim
    label = f"{claim.attribute} {row(claim.subject, claim.attribute).label}".replace("_", " ")
    return all(word in words_alone(label) for word in words_alone(wanted).split())


# --- captures and quotes ---------------------------------------------------------------------------------------------


REMEMBERED = 64
"""Kept pages whose pieces are remembered: who asks for evidence asks for more of the same page."""
_lately: dict[tuple[object, ...], tuple[str, ...]] = {}


@dataclass(slots=True)
class _Pieces:
    """The pieces of kept captures, each read once."""

    store: Store
    read: Read | None = None
    held: dict[int, tuple[str, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def of(self, capture: Capture) -> tuple[str, ...] | None:
        """Return the pieces of a capture as it is read now; None where nobody reads."""
        if self.read is None:
            return None
        if not self.kinds:
            self.kinds = {watch.source.name: watch.source.kind for watch in self.store.watches()}
        if capture.id not in self.held:
            self.held[capture.id] = self._read_lately(self.read, capture)
        return self.held[capture.id]

    def _read_lately(self, read: Read, capture: Capture) -> tuple[str, ...]:
        kind, kept = self.kinds.get(capture.source, "auto"), capture
        key = (read, kind, kept.body_sha, kept.url, kept.content_type, kept.fetched_at)
        pieces = _lately.get(key)
        if pieces is None:
            page = Page(kept.url, self.store.body(kept.body_sha), kept.content_type, kept.fetched_at)
            pieces = _lately[key] = read(page, kind).pieces
        for oldest in list(_lately)[:-REMEMBERED]:
            _lately.pop(oldest, None)
        return pieces

    def looked_for(self, quote: Quote, capture: Capture, *, anywhere: bool = False) -> Quote:
        """Return a quote with whether it stands in a capture: where its evidence says, or `anywhere`."""
        pieces = self.of(capture)
        if pieces is None:
            return quote
        found = stands(quote.evidence, pieces)
        if anywhere and not found:
            found = _stands_somewhere(quote.evidence.quote, pieces)
        return replace(quote, found=found)


def _stands_somewhere(quote: str, pieces: Sequence[str]) -> bool:
    """Return whether a quote, or each sentence of one that has several, stands in any piece."""
    if place_of(quote, pieces) is not None:
        return True
    sentences = [one for one in re.split(r"(?<=[.!?])\s+", quote) if one]
    return len(sentences) > 1 and all(place_of(one, pieces) is not None for one in sentences)


def _exhibits(side: Side, said: Iterable[Statement], pieces: _Pieces) -> tuple[Exhibit, ...]:
    """Return the captures of statements, each with its quotes, each of these with all that it proves."""
    by_capture: dict[int, dict[tuple[str, int], Quote]] = {}
    for one in said:
        claim = one.claim
        quotes = by_capture.setdefault(one.capture, {})
        place = (claim.evidence.quote, claim.evidence.block)
        quote = quotes.get(place, Quote(claim.evidence, ()))
        said_here = Said(claim.subject, claim.attribute, claim.value)
        if said_here not in quote.proves:
            quotes[place] = replace(quote, proves=(*quote.proves, said_here))
    found = []
    for number, quotes in by_capture.items():
        if capture := pieces.store.capture(number):
            found.append(Exhibit(side, capture, tuple(pieces.looked_for(q, capture) for q in quotes.values())))
    return tuple(found)


Row = dict[str, object]


def rows(found: Found, moment: Callable[[datetime], str] = datetime.isoformat) -> list[Row]:
    """Return evidence for machines: a row for each fact that a quote proves."""
    shown: list[Row] = []
    for one in found.exhibits:
        kept: Row = {
            "source": one.capture.source,
            "url": one.capture.url,
            "fetched_at": moment(one.capture.fetched_at),
            "sha256": one.capture.body_sha,
        }
        for quote in one.quotes:
            evidence = {name: getattr(quote.evidence, name) for name in ("quote", "block", "heading", "rule")}
            shown += [
                {
                    "side": one.side,
                    "subject": said.subject,
                    "attribute": said.attribute,
                    "value": said.value,
                    "evidence": evidence,
                    **kept,
                    "found_again": quote.found,
                }
                for said in quote.proves
            ]
        shown += [
            {"side": one.side, "gone": quote.evidence.quote, **kept, "found_again": quote.found} for quote in one.gone
        ]
    return shown
