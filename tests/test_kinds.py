"""Which kind a page is: pages that are easily taken for another kind, marked up and as a text extraction.

`tests/kinds/KIND.txt` holds pages of a kind, each below a line with its name: "# " before a heading, "## " before a
lower one, "- " before an item, cells parted by " | ", all else paragraphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.ports import Page
from tests.drawing import one_in
from tests.pages import EVERY_PAGE, SOURCES, kind_of, page_of, read
from watchers.read import decoded, likely, outlined, read_page
from watchers.recognisers import UNSURE, another, kinds, likeliest, recognisers, scores

READ_AT = datetime(2026, 11, 26, tzinfo=UTC)
FOLDER = Path(__file__).parent / "kinds"
FORMS = ("html", "old", "text", "dense", "site")


def _pages() -> Iterator[tuple[str, str, list[str]]]:
    for path in sorted(FOLDER.glob("*.txt")):
        for piece in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, *lines = [line for line in piece.splitlines() if line.strip()]
            yield path.stem, name, lines


PAGES = {f"{kind}: {name}": (kind, lines) for kind, name, lines in _pages()}


def _shape(line: str) -> str:
    found = re.match(r"(#+|-)\s", line)
    return found[1] if found else "|" if " | " in line else ""


def _bare(line: str) -> str:
    return re.sub(r"^(?:#+|-)\s+", "", line)


def marked_up(lines: list[str], *, bold: bool = False) -> str:
    """Return a page's body; headings below the first as bold paragraphs where `bold` says so."""
    body: list[str] = []
    for shape, group in groupby(lines, _shape):
        words = [escape(_bare(line), quote=False) for line in group]
        if shape == "|":
            rows = ("".join(f"<td>{cell}</td>" for cell in row.split(" | ")) for row in words)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif shape == "-":
            body.append(f"<ul>{''.join(f'<li>{word}</li>' for word in words)}</ul>")
        else:
            tag = {"#": "h1", "##": "h2"}.get(shape, "p")
            around = ("<p><b>", "</b></p>") if bold and tag == "h2" else (f"<{tag}>", f"</{tag}>")
            body += [word.join(around) for word in words]
    return "".join(body)


def _title(lines: list[str]) -> str:
    return next(_bare(line) for line in lines if line.startswith("# "))


def in_form(lines: list[str], form: str) -> Page:
    """Return a page as a site serves it, as an old site does, or as its text was extracted."""
    if form in ("html", "old"):
        head = f"<head><title>{escape(_title(lines))} - Smart Energy Code</title></head>"
        body = marked_up(lines, bold=form == "old")
        around = ("<main><article>", "</article></main>") if form == "html" else ('<div id="content">', "</div>")
        text = f"<!doctype html><html>{head}<body>{body.join(around)}</body></html>"
        return Page("page.html", text.encode(), "text/html", READ_AT)
    plain = [_bare(line) if _shape(line) != "-" else f"• {_bare(line)}" for line in lines]
    if form == "site":
        plain = [f"{line} | Smart Energy Code Company" if line == _title(lines) else line for line in plain]
    return Page("page.txt", ("\n" if form == "dense" else "\n\n").join(plain).encode(), "text/plain", READ_AT)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_taken_for_no_other_kind_in_any_form(name: str) -> None:
    kind, lines = PAGES[name]
    pages = {form: in_form(lines, form) for form in FORMS}
    assert {form: likely(page) for form, page in pages.items() if kind_of(page) != kind} == {}


DONORS = (
    "release-page/november-2026-sec-release.html",
    "news/newsletter-autumn-2026.html",
    "modification-page/operational-metrics-part-2.html",
    "consultations/have-your-say-accordion.html",
    "news/tag-sec-release-second-page.html",
)
"""Pages whose menus, side columns and footers are set around others."""
MARKED_UP = [path for path in EVERY_PAGE if path.suffix == ".html" and path.parent.name != "nothing"]


@cache
def furniture() -> tuple[str, str]:
    """Return what five pages have above and below their own words."""
    above: list[str] = []
    below: list[str] = []
    for donor in DONORS:
        tree = LexborHTMLParser((SOURCES / donor).read_bytes().decode("utf-8", "replace"))
        above += [node.html or "" for node in tree.css("body > header, #header, body > nav")]
        below += [node.html or "" for node in tree.css("aside, #sidebar, footer, #footer")]
    assert len(above) > len(DONORS) - 2 < len(below)
    return "".join(above), "".join(below)


