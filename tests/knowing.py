"""A small world that questions are asked of: three kinds of source, read on three days, as the store keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain import diff
from bot.domain.changes import Told
from bot.domain.claims import Claim, Evidence, Item
from bot.ports import Message, Page, Poll, Source, Store, Watch
from bot.render import Renderer
from handlers import answer

LONDON = ZoneInfo("Europe/London")
PAPERS = Source("operations-papers", "https://example.org/papers/", "paper")
RELEASE = Source("november-2021", "https://example.org/november-2021-sec-release/", "release-page")
NEWS = Source("news", "https://example.org/latest-news/", "news")
PAPER_READ = datetime(2020, 5, 26, 9, tzinfo=UTC)
RELEASE_READ = datetime(2021, 11, 5, 9, tzinfo=UTC)
NEWS_READ = datetime(2022, 7, 19, 9, tzinfo=UTC)
TITLE = "Incorporation of Non GBCS Non-Mandated Alerts into the SEC"

Row = tuple[str, str, str]


def claims(quote: str, *rows: Row, item: str = "", block: int = 0) -> list[Claim]:
    """What one sentence or row of a page claims."""
    return [Claim(subject, attribute, value, Evidence(quote, block), item) for subject, attribute, value in rows]


def listed(id_: str, title: str, release: str, status: str, item: str = "", block: int = 0) -> list[Claim]:
    """What a row of a table of scope claims."""
    return claims(
        f"{id_} ‘{title}’ {status}",
        (f"release:{release}", "in_scope", id_),
        (f"modification:{id_}", "title", title),
        (f"modification:{id_}", "status", status),
        item=item,
        block=block,
    )


def paper() -> list[Claim]:
    item = "releases-update-may-2020"
    return [
        *claims(
            "MP090 | impacts GBCS | DUIS: to be confirmed",
            ("modification:MP090", "title", TITLE),
            ("modification:MP090", "targeted_year", "2021"),
            ("modification:MP090", "affects", "GBCS"),
            ("modification:MP090", "may_affect", "DUIS"),
            item=item,
        ),
        *listed("MP102A", "Power Outage Alerts after a firmware upgrade", "2020-11", "report_phase", item, 2),
        *claims(
            "The Change Board votes on MP102A on 22 July 2020.",
            ("modification:MP102A", "change_board_vote_on", "2020-07-22"),
            item=item,
        ),
        *claims(
            "Without a decision by 22 October 2020 MP102A goes to a later release.",
            ("modification:MP102A", "decision_cut_off", "2020-10-22"),
            item=item,
        ),
        *claims(
            "MP102B ‘Power Outage Alerts, second part’",
            ("modification:MP102B", "title", "Power Outage Alerts, second part"),
            item=item,
        ),
        *claims("DP124 ‘Consumer access’", ("modification:DP124", "title", "Consumer access"), item=item),
        *claims("Go-live is on 5 November 2020.", ("release:2020-11", "go_live", "2020-11-05"), item=item),
        *claims(
            "The Panel is asked to move go-live to 29 November 2020.",
            ("release:2020-11", "proposed_go_live", "2020-11-29"),
            item=item,
        ),
    ]


def release_page() -> list[Claim]:
    return [
        *claims("The release goes live on 4 November 2021.", ("release:2021-11", "go_live", "2021-11-04")),
        *listed("SECMP0007", "Firmware updates to IHDs and PPMIDs", "2021-11", "implemented", block=1),
        *listed("MP090", TITLE, "2021-11", "implemented", block=2),
        *claims(
            "Schedule 8 GB Companion Specification v4.1 (draft 5) | 22 September 2021",
            ("release:2021-11", "document", "Schedule 8"),
            ("document:2021-11/Schedule 8", "title", "GB Companion Specification"),
            ("document:2021-11/Schedule 8", "version", "4.1"),
            ("document:2021-11/Schedule 8", "draft", "5"),
            ("document:2021-11/Schedule 8", "published_on", "2021-09-22"),
        ),
    ]


def news() -> list[Claim]:
    item = "sec-v50"
    return [
        *claims(
            "Version 50.0 took effect on 4 November 2021 for the November 2021 release.",
            ("version:50.0", "effective_on", "2021-11-04"),
            ("version:50.0", "implements_release", "2021-11"),
            item=item,
        ),
        *claims(
            f"MP090 ‘{TITLE}’ is implemented",
            ("version:50.0", "implements", "MP090"),
            ("modification:MP090", "title", TITLE),
            ("modification:MP090", "status", "implemented"),
            item=item,
        ),
        *claims("Section H and Schedule 8 change.", ("version:50.0", "affects_part", "Section H"), item=item),
        *claims("Version 62.0 is in effect.", ("version:62.0", "effective_on", "2022-07-18"), item="sec-v62"),
    ]


def read(
    store: Store, source: Source, at: datetime, said: Sequence[Claim], *items: Item, told: Sequence[Told] = ()
) -> None:
    """Keep what a page said on a day."""
    store.watch([source], at)
    watch = Watch(
        source, health="good", last_asked_at=at, last_read_at=at, due_at=at + timedelta(hours=1), baselined=True
    )
    page = Page(source.url, at.isoformat().encode(), "text/html", at)
    store.record(Poll(watch, at, page, opened=tuple(said), items=items, changes=tuple(told)))


def implemented() -> Told:
    """The change by which MP090's row says that it is implemented."""
    before = listed("MP090", TITLE, "2021-11", "approved")
    after = listed("MP090", TITLE, "2021-11", "implemented")
    (change,) = diff.changes(diff.compare(before, after, about="release:2021-11", stream=False, whole_items=set()))
    return Told("one", change, RELEASE.name, RELEASE.url, RELEASE_READ)


