"""What kind of block a walk has before it: a row of a history, a card, a name alone, running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.domain import dates, statuses
from watchers.outline import Block
from watchers.phrases import columns, events, stages
from watchers.phrases.rows import Row

_LABELS = re.compile(
    r"(?:^|(?<=\s))(?P<label>(?:Impacts?|Affects?) [^?:.]{1,40}\?:?|(?:Impacts?|Affects?) [\w ]{2,30}:|"
    r"(?:Current )?[Ss]tatus:|Path:|Decision (?:path|cut-off|by):|"
    r"Change Board (?:vote|date):|Approved(?: on)?:|Implementation date:|Target(?:ed)? release:|"
    r"Raised(?: on)?:|Stage:)\s*"
)
_DAY = len("2022-11-03")
_SCOPE_CELLS = 3
"""A scope, the day of a meeting, whether it is baselined."""
_FEWEST_WORDS = 3


def happened_row(block: Block) -> str:
    """Return the sentence that a row of a history makes, "On 18 April 2024, the Authority approved MP218.", or "".

    A date first and a sentence with its stop beside it; a row of a table whose other cells are fields is none.
    """
    if block.kind != "row" or len(block.cells) != 2:
        return ""
    date, told = block.cells[0], block.cells[1]
    if len(dates.whole(date) or "") != _DAY or not re.search(r"[a-z][.)]$", told) or len(told.split()) < _FEWEST_WORDS:
        return ""
    article = re.match(r"(?:The|An?|Its?|Scope) ", told)
    return f"On {date}, {told[0].lower() + told[1:] if article else told}"


_WHETHER_BASELINED = re.compile(
    r"\W*(?:(?:yes|done)\W+)?(?P<what>base-?lined)\W*|"
    r"\W*(?:(?:no|not yet)\W+)?(?P<to_come>(?:due |expected |planned )?to be base-?lined)\W*",
    re.IGNORECASE,
)


def baselined_row(block: Block) -> str:
    """Return the sentence that a row makes of a scope, its meeting and whether it is baselined by then, or ""."""
    if block.kind != "row" or len(block.cells) != _SCOPE_CELLS:
        return ""
    scope, date, told = block.cells
    done = _WHETHER_BASELINED.fullmatch(told)
    return (
        f"{scope}: {(done['what'] or done['to_come']).lower()} on {date}."
        if done and len(dates.whole(date) or "") == _DAY
        else ""
    )


def is_card(found: Row, block: Block) -> bool:
    """Whether a heading is a modification's name, with or without its title, and facts of it."""
    if not found.title:
        return not found.cells and not re.sub(r"[\W_]", "", block.text[len(found.mark.text) :])
    return all(columns.field(cell.header, cell.text) is not None for cell in found.cells)


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence or more, and so no row of the table of drafts whatever it begins with."""
    return block.kind == "paragraph" and (len(block.text) > 200 or block.text.rstrip().endswith("."))


def is_named_only(found: Row) -> bool:
    """Whether a line is a name with its title and nothing more: a row that no markup shows as one."""
    return bool(found.mark.title) and not found.cells


def is_titled(found: Row, block: Block) -> bool:
    """Whether a line is a name and a title without quotes: "CR5120 – Firmware signing key replacement"."""
    return bool(found.title) and not found.cells and not block.text.rstrip().endswith(".")


def pieces_of(text: str) -> list[str]:
    """Part a cell where labels, semicolons or dashes part it."""
    starts = [match.start() for match in _LABELS.finditer(text)]
    if len(starts) > 1 or (starts and starts[0] > 0):
        cuts = sorted({0, *starts, len(text)})
        return [piece for begin, end in pairwise(cuts) if (piece := text[begin:end].strip(" ;,"))]
    return [piece for piece in re.split(r";\s+|(?:^|\s+)[–—-]\s+", text) if piece.strip()]


_HAS_A_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|may|might|could|should|must|can|if|not|no|expected|proposed|"
    r"to)\b|[.;]\s",
    re.IGNORECASE,
)
_LONGEST_EVENT = 70


def labels_without_a_verb(text: str) -> list[columns.Field]:
    """Return what a cell of a few words and a day tells: "Implemented 9 July 2025", "Impact Assessment requested …"."""
    if len(text) > _LONGEST_EVENT or _HAS_A_VERB.search(text) or not dates.find(text):
        return []
    if (told := stages.stage(text)) and told.fields:
        return [("status", told.status), *told.fields]
    return [field for event in events.split(text) for field in events.fields(event)]


_APPROVED_THEN = re.compile(
    r"^\W*approved\.\s+(?:the |its )?(?:SEC )?Change Board(?:’s|'s)? (?:decision|vote) (?:was )?(?:taken|made|"
    r"given|held|came|took place) on "
    r"(?P<on>.{6,30})",
    re.IGNORECASE,
)
_AT_A_VOTE = re.compile(
    r"\W*(?:SEC )?Change Board (?:vote|decision|meeting)\b(?: held)?\W*(?:on |of )?(?P<on>.+)", re.IGNORECASE
)


def approved_at_vote(cells: Sequence[str]) -> str:
    """Return the day of a Change Board vote in a row that says "Approved" beside it and nothing of the Authority."""
    for told in (match for cell in cells if (match := _APPROVED_THEN.search(cell))):
        return next((one.value for one in dates.find(told["on"])[:1]), "")
    if not any(statuses.named(cell) == "approved" for cell in cells) or re.search(
        r"\b(?:Authority|Ofgem)\b", " ".join(cells), re.IGNORECASE
    ):
        return ""
    held = next((match for cell in cells if (match := _AT_A_VOTE.fullmatch(cell))), None)
    return (dates.whole(held["on"]) or "") if held else ""


def is_flat(blocks: Iterable[Block]) -> bool:
    """Whether headings show no order of sections within sections."""
    levels = [block.level for block in blocks if block.kind == "heading"][1:]
    return len(set(levels)) <= 1
