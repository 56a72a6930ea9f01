"""settings [threads flat|thread|both] [only @name|open]: how this channel is told and who may change that

By itself it shows all settings with what to type for each. "settings only @name" leaves changes to the people named and
to you; "settings open" to everybody again.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Ask, Reply, Suggestion
from bot.domain import follow
from bot.domain.channel import Channel
from bot.domain.wanted import Unclear
from handlers import chosen
from handlers.commands import digest, quiet

GROUP = "settings"
SHOWN = "settings"
ORDER = 65
ALIASES = ("setting", "preferences", "prefs", "config", "configure", "setup")
EXAMPLES = (
    "settings",
    "settings threads flat",
    "settings threads both",
    "settings only @name",
    "settings open",
)
WRITES = True

LAYOUTS = (
    ("both", r"both|(?:in )?threads? (?:and|&|\+) (?:the )?(?:in )?channel|broadcast|also (?:in|to) (?:the )?channel"),
    ("flat", r"flat|off|none|no|never|no threads?|without threads?|single|channel(?: only)?|(?:in )?the channel"),
    ("thread", r"(?:in )?threads?(?: only)?|threaded|on|yes|only|only threads?|in threads? only"),
)
_THREADS = re.compile(r"(?:threads?|threading|layout|replies)[ :=]+(?:are |in )?(?P<how>.+)", re.IGNORECASE)
_MYSELF = re.compile(r"\b(?:me|myself)\b", re.IGNORECASE)
_ONLY = re.compile(r"(?:only|managers?|owners?|closed?|lock(?:ed)?|restrict(?:ed)?|admins?)\b.*", re.IGNORECASE)
_OPEN = re.compile(r"(?:re)?open(?:ed)?\b.*|unlock(?:ed)?|(?:for )?(?:every|any)(?:one|body)", re.IGNORECASE)
_DIGEST = re.compile(r"digests?\b[ :=]*(?P<rest>.*)|(?:time ?zone|zone)[ :=]+(?P<zone>.+)", re.IGNORECASE)
_QUIET = re.compile(r"quiet(?: ?hours?| ?times?)?\b[ :=]*(?P<rest>.*)", re.IGNORECASE)


def run(ask: Ask) -> Reply:
    """Show a channel's settings, or change what is named."""
    if not ask.words:
        return _shown(ask)
    if match := _DIGEST.fullmatch(ask.words):
        return digest.run(replace(ask, words=match["rest"] or match["zone"] or ""))
    if match := _QUIET.fullmatch(ask.words):
        return quiet.run(replace(ask, words=match["rest"]))
    if layout := _layout(ask.words):
        return _about("threads", chosen.changed(ask, "settings_set", lambda channel: replace(channel, layout=layout)))
    if _ONLY.fullmatch(ask.words) or _OPEN.fullmatch(ask.words):
        return _managed(ask)
    return chosen.not_clear(ask, "settings", Unclear(ask.words), EXAMPLES)


def _shown(ask: Ask) -> Reply:
    facts = chosen.facts(ask, ask.store.channel(ask.channel))
    shown = (Suggestion("Digest so far", "digest"), Suggestion("What is followed", "list"))
    return Reply("settings", facts, (Suggestion("Change…", "", opens="settings"), *shown))


def _layout(words: str) -> str:
    """Return the layout that words name, empty for none."""
    match = _THREADS.fullmatch(words)
    how = match["how"].strip() if match else ""
    named = (name for name, said in LAYOUTS if re.fullmatch(said, how, re.IGNORECASE))
    return next(named, words if words in follow.LAYOUTS else "")


def _managed(ask: Ask) -> Reply:
    if ask.store.channel(ask.channel).personal:
        return Reply("settings_set", {**chosen.facts(ask, Channel(ask.channel)), "made": False})
    if _OPEN.fullmatch(ask.words):
        return _about("people", chosen.changed(ask, "settings_set", lambda channel: replace(channel, managers=())))
    if not ask.people and not _MYSELF.search(ask.words):
        return chosen.not_clear(ask, "settings", Unclear(ask.words, "people"), ("settings only @name", "settings open"))
    # Whoever closes it stays one of those who can open it.
    managers = tuple(dict.fromkeys((*ask.people, ask.user)))
    return _about("people", chosen.changed(ask, "settings_set", lambda channel: replace(channel, managers=managers)))


def _about(what: str, reply: Reply) -> Reply:
    """Return an answer that begins with the setting that was asked for."""
    return replace(reply, facts={**reply.facts, "about": what})
