"""The doors between the inside and the world, and what passes through them.

The world side is written in `watchers` (Fetch, Read), `storage` (Store), `bot.slack` and `bot.terminal` (Poster);
tests put their own in. Times are aware and in UTC; a local date is one of the bot's time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.domain.changes import Told
from bot.domain.channel import Channel
from bot.domain.claims import Claim, Item, Reading, Statement
from bot.domain.follow import Mute, Subscription
from bot.domain.views import Some
from bot.domain.vocabulary import Weight

# --- the web ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A page or feed that is watched.

    `every` is in minutes. `stream` names the source whose items this one's pages belong to (a feed's linked posts);
    empty for its own. `origin`: "built in", "settings" or "discovered". `expected`: the page need not exist yet, so a
    404 is no trouble.
    """

    name: str
    url: str
    kind: str
    every: int = 60
    stream: str = ""
    origin: str = "built in"
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask the web for, with what the server said of it last time.

    `trace`: the id of all that comes of it (`bot.trace`), from here to Slack.
    """

    source: str
    url: str
    etag: str = ""
    last_modified: str = ""
    trace: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A body as it came, whole.

    `url` is where it was found after redirects, `status` always 200.
    """

    url: str
    body: bytes
    content_type: str
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that nothing changed (304)."""

    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no page.

    `kind`: "missing" (404, 410), "http", "timeout", "network", "refused" (host, address, scheme or robots.txt),
    "too_large", "busy" (429, 503). `retry_after` in seconds where the server named a time.
    """

    kind: str
    detail: str
    fetched_at: datetime
    retry_after: float | None = None


Fetched = Page | Unchanged | Trouble


class Fetch(Protocol):
    """Asks the web for pages."""

    def __call__(self, requests: Sequence[Request]) -> Iterator[tuple[Request, Fetched]]:
        """Yield each request with what came of it, in the order in which answers arrive.

        Raises nothing for one page.
        """


