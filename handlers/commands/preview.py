"""preview WHAT: what following it would have sent in the last 90 days; nothing is kept

It takes all that "subscribe" takes: preview november 2021 except documents, weighty only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Ask, Reply
from handlers.commands import subscribe

GROUP = "follow"
ORDER = 63
ALIASES = ("dryrun", "dry-run", "dry", "rehearse", "try")
EXAMPLES = ("preview november 2021", "preview everything, weighty only")


def run(ask: Ask) -> Reply:
    """Answer with what a wish would have sent."""
    words = re.sub(r"^(?:run|subscribe|following|follow)\b\s*", "", ask.words, flags=re.IGNORECASE)
    return subscribe.run(replace(ask, words=f"{words} --dry-run" if words else ""))
