"""What `secbot outbox` shows and does: each message that is not delivered, why, and sending it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.ports import GIVEN_UP, Entry, Store

WAITING = ("queued", "sending")
NOT_DELIVERED = (*WAITING, *GIVEN_UP)
STATES = (*WAITING, *GIVEN_UP, "sent", "skipped")
MEANING = {
    "queued": "waits for its turn",
    "sending": "is being sent",
    "sent": "was sent",
    "skipped": "had nothing to say any more",
    "failed": "was given up",
    "ambiguous": "may have been sent, and nobody can look",
}
DAY = timedelta(days=1)
LONGEST_ID = 19
"""Digits that no id has: a database's numbers end before."""


class ResendError(ValueError):
    """What is to be sent again is named wrongly; the message says how to name it."""


def lines(store: Store, states: Sequence[str], limit: int, now: datetime) -> Iterator[str]:
    """Yield how the outbox fares: how many messages are in each state, and those of the states that were asked for."""
    state = store.outbox(now - DAY)
    yield (
        f"{state.queued} queued, {state.sending} being sent, {state.sent} sent in the last day, "
        f"{state.ambiguous} ambiguous, {state.failed} failed."
    )
    entries = store.entries(states, limit)
    for entry in entries:
        yield ""
        yield from _told(entry, now)
    if any(entry.state in GIVEN_UP for entry in entries):
        yield ""
        yield "Mend what the reason says, then: secbot outbox --resend ID (or failed, ambiguous, all)"
    if any(entry.state == "ambiguous" for entry in entries):
        yield "Look for an ambiguous one in its channel. It is there: --drop ID. It is not: --resend ID --anyway"


def _told(entry: Entry, now: datetime) -> Iterator[str]:
    message = entry.message
    yield f"{entry.id}  {entry.state}: {MEANING[entry.state]}"
    yield f"    {message.kind} to {message.channel}{_about(entry)}"
    tried = f", tried {entry.attempts} time{'s' if entry.attempts != 1 else ''}" if entry.attempts else ""
    again = f", again at {entry.due_at:%H:%M:%S} UTC" if entry.state == "queued" and entry.due_at > now else ""
    yield f"    queued {entry.created_at:%-d %B %Y, %H:%M} UTC{tried}{again}"
    if entry.error:
        yield f"    {entry.error}"
    if entry.unsure and entry.state == "queued":
        yield "    it may have been sent: it is looked for in the channel first"


def _about(entry: Entry) -> str:
    changes = entry.message.payload.get("changes") or ()
    what = entry.message.thread or entry.message.payload.get("about") or ", ".join(changes)
    return f", about {what}" if what else ""


def rows(store: Store, states: Sequence[str], limit: int) -> Iterator[dict[str, Any]]:
    """Yield the same messages as JSON objects; times in ISO 8601, UTC."""
    for entry in store.entries(states, limit):
        yield {
            "id": entry.id,
            "key": entry.message.key,
            "state": entry.state,
            "kind": entry.message.kind,
            "channel": entry.message.channel,
            "changes": list(entry.message.payload.get("changes") or ()),
            "why": entry.message.why,
            "attempts": entry.attempts,
            "may_have_been_sent": entry.unsure,
            "reason": entry.error,
            "queued_at": entry.created_at.isoformat(),
            "due_at": entry.due_at.isoformat(),
            "done_at": entry.done_at.isoformat() if entry.done_at else None,
            "ts": entry.ts,
        }


def is_id(text: str) -> bool:
    """Whether a text can be a message's number."""
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_ID


def resend(store: Store, which: Sequence[str], now: datetime, *, anyway: bool) -> int:
    """Queue again what is named: by its id, or "failed", "ambiguous", "all"; return how many messages.

    `anyway`: without looking whether what may have been sent was.

    Raises:
        ResendError: a name is none of these.
    """
    named = {"failed": ("failed",), "ambiguous": ("ambiguous",), "all": GIVEN_UP}
    wrong = [one for one in which if one not in named and not is_id(one)]
    if wrong:
        raise ResendError(
            f"{wrong[0]!r} is no id of a message; name ids that `secbot outbox` shows, or one of {', '.join(named)}."
        )
    ids = [int(one) for one in which if is_id(one)]
    states = {state for one in which for state in named.get(one, ())}
    queued = store.resend(now, sorted(states), look=not anyway) if states else 0
    return queued + (store.resend(now, GIVEN_UP, ids, look=not anyway) if ids else 0)
