"""Read: a page's bytes → text → outline → the recogniser of its kind → what it claims, with doubts where it can't be
believed.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import replace

from bot.domain import bodies, checks, evidence, leftovers
from bot.domain.claims import Doubt, Reading
from bot.domain.remembered import forget, remembered
from bot.ports import Page
from watchers import recognisers
from watchers.outline import Block, Outline
from watchers.phrases.marks import LONGEST_PARAGRAPH, LONGEST_SENTENCE
from watchers.recognisers import Recogniser

log = logging.getLogger(__name__)

ENTRY_BY_ENTRY = ("feed", "news")
"""Kinds of which each entry is looked at by itself."""
CUT_WITHIN = 2000
"""Bytes at a body's end in which a tag that was cut begins."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_TAG = re.compile(rb"<[a-zA-Z!/]")
_ASCII = b"<p a='b'>November 2021"
_LATIN = re.compile(r"iso-?8859-?1|latin-?1|us-ascii|ascii", re.IGNORECASE)
_NO_CHARSETS = ("utf-8", "utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape")
"""Encodings that are tried before, and those that Python has for other things."""
_CONTROLS = re.compile(r"[\x80-\x9f]")
"""What an encoding makes of another one's quotes and dashes; no page has any."""
_PIECE = 65_536
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|main|article|section|ul|ol|span|a|title|meta|br|script)\b",
    re.IGNORECASE,
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)


def read_page(page: Page, kind: str = "auto") -> Reading:
    """Return what a page claims; what is wrong with the page, or with the reading of it, is a doubt in the reading.

    Raises:
        ValueError: `kind` is no kind of page; the message names those that are.
    """
    recogniser = _of_kind(kind)
    try:
        return read_unguarded(page, kind)
    except Exception as error:
        # The edge: a fault of ours over one page must not keep us from the others, and the page is kept as its proof.
        log.exception("%s can't be read", page.url)
        fault = f"secbot stumbled over this page ({type(error).__name__}: {error}); please report it with the page."
        return Reading(recogniser.KIND if recogniser else "unknown", doubts=(Doubt("stumbled", fault),))


def read_unguarded(page: Page, kind: str = "auto") -> Reading:
    """Return what a page claims; a fault of ours is raised, as those want it who look for faults.

    Raises:
        ValueError: `kind` is no kind of page.
    """
    try:
        return _read(page, _of_kind(kind))
    finally:
        forget()


def _of_kind(kind: str) -> Recogniser | None:
    return None if kind == "auto" else recognisers.of_kind(kind)


def _read(page: Page, recogniser: Recogniser | None) -> Reading:
    outline = _bounded(outlined(page))
    mistaken = _mistaken(recogniser.KIND, outline) if recogniser else ()
    recogniser = recogniser or recognisers.likeliest(outline)
    texts = [block.text for block in outline.blocks]
    apart = outline.form == "feed" and (recogniser is None or recogniser.KIND in ENTRY_BY_ENTRY)
    doubts = checks.of_page(
        page.url,
        outline.title,
        texts,
        trouble=outline.trouble,
        feed=apart,
    ) or (*_cut(page, outline), *mistaken)
    if recogniser is None:
        unknown = Doubt("unrecognised", "This is no kind of page that secbot reads: no release, news post or paper.")
        return Reading("unknown", doubts=doubts or (unknown,), pieces=outline.pieces)
    if any(doubt.grave for doubt in doubts):
        return Reading(recogniser.KIND, heading=outline.title, doubts=doubts, pieces=outline.pieces)
    reading = _placed(recogniser.read(outline), outline.pieces)
    return replace(
        reading,
        doubts=(*doubts, *reading.doubts, *_of_reading(recogniser, reading, outline)),
    )


def _mistaken(kind: str, outline: Outline) -> tuple[Doubt, ...]:
    """Return the doubt of a page that is plainly of another kind than it is said to be.

    Any page may be a paper, and what a paper says is read by its sentences: there it is no more than a hint.
    """
    other = recognisers.another(kind, outline)
    if not other:
        return ()
    said = f"The page looks like {_CALLED[other]}, not like {_CALLED[kind]}: read it with --kind {other}."
    return (Doubt("another_kind", said, grave=kind != "paper"),)


_CALLED = {
    "release-page": "a release's page",
    "news": "news",
    "feed": "a feed",
    "modification-page": "a modification's page",
    "consultations": "a list of consultations",
    "paper": "a paper",
    "variations": "a list of variations",
}


def _placed(reading: Reading, pieces: tuple[str, ...]) -> Reading:
    """Return a reading each of whose claims can be found again in the pieces of its page."""
    found = [evidence.placed(claim.evidence, pieces) for claim in reading.claims]
    claims = (c if c.evidence is e else replace(c, evidence=e) for c, e in zip(reading.claims, found, strict=True))
    return replace(reading, claims=tuple(claims), pieces=pieces)


def _of_reading(recogniser: Recogniser, reading: Reading, outline: Outline) -> tuple[Doubt, ...]:
    texts = [block.text for block in outline.blocks]
    # How sure it is costs time, and matters only where nothing was read.
    sure = 1.0 if reading.claims else recogniser.recognises(outline)
    odd = leftovers.doubts(reading, texts, title=outline.title, sure=sure)
    return (*odd, *checks.of_reading(reading, texts))


