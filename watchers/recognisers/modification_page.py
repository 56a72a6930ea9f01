"""Modification page: who proposed it, where it stands, whom and what it touches, its timeline, its latest update."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.claims import Doubt, Passage, Reading
from bot.domain.identifiers import MODIFICATION, canonical, identity, is_draft_proposal
from watchers.outline import Block, Outline
from watchers.phrases import labels
from watchers.phrases.marks import marked
from watchers.phrases.titles import QUOTES, cleaned
from watchers.recognisers._findings import release_links, settled
from watchers.recognisers._modification.labelled import pairs_of
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
_SITE = re.compile(
    r"\s*(?:\||[–—»]|-(?=\s))\s*(?:the )?(?:smart energy code\b.*|SECAS\b.*|SEC(?: Company)?|modifications?|"
    r"gemserv\b.*|smart energy code company\b.*)$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\W*(?:(?:sec )?modifications?(?: proposals?| details?| page|"
    r" register| overview)?|smart energy code\b.*|home|draft proposals?|"
    r"secas|welcome.*|overview|details?|menu|search|proposal|(?:skip|jump) to .*|(?:modification|page) (?:home|menu)|"
    r"accept(?: all)?(?: cookies)?|back to .*|log ?in|sign in)\W*",
    re.IGNORECASE,
)
_BEFORE_ID = (
    r"(?:(?:sec )?(?:modification(?: proposal)?|draft proposal|"
    r"proposal|change)\s*(?:no\.?|number|ref\w*)?\s*[:–—-]?\s*)?"
)
_ID = r"(?:SECMP\s?\d{4}|[MD]P\s?\d{3,4})[A-D]?"
_ALONE = re.compile(rf"\W*{_BEFORE_ID}{_ID}\W*", re.IGNORECASE)
"""A line that gives an id and nothing else: "Modification Proposal MP101"."""
_FORMER = re.compile(r"\s*[(\[](?:formerly|previously|originally|was|once)\b[^()\[\]]*[)\]]", re.IGNORECASE)
"""The name that it had before."""
_LED = re.compile(
    rf"^\W*{_BEFORE_ID}{_ID}(?:\s*\((?:formerly|previously|was|originally)?\s*{_ID}\))?\s*[:|–—-]?\s*", re.IGNORECASE
)
_CLOSED = re.compile(
    rf"\s*(?:[(\[]|[:|–—-]\s)\s*(?:(?:formerly|previously|was|now)\s+)?{_BEFORE_ID}{_ID}[^()]{{0,40}}[)\]]?\s*$",
    re.IGNORECASE,
)
_MODIFICATION_FIELD = re.compile(
    r"(?:SEC )?(?:modification|draft)(?: proposal)?\s*[:|–—-]\s*(?=SECMP|[MD]P)", re.IGNORECASE
)
_THIS = re.compile(
    r"\bthis (?:draft )?(?:modification|proposal)(?: proposal)?\s*(?:\(|,)\s*(?P<M>⟦M\d+⟧)", re.IGNORECASE
)
_TRAIL = re.compile(r"^\W*(?:home|modifications?)\s*(?:[>»›/|]|→)|[>›→].*[>›→]", re.IGNORECASE)
"""A trail of pages that leads here ("Home > Modifications > MP101")."""
_DELIVERED = re.compile(r"[\s,(–-]+(?P<part>part\s+(?:\d|one|two|three|four))\)?$", re.IGNORECASE)


_TOP = 24
"""Blocks at the top of a page among which its heading stands, after what leads there."""
_PRINTED = 5
"""Roles of labels that a page printed as a PDF has, and a paper below a modification's name does not."""
_MENU = frozenset({"update", "timeline", "files", "prose", "parts"})
"""Roles of labels that stand in menus too: "News", "Events", "Documents", "About"."""
_LONGEST_NAME = 200
"""Characters of a line that is a modification's name, its id and title."""
_NEAR = 4
"""Blocks above and below the heading among which a line with the id alone belongs to it."""


