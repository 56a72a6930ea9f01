"""The command line. Only what a command needs is imported, when it runs, so that `--help` is quick.

Exit codes: 0 done; 1 something is wrong that the message says how to mend; 2 bad arguments, settings or files;
3 a reading that is not believable.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import keeping, outbox, rights
from bot.commands.common import UsageError, assembled

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.claims import Doubt, Reading
    from bot.ports import Page
    from bot.why import Explanation

WRONG, UNUSABLE, DOUBTFUL = 1, 2, 3
_RECOGNISERS = Path(__file__).parent.parent / "watchers" / "recognisers"
WIDEST_VALUE = 20
"""Columns of a value that leave its proof a place beside it."""
KINDS = ", ".join(
    ("auto", *sorted(file.stem.replace("_", "-") for file in _RECOGNISERS.glob("*.py") if file.stem[0] != "_"))
)
"""The kinds of page by their files' names, so that `--help` imports no recogniser."""

cli = typer.Typer(
    help="Change tracking for the GB Smart Energy Code: watches its pages, tells Slack what changed, answers /sec.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def main() -> None:
    """Run the command line; what goes wrong is one sentence on stderr and an exit code."""
    from bot import logs
    from bot.masking import masked

    # What commands have to say they print; only what runs for good keeps a log of everything.
    logs.for_commands()
    try:
        cli()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(WRONG) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:  # noqa: BLE001  (the edge: it is printed, without secrets, and ends the program)
        code = exit_code(error)
        if code is None:
            sys.stderr.write(masked("".join(traceback.format_exception(error))))
            raise SystemExit(WRONG) from None
        sys.stderr.write(masked(f"secbot: {error}\n"))
        raise SystemExit(code) from None


def exit_code(error: Exception) -> int | None:
    """Return the exit code for an error that a person can mend, None for a fault of ours."""
    from bot.ports import StoreError
    from bot.replay import ReplayError
    from bot.settings import SettingsError
    from watchers.sources import SourcesError

    if isinstance(error, StoreError):
        return WRONG
    return UNUSABLE if isinstance(error, SettingsError | UsageError | SourcesError | ReplayError) else None


# --- reading ---------------------------------------------------------------------------------------------------------


@cli.command()
def read(
    where: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...", help="Pages: HTML, PDF, text or a feed.")],
    kind: Annotated[str, typer.Option(help=f"What the page is: {KINDS}.")] = "auto",
    as_json: Json = False,
    why: Annotated[
        bool, typer.Option("--why", help="Say which rule made each claim, what was not understood, which check failed.")
    ] = False,
) -> None:
    """Read pages and print what they claim.

    Touches no database.
    """
    doubtful = False
    for one in where:
        page = page_at(one)
        reading = reading_of(page, kind)
        explained = explanation(page, kind, reading) if why else None
        if as_json:
            for claim in reading.claims:
                more = explained.row(claim) if explained else {}
                named = {"page": one} if len(where) > 1 else {}
                print(json.dumps({**named, **claim_row(claim), **more}, ensure_ascii=False))
        elif explained:
            print("\n".join(explained.lines(one, terminal()["width"])))
        else:
            print_reading(one, reading)
        doubtful |= not reading.believable
        if as_json and explained:
            for row in reading.residue:
                sys.stderr.write(f"{one}: not understood: {row}\n")
        for doubt in reading.doubts:
            word = "not believable" if doubt.grave else "note"
            check = f" (check: {doubt.reason})" if why else ""
            sys.stderr.write(f"{one}: {word}: {doubt.detail}{check}\n")
    if doubtful:
        raise typer.Exit(DOUBTFUL)


@cli.command()
def diff(
    old: Annotated[str, typer.Argument(help="The page as it was: a file or URL.")],
    new: Annotated[str, typer.Argument(help="The page as it is.")],
    kind: Annotated[str, typer.Option(help=f"What the page is: {KINDS}.")] = "auto",
    as_json: Json = False,
) -> None:
    """Print the changes between two readings of one page."""
    from bot.domain import checks, state
    from bot.domain import diff as differ

    was, now = page_at(old), page_at(new)
    before, after = reading_of(was, kind), reading_of(now, kind)
    for where, reading in ((old, before), (new, after)):
        if not reading.believable:
            sys.stderr.write(f"secbot: {where}: not believable: {reading.reason}\n")
            raise typer.Exit(DOUBTFUL)
    if before.kind != after.kind or not checks.is_same_subject(before.about, after.about):
        one, other = (f"{r.kind}{f' of {r.about}' if r.about else ''}" for r in (before, after))
        raise UsageError(f"{old} is a {one}, {new} a {other}: these are not two readings of one page.")
    if doubts := doubts_between(was, now, before, after):
        sys.stderr.write(f"secbot: {new}: not believable: {' '.join(doubt.detail for doubt in doubts)}\n")
        raise typer.Exit(DOUBTFUL)
    changes = differ.changes(state.differences(before.claims, after, before.items, before.passages))
    if as_json:
        for change in changes:
            for row in differ.rows(change):
                print(json.dumps(row, ensure_ascii=False))
        return
    print_changes(changes)


def doubts_between(was: Page, now: Page, before: Reading, after: Reading) -> list[Doubt]:
    """Return why the second of two readings of a page can't be believed after the first."""
    from bot.domain import bodies, checks

    cut = bodies.cut_off(was.body, now.body, before.claims, after) if not after.stream else ()
    return [doubt for doubt in cut or checks.believe(after, before.claims) if doubt.grave]


def explanation(page: Page, kind: str, reading: Reading) -> Explanation:
    """Return why a page is read as it is."""
    from bot.why import Explanation
    from watchers.read import likely

    return Explanation(reading, likely(page), asked="" if kind == "auto" else kind)


def reading_of(page: Page, kind: str) -> Reading:
    """Return what a page claims."""
    from watchers.read import read_page

    try:
        return read_page(page, kind)
    except ValueError as error:
        raise UsageError(str(error)) from error


def page_at(where: str) -> Page:
    """Return a file's or URL's bytes as a page."""
    from datetime import UTC, datetime

    from bot.ports import Page, Request, Trouble, Unchanged
    from bot.replay import content_type

    if where.startswith(("http://", "https://")):
        from bot import app, settings
        from bot.clock import clock

        given = settings.load()
        now = clock(None, given.zone)
        web = app.web(given, app.configured_sources(given, now), now)
        fetched = next(iter(web([Request("read", where)])))[1]
        if isinstance(fetched, Trouble | Unchanged):
            raise UsageError(f"{where}: {getattr(fetched, 'detail', 'nothing came')}")
        return fetched
    path = Path(where)
    try:
        return Page(path.name, path.read_bytes(), content_type(path), datetime.now(UTC))
    except IsADirectoryError:
        raise UsageError(f"{where} is a folder; name a file, or use `secbot replay {where}`.") from None
    except OSError as error:
        raise UsageError(f"{where} can't be read: {(error.strerror or 'unknown error').lower()}.") from None


def claim_row(claim: Any) -> dict[str, Any]:
    """Return a claim as the contract prints it."""
    evidence = claim.evidence
    row = {
        "subject": claim.subject,
        "attribute": claim.attribute,
        "value": claim.value,
        "evidence": {
            "quote": evidence.quote,
            "block": evidence.block,
            "heading": evidence.heading,
            "rule": evidence.rule,
        },
    }
    return {**row, "item": claim.item} if claim.item else row


def print_reading(where: str, reading: Reading) -> None:
    """Print what a page claims, grouped by what it says it of."""
    print(f"{where}: {reading.kind or 'unknown kind'}, {len(reading.claims)} claims")
    subject, width = "", terminal()["width"]
    for claim in sorted(reading.claims, key=lambda c: c.subject):
        if claim.subject != subject:
            subject = claim.subject
            print(f"\n{subject}")
        said = f"  {claim.attribute:<28} {claim.value:<{WIDEST_VALUE}} "
        if len(claim.value) > WIDEST_VALUE:  # its proof stands below it
            print(said.rstrip())
            said = f"  {'':<28} "
        quote, room = claim.evidence.quote, width - len(said) - len("“…”")
        print(f"{said}“{quote if len(quote) <= room else quote[:room].rstrip() + '…'}”")
    for row in reading.residue:
        print(f"\nnot understood: {row}")


def print_changes(changes: list[Any]) -> None:
    """Print changes as their alerts would say them."""
    from bot.render import Renderer
    from bot.settings import load

    renderer = Renderer(load({}).zone)
    for change in changes:
        print("• " + renderer.change(change).replace("\n", "\n  "))
    if not changes:
        print("No changes.")


# --- working ---------------------------------------------------------------------------------------------------------


@cli.command()
def run() -> None:
    """Watch, alert and answer, in one process.

    Ends on Ctrl-C or SIGTERM; what is in hand is finished first.
    """
    serve_forever(work=True, serve=True)


@cli.command()
def web() -> None:
    """Answer Slack over HTTP on PORT.

    Serves /slack/events, /healthz, /readyz and /metrics.
    """
    serve_forever(work=False, serve=True)


@cli.command()
def worker() -> None:
    """Watch, alert and send digests.

    Answers /sec in Socket Mode where SLACK_APP_TOKEN is set.
    """
    serve_forever(work=True, serve=False)


def serve_forever(*, work: bool, serve: bool) -> None:
    """Run until told to stop."""
    from bot import logs
    from bot.masking import Mask
    from bot.prometheus import PrometheusMetrics
    from bot.running import run as run_app
    from bot.settings import load
    from bot.stopping import Stop

    stop = Stop()
    stop.listen()
    settings = load()
    logs.for_good(settings.log, Mask(settings.secrets))
    with assembled(settings, PrometheusMetrics()) as app:
        say_where(app)
        run_app(app, work=work, serve=serve, stop=stop)


def say_where(app: App) -> None:
    """Say at the start what will happen where; silence at the start looks like a fault."""
    settings = app.settings
    app.watch_sources()
    log = logging.getLogger("secbot")
    where = f"Slack, channel {settings.channel or '(none: set SECBOT_CHANNEL or /sec subscribe)'}"
    log.info("alerts go to %s", where if settings.has_slack else "this terminal (SLACK_BOT_TOKEN is not set)")
    watched = sum(1 for watch in app.store.watches() if watch.due_at)
    log.info("%d sources are watched; the digest is sent at %s", watched, f"{settings.digest_at:%H:%M}")
    if settings.has_slack and not settings.app_token and not settings.signing_secret:
        log.warning("/sec is not answered: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")


@cli.command()
def poll(
    source: Annotated[str, typer.Option(help="Only this source, due or not.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All sources, due or not.")] = False,
) -> None:
    """One pass over the sources that are due.

    What changed waits in the outbox: `secbot deliver` sends it.
    """
    from bot.pipeline.poll import some_of

    with assembled() as app:
        app.watch_sources()
        read = [watch for watch in app.store.watches() if watch.due_at]
        watches = read if everything or source else app.store.due(app.clock())
        if source:
            names = [w.source.name for w in watches]
            watches = [w for w in watches if w.source.name == source]
            if not watches:
                raise UsageError(f"no source is called {source!r}; there are: {', '.join(names)}.")
        with progress("reading", len(watches)) as step:
            report = app.poller(watches, step)
        print(
            f"{report.asked} asked, {report.read} read, {report.unchanged} unchanged, {report.baselines} seen first, "
            f"{len(report.changes)} changes, {len(report.troubles)} in trouble."
        )
        for reason, names in report.by_reason().items():
            sys.stderr.write(f"{some_of(names)}: {reason}\n")
        if report.asked and len(report.troubles) == report.asked:
            sys.stderr.write("secbot: no source could be read: is this machine online? Nothing is lost; poll again.\n")
            raise typer.Exit(WRONG)


@cli.command()
def deliver(
    failed: Annotated[bool, typer.Option("--failed", help="Also what failed before.")] = False,
) -> None:
    """Send what waits in the outbox."""
    with assembled() as app:
        if failed:
            again = app.store.resend(app.clock())
            sys.stderr.write(f"{again} failed message{' is' if again == 1 else 's are'} queued again.\n")
        print_delivered(app)


@cli.command()
def digest(
    on: Annotated[str, typer.Option("--date", metavar="YYYY-MM-DD", help="The local date; today when left out.")] = "",
) -> None:
    """Send the digests due for a date, each once.

    That of a past date tells what had changed by then, unless a later one told it.
    """
    day = date_of(on) if on else None
    with assembled() as app:
        local = app.daily.today()
        if day and day > local:
            raise UsageError(
                f"{day} is yet to come; a digest tells what has changed by its date, {local} at the latest."
            )
        queued, _ = app.daily(day or local)
        if not queued:
            print(
                f"Nothing to send: the digests of {day or local} or later ones were sent before, no page was read yet, "
                "or no channel follows anything or wants a digest on that day."
            )
        print_delivered(app)


def print_delivered(app: App) -> None:
    """Deliver, and say what came of it."""
    done = app.deliver_all()
    state = app.store.outbox()
    held = f"{done.held} held until quiet hours end, " if done.held else ""
    found = f"{done.found} found in their channels, " if done.found else ""
    skipped = f"{done.skipped} left out (not followed any more, or nothing to say), " if done.skipped else ""
    sys.stderr.write(
        f"{done.sent} sent, {found}{held}{skipped}{done.waiting} put back, {done.failed} failed; {state.queued} wait.\n"
    )
    if done.failed or done.waiting:
        waiting = [one for one in app.store.entries(["queued"]) if one.error]
        reasons = (f"{one.message.channel}: {one.error}; tried again from {one.due_at:%H:%M:%S} UTC" for one in waiting)
        for reason in dict.fromkeys([*state.failures, *reasons]):
            sys.stderr.write(f"{reason}\n")
        sys.stderr.write("`secbot outbox` shows each.\n")
        raise typer.Exit(WRONG)


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help='What you would type after /sec: "MP090", "next", "since monday".')],
    as_json: Json = False,
) -> None:
    """Print what /sec would answer."""
    from bot.terminal import as_text

    with assembled() as app:
        message = app.render(app.answer(question))
        if as_json:
            print(json.dumps({"text": message.text, "blocks": list(message.blocks)}, ensure_ascii=False))
        else:
            print(as_text(message, **terminal()))


