"""What people type short or wrong: understood, or asked back; never taken for what was not named."""

from __future__ import annotations

import pytest

from bot.domain.follow import spans, wishes
from bot.domain.follow.groups import Misunderstood
from bot.ports import Store
from tests.knowing import asked, buttons, fill, text_of


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


@pytest.mark.parametrize("time", ["-3d", "- 3d", "-7 days", "+2 weeks", "−3d"])
def test_a_time_with_a_sign_is_a_time_and_no_modification(time: str) -> None:
    assert spans.split(f"MP102A {time}") == ("MP102A", time) or isinstance(
        wishes.named(f"MP102A {time}"), Misunderstood
    )


@pytest.mark.parametrize("said", ["MP102A -3d", "MP102A, -3d", "-3d", "MP102A and 30d", "30d"])
def test_no_modification_is_followed_or_muted_that_was_not_named(said: str) -> None:
    assert isinstance(wishes.named(said), Misunderstood)


def test_a_mute_into_the_past_is_refused(known: Store) -> None:
    asked(known, "subscribe everything", channel="C1")
    assert asked(known, "mute MP102A -3d", channel="C1").text == "Until when?"
    assert known.mutes("C1") == []


@pytest.mark.parametrize("question", ["30d", "-30d", "30 d"])
def test_a_number_of_days_by_itself_is_asked_back_both_ways(known: Store, question: str) -> None:
    assert buttons(asked(known, question))[:2] == ["since 30 days ago", "cutoffs 30d"]
    assert "SECMP0030D" not in text_of(asked(known, question))
