"""Provisions of the SEC as notices name them: "Section L", "Sections G and H, Appendix AB", a clause "Section X3.4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = {"section": r"[A-Z]", "schedule": r"\d{1,2}", "appendix": r"[A-Z]{1,2}"}
_ONE = {"section": "Section", "sections": "Section", "schedule": "Schedule", "schedules": "Schedule"}
_ONE |= {"appendix": "Appendix", "appendices": "Appendix", "appendixes": "Appendix"}
_NAMED = re.compile(
    r"(?:the |new |SEC |SEC’s )*(?P<kind>Sections?|Schedules?|Appendices|Appendixes|Appendix)\s+(?=[A-Z0-9])",
    re.IGNORECASE,
)
_CLAUSE = r"\d{1,3}(?:\.\d{1,3}){0,3}[A-Z]?(?!\d)(?:\s?\([a-z0-9]{1,4}\))*"
_SUB_CLAUSE = r"\.\d{1,3}(?:\.\d{1,3})*"
_ENDS = r"(?=$|[^A-Za-z0-9]|[A-Z][a-z])"
_KEYS = {
    kind: re.compile(rf"(?P<key>{key})(?P<clause>{_SUB_CLAUSE if kind == 'schedule' else _CLAUSE})?{_ENDS}")
    for kind, key in _KEY.items()
}
_TITLE = re.compile(
    r"\s*(?:\((?!\s*(?:new|part)\b)[^()]{2,120}\)|[‘“\"'][^‘“\"”]{2,160}[’”\"'](?!\w))"
    r"|\s*\((?:new|part\s*\w*|in part)\)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s*(?:(?:,|;|&|/|\+)\s*(?:and\s+)?|\s+(?:and|as well as|plus)\s+|\s*\|\s*)", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|–|—|-|through)\s*(?=(?:[A-Z]{1,2}|\d{1,2})(?![A-Za-z0-9]))")


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of the SEC that a notice varies; `clause`: only a clause of it is named."""

    part: str
    clause: bool = False


def leading(text: str) -> tuple[tuple[Provision, ...], str]:
    """Return the provisions that a text begins with, each part once, and what follows them."""
    found: dict[str, Provision] = {}
    at, kind = len(text) - len(text.lstrip(" \t•*·–-|:")), ""
    while True:
        named = _NAMED.match(text, at)
        begun = named.end() if named else at
        kind = _kind(named["kind"]) if named else kind
        key = _KEYS[kind].match(text, begun) if kind and (named or found) else None
        if key is None:
            break
        end = _span(text, key, kind, found)
        while title := _TITLE.match(text, end):
            end = title.end()
        rest, join = end, _JOINS.match(text, end)
        if not join:
            return tuple(found.values()), text[rest:]
        at, before = join.end(), rest
        if not (_NAMED.match(text, at) or _KEYS[kind].match(text, at)):
            return tuple(found.values()), text[before:]
    return tuple(found.values()), text[at:] if found else text


def _span(text: str, key: re.Match[str], kind: str, found: dict[str, Provision]) -> int:
    """Note a key, or the run of keys that it begins ("Sections F to H"); return where it ends."""
    _note(found, f"{kind.capitalize()} {key['key']}", clause=bool(key["clause"]))
    to = None if key["clause"] else _TO.match(text, key.end())
    last = _KEYS[kind].match(text, to.end()) if to else None
    between = _between(key["key"], last["key"]) if last and not last["clause"] else []
    for one in between:
        _note(found, f"{kind.capitalize()} {one}", clause=False)
    return last.end() if last and between else key.end()


def _between(first: str, last: str) -> list[str]:
    """Return the keys after the first up to the last: of "F" and "H" G and H; [] where they are no run."""
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) and first[:-1] == last[:-1] and (first + last).isalpha():
        return [first[:-1] + chr(letter) for letter in range(ord(first[-1]) + 1, ord(last[-1]) + 1)]
    return []


def _note(found: dict[str, Provision], part: str, *, clause: bool) -> None:
    """Keep a part; named whole it is no clause, wherever else a clause of it is named."""
    if part not in found or not clause:
        found[part] = Provision(part, clause)


def _kind(word: str) -> str:
    return _ONE[word.casefold()].casefold()


def everywhere(text: str) -> tuple[Provision, ...]:
    """Return all provisions that a text names, each part once."""
    found: dict[str, Provision] = {}
    for one in _everywhere(text):
        _note(found, one.part, clause=one.clause)
    return tuple(found.values())


def _everywhere(text: str) -> Iterator[Provision]:
    at = 0
    while named := _NAMED.search(text, at):
        provisions, rest = leading(text[named.start() :])
        yield from provisions
        at = max(len(text) - len(rest), named.end())
