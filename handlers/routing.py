"""Which command a question means, and its answer.

without "share" → bare → a sentence that means a command? → a command's word first? → a version, a release, an id, a
day, a part, a term by itself? → a command's word last, or mistyped? → one inside? → suggest

People type `/sec mp90`, `/sec nov 21`, `@secbot what about MP-102a?`; all of them are questions that can be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.asking import Ask, Reply, Suggestion
from bot.domain import dates, glossary, identifiers
from bot.domain.follow.selectors import is_span
from bot.domain.follow.topics import PARTS
from bot.pipeline import pausing
from bot.pipeline.answers import directory
from bot.ports import Read, Store
from handlers import aspects, parts, several, sharing, slips, spoken, when
from handlers.commands import registry, words
from handlers.plain import LONGEST, bare, cleaned
from handlers.suggest import suggest

HOME = ("next", "")
"""What an empty question means."""

EMPTY_HANDED = frozenset(
    ("cutoffs", "next", "not_known", "part", "release_not_known", "releases", "search", "version_not_known")
)
"""Answers that may only know nothing because no page has been read yet."""

WORDLESS = frozenset(("help", "status"))
"""Commands that know nothing of ids, releases, versions: "status MP090" asks for MP090."""

AFTER = frozenset(("evidence", "mute", "subscribe", "unmute", "unsubscribe"))
"""Commands whose word may come last: "MP090 evidence", "nov 21 follow"."""


@dataclass(frozen=True, slots=True)
class Route:
    """A command's word, the words for it, and what else the question named."""

    command: str
    words: str
    others: tuple[str, ...] = ()


