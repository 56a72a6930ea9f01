"""Words: values as people say them, text from pages as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import jinja2
import pytest

from bot.domain.changes import Change
from bot.domain.vocabulary import Weight
from bot.render import words
from bot.render.text import START, cut, harmless, http_url, plain, shortened, tempting

LONDON = ZoneInfo("Europe/London")


def said(template: str, **facts: object) -> str:
    return words.environment(LONDON).from_string(template).render(facts).replace(START, "")


def change(subject: str, attribute: str, before: str | None, after: str | None, **facts: str) -> Change:
    return Change("kind", subject, attribute, before, after, Weight.NORMAL, facts=facts)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ '2021-11-04'|date }}", "4 November 2021"),
        ("{{ '2022-06'|date }}", "June 2022"),
        ("{{ on|date }}", "29 November 2021"),
        ("{{ '2021-11-04'|weekday }}", "Thursday 4 November 2021"),
        ("{{ '2022-06'|weekday }}", "June 2022"),
        ("{{ '2021-11'|release }}", "November 2021"),
        ("{{ 'release:2021-11'|release }}", "November 2021"),
        ("{{ 'soon'|release }}", "soon"),
        ("{{ 'on_hold'|status }}", "On hold"),
        ("{{ 'other:Paused'|status }}", "Paused"),
        ("{{ 'authority_led'|choice }}", "Authority-Led"),
        ("{{ 'version:50.0'|subject }}", "SEC v50.0"),
        ("{{ 'release:2021-11'|subject }}", "November 2021 SEC Release"),
        ("{{ 'document:2021-11/Schedule 8'|subject }}", "Schedule 8 (November 2021)"),
        ("{{ 'document:Schedule 8'|subject }}", "Schedule 8"),
        ("{{ 'variation:2014-09-02/Section L'|subject }}", "Section L (variation of 2 September 2014)"),
        ("{{ 'modification:MP090'|key }}", "MP090"),
        ("{{ 'MP090'|named('Alerts') }}", "MP090 ‘Alerts’"),
        ("{{ 'MP090'|named('') }}", "MP090"),
        ("{{ 1|plural('page') }}, {{ 3|plural('entry', 'entries') }}", "1 page, 3 entries"),
        ("{{ 13200|number }}", "13,200"),
        ("{{ 0|in_days }} {{ 1|in_days }} {{ 12|in_days }} {{ -3|in_days }}", "today tomorrow in 12 days 3 days ago"),
        ("{{ ['a', 'b', 'c']|listed }}; {{ 'a, b, c, d'|listed(3) }}", "a, b and c; a, b and 2 more"),
        ("{{ []|listed }}{{ ['a']|listed }}", "a"),
        ("{{ 'go-live'|first_up }}", "Go-live"),
    ],
)
def test_values_are_told_as_people_say_them(template: str, expected: str) -> None:
    assert said(template, on=date(2021, 11, 29)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2021, 11, 5, 9, 0, tzinfo=UTC), "5 Nov 2021, 09:00 GMT"),
        ("2021-06-24T08:30:00+00:00", "24 Jun 2021, 09:30 BST"),
        ("2021-06-24", "24 June 2021"),
    ],
)
def test_a_moment_is_told_in_the_bots_zone_and_a_bare_date_is_never_moved(at: object, expected: str) -> None:
    assert said("{{ at|moment }}", at=at) == expected


def test_a_zone_without_letters_is_told_by_its_offset() -> None:
    at = datetime(2021, 11, 5, 9, 0, tzinfo=UTC)
    assert words.moment(at, zone=ZoneInfo("Asia/Dubai")) == "5 Nov 2021, 13:00 UTC+04"


def test_a_day_late_in_the_evening_is_the_bots_local_one() -> None:
    assert said("{{ at|day }}", at="2021-06-23T23:30:00+00:00") == "24 Jun 2021"


@pytest.mark.parametrize(
    ("attribute", "value", "expected"),
    [
        ("go_live", "2021-11-04", "4 November 2021"),
        ("in_scope", "MP138", "MP138"),
        ("unheard_of", "x", "x"),
    ],
)
def test_a_value_is_told_by_the_type_of_its_attribute(attribute: str, value: str, expected: str) -> None:
    assert said("{{ c.after|value(c) }}", c=change("release:2021-11", attribute, None, value)) == expected


def test_a_title_goes_with_its_own_subject_only() -> None:
    scope = change("release:2021-11", "in_scope", None, "MP138", title="ETAD")
    status = change("modification:MP138", "status", None, "approved", title="ETAD")
    assert said("{{ c|named }}", c=scope) == "November 2021 SEC Release"
    assert said("{{ c|named }} {{ c|attribute }}", c=status) == "MP138 ‘ETAD’ status"


def test_a_fact_that_is_missing_is_an_error_and_an_inline_if_without_else_is_not() -> None:
    with pytest.raises(jinja2.UndefinedError):
        said("{{ title }}")
    assert said("{{ ', ' if last }}{{ nobody }}{{ ('v' ~ x if x) ~ 'd' }}", last=False, x="", nobody=None) == "d"


def test_facts_come_before_the_methods_of_their_mapping() -> None:
    facts: Mapping[str, str] = {"items": "MP077, MP090"}
    assert said("{{ facts.items|listed }}", facts=facts) == "MP077 and MP090"


def test_words_are_escaped_exactly_once_wherever_they_pass() -> None:
    template = (
        "{% macro m(x) %}{{ x }}{% endmacro %}{% set s %}{{ a }}{% endset %}"
        "{{ a }}|{{ m(a) }}|{{ s }}|{{ [a, a|bold]|join('+') }}|{{ [a|bold, a]|listed }}|{{ a ~ (a|bold) }}"
    )
    a = "it's A & <B>"
    one = "it's A &amp; &lt;B&gt;"
    assert said(template, a=a) == f"{one}|{one}|{one}|{one}+*{one}*|*{one}* and {one}|{one}*{one}*"


@pytest.mark.parametrize("name", words.UNSAFE)
def test_no_template_can_let_text_through_as_markup(name: str) -> None:
    with pytest.raises(jinja2.TemplateAssertionError):
        said(f"{{{{ a|{name} }}}}", a="<!channel>")


def test_text_of_a_page_cannot_break_lines_or_begin_a_paragraphs_mark() -> None:
    told = words.environment(LONDON).from_string("{{ a }}").render(a="# Fake\n\n---\n> also \u2028 this")
    assert told.startswith(START)
    assert "\n" not in told
    assert "\u2028" not in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        ("snake_case_name 09:00:30", "snake_case_name 09:00:30"),
        (":tada: go :100:", "∶tada: go ∶100:"),
        ("\u202eevil\u2066 a\u200bb\ufeffc", "evil abc"),
        ("a\x00b\x1b[31mc\r\nd", "a b [31mc d"),
        ("\ud800", "\ufffd"),
        ("\u3164\u2800\u00ad", ""),
        ("Title\u00a0of  ‘it’ – é", "Title of ‘it’ – é"),
        ("&amp; <b>", "&amp;amp; &lt;b&gt;"),
    ],
)
def test_text_of_a_page_shows_itself_and_does_nothing(text: str, expected: str) -> None:
    assert harmless(text) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "https://",
        "https://user:secret@evil.example/",
        "https://good.example@evil.example/",
        "https://evil.example\\@good.example/",
        "http://[::1",
        "https://exаmple.org/",  # a Cyrillic letter
        "https://evil example/",
        "slack://open",
        "https://a.example/" + "x" * 3000,
        "",
    ],
)
def test_only_plain_http_urls_become_links(url: str) -> None:
    assert http_url(url) is None
    assert said("{{ url|link('here') }}", url=url) == "here"


def test_a_links_url_cannot_close_its_bracket_or_add_a_label() -> None:
    assert said("{{ u|link(t) }}", u="https://a.example/?x=1&y=<z>|w v", t="A|B <C>") == (
        "<https://a.example/?x=1&amp;y=%3Cz%3E%7Cw%20v|A¦B &lt;C&gt;>"
    )


def test_plain_text_shows_an_ampersand_and_no_token() -> None:
    assert plain("A &amp; B &lt;!channel&gt; <https://a.example|source> 3 &lt; 4") == "A & B ‹!channel› source 3 < 4"


def test_a_quote_is_cut_between_words_and_keeps_one_pair_of_marks() -> None:
    assert said("{{ a|quoted(20) }}", a="one two three four five") == "“one two three four…”"
    assert said("{{ a|quoted }}", a="“said”") == "“said”"
    assert shortened("abc", 3) == "abc"


def test_a_cut_splits_no_link_no_entity_and_no_bold() -> None:
    assert cut("ab <https://a.example|label> cd", 12) == "ab…"
    assert cut("aaaa &amp; bbbb", 9) == "aaaa…"
    assert cut("*bold words here*", 10) == "*bold wo…*"


@pytest.mark.parametrize("text", ["see evil.example/x", "http://x", "@channel", "#general", "mailto:a", "www.x"])
def test_what_slack_would_link_by_itself_is_noticed(text: str) -> None:
    assert tempting(text)


@pytest.mark.parametrize(
    "text", ["<https://a.example|label> v4.1", "`/sec since 5 Nov 2021`", "H8.16, e.g. this. That"]
)
def test_plain_words_and_our_own_links_are_no_temptation(text: str) -> None:
    assert not tempting(text)
