"""subscribe WHAT [only X] [except Y] [weighty] [daily]: tells this channel (or you) of changes to what you name

WHAT can be MP090, november 2021, Appendix AD, impact DUIS, decisions, everything, or several of them. Weight: weighty
only, light too. When: at once, daily, weekly, or weighty at once (the rest in the digest). Where: flat, in thread, or
thread and channel. With --dry-run it shows what the last 90 days would have sent and keeps nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import EVERYTHING, Subscription, options, wishes
from bot.domain.follow.wishes import Wish
from bot.pipeline import answer
from bot.pipeline.rehearsal import DAYS, rehearse
from handlers import following
from handlers.rights import refused

ORDER = 60
ALIASES = ("follow", "watch", "sub", "track")
EXAMPLES = (
    "subscribe MP090",
    "subscribe november 2021 except documents, daily",
    "subscribe impact DUIS only decisions",
    "subscribe everything, weighty at once",
    "subscribe november 2021 --dry-run",
)
WRITES = True


def run(ask: Ask) -> Reply:
    """Keep what is wished for where it is asked, or show what it would bring."""
    wish, trial = wishes.wish(ask.words)
    if not ask.words:
        return _explained(ask)
    if not isinstance(wish, Wish):
        return following.unclear(ask, wish)
    if trial:
        return rehearsed(ask, wish)
    return refused(ask) or _kept(ask, wish)


def _explained(ask: Ask) -> Reply:
    buttons = (
        Suggestion("Choose…", "", opens="subscribe"),
        Suggestion("Follow everything", "subscribe everything"),
        Suggestion("What would everything bring?", "subscribe everything --dry-run"),
        Suggestion("What is followed here", "list"),
    )
    return Reply("subscribe", following.common(ask), buttons)


def _kept(ask: Ask, wish: Wish) -> Reply:
    before = {one.selector: one for one in ask.store.subscriptions(ask.channel)}
    rules = wish.rules(ask.channel, ask.user, ask.now)
    made = [ask.store.subscribe(rule) for rule in rules]
    mutes = following.following(ask).mutes
    facts = {
        "rules": following.shown(rules, mutes),
        "made": any(made),
        "instead": [one.whole for one in following.shown(before[r.selector] for r in rules if _differs(r, before))],
        "unknown": [one.label for one in following.shown(r for r in rules if not answer.known(ask.store, r.selector))],
        "everything_before": not before and ask.channel == ask.default_channel and not _is_all(rules),
        "everything_too": EVERYTHING in before and not _is_all(rules),
        **following.common(ask),
    }
    stop = tuple(Suggestion(f"Stop {one.typed}", f"unsubscribe {one.typed}") for one in facts["rules"][:2])
    muted = tuple(Suggestion(f"Unmute {one.typed}", f"unmute {one.typed}") for one in facts["rules"][:2] if one.until)
    typed = wishes.spoken_wish(wish)
    bring = (Suggestion("What would it have brought?", f"subscribe {typed} --dry-run"),) if typed else ()
    return Reply("subscribed", facts, (Suggestion("What is followed here", "list"), *bring, *muted, *stop))


def _differs(rule: Subscription, before: dict[str, Subscription]) -> bool:
    """Whether a rule takes the place of another with the same name and other filters or options."""
    was = before.get(rule.selector)
    return was is not None and replace(was, made_by=rule.made_by, made_at=rule.made_at) != rule


def _is_all(rules: tuple[Subscription, ...]) -> bool:
    return any(one.selector == EVERYTHING for one in rules)


def rehearsed(ask: Ask, wish: Wish) -> Reply:
    """Answer with what a wish would have sent; nothing is kept."""
    rules = wish.rules(ask.channel, ask.user, ask.now)
    found = rehearse(ask.store, rules, ask.now)
    typed = wishes.spoken_wish(wish) or options.FLAGS.sub(" ", ask.words).strip()
    facts = {
        "rules": following.shown(rules),
        "found": found,
        "asked": DAYS,
        "typed": typed,
        **following.common(ask),
    }
    other = [] if wish.least or wish.delivery != "instant" else [f"{typed}, weighty only", f"{typed}, daily"]
    tries = (Suggestion(f"Try “{one}”", f"subscribe {one} --dry-run") for one in other)
    return Reply("dry_run", facts, (Suggestion("Follow this", f"subscribe {typed}"), *tries))
