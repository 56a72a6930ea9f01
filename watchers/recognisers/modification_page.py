"""Modification page: who proposed it, where it stands, whom and what it touches, its timeline, its latest update."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.claims import Doubt, Passage, Reading
from bot.domain.identifiers import MODIFICATION
from bot.domain.wording import words_alone
from watchers.outline import Block, Outline
from watchers.phrases import labels
from watchers.phrases.marks import marked
from watchers.phrases.titles import QUOTES, cleaned
from watchers.recognisers._findings import release_links, settled
from watchers.recognisers._modification.heading import NEAR, heading_of, main_blocks, near_heading, opened
from watchers.recognisers._modification.identity import ids_alone, is_register, named_near, own_id
from watchers.recognisers._modification.labelled import pairs_of
from watchers.recognisers._modification.names import (
    ID_ALONE,
    SITE,
    begins_named,
    first_id,
    is_name,
    is_specific,
    may_be_title,
    title_of,
)
from watchers.recognisers._modification.walk import ModificationWalk

KIND = "modification-page"
NO_ID = Doubt(
    "no_id", "The page is a modification's and does not say which: its id stands neither in its heading nor elsewhere."
)
_ADDRESS = re.compile(r"/modifications?/[a-z0-9-]+/?(?:$|[?#])", re.IGNORECASE)
_SIGNS = frozenset(
    {
        "status",
        "proposer",
        "path",
        "date",
        "parties",
        "parts",
        "systems",
        "update",
        "timeline",
        "analyst",
        "release",
        "files",
    }
)
_TELLING = frozenset({"proposer", "analyst", "path", "parties", "parts"})
"""Labels that hardly any page has but a modification's."""
_DELIVERED = re.compile(r"[\s,(–-]+(?P<part>part\s+(?:\d|one|two|three|four))\)?$", re.IGNORECASE)
_PRINTED = 5
"""Roles of labels that a page printed as a PDF has, and a paper below a modification's name does not."""


def recognises(outline: Outline) -> float:
    """Return how sure it is: a heading with one modification's id and title, labels that only such pages have."""
    if outline.form == "feed":
        return 0.0
    outline = opened(outline)
    heading = heading_of(outline)
    named = is_name(heading.text if heading else "") or is_name(SITE.sub("", outline.title))
    whole = named or bool(heading and begins_named(heading.text))
    if heading and not whole and (marked(heading.text).of("R") or marked(heading.text).of("V")):
        return 0.0
    main = list(main_blocks(outline, heading))
    roles = _roles(main)
    if heading and any(ids_alone(near_heading(outline, heading, main))):
        roles.add("id")
    telling = roles & _TELLING
    score = 0.0
    if len(roles) >= 3 and telling:
        score = 0.9 if named or "id" in roles else 0.75
    elif len(roles) >= 2 and (named or "id" in roles):
        score = 0.8
    elif named:
        score = 0.65
    elif heading and (_introduced(main, title_of(heading.text)) or ("id" in roles and is_specific(heading))):
        score = 0.6
    elif _ADDRESS.search(outline.url):
        score = 0.55
    elif "id" in roles:
        score = 0.4
    if is_register(main) and not named:
        score = min(score, 0.2)
    printed = named and len(roles) >= _PRINTED and bool(telling)
    return score * (0.5 if outline.form == "pdf" and not printed else 1.0)


def _fuller_name(own: str, words: str, outline: Outline, blocks: Sequence[tuple[int, Block]]) -> str:
    """Return the line near a heading of a few words that is the page's modification's name, "" for none."""
    heading = next((n for n, block in enumerate(outline.blocks) if block.text == words), 0)
    above = list(enumerate(outline.blocks[:heading]))
    found = named_near([*above[-NEAR:], *blocks[:NEAR]])
    return next((text for _, text in found if first_id(text) == own and title_of(text)), "")


