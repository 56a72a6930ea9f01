"""Trials without Slack: `secbot replay` over a folder of captures, `secbot demo` over a local site.

The same pipeline as ever, with a clock set by hand and a terminal where Slack would be.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.app import App, assemble
from bot.domain import dates, diff
from bot.pipeline.cards import TELLING
from bot.pipeline.poll import FAST_REREAD
from bot.pipeline.threads import told_in
from bot.ports import Fetched, Request, Store, Watch
from bot.replay import Replay, ReplayError, SetClock, captures
from bot.settings import for_a_trial
from bot.terminal import TerminalPoster, as_text

MORNING = time(9)
QUESTIONS = ("MP090", "SECMP0007", "next", "since 2021-03-01", "mp 9O")
MOST_PASSES = 10
"""Passes over what is due at one date: pages that feeds point to, and re-reads that confirm removals."""


@contextmanager
def empty_store(keep: Path | None) -> Iterator[Store]:
    """Open an empty database, to be kept at a path or thrown away."""
    import storage

    if keep is None:
        with (
            tempfile.TemporaryDirectory(prefix="secbot-") as folder,
            storage.open_store(f"sqlite:///{folder}/trial.db") as store,
        ):
            yield store
        return
    if keep.exists():
        raise ReplayError(
            f"{keep} exists already; name another file or remove it, a trial begins with an empty database."
        )
    if not keep.absolute().parent.is_dir():
        raise ReplayError(f"{keep.absolute().parent} is not a folder; make it first.")
    with storage.open_store(f"sqlite:///{keep}") as store:
        yield store


# --- replay ----------------------------------------------------------------------------------------------------------


def replay(folder: Path, *, as_json: bool, keep: Path | None, width: int, colour: bool) -> None:
    """Poll the captures of a folder in order and print what would have been sent."""
    from watchers.read import read_page

    dated = captures(folder)
    clock = SetClock(datetime(2000, 1, 1, tzinfo=UTC))
    out = TerminalPoster(sys.stdout, colour=colour, width=width)
    with empty_store(keep) as store:
        app = assemble(for_a_trial(), store, fetch=no_web, poster=out, clock=clock, sources=list)
        run = Replay(store, read_page, clock, app.poller.audience)
        for on, report in run(dated):
            if not as_json:
                heading(
                    on,
                    f"{counted(report.read, 'capture')} read, {counted(len(report.changes), 'change')}",
                    width,
                    colour=colour,
                )
            for name, reason in report.troubles:
                sys.stderr.write(f"{on}: not believed: {name}: {reason}\n")
            if as_json:
                print_rows(app, clock)
            else:
                app.deliver()
    if keep and not as_json:
        print(f"\nKept. Ask it: DATABASE_URL=sqlite:///{keep} secbot ask MP090")


def no_web(requests: Sequence[Request]) -> Iterator[tuple[Request, Fetched]]:
    """Refuse to fetch: a replay has its pages."""
    raise AssertionError(f"a replay asks nothing of the web: {requests}")


def print_rows(app: App, clock: SetClock) -> None:
    """Print each alert that waits as one JSON object a line, also one that says that another no longer holds; cards and
    notices are no alerts.
    """
    while leased := app.store.lease(clock(), 50, 60):
        for one in leased:
            if one.message.kind in TELLING:
                told = told_in(app.store, one.message)
                message = app.deliverer.rendered(one.message, told)
                row = {
                    "date": clock().date().isoformat(),
                    "channel": one.message.channel,
                    "changes": [row for change in told for row in diff.rows(change.change)],
                    "text": message.text,
                    "blocks": list(message.blocks),
                }
                print(json.dumps(row, ensure_ascii=False))
            app.store.sent(one, one.message.key, clock())


# --- demo ------------------------------------------------------------------------------------------------------------


def demo(*, keep: Path | None, width: int, colour: bool) -> None:
    """Play two years of the site, print what Slack would show, then answer questions."""
    from bot import demo as story

    clock = SetClock(datetime(2020, 1, 1, tzinfo=UTC))
    print(paint(story.OPENING, "1", colour=colour))
    with empty_store(keep) as store, story.Site(clock) as site:
        settings = replace(for_a_trial(), channel="#sec-releases", ops_channel="#sec-operators")
        sources = story.sources(site.url)
        poster = TerminalPoster(sys.stdout, colour=colour, width=width)
        web = story.web(site.url, clock)
        app = assemble(settings, store, fetch=web, poster=poster, clock=clock, sources=lambda: sources)
        for step in story.steps():
            heading(step.on, step.title, width, colour=colour)
            site.show(step)
            quiet = play(app, clock, step.on)
            app.deliver()
            if quiet:
                print(paint("  nothing to tell: no message is sent\n", "2", colour=colour))
            if step.digest:
                clock.now = datetime.combine(step.on + timedelta(days=1), MORNING, settings.zone).astimezone(UTC)
                app.daily(step.on + timedelta(days=1))
                app.deliver()
        for question in QUESTIONS:
            print(paint(f"\n/sec {question}", "1;36", colour=colour))
            print(as_text(app.render(app.answer(question)), width=width, colour=colour))
    print(f"\n{last_words(keep, clock().date())}")


def last_words(keep: Path | None, on: date) -> str:
    """Return how to go on asking: of what was kept, or by keeping it the next time."""
    called = sys.argv[0] if sys.argv[0].endswith("secbot") else "secbot"
    if keep:
        return f"Kept. Ask on: DATABASE_URL=sqlite:///{keep} SECBOT_AS_OF={on} {called} ask MP090"
    return (
        "This database is thrown away now. To keep one and ask it whatever you like:\n"
        f"  {called} demo --keep demo.db\n"
        f"  DATABASE_URL=sqlite:///demo.db SECBOT_AS_OF={on} {called} ask MP090"
    )


def play(app: App, clock: SetClock, on: date) -> bool:
    """Poll everything at a date, then what became due by it; return whether there was nothing to send."""
    clock.now = datetime.combine(on, MORNING, app.settings.zone).astimezone(UTC)
    app.watch_sources()
    app.poller(app.store.watches())
    for _ in range(MOST_PASSES):
        clock.now += FAST_REREAD + timedelta(seconds=1)
        due = [watch for watch in app.store.due(clock()) if soon(watch, app.store)]
        if not due:
            break
        app.poller(due)
    return app.store.outbox().queued == 0


def soon(watch: Watch, store: Store) -> bool:
    """Whether a source is due for a page that a feed points to, or to confirm a removal; not just for its next
    turn.
    """
    return bool(watch.next_url) or bool(store.accepted(watch.source.name).held)


def heading(on: date, title: str, width: int, *, colour: bool) -> None:
    """Print a date and what happens on it."""
    line = f"── {dates.label(on.isoformat())} · {title} "
    print("\n" + paint(line + "─" * max(0, width - len(line)), "1;33", colour=colour) + "\n", flush=True)


def paint(words: str, code: str, *, colour: bool) -> str:
    """Return words in a terminal's colour."""
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words


def counted(number: int, thing: str) -> str:
    """Return a number of things in words: "1 capture", "2 captures"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
