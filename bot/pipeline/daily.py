"""Daily: digests and countdowns, each once for a channel and its local date, however often and however late this runs.

rules by channel → its settings say that one is due? → none of the date or a later one? → what it tells (`window`) → net
                 → compose → one transaction
dates that come near → threshold reached and not told → queue
what went to and fro and has rested for a day → who was told something else, once (`settled`)
pages that have disagreed for a day → the operators, once, with the day's first digest
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain import countdown, digest, follow
from bot.domain.changes import Told
from bot.domain.channel import Channel
from bot.domain.claims import Statement
from bot.domain.timing import Rhythm, rhythm
from bot.pipeline import dated, disagree, settled
from bot.pipeline.answers.ahead import said_of
from bot.pipeline.poll import Audience
from bot.pipeline.window import Window, window
from bot.ports import Clock, Outgoing, Store

COMING = ("go_live", "proposed_go_live", "decision_cut_off", "change_board_vote_on", "consultation_closes_on")
COMING_WITHIN = 90
"""Days ahead that a digest lists."""


@dataclass(frozen=True, slots=True)
class Daily:
    """What is due once a day: for each channel at its own time of day, `at` where it chose none."""

    store: Store
    clock: Clock
    zone: ZoneInfo
    audience: Audience
    at: time = time(8, 30)
    _said: dict[tuple[str, str], list[Statement]] = field(default_factory=dict, init=False, compare=False)
    """What was asked of the store in this run: many channels ask for the same."""

    def __call__(self, on: date | None = None) -> tuple[int, int]:
        """Queue the digests and countdowns that are due; of a given date whatever the time of day.

        A date that is past has its digests, with what had changed by then, and no countdowns any more. Return how many.
        """
        self._said.clear()
        following = self.audience.following(self.store, self.clock())
        rhythms = self.rhythms(following)
        digests = self.digests(following, rhythms, on)
        if digests and (on is None or on == self.today()):
            disagree.tell(self.store, self.audience.operators, self.clock())
        if on is None or on == self.today():
            settled.tell(self.store, following, self.clock())
        return (digests, self.countdowns(following, rhythms, on))

    def rhythms(self, following: follow.Following) -> list[Rhythm]:
        """Return how each channel that follows anything gets its digests."""
        own = {one.id: one for one in self.store.channels()}
        ruled = follow.by_channel(following.rules)
        return [rhythm(own.get(id_, Channel(id_)), rules, self.zone, self.at) for id_, rules in ruled.items()]

    def today(self) -> date:
        """Return the bot's local date."""
        return self.clock().astimezone(self.zone).date()

    # --- digests ---

    def digests(self, following: follow.Following, rhythms: Iterable[Rhythm], on: date | None) -> int:
        """Queue the digest of each channel for which one is due.

        Before the first page was read there is nothing to be quiet about.
        """
        if not any(watch.baselined for watch in self.store.watches()):
            return 0
        asked = [(one, on or one.due_on(self.clock())) for one in rhythms]
        due = [(one, date_) for one, date_ in asked if date_]
        if not due:
            return 0
        begun = self.store.digests_begun([one.channel.id for one, _ in due], min(date_ for _, date_ in due))
        fresh = [(one, date_) for one, date_ in due if begun.get(one.channel.id, date.min) < date_]
        return sum(self.digest(one, following.of(one.channel.id), date_) for one, date_ in fresh)

    def digest(self, one: Rhythm, following: follow.Following, on: date) -> bool:
        """Queue one channel's digest; False where none comes on that date, it was sent, or a later one told its
        changes.
        """
        channel, now = one.channel.id, self.clock()
        made = window(self.store, one, following, on, now)
        if not made.comes:
            return False
        payload = {
            **self.composed(made, made.net),
            "changes": [one.id for one in made.told],
            "beside": [one.id for one in made.beside],
            "rules": [rule.selector for rule in made.following.rules],
            "unheard": made.unheard,
            "personal": one.channel.personal,
        }
        outgoing = Outgoing(digest.key(channel, on), channel, "digest", payload, follow.why(made.following.rules))
        return self.store.begin_digest(channel, on, made.upto, outgoing, now, weekly=made.weekly_upto)

    def composed(self, made: Window, net: Sequence[Told]) -> dict[str, object]:
        """Return what a digest's message tells."""
        watches = self.store.watches()
        composed = digest.compose(
            net,
            coming=() if made.past else self.coming(made.on, made.following),
            pages_read=self.store.reads_since(made.since),
            last_read_at=max((w.last_read_at for w in watches if w.last_read_at), default=None),
            since=made.since,
            on=made.on,
            in_trouble=[w.source.name for w in watches if w.health in ("doubtful", "failing")],
            go_lives={} if made.past else self.go_lives(made.on),
            weekly=made.alone_weekly,
        )
        return composed.payload()

    def go_lives(self, on: date) -> dict[str, date]:
        """Return the go-live to come of each release that has a settled one, to the day."""
        ahead = countdown.ahead(said_of(self.store, ("go_live",), on), on, COMING_WITHIN)
        return {one.subject.partition(":")[2]: one.on for one in ahead}

    def coming(self, on: date, following: follow.Following) -> list[countdown.Countdown]:
        """Return the followed dates ahead, nearest first."""
        ahead = countdown.ahead(said_of(self.store, COMING, on), on, COMING_WITHIN)
        found, now = dated.reach(self.store, [one.subject for one in ahead]), self.clock()
        followed_ = [
            one for one in ahead if follow.follows(dated.listed_for(one.subject, one.attribute, found), following, now)
        ]
        return [replace(one, title=self.title(one.subject)) for one in followed_ if self.still_open(one)]

    # --- countdowns ---

    def countdowns(self, following: follow.Following, rhythms: Iterable[Rhythm], on: date | None) -> int:
        """Queue the countdowns that are due on each channel's date; none for one that is past."""
        now = self.clock()
        days = {one.channel.id: on or one.latest(now) for one in rhythms}
        today = {one.channel.id: one.today(now) for one in rhythms}
        outgoing = [
            Outgoing(f"{one.key}:{channel}", channel, "countdown", self.facts(one), why)
            for day in sorted({day for id_, day in days.items() if day and day >= today[id_]})
            for one, about in self.due(day)
            for channel, why in follow.channels(about, following, now)
            if days[channel] == day
        ]
        return self.store.enqueue(outgoing, now)

    def due(self, on: date) -> list[tuple[countdown.Countdown, tuple[str, ...]]]:
        """Return the countdowns that are due on a date, each with what can be followed to be told."""
        due = [one for one in countdown.due(said_of(self.store, countdown.ATTRIBUTES, on), on) if self.still_open(one)]
        found = dated.reach(self.store, [one.subject for one in due])
        return [(one, dated.told_to(one.subject, one.attribute, found)) for one in due]

    def facts(self, one: countdown.Countdown) -> dict[str, object]:
        """Return what a countdown's message tells."""
        return replace(one, title=self.title(one.subject)).payload()

    def still_open(self, one: countdown.Countdown) -> bool:
        """Whether a date still matters."""
        decides = one.attribute in countdown.DECISIONS
        return not decides or countdown.is_open(one.attribute, self.said(one.subject, "status"))

    def title(self, subject: str) -> str:
        """Return the latest title or name of a subject, empty for none."""
        titles = self.said(subject, "title") or self.said(subject, "name")
        return titles[-1].claim.value if titles else ""

    def said(self, subject: str, attribute: str) -> list[Statement]:
        """Return what sources say of a subject; asked once in a run."""
        if (subject, attribute) not in self._said:
            self._said[subject, attribute] = self.store.statements(subject, attribute)
        return self._said[subject, attribute]