class Read(Protocol):
    """Reads a page."""

    def __call__(self, page: Page, kind: str) -> Reading:
        """Return what the page claims; `kind` "auto" finds out what it is.

        Raises nothing: doubts are in the reading.
        """


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, aware, in UTC."""


# --- what is kept ----------------------------------------------------------------------------------------------------

Health = Literal["new", "good", "doubtful", "failing", "absent"]
"""`absent`: a page that is expected and does not exist yet."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A source with how it fares.

    `due_at` None: it is no longer read. `failures` in a row; `told`: the operators know of its trouble; `last_read_at`:
    the last reading that was believed or the last answer that nothing changed.
    """

    source: Source
    health: Health = "new"
    reason: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    last_asked_at: datetime | None = None
    last_read_at: datetime | None = None
    last_changed_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_sha: str = ""
    claims_sha: str = ""
    failures: int = 0
    told: bool = False
    baselined: bool = False
    next_url: str = ""  # a page of the stream that a feed asked for, instead of the source's own
    turn: int | None = None  # how often it was recorded; a poll of an old turn is refused, one without is not checked
    waits: bool | None = field(default=None, compare=False)  # whether a claim of it is held; None: nobody looked


@dataclass(frozen=True, slots=True)
class Accepted:
    """The state of a source that is believed: its claims, apart from them those that the last reading no longer has and
    that wait for a second reading to confirm (`held`), the items seen of a stream, the capture that was read last.
    """

    claims: tuple[Claim, ...] = ()
    held: tuple[Claim, ...] = ()
    items: tuple[Item, ...] = ()
    capture: int | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One body kept.

    `state`: "accepted" or "quarantined" with its `reason`.
    """

    id: int
    source: str
    url: str
    fetched_at: datetime
    body_sha: str
    content_type: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent.

    `key` is unique for ever and travels with the message: the same key is never sent twice. `kind` names what renders
    it ("alert", "reverted", "card", "notice", "digest", "countdown"), or is "edit": another message is brought up to
    date. `payload` is what it is about (JSON), `why` the words that say why this channel gets it. `thread`: the subject
    whose card it belongs below, empty for a message by itself; `broadcast`: a reply that shows in the channel as well.
    """

    key: str
    channel: str
    kind: str
    payload: Mapping[str, Any]
    why: str = ""
    not_before: datetime | None = None
    thread: str = ""
    broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The message of a channel about a subject, below which later changes are told: its `ts`, and where it is (`place`:
    the conversation that Slack named, which for a person is not the id that was posted to).
    """

    channel: str
    subject: str
    ts: str
    place: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """A message that told a change in a channel, as it is kept: `ts` is empty until it is sent, `card` is the ts of the
    card that it stands below, empty where it stands by itself.
    """

    message: Outgoing
    ts: str
    place: str
    card: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What is remembered of a person: the last change that there was when they looked, and when that was."""

    user: str
    seq: int = 0
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a channel's subscriptions or settings: `what` is "subscribed", "unsubscribed", "muted",
    "unmuted", "set", "paused" or "resumed"; of no channel: "restored" (see `Store.lost_times`). `before` and `after` in
    words that `secbot export` shows.
    """

    at: datetime
    user: str
    channel: str
    what: str
    subject: str
    before: str = ""
    after: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class LostTime:
    """The time before a backup was restored of which nothing is kept any more, though messages were sent in it."""

    begin: datetime
    restored_at: datetime


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A channel's digest of a local date: the seq up to which it told changes, when it was made, the ids of what it
    told.
    """

    on: date
    upto: int
    made_at: datetime
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leased:
    """An outgoing message that this process may send until its lease ends.

    `fence` grows with each lease; `attempts` that were made before; `look_first`: it may have been sent already, so
    look in the channel before sending.
    """

    id: int
    fence: int
    message: Outgoing
    attempts: int
    look_first: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Poll:
    """All that one answer of the web changes, written in one transaction.

    `page` None: nothing new came (304, trouble). `opened` claims begin to hold, `closed` ones end, `held` is the
    whole set of claims that wait for confirmation from now on (left as it was where no believable page came and none
    is opened or closed). `items` were seen on this capture. `discovered` are new sources. `heading` is the page's own.
    """

    watch: Watch
    at: datetime
    page: Page | None = None
    state: str = "accepted"
    reason: str = ""
    opened: tuple[Claim, ...] = ()
    closed: tuple[Claim, ...] = ()
    held: tuple[Claim, ...] = ()
    items: tuple[Item, ...] = ()
    changes: tuple[Told, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    discovered: tuple[Source, ...] = ()
    heading: str = ""

    @property
    def plain(self) -> bool:
        """Whether it tells no more than how its source fares, and brings at most a body that says nothing new."""
        more = self.opened or self.closed or self.held or self.items or self.changes or self.outgoing or self.discovered
        settled = self.page is None or (self.state == "accepted" and self.watch.waits is False)
        return settled and not more and not self.watch.next_url


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is known of a change at a glance."""

    seq: int
    id: str
    subject: str
    weight: Weight
    found_at: datetime
    known_from: str


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How many messages are in each state, and the oldest that waits. `ambiguous`: they may have been sent, and nobody
    can look.
    """

    queued: int = 0
    sending: int = 0
    sent: int = 0
    ambiguous: int = 0
    failed: int = 0
    oldest_at: datetime | None = None
    failures: tuple[str, ...] = ()


GIVEN_UP = ("ambiguous", "failed")
"""States of messages that are not sent again by themselves; the reason is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the outbox, for whoever looks after it. `state`: "queued", "sending", "sent", "skipped", "failed" or
    "ambiguous"; `unsure`: it may have been sent, so it is looked for first.
    """

    id: int
    message: Outgoing
    state: str
    attempts: int
    unsure: bool
    error: str
    created_at: datetime
    due_at: datetime
    done_at: datetime | None
    ts: str


@dataclass(frozen=True, slots=True)
class Term:
    """A holder's turn at what one process must do alone, until its lease ends. Each new holder has a higher fence."""

    task: str
    holder: str
    fence: int
    until: datetime


