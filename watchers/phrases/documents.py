"""Rows of documents: "SEC Schedule 8 - GB Companion Specification v4.1 (draft 5)", "22 September 2021"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.forms import worded
from watchers.outline import Block
from watchers.phrases.marks import PART
from watchers.phrases.titles import QUOTES, cleaned

NAMES = (
    ("Schedule 8", r"GB Companion Specification|GBCS"),
    ("Schedule 9", r"Smart Metering Equipment Technical Specifications?|SMETS ?2|SMETS"),
    ("Schedule 10", r"Communications Hub Technical Specifications?|CHTS"),
    ("Schedule 11", r"(?:TS|Technical Specifications?) Applicability Tables?|TSAT"),
    ("Appendix AD", r"DCC User Interface Specification|DUIS"),
    ("Appendix AF", r"Message Mapping Catalogue|MMC"),
    ("Appendix R", r"Common Test Scenarios Document|CTSD"),
    ("Appendix AL", r"SMETS1 Transition and Migration Approach Document|(?:SMETS1 )?TMAD"),
    ("Appendix AM", r"SMETS1 Supporting Requirements|S1SR"),
)
"""The Technical Specifications by name, for tables that don't say which part of the SEC they are."""

_NAMED_PART = worded("|".join(f"(?:{names})" for _, names in NAMES))
_NAMED = tuple(
    (part, re.compile(rf"(?:the )?(?:{names})\b(?=\s*(?:$|[(–—|v-]|\d|draft))", re.IGNORECASE)) for part, names in NAMES
)
_LONGEST_NAME = 140
_VERSION = re.compile(
    r"(?:\bv(?:ersion)?\.?\s*|^|(?<=\s))(?P<version>\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)(?![.\d])", re.IGNORECASE
)
_WITH_V = re.compile(r"\bv(?:ersion)?\.?\s*(?P<version>\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)(?![.\d])", re.IGNORECASE)
_BARE = re.compile(r"\s(?P<version>\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)(?=[\s,;)]*(?:$|\bdraft\b|\(|[–—-]))", re.IGNORECASE)
_DRAFT = re.compile(r"\bdraft\s*(?:no\.?|number|version|v)?\s*(?P<draft>\d{1,2})\b(?!\.\d)", re.IGNORECASE)
_MARK_UP = re.compile(r"\([^()]*\bmark[- ]?up\b[^()]*\)|\bv\d[\d.]* mark[- ]?up\b", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:document|specification|part|reference)s?\b(?! type)", re.IGNORECASE)
_OWN_APPENDIX = re.compile(
    r"Appendix [A-Z]\s*[:–—-]\s*.*(?:Implementation Document|Modification Report|\bRID\b|consultation|"
    r"responses?|Release|Annex|paper|slides?)",
    re.IGNORECASE,
)
"""A paper's own appendix rather than one of the SEC."""
_ABBREVIATED = re.compile(r"^((?:SEC )?(?:Schedule|Appendix) [A-Z\d]{1,2})\s*\(([A-Z][A-Za-z\d ]{2,60})\)")
_LINKED = re.compile(r"\s*[(\[](?:PDF|Word|DOCX?|opens? in[^)\]]*|\d+(?:\.\d+)? ?[KM]B)[^)\]]*[)\]]", re.IGNORECASE)
_ENDS_TITLE = re.compile(
    rf"\bv(?:ersion)?\.?\s*\d|\(|\bdraft\s*\d|,?\s\d{{1,3}}\.\d{{1,2}}\b|,\s*(?:published|issued|dated)\b|"
    rf"[–—-]\s*\d{{1,2}}\s+(?:{dates.MONTH})\b|"
    rf"\s\d{{1,2}}\s+(?:{dates.MONTH})\s+20\d\d|\|",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A draft of a part of the SEC. What the row doesn't say is empty."""

    part: str
    title: str = ""
    version: str = ""
    draft: str = ""
    published_on: str = ""
    baselined_on: str = ""
    expires_on: str = ""

    @property
    def is_draft_of(self) -> bool:
        """Whether the row says more of it than its name."""
        return bool(self.version or self.draft or self.published_on or self.baselined_on)

    def fields(self) -> list[tuple[str, str]]:
        """Return what the row says, by attribute."""
        names = ("title", "version", "draft", "published_on", "baselined_on", "expires_on")
        return [(name, getattr(self, name)) for name in names if getattr(self, name)]


def document(block: Block) -> Document | None:
    """Return the document that a row, an item or a line is about, None where it names none."""
    if not any(PART.may_match(text) or _NAMED_PART.may_match(text) for text in block.cells or (block.text,)):
        return None
    if len(block.cells) <= 1 and _UNCHANGED.search(block.text):
        return None
    cells = list(block.cells) if len(block.cells) > 1 else _split(block.text)
    headers = [block.header[n] if n < len(block.header) else "" for n in range(len(cells))]
    if len(block.cells) <= 1:
        headers = ["", *["Published"] * (len(cells) - 1)]
    where = next((n for n, cell in enumerate(cells) if (n < 3 or _NAMES.search(headers[n])) and _part(cell)), None)
    if where is None:
        return None
    part, name = _part(cells[where]) or ("", "")
    found = of_name(name)
    for n, (header, cell) in enumerate(zip(headers, cells, strict=True)):
        if n != where:
            _column(found, header, cell)
    return Document(part=part, **found)


_UNCHANGED = re.compile(
    r"[:–—,(-]\s*(?:this is |it is )?(?:not (?:changed|amended|affected|updated)|unchanged|no "
    r"changes?)\b[^.]{0,40}\W*$",
    re.IGNORECASE,
)
"""How a line says that a part has no draft: "v5.6: not changed in this release"."""
_REPLACES = re.compile(
    r"(?:,|;|\s[–—-]|\s\()\s*(?:(?:which |it |and )?(?:replac(?:es|ed|ing)|supersed(?:es|ed|ing)|takes the place of|"
    r"in place of)|the previous|previously)\b.*$",
    re.IGNORECASE,
)
"""What a document took the place of, with a draft and a day of its own."""
_TO_COME = re.compile(
    r"[\s,(–—:;-]*\b(?:(?:is |are )?(?:to be|due|expected|scheduled|planned|will be|awaited|coming)\b"
    r"[^.;|]{0,40}?(?:\b(?:by|on|before|in|for|around|about|from)\b)?|(?:publication|issue|available) "
    r"(?:by|due|expected|planned)\b[^.;|]{0,20})\W*$",
    re.IGNORECASE,
)
"""What stands before a day on which a document is only to be published."""


def _split(text: str) -> list[str]:
    """Part a line into its name and the date at its end, glued to it or not."""
    text = _REPLACES.sub("", _LINKED.sub("", text))
    if "|" in text:
        return [piece.strip() for piece in text.split("|")]
    ended = [found for found in dates.find(text) if not text[found.end :].strip(" .)")]
    if ended and ended[-1].start > 0:
        at = ended[-1].start
        head = re.sub(
            r"[\s,(–—:-]*(?:\b(?:published|issued|dated|updated)\b(?: on)?:?)?\s*[–—-]?\s*$",
            "",
            text[:at],
            flags=re.IGNORECASE,
        )
        if _TO_COME.search(head):
            return [_TO_COME.sub("", head)]
        is_version = re.search(r"Specifications? ?2\s*[–—-]?\s*$", text[:at]) and not _DRAFT.search(text[:at])
        if not is_version:
            return [head, text[at:].strip(" .)")]
    return [text]


def _part(text: str) -> tuple[str, str] | None:
    """Return the part that a cell names, and the cell without it."""
    plain = text.replace("\xa0", " ").strip(" •*" + QUOTES)
    plain = _ABBREVIATED.sub(r"\1 – \2", plain)
    match = PART.match(plain)
    if match and _OWN_APPENDIX.match(plain):
        return None
    if match:
        return f"{match['kind']} {match['key']}", plain[match.end() :]
    for inside in PART.finditer(plain):
        before, after = plain[: inside.start()].rstrip(), plain[inside.end() :]
        if before.endswith("(") and len(before) < 90:
            return f"{inside['kind']} {inside['key']}", f"{before[:-1].rstrip()} {after.lstrip(' )')}"
    for part, named in _NAMED if len(plain) < _LONGEST_NAME else ():
        if named.match(plain):
            return part, plain
    return None


_ASIDE = re.compile(r"\([^()]*\)")
_PARTED = re.compile(r"^[:–—-]\s*")


def of_name(name: str) -> dict[str, str]:
    """Return the title, version and draft that the words behind a part give."""
    plain = _LINKED.sub("", _MARK_UP.sub(" ", name))
    outside = _ASIDE.sub(" ", plain)
    end = _ENDS_TITLE.search(name)
    raw = name[: end.start()] if end else name
    title = cleaned(raw.strip(" :–—-|,").strip(QUOTES))
    title = _PARTED.sub("", title).strip(QUOTES + " ")
    version = _WITH_V.search(outside) or _WITH_V.search(plain) or _BARE.search(outside)
    draft = _DRAFT.search(plain)
    return {
        "title": title if re.search(r"[A-Za-z]{3}", title) else "",
        "version": version["version"] if version else "",
        "draft": draft["draft"] if draft else "",
    }


_COLUMNS = (
    ("baselined_on", re.compile(r"baselin", re.IGNORECASE)),
    ("expires_on", re.compile(r"expir|\bend date\b|applicability end", re.IGNORECASE)),
    ("published_on", re.compile(r"publish|issued|date|updated|^$", re.IGNORECASE)),
)


_PUBLISHED = re.compile(r"^\W*(?:published|issued|dated|updated)\b(?: on)?:?\s*", re.IGNORECASE)


def _column(found: dict[str, str], header: str, cell: str) -> None:
    """Add what another cell of the row says."""
    if (date := dates.whole(_PUBLISHED.sub("", cell))) is not None:
        for name, words in _COLUMNS:
            if words.search(header):
                found.setdefault(name, date)
                return
        return
    plain = _MARK_UP.sub(" ", cell)
    if (
        (version := _VERSION.search(plain))
        and not found["version"]
        and (re.search(r"version|^$|draft", header, re.IGNORECASE))
    ):
        found["version"] = version["version"]
    if not found["draft"]:
        bare = re.fullmatch(r"\s*(\d{1,2})\s*", cell) if re.search(r"draft", header, re.IGNORECASE) else None
        draft = _DRAFT.search(plain)
        found["draft"] = draft["draft"] if draft else bare[1] if bare else ""
    if not found["title"] and re.search(r"title|name|document|description|specification|^$", header, re.IGNORECASE):
        named = of_name(cell)
        if re.match(r"[A-Z]", named["title"]) and not re.fullmatch(
            r"(?:yes|no|download|view|link|draft|mark[- ]?up|clean)", named["title"], re.IGNORECASE
        ):
            found["title"] = named["title"]
