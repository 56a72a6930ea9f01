"""Wishes: what people type after "subscribe", understood whole or not at all.

text → options taken out (`options`) → what it names, by role (`groups`) → Wish

"everything except MP090 and documents, weekly", "MP090, MP102A and november 2021", "decisions on MP090 in thread". What
is not understood is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.follow import options
from bot.domain.follow.groups import Group, Misunderstood, Said, Unclear
from bot.domain.follow.rules import Subscription, covered
from bot.domain.follow.selectors import spoken as spoken_selector
from bot.domain.follow.topics import EVERYTHING
from bot.domain.vocabulary import Weight

MOST = 20
"""Things to follow in one go."""

_LEAD = re.compile(
    r"^(?:(?:please|pls|me|us|this channel|channel|to|i want|we want|want|tell|about|for|follow|subscribe)\b[ ,:]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to follow, with its filters."""

    selector: str
    only: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to follow, and how; one rule comes of each of `wanted`."""

    wanted: tuple[Wanted, ...]
    delivery: str = "instant"
    least: int = 0
    layout: str = ""

    def rules(self, channel: str, by: str, at: datetime) -> tuple[Subscription, ...]:
        """Return the rules of a channel or person that keep the wish."""
        return tuple(
            Subscription(channel, one.selector, by, at, self.delivery, one.only, one.but_not, self.least, self.layout)
            for one in self.wanted
        )


def parse(text: str) -> Wish | Misunderstood:
    """Return what a text wishes to follow, or what of it is not understood."""
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("’", "'")).strip(" .,;:!?")
    chosen, rest = options.taken(_LEAD.sub("", plain))
    if isinstance(chosen, options.Contradiction):
        return Misunderstood("contradiction", " / ".join(chosen.phrases), "option")
    try:
        return _wish(Said.of(rest), chosen)
    except Unclear as unclear:
        return unclear.why


def wish(text: str) -> tuple[Wish | Misunderstood, bool]:
    """Return the same, and whether it is only to be tried ("--dry-run", "preview")."""
    return parse(options.FLAGS.sub(" ", text)), bool(options.FLAGS.search(text))


def named(text: str) -> tuple[str, ...] | Misunderstood:
    """Return what a text names, its filters and options left aside: what to stop or to mute."""
    found = parse(text)
    return tuple(one.selector for one in found.wanted) if isinstance(found, Wish) else found


def spoken(rule: Subscription | Wanted) -> str:
    """Return a rule as it is typed: `parse` makes the same of it."""
    words = spoken_selector(rule.selector)
    words += f" only {_list(rule.only)}" if rule.only else ""
    words += f" except {_list(rule.but_not)}" if rule.but_not else ""
    if isinstance(rule, Wanted):
        return words
    return ", ".join([words, *options.spoken(rule.delivery, rule.least, rule.layout)])


def spoken_wish(wish_: Wish) -> str:
    """Return a wish as it is typed in one go; empty where its things have filters that differ."""
    first = wish_.wanted[0]
    filters = spoken(first).removeprefix(spoken_selector(first.selector))
    words = _list([one.selector for one in wish_.wanted]) + filters
    typed = ", ".join([words, *options.spoken(wish_.delivery, wish_.least, wish_.layout)])
    return typed if parse(typed) == wish_ else ""


def _list(selectors: Sequence[str]) -> str:
    *first, last = map(spoken_selector, selectors)
    return f"{', '.join(first)} and {last}" if first else last


# --- meaning ---------------------------------------------------------------------------------------------------------


def _wish(said: Said, chosen: options.Options) -> Wish:
    wanted, least = _wanted(said), chosen.least
    if len(wanted) > 1 and wanted[-1] == Wanted(EVERYTHING) and _is_all(said.what):
        wanted, least = wanted[:-1], least or Weight.LIGHT
    wanted = _merged(
        [_with_filters(one, _filters(said.only, "only"), _filters(said.but_not, "except")) for one in wanted]
    )
    if len(wanted) > MOST:
        raise Unclear("many", str(len(wanted)))
    for one in wanted:
        only_left_out = one.only and all(covered(chosen, one.but_not) for chosen in one.only)
        if only_left_out or covered(one.selector, one.but_not):
            raise Unclear("empty", spoken(one))
    return Wish(tuple(wanted), chosen.delivery or "instant", least, chosen.layout)


def _is_all(what: Sequence[Group]) -> bool:
    """Whether "all" stands behind what is followed: not everything, but all of it, the light changes too."""
    return what[-1].said.split()[-1].casefold() == "all"


def _wanted(said: Said) -> list[Wanted]:
    """Return what is to be followed, of the groups that name it."""
    if not said.what and said.only:
        said.what, said.only = said.only, []
        return _topics_of_things(_terms(said.what))
    if not said.what:
        said.what = _everything_among(said.but_not)
    if not said.what:
        raise Unclear("nothing")
    terms = _terms(said.what)
    return _topics_of_things(terms, at_the_end=True) if said.only_at_the_end else terms


def _everything_among(groups: list[Group]) -> list[Group]:
    """Take "everything" out of what is excepted, where it can't be meant: "except MP090: everything"."""
    if not any(EVERYTHING in group.found for group in groups):
        return []
    for group in groups:
        group.found = [one for one in group.found if one != EVERYTHING]
    groups[:] = [group for group in groups if group.found]
    if not groups:
        raise Unclear("empty", f"everything except {EVERYTHING}")
    return [Group(EVERYTHING, "", [EVERYTHING])]