def fill(store: Store, *, until: datetime = NEWS_READ) -> None:
    """Read the sources whose day has come. What a process has read once it copies from then on."""
    file: Path | None = store._database.file  # type: ignore[attr-defined]
    if file is None or store.watches():
        read_all(store, until)
    elif until in _KEPT:
        with closing(sqlite3.connect(":memory:")) as kept, closing(sqlite3.connect(file)) as new:
            kept.deserialize(_KEPT[until])
            kept.backup(new)
    else:
        read_all(store, until)
        with closing(sqlite3.connect(file)) as filled:
            _KEPT[until] = in_memory(filled.serialize())


_KEPT: dict[datetime, bytes] = {}


def in_memory(database: bytes) -> bytes:
    """Return a database as one that has no journal beside it, for in memory there is none."""
    return database[:18] + b"\x01\x01" + database[20:]


def read_all(store: Store, until: datetime) -> None:
    read(
        store, PAPERS, PAPER_READ, paper(), Item("releases-update-may-2020", "Releases update, May 2020", "2020-05-26")
    )
    if until >= RELEASE_READ:
        read(store, RELEASE, RELEASE_READ, release_page(), told=[implemented()])
    if until >= NEWS_READ:
        posts = Item("sec-v50", "SEC v50.0", "2021-11-04"), Item("sec-v62", "SEC v62.0", "2022-07-18")
        read(store, NEWS, NEWS_READ, news(), *posts)


def asked(store: Store, question: str, at: datetime = NEWS_READ, **more: str) -> Message:
    """The message that answers a question."""
    return Renderer(LONDON).reply(answer(question, store=store, now=at, zone=LONDON, **more))  # type: ignore[arg-type]


def text_of(message: Message) -> str:
    """All that a reader sees of a message, and the labels of its buttons."""

    def strings(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["text"]] if isinstance(node.get("text"), str) else []
            return own + [one for key, value in node.items() if key != "value" for one in strings(value)]
        return [one for value in node for one in strings(value)] if isinstance(node, list | tuple) else []

    return "\n".join(strings(list(message.blocks)))


def buttons(message: Message) -> list[str]:
    """The questions that the buttons ask."""
    return [element["value"] for block in message.blocks if block["type"] == "actions" for element in block["elements"]]
