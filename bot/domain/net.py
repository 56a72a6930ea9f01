"""Net change: what is different in the end, whatever came and went in between.

Of a single value it is the first before against the last after. Of values among many, and of the releases that have a
modification in scope, it is what was there at first and is gone, and what was not there and has come: one that went and
one that came are told as one, from the one to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.changes import Change, Told
from bot.domain.confirm import entered, left
from bot.domain.dates import shift
from bot.domain.identifiers import identity, is_modification
from bot.domain.values import row, same

SCOPE = ("scope_added", "moved", "scope_removed")
SHAPES: dict[str, tuple[str, str, str]] = {
    kind: shape
    for shape in (
        SCOPE,
        ("consultation_opened", "consultation_moved", "consultation_closed"),
        ("change_request_added", "", "change_request_removed"),
        ("specification_listed", "", "specification_dropped"),
        ("inclusion_proposed", "", "inclusion_dropped"),
    )
    for kind in shape
    if kind
}
"""Kinds that tell one fact: a value came, took another's place (never told as one where none is named), or went."""

WHOLE = ("converted", "split", "version_published", "designated", "variation_noticed", "reworded")
"""Kinds of which each is an event of its own."""
BY_SUBJECT = ("specification_revised", "version_amended")
"""Kinds that gather whatever of a subject is new, under the attribute of the first."""
GATHERED = ("added", "maybe", "removed")
"""Facts of changes that gather values, joined by "; "."""
BETWEEN = "; "

SCOPE_FACTS = {"title": "", "release": "", "status": "", "vote_on": "", "cut_off": "", "back": ""}

Family = tuple[str, str, str, str]


Part = tuple[Told, tuple[Told, ...]]
"""A net change, and the changes that it stands for, in order of time."""


def net(changes: Iterable[Told]) -> list[Told]:
    """Return what changes amount to, in order of time: A→B→A is nothing, A→B→C is A→C.

    The first says what was before (and quotes it), the last what is now; each net change has the id of the last of
    those that it stands for.
    """
    return [one for one, _ in parts(changes)]


def parts(changes: Iterable[Told]) -> list[Part]:
    """Return the same, each with the changes that it stands for."""
    families: dict[Family, list[Told]] = {}
    for one in sorted(changes, key=_order):
        families.setdefault(family(one.change), []).append(one)
    found: list[Part] = []
    for told in families.values():
        if len(told) == 1:
            found.append((told[0], tuple(told)))
        else:
            found += _many(told) if _is_many(told[0].change) else _one(told)
    return sorted(found, key=lambda part: _order(part[0]))


def _order(told: Told) -> tuple[object, int]:
    return (told.found_at, told.seq)


def family(change: Change) -> Family:
    """Return what fact a change is of."""
    if place := (entered(change) or left(change)):
        return ("scope", str(identity(place[1]) if is_modification(place[1]) else place[1]), "", "")
    if change.kind in WHOLE:
        return (change.kind, change.subject, str(change.before), str(change.after))
    if change.kind in BY_SUBJECT:
        return (change.kind, change.subject, "", "")
    if any(name in change.facts for name in GATHERED):
        return (change.kind, change.subject, change.attribute, "")
    return ("", change.subject, change.attribute, "")


def _is_many(change: Change) -> bool:
    if entered(change) or left(change):
        return True
    gathers = change.kind in (*WHOLE, *BY_SUBJECT) or any(name in change.facts for name in GATHERED)
    return not gathers and row(change.subject, change.attribute).many


# --- a single value --------------------------------------------------------------------------------------------------


def _one(told: Sequence[Told]) -> list[Part]:
    first, last = told[0].change, told[-1].change
    if any(name in last.facts for name in GATHERED):
        change = _gathered([one.change for one in told])
    elif _same_end(first, last):
        return []
    else:
        change = _from_to(first, last, first.before, last.after)
    return [(replace(told[-1], change=change), tuple(told))] if change else []


def _same_end(first: Change, last: Change) -> bool:
    """Whether a value is in the end what it was at first."""
    if first.before is None or last.after is None:
        return first.before is last.after
    before, after = (same(c.subject, c.attribute, v) for c, v in ((first, first.before), (last, last.after)))
    return first.attribute == last.attribute and before == after


def _from_to(first: Change, last: Change, before: str | None, after: str | None) -> Change:
    """Return one change from where the first began to where the last ended."""
    facts = {**first.facts, **last.facts}
    facts |= {name: value for name, value in first.facts.items() if name.endswith("_before")}
    kind = _shaped(last.kind, before, after)
    if "shift" in facts or kind != last.kind:
        facts["shift"] = shift(before or "", after or "")
    return replace(
        last,
        kind=kind,
        before=before,
        after=after,
        weight=max(first.weight, last.weight),
        about=tuple(dict.fromkeys((*last.about, *first.about))),
        facts=facts,
        quote_before=first.quote_before,
        quote_after=last.quote_after,
    )


