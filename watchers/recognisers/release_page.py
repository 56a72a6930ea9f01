"""Release page: go-live, scope, baseline, implementation approach, draft Technical Specifications of one release."""

from __future__ import annotations

import re

from bot.domain.claims import Reading
from watchers.outline import Outline
from watchers.phrases.marks import RELEASE, marked
from watchers.recognisers._findings import release_links, release_of, settled
from watchers.recognisers._teasers import without_teasers
from watchers.recognisers._walk import Walk, numbered

KIND = "release-page"

_ADDRESS = re.compile(r"/(?P<month>[a-z]+)-(?P<year>20\d\d)-sec-(?:systems?-)?release/?$", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:the )?⟦R\d+⟧", re.IGNORECASE)


def recognises(outline: Outline) -> float:
    """Return how sure it is: the page's heading is a release's name and modifications stand on it."""
    if outline.form == "feed":
        return 0.0
    about = _headings(outline)[:1]
    named = [text for text in (outline.title, *about) if _TITLE.match(marked(text).text)]
    lists = sum(1 for block in outline.blocks if block.kind in ("row", "item"))
    if about and named and _TITLE.match(marked(about[0]).text):
        return 0.8 if outline.form != "pdf" else 0.5
    return 0.45 if named and lists else 0.4 if _ADDRESS.search(outline.url) else 0.0


def read(outline: Outline) -> Reading:
    """Return what a release page claims."""
    outline = without_teasers(outline)
    release = _release(outline)
    walk = Walk(release=release, own_page=True)
    if not release:
        walk.own_page = walk.context.own_page = False
    walk.read(numbered(outline.blocks))
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


def _headings(outline: Outline) -> list[str]:
    top = [block for block in outline.blocks if block.kind == "heading"]
    first = [block.text for block in top if block.level == 1]
    return [*first, *(block.text for block in top if block.level != 1)]


def _release(outline: Outline) -> str:
    """Return the release that a page is about: by its heading, its title, its address, else the one it names most."""
    for text in (*_headings(outline)[:1], outline.title):
        if found := release_of(text):
            return found
    if match := _ADDRESS.search(outline.url):
        return release_of(f"{match['month']} {match['year']} SEC Release")
    named = [release_of(m[0]) for block in outline.blocks for m in RELEASE.finditer(block.text)]
    return max(named, key=named.count) if named else ""