def breaks_off(page: Page, outline: Outline) -> bool:
    """Whether a page stops in the middle of a tag, which an outline does not show."""
    return bool(_cut(page, outline))


def _cut(page: Page, outline: Outline) -> tuple[Doubt, ...]:
    end = page.body[-CUT_WITHIN:].decode("utf-8", "replace")
    return bodies.within_a_tag(end) if outline.form == "html" else ()


def likely(page: Page) -> dict[str, float]:
    """Return how sure each recogniser is that a page is of its kind, the surest first."""
    return recognisers.scores(_bounded(outlined(page)))


MOST_TEXT = 400_000
"""Characters of running text that are read of a page: a second or two; the longest paper has some 150,000."""
MOST_PIECES = 12_000
"""Pieces that are read of a page, each of which costs something however short: an archive of 1 MB has some 6,000."""


def _bounded(outline: Outline) -> Outline:
    """Return an outline without the rest of pieces that are too long to be paragraphs or rows, if it can be read."""
    if (characters := sum(len(block.text) for block in outline.blocks)) > MOST_TEXT:
        trouble = f"The page has {characters:,} characters of text; at most {MOST_TEXT:,} are read."
        return replace(outline, blocks=(), entries=(), trouble=trouble)
    if (pieces := len(outline.blocks)) > MOST_PIECES:
        trouble = f"The page falls into {pieces:,} pieces; at most {MOST_PIECES:,} are read."
        return replace(outline, blocks=(), entries=(), trouble=trouble)
    if all(len(block.text) <= _longest(block) for block in outline.blocks):
        return outline
    kept = (replace(block, text=block.text[: _longest(block)]) for block in outline.blocks)
    return replace(outline, blocks=tuple(kept))


def _longest(block: Block) -> int:
    """Return the characters that are read of a piece; a heading is read as one sentence."""
    return LONGEST_SENTENCE if block.kind == "heading" else LONGEST_PARAGRAPH


@remembered
def outlined(page: Page) -> Outline:
    """Return the outline of a page, by what its bytes are; remembered until the page is read."""
    head = page.body.lstrip()[:1024]
    if b"%PDF-" in page.body[:1024] or (
        page.content_type.partition(";")[0].strip() == "application/pdf" and not head.startswith(b"<")
    ):
        from watchers.outline import pdf

        return pdf.outline(page.body, page.url)
    if _is_feed(page, head):
        from watchers.outline import feed

        return feed.outline(page.body, page.url)
    text = decoded(page.body, page.content_type)
    if _is_html(page, text):
        from watchers.outline import html

        return html.outline(text, page.url)
    from watchers.outline import text as plain

    return plain.outline(text, page.url)


def _is_feed(page: Page, head: bytes) -> bool:
    if _FEED.search(head) and not re.match(rb"<!doctype html|<html", head, re.IGNORECASE):
        return True
    return bool(re.search(r"\b(?:rss|atom)\+xml\b", page.content_type)) and not re.match(
        rb"<!doctype html|<html", head, re.IGNORECASE
    )


def _is_html(page: Page, text: str) -> bool:
    start = text[:4096].lstrip()
    if re.match(r"<(?:!doctype|html|\?xml|!--|head|body)", start, re.IGNORECASE):
        return True
    declared = page.content_type.partition(";")[0].strip().casefold()
    if declared in ("text/html", "application/xhtml+xml"):
        return "<" in text or not declared
    return len(_MARKUP.findall(text[:20000])) >= 3 and bool(re.search(r"</\w+>", text))


def decoded(body: bytes, content_type: str = "") -> str:
    """Return a body as text: by its byte order mark, as UTF-8, as it is declared, else as cp1252.

    A page in UTF-8 with a few faulty bytes is one in UTF-8.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _piecewise(body[len(mark) :], encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = _piecewise(body, "utf-8", "replace")
        if len(text) - len(text.encode("ascii", "ignore")) > 2 * text.count("\ufffd"):
            return text
    for encoding in _declared(body, content_type):
        try:
            text = _piecewise(body, encoding, "strict")
        except (LookupError, UnicodeDecodeError):
            continue
        if not _CONTROLS.search(text):
            return text
    return _piecewise(body, "cp1252", "replace")


def _piecewise(body: bytes, encoding: str, errors: str) -> str:
    """Decode piece by piece: replacing a million faulty characters in one go would let nothing else run meanwhile."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    pieces = [decoder.decode(body[at : at + _PIECE]) for at in range(0, len(body), _PIECE)]
    return "".join((*pieces, decoder.decode(b"", final=True)))


def _declared(body: bytes, content_type: str) -> list[str]:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    within = _CHARSET.search(body[:4096])
    named = [found[1]] if found else []
    named += [within[1].decode("ascii")] if within else []
    # pages that say ISO-8859-1 mean cp1252: so browsers read them
    named = ["cp1252" if _LATIN.fullmatch(name) else name for name in named]
    return [name for name in named if _may_be(name, body)]


def _may_be(name: str, body: bytes) -> bool:
    """Whether a body may be in an encoding: none is in Python's own, nor with tags in one in which these are no tags.

    So UTF-16 is what its byte order mark says, not a label on a page that begins with "<p".
    """
    try:
        name = codecs.lookup(name).name.replace("_", "-")
        return name not in _NO_CHARSETS and (not _TAG.search(body) or _ASCII.decode(name) == _ASCII.decode("ascii"))
    except (LookupError, UnicodeError):
        return False
