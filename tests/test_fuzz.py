"""A few of the fuzzer's inputs on every run, and each fault that it found."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.ports import Page
from tests import fuzz
from tests.mutations import Input, make
from tests.pace import takes_at_most
from watchers import recognisers
from watchers.phrases.rules import rules
from watchers.read import read_page

CLOCK = datetime(2026, 11, 26, tzinfo=UTC)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>{}</title><item><guid>1</guid><title>SEC v62.0</title></item></channel></rss>'


def test_broken_inputs_neither_raise_nor_hang_nor_take_much_memory() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--examples", "60", "--processes", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "60 of 60 inputs read" in ran.stdout
    assert "faults: 0" in ran.stdout, ran.stdout
    assert ran.returncode == 0


def test_an_input_is_known_by_its_seed_and_number() -> None:
    assert make(7, 11) == make(7, 11)
    assert make(7, 11).body != make(8, 11).body


def test_a_fault_is_told_and_shrunk_to_what_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(page: Page, kind: str) -> object:
        if b"MP090" in page.body:
            raise KeyError(kind)
        return read_page(page, kind)

    monkeypatch.setattr(fuzz, "read_page", breaks)
    one = Input(1, "words", b"<p>something" * 20 + b"MP090" + b" and more</p>" * 20, "text/html", "news")
    monkeypatch.setattr(fuzz, "held", lambda: 0.0)
    monkeypatch.setattr(fuzz, "LONGEST", 1_000_000)
    monkeypatch.setattr(fuzz, "_SHRINKING", 1_000.0)
    fault = fuzz.fault_of(one)
    assert fault.startswith("KeyError at test_fuzz.py")
    assert fuzz.shrunk(one, fault).body == b"MP090"


@pytest.mark.parametrize(
    "reference", ["&#1114112;", "&#x110000;", "&#xD800;", "&#55296;", f"&#{'9' * 30};", "&#xFFFFFFFF"]
)
def test_a_feed_with_a_reference_to_no_character_is_read(reference: str) -> None:
    body = RSS.format(f"News {reference}").encode()
    reading = read_page(Page("https://smartenergycodecompany.co.uk/feed/", body, "application/rss+xml", CLOCK), "feed")
    assert [item.title for item in reading.items] == ["SEC v62.0"]


@pytest.mark.parametrize(
    "body",
    [
        b"<feed><entry><title</content>",
        b"<rss><item><description!</body>",
        b"<rss><item<pubDate>5 Feb 1 9999999999:0</pubDate>",
    ],
)
def test_a_feed_whose_parts_never_end_is_read(body: bytes) -> None:
    assert read_page(Page("https://smartenergycodecompany.co.uk/feed/", body, "", CLOCK)).claims == ()


@pytest.mark.parametrize("piece", ["MP090 is approved. ", "MP090 ‘Alerts’Approved\n", "<p>MP090 is approved.</p>"])
def test_more_text_than_any_page_has_is_refused_rather_than_read_for_minutes(piece: str) -> None:
    page = Page("https://smartenergycodecompany.co.uk/page/", (piece * 30_000).encode(), "", CLOCK)
    assert [doubt.reason for doubt in read_page(page).doubts] == ["unreadable"]
    assert takes_at_most(fuzz.LONGEST, lambda: read_page(page))


@pytest.mark.parametrize(
    "line", ["MP090 ‘DCC Service Flagging\nof alerts that go on\n", "MP090 ‘Alerts’\nand more of it\n\n"]
)
def test_a_row_that_never_ends_costs_no_more_than_its_length(line: str) -> None:
    first, _, rest = line.partition("\n")
    page = Page("https://smartenergycodecompany.co.uk/page/", f"{first}\n{rest * 6_000}".encode(), "text/plain", CLOCK)
    assert recognisers.recognisers()  # what is compiled once is no part of it
    assert rules()
    assert takes_at_most(fuzz.LONGEST, lambda: read_page(page))
