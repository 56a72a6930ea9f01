"""Forms: how they are opened, what they offer, what they keep, and what they refuse."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from http.client import IncompleteRead, RemoteDisconnected
from types import ModuleType
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk import WebClient

from bot.domain.channel import Channel
from bot.domain.follow import Subscription
from bot.pipeline import pausing
from bot.ports import Store
from bot.slack.pace import Pace
from handlers import home, listeners, modals
from tests.knowing import fill
from tests.office import Office, View, read
from tests.slackish import LONGEST, Slack, command, said

NOW = datetime(2021, 11, 6, 9, tzinfo=UTC)
CHANNEL = {"channel": {"id": "C1"}}


@pytest.fixture
def web_api() -> Iterator[Slack]:
    api = Slack()
    yield api
    api.close()


@pytest.fixture
def office(store: Store, web_api: Slack) -> Iterator[Office]:
    fill(store)
    at_work = Office(store, web_api, NOW)
    yield at_work
    at_work.close()


def rule(selector: str, channel: str = "C1", **how: object) -> Subscription:
    return replace(Subscription(channel, selector, "U1", NOW), **how)  # type: ignore[arg-type]


def fields(view: View) -> dict[str, dict[str, object]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


# --- opening ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["subscribe", " Follow ", "search"])
def test_a_command_without_words_opens_its_form_and_says_nothing_else(
    office: Office, web_api: Slack, text: str
) -> None:
    response = office.app.dispatch(command(text, trigger_id="T.1"))
    opened = web_api.called("views.open")
    assert (response.status, response.body) == (200, "")
    assert opened["trigger_id"] == "T.1"
    assert opened["view"]["callback_id"] == ("search" if text == "search" else "subscribe")


@pytest.mark.parametrize("takes", [True, False])
def test_a_form_that_is_slow_to_open_is_acknowledged_and_words_come_only_where_it_did_not(
    office: Office, web_api: Slack, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    goes_on, sent = threading.Event(), threading.Event()
    monkeypatch.setattr(listeners, "PATIENCE", 0.05)
    monkeypatch.setattr(listeners, "send", lambda *_: sent.set())
    monkeypatch.setattr(modals, "opened", lambda *_: goes_on.wait(LONGEST) and takes)
    response = office.app.dispatch(command("subscribe", trigger_id="T.1"))
    assert (response.status, response.body) == (200, "")
    goes_on.set()
    office.close()
    assert sent.is_set() is not takes


@pytest.mark.parametrize("error", [IncompleteRead(b""), RemoteDisconnected(), TimeoutError(), ValueError("no JSON")])
def test_whatever_breaks_on_the_way_to_slack_the_command_is_answered_in_words(
    office: Office, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str], error: Exception
) -> None:
    expected_warnings.append("a form could not be shown")

    def breaks(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(WebClient, "views_open", breaks)
    assert said(office.app.dispatch(command("subscribe", trigger_id="T.1")))["blocks"]


def test_where_no_form_can_be_opened_the_command_is_answered_in_words(
    office: Office, web_api: Slack, expected_warnings: list[str]
) -> None:
    expected_warnings.append("a form could not be shown: expired_trigger_id")
    web_api.refuses["views.open"] = "expired_trigger_id"
    response = office.app.dispatch(command("subscribe", trigger_id="T.1"))
    assert said(response)["response_type"] == "ephemeral"
    assert said(response)["blocks"]


def test_a_form_that_slack_does_not_open_any_more_is_said_to_whoever_pressed(
    office: Office, web_api: Slack, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be shown")
    web_api.refuses["views.open"] = "expired_trigger_id"
    wanted = json.dumps({"modal": "subscribe", "words": ""})
    office.presses("open:0", wanted, response_url=f"{web_api.url}respond")
    told = web_api.called("respond")
    assert (told["response_type"], "press the button again" in told["text"]) == ("ephemeral", True)
    home = {"type": "home", "blocks": [], "private_metadata": ""}
    office.presses("open:0", wanted, view=home)
    assert "press the button again" in web_api.called("chat.postMessage")["text"]
    office.presses("ask:1", "MP090", view=home)
    answer = web_api.called("chat.postMessage", 2)
    assert (answer["channel"], "MP090" in answer["text"]) == ("U1", True)


@pytest.mark.parametrize("value", ["", "no json", "[]", '{"modal": "admin", "words": ""}', '{"modal": "search"}'])
def test_a_button_that_names_no_form_opens_none(office: Office, value: str) -> None:
    office.presses("open:0", value)
    assert "There is no such form." in read(office.view("views.open"))


def test_a_form_is_opened_with_what_the_button_names(office: Office) -> None:
    what = fields(office.opens("subscribe", "subscribe MP090"))["what"]
    assert what["element"]["initial_option"]["value"] == "modification:MP090"  # type: ignore[index]


def test_what_a_form_was_opened_for_holds_where_a_client_sends_no_choice(office: Office, store: Store) -> None:
    form = office.opens("subscribe", "MP090")
    without = {**form, "blocks": [block for block in form["blocks"] if block.get("block_id") != "what"]}
    office.submits(without)
    assert [one.selector for one in store.subscriptions("C1")] == ["modification:MP090"]


def test_a_form_is_opened_with_all_that_is_wished_for(office: Office) -> None:
    shown = fields(office.opens("subscribe", "subscribe november 2021 except documents, daily"))
    chosen = office.sent_back(office.opens("subscribe", "november 2021 except documents, daily"))["state"]["values"]
    assert shown["what"]["element"]["initial_option"]["value"] == "release:2021-11"  # type: ignore[index]
    assert chosen["but_not"]["but_not"]["selected_options"] == [{"value": "kind:specifications"}]
    assert chosen["delivery"]["delivery"]["selected_option"] == {"value": "daily"}


def test_every_field_has_a_label_and_what_is_typed_or_chosen_in_has_a_placeholder(office: Office) -> None:
    for form in ("subscribe", "search", "settings"):
        for block in fields(office.opens(form)).values():
            element: dict[str, object] = block["element"]  # type: ignore[assignment]
            assert block["label"]["text"]  # type: ignore[index]
            assert element["type"] in ("radio_buttons", "checkboxes") or element["placeholder"]


# --- what is offered -------------------------------------------------------------------------------------------------


def labels(options: list[dict[str, object]]) -> list[str]:
    return [one["text"]["text"] for one in options]  # type: ignore[index]


def test_what_can_be_followed_is_offered_before_anything_is_typed(office: Office) -> None:
    offered = labels(office.types(""))
    assert offered[0] == "Everything"
    assert {"Decisions", "November 2021 SEC Release", "What affects DUIS", "Appendix AD (DUIS)"} <= set(offered)
    assert offered[-1].startswith("MP090 ‘Incorporation"), "what changed last"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mp 90", "MP090 ‘Incorporation of Non GBCS Non-Mandated Alerts into the SEC’"),
        ("90", "MP090 ‘Incorporation of Non GBCS Non-Mandated Alerts into the SEC’"),
        ("non-mandated al", "MP090 ‘Incorporation of Non GBCS Non-Mandated Alerts into the SEC’"),
        ("firmware upg", "MP102A ‘Power Outage Alerts after a firmware upgrade’"),
        ("nov 21", "November 2021 SEC Release"),
        ("novem", "November 2021 SEC Release"),
        ("du", "What affects DUIS"),
        ("decis", "Decisions"),
        ("appendix ad", "Appendix AD (DUIS)"),
        ("v50", "SEC v50.0"),
        ("every", "Everything"),
        ("MP999", "MP999"),
    ],
)
def test_what_fits_what_is_typed_comes_first(office: Office, typed: str, first: str) -> None:
    assert labels(office.types(typed))[0] == first


@pytest.mark.parametrize("typed", ["", "a", "m", "90", "<!channel>", "x" * 5000, "’ OR 1=1 --"])
def test_what_is_offered_stays_within_slacks_limits(office: Office, typed: str) -> None:
    offered = office.types(typed, into="but_not")
    assert len(offered) <= 100
    assert all(0 < len(one["value"]) <= 75 and 0 < len(one["text"]["text"]) <= 75 for one in offered)


# --- following -------------------------------------------------------------------------------------------------------


def test_what_is_filled_in_is_kept_as_the_command_would(office: Office, store: Store) -> None:
    form = office.opens("subscribe")
    done = office.submits(
        form,
        what="release:2021-11",
        delivery="weighty",
        least="2",
        only=["kind:scope", "kind:go-live"],
        but_not=["modification:MP090"],
        layout="thread",
    )
    (kept,) = store.subscriptions("C1")
    wanted = ("kind:scope", "kind:go-live")
    assert replace(kept, made_at=NOW) == rule(
        "release:2021-11", delivery="weighty", least=2, only=wanted, but_not=("modification:MP090",), layout="thread"
    )
    assert done["response_action"] == "update"
    assert "the November 2021 SEC Release" in read(done["view"])
    assert [(deed.user, deed.what) for deed in store.deeds("C1")] == [("U1", "subscribed")]


def test_who_chooses_so_is_told_in_a_direct_message(office: Office, store: Store) -> None:
    done = office.submits(office.opens("subscribe"), what="everything", where="me")
    assert [one.channel for one in store.subscriptions()] == ["U1"]
    office.press("Stop everything", done["view"])
    assert "You no longer follow everything" in read(office.view("views.push"))


def test_in_a_direct_message_only_the_person_can_be_told(office: Office, store: Store) -> None:
    form = office.opens("subscribe", channel={"id": "D1"})
    assert "where" not in fields(form)
    office.submits(form, what="everything")
    assert [one.channel for one in store.subscriptions()] == ["U1"]


def test_what_is_followed_already_is_changed_and_stays_what_it_is(office: Office, store: Store) -> None:
    store.subscribe(rule("modification:MP090", delivery="daily", least=3, only=("kind:decisions",), layout="flat"))
    form = office.opens("subscribe", "MP090")
    shown = fields(form)
    assert not {"what", "where"} & set(shown)
    assert "This channel follows it already" in read(form)
    assert office.sent_back(form)["state"]["values"]["only"]["only"]["selected_options"] == [
        {"value": "kind:decisions"}
    ]
    office.submits(form, delivery="instant", only=[])
    (kept,) = store.subscriptions("C1")
    assert (kept.selector, kept.delivery, kept.only, kept.least) == ("modification:MP090", "instant", (), 3)


@pytest.mark.parametrize(("many", "said"), [(14, ""), (140, "40 more do not fit here; they stay.")])
def test_a_rule_with_many_filters_keeps_all_that_its_form_does_not_take_away(
    office: Office, store: Store, many: int, said: str
) -> None:
    but_not = tuple(f"modification:MP{100 + number}" for number in range(many))
    store.subscribe(rule("everything", but_not=but_not))
    form = office.opens("subscribe", "everything")
    assert said in read(form)
    shown = [f"modification:MP{100 + number}" for number in range(min(many, 100)) if number != 5]
    office.submits(form, delivery="daily", but_not=shown)
    (kept,) = store.subscriptions("C1")
    assert (kept.delivery, kept.but_not) == ("daily", tuple(one for one in but_not if one != "modification:MP105"))


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({}, "what"),
        ({"what": "modification:nonsense"}, "what"),
        ({"what": "<!channel>"}, "what"),
        ({"what": "modification:MP090", "but_not": ["modification:MP090"]}, "but_not"),
        ({"what": "modification:MP124", "but_not": ["modification:DP124"]}, "but_not"),
        ({"what": "modification:MP090", "but_not": ["everything"]}, "but_not"),
        ({"what": "everything", "only": ["kind:scope"], "but_not": ["kind:scope"]}, "but_not"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    office: Office, store: Store, chosen: dict[str, object], field: str
) -> None:
    answered = office.submits(office.opens("subscribe"), **chosen)
    assert answered["response_action"] == "errors"
    assert list(answered["errors"]) == [field]
    assert store.subscriptions() == []


def test_what_a_rule_would_have_sent_is_shown_in_the_form_and_nothing_is_kept(office: Office, store: Store) -> None:
    form = office.sent_back(office.opens("subscribe"), what="modification:MP090", delivery="daily")
    office.sends({"type": "block_actions", "actions": [{"type": "button", "action_id": "try"}], "view": form})
    tried = office.view("views.update")
    assert "Approved → Implemented" in read(tried)
    assert office.sent_back(tried)["state"]["values"]["what"]["what"] == {
        "type": "external_select",
        "selected_option": {"value": "modification:MP090"},
    }
    assert fields(tried)["delivery"]["element"]["initial_option"]["value"] == "daily"  # type: ignore[index]
    assert store.subscriptions() == []


def test_trying_without_a_choice_says_what_to_choose(office: Office) -> None:
    form = office.sent_back(office.opens("subscribe"))
    office.sends({"type": "block_actions", "actions": [{"type": "button", "action_id": "try"}], "view": form})
    assert "Choose what to follow" in read(office.view("views.update"))


# --- who may, and what is believed -----------------------------------------------------------------------------------


def close(store: Store, *managers: str) -> None:
    store.keep_channel(Channel("C1", managers=managers), managers[0], NOW)


def test_a_closed_channel_opens_no_form_to_others(office: Office, store: Store) -> None:
    close(store, "U2")
    for form in ("subscribe", "settings"):
        view = office.opens(form)
        assert "submit" not in view
        assert json.loads(view["private_metadata"])["channel"] == "C1", "what is asked there is asked of the channel"
        assert not fields(view)


def test_who_may_not_change_a_closed_channel_is_offered_to_follow_it_for_themselves(
    office: Office, store: Store
) -> None:
    close(store, "U2")
    refused = office.opens("subscribe", "MP090")
    office.press("Follow it for myself", refused)
    form = office.view("views.push")
    assert fields(form)["what"]["element"]["initial_option"]["value"] == "modification:MP090"  # type: ignore[index]
    office.submits(form)
    assert [(one.channel, one.selector) for one in store.subscriptions()] == [("U1", "modification:MP090")]


def test_who_sends_forms_too_often_is_told_so_in_the_form_and_nothing_is_kept(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    following, settings = office.opens("subscribe"), office.opens("settings")
    monkeypatch.setattr(Pace, "allows", lambda *_: False)
    for form in (following, settings):
        errors = office.submits(form, what="everything", digest="off")["errors"]
        assert set(errors) < set(fields(form))
        assert "in a few seconds" in str(errors)
    office.presses("try", "try", view=following)
    assert "Slow down" in read(office.view("views.update"))
    assert (store.subscriptions(), store.channel("C1").digest) == ([], "daily")


def test_a_form_from_home_is_acknowledged_before_home_is_shown_anew(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    office.press("Follow something", office.opens_home())
    monkeypatch.setattr(home, "_published", lambda *_: goes_on.wait(LONGEST))
    assert office.submits(office.view("views.open"), what="everything")["response_action"] == "update"
    assert not goes_on.is_set()
    goes_on.set()


def test_a_channel_that_was_closed_meanwhile_takes_nothing(office: Office, store: Store) -> None:
    form = office.opens("subscribe")
    close(store, "U2")
    office.submits(form, what="everything")
    assert store.subscriptions() == []
    office.submits(form, what="everything", where="me")
    assert [one.channel for one in store.subscriptions()] == ["U1"]


FORGED = ["", "{}", "[1]", "no json", json.dumps({"channel": "C1", "user": "U2", "at": int(NOW.timestamp())})]
FORGED += [json.dumps({"channel": channel, "user": "U1", "at": int(NOW.timestamp())}) for channel in ("", "D'; --", 7)]
FORGED += [
    json.dumps({"channel": "C1", "user": "U1", "at": "now"}),
    json.dumps({"channel": "C1", "user": "U1", "at": 5}),
]
WHOLE = {"user": "U1", "at": int(NOW.timestamp()), "about": "", "seen": "", "home": ""}
FORGED += [json.dumps({"channel": "U2", **WHOLE})]


@pytest.mark.parametrize("meta", FORGED)
def test_a_form_that_is_not_ours_or_not_theirs_is_refused_in_words(office: Office, store: Store, meta: str) -> None:
    for name, chosen in (("subscribe", {"what": "everything"}), ("settings", {}), ("search", {"words": "alerts"})):
        done = office.submits({**office.opens(name), "private_metadata": meta}, **chosen)
        assert "This form cannot be used any more" in read(done["view"])
    assert store.subscriptions() == []


OTHERS = json.dumps({"channel": "U9", "user": "U1", "at": int(NOW.timestamp()), "about": "", "seen": "", "home": ""})


def test_a_form_about_another_person_is_refused(office: Office, store: Store) -> None:
    done = office.submits({**office.opens("subscribe"), "private_metadata": OTHERS}, what="everything")
    assert "This form cannot be used any more" in read(done["view"])
    assert store.subscriptions() == []


@pytest.mark.parametrize("meta", [OTHERS, *FORGED[1:]])
def test_a_button_in_a_form_that_cannot_be_believed_does_nothing(office: Office, store: Store, meta: str) -> None:
    form = {**office.opens("search"), "private_metadata": meta}
    office.presses("ask:0", "subscribe MP090", view=form)
    assert "This form cannot be used any more" in read(office.view("views.push"))
    office.presses("open:0", json.dumps({"modal": "settings", "words": ""}), view=form)
    assert "This form cannot be used any more" in read(office.view("views.push", 1))
    assert store.subscriptions() == []


def test_a_persons_rule_that_is_edited_unchanged_keeps_the_threads_of_their_settings(
    office: Office, store: Store
) -> None:
    store.keep_channel(Channel("U1", layout="flat"), "U1", NOW)
    store.subscribe(rule("modification:MP090", "U1"))
    form = office.opens("subscribe", "MP090", channel={"id": "D1"})
    office.submits(form)
    assert [one.layout for one in store.subscriptions("U1")] == [""]


def test_a_form_of_yesterday_is_refused(office: Office, store: Store) -> None:
    form = office.opens("subscribe")
    office.later(hours=25)
    assert "more than a day ago" in read(office.submits(form, what="everything")["view"])
    assert store.subscriptions() == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office: Office, store: Store) -> None:
    store.subscribe(rule("modification:MP090"))
    following, settings = office.opens("subscribe", "MP090"), office.opens("settings")
    store.subscribe(rule("modification:MP090", delivery="weekly", made_by="U2"))
    store.keep_channel(Channel("C1", digest="off"), "U2", NOW)
    for form in (following, settings):
        assert "was changed since it was opened" in read(office.submits(form)["view"])
    assert [one.delivery for one in store.subscriptions("C1")] == ["weekly"]
    assert store.channel("C1").digest == "off"


def test_what_happens_while_a_form_is_being_kept_is_not_undone_by_it(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.subscribe(rule("modification:MP090"))
    following, settings = office.opens("subscribe", "MP090"), office.opens("settings")

    def meanwhile(happens: Callable[[], object], module: ModuleType) -> None:
        wanted, left = module.wanted, [happens]

        def raced(*given: Any) -> object:
            if left:
                left.pop()()
            return wanted(*given)

        monkeypatch.setattr(module, "wanted", raced)

    meanwhile(lambda: pausing.pause(store, "C1", "archived", "U2", NOW), modals.settings)
    meanwhile(lambda: store.unsubscribe("C1", "modification:MP090", "U2", NOW), modals.subscribe)
    office.submits(settings, digest="weekly")
    assert (store.channel("C1").paused, store.channel("C1").digest) == ("archived", "weekly")
    assert "was changed since it was opened" in read(office.submits(following, delivery="daily")["view"])
    assert store.subscriptions("C1") == []


@pytest.mark.fault(24)
def test_the_same_signed_form_again_keeps_nothing(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = office.opens("subscribe")
    seen: list[BoltResponse] = []
    dispatch = office.app.dispatch

    def twice(request: object) -> BoltResponse:
        seen.append(dispatch(request))  # type: ignore[arg-type]
        store.unsubscribe("C1", "everything", "U2", NOW)
        return dispatch(request)  # type: ignore[arg-type]

    monkeypatch.setattr(office.app, "dispatch", twice)
    office.submits(form, what="everything")
    assert "response_action" in said(seen[0])
    assert store.subscriptions() == []


def test_a_form_that_fails_says_so_with_a_reference(
    office: Office, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    expected_warnings.append("could not be answered")
    form = office.opens("subscribe")
    monkeypatch.setattr(office.store, "subscribe", None)
    done = office.submits(form, what="everything")
    assert "tell whoever runs secbot this reference" in read(done["view"])


# --- search ----------------------------------------------------------------------------------------------------------


def test_what_is_found_shows_in_the_form_and_each_opens_on_top(office: Office, web_api: Slack) -> None:
    done = office.submits(office.opens("search"), words="power outage")
    view = done["view"]
    assert fields(view)["words"]["element"]["initial_value"] == "power outage"  # type: ignore[index]
    assert "MP102A" in read(view)
    office.press("MP102A", view)
    pushed = web_api.called("views.push")
    assert (pushed["trigger_id"], pushed["view"]["type"]) == ("T.1", "modal")
    assert "Power Outage Alerts" in read(pushed["view"])


def test_a_third_answer_takes_the_place_of_the_second(office: Office, web_api: Slack) -> None:
    view = {**office.submits(office.opens("search"), words="power")["view"], "previous_view_id": "V0"}
    office.press("MP102A", view)
    assert web_api.called("views.update")["view_id"] == "V1"


def test_what_is_shared_from_a_form_is_posted_in_its_channel(office: Office, web_api: Slack) -> None:
    view = office.submits(office.opens("search"), words="power")["view"]
    office.presses("ask:0", "MP102A share", view=view)
    posted = web_api.called("chat.postMessage")
    assert posted["channel"] == "C1"
    assert "Power Outage Alerts" in posted["text"]
    assert "It is in the channel now." in read(office.view("views.push"))


def test_where_nothing_can_be_posted_that_is_said(office: Office, web_api: Slack, expected_warnings: list[str]) -> None:
    expected_warnings.append("could not be shared in C1")
    web_api.refuses["chat.postMessage"] = "not_in_channel"
    view = office.submits(office.opens("search"), words="power")["view"]
    office.presses("ask:0", "MP102A share", view=view)
    assert "invite secbot to the channel first" in read(office.view("views.push"))


def test_blanks_are_not_searched_for(office: Office) -> None:
    assert office.submits(office.opens("search"), words="   ")["errors"] == {"words": "Type a word to look for."}


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_are_kept_whole(office: Office, store: Store) -> None:
    done = office.submits(
        office.opens("settings"),
        digest="weekly",
        at="07:15",
        days=["0", "2", "4"],
        weekly_day="2",
        quiet_from="18:00",
        quiet_until="08:00",
        quiet_days=["5", "6"],
        more=["holidays_off", "quiet_holidays"],
        layout="flat",
        managers=["U2"],
    )
    kept = store.channel("C1")
    assert kept == Channel(
        "C1",
        digest="weekly",
        digest_at=time(7, 15),
        days=(2, 0, 4),
        holidays_off=True,
        quiet_from=time(18),
        quiet_until=time(8),
        quiet_days=(5, 6),
        quiet_holidays=True,
        weighty_passes=False,
        layout="flat",
        managers=("U2", "U1"),
    ), "who closes a channel can change it"
    assert done["response_action"] == "update"
    assert store.deeds("C1")[-1].what == "set"


def test_a_form_of_settings_that_is_sent_as_it_was_changes_nothing(office: Office, store: Store) -> None:
    store.keep_channel(
        Channel("C1", "releases", digest="off", days=(2, 0), quiet_from=time(1), quiet_until=time(2)), "U2", NOW
    )
    before = store.channel("C1")
    office.submits(office.opens("settings"))
    assert store.channel("C1") == before
    assert len(store.deeds("C1")) == 1


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"days": []}, "days"),
        ({"days": ["1"], "weekly_day": "3"}, "weekly_day"),
        ({"quiet_from": "18:00"}, "quiet_until"),
        ({"quiet_until": "08:00"}, "quiet_from"),
        ({"quiet_from": "18:00", "quiet_until": "18:00"}, "quiet_until"),
    ],
)
def test_settings_that_cannot_be_are_said_at_their_field(
    office: Office, store: Store, chosen: dict[str, object], field: str
) -> None:
    answered = office.submits(office.opens("settings"), **chosen)
    assert list(answered["errors"]) == [field]
    assert store.channels() == []


def test_a_person_has_no_managers(office: Office, store: Store) -> None:
    form = office.opens("settings", channel={"id": "D1"})
    assert "managers" not in fields(form)
    office.submits(form, digest="off")
    assert store.channel("U1") == Channel("U1", digest="off")


def test_home_is_shown_anew_after_what_is_changed_from_a_form_s_answer(office: Office, store: Store) -> None:
    office.press("Follow something", office.opens_home())
    done = office.submits(office.view("views.open"), what="modification:MP090")
    office.view("views.publish", 1)
    office.press("Stop MP090", done["view"])
    assert "Nothing yet." in read(office.view("views.publish", 2))
    assert store.subscriptions() == []


def test_home_is_shown_anew_after_a_form_that_was_opened_from_it(office: Office, store: Store) -> None:
    home = office.opens_home()
    office.press("Follow something", home)
    office.submits(office.view("views.open"), what="modification:MP090")
    anew = office.view("views.publish", 1)
    assert [one.channel for one in store.subscriptions()] == ["U1"]
    assert "*MP090 ‘Incorporation" in read(anew)
    assert "Approved → Implemented" in read(anew), "what changed since I looked is still there"
