"""Home: what it shows, what it remembers, what can be done from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription
from bot.ports import Poll, Source, Store, Watch
from bot.render import Renderer
from tests.knowing import LONDON, NEWS, RELEASE_READ, fill, implemented, text_of
from tests.office import Office, read
from tests.slackish import Slack, event

NOW = datetime(2021, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


@pytest.fixture
def office(store: Store, web_api: Slack) -> Iterator[Office]:
    at_work = Office(store, web_api, NOW)
    yield at_work
    at_work.close()


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


def follows(store: Store, selector: str, **how: object) -> None:
    store.subscribe(replace(Subscription("U1", selector, "U1", NOW), **how))  # type: ignore[arg-type]


def test_an_empty_home_invites_and_says_that_nothing_was_read(office: Office) -> None:
    shown = read(office.opens_home())
    assert "Nothing yet. *Follow something* above" in shown
    assert "No page that was read names a release to come." in shown
    assert "No page is watched yet" in shown


@pytest.mark.usefixtures("known")
def test_home_shows_what_i_follow_the_next_release_and_that_reading_goes_well(office: Office, store: Store) -> None:
    follows(store, "modification:MP090", but_not=("kind:specifications",), delivery="weighty")
    follows(store, "release:2021-11", delivery="daily")
    shown = read(office.opens_home())
    assert "*MP090 ‘Incorporation of Non GBCS" in shown
    assert "Weighty changes at once, the rest in the daily digest" in shown
    assert "Except: Documents (Technical Specifications)" in shown
    assert "*November 2021*: go-live 4 November 2021, tomorrow" in shown
    assert "All is well: 3 pages read" in shown


@pytest.mark.usefixtures("known")
def test_a_source_that_cannot_be_read_is_named(office: Office, store: Store) -> None:
    store.watch([NEWS], NOW)
    store.record(Poll(Watch(NEWS, "failing", "502 Bad Gateway", NOW, NOW, NOW), NOW))
    shown = read(office.opens_home())
    assert "1 of 3 pages can’t be read well." in shown
    assert "can’t be reached" in shown
    assert "502 Bad Gateway" in shown


@pytest.mark.usefixtures("known")
def test_what_changed_since_i_looked_stays_for_some_minutes_and_is_then_seen(office: Office, store: Store) -> None:
    first = office.opens_home()
    assert "In the last seven days" in read(first)
    assert "Approved → Implemented" in read(first)
    assert store.person("U1").seq == store.last_seq()
    office.later(minutes=5)
    second = office.opens_home(first)
    assert "Approved → Implemented" in read(second)
    office.later(minutes=6)
    third = office.opens_home(second)
    assert "Since you last looked, 3 Nov 2021, 09:05 GMT" in read(third)
    assert "Nothing changed." in read(third)


@pytest.mark.usefixtures("known")
def test_all_changes_since_i_looked_are_one_press_away(office: Office, store: Store) -> None:
    store.looked("U1", 0, NOW - timedelta(days=3))
    office.press("All changes", office.opens_home())
    assert "1 change since Sunday 31 October 2021" in read(office.view("views.open"))


@pytest.mark.usefixtures("known")
def test_a_forged_memory_of_home_is_not_believed(office: Office, store: Store) -> None:
    store.looked("U1", store.last_seq(), NOW)
    for text in ("{}", "no json", '{"seq": 0, "looked_at": "", "shown_at": "2021-11-03T09:00:00"}', '{"seq": "x"}'):
        assert "Nothing changed." in read(office.opens_home({"private_metadata": text}))


@pytest.mark.usefixtures("known")
def test_what_i_do_not_follow_is_counted_and_not_told(office: Office, store: Store) -> None:
    follows(store, "modification:MP102A")
    shown = read(office.opens_home())
    assert "Nothing changed of what you follow." in shown
    assert "1 change to what you do not follow." in shown


@pytest.mark.usefixtures("known")
def test_what_home_only_counts_is_still_told_by_since(office: Office, store: Store) -> None:
    follows(store, "modification:MP102A")
    store.looked("U1", 0, NOW - timedelta(days=3))
    first = office.opens_home()
    office.later(hours=1)
    second = office.opens_home(first, seen=False)
    assert "Since you last looked, 3 Nov 2021, 09:00 GMT" in read(second)
    assert "1 change to what" not in read(second)
    since = office.answer("since", user="U1", channel="D1", again=False)
    assert since.facts["total"] == 1
    assert store.person("U1").seq == store.last_seq()


def test_home_is_not_shown_to_who_opens_the_messages(office: Office) -> None:
    office.app.dispatch(event(type="app_home_opened", user="U1", tab="messages"))
    office.opens_home()
    assert office.count("views.publish") == 1


@pytest.mark.usefixtures("known")
def test_what_is_dropped_in_home_is_gone_from_it_and_said(office: Office, store: Store) -> None:
    follows(store, "modification:MP090")
    shown = office.opens_home()
    office.press("Unsubscribe", shown)
    anew = office.view("views.publish", 1)
    assert store.subscriptions("U1") == []
    assert "*Done:*" in read(anew)
    assert "Nothing yet." in read(anew)
    assert "Approved → Implemented" in read(anew), "what changed since I looked is still there"


@pytest.mark.usefixtures("known")
def test_what_would_stop_something_is_asked_first_and_each_button_says_what_it_does(
    office: Office, store: Store
) -> None:
    follows(store, "modification:MP090")
    rows = [block["elements"] for block in office.opens_home()["blocks"] if block["type"] == "actions"]
    edit, mute, stop = next(row for row in rows if row[0]["text"]["text"] == "Edit")
    assert stop["confirm"]["title"]["text"] == "Stop following?"
    assert edit["accessibility_label"] == "Edit: MP090"
    assert mute["accessibility_label"] == "Mute 7 days: mute rule MP090 7d"
    ids = [one["action_id"] for row in rows for one in row]
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("known")
def test_what_is_muted_says_until_when_and_can_be_unmuted(office: Office, store: Store) -> None:
    follows(store, "modification:MP090")
    follows(store, "release:2021-11")
    store.mute(Mute("U1", "rule:modification:MP090", NOW + timedelta(days=2), "U1", NOW))
    store.mute(Mute("U1", "release:2021-11", NOW + timedelta(days=2), "U1", NOW))
    shown = office.opens_home()
    values = [one["value"] for block in shown["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert read(shown).count("*Muted* until Friday 5 November 2021, 09:00 GMT") == 2
    assert "unmute rule MP090" in values
    assert "unmute November 2021" in values


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("muted", "said", "typed"),
    [
        ("everything", ", as everything is", "unmute everything"),
        ("modification:DP102A", ", with all else about it", "unmute MP102A"),
        ("kind:scope", "", "unmute scope"),
    ],
)
def test_home_says_of_each_mute_what_list_says(office: Office, store: Store, muted: str, said: str, typed: str) -> None:
    follows(store, "modification:MP102A")
    store.mute(Mute("U1", muted, NOW + timedelta(days=2), "U1", NOW))
    shown = office.opens_home()
    listed = text_of(Renderer(LONDON).reply(office.answer("list", user="U1", channel="D1", again=False)))
    values = [one["value"] for block in shown["blocks"] if block["type"] == "actions" for one in block["elements"]]
    until = "until Friday 5 November 2021, 09:00 GMT"
    assert until in listed
    assert (f"*Muted* {until}{said}" if said else until) in read(shown)
    assert typed in values


@pytest.mark.usefixtures("known")
def test_a_question_pressed_in_home_is_answered_in_a_modal(office: Office) -> None:
    office.press("November 2021 release", office.opens_home())
    shown = office.view("views.open")
    assert shown["type"] == "modal"
    assert "November 2021 SEC Release" in read(shown)


@pytest.mark.usefixtures("known")
def test_a_hundred_rules_fit_and_what_is_left_out_is_said(office: Office, store: Store) -> None:
    for number in range(100):
        follows(store, f"modification:MP{number + 100}", only=("kind:scope",) * 9)
    shown = office.opens_home()
    assert len(shown["blocks"]) <= 100
    assert "100 rules, told to you" in read(shown)
    assert "… and 85 rules more" in read(shown)


def test_a_home_that_fails_says_so_with_a_reference(
    office: Office, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be answered")
    monkeypatch.setattr(office.store, "subscriptions", None)
    assert "tell whoever runs secbot this reference" in read(office.opens_home(seen=False))


@pytest.mark.usefixtures("known")
def test_what_slack_did_not_show_is_not_seen(
    office: Office, web_api: Slack, store: Store, expected_warnings: list[str]
) -> None:
    expected_warnings.append("Home could not be shown")
    web_api.refuses["views.publish"] = "invalid_blocks"
    office.opens_home(seen=False)
    office.close()
    assert store.person("U1").looked_at is None


@pytest.mark.usefixtures("known")
def test_hostile_words_of_a_page_mention_nobody_in_home(office: Office, store: Store) -> None:
    told = implemented()
    title = "<!channel> <https://evil.example|MP090> *bold*"
    change = replace(told.change, facts={**told.change.facts, "title": title})
    watch = Watch(Source("evil", "https://example.org/x", "news"), "good")
    store.watch([watch.source], NOW)
    store.record(Poll(watch, NOW, changes=(replace(told, id="two", change=change, found_at=RELEASE_READ),)))
    shown = read(office.opens_home())
    assert "<!channel>" not in shown
    assert "<https://evil" not in shown


@pytest.mark.usefixtures("known")
def test_a_rule_is_muted_and_unmuted_by_one_press_each(office: Office, store: Store) -> None:
    follows(store, "modification:MP090")
    follows(store, "release:2021-11", delivery="daily")
    office.press("Mute 7 days", office.opens_home(), 1)
    muted = office.view("views.publish", 1)
    assert [one.selector for one in store.mutes("U1", office.now)] == ["rule:release:2021-11"]
    assert "*Muted* until Wednesday 10 November 2021" in read(muted)
    office.press("Unmute", muted)
    assert "*Muted*" not in read(office.view("views.publish", 2))
    assert not store.mutes("U1", office.now)


@pytest.mark.usefixtures("known")
def test_home_tells_times_in_the_zone_that_the_person_chose(office: Office, store: Store) -> None:
    store.keep_channel(Channel("U1", zone="Asia/Kolkata"), "U1", NOW)
    follows(store, "modification:MP090")
    store.mute(Mute("U1", "rule:modification:MP090", NOW.replace(hour=3, minute=30) + timedelta(days=7), "U1", NOW))
    assert "09:00 IST" in read(office.opens_home())
