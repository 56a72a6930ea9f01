"""The pages of `tests/sources` as tests read them: each once in a process, however many tests ask for it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.domain.claims import Reading
from bot.ports import Page
from bot.replay import content_type
from watchers.read import read_page

SOURCES = Path(__file__).parent / "sources"
EVERY_PAGE = sorted(path for path in SOURCES.glob("*/*") if path.suffix != ".jsonl")
READ_AT = datetime(2022, 7, 19, tzinfo=UTC)


@cache
def read(path: Path, kind: str = "auto") -> Reading:
    """Return what a page of the folder claims."""
    return read_page(Page(path.name, path.read_bytes(), content_type(path), READ_AT), kind)
