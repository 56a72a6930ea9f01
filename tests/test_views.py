"""What people ask for, folded from what sources say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import views
from bot.domain.claims import Claim, Statement
from bot.ports import Some
from tests.saying import found, noon, page, scope, statement, told

R, M = "release:2021-11", "modification:MP090"
PAPER, PAGE, POST = noon(2020, 5, 26), noon(2021, 9, 22), noon(2021, 11, 5)


def says(claims: Sequence[Claim], source: str = "release page", **how: object) -> list[Statement]:
    return [statement(claim, source, **{"at": PAGE, **how}) for claim in claims]  # type: ignore[arg-type]


def paper(*facts: tuple[str, str, str]) -> list[Statement]:
    return says(page(*facts, item="opsg-33"), "papers", at=PAPER, posted_on="2020-05-26")


def post(*facts: tuple[str, str, str]) -> list[Statement]:
    return says(page(*facts, item="v50"), "news", at=POST, posted_on="2021-11-04")


def asked(statements: Sequence[Statement]):  # type: ignore[no-untyped-def]
    """A store's `statements` over a list."""

    def ask(subject: Some | None = None, attribute: Some | None = None, value: Some | None = None) -> list[Statement]:
        return [
            one
            for one in statements
            if fits(subject, one.claim.subject)
            and fits(attribute, one.claim.attribute)
            and fits(value, one.claim.value)
        ]

    def fits(asked: Some | None, value: str) -> bool:
        return asked is None or value in ((asked,) if isinstance(asked, str) else asked)

    return ask


def modification(id_: str, statements: Sequence[Statement], **how: object) -> views.Modification:
    view = views.modification(id_, views.about_modification(id_, asked(statements)), **how)  # type: ignore[arg-type]
    assert view
    return view


def release(key: str, statements: Sequence[Statement]) -> views.Release:
    view = views.release(key, views.about_release(key, asked(statements)))
    assert view
    return view


MP090 = [
    *paper(
        (M, "title", "Incorporation of Non GBCS Alerts"),
        (M, "targeted_year", "2021"),
        (M, "affects", "GBCS"),
        (M, "may_affect", "DUIS"),
    ),
    *says(scope("2021-11", "MP077", status="implemented")),
    *says(page((R, "in_scope", "MP090"), (M, "title", "Incorporation of Non-GBCS alerts"), (M, "status", "targeted"))),
    *post(
        ("version:50.0", "effective_on", "2021-11-04"),
        ("version:50.0", "implements", "MP090"),
        (M, "status", "implemented"),
    ),
]


def test_a_modification_tells_its_life_in_order_of_time():
    life = modification("MP090", MP090).life
    assert [(event.when, event.source, event.what) for event in life] == [
        ("2020-05-26", "papers", "candidate for 2021; GBCS; DUIS to be confirmed"),
        ("2021-09-22", "release page", "in scope of November 2021; Targeted"),
        ("2021-11-04", "news", "Implemented; SEC v50.0 on 4 November 2021"),
    ]


def test_the_newest_statement_counts_and_is_kept_as_proof():
    view = modification("MP090", MP090)
    assert view.status
    assert (view.status.value, view.status.statement.source) == ("implemented", "news")
    assert view.in_scope_of() == ("2021-11",)
    assert [(number, fact.value) for number, fact in view.versions] == [("50.0", "2021-11-04")]


def test_a_page_that_lags_behind_is_a_disagreement_and_an_old_paper_is_none():
    view = modification("MP090", [*MP090, *paper((M, "status", "refinement"))])
    [disagreement] = view.disagreements
    assert [(fact.value, fact.statement.source) for fact in disagreement.facts] == [
        ("implemented", "news"),
        ("targeted", "release page"),
    ]


def test_titles_that_differ_in_words_are_names_over_time_in_their_latest_form():
    retitled = says(page((M, "title", "Alerts outside the GBCS")), "modification page", at=noon(2021, 10, 1))
    view = modification("MP090", [*MP090, *retitled])
    assert [fact.value for fact in view.names] == ["Incorporation of Non-GBCS alerts", "Alerts outside the GBCS"]
    assert view.title
    assert view.title.value == "Alerts outside the GBCS"


def test_a_draft_proposal_and_its_modification_are_one():
    statements = [
        *paper(("modification:DP124", "title", "DUIS for SMETS1 Alerts"), ("release:2020-11", "in_scope", "DP124")),
        *says(page(("modification:MP124", "status", "approved"))),
    ]
    view = modification("MP124", statements)
    assert view.also == ("DP124",)
    assert view.title
    assert view.title.value == "DUIS for SMETS1 Alerts"
    assert modification("DP124", statements).also == ("MP124",)


def test_what_is_confirmed_is_not_left_open():
    confirmed = says(page((M, "affects", "DUIS")), "modification page")
    view = modification("MP090", [*MP090, *confirmed])
    assert [fact.value for fact in view.affects] == ["GBCS", "DUIS"]
    assert view.may_affect == ()


