"""Every page of `tests/sources` claims what a person has reviewed: KIND/PAGE beside PAGE.jsonl."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain import dates, identifiers, statuses, vocabulary
from bot.domain.claims import Claim, Reading
from bot.ports import Page
from watchers.read import read_page

SOURCES = Path(__file__).parent / "sources"
PAGES = sorted(path for path in SOURCES.glob("*/*") if path.suffix != ".jsonl")
TYPES = {".html": "text/html", ".xml": "application/rss+xml", ".txt": "text/plain"}

Said = tuple[str, str, str]


def read(path: Path, kind: str = "auto") -> Reading:
    """Return what a page of the folder claims."""
    return read_page(Page(path.name, path.read_bytes(), TYPES[path.suffix], datetime(2022, 7, 19, tzinfo=UTC)), kind)


def said(claims: tuple[Claim, ...]) -> set[Said]:
    """Return claims as what they say."""
    return {(claim.subject, claim.attribute, claim.value) for claim in claims}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_claims_what_a_person_reads_there(path: Path) -> None:
    rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    reviewed = {(row["subject"], row["attribute"], row["value"]) for row in rows}
    found = said(read(path, path.parent.name).claims)
    assert found - reviewed == set()
    assert reviewed - found == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_auto_finds_out_what_a_page_is(path: Path) -> None:
    reading = read(path)
    assert reading.kind == path.parent.name
    assert reading.believable, reading.reason


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_each_claim_stands_in_the_vocabulary_and_shows_its_proof(path: Path) -> None:
    reading = read(path)
    page = " ".join(path.read_text(encoding="utf-8").split())
    for claim in reading.claims:
        row = vocabulary.attribute(claim.subject, claim.attribute)
        assert is_canonical(row.type, claim.value), claim
        assert claim.evidence.quote, claim
        assert claim.evidence.rule, claim
    if path.suffix == ".txt" and path.stem == "prose-only":
        assert all(claim.evidence.quote in page for claim in reading.claims if claim.attribute != "posted_on")


def is_canonical(type_: vocabulary.Type, value: str) -> bool:
    """Whether a value is written as its type asks."""
    if type_ is vocabulary.Type.DATE:
        return dates.label(value) != value or len(value) == 4
    if type_ is vocabulary.Type.MODIFICATION:
        return identifiers.is_modification(value)
    if type_ is vocabulary.Type.PART:
        return identifiers.part(value) == value
    if type_ is vocabulary.Type.STATUS:
        return value in statuses.ALL or value.startswith("other:")
    return bool(value.strip())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_one_valued_attributes_have_one_value_on_a_page(path: Path) -> None:
    values: dict[tuple[str, str], set[str]] = {}
    for claim in read(path).claims:
        if not vocabulary.attribute(claim.subject, claim.attribute).many:
            values.setdefault((claim.subject, claim.attribute), set()).add(claim.value)
    assert [key for key, several in values.items() if len(several) > 1] == []


@pytest.mark.parametrize("path", [p for p in PAGES if p.suffix == ".txt"], ids=name_of)
def test_the_line_endings_and_the_encoding_change_no_claim(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    plain = said(read(path).claims)
    for body in (text.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        page = Page(path.name, body, "text/plain; charset=iso-8859-1", datetime(2022, 7, 19, tzinfo=UTC))
        assert said(read_page(page).claims) == plain