def _introduced(main: Sequence[tuple[int, Block]], title: str) -> bool:
    """Whether the first lines are the modification's name again, or the first sentences name it by the title."""
    near = [block for _, block in main[:NEAR] if block.kind in ("heading", "paragraph")]
    if title and any(is_name(block.text) and words_alone(title_of(block.text)) == words_alone(title) for block in near):
        return True
    said = [marked(block.text) for block in near if block.kind == "paragraph"]
    titled = {mark.value for whole in said for mark in whole.of("M") if mark.title}
    return (
        bool(title)
        and len(titled) == 1
        and any(words_alone(mark.title) == words_alone(title) for whole in said for mark in whole.of("M"))
    )


def _roles(main: Sequence[tuple[int, Block]]) -> set[str]:
    """Return the roles of the labels that stand on a page, as labels."""
    found: set[str] = set()
    for _, block in main:
        if block.kind == "row" and len(block.cells) > 2:
            if len(block.cells) % 2 == 0 and all(labels.role(cell) for cell in block.cells[::2]):
                found |= {labels.role(cell) for cell in block.cells[::2]}
            continue
        found |= {pair.role for pair in pairs_of(block) if not labels.vague(pair.label)}
    return found & (_SIGNS | {"id"})


def read(outline: Outline) -> Reading:
    """Return what a modification's page claims; nothing where the page does not say which modification it is about."""
    outline = opened(outline)
    heading = heading_of(outline)
    own, number, quote = own_id(outline, heading)
    words = heading.text if heading else outline.title
    if not own:
        return Reading(KIND, heading=words, doubts=(NO_ID,))
    walk = ModificationWalk(own, flat=outline.form != "html")
    blocks = [(n, block) for n, block in main_blocks(outline, heading) if block is not heading]
    _named(walk, words, outline, blocks, number)
    walk.read(blocks)
    if own not in quote:
        walk.origins(quote, quote)
    return Reading(
        KIND,
        settled(walk.found()),
        about=f"modification:{own}",
        heading=words,
        links=release_links(outline.blocks),
        passages=(Passage(UPDATE, tuple(walk.updates)),) if walk.updates else (),
    )


UPDATE = "Latest update"
"""The heading under which a page's updates are watched, whatever words the page has for it."""


def _named(walk: ModificationWalk, words: str, outline: Outline, blocks: list[tuple[int, Block]], number: int) -> None:
    """Claim the title, and what the heading says beside it: the part delivered, the Draft Proposal that it was."""
    title, quote = title_of(words), words
    labelled = any(pair.role == "title" for _, block in blocks for pair in pairs_of(block))
    if labelled and labels.role(words):
        title = ""  # the page's first heading is but a section's: "Summary"
    if title and not MODIFICATION.search(words) and (fuller := _fuller_name(walk.own, words, outline, blocks)):
        title, quote = title_of(fuller), fuller
    if not title and (below := next((block for _, block in blocks[:2] if may_be_title(block)), None)):
        title, quote = title_of(below.text) or cleaned(below.text.strip(QUOTES + " ")), below.text
        blocks[:] = [(n, block) for n, block in blocks if block is not below]
    if not title and outline.form == "text" and ID_ALONE.fullmatch(words) and number:
        above = outline.blocks[number - 1]
        title, quote = (title_of(above.text), above.text) if may_be_title(above) and is_specific(above) else ("", words)
    if not title and not labelled:
        title, quote = title_of(SITE.sub("", outline.title)), outline.title
    walk.number, walk.heading = number, words
    names = marked(quote).of("M")
    part = next((mark.part for mark in names if mark.part), "")
    quoted = any(mark.title == title for mark in names)
    if not part and not quoted and (delivered := _DELIVERED.search(title)) and MODIFICATION.search(quote):
        title, part = title[: delivered.start()].strip(), delivered["part"]
    walk.claim("title", title, quote, "label")
    walk.claim("delivery_part", part, quote, "label")
    walk.origins(words, words)
    walk.origins(outline.title, outline.title)