def test_a_page_that_lists_the_scope_without_it_knows_better_than_an_old_paper():
    statements = [*paper((R, "in_scope", "MP129")), *says(scope("2021-11", "MP077"))]
    [place] = modification("MP129", statements).releases
    assert (place.release, place.state) == ("2021-11", "was_in_scope")


def test_a_newer_paper_that_lists_the_scope_without_it_overtakes_the_older():
    newer = says(page((R, "in_scope", "MP077"), item="opsg-40"), "papers", at=PAGE, posted_on="2020-12-01")
    [place] = modification("MP129", [*paper((R, "in_scope", "MP129")), *newer]).releases
    assert place.state == "was_in_scope"
    assert modification("MP077", newer).in_scope_of() == ("2021-11",)


def test_what_a_page_tells_to_have_fallen_out_is_out():
    statements = says((*scope("2021-11", "MP077"), *page((R, "out_of_scope", "MP149"))))
    gone = says(page((R, "in_scope", "MP149")), current=False, at=PAPER)
    [place] = modification("MP149", [*gone, *statements]).releases
    assert place.state == "out_of_scope"


def test_what_is_only_proposed_is_not_in_scope():
    view = modification("MP090", says(page((M, "title", "A"), (R, "may_include", "MP090"))))
    assert view.in_scope_of() == ()
    assert [place.state for place in view.releases] == ["may_include"]


def test_a_departure_stands_in_the_life_though_no_page_says_it_any_more():
    [change] = found(scope("2021-11", "MP077", "MP129"), scope("2021-11", "MP077"))
    statements = [
        *says(page((R, "in_scope", "MP129")), current=False, at=noon(2021, 3, 1)),
        *says(scope("2021-11", "MP077"), at=noon(2021, 3, 1)),
    ]
    life = modification("MP129", statements, told=[told(change, "release page", at=noon(2021, 9, 20))]).life
    assert [(event.when, event.what) for event in life] == [
        ("2021-03-01", "in scope of November 2021"),
        ("2021-09-20", "left the scope of November 2021"),
    ]


def test_decisions_votes_and_dates_stand_in_their_order():
    view = modification(
        "MP090",
        paper(
            (M, "decision_cut_off", "2020-10-22"),
            (M, "change_board_vote_on", "2020-07-22"),
            (M, "panel_presentation_on", "2020-06-19"),
            (M, "change_board_recommendation", "reject"),
            (M, "implementation", "2021-11-04"),
            (M, "implementation", "2021-06-24"),
        ),
    )
    assert [fact.attribute for fact in view.votes] == [
        "panel_presentation_on",
        "change_board_vote_on",
        "decision_cut_off",
    ]
    assert [fact.value for fact in view.implementation] == ["2021-06-24", "2021-11-04"]
    assert [fact.value for fact in view.decisions] == ["reject"]


def test_a_target_that_came_true_or_was_overtaken_is_history():
    target = paper((M, "targeted_release", "2021-11"))
    assert modification("MP090", target).targeted
    assert modification("MP090", [*target, *post((M, "implementation", "2022-06-30"))]).targeted is None
    view = modification(
        "MP090",
        [*target, *post(("version:61.0", "implements", "MP090"), ("version:61.0", "implements_release", "2022-06"))],
    )
    assert view.targeted is None
    assert [(number, fact.value) for number, fact in view.brought_by] == [("61.0", "2022-06")]


def test_what_was_split_tells_its_parts_and_is_never_split_from_itself():
    parts = post(("modification:MP128B", "split_from", "MP128"), ("modification:MP128A", "split_from", "MP128"))
    view = modification("MP128", parts)
    assert [event.what for event in view.life] == ["split into MP128A and MP128B"]
    assert view.split_from is None
    part = modification("MP128B", parts)
    assert [event.what for event in part.life] == ["split from MP128"]


def test_a_part_tells_once_of_what_it_was_split_and_never_that_it_was_split_itself():
    parts = page(("modification:MP128A", "split_from", "MP128"), ("modification:MP128B", "split_from", "MP128"))
    [split] = [one for one in found((), parts) if one.kind == "split"]
    for known in (says(parts), says(scope("2021-11", "MP128A"))):
        life = modification("MP128A", known, told=[told(split, at=PAGE)]).life
        assert [event.what for event in life if "split" in event.what] == ["split from MP128"]


def test_nothing_known_is_none():
    assert views.modification("MP999", MP090) is None
    assert views.release("2031-11", MP090) is None
    assert views.version("1.0", MP090) is None


# --- a release -------------------------------------------------------------------------------------------------------

