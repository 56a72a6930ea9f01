"""What a modification touches, as people list it: parties, parts of the SEC, systems and specifications."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.phrases.documents import NAMES
from watchers.phrases.titles import QUOTES

_TICK = re.compile(
    r"^\s*✓\s*[:–—-]?\s*|\s*[:–—-]?\s*(?:\(?\s*(?:✓|\byes\b|\bimpacted\b|\baffected\b)\s*\)?)\W*$", re.IGNORECASE
)
_CROSS = re.compile(
    r"^\s*[✗☐]|(?:[✗☐]|\bno\b|\bnot (?:impacted|affected)\b|\bnone\b|\bn/a\b|[:|\w]\s*[–—-])\s*\)?\W*$", re.IGNORECASE
)
_PERHAPS = re.compile(
    r"\(\s*(?:tbc|tbd|to be confirmed|possibly|potential(?:ly)?)\s*\)|\b(?:tbc|to be confirmed)\W*$", re.IGNORECASE
)
_NOTHING = re.compile(
    r"(?:none|no\b.{0,40}|n/?a|tbc|tbd|to be (?:confirmed|determined)|nil|not applicable|unknown|[–—-])", re.IGNORECASE
)
_BREAK = re.compile(r"\s*[,;•\n]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+(?:the\s+)?|\s*/\s*(?=[A-Z])")
_SHARES_NOUN = re.compile(
    r"(?:large|small|electricity|gas|domestic|non-domestic|import|export|other|smaller|larger)", re.IGNORECASE
)
_LEADS_IN = re.compile(
    r"^\W*(?:.{0,60}\b(?:impacts?|affects?|impacted|affected)\b(?: (?:by|are|is|include|includes|on|upon))*\s*:?\s*|"
    r"(?:all|both)\s+(?=large|small))",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?:(?:all|the|other|large|small|larger|smaller|domestic|non-domestic|energy|electricity|gas|licensed|import|"
    r"export|sec|meter|device|smart|registration|data|communications?|hub|network|shared|resource|asset|service|"
    r"equipment|third|independent|distribution)\s+)*"
    r"(?:suppliers?|supplier parties|network (?:operators?|parties)|"
    r"networks|(?:sec )?parties|dcc(?: (?:service )?users?)?|users?|"
    r"distribution network operators?|dnos?|gas transporters?|transporters?|meter operators?|asset providers?|"
    r"resource providers?|data providers?|service providers?|manufacturers?|installers?|consumers?|customers?|secas|"
    r"ofgem|panel|agents?|participants?|generators?|mops?|maps?|rdps?|consultants?)",
    re.IGNORECASE,
)
_SPECIFICATION = re.compile(
    r"(?:DUIS|GBCS|SMETS ?[12]?|CHTS|MMC|CTSD|DUGIDS|TMAD|S1SR|TSAT|SRPD|HCALCS|ETAD)(?: v?\d[\d.]*)?"
)
_SYSTEM = r"[A-Z][\w ]{0,40}\b[Ss]ystems?|CH firmware|Communications Hub firmware"
_KIND = re.compile(r"\b(?P<kind>Sections?|Schedules?|Appendix|Appendices|Appendixes)\s+(?=[A-Z\d])", re.IGNORECASE)
_GLUED_KIND = re.compile(r"(?<=[A-Za-z\d)’'])(?=(?:Sections?|Schedules?|Appendix|Appendices)\s+[A-Z\d])")
_GLUED_PARTY = re.compile(r"(?<=[a-z])(?=[A-Z][A-Za-z]{2})")
_TICK_BEFORE = re.compile(r"(?<=\w)\s+(?=[✓✗]\s*[A-Z])")
_TICK_AFTER = re.compile(r"(?<=[✓✗])\s+(?=[A-Z])")
"""Where a list of ticks in one piece breaks: before each tick, or after it."""
_GLUED_ANSWER = re.compile(r"(?<=[A-Za-z)])(?=(?:Yes|No|TBC)\W*$)")
_LONGEST = 300
"""Characters of a piece that can be the name of something; what is longer is prose."""
_KEY = re.compile(r"(?P<key>[A-Z]{1,2}(?![A-Za-z])|\d{1,2})(?P<clause>\d+(?:\.\d+)*|(?:\.\d+)+)?(?:\([a-z\d]+\))*")
_AGAIN = re.compile(r"\s*(?:,\s*and\b|,|&|/|\band\b|\bor\b)\s*(?=(?:[A-Z]{1,2}|\d{1,2})(?![A-Za-z]))")
_TITLED = re.compile(rf"\s*(?:\([^()]{{2,90}}\)|[{QUOTES}][^{QUOTES}]{{2,90}}[{QUOTES}])")
_KEYS = rf"(?:{_KEY.pattern.replace('(?P<key>', '(?:').replace('(?P<clause>', '(?:')})"
_ONE_PART = re.compile(
    rf"\b(?:(?:SEC|the|and|also|both)\s+)*(?:Sections?|Schedules?|Appendix|Appendices|Appendixes)\s+{_KEYS}"
    rf"(?:{_TITLED.pattern})?(?:\s*(?:,\s*and\b|,|&|/|\band\b|\bor\b)\s*{_KEYS}(?:{_TITLED.pattern})?)*"
)
_CLAUSES_OF = {"section": str.isalpha, "schedule": str.isdigit, "appendix": str.isalpha}


def parts(text: str) -> list[str]:
    """Return the parts of the SEC that a text lists ("Sections G, H8 and L, Schedules 8 and 9"), clauses left out."""
    found: list[str] = []
    text = _GLUED_KIND.sub(" ", text)
    for match in _KIND.finditer(text):
        word = match["kind"].casefold()
        kind = "appendix" if word.startswith("append") else word.rstrip("s")
        for key, clause in _keys(text, match.end()):
            if not clause and _CLAUSES_OF[kind](key):
                found.append(f"{kind.capitalize()} {key}")
    return list(dict.fromkeys(found))


def only_parts(text: str) -> bool:
    """Whether a text is a list of parts of the SEC, clauses among them, and nothing else."""
    spaced = _GLUED_KIND.sub(" ", text)
    return bool(_ONE_PART.search(spaced)) and not _ONE_PART.sub("", spaced).strip(" .,;:&/•*")


def keyed(label: str, value: str) -> list[str]:
    """Return the parts of a list whose kind stands in its label: "Sections" beside "G, H8 and L"."""
    kind = re.fullmatch(
        r"(?:.*\b)?(?P<kind>Sections?|Schedules?|Appendix|Appendices)\b(?:\(s\))?(?: (?:affected|impacted|amended|"
        r"changed))?\W*",
        label,
        re.IGNORECASE,
    )
    return parts(f"{kind['kind']} {value.strip()}") if kind and _KEY.match(value.strip()) else []


def _keys(text: str, at: int) -> Iterator[tuple[str, str]]:
    """Yield the keys that follow a kind of part, each with its clause where it has one."""
    while key := _KEY.match(text, at):
        yield key["key"], key["clause"] or ""
        at = key.end()
        if titled := _TITLED.match(text, at):
            at = titled.end()
        again = _AGAIN.match(text, at)
        if again is None:
            return
        at = again.end()


def pieces(text: str) -> list[str]:
    """Return the things that a text lists, as printed; "Large and Small Suppliers" are two."""
    text = (_TICK_BEFORE if re.match(r"\W*[✓✗]", text) else _TICK_AFTER).sub(", ", text)
    found = [piece for one in _BREAK.split(_GLUED_PARTY.sub(", ", text)) for piece in _run(_named(one)) if piece]
    return [_completed(piece, found[n + 1 :]) for n, piece in enumerate(found)]


def _run(piece: str) -> list[str]:
    """Return the parties of a list that lost its breaks ("Large Suppliers Small Suppliers DCC"), else the piece."""
    if len(piece) > _LONGEST or _PARTY.fullmatch(piece):
        return [piece]
    found = [match[0] for match in _PARTY.finditer(piece)]
    return found if len(found) > 1 and " ".join(found) == piece else [piece]


def _named(piece: str) -> str:
    return re.sub(
        r"^(?:the|both|also|all of|and)\s+", "", " ".join(piece.split()).strip(" .:*•"), flags=re.IGNORECASE
    ).strip()


def _completed(piece: str, following: list[str]) -> str:
    """Give an adjective alone the noun that it shares with what follows."""
    if not _SHARES_NOUN.fullmatch(piece):
        return piece
    noun = next((other.partition(" ")[2] for other in following if " " in other), "")
    return f"{piece} {noun}".strip()


def parties(text: str) -> list[str]:
    """Return the parties that a value lists, those with a cross left out; [] where it is prose."""
    found = []
    for piece in pieces(_without_lead(_GLUED_ANSWER.sub(" ", text))):
        name = _bare(piece)
        if not name or _CROSS.search(piece) or _NOTHING.fullmatch(name) or _PERHAPS.search(piece):
            continue
        if len(name) > 70 or not (name[0].isupper() or _PARTY.fullmatch(name)) or _is_prose(name):
            continue
        found.append(name)
    return list(dict.fromkeys(found))


def _without_lead(text: str) -> str:
    """Return a list without the words that lead to it ("This modification will impact …")."""
    lead = _LEADS_IN.match(text)
    return text[lead.end() :] if lead and lead.end() < len(text.rstrip(" .:")) else text


def _is_prose(name: str) -> bool:
    return bool(
        re.search(r"\b(?:will|is|are|was|were|has|have|would|should|may|might|this|these|which|that|it)\b", name)
    )


def _bare(piece: str) -> str:
    if len(piece) > _LONGEST:
        return piece
    return re.sub(
        r"\s*\((?:directly|indirectly|minor|major|high|low|medium|not|but not|excluding|except)\b[^()]*\)",
        "",
        _TICK.sub("", piece),
    ).strip(" .:–—-")


def are_parties(text: str) -> bool:
    """Whether a text is a list of parties and nothing else."""
    found = pieces(text)
    return bool(found) and all(_PARTY.fullmatch(_bare(piece.strip("✗ "))) for piece in found)


def are_systems(text: str) -> bool:
    """Whether a text is a list of systems or specifications and nothing else."""
    found = [_bare(_PERHAPS.sub("", piece)) for piece in pieces(text)]
    return bool(found) and all(_SPECIFICATION.fullmatch(name) or re.fullmatch(_SYSTEM, name) for name in found)


def systems(text: str) -> list[tuple[str, str]]:
    """Return the systems and specifications that a value lists, as `affects` and `may_affect`."""
    found: list[tuple[str, str]] = []
    for piece in pieces(_without_lead(re.sub(r"^[A-Z][a-z ]{2,30}:\s+", "", text))):
        perhaps = bool(_PERHAPS.search(piece))
        name = _bare(_PERHAPS.sub("", piece))
        if not name or _CROSS.search(piece) or _NOTHING.fullmatch(name) or _is_prose(name) or parts(name):
            continue
        if len(name) <= 60 and re.match(r"[A-Z]", name) and len(name.split()) <= 6:
            found.append(("may_affect" if perhaps else "affects", name))
    return list(dict.fromkeys(found))


def specifications(text: str) -> list[tuple[str, str]]:
    """Return the specifications that are listed by their short names alone, with the part of the SEC that each is."""
    return [(piece, _part(piece)) for piece in pieces(text) if _SPECIFICATION.fullmatch(piece)]


def _part(name: str) -> str:
    """Return the part of the SEC that a specification is, "" for what is none."""
    return next((part for part, names in NAMES if re.match(rf"(?:{names})(?: ?[12])?(?![A-Za-z])", name)), "")


def sentence(words: str) -> list[tuple[str, str]]:
    """Return what a sentence's list of things affected names: parties, systems, parts; nothing else is taken."""
    found = [("affects_part", part) for part in parts(words)]
    for piece in pieces(words):
        name = re.split(r"\s+(?:will|who|which|that|as|by|because|when|but|so|in|on|for|to)\b|\s*\(", piece)[0].strip(
            " ."
        )
        if _PARTY.fullmatch(name) and (name[0].isupper() or name.startswith("other ")):
            found.append(("impacts_party", name))
        elif _SPECIFICATION.fullmatch(name) or re.fullmatch(
            r"DCC Systems|CH firmware|Communications Hub firmware", name
        ):
            found.append(("affects", name))
    return found


def listed(item: str) -> list[tuple[str, str]]:
    """Return what an item of a list of things affected names: parties, parts of the SEC or systems, nothing else."""
    if are_parties(item):
        return [("impacts_party", name) for name in parties(item)]
    if only_parts(item):
        return [("affects_part", part) for part in parts(item)]
    return systems(item) if are_systems(item) else []
