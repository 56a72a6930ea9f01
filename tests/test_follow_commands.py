"""Following as people use it: subscribe, try first, list, mute, unmute, why, unsubscribe; in channels and for oneself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.domain.channel import Channel
from bot.domain.follow import Mute, Subscription, wishes
from bot.ports import Message, Outgoing, Store
from handlers import answer
from tests.knowing import LONDON, RELEASE, asked, buttons, implemented, listed, read, text_of

NOW = datetime.fromisoformat("2021-11-12T09:00+00:00")
ID = "3f9c01ab55667788"
M, R = "modification:MP090", "release:2021-11"


def say(store: Store, question: str, at: datetime = NOW, **more: str) -> Message:
    return asked(store, question, at, **{"channel": "C1", "user": "U1", **more})


def held(store: Store, channel: str = "C1") -> list[str]:
    return [wishes.spoken(one) for one in store.subscriptions(channel)]


def muted(store: Store, at: datetime = NOW) -> list[str]:
    return [one.selector for one in store.mutes(since=at) if one.holds(at)]


@pytest.fixture
def known(store: Store) -> Store:
    """One change of MP090 in the November 2021 release, found a week ago."""
    change = implemented().change
    told = replace(
        implemented(), id=ID, change=replace(change, about=(M, R)), found_at=NOW - timedelta(days=7), known_from=""
    )
    read(store, RELEASE, NOW - timedelta(days=400), listed("MP090", "Alerts", "2021-11", "approved"))
    read(store, RELEASE, NOW - timedelta(days=7), listed("MP090", "Alerts", "2021-11", "implemented"), told=[told])
    return store


# --- what a rule follows is said with what it leaves out ---


def test_a_rule_is_never_named_without_its_exceptions(known: Store) -> None:
    say(known, "subscribe everything except november 2022")
    assert "It follows everything, except the November 2022 SEC Release." in text_of(say(known, "unsubscribe MP015"))
    assert "This channel follows everything, except the November 2022 SEC Release." in text_of(say(known, "digest"))
    say(known, "subscribe MP090 only votes")
    left = text_of(say(known, "unsubscribe MP015"))
    assert "MP090 (only votes)" in left.replace("Change Board ", "")
    assert "everything (except the November 2022 SEC Release)" in left


def test_what_follows_everything_without_an_exception_needs_no_other_named(known: Store) -> None:
    say(known, "subscribe everything")
    say(known, "subscribe MP090 only votes")
    assert "This channel follows everything." in text_of(say(known, "digest"))


# --- subscribe -------------------------------------------------------------------------------------------------------


def test_a_wish_is_kept_with_its_filters_and_options_and_said_in_words(known: Store) -> None:
    message = say(known, "subscribe everything except MP090 and documents, weekly, in thread")
    assert message.text == "This channel now follows everything, except MP090 and documents (Technical Specifications)"
    assert "Changes come in the weekly digest, nothing at once." in text_of(message)
    assert held(known) == ["everything except MP090 and specifications, weekly, in thread"]


def test_a_comma_before_the_words_does_not_make_it_for_me(known: Store) -> None:
    for words in (",MP090", "MP090 ,", "MP090,  weekly"):
        say(known, f"subscribe {words}")
        assert (held(known, "U1"), len(held(known))) == ([], 1)


def test_a_rule_of_many_filters_is_followed_again_by_one_press(known: Store) -> None:
    many = tuple(f"modification:MP{number}" for number in range(100, 190))
    known.subscribe(Subscription("C1", "everything", "U1", NOW, but_not=many))
    opened = next(json.loads(one) for one in buttons(say(known, "unsubscribe everything")) if one.startswith("{"))
    assert (opened["modal"], wishes.parse(opened["words"])) == (
        "subscribe",
        wishes.Wish((wishes.Wanted("everything", but_not=many),)),
    )


def test_times_are_told_in_the_zone_that_the_channel_chose(known: Store) -> None:
    known.keep_channel(Channel("C1", zone="Asia/Kolkata"), "U1", NOW)
    say(known, "subscribe MP090")
    said = say(known, "mute MP090 until friday 9am")
    assert said.text == "MP090 is muted until Friday 19 November 2021, 09:00 IST"
    assert "until Friday 19 November 2021, 09:00 IST" in text_of(say(known, "list"))
    assert [one.until.isoformat() for one in known.mutes("C1", NOW)] == ["2021-11-19T03:30:00+00:00"]


def test_several_things_in_one_go_make_a_rule_each(known: Store) -> None:
    message = say(known, "subscribe MP090, MP102A and november 2021")
    assert message.text == "This channel now follows MP090, MP102A and the November 2021 SEC Release"
    assert "Nothing is known of MP102A yet" in text_of(message)
    assert held(known) == ["MP090", "MP102A", "November 2021"]


def test_what_is_typed_to_stop_it_stops_all_of_it_for_whoever_followed_it(known: Store) -> None:
    assert "`/sec unsubscribe MP090 for me`" in text_of(say(known, "subscribe MP090 for me"))
    assert "To stop it: `/sec unsubscribe MP090` · " in text_of(say(known, "subscribe MP090"))
    said = text_of(say(known, "subscribe MP090, MP102A and Appendix AD"))
    assert "To stop them: `/sec unsubscribe MP090, MP102A and Appendix AD`" in said
    say(known, "unsubscribe MP090, MP102A and Appendix AD")
    assert held(known) == []


def test_the_same_with_other_options_takes_the_place_of_the_old_and_says_so(known: Store) -> None:
    say(known, "subscribe MP090 except votes, daily")
    assert "Instead of `MP090 except votes, daily` · To stop it" in text_of(say(known, "subscribe MP090"))
    assert say(known, "subscribe MP090").text == "This channel follows MP090 already"
    assert held(known) == ["MP090"]


@pytest.mark.parametrize(
    ("question", "headline", "button"),
    [
        (
            "subscribe november 2021 except specifcations",
            "“specifcations” is not known, so it can’t be left out",
            "subscribe november 2021 except specifications",
        ),
        (
            "subscribe everything only decisons",
            "“decisons” is not known, so it can’t be a filter",
            "subscribe everything only decisions",
        ),
        (
            "subscribe everything except MP090 votes",
            "“MP090 votes” is two things at once",
            "subscribe everything except votes",
        ),
        ("subscribe MP090 daily weekly", "weekly and daily can’t hold together", "subscribe MP090 weekly"),
        ("subscribe except documents", "What should this channel follow?", "subscribe everything except documents"),
        ("subscribe MP090 except MP090", "That would never tell anybody anything", ""),
        ("subscribe everything only light", "“only light” can’t be had", ""),
    ],
)
def test_what_is_not_understood_is_said_with_buttons_and_nothing_is_kept(
    known: Store, question: str, headline: str, button: str
) -> None:
    message = say(known, question)
    assert message.text == headline
    assert not button or button in buttons(message)
    assert (held(known), known.deeds()) == ([], [])


def test_every_button_below_what_is_not_understood_is_understood(known: Store) -> None:
    for question in ("subscribe everything except specs of MP090", "follow MP90 dialy", "subscribe nov 21 only scop"):
        reply = answer(question, store=known, now=NOW, zone=LONDON, user="U1", channel="C1")
        for one in reply.suggestions:
            command, _, words = one.question.partition(" ")
            assert one.opens or command == "help" or isinstance(wishes.wish(words)[0], wishes.Wish), one


def test_subscribe_alone_explains_itself(known: Store) -> None:
    message = say(known, "subscribe")
    assert message.text == "Follow something in this channel"
    assert text_of(message).count("\n• ") == 3
    assert "subscribe everything" in buttons(message)
    reply = answer("subscribe", store=known, now=NOW, zone=LONDON)
    assert ("Choose…", "subscribe") in [(one.label, one.opens) for one in reply.suggestions]


@pytest.mark.parametrize(
    "question", ["subscribe MP090 --dry-run", "subscribe dry run MP090", "preview MP090", "dry run MP090"]
)
def test_a_dry_run_shows_what_would_have_come_and_keeps_nothing(known: Store, question: str) -> None:
    message = say(known, question)
    text = text_of(message)
    assert message.text == "1 change would have come in 90 days: MP090"
    assert "*At once*: 1 message with 1 change, 0.1 messages a week" in text
    assert "• *5 Nov 2021*, at once: MP090" in text
    assert (held(known), "subscribe MP090" in buttons(message)) == ([], True)


def test_a_dry_run_says_that_the_digest_is_off_which_its_changes_would_wait_for(known: Store) -> None:
    say(known, "digest off")
    message = say(known, "subscribe MP090, daily --dry-run")
    assert message.text == "Nothing would have come in 90 days: MP090"
    assert "heard nothing in the last 90 days; the digest is switched off here." in text_of(message)


def test_the_button_of_a_dry_run_keeps_the_very_wish(known: Store) -> None:
    typed = "november 2021 except votes, weighty only, daily, flat"
    message = say(known, f"subscribe {typed} --dry-run")
    (button,) = [one for one in buttons(message) if "dry" not in one]
    say(known, button)
    assert held(known) == ["November 2021 except votes, weighty only, daily, flat"]


def test_whoever_may_not_change_a_channel_may_try(known: Store) -> None:
    known.keep_channel(replace(Channel("C1"), managers=("U9",)), "U9", NOW)
    assert say(known, "subscribe MP090 --dry-run").text.startswith("1 change")
    assert say(known, "subscribe MP090").text == "Only some people may change this here"


# --- list ------------------------------------------------------------------------------------------------------------


def test_a_list_tells_each_rule_with_its_filters_its_mute_and_who_made_it_when(known: Store) -> None:
    say(known, "subscribe november 2021 only decisions, weekly, flat", user="U7")
    say(known, "mute rule november 2021 7d")
    text = text_of(say(known, "list"))
    assert (
        "• *The November 2021 SEC Release*, only decisions: muted until Friday 19 November 2021, 09:00 GMT; then in the "
        "weekly digest only; no threads (by <@U7>, 12 Nov 2021)"
    ) in text


def test_a_rule_is_listed_as_muted_with_all_that_it_is_a_part_of(known: Store) -> None:
    say(known, "subscribe MP102A")
    say(known, "mute MP102 7d")
    assert "• *MP102A*: muted until Friday 19 November 2021, 09:00 GMT" in text_of(say(known, "list"))


def test_what_is_muted_besides_the_rules_is_listed_with_its_end(known: Store) -> None:
    say(known, "subscribe everything")
    say(known, "mute MP090 until friday", user="U7")
    message = say(known, "list")
    assert "• *MP090*, until the end of Thursday 18 November 2021 (by <@U7>)" in text_of(message)
    assert {"unmute MP090", "mute rule everything 7d", "unsubscribe everything"} <= set(buttons(message))


def test_each_of_a_few_rules_can_be_changed_in_the_form(known: Store) -> None:
    say(known, "subscribe MP090 and november 2021")
    reply = answer("list", store=known, now=NOW, zone=LONDON, channel="C1")
    forms = [(one.label, one.question) for one in reply.suggestions if one.opens == "subscribe"]
    assert forms == [("Change MP090…", "MP090"), ("Change November 2021…", "November 2021"), ("Follow something…", "")]


def test_a_long_list_has_pages(known: Store) -> None:
    say(known, "subscribe " + ", ".join(f"MP{n}" for n in range(101, 121)))
    first, second = say(known, "list"), say(known, "list 2")
    assert first.text == "This channel follows 20 things (page 1 of 2)"
    assert ("list 2" in buttons(first), "MP120" in text_of(second), "MP101" in text_of(second)) == (True, True, False)


def test_the_digest_is_told_as_the_channel_chose_it(known: Store) -> None:
    say(known, "subscribe MP090")
    for digest, words in (
        ("weekly", "on Wednesdays at 07:15"),
        ("off", "switched off here"),
        ("daily", "daily at 07:15"),
    ):
        chosen = Channel("C1", digest=digest, digest_at=time(7, 15), days=(2, 3))
        known.keep_channel(chosen, "U1", NOW)
        assert words in text_of(say(known, "list"))


# --- mute ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "selector", "ends"),
    [
        ("mute MP090", M, "Friday 19 November 2021, 09:00 GMT"),
        ("mute MP090 7d", M, "Friday 19 November 2021, 09:00 GMT"),
        ("snooze mp90 for 2 weeks", M, "Friday 26 November 2021, 09:00 GMT"),
        ("mute november 2021 until friday", R, "the end of Thursday 18 November 2021"),
        ("mute decisions until 3 March", "kind:decisions", "the end of Wednesday 2 March 2022"),
        ("mute everything 2d", "everything", "Sunday 14 November 2021, 09:00 GMT"),
        ("mute rule everything 7d", "rule:everything", "Friday 19 November 2021, 09:00 GMT"),
        ("mute rule: everything", "rule:everything", "Friday 19 November 2021, 09:00 GMT"),
    ],
)
def test_a_mute_says_when_it_ends_with_the_weekday(known: Store, question: str, selector: str, ends: str) -> None:
    say(known, "subscribe everything")
    message = say(known, question)
    assert message.text.endswith(f"muted until {ends}")
    assert "What is muted is not told afterwards either" in text_of(message)
    assert muted(known) == [selector]


def test_what_is_muted_as_well_is_not_said_to_go_on(known: Store) -> None:
    for one in ("subscribe everything", "subscribe MP090", "subscribe MP102A", "mute MP102A 3d"):
        say(known, one)
    said = text_of(say(known, "mute rule everything 7d"))
    assert "What other rules bring goes on: MP090." in said
    say(known, "mute everything 14d")
    said = text_of(say(known, "mute rule everything 7d"))
    assert "goes on" not in said
    assert "Everything is muted here until Friday 26 November 2021, 09:00 GMT as it is." in said


def test_a_day_is_one_of_where_the_channel_is(known: Store) -> None:
    known.keep_channel(Channel("C1", zone="America/New_York"), "U1", NOW)
    say(known, "subscribe everything")
    say(known, "mute MP090 until saturday")
    (mute,) = known.mutes("C1")
    assert mute.until == datetime.fromisoformat("2021-11-13T05:00+00:00")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("mute", "What should be muted?"),
        ("mute 7d", "What should be muted?"),
        ("mute the moon 7d", "What should be muted?"),
        ("mute rule MP077 7d", "There is no rule for “MP077” here"),
        ("mute MP090 forever", "A mute ends; what is meant for good is not muted"),
        ("mute MP090 2 years", "A mute lasts a year at most"),
        ("mute MP090 until 3 March 2020", "Until when?"),
        ("mute votes on MP090 7d", "“votes on MP090” is two things at once"),
    ],
)
def test_what_cannot_be_muted_is_said_and_nothing_is_kept(known: Store, question: str, headline: str) -> None:
    say(known, "subscribe everything")
    assert say(known, question).text == headline
    assert known.mutes() == []


def test_for_good_an_exception_is_offered(known: Store) -> None:
    say(known, "subscribe everything, weekly")
    (first, *_) = buttons(say(known, "mute MP090 forever"))
    assert first == "subscribe everything except MP090, weekly"


def test_where_nothing_is_followed_there_is_nothing_to_mute_but_by_default_there_is(known: Store) -> None:
    assert say(known, "mute MP090").text == "This channel follows nothing, so there is nothing to mute"
    assert say(known, "mute rule everything 7d", default_channel="C1").text.startswith(
        "The rule for everything is muted"
    )
    assert muted(known) == ["rule:everything"]


def test_to_mute_is_no_longer_to_unsubscribe(known: Store) -> None:
    say(known, "subscribe MP090")
    say(known, "mute MP090")
    assert (held(known), muted(known)) == (["MP090"], [M])


def test_unmuting_ends_it_now_and_says_that_nothing_is_told_afterwards(known: Store) -> None:
    say(known, "subscribe everything")
    say(known, "mute MP090 7d")
    later = NOW + timedelta(days=1)
    message = say(known, "unmute mp-90", later)
    assert message.text == "MP090 is no longer muted"
    assert "What changed meanwhile is not told afterwards; `/sec since 2021-11-12` shows it." in text_of(message)
    assert "since 2021-11-12" in buttons(message)
    assert muted(known, later) == []


def test_unmute_names_a_rule_alone_or_all(known: Store) -> None:
    say(known, "subscribe MP090 and DP124")
    for what in ("MP090", "rule MP090", "rule DP124"):
        say(known, f"mute {what}")
    say(known, "unmute rule MP090", NOW + timedelta(hours=1))
    assert muted(known, NOW + timedelta(hours=1)) == [M, "rule:modification:DP124"]
    say(known, "unmute MP124", NOW + timedelta(hours=2))
    assert muted(known, NOW + timedelta(hours=2)) == [M]
    assert say(known, "unmute all", NOW + timedelta(hours=3)).text == "MP090 is no longer muted"
    assert say(known, "unmute all", NOW + timedelta(hours=4)).text == "Nothing is muted here"


def test_what_is_not_muted_is_not_unmuted(known: Store) -> None:
    say(known, "subscribe everything")
    say(known, "mute MP090")
    message = say(known, "unmute MP077")
    assert message.text == "“MP077” is not muted here"
    assert buttons(message) == ["unmute MP090"]


def test_a_rule_made_anew_is_not_silent_by_an_old_mute_of_it(known: Store) -> None:
    for question in ("subscribe MP090", "mute rule MP090 30d", "unsubscribe MP090"):
        say(known, question)
    say(known, "subscribe MP090", NOW + timedelta(hours=1))
    assert muted(known, NOW + timedelta(hours=1)) == []


# --- why -------------------------------------------------------------------------------------------------------------


def tell(store: Store, why: str = "this channel follows MP090") -> None:
    alert = Outgoing("alert:C1:1", "C1", "alert", {"changes": [ID], "source": "page"}, why)
    store.enqueue([alert], NOW - timedelta(days=7))


@pytest.mark.parametrize("question", ["why 3f9c01ab", f"why {ID}", "why did I get 3f9c01ab?", "why #3f9c01ab"])
def test_why_names_the_rule_who_made_it_and_when_and_what_stops_it(known: Store, question: str) -> None:
    say(known, "subscribe MP090 except votes", NOW - timedelta(days=30), user="U7")
    tell(known)
    message = say(known, question)
    assert message.text == "This came because this channel follows MP090"
    assert "• *MP090*, except votes: at once, and in the daily digest (by <@U7>, 13 Oct 2021)" in text_of(message)
    assert buttons(message)[:3] == ["mute rule MP090 7d", "mute November 2021 7d", "unsubscribe MP090"]
    assert "Mute this rule for 7 days" in text_of(message)


def test_why_offers_each_of_several_rules_by_name_and_the_modification_itself(known: Store) -> None:
    for what in ("everything", "november 2021"):
        say(known, f"subscribe {what}", NOW - timedelta(days=30))
    tell(known)
    message = say(known, "why 3f9c01ab")
    assert "Mute “everything” for 7 days" in text_of(message)
    assert {"mute rule everything 7d", "mute rule November 2021 7d", "mute MP090 7d"} <= set(buttons(message))


def test_one_press_mutes_exactly_that_rule(known: Store) -> None:
    say(known, "subscribe MP090 and november 2021", NOW - timedelta(days=30))
    say(known, buttons(say(known, "why 3f9c01ab"))[0])
    assert muted(known) == [f"rule:{M}"]
    message = say(known, "why 3f9c01ab")
    assert "• *MP090*: at once, and in the daily digest (by <@U1>, 13 Oct 2021); muted until Friday 19" in text_of(
        message
    )
    assert {"mute rule November 2021 7d", "unmute MP090"} <= set(buttons(message))


def test_why_says_when_nothing_brings_it_any_more(known: Store) -> None:
    tell(known)
    message = say(known, "why 3f9c01ab")
    assert message.text == "Nothing brings this here any more"
    assert "It was told on 5 Nov 2021, 09:00 GMT, because this channel follows MP090 then." in text_of(message)


def test_why_says_when_nobody_chose_the_rule(known: Store) -> None:
    tell(known)
    message = say(known, "why 3f9c01ab", default_channel="C1")
    assert message.text == "This came because this channel follows everything"
    assert "nobody chose it: it is so by default" in text_of(message)
    assert "unsubscribe everything" not in buttons(message)


def test_why_of_a_subject_names_the_rules_that_bring_it(known: Store) -> None:
    say(known, "subscribe november 2021")
    message = say(known, "why MP090")
    assert message.text == "Changes to MP090 come because this channel follows the November 2021 SEC Release"
    say(known, "mute rule november 2021")
    assert say(known, "why MP090").text == "Muted: changes to MP090 do not come now"
    assert say(known, "why MP077").text == "Nothing that this channel follows brings all changes to MP077"


def test_why_of_a_subject_that_no_rule_brings_whole_names_the_last_change_that_one_brought(known: Store) -> None:
    say(known, "subscribe status")
    message = say(known, "why DP090")
    assert message.text.startswith("The last change to DP090 came because this channel follows ")
    assert "Approved → Implemented" in text_of(message)
    assert "To be told of all of it" in text_of(message)


@pytest.mark.parametrize("question", ["why", "why me", "why 3f9c", "why deadbeef"])
def test_why_never_fails(known: Store, question: str) -> None:
    assert say(known, question).text


# --- for oneself -----------------------------------------------------------------------------------------------------


def test_in_a_direct_message_it_is_you_who_follow(known: Store) -> None:
    mine = {"channel": "D1", "user": "U1"}
    said = [
        say(known, question, **mine).text
        for question in ("list", "subscribe MP090", "subscribe MP090", "list", "mute MP077", "unsubscribe MP077")
    ]
    assert said == [
        "You follow nothing yet",
        "You now follow MP090",
        "You follow MP090 already",
        "You follow MP090",
        "MP077 is muted until Friday 19 November 2021, 09:00 GMT",
        "You do not follow MP077",
    ]
    assert (held(known, "U1"), held(known, "D1")) == (["MP090"], [])
    assert say(known, "unsubscribe MP090", **mine).text == "You no longer follow MP090"


def test_none_of_the_answers_to_oneself_speaks_of_a_channel(known: Store) -> None:
    questions = (
        "subscribe|subscribe banana|subscribe MP090 and november 2021 except votes|subscribe MP090 --dry-run|list|why 3f9c01ab|"
        "why MP090|mute|mute MP090|mute rule MP090|why 3f9c01ab|list|unmute MP090|unmute all|unsubscribe banana|"
        "unsubscribe MP090|unsubscribe all|mute MP090|list"
    )
    for question in questions.split("|"):
        assert "this channel" not in text_of(say(known, question, channel="D1")).casefold(), question


def test_for_me_is_followed_by_oneself_wherever_it_is_asked_and_the_buttons_go_on_for_the_same(known: Store) -> None:
    message = say(known, "subscribe MP090 for me, weekly")
    assert message.text == "You now follow MP090"
    assert "unsubscribe MP090 for me" in buttons(message)
    assert (held(known, "U1"), held(known)) == (["MP090, weekly"], [])
    assert say(known, "list for me").text == "You follow MP090"
    assert say(known, "list").text == "This channel follows nothing yet"
    say(known, "unsubscribe MP090 for me")
    assert held(known, "U1") == []


def test_who_may_not_change_a_channel_can_follow_the_same_for_themselves(known: Store) -> None:
    known.keep_channel(replace(Channel("C1"), managers=("U9",)), "U9", NOW)
    (first, *_) = buttons(say(known, "subscribe MP090 except votes, daily"))
    assert say(known, first).text == "You now follow MP090, except votes"
    assert held(known, "U1") == ["MP090 except votes, daily"]


# --- audit -----------------------------------------------------------------------------------------------------------


def test_each_deed_is_kept_with_who_did_it(known: Store) -> None:
    for user, question in (
        ("U1", "subscribe MP090"),
        ("U2", "mute MP090"),
        ("U3", "unmute all"),
        ("U4", "unsubscribe all"),
    ):
        say(known, question, NOW + timedelta(minutes=int(user[1])), user=user)
    assert [(one.user, one.what) for one in known.deeds("C1")] == [
        ("U1", "subscribed"),
        ("U2", "muted"),
        ("U3", "unmuted"),
        ("U4", "unsubscribed"),
    ]


def test_a_mute_that_is_over_is_not_listed(known: Store) -> None:
    say(known, "subscribe everything")
    known.mute(Mute("C1", M, NOW - timedelta(hours=1), "U1", NOW - timedelta(days=1)))
    assert "Muted" not in text_of(say(known, "list"))


# --- words -----------------------------------------------------------------------------------------------------------


def test_changes_are_light_or_weighty_or_neither_in_the_same_words_everywhere(known: Store) -> None:
    said = text_of(say(known, "subscribe everything except documents"))
    assert "All but light changes (new titles, wording) come at once, and all changes in the daily digest" in said
    assert "except documents (Technical Specifications)" in said


def test_news_is_one_thing(known: Store) -> None:
    assert "Weighty news (scope, go-live, decisions) comes all the same." in text_of(
        say(known, "quiet 18:00 to 08:00 but weighty")
    )
    assert "weighty news comes all the same" in text_of(say(known, "settings"))


def test_a_setting_that_is_kept_is_said_first(known: Store) -> None:
    assert say(known, "settings threads flat").text == "Now: flat: each alert by itself"
    assert say(known, "settings threads flat").text == "Already so: flat: each alert by itself"
