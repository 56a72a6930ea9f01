"""`make bench-ask`: how long answers take on a store as large as centuries make it, and how much of that is Bolt's own.

All questions are asked of a million changes; `MP090` of ten thousand too, as what is kept may grow and answers may not.
Bounds are for CPU, in which others on the machine have no share; on a machine that has nothing else to do the wall's clock
shows the same.

Each question goes the whole way that a `/sec` goes in the process: Bolt's dispatch of a signed request, routing, the
store, the words, the blocks. Beside it the same request to an app whose command answers with nothing, which is Bolt alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest

import storage
from bot.app import App as Secbot
from bot.app import assemble
from bot.asking import Reply
from bot.ports import Store
from bot.settings import load
from bot.slack.signature import sign
from tests import large_store

SECRET = "a-signing-secret"
MODIFICATIONS, FEW, CHANGES = 10_000, 10_000, 1_000_000
P95, P99, FIRST = 100.0, 300.0, 1000.0
"""Milliseconds of CPU in which 95 of 100 answers, 99 of 100, and the first after the start must come."""
ONE, ONE_P99, ONE_GROWTH = "MP090", 25.0, 2.0
"""The question that is asked most: milliseconds within which 99 of 100 of its answers come, and how many times as long its
p50 may be with all changes as with few.
"""
OFTEN = 500
USERS = count()
"""Each question is another person's: who asks too often is told to slow down."""
ROUNDS = 20
"""Times that each question is asked, each time of another modification, release or word."""

QUESTIONS: tuple[str, ...] = (
    "{id}",
    "{id} history",
    "{id} evidence",
    "next",
    "next 10",
    "",
    "release {release}",
    "release {release} scope",
    "release {release} timeline",
    "release {release} docs",
    "since yesterday",
    "since monday",
    "since 2 weeks",
    "since",
    "search {word}",
    "search {word} firmware",
    "cutoffs",
    "cutoffs 60d",
    "version {version}",
    "part Appendix AD",
    "list",
    "subscribe {id}",
    "unsubscribe {id}",
    "mute {id} 7d",
    "unmute {id}",
    "subscribe everything dry run",
    "digest",
    "settings",
    "status",
    "define DUIS",
    "help",
    "help digest",
    "why {change}",
    "evidence {change}",
    "{unknown}",
    "{typo}",
    "{words}",
)


class Took(NamedTuple):
    """Milliseconds on the wall's clock, and of CPU, in which others on the machine have no share."""

    wall: float
    cpu: float


def asked(question: str, n: int) -> str:
    """Return a question about the nth modification, release, word."""
    number = n * 487 % MODIFICATIONS + 1
    word = large_store.WORDS[n % len(large_store.WORDS)]
    return question.format(
        id=large_store.id_of(number),
        release=large_store.RELEASES[-60 - n],
        word=word,
        version=f"{100 + n}",
        change=f"{CHANGES - 1 - n * 31:016x}"[:16],
        typo=f"M{number}P",
        unknown=f"MP{number:03d}C",
        words=f"{word} of the {large_store.WORDS[(n + 5) % len(large_store.WORDS)]}",
    )


def request(question: str, user: str) -> BoltRequest:
    """Return a slash command as Slack sends it."""
    fields = {"command": "/sec", "text": question, "user_id": user, "channel_id": "C0", "team_id": "T1", "token": "t"}
    fields |= {"response_url": "http://127.0.0.1:9/", "trigger_id": "1.1", "channel_name": "sec"}
    body, moment = urlencode(fields), str(int(time.time()))
    headers = {
        "x-slack-request-timestamp": [moment],
        "x-slack-signature": [sign(SECRET, moment, body)],
        "content-type": ["application/x-www-form-urlencoded"],
    }
    return BoltRequest(body=body, headers=headers)


