"""Where posts begin and end on a page: below headings with a version or a day, before what is of other posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchers.outline import Block, Outline
from watchers.phrases.marks import marked
from watchers.recognisers._post.post import CUT, Post
from watchers.recognisers._post.posted import dateline, posted_on

_TEASERS = re.compile(
    r"^\W*(?:(?:related|recent|latest|other|more|similar|previous|older|newer|"
    r"further|most (?:read|popular|viewed))\s+(?:sec\s+)?(?:posts?|news|articles?|stories|updates?|releases?)|"
    r"(?:more|also) (?:from|on|in) (?:secas|the sec|this site|our news|latest news|the news|news)\b.{0,20}|"
    r"elsewhere on (?:the|this|our) (?:site|website)|also on (?:the|this|our) (?:site|website)|other items|"
    r"most (?:read|popular|viewed)|"
    r"recommended(?: for you)?|trending|what to read next|up next|"
    r"you (?:may|might) also\b.*|see also|read next|share(?: this)?\b.*|categories|tags|archives?|"
    r"comments?|leave a (?:reply|comment)|subscribe\b.*|sign up\b.*|"
    r"post navigation|newsletter\b.*|follow us\b.*|popular\b.*)\W*$",
    re.IGNORECASE,
)
_LABELLED_TEASERS = re.compile(
    r"^\W*(?:related(?: (?:posts?|news|articles?|stories|links?))?|see also|read next|tagged|tags?|categor(?:y|"
    r"ies)|filed under|"
    r"posted in|share this|previous(?: post| article)?|next(?: post| article)?)\s*[:|»«→←]",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:released|published|implemented|effective|live|in effect|available|approved)\b", re.IGNORECASE
)


def posts(outline: Outline) -> list[Post]:
    """Return the posts of a page: what follows each heading that begins one."""
    blocks = _titled(outline.blocks)
    if any(_SEARCH.search(text) for text in (outline.title, *(block.text for block in blocks[:1]))):
        return []
    starts = list(_starts(blocks))
    if starts and _only_teases(blocks, starts[0]):
        return []
    if not starts:
        first = next((n for n, block in enumerate(blocks) if block.kind == "heading"), None)
        if first is None:
            return []
        starts = [first]
    found: list[Post] = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        inside = [(n, blocks[n]) for n in range(start + 1, end)]
        ends = (at for at, (_, block) in enumerate(inside) if _begins_teasers(block, top=at < _ABOVE_THE_TEXT))
        teasers = next(ends, None)
        found.append(_post(blocks[start], start, inside[:teasers]))
        if teasers is not None and inside[teasers][1].kind == "heading":
            break
    return found


def _titled(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks, with titles of posts that are marked up as words made headings, known by the day below.

    One alone may be a line of anything; several that are of the same make are an archive's.
    """
    blocks = _dates_below_titles(_without_site(blocks))
    if any(block.kind == "heading" and _dated_below(blocks, number) for number, block in enumerate(blocks)):
        return blocks
    if (first := _first_title(blocks)) is not None:
        return [replace(block, kind="heading", level=1) if n == first else block for n, block in enumerate(blocks)]
    titles = {number for number, block in enumerate(blocks) if _may_be_title(block) and _dated_below(blocks, number)}
    named = [number for number in titles if marked(blocks[number].text).of("V")]
    if len(titles) < _SEVERAL or not named:
        return blocks
    return [replace(block, kind="heading", level=2) if n in titles else block for n, block in enumerate(blocks)]


