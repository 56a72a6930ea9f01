"""A few of the fuzzer's inputs on every run, and each fault that it found."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.claims import Reading
from bot.ports import Page
from tests import fuzz
from tests.mutations import Input, bodies, make
from tests.pace import takes_at_most
from watchers import recognisers
from watchers.outline import feed
from watchers.outline.typeset import Line, Word
from watchers.outline.unruled import unruled
from watchers.phrases.columns import status_and_path
from watchers.phrases.rules import rules
from watchers.read import read_page

CLOCK = datetime(2026, 11, 26, tzinfo=UTC)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>{}</title><item><guid>1</guid><title>SEC v62.0</title></item></channel></rss>'


@pytest.mark.thorough
def test_broken_inputs_neither_raise_nor_hang_nor_take_much_memory() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--examples", "20", "--processes", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "20 of 20 inputs read" in ran.stdout
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

    monkeypatch.setattr(fuzz, "read_unguarded", breaks)
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
    found: list[Reading] = []
    assert takes_at_most(fuzz.LONGEST, lambda: found.append(read_page(page)))
    assert [doubt.reason for doubt in found[0].doubts] == ["unreadable"]


def test_more_lines_than_any_paper_has_are_refused_however_few_pieces_they_make() -> None:
    found: list[Reading] = []
    assert takes_at_most(fuzz.LONGEST / 2, lambda: found.append(read("and so on\n" * 16_000, "paper")))
    assert [doubt.reason for doubt in found[0].doubts] == ["unreadable"]


def test_a_page_that_is_all_but_a_table_is_followed_downwards_so_often_and_no_more() -> None:
    assert takes_at_most(fuzz.LONGEST / 2, lambda: unruled([in_columns(n) for n in range(1_000)]))


def in_columns(number: int) -> Line:
    """Return a line of letters that white parts and nothing makes a row of."""
    top = number * 12.0
    words = tuple(Word("a", x, x + 20, top, top + 10, 10.0, bold=False) for x in (0.0, 100.0, 200.0))
    return Line(words, 0.0, 220.0, top, top + 10, 10.0, bold=False, text="a a a")


def test_entries_of_a_feed_past_those_that_are_read_cost_nothing() -> None:
    entry = "<item><guid>{n}</guid><title>SEC v{n}.0</title><link>https://example.org/{n}</link></item>"
    body = RSS.replace("<item>", "".join(entry.format(n=n) for n in range(20_000)) + "<item>").format("News")
    found: list[Reading] = []
    assert takes_at_most(fuzz.LONGEST, lambda: found.append(read(body, "feed")))
    assert len(found[0].items) == feed.MOST_ENTRIES


def test_a_feed_with_more_tags_than_its_entries_can_have_is_refused_before_it_is_parsed() -> None:
    found: list[Reading] = []
    body = RSS.format("<b>News</b>" * 20_000)
    assert takes_at_most(fuzz.LONGEST / 4, lambda: found.append(read(body, "feed")))
    assert [doubt.reason for doubt in found[0].doubts] == ["unreadable"]
    marked_up = RSS.format(f"<![CDATA[{'<b>News</b>' * 20_000}]]>")
    assert not any(doubt.reason == "unreadable" for doubt in read(marked_up, "feed").doubts)


def test_more_pieces_than_any_page_has_are_refused_however_short_they_are() -> None:
    body = "November 2021 SEC Release\n\n" + "a\n\n" * 15_000
    found: list[Reading] = []
    assert takes_at_most(fuzz.LONGEST, lambda: found.append(read(body, "release-page")))
    assert [doubt.reason for doubt in found[0].doubts] == ["unreadable"]


@pytest.mark.parametrize(
    "line", ["MP090 ‘DCC Service Flagging\nof alerts that go on\n", "MP090 ‘Alerts’\nand more of it\n\n"]
)
def test_a_row_that_never_ends_costs_no_more_than_its_length(line: str) -> None:
    first, _, rest = line.partition("\n")
    page = Page("https://smartenergycodecompany.co.uk/page/", f"{first}\n{rest * 6_000}".encode(), "text/plain", CLOCK)
    assert recognisers.recognisers()  # what is compiled once is no part of it
    assert rules()
    assert takes_at_most(fuzz.LONGEST, lambda: read_page(page))


CUT_SHORT = (
    '<rss version="2.0"><channel><title>Smart Energy Code</title><item><title>SEC v78.0 rel…</title>'
    "<description>SEC v78.0 {} and so […]</description></item></channel></rss>"
)
"""A feed whose entry is cut short."""


def test_formatting_that_nothing_closes_nests_no_deeper_than_is_read() -> None:
    reading = read("<html><body>" + f"<div>{'<b><i>' * 30}" * 190 + "<p>MP090 is approved.")
    assert [doubt.reason for doubt in reading.doubts] == ["unreadable"]


def read(body: str, kind: str = "auto") -> Reading:
    return read_page(Page("https://smartenergycodecompany.co.uk/page/", body.encode(), "", CLOCK), kind)


@pytest.mark.parametrize("given", ["²", "٣", "-1", "9" * 5_000, "two", ""])
def test_a_cell_that_spans_no_number_of_rows_is_a_cell(given: str) -> None:
    rows = f"<tr><td rowspan='{given}'>MP090 ‘Alerts’<td colspan='{given}'>Approved<tr><td>MP091 ‘Data’<td>Approved"
    reading = read(f"<h1>Scope</h1><p role=heading aria-level='{given}'>Rows</p><table>{rows}</table>", "release-page")
    assert any("MP091 ‘Data’" in piece for piece in reading.pieces)


@pytest.mark.parametrize("text", ["⟦MP104", "Schedule 8'DP188'"])
def test_an_id_within_another_name_makes_no_modification_of_the_page(text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize("broken", ["<rss <item<category</item>></category>", "<rss><item<keywords</item>></keywords>"])
def test_a_feed_that_the_parser_stumbles_over_is_unreadable(broken: str) -> None:
    assert [doubt.reason for doubt in read(broken).doubts] == ["unreadable"]


def test_a_sentence_that_a_label_begins_is_read_once() -> None:
    open_ = "Still open: the consultation on MP208 ‘Panel chair’ closes on 14 October 2022."
    reading = read(f"MP198 ‘Firmware’ was split.\n\n{open_}\n", "consultations")
    assert ("modification:MP208", "consultation_closes_on", "2022-10-14") in {
        (claim.subject, claim.attribute, claim.value) for claim in reading.claims
    }
    assert read(f"MP198 ‘Firmware’ was split.\n\n{'Open: MP208 is being consulted on: ' * 400}", "consultations").kind


def numbered(text: str, count: int) -> str:
    """Paragraphs of which none is like another, for those that are like each other are read once."""
    return "".join(f"<p>{number} {text}</p>" for number in range(count))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("modification-page", f"DP201 'Sharing of data'{' ' * 19_000}\n\n"),
        ("news", f"# SEC v62.0 released {'which implements MP090, part of MP091 and ' * 450}\n\nIt is in effect."),
        ("release-page", "<h1>November 2021 SEC Release</h1>" + "<p>Words</p>" * 10_000),
        ("news", f"<p>November 2021 SEC Release {'<img alt=tick> ' * 5_000}</p>"),
        ("feed", CUT_SHORT.format(f"came into {'eff' * 6_000}")),
        ("feed", CUT_SHORT.format("came into effect ‘" * 1_000)),
        ("paper", f"June 2026 SEC Release\n\n21 January 2026: RID v2.0 {'issD v2.0 ' * 6_000}"),
        (
            "variations",
            f"<h1>Variations</h1>{numbered('On 2 June 2025 the Secretary of State varied Section L, ' * 350, 5)}",
        ),
        ("consultations", "MP090 has a line of forty letters, and Some more of them here\n" * 4_500),
        (
            "release-page",
            f"<h1>June 2026 SEC Release</h1>{numbered('Section LMP090 would be withdrawn bCR1145yİ after 30 June 2022.', 1_200)}",
        ),
        (
            "modification-page",
            f"<h1>MP090</h1><h2>Parties</h2><p>The Refinement Con{'<img alt=tick>' * 5_000}sultation</p>",
        ),
    ],
)
def test_a_long_piece_costs_no_more_than_its_length(kind: str, body: str) -> None:
    assert rules()  # what is compiled once is no part of it
    assert takes_at_most(fuzz.LONGEST, lambda: read(body, kind))


def test_a_cell_that_is_no_status_is_given_up_whatever_its_length() -> None:
    assert takes_at_most(fuzz.LONGEST, lambda: status_and_path(f"is to be voted{' on by the' * 1_000}"))
    assert status_and_path("Approved under Fast-Track")


def test_inputs_are_made_of_every_kind_of_page_and_of_wordings() -> None:
    families, pdfs = bodies()
    kinds = {folder.name for folder in Path("tests/sources").iterdir()}
    assert len(families) == len(kinds) + 3 + len(list(Path("tests/wordings").glob("*.jsonl")))
    assert len(pdfs) >= 10


def test_a_long_number_before_a_date_is_read_as_quickly_as_a_short_one() -> None:
    """A time of day can be matched in one way alone: thirty digits once took half a minute."""
    page = (
        "<h1>Open consultations</h1><ul><li>MP223 ‘Meter Read Log size’: please reply by {} on 30 June 2023</li></ul>"
    )
    assert takes_at_most(200, lambda: read(page.format("1" * 40 + " " * 40 + "1" * 40)))
