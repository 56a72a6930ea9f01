"""next [n]: the next dates: go-lives, votes, decision cut-offs, consultations closing, with working days left"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import ahead, directory

ORDER = 30
ALIASES = ("coming", "upcoming", "ahead", "calendar", "dates", "soon")
EXAMPLES = ("next", "next 10")
BY_DEFAULT, MOST = 3, 25


def run(ask: Ask) -> Reply:
    """Answer with the next dates."""
    said = re.search(r"\d{1,4}", ask.words)
    wanted = min(max(int(said[0]), 1), MOST) if said else BY_DEFAULT
    today = ask.now.astimezone(ask.zone).date()
    facts = ahead.facts(ask.store, today, wanted)
    questions = dict.fromkeys(directory.asked(subject) for one in facts["coming"] for subject, _ in one.about)
    buttons = [Suggestion(label, question) for label, question in questions if question][:5]
    more = [Suggestion("More dates", f"next {min(wanted + 7, MOST)}")] if facts["total"] > wanted else []
    since = Suggestion("What changed this week", "since 7 days ago")
    return Reply("next", {**facts, "today": today, "wanted": wanted}, (*buttons, *more, since))