@cli.command()
def evidence(
    of: Annotated[
        list[str], typer.Argument(metavar="ID...", help="A change's id, a modification, a release or a version.")
    ],
    as_json: Json = False,
) -> None:
    """Print what proves a change, or what is known.

    Each sentence or row, its page, when it was fetched, the sha256 of the kept capture, whether it is found there.
    """
    from bot.pipeline.evidence import Found, rows
    from bot.terminal import as_text

    words = " ".join(of)
    with assembled() as app:
        reply = app.answer(f"evidence {words}")
        found = reply.facts.get("found")
        if not isinstance(found, Found):
            sys.stderr.write(as_text(app.renderer.reply(reply, whole=True), **terminal()) + "\n")
            raise typer.Exit(UNUSABLE)
        if as_json:
            for row in rows(found, lambda at: at.astimezone(app.settings.zone).isoformat()):
                print(json.dumps(row, ensure_ascii=False))
        else:
            print(as_text(app.renderer.reply(reply, whole=True), **terminal()))
    if found.lost:
        sys.stderr.write(f"secbot: {found.lost} of these quotes are not found again; `secbot reread` reads anew.\n")
        raise typer.Exit(WRONG)


@cli.command()
def export(
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    channel: Annotated[str, typer.Option(metavar="ID", help="Only this channel or person, by id or name.")] = "",
    what: Annotated[str, typer.Option(help="subscriptions, mutes, channels, deeds or all.")] = "all",
) -> None:
    """Print who follows what since when, what is muted, channels' settings, and who changed any of it.

    For whoever has to account for it; touches nothing.
    """
    from bot import export as exported

    if as_json and as_csv:
        raise UsageError("either --json or --csv, not both.")
    if what not in (*exported.KINDS, "all"):
        raise UsageError(f"{what!r} can't be exported; there are: {', '.join(exported.KINDS)} and all.")
    with assembled() as app:
        one = exported.named(app.store, channel) if channel else ""
        if one is None:
            raise UsageError(f"nothing is kept of a channel {channel!r}; its id is at the end of its *About* in Slack.")
        kinds = exported.KINDS if what == "all" else (what,)
        rows = exported.rows(app.store, app.settings.zone, app.clock(), kinds, one)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write = exported.as_json if as_json else exported.as_csv if as_csv else exported.as_text
    sys.stdout.write(write(rows))


