"""What can't be believed: pages that are none, other counts than the prose gives, rows that are gone at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain import bodies, checks
from bot.domain.claims import Claim, Doubt, Evidence, Reading
from bot.ports import Page
from watchers.read import decoded, read_page

URL = "https://smartenergycodecompany.co.uk/november-2021-sec-release/"


def page(body: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    return Page(url, raw, content_type, datetime(2021, 11, 5, tzinfo=UTC))


def claim(attribute: str, value: str, subject: str = "release:2021-11", quote: str = "") -> Claim:
    return Claim(subject, attribute, value, Evidence(quote or value))


def scope(*ids: str) -> tuple[Claim, ...]:
    return tuple(claim("in_scope", id_) for id_ in ids)


def reasons(doubts: tuple[Doubt, ...]) -> list[str]:
    return [doubt.reason for doubt in doubts if doubt.grave]


TEN = ("SECMP0007", "MP077", "MP090", "MP105", "MP138", "MP150", "MP157", "MP158", "MP164", "MP180")

NOT_THE_PAGE = {
    "log_in": (
        "<title>Log in</title><h1>Log in</h1><form>Username <input> Password <input></form><p>Lost your password?</p>"
    ),
    "challenge": (
        "<title>Just a moment...</title><h1>Checking your browser</h1><p>Enable JavaScript and cookies to "
        "continue. Ray ID: 6a1</p>"
    ),
    "not_found": "<title>Page not found</title><h1>Oops! That page can’t be found.</h1><p>Try a search.</p>",
    "maintenance": (
        "<title>Maintenance</title><h1>Briefly unavailable for scheduled maintenance</h1><p>Check back in a minute.</p>"
    ),
    "forbidden": "<title>403 Forbidden</title><h1>Access denied</h1><p>You don’t have permission to see this page.</p>",
    "empty": "<html><body></body></html>",
    "cookie_wall": (
        "<title>Before you continue</title><h2>We value your privacy</h2><p>Please accept our cookies to continue to "
        "the site, or manage your choices.</p>"
    ),
    "password_protected": (
        "<title>Protected: November 2021 SEC Release</title><h1>Protected: November 2021 SEC Release</h1><p>This "
        "content is password protected. To view it please enter your password below.</p>"
    ),
    "directory": "<title>Index of /uploads</title><h1>Index of /uploads</h1><ul><li>MP077-report.pdf</li></ul>",
    "error_answer": '{"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}',
}


@pytest.mark.parametrize("reason", NOT_THE_PAGE)
def test_a_page_that_is_only_a_notice_is_not_believed_and_claims_nothing(reason: str) -> None:
    reading = read_page(page(NOT_THE_PAGE[reason]), "release-page")
    assert reasons(reading.doubts) == [reason]
    assert reading.claims == ()


def test_a_page_of_which_only_the_title_came_is_empty() -> None:
    reading = read_page(page("<html><head><title>November 2021 SEC Release</title></head><body></body></html>"))
    assert reasons(reading.doubts) == ["empty"]


def test_a_page_that_is_not_found_is_not_believed_though_it_lists_the_newest_posts_below() -> None:
    posts = "".join(f"<li>MP{n} ‘Title {n}’ – Approved</li>" for n in range(100, 106))
    body = f"<title>Page not found</title><h1>We cannot find that page</h1><p>November 2021</p><ul>{posts}</ul>"
    reading = read_page(page(body), "release-page")
    assert reasons(reading.doubts) == ["not_found"]
    assert reading.claims == ()


def test_a_page_at_a_release_s_address_that_nowhere_names_it_is_another_page() -> None:
    body = "<h1>Range of Home Area Networks</h1><p>Implementation date: 27 June 2024. SECAS has the text.</p>"
    reading = read_page(page(body), "release-page")
    assert reasons(reading.doubts) == ["another_page"]


@pytest.mark.parametrize(
    "words",
    [
        "The BSC Panel approved P482 for the November 2021 Release. Elexon goes live on 4 November 2021.",
        "RECCo: R0147 goes live on 4 November 2021 in the November 2021 Release of the Retail Energy Code.",
        "DCP 401 is part of the November 2021 Release; DCUSA Parties vote on DCP 402.",
    ],
)
def test_another_code_s_release_is_not_ours(words: str) -> None:
    reading = read_page(page(f"<h1>November 2021 Release</h1><p>{words}</p>"), "release-page")
    assert reasons(reading.doubts) == ["other_code"]
    assert reading.claims == ()


def test_a_page_of_ours_may_name_other_codes() -> None:
    body = (
        "<h1>November 2021 SEC Release</h1><p>MP161 follows the Retail Energy Code (REC), R0032 and the BSC’s P482 and "
        "CP1601.</p><ul><li>MP161 ‘Retail Code Consolidation’ – Approved</li></ul>"
    )
    assert read_page(page(body)).believable


# --- rows and statuses -----------------------------------------------------------------------------------------------


def table(*rows: str) -> str:
    cells = "".join(f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in rows)
    head = "<h1>November 2021 SEC Release</h1><p>These modifications are in scope:</p>"
    return f"{head}<table><tr><th>Modification</th><th>Status</th></tr>{cells}</table>"


def test_a_status_never_seen_before_is_believed_as_printed_and_noted() -> None:
    reading = read_page(page(table("MP077 ‘Flagging’ | Parked", "MP090 ‘Alerts’ | Approved")))
    [note] = reading.doubts
    assert (note.reason, note.grave) == ("status_unknown", False)
    assert note.detail == "A status never seen before: “Parked” (MP077)."
    assert ("modification:MP077", "status", "other:Parked") in {
        (c.subject, c.attribute, c.value) for c in reading.claims
    }


def papers(count: int) -> Reading:
    rows = "".join(f"<li>MP{100 + n} (see annex {n})</li>" for n in range(count))
    good = "<li>MP090 ‘Alerts’ impacts GBCS</li>"
    body = f"<h1>SEC Panel paper</h1><p>This paper is for information of the SEC Panel.</p><ul>{good}{rows}</ul>"
    return read_page(page(body, "https://smartenergycodecompany.co.uk/paper/"), "paper")


def test_a_row_that_looks_like_ours_and_was_not_understood_is_noted_with_its_words() -> None:
    [note] = papers(1).doubts
    assert (note.reason, note.grave) == ("residue", False)
    assert "“MP100 (see annex 0)”" in note.detail


def test_rows_not_understood_are_grave_where_they_are_most_of_the_page() -> None:
    [doubt] = papers(6).doubts
    assert (doubt.reason, doubt.grave) == ("residue", True)
    assert doubt.detail.startswith("6 rows look like the Smart Energy Code's")
    assert doubt.detail.endswith("and 1 more.")


# --- the other SEC in feeds ------------------------------------------------------------------------------------------

OURS = (
    "SEC v50.0 released to implement MP077",
    "SEC v50.0 came into effect on 4 November 2021 and implements MP077 ‘DCC Service Flagging’. More is on our site.",
)
THEIRS = (
    "SEC Release No. 34-93432",
    (
        "Self-Regulatory Organizations; The Depository Trust Company; SR-DTC-2021-014. The rule is effective on 4 "
        "November 2021 under 17 CFR 240, and implements nothing of ours."
    ),
)


def feed(*entries: tuple[str, str]) -> Reading:
    items = "".join(
        f"<item><title>{title}</title><link>https://sec.example/{n}/</link><guid>{n}</guid>"
        f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{text}</content:encoded></item>'
        for n, (title, text) in enumerate(entries)
    )
    xml = f'<?xml version="1.0"?><rss version="2.0"><channel><title>SEC Release</title>{items}</channel></rss>'
    return read_page(page(xml, "https://news.example/feed/", "application/rss+xml"))


def test_entries_of_the_other_sec_are_refused_one_by_one() -> None:
    reading = feed(THEIRS, OURS, THEIRS)
    assert reading.believable
    assert [item.title for item in reading.items] == [OURS[0]]
    assert {claim.subject for claim in reading.claims} == {"version:50.0", "modification:MP077"}
    assert [(doubt.reason, doubt.grave) for doubt in reading.doubts] == [("other_sec", False)]


def test_a_feed_of_the_other_sec_alone_is_not_believed() -> None:
    reading = feed(THEIRS, THEIRS)
    assert reasons(reading.doubts) == ["other_sec"]
    assert reading.claims == ()


# --- bodies that break off -------------------------------------------------------------------------------------------


def test_a_page_that_stops_in_the_middle_of_a_tag_is_not_believed() -> None:
    whole = f"<html><body>{table('MP077 ‘Flagging’ | Approved', 'MP090 ‘Alerts’ | Approved')}</body></html>"
    cut = whole[: whole.index("<td>MP090") + 2]
    assert reasons(read_page(page(cut)).doubts) == ["cut_off"]
    assert read_page(page(whole)).believable


def test_a_page_that_never_closes_its_tags_is_believed() -> None:
    assert read_page(page(f"<html><body>{table('MP077 ‘Flagging’ | Approved')}".replace("</table>", ""))).believable


WHOLE = b"<!doctype html><html><body><p>a</p><p>MP077 MP090</p></body></html>"


@pytest.mark.parametrize(
    ("before", "now", "cut"),
    [
        (WHOLE, b"<!doctype html><html><!-- x --><body><p>a</p><p>MP077", True),
        (WHOLE, WHOLE, False),
        (WHOLE, b"<!doctype html><html><body><p>a</p></body></html>", False),
        (WHOLE, b"<p>a</p>", False),
        (b"MP077 'A'\nMP090 'Alerts'\n", b"MP077 'A'\n", True),
        (b"one\nMP077 'A' | Approved\nMP090\n", b"two\nMP077 'A' | App", True),
        (b"MP077 'A'\nMP090 'B'\n", b"MP077 'A'\nMP129 'C'\n", False),
        (b"", b"MP077", False),
    ],
)
def test_a_body_breaks_off_where_the_last_good_one_went_on(before: bytes, now: bytes, cut: bool) -> None:
    assert bodies.breaks_off(before, now) is cut


def test_a_body_that_lost_its_end_and_nothing_that_was_read_of_it_is_whole_enough() -> None:
    now = b"<!doctype html><html><body><p>a</p><p>MP077"
    reading = Reading("release-page", scope("MP077"), about="release:2021-11")
    assert bodies.cut_off(WHOLE, now, scope("MP077"), reading) == ()
    assert reasons(bodies.cut_off(WHOLE, now, scope("MP077", "MP090"), reading)) == ["cut_off"]


def test_a_page_that_only_mentions_logging_in_or_maintenance_is_believed() -> None:
    body = (
        "<title>November 2021 SEC Release</title><h1>November 2021 SEC Release</h1><p>The release went live "
        "on 4 November 2021."
        " The DCC’s Planned Maintenance ended; log in to CodeWorks for the text.</p><ul><li>MP077 ‘DCC "
        "Service Flagging’</li>"
        "<li>MP092 ‘Planned Maintenance’</li></ul>"
    )
    reading = read_page(page(body), "auto")
    assert reading.believable
    assert reading.kind == "release-page"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (
            "https://www.sec.gov/news/press-release/2021-220",
            "SEC announces results of the year. 4 November 2021 was a good day.",
        ),
        (
            URL,
            (
                "SEC Release No. 34-93432; File No. SR-DTC-2021-014. Self-Regulatory Organizations; The Depository "
                "Trust Company."
            ),
        ),
        (
            URL,
            (
                "The Securities and Exchange Commission adopted amendments to 17 CFR 240 and to Form 10-K on 4 "
                "November 2021."
            ),
        ),
    ],
)
def test_the_other_sec_is_refused_by_host_and_by_pattern(url: str, text: str) -> None:
    for kind in ("auto", "news", "release-page"):
        reading = read_page(page(f"<h1>November 2021 SEC Release</h1><p>{text}</p>", url), kind)
        assert reasons(reading.doubts) == ["other_sec"]
        assert reading.claims == ()


def test_the_smart_energy_code_is_not_taken_for_the_other_sec() -> None:
    texts = [
        "November 2021 SEC Release",
        "The Smart Energy Code (SEC) release includes MP077. SECAS helps; no exchange commission does.",
    ]
    assert checks.of_page(URL, "SECAS", texts) == ()


def test_a_page_of_another_site_claims_nothing_and_is_not_believed() -> None:
    bread = "<title>Bread</title><h1>Bread</h1><p>Mix flour and water, and let it rest until the evening.</p>"
    reading = read_page(page(bread, "https://example.org/bread/"))
    assert reasons(reading.doubts) == ["unrecognised"]
    assert reasons(
        read_page(page("<h1>Bread</h1><p>Mix flour and water, and let it rest.</p>"), "release-page").doubts
    ) == ["nothing"]


def test_what_cannot_be_outlined_is_a_doubt_and_never_an_error() -> None:
    for body, content_type in (
        (b"%PDF-1.7 broken", "application/pdf"),
        (b"\x00\xff\xfe\x00", "text/html"),
        (b"", "text/plain"),
    ):
        reading = read_page(page(body, content_type=content_type))
        assert not reading.believable
        assert reading.claims == ()


def test_an_unknown_kind_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"recipes is no kind of page; known: auto, .*feed.*news.*paper.*release-page"):
        read_page(page("x"), "recipes")


# --- counts ----------------------------------------------------------------------------------------------------------


def post(count: str, rows: int) -> Reading:
    items = "".join(f"<li>MP{100 + n} ‘Title {n}’</li>" for n in range(rows))
    body = (
        f"<h1>SEC v50.0 published for the November 2021 SEC Release</h1><p>SEC version 50.0 came into effect "
        f"on 4 November 2021 to implement the November 2021 SEC Release. This included {count} Modification "
        f"Proposals.</p><ul>{items}</ul>"
    )
    return read_page(page(body, "https://smartenergycodecompany.co.uk/latest-news/sec-v50/"), "news")


@pytest.mark.parametrize("count", ["five", "5", "Five"])
def test_a_count_in_prose_that_equals_the_rows_is_no_doubt(count: str) -> None:
    assert post(count, 5).doubts == ()


def test_one_post_that_counts_more_than_it_lists_stops_no_other_of_its_archive() -> None:
    short = "<h2>SEC v51.0 released</h2><p>11 November 2021</p><p>SEC v51.0 includes eight modifications.</p>"
    other = "<h2>SEC v50.0 released</h2><p>4 November 2021</p><p>SEC v50.0 implements MP077.</p>"
    body = f"<h1>News</h1>{short}<ul><li>MP128 ‘A’</li></ul>{other}"
    reading = read_page(page(body, "https://smartenergycodecompany.co.uk/latest-news/"), "news")
    assert [(doubt.reason, doubt.grave) for doubt in reading.doubts] == [("count_differs", False)]
    assert {item.key: item.truncated for item in reading.items} == {"sec-v51.0": True, "sec-v50.0": False}


def test_a_count_in_prose_that_differs_from_the_rows_is_a_doubt() -> None:
    [note] = post("six", 5).doubts
    assert (note.reason, note.grave) == ("count_differs", False)
    [doubt] = post("ten", 4).doubts
    assert (doubt.reason, doubt.grave) == ("count_differs", True)
    assert doubt.detail == "The page speaks of 10 modifications; 4 were read."


# --- against what was believed ---------------------------------------------------------------------------------------


def release(*ids: str, about: str = "release:2021-11") -> Reading:
    return Reading("release-page", scope(*ids), about=about)


def test_no_rows_where_there_were_rows() -> None:
    assert reasons(checks.believe(release(), scope(*TEN))) == ["rows_gone"]
    assert reasons(checks.believe(release(), scope(*TEN[:2]))) == ["rows_gone"]


def test_half_of_the_rows_gone_at_once() -> None:
    assert checks.believe(release(*TEN[5:]), scope(*TEN)) == ()
    assert reasons(checks.believe(release(*TEN[6:]), scope(*TEN))) == ["half_gone"]


def test_three_rows_of_a_small_table_may_go() -> None:
    assert checks.believe(release("MP077"), scope("MP077", "MP090", "MP105", "MP138")) == ()


def test_that_every_status_changed_is_news_and_no_doubt() -> None:
    before = scope(*TEN) + tuple(claim("status", "targeted", f"modification:{id_}") for id_ in TEN)
    after = Reading(
        "release-page",
        scope(*TEN) + tuple(claim("status", "implemented", f"modification:{id_}") for id_ in TEN),
        about="release:2021-11",
    )
    assert checks.believe(after, before) == ()


def test_another_page_at_this_address() -> None:
    other = Reading(
        "release-page", tuple(claim("in_scope", id_, "release:2022-06") for id_ in TEN), about="release:2022-06"
    )
    assert reasons(checks.believe(other, scope(*TEN))) == ["another_page"]


def test_a_stream_that_slid_on_and_a_first_reading_are_believed() -> None:
    assert checks.believe(Reading("news", (), stream=True), scope(*TEN)) == ()
    assert checks.believe(release(*TEN), ()) == ()


# --- bytes to text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        ("MP077 ‘DCC’".encode(), "text/html; charset=iso-8859-1"),
        ("MP077 ‘DCC’".encode("cp1252"), "text/html; charset=utf-8"),
        ("MP077 ‘DCC’".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("MP077 ‘DCC’".encode("cp1252"), "text/html; charset=no-such-thing"),
        (b"\xef\xbb\xbf" + "MP077 ‘DCC’".encode(), "text/html"),
        (b"\xff\xfe" + "MP077 ‘DCC’".encode("utf-16-le"), "text/html"),
    ],
)
def test_the_bytes_tell_the_encoding_before_the_label_does(body: bytes, declared: str) -> None:
    assert decoded(body, declared) == "MP077 ‘DCC’"


@pytest.mark.parametrize(
    "title",
    [
        "MP140 ‘Notice of scheduled maintenance by the DCC’",
        "MP141 ‘Users whose session has expired’",
        "MP142 ‘Members only access to SEC website’",
    ],
)
def test_what_a_modification_is_called_is_no_notice(title: str) -> None:
    table = "<tr><th>Stage</th><td>Refinement Process</td></tr><tr><th>Proposer</th><td>EDF</td></tr>"
    reading = read_page(page(f"<title>{title}</title><h1>{title}</h1><table>{table}</table>"))
    assert reading.believable, reading.reason
    assert ("status", "refinement") in {(one.attribute, one.value) for one in reading.claims}


def consultations(**closes: str) -> Reading:
    claims = [Claim(f"modification:{id_}", "consultation_closes_on", day, Evidence(id_)) for id_, day in closes.items()]
    return Reading("consultations", tuple(claims))


def test_a_list_of_consultations_that_loses_most_of_its_open_rows_is_doubted() -> None:
    before = consultations(**{f"MP{n}": "2026-12-04" for n in range(100, 110)})
    left = consultations(MP100="2026-12-04")
    on = date(2026, 11, 26)
    assert reasons(checks.believe(left, before.claims, on)) == ["half_gone"]
    assert checks.believe(left, before.claims, date(2026, 12, 5)) == ()  # they have closed by then
    moved = consultations(**{f"MP{n}": "2026-12-11" for n in range(100, 110)})
    assert checks.believe(moved, before.claims, on) == ()
    assert checks.believe(left, before.claims) == ()


def test_a_scope_of_which_the_page_tells_what_went_is_believed() -> None:
    out = tuple(Claim("release:2021-11", "out_of_scope", id_, Evidence(id_)) for id_ in TEN[:6])
    told = Reading("release-page", (*scope(*TEN[6:]), *out), about="release:2021-11")
    assert checks.believe(told, scope(*TEN)) == ()
