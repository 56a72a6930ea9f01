"""What forms keep, by the same way as the commands: who may, what is written, what is answered."""

from __future__ import annotations

from datetime import timedelta

from bot.asking import Ask, Reply, Suggestion
from bot.domain.channel import Channel
from bot.domain.follow import Following, Subscription, at_once, label, spoken
from bot.pipeline import answer
from bot.ports import Message
from bot.render import Renderer

DAYS, NEWEST, MOST = 90, 10, 3000


def message(reply: Reply, ask: Ask) -> Message:
    """Return a reply as it shows in a form."""
    return Renderer(ask.zone).reply(reply)


def refused(ask: Ask) -> Reply | None:
    """Return the answer to somebody who may not change anything where they ask; None where they may."""
    if ask.store.channel(ask.channel).may_change(ask.user):
        return None
    return Reply("form_sorry", {"said": "Only chosen people may change what is told here."})


def follow(ask: Ask, rule: Subscription) -> Reply:
    """Keep a rule, and answer as the command does."""
    if reply := refused(ask):
        return reply
    before = ask.store.subscriptions(ask.channel)
    facts = {
        "label": label(rule.selector),
        "spoken": spoken(rule.selector),
        "delivery": rule.delivery,
        "made": ask.store.subscribe(rule),
        "known": answer.known(ask.store, rule.selector),
        "everything_before": not before and ask.channel == ask.default_channel and rule.selector != "everything",
        "digest_at": f"{ask.digest_at:%H:%M}",
    }
    return Reply("subscribed", facts, (Suggestion("What this channel follows", "list"),))


def rehearsed(ask: Ask, rule: Subscription) -> Reply:
    """Answer with what a rule would have sent; nothing is kept."""
    told = ask.store.changes(since=ask.now - timedelta(days=DAYS), limit=MOST)
    sent = [one for one in told if Following((rule,)).bringing(one, ask.now)]
    soon = sum(at_once(rule, one.change) for one in sent)
    facts = {"days": DAYS, "total": len(sent), "at_once": soon, "a_week": round(len(sent) * 7 / DAYS, 1)}
    return Reply("tried", {**facts, "newest": sent[: -NEWEST - 1 : -1]})


def settle(ask: Ask, channel: Channel) -> Reply:
    """Keep how a channel wants to be told, and answer with what is so now."""
    if reply := refused(ask):
        return reply
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    facts = {
        "changed": ask.store.keep_channel(channel, ask.user, ask.now),
        "channel": channel,
        "days": [days[day] for day in channel.days],
        "at": f"{channel.digest_at or ask.digest_at:%H:%M}",
        "zone": channel.zone or ask.zone.key,
    }
    return Reply("settings_kept", facts)