def took(app: App, question: str) -> Took:
    """Return how long a question takes to be answered.

    Raises:
        SystemExit: it was not answered.
    """
    asked_for = request(question, f"U{next(USERS)}")
    begun, worked = time.perf_counter(), time.process_time()
    response = app.dispatch(asked_for)
    taken = Took((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000)
    if response.status != 200 or "Sorry" in (response.body or "") or "longer than it should" in (response.body or ""):
        sys.exit(f"{question!r} was not answered: {response.status} {response.body[:200]}")
    return taken


def bare(secbot: Secbot) -> App:
    """Return an app that answers every question with one word: what it takes is Bolt's own share."""
    import handlers
    from bot.slack.app import build

    class Plain:
        def reply(self, reply: Reply) -> object:
            from bot.ports import Message

            return Message("yes")

    def answer(question: str, *, user: str, channel: str, again: bool) -> Reply:
        return Reply("nothing")

    return build("xoxb-bench", SECRET, answer, Plain(), None, register=handlers.register)  # type: ignore[arg-type]


def at(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def measure(secbot: Secbot) -> list[str]:
    """Print what each question takes; return the bounds that are missed."""
    app, alone = secbot.bolt(), bare(secbot)
    first = took(app, "MP090")
    every: list[Took] = []
    print(f"\n{'question':<34}{'p50':>9}{'p95':>9}{'most':>9}{'CPU':>9}   ms")
    for question in QUESTIONS:
        some = [took(app, asked(question, n)) for n in range(ROUNDS)]
        every += some
        times = [one.wall for one in some]
        cpu = median(one.cpu for one in some)
        print(f"{question or '(nothing)':<34}{median(times):9.1f}{at(times, 0.95):9.1f}{max(times):9.1f}{cpu:9.1f}")
    walls, works = [one.wall for one in every], [one.cpu for one in every]
    bolts = [took(alone, "MP090").wall for _ in range(200)]
    print(f"\nall {len(walls)}: p50 {median(walls):.1f}, p95 {at(walls, 0.95):.1f}, p99 {at(walls, 0.99):.1f} ms")
    print(f"CPU: p50 {median(works):.1f}, p95 {at(works, 0.95):.1f}, p99 {at(works, 0.99):.1f} ms")
    print(f"the first after the start: {first.wall:.0f} ms, {first.cpu:.0f} of CPU")
    print(f"Bolt's own share: {median(bolts):.2f} ms, {100 * median(bolts) / median(walls):.0f} % of an answer's p50")
    bounds = (("p95", at(works, 0.95), P95), ("p99", at(works, 0.99), P99), ("the first answer", first.cpu, FIRST))
    return [f"{name}: {value:.0f} ms, at most {most:.0f}" for name, value, most in bounds if value > most]


def one(app: App) -> tuple[Took, Took]:
    """Return the p50 and the p99 of the question that is asked most."""
    some = [took(app, ONE) for _ in range(OFTEN)]
    walls, works = [each.wall for each in some], [each.cpu for each in some]
    return Took(median(walls), median(works)), Took(at(walls, 0.99), at(works, 0.99))


def assembled(store: Store, url: str) -> Secbot:
    """Return secbot as it answers from a store."""
    settings = load({"DATABASE_URL": url, "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET})
    return assemble(settings, store, clock=lambda: large_store.NOW)


def filled(file: Path, modifications: int, changes: int) -> str:
    """Return the URL of a store with so much in it, filled where it is new."""
    if not file.exists():
        begun = time.perf_counter(), time.process_time()
        large_store.fill_file(file, modifications, changes)
        wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
        print(
            f"{modifications:,} modifications, {changes:,} changes: filled in {wall:.0f} s ({cpu:.0f} of CPU)",
            flush=True,
        )
    return f"sqlite:///{file}"


def compare(few: tuple[Took, Took], many: tuple[Took, Took]) -> list[str]:
    """Print what the question that is asked most takes of few changes and of all; return the bounds that are missed."""
    print(f"\n{ONE}, {OFTEN} times{'':<16}{'p50':>9}{'p99':>9}{'CPU p50':>9}{'CPU p99':>9}   ms")
    for name, (middle, most) in {f"of {FEW:,} changes": few, "of all changes": many}.items():
        print(f"  {name:<32}{middle.wall:9.1f}{most.wall:9.1f}{middle.cpu:9.1f}{most.cpu:9.1f}")
    times = many[0].cpu / few[0].cpu
    print(f"  p50 grows {times:.2f} × (CPU), at most {ONE_GROWTH:g} ×; p99 at most {ONE_P99:g} ms (CPU)")
    missed = [f"{ONE}: p99 {many[1].cpu:.1f} ms, at most {ONE_P99:g}"] if many[1].cpu > ONE_P99 else []
    return missed + ([f"{ONE}: p50 grows {times:.2f} ×, at most {ONE_GROWTH:g} ×"] if times > ONE_GROWTH else [])


def main(argv: Sequence[str] | None = None) -> None:
    """Fill stores, measure, exit 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_ask", description=__doc__)
    parser.add_argument("--modifications", type=int, default=MODIFICATIONS)
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--keep", type=Path, help="a database to fill, or one that was filled before")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        url = filled(Path(folder) / "few.db", options.modifications, FEW)
        with storage.open_store(url) as store:
            few = one(assembled(store, url).bolt())
        url = filled(options.keep or Path(folder) / "bench.db", options.modifications, options.changes)
        with storage.open_store(url) as store:
            secbot = assembled(store, url)
            missed = measure(secbot)
            missed += compare(few, one(secbot.bolt()))
    print("\n" + ("\n".join(f"missed: {bound}" for bound in missed) or "all bounds are kept"))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
