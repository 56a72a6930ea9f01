"""Which command a question means, and its answer.

cleaned → a command's word first? → a version, a release, an id, a day, a part by itself? → one inside? → suggest

People type `/sec mp90`, `/sec nov 21`, `@secbot what about MP-102a?`; all of them are questions that can be answered.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.asking import Ask, Reply, Suggestion
from bot.domain import dates, identifiers
from bot.pipeline.answer import unread
from bot.ports import Read, Store
from handlers import when
from handlers.commands import registry, words
from handlers.suggest import suggest

HOME = ("next", "")
"""What an empty question means."""

EMPTY_HANDED = ("next", "not_known", "release_not_known", "releases", "search", "version_not_known")
"""Answers that may only know nothing because no page has been read yet."""

LONGEST = 500
"""Characters of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Route:
    """A command's word, the words for it, and what else the question named."""

    command: str
    words: str
    others: tuple[str, ...] = ()


_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<[^<>|]+\|([^<>]*)>")
_FORMAT = re.compile(r"[*`~“”\"]+|(?<!\w)_+|_+(?!\w)")
_FILLER = re.compile(
    r"(?:(?:please|hi|hello|hey|show(?: me)?|give me|get|tell me about|info(?:rmation)? on|about|stat(?:us|e) of|"
    r"what(?:'s|’s| is| are| about| was|(?= changed))|when(?:'s|’s| is| are| was| does| did| will)|"
    r"(?:where|how)(?:'s|’s| is)|is|the|any)\b[\s,:]*)+",
    re.IGNORECASE,
)
_ID_INSIDE = re.compile(
    r"(?<![A-Za-z0-9])(?:SECMP|[MD]P|mod(?:ification)?(?:\s+proposal)?|draft\s+proposal)[\s\-_#–]*[0-9OIL]{1,4}[A-D]?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:CR|CRP|IRP)[\s-]?\d{3,5}", re.IGNORECASE)
_EXPLICIT_VERSION = re.compile(
    r"(?:sec\s+)?v(?:ersion)?\.?\s*\d[\d.]*|(?:sec\s+)?\d{1,3}\.\d{1,2}(?:\.\d{1,2})?", re.IGNORECASE
)
_HISTORY = ("history", "changes", "log")


def answer(
    question: str,
    *,
    store: Store,
    now: datetime,
    zone: ZoneInfo,
    user: str = "terminal",
    channel: str = "terminal",
    digest_at: time = time(8, 30),
    default_channel: str = "",
    read: Read | None = None,
    again: bool = False,
) -> Reply:
    """Return the answer to a question, as it is typed after `/sec`. Whatever is typed, there is one.

    `again`: this very request was answered before, so a command that writes is not run for it once more.

    Raises:
        StoreError: the database can't be asked.
    """
    if len(question) > LONGEST:
        return _too_long(question)
    # A direct message is followed by the person, wherever they read it.
    audience = user if channel.startswith("D") else channel
    ask = Ask("", store, now, zone, user, audience, digest_at, default_channel, read)
    meant = route(question, words(), now.astimezone(zone).date())
    if meant is None:
        return suggest(cleaned(question), store)
    command = registry()[meant.command]
    if again and command.writes:
        return Reply("again", {"command": command.word})
    reply = command.run(replace(ask, words=meant.words))
    if reply.template in EMPTY_HANDED and unread(store):
        reply = replace(reply, facts={**reply.facts, "unread": True})
    return _with(reply, meant.others)


def writes(question: str) -> bool:
    """Whether a question is answered by a command that writes."""
    meant = route(question, words(), date.today())  # noqa: DTZ011  (only which command it is matters)
    return meant is not None and registry()[meant.command].writes


def _too_long(question: str) -> Reply:
    """Return a short answer to a long text, with buttons for what its beginning names."""
    named = _inside(_bare(question))
    found = (_question(named.command, named.words), *named.others) if named else ()
    facts = {"said": "", "code": "", "meant": False, "long": LONGEST}
    return _with(Reply("suggest", facts, (Suggestion("Help", "help"),)), found)


