"""What is known of one version of the SEC."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain import dates, identifiers, views
from bot.pipeline.answers import directory, steps
from bot.pipeline.answers.days import day
from bot.ports import Store


def facts(store: Store, number: str, today: date) -> dict[str, Any] | None:
    """Return the facts of a version of the SEC, None where nothing is known of it."""
    one = views.version(number, views.about_version(number, store.statements))
    if one is None:
        return None
    return {
        "v": one,
        "number": number,
        "effective": day("effective", one.effective_on, today) if one.effective_on else None,
        "newer": [other for other in directory.versions(store) if _newer(other, number)],
        "parts_on": steps.coming(store, [scoped.id for scoped in one.implements], _by(one, today)),
        "today": today,
    }


def _by(one: views.Version, today: date) -> date:
    """Return the day by which a version has brought what it brings: what comes later is another part."""
    return max(today, dates.latest(one.effective_on.value)) if one.effective_on else today


def _newer(other: str, number: str) -> bool:
    return identifiers.version_order(other) > identifiers.version_order(number)