class Store(Protocol):
    """Everything that is kept.

    Each method is one transaction; `StoreError` says what to do when it cannot be done.
    """

    def watch(self, sources: Iterable[Source], now: datetime) -> list[Source]:
        """Begin to watch the sources that are new, bring the others' url, kind and every up to date; return the new
        ones.
        """

    def keep_only(self, names: Collection[str]) -> list[str]:
        """Stop to read the sources that are built in or of the settings and have none of these names; return whose
        reading stopped. What they said stays; `watch` begins again.
        """

    def watches(self) -> list[Watch]:
        """Return all sources with their health, by name."""

    def due(self, now: datetime) -> list[Watch]:
        """Return the sources to be read now, longest due first."""

    def hasten(self, source: str, at: datetime, url: str = "") -> None:
        """Make a source due at a time if it is later now; with `url`, read that page of it next."""

    def accepted(self, source: str) -> Accepted:
        """Return what is believed of a source."""

    def record(self, poll: Poll) -> int | None:
        """Write all that one answer changed, whole or not at all; return the capture's id, None where no body
        came.
        """

    def record_plain(self, polls: Sequence[Poll]) -> list[Poll]:
        """Write polls that are `plain`, of a source each, in one transaction; return those of which nothing was
        written because another process recorded their source first (see `Overtaken`).
        """

    def captures(self, source: str | None = None) -> list[Capture]:
        """Return the captures, oldest first."""

    def first_capture(self) -> Capture | None:
        """Return the oldest capture of all, None for none."""

    def last_capture(
        self,
        source: str,
        *,
        state: str = "",
        url: str = "",
        sha: str = "",
        at: datetime | None = None,
        until: datetime | None = None,
        before: int = 0,
    ) -> Capture | None:
        """Return a source's newest capture, of a state, an address or a body where they are named; None for none.

        `at`: fetched at that moment, `until`: no later; `before`: with a number below that.
        """

    def capture(self, number: int) -> Capture | None:
        """Return the capture of that number, None where there is none."""

    def body(self, sha: str) -> bytes:
        """Return a kept body."""

    def reread(self, source: str, states: Iterable[tuple[int, Sequence[Claim], Sequence[Item]]]) -> None:
        """Replace all claims of a source by what each capture (by id, oldest first) claims when read anew."""

    def statements(
        self, subject: Some | None = None, attribute: Some | None = None, value: Some | None = None
    ) -> list[Statement]:
        """Return what sources say or said, oldest first; any of subject, attribute and value narrows it.

        Each may be several: many that are asked for at once take hardly longer than one.
        """

    def dated(self, attributes: Collection[str], begin: str, end: str) -> list[Statement]:
        """Return all that was ever said in some attributes of each subject of which one of them is said today with a
        value from `begin` to before `end`, as texts are sorted.
        """

    def named(self, kind: str, keys: Collection[str]) -> set[str]:
        """Return which of these are keys of a kind's subjects, or a value of anything, now or ever."""

    def values(self, attributes: Collection[str]) -> list[tuple[str, str, str]]:
        """Return subject, attribute and value of all that was ever said in some attributes, oldest first.

        That is much; what is worked out of it is worth remembering until `last_claim` moves.
        """

    def saying(self, value: Some) -> list[tuple[str, str, str]]:
        """Return subject, attribute and value of what is said now with a value or one of several, oldest first."""

    def last_claim(self) -> int:
        """Return the number of the newest claim, which grows with each; 0 where nothing was ever claimed."""

    def subjects(self, kind: str) -> list[str]:
        """Return the subjects of a kind that anything was said about, sorted."""

    def changes(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        after: int = 0,
        about: Some | None = None,
        ids: Sequence[str] | None = None,
        kinds: Collection[str] | None = None,
        limit: int = 1000,
    ) -> list[Told]:
        """Return changes, oldest first; of more than `limit` the newest, and of these the ones of `kinds`.

        `after` is a seq, `about` a subject or several.
        """

    def glimpses(
        self, *, since: datetime | None = None, until: datetime | None = None, after: int = 0, limit: int = 1000
    ) -> list[Glimpse]:
        """Return of the same changes what can be had quickly, where only few are told in full."""

    def count_changes(self, about: Some) -> int:
        """Return how many changes are about a subject, or about any of several."""

    def changes_called(self, start: str, limit: int = 10) -> list[Told]:
        """Return the changes whose ids begin so, oldest first: people are shown the beginning of an id."""

    def search(self, words: str, limit: int = 20) -> list[Statement]:
        """Return the current titles, names and quotes that hold all of the words, best first."""

    def subscriptions(self, channel: str | None = None) -> list[Subscription]:
        """Return the subscriptions, oldest first."""

    def subscribe(
        self, subscription: Subscription, instead_of: Callable[[Subscription | None], None] | None = None
    ) -> bool:
        """Keep a subscription; False where the channel has it already.

        `instead_of` is given the one whose place it takes, in the same transaction; what it raises leaves that.
        """

    def unsubscribe(self, channel: str, selector: str, by: str, at: datetime) -> bool:
        """Drop a channel's subscription; False where it has none of that selector."""

    def mutes(self, channel: str | None = None, since: datetime | None = None) -> list[Mute]:
        """Return the mutes, oldest first; with `since` those that silenced anything after it."""

    def mute(self, mute: Mute) -> None:
        """Keep a mute; it takes the place of the channel's mute of the same selector."""

    def unmute(self, channel: str, selector: str, by: str, at: datetime) -> bool:
        """End a channel's mute at a time; False where none of that selector holds."""

    def channel(self, id_: str) -> Channel:
        """Return the settings of a channel or person, the usual ones where it made none."""

    def channels(self) -> list[Channel]:
        """Return all channels and persons with settings of their own, by id."""

    def keep_channel(self, channel: Channel, by: str, at: datetime, outgoing: Iterable[Outgoing] = ()) -> bool:
        """Keep a channel's settings, and queue the messages that tell of it; False, and nothing, where it has just
        these. What waits for a channel that pauses has failed, for that reason; what had failed so waits again when it
        goes on, but for what counts days. Where it is quiet at other times now, what is held for it is due again.
        """

    def change_channel(
        self, id_: str, change: Callable[[Channel], Channel], by: str, at: datetime, outgoing: Iterable[Outgoing] = ()
    ) -> tuple[Channel, bool]:
        """Change a channel's settings as they are kept at that moment, so that two who change them lose nothing; as
        `keep_channel` otherwise. Return how they are then, and whether that is new. What `change` raises ends it; it
        must not ask the store.
        """

    def deeds(self, channel: str | None = None, limit: int = 1000) -> list[Deed]:
        """Return who changed which subscriptions and settings, oldest first; of more than `limit` the newest."""

    def lost_times(self, since: datetime) -> list[LostTime]:
        """Return the times that those restorations of a backup lost that were after a moment, oldest first."""

    def person(self, user: str) -> Person:
        """Return what is remembered of a person."""

    def looked(self, user: str, seq: int, at: datetime) -> None:
        """Remember that a person has seen all changes up to a seq."""

    def card(self, channel: str, subject: str) -> Card | None:
        """Return a channel's card about a subject; None where it has none."""

    def cards(self, channels: Collection[str], subjects: Collection[str]) -> list[Card]:
        """Return the cards that any of these channels have about any of these subjects."""

    def drop_card(self, channel: str, subject: str) -> None:
        """Forget a card: somebody deleted it, so the next alert about its subject becomes one."""

    def tellings(self, channel: str, change_id: str) -> list[Telling]:
        """Return the messages of a channel that told a change or are to tell it, oldest first."""

    def told_to(self, change_id: str) -> list[str]:
        """Return the channels that were told a change, or are being told."""

    def thread(self, card: Card) -> list[Telling]:
        """Return what was sent of a card's subject since it was made, oldest first: the card itself and what stands
        below it.
        """

    def enqueue(self, outgoing: Iterable[Outgoing], now: datetime) -> int:
        """Queue messages; a key that was queued before is left alone.

        Return how many are new.
        """

    def lease(self, now: datetime, limit: int, seconds: float, apart: float = 0.0) -> list[Leased]:
        """Take up to `limit` messages to send, oldest first and one of each channel, for so many seconds.

        The next of a channel can be leased when this one is sent or failed, and `apart` seconds after the last was
        sent there: its messages keep their order. While all posting backs off there are none.
        """

    def waits_its_turn(self, now: datetime, apart: float) -> bool:
        """Whether a message that is due waits only because its channel was told something less than so many seconds
        ago.
        """

    def back_off(self, until: datetime) -> None:
        """Lease nothing to anybody until then, or a later time that was said before."""

    def sent(
        self,
        leased: Leased,
        ts: str,
        now: datetime,
        *,
        place: str = "",
        card: str = "",
        made: Card | None = None,
        then: Iterable[Outgoing] = (),
    ) -> bool:
        """Mark as sent, as the message that is leased says it now; False where the lease was lost to another process.

        `place`: the conversation in which it is; `card`: the ts of the card that it is below; `made`: it is a card from
        now on; `then`: what is to be sent because of it.
        """

    def skipped(self, leased: Leased, why: str, now: datetime) -> bool:
        """Mark as done without sending: there is nothing to say any more. False where the lease was lost."""

    def hold(self, leased: Leased, until: datetime) -> bool:
        """Keep a message that was not tried until a time, as if it had been queued for then: later ones of its channel
        may pass it. False where the lease was lost.
        """

    def edited_later(self, leased: Leased) -> bool:
        """Whether a later edit of the same card waits, which will say all that this one would."""

    def waiting(self, channel: str, kind: str) -> list[Outgoing]:
        """Return the messages of a kind that are not sent yet, nor given up, for a channel; oldest first."""

    def put_back(self, leased: Leased, error: str, again_at: datetime, *, unknown: bool) -> bool:
        """Try again at that time; `unknown`: it may have been sent, so look first.

        False where the lease was lost.
        """

    def hand_back(self, leased: Leased) -> bool:
        """Give up a lease of a message that was not tried, as if it had never been leased. False where it was lost."""

    def failed(self, leased: Leased, error: str, now: datetime, *, unknown: bool = False) -> bool:
        """Give up, for a reason that trying again does not mend; the message is kept.

        `unknown`: it may have been sent, so look first if it is queued again. False where the lease was lost.
        """

    def resend(
        self,
        now: datetime,
        states: Collection[str] = GIVEN_UP,
        ids: Collection[int] | None = None,
        *,
        look: bool = True,
    ) -> int:
        """Queue again what failed, or of it the messages with these numbers; return how many. `look`: what may have
        been sent is looked for first.
        """

    def drop(self, ids: Collection[int], now: datetime) -> int:
        """Leave for good, of what was given up, the messages with these numbers; return how many."""

    def outbox(self, since: datetime | None = None) -> OutboxState:
        """Return the state of the outbox; `since`: what was sent is counted from then on."""

    def entries(self, states: Collection[str], limit: int = 50) -> list[Entry]:
        """Return the newest messages of the outbox that are in one of these states, oldest first."""

    def lead(self, task: str, holder: str, now: datetime, seconds: float) -> Term | None:
        """Take, or keep, for so many seconds what one process must do alone; None while another does it.

        Each process has a holder's name of its own; their clocks should agree within a minute: where they don't, the
        fence still lets one of them write.
        """

    def resign(self, term: Term, now: datetime) -> None:
        """Let another process take over at once."""

    def under(self, term: Term) -> Store:
        """Return this store for what is done in a term: what it writes is refused (`Deposed`) once another holder has
        begun one.
        """

    @property
    def is_shared(self) -> bool:
        """Whether processes on other machines may use it too. In a file of SQLite a writer waits for all others, which
        nobody who asks something should.
        """

    def first(self, key: str, now: datetime) -> bool:
        """Whether a request with that key is taken by nobody else; then it is taken by whoever asked this."""

    def digest_before(self, channel: str, on: date, *, weekly: bool = False) -> tuple[date, int] | None:
        """Return the date of the channel's last digest before a date and the seq of the last change it told; `weekly`:
        of the last that told what is told weekly.
        """

    def digests_begun(self, channels: Collection[str], since: date) -> dict[str, date]:
        """Return the date of the last digest of each of the channels that had one on a date or later."""

    def digests(self, channel: str, since: date) -> list[DigestRun]:
        """Return the channel's digests of a date and later ones, with what they told; oldest first."""

    def begin_digest(
        self, channel: str, on: date, upto: int, outgoing: Outgoing, now: datetime, *, weekly: int | None = None
    ) -> bool:
        """Queue a channel's digest of a local date; False where that date has one already. `weekly`: the seq of the
        last change up to which all is told that is told weekly, where this digest says so.
        """

    def ready(self) -> None:
        """Raise StoreError where the database can't be used, or isn't of the present schema (any more)."""

    def last_seq(self) -> int:
        """Return the seq of the newest change, 0 for none."""

    def reads_since(self, since: datetime) -> int:
        """Return how many pages were asked for and answered since then."""


