"""A fault of ours over one page: the page is doubted with what went wrong, and the next one is read."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers import read
from watchers.read import read_page, read_unguarded

PAGE = Page("https://example.org/", b"<h1>SEC v62.0</h1>", "text/html", datetime(2026, 11, 26, tzinfo=UTC))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(page: Page) -> None:
        raise KeyError(page.url)

    monkeypatch.setattr(read, "outlined", breaks)


@pytest.mark.usefixtures("broken")
def test_a_page_that_we_stumble_over_is_doubted_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, logger="watchers.read"):
        reading = read_page(PAGE)
    assert not reading.believable
    assert "KeyError" in reading.reason


@pytest.mark.usefixtures("broken")
def test_who_looks_for_faults_gets_them_raised() -> None:
    with pytest.raises(KeyError):
        read_unguarded(PAGE)


def test_a_kind_that_is_none_is_no_doubt_but_a_mistake() -> None:
    with pytest.raises(ValueError, match="known: auto, "):
        read_page(PAGE, "newspaper")
