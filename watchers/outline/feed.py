"""Feed (RSS, Atom) → outline: each entry as a heading with its content below, and who it is.

An entry tells that a page is new or changed; facts are read from it only as far as it is given whole.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from watchers.outline import Block, Entry, Outline
from watchers.outline import html as html_page
from watchers.outline.words import tidy

LARGEST = 2_000_000
"""Bytes of a feed that are read."""
MOST_TAGS = 15_000
MOST_ENTITIES = 100_000
MOST_ENTRIES = 500
LONGEST_TAG = 20_000
"""Characters of a tag: the parser's time grows with the square of the attributes and namespaces that it has."""
SHORT = 600
"""Characters below which a description without full content is taken for a teaser."""

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser raises in its own code at tags that end where none began; it promises to raise nothing."""
_FEEDS = re.compile(r"<(?:rss|feed|rdf:RDF|[a-z]+:feed|channel)\b", re.IGNORECASE)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|\b(?:read|see|find out|learn) more\b\W*|\bcontinue reading\b.{0,160})$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"The post .{0,300} (?:appeared first|first appeared) on .{0,200}", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"<!\s*+(?:ENTITY|DOCTYPE[^<>\[]*+\[)", re.IGNORECASE)
"""Entities that a feed defines, or the bracket in which it may. Each try ends at the next tag: 40,000 doctypes that
never end are read once and not 40,000 times."""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG}}}")
_REFERENCE = re.compile(r"&#(?:(?P<decimal>[0-9]+)|[xX](?P<hex>[0-9a-fA-F]+));?")


def outline(body: bytes, url: str = "") -> Outline:
    """Return the outline of a feed. An empty body has no entries.

    What is no feed, defines entities of its own or is too large has `trouble`.
    """
    if not body.strip():
        return Outline((), "feed", url=url)
    if trouble := _trouble(body):
        return Outline((), "feed", url=url, trouble=trouble)
    import feedparser

    text = _REFERENCE.sub(_possible, _decoded(body))
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode()),  # a file: anything else might be taken for an address and fetched
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _BROKEN:
        return Outline((), "feed", url=url, trouble="The feed is too broken to be read.")
    if not parsed.version and not parsed.entries:
        return Outline((), "feed", url=url, trouble="The body is neither RSS nor Atom.")
    # RSS 1.0 has one date (Dublin Core's), which feedparser calls "updated"; Atom's "updated" is no posting
    dates = ("published", "created") if parsed.version.startswith("atom") else ("published", "created", "updated")
    entries: dict[tuple[str, str], Entry] = {}
    blocks: list[Block] = []
    tables = 0
    for given in parsed.entries[:MOST_ENTRIES]:
        entry, content = _entry(given, url, dates)
        identity = entry.key, entry.title
        if entry.key and identity not in entries:
            entries[identity] = entry
            blocks += _blocks(entry, content, len(entries), tables)
            tables += max((block.table for block in content), default=0)
    title = _plain(parsed.feed.get("title") or "")
    return Outline(tuple(blocks), "feed", url=url, title=title, entries=tuple(entries.values()))


def _trouble(body: bytes) -> str:
    if len(body) > LARGEST:
        return f"The feed has {len(body):,} bytes; at most {LARGEST:,} are read."
    text = _decoded(body)
    if _OF_ITS_OWN.search(text):
        return "The feed defines entities of its own, which are not read."
    if text.count("<") > MOST_TAGS or text.count("&") > MOST_ENTITIES:
        return f"The feed has more than {MOST_TAGS:,} tags or {MOST_ENTITIES:,} entities."
    if _LONG_TAG.search(text):
        return f"The feed has a tag of more than {LONGEST_TAG:,} characters."
    if not _FEEDS.search(text):
        return "The body is neither RSS nor Atom."
    return ""


def _decoded(body: bytes) -> str:
    """Return the text, without its XML declaration: by its byte order mark, as UTF-8, as declared, as cp1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            text = body.decode(encoding, "replace")
            break
    else:
        text = _without_mark(body)
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)


def _possible(match: re.Match[str]) -> str:
    """Return a reference to a character; of none that there is (which feedparser raises at) the one for unknown."""
    digits, base = (match["decimal"], 10) if match["decimal"] else (match["hex"], 16)
    code = int(digits.lstrip("0")[:8] or "0", base)
    return match[0] if code < 0xD800 or 0xE000 <= code <= sys.maxunicode else "\ufffd"


def _without_mark(body: bytes) -> str:
    declared = re.search(rb"<\?xml[^>]{0,200}encoding=[\"']([\w.:-]{1,40})", body[:400])
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else "cp1252"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _entry(given: Any, base: str, dates: Iterable[str]) -> tuple[Entry, tuple[Block, ...]]:
    """Return an entry and the blocks of its content."""
    whole = next((value for part in given.get("content") or () if (value := part.get("value") or "").strip()), "")
    content = whole or given.get("summary") or ""
    link = _absolute(given.get("link") or "", base)
    # an entry is a piece of a page's body; as a page of its own its first tag might begin a head
    blocks = html_page.outline(f"<body>{content}", link).blocks
    said = _SIGNATURE.sub("", _plain(content, blocks)).strip()
    truncated = bool(_CUT.search(said)) or not said or (not whole and len(said) < SHORT)
    title = _plain(given.get("title") or "")
    posted_on, dated = _posted_on(given, dates)
    return Entry(tidy(given.get("id") or "") or link, title, link, posted_on, truncated, dated), blocks


def _blocks(entry: Entry, content: Iterable[Block], number: int, tables: int) -> Iterator[Block]:
    if entry.title:
        yield Block("heading", entry.title, level=1, entry=number)
    for block in content:
        if _SIGNATURE.fullmatch(block.text):
            continue
        level = min(block.level + 1, 6) if block.kind == "heading" else block.level
        yield replace(block, entry=number, level=level, table=block.table + tables if block.table else 0)


def _posted_on(given: Any, names: Iterable[str]) -> tuple[str, str]:
    """Return the date on which an entry was posted, in the offset that the feed states, and the feed's words for it."""
    stated = dict(given)  # feedparser's own get() answers "updated" with "published", and warns
    for name in names:
        if moment := _moment(stated.get(name) or ""):
            return moment.date().isoformat(), tidy(stated[name])
    return "", ""


def _moment(stated: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(stated.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _absolute(link: str, base: str) -> str:
    try:
        url = urljoin(base, link.strip())
        return url if link.strip() and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _plain(markup: str, blocks: tuple[Block, ...] | None = None) -> str:
    """Return the words of a piece of HTML. `blocks`: its outline, where it is known."""
    if not re.search(r"[<&]", markup):
        return tidy(markup)
    if blocks := html_page.outline(markup).blocks if blocks is None else blocks:
        return " ".join(block.text for block in blocks)
    body = LexborHTMLParser(markup[:LARGEST]).body
    return tidy(body.text(separator=" ")) if body is not None else ""
