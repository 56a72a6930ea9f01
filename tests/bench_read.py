"""`make bench-read`: what reading a page costs, beside what parsers take to parse it and do nothing more.

All are measured in one process on the same pages, in turns, so that a busy machine weighs on all alike; the least of
the rounds is the measure. Nothing that a reading remembers of a page's texts is kept from round to round.
"""

from __future__ import annotations

import gc
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import TypeVar

import lxml.html
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from bot.domain.claims import Reading
from bot.ports import Page
from tests import large_pages
from watchers.read import read_page

AIM = 4.0
"""Times that selectolax takes to parse a page, in which it should be read."""
MOST_OF_BEAUTIFUL_SOUP = 1.0
"""Times that BeautifulSoup takes to parse a release page, in which it must be read."""
SMALL, LARGER, HUGE = 30_000, 150_000, 1_000_000
"""Sizes that are read. Of 1 MB of nothing but text, at some 5 ms of CPU for 1,000 characters where each of them matters, it
is said that it is too much, which must be found out in no more time than a page of that size might take.
"""
MOST_GROWTH = {LARGER: 2.0, HUGE: 1.25}
"""How much more than its share of characters a larger page may cost: five times the page at most 10 times, where the
square is 25 (a PDF takes 8.5, nearly all else 4 to 6), and 1 MB at most 25 times 50 KB, where the square is 400.
"""
ROUNDS = 15
LOOKS = 4
"""Times that a bound which was missed is looked at again: a busy machine misses one that a quiet one keeps."""
CLOCK = datetime(2026, 11, 26, tzinfo=UTC)

T = TypeVar("T", str, bytes)

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
    return read_body(text.encode())


def read_body(body: bytes) -> Reading:
    """Read a body as the watcher does."""
    kinds = {b"<!": "text/html", b"<?": "application/rss+xml", b"%P": "application/pdf"}
    return read_page(Page("https://smartenergycodecompany.co.uk/page/", body, kinds.get(body[:2], "text/plain"), CLOCK))


def cost(work: Callable[[T], object], given: T) -> float:
    """Return the milliseconds of CPU that work on a text takes."""
    gc.collect()
    started = time.process_time()
    work(given)
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
    """Print how the cost of a shape grows; return the bounds that it misses, however often it is looked."""
    small, *more = [large_pages.BODIES[shape](size) for size in (SMALL, LARGER, HUGE)]
    refused = any(doubt.reason == "unreadable" for doubt in read_body(more[-1]).doubts)
    cost(read_body, small)  # what a shape is first to ask for is found out once
    least = [cost(read_body, body) for body in (small, *more)]
    for _ in range(LOOKS):
        if not _missed(least):
            break
        least = [min(before, cost(read_body, body)) for before, body in zip(least, (small, *more), strict=True)]
    told = [f"{much:10.1f} {much / least[0]:6.1f} ×" for much in least[1:]]
    print(f"  {shape:<28} {least[0]:9.1f} {' '.join(told)}{' refused' if refused else ''}", flush=True)
    return [f"{shape}: {size:,} characters take {much / least[0]:.1f} × {SMALL:,}" for size, much in _missed(least)]


def _missed(costs: Sequence[float]) -> list[tuple[int, float]]:
    """Return the sizes that cost too much beside the smallest, with what they cost."""
    least, *more = costs
    sized = zip((LARGER, HUGE), more, strict=True)
    return [(size, much) for size, much in sized if much > MOST_GROWTH[size] * least * size / SMALL]


def main() -> None:
    """Measure all, or with `--growth` that alone; exit 1 when a bound is missed."""
    warnings.simplefilter("ignore")  # BeautifulSoup's, that a feed is no HTML
    print("CPU milliseconds, in turns, nothing remembered between rounds")
    pages = {} if "--growth" in sys.argv else PAGES
    missed = [bound for page, make in pages.items() for bound in compare(page, make())]
    print(f"\ngrowth{'':<24} {SMALL:9,} {LARGER:10,} {HUGE:19,}")
    read(large_pages.release_page())  # what is found out once is no cost of the first shape
    missed += [bound for shape in large_pages.BODIES for bound in growth(shape)]
    print("\n" + ("\n".join(f"missed: {bound}" for bound in missed) or "all bounds are kept"))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