def _terms(groups: Sequence[Group]) -> list[Wanted]:
    """Return what groups name: "MP090 decisions" and "decisions on MP090" are of MP090 the decisions only.

    "decisions and votes on MP090 and MP102A" is one thought: both topics of both.
    """
    terms: list[Wanted] = []
    carried: tuple[str, ...] = ()
    for group in groups:
        topics, things = group.topics, group.things
        joined = group.after.casefold().strip(" ,") in ("and", "or", "&", "nor")
        if not topics:
            terms += [Wanted(one, carried) for one in things]
        elif not things:
            carried = ()
            terms += map(Wanted, topics)
        else:
            while group.joined and joined and terms and terms[-1].selector.startswith("kind:"):
                topics.insert(0, terms.pop().selector)
            carried = tuple(topics) if group.joined else ()
            terms += [Wanted(one, tuple(topics)) for one in things]
    return terms


def _topics_of_things(terms: list[Wanted], *, at_the_end: bool = False) -> list[Wanted]:
    """Make topics beside things the only ones of them: "only decisions, november 2021"; "november 2021, decisions only"
    (`at_the_end`: those that stand last).
    """
    topics = [one.selector for one in terms if one.selector.startswith("kind:")]
    things = [one for one in terms if one.selector not in topics]
    last_is_topic = bool(terms) and terms[-1].selector in topics
    if not topics or not things or (at_the_end and not last_is_topic):
        return terms
    return [replace(one, only=(*one.only, *topics)) for one in things]


def _filters(groups: Sequence[Group], role: str) -> tuple[str, ...]:
    for group in groups:
        if group.things and group.topics:
            raise Unclear("together", group.said, role)
        if EVERYTHING in group.found:
            raise Unclear("unknown", group.said, role)
    return tuple(dict.fromkeys(one for group in groups for one in group.found))


def _with_filters(one: Wanted, only: tuple[str, ...], but_not: tuple[str, ...]) -> Wanted:
    return Wanted(one.selector, tuple(dict.fromkeys((*one.only, *only))), but_not)


def _merged(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return each thing once: of "MP090 votes and MP090 decisions" both."""
    merged: dict[str, Wanted] = {}
    for one in wanted:
        before = merged.get(one.selector)
        both = (*before.only, *one.only) if before and before.only and one.only else () if before else one.only
        merged[one.selector] = replace(one, only=tuple(dict.fromkeys(both)))
    return list(merged.values())
