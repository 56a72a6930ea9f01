"""The budget of a message: what Slack takes in one, and what is left out first when there is more.

Slack refuses near 13,200 characters in all (`msg_blocks_too_long`), below the limits of its blocks together. A message
is built richest first and made poorer step by step until it fits: quotes of the later changes go first, then the later
changes. What is left out is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.render.blocks import Block, section, small

BLOCKS_LIMIT = 50
TOTAL_LIMIT = 13_000
TEXT_LIMIT = 3500
ASK_LESS = "Ask for less at once, for example one release or one modification."


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a list of changes to tell: `shown` of them, `quoted` of these in full with the page's sentence."""

    shown: int
    quoted: int


def cuts(changes: int, quoted: int = 0) -> list[Cut]:
    """Return the ways to tell so many changes, up to `quoted` of them in full, richest first: fewer quotes, then fewer
    changes; one always stays.
    """
    least = min(quoted, 1)
    with_quotes = [Cut(changes, some) for some in range(min(changes, quoted), 1, -1)]
    return [*with_quotes, *(Cut(shown, least) for shown in range(max(changes, 1), 0, -1))]


def richest(choices: Sequence[Cut], build: Callable[[Cut], list[Block]]) -> list[Block]:
    """Return the blocks of the richest choice that fits, of the poorest where none does."""
    low, high = 0, len(choices) - 1
    while low < high:
        middle = (low + high) // 2
        if fits(build(choices[middle])):
            high = middle
        else:
            low = middle + 1
    return build(choices[low])


def strings(node: Any) -> Iterator[str]:
    """Yield every string under a "text" key, which is what Slack counts."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from strings(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from strings(value)


def size(blocks: Any) -> int:
    """Return how many characters Slack counts."""
    return sum(map(len, strings(blocks)))


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Slack takes these blocks in one message."""
    return len(blocks) <= BLOCKS_LIMIT and size(blocks) <= TOTAL_LIMIT


def fitted(blocks: list[Block], elsewhere: str = ASK_LESS) -> list[Block]:
    """Return blocks that fit: the first, the small print and buttons at the end, and as much between them as there is
    room for, with a line that says how much is missing and, in `elsewhere` (mrkdwn), how to see it.
    """
    if fits(blocks):
        return blocks
    head, middle, tail = _apart(blocks)
    while tail and size([*head, *tail]) > TOTAL_LIMIT // 2:
        tail = tail[1:]
    room = TOTAL_LIMIT - size([*head, *tail]) - len(elsewhere) - 100
    kept = list(_filled(middle, room, BLOCKS_LIMIT - len(head) - len(tail) - 1))
    left = sum(map(_lines, middle)) - sum(map(_lines, kept))
    while kept and kept[-1]["type"] == "divider":
        kept.pop()
    return [*head, *kept, small(f"… and {left} more {'line' if left == 1 else 'lines'}. {elsewhere}"), *tail]


def _apart(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """Split off the first block, and the buttons with up to two blocks of small print at the end."""
    end = len(blocks)
    small_print = 2
    while end > 1 and (blocks[end - 1]["type"] == "actions" or (blocks[end - 1]["type"] == "context" and small_print)):
        small_print -= blocks[end - 1]["type"] == "context"
        end -= 1
    return blocks[:1], blocks[1:end], blocks[end:]


def _filled(blocks: Sequence[Block], room: int, count: int) -> Iterator[Block]:
    for block in blocks[:count]:
        room -= size(block)
        if room < 0:
            yield from _part(block, room + size(block))
            return
        yield block


def _part(block: Block, room: int) -> Iterator[Block]:
    """Yield as many whole lines of a section as there is room for."""
    kept = ""
    if block["type"] != "section" or "text" not in block:
        return
    for line in block["text"]["text"].split("\n"):
        if len(kept) + 1 + len(line) > room:
            break
        kept = f"{kept}\n{line}" if kept else line
    if kept:
        yield section(kept)


def _lines(block: Block) -> int:
    if block["type"] == "section" and "text" in block:
        return int(block["text"]["text"].count("\n")) + 1
    return len(block.get("fields") or block.get("elements") or ())
