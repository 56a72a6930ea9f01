"""What somebody filled into a form, read from a view as Slack sends it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple


class Filled(NamedTuple):
    """What somebody filled in, by field: words, one value, or several."""

    values: Mapping[str, Any]

    def one(self, name: str) -> str:
        """Return a field's one value, empty for none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def some(self, name: str) -> tuple[str, ...]:
        """Return a field's values."""
        value = self.values.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def at(self, name: str) -> time | None:
        """Return a field's time, None for none."""
        try:
            return time.fromisoformat(self.one(name)) if self.one(name) else None
        except ValueError:
            return None


def filled(view: Mapping[str, Any]) -> Filled:
    """Return what was filled in."""
    blocks = (view.get("state") or {}).get("values") or {}
    elements = [pair for block in blocks.values() for pair in block.items()]
    return Filled({name: _value(element) for name, element in elements})


def _value(element: Mapping[str, Any]) -> Any:
    if "selected_options" in element:
        return [one.get("value") for one in element["selected_options"] or ()]
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    for key in ("selected_users", "selected_time", "value"):
        if key in element:
            return element[key]
    return None
