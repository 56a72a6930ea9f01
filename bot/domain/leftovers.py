"""What is odd about a reading when all is read: another page's name, a status never seen, rows that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain import identifiers
from bot.domain.claims import Doubt, Reading
from bot.domain.evidence import place_of

MOST_SILENT = 3
"""So many rows may say nothing before a page is in doubt, or as many as say something where that is more."""
SHOWN, MOST_SHOWN = 160, 5
"""Characters of a row, and rows, that a doubt quotes."""


def doubts(reading: Reading, texts: Sequence[str], *, title: str = "", sure: float = 1.0) -> tuple[Doubt, ...]:
    """Return the doubts of a reading as a whole. `sure`: how sure its recogniser is that the page is of its kind."""
    found = [*_unnamed(reading, texts, title), *_new_statuses(reading), *_not_understood(reading)]
    if not reading.claims and not sure and reading.kind != "feed":
        found.append(Doubt("not_this_kind", f"The page is no {reading.kind.replace('-', ' ')}, and says nothing."))
    return tuple(found)


def _unnamed(reading: Reading, texts: Sequence[str], title: str) -> Iterator[Doubt]:
    """A page at a release's address that does not speak of that release is another page."""
    if reading.kind != "release-page" or not reading.about or not reading.claims:
        return
    name = identifiers.release_name(reading.about.partition(":")[2])
    month, _, year = name.partition(" ")
    form = re.compile(
        rf"\b{month}\b[\s,–—(-]*(?:SEC (?:Systems? )?Release\W+)?(?:\S+\s+){{0,4}}?{year}\b", re.IGNORECASE
    )
    if not any(form.search(text) for text in (title, *texts)):
        yield Doubt("another_page", f"The page nowhere names the {name} release.")


def _new_statuses(reading: Reading) -> Iterator[Doubt]:
    """A status that was never seen before is believed as it is printed, and people are to know of it."""
    new: dict[str, list[str]] = {}
    for claim in reading.claims:
        if claim.attribute == "status" and claim.value.startswith("other:"):
            new.setdefault(claim.value.removeprefix("other:"), []).append(claim.key)
    for status, ids in new.items():
        yield Doubt("status_unknown", f"A status never seen before: “{status}” ({_some(ids)}).", grave=False)


def _not_understood(reading: Reading) -> Iterator[Doubt]:
    """Rows that look like ours and say nothing that is understood; grave where they are most of the page's rows."""
    if not reading.residue:
        return
    silent = _silent(reading)
    read = {c.evidence.block for c in reading.claims if "row" in c.evidence.rule}
    rows = "; ".join(f"“{row[:SHOWN]}{'…' if len(row) > SHOWN else ''}”" for row in reading.residue[:MOST_SHOWN])
    count = len(reading.residue)
    more = f" and {count - MOST_SHOWN} more" if count > MOST_SHOWN else ""
    said = "A row looks" if count == 1 else f"{count} rows look"
    yield Doubt(
        "residue",
        f"{said} like the Smart Energy Code's and could not be understood: {rows}{more}.",
        grave=len(silent) > max(MOST_SILENT, len(read)),
    )


def _silent(reading: Reading) -> list[str]:
    """Return the rows of whose piece nothing is claimed; a row begins with an id: pieces with that are looked into."""
    telling = {claim.evidence.block for claim in reading.claims}
    naming: dict[str, list[int]] = {}
    for n, piece in enumerate(reading.pieces):
        for named in dict.fromkeys(match[0] for match in identifiers.MODIFICATION.finditer(piece)):
            naming.setdefault(named, []).append(n)
    places = {row: _place(row, reading.pieces, naming) for row in dict.fromkeys(reading.residue)}
    return [row for row in reading.residue if places[row] not in telling]


def _place(row: str, pieces: Sequence[str], naming: Mapping[str, Sequence[int]]) -> int | None:
    """Return the first piece in which a row stands."""
    begins = identifiers.MODIFICATION.match(row)
    within = range(len(pieces)) if begins is None else naming.get(begins[0], ())
    return next((n for n in within if place_of(row, pieces[n : n + 1]) is not None), None)


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST_SHOWN]) + (f" and {len(ids) - MOST_SHOWN} more" if len(ids) > MOST_SHOWN else "")
