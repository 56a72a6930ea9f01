"""The scope of a release was baselined: from now on additions are exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "scope_baselined"
ORDER = 44
ATTRIBUTES = ("baselined_on", "dcc_systems_baselined_on")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release and kind of baseline; that it was due goes along."""
    for attribute in ATTRIBUTES:
        for delta in differences.of(attribute, "release"):
            due = [d for d in differences.about_subject(delta.subject, "baseline_due") if d.after is None]
            facts = {
                "release": delta.subject.partition(":")[2],
                "count": str(len(differences.all_now(delta.subject, "in_scope")) or ""),
            }
            about = differences.scope_of(delta.subject)
            told = [delta, *(due if delta.after else [])]
            differences = differences.without(told)
            yield made(KIND, told, Weight.WEIGHTY, about=about, facts=facts)
