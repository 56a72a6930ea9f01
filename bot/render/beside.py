"""What a message shows beside its changes, gathered by whoever knows the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.asking import Suggestion
from bot.domain.changes import Told


@dataclass(frozen=True, slots=True)
class Beside:
    """What a message shows beside its changes.

    `standing`: where the subject of a card stands now, empty for what is no card. `undone`: by a change's id, the one
    that took it back since; `undoes`: by a change's id, the earlier one that it takes back. `later`: how many changes
    are in the card's thread, which began at `since` with `began` (None: with the page's first reading).
    """

    standing: Mapping[str, Any] = field(default_factory=dict)
    undone: Mapping[str, Told] = field(default_factory=dict)
    undoes: Mapping[str, Told] = field(default_factory=dict)
    later: int = 0
    since: datetime | None = None
    began: Told | None = None
    suggestions: tuple[Suggestion, ...] = ()


NOTHING = Beside()
