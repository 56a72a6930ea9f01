"""A modification's life: what each post, paper and page said new of it, in order of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.changes import Told
from bot.domain.claims import Statement
from bot.domain.confirm import freshness
from bot.domain.folding import Said
from bot.domain.identifiers import release_name
from bot.domain.statuses import label
from bot.domain.wording import in_a_sentence


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a modification's life: when (a date value), what in words, and who says so."""

    when: str
    what: str
    statement: Statement | None = None
    told: Told | None = None

    @property
    def source(self) -> str:
        """Who says so."""
        return self.statement.source if self.statement else self.told.source if self.told else ""


def _in(words: str) -> Callable[[str], str]:
    return lambda value: f"{words} {release_name(value) if len(value) == len('2021-11') else value}"


def _on(words: str) -> Callable[[str], str]:
    return lambda value: f"{words} {dates.label(value)}"


SENTENCES: dict[str, Callable[[str], str]] = {
    "targeted_year": _in("candidate for"),
    "targeted_release": _in("targeted for"),
    "may_include": _in("proposed for"),
    "in_scope": _in("in scope of"),
    "out_of_scope": _in("fell out of"),
    "status": label,
    "affects": lambda value: value,
    "may_affect": lambda value: f"{value} to be confirmed",
    "raised_on": _on("raised on"),
    "converted_on": _on("converted on"),
    "draft_proposal": lambda value: f"was {value}",
    "split_from": lambda value: f"split from {value}",
    "impact_assessment_requested_on": _on("Impact Assessment requested on"),
    "panel_presentation_on": _on("presentation to the Panel on"),
    "consultation_closes_on": _on("consultation closes on"),
    "change_board_vote_on": _on("Change Board vote on"),
    "change_board_recommendation": lambda value: f"Change Board recommends to {value}",
    "decision_cut_off": _on("decision cut-off"),
    "approved_on": _on("approved on"),
    "authority_decided_on": _on("Authority decision on"),
    "withdrawn_on": _on("withdrawn on"),
    "implementation": _on("implementation"),
}
"""What each fact is in the sentence of a timeline, in the order in which they are said."""

LEAVING = ("scope_removed", "fell_out", "moved", "split", "converted", "retitled")
"""Kinds of change that no statement of today shows: what is not said any more, and other names."""


def life(
    named: Sequence[Statement], said: Said, told: Sequence[Told] = (), ids: Sequence[str] = ()
) -> tuple[Event, ...]:
    """Return the timeline: what each post, paper and page said new, in order of time. `ids` are the modification's."""
    groups: dict[tuple[str, str, str], list[Statement]] = {}
    for one in named:
        groups.setdefault((freshness(one)[0], one.source, one.claim.item), []).append(one)
    events: list[Event] = []
    heard: set[tuple[str, str]] = set()
    for (when, source, item), group in sorted(groups.items(), key=lambda entry: entry[0]):
        # Two archives show one post, so an item is heard once; a page that goes on saying so says nothing new.
        who = item or source
        parts = [part for part in _sentence(group, said, ids) if (who, part) not in heard]
        heard |= {(who, part) for part in parts}
        if parts:
            events.append(Event(when, "; ".join(parts), min(group, key=_tells)))
    heard_words = {part for _, part in heard}
    events += [
        Event(one.found_at.date().isoformat(), words, None, one)
        for one in told
        if _is_leaving(one) and (words := _left(one, ids)) not in heard_words
    ]
    return tuple(sorted(events, key=lambda event: dates.earliest(event.when)))


def _tells(statement: Statement) -> int:
    """Return how well a statement proves an entry: best by the fact that the entry begins with."""
    names = list(SENTENCES)
    attribute = statement.claim.attribute
    return names.index(attribute) if attribute in SENTENCES else len(names)


def _sentence(group: Sequence[Statement], said: Said, ids: Sequence[str]) -> Iterator[str]:
    # A part says of what it was split; seen from what was split, those are its parts.
    parts = {one.claim.key for one in group if _is_part(one, ids)} - set(ids)
    if parts:
        yield f"split into {in_a_sentence(sorted(parts))}"
    for attribute, words in SENTENCES.items():
        told = [one for one in group if one.claim.attribute == attribute and not _is_part(one, ids)]
        for one in sorted(told, key=lambda one: one.claim.value) if attribute == "implementation" else told:
            yield words(one.claim.key if one.claim.kind == "release" else one.claim.value)
    for one in group:
        if one.claim.attribute == "implements":
            effective = said.one([one.claim.subject], "effective_on")
            yield f"SEC v{one.claim.key}" + (f" on {dates.label(effective.value)}" if effective else "")


def _is_part(statement: Statement, ids: Sequence[str]) -> bool:
    """Whether a statement names one of the parts that a modification was split into, or says that it is its own."""
    return statement.claim.attribute == "split_from" and statement.claim.value in ids


def _is_leaving(told: Told) -> bool:
    return told.change.kind in LEAVING and not told.known_from


def _left(told: Told, ids: Sequence[str]) -> str:
    change = told.change
    before, after = change.before or "", change.after or ""
    if change.kind == "scope_removed":
        return f"left the scope of {release_name(change.subject.partition(':')[2])}"
    if change.kind == "fell_out":
        return f"fell out of {release_name(change.subject.partition(':')[2])}"
    if change.kind == "moved":
        return f"moved from {dates.label(before)} to {dates.label(after)}"
    if change.kind == "split" and before not in ids:
        return f"split from {before}"  # seen from one of the parts
    if change.kind == "split":
        return f"split into {in_a_sentence(sorted(re.split(r', | and ', after)))}"
    return f"{before} became {after}" if change.kind == "converted" else f"retitled ‘{after}’"
