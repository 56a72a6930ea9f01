"""The tables. Rows stay inside `storage`: what leaves it are the types of `bot.ports` and `bot.domain`.

Text from pages is kept as it is but for what a database cannot hold (NUL, halves of surrogate pairs). Times are kept in
UTC and come back aware.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import DateTime
from sqlmodel import Field, SQLModel

VALUE_START = 100
"""How many characters of a value its index holds: PostgreSQL refuses index rows of 2,700 bytes and more."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn into UTC; a naive time is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that it is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length that both databases can hold."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Put the replacement character for what cannot be kept."""
        return None if value is None else storable(value)


def storable(value: str) -> str:
    """Return text without NUL and halves of surrogate pairs."""
    if value.isascii():
        return value.replace("\0", "\ufffd")
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


Number = BigInteger().with_variant(Integer, "sqlite")
"""A row number; SQLite counts up by itself only in a column of type INTEGER."""


def words(default: str | None = "", **more: Any) -> Any:
    """A column of text."""
    return Field(default=default, sa_type=Words, **more)


def name() -> Any:
    """A column of text that identifies its row."""
    return Field(sa_type=Words, primary_key=True)


def moment() -> Any:
    """A column of an aware time."""
    return Field(default=None, sa_type=Moment)


def number() -> Any:
    """A column that numbers its rows, each higher than all before."""
    return Field(default=None, primary_key=True, sa_type=Number)


def refers(column: str, **more: Any) -> Any:
    """A column that refers to a row of another table."""
    kind = Words if column in {"source.name", "body.sha"} else Number
    return Field(default=None, sa_type=kind, sa_column_args=[ForeignKey(column)], **more)


def json() -> Any:
    """A column of JSON."""
    return Field(default=None, sa_type=JSON, nullable=False)


def added(kind: Any, default: Any) -> Any:
    """A column that came later: the default is the database's own, for rows that the release before writes."""
    return Field(sa_type=kind, nullable=False, sa_column_kwargs={"server_default": default})