_MENTION = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")
_ID_INSIDE = re.compile(
    r"(?<![A-Za-z0-9])(?:SECMP|[MD]P|mod(?:ification)?(?:\s+proposal)?|draft\s+proposal)[\s\-_#–]*[0-9OIL]{1,4}[A-D]?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_VERSION_INSIDE = re.compile(r"(?<![\w.])v(?:er(?:sion)?\b)?\.?\s*(\d{1,3}(?:\.\d{1,2}){0,2})(?![\w.])", re.IGNORECASE)
_PAGE = re.compile(r"<?https?://\S+?/(?P<name>[a-z]+-20\d\d)-sec-release\b\S*", re.IGNORECASE)
"""The address of a release's page, as people paste it."""
_CODE = re.compile(r"(?:CR|CRP|IRP)[\s-]?\d{3,5}", re.IGNORECASE)
_EXPLICIT_VERSION = re.compile(
    r"(?:sec\s+)?v(?:ersion)?\.?\s*\d[\dOIL.]*|(?:sec\s+)?\d{1,3}\.\d{1,2}(?:\.\d{1,2})?", re.IGNORECASE
)


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
    ask = Ask("", store, now, zone, user, audience, digest_at, default_channel, read, _people(question))
    asked, is_shared = sharing.parted(cleaned(question))
    meant = route(asked, words(), now.astimezone(zone).date())
    if meant is None:
        return suggest(asked, store)
    back = audience == user and pausing.resume_person(store, user, now)
    reply = _run(replace(ask, words=meant.words), meant, again=again)
    if back:
        reply = replace(reply, facts={**reply.facts, "back": True})
    if is_shared:
        return sharing.shared(reply)
    return sharing.offered(reply, f"{meant.command} {meant.words}".strip(), channel)


def _run(ask: Ask, meant: Route, *, again: bool) -> Reply:
    if ids := several.named(meant.words, meant.others):
        return several.answer(ask, ids)
    command = registry()[meant.command]
    if again and command.writes:
        return Reply("again", {"command": command.word})
    reply = command.run(ask)
    if reply.template in EMPTY_HANDED and directory.unread(ask.store):
        reply = replace(reply, facts={**reply.facts, "unread": True})
    return _with(reply, meant.others)


def writes(question: str) -> bool:
    """Whether a question is answered by a command that writes."""
    meant = route(question, words(), date.today())  # noqa: DTZ011  (only which command it is matters)
    return meant is not None and registry()[meant.command].writes


def changes_settings(question: str) -> bool:
    """Whether a question would change how its channel is told, or who may change that."""
    meant = route(sharing.parted(cleaned(question))[0], words(), date.today())  # noqa: DTZ011  (as above)
    return meant is not None and meant.command in ("digest", "quiet", "settings") and bool(meant.words)


def _too_long(question: str) -> Reply:
    """Return a short answer to a long text, with buttons for what its beginning names."""
    named = _inside(bare(question))
    found = (_question(named.command, named.words), *named.others) if named else ()
    facts = {"said": "", "code": "", "meant": False, "long": LONGEST}
    return _with(Reply("suggest", facts, (Suggestion("Help", "help"),)), found)


def _with(reply: Reply, others: tuple[str, ...]) -> Reply:
    """Return a reply with buttons for what else the question named."""
    asked = {suggestion.question for suggestion in reply.suggestions}
    more = tuple(Suggestion(one, one) for one in others[:5] if one not in asked)
    return replace(reply, suggestions=(*more, *reply.suggestions))


def _people(question: str) -> tuple[str, ...]:
    """Return the ids of the people whom a question names; whom it begins with is secbot."""
    asked = _MENTION.sub("", question, count=1) if _MENTION.match(question.lstrip()) else question
    return tuple(dict.fromkeys(match["id"] for match in _MENTION.finditer(asked)))


def route(question: str, words: Mapping[str, str], today: date) -> Route | None:
    """Return the command that a question means, None where nobody can tell.

    `words` gives the command for each word that means one.
    """
    text = bare(question)
    if not text:
        return Route(*HOME)
    if is_span(text):
        return None  # It may look ahead as well as back.
    if meant := spoken.command(text) or spoken.command(cleaned(question)) or _asked_meaning(cleaned(question), words):
        return Route(*meant)
    for said in dict.fromkeys((text, cleaned(question))):
        if found := _by_word(said, words) or _by_itself(said, today) or _by_last(said, words, today):
            return _rather(found, text, today)
    meant_by_first = _commands_of_slip(text, words)
    if any(registry()[command].writes for command in meant_by_first) or len(meant_by_first) > 1:
        return None  # It is offered, not done; nor is anything else done instead.
    return _by_slip(text, meant_by_first, today) or _inside(text)


def _asked_meaning(text: str, words: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the route to a term whose meaning is asked for: "what does DUIS mean", "what is a hub"."""
    term, certain = spoken.term(text)
    if certain:
        return None if any((*_ids(term), *_releases(term))) else ("define", term)
    is_command = term.casefold() in words and not re.search(r"\b(?:an?|meant by) \S+$", text, re.IGNORECASE)
    return ("define", term) if term and not is_command and glossary.find(term) else None


def _rather(found: Route, text: str, today: date) -> Route:
    """Return the route of what a question names where it begins as one for a time but gives none.

    "what changed in november 2021" and "when is the vote on MP102A" ask for that release, that modification.
    """
    if found.command in WORDLESS or (found.command == "next" and any(_ids(found.words))):
        return _inside(found.words) or found
    times = {"since": when.day, "cutoffs": when.ahead}
    if found.command not in times or not found.words or times[found.command](found.words, today) is not None:
        return found
    if found.command == "cutoffs" and identifiers.typed_release(found.words):
        return found
    changed = _of_named(text)
    return changed if changed and changed.command == "modification" else _inside(text) or found


def _by_word(text: str, words: Mapping[str, str]) -> Route | None:
    first, _, rest = text.partition(" ")
    command = words.get(first.casefold().strip(":,."))
    return Route(command, rest.strip()) if command else None


def _by_itself(text: str, today: date) -> Route | None:
    if page := _PAGE.fullmatch(text):
        return Route("release", page["name"].replace("-", " "))
    if _EXPLICIT_VERSION.fullmatch(text) and identifiers.typed_version(text):
        return Route("version", text)
    if found := _named(text) or _of_named(text):
        return found
    if when.day(text, today):
        return Route("since", text)
    if parts.named(text):
        return Route("part", text)
    if _CODE.fullmatch(text):
        return Route("search", text)
    term = glossary.find(text)
    # "alerts", "scope": a plain word is rather one to search for.
    return Route("define", text) if term and term.is_short else None


def _named(text: str) -> Route | None:
    """Return the route of a release or modification that stands by itself."""
    if re.fullmatch(r"20\d\d", text) or identifiers.typed_release(text):
        return Route("release", text)
    if when.month(text):
        return Route("release", re.sub(r"^.* ", "", text))
    return Route("modification", text) if identifiers.typed(text) and not is_span(text) else None


def _of_named(text: str) -> Route | None:
    """Return the route of something about a release or modification: "nov 21 docs", "history of MP090"."""
    rest, aspect = aspects.parted(text)
    found = _named(rest) if aspect else None
    if found is None or (found.command == "modification" and aspect in ("docs", "scope")):
        return found
    if aspect == "evidence":
        return Route("evidence", rest)
    return Route(found.command, f"{rest} {'history' if found.command == 'modification' else aspect}")


def _by_last(text: str, words: Mapping[str, str], today: date) -> Route | None:
    """Return the route of a question that ends with the command's word: "MP090 proof", "60 days cutoffs"."""
    head, _, last = text.rpartition(" ")
    command = words.get(last.casefold(), "")
    if command == "cutoffs" and when.ahead(head, today) is not None:
        return Route(command, head)
    if command not in AFTER or not head:
        return None
    return Route(command, head) if _by_itself(head, today) else None


def _commands_of_slip(text: str, words: Mapping[str, str]) -> list[str]:
    """Return the commands whose word the first one of several may be a slip of: "histroy MP090"."""
    first, _, rest = text.partition(" ")
    if not rest or len(first) < slips.SHORTEST_FIRST or not first.isalpha():
        return []
    return list(dict.fromkeys(words[word] for word in slips.nearest(first, words)))


def _by_slip(text: str, commands: Sequence[str], today: date) -> Route | None:
    """Return the route of a command's word that is mistyped before what is surely named."""
    rest = text.partition(" ")[2]
    found = _by_itself(rest, today) if commands else None
    if found is None or (found.command == "define" and "define" not in commands):
        return None
    return Route(commands[0], rest)


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


def _is_of_another(before: str) -> bool:
    """Whether a version is that of what stands before it, not the SEC's: "SMETS2 v5", "DUIS version 3.1"."""
    word = re.split(r"[\s,;]+", before.strip())[-1]
    term = glossary.find(word)
    return bool(term and term.part) or word.casefold() in PARTS


def _versions(text: str) -> Iterator[tuple[str, str]]:
    for match in _VERSION_INSIDE.finditer(text):
        if _is_of_another(text[: match.start()]):
            continue
        if number := identifiers.typed_version(match[1]):
            yield "version", f"v{number}"
