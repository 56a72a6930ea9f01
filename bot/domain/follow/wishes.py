"""Wishes: what people type after "subscribe", understood whole or not at all.

text → options taken out (`options`) → parts at "only" and "except" → items at commas and "and" → selectors → Wish

"everything except MP090 and documents, weekly", "MP090, MP102A and november 2021", "decisions on MP090 in thread". What
is not understood is named, for a filter that was left out in silence would send what nobody wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.domain import identifiers, impacts
from bot.domain.follow import options
from bot.domain.follow.rules import Subscription
from bot.domain.follow.selectors import selector
from bot.domain.follow.selectors import spoken as spoken_selector
from bot.domain.follow.topics import EVERYTHING
from bot.domain.vocabulary import Weight

MOST = 20
"""Things to follow in one go."""

MOST_WORDS = 24
"""Words between two commas that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to follow, with its filters."""

    selector: str
    only: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to follow, and how; one rule comes of each of `wanted`."""

    wanted: tuple[Wanted, ...]
    delivery: str = "instant"
    least: int = 0
    layout: str = ""

    def rules(self, channel: str, by: str, at: datetime) -> tuple[Subscription, ...]:
        """Return the rules of a channel or person that keep the wish."""
        return tuple(
            Subscription(channel, one.selector, by, at, self.delivery, one.only, one.but_not, self.least, self.layout)
            for one in self.wanted
        )


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


def parse(text: str) -> Wish | Misunderstood:
    """Return what a text wishes to follow, or what of it is not understood."""
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("’", "'")).strip(" .,;:!?")
    chosen, rest = options.taken(_LEAD.sub("", plain))
    if isinstance(chosen, options.Contradiction):
        return Misunderstood("contradiction", " / ".join(chosen.phrases), "option")
    try:
        return _wish(_Said.of(rest), chosen)
    except _Unclear as unclear:
        return unclear.why


def wish(text: str) -> tuple[Wish | Misunderstood, bool]:
    """Return the same, and whether it is only to be tried ("--dry-run", "preview")."""
    return parse(options.FLAGS.sub(" ", text)), bool(options.FLAGS.search(text))


def named(text: str) -> tuple[str, ...] | Misunderstood:
    """Return what a text names, its filters and options left aside: what to stop or to mute."""
    found = parse(text)
    return tuple(one.selector for one in found.wanted) if isinstance(found, Wish) else found


def spoken(rule: Subscription | Wanted) -> str:
    """Return a rule as it is typed: `parse` makes the same of it."""
    words = spoken_selector(rule.selector)
    words += f" only {_list(rule.only)}" if rule.only else ""
    words += f" except {_list(rule.but_not)}" if rule.but_not else ""
    if isinstance(rule, Wanted):
        return words
    return ", ".join([words, *options.spoken(rule.delivery, rule.least, rule.layout)])


def spoken_wish(wish_: Wish) -> str:
    """Return a wish as it is typed in one go; empty where its things have filters that differ."""
    first = wish_.wanted[0]
    filters = spoken(first).removeprefix(spoken_selector(first.selector))
    words = _list([one.selector for one in wish_.wanted]) + filters
    typed = ", ".join([words, *options.spoken(wish_.delivery, wish_.least, wish_.layout)])
    return typed if parse(typed) == wish_ else ""


def _list(selectors: Sequence[str]) -> str:
    *first, last = map(spoken_selector, selectors)
    return f"{', '.join(first)} and {last}" if first else last


# --- parts -----------------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:please|pls|me|us|this channel|channel|to|i want|we want|want|tell|about|for|follow|subscribe)\b[ ,:]*)+",
    re.IGNORECASE,
)
_KEYWORD = re.compile(
    r"(?<![\w-])(?:(?P<only>(?:but |and )?only|just|limited to|restricted to)|"
    r"(?P<but>but)(?! (?:not|no|only|without)\b)|"
    r"(?P<not>(?:but )?(?:except(?:ing|ion)?|exept|excpet|excluding|exclude|without|not|no|never|minus|ignoring|ignore|"
    r"skipping|skip|apart from|aside from|other than|save for)(?: for| from)?(?: any| the)?))(?![\w-])|"
    r"(?<= )(?P<minus>-)(?=[A-Za-z])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(,? ?\b(?:and|or|nor|plus|as well as|also)\b|[,;&+]|(?<=\w)/(?=[A-Za-z]))\s*", re.IGNORECASE)