@pytest.mark.parametrize(
    "path",
    one_in(3, MARKED_UP, of=lambda path: path.parent),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_a_page_keeps_its_kind_amid_menus_and_side_columns_of_others(path: Path) -> None:
    above, below = furniture()
    page = decoded(path.read_bytes())
    body = re.search(r"<body[^>]*>", page)
    around = f"{body[0] if body else ''}{above}"
    page = page.replace(body[0], around, 1) if body else f"{around}{page}"
    page = page.replace("</body>", f"{below}</body>", 1) if "</body>" in page else f"{page}{below}"
    found = read_page(Page(path.name, page.encode(), "text/html", READ_AT))
    assert found.kind == path.parent.name
    assert {(c.subject, c.attribute) for c in found.claims} == {(c.subject, c.attribute) for c in read(path).claims}


@pytest.mark.parametrize("kind", sorted(recognisers()))
def test_a_reviewed_page_may_be_said_to_be_of_the_kind_of_its_folder(kind: str) -> None:
    pages = [path for path in EVERY_PAGE if path.parent.name == kind and path.suffix != ".pdf"]
    assert pages
    doubted = {path.name: another(kind, outlined(page_of(path))) for path in pages}
    assert {name: other for name, other in doubted.items() if other} == {}


@pytest.mark.parametrize("kind", sorted(recognisers()))
def test_looking_until_a_kind_stands_out_finds_the_one_that_weighing_all_signs_finds(kind: str) -> None:
    pages = [path for path in EVERY_PAGE if path.parent.name == kind and path.suffix != ".pdf"]
    outlines = [outlined(in_form(lines, form)) for of, lines in PAGES.values() if of == kind for form in FORMS]
    for outline in [*outlines, *(outlined(page_of(path)) for path in pages)]:
        first, sure = next(iter(scores(outline).items()))
        found = likeliest(outline)
        assert (found.KIND if found else "") == (first if sure >= UNSURE else "")


def rows(kind: str) -> list[dict[str, str]]:
    found = (Path(__file__).parent / "wordings" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in found]


NO_KIND = {"consultations/005.txt", "modification-page/182.txt"}
"""A list of nothing but places to be filled in; a page whose first line leads to the contacts."""


@pytest.mark.parametrize("kind", sorted(path.stem for path in (Path(__file__).parent / "wordings").glob("*.jsonl")))
def test_short_pages_of_one_fact_are_of_their_kind(kind: str) -> None:
    taken: dict[str, str] = {}
    for row in rows(kind):
        name = row["page"]
        form = {"html": "text/html", "xml": "application/xml"}.get(name.rpartition(".")[2], "text/plain")
        found = kind_of(Page(name, row["text"].encode(), form, READ_AT))
        if found != kind and f"{kind}/{name}" not in NO_KIND:
            taken[name] = found
    assert taken == {}


WRONG = {
    "news: post about a decision by the Change Board": "modification-page",
    "news: post of a version with three modifications": "modification-page",
    "news: newsletter with sections that other pages are made of": "modification-page",
    "news: post that a release is live": "variations",
    "modification-page: page in refinement": "release-page",
    "modification-page: page in consultation": "variations",
    "release-page: page with its scope": "modification-page",
    "release-page: page with a table": "variations",
    "consultations: list of one": "modification-page",
    "variations: list by rows": "news",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_page_that_is_plainly_of_another_kind_than_was_said_is_not_read(name: str) -> None:
    kind, lines = PAGES[name]
    reading = read_page(in_form(lines, "html"), WRONG[name])
    assert not reading.believable
    assert not reading.claims
    assert f"--kind {kind}" in reading.reason


@pytest.mark.parametrize("name", PAGES)
def test_a_page_read_as_what_it_is_said_to_be_claims_what_it_claims_by_itself(name: str) -> None:
    kind, lines = PAGES[name]
    if kind != "unknown":
        page = in_form(lines, "html")
        assert read_page(page, kind).claims == read_page(page).claims


def test_kinds_are_known_by_their_files_names_without_loading_any() -> None:
    assert kinds() == sorted(recognisers())