class StoreError(Exception):
    """The database can't be used; the message says why and what to do."""


class Deposed(StoreError):
    """Another process does by now what this one meant to do alone. Nothing was written."""


class StillDown(StoreError):
    """The database can't be used, which was said before."""


class Overtaken(StoreError):
    """What was to be recorded is out of date: another process recorded the same source first. Nothing was written."""


# --- Slack -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is: its ts, and the conversation that Slack named (of a person it is another id)."""

    ts: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered message: `text` for notifications and screen readers, `blocks` as Block Kit JSON.

    `marks` travel with it unseen: what it tells, whenever that is found (`bot.domain.marks`).
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of ours that stands in a channel. `replied`: there is a thread below it."""

    at: Posted
    key: str
    marks: tuple[str, ...] = ()
    replied: bool = False


class PostFailed(Exception):
    """A message was not accepted, or nobody knows.

    `permanent`: trying again won't mend it. `retry_after`: seconds to wait first. `unknown`: it may have been stored.
    `everywhere`: the same would happen in every channel (a revoked token), so delivery as a whole must wait.
    """

    def __init__(
        self,
        error: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        unknown: bool = False,
        everywhere: bool = False,
    ) -> None:
        """Keep what is known of the failure."""
        super().__init__(error)
        self.error = error
        self.permanent = permanent
        self.retry_after = retry_after
        self.unknown = unknown
        self.everywhere = everywhere


class Gone(PostFailed):
    """The message that was to be edited or replied to is no more."""


class Poster(Protocol):
    """Sends messages."""

    def post(self, channel: str, message: Message, key: str, *, below: str = "", broadcast: bool = False) -> Posted:
        """Send a message once and return where it is; `key` travels with it.

        `below`: the ts of the message whose thread it is a reply in; `broadcast`: it shows in the channel as well.

        Raises PostFailed.
        """

    def find(self, channel: str, key: str, since: datetime, *, below: str = "") -> Posted | None:
        """Return where the message with that key is, None where there is none.

        Raises PostFailed when it can't look.
        """

    def heard(self, channel: str, since: datetime, until: datetime, *, below: str = "") -> Sequence[Heard]:
        """Return the messages of ours of a time, oldest first: those of the channel itself, or the replies below one.

        Raises PostFailed when it can't look.
        """

    def edit(self, place: str, ts: str, message: Message) -> None:
        """Put a message in the place of what one says; doing it twice does no harm.

        Raises PostFailed; `Gone` where the message is no more.
        """