_JOINING = frozenset({"on", "of", "for", "in", "about", "to", "with", "from", "at", "the", "'s", "its", "into", ":"})
_IDLE = frozenset(
    {
        *_JOINING,
        *("changes", "change", "news", "updates", "update", "alerts", "please", "pls", "too", "any", "anything"),
        *(
            "all",
            "every",
            "it",
            "them",
            "is",
            "are",
            "sec's",
            "what",
            "whatever",
            "happens",
            "everything",
            "new",
            "part",
            "parts",
        ),
    }
)
"""Words that may stand around what is followed and say nothing more."""


@dataclass(slots=True)
class _Group:
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


class _Unclear(Exception):
    """Carries what is not understood out of the grammar."""

    def __init__(self, reason: Reason, said: str = "", role: str = "what") -> None:
        super().__init__(reason)
        self.why = Misunderstood(reason, said.strip(), role)


@dataclass(slots=True)
class _Said:
    """The groups of each role, in their order."""

    what: list[_Group] = field(default_factory=list)
    only: list[_Group] = field(default_factory=list)
    but_not: list[_Group] = field(default_factory=list)
    only_at_the_end: bool = False

    @classmethod
    def of(cls, text: str) -> _Said:
        """Divide a text at its keywords.

        Raises:
            _Unclear: a word of it is unknown.
        """
        said, role, at, keyword = cls(), "what", 0, ""
        for match in (*_KEYWORD.finditer(text), None):
            said._take(role, keyword, text[at : match.start() if match else None])
            if match:
                role = "only" if match["only"] else "except"
                at, keyword = match.end(), match[0].strip().casefold()
        return said

    def _take(self, role: str, keyword: str, part: str) -> None:
        found = list(_groups(part, role))
        if role == "only" and not found:
            self.only_at_the_end = True
        elif role == "except" and not found and keyword != "but":
            raise _Unclear("unknown", keyword, "except")
        {"what": self.what, "only": self.only, "except": self.but_not}[role].extend(found)


def _groups(part: str, role: str) -> Iterator[_Group]:
    pieces = ["", *_BETWEEN.split(re.sub(r"[()\[\]:]", " ", part))]
    before: _Group | None = None
    items = [(pieces[n].strip(" ,"), pieces[n + 1]) for n in range(0, len(pieces), 2)]
    for number, (after, item) in enumerate(items):
        if not _bare(item, keep=True):
            continue
        group = _group(item, after, before, [one for _, one in items[number + 1 :]])
        if group is None:
            raise _Unclear("unknown", item, role)
        yield group
        before = group


def _group(item: str, after: str, before: _Group | None, following: Sequence[str]) -> _Group | None:
    """Return what an item names; one that is cut short takes the rest of its neighbour: "Appendix AD and AF", "june and
    november 2021", "impact DUIS and GBCS".
    """
    bare = _bare(item)
    last = before.found[-1] if before and before.found else ""
    if last.startswith("part:") and re.fullmatch(r"[A-Za-z]{1,2}|\d{1,2}", bare):
        bare = f"{last.removeprefix('part:').partition(' ')[0]} {bare}"
    if (last.startswith("impact:") or _said_of_impacts(following)) and (impact := impacts.known(bare)):
        return _Group(item, after, [f"impact:{impact}"])
    if (
        re.fullmatch(r"[A-Za-z]{3,9}", bare)
        and (year := _year(following))
        and (release := identifiers.typed_release(f"{bare} {year}"))
    ):
        return _Group(item, after, [f"release:{release}"])
    if found := _known(bare):
        return _Group(item, after, [found])
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


def _segmented(item: str, after: str, bare: str) -> _Group | None:
    """Return what words without a comma name one by one: "mp90 mp102a", "MP090 decisions", "votes on MP162"."""
    words, at, group = bare.split(), 0, _Group(item, after, [])
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
        if piece[0].casefold() in _JOINING or (until - at == 1 and re.fullmatch(r"\d+[A-Da-d]?", piece[0])):
            continue
        if found := _known(" ".join(piece)):
            return found, until
    return None, at + 1


def _free(item: str, after: str, bare: str) -> _Group | None:
    """Return an impact that papers have no column for, where that is all that is said."""
    found = selector(bare)
    return _Group(item, after, [found]) if found and found.startswith("impact:") else None