def _with(reply: Reply, others: tuple[str, ...]) -> Reply:
    """Return a reply with buttons for what else the question named."""
    asked = {suggestion.question for suggestion in reply.suggestions}
    more = tuple(Suggestion(one, one) for one in others[:5] if one not in asked)
    return replace(reply, suggestions=(*more, *reply.suggestions))


def cleaned(question: str) -> str:
    """Return a question as it is meant: without mentions, formatting, `/sec` and closing marks; an endless one cut."""
    text = _LINK.sub(r"\1", _MENTION.sub(" ", question[:LONGEST]))
    # Full-width letters and digits are typed by some keyboards and mean the same (NFKC).
    text = _FORMAT.sub(" ", unicodedata.normalize("NFKC", html.unescape(text))[:LONGEST])
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"^/sec(?![\w-])", "", text, flags=re.IGNORECASE).strip(" ?!.,;:")


def route(question: str, words: Mapping[str, str], today: date) -> Route | None:
    """Return the command that a question means, None where nobody can tell.

    `words` gives the command for each word that means one.
    """
    bare = _bare(question)
    if not bare:
        return Route(*HOME)
    for said in dict.fromkeys((bare, cleaned(question))):
        if found := _by_word(said, words) or _by_itself(said, today):
            return _rather(found, bare, today)
    return _inside(bare)


def _rather(found: Route, text: str, today: date) -> Route:
    """Return the route of what a question names where it begins as one for changes but gives no day for them.

    "what changed in november 2021" and "what is the go-live of november 2021" ask for that release.
    """
    if found.command != "since" or not found.words or when.day(found.words, today):
        return found
    return _inside(text) or found


def _bare(question: str) -> str:
    """Return a question without the words that only introduce it: "please show me", "what about"."""
    text = cleaned(question)
    filler = _FILLER.match(text)
    return text[filler.end() :] if filler else text


def _by_word(text: str, words: Mapping[str, str]) -> Route | None:
    first, _, rest = text.partition(" ")
    command = words.get(first.casefold().strip(":,"))
    return Route(command, rest.strip()) if command else None


def _by_itself(text: str, today: date) -> Route | None:
    if _EXPLICIT_VERSION.fullmatch(text) and identifiers.typed_version(text):
        return Route("version", text)
    if re.fullmatch(r"20\d\d", text) or identifiers.typed_release(text):
        return Route("release", text)
    if identifiers.typed(_without_history(text)):
        return Route("modification", text)
    if when.day(text, today):
        return Route("since", text)
    if identifiers.typed_part(text) or _CODE.fullmatch(text):
        return Route("search", text)
    return None


def _without_history(text: str) -> str:
    head, _, last = text.rpartition(" ")
    return head if last.casefold() in _HISTORY else text


def _inside(text: str) -> Route | None:
    """Return the route of what stands in the midst of other words, with all that was named besides."""
    named = list(dict.fromkeys((*_ids(text), *_releases(text), *_versions(text))))
    if not named:
        return None
    command, first = named[0]
    more = " history" if command == "modification" and re.search(r"\bhistory\b", text, re.IGNORECASE) else ""
    return Route(command, first + more, tuple(_question(*one) for one in named[1:]))


def _question(command: str, words: str) -> str:
    return words if command == "modification" else f"{command} {words.removeprefix('v')}"


def _ids(text: str) -> Iterator[tuple[str, str]]:
    for match in _ID_INSIDE.finditer(text):
        if id_ := identifiers.typed(match[0]):
            yield "modification", id_


def _releases(text: str) -> Iterator[tuple[str, str]]:
    for found in dates.find(text):
        if len(found.value) == len("YYYY-MM"):
            yield "release", identifiers.release_name(found.value)


def _versions(text: str) -> Iterator[tuple[str, str]]:
    for match in identifiers.VERSION.finditer(text):
        yield "version", f"v{match[1]}"
