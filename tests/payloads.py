"""Every message that the bot can make, at its smallest and its largest: `python -m tests.payloads`, a payload a line.

Kinds of change, notices and replies are found in their folders: what is new there is printed, or missing here is said.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import handlers.commands
import handlers.commands.help
import storage
import templates
from bot.asking import Ask, Reply
from bot.domain import countdown
from bot.domain.changes import Change, Told
from bot.domain.channel import Channel
from bot.domain.claims import Claim, unique
from bot.domain.follow import Mute, Subscription
from bot.domain.vocabulary import ROWS
from bot.pipeline import cards as cards_
from bot.pipeline import greeting
from bot.pipeline.home import home
from bot.ports import Message, Outgoing, Page, Poll, Source, Store, Watch
from bot.render import NOTHING, Beside, Renderer, forms
from bot.render.home import view as home_view
from bot.render.views import Option, View
from handlers import chosen, modals, routing
from handlers import following as following_
from handlers.modals import search
from handlers.modals.said import said
from handlers.rights import OUTSIDE
from tests import samples

CHOSE = ("U1", "U0CHOSEN1", "U0CHOSEN2")
"""Who follows something, and who may change it: the only people that messages name."""

COMING = tuple(countdown.TOPICS)
ZONE = ZoneInfo("Europe/London")
RENDERER = Renderer(ZONE)
FOLDER = Path(templates.__path__[0])
LONG = "A title & <more> of the page that goes on *and* on, as titles of the SEC can. "
READ_AT = samples.NOW.isoformat()
READ_UNTIL = samples.NOW + timedelta(days=7)

Named = tuple[str, Message]


def everything() -> Iterator[Named]:
    """Yield each message with a name for it."""
    yield from alerts()
    yield from digests()
    yield from cards()
    yield from countdowns()
    yield from notices()
    yield from replies()


# --- what nobody asked for -------------------------------------------------------------------------------------------


def sent(
    kind: str,
    payload: dict[str, Any],
    told: list[Told],
    why: str = "this channel follows everything",
    beside: Beside = NOTHING,
) -> Message:
    """Return the message for what waits in the outbox."""
    return RENDERER.outgoing(Outgoing("key", "C0123456789", kind, payload, why), told, samples.NOW, beside)


def grown(change: Change) -> Change:
    """Return a change with everything long that a page can make long."""
    return samples.grown(change, lambda _: (LONG * 8).strip())


def alerts() -> Iterator[Named]:
    """Yield an alert for each sample of each kind, small and large, and those of many changes."""
    small = samples.changes()
    large = [grown(change) for change in small]
    page = {"source": "november-2021", "url": samples.URL, "heading": "November 2021 SEC Release", "read_at": READ_AT}
    for one, other in zip(small, large, strict=True):
        yield f"alert {one.kind}", sent("alert", page, samples.told([one]))
        yield f"alert {one.kind}, large", sent("alert", {**page, "heading": LONG}, samples.told([other]), LONG)
    for name, some in (("of each", small), ("of each, large", large), ("of very many", large * 20)):
        yield f"alert {name}", sent("alert", page, samples.told(some))
    yield "alert of nothing kept", sent("alert", page, [])
    yield from reverted(page)
    yield from threads(page)


def reverted(page: dict[str, Any]) -> Iterator[Named]:
    """Yield what tells that changes were taken back, and what had told them, of one change and of very many."""
    for name, some in (("one", samples.changes()[:1]), ("many", [grown(change) for change in samples.changes()] * 3)):
        told = samples.told(some)
        back = {one.id: one for one in told}
        yield f"reverted, {name}", sent("reverted", page, told, beside=Beside(undoes=back))
        yield f"alert that is reverted, {name}", sent("alert", page, told, beside=Beside(undone=back))
        for how in ("unstable", "settled"):
            yield f"alert that is {how}, {name}", sent("alert", {**page, how: list(back)}, told)
        half = dict(list(back.items())[: len(back) // 2])
        yield f"alert of which half is reverted, {name}", sent("alert", page, told, beside=Beside(undone=half))


def threads(page: dict[str, Any]) -> Iterator[Named]:
    """Yield each subject's card: as the first reading, as an alert, and after many changes, with all its buttons."""
    for size in ("little", "much"):
        with tempfile.TemporaryDirectory() as folder, storage.open_store(f"sqlite:///{folder}/sample.db") as store:
            fill(store, size)
            for subject in ("release:2021-11", "modification:MP077", "version:50.0", "part:Section D"):
                some = samples.changes()[:1] if size == "little" else [grown(one) for one in samples.changes()]
                told = samples.told(some)
                message = Outgoing("key", "C0123456789", "alert", {**page, "rules": ["everything"]}, thread=subject)
                made = cards_.beside(store, message, told, samples.NOW.date(), card=True)
                now = replace(made, later=len(told), since=samples.NOW, began=told[0], undone={})
                yield f"card of {subject}, {size}", sent("alert", page, told, beside=replace(made, undone={}))
                yield f"card of {subject}, edited, {size}", sent("alert", page, told, LONG, now)
                first = {"claims": 64, "summary": {}, "about": subject}
                yield f"card of {subject}, first reading, {size}", sent("card", {**page, **first}, [], beside=made)