# --- meaning ---------------------------------------------------------------------------------------------------------


def _wish(said: _Said, chosen: options.Options) -> Wish:
    wanted, least = _wanted(said), chosen.least
    if len(wanted) > 1 and wanted[-1] == Wanted(EVERYTHING) and _is_all(said.what):
        wanted, least = wanted[:-1], least or Weight.LIGHT
    wanted = _merged(
        [_with_filters(one, _filters(said.only, "only"), _filters(said.but_not, "except")) for one in wanted]
    )
    if len(wanted) > MOST:
        raise _Unclear("many", str(len(wanted)))
    for one in wanted:
        if one.selector in one.but_not or (one.only and set(one.only) <= set(one.but_not)):
            raise _Unclear("empty", spoken(one))
    return Wish(tuple(wanted), chosen.delivery or "instant", least, chosen.layout)


def _is_all(what: Sequence[_Group]) -> bool:
    """Whether "all" stands behind what is followed: not everything, but all of it, the light changes too."""
    return what[-1].said.split()[-1].casefold() == "all"


def _wanted(said: _Said) -> list[Wanted]:
    """Return what is to be followed, of the groups that name it."""
    if not said.what and said.only:
        said.what, said.only = said.only, []
        return _topics_of_things(_terms(said.what))
    if not said.what:
        said.what = _everything_among(said.but_not)
    if not said.what:
        raise _Unclear("nothing")
    terms = _terms(said.what)
    return _topics_of_things(terms, at_the_end=True) if said.only_at_the_end else terms


def _everything_among(groups: list[_Group]) -> list[_Group]:
    """Take "everything" out of what is excepted, where it can't be meant: "except MP090: everything"."""
    if not any(EVERYTHING in group.found for group in groups):
        return []
    for group in groups:
        group.found = [one for one in group.found if one != EVERYTHING]
    groups[:] = [group for group in groups if group.found]
    return [_Group(EVERYTHING, "", [EVERYTHING])]


def _terms(groups: Sequence[_Group]) -> list[Wanted]:
    """Return what groups name: "MP090 decisions" and "decisions on MP090" are of MP090 the decisions only.

    "decisions and votes on MP090 and MP102A" is one thought: both topics of both.
    """
    terms: list[Wanted] = []
    carried: tuple[str, ...] = ()
    for group in groups:
        topics, things = group.topics, group.things
        joined = group.after.casefold().strip(" ,") in ("and", "or", "&", "nor")
        if not topics:
            terms += [Wanted(one, carried) for one in things]
        elif not things:
            carried = ()
            terms += map(Wanted, topics)
        else:
            while group.joined and joined and terms and terms[-1].selector.startswith("kind:"):
                topics.insert(0, terms.pop().selector)
            carried = tuple(topics) if group.joined else ()
            terms += [Wanted(one, tuple(topics)) for one in things]
    return terms


def _topics_of_things(terms: list[Wanted], *, at_the_end: bool = False) -> list[Wanted]:
    """Make topics beside things the only ones of them: "only decisions, november 2021"; "november 2021, decisions only"
    (`at_the_end`: those that stand last).
    """
    topics = [one.selector for one in terms if one.selector.startswith("kind:")]
    things = [one for one in terms if one.selector not in topics]
    last_is_topic = bool(terms) and terms[-1].selector in topics
    if not topics or not things or (at_the_end and not last_is_topic):
        return terms
    return [replace(one, only=(*one.only, *topics)) for one in things]


def _filters(groups: Sequence[_Group], role: str) -> tuple[str, ...]:
    for group in groups:
        if group.things and group.topics:
            raise _Unclear("together", group.said, role)
        if EVERYTHING in group.found:
            raise _Unclear("unknown", group.said, role)
    return tuple(dict.fromkeys(one for group in groups for one in group.found))


def _with_filters(one: Wanted, only: tuple[str, ...], but_not: tuple[str, ...]) -> Wanted:
    return Wanted(one.selector, tuple(dict.fromkeys((*one.only, *only))), but_not)


def _merged(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return each thing once: of "MP090 votes and MP090 decisions" both."""
    merged: dict[str, Wanted] = {}
    for one in wanted:
        before = merged.get(one.selector)
        both = (*before.only, *one.only) if before and before.only and one.only else () if before else one.only
        merged[one.selector] = replace(one, only=tuple(dict.fromkeys(both)))
    return list(merged.values())
