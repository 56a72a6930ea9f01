"""The command about who may change what a channel is told: settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import UsageError, assembled

if TYPE_CHECKING:
    from bot.domain.channel import Channel
    from bot.ports import Store

OPERATOR = "operator"
"""Who did it, in the audit, where it was done on the command line."""


def add(cli: typer.Typer) -> None:
    """Add it to the command line."""
    cli.command()(settings)


def settings(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="Its id (C…), or #name.")],
    open_: Annotated[
        bool, typer.Option("--open", help="Let everybody in it change it again, as `/sec settings open` does.")
    ] = False,
) -> None:
    """Show who may change what a channel is told; with --open, let everybody.

    For when those to whom it was closed are gone.
    """
    from dataclasses import replace

    with assembled() as app:
        one = _known(app.store, channel)
        made = bool(one.managers) and open_
        if made:
            one, _ = app.store.change_channel(one.id, lambda kept: replace(kept, managers=()), OPERATOR, app.clock())
        who = f"{', '.join(one.managers)} alone" if one.managers else "everybody in it"
        print(f"{one.id}{f' (#{one.name})' if one.name else ''}: {who} may change it{' again' if made else ''}.")


def _known(store: Store, said: str) -> Channel:
    """Return the channel that is meant.

    Raises:
        UsageError: none of that id or name has settings.
    """
    found = [one for one in store.channels() if not one.personal and said in (one.id, one.name, f"#{one.name}")]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"several channels are called {said}: {', '.join(one.id for one in found)}; name the id.")
    closed = [one.id for one in store.channels() if one.managers and not one.personal]
    raise UsageError(f"{said} has no settings of its own; closed are: {', '.join(closed) or 'none'}.")
