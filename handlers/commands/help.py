"""help [command]: what you can ask

With a command's name it says more about that command.
"""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion
from handlers.commands import registry, words

ORDER = 99
ALIASES = ("?", "commands", "usage", "how")


def run(ask: Ask) -> Reply:
    """Answer with all commands, or with one."""
    topic = words().get(ask.words.casefold())
    if topic:
        one = registry()[topic]
        return Reply("help_topic", {"command": one, "examples": getattr(one.module, "EXAMPLES", ())})
    return Reply(
        "help",
        {"commands": list(registry().values()), "topic": ask.words},
        (Suggestion("What comes next", "next"), Suggestion("What changed this week", "since monday")),
    )
