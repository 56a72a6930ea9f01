"""The words of a wish without its options, divided: parts at "only" and "except", items at commas and "and".

An item that is cut short takes the rest of its neighbour ("Appendix AD and AF"); one that names several things without
a comma is divided where the words allow it ("mp90 mp102a", "MP090 decisions"). An unknown word is no small matter: a
filter left out in silence would send what nobody wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.domain import identifiers, impacts
from bot.domain.follow.selectors import selector

MOST_WORDS = 24
"""Words between two commas that are looked at one by one."""


Reason = Literal["nothing", "unknown", "together", "contradiction", "empty", "many"]


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """What kept a text from being a wish.

    `said`: the words; `role`: what they should have been ("what", "only", "except", "option"). `reason`: nothing was
    said of what to follow; the words are unknown; they are two filters at once ("except MP090 votes"), which cannot
    be told apart from each by itself; options that exclude each other (`said` names them); nothing would ever be sent;
    too many things.
    """

    reason: Reason
    said: str = ""
    role: str = "what"


_KEYWORD = re.compile(
    r"(?<![\w-])(?:(?P<only>(?:but |and )?only|just|limited to|restricted to)|"
    r"(?P<also>but (?:also|as well|and also))|"
    r"(?P<but>but)(?! (?:not|no|only|without)\b)|"
    r"(?P<not>(?:but )?(?:except(?:ing|ion)?|exept|excpet|excluding|exclude|without|not|no|never|minus|ignoring|ignore|"
    r"skipping|skip|apart from|aside from|other than|save for)(?: for| from)?(?: any| the)?))(?![\w-])|"
    r"(?<= )(?P<minus>-)(?=[A-Za-z])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(,? ?\b(?:and|or|nor|plus|as well as|also)\b|[,;&+]|(?<=\w)/(?=[A-Za-z]))\s*", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?P<prefix>(?:SEC)?MP|DP)[ -]?(?P<first>\d{1,4}[A-D]?)"
    r"(?:\s*(?:\b(?:to|through|thru)\b|\.{2,3}|…|[–—])\s*|-| - )"
    r"(?:(?P=prefix)[ -]?)?(?P<last>\d{2,4}[A-D]?)\b",
    re.IGNORECASE,
)
MOST_IN_A_RANGE = 20
_JOINING = frozenset({"on", "of", "for", "in", "about", "to", "with", "from", "at", "the", "'s", "its", "into", ":"})
_IDLE = _JOINING | frozenset(
    re.findall(
        r"\S+",
        "changes change news new updates update alerts please pls too any anything all every everything it them is are "
        "sec's what whatever happens part parts",
    )
)
"""Words that may stand around what is followed and say nothing more."""


@dataclass(slots=True)
class Group:
    """What stands between two commas: the things and the topics that it names, in their order."""

    said: str
    after: str
    found: list[str]
    joined: bool = False

    @property
    def topics(self) -> list[str]:
        return [one for one in self.found if one.startswith("kind:")]

    @property
    def things(self) -> list[str]:
        return [one for one in self.found if not one.startswith("kind:")]


class Unclear(Exception):
    """Carries what is not understood out of the grammar."""

    def __init__(self, reason: Reason, said: str = "", role: str = "what") -> None:
        super().__init__(reason)
        self.why = Misunderstood(reason, said.strip(), role)


@dataclass(slots=True)
class Said:
    """The groups of each role, in their order."""

    what: list[Group] = field(default_factory=list)
    only: list[Group] = field(default_factory=list)
    but_not: list[Group] = field(default_factory=list)
    only_at_the_end: bool = False

    @classmethod
    def of(cls, text: str) -> Said:
        """Divide a text at its keywords.

        Raises:
            Unclear: a word of it is unknown.
        """
        said, role, at, keyword = cls(), "what", 0, ""
        text = _RANGE.sub(_each, text)
        for match in (*_KEYWORD.finditer(text), None):
            said._take(role, keyword, text[at : match.start() if match else None])
            if match:
                role = "what" if match["also"] else "only" if match["only"] else "except"
                at, keyword = match.end(), match[0].strip().casefold()
        return said

    def _take(self, role: str, keyword: str, part: str) -> None:
        found = list(_groups(part, role))
        if role == "only" and not found:
            self.only_at_the_end = True
        elif role == "except" and not found and keyword != "but":
            raise Unclear("unknown", keyword, "except")
        {"what": self.what, "only": self.only, "except": self.but_not}[role].extend(found)


def _each(said: re.Match[str]) -> str:
    """Return each modification of a range by itself: "MP090 to MP092" names three.

    Raises:
        Unclear: it does not run upwards from number to number, or runs over too many.
    """
    first, last = said["first"], said["last"]
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise Unclear("unknown", said[0])
    count = int(last) - int(first) + 1
    if count > MOST_IN_A_RANGE:
        raise Unclear("many", str(count))
    return ", ".join(f"{said['prefix']}{number:0{len(first)}}" for number in range(int(first), int(last) + 1))


def _groups(part: str, role: str) -> Iterator[Group]:
    pieces = ["", *_BETWEEN.split(re.sub(r"[()\[\]:]", " ", part))]
    before: Group | None = None
    items = [(pieces[n].strip(" ,"), pieces[n + 1]) for n in range(0, len(pieces), 2)]
    for number, (after, item) in enumerate(items):
        if not _bare(item, keep=True):
            continue
        group = _group(item, after, before, [one for _, one in items[number + 1 :]])
        if group is None:
            raise Unclear("unknown", item, role)
        yield group
        before = group


def _group(item: str, after: str, before: Group | None, following: Sequence[str]) -> Group | None:
    """Return what an item names; one that is cut short takes the rest of its neighbour: "Appendix AD and AF", "june and
    november 2021", "impact DUIS and GBCS".
    """
    bare = _bare(item)
    last = before.found[-1] if before and before.found else ""
    if last.startswith("part:") and re.fullmatch(r"[A-Za-z]{1,2}|\d{1,2}", bare):
        bare = f"{last.removeprefix('part:').partition(' ')[0]} {bare}"
    if (last.startswith("impact:") or _said_of_impacts(following)) and (impact := impacts.known(bare)):
        return Group(item, after, [f"impact:{impact}"])
    if (
        re.fullmatch(r"[A-Za-z]{3,9}", bare)
        and (year := _year(following))
        and (release := identifiers.typed_release(f"{bare} {year}"))
    ):
        return Group(item, after, [f"release:{release}"])
    if found := _known(bare):
        return Group(item, after, [found])
    return _segmented(item, after, bare) or _free(item, after, bare)


def _said_of_impacts(following: Sequence[str]) -> bool:
    """Whether one of the next items ends as "GBCS impacts" does, so that "DUIS and" before it is one, too."""
    return any(re.search(r"\w impacts?$", item.strip(), re.IGNORECASE) for item in following)


def _year(following: Sequence[str]) -> str:
    return next((match[1] for item in following if (match := re.search(r"[A-Za-z] (20\d\d)\b", item))), "")


def _bare(item: str, *, keep: bool = False) -> str:
    """Return an item without the idle words around it, "everything" itself left; `keep`: empty only for none."""
    words = item.strip(" ,;:.").split()
    while len(words) > 1 and words[0].casefold() in _IDLE and not _named_whole(words):
        words = words[1:]
    while len(words) > 1 and words[-1].casefold() in _IDLE - {"all", "everything"}:
        words = words[:-1]
    if len(words) == 1 and words[0].casefold() in _IDLE and not (keep or selector(words[0])):
        return ""
    if len(words) == 1 and words[0].casefold() in _JOINING | {"changes", "please", "pls", "too"}:
        return ""
    return " ".join(words)


def _named_whole(words: Sequence[str]) -> bool:
    return selector(" ".join(words)) is not None


def _known(text: str) -> str | None:
    """Return the selector of a text that is one; what papers have no column for is no impact yet."""
    found = selector(text)
    if found and found.startswith("impact:") and not impacts.known(found.removeprefix("impact:")):
        return None
    return found


def _segmented(item: str, after: str, bare: str) -> Group | None:
    """Return what words without a comma name one by one: "mp90 mp102a", "MP090 decisions", "votes on MP162"."""
    words, at, group = bare.split(), 0, Group(item, after, [])
    if len(words) > MOST_WORDS:
        return None
    while at < len(words):
        found, until = _longest(words, at)
        if found:
            group.found.append(found)
        elif words[at].casefold() in _JOINING:
            group.joined = True
        else:
            return None
        at = until
    return group if group.found else None


def _longest(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """Return the selector that the most words from a place on name, and where they end. A bare number is none here."""
    for until in range(min(len(words), at + 6), at, -1):
        piece = words[at:until]
        if piece[0].casefold() in _JOINING or (until - at == 1 and re.fullmatch(r"[-–−+]?\d+[A-Da-d]?", piece[0])):
            continue
        if found := _known(" ".join(piece)):
            return found, until
    return None, at + 1


def _free(item: str, after: str, bare: str) -> Group | None:
    """Return an impact that papers have no column for, where that is all that is said."""
    found = selector(bare)
    return Group(item, after, [found]) if found and found.startswith("impact:") else None
