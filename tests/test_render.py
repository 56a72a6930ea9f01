"""Messages: what someone with ten seconds sees, and that text from pages stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.asking import Reply, Suggestion
from bot.domain.changes import Change, KeptFacts, Told
from bot.domain.vocabulary import Weight
from bot.ports import Message, Outgoing
from bot.render import Renderer, blocks
from bot.render.text import harmless, plain
from tests import samples
from tests.drawing import examples, one_in
from tests.limits import faults, live, read

RENDERER = Renderer(ZoneInfo("Europe/London"))
WHY = "this channel follows the November 2021 SEC Release"
ALERT = {
    "source": "november-2021",
    "url": samples.URL,
    "heading": "November 2021 SEC Release",
    "read_at": "2021-06-05T09:00:00+00:00",
}
ONE_OF_EACH = list({change.kind: change for change in reversed(samples.changes())}.values())


def sent(kind: str, payload: dict[str, Any], told: Sequence[Told] = (), why: str = WHY) -> Message:
    return RENDERER.outgoing(Outgoing("key", "C1", kind, payload, why), told, samples.NOW)


def alert(*changes: Change, **payload: Any) -> Message:
    return sent("alert", {**ALERT, **payload}, samples.told(changes))


def of(kind: str, **facts: str) -> Change:
    change = next(one for one in samples.changes() if one.kind == kind)
    return replace(change, facts={**change.facts, **facts})


def lines(message: Message) -> list[str]:
    return read(message).split("\n")


# --- alerts ----------------------------------------------------------------------------------------------------------


def test_an_alert_says_what_changed_proves_it_and_tells_where_when_why_and_how_to_stop_it() -> None:
    message = alert(replace(of("go_live_moved"), quote_after="It is now due on 29 November 2021."))
    assert "4 November 2021 to 29 November 2021" in message.text
    assert lines(message)[0] == message.text
    assert "> “It is now due on 29 November 2021.”" in lines(message)
    assert f"<{samples.URL}|November 2021 SEC Release> · read 5 Jun 2021, 10:00 BST" in lines(message)
    assert f"Why here: {WHY}. To stop or change that: `/sec list`" in lines(message)


def test_several_changes_of_one_reading_are_one_message_under_the_weightiest() -> None:
    message = alert(of("retitled"), of("scope_added"), of("go_live_moved"))
    first, *others = message.text.split("\n")
    assert first.startswith("November 2021 SEC Release: go-live moves")
    assert first.endswith(", and 2 more changes")
    assert [other.partition(" ")[0] for other in others] == ["MP138", "MP090"]


def test_a_sentence_that_proves_several_changes_is_quoted_once() -> None:
    same = [replace(of(kind), quote_after="Both stand here.") for kind in ("scope_added", "status_changed")]
    assert read(alert(*same)).count("Both stand here.") == 1


def test_a_changed_passage_is_shown_before_and_after() -> None:
    shown = read(alert(of("reworded")))
    assert "> Before: “The hub firmware comes in June 2022.”" in shown
    assert "> Now: “The hub firmware comes in November 2022.”" in shown


def test_a_removal_is_proved_by_what_the_page_said_before() -> None:
    assert "> “2021-11: in scope MP129”" in read(alert(of("scope_removed")))


@pytest.mark.parametrize("change", samples.changes(), ids=lambda change: change.kind)
def test_every_kind_of_change_makes_a_message_that_slack_takes(change: Change) -> None:
    message = alert(change)
    assert faults(message) == []
    assert message.blocks[0]["type"] == "header"
    assert live(message) == [samples.URL]


def test_a_kind_that_an_earlier_version_told_is_still_told() -> None:
    gone = replace(of("status_changed", title="Alerts"), kind="kind_of_an_earlier_version")
    assert alert(gone).text == "MP077 ‘Alerts’: status Targeted → Implemented"


def test_an_alert_whose_changes_are_no_longer_kept_says_at_least_where() -> None:
    assert alert().text == "November 2021 SEC Release changed"


def test_a_long_headline_stays_whole() -> None:
    message = alert(of("scope_added", title="A title that goes on " * 10))
    assert message.blocks[0]["type"] == "section"
    assert "comes into the November 2021 SEC Release" in lines(message)[0]


def test_nothing_renders_an_unknown_kind_of_message() -> None:
    with pytest.raises(ValueError, match="nothing renders a 'poem'"):
        sent("poem", {})


# --- digests, cards, countdowns, notices -----------------------------------------------------------------------------


def digest(told: Sequence[Told], **payload: Any) -> Message:
    groups = [{"release": "2021-11", "name": "", "changes": [one.id for one in told]}] if told else []
    base = {"date": "2021-11-05", "since": "2021-11-04T08:30:00+00:00", "groups": groups, "pages_read": 23}
    return sent("digest", {**base, **payload}, told)


def test_a_digest_groups_net_changes_and_says_how_many() -> None:
    message = digest(samples.told([of("scope_added"), of("go_live_moved")]))
    assert lines(message)[0] == "SEC digest, Friday 5 November 2021: 2 changes"
    assert "*November 2021 SEC Release*" in lines(message)
    assert sum(line.startswith("• ") for line in lines(message)) == 2


def test_a_quiet_digest_says_so_and_how_many_pages_were_read() -> None:
    shown = lines(digest([]))
    assert shown[0] == "SEC digest, Friday 5 November 2021: all quiet"
    assert shown[1] == "Nothing changed since 4 Nov 2021, 08:30 GMT; 23 pages were read."


def test_a_digest_without_a_page_read_does_not_pretend_to_know_all() -> None:
    assert "No page answered, so this may not be all." in read(digest([], pages_read=0))


def test_a_digest_tells_what_comes_and_which_sources_are_in_trouble() -> None:
    coming = {"subject": "release:2021-11", "attribute": "go_live", "on": "2021-11-29", "days": 24, "working_days": 16}
    shown = read(digest([], coming=[{**coming, "title": ""}], sources_in_trouble=["variations"]))
    assert "• *Monday 29 November 2021*, 16 working days left: go-live, November 2021 SEC Release" in shown
    assert "*Not read well*\n• variations" in shown


def test_a_card_tells_where_a_page_stands_at_first_sight() -> None:
    summary = {"go_live": "2021-11-04", "in_scope": 10, "documents": 0, "version": "", "items": 0}
    message = sent("card", {**ALERT, "about": "release:2021-11", "claims": 64, "summary": summary})
    assert message.text == "Now tracking: November 2021 SEC Release"
    assert "*Go-live*\nThursday 4 November 2021" in read(message)
    assert "*Draft specifications*" not in read(message)


@pytest.mark.parametrize(
    ("days", "working_days", "expected"),
    [
        (14, 10, "in 14 days (10 working days)"),
        (3, 1, "in 3 days (1 working day)"),
        (1, 1, "tomorrow"),
        (0, 0, "today"),
    ],
)
def test_a_countdown_counts_working_days(days: int, working_days: int, expected: str) -> None:
    payload = {"subject": "modification:MP162", "attribute": "decision_cut_off", "on": "2021-11-19", "title": "MHHS"}
    message = sent("countdown", {**payload, "days": days, "working_days": working_days, "quote": "Cut-off: 19 Nov."})
    assert message.text == f"Decision cut-off {expected}: MP162, Friday 19 November 2021"
    assert "falls back to a release after this one" in read(message)


NOTICE = {
    "source": "november-2021",
    "sources": ["november-2021", "news"],
    "url": samples.URL,
    "reason": "The page says ten modifications and has no row.",
    "since": "2021-11-05T09:00:00+00:00",
    "last_good": "2021-11-04T08:30:00+00:00",
    "count": 2,
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doubtful", "Not believed: the latest reading of november-2021"),
        ("failing", "Can't be read: november-2021"),
        ("recovered", "november-2021 reads well again"),
        ("all_recovered", "2 sources read well again"),
        ("suspects_itself", "secbot suspects itself: 2 sources in trouble at once"),
        ("undeliverable", "2 messages could not be delivered"),
        ("disk_is_full", "Disk is full: november-2021"),
    ],
)
def test_operators_read_what_is_the_matter_in_the_headline(name: str, expected: str) -> None:
    message = sent("notice", {**NOTICE, "name": name})
    assert message.text == expected
    assert faults(message) == []


def test_a_notice_needs_no_more_than_its_name() -> None:
    assert sent("notice", {"name": "doubtful", "source": "news"}, why="").text.endswith("news")


def test_a_disagreement_shows_both_dates_and_who_says_so() -> None:
    values = [{"value": "2021-11-04", "source": "release page", "url": samples.URL}]
    payload = {"name": "disagreement", "subject": "release:2021-11", "attribute": "go_live", "values": values}
    message = sent("notice", payload)
    assert message.text == "Sources disagree: go-live of November 2021 SEC Release"
    assert f"• *4 November 2021*, says <{samples.URL}|release page>" in read(message)


# --- replies ---------------------------------------------------------------------------------------------------------


def test_suggestions_become_buttons_five_in_a_row_and_no_more_than_fit() -> None:
    rows = blocks.buttons([Suggestion(f"{'MP102A & more ' * 9}{n}", f"MP{n}") for n in range(40)])
    assert [len(row["elements"]) for row in rows] == [5, 5, 5, 5, 5]
    assert {e["action_id"] for row in rows for e in row["elements"]} == {f"ask:{n}" for n in range(25)}
    assert rows[0]["elements"][1]["value"] == "MP1"
    assert len(rows[0]["elements"][0]["text"]["text"]) <= 75


def test_a_suggestion_without_words_is_no_button() -> None:
    assert blocks.buttons([Suggestion("\u200b ", "x"), Suggestion("x", " ")]) == []


def test_a_reply_without_its_template_is_a_mistake_of_ours() -> None:
    with pytest.raises(Exception, match="no_such_reply"):
        RENDERER.reply(Reply("no_such_reply"))


# --- text from pages -------------------------------------------------------------------------------------------------

ATTACKS = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S123>",
    "<!date^1392734382^{date}|now>",
    "<@U012AB3CD>",
    "<@W012AB3CD|boss>",
    "<#C012AB3CD>",
    "<#C012AB3CD|general>",
    "<http://evil.example|SEC>",
    "<https://evil.example>",
    "<https://evil.example|https://smartenergycodecompany.co.uk>",
    "<mailto:a@evil.example|SEC>",
    "<javascript:alert(1)|SEC>",
    "<tel:+441234|SEC>",
    "<slack://open|SEC>",
    "javascript:alert(1)",
    "[SEC](javascript:alert(1))",
    "<a href='javascript:alert(1)'>SEC</a>",
    "<<!channel>>",
    "<!channel",
    "!channel>",
    "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;",
    "&#60;!channel&#62;",
    "\\u003c!channel\\u003e",
    "<\u200b!channel>",
    "<!chan\u00adnel>",
    "\u202e<lennahc!>\u202c",
    "\u2066<!channel>\u2069",
    "\x02<!channel>\x02",
    "\x00<!channel>",
    "\n<!channel>\n",
    "\r\n# <!channel>",
    "\n\n# A headline of mine",
    "\n---\n^ Why here: ask evil.example",
    "\n> “<!channel>”",
    ">>> all of this",
    ":: Label :: <!channel>",
    "*bold* and *more",
    "_italic_ ~struck~",
    "`code` ```block```",
    "*<!channel>*",
    "`<!channel>`",
    ":warning: :tada:",
    "@channel @here @everyone",
    "#general",
    "https://evil.example/login",
    "evil.example/login",
    "{{ 7 * 7 }} {% raw %}",
    "']|<!channel>",
    "‘<!channel>’",
    "\ud83d<!channel>",
    "\U000e0001<!channel>",
    "&<>\"'",
)


@pytest.mark.fault(22)
@pytest.mark.parametrize("attack", one_in(3, ATTACKS))
def test_text_of_a_page_calls_nobody_and_links_nowhere(attack: str) -> None:
    changes = [samples.grown(change, lambda text: f"{attack} {text}") for change in ONE_OF_EACH]
    messages = [alert(change, heading=attack, source=attack) for change in changes]
    messages += [sent("notice", {**NOTICE, "name": "doubtful", "source": attack, "reason": attack}, why=attack)]
    messages += [digest(samples.told(changes), coming=[], sources_in_trouble=[attack])]
    for message in messages:
        assert set(live(message)) <= {samples.URL}
        assert faults(message) == []
        assert "49 {" not in read(message)


@pytest.mark.parametrize("attack", ["*bold* and *more", "`code` ```block```", "_italic_ ~struck~", "\n\n# Mine\n---\n"])
def test_text_of_a_page_formats_nothing_around_it(attack: str) -> None:
    change = replace(of("scope_added", title=attack), quote_after=attack)
    message = alert(of("go_live_moved"), change)
    sentence = next(line for line in lines(message) if "MP138" in line and line.startswith("*"))
    assert sentence.count("*") == 2
    assert "`" not in sentence
    assert [block["type"] for block in message.blocks].count("header") == 1
    assert not any(block["type"] == "divider" for block in message.blocks)


def test_what_looks_like_an_address_or_a_mention_is_verbatim_and_all_else_is_not() -> None:
    sections = list(alert(replace(of("scope_added"), quote_after="See evil.example")).blocks)
    assert sections[1]["text"]["verbatim"] is True
    assert "verbatim" not in alert(replace(of("scope_added"), quote_after="See above")).blocks[1]["text"]


@pytest.mark.parametrize(
    ("title", "shown"), [("<0>", "‹0>"), ("< >", "‹ >"), ("<5 days", "<5 days"), ("a<b>c", "a‹b›c")]
)
def test_brackets_that_close_are_no_token_in_a_headline(title: str, shown: str) -> None:
    assert plain(harmless(title)) == shown


TEXTS = st.text(max_size=300) | st.sampled_from(ATTACKS) | st.text("<>&*`_~|!@#:\n ", max_size=80)


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(ONE_OF_EACH), TEXTS), min_size=1, max_size=12), TEXTS)
def test_whatever_pages_say_slack_takes_it(drawn: list[tuple[Change, str]], heading: str) -> None:
    changes = [samples.grown(change, lambda _, text=text: text or "x") for change, text in drawn]  # type: ignore[misc]
    for message in (alert(*changes, heading=heading), digest(samples.told(changes))):
        assert faults(message) == []
        assert set(live(message)) <= {samples.URL}


def test_the_weight_of_a_change_and_not_its_place_makes_the_headline() -> None:
    light = replace(of("retitled"), weight=Weight.LIGHT)
    assert alert(light, of("scope_added")).text.startswith("MP138")


@pytest.mark.parametrize("change", ONE_OF_EACH, ids=lambda change: change.kind)
def test_a_change_that_an_older_secbot_kept_without_a_fact_is_told_all_the_same(change: Change) -> None:
    (told,) = samples.told([replace(change, facts=KeptFacts())])
    message = sent("alert", ALERT, [told])
    assert faults(message) == []
    assert message.text.strip()
    assert "None" not in message.text


def test_a_new_change_that_lacks_a_fact_is_an_error_of_ours() -> None:
    added = next(one for one in ONE_OF_EACH if one.kind == "scope_added")
    with pytest.raises(UndefinedError):
        RENDERER.change(replace(added, facts={}))
