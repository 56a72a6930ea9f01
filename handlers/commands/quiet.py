"""quiet 18:00 to 08:00 [weekends] [bank holidays] [also weighty]: when nothing is delivered here; "quiet off" ends it

What is found meanwhile comes when the quiet ends. "but weighty": scope, go-live and decisions come all the same; "also
weighty": they wait too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Ask, Reply, Suggestion
from bot.domain import wanted
from bot.domain.wanted import QuietWish, Unclear
from handlers import chosen

GROUP = "settings"
SHOWN = "quiet 18:00 to 08:00"
ORDER = 64
ALIASES = ("silence", "dnd", "quiet-hours", "quiethours")
EXAMPLES = (
    "quiet 18:00 to 08:00",
    "quiet 6pm to 8am weekends bank holidays",
    "quiet 18:00 to 08:00 also weighty",
    "quiet weekends",
    "quiet off",
)
WRITES = True
_NIGHT = re.compile(
    r"\b(?:over)?nights?\b|\bevenings?\b|\b(?:after|out of|outside)(?: of)? (?:office |working )?(?:hours|work)\b", re.I
)
NIGHTS = ("quiet 18:00 to 08:00", "quiet 22:00 to 07:00")
"""What may be meant by the night: from when until when is for whoever wants it quiet to say."""


def run(ask: Ask) -> Reply:
    """Set quiet hours, or answer which there are."""
    wish = wanted.quiet(ask.words)
    if isinstance(wish, Unclear):
        return _not_clear(ask, wish)
    if wish == QuietWish():
        facts = {**chosen.facts(ask, ask.store.channel(ask.channel)), "made": True, "examples": EXAMPLES}
        return Reply("quiet_set", facts, (chosen.SETTINGS,))
    return chosen.changed(ask, "quiet_set", wish.of)


def _not_clear(ask: Ask, unclear: Unclear) -> Reply:
    reply = chosen.not_clear(ask, "quiet", unclear, EXAMPLES)
    meant = [f"quiet {hours}" for hours in wanted.halves(ask.words)]
    if _NIGHT.search(ask.words):
        meant += NIGHTS
    return replace(reply, suggestions=(*(Suggestion(one, one) for one in meant), *reply.suggestions))
