"""The form in which somebody says what to follow, for a channel or themselves. It keeps what the command keeps."""

from __future__ import annotations

from dataclasses import replace

from bot.asking import Ask, Reply
from bot.domain.channel import is_person
from bot.domain.follow import DELIVERIES, LAYOUTS, Subscription, covered, label, wishes
from bot.domain.follow.wishes import Wish
from bot.pipeline.choices import choice, is_selector
from bot.ports import Message
from bot.render import forms
from bot.render.views import SELECTED_LIMIT, Option, View
from handlers import following
from handlers.filled import Filled
from handlers.modals.meta import Meta, Stale, fresh, mark
from handlers.modals.said import said

Errors = dict[str, str]
"""What is wrong with which field."""


def opened(ask: Ask, words: str, *, home: str) -> View:
    """Return the form: empty, or for what the words wish; where that is followed already, for changing how."""
    wish, _ = wishes.wish(words)
    wished = wish.rules(ask.channel, ask.user, ask.now)[0] if isinstance(wish, Wish) else None
    held = held_rule(ask, wished.selector) if wished else None
    meta = fresh(ask, home=home, about=wished.selector if wished else "", seen=mark(held) if held else "")
    return forms.subscribe(_shown(ask, held or wished, fixed=held is not None), ask.zone, meta.written())


def held_rule(ask: Ask, selector_: str) -> Subscription | None:
    """Return the rule of the channel that follows just that."""
    return next((one for one in ask.store.subscriptions(ask.channel) if one.selector == selector_), None)


def _shown(ask: Ask, rule: Subscription | None, *, fixed: bool) -> forms.Wish:
    channel = None if is_person(ask.channel) else ask.store.channel(ask.channel)
    if rule is None:
        return forms.Wish(channel=channel)
    return forms.Wish(
        _option(ask, rule.selector) if rule.selector else None,
        channel,
        only=[_option(ask, one) for one in rule.only],
        but_not=[_option(ask, one) for one in rule.but_not],
        delivery=rule.delivery,
        least=rule.least,
        layout=rule.layout,
        fixed=fixed,
    )


def _option(ask: Ask, selector_: str) -> Option:
    one = choice(ask.store, selector_)
    return Option(one.selector, one.label)


def tried(ask: Ask, filled: Filled, meta: Meta) -> View:
    """Return the form as it is filled in, with what it would have sent."""
    rule, errors = wanted(ask, filled, meta)
    return answered(ask, filled, meta, _said(ask, rule, errors))


def answered(ask: Ask, filled: Filled, meta: Meta, message: Message) -> View:
    """Return the form as it is filled in, with a message below it."""
    rule, _ = wanted(ask, filled, meta)
    shown = _shown(replace(ask, channel=meta.channel), rule, fixed=bool(meta.seen))
    where = filled.one("where") or forms.HERE
    return forms.subscribe(replace(shown, where=where, tried=message), ask.zone, meta.written())


def _said(ask: Ask, rule: Subscription, errors: Errors) -> Message:
    if errors:
        return said(Reply("form_sorry", {"said": " ".join(errors.values())}), ask)
    # The form's own button keeps it.
    return said(replace(following.tried(replace(ask, channel=rule.channel), (rule,)), suggestions=()), ask)


def submitted(ask: Ask, filled: Filled, meta: Meta) -> Errors | Reply:
    """Keep what was filled in; return what is wrong with it, by field, or what the command would answer.

    Raises:
        Stale: the rule that the form is about was changed since it was opened.
    """

    def unchanged(held: Subscription | None) -> None:
        if meta.seen and mark(held) != meta.seen:
            raise Stale("changed")

    unchanged(held_rule(ask, meta.about))
    rule, errors = wanted(ask, filled, meta)
    return errors or following.kept(replace(ask, channel=rule.channel), (rule,), unchanged)


def wanted(ask: Ask, filled: Filled, meta: Meta) -> tuple[Subscription, Errors]:
    """Return the rule that was filled in, and what is wrong with it."""
    what = filled.one("what") or meta.about
    held = held_rule(ask, meta.about) if meta.seen else None
    only = (*filled.some("only"), *(held.only[SELECTED_LIMIT:] if held else ()))
    but_not = (*filled.some("but_not"), *(held.but_not[SELECTED_LIMIT:] if held else ()))
    layout = filled.one("layout")
    rule = Subscription(
        ask.user if filled.one("where") == forms.ME else meta.channel,
        what if is_selector(what) else "",
        ask.user,
        ask.now,
        filled.one("delivery") if filled.one("delivery") in DELIVERIES else "instant",
        tuple(dict.fromkeys(one for one in only if is_selector(one))),
        tuple(dict.fromkeys(one for one in but_not if is_selector(one))),
        int(filled.one("least")) if filled.one("least") in {"0", "1", "2", "3"} else 0,
        layout if layout in LAYOUTS else "",
    )
    return rule, _errors(rule)


def _errors(rule: Subscription) -> Errors:
    found: Errors = {}
    if not rule.selector:
        found["what"] = "Choose what to follow from the list that opens as you type."
    if covered(rule.selector, rule.but_not):
        found["but_not"] = "That would leave nothing to tell."
    elif both := [label(one) for one in rule.only if covered(one, rule.but_not)]:
        found["but_not"] = f"This stands under “Only” as well: {', '.join(both)}."
    return found
