"""Which changes a digest tells: what a channel's rules bring of all that its digests before did not tell.

    day by day      what came after the digest before, by the rules that are not weekly
    on its weekday  what came after the weekly one before, by any rule, less what the digests between have told

A channel's first digest looks back to when it began to follow what it follows, and a day or a week at least. What came
while digests were off or paused is told by the next one; what came before a rule was made, or while nothing was
followed, is no news to who makes it.

On its weekday a digest looks back at the whole week for all rules, for one of them may have been weekly in the
meantime. Of what a digest between passed by, a rule that was not weekly then brings nothing any more: it did not follow
that then, or it was muted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from bot.domain.changes import Told
from bot.domain.follow import BY_DEFAULT, Following, Subscription, matches
from bot.domain.net import family, net, parts
from bot.domain.timing import Rhythm
from bot.pipeline.began import RULED, began
from bot.ports import Deed, DigestRun, Store

FIRST, FIRST_WEEKLY = timedelta(days=1), timedelta(days=7)
"""A rule's first digest looks back this far, whenever it was made."""
LONG = timedelta(days=21)
"""What is older than this comes in a digest only after a rest: longer than any weekly digest is put off."""
MEANWHILE = 1000
"""Changes that may be recorded while a digest is made."""


@dataclass(frozen=True)
class Window:
    """What a channel's digest of a date is made of. `last`, `last_weekly`: the date of the digest before and the seq up
    to which it told; `weekly`: this one tells what is told weekly too.
    """

    store: Store
    rhythm: Rhythm
    everything: Following
    on: date
    now: datetime
    last: tuple[date, int] | None
    last_weekly: tuple[date, int] | None

    @property
    def comes(self) -> bool:
        """Whether there is a digest of that date."""
        return self.rhythm.comes(self.on, self.last[0] if self.last else None, self._weekly_date)

    @cached_property
    def weekly(self) -> bool:
        """Whether it tells what is told weekly."""
        return self.rhythm.tells_weekly(self.on, self._weekly_date)

    @property
    def _weekly_date(self) -> date | None:
        return self.last_weekly[0] if self.last_weekly else None

    @cached_property
    def following(self) -> Following:
        """The rules that this digest speaks for."""
        rules = (one for one in self.everything.rules if self.weekly or one.delivery != "weekly")
        return Following(tuple(rules), self.everything.mutes)

    @cached_property
    def since(self) -> datetime:
        """When the digest before was due that told what this one's rules tell; where there is none, or none of them was
        followed then, since when they are.
        """
        weekly_rules = any(one.delivery == "weekly" for one in self.following.rules)
        before = self.last_weekly if weekly_rules and self.last_weekly else self.last
        begun = min((self._from[one] for one in self.following.rules), default=self._at_least)
        return max(begun, self.rhythm.moment(before[0])) if before else begun

    @cached_property
    def _from(self) -> dict[Subscription, datetime]:
        """From when on each rule brings changes: since it is followed, and no later than any first digest begins."""
        rules = self.following.rules
        return {one: min(began(one, self._deeds, self.as_of), self._at_least) for one in rules}

    @property
    def _at_least(self) -> datetime:
        """When a first digest begins at the latest."""
        return self.as_of - (FIRST_WEEKLY if self.weekly and self.alone_weekly else FIRST)

    @property
    def as_of(self) -> datetime:
        """When it was due, where that is past; now, where it is not."""
        return self.rhythm.due(self.on) if self.past else self.now

    @property
    def past(self) -> bool:
        """Whether its date is over."""
        return self.on < self.rhythm.today(self.now)

    @property
    def late(self) -> bool:
        """Whether it is due."""
        return self.rhythm.due(self.on) <= self.now

    @property
    def alone_weekly(self) -> bool:
        """Whether the channel has no digests but weekly ones."""
        return self.rhythm.weekly_alone or self.rhythm.channel.digest == "weekly"

    @cached_property
    def begin(self) -> int:
        """The seq after which it begins."""
        if self.last is None:
            return last_seq(self.store, self.since)
        return self.last_weekly[1] if self.weekly and self.last_weekly else self.last[1]

    @cached_property
    def upto(self) -> int:
        """The seq of the last change that it tells: all so far, or up to a past date's time."""
        last = last_seq(self.store, self.as_of) if self.past else self.store.last_seq()
        return max(last, self.last[1] if self.last else 0)

    @property
    def weekly_upto(self) -> int | None:
        """The seq up to which all is told that is told weekly, where that is to be kept with this digest.

        With the channel's first digest it is where that begins, so that the first of its weekday leaves nothing out.
        """
        if self.weekly:
            return self.upto
        return None if self.last_weekly else self.begin

    @cached_property
    def told(self) -> list[Told]:
        """The changes that it tells. What is recorded meanwhile is the next digest's."""
        return [one for one in self._untold if self._brings(one)]

    @cached_property
    def net(self) -> list[Told]:
        """What these come to, with all that became of them: also by what the channel does not follow, or muted, for
        what does not hold any more is no news. Where a fact was muted when it changed last, it is told no more.
        """
        ids = {one.id for one in self.told}
        found = parts([*self.told, *self.beside])
        mine = [one for one, of in found if ids & {each.id for each in of} and not self._is_silenced(of[-1])]
        return [one for one in mine if not self._was_told(one)]

    def _was_told(self, told: Told) -> bool:
        """Whether a change was told at once, so long ago that its channel needs no digest to remember it."""
        if told.found_at >= self.as_of - LONG:
            return False
        return any(telling.ts for telling in self.store.tellings(self.rhythm.channel.id, told.id))

    @cached_property
    def unheard(self) -> str:
        """What changed where it tells nothing: what was "told" at once long ago, is "muted", followed "weekly", or
        "unfollowed"; empty where nothing did.
        """
        others = [] if self.net else net(self._untold)
        weekly = [] if self.weekly else [one for one in self.everything.rules if one.delivery == "weekly"]
        if any(map(self._was_told, others)):
            return "told"
        if any(map(self._is_silenced, others)):
            return "muted"
        if any(matches(rule, one.change) for rule in weekly for one in others):
            return "weekly"
        return "unfollowed" if others else ""

    @cached_property
    def beside(self) -> list[Told]:
        """The changes of the same facts that it does not tell: what became of those it does, and what was muted before
        them. Before it was followed a fact may have changed without anybody's knowing of it here.
        """
        ids, first = {one.id for one in self.told}, {family(one.change): one.seq for one in reversed(self.told)}
        rest = [one for one in self._untold if one.id not in ids and family(one.change) in first]
        return [one for one in rest if one.seq > first[family(one.change)] or self._is_silenced(one)]

    @cached_property
    def _untold(self) -> list[Told]:
        """All news that no digest has told."""
        upto = self.upto  # asked first
        kept = self.store.changes(after=self.begin, limit=upto - self.begin + MEANWHILE)
        said = frozenset().union(*(run.told for run in self._between))
        return [one for one in kept if one.seq <= upto and one.id not in said and not one.known_from]

    @cached_property
    def _between(self) -> Sequence[DigestRun]:
        """The digests since the weekly one before that told other things."""
        if not self.weekly or self.last_weekly is None:
            return ()
        return self.store.digests(self.rhythm.channel.id, self.last_weekly[0])

    def _brings(self, told: Told) -> bool:
        rules = [one for one in self.following.bringing(told, self.now) if self._followed(one, told)]
        passed = next((run for run in self._between if run.upto >= told.seq), None)
        return any(passed is None or self._was_weekly(rule, passed.made_at) for rule in rules)

    def _is_silenced(self, told: Told) -> bool:
        """Whether a change would be told if it were not muted."""
        rules = (one for one in self.following.rules if self._followed(one, told))
        return any(matches(one, told.change) for one in rules) and not self.following.bringing(told, self.now)

    def _followed(self, rule: Subscription, told: Told) -> bool:
        """Whether a rule was there when a change was found, or made so soon after that its digest looks back to it."""
        return rule.made_by == BY_DEFAULT or told.found_at >= self._from[rule]

    def _was_weekly(self, rule: Subscription, at: datetime) -> bool:
        """Whether a rule was told weekly at a time: it is now, or the first deed of it after that says so."""
        if rule.delivery == "weekly" or rule.made_at <= at:
            return rule.delivery == "weekly"
        after = (one for one in self._deeds if one.what in RULED and one.subject == rule.selector and one.at > at)
        return next((one.before for one in after), "").startswith("delivery=weekly")

    @cached_property
    def _deeds(self) -> Sequence[Deed]:
        """Who changed what in the channel, and when."""
        return self.store.deeds(self.rhythm.channel.id)


def window(store: Store, rhythm: Rhythm, everything: Following, on: date | None, now: datetime) -> Window:
    """Return the window of a channel's digest of a date; None: of its next one."""
    id_ = rhythm.channel.id
    last, weekly = store.digest_before(id_, date.max), store.digest_before(id_, date.max, weekly=True)
    if on is None:
        on = rhythm.next(now, last[0] if last else None, weekly[0] if weekly else None) or rhythm.today(now)
    return Window(store, rhythm, everything, on, now, last, weekly)


def last_seq(store: Store, until: datetime) -> int:
    """Return the seq of the last change before a time, 0 for none."""
    last = store.changes(until=until, limit=1)
    return last[0].seq if last else 0
