"""The Secretary of State gave notice of a variation of the SEC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "variation_noticed"
ORDER = 16


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each variation that is listed for the first time."""
    for subject in dict.fromkeys(d.subject for d in differences.deltas if d.subject.startswith("variation:")):
        if not differences.came(subject):
            continue
        mine = differences.about_subject(subject)
        dated = [d for d in mine if d.attribute == "noticed_on"]
        key = subject.partition(":")[2]
        facts = {
            "part": ", ".join(differences.all_now(subject, "affects_part")) or key.rpartition("/")[2],
            "on": differences.now(subject, "noticed_on"),
        }
        about = [f"part:{part}" for part in differences.all_now(subject, "affects_part")]
        told = [*dated, *(d for d in mine if d not in dated)]
        yield made(KIND, told, Weight.WEIGHTY, about=about, facts=facts)
