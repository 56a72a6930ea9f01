"""Commands about what is kept: backup, restore, prune."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

MEGABYTE = 1_000_000
DAYS = re.compile(r"(\d{1,5})\s*(?:d|days?)?")
UNTIL = "%Y-%m-%d %H:%M %Z"


def add(cli: typer.Typer) -> None:
    """Add them to the command line."""
    cli.command()(backup)
    cli.command()(restore)
    cli.command()(prune)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where there is one.")] = False,
) -> None:
    """Copy the database into a file while secbot runs.

    The copy is of one moment and is looked through before it gets its name.
    """
    import storage

    settings = _settings()
    copy = storage.backup(settings.database_url, file, force=force)
    print(f"{copy.file}: {_size(copy.size)}, looked through and sound (schema {copy.revision}).")
    print(
        f"It holds {copy.sources} sources, {copy.captures} captures, {copy.changes} changes, {copy.messages} messages, "
        f"{_until(copy.until, settings)}."
    )


def restore(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="What `secbot backup` made.")] = None,
    after: Annotated[
        bool, typer.Option("--after", help="The database was put back by other means; only mark it so.")
    ] = False,
) -> None:
    """Put a backup in the place of the database; stop secbot first.

    What was sent after the backup was made is looked for in Slack and not sent again.
    """
    import storage

    settings, now = _settings(), datetime.now(UTC)
    if (file is None) != after:
        raise typer.BadParameter("name the FILE to restore, or say --after where pg_restore has done it.")
    if file is None:
        unsure = storage.mark_restored(settings.database_url, now)
        print(f"Marked as restored. {_looked_for(unsure)}")
        return
    done = storage.restore(settings.database_url, file, now)
    print(f"{done.copy.file} is restored, {_until(done.copy.until, settings)} ({_size(done.copy.size)}).")
    if done.migrated:
        print(f"Brought to the present schema: {', '.join(done.migrated)}.")
    if done.kept:
        print(f"What it replaced is kept: {done.kept}")
    print(_looked_for(done.unsure))


def prune(
    older_than: Annotated[str, typer.Option("--older-than", metavar="DAYS", help="Days, such as 365d; at least 30d.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Delete old captures that prove nothing.

    Nothing goes by itself, and never what a claim, a change, an answer or an alert rests on.
    """
    import storage
    from bot.domain.retention import LEAST

    days = DAYS.fullmatch(older_than.strip())
    if not days or timedelta(days=int(days[1])) < LEAST:
        raise typer.BadParameter(f"{older_than!r} is no number of days; write 365d, and {LEAST.days}d at least.")
    settings, now = _settings(), datetime.now(UTC)
    done = storage.prune(settings.database_url, now - timedelta(days=int(days[1])), now, dry_run=dry_run)
    print(
        f"{done.captures} captures that prove nothing {'would go' if dry_run else 'went'}, {done.stay} stay; with them "
        f"{done.bodies} bodies ({_size(done.size)}), {done.messages} edits and notices, {done.answers} marks of reads."
    )
    if done.bodies and not dry_run:
        print("The room is used again; a file of SQLite gets smaller only as a copy: secbot backup.")


def _looked_for(unsure: int) -> str:
    waiting = f"{unsure} that wait{'s' if unsure == 1 else ''}, and " if unsure else ""
    return (
        f"Messages may have been sent since: {waiting}those about what is found anew are looked for in Slack first "
        "(scopes channels:history, groups:history). Rules, mutes and settings made since are gone: make them again."
    )


def _settings() -> Settings:
    from bot.settings import load

    return load()


def _until(moment: datetime | None, settings: Settings) -> str:
    return f"as of {moment.astimezone(settings.zone):{UNTIL}}" if moment else "from before the first page was read"


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB"