NOVEMBER = says(
    (
        *page(
            (R, "name", "November 2021 SEC Release"), (R, "go_live", "2021-11-04"), (R, "baselined_on", "2021-05-14")
        ),
        *scope("2021-11", "MP077", "MP090", status="implemented"),
        *page(
            (R, "out_of_scope", "MP149"),
            (R, "document", "Appendix AD"),
            (R, "document", "Schedule 8"),
            ("document:2021-11/Schedule 8", "version", "4.1"),
            ("document:2021-11/Schedule 8", "draft", "5"),
            ("document:2021-11/Schedule 8", "title", "GB Companion Specification"),
            (R, "change_request", "CR1145"),
            ("change_request:CR1145", "title", "Load Control"),
        ),
    )
)


def test_a_release_has_its_scope_with_titles_and_statuses_in_page_order():
    view = release("2021-11", [*NOVEMBER, *post(("version:50.0", "implements_release", "2021-11"))])
    assert [(one.id, one.title, one.status and one.status.value) for one in view.scope] == [
        ("MP077", "Title of 077", "implemented"),
        ("MP090", "Title of 090", "implemented"),
    ]
    assert [one.id for one in view.left] == ["MP149"]
    assert view.versions == ("50.0",)


def test_a_release_has_its_documents_in_order_and_its_change_requests():
    view = release("2021-11", NOVEMBER)
    assert [(d.part, d.title, d.version, d.draft) for d in view.documents] == [
        ("Schedule 8", "GB Companion Specification", "4.1", "5"),
        ("Appendix AD", "", "", ""),
    ]
    assert [(id_, title) for id_, title, _ in view.change_requests] == [("CR1145", "Load Control")]


def test_a_go_live_that_is_only_proposed_is_never_taken_for_settled():
    view = release("2020-11", paper(("release:2020-11", "proposed_go_live", "2020-11-29")))
    assert view.go_live is None
    assert (view.date, view.name) == ("2020-11-29", "November 2020 SEC Release")


def test_two_pages_that_give_two_go_lives_both_stand():
    other = says(page((R, "go_live", "2021-11-29")), "news", at=noon(2021, 10, 1))
    view = release("2021-11", [*NOVEMBER, *other])
    assert view.go_live
    assert view.go_live.value == "2021-11-29"
    assert [fact.value for fact in view.disagreements[0].facts] == ["2021-11-29", "2021-11-04"]


def test_in_a_release_the_status_that_its_own_page_gives_counts():
    later = says(page(("modification:MP077", "status", "withdrawn")), "news", at=POST)
    [first, _] = release("2021-11", [*NOVEMBER, *later]).scope
    assert (first.status and first.status.value) == "implemented"
    assert (first.anywhere and first.anywhere.value) == "withdrawn"


def test_a_date_is_proven_by_the_releases_own_page_where_it_says_the_same():
    other = says(page((R, "go_live", "2021-11-04")), "news", at=noon(2021, 10, 1))
    view = release("2021-11", [*NOVEMBER, *other])
    assert view.go_live
    assert view.go_live.statement.source == "release page"


def test_a_scope_has_each_modification_once_whatever_it_was_called():
    drafts = paper((R, "in_scope", "DP124"))
    now = says(page((R, "in_scope", "DP124"), (R, "in_scope", "MP124")))
    assert views.scope_of("2021-11", [*drafts, *now]) == ["MP124"]


def test_the_next_releases_come_by_go_live_else_by_the_month_of_their_name():
    keys = {"2021-11": "2021-11-04", "2022-06": "2022-06-30", "2020-11": "2020-11-29"}
    known = [release(key, says(page((f"release:{key}", "go_live", on)))) for key, on in keys.items()]
    unknown = release("2022-02", says(page(("release:2022-02", "name", "February 2022 SEC Release"))))
    ahead = views.next_releases([*known, unknown], date(2021, 11, 4))
    assert [one.key for one in ahead] == ["2021-11", "2022-02", "2022-06"]
    assert [one.key for one in views.next_releases([*known, unknown], date(2022, 2, 28))] == ["2022-02", "2022-06"]


# --- a version -------------------------------------------------------------------------------------------------------


def test_a_version_has_what_it_implements_and_affects():
    version = "version:50.0"
    statements = [
        *NOVEMBER,
        *post(
            (version, "effective_on", "2021-11-04"),
            (version, "implements_release", "2021-11"),
            (version, "implements", "MP077"),
            (version, "affects_part", "Appendix AD"),
            (version, "affects_part", "Section A"),
            (version, "change_resolution_proposal", "CRP613"),
            ("change_resolution_proposal:CRP613", "title", "Binding on rejoin"),
        ),
    ]
    view = views.version("50.0", views.about_version("50.0", asked(statements)))
    assert view
    assert [(one.id, one.title) for one in view.implements] == [("MP077", "Title of 077")]
    assert [fact.value for fact in view.parts] == ["Section A", "Appendix AD"]
    assert [(id_, title) for id_, title, _ in view.proposals] == [("CRP613", "Binding on rejoin")]
