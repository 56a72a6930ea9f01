"""What passes between a question and its answer: `Ask` in, `Reply` out.

Commands fill a reply with facts; words and blocks are made of it by `bot.render`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.ports import Message, Read, Store


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as it was asked: `words` after the command's own word.

    `channel` and `user` are Slack ids, or "terminal"; in direct messages the channel is the person (`U…`), so that what
    is followed there is theirs. `digest_at` is the local time of the digest, `default_channel` the channel that follows
    everything until it subscribes itself, `operators` that of the operators; empty for none. `read` reads kept captures
    again; `people` are the ids of those whom the question names ("@name").
    """

    words: str
    store: Store
    now: datetime
    zone: ZoneInfo
    user: str = "terminal"
    channel: str = "terminal"
    digest_at: time = time(8, 30)
    default_channel: str = ""
    read: Read | None = None
    people: tuple[str, ...] = ()
    operators: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button below a reply: its label and the question that it asks ("MP102A", "release November 2021").

    `opens`: the modal that it opens instead ("subscribe", "search", "settings"), with the question's words filled in.
    """

    label: str
    question: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the template of its words (`templates/replies/TEMPLATE.j2`), the facts that it tells, what to ask
    next. `shared`: everybody in the channel sees it, not only the one who asked. `zone`: where its times are told, the
    bot's where it is None.
    """

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    shared: bool = False
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is sent: its message, and whether everybody in the channel sees it."""

    message: Message
    shared: bool = False