@cli.command()
def reread() -> None:
    """Read the kept captures anew; alerts nobody.

    For use after a recogniser changed: claims are derived again, changes and messages stay as they are.
    """
    from bot.pipeline.reread import reread as again
    from watchers.read import read_page

    with assembled() as app:
        with progress("rereading", len(app.store.watches())) as step:
            done = again(app.store, read_page, step)
        print(f"{done.captures} captures of {done.sources} sources read anew, {done.doubtful} not believable.")


@cli.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    import storage
    from bot.settings import load, masked

    settings = load()
    applied = storage.migrate(settings.database_url)
    shown = masked("DATABASE_URL", settings.database_url)
    print(f"{shown}: {len(applied)} migrations applied." if applied else f"{shown}: up to date.")


@cli.command()
def doctor() -> None:
    """Check that all is set up; say what to do.

    Looks at settings, database, sources, Slack token and scopes. Exit 1 when something is wrong.
    """
    from bot.doctor import examine
    from bot.masking import Mask
    from bot.settings import secret_values

    mask, wrong = Mask(secret_values()), 0
    for finding in examine():
        wrong += not finding.good
        print(mask(f"{finding.mark:<5} {finding.what}: {finding.detail}"))
    if wrong:
        raise typer.Exit(WRONG)


# --- keeping ---------------------------------------------------------------------------------------------------------

