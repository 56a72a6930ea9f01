"""Words → blocks: the paragraphs of rendered words (see `bot.render.words`) as Block Kit, within the limits of a block.

Where words hold what Slack would turn into a link, a mention or a channel by itself, their text object is `verbatim`,
which leaves them words; plain_text has `emoji` off. Blocks are plain dicts; the tests read each back through
`slack_sdk.models`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bot.asking import Suggestion
from bot.render.text import clean, cut, lines, plain, shortened, tempting

Block = dict[str, Any]

HEADER_LIMIT = 150
SECTION_LIMIT = 3000
FIELDS_LIMIT, FIELD_LIMIT = 10, 2000
ELEMENTS_LIMIT, ELEMENT_LIMIT = 10, 1000
"""Slack allows an element of small print 3,000 characters; nobody reads so much of it."""
LABEL_LIMIT, VALUE_LIMIT, WORDS_LIMIT = 75, 2000, 900
BUTTONS_IN_A_ROW, BUTTONS_LIMIT = 5, 25

FINAL: Mapping[str, tuple[str, str, str, str]] = {
    "unsubscribe": ("Stop following?", "What it brought is told no more, at once or in a digest.", "Stop", "Go on"),
}
"""Questions, by their first word, that a button asks only when it was asked whether that is meant: title, words, yes,
no."""


def blocks(words: str) -> list[Block]:
    """Return the blocks of rendered words."""
    return [block for paragraph in _paragraphs(words) for block in _of_paragraph(paragraph)]


def headline(words: str) -> str:
    """Return the headline of rendered words as mrkdwn; of words without one their first line."""
    first = next((line for line in lines(words) if line.strip()), "")
    return first.removeprefix("# ")


def small(*texts: str) -> Block:
    """Return a block of small print, its texts side by side."""
    return {"type": "context", "elements": [_mrkdwn(text, ELEMENT_LIMIT) for text in texts[:ELEMENTS_LIMIT]]}


def section(text: str) -> Block:
    """Return a section of mrkdwn, cut to what one may hold."""
    return {"type": "section", "text": _mrkdwn(text, SECTION_LIMIT)}


def buttons(suggestions: Iterable[Suggestion], first: int = 0) -> list[Block]:
    """Return the rows of buttons for suggestions; those beyond what a message should hold are left out.

    `first`: the number of the first, where there are others beside them already.
    """
    said = [one for one in suggestions if clean(one.label).strip() and (one.question.strip() or one.opens)]
    made = [_button(number, one) for number, one in enumerate(said[:BUTTONS_LIMIT], first)]
    rows = range(0, len(made), BUTTONS_IN_A_ROW)
    return [{"type": "actions", "elements": made[at : at + BUTTONS_IN_A_ROW]} for at in rows]


def _paragraphs(words: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, still with the marks of outside text."""
    for filled, group in groupby(words.split("\n"), key=lambda line: bool(line.strip())):
        if filled:
            yield list(group)


def _of_paragraph(paragraph: Sequence[str]) -> Iterator[Block]:
    for kind, group in groupby(paragraph, key=_kind):
        # A mark counts where the template wrote it; outside text at the start of a line has a START before it.
        found = [line for line in lines("\n".join(group)) if line.strip()]
        if kind == "headline":
            yield from (_header(line[2:]) for line in found)
        elif kind == "divider":
            yield {"type": "divider"}
        elif kind == "small":
            texts = [line[2:].strip() for line in found if line[2:].strip()]
            yield from (small(*some) for some in _by(ELEMENTS_LIMIT, texts))
        elif kind == "fields":
            yield from (_fields(some) for some in _by(FIELDS_LIMIT, found))
        else:
            yield from map(section, _sections(_bold_heads(found)))


def _kind(line: str) -> str:
    if line.startswith("# "):
        return "headline"
    if line.rstrip() == "---":
        return "divider"
    if line.startswith("^ "):
        return "small"
    return "fields" if line.startswith(":: ") else "body"


def _by(count: int, items: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), count):
        yield items[at : at + count]


def _header(words: str) -> Block:
    text = plain(words).strip()
    if not text or len(text) > HEADER_LIMIT:
        return section(_bold(words))
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _bold(words: str) -> str:
    inner = words.replace("*", "").strip()
    return f"*{inner}*" if inner else "…"


def _bold_heads(found: Iterable[str]) -> list[str]:
    return [_bold(line[3:]) if line.startswith("## ") else line for line in found]


def _sections(found: Sequence[str]) -> Iterator[str]:
    """Yield the lines in as few texts as their limit allows."""
    text = ""
    for line in (cut(line, SECTION_LIMIT) for line in found):
        if text and len(text) + 1 + len(line) > SECTION_LIMIT:
            yield text
            text = line
        else:
            text = f"{text}\n{line}" if text else line
    if text:
        yield text


def _fields(found: Sequence[str]) -> Block:
    return {"type": "section", "fields": [_field(line) for line in found]}


def _field(line: str) -> Block:
    label, _, value = line.removeprefix(":: ").partition(" :: ")
    return _mrkdwn(f"{_bold(label)}\n{value.strip() or '–'}", FIELD_LIMIT)


def _mrkdwn(text: str, limit: int) -> Block:
    shown = cut(text, limit)
    # Only where it matters: in Slack `verbatim` changes nothing else, but some previews then show the markup.
    literal = {"verbatim": True} if tempting(shown) else {}
    return {"type": "mrkdwn", "text": shown, **literal}


def plain_text(text: str, limit: int) -> Block:
    """Return a text without any markup, cut to a length."""
    # What stands for < and > is as long as they are, so that the length holds.
    return {"type": "plain_text", "text": plain(shortened(clean(text).strip(), limit)).strip() or "–", "emoji": False}


def _button(number: int, suggestion: Suggestion) -> Block:
    made = {
        "type": "button",
        "text": plain_text(suggestion.label, LABEL_LIMIT),
        "value": suggestion.question[:VALUE_LIMIT],
        "action_id": f"ask:{number}",
    }
    if heard := _heard(suggestion):
        made["accessibility_label"] = plain_text(heard, LABEL_LIMIT)["text"]
    if suggestion.opens:
        value = json.dumps({"modal": suggestion.opens, "words": suggestion.question[:WORDS_LIMIT]}, ensure_ascii=False)
        return {**made, "value": value, "action_id": f"open:{number}"}
    if sure := FINAL.get(suggestion.question.partition(" ")[0]):
        made["confirm"] = confirmation(*sure)
    return made


def _heard(suggestion: Suggestion) -> str:
    """Return what somebody must hear who does not see what a button stands below; empty where its label says it all.

    A bare "MP090" is no deed, and "Mute 7 days" does not say what.
    """
    label, question = suggestion.label.strip(), suggestion.question.strip()
    if label == question:
        return f"Ask secbot: {question}"
    if set(question.casefold().split()) <= set(label.casefold().split()):
        return ""
    return question if question.casefold().startswith(label.casefold()) else f"{label}: {question}"


def confirmation(title: str, words: str, yes: str, no: str) -> Block:
    """Return what is asked before a button does something that is not undone by pressing another."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(words, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text(no, 30),
        "style": "danger",
    }
