"""News posts of all ages and tenses: what a version implements and affects, when, and what stands beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.read import read_page


def read(text: str, content_type: str = "text/plain") -> set[str]:
    """Return what a page of news says, as "version:62.0 effective_on 2022-07-18"."""
    page = Page("https://smartenergycodecompany.co.uk/latest-news/", text.encode(), content_type, datetime.now(UTC))
    return {f"{claim.subject} {claim.attribute} {claim.value}" for claim in read_page(page, "news").claims}


def of(version: str, attribute: str, *values: str) -> set[str]:
    return {f"version:{version} {attribute} {value}" for value in values}


def some(found: set[str], attribute: str) -> set[str]:
    return {fact for fact in found if f" {attribute} " in fact}


@pytest.mark.parametrize(
    "sentence",
    [
        "SEC v62.0 has effect from 18 July 2022.",
        "SEC v62.0 is now in effect (18 July 2022).",
        "The Secretary of State designated Version 62.0, and Version 62.0 takes effect on 18 July 2022.",
        "Version 62.0 of the Smart Energy Code came into force on 18 July 2022.",
    ],
)
def test_the_day_on_which_a_version_takes_effect(sentence: str) -> None:
    found = read(f"SEC v62.0 released\n\n19 July 2022\n\n{sentence}\n")
    assert some(found, "effective_on") == of("62.0", "effective_on", "2022-07-18")


def test_the_version_of_another_document_is_not_the_posts() -> None:
    found = read("SEC v4.1 released\n\n19 July 2016\n\nGBCS v4.1 came into effect on 18 July 2016.\n")
    assert some(found, "effective_on") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "It implements MP174, MP193 and the first phase of SECMP0046.",
        "It implements MP174; MP193; and part of SECMP0046.",
        "It implements MP174 and MP193. Alongside it, SECMP0046 has been implemented.",
        "Modifications implemented: MP174, MP193 & SECMP0046. Modifications not implemented: MP211 (withdrawn).",
    ],
)
def test_all_that_a_sentence_lists_is_implemented(sentence: str) -> None:
    found = read(f"SEC v69.0 released\n\n29 June 2023\n\nSEC v69.0 came into effect on 29 June 2023. {sentence}\n")
    assert some(found, "implements") == of("69.0", "implements", "MP174", "MP193", "SECMP0046")


def test_a_part_of_a_modification_does_not_make_it_implemented() -> None:
    found = read("SEC v69.0\n\nSEC v69.0 came into effect on 29 June 2023 and implements part of SECMP0046.\n")
    assert "modification:SECMP0046 implementation 2023-06-29" in found
    assert "modification:SECMP0046 status implemented" not in found


def test_what_was_moved_away_is_not_implemented_though_a_paragraph_begins_with_it() -> None:
    found = read(
        "SEC v70.0 released\n\n4 July 2024\n\nSEC v70.0 took effect on 4 July 2024 and implements MP219.\n\n"
        "MP227 was due in this version but has been moved to the November 2024 SEC Release.\n"
    )
    assert some(found, "implements") == of("70.0", "implements", "MP219")


def test_a_lost_list_is_made_up_from_later_paragraphs_only_where_the_count_agrees() -> None:
    post = (
        "SEC v31.0 released\n\n29 November 2020\n\nSEC v31.0 came into effect on 29 November 2020. It included {} "
        "Modification Proposals:\n\nMP093 puts an answer in place.\n\nWith MP102A in force, fewer alerts are raised.\n"
    )
    assert some(read(post.format("two")), "implements") == of("31.0", "implements", "MP093", "MP102A")
    assert some(read(post.format("three")), "implements") == of("31.0", "implements", "MP093")


def test_the_next_week_in_a_posts_own_heading_takes_nothing_away() -> None:
    found = read(
        "SEC v68.0 will be released next week\n\nSEC v68.0 will come into effect on 22 June 2023 with MP186.\n\n"
        "It will implement MP186 ‘Exit records’.\n"
    )
    assert some(found, "implements") == of("68.0", "implements", "MP186")
    assert some(found, "status") == set()


def test_an_approval_is_no_longer_the_status_once_the_version_is_in_effect() -> None:
    post = "SEC v48.0\n\nSEC v48.0 {} on 14 October 2021 to implement MP141. The Change Board approved MP141.\n"
    assert "modification:MP141 status approved" not in read(post.format("came into effect"))
    assert "modification:MP141 status approved" in read(post.format("will come into effect"))


def test_a_part_is_affected_whichever_column_says_yes_and_not_where_all_say_no() -> None:
    found = read(
        "<h1>SEC v71.0 released</h1><p>7 November 2024</p><h2>SEC documents affected</h2><table>"
        "<tr><th>SEC document</th><th>Available on CodeWorks</th><th>Modification</th><th>DESNZ designation</th></tr>"
        "<tr><td>Section A</td><td>No</td><td>No</td><td>Yes</td></tr>"
        "<tr><td>Section E</td><td>Yes</td><td>No</td><td>No</td></tr>"
        "<tr><td>Schedule 8</td><td>No</td><td>✓</td><td></td></tr></table>",
        "text/html",
    )
    assert some(found, "affects_part") == of("71.0", "affects_part", "Section A", "Schedule 8")


def test_availability_alone_says_nothing_of_whether_a_part_is_affected() -> None:
    found = read(
        "<h1>SEC v71.0 released</h1><h2>SEC documents affected</h2><table>"
        "<tr><th>Document</th><th>Available on CodeWorks</th></tr><tr><td>Schedule 8</td><td>No</td></tr></table>",
        "text/html",
    )
    assert some(found, "affects_part") == of("71.0", "affects_part", "Schedule 8")


@pytest.mark.parametrize(
    "text",
    [
        "Two new Appendices have been introduced:\n\n• Appendix AL ‘TMAD’\n• Appendix AM ‘Supporting Requirements’\n",
        "Parts of the SEC affected:\n\n• Appendix AL (new)\n• Appendix AM – new\n",
        "What parts of the SEC were affected?\n\n• New Appendix AL\n• Appendix AM (added)\n",
    ],
)
def test_parts_that_are_new(text: str) -> None:
    found = read(f"SEC 5.19 designated\n\n6 August 2018\n\nSEC Version 5.19 took effect on 3 August 2018.\n\n{text}")
    assert some(found, "adds_part") == of("5.19", "adds_part", "Appendix AL", "Appendix AM")


def test_a_section_of_an_act_is_no_part_of_the_code() -> None:
    found = read(
        "SEC v5.14 released\n\nThe parts affected under section 88 of the Act and Section 88 are Section H only.\n"
    )
    assert some(found, "affects_part") == of("5.14", "affects_part", "Section H")


@pytest.mark.parametrize("teasers", ["Most read", "Related posts", "You may also like", "Tags: MP251, SEC v70.0"])
def test_a_post_ends_where_others_are_offered(teasers: str) -> None:
    found = read(
        "<h2>SEC v71.0 released</h2><p>7 November 2024</p><p>SEC v71.0 came into effect on 7 November 2024.</p>"
        f"<p>It implements MP203.</p><p>All is on CodeWorks.</p><p>{teasers}</p><ul><li>MP251 raised</li></ul>",
        "text/html",
    )
    assert some(found, "implements") == of("71.0", "implements", "MP203")
    assert not any("MP251" in fact for fact in found)


def test_a_title_that_is_whole_is_read_from_a_paragraph_that_is_cut_short() -> None:
    whole = read("SEC v71.0 released\n\n7 November 2024\n\nIt implements MP203 ‘Power threshold’ and gives the DC…\n")
    assert "modification:MP203 title Power threshold" in whole
    cut = read("SEC v71.0 released\n\n7 November 2024\n\nIt implements MP203 ‘Power thresh…\n")
    assert some(cut, "title") == set()


def test_a_post_about_a_release_says_when_that_goes_live() -> None:
    found = read("June 2022 SEC Release: testing\n\n1 March 2022\n\nThe release is due to go live on 30 June 2022.\n")
    assert "release:2022-06 go_live 2022-06-30" in found


CHANGE_BOARD = """\
Change Board decisions: 26 January 2022