def digests() -> Iterator[Named]:
    """Yield a quiet digest, one that could read nothing, a busy one and one too busy."""
    quiet = {"date": "2021-11-05", "since": READ_AT, "groups": [], "coming": [], "pages_read": 23}
    yield "digest, quiet", sent("digest", quiet, [])
    for unheard in ("told", "muted", "weekly", "unfollowed"):
        yield f"digest, quiet, {unheard}", sent("digest", {**quiet, "unheard": unheard}, [])
    yield (
        "digest, weekly",
        sent("digest", {**quiet, "weekly": True, "last_read_at": READ_AT}, [], why="you follow MP090"),
    )
    yield "digest, blind", sent("digest", {**quiet, "pages_read": 0, "sources_in_trouble": ["news"]}, [])
    for name, some, times in (("busy", samples.changes()[:6], 1), ("too busy", samples.changes(), 20)):
        told = samples.told([grown(change) if times > 1 else change for change in some * times])
        half = len(told) // 2
        groups = [
            {
                "release": "2021-11",
                "name": "",
                "changes": [one.id for one in told[:half]],
                "go_live": "2021-11-29",
                "days": 24,
                "working_days": 16 if times == 1 else None,
            },
            {"release": "", "name": "", "changes": [one.id for one in told[half:]]},
        ]
        coming = [{**_date(attribute), "title": LONG * times} for attribute in COMING] * times
        coming.append({**coming[0], "working_days": None})
        trouble = ["variations", {"source": "news", "url": samples.URL, "reason": LONG, "since": READ_AT}]
        payload = {**quiet, "groups": groups, "coming": coming, "sources_in_trouble": trouble * times}
        payload |= {"last_read_at": READ_AT}
        yield f"digest, {name}", sent("digest", payload, told)


def _date(attribute: str) -> dict[str, Any]:
    kind = next(row.kind for row in ROWS if row.name == attribute)
    subject = {"release": "release:2021-11", "modification": "modification:MP162"}.get(kind, f"{kind}:1")
    return {"subject": subject, "attribute": attribute, "on": "2021-11-29", "days": 24, "working_days": 16}


def cards() -> Iterator[Named]:
    """Yield the card of a page that says little and of one that says much."""
    page = {"source": "news", "url": samples.URL, "heading": "News", "about": "", "claims": 1, "read_at": READ_AT}
    yield "card, small", sent("card", page, [], why="")
    summary = {"go_live": "2021-11-04", "in_scope": 1200, "documents": 25, "version": "62.0", "items": 300}
    yield "card, large", sent("card", {**page, "heading": LONG * 5, "claims": 54321, "summary": summary}, [])


