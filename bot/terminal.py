"""Messages in a terminal: as they would look in Slack, in colour where there is some, plain in a pipe."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

from bot.ports import Heard, Message, Posted
from bot.render.text import shortened, unescape
from bot.settings import takes_colour

WIDTH = 88
"""Columns where the terminal does not say how wide it is."""
NARROWEST, WIDEST = 20, 100
"""Lines beyond the widest are hard to read."""
LABELS, WIDEST_LABELS = 22, 38
"""Columns for the labels of fields, at least and at most."""

HEADLINE = 100
"""Characters of the headline of what a reply is below."""

_BOLD, _DIM, _CODE, _BLUE, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[34;4m", "\x1b[0m"
_LINK_OFF = "\x1b]8;;\x1b\\"
_STYLE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LINK = re.compile(r"<(?P<url>[^<>|]+)\|(?P<label>[^<>]*)>")
_BOLD_WORDS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_CODE_WORDS = re.compile(r"`([^`\n]+)`")
_UNBROKEN = "\xa0"
"""Stands for a space at which no line may end."""


@dataclass(frozen=True, slots=True)
class Look:
    """How to print: columns, colour or plain."""

    width: int = WIDTH
    colour: bool = False
    addressed: set[tuple[str, str]] = field(default_factory=set, compare=False)
    """The links whose address was printed; the next time their label is enough."""

    def styled(self, style: str, text: str) -> str:
        """Return text in a style, as it is where there is no colour."""
        return f"{style}{text.replace(_OFF, _OFF + style)}{_OFF}" if self.colour and text else text

    def narrower(self, by: int) -> Look:
        """Return the look for what stands beside a mark."""
        return Look(max(self.width - by, NARROWEST), self.colour, self.addressed)


class TerminalPoster:
    """A Poster that prints. Only headlines are remembered, to name what a reply is below; `find` finds nothing."""

    def __init__(self, stream: TextIO, colour: bool | None = None, width: int | None = None) -> None:  # noqa: FBT001
        """Print to a stream; colour and width as the terminal has them unless they are given."""
        self._stream = stream
        self._look = Look(width or columns(), takes_colour(stream) if colour is None else colour)
        self._begun = secrets.token_hex(4)
        self._headlines: dict[str, str] = {}

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        """Print a message below the channel that it is for, a reply below the headline of what it answers; the ts is a
        running number, of this process alone.
        """
        del key
        lines = [self._look.styled(_DIM, f"── {channel} ".ljust(self._look.width, "─"))]
        if below:
            lines += [self._look.styled(_DIM, line) for line in _wrapped(self._reply(below, broadcast), self._look)]
        print("\n".join([*lines, _shown(message, self._look), ""]), file=self._stream, flush=True)
        ts = f"terminal.{self._begun}.{len(self._headlines) + 1}"
        self._headlines[ts] = unescape(_LINK.sub(r"\g<label>", message.text.partition("\n")[0]))
        return Posted(ts, channel)

    def _reply(self, below: str, broadcast: bool) -> str:  # noqa: FBT001
        """Return the words that say where a reply stands."""
        headline = _CONTROL.sub("", shortened(self._headlines.get(below, ""), HEADLINE))
        where = f"↳ below “{headline}”" if headline else "↳ in a thread"
        return f"{where}, and in the channel" if broadcast else where

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        """Return None: what was printed can't be looked up."""
        del channel, key, since, below
        return None

    def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> tuple[Heard, ...]:
        """Return nothing, for the same reason."""
        del channel, since, until, below
        return ()

    def edit(self, place: str, ts: str, message: Message) -> None:
        """Print nothing: what is printed stays."""
        del place, ts, message


def as_text(message: Message, width: int = WIDTH, *, colour: bool = False) -> str:
    """Return a message as lines of at most width columns (longer only where an address is)."""
    return _shown(message, Look(width, colour))


def columns() -> int:
    """Return how many columns to use: the terminal's, but no more than can be read well."""
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDEST)


def _shown(message: Message, look: Look) -> str:
    look = Look(look.width, look.colour)
    drawn = ["\n".join(_DRAW[block["type"]](block, look)) for block in message.blocks if block.get("type") in _DRAW]
    shown = [text for text in drawn if text]
    return "\n\n".join(shown) if shown else "\n".join(_mrkdwn(_text({"text": message.text}), look))


# --- blocks ----------------------------------------------------------------------------------------------------------


def _header(block: Mapping[str, Any], look: Look) -> Iterator[str]:
    return (look.styled(_BOLD, line) for line in _wrapped(_text(block["text"]), look))


