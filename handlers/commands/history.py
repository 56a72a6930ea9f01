"""history ID: every change that was found of a modification, oldest first"""

from __future__ import annotations

from dataclasses import replace

from bot.asking import Ask, Reply
from handlers.commands import modification

ORDER = 15
ALIASES = ("life", "timeline")
EXAMPLES = ("history MP090", "MP090 history")


def run(ask: Ask) -> Reply:
    """Answer with a modification's history."""
    return modification.run(replace(ask, words=f"{ask.words} history".strip()))