The Change Board met on 26 January 2022 and made the following decisions:

MP145 'Test Certificate expiry' – approved (Self-Governance)
MP148 'Extra Panel seat' – rejected
MP149 'New alert' – deferred to 23 February 2022

Withdrawn modifications

The following modifications have been withdrawn:

• MP160 'Old idea'
• MP165 'Older idea'
"""


def test_a_post_without_version_or_date_line_tells_of_decisions() -> None:
    assert some(read(CHANGE_BOARD), "status") == {
        "modification:MP145 status approved",
        "modification:MP148 status rejected",
        "modification:MP160 status withdrawn",
        "modification:MP165 status withdrawn",
    }
    assert some(read(CHANGE_BOARD), "decision_path") == {"modification:MP145 decision_path self_governance"}


def test_the_sentence_above_a_list_says_it_of_each_in_it() -> None:
    found = read(
        "Change Board headlines\n\n24 January 2025\n\nAt its meeting on 22 January 2025 the Change Board approved the "
        "following modifications:\n\n• MP230 ‘Alert codes’\n• MP231 ‘User IDs’\n\n"
        "It recommended that the Authority reject MP232 ‘Extra audit’.\n"
    )
    assert {f"modification:{id_} approved_on 2025-01-22" for id_ in ("MP230", "MP231")} == some(found, "approved_on")
    assert "modification:MP232 change_board_recommendation reject" in found
    assert "modification:MP232 status rejected" not in found


@pytest.mark.parametrize("lead", ["may approve", "will consider whether to approve", "did not approve", "discussed"])
def test_a_list_of_what_is_not_decided_has_no_decisions(lead: str) -> None:
    found = read(
        f"Change Board headlines\n\n24 January 2025\n\nThe Change Board {lead} the following modifications:\n\n"
        "• MP230 ‘Alert codes’\n• MP231 ‘User IDs’\n"
    )
    assert some(found, "status") | some(found, "approved_on") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "The affected parts are Section A, Schedule 9 and Appendices E and AD.",
        "Documents changed: Section A, Schedule 9, Appendix E, Appendix AD.",
        "This version changes Section A, Schedule 9, Appendix E and Appendix AD only.",
        "Section A, Schedule 9, Appendix E and Appendix AD have been re-designated. Section M has not.",
    ],
)
def test_parts_told_in_a_sentence(sentence: str) -> None:
    found = read(f"v65.0 of the Smart Energy Code\n\n10 November 2022\n\n{sentence}\n")
    assert some(found, "affects_part") == of(
        "65.0", "affects_part", "Section A", "Schedule 9", "Appendix E", "Appendix AD"
    )


def test_links_to_the_redlining_are_no_parts_affected() -> None:
    found = read(
        "SEC v63.0 released\n\n1 September 2022\n\nWhich parts of the SEC were affected?\n\nOnly Section L and Appendix D.\n\n"
        "Where can I find the redlining?\n\nSection A\nSection B\n"
    )
    assert some(found, "affects_part") == of("63.0", "affects_part", "Section L", "Appendix D")


def test_a_remark_beside_all_no_does_not_make_a_part_affected() -> None:
    found = read(
        "<h1>SEC v80.0 released</h1><h2>What parts of the SEC were affected?</h2><table>"
        "<tr><th>SEC document</th><th>Modification</th><th>Designation</th><th>Comment</th></tr>"
        "<tr><td>Section K</td><td>Yes</td><td>No</td><td></td></tr>"
        "<tr><td>Section M</td><td>No</td><td>No</td><td>Unchanged</td></tr></table>",
        "text/html",
    )
    assert some(found, "affects_part") == of("80.0", "affects_part", "Section K")


@pytest.mark.parametrize("day", ["Today, 27 June 2024,", "Today (27 June 2024)", "Yesterday, on 27 June 2024,"])
def test_a_day_told_from_the_post_is_the_one_on_which_it_took_effect(day: str) -> None:
    found = read(f"SEC Version 76.0 published\n\n{day} version 76.0 of the SEC came into effect.")
    assert some(found, "effective_on") == of("76.0", "effective_on", "2024-06-27")


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("The changes touch Section H and Appendix AD.", {"Section H", "Appendix AD"}),
        ("It revises Section H.", {"Section H"}),
        ("These amendments alter Section H and Schedule 8.", {"Section H", "Schedule 8"}),
        ("The changes do not touch Section H.", set()),
        ("The next modifications touch on Section H.", set()),
    ],
)
def test_what_the_changes_touch_is_affected(sentence: str, parts: set[str]) -> None:
    found = read(f"SEC Version 76.0 published\n\nVersion 76.0 took effect on 27 June 2024.\n\n{sentence}")
    assert some(found, "affects_part") == of("76.0", "affects_part", *parts)
