"""What Slack takes: its documented limits and its own models, for the tests of everything that makes messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block

from bot.ports import Message
from bot.render.budget import strings

LENGTHS = {"header": 150, "section": 3000}
TOKEN = re.compile(r"<([^<>]*)>")


def faults(message: Message) -> list[str]:
    """Return why Slack would refuse a message."""
    blocks = [dict(block) for block in message.blocks]
    found = [] if message.text.strip() and len(message.text) <= 3500 else [f"text of {len(message.text)} characters"]
    if len(blocks) > 50:
        found.append(f"{len(blocks)} blocks")
    if (total := sum(map(len, strings(blocks)))) > 13_000:
        found.append(f"{total} characters in all")
    for block in blocks:
        found += _of_block(block)
    actions = [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]
    return found if len(actions) == len(set(actions)) else [*found, "one action_id twice"]


def view_faults(view: dict[str, Any]) -> list[str]:
    """Return why Slack would refuse a view."""
    blocks = view["blocks"]
    found = [] if 0 < len(blocks) <= 100 else [f"{len(blocks)} blocks"]
    found += [f"{name} is too long" for name in ("title", "submit", "close") if len(_plain(view.get(name))) > 24]
    if len(view["private_metadata"]) > 3000:
        found.append("too much is remembered")
    found += [f"blank words: {text}" for text in _plain_texts(view) if not text["text"].strip()]
    for block in blocks:
        found += _of_block(block)
    actions = [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    return found if len({*actions, *ids}) == len(actions) + len(ids) - ("try" in ids) else [*found, "one id twice"]


def _plain_texts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from [node] if node.get("type") == "plain_text" else []
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from _plain_texts(one)


def _plain(text: dict[str, Any] | None) -> str:
    return text["text"] if text else ""


def _of_block(block: dict[str, Any]) -> Iterator[str]:
    parsed = Block.parse(block)
    if parsed is None:
        yield f"no such block: {block}"
        return
    parsed.validate_json()
    kind = block["type"]
    for text in _texts(block):
        limit = 2000 if "fields" in block else LENGTHS.get(kind, 3000)
        if not 0 < len(text["text"]) <= limit or not text["text"].strip():
            yield f"{kind} with a text of {len(text['text'])} characters"
    if len(block.get("fields", ())) > 10 or len(block.get("elements", ())) > (25 if kind == "actions" else 10):
        yield f"{kind} with too many pieces"
    for button in block["elements"] if kind == "actions" else ():
        if not 0 < len(button["text"]["text"]) <= 75 or not 0 < len(button["value"]) <= 2000:
            yield f"a button's label or value: {button}"


def _texts(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pieces = [block.get("text"), *block.get("fields", ())]
    pieces += block["elements"] if block["type"] == "context" else []
    yield from (piece for piece in pieces if piece)


def live(message: Message) -> list[str]:
    """Return everything in a message that Slack would act upon: its links' URLs, and each other token."""
    found = []
    for text in [message.text, *strings(list(message.blocks))]:
        found += [token.partition("|")[0] for token in TOKEN.findall(text)]
        rest = re.sub(r"^>", "", TOKEN.sub("", text), flags=re.MULTILINE)
        found += re.findall(r"<[!@#][^ ]*", rest)
    return found


def read(message: Message) -> str:
    """Return all that a reader sees, a line for each text."""
    return "\n".join(strings(list(message.blocks)))
