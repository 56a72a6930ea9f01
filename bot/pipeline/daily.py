"""Daily: digests and countdowns, each once for a channel and a local date, however often and however late this runs.

subscriptions → no digest of the date or a later one? → changes since the last one → net → compose → one transaction
dates that come near → threshold reached and not told → queue
pages that have disagreed for a day → the operators, once, with the day's first digest
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import confirm, countdown, digest, follow, statuses
from bot.domain.claims import Statement
from bot.pipeline import disagree
from bot.pipeline.poll import Audience
from bot.ports import Clock, Outgoing, Store

COMING = ("go_live", "proposed_go_live", "decision_cut_off", "change_board_vote_on", "consultation_closes_on")
DECISIONS = ("decision_cut_off", "change_board_vote_on")
SETTLED = (*statuses.DECIDED, "pending_implementation", "implemented", "withdrawn")
FIRST_DIGEST = timedelta(days=1)
"""A channel's first digest looks back this far."""

LONGEST_SILENCE = timedelta(days=60)
"""So far back a digest looks for mutes that held when a change was found."""

COMING_WITHIN = 90
"""Days ahead that a digest lists."""


@dataclass(frozen=True, slots=True)
class Daily:
    """What is due once a day."""

    store: Store
    clock: Clock
    zone: ZoneInfo
    audience: Audience
    at: time = time(8, 30)

    def __call__(self, on: date | None = None) -> tuple[int, int]:
        """Queue the digests and countdowns that are due; of a given date whatever the time of day.

        A date that is past has its digests, with what had changed by then, and no countdowns any more. Return how many.
        """
        if on is None and self.clock().astimezone(self.zone).time() < self.at:
            return (0, 0)
        on = on or self.today()
        digests = self.digests(on)
        if digests and on == self.today():
            disagree.tell(self.store, self.audience.operators, self.clock())
        return (digests, 0 if on < self.today() else self.countdowns(on))

    def digests(self, on: date) -> int:
        """Queue each following channel's digest of a local date that has none yet.

        Before the first page was read there is nothing to be quiet about.
        """
        if not any(watch.baselined for watch in self.store.watches()):
            return 0
        following = self.audience.following(self.store, self.clock(), self.clock() - LONGEST_SILENCE)
        return sum(self.digest(channel, following.of(channel), on) for channel in follow.by_channel(following.rules))

    def digest(self, channel: str, following: follow.Following, on: date) -> bool:
        """Queue one channel's digest; False where that date has one, or a later date's has told its changes."""
        before = self.store.digest_before(channel, date.max)
        if before and before[0] >= on:
            return False
        now = self.clock()
        as_of = self.moment(on) if on < self.today() else now
        since = self.moment(before[0]) if before else as_of - FIRST_DIGEST
        upto = max(self.last_seq(on), before[1] if before else 0)
        kept = self.store.changes(after=before[1]) if before else self.store.changes(since=since)
        # What is recorded while we compose is the next digest's.
        told = [one for one in kept if one.seq <= upto and following.bringing(one, now)]
        composed = digest.compose(
            digest.net(told),
            coming=self.coming(on, following),
            pages_read=self.store.reads_since(since),
            since=since,
            on=on,
            in_trouble=[w.source.name for w in self.store.watches() if w.health in ("doubtful", "failing")],
        )
        payload = {**composed.payload(), "changes": [one.id for one in told]}
        why = f"this channel follows {follow.labels(following.rules)}"
        outgoing = Outgoing(f"digest:{channel}:{on}", channel, "digest", payload, why)
        return self.store.begin_digest(channel, on, upto, outgoing, now)

    def last_seq(self, on: date) -> int:
        """Return the seq of the last change that a digest of a local date tells: all so far, or up to a past date."""
        if on >= self.today():
            return self.store.last_seq()
        last = self.store.changes(until=self.moment(on), limit=1)
        return last[0].seq if last else 0

    def today(self) -> date:
        """Return the local date."""
        return self.clock().astimezone(self.zone).date()

    def countdowns(self, on: date) -> int:
        """Queue the countdowns that are due on a local date."""
        due = [one for one in countdown.due(self.statements(countdown.ATTRIBUTES), on) if self.still_open(one)]
        following = self.audience.following(self.store, self.clock())
        outgoing = [
            Outgoing(f"{one.key}:{channel}", channel, "countdown", self.facts(one), why)
            for one in due
            for channel, why in follow.channels(one.about, following, self.clock())
        ]
        return self.store.enqueue(outgoing, self.clock())

    def facts(self, one: countdown.Countdown) -> dict[str, object]:
        """Return what a countdown's message tells."""
        return replace(one, title=self.title(one.subject)).payload()

    def coming(self, on: date, following: follow.Following) -> list[countdown.Countdown]:
        """Return the followed dates ahead, nearest first."""
        ahead = countdown.ahead(self.statements(COMING), on, COMING_WITHIN)
        followed_ = [
            one for one in ahead if follow.follows(one.about, following, self.clock()) and self.still_open(one)
        ]
        return [replace(one, title=self.title(one.subject)) for one in followed_]

    def still_open(self, one: countdown.Countdown) -> bool:
        """Whether a date still matters: a vote or a cut-off does not once the decision is taken."""
        if one.attribute not in DECISIONS:
            return True
        said = self.store.statements(one.subject, "status")
        return not said or max(said, key=confirm.freshness).claim.value not in SETTLED

    def title(self, subject: str) -> str:
        """Return the latest title or name of a subject, empty for none."""
        titles = self.store.statements(subject, "title") or self.store.statements(subject, "name")
        return titles[-1].claim.value if titles else ""

    def statements(self, attributes: Sequence[str]) -> list[Statement]:
        """Return what sources say of those attributes now."""
        return [one for name in attributes for one in self.store.statements(attribute=name) if one.current]

    def moment(self, on: date) -> datetime:
        """Return when the digest of a date was due."""
        return datetime.combine(on, self.at, self.zone)