def countdowns() -> Iterator[Named]:
    """Yield a countdown of each date that is counted down to."""
    for attribute in COMING:
        payload = {**_date(attribute), "title": "", "quote": "", "url": "", "rules": ["kind:votes", LONG, "everything"]}
        asks = Beside(suggestions=tuple(cards_.suggestions(Outgoing("", "C1", "countdown", payload), ())))
        yield f"countdown {attribute}", sent("countdown", {**payload, "days": 0, "working_days": 0}, [], beside=asks)
        payload |= {"title": LONG * 9, "quote": LONG * 60, "url": samples.URL, "release": "2021-11"}
        yield f"countdown {attribute}, large", sent("countdown", payload, [], beside=asks)


def notices() -> Iterator[Named]:
    """Yield each notice with as little and as much as there can be to say."""
    names = sorted(path.stem for path in (FOLDER / "notices").glob("[!_]*.j2"))
    values = [{"value": "2021-11-04", "source": "news", "url": samples.URL, "stated_at": READ_AT, "quote": LONG * 5}]
    much = {
        "source": LONG * 4,
        "sources": [f"{LONG}{n}" for n in range(60)],
        "url": samples.URL,
        "channel": "C0123456789",
        "reason": LONG * 90,
        "good": LONG * 9,
        "present": LONG * 9,
        "detail": LONG * 9,
        "since": READ_AT,
        "last_good": READ_AT,
        "count": 12345,
        "subject": "release:2021-11",
        "attribute": "go_live",
        "values": values * 40,
    }
    for name in (*names, "of_a_later_version"):
        yield f"notice {name}", sent("notice", {"name": name, "source": "news"}, [], why="")
        yield f"notice {name}, large", sent("notice", {**much, "name": name}, [])
    for name in ("paused", "resumed"):
        payload = {"channel": "C0123456789", "source": "", "reason": "left", "digest": "daily", "heading": "everything"}
        yield f"notice {name}, by default", sent("notice", {**payload, "name": name, "by_default": True}, [])
    yield "notice hello, to follow", sent("notice", {"name": "hello", "buttons": greeting.BUTTONS}, [], greeting.WHY)
    long = {**much, "name": "hello", "heading": LONG * 9, "buttons": greeting.BUTTONS}
    yield "notice hello, long", sent("notice", long, [], LONG)


# --- what was asked --------------------------------------------------------------------------------------------------


def replies() -> Iterator[Named]:
    """Yield what each command answers of nothing, of little and of very much."""
    shown: set[str] = set()
    for size in ("nothing", "little", "much"):
        with tempfile.TemporaryDirectory() as folder, storage.open_store(f"sqlite:///{folder}/sample.db") as store:
            fill(store, size)
            for question in questions():
                reply = asked(question, store)
                shown.add(reply.template)
                yield f"reply to {question!r} of {size}", RENDERER.reply(reply)
            store.keep_channel(Channel("C0123456789", managers=CHOSE[1:]), CHOSE[1], samples.NOW)
            refused = asked("subscribe MP077", store)
            for reply in (Reply("slow_down"), asked("subscribe MP077", store, again=True), refused, OUTSIDE):
                shown.add(reply.template)
                yield f"reply {reply.template} of {size}", RENDERER.reply(reply)
    templates_ = {path.stem for path in (FOLDER / "replies").glob("[!_]*.j2")}
    if missing := sorted(templates_ - shown - FORMED):
        raise LookupError(f"no question here is answered with {', '.join(missing)}: ask one")


def asked(question: str, store: Store, *, again: bool = False) -> Reply:
    """Return the answer to a question."""
    return routing.answer(question, store=store, now=samples.NOW, zone=ZONE, channel="C0123456789", again=again)


