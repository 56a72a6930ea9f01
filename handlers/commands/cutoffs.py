"""cutoffs [30d]: cut-offs, votes, baselines, consultations closing

Decision cut-offs, votes, baselines due and closing dates within a time, each with working days left and its source.
The time can be 30d, 60 days, 2 weeks, a month, until 3 March; 30 days without one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.pipeline.answers import cutoffs, directory
from handlers import when
from handlers.commands import release

GROUP = "ask"
ORDER = 31
ALIASES = ("cutoff", "cut-off", "cut-offs", "deadlines", "deadline", "votes", "vote", "consultations", "consultation")
EXAMPLES = ("cutoffs", "cutoffs 60 days", "cutoffs 2 weeks", "cutoffs until 3 March")
BY_DEFAULT = 30


def run(ask: Ask) -> Reply:
    """Answer with what is to be decided within a time."""
    words = re.sub(r"^(?:for|of|in|the|offs?|dates?|next|coming)\b\s*", "", ask.words, flags=re.IGNORECASE)
    if identifiers.typed_release(words):
        return release.run(replace(ask, words=f"{words} timeline"))
    today = ask.now.astimezone(ask.zone).date()
    days = when.ahead(words, today) if words else BY_DEFAULT
    if days is None:
        buttons = (Suggestion("Within 30 days", "cutoffs 30d"), Suggestion("Within 90 days", "cutoffs 90d"))
        return Reply("ask_for", {"wanted": "Within which time?", "said": words, "examples": EXAMPLES}, buttons)
    facts = cutoffs.facts(ask.store, today, days)
    return Reply("cutoffs", facts, _next(facts))


def _next(facts: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    """Return buttons for what the dates are about, and for a longer time."""
    coming = facts["coming"] or ([facts["after"]] if facts["after"] else [])
    asked = dict.fromkeys(directory.asked(subject) for one in coming for subject, _ in one.about)
    found = [Suggestion(label, question) for label, question in asked if question][:4]
    longer = [days for days in (60, 90, 180, 365) if days > facts["days"]][:1]
    found += [Suggestion(f"Within {days} days", f"cutoffs {days}d") for days in longer]
    return (*found, Suggestion("Go-lives too", "next 10"))
