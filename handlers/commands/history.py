"""history ID: every change that was found, oldest first

Of a release it is the timeline: history november 2021.
"""

from __future__ import annotations

from dataclasses import replace

from bot.asking import Ask, Reply
from bot.domain import identifiers
from handlers.commands import modification, release

GROUP = "proof"
ORDER = 46
SHOWN = "MP090 history"
ALIASES = ("life", "timeline", "log", "changelog")
EXAMPLES = ("history MP090", "MP090 history")


def run(ask: Ask) -> Reply:
    """Answer with a modification's history, or a release's timeline."""
    words = ask.words.removeprefix("of ").removeprefix("for ").strip()
    if not words:
        return Reply("ask_for", {"wanted": "The history of what?", "examples": EXAMPLES})
    if identifiers.typed_release(words):
        return release.run(replace(ask, words=f"{words} timeline"))
    return modification.run(replace(ask, words=f"{words} history"))
