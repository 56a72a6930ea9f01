"""Commands of `/sec`, one word a file; the folder is the registry.

To add a command: a module here and a template in `templates/replies/`. The module's name is its word; its docstring is
its help, in the form `usage: what it does`; it has `ALIASES` (other words for it) and `run(ask) -> Reply`. It may have
`EXAMPLES`, `GROUP` and `ORDER` (where it stands in the help: "ask", "follow", "settings" or "proof"; 50), `SHOWN` (what
the list of commands shows instead of its usage), and one that writes has `WRITES = True`, so that it is not run twice
for one request. No word may stand in two files.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from bot.asking import Ask, Reply

BRIEF = 60
"""Characters of a purpose that fit in a line of a list."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its word, the other words for it, its help (`shown` in the list of commands), whether it writes."""

    word: str
    aliases: tuple[str, ...]
    usage: str
    purpose: str
    more: str
    writes: bool
    group: str
    order: int
    shown: str
    module: ModuleType

    @property
    def brief(self) -> str:
        """What it does in one line of a list: of a long purpose only the first part."""
        return self.purpose if len(self.purpose) <= BRIEF else re.split(r"[:;]", self.purpose)[0]

    def run(self, ask: Ask) -> Reply:
        """Answer what was asked of it."""
        reply: Reply = self.module.run(ask)
        return reply


@cache
def registry() -> dict[str, Command]:
    """Return all commands by their word, in the order in which the help lists them."""
    names = [info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")]
    found = sorted(map(_command, names), key=lambda one: (one.order, one.word))
    return {command.word: command for command in found}


@cache
def words() -> dict[str, str]:
    """Return the command's word for each word that means it.

    Raises:
        ValueError: two commands claim one word.
    """
    found: dict[str, str] = {}
    for command in registry().values():
        for word in (command.word, *command.aliases):
            if found.setdefault(word, command.word) != command.word:
                raise ValueError(f"both {found[word]} and {command.word} are called {word!r}")
    return found


def _command(name: str) -> Command:
    module = importlib.import_module(f"{__name__}.{name}")
    first, _, more = (module.__doc__ or "").strip().partition("\n")
    usage, _, purpose = first.partition(": ")
    return Command(
        name,
        tuple(module.ALIASES),
        usage,
        purpose.rstrip("."),
        " ".join(more.split()),
        getattr(module, "WRITES", False),
        getattr(module, "GROUP", "") or _usual_group(getattr(module, "ORDER", 50)),
        getattr(module, "ORDER", 50),
        getattr(module, "SHOWN", usage),
        module,
    )


def _usual_group(order: int) -> str:
    """Return the group of a command that names none, by where it stands."""
    return "ask" if order < 60 else "follow" if order < 65 else "settings"
