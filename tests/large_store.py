"""A store as it would be after decades: many modifications, and changes without end. For `make bench-ask`.

All is made by counting, nothing by chance, so that two runs measure the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

import storage
from bot.domain.changes import Change, Told
from bot.domain.claims import Claim, Evidence
from bot.domain.follow import Subscription
from bot.domain.identifiers import release_name
from bot.domain.vocabulary import Weight
from bot.ports import Page, Poll, Source, Store, Watch

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
FIRST_YEAR, YEARS = 2012, 20
RELEASES = tuple(f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02d}" for n in range(YEARS * 12))
WORDS = [
    "alerts",
    "firmware",
    "tariff",
    "prepayment",
    "gas",
    "electricity",
    "hub",
    "meter",
    "inventory",
    "certificate",
    "registration",
    "anomaly",
    "detection",
    "joining",
    "consumer",
    "display",
    "supplier",
    "network",
    "operator",
    "security",
    "key",
    "recovery",
    "update",
    "schedule",
    "testing",
    "charge",
    "billing",
]
STATUSES = ("implemented", "targeted", "approved", "refinement", "rejected", "withdrawn", "pending_implementation")
PARTS = ("Section H", "Section G", "Schedule 8", "Schedule 9", "Appendix AD", "Appendix AF", "Appendix R")
IMPACTS = ("DCC Systems", "DUIS", "GBCS", "CH firmware", "SMETS")
KINDS = (
    ("status_changed", "status", Weight.WEIGHTY),
    ("vote_set", "change_board_vote_on", Weight.NORMAL),
    ("impact_changed", "affects", Weight.NORMAL),
    ("retitled", "title", Weight.LIGHT),
)
GATHERED = {
    "added": "DUIS",
    "removed": "",
    "maybe": "",
    "shift": "4 weeks later",
    "presentation_on": "",
    "path": "",
    "vote_on": "",
}
A_DAY = 500
"""Changes in a day: more than the whole site has in a month."""
TOGETHER = 2000
"""Changes that are recorded in one transaction."""


NUMBERS = 9999
"""Numbers of modifications have four digits at most; of more than there are, the rest are parts of the first."""


def id_of(number: int) -> str:
    """Return the id of the modification of a number."""
    round_, rest = divmod(number - 1, NUMBERS)
    return f"MP{rest + 1:03d}{' ABCD'[round_].strip()}"


def release_of(number: int) -> str:
    """Return the release that has it in scope."""
    return RELEASES[number % len(RELEASES)]


def title_of(number: int) -> str:
    """Return its title: five words, in another order for each."""
    return " ".join(WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 7, 11, 13)).capitalize()


def claims(number: int) -> Iterator[Claim]:
    """Yield what is claimed of a modification."""
    id_, release = id_of(number), release_of(number)
    subject = f"modification:{id_}"
    quote = f"{id_} ‘{title_of(number)}’ is in scope of the {release_name(release)} SEC Release"
    yield _claim(f"release:{release}", "in_scope", id_, quote)
    yield _claim(subject, "title", title_of(number), quote)
    yield _claim(subject, "status", STATUSES[number % len(STATUSES)], quote)
    yield _claim(subject, "affects", IMPACTS[number % len(IMPACTS)], quote)
    yield _claim(subject, "affects_part", PARTS[number % len(PARTS)], quote)
    if number % 20 == 0:
        yield _claim(subject, "change_board_vote_on", f"{release}-07", f"The Change Board votes on {id_}.")
        yield _claim(subject, "decision_cut_off", f"{release}-14", f"Without a decision {id_} goes to a later release.")


def of_release(release: str) -> Iterator[Claim]:
    """Yield what is claimed of a release itself, and of the version that it brought."""
    name = f"{release_name(release)} SEC Release"
    yield _claim(f"release:{release}", "name", name, name)
    yield _claim(f"release:{release}", "go_live", f"{release}-28", f"The {name} goes live on the 28th.")
    version = f"{RELEASES.index(release) + 1}.0"
    yield _claim(f"version:{version}", "effective_on", f"{release}-28", f"Version {version} takes effect.")
    yield _claim(f"version:{version}", "implements_release", release, f"Version {version} is for the {name}.")
    for part in PARTS[:3]:
        yield _claim(f"version:{version}", "affects_part", part, f"Version {version} changes {part}.")


def _claim(subject: str, attribute: str, value: str, quote: str) -> Claim:
    return Claim(subject, attribute, value, Evidence(quote, 1))


def changes(modifications: int) -> Iterator[Told]:
    """Yield changes without end, one a few minutes, up to now for `islice(…, n)` of n."""
    for n in count():
        number = n % modifications + 1
        id_, release = id_of(number), release_of(number)
        kind, attribute, weight = KINDS[n % len(KINDS)]
        about = (f"modification:{id_}", f"release:{release}", f"part:{PARTS[number % len(PARTS)]}")
        facts = {"title": title_of(number), "status": "approved", "on": "", "back": "", **GATHERED}
        quote = f"{id_} ‘{title_of(number)}’ was looked at for the {n}th time."
        values = ("targeted", "approved") if attribute == "status" else ("2026-01-07", "2026-02-04")
        change = Change(kind, about[0], attribute, *values, weight, about, facts, quote, quote)
        yield Told(f"{n:016x}", change, f"release-{release}", f"https://example.org/{release}/", NOW, known_from="")


def fill(store: Store, modifications: int, how_many: int) -> None:
    """Keep so many modifications and changes."""
    sources = {
        release: Source(f"release-{release}", f"https://example.org/{release}/", "release-page") for release in RELEASES
    }
    store.watch(sources.values(), NOW)
    numbers = range(1, modifications + 1)
    for release, source in sources.items():
        mine = [number for number in numbers if release_of(number) == release]
        opened = (*of_release(release), *(claim for number in mine for claim in claims(number)))
        watch = Watch(source, "good", last_read_at=NOW, due_at=NOW + timedelta(hours=1), baselined=True)
        page = Page(source.url, release.encode(), "text/html", NOW - timedelta(days=400))
        store.record(Poll(watch, page.fetched_at, page, opened=opened))
    every = timedelta(days=1) / A_DAY
    numbered = enumerate(islice(changes(modifications), how_many))
    while some := list(islice(numbered, TOGETHER)):
        told = tuple(_at(one, NOW - every * (how_many - n)) for n, one in some)
        source = sources[RELEASES[0]]
        store.record(Poll(Watch(source, "good", due_at=NOW, baselined=True), NOW, changes=told))
    for n, selector in enumerate(("everything", "release:2026-11", "modification:MP090", "part:Appendix AD")):
        store.subscribe(Subscription(f"C{n}", selector, "U1", NOW))


def fill_file(file: Path, modifications: int, how_many: int) -> None:
    """Keep so many modifications and changes in a new SQLite file; what is beyond one change each SQLite copies."""
    once = min(how_many, modifications)
    with storage.open_store(f"sqlite:///{file}") as store:
        fill(store, modifications, once)
    if how_many > once:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            _multiply(connection, once, how_many)


_COPIED = (
    "kind subject attribute before after weight about facts explains quote_before quote_after source url known_from"
)


def _multiply(connection: sqlite3.Connection, once: int, how_many: int) -> None:
    """Copy changes until there are enough, each with its subjects, evenly through the time up to now."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")  # nobody keeps a file that was not filled to its end
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("PRAGMA temp_store = MEMORY")
    every = 86400 / A_DAY
    begin = NOW.timestamp() - how_many * every
    given = {"once": once, "rounds": -(-how_many // once), "begin": begin, "every": every, "all": how_many}
    copied = ", ".join(f'"{name}"' for name in _COPIED.split())
    at = "strftime('%Y-%m-%d %H:%M:%f000', :begin + seq * :every, 'unixepoch')"
    connection.execute("BEGIN")
    connection.execute(
        "CREATE TEMP TABLE round AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < :rounds - 1) "
        "SELECT n FROM r",
        given,
    )
    new = f"SELECT c.seq + round.n * :once AS seq, {copied} FROM round CROSS JOIN change c"
    connection.execute(f"UPDATE change SET found_at = {at}", given)
    connection.execute(f"UPDATE change_about SET found_at = {at}", given)
    connection.execute(
        f"INSERT INTO change (seq, id, found_at, {copied}) SELECT seq, printf('%016x', seq - 1), {at}, {copied} "
        f"FROM ({new}) WHERE seq <= :all",
        given,
    )
    about = "SELECT subject, a.seq + round.n * :once AS seq FROM change_about a CROSS JOIN round ORDER BY subject, 2"
    connection.execute(
        f"INSERT INTO change_about (subject, seq, found_at) SELECT subject, seq, {at} FROM ({about}) WHERE seq <= :all",
        given,
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")


def _at(told: Told, at: datetime) -> Told:
    return replace(told, found_at=at)
