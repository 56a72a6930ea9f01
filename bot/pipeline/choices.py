"""What can be followed, found as somebody types: modifications with their titles, releases, parts, impacts, topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain import impacts
from bot.domain.follow import EVERYTHING, TOPICS, label, selector, spoken
from bot.domain.follow.topics import PARTS
from bot.pipeline.answers import directory
from bot.ports import Store

MODIFICATIONS = 25
"""How many modifications are found for what is typed: who needs more types more."""
RECENT = 10
"""How many of what changed last are offered to somebody who has typed nothing yet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to follow: its selector, and what it is called."""

    selector: str
    label: str


def choices(store: Store, typed: str = "", *, most: int = 100) -> list[Choice]:
    """Return what can be followed and fits what is typed, best first."""
    words = _words(typed)
    titles = dict(_titled(store, typed)) if words else {}
    found = [*_exactly(typed), *_of_few(store, words), *(_numbered(store, words) if words else _recent(store)), *titles]
    return [_named(store, one, titles.get(one)) for one in list(dict.fromkeys(found))[:most]]


def _named(store: Store, selector_: str, title: str | None) -> Choice:
    return Choice(selector_, f"{selector_.partition(':')[2]} ‘{title}’") if title else choice(store, selector_)


def choice(store: Store, selector_: str) -> Choice:
    """Return a selector with what it is called: "MP090 ‘Title’", "November 2021 SEC Release", "Appendix AD (DUIS)"."""
    kind, _, key = selector_.partition(":")
    if kind == "modification":
        title = directory.title(store, selector_)
        return Choice(selector_, f"{key} ‘{title}’" if title else key)
    if kind == "part":
        return Choice(selector_, f"{key} ({_SHORT[key]})" if key in _SHORT else key)
    words = label(selector_).removeprefix("the ")
    return Choice(selector_, f"{words[:1].upper()}{words[1:]}")


def is_selector(text: str) -> bool:
    """Whether a text is a selector that people can choose."""
    return bool(text) and selector(spoken(text)) == text


_SHORT = {"Schedule 8": "GBCS", "Schedule 9": "SMETS", "Schedule 10": "CHTS"} | {
    part: name.upper() for name, part in PARTS.items() if part.startswith("Appendix")
}


def _words(typed: str) -> list[str]:
    return re.findall(r"[^\W_]+", typed.casefold())


def _exactly(typed: str) -> Iterator[str]:
    if found := selector(typed):
        yield found


def _of_few(store: Store, words: list[str]) -> Iterator[str]:
    """Yield what there are few of and fits: everything, topics, releases (newest first), impacts, parts."""
    releases = sorted(directory.releases(store), reverse=True)
    few = [
        EVERYTHING,
        *(f"kind:{name}" for name in TOPICS),
        *(f"release:{key}" for key in releases),
        *(f"impact:{name}" for name in impacts.KNOWN),
        *(f"part:{part}" for part in dict.fromkeys(PARTS.values())),
    ]
    yield from (one for one in few if _fits(one, words))


def _fits(selector_: str, words: Iterable[str]) -> bool:
    """Whether each word begins one of the words that a selector is called by."""
    kind, _, key = selector_.partition(":")
    called = _words(f"{kind} {key} {label(selector_)} {_SHORT.get(key, '')}")
    return all(any(one.startswith(word) for one in called) for word in words)


def _numbered(store: Store, words: list[str]) -> Iterator[str]:
    """Yield modifications whose number begins with the digits that are typed, by number."""
    match = re.fullmatch(r"(?:sec)?(?:mp|dp|mod)?0*([1-9]\d*[a-d]?)", "".join(words))
    if not match or len(words) > 2:
        return
    known = (one.partition(":")[2] for one in store.subjects("modification"))
    found = [id_ for id_ in known if _number(id_).startswith(match[1])]
    yield from (
        f"modification:{id_}" for id_ in sorted(found, key=lambda id_: (len(_number(id_)), id_))[:MODIFICATIONS]
    )


def _number(id_: str) -> str:
    """Return the number of an id, with the letter of a part, as people type it: of every key that is typed there is one
    look at all ids, so it is a cheap one.
    """
    return id_.lstrip("SECMDP").lstrip("0").casefold()


def _titled(store: Store, typed: str) -> Iterator[tuple[str, str]]:
    """Yield the modifications that the words find, those by their titles with them."""
    for one in store.search(typed, limit=MODIFICATIONS):
        if one.claim.subject.startswith("modification:"):
            yield one.claim.subject, one.claim.value if one.claim.attribute == "title" else ""


def _recent(store: Store) -> Iterator[str]:
    """Yield the modifications that changed last."""
    told = reversed(store.changes(limit=RECENT * 10))
    subjects = dict.fromkeys(one.change.subject for one in told if one.change.subject.startswith("modification:"))
    yield from list(subjects)[:RECENT]
