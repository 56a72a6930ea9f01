"""One id from fetch to Slack: what a log line is about, known wherever the line is written.

    poll → each source asked gets an id → its page, claims and changes → the messages about them carry it (`stamped`)
    → deliver, perhaps in another process and days later, goes on under it (`resumed`)

It is a context variable: functions need not hand it on, threads that are started under it must (`contextvars`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

TRACE = "trace"
_about: ContextVar[Mapping[str, str]] = ContextVar("about")


def new() -> str:
    """Return an id that no other fact has."""
    return secrets.token_hex(4)


def fields() -> Mapping[str, str]:
    """Return what is being worked on now, by name: `trace`, `source`, `key` …; empty for nothing."""
    return _about.get({})


def current() -> str:
    """Return the id of what is being worked on now, empty for none."""
    return fields().get(TRACE, "")


@contextmanager
def about(**more: str) -> Iterator[None]:
    """Say what is worked on within the block, besides what is known already; what is empty is left out."""
    before = _about.set({**fields(), **{name: value for name, value in more.items() if value}})
    try:
        yield
    finally:
        _about.reset(before)


def stamped(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message's payload with the id of what it comes from; one that it has already stays."""
    mine = current()
    return {TRACE: mine, **payload} if mine else dict(payload)


@contextmanager
def resumed(payload: Mapping[str, Any], **more: str) -> Iterator[None]:
    """Go on within the block under the id that a message carries; one without gets a new one."""
    with about(trace=str(payload.get(TRACE) or new()), **more):
        yield
