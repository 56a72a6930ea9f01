"""What stands beside or below a release page's own words: headlines of other pages, "See also", "Most viewed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchers.outline import Block, Outline
from watchers.phrases.marks import marked

_OF_OTHERS = re.compile(
    r"\W*(?:(?:see|read|view) (?:also|next|more)|related\b.{0,40}|elsewhere\b.{0,30}|"
    r"(?:you )?(?:may|might) (?:also|like)\b.{0,30}|"
    r"on (?:this|similar) topics?|(?:most|also|recently) (?:read|viewed|visited|popular)|popular\b.{0,20}|trending|"
    r"(?:latest|recent|other|more|our|all|top|upcoming|sec|open|current)?\s*(?:from secas|headlines?|news(?:room)?|"
    r"stories|posts?|articles?|pages|events|consultations?)(?: (?:from|and|&|on) .{0,30})?|"
    r"(?:latest|recent|other|more) (?:updates?|changes|decisions|modifications|proposals)|"
    r"(?:other|more|all|nearby|earlier|later|past|previous|next|future|further) (?:sec )?(?:systems? )?releases?|"
    r"(?:also|what(?:’s|'s) (?:new|next|else))\b.{0,30}|this (?:week|month)|latest|"
    r"(?:(?:quick|useful|helpful|related) )?links|"
    r"in (?:the news|brief|other news)|"
    r"share(?: this page)?|follow us|spotlight|don(?:’|')t miss)\W*",
    re.IGNORECASE,
)
"""A heading above what other pages tell."""
_POINTS_AWAY = re.compile(
    r"\s*(?:©|\(c\)|copyright\b)|\W*(?:looking for|are you looking for)\b[^?]{2,60}\?|"
    r"\W*(?:see also|related(?: \w+){0,2}|read (?:next|more)|"
    r"latest(?: news)?|trending|popular|most (?:read|viewed)|"
    r"elsewhere|also on this site|other releases|next sec release|in the news)\s*:",
    re.IGNORECASE,
)
"""How a line begins that is such a heading and its list in one."""
_NAME_AND_DATE = re.compile(r"\W*(?:the )?⟦(?P<name>R\d+)⟧\W*(?:(?:went live|live|on)\s)*(?:⟦D\d+⟧\W*)?", re.IGNORECASE)
_LONGEST_HEADLINE = 130


def without_headlines(outline: Outline, release: str) -> Outline:
    """Return a release page's outline without the short headlines that point to other pages.

    What is said below such a heading of this release, or of modifications that the page speaks of elsewhere, stays.
    """
    return replace(outline, blocks=tuple(_kept(outline.blocks, release)))


def _kept(blocks: Sequence[Block], release: str) -> Iterator[Block]:
    ours: set[str] | None = None
    at, begun = 0, False
    while at < len(blocks):
        block = blocks[at]
        if begun and block.kind == "heading" and _OF_OTHERS.fullmatch(block.text):
            end = _section_end(blocks, at)
            ours = _spoken_of(blocks) if ours is None else ours  # few pages have such a heading
            if _is_beside(block, blocks[at + 1 : end], release, ours):
                at = end
                continue
        if not (_POINTS_AWAY.match(block.text) or _leads_away(block, release)):
            begun = begun or block.kind != "heading"
            yield block
        at += 1


def _spoken_of(blocks: Sequence[Block]) -> set[str]:
    """Return the modifications that the page names outside what may stand beside it."""
    found: set[str] = set()
    beside = False
    for block in blocks:
        beside = bool(_OF_OTHERS.fullmatch(block.text)) if block.kind == "heading" else beside
        if not (beside or _POINTS_AWAY.match(block.text)):
            found.update(marked(block.text).values("M"))
    return found


def _section_end(blocks: Sequence[Block], at: int) -> int:
    """Return where the words below a heading end: at the next heading."""
    return next((n for n in range(at + 1, len(blocks)) if blocks[n].kind == "heading"), len(blocks))


def _is_beside(heading: Block, below: Sequence[Block], release: str, ours: set[str]) -> bool:
    """Whether what stands below a heading of others' words are headlines, none of them of what the page speaks of."""
    return heading.level != 1 and all(_is_headline(block) and not _is_ours(block, release, ours) for block in below)


def _is_headline(block: Block) -> bool:
    return len(block.text) <= _LONGEST_HEADLINE and not block.header


def _is_ours(block: Block, release: str, ours: set[str]) -> bool:
    whole = marked(block.text)
    own = any(mark.value == release for mark in whole.of("R"))
    return own or "this release" in block.text or bool(ours & set(whole.values("M")))


def _leads_away(block: Block, release: str) -> bool:
    """Whether a line is another release's name, with its date or without: "June 2023 SEC Release – 29 June 2023"."""
    if block.kind not in ("item", "paragraph") or len(block.text) > _LONGEST_HEADLINE:
        return False
    whole = marked(block.text)
    named = _NAME_AND_DATE.fullmatch(whole.text)
    return bool(named and whole.marks[named["name"]].value != release)
