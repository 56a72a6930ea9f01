"""Every page of `tests/sources` claims what a person has reviewed: KIND/PAGE beside PAGE.jsonl; of nothing/, nothing.

A row with `optional` may be claimed, one with `never` must not be; "*" as its value stands for any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain import dates, identifiers, statuses, vocabulary
from bot.domain.claims import Claim
from bot.ports import Page
from tests.pages import EVERY_PAGE, READ_AT, read
from watchers.read import decoded, read_page

PAGES = [path for path in EVERY_PAGE if path.parent.name != "nothing"]
NOTHING = [path for path in EVERY_PAGE if path.parent.name == "nothing"]

Said = tuple[str, str, str]


@dataclass(frozen=True)
class Reviewed:
    """What a person has read on a page."""

    asked: frozenset[Said]
    optional: frozenset[Said]
    never: frozenset[Said]

    def wrong(self, found: set[Said]) -> set[Said]:
        """Return what was found and should not have been."""
        banned = {said for said in found if said in self.never or (*said[:2], "*") in self.never}
        return (found - self.asked - self.optional) | banned


def reviewed(path: Path) -> Reviewed:
    """Return what stands beside a page."""
    rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    marks: dict[str, set[Said]] = {"asked": set(), "optional": set(), "never": set()}
    for row in rows:
        mark = next((mark for mark in ("never", "optional") if row.get(mark)), "asked")
        marks[mark].add((row["subject"], row["attribute"], row["value"]))
    return Reviewed(**{mark: frozenset(said) for mark, said in marks.items()})


def said(claims: tuple[Claim, ...]) -> set[Said]:
    """Return claims as what they say."""
    return {(claim.subject, claim.attribute, claim.value) for claim in claims}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


NOT_READ_YET: dict[str, set[Said]] = {}
"""What stands on a page and is not read off it yet; a rule that reads it takes its line out of here."""


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_claims_what_a_person_reads_there(path: Path) -> None:
    gold = reviewed(path)
    found = said(read(path, path.parent.name).claims)
    assert gold.wrong(found) == set()
    assert gold.asked - found == NOT_READ_YET.get(name_of(path), set())


@pytest.mark.parametrize("path", NOTHING, ids=name_of)
def test_a_page_that_holds_nothing_of_ours_claims_nothing(path: Path) -> None:
    assert said(read(path).claims) == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_auto_finds_out_what_a_page_is(path: Path) -> None:
    reading = read(path)
    assert reading.kind == path.parent.name
    assert reading.believable, reading.reason


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_each_claim_stands_in_the_vocabulary_and_shows_its_proof(path: Path) -> None:
    for claim in read(path).claims:
        row = vocabulary.attribute(claim.subject, claim.attribute)
        assert is_canonical(row.type, claim.value), claim
        assert claim.evidence.quote, claim
        assert claim.evidence.rule, claim


@pytest.mark.parametrize("path", [p for p in PAGES if p.stem == "prose-only"], ids=name_of)
def test_a_sentence_is_quoted_as_the_page_has_it(path: Path) -> None:
    page = " ".join(path.read_text(encoding="utf-8").split())
    claims = [claim for claim in read(path).claims if claim.attribute != "posted_on"]
    assert claims
    assert [claim for claim in claims if claim.evidence.quote not in page] == []


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
    text = decoded(path.read_bytes())
    plain = said(read(path).claims)
    for body in (text.replace("\n", "\r\n").encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        page = Page(path.name, body, "text/plain; charset=iso-8859-1", READ_AT)
        assert said(read_page(page).claims) == plain