keeping.add(cli)
outbox.add(cli)
rights.add(cli)


# --- trying ----------------------------------------------------------------------------------------------------------


@cli.command()
def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds YYYY-MM-DD/NAME.EXT.")],
    as_json: Json = False,
    keep: Annotated[Path | None, typer.Option(metavar="FILE", help="Leave the SQLite database there.")] = None,
) -> None:
    """Print the alerts that dated captures would have sent."""
    from bot.trial import replay as replay_folder

    replay_folder(folder, as_json=as_json, keep=keep, **terminal())


@cli.command()
def demo(
    keep: Annotated[Path | None, typer.Option(metavar="FILE", help="Leave the SQLite database there.")] = None,
) -> None:
    """Two years of the SEC site in a minute, without Slack."""
    from bot.trial import demo as show

    show(keep=keep, **terminal())


# --- common ----------------------------------------------------------------------------------------------------------


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """Show a bar on a terminal's stderr while something long goes on."""
    if not sys.stderr.isatty() or not total:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def terminal() -> dict[str, Any]:
    """Return the terminal's width and whether it takes colour."""
    import shutil

    from bot.settings import takes_colour

    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    return {"width": width, "colour": takes_colour(sys.stdout)}


def date_of(text: str) -> date:
    """Return a date as it is given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a date; give one such as 2021-11-05.") from None
