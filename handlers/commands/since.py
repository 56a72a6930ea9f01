"""since [WHEN]: what changed; alone: since you last looked

WHEN can be monday, yesterday, 2 weeks, 3 days ago, 1 March 2021, 2021-03-01. Days begin at midnight in the bot's time
zone. Without one it begins where you last looked, and the first time a week ago; who looks back less far leaves that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import directory, since
from handlers import sharing, when

GROUP = "ask"
ORDER = 40
ALIASES = ("changes", "changed", "news", "new", "updates", "update", "recent", "latest", "happened", "missed", "change")
EXAMPLES = ("since", "since monday", "since 2 weeks", "since 1 March 2021")
_LAST_TIME = re.compile(
    r"(?:since )?(?:(?:i|we) )?(?:have )?(?:last|previous)(?:ly)? ?(?:looked|asked|checked|visit|visited|time|look)?"
    r"(?: (?:i|we) (?:looked|asked|checked))?|since|for me|to me",
    re.IGNORECASE,
)
_NOUNS = re.compile(r"^(?:(?:changes?|updates?|news|things|what|changed|new)\b\s*)+", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<day>.+?),? (?:at )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)")


def run(ask: Ask) -> Reply:
    """Answer with the changes since a day, or since the one who asks last looked; remember that they looked now, where
    nothing is left out that changed since they did.
    """
    ask = replace(ask, words=_NOUNS.sub("", ask.words))
    if not ask.words or _LAST_TIME.fullmatch(ask.words):
        return _since_last_look(ask)
    begin = _moment(ask)
    if begin is None:
        return Reply(
            "ask_for",
            {"wanted": "Since which day?", "said": ask.words, "examples": EXAMPLES},
            (Suggestion("Since yesterday", "since yesterday"), Suggestion("Since a week ago", "since 7 days ago")),
        )
    if begin > ask.now:
        day = begin.astimezone(ask.zone).date()
        return Reply("not_yet", {"day": day.isoformat()}, (Suggestion("What comes next", "next"),))
    return _told(ask, begin)


def _moment(ask: Ask) -> datetime | None:
    """Return the moment that words name: the midnight in which a day began, or its time where they give one."""
    today = ask.now.astimezone(ask.zone).date()
    clock = _CLOCK.fullmatch(ask.words)
    day = when.day(clock["day"] if clock else ask.words, today)
    if day is None:
        return None
    at = time(int(clock["hour"]), int(clock["minute"])) if clock else time()
    return datetime.combine(day, at, ask.zone)


def _since_last_look(ask: Ask) -> Reply:
    person = ask.store.person(ask.user)
    if person.looked_at is None:
        return _told(ask, _week_ago(ask), first_time=True)
    return _told(ask, person.looked_at, after=person.seq, looked=True)


def _week_ago(ask: Ask) -> datetime:
    return datetime.combine(ask.now.astimezone(ask.zone).date() - timedelta(days=7), time(), ask.zone)


def _told(ask: Ask, begin: datetime, *, after: int = 0, looked: bool = False, first_time: bool = False) -> Reply:
    upto = ask.store.last_seq()  # asked first: what is recorded while this is answered is shown the next time
    facts = since.facts(ask.store, begin, ask.zone, after)
    if begin <= (ask.store.person(ask.user).looked_at or _week_ago(ask)):
        ask.store.looked(ask.user, upto, ask.now)
    # "This week", asked on a Monday, is not only today to those who asked.
    is_today = begin.astimezone(ask.zone).date() == ask.now.astimezone(ask.zone).date()
    is_today = is_today and not re.search(r"\bthis (?:week|month|year)\b", ask.words, re.IGNORECASE)
    told = {**facts, "looked": looked, "first_time": first_time, "is_today": is_today}
    local = begin.astimezone(ask.zone)
    again = f"since {local:%Y-%m-%d}" + (f" {local:%H:%M}" if local.time() != time() else "")
    earlier = () if facts["total"] else (Suggestion("Since 30 days ago", "since 30 days"),)
    coming = Suggestion("What comes next", "next")
    return Reply("since", told, (*_weightiest(facts), *earlier, coming, sharing.button(again)))


def _weightiest(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    """Return buttons for what the weightiest changes are about."""
    subjects = dict.fromkeys(one.subject for one in sorted(facts["news"], key=lambda one: -one.weight))
    asked = dict.fromkeys(directory.asked(subject) for subject in subjects)
    return tuple(Suggestion(label, question) for label, question in asked if question)[:3]
