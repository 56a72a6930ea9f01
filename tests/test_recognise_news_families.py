"""News as editors word and set it: one fact in many wordings, and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports import Page
from watchers.outline import Block
from watchers.read import read_page
from watchers.recognisers._post.posted import dateline, posted_on

AT = datetime(2026, 11, 26, tzinfo=UTC)


def said(body: str, kind: str = "auto", url: str = "https://smartenergycodecompany.co.uk/page/") -> set[str]:
    form = "application/rss+xml" if "<rss" in body else "text/html" if "<" in body else "text/plain"
    return {f"{c.key} {c.attribute} {c.value}" for c in read_page(Page(url, body.encode(), form, AT), kind).claims}


def post(*paragraphs: str, heading: str = "SEC v63.0 published") -> set[str]:
    text = "\n\n".join((heading, "3 October 2022", *paragraphs))
    return said(text, "news")


@pytest.mark.parametrize(
    "line",
    [
        "By SECAS on 2 November 2023",
        "2 November 2023 | by SECAS",
        "Posted by the SECAS Change Team on 2 November 2023 at 10:30",
        "Published: 2 November 2023, updated 6 November 2023",
        "News – 2 November 2023",
        "2 November 2023 · 3 min read",
        "London, 2 November 2023",
        "2 November 2023 by the Change Team in News",
    ],
)
def test_a_byline_gives_the_day_of_posting(line: str) -> None:
    assert posted_on(Block("paragraph", line)) == "2023-11-02"


@pytest.mark.parametrize(
    "line",
    [
        "Panel: 19 November 2021",
        "Change Board 24 November 2021",
        "Goes live on 4 July 2022",
        "On 4 July 2022 the Panel met",
        "4 July 2022 to 8 July 2022",
        "Issue 84 | 15 November 2021",
        "Updated 4 July 2022",
        "4 July 2022 Change Board",
    ],
)
def test_a_date_of_another_role_is_no_byline(line: str) -> None:
    assert posted_on(Block("paragraph", line)) == ""
    assert dateline(Block("paragraph", line)) == ""


@pytest.mark.parametrize("begins", ["3 October 2022 – ", "London, 3 October 2022: ", "3 October 2022 | "])
def test_a_dateline_gives_the_day_of_posting_and_its_sentence_is_read(begins: str) -> None:
    body = f"<h1>SEC v63.0 published</h1><p>{begins}SEC v63.0 came into effect on 29 September 2022.</p>"
    assert said(body, "news") == {"63.0 posted_on 2022-10-03", "63.0 effective_on 2022-09-29"}


@pytest.mark.parametrize(
    "sentence",
    [
        "MP156 was implemented on 10 October 2022, when SEC v63.0 came into effect.",
        "Until 10 October 2022, the day on which SEC v63.0 takes effect, nothing changes.",
        "SEC v63.0 is due to come into effect on 10 October 2022.",
    ],
)
def test_the_day_of_effect_may_stand_before_the_version(sentence: str) -> None:
    assert "63.0 effective_on 2022-10-10" in post(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We expect SEC v63.0 to take effect on 10 October 2022, subject to the Authority’s decision.",
        "SEC v63.0 could come into effect on 10 October 2022.",
        "If the Authority approves it, SEC v63.0 will take effect on 10 October 2022.",
        "SEC v63.0 will take effect on 10 October 2022 if the Authority approves MP156.",
        "We propose that SEC v63.0 takes effect on 10 October 2022.",
        "The date provisionally set for SEC v63.0 to take effect is not yet 10 October 2022.",
        "SEC v63.0 is to take effect on 10 October 2022, provided that Ofgem agrees.",
    ],
)
def test_a_day_of_effect_that_depends_on_a_decision_is_none(sentence: str) -> None:
    assert "63.0 effective_on 2022-10-10" not in post(sentence)


@pytest.mark.parametrize(
    "label", ["In force from", "Effective date", "Takes effect on", "Came into effect", "Effective from", "Live from"]
)
def test_a_box_of_facts_gives_the_day_of_effect(label: str) -> None:
    box = f"<table><tr><th>Version</th><td>v63.0</td></tr><tr><th>{label}</th><td>10 October 2022</td></tr></table>"
    assert "63.0 effective_on 2022-10-10" in said(f"<h1>SEC v63.0 published</h1>{box}", "news")


@pytest.mark.parametrize(
    "told",
    [
        "MP210 was meant to be here as well; the Authority has not yet decided on it.",
        "MP210, which deals with the charges for audits, was rejected by the Change Board.",
        "MP210 has been sent back by the Authority.",
        "MP210 was withdrawn on 5 September 2022.",
        "MP210 will follow in SEC v64.0.",
        "MP210 is still in the Refinement Process.",
        "MP210 should have come with it.",
    ],
)
def test_what_a_version_did_not_bring_it_does_not_implement(told: str) -> None:
    found = post("SEC v63.0 came into effect on 29 September 2022 to implement MP202 ‘Firmware notes’.", told)
    assert {fact for fact in found if " implements " in fact} == {"63.0 implements MP202"}


@pytest.mark.parametrize(
    "sentences",
    [
        "Section A and Schedule 8 will be amended.",
        "Section A has also been amended, and Schedule 8 has been changed too.",
        "What parts of the SEC were affected? Section A ‘Definitions and Interpretation’ and Schedule 8 ‘GBCS’.",
        "Which SEC documents have changed? They are Section A and Schedule 8.",
        "The affected parts are Section A and Schedule 8.",
    ],
)
def test_the_parts_that_a_version_affects(sentences: str) -> None:
    found = post("SEC v63.0 came into effect on 29 September 2022.", sentences)
    assert {"63.0 affects_part Section A", "63.0 affects_part Schedule 8"} <= found


@pytest.mark.parametrize(
    "lead",
    [
        "This version brings three new Appendices into the SEC:",
        "It adds two new Appendices:",
        "SEC v63.0 contains the following new Appendices:",
        "With it the SEC gains new Appendices:",
        "New Appendices have been introduced:",
    ],
)
def test_parts_below_words_that_call_them_new_are_added(lead: str) -> None:
    body = (
        f"<h1>SEC v63.0 published</h1><p>{lead}</p><ul><li>Appendix AC ‘Inventory’</li><li>Appendix AD ‘DUIS’</li></ul>"
    )
    assert {"63.0 adds_part Appendix AC", "63.0 adds_part Appendix AD"} <= said(body, "news")


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("The Change Board approved MP230. The vote, under Self-Governance, was taken on 24 April 2024.", "MP230"),
        ("The Change Board voted to reject MP230 on the same day, 24 April 2024.", "MP230"),
        ("MP230 goes to the Change Board. The vote will take place on 24 April 2024.", "MP230"),
        ("The Change Board will decide on MP230. Its vote is due on 24 April 2024.", "MP230"),
    ],
)
def test_the_day_of_a_vote(sentence: str, fact: str) -> None:
    assert f"{fact} change_board_vote_on 2024-04-24" in post(sentence, heading="Decisions")


@pytest.mark.parametrize(
    "sentence",
    [
        "MP162 was removed from the scope and is now targeted for the November 2022 SEC Release.",
        "MP162 has dropped out of the scope but will now be in the November 2022 SEC Release.",
        "MP162 was removed from the scope of the June 2022 SEC Release.",
    ],
)
def test_what_leaves_a_scope_leaves_that_of_the_post_and_not_the_one_it_goes_to(sentence: str) -> None:
    found = post(sentence, heading="June 2022 SEC Release scope")
    assert "2022-06 out_of_scope MP162" in found
    assert "2022-11 out_of_scope MP162" not in found


BULLETIN = {
    "2024-06 go_live 2024-06-27",
    "MP214 status approved",
    "MP214 authority_decided_on 2024-01-18",
    "DP239 proposer Centrica",
    "DP239 raised_on 2024-03-04",
    "MP217 change_board_vote_on 2024-04-24",
}


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("SMART ENERGY CODE BULLETIN\n\nSpring 2024", ""),
        ("SEC Focus\n\nIssue 84", ""),
        ("SEC Focus\n\nCan’t read this? View it in your browser.", ""),
        ("SEC Focus\n\nSpring 2024", "You are receiving this because you are a SEC Party.\n"),
        ("SEC Focus\n\nSpring 2024", "Sent by SECAS to everyone on its list. To leave, reply with STOP.\n"),
    ],
)
def test_what_was_sent_by_mail_is_a_newsletter_whatever_it_is_called(top: str, foot: str) -> None:
    body = (
        f"{top}\n\nRELEASES\n\nThe June 2024 SEC Release goes live on Thursday 27 June 2024.\n\nWHAT MOVED\n\n"
        "MP214 ‘Maximum Demand Registers for Export’\nThe Authority approved this modification on 18 January 2024.\n\n"
        "DP239 ‘Data retention by the DCC’\nA new Draft Proposal, raised by Centrica on 4 March 2024.\n\n"
        "MP217 ‘Device Selection Methodology’\nThe Change Board will vote on 24 April 2024.\n\n"
        f"SAVE THE DATE\n\nSEC 101 for newcomers, 9 May 2024, online.\n\n{foot}"
    )
    assert said(body) >= BULLETIN


def test_the_sites_start_and_the_answer_to_a_search_claim_nothing() -> None:
    teaser = (
        "<h3>MP256 ‘Visibility of Alerts’: have your say</h3><p>12 May 2025</p><p>Open until 6 June 2025. The […]</p>"
    )
    other = "<h3>SEC v73.0 released to implement MP239</h3><p>2 May 2025</p><p>An updated version of the SEC […]</p>"
    assert said(f"<h1>Smart metering, one Code</h1><p>Find out more.</p>{teaser}{other}") == set()
    assert (
        said("<title>You searched for DP290</title><h1>Search: “DP290 raised on 4 May 2026”</h1><p>0 results.</p>")
        == set()
    )


@pytest.mark.parametrize(
    ("link", "title", "text"),
    [
        (
            "https://www.sec.gov/rules/sro/34-90001.htm",
            "Release approved",
            "The rule change takes effect on 4 May 2026.",
        ),
        (
            "https://example.com/news/1",
            "SEC Release No. 34-90001",
            "The Securities and Exchange Commission approved SR-DTC-2026-002 under 17 CFR 240.",
        ),
    ],
)
def test_a_feeds_entry_of_the_other_sec_is_refused_by_host_and_by_words(link: str, title: str, text: str) -> None:
    item = f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
    assert said(f'<rss version="2.0"><channel><title>SEC</title>{item}</channel></rss>', "feed") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "The Panel agreed to convert DP124 to a Modification Proposal on 21 August 2020.",
        "On 21 August 2020 the Change Sub-Committee decided to convert DP124.",
        "The Panel approved the conversion of DP124 on 21 August 2020.",
    ],
)
def test_the_day_of_a_conversion_where_only_the_heading_names_the_modification(sentence: str) -> None:
    found = post(sentence, heading="MP124 moves to the Refinement Process")
    assert {"MP124 converted_on 2020-08-21", "MP124 draft_proposal DP124"} <= found


def test_a_conversion_to_come_is_none() -> None:
    found = post("The Panel will decide whether to convert DP124 on 21 August 2020.", heading="MP124 and its future")
    assert "MP124 converted_on 2020-08-21" not in found


@pytest.mark.parametrize("tag", ["<p>{}</p>", "<li>{}</li>"])
def test_rows_below_a_meeting_that_decided_are_decided_on_its_day(tag: str) -> None:
    rows = "".join(tag.format(row) for row in ("MP148 ‘Firmware’ – approved", "MP150 ‘Alerts’ – rejected"))
    body = f"<h1>Decisions</h1><p>The Change Board met on 24 November 2021 and decided:</p>{rows}"
    assert {
        "MP148 status approved",
        "MP148 change_board_vote_on 2021-11-24",
        "MP150 status rejected",
        "MP150 change_board_vote_on 2021-11-24",
    } <= said(body, "news")
