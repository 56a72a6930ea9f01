"""News: one post, an archive of posts one after another, or the entries of a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.claims import Claim, Doubt, Item, Reading
from watchers.outline import Block, Outline
from watchers.phrases.marks import marked
from watchers.recognisers import _newsletter
from watchers.recognisers._findings import release_links, settled
from watchers.recognisers._post.post import CUT, Post
from watchers.recognisers._post.posted import dateline, posted_on
from watchers.recognisers._post.split import posts
from watchers.recognisers._post.walk import PostWalk
from watchers.recognisers._teasers import without_teasers

KIND = "news"
REFUSED = "Entries about the United States' Securities and Exchange Commission were left out."


def recognises(outline: Outline) -> float:
    """Return how sure it is: headings of posts, each with a version of the SEC or a date below."""
    if outline.form == "feed":
        return 0.0
    if _newsletter.is_newsletter(outline):
        return 0.95 if _newsletter.is_named(outline) else 0.6
    found = posts(without_teasers(outline))
    versions = [post for post in found if marked(post.heading.text).of("V")]
    if versions:
        return 0.9
    dated = [post for post in found if post.posted_on]
    address = 0.5 if re.search(r"/(?:latest-)?news/|/tag/", outline.url) else 0.0
    headed = 0.3 if found and _NEWS.search(found[0].heading.text) and _tells(found[0]) else 0.0
    alone = len(dated) == len(found) == 1
    single = (0.9 if alone and dated[0].version else 0.7 if alone and _tells(dated[0]) else 0.3) if dated else 0.0
    return max(0.6 if len(dated) > 1 else single, address, headed)


_NEWS = re.compile(
    r"\b(?:headlines|decisions?|outcomes?|news|approv(?:es|ed)|reject(?:s|ed)|sen(?:ds|t) back|withdrawn|"
    r"consultation|raised|"
    r"update|implemented)\b",
    re.IGNORECASE,
)


def _tells(post: Post) -> bool:
    """Whether a post tells of modifications."""
    return any(marked(block.text).of("M") for _, block in post.blocks[:12])


def read(outline: Outline) -> Reading:
    """Return what a post, each post of an archive, or each item of a newsletter claims."""
    if _newsletter.is_newsletter(outline):
        return _newsletter.read(outline, KIND)
    return reading(outline, posts(outline), KIND)


def reading(outline: Outline, found: Sequence[Post], kind: str) -> Reading:
    """Return what posts claim, each an item of a stream."""
    claims: list[Claim] = []
    residue: list[str] = []
    doubts: list[Doubt] = []
    items: dict[str, Item] = {}
    refused = 0
    for post in found:
        if post.key in items:
            continue
        if post.is_foreign:
            refused += 1
            continue
        walk = read_post(post)
        counted = () if post.truncated else walk.count_doubts(f"version:{post.version}", "implements")
        # One post among several that lacks half of what it counts is taken for cut short, and stops no other.
        cut = post.truncated or (len(found) > 1 and any(doubt.grave for doubt in counted))
        doubts += [replace(doubt, grave=False) for doubt in counted] if cut else counted
        items[post.key] = Item(post.key, post.heading.text, post.posted_on, cut, post.url)
        claims += settled(walk.claims)
        residue += walk.residue
    if refused:
        doubts.append(Doubt("other_sec", REFUSED, grave=not items))
    heading = next((block.text for block in outline.blocks if block.kind == "heading"), outline.title)
    return Reading(
        kind,
        settled(claims, tuple(items.values())),
        heading=heading.strip(" »"),
        stream=True,
        items=tuple(items.values()),
        doubts=tuple(doubts),
        residue=tuple(residue),
        links=release_links(outline.blocks),
    )


def read_post(post: Post) -> PostWalk:
    """Read one post."""
    walk = PostWalk(item=post.key)
    walk.begin(post.heading, post.number, post.version)
    near = post.blocks[:3] if post.posted_on else ()
    below = (pair for pair in near if posted_on(pair[1]) == post.posted_on)
    begins = (pair for pair in near if dateline(pair[1]) == post.posted_on)
    alone = next(below, None)
    number, first = alone or next(begins, (post.number, None))
    if post.posted_on:
        walk.posted(post.posted_on, first.text if first else post.dated or post.posted_on, number)
    walk.read((n, block) for n, block in _whole(post) if alone is None or block is not alone[1])
    for number, block in post.blocks[-2:] if post.truncated else ():
        walk.read_cut(number, block)
    walk.finish()
    return walk


def _whole(post: Post) -> Iterator[tuple[int, Block]]:
    """Yield a post's blocks; of one that is cut short only the sentences that are whole."""
    for number, block in post.blocks:
        if not post.truncated or not CUT.search(block.text):
            yield number, block
            continue
        text = CUT.sub("", block.text).strip()
        ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)", text)]
        if ends and ends[-1] > 0 and block.kind != "row":
            yield number, Block(block.kind, text[: ends[-1]], block.level)