def questions() -> list[str]:
    """Return each command bare, with its own examples, with what it can't know, and what people type besides."""
    found = [
        "evidence c0000001",
        "evidence c00000",
        "evidence MP077 status",
        "evidence november 2021",
        "evidence v50.0",
    ]
    found += ["", "MP077", "mp 128", "MP124", "DP124", "MP999", "november 2021", "june 2031", "v50.0", "v99.0"]
    found += ["CR1145", "Schedule 8", "Appendix AD", "sixpence", "MP077 and MP090", "since 2021-10-01", "history MP077"]
    found += ["november 2021 docs", "november 2021 scope", "november 2021 timeline", "cutoffs 365d", "cutoffs 2d"]
    found += ["define", "define DUIS", "define hub", "define dius", "part Section A", "part d", "part zebra", "parts"]
    found += ["MP077 share", "since", "what is scope", *(f"help {topic}" for topic in handlers.commands.help.TOPICS)]
    found += ["help since", "since 2031-01-01", "MP134", "MP134B", "MP128C", "june 2022", "february 2022"]
    found += ["why c0000001", "why c00000", "why MP077", "why november 2021"]
    # Those that write come last: "unsubscribe all" leaves nothing to list.
    commands = sorted(handlers.commands.registry().items(), key=lambda item: item[1].writes)
    asked_ = {word: list(asked_of(word, command.module)) for word, command in commands}
    found += [question for word, command in commands if not command.writes for question in asked_[word]]
    found += following()
    found += [question for word, command in commands if command.writes for question in asked_[word]]
    return list(dict.fromkeys(found))


def asked_of(word: str, command: object) -> Iterator[str]:
    """Yield what is asked of one command."""
    yield from (word, *getattr(command, "EXAMPLES", ()))
    yield from (f"{word} {what}" for what in ("MP077", "november 2021", "v50.0", "zzz", LONG))


def following() -> list[str]:
    """Return what follows and mutes in every way, with all that is not understood of it."""
    several = ", ".join(f"MP{number}" for number in range(110, 130))
    options = (
        "only decisions except MP090, weighty only, weekly, in thread",
        "daily",
        "light",
        "weighty at once, flat",
    )
    found = ["mute MP077", "unmute all"]
    found += [f"subscribe november 2021 {chosen}{flag}" for chosen in options for flag in ("", " --dry-run")]
    found += [f"subscribe {several} --dry-run", f"subscribe {several}", "subscribe everything", "digest so far"]
    found += ["digest off", "digest now", "digest on", "unsubscribe everything"]
    found += ["mute everything 7d", "why c0000001!", "rules"]
    found += ["unmute MP077", "mute rule november 2021 until friday", "rules 1", "rules 2", "why MP077!", "unmute all!"]
    unclear = ("everything except zzz", "everything except MP090 votes", "MP090 daily weekly", "MP090 except MP090")
    found += [f"subscribe {what}" for what in (*unclear, "everything only light", f"{several}, MP101, MP102")]
    return [
        *found,
        *(f"mute {what}" for what in ("MP090 forever", "MP090 until 3 March 2020", "MP090 3 years", "rule zzz")),
    ]


# --- views -----------------------------------------------------------------------------------------------------------


def views() -> Iterator[tuple[str, View]]:
    """Yield Home and each form of nothing, of little and of very much."""
    for size in ("nothing", "little", "much"):
        with tempfile.TemporaryDirectory() as folder, storage.open_store(f"sqlite:///{folder}/sample.db") as store:
            fill(store, size)
            for channel in ("C0123456789", "U1"):
                ask = Ask("", store, samples.NOW, ZONE, "U1", channel)
                for name, view in _views(ask):
                    yield f"{name} of {size} in {channel}", view


