"""A modification that comes in steps: no answer, alert or notice takes a part of it for the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import views
from bot.domain.changes.implementation_moved import of_a_part
from bot.domain.claims import Claim, Evidence, Statement
from bot.domain.steps import next_step
from tests.saying import found, headline, noon, page, scope, spoken, statement

EARLY = "The legal text of MP090 for Appendix R comes early: it will be implemented on 24 June 2021."
WHOLE = "MP090, which changes Appendix R, will be implemented on 24 June 2021."


def brought_forward(quote: str, go_live: str = "2021-11-04") -> str:
    dated = Claim("modification:MP090", "implementation", "2021-06-24", Evidence(quote))
    [change] = found(scope("2021-11", "MP090"), (*scope("2021-11", "MP090"), dated))
    placed = {**change.facts, "in_release": "2021-11", "in_release_go_live": go_live}
    return spoken(replace(change, facts=placed))


def test_a_part_that_is_brought_forward_is_told_as_a_part_and_its_release_stays() -> None:
    first, *more = brought_forward(EARLY).split("\n")
    assert first == "MP090 ‘Title of 090’: a part, for Appendix R, is implemented on 24 June 2021"
    assert "It is in scope of the November 2021 SEC Release; go-live there stays 4 November 2021." in more


def test_a_date_of_the_whole_modification_is_not_told_as_a_part() -> None:
    assert brought_forward(WHOLE).startswith("MP090 ‘Title of 090’: implementation on 24 June 2021")
    assert "a part" not in brought_forward(EARLY, go_live="2021-06-24")


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        (EARLY, "Appendix R"),
        ("The changes to Schedule 8 will be implemented on 24 June 2021.", "Schedule 8"),
        ("The changes to Schedule 8 and those to Section H will be implemented on 24 June 2021.", ""),
        (WHOLE, ""),
        ("MP090 will be implemented on 24 June 2021.", ""),
    ],
)
def test_only_words_about_one_part_of_the_sec_date_a_part(quote: str, part: str) -> None:
    assert of_a_part(quote) == part


def test_a_move_does_not_say_that_what_is_in_scope_is_not() -> None:
    before = page(("modification:MP099", "targeted_release", "2021-11"))
    [change] = found(before, page(("modification:MP099", "targeted_release", "2022-11")))
    assert headline(change) == "MP099 moves from November 2021 to November 2022"
    assert "not yet" not in spoken(change)
    assert "/sec release November 2022 scope" in spoken(change)


# --- asked for, and held against other sources -----------------------------------------------------------------------

TODAY = date(2022, 7, 18)
TWO_DAYS = (
    ("modification:MP015", "implementation", "2022-06-30"),
    ("modification:MP015", "implementation", "2022-11-03"),
)


def in_two_steps(*, dated: bool = True) -> list[Statement]:
    june, november = scope("2022-06", "MP015", status="implemented"), scope("2022-11", "MP015")
    return [
        *(statement(claim, "june page", at=noon(2022, 6, 30)) for claim in (*june, *page(*TWO_DAYS if dated else ()))),
        *(statement(claim, "november page", at=noon(2021, 9, 1)) for claim in november),
    ]


def test_sources_that_tell_of_different_steps_of_one_modification_do_not_disagree() -> None:
    one = views.modification("MP015", in_two_steps())
    assert one
    assert one.disagreements == ()


def test_two_statuses_of_what_comes_on_one_day_are_a_disagreement() -> None:
    one = views.modification("MP015", in_two_steps(dated=False))
    assert one
    assert [fact.value for fact in one.disagreements[0].facts] == ["implemented", "targeted"]


def test_a_source_that_lists_it_in_no_other_release_disagrees() -> None:
    said = [one for one in in_two_steps() if (one.source, one.claim.attribute) != ("november page", "in_scope")]
    one = views.modification("MP015", said)
    assert one
    assert len(one.disagreements) == 1


def test_the_next_step_is_the_nearest_day_to_come() -> None:
    assert next_step(["2022-06-30", "2022-11", "2022-11-03"], TODAY) == "2022-11-03"
    assert next_step(["2022-06-30", "2022-11"], TODAY) == "2022-11"
    assert next_step(["2022-06-30"], TODAY) == ""
