"""Who is told what: a channel's subscriptions against changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import identifiers
from bot.domain.changes import Change, Told, kinds
from bot.domain.vocabulary import Weight


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel follows something.

    `selector` is "everything", a subject ("modification:MP090", "release:2021-11", "part:Appendix AD") or a kind of
    change ("kind:go_live_moved"). `delivery`: "instant" (alerts at once and the digest) or "daily" (the digest alone).
    """

    channel: str
    selector: str
    made_by: str
    made_at: datetime
    delivery: str = "instant"


@dataclass(frozen=True, slots=True)
class Routed:
    """What one channel is told of one reading: its changes in their order, and the rule that brings them, in words."""

    channel: str
    told: tuple[Told, ...]
    why: str


EVERYTHING = "everything"

TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "go-live": ("go-live dates", ("go_live_moved", "go_live_proposed", "go_live_approved")),
    "scope": (
        "the scope of releases",
        (
            "scope_added",
            "scope_removed",
            "fell_out",
            "moved",
            "split",
            "targeted",
            "inclusion_proposed",
            "inclusion_dropped",
            "scope_baselined",
            "change_request_added",
            "change_request_removed",
        ),
    ),
    "decisions": ("decisions", ("decided", "recommended", "sent_back", "withdrawn", "put_on_hold", "cut_off_moved")),
    "votes": ("votes", ("vote_set", "cut_off_moved", "recommended", "decided")),
    "status": (
        "steps of modifications",
        ("status_changed", "decided", "sent_back", "withdrawn", "put_on_hold", "converted"),
    ),
    "implementation": ("implementation dates", ("implementation_moved", "go_live_moved")),
    "consultations": ("consultations", ("consultation_opened", "consultation_moved", "consultation_closed")),
    "versions": (
        "new versions of the SEC",
        ("version_published", "version_amended", "designated", "variation_noticed"),
    ),
    "designations": ("designations", ("designated", "variation_noticed")),
    "specifications": (
        "Technical Specifications",
        (
            "specification_listed",
            "specification_revised",
            "specification_dropped",
            "implementation_document_reissued",
        ),
    ),
    "impacts": ("what modifications affect", ("impact_changed",)),
}
"""What can be followed across all releases: its name in words and the kinds of change that belong to it."""

WORDS: Mapping[str, str] = {
    "golive": "go-live",
    "golives": "go-live",
    "golivedates": "go-live",
    "scopes": "scope",
    "scopechanges": "scope",
    "releasescope": "scope",
    "decision": "decisions",
    "approvals": "decisions",
    "cutoffs": "votes",
    "vote": "votes",
    "changeboard": "votes",
    "statuses": "status",
    "implementations": "implementation",
    "implementationdates": "implementation",
    "consultation": "consultations",
    "version": "versions",
    "newversions": "versions",
    "secversions": "versions",
    "designation": "designations",
    "variations": "designations",
    "specification": "specifications",
    "specs": "specifications",
    "documents": "specifications",
    "technicalspecifications": "specifications",
    "impact": "impacts",
}
"""Other words that people type for a topic."""

ALL = frozenset({"everything", "all", "anything", "allchanges", "everychange"})

PARTS: Mapping[str, str] = {
    "gbcs": "Schedule 8",
    "smets": "Schedule 9",
    "smets2": "Schedule 9",
    "chts": "Schedule 10",
    "duis": "Appendix AD",
    "mmc": "Appendix AF",
    "ctsd": "Appendix R",
    "tmad": "Appendix AL",
    "s1sr": "Appendix AM",
}
"""The short names by which people call the Technical Specifications."""

_DATES: Mapping[str, str] = {
    "go_live": "go_live_moved",
    "proposed_go_live": "go_live_proposed",
    "implementation": "implementation_moved",
    "change_board_vote_on": "vote_set",
    "decision_cut_off": "cut_off_moved",
    "consultation_closes_on": "consultation_moved",
}
"""What a change of a date is called: who follows that hears of its being given more precisely, too."""


# --- does it match? --------------------------------------------------------------------------------------------------


def matches(subscription: Subscription, change: Change) -> bool:
    """Whether a subscription follows a change.

    MP124 follows DP124 too, for they are one; MP128 follows MP128A and MP128B, for they came of it.
    """
    kind, _, name = subscription.selector.partition(":")
    if kind == EVERYTHING:
        return True
    if kind == "kind":
        followed = TOPICS.get(name, ("", (name,)))[1]
        return change.kind in followed or (change.kind == "sharpened" and _DATES.get(change.attribute) in followed)
    return _concerns(subscription.selector, change.about or (change.subject,))


def _concerns(selector: str, about: Iterable[str]) -> bool:
    """Whether one of the subjects is the one that is followed."""
    kind, _, key = selector.partition(":")
    if kind != "modification" or not identifiers.is_modification(key):
        return selector in about
    followed = identifiers.identity(key)
    return any(
        other.number == followed.number and followed.letter in ("", other.letter) for other in _modifications(about)
    )


