"""The pages of `tests/sources` as tests read them: each once in a process, however many tests ask for it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.domain.claims import Reading
from bot.ports import Page
from bot.replay import content_type
from watchers import recognisers
from watchers.read import likely, read_page

SOURCES = Path(__file__).parent / "sources"
EVERY_PAGE = sorted(path for path in SOURCES.glob("*/*") if path.suffix != ".jsonl")
READ_AT = datetime(2022, 7, 19, tzinfo=UTC)


def page_of(path: Path) -> Page:
    """Return a page of the folder as it is fetched."""
    return Page(path.name, path.read_bytes(), content_type(path), READ_AT)


@cache
def read(path: Path) -> Reading:
    """Return what a page of the folder claims, with its kind found out."""
    return read_page(page_of(path))


def kind_of(page: Page) -> str:
    """Return the kind that a page is taken for, without reading what it claims; "unknown" for none."""
    kind, sure = next(iter(likely(page).items()))
    return kind if sure >= recognisers.UNSURE else "unknown"