def _section(block: Mapping[str, Any], look: Look) -> Iterator[str]:
    if "text" in block:
        yield from _mrkdwn(_text(block["text"]), look)
    pairs = [_text(field_).partition("\n") for field_ in block.get("fields", ())]
    names = [_words(label.strip("*"), look) for label, _, _ in pairs]
    column = min(max([LABELS, *(len(name) + 2 for name in names)]), WIDEST_LABELS)
    for name, (_, _, value) in zip(names, pairs, strict=True):
        first, *rest = _wrapped(_words(value.replace("\n", " "), look), look.narrower(column))
        yield f"{look.styled(_BOLD, name)}{' ' * max(1, column - len(name))}{first}"
        yield from (" " * column + line for line in rest)


def _context(block: Mapping[str, Any], look: Look) -> Iterator[str]:
    for element in block["elements"]:
        yield from (look.styled(_DIM, line) for line in _wrapped(_words(_text(element), look), look))


def _divider(block: Mapping[str, Any], look: Look) -> Iterator[str]:
    del block
    yield look.styled(_DIM, "─" * min(look.width, 40))


def _actions(block: Mapping[str, Any], look: Look) -> Iterator[str]:
    """Yield what the buttons would ask, for there is nothing to press; what opens a form can't be asked here."""
    asked = [f"/sec {one['value']}" for one in block["elements"] if one.get("value") and _asks(one)]
    if not asked:
        return iter(())
    line = "Ask next: " + " · ".join(_CONTROL.sub("", one).replace(" ", _UNBROKEN) for one in asked)
    return (look.styled(_DIM, one) for one in _wrapped(line, look))


def _asks(button: Mapping[str, Any]) -> bool:
    return not str(button.get("action_id", "")).startswith("open:")


_DRAW: dict[str, Callable[[Mapping[str, Any], Look], Iterable[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
}


# --- mrkdwn ----------------------------------------------------------------------------------------------------------


def _text(node: Mapping[str, Any]) -> str:
    """Return a text object's text; a terminal's own control characters never come from a message."""
    return _CONTROL.sub("", node.get("text", ""))


def _mrkdwn(text: str, look: Look) -> Iterator[str]:
    for line in text.split("\n"):
        if line.startswith(">"):
            bar = look.styled(_DIM, "│")
            yield from (f"{bar} {one}" for one in _wrapped(_words(line[1:].strip(), look), look.narrower(2)))
        elif line.startswith("• "):
            first, *rest = _wrapped(_words(line[2:], look), look.narrower(2))
            yield from (f"• {first}", *(f"  {one}" for one in rest))
        else:
            yield from _wrapped(_words(line, look), look)


def _words(text: str, look: Look) -> str:
    """Return mrkdwn as the terminal shows it."""
    text = _CODE_WORDS.sub(lambda match: _command(match, look), text)
    text = _BOLD_WORDS.sub(lambda match: look.styled(_BOLD, match[1]), text)
    return unescape(_LINK.sub(lambda match: _link(match["url"], match["label"], look), text))


def _command(match: re.Match[str], look: Look) -> str:
    """Return what is to be typed, in one piece where a line can hold it."""
    shown = look.styled(_CODE, match[1]) if look.colour else match[0]
    return shown.replace(" ", _UNBROKEN) if len(match[0]) <= look.width // 2 else shown


def _link(url: str, label: str, look: Look) -> str:
    if look.colour:
        return f"\x1b]8;;{url}\x1b\\{look.styled(_BLUE, label)}{_LINK_OFF}"
    if label == url or (url, label) in look.addressed:
        return label
    look.addressed.add((url, label))
    return f"{label} ({url})"


def _wrapped(text: str, look: Look) -> list[str]:
    """Return text in lines of the width; a style that runs over a line's end is taken up on the next."""
    lines = [""]
    length = 0
    for word in text.split(" "):
        taken = len(_STYLE.sub("", word))
        if length and length + 1 + taken > look.width:
            lines.append(word)
            length = taken
        else:
            lines[-1] += f" {word}" if length else word
            length += taken + bool(length)
    return list(_closed(line.replace(_UNBROKEN, " ") for line in lines))


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """Yield each line with its styles begun and ended within it."""
    running: list[str] = []
    for line in lines:
        begun = "".join(running)
        for style in _STYLE.findall(line):
            if style == _OFF:
                running = [one for one in running if one.startswith("\x1b]")]
            elif style == _LINK_OFF:
                running = [one for one in running if not one.startswith("\x1b]")]
            else:
                running.append(style)
        ends = (_OFF if running else "") + (_LINK_OFF if any(one.startswith("\x1b]") for one in running) else "")
        yield begun + line + ends
