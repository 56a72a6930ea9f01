"""Release page: go-live, scope, baseline, implementation approach, draft Technical Specifications of one release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from bot.domain import dates
from bot.domain.claims import Reading
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block, Outline
from watchers.phrases.marks import RELEASE, marked
from watchers.recognisers._beside import without_headlines
from watchers.recognisers._findings import release_links, release_of, settled
from watchers.recognisers._teasers import without_teasers
from watchers.recognisers._walk.walk import Walk

KIND = "release-page"

_ADDRESS = re.compile(r"/(?P<month>[a-z]+)-(?P<year>20\d\d)-sec-(?:systems?-)?release/?$", re.IGNORECASE)
_NAME = re.compile(r"\W*(?:(?!⟦)[^.!?]{0,60}[:–—|>»/]\s*)?(?:the )?(?P<mark>⟦R\d+⟧)", re.IGNORECASE)
"""A release's name at the start of a heading, or after what leads to it: "SEC Releases » …", "Scope and dates: …"."""
_OPENING = re.compile(
    r"\W*(?:the )?⟦R\d+⟧(?!\s+(?:Implementation Document|page))[^⟦⟧]{0,60}?\b(?:live|implement\w*)\b", re.IGNORECASE
)
_TOP = 8
"""So many blocks are the top of a page: menus of a text extraction stand there too."""
_LONGEST_NAME = 110
_BARE_NAME = len("The November 2021 SEC Systems Release ")
_TEASERS = re.compile(r"\W*(?:latest|recent|our) (?:news|posts|updates)\W*$", re.IGNORECASE)
_POSTED = re.compile(r"^(?:posted|published|date)\b(?: on)?\s*:?\s*", re.IGNORECASE)
_PART = re.compile(r"\W*(?:\d+\.?\s+)?(?:purpose|background|(?:executive )?summary|introduction)\W*$", re.IGNORECASE)


def recognises(outline: Outline) -> float:
    """Return how sure it is: a release's name stands at the top and modifications, or facts of the release, below."""
    if outline.form == "feed":
        return 0.0
    address = 0.4 if _ADDRESS.search(outline.url) else 0.0
    if _is_post(outline):
        return address or 0.2
    headings = _headings(outline)
    if _calls_itself_a_paper(outline):
        return address or 0.2
    if headings and _named(headings[0]):
        return 0.8 if outline.form != "pdf" else 0.5
    if not any(MODIFICATION.search(block.text) or block.kind in ("row", "item") for block in outline.blocks):
        return address
    if any(_named(text) for text in _top(outline)):
        return 0.6 if outline.form != "pdf" else 0.45
    return 0.45 if _named(outline.title) or _opens_with_a_release(outline) else address


def _calls_itself_a_paper(outline: Outline) -> bool:
    """Whether a text speaks of itself as "this paper" and has a part that papers have: their first heading may be bare.

    A web page can speak of a paper, and have a part "Background": one alone is not enough, nor is either in markup.
    """
    texts = [block.text for block in outline.blocks]
    return (
        outline.form not in ("html", "feed")
        and any(_THIS_PAPER.search(text) for text in texts)
        and any(_PAPERS_PART.match(text) for text in texts)
    )


_THIS_PAPER = re.compile(r"\bthis paper\b", re.IGNORECASE)
_PAPERS_PART = re.compile(
    r"\W*(?:\d+\.?\s+)?(?:purpose|recommendations?|executive summary|attachments?)\W*$|"
    r"\W*\d+\.\s+(?:background|introduction|summary|overview|next steps)\W*$",
    re.IGNORECASE,
)


def _named(text: str) -> str:
    """Return the release whose name a heading or title is, "" where it is something else."""
    if MODIFICATION.match(text):
        return ""  # a modification that supports a release is named after it
    whole = marked(text)
    match = _NAME.match(whole.text)
    if not match or text.rstrip().endswith(".") or _NAMES_ANOTHER.search(match[0]):
        return ""
    return whole.marks[match["mark"][1:-1]].value


_NAMES_ANOTHER = re.compile(r"[MV]\d+⟧")
"""A modification or a version before a release's name, which is then part of a title or of what is told."""


def _top(outline: Outline) -> list[str]:
    """Return what may be the page's heading: the headings and short lines at its top, before any part of a paper."""
    top = [block.text for block in outline.blocks[:_TOP] if block.kind in ("heading", "paragraph") and not block.links]
    if any(_TEASERS.match(text) for text in top):
        return []
    return [text for text in takewhile(lambda text: not _PART.match(text), top) if len(text) <= _LONGEST_NAME]


def _opens_with_a_release(outline: Outline) -> bool:
    """Whether the first paragraph says when a release goes live: a page whose heading was lost."""
    first = next((block.text for block in outline.blocks if block.kind == "paragraph"), "")
    return bool(_OPENING.match(marked(first).text))


def _is_post(outline: Outline) -> bool:
    """Whether the page is news about a release: its heading says more than the name, and a date stands below."""
    for heading, below in pairwise(outline.blocks[:_TOP]):
        if heading.kind == "heading" and _named(heading.text):
            return len(heading.text) > _BARE_NAME and bool(dates.whole(_POSTED.sub("", below.text)))
    return False


def read(outline: Outline) -> Reading:
    """Return what a release page claims."""
    outline = without_teasers(outline)
    release = _release(outline)
    walk = Walk(release=release, own_page=True)
    if not release:
        walk.own_page = walk.context.own_page = False
    walk.read(_own_words(outline, release))
    return Reading(
        KIND,
        settled(walk.claims),
        about=f"release:{release}" if release else "",
        heading=next(iter(_headings(outline)), outline.title),
        doubts=walk.count_doubts(f"release:{release}", "in_scope"),
        residue=tuple(walk.residue),
        links=release_links(outline.blocks),
        passages=tuple(walk.passages),
    )


def _own_words(outline: Outline, release: str) -> Iterator[tuple[int, Block]]:
    """Yield the blocks that are the page's own, with their numbers in the outline."""
    own = {id(block) for block in without_headlines(outline, release).blocks} if release else None
    return ((number, block) for number, block in enumerate(outline.blocks) if own is None or id(block) in own)


def _headings(outline: Outline) -> list[str]:
    top = [block for block in outline.blocks if block.kind == "heading"]
    first = [block.text for block in top if block.level == 1]
    return [*first, *(block.text for block in top if block.level != 1)]


def _release(outline: Outline) -> str:
    """Return the release that a page is about: by its heading, its title, its address, else the one it names most."""
    for text in (*_headings(outline)[:1], *_top(outline), outline.title):
        if found := _named(text):
            return found
    for text in (*_headings(outline)[:1], outline.title):
        if found := release_of(text):
            return found
    if match := _ADDRESS.search(outline.url):
        return release_of(f"{match['month']} {match['year']} SEC Release")
    named = [release_of(m[0]) for block in outline.blocks for m in RELEASE.finditer(block.text)]
    return max(named, key=named.count) if named else ""