class Row(SQLModel):
    """What all tables share."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class SourceRow(Row, table=True):
    """A source and how it fares. `turn` counts what was recorded of it."""

    __tablename__ = "source"
    __table_args__ = (Index(None, "due_at"),)

    name: str = name()
    url: str = words()
    kind: str = words()
    every: int
    stream: str = words()
    origin: str = words()
    expected: bool
    health: str = words()
    reason: str = words()
    since: datetime | None = moment()
    due_at: datetime | None = moment()
    last_asked_at: datetime | None = moment()
    last_read_at: datetime | None = moment()
    last_changed_at: datetime | None = moment()
    etag: str = words()
    last_modified: str = words()
    body_sha: str = words()
    claims_sha: str = words()
    failures: int
    told: bool
    baselined: bool
    turn: int


class NextPageRow(Row, table=True):
    """A page of a stream that a feed asked for, to be read once; it may be asked for again at a later time."""

    __tablename__ = "next_page"
    __table_args__ = (UniqueConstraint("source", "url", "at"), Index(None, "at"), {"sqlite_autoincrement": True})

    id: int | None = number()
    source: str = refers("source.name")
    url: str = words()
    at: datetime = moment()


class AnswerRow(Row, table=True):
    """When a page was answered last, with a body or with "nothing changed"."""

    __tablename__ = "answer"
    __table_args__ = (Index(None, "at"),)

    source: str = refers("source.name", primary_key=True)
    url: str = name()
    at: datetime = moment()


class BodyRow(Row, table=True):
    """A body, once however often it came: `data` is compressed (zlib), `size` what it was before."""

    __tablename__ = "body"

    sha: str = name()
    data: bytes = Field(sa_type=LargeBinary)
    size: int


class CaptureRow(Row, table=True):
    """One answer with a body."""

    __tablename__ = "capture"
    __table_args__ = (
        Index(None, "source", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = number()
    source: str = refers("source.name")
    url: str = words()
    fetched_at: datetime = moment()
    body_sha: str = refers("body.sha")
    content_type: str = words()
    state: str = words()
    reason: str = words()
    heading: str = words()


class ClaimRow(Row, table=True):
    """A claim as an interval: opened by a capture, closed by a capture or open (`closed_by` NULL), so still believed.

    `key` is a digest of item, subject, attribute and value; a source has one open row of each.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index(
            "uq_claim_open",
            "source",
            "key",
            unique=True,
            sqlite_where=text("closed_by IS NULL"),
            postgresql_where=text("closed_by IS NULL"),
        ),
        Index("ix_claim_held", "source", sqlite_where=text("held"), postgresql_where=text("held")),
        Index(None, "subject", "attribute"),
        Index(None, "attribute"),
        Index(None, "value_start", "attribute"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = number()
    source: str = refers("source.name")
    item: str = words()
    subject: str = words()
    attribute: str = words()
    value: str = words()
    value_start: str = words()
    quote: str = words()
    block: int
    heading: str = words()
    rule: str = words()
    key: str = words()
    opened_by: int = refers("capture.id")
    closed_by: int | None = refers("capture.id", nullable=True)
    closed_at: datetime | None = moment()
    held: bool
    stated_at: datetime = moment()


class SubjectRow(Row, table=True):
    """A subject that anything was said about, so that suggestions need no look at the claims."""

    __tablename__ = "subject"
    __table_args__ = (Index(None, "kind"),)

    subject: str = name()
    kind: str = words()


class ItemRow(Row, table=True):
    """An item of a stream, as it was seen last. `capture`: where it was seen first."""

    __tablename__ = "item"

    source: str = refers("source.name", primary_key=True)
    key: str = name()
    title: str = words()
    posted_on: str = words()
    truncated: bool
    url: str = words()
    capture: int = refers("capture.id")


class ChangeRow(Row, table=True):
    """A change that was found. `seq` grows with each."""

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("id"), Index(None, "found_at", "seq"), {"sqlite_autoincrement": True})

    seq: int | None = number()
    id: str = words()
    kind: str = words()
    subject: str = words()
    attribute: str = words()
    before: str | None = words(None, nullable=True)
    after: str | None = words(None, nullable=True)
    weight: int
    about: list[str] = json()
    facts: dict[str, str] = json()
    explains: list[dict[str, Any]] = json()
    quote_before: str = words()
    quote_after: str = words()
    source: str = words()
    url: str = words()
    found_at: datetime = moment()
    known_from: str = words()


class ChangeAboutRow(Row, table=True):
    """Which subjects a change is about; `found_at` is the change's, for the index."""

    __tablename__ = "change_about"
    __table_args__ = (Index(None, "subject", "found_at", "seq"),)

    subject: str = name()
    seq: int = refers("change.seq", primary_key=True)
    found_at: datetime = moment()


class SubscriptionRow(Row, table=True):
    """A channel follows something."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("channel", "selector"), {"sqlite_autoincrement": True})

    id: int | None = number()
    channel: str = words()
    selector: str = words()
    made_by: str = words()
    made_at: datetime = moment()
    delivery: str = words()
    only: list[str] = added(JSON, "[]")
    but_not: list[str] = added(JSON, "[]")
    least: int = added(Integer, "0")
    layout: str = added(Words, text("''"))


class MuteRow(Row, table=True):
    """A channel is not told something until a time; one that ended is kept, for the digests that it speaks for."""

    __tablename__ = "mute"
    __table_args__ = (Index(None, "channel", "until"), Index(None, "until"), {"sqlite_autoincrement": True})

    id: int | None = number()
    channel: str = words()
    selector: str = words()
    until: datetime = moment()
    made_by: str = words()
    made_at: datetime = moment()


class ChannelRow(Row, table=True):
    """A channel's or a person's settings (`bot.domain.channel.Channel`), as JSON but for what is looked for."""

    __tablename__ = "channel"

    id: str = name()
    paused: str = words()
    settings: dict[str, Any] = json()


class PersonRow(Row, table=True):
    """What a person has seen: all changes up to `seq`."""

    __tablename__ = "person"

    user: str = name()
    seq: int = Field(sa_type=Number)
    looked_at: datetime = moment()


class DeedRow(Row, table=True):
    """Who changed a channel's subscriptions or settings."""

    __tablename__ = "deed"
    __table_args__ = (Index(None, "channel", "id"), {"sqlite_autoincrement": True})

    id: int | None = number()
    at: datetime = moment()
    user: str = words()
    channel: str = words()
    what: str = words()
    subject: str = words()
    before: str = words()
    after: str = words()


