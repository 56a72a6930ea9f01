"""The command about what is sent: outbox."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.commands.common import UsageError, assembled

SHOWN = 50


def add(cli: typer.Typer) -> None:
    """Add it to the command line."""
    cli.command()(outbox)


def outbox(
    state: Annotated[
        list[str] | None,
        typer.Option(help="Of this state: queued, sending, ambiguous, failed, sent, skipped; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many messages, the newest.")] = SHOWN,
    again: Annotated[
        list[str] | None,
        typer.Option("--resend", metavar="ID", help="Queue again: an id, or failed, ambiguous, all; may be repeated."),
    ] = None,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway", help="With --resend: without looking first whether it was sent after all; it may come twice."
        ),
    ] = False,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="ID", help="Leave it unsent for good: it is there, or nobody needs it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, instead of text.")] = False,
) -> None:
    """Show what waits to be sent, what was given up and why.

    With --resend, queue again what was given up; `secbot run` or `secbot deliver` sends it. With --drop, forget it.
    """
    from bot.outbox import NOT_DELIVERED, STATES, ResendError, lines, resend, rows

    wrong = [one for one in state or () if one not in STATES]
    if wrong:
        raise UsageError(f"{wrong[0]!r} is no state of a message; there are: {', '.join(STATES)}.")
    if again and drop:
        raise UsageError("either --resend or --drop, not both.")
    if anyway and not again:
        raise UsageError("--anyway says how to send again: add --resend ID.")
    with assembled() as app:
        if again:
            try:
                queued = resend(app.store, again, app.clock(), anyway=anyway)
            except ResendError as error:
                raise UsageError(str(error)) from None
            if not queued:
                raise UsageError(f"nothing of {', '.join(again)} was given up; `secbot outbox` shows what was.")
            print(f"{queued} message{' is' if queued == 1 else 's are'} queued again.")
            return
        if drop:
            dropped = app.store.drop([number_of(one) for one in drop], app.clock())
            if not dropped:
                raise UsageError(f"nothing of {', '.join(drop)} was given up; `secbot outbox` shows what was.")
            print(f"{dropped} message{' is' if dropped == 1 else 's are'} dropped.")
            return
        chosen = tuple(state or NOT_DELIVERED)
        if as_json:
            for row in rows(app.store, chosen, limit):
                print(json.dumps(row, ensure_ascii=False))
            return
        print("\n".join(lines(app.store, chosen, limit, app.clock())))


def number_of(text: str) -> int:
    """Return a message's number.

    Raises:
        UsageError: it is none.
    """
    from bot.outbox import is_id

    if not is_id(text):
        raise UsageError(f"{text!r} is no id of a message; name ids that `secbot outbox` shows.")
    return int(text)