def _shaped(kind: str, before: str | None, after: str | None) -> str:
    if kind not in SHAPES:
        return kind
    came, changed, went = SHAPES[kind]
    return came if before is None else went if after is None else changed


def _gathered(changes: Sequence[Change]) -> Change | None:
    """Return one change with what came and what went in the end; None where that is nothing."""
    came: dict[str, str] = {}
    for change in changes:
        for name in GATHERED:
            for value in filter(None, change.facts.get(name, "").split(BETWEEN)):
                opposite = "added" if name == "removed" else "removed"
                if came.get(value) == opposite:
                    del came[value]
                else:
                    came[value] = name
    first, last = changes[0], changes[-1]
    dated = first.attribute == last.attribute == "effective_on"
    if not came and (not dated or first.before == last.after):
        return None
    values = {name: BETWEEN.join(value for value, how in came.items() if how == name) for name in GATHERED}
    facts = {**last.facts, **{name: value for name, value in values.items() if name in last.facts}}
    return replace(
        last,
        before=first.before if dated else last.before,
        facts=facts,
        quote_before=first.quote_before,
        about=tuple(dict.fromkeys((*last.about, *first.about))),
    )


# --- values among many -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Value:
    """A value (or, of a modification's scope, a release) and the changes by which it came and went."""

    value: str
    told: list[Told]
    was_there: bool
    is_there: bool


def _many(told: Sequence[Told]) -> Iterator[Part]:
    values: dict[str, _Value] = {}
    for one in told:
        for value, is_there in _touched(one.change):
            held = values.setdefault(_key(one.change, value), _Value(value, [], not is_there, is_there))
            held.told.append(one)
            held.is_there = is_there
    gone = [value for value in values.values() if value.was_there and not value.is_there]
    come = [value for value in values.values() if value.is_there and not value.was_there]
    for old, new in _paired(gone, come, told[0].change):
        yield _net_of(old, new)


def _key(change: Change, value: str) -> str:
    return value if entered(change) or left(change) else same(change.subject, change.attribute, value)


def _touched(change: Change) -> list[tuple[str, bool]]:
    """Return the values that a change says to be gone (False) and to be there now (True)."""
    before, after = ends(change)
    return [(value, there) for value, there in ((before, False), (after, True)) if value is not None]


def ends(change: Change) -> tuple[str | None, str | None]:
    """Return what a change leads from and to: its values, or the releases that a modification leaves and comes into."""
    out, into = left(change), entered(change)
    if out or into:
        return (out[0] if out else None, into[0] if into else None)
    return (change.before, change.after)


def _paired(gone: list[_Value], come: list[_Value], example: Change) -> Iterator[tuple[_Value | None, _Value | None]]:
    """Pair what went with what came: first what one change says of both, then as they stand."""
    if not _can_be_one(example):
        yield from ((old, None) for old in gone)
        yield from ((None, new) for new in come)
        return
    rest_gone, rest_come = list(gone), list(come)
    for old in gone:
        new = next((one for one in rest_come if one.told[-1] is old.told[-1]), None)
        if new:
            rest_gone.remove(old)
            rest_come.remove(new)
            yield old, new
    while rest_gone or rest_come:
        yield rest_gone.pop(0) if rest_gone else None, rest_come.pop(0) if rest_come else None


def _can_be_one(change: Change) -> bool:
    return change.kind not in SHAPES or bool(SHAPES[change.kind][1])


def _net_of(old: _Value | None, new: _Value | None) -> Part:
    """Return the change from a value that went, if any, to one that came, if any."""
    touching = sorted({id(t): t for one in (old, new) if one for t in one.told}.values(), key=_order)
    before, after = (old.value if old else None), (new.value if new else None)
    last = touching[-1]
    if len(touching) == 1 and ends(last.change) == (before, after):
        return last, (last,)
    departure = (old.told[-1] if old else touching[0]).change
    arrival = (new.told[-1] if new else last).change
    is_scope = bool(entered(last.change) or left(last.change))
    change = (_scope if is_scope else _from_to)(departure, arrival, before, after)
    return replace(last, change=change), tuple(touching)


def _scope(first: Change, last: Change, before: str | None, after: str | None) -> Change:
    """Return what became of a modification's place: it came, moved or left (`before` and `after`: releases)."""
    place = entered(last) or left(last)
    id_ = place[1] if place else ""
    release = (after or before or "").partition(":")[2]
    moved = before is not None and after is not None
    said: tuple[str | None, str | None] = (None, id_) if after else (id_, None)
    if moved:
        said = ((before or "").partition(":")[2], release)
    return replace(
        last,
        kind=SCOPE[1] if moved else SCOPE[0] if after else SCOPE[2],
        subject=f"modification:{id_}" if moved else after or before or "",
        attribute="in_scope",
        before=said[0],
        after=said[1],
        about=tuple(dict.fromkeys((*last.about, *first.about))),
        facts={**SCOPE_FACTS, **first.facts, **last.facts, "release": release, "back": ""},
        quote_before=first.quote_before,
        quote_after=last.quote_after,
    )
