"""Identifiers as pages print them and as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import identifiers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SECMP0007 and MP090", ["SECMP0007", "MP090"]),
        ("MP102A ‘Power Outage’, MP102B", ["MP102A", "MP102B"]),
        ("MP134AUse of Certificates", ["MP134A"]),
        ("MP134Approved", ["MP134"]),
        ("DP124 became MP124", ["DP124", "MP124"]),
        ("MP 090", ["MP090"]),
        ("MP1001", ["MP1001"]),
        ("MP090, MP090", ["MP090"]),
        ("MP0205 and MP205", ["MP205"]),
        ("DP0124, MP0102A, MP 0090", ["DP124", "MP102A", "MP090"]),
        ("MP1024 and SECMP0067", ["MP1024", "SECMP0067"]),
    ],
)
def test_modifications_are_found_in_text(text: str, found: list[str]) -> None:
    assert identifiers.modifications(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "SECMPXXXX",
        "MPXXX",
        "P482",
        "CP1390",
        "R0147",
        "DCP 401",
        "CMP258",
        "MIF 269",
        "UNC 0803",
        "CR1145",
        "CRTBC",
        "IRP511",
        "AMP123",
        "SDP12",
    ],
)
def test_placeholders_and_other_codes_are_none_of_ours(text: str) -> None:
    assert identifiers.modifications(text) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mp90", "MP090"),
        ("MP-090", "MP090"),
        ("MP 102a", "MP102A"),
        ("secmp7", "SECMP0007"),
        ("mp7", "SECMP0007"),
        ("MP O90", "MP090"),
        ("dp124", "DP124"),
        ("90", "MP090"),
        ("modification 90", "MP090"),
    ],
)
def test_what_people_type_is_understood(text: str, meant: str) -> None:
    assert identifiers.typed(text) == meant


@pytest.mark.parametrize("text", ["", "hello", "mp", "release", "0", "v62.0x"])
def test_what_is_no_id_is_none(text: str) -> None:
    assert identifiers.typed(text) is None


def test_a_draft_proposal_is_the_modification_of_its_number() -> None:
    assert identifiers.identity("DP124") == identifiers.identity("MP124")
    assert identifiers.identity("MP102A") != identifiers.identity("MP102B")
    with pytest.raises(ValueError, match="is not a modification's id"):
        identifiers.identity("CR1145")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SEC Schedule 8 - GB Companion Specification", "Schedule 8"),
        ("Appendix AD ‘DCC User Interface Specification’", "Appendix AD"),
        ("the SEC Section A", "Section A"),
        ("Section H8.16", None),
        ("Section J3 ‘Credit Cover’", None),
        ("Chapter 4", None),
    ],
)
def test_parts_are_keyed_by_kind_and_letter_and_a_clause_is_none(text: str, part: str | None) -> None:
    assert identifiers.part(text) == part


def test_parts_are_sorted_sections_first_and_z_before_aa() -> None:
    parts = ["Appendix AA", "Schedule 10", "Appendix Z", "Section A", "Schedule 9"]
    assert sorted(parts, key=identifiers.part_order) == [
        "Section A",
        "Schedule 9",
        "Schedule 10",
        "Appendix Z",
        "Appendix AA",
    ]


@pytest.mark.parametrize(
    "text", ["November 2021", "nov 21", "2021-11", "11/2021", "November 2021 SEC Release", "nov-2021"]
)
def test_a_release_is_understood(text: str) -> None:
    assert identifiers.typed_release(text) == "2021-11"


@pytest.mark.parametrize("text", ["2021", "13/2021", "november", "mp090", "november 1999"])
def test_what_names_no_release_is_none(text: str) -> None:
    assert identifiers.typed_release(text) is None


def test_versions_compare_by_component() -> None:
    assert sorted(["62.0", "5.23", "5.2", "5.14"], key=identifiers.version_order) == ["5.2", "5.14", "5.23", "62.0"]
    assert identifiers.typed_version("SEC v62") == "62.0"
    assert identifiers.typed_version("version 5.14") == "5.14"
    assert identifiers.typed_version("sixty") is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_ids(text: str) -> None:
    assert all(identifiers.is_modification(id_) for id_ in identifiers.modifications(text))
    meant = identifiers.typed(text)
    assert meant is None or identifiers.is_modification(meant)
