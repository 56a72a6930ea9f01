"""Selectors: what a person types for something to follow, and what it is called in words.

A selector is "everything", a subject ("modification:MP090", "release:2021-11", "version:50.0", "part:Appendix AD"), an
impact ("impact:DUIS"), or a kind of change ("kind:scope", "kind:go_live_moved").
"""

from __future__ import annotations

import re

from bot.domain import identifiers, impacts, parts
from bot.domain.changes import kinds
from bot.domain.follow.topics import ALL, EVERYTHING, PARTS, TOPICS, WORDS


def selector(text: str) -> str | None:
    """Return the selector for what a person types ("mp90", "release nov 2021", "appendix ad", "go-live", "everything");
    None for what secbot cannot follow.
    """
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ").strip(" .,;:!'\"‘’“”")).casefold()
    squeezed = re.sub(r"[^a-z0-9]", "", plain)
    if not squeezed:
        return None
    if squeezed in ALL:
        return EVERYTHING
    if impact := _impact(text):
        return f"impact:{impact}"
    if topic := _topic(squeezed):
        return f"kind:{topic}"
    if part := _part(plain, squeezed):
        return f"part:{part}"
    if impact := impacts.known(plain):
        return f"impact:{impact}"
    if release := identifiers.typed_release(plain):
        return f"release:{release}"
    if version := _version(plain):
        return f"version:{version}"
    if (id_ := identifiers.typed(_CALLED.sub("", text))) and not is_span(plain):
        return f"modification:{id_}"
    return None


def is_span(text: str) -> bool:
    """Whether a text is a number of days or one below nothing ("30d", "-3d"), though it could be read as a bare id."""
    return bool(re.fullmatch(r"\s*(?:\d{1,4} ?[dD]|[-–−+] ?\d{1,4} ?[A-Da-d]?)\s*", text))


_CALLED = re.compile(r"^\s*(?:the )?mod(?:ification)?(?: proposal)? (?=(?:sec)?[md]p)", re.I)
_IMPACT = re.compile(
    r"(?:the )?(?:impacts?|affects|affecting|impacting|touches|touching)(?: on)?[: ]+(?P<what>\S.*)", re.I
)


def _impact(text: str) -> str | None:
    """Return what a modification must affect ("impact DUIS", "GBCS impacts"), as papers' tables head it.

    Before its column's word only what papers have a column for is an impact.
    """
    plain = re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip(" .,;:!?'\"‘’“”")
    if match := _IMPACT.fullmatch(plain):
        return impacts.name(match["what"])
    what, _, last = plain.rpartition(" ")
    return impacts.known(what) if last.casefold() in ("impact", "impacts", "impacted") else None


def _topic(squeezed: str) -> str | None:
    if squeezed in WORDS:
        return WORDS[squeezed]
    named = {re.sub(r"[^a-z0-9]", "", name): name for name in (*TOPICS, *(kind.KIND for kind in kinds()))}
    return named.get(squeezed.removeprefix("kind"))


def _part(plain: str, squeezed: str) -> str | None:
    if squeezed in PARTS:
        return PARTS[squeezed]
    match = re.fullmatch(r"(?:the )?(?:sec )?(section|schedule|appendix) ([a-z]{1,2}|\d{1,2})", plain)
    part = identifiers.part(f"{match[1].capitalize()} {match[2].upper()}") if match else None
    return part if part and parts.may_be(part) else None


def _version(plain: str) -> str | None:
    """Return a version that is called one: a bare number is a modification's."""
    named = re.match(r"(?:sec )?v(?:ersion)?\.? ?\d", plain) or re.fullmatch(r"\d+\.\d+", plain)
    return identifiers.typed_version(plain) if named else None


def label(selector: str) -> str:
    """Return what a selector follows in words: "MP090", "the November 2021 SEC Release", "go-live dates"."""
    kind, _, name = selector.partition(":")
    if kind == "kind":
        return TOPICS[name][0] if name in TOPICS else f"“{name.replace('_', ' ')}”"
    if kind == "impact":
        return f"what affects {name}"
    if kind == "release":
        return f"the {identifiers.release_name(name)} SEC Release"
    if kind == "version":
        return f"SEC v{name}"
    return name or kind


def spoken(selector: str) -> str:
    """Return the shortest words for a selector that `selector` understands."""
    kind, _, key = selector.partition(":")
    if kind == "release":
        return identifiers.release_name(key)
    if kind == "impact":
        return f"impact {key}"
    return f"v{key}" if kind == "version" else key or kind
