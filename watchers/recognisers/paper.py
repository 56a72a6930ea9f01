"""Paper to the Panel or one of its groups: scope with status in prose, impacts, change requests, cut-offs, requests."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.domain import dates
from bot.domain.claims import Item, Reading
from watchers.outline import Outline
from watchers.phrases.marks import marked
from watchers.recognisers import _paper_signs
from watchers.recognisers._findings import release_links, release_of, settled, slug
from watchers.recognisers._teasers import without_teasers
from watchers.recognisers._walk.kinds import is_flat
from watchers.recognisers._walk.walk import Walk

KIND = "paper"
_LONGEST_TITLE = 130


def recognises(outline: Outline) -> float:
    """Return how sure it is: signs of a paper above its text or within it, and that it came as PDF."""
    if outline.form == "feed":
        return 0.0
    above, signs = _paper_signs.above(outline), _paper_signs.within(outline)
    sure = 0.0 if not above else 0.95 if above > 1 or outline.form != "html" else 0.5
    pdf = 0.35 if outline.form == "pdf" else 0.0
    return max(sure, min(pdf + 0.3 * signs, 0.95) if signs or pdf else 0.0)


def read(outline: Outline) -> Reading:
    """Return what a paper claims; a paper is one item of the stream of papers."""
    outline = without_teasers(outline)
    heading = next((block.text for block in outline.blocks if block.kind == "heading"), outline.title)
    posted = _dated(outline)
    item = Item(slug(f"{heading} {posted}") or slug(outline.url) or "paper", heading, posted)
    walk = Walk(release=_only_release(outline), item=item.key, flat=is_flat(outline.blocks))
    walk.read(enumerate(outline.blocks))
    return Reading(
        KIND,
        settled(walk.claims),
        heading=heading,
        stream=True,
        items=(item,),
        residue=tuple(walk.residue),
        links=release_links(outline.blocks),
        passages=tuple(walk.passages),
    )


def _dated(outline: Outline) -> str:
    """Return the date of a paper: what stands alone on a line, the last such; "" for none."""
    alone = [value for block in outline.blocks if block.kind != "row" and (value := dates.whole(block.text))]
    labelled = [
        match[1]
        for block in outline.blocks
        if (match := re.fullmatch(r"(?:paper |meeting )?date(?: of meeting)?\s*[:|]\s*(.+)", block.text, re.IGNORECASE))
    ]
    return next((value for text in labelled if (value := dates.whole(text))), alone[-1] if alone else "")


def _only_release(outline: Outline) -> str:
    """Return the release that the whole paper is about, where its sections don't say: its title's, or the only one that
    the lines above its first heading name, or else the whole paper
    where its title has the month.
    """
    title = next((block.text for block in outline.blocks if block.kind == "heading"), "")
    if named := release_of(title):
        return named
    above = takewhile(lambda block: block.kind not in ("heading", "row"), outline.blocks)
    lines = [block.text for block in above if len(block.text) <= _LONGEST_TITLE and not block.text.endswith(".")]
    releases = {value for text in lines for value in marked(text).values("R")}
    if not releases:
        months = {value for text in (title, *lines) for value in marked(text).values("D")}
        named_at_all = {value for block in outline.blocks for value in marked(block.text).values("R")}
        releases = named_at_all if named_at_all <= months else set()
    return releases.pop() if len(releases) == 1 else ""