def recognises(outline: Outline) -> float:
    """Return how sure it is: a heading with one modification's id and title, labels that only such pages have."""
    if outline.form == "feed":
        return 0.0
    outline = _opened(outline)
    heading = _heading(outline)
    named = _shaped(heading.text if heading else "") or _shaped(_SITE.sub("", outline.title))
    if (heading and marked(heading.text).of("R")) or (heading and marked(heading.text).of("V")):
        return 0.0
    main = list(_main(outline, heading))
    roles = _roles(main)
    if heading and any(_alone(_near(outline, heading, main))):
        roles.add("id")
    telling = roles & _TELLING
    score = 0.0
    if len(roles) >= 3 and telling:
        score = 0.9 if named or "id" in roles else 0.75
    elif len(roles) >= 2 and (named or "id" in roles):
        score = 0.8
    elif named:
        score = 0.65
    elif heading and (_introduced(main, _title(heading.text)) or ("id" in roles and _is_specific(heading))):
        score = 0.6
    elif _ADDRESS.search(outline.url):
        score = 0.55
    if _register(main) and not named:
        score = min(score, 0.2)
    printed = named and len(roles) >= _PRINTED and bool(telling)
    return score * (0.5 if outline.form == "pdf" and not printed else 1.0)


def _introduced(main: Sequence[tuple[int, Block]], title: str) -> bool:
    """Whether the first lines are the modification's name again, or the first sentences name it by the title."""
    near = [block for _, block in main[:_NEAR] if block.kind in ("heading", "paragraph")]
    if title and any(_shaped(block.text) and _plain(_title(block.text)) == _plain(title) for block in near):
        return True
    said = [marked(block.text) for block in near if block.kind == "paragraph"]
    titled = {mark.value for whole in said for mark in whole.of("M") if mark.title}
    return (
        bool(title)
        and len(titled) == 1
        and any(_plain(mark.title) == _plain(title) for whole in said for mark in whole.of("M"))
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


def _register(main: Sequence[tuple[int, Block]]) -> bool:
    """Whether a page lists several modifications, each in a row: a register, a list of consultations."""
    listed = {
        canonical(match)
        for _, block in main
        if block.kind in ("row", "item") and (match := MODIFICATION.match(block.text))
    }
    return len({identity(id_) for id_ in listed}) >= 3


def _shaped(text: str) -> bool:
    """Whether a heading is a modification's name and nothing else: its id with a title, no sentence."""
    named = {identity(canonical(match)) for match in MODIFICATION.finditer(text)}
    if len(named) != 1:
        return False
    whole = marked(text)
    marks = whole.of("M")
    if not marks:  # the id stands within another name: "Schedule 8 'DP188'"
        return False
    rest = _CLOSED.sub("", _LED.sub("", text)).strip()
    if marks[0].title:
        rest = re.sub(
            r"⟦\w+⟧|[\W_]|modification|proposal|draft|sec|part \w+|formerly|previously|was",
            "",
            whole.text,
            flags=re.IGNORECASE,
        )
        return not rest
    begins = bool(_LED.match(text)) or bool(_CLOSED.search(text))
    return begins and not re.search(
        r"\b(?:approved|released|published|implemented|rejected|withdrawn|"
        r"sent back|consultation|decision|is|are|was|has|update|"
        r"proposed|report|paper|minutes|agenda|opens?|closes?|out for|seeks?|raised|split)\b",
        rest,
        re.IGNORECASE,
    )


def read(outline: Outline) -> Reading:
    """Return what a modification's page claims; nothing where the page does not say which modification it is about."""
    outline = _opened(outline)
    heading = _heading(outline)
    own, number, quote = _own(outline, heading)
    words = heading.text if heading else outline.title
    if not own:
        return Reading(KIND, heading=words, doubts=(NO_ID,))
    walk = ModificationWalk(own, flat=outline.form != "html")
    blocks = [(n, block) for n, block in _main(outline, heading) if block is not heading]
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
    title = _title(words)
    quote = words
    if not title and (below := next((block for _, block in blocks[:2] if _may_be_title(block)), None)):
        title, quote = _title(below.text) or cleaned(below.text.strip(QUOTES + " ")), below.text
        blocks[:] = [(n, block) for n, block in blocks if block is not below]
    if not title and outline.form == "text" and _ALONE.fullmatch(words) and number:
        above = outline.blocks[number - 1]
        title, quote = (_title(above.text), above.text) if _may_be_title(above) and _is_specific(above) else ("", words)
    if not title and not any(pair.role == "title" for _, block in blocks for pair in pairs_of(block)):
        title, quote = _title(_SITE.sub("", outline.title)), outline.title
    walk.number, walk.heading = number, words
    part = next((mark.part for mark in marked(quote).of("M") if mark.part), "")
    if not part and (delivered := _DELIVERED.search(title)):
        title, part = title[: delivered.start()].strip(), delivered["part"]
    walk.claim("title", title, quote, "label")
    walk.claim("delivery_part", part, quote, "label")
    walk.origins(words, words)
    walk.origins(outline.title, outline.title)


def _may_be_title(block: Block) -> bool:
    return (
        block.kind in ("heading", "paragraph")
        and 4 < len(block.text) < 140
        and not _ALONE.fullmatch(block.text)
        and not labels.pairs(block.text)
        and not re.search(r"[.!?:]\W*$", block.text)
        and not labels.aside(block.text)
        and not re.search(r"20\d\d\W*$", block.text)
    )


def _title(words: str) -> str:
    """Return a modification's title from a heading, "" where it gives none."""
    words = _FORMER.sub("", words)
    whole = marked(words)
    if titled := next((mark.title for mark in whole.of("M") if mark.title), ""):
        return titled
    plain = _SITE.sub("", words.strip(" »"))
    plain = _CLOSED.sub("", _LED.sub("", plain, count=1))
    plain = cleaned(plain.strip(QUOTES + " :|–—-"))
    return (
        ""
        if _GENERIC.fullmatch(plain) or not re.search(r"[A-Za-z]{3}", plain) or MODIFICATION.fullmatch(plain)
        else plain
    )


# --- what belongs to the page ----------------------------------------------------------------------------------------


def _opened(outline: Outline) -> Outline:
    """Return an outline whose heading stands by itself, where the first line of a text goes on with labels."""
    first = next(iter(outline.blocks), None)
    if outline.form != "text" or first is None or len(first.cells) != 2:
        return outline
    if _ALONE.fullmatch(first.cells[0]) and not labels.role(first.cells[1]):
        named = Block("heading", " – ".join(first.cells), level=1)
        return replace(outline, blocks=(named, *outline.blocks[1:]))
    if not _shaped(first.cells[0]) or not labels.pairs(first.cells[1]):
        return outline
    parted = (Block("heading", first.cells[0], level=1), Block("paragraph", first.cells[1]))
    return replace(outline, blocks=(*parted, *outline.blocks[1:]))


def _heading(outline: Outline) -> Block | None:
    """Return the page's heading: of the first level, one that names a modification before others."""
    tops = [block for block in outline.blocks if block.kind == "heading"]
    first = [block for block in tops if block.level == 1] or tops[:1]
    first = [block for block in first if not _TRAIL.search(block.text)]
    named = next((block for block in first if MODIFICATION.search(block.text)), None)
    if named is None:
        named = _named_above_labels(outline)
    if named is None and outline.form == "text":
        named = _above_labels(outline)
    named = named or (_like_title(outline) if outline.form == "html" else None)
    specific = next((block for block in first if _is_specific(block)), None)
    return named or specific or next((block for block in tops if _is_specific(block)), _unlabelled(first or tops))


def _unlabelled(headings: Sequence[Block]) -> Block | None:
    return next((block for block in headings if not labels.role(block.text)), None)


def _is_specific(block: Block) -> bool:
    """Whether a heading can be one modification's: neither the site's nor a label."""
    return not _GENERIC.fullmatch(block.text) and not labels.role(block.text) and not _TRAIL.search(block.text)


def _like_title(outline: Outline) -> Block | None:
    """Return the piece of a page that says what its title says, less the site's name."""
    title = _plain(_SITE.sub("", outline.title))
    if not title or _GENERIC.fullmatch(title):
        return None
    said = (block for block in outline.blocks[:_TOP] if block.kind in ("heading", "paragraph"))
    return next((block for block in said if _plain(block.text) == title), None)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


def _named_above_labels(outline: Outline) -> Block | None:
    """Return the line that is a modification's name, before the first labels: below no other page's heading."""
    found: list[Block] = []
    for block in outline.blocks[:_TOP]:
        if {pair.role for pair in pairs_of(block)} - _MENU:
            break
        if block.kind == "heading" and (outline.form == "html" or marked(block.text).of("R")):
            break
        if block.kind != "row" and _shaped(block.text) and not _TRAIL.search(block.text):
            found.append(block)
    return found[0] if len({identity(_first(block.text)) for block in found}) == 1 else None


def _above_labels(outline: Outline) -> Block | None:
    """Return the line of a text that stands above its first labels, none of its sentences between."""
    found = None
    for block in outline.blocks[:_TOP]:
        if {pair.role for pair in pairs_of(block)} - _MENU:
            return found
        if block.kind in ("heading", "paragraph") and _may_be_title(block) and _is_specific(block):
            found = block
        elif len(block.text) > 140:
            return None
    return None


def _main(outline: Outline, heading: Block | None) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of a page from its heading on, those below headings of other things left out."""
    start = _begins(outline, heading)
    aside = 0
    for number, block in enumerate(outline.blocks[start:], start):
        if block.kind == "heading":
            if aside and block.level > aside:
                continue
            aside = block.level if labels.aside(block.text) and not labels.role(block.text) else 0
        if not aside:
            yield number, block


def _begins(outline: Outline, heading: Block | None) -> int:
    """Return where the page's own words begin: at its heading, unless that is but a label's or stands far down."""
    if heading is None or (labels.role(heading.text) and not MODIFICATION.search(heading.text)):
        return 0
    return outline.blocks.index(heading)


# --- which modification it is ----------------------------------------------------------------------------------------


def _own(outline: Outline, heading: Block | None) -> tuple[str, int, str]:
    """Return the id of the modification that a page is about, with where and in which words it stands; "" for none."""
    number = outline.blocks.index(heading) if heading else 0
    for text in (heading.text if heading else "", outline.title):
        if found := _first(text):
            return found, number, text
    main = list(_main(outline, heading))
    above = list(enumerate(outline.blocks[: _begins(outline, heading)]))
    for place, text in (
        *_labelled([*above, *main]),
        *_alone(_near(outline, heading, main)),
        *_told(main, _title(heading.text) if heading else ""),
        *_filed(main),
    ):
        if found := _first(text):
            return found, place, text
    return "", 0, ""


def _first(text: str) -> str:
    """Return the first id of a text; of a Draft Proposal and the modification that it became the latter."""
    ids = [canonical(match) for match in MODIFICATION.finditer(text)]
    same = [id_ for id_ in ids if identity(id_) == identity(ids[0])]
    return next((id_ for id_ in same if not is_draft_proposal(id_)), ids[0] if ids else "")


def _labelled(main: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, str]]:
    """Yield the values of fields that give the id: "Modification ID: MP101", "Reference" with its value below."""
    waits = False
    for number, block in main:
        found = pairs_of(block)
        values = [pair.value for pair in found if pair.role == "id"]
        if block.kind == "row" and len(block.cells) > 2:
            heads = [cell for head, cell in zip(block.header, block.cells, strict=False) if labels.role(head) == "id"]
            beside = [
                block.cells[n + 1] for n in range(0, len(block.cells) - 1, 2) if labels.role(block.cells[n]) == "id"
            ]
            values += heads if not _register(main) else []
            values += beside
        elif waits or _MODIFICATION_FIELD.match(block.text):
            values.append(block.text)
        yield from ((number, value) for value in values if MODIFICATION.search(value))
        waits = bool(found) and found[-1].role == "id" and not found[-1].value


def _near(outline: Outline, heading: Block | None, main: Sequence[tuple[int, Block]]) -> Sequence[tuple[int, Block]]:
    """Return the blocks around the heading: what stands above a title, and below it."""
    above = list(enumerate(outline.blocks[: _begins(outline, heading)]))
    return [*above[-_NEAR:], *main[:_NEAR]]


def _alone(near: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, str]]:
    """Yield the lines near the heading that give an id and nothing else, where they give one."""
    found = [(number, block.text) for number, block in near if _ALONE.fullmatch(block.text)]
    if len({identity(_first(text)) for _, text in found}) == 1:
        yield from found


def _told(main: Sequence[tuple[int, Block]], title: str) -> Iterator[tuple[int, str]]:
    """Yield text that names the page's own modification: with the page's title, as "this modification", or first."""
    begins: dict[str, tuple[int, str]] = {}
    ids: set[object] = set()
    for number, block in main:
        ids |= {identity(canonical(one)) for one in MODIFICATION.finditer(block.text)}
        whole = marked(block.text)
        if (
            title
            and len(block.text) < _LONGEST_NAME
            and _shaped(block.text)
            and _plain(_title(block.text)) == _plain(title)
        ):
            yield number, block.text
        if title and any(mark.title.casefold() == title.casefold() for mark in whole.of("M")):
            yield number, next(mark.text for mark in whole.of("M") if mark.title.casefold() == title.casefold())
        if own := _THIS.search(whole.text):
            yield number, whole.plain(own["M"])
        if block.kind in ("heading", "paragraph") and (match := MODIFICATION.match(block.text)):
            begins.setdefault(canonical(match), (number, block.text))
    if len(ids) == 1:
        yield from begins.values()


def _filed(main: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, str]]:
    """Yield a document's name that gives the id, where all documents that give one give the same."""
    found: list[tuple[int, str]] = []
    files = False
    for number, block in main:
        if block.kind == "heading" or labels.role(block.text):
            files = labels.role(block.text) == "files"
        elif files and (match := MODIFICATION.match(block.text)):
            found.append((number, canonical(match)))
    if found and len({identity(id_) for _, id_ in found}) == 1:
        yield from found