def _modifications(about: Iterable[str]) -> Iterator[identifiers.Modification]:
    for subject in about:
        kind, _, key = subject.partition(":")
        if kind == "modification" and identifiers.is_modification(key):
            yield identifiers.identity(key)


# --- who gets it? ----------------------------------------------------------------------------------------------------


def route(changes: Sequence[Told], subscriptions: Iterable[Subscription]) -> list[Routed]:
    """Return what each channel is told at once: news that it follows and that is worth an interruption.

    Light changes, and all that a channel follows "daily", wait for the digest; what another source had said before
    is no news.
    """
    news = [one for one in changes if not one.known_from and one.change.weight >= Weight.NORMAL]
    instant = [one for one in subscriptions if one.delivery == "instant"]
    routed: list[Routed] = []
    for channel, rules in by_channel(instant).items():
        told = tuple(one for one in news if any(matches(rule, one.change) for rule in rules))
        if told:
            used = [rule for rule in rules if any(matches(rule, one.change) for one in told)]
            routed.append(Routed(channel, told, why(used)))
    return routed


def channels(about: str | Iterable[str], subscriptions: Iterable[Subscription]) -> list[tuple[str, str]]:
    """Return the channels that are told of a subject (or one of several) at once, each with the words that say why.

    What a channel follows "daily" waits for the digest.
    """
    instant = [one for one in follows(about, subscriptions) if one.delivery == "instant"]
    return [(channel, why(used)) for channel, used in by_channel(instant).items()]


def follows(about: str | Iterable[str], subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """Return the subscriptions that follow a subject (or one of several)."""
    subjects = (about,) if isinstance(about, str) else tuple(about)
    return [one for one in subscriptions if one.selector == EVERYTHING or _concerns(one.selector, subjects)]


def card_channels(about: str, subscriptions: Iterable[Subscription]) -> list[tuple[str, str]]:
    """Return the channels that are told at once that a page is tracked now: those that follow what it is about."""
    return channels(about, subscriptions)


def by_channel(subscriptions: Iterable[Subscription]) -> dict[str, list[Subscription]]:
    """Return each channel's subscriptions, in their order."""
    grouped: dict[str, list[Subscription]] = {}
    for one in subscriptions:
        grouped.setdefault(one.channel, []).append(one)
    return grouped


def why(subscriptions: Sequence[Subscription]) -> str:
    """Return the rules by which a channel is told something, in words."""
    return f"this channel follows {labels(subscriptions)}"


def labels(subscriptions: Sequence[Subscription]) -> str:
    """Return what subscriptions follow, in words: "MP090 and the November 2021 SEC Release"."""
    if any(one.selector == EVERYTHING for one in subscriptions):
        return EVERYTHING
    words = list(dict.fromkeys(label(one.selector) for one in subscriptions))
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# --- what people type ------------------------------------------------------------------------------------------------


def selector(text: str) -> str | None:
    """Return the selector for what a person types ("mp90", "release nov 2021", "appendix ad", "go-live", "everything");
    None for what secbot cannot follow.
    """
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ").strip(" .,;:!'\"‘’“”")).casefold()
    squeezed = re.sub(r"[^a-z0-9]", "", plain)
    if not squeezed:
        return None
    if squeezed in ALL:
        return EVERYTHING
    if topic := _topic(squeezed):
        return f"kind:{topic}"
    if part := _part(plain, squeezed):
        return f"part:{part}"
    if release := identifiers.typed_release(plain):
        return f"release:{release}"
    if version := _version(plain):
        return f"version:{version}"
    if id_ := identifiers.typed(text):
        return f"modification:{id_}"
    return None


def _topic(squeezed: str) -> str | None:
    if squeezed in WORDS:
        return WORDS[squeezed]
    named = {re.sub(r"[^a-z0-9]", "", name): name for name in (*TOPICS, *(kind.KIND for kind in kinds()))}
    return named.get(squeezed.removeprefix("kind"))


def _part(plain: str, squeezed: str) -> str | None:
    if squeezed in PARTS:
        return PARTS[squeezed]
    match = re.fullmatch(r"(?:the )?(?:sec )?(section|schedule|appendix) ([a-z]{1,2}|\d{1,2})", plain)
    return identifiers.part(f"{match[1].capitalize()} {match[2].upper()}") if match else None


def _version(plain: str) -> str | None:
    """Return a version that is called one: a bare number is a modification's."""
    named = re.match(r"(?:sec )?v(?:ersion)?\.? ?\d", plain) or re.fullmatch(r"\d+\.\d+", plain)
    return identifiers.typed_version(plain) if named else None


def label(selector: str) -> str:
    """Return what a selector follows in words: "MP090", "the November 2021 SEC Release", "go-live dates"."""
    kind, _, name = selector.partition(":")
    if kind == "kind":
        return TOPICS[name][0] if name in TOPICS else f"“{name.replace('_', ' ')}”"
    if kind == "release":
        return f"the {identifiers.release_name(name)} SEC Release"
    if kind == "version":
        return f"SEC v{name}"
    return name or kind
