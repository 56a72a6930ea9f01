"""quiet 18:00 to 08:00 [weekends] [bank holidays] [also weighty]: when nothing is delivered here; "quiet off" ends it

What is found meanwhile comes when the quiet ends. "but weighty": scope, go-live and decisions come all the same; "also
weighty": they wait too.
"""

from __future__ import annotations

from bot.asking import Ask, Reply
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


def run(ask: Ask) -> Reply:
    """Set quiet hours, or answer which there are."""
    wish = wanted.quiet(ask.words)
    if isinstance(wish, Unclear):
        return chosen.not_clear(ask, "quiet", wish, EXAMPLES)
    if wish == QuietWish():
        facts = {**chosen.facts(ask, ask.store.channel(ask.channel)), "made": True, "examples": EXAMPLES}
        return Reply("quiet_set", facts, (chosen.SETTINGS,))
    return chosen.changed(ask, "quiet_set", wish.of)
