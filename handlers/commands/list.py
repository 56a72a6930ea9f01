"""list: what is followed here: filters, delivery, mutes, who chose it and when

In a direct message it lists what you follow yourself. "list 2" shows the second page.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain.follow import RULE, label, same, spoken
from handlers import following
from handlers.commands.unsubscribe import stop
from handlers.following import Shown, shown

GROUP = "follow"
ORDER = 62
ALIASES = ("subscriptions", "following", "followed", "mutes", "muted", "rules")
EXAMPLES = ("list", "list 2")
A_PAGE = 15
FEW = 3
"""Rules that have a button each to be changed; with more there would be too many buttons to see one's own."""


def run(ask: Ask) -> Reply:
    """Answer with the rules and mutes of where it is asked."""
    return following.for_whom(ask, _run)


def _run(ask: Ask) -> Reply:
    held = ask.store.subscriptions(ask.channel)
    here = following.following(ask)
    pages = max(1, -(-len(held) // A_PAGE))
    number = re.search(r"\d{1,3}", ask.words)
    page = min(max(int(number[0]) if number else 1, 1), pages)
    rules = shown(held[(page - 1) * A_PAGE : page * A_PAGE], here.mutes)
    facts = {
        "rules": rules,
        "total": len(held),
        "page": page,
        "pages": pages,
        "mutes": [
            {"label": label(one.selector), "until": one.until, "by": one.made_by}
            for one in here.mutes
            if not one.selector.startswith(RULE) and not any(same(one.selector, rule.selector) for rule in held)
        ],
        "muted_rule": next((one.until for one in here.mutes if not held and one.selector.startswith(RULE)), None),
        "by_default": not held and ask.channel == ask.default_channel,
        **following.common(ask),
    }
    muted = [one.selector for one in here.mutes][:3]
    buttons = [
        *(button for one in rules[:4] for button in _buttons(one, changing=len(held) <= FEW)),
        *(Suggestion(f"Unmute {_name(one)}", f"unmute {_name(one)}") for one in muted),
        *([Suggestion("More", f"list {page + 1}")] if page < pages else []),
        Suggestion("Follow something…", "", opens="subscribe"),
        *([] if held else [Suggestion("Follow everything", "subscribe everything")]),
    ]
    return Reply("list", facts, tuple(buttons))


def _name(muted: str) -> str:
    """Return what a mute is called by."""
    return f"rule {spoken(muted.removeprefix(RULE))}" if muted.startswith(RULE) else spoken(muted)


def _buttons(one: Shown, *, changing: bool) -> tuple[Suggestion, ...]:
    mute = Suggestion(f"Mute {one.typed} for 7 days", f"mute rule {one.typed} 7d")
    change = Suggestion(f"Change {one.typed}…", one.typed, opens="subscribe")
    return (*(() if one.until else (mute,)), stop(one), *((change,) if changing else ()))
