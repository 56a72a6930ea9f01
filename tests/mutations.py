"""Inputs as no site means to send them: our pages cut, spliced, nested, blown up, broken; each told by its number.

An input is a function of a seed and its number alone, so one that fails can be made again by these two.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import large_pages
from watchers import recognisers

ROOT = Path(__file__).parent.parent
FOLDERS = ("tests/sources", "tests/pairs", "tests/demo", "bot/demo/pages")
WORDINGS = "tests/wordings"
PAGES = {".html", ".txt", ".xml", ".pdf"}
HUGE = 1_500_000
"""Characters to which a page is blown up."""
SLICE = 3_000
"""Bytes of a page of which most inputs are made."""
ONE_PDF_IN = 100
"""PDFs are slow to read, so that only one input in so many is made of one."""

WORDS = (
    (
        "MP090 SECMP0007 DP124 MP102A CR1145 CRP613 IRP511 Schedule 8|Appendix AD|Section A|SEC v62.0|November 2021 SEC "
        "Release|this release|4 November 2021|2021-11-04|04/11/2021|June 2022|approved|rejected|withdrawn|will be|if|not|"
        'Change Board|the Authority|the Panel|on|by|targeted|in scope|out of scope|baselined|go live|implemented|‘|’|“|"|'
        "✓|✗|TBC|⟦M0⟧|⟦|⟧| \x00 |\u202e|ſ|İ|\ufffd|99999999999999999999|31 February 2021|0 May 2021|20 20 20|\u2029|…"
    )
    .replace(" ", "|", 6)
    .split("|")
)
TAGS = [
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "<td rowspan=9999 colspan=9999>",
    "<td colspan='-1'>",
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<b>",
    "<a href='http://[::1'>",
    "<a href='javascript:x'>",
    "<base href='//['>",
    "<svg>",
    "<math>",
    "<template>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
    "<!doctype x [<!ENTITY a 'b'>]>",
    "<br>",
    "<hr>",
    "<nav>",
    "<footer>",
    "<main>",
    "<article>",
    "<details>",
    "<button aria-controls=x>",
    "<div hidden>",
    "<div style='display:none'>",
    "<div role=table>",
    "<div role=row>",
    "<div role=cell>",
    "<select>",
    "<frameset>",
    "<plaintext>",
    "<textarea>",
    "<caption>",
    "<pre>",
    "<item>",
    "<entry>",
    "<guid>",
    "<pubDate>",
    "<content:encoded>",
    "<sup>1</sup>",
    "<img alt=tick>",
    "<input type=checkbox checked>",
    "<del>",
    "<iframe>",
    "<noscript>",
]
ENTITIES = (
    "&amp;",
    "&#8217;",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "&lsquo;",
    "&bogus;",
    "&#",
    "&",
    "&lt;p&gt;",
    "&#55296;",
)
BINARY = (
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\xc3",
    b"\x1b[",
    b"%PDF-1.7",
    b"\r",
    b"\x0c",
    b"\x85",
)
CHARSETS = ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp500", "shift_jis", "utf-7")
TYPES = (
    "text/html",
    "text/plain",
    "application/pdf",
    "application/rss+xml",
    "application/xhtml+xml",
    "",
    "text/html; charset=x",
)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its number, how it was made, what the site would have sent, the kind that it is read as."""

    number: int
    made: str
    body: bytes
    content_type: str
    kind: str