class CardRow(Row, table=True):
    """The message of a channel about a subject, below which later changes are told."""

    __tablename__ = "card"

    channel: str = name()
    subject: str = name()
    ts: str = words()
    place: str = words()
    made_at: datetime = moment()


class TellingRow(Row, table=True):
    """Which message tells a change in a channel."""

    __tablename__ = "telling"
    __table_args__ = (Index(None, "outbox"),)

    change: str = name()
    channel: str = name()
    outbox: int = refers("outbox.id", primary_key=True)


class OutboxRow(Row, table=True):
    """A message. `state`: "queued", "sending", "sent", "skipped", "failed" or "ambiguous"; `done_at` is set in the
    last four.

    `due_at`: not to be sent before; `attempts`: leases so far; `look_first`: it may have been sent already.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "state", "id"),
        Index(
            "ix_outbox_waiting_id",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_waiting",
            "channel",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
        Index(
            "ix_outbox_thread",
            "channel",
            "thread",
            sqlite_where=text("thread <> ''"),
            postgresql_where=text("thread <> ''"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = number()
    key: str = words()
    channel: str = words()
    kind: str = words()
    payload: dict[str, Any] = json()
    why: str = words()
    not_before: datetime | None = moment()
    created_at: datetime = moment()
    state: str = words()
    due_at: datetime = moment()
    fence: int
    attempts: int
    leased_until: datetime | None = moment()
    look_first: bool
    error: str = words()
    ts: str = words()
    done_at: datetime | None = moment()
    thread: str = added(Words, text("''"))
    broadcast: bool = added(Boolean, false())
    place: str = added(Words, text("''"))
    card: str = added(Words, text("''"))


class BackOffRow(Row, table=True):
    """Nothing is posted anywhere until then: Slack said so."""

    __tablename__ = "back_off"

    what: str = name()
    until: datetime = moment()


class LeaderRow(Row, table=True):
    """Which process does a task that one must do. `fence` grows with each new holder; what an older one writes is
    refused.
    """

    __tablename__ = "leader"

    task: str = name()
    holder: str = words()
    fence: int
    until: datetime = moment()


class HandledRow(Row, table=True):
    """A request of Slack's that one of several processes has taken."""

    __tablename__ = "handled"
    __table_args__ = (Index(None, "at"),)

    key: str = name()
    at: datetime = moment()


class DigestRunRow(Row, table=True):
    """A channel's digest of a local date. `upto`: the seq of the last change that it told."""

    __tablename__ = "digest_run"

    channel: str = name()
    local_date: date = Field(primary_key=True)
    upto: int = Field(sa_type=Number)
    made_at: datetime = moment()


def _table(row: type[Row]) -> Table:
    return Row.metadata.tables[str(row.__tablename__)]


source = _table(SourceRow)
next_page = _table(NextPageRow)
answer = _table(AnswerRow)
body = _table(BodyRow)
capture = _table(CaptureRow)
claim = _table(ClaimRow)
subject = _table(SubjectRow)
item = _table(ItemRow)
change = _table(ChangeRow)
change_about = _table(ChangeAboutRow)
subscription = _table(SubscriptionRow)
mute = _table(MuteRow)
channel = _table(ChannelRow)
person = _table(PersonRow)
deed = _table(DeedRow)
card = _table(CardRow)
telling = _table(TellingRow)
outbox = _table(OutboxRow)
back_off = _table(BackOffRow)
leader = _table(LeaderRow)
handled = _table(HandledRow)
digest_run = _table(DigestRunRow)
