"""How to say what a channel follows, so that it is understood when it is typed."""

from __future__ import annotations

from bot.domain import identifiers


def spoken(selector: str) -> str:
    """Return the shortest words for a selector that `bot.domain.follow.selector` understands."""
    kind, _, key = selector.partition(":")
    if kind == "release":
        return identifiers.release_name(key)
    return f"v{key}" if kind == "version" else key or kind