def _without_site(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with the site's name off the first line, as a page's title has it: "… | Smart Energy Code"."""
    first = blocks[0] if blocks else None
    if first is None or first.kind != "row" or len(first.cells) != len(("title", "site")):
        return blocks
    named = re.fullmatch(r"(?:the )?(?:Smart Energy Code(?: Company)?|SECAS|SEC)(?: Ltd| Limited)?\W*", first.cells[1])
    return [Block("paragraph", first.cells[0], links=first.links), *blocks[1:]] if named else blocks


def _dates_below_titles(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with each line of posting that is set as a heading made a line below its title, the heading."""
    found = list(blocks)
    for number in range(1, len(blocks)):
        above, line = found[number - 1], found[number]
        title = above.kind == "paragraph" and not above.text.rstrip().endswith((".", ":", ";", "»"))
        if line.kind == "heading" and posted_on(line) and title and len(above.text) <= _LONGEST_TITLE:
            found[number - 1] = replace(above, kind="heading", level=line.level)
            found[number] = replace(line, kind="paragraph", level=0)
    return found


def _first_title(blocks: Sequence[Block]) -> int | None:
    """Return where the one post of a page without headings has its title: its first line, with the day below it."""
    dated = [n for n in range(len(blocks)) if _dated_below(blocks, n)]
    if len(dated) != 1 or dated[0] > 1:
        return None
    title = blocks[dated[0]]
    if any(block.kind == "heading" for block in blocks) and not _may_be_title(title):
        return None
    plain = title.kind == "paragraph" and not title.text.rstrip().endswith((".", ":", ";"))
    return dated[0] if plain and len(title.text) <= _LONGEST_TITLE else None


_SEVERAL = 2
_LONGEST_TITLE = 140


def _may_be_title(block: Block) -> bool:
    """Whether a line could be a post's title: it names what the post is about, and is no sentence."""
    if block.kind != "paragraph" or len(block.text) > _LONGEST_TITLE or block.text.rstrip().endswith((".", ":", ";")):
        return False
    whole = marked(block.text)
    return bool(whole.of("V") or whole.of("M") or whole.of("R"))


def _dated_below(blocks: Sequence[Block], number: int) -> bool:
    """Whether a line with the day of posting stands below a block."""
    below = blocks[number + 1] if number + 1 < len(blocks) else None
    return below is not None and below.kind != "row" and bool(posted_on(below))


_SEARCH = re.compile(
    r"^\W*(?:you searched for\b|search(?: results)?(?: for)?\s*[:“\"‘']|search results\b)", re.IGNORECASE
)
"""What heads the answer to a search: what is in it is the reader's words, and beginnings of other pages."""
_ABOUT_NEWS = re.compile(r"\b(?:news|posts?|tag|archives?|releases?|updates?|category)\b", re.IGNORECASE)


def _only_teases(blocks: Sequence[Block], start: int) -> bool:
    """Whether posts stand below "Latest news" on a page that is itself about something else: the site's start."""
    above = blocks[:start]
    headings = [block for block in above if block.kind == "heading"]
    if _are_teasers(headings, blocks[len(above) :]):
        return True
    top = [block for block in headings if block.level == 1 and not _TEASERS.match(block.text)]
    about_news = any(_ABOUT_NEWS.search(block.text) for block in top)
    return bool(top) and not about_news and any(_TEASERS.match(block.text) for block in headings if block.level != 1)


def _are_teasers(above: Sequence[Block], posts_: Sequence[Block]) -> bool:
    """Whether what stands below a heading of another theme are cut beginnings of posts, none of them whole."""
    heads = [block for block in posts_ if block.kind == "heading"]
    themes = [block.text for block in above if block.level == 1 and not marked(block.text).of("V")]
    below = bool(heads) and all(head.level > 1 for head in heads)
    if not (themes and below) or any(map(_ABOUT_NEWS.search, themes)):
        return False
    cut = sum(1 for block in posts_ if block.kind != "heading" and CUT.search(block.text))
    return cut >= len(heads)


_ABOVE_THE_TEXT = 3
"""So many lines below a post's heading may name its date, category and tags."""


def _begins_teasers(block: Block, *, top: bool) -> bool:
    """Whether what follows on the page is of other posts: below "Related posts", beside "Tags:"."""
    if block.kind != "heading" and top:
        return False
    if block.kind == "item" and not _LABELLED_TEASERS.match(block.text):
        return False
    return len(block.text) < 160 and bool(_TEASERS.match(block.text) or _LABELLED_TEASERS.match(block.text))


def _post(heading: Block, number: int, inside: list[tuple[int, Block]]) -> Post:
    posted = next((value for _, block in inside[:3] if block.kind != "heading" and (value := posted_on(block))), "")
    if inside and inside[0][1].kind == "heading" and (value := posted_on(inside[0][1])):
        posted = value
    posted = posted or next((value for _, block in inside[:2] if (value := dateline(block))), "")
    truncated = bool(inside) and any(CUT.search(block.text) for _, block in inside[-2:])
    url = heading.links[0].url if heading.links else ""
    return Post(heading, number, tuple(inside), posted, truncated, url)


def _starts(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield where posts begin: at a heading that names a version of the SEC, or below which a date stands."""
    current, level = "", 0
    for number, block in enumerate(blocks):
        if block.kind != "heading" or _TEASERS.match(block.text):
            continue
        named = marked(block.text).values("V")
        dated = _dated_below(blocks, number)
        if named and not dated and _set_again(blocks, number, named[0]):
            continue
        alike = block.level == level and bool(_BEGINS_WITH_VERSION.match(block.text))
        if named and (_LATER.search(block.text) or dated or alike or not current) and named[0] != current:
            current, level = named[0], block.level
            yield number
        elif dated and not named:
            current = ""
            yield number


def _set_again(blocks: Sequence[Block], number: int, version: str) -> bool:
    """Whether the next line is a heading of the same version with the day below: this one is where it is filed."""
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    again = after is not None and after.kind == "heading" and version in marked(after.text).values("V")
    return again and _dated_below(blocks, number + 1)


_BEGINS_WITH_VERSION = re.compile(r"\W*(?:the )?(?:new )?(?:SEC|Smart Energy Code)\W+(?:v|\d)", re.IGNORECASE)
"""How a heading of a post begins that stands at the level of the post before; "What came with SEC v62.0?" asks."""
