"""Titles in any quotes."""

from __future__ import annotations

import pytest

from watchers.phrases.titles import quoted


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("'DCC Service Flagging'Implemented", "DCC Service Flagging", "Implemented"),
        (" ‘Security Improvements’ has implemented", "Security Improvements", " has implemented"),
        (" “Large Gas Meter Displays”", "Large Gas Meter Displays", ""),
        (" ‘Mixed quotes' Approved", "Mixed quotes", " Approved"),
        (" ‘The DCC’s new approach’: more", "The DCC’s new approach", ": more"),
        (" 'Tidying Users' obligations'Draft Proposal", "Tidying Users' obligations", "Draft Proposal"),
        (" ‘Use of ‘safe mode’ by Suppliers’ is", "Use of ‘safe mode’ by Suppliers", " is"),
        (" ('In brackets') Targeted", "In brackets", " Targeted"),
        (" – ‘After a dash’", "After a dash", ""),
        (" ‘ Organisation Certificate Policy’", "Organisation Certificate Policy", ""),
        (" ‘‘Change of Supplier’ flag’ Approved", "‘Change of Supplier’ flag", " Approved"),
        (" ''Change of Supplier' flag'Approved", "'Change of Supplier' flag", "Approved"),
        (" ‘‘Doubled quotes’’ Approved", "Doubled quotes", " Approved"),
        (" ‘Suppliers’ and DCC’s duties’ Report Phase", "Suppliers’ and DCC’s duties", " Report Phase"),
        (" ‘Large Displays’ and the Suppliers’ view", "Large Displays", " and the Suppliers’ view"),
        (" \ufffdBroken quotes\ufffdImplemented", "Broken quotes", "Implemented"),
    ],
)
def test_the_quotes_come_off_and_the_rest_stays(text: str, title: str, rest: str) -> None:
    found = quoted(text)
    assert found is not None
    assert (found[0], text[found[1] :]) == (title, rest)


@pytest.mark.parametrize("text", [" has been approved", " 2021", "", " ‘never closed"])
def test_no_quotes_no_title(text: str) -> None:
    assert quoted(text) is None


def test_a_title_ends_before_the_next_one_begins() -> None:
    text = " 'Alpha', MP102 'Beta' and MP103 'Gamma'"
    assert quoted(text) == ("Alpha", len(" 'Alpha'"))
