"""`make bench-read`: what reading a page costs, beside what parsers take to parse it and do nothing more.

All are measured in one process on the same pages, in turns, so that a busy machine weighs on all alike; the least of
the rounds is the measure. Nothing that a reading remembers of a page's texts is kept from round to round.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

import lxml.html
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from bot.domain import forms
from bot.domain.claims import Reading
from bot.ports import Page
from tests import large_pages
from watchers.phrases import labels, marks
from watchers.read import read_page

AIM = 4.0
"""Times that selectolax takes to parse a page, in which it should be read."""
MOST_OF_BEAUTIFUL_SOUP = 1.0
"""Times that BeautifulSoup takes to parse a release page, in which it must be read."""
MOST_GROWTH = 1.25
"""How much more than its share of characters a larger page may cost: 1 MB at most 25 × 50 KB, where the square is 400."""
SMALL, LARGER = 50_000, (250_000, 1_000_000)
"""Sizes that are read. Of 1 MB of nothing but text, at some 5 ms of CPU for 1,000 characters where each of them matters, it
is said that it is too much, so 250 KB are read as well.
"""
ROUNDS = 15
CLOCK = datetime(2026, 11, 26, tzinfo=UTC)

PARSERS: dict[str, Callable[[str], object]] = {
    "selectolax": LexborHTMLParser,
    "lxml.html": lambda text: lxml.html.fromstring(text.encode()),
    "BeautifulSoup, html.parser": lambda text: BeautifulSoup(text, "html.parser"),
    "BeautifulSoup, lxml": lambda text: BeautifulSoup(text, "lxml"),
}
PAGES: dict[str, Callable[[], str]] = {
    "release page of 50 KB": large_pages.release_page,
    "feed of 50 entries": large_pages.feed,
    "archive of posts of 50 KB": large_pages.archive,
}
BOUND_TO_BEAUTIFUL_SOUP = {"release page of 50 KB"}
"""The pages whose reading must cost less than BeautifulSoup's parse; of the others it is told."""


def read(text: str) -> Reading:
    """Read a page as the watcher does."""
    kind = "text/html" if text.startswith("<!") else "application/rss+xml" if text.startswith("<?xml") else "text/plain"
    return read_page(Page("https://smartenergycodecompany.co.uk/page/", text.encode(), kind, CLOCK))


def cost(work: Callable[[str], object], text: str) -> float:
    """Return the milliseconds of CPU that work on a text takes."""
    for remembers in (marks.marked, forms.pieces_of, labels.role, labels._pairs):
        remembers.cache_clear()
    started = time.process_time()
    work(text)
    return (time.process_time() - started) * 1000


def spoken(text: str) -> int:
    """Return how many characters of a page a person reads."""
    return sum(map(len, read(text).pieces))


def compare(page: str, text: str) -> list[str]:
    """Print what reading a page costs beside parsing it; return the bounds that it misses."""
    works = {"secbot reads it": read, **PARSERS}
    rounds = {name: list[float]() for name in works}
    for name, work in list(works.items()) * (ROUNDS + 1):
        rounds[name].append(cost(work, text))
    times = {name: min(taken[1:]) for name, taken in rounds.items()}
    reading = times["secbot reads it"]
    print(f"\n{page}: {len(text):,} characters, of which {spoken(text):,} are text")
    print(f"{'':<43} least   median   reading is")
    for name, least in times.items():
        ratio = "" if name == "secbot reads it" else f"{reading / least:8.1f} ×"
        print(f"  {name:<38} {least:8.2f} {median(rounds[name][1:]):8.2f} {ratio} ")
    if reading > AIM * times["selectolax"]:
        print(f"  missed aim: at most {AIM} × selectolax")
    soup = reading / times["BeautifulSoup, html.parser"]
    if soup > MOST_OF_BEAUTIFUL_SOUP and page in BOUND_TO_BEAUTIFUL_SOUP:
        return [f"{page}: {soup:.1f} × BeautifulSoup's parse; at most {MOST_OF_BEAUTIFUL_SOUP}"]
    return []


def growth(shape: str) -> list[str]:
    """Print how the cost of a shape grows; return the bounds that it misses."""
    least = min(cost(read, large_pages.SHAPES[shape](SMALL)) for _ in range(3))
    missed: list[str] = []
    told = f"  {shape:<28} {least:9.1f}"
    for size in LARGER:
        text = large_pages.SHAPES[shape](size)
        much, refused = (
            min(cost(read, text) for _ in range(2)),
            any(doubt.reason == "unreadable" for doubt in read(text).doubts),
        )
        told += f" {much:10.1f} {much / least:6.1f} ×{' refused' if refused else '        '}"
        if much > MOST_GROWTH * least * size / SMALL:
            missed.append(f"{shape}: {size:,} characters take {much / least:.1f} × {SMALL:,}")
    print(told)
    return missed


def main() -> None:
    """Measure all, or with `--growth` that alone; exit 1 when a bound is missed."""
    warnings.simplefilter("ignore")  # BeautifulSoup's, that a feed is no HTML
    print("CPU milliseconds, in turns, nothing remembered between rounds")
    pages = {} if "--growth" in sys.argv else PAGES
    missed = [bound for page, make in pages.items() for bound in compare(page, make())]
    print(f"\ngrowth{'':<24} {SMALL:9,} {LARGER[0]:10,} {LARGER[1]:27,}")
    missed += [bound for shape in large_pages.SHAPES for bound in growth(shape)]
    print("\n" + ("\n".join(f"missed: {bound}" for bound in missed) or "all bounds are kept"))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
