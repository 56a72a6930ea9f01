"""What a post lists of its version, where a list was set as running text: parts behind a label, modifications told of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page

AT = datetime(2026, 11, 26, tzinfo=UTC)
EFFECT = "SEC version 74.2 came into effect on 20 October 2025."
LISTED = "<ol><li>MP250 ‘Contact details for auditors’</li><li>MP257 ‘SMKI PMA membership’</li></ol>"


def said(*pieces: str, heading: str = "SEC v74.2 published") -> set[str]:
    body = "".join(piece if piece.startswith("<") else f"<p>{piece}</p>" for piece in pieces)
    html = f"<html><body><h1>{heading}</h1><p>20 October 2025</p>{body}</body></html>"
    page = Page("https://smartenergycodecompany.co.uk/latest-news/", html.encode(), "text/html", AT)
    return {f"{c.subject} {c.attribute} {c.value}" for c in read_page(page, "news").claims}


@pytest.mark.parametrize(
    "label",
    [
        "Affected: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Affected: Section C and Section L.",
        "Parts affected: Section C ‘Governance’; Section L ‘SMKI and DKI’",
        "Affected parts – Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Changed by this version: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "SEC parts changed: Section C ‘Governance’, Section L ‘SMKI and DKI’.",
        "Parts of the SEC: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Documents amended: Section C and Section L",
    ],
)
def test_parts_behind_a_label_below_the_list_of_modifications_are_the_version_s(label: str) -> None:
    found = said(EFFECT, LISTED, label)
    assert {"version:74.2 affects_part Section C", "version:74.2 affects_part Section L"} <= found
    assert not any(claim.startswith("modification") and " affects" in claim for claim in found)


@pytest.mark.parametrize(
    "label",
    [
        "Not affected: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Unchanged: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "See also: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Changed next time: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
        "Could be affected: Section C ‘Governance’ and Section L ‘SMKI and DKI’.",
    ],
)
def test_parts_behind_another_label_are_not(label: str) -> None:
    assert not any("affects_part" in claim for claim in said(EFFECT, LISTED, label))


@pytest.mark.parametrize(
    "text",
    [
        "The Authority approved MP132 on 6 October 2025 and it was implemented on 20 October 2025, when v74.2 came in.",
        "MP132 ‘Use of data’, approved on 6 October 2025, was implemented on 20 October 2025 with SEC v74.2.",
        "Approved on 6 October 2025, MP132 was then implemented on 20 October 2025 as SEC v74.2 took effect.",
        "Ofgem approved MP132 on 6 October 2025 and it was delivered on 20 October 2025 by SEC version 74.2.",
        "On 6 October 2025 the Change Board approved MP132, which was introduced on 20 October 2025 through SEC v74.2.",
    ],
)
def test_a_modification_is_implemented_where_days_stand_between_it_and_the_version(text: str) -> None:
    found = said(text)
    assert {"version:74.2 implements MP132", "modification:MP132 implementation 2025-10-20"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "The Authority approved MP132 on 6 October 2025 and it was not implemented on 20 October 2025 with SEC v74.2.",
        "The Panel asked on 6 October 2025 whether MP132 might be implemented on 20 October 2025 with SEC v74.2.",
        "The Authority approved MP132 on 6 October 2025; it will follow the version of 20 October 2025, SEC v74.2.",
    ],
)
def test_a_modification_that_did_not_come_with_the_version_is_not(text: str) -> None:
    assert "version:74.2 implements MP132" not in said(text)


@pytest.mark.parametrize(
    "does",
    [
        "will tidy up what is left.",
        "lets Suppliers see which hub is held at which depot.",
        "tells Parties what has not been delivered.",
        "says who is put back on the list and when.",
        "lets the DCC report where a Device is left.",
        "sets out how a Party that was meant to pay is told so.",
    ],
)
def test_what_a_modification_deals_with_says_nothing_of_whether_it_came(does: str) -> None:
    assert "version:74.2 implements MP243" in said(EFFECT, f"MP243 ‘Supporting changes’ {does}")


@pytest.mark.parametrize(
    "told",
    [
        "was left out.",
        "has not come with it.",
        "is the modification that was deferred.",
        "is the one which was put back.",
        "was moved to the June 2026 SEC Release.",
        ", which was meant to be in it, is still in the Report Phase.",
    ],
)
def test_what_is_told_of_the_modification_itself_does(told: str) -> None:
    assert "version:74.2 implements MP243" not in said(EFFECT, f"MP243 ‘Supporting changes’ {told}")


@pytest.mark.parametrize(
    "count",
    [
        "Three modifications made it over the line:",
        "Three Modification Proposals made it in this time:",
        "Three modifications came in with it.",
        "Three modifications went live with it.",
    ],
)
def test_a_count_makes_up_a_list_of_which_one_is_named_within_its_sentence(count: str) -> None:
    told = ("MP168 ‘CPL Security’ does this.", "Suppliers asked for what MP182 does.", "MP188 ‘Remote’ does that.")
    assert "version:74.2 implements MP182" in said(f"{EFFECT} {count}", *told)


def test_a_modification_that_is_only_mentioned_does_not_come_in_by_a_count_that_is_full() -> None:
    told = ("MP168 ‘CPL Security’ does this.", "Suppliers asked for what MP182 does.", "MP188 ‘Remote’ does that.")
    assert "version:74.2 implements MP182" not in said(f"{EFFECT} Two modifications made it over the line.", *told)
