"""A draft Technical Specification is listed for a release for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "specification_listed"
ORDER = 72


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each release and part; then for each document that no release names."""
    explained: set[str] = set()
    for delta in differences.added("document", "release"):
        subject = f"document:{delta.subject.partition(':')[2]}/{delta.after}"
        explained.add(subject)
        companions = differences.companions(subject) if differences.came(subject) else []
        facts = described(differences, subject)
        yield made(KIND, [delta], Weight.NORMAL, about=(subject,), facts=facts, companions=companions)
    for subject in dict.fromkeys(d.subject for d in differences.deltas if d.subject.startswith("document:")):
        if differences.came(subject) and subject not in explained:
            mine = sorted(differences.about_subject(subject), key=lambda d: d.attribute != "version")
            yield made(KIND, mine, Weight.NORMAL, facts=described(differences, subject))


def described(differences: Differences, subject: str) -> dict[str, str]:
    """Return what a page says of a document now, or said before it went."""
    release, _, part = subject.partition(":")[2].rpartition("/")
    said = {name: differences.now(subject, name) or differences.was(subject, name) for name in SAID}
    return {"part": part, "release": release, **said}


SAID = ("title", "version", "draft", "published_on")
