"""Feed: its entries are posts; one that is cut short claims only what is whole in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.claims import Reading
from watchers.outline import Block, Outline
from watchers.recognisers._post.post import Post
from watchers.recognisers._post.split import posts
from watchers.recognisers.news import reading

KIND = "feed"


def recognises(outline: Outline) -> float:
    """Return how sure it is: a feed says that it is one."""
    return 1.0 if outline.form == "feed" else 0.0


def read(outline: Outline) -> Reading:
    """Return what the entries of a feed claim. A page that is no feed is read as news."""
    if outline.form != "feed":
        return reading(outline, posts(outline), KIND)
    return reading(outline, tuple(_entries(outline)), KIND)


def _entries(outline: Outline) -> Iterator[Post]:
    blocks: dict[int, list[tuple[int, Block]]] = {}
    for n, block in enumerate(outline.blocks):
        blocks.setdefault(block.entry, []).append((n, block))
    for number, entry in enumerate(outline.entries, 1):
        inside = blocks.get(number, [])
        if not entry.title and not inside:
            continue
        heading = Block("heading", entry.title, level=1, entry=number)
        start = inside[0][0] if inside else 0
        if inside and inside[0][1].kind == "heading" and inside[0][1].text == entry.title:
            inside = inside[1:]
        post = Post(heading, start, tuple(inside), entry.posted_on, entry.truncated)
        yield replace(post, url=entry.url, dated=entry.dated)
