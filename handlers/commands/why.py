"""why ID: why this channel (or you) got a message: the rule, who made it and when, and what it takes to stop it

ID is a change's as alerts show it (why 3f9c01ab), or what can be followed: why MP090.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.asking import Ask, Reply, Suggestion
from bot.domain import follow, views
from bot.domain.changes import Told
from bot.domain.follow import Subscription, matches, silences, spoken, wishes
from bot.domain.follow.groups import Misunderstood
from bot.ports import Telling
from handlers import following
from handlers.following import Shown, shown

GROUP = "follow"
ORDER = 66
ALIASES = ("reason", "whyme")
EXAMPLES = ("why 3f9c01ab", "why MP090")
SOME = 5
LAST = 10
"""Changes of a subject that are looked at for one that was brought."""
_ASKED = re.compile(
    r"^(?:(?:did|do|am|was|were|are|have|has|i|we|us|me|get|got|getting|told|tell|of|about|this|that|here|is|it|for|the)\b[\s,?]*)+",
    re.IGNORECASE,
)
_ID = re.compile(r"[0-9a-z]{4,16}")


def run(ask: Ask) -> Reply:
    """Answer with the rules that bring a change, or all of a subject."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    words = _ASKED.sub("", ask.words).strip(" #`?.!")
    told = ask.store.changes_called(words.casefold()) if _ID.fullmatch(words.casefold()) else []
    if len(told) == 1:
        return _of_change(ask, told[0])
    if told:
        buttons = (Suggestion(one.id[:12], f"why {one.id[:12]}") for one in told[:SOME])
        return Reply("why_which", {"said": words, "choices": len(told), "examples": EXAMPLES}, tuple(buttons))
    named = wishes.named(words) if words else ()
    if isinstance(named, Misunderstood) or not named:
        found = (Suggestion("What is followed here", "list"), Suggestion("What changed", "since 7 days ago"))
        return Reply("why_which", {"said": words, "choices": 0, "examples": EXAMPLES}, found)
    return _of_subject(ask, named)


def _of_change(ask: Ask, told: Told) -> Reply:
    here = following.following(ask)
    bringing = [one for one in here.rules if matches(one, told.change)]
    silent = [one for one in bringing if silences(here.mutes, one, told.change, ask.now)]
    rules = shown(bringing, here.mutes)
    tellings = ask.store.tellings(ask.channel, told.id)
    facts = {
        "told": told,
        "rules": rules,
        "silent": [one.selector for one in silent],
        "tellings": [_telling(one) for one in tellings],
        "known_from": told.known_from,
        "older": bool(bringing) and not tellings and all(one.made_at > told.found_at for one in bringing),
        "light": bool(bringing) and not any(follow.at_once(one, told.change) for one in bringing),
        **following.common(ask),
    }
    return Reply("why", facts, tuple(_buttons(rules, _subjects(told))))


def _telling(one: Telling) -> dict[str, object]:
    return {"at": one.created_at, "why": one.message.why, "sent": bool(one.ts)}


def _subjects(told: Told) -> list[str]:
    """Return the modification and the release that a change is about; of several of a kind none is the one."""
    subjects = dict.fromkeys((told.change.subject, *told.change.about))
    kinds = ([one for one in subjects if one.startswith(kind)] for kind in ("modification:", "release:"))
    return [some[0] for some in kinds if len(some) == 1]


def _buttons(rules: Sequence[Shown], subjects: Iterable[str]) -> Iterable[Suggestion]:
    loud = [one for one in rules if not one.until]
    several = len(loud) > 1
    for one in loud[:3]:
        name = f"“{one.typed}”" if several else "this rule"
        yield Suggestion(f"Mute {name} for 7 days", f"mute rule {one.typed} 7d")
    followed = {one.rule.selector for one in loud}
    if loud:
        others = (one for one in subjects if one not in followed)
        yield from (Suggestion(f"Mute {spoken(one)} for 7 days", f"mute {spoken(one)} 7d") for one in others)
    yield from (Suggestion(f"Unmute {one.typed}", f"unmute {one.typed}") for one in rules if one.until)
    chosen = [one for one in rules if not one.by_default]
    yield from (Suggestion(f"Unsubscribe {one.typed}", f"unsubscribe {one.typed}") for one in chosen[:3])
    yield Suggestion("What is followed here", "list")


def _of_subject(ask: Ask, named: Sequence[str]) -> Reply:
    """Answer for what is named first; what is named with it brings the message that is meant, too."""
    here, subject = following.following(ask), named[0]
    about = (*named, *_releases(ask, subject))
    every = follow.Following(here.rules)
    rules: list[Subscription] = follow.follows(about, every, ask.now)
    loud = follow.follows(about, here, ask.now)
    last = None if rules else _last_brought(ask, here.rules, subject)
    found = shown(rules or (last[1] if last else []), here.mutes)
    facts = {
        "label": follow.label(subject),
        "rules": found,
        "last": last[0] if last else None,
        "silent": [one.selector for one in rules if one not in loud],
        "topics": [follow.label(one.selector) for one in here.rules if _is_topic(one) and one not in rules],
        **following.common(ask),
    }
    return Reply("why_subject", facts, tuple(_buttons(found, [subject] if loud else [])))


def _last_brought(ask: Ask, rules: Sequence[Subscription], subject: str) -> tuple[Told, list[Subscription]] | None:
    """Return the last change of a subject that some rules bring, though none brings all of them; None where there is
    none: what has left a release was told to who follows that.
    """
    kind, _, key = subject.partition(":")
    about = [f"modification:{one}" for one in views.spellings(key)] if kind == "modification" else [subject]
    for told in reversed(ask.store.changes(about=about, limit=LAST)):
        if bringing := [one for one in rules if matches(one, told.change)]:
            return told, bringing
    return None


def _is_topic(rule: Subscription) -> bool:
    return rule.selector.startswith("kind:")


def _releases(ask: Ask, subject: str) -> list[str]:
    """Return the releases that have a modification in scope: who follows these hears of it."""
    kind, _, key = subject.partition(":")
    if kind != "modification":
        return []
    said = ask.store.statements(attribute="in_scope", value=key)
    return sorted({one.claim.subject for one in said if one.current})