def _views(ask: Ask) -> Iterator[tuple[str, View]]:
    rules = ask.store.subscriptions("C0123456789")
    for one in rules:
        filters = ("kind:scope", "impact:DUIS", "modification:MP077")
        ask.store.subscribe(replace(one, channel="U1", only=filters, but_not=filters * 5))
    for n, one in enumerate(rules[:40]):
        ask.store.mute(Mute("U1", f"rule:{one.selector}" if n % 2 else one.selector, READ_UNTIL, "U1", samples.NOW))
    for n in range(7):
        ask.store.mute(Mute("U1", f"impact:{LONG}{n}", READ_UNTIL, "U1", samples.NOW))
    yield "home", home_view({**home(ask.store, "U1", ask.now, ZONE), "digest_at": ask.digest_at}, ZONE, said=LONG * 9)
    for name, opens in modals.OPENS.items():
        for words in ("", "MP077", "november 2021", LONG):
            yield f"{name} with {words[:9]!r}", opens(ask, words, home="{}" * 100)
    answer_ = RENDERER.reply(asked(f"search {LONG}", ask.store))
    yield "search with what was found", search.found(LONG, answer_, "")
    for name, facts in (("form_stale", {"reason": "old"}), ("form_sorry", {"said": LONG * 30})):
        yield name, forms.told(LONG, RENDERER.reply(Reply(name, facts)))
    held = Subscription(ask.channel, "everything", "U1", ask.now, only=("kind:scope",))
    tried = said(following_.tried(ask, (held,)), ask)
    wish = forms.Wish(Option("everything", LONG), ask.store.channel(ask.channel), tried=tried)
    yield "subscribe, tried", forms.subscribe(wish, ZONE, "")
    settled = replace(
        ask.store.channel(ask.channel), name=LONG, managers=("U1",), quiet_from=time(1), quiet_until=time(2)
    )
    yield "settings, kept", forms.told("Settings", said(chosen.changed(ask, "settings_kept", lambda _: settled), ask))


FORMED = {"form_sorry", "form_stale", "settings_kept"}
"""Replies that only forms give."""

COUNTS = {"nothing": 0, "little": 1, "much": 60}


def fill(store: Store, size: str) -> None:
    """Put what pages say, what changed, who follows what and what fails into a store."""
    count = COUNTS[size]
    if not count:
        return
    sources = [
        Source(f"release-{n}" if n else "november-2021", f"{samples.URL}{n}", "release-page") for n in range(count)
    ]
    store.watch(sources, samples.NOW)
    said = tuple(many(count)) if count > 1 else tuple(unique(claims()))
    changes = samples.changes() if count == 1 else [grown(one) for one in samples.changes() * 4]
    page = Page(samples.URL, b"<h1>Sample</h1>", "text/html", samples.NOW)
    for number, source in enumerate(sources):
        watch = Watch(
            source, "good" if number % 2 else "failing", LONG, samples.NOW, samples.NOW, samples.NOW, samples.NOW
        )
        first = number == 0
        told = tuple(replace(one, source=source.name) for one in samples.told(changes)) if first else ()
        store.record(Poll(watch, samples.NOW, page if first else None, opened=said if first else (), changes=told))
    for number in range(min(count, 120)):
        selector = f"modification:MP{number + 100}" if number else "release:2021-11"
        store.subscribe(Subscription("C0123456789", selector, "U1", samples.NOW + timedelta(seconds=number)))


def claims() -> Iterator[Claim]:
    """Yield what the pages of all scenes say in the end."""
    for _, after in samples.SCENES:
        yield from samples.claims(after)


def many(count: int) -> Iterator[Claim]:
    """Yield the claims of the scenes with long words, and so many modifications, releases, versions and documents more."""
    for claim in unique(claims()):
        evidence = replace(claim.evidence, quote=LONG * 30)
        yield replace(claim, value=LONG * 4 if claim.attribute == "title" else claim.value, evidence=evidence)
    for n in range(count):
        lines = (
            f"release:2021-11 in_scope MP{n + 1000}; modification:MP{n + 1000} title {LONG * 4}; "
            f"modification:MP{n + 1000} status targeted; version:{n + 70}.0 effective_on 2021-11-04; "
            f"version:50.0 implements MP{n + 1000}; modification:MP077 affects_part Section {chr(65 + n % 26)}; "
            f"modification:MP{n + 1000} decision_cut_off 2021-12-{n % 28 + 1:02d}; "
            f"release:{2013 + n % 60}-11 go_live {2013 + n % 60}-11-04; change_request:CR{n + 2000} title {LONG}"
        )
        yield from samples.claims(lines)


def payload(message: Message) -> dict[str, Any]:
    """Return a message as it is posted."""
    return {"text": message.text, "blocks": [dict(block) for block in message.blocks]}


def main() -> None:
    """Print all payloads."""
    for _, message in everything():
        print(json.dumps(payload(message)))
    for _, view in views():
        print(json.dumps(view))


if __name__ == "__main__":
    main()
