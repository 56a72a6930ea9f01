"""Every page of `tests/sources` claims what a person has reviewed: KIND/PAGE beside PAGE.jsonl; of nothing/, nothing.

A row with `optional` may be claimed, one with `never` must not be; "*" as its value stands for any.

A page is read once and one test holds it against every rule, so that a page that fails names each rule that it breaks
and what breaks it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.domain import dates, identifiers, statuses, vocabulary
from bot.domain.claims import Claim, Evidence, Reading
from bot.domain.evidence import stands
from bot.ports import Page
from tests.pages import EVERY_PAGE, READ_AT, page_of, read
from watchers.read import decoded, outlined

PAGES = [path for path in EVERY_PAGE if path.parent.name != "nothing"]
NOTHING = [path for path in EVERY_PAGE if path.parent.name == "nothing"]

Said = tuple[str, str, str]
Rule = Callable[[Path, Reading], list[object]]
"""What of a page's reading breaks a rule, empty for nothing."""


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


def missed_or_wrong(path: Path, reading: Reading) -> list[object]:
    """A page claims what a person reads there, and nothing else."""
    gold, found = reviewed(path), said(reading.claims)
    not_yet = NOT_READ_YET.get(name_of(path), set())
    missed = gold.asked - found
    return [*(gold.wrong(found)), *(missed ^ not_yet)]


def taken_for_another_kind(path: Path, reading: Reading) -> list[object]:
    """Auto finds out what a page is, and believes what it reads."""
    return [] if reading.kind == path.parent.name and reading.believable else [(reading.kind, reading.doubts)]


def without_place_or_proof(_: Path, reading: Reading) -> list[object]:
    """Each claim stands in the vocabulary, is written as its type asks and shows its proof."""
    return [claim for claim in reading.claims if not is_canonical(type_of(claim), claim.value) or not is_proven(claim)]


def with_several_values(_: Path, reading: Reading) -> list[object]:
    """One-valued attributes have one value on a page."""
    values: dict[tuple[str, str], set[str]] = {}
    for claim in reading.claims:
        if not vocabulary.attribute(claim.subject, claim.attribute).many:
            values.setdefault((claim.subject, claim.attribute), set()).add(claim.value)
    return [(key, several) for key, several in values.items() if len(several) > 1]


def not_found_again(_: Path, reading: Reading) -> list[object]:
    """Each claim quotes its sentence or row and can be found again."""
    return [claim for claim in reading.claims if not stands(claim.evidence, reading.pieces)]


RULES = (missed_or_wrong, taken_for_another_kind, without_place_or_proof, with_several_values, not_found_again)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_claims_what_a_person_reads_there_each_claim_with_its_kind_its_place_and_its_proof(path: Path) -> None:
    broken = {rule.__doc__: rule(path, read(path)) for rule in RULES}
    assert {rule: what for rule, what in broken.items() if what} == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_can_be_broken(rule: Rule) -> None:
    path = next(page for page in PAGES if name_of(page) == "release-page/early-view")
    claim = next(one for one in read(path).claims if one.attribute == "go_live")
    bare = replace(claim, value="on a day", evidence=Evidence(""))
    assert rule(path, replace(read(path), kind="poem", claims=(*read(path).claims, bare)))


@pytest.mark.parametrize("path", NOTHING, ids=name_of)
def test_a_page_that_holds_nothing_of_ours_claims_nothing(path: Path) -> None:
    assert said(read(path).claims) == set()


@pytest.mark.parametrize("path", [p for p in PAGES if p.stem == "prose-only"], ids=name_of)
def test_a_sentence_is_quoted_as_the_page_has_it(path: Path) -> None:
    page = " ".join(path.read_text(encoding="utf-8").split())
    claims = [claim for claim in read(path).claims if claim.attribute != "posted_on"]
    assert claims
    assert [claim for claim in claims if claim.evidence.quote not in page] == []


def type_of(claim: Claim) -> vocabulary.Type:
    return vocabulary.attribute(claim.subject, claim.attribute).type


def is_proven(claim: Claim) -> bool:
    return bool(claim.evidence.quote and claim.evidence.rule)


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


@pytest.mark.parametrize("path", [p for p in PAGES if p.suffix == ".txt"], ids=name_of)
def test_the_line_endings_and_the_encoding_change_no_claim(path: Path) -> None:
    text, plain = decoded(path.read_bytes()), outlined(page_of(path))
    for body in (text.replace("\n", "\r\n").encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        # what is claimed is read off the outline alone
        assert outlined(Page(path.name, body, "text/plain; charset=iso-8859-1", READ_AT)) == plain
