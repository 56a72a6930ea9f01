"""A new version of the SEC: its number, when it takes effect, what it implements, which parts it affects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.values import row
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "version_published"
ORDER = 14


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each version that nothing was said of before."""
    for subject in versions_that_came(differences):
        yield published(KIND, differences, subject)


def versions_that_came(differences: Differences) -> list[str]:
    """Return the subjects of the versions that came, in page order."""
    subjects = dict.fromkeys(d.subject for d in differences.deltas if d.subject.startswith("version:"))
    return [subject for subject in subjects if differences.came(subject)]


def published(kind: str, differences: Differences, subject: str) -> Change:
    """Return the change that a version came, with all that goes without saying."""
    mine = differences.about_subject(subject)
    told = [d for attribute in ("effective_on", "implements_release") for d in mine if d.attribute == attribute]
    posted = [d for d in mine if d.attribute == "posted_on"]
    many = [d for d in mine if row(d.subject, d.attribute).many]
    # The first of them gives the proof, and the line of the day on which it was posted proves least.
    told = [*told, *posted, *many] if told else [*many, *posted]
    told = told or mine
    effective_on = differences.now(subject, "effective_on")
    modifications = [f"modification:{id_}" for id_ in differences.all_now(subject, "implements")]
    proposals = [
        f"change_resolution_proposal:{id_}" for id_ in differences.all_now(subject, "change_resolution_proposal")
    ]
    companions = [
        *mine,
        *(d for one in modifications for d in differences.about_subject(one) if _goes_along(d, effective_on)),
        *(d for one in proposals for d in differences.introductions(one)),
    ]
    release = differences.now(subject, "implements_release")
    parts = dict.fromkeys((*differences.all_now(subject, "affects_part"), *differences.all_now(subject, "adds_part")))
    facts = {
        "version": subject.partition(":")[2],
        "effective_on": effective_on,
        "release": release,
        "items": ", ".join(differences.all_now(subject, "implements")),
        "title": differences.title_of(modifications[0]) if len(modifications) == 1 else "",
        "parts": ", ".join(parts),
        "proposals": ", ".join(differences.all_now(subject, "change_resolution_proposal")),
        "designated_by": differences.now(subject, "designated_by"),
        "posted_on": differences.now(subject, "posted_on"),
    }
    about = (*([f"release:{release}"] if release else []), *modifications, *(f"part:{part}" for part in parts))
    return made(kind, told, Weight.WEIGHTY, about=about, facts=facts, companions=companions)


def _goes_along(delta: Delta, effective_on: str) -> bool:
    """Whether a version says a modification's delta already. A later date for the rest of it is news of its own."""
    if delta.attribute == "status":
        return delta.after in ("implemented", None)
    if delta.attribute == "implementation":
        return delta.after is not None and delta.after in (effective_on, effective_on[:7])
    return delta.before is None
