"""next [n]: the next dates, with working days left

Go-lives, votes, cut-offs, baselines due, consultations that close. "next release" shows go-lives alone, "next vote"
votes alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import ahead, directory
from handlers import when
from handlers.commands import release

GROUP = "ask"
ORDER = 30
ALIASES = ("coming", "upcoming", "ahead", "calendar", "dates", "soon", "agenda", "nxt")
EXAMPLES = ("next", "next 10", "next release", "next vote")
BY_DEFAULT, MOST = 3, 25
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KINDS = (
    (r"release|go-?\s?live|launch", ("go_live", "proposed_go_live")),
    (r"vote|change board", ("change_board_vote_on",)),
    (r"cut-?\s?off|deadline|decision", ("decision_cut_off",)),
    (r"consult", ("consultation_closes_on",)),
)
"""What may be asked for alone."""


def run(ask: Ask) -> Reply:
    """Answer with the next dates."""
    today = ask.now.astimezone(ask.zone).date()
    if re.search(r"\b20\d\d\b", ask.words):
        return release.run(ask)
    if month := when.month(ask.words):
        return release.run(replace(ask, words=f"{today.year + (month < today.month)}-{month:02d}"))
    wanted = min(_number(ask.words), MOST)
    if wanted < 1 or re.search(r"(?:^|\s)[-–−]\s?\d", ask.words):
        asked_for = {"wanted": "How many dates?", "said": ask.words, "examples": EXAMPLES}
        return Reply("ask_for", asked_for, (Suggestion("The next three", "next"), Suggestion("Ten", "next 10")))
    form, kinds = next((pair for pair in KINDS if re.search(pair[0], ask.words, re.IGNORECASE)), ("", ahead.COMING))
    facts = ahead.facts(ask.store, today, wanted, kinds)
    questions = dict.fromkeys(directory.asked(subject) for one in facts["coming"] for subject, _ in one.about)
    buttons = [Suggestion(label, question) for label, question in questions if question][:4]
    kind = f" {form.partition('|')[0]}" if form.startswith(("release", "vote")) else ""
    more = [Suggestion("More dates", f"next {min(wanted + 7, MOST)}{kind}")] if facts["total"] > wanted else []
    cut_offs = Suggestion("Cut-offs in 30 days", "cutoffs 30d")
    since = Suggestion("What changed", "since")
    told = {**facts, "today": today, "wanted": wanted, "hint": not ask.words}
    return Reply("next", told, (*buttons, *more, cut_offs, since))


def _number(words: str) -> int:
    """Return how many are asked for: "5", "five"; the usual number where none is named."""
    if said := re.search(r"\d{1,4}", words):
        return int(said[0])
    return next((NUMBERS.index(word) + 1 for word in words.casefold().split() if word in NUMBERS), BY_DEFAULT)
