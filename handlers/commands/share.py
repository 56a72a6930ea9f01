"""share QUESTION: the same answer, for everybody in the channel

The word may come last as well: MP090 share, next share. Without it only you see an answer.
"""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion

GROUP = "ask"
ORDER = 49
SHOWN = "MP090 share"
ALIASES = ("sharing",)
EXAMPLES = ("MP090 share", "share next", "cutoffs 60d share")


def run(_ask: Ask) -> Reply:
    """Answer with what can be shared: the word came alone."""
    buttons = (Suggestion("Share the next dates", "next share"),)
    return Reply("ask_for", {"wanted": "Which answer shall everybody see?", "examples": EXAMPLES}, buttons)
