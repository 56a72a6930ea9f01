"""Statements of many modifications, asked for at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.claims import Statement
from bot.ports import Store


class Several:
    """Statements of many modifications: their titles and statuses are asked for once, not each by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_attribute: dict[str, dict[str, list[Statement]]] = {}

    def __call__(
        self, subject: str | None = None, attribute: str | None = None, value: str | None = None
    ) -> Sequence[Statement]:
        if subject is None or attribute is None or value is not None or not subject.startswith("modification:"):
            return self._store.statements(subject, attribute, value)
        if attribute not in self._by_attribute:
            grouped = self._by_attribute[attribute] = {}
            for one in self._store.statements(attribute=attribute):
                grouped.setdefault(one.claim.subject, []).append(one)
        return self._by_attribute[attribute].get(subject, [])
