"""Which modification a page is about: by its heading, a field, a line, its sentences, its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.identifiers import MODIFICATION, canonical, identity, is_draft_proposal
from bot.domain.wording import words_alone
from watchers.outline import Block, Outline
from watchers.phrases import labels
from watchers.phrases.marks import marked
from watchers.recognisers._modification.heading import begins_at, main_blocks, near_heading
from watchers.recognisers._modification.labelled import pairs_of
from watchers.recognisers._modification.names import ID_ALONE, first_id, names_page, title_of

_MODIFICATION_FIELD = re.compile(
    r"(?:SEC )?(?:modification|draft)(?: proposal)?\s*[:|–—-]\s*(?=SECMP|[MD]P)", re.IGNORECASE
)
_THIS = re.compile(
    r"\bthis (?:draft )?(?:modification|proposal)(?: proposal)?\s*(?:\(|,)\s*(?P<M>⟦M\d+⟧)", re.IGNORECASE
)
_LONGEST_NAME = 200
"""Characters of a line that is a modification's name, its id and title."""


def is_register(main: Sequence[tuple[int, Block]]) -> bool:
    """Whether a page lists several modifications, each in a row: a register, a list of consultations."""
    listed = {
        canonical(match)
        for _, block in main
        if block.kind in ("row", "item") and (match := MODIFICATION.match(block.text))
    }
    return len({identity(id_) for id_ in listed}) >= 3


def own_id(outline: Outline, heading: Block | None) -> tuple[str, int, str]:
    """Return the id of the modification that a page is about, with where and in which words it stands; "" for none."""
    number = outline.blocks.index(heading) if heading else 0
    for text in (heading.text if heading else "", outline.title):
        if found := first_id(text):
            return found, number, text
    main = list(main_blocks(outline, heading))
    above = list(enumerate(outline.blocks[: begins_at(outline, heading)]))
    for place, text in (
        *_labelled([*above, *main]),
        *ids_alone(near_heading(outline, heading, main)),
        *named_near(near_heading(outline, heading, main)),
        *_told(main, title_of(heading.text) if heading else ""),
        *_filed(main),
    ):
        if found := first_id(text):
            return (
                (found, place, text)
                if not is_draft_proposal(found)
                else _become(outline, heading, main, (found, place, text))
            )
    return "", 0, ""


def _become(
    outline: Outline, heading: Block | None, main: Sequence[tuple[int, Block]], draft: tuple[str, int, str]
) -> tuple[str, int, str]:
    """Return what a Draft Proposal became, where a line by the heading gives that id, else the draft."""
    for place, text in ids_alone(near_heading(outline, heading, main)):
        new = first_id(text)
        if not is_draft_proposal(new) and identity(new).number == identity(draft[0]).number:
            return new, place, text
    return draft


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
            values += heads if not is_register(main) else []
            values += beside
        elif waits or _MODIFICATION_FIELD.match(block.text):
            values.append(block.text)
        yield from ((number, value) for value in values if MODIFICATION.search(value))
        waits = bool(found) and found[-1].role == "id" and not found[-1].value


def ids_alone(near: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, str]]:
    """Yield the lines near the heading that give an id and nothing else, where they give one."""
    found = [(n, block.text) for n, block in near if ID_ALONE.fullmatch(block.text) and first_id(block.text)]
    if len({identity(first_id(text)) for _, text in found}) == 1:
        yield from found


def named_near(near: Sequence[tuple[int, Block]]) -> list[tuple[int, str]]:
    """Return the lines near the heading that are a modification's name with its title, where they name but one.

    Pages whose heading is the title alone, or a short form of it, have their whole name above or below.
    """
    found = [
        (number, block.text)
        for number, block in near
        if block.kind in ("heading", "paragraph") and len(block.text) < _LONGEST_NAME and names_page(block.text)
        if not pairs_of(block)
    ]
    return found if len({identity(first_id(text)) for _, text in found}) == 1 else []


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
            and names_page(block.text)
            and words_alone(title_of(block.text)) == words_alone(title)
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