@cache
def bodies() -> tuple[tuple[tuple[bytes, ...], ...], tuple[bytes, ...]]:
    """Return the pages that inputs are made of, those of a folder or a file of wordings together, and the PDFs."""
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in PAGES)
    together: dict[str, dict[bytes, None]] = {}
    for path in paths:
        together.setdefault(_family(path), {})[path.read_bytes()] = None
    for path in sorted((ROOT / WORDINGS).glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        together[f"wordings of {path.stem}"] = dict.fromkeys(json.loads(line)["text"].encode() for line in lines)
    pdfs = [body for family in together.values() for body in family if body.startswith(b"%PDF")]
    texts = [tuple(body for body in family if not body.startswith(b"%PDF")) for family in together.values()]
    return tuple(family for family in texts if family), tuple(pdfs)


def _family(path: Path) -> str:
    """Return the name of a kind's folder, else of the folder of folders: so that no kind is drawn more than another."""
    folder, _, rest = path.relative_to(ROOT).as_posix().rpartition("/")[0].partition("/sources/")
    return rest or next(name for name in FOLDERS if folder.startswith(name))


def any_page(rng: random.Random) -> bytes:
    """Return a page of any kind that is no PDF."""
    return rng.choice(rng.choice(bodies()[0]))


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds as which inputs are read; as half of them none is named."""
    known = sorted(recognisers.recognisers())
    return (*known, *["auto"] * len(known))


def make(seed: int, number: int) -> Input:
    """Return the input of a number."""
    rng = random.Random(f"{seed} {number}")
    pdfs = bodies()[1]
    body = rng.choice(pdfs) if pdfs and number % ONE_PDF_IN == 0 else any_page(rng)
    if not body.startswith(b"%PDF") and rng.random() < 0.75:
        start = rng.randint(0, max(0, len(body) - SLICE))
        body = body[start : start + SLICE]  # most faults need no whole page, and many inputs find more than large ones
    named = rng.choices(list(MUTATIONS), k=rng.choice((1, 1, 2, 2, 3, 5)))
    if rng.random() < 0.005:
        named.append("huge")
    for name in named:
        body = {**MUTATIONS, "huge": _huge}[name](rng, body)
    declared = rng.choice(TYPES) if rng.random() < 0.3 else "text/html" if body.lstrip()[:1] == b"<" else ""
    return Input(number, " + ".join(named), body[: HUGE * 4], declared, rng.choice(kinds()))


def _text(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, bytes], bytes]:
    return lambda rng, body: change(rng, body.decode("utf-8", "replace")).encode("utf-8", "replace")


def _inserted(pieces: tuple[str, ...] | list[str], most: int) -> Callable[[random.Random, str], str]:
    def insert(rng: random.Random, text: str) -> str:
        for _ in range(rng.randint(1, most)):
            at = rng.randint(0, len(text))
            text = text[:at] + rng.choice(pieces) + text[at:]
        return text

    return insert


def _cut(rng: random.Random, body: bytes) -> bytes:
    start, end = sorted(rng.randint(0, len(body)) for _ in range(2))
    return rng.choice((body[:end], body[start:], body[:start] + body[end:], body[start:end]))


def _spliced(rng: random.Random, body: bytes) -> bytes:
    other = any_page(rng)
    return body[: rng.randint(0, len(body))] + other[rng.randint(0, len(other)) :]


def _nested(rng: random.Random, text: str) -> str:
    tag, depth, at = rng.choice(TAGS), rng.choice((5, 150, 199, 250, 5_000)), rng.randint(0, len(text))
    return text[:at] + tag * depth + text[at:]


def _repeated(rng: random.Random, text: str) -> str:
    start = rng.randint(0, len(text))
    piece = text[start : start + rng.choice((1, 2, 10, 100, 1_000))]
    times = min(rng.choice((2, 10, 100, 1_000, 20_000)), 60_000 // max(len(piece), 1))
    return text[:start] + piece * times + text[start:]


def _huge(rng: random.Random, body: bytes) -> bytes:
    shape = rng.choice((lambda: body, lambda: rng.choice(list(large_pages.SHAPES.values()))(60_000).encode()))()
    piece = shape[: rng.choice((3, 50, 1_000, len(shape)))] or b"MP090 "
    return piece * (rng.choice((200_000, HUGE)) // len(piece) + 1)


def _flipped(rng: random.Random, body: bytes) -> bytes:
    changed = bytearray(body)
    for _ in range(rng.choice((1, 5, 50, 500)) if changed else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _noise(rng: random.Random, body: bytes) -> bytes:
    at = rng.randint(0, len(body))
    noise = rng.choice((rng.randbytes(rng.randint(1, 2_000)), rng.choice(BINARY) * rng.randint(1, 50)))
    return body[:at] + noise + body[at + rng.choice((0, len(noise))) :]


def _charset(rng: random.Random, body: bytes) -> bytes:
    return body.decode("utf-8", "replace").encode(rng.choice(CHARSETS), "replace")


def _mojibake(rng: random.Random, body: bytes) -> bytes:
    return body.decode(rng.choice(("cp1252", "latin-1")), "replace").encode("utf-8", "replace")


def _removed(rng: random.Random, text: str) -> str:
    return text.replace(
        rng.choice(["'", '"', "<", ">", "/", " ", "\n", ".", "‘", "’", "=", "</"]), rng.choice(["", " ", "'"])
    )


def _numbers(rng: random.Random, text: str) -> str:
    digit = rng.choice("0123456789")
    return text.replace(digit, rng.choice(["", digit * 2, digit * 30, "٣", "²", "-1"]), rng.choice([3, -1]))


def _unlined(rng: random.Random, text: str) -> str:
    return text.replace("\n", rng.choice(["", " ", "\t", " | ", "\n\n", "\r", "\x0b"]))


def _shuffled(rng: random.Random, text: str) -> str:
    apart = rng.choice(["\n", ">", " ", "."])
    pieces = text.split(apart)
    start = rng.randrange(len(pieces))
    middle = pieces[start : start + 200]
    rng.shuffle(middle)
    return apart.join(pieces[:start] + middle + pieces[start + 200 :])


def _attributes(rng: random.Random, text: str) -> str:
    made = " ".join(
        f"{rng.choice(['class', 'id', 'style', 'role', 'rowspan', 'data-x', 'colspan'])}={rng.choice(WORDS)!r}"
        for _ in range(9)
    )
    return text.replace("<td", f"<td {made}", 5).replace("<div", f"<div {made}", 5).replace("<p", f"<p {made}", 5)


MUTATIONS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "cut": _cut,
    "spliced": _spliced,
    "nested": _text(_nested),
    "repeated": _text(_repeated),
    "flipped": _flipped,
    "noise": _noise,
    "tags": _text(_inserted(TAGS, 20)),
    "entities": _text(_inserted(list(ENTITIES), 20)),
    "words": _text(_inserted(WORDS, 20)),
    "charset": _charset,
    "mojibake": _mojibake,
    "removed": _text(_removed),
    "numbers": _text(_numbers),
    "lines": _text(_unlined),
    "shuffled": _text(_shuffled),
    "attributes": _text(_attributes),
}
