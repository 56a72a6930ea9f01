"""The terminal: the same message as in Slack, readable in a pipe, coloured where there is colour."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from bot.asking import Suggestion
from bot.ports import Message
from bot.render import blocks
from bot.terminal import TerminalPoster, as_text
from tests import samples
from tests.test_render import alert, of

ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def message(words: str, *suggestions: Suggestion) -> Message:
    return Message("text", (*blocks.blocks(words), *blocks.buttons(suggestions)))


def shown(words: str, **look: Any) -> list[str]:
    return as_text(message(words), **look).split("\n")


def test_an_alert_reads_like_the_one_in_slack() -> None:
    text = as_text(alert(of("scope_added", title="Alerts & <more>")), width=200)
    assert text.split("\n")[0] == "MP138 ‘Alerts & ‹more›’ comes into the November 2021 SEC Release"
    assert "│ “2021-11: in scope MP138”" in text
    assert f"November 2021 SEC Release ({samples.URL})" in text


def test_words_are_unescaped_and_links_tell_their_address() -> None:
    assert shown("*Bold* A &amp; B &lt;C&gt; <https://a.example/?x=1&amp;y|here>", width=200) == [
        "Bold A & B <C> here (https://a.example/?x=1&y)"
    ]


def test_a_quote_keeps_its_bar_and_a_list_its_indent_over_line_ends() -> None:
    assert shown("> one two three four five six", width=20) == ["│ one two three four", "│ five six"]
    assert shown("• one two three four five six", width=20) == ["• one two three four", "  five six"]


def test_fields_stand_in_columns() -> None:
    assert shown(":: Go-live :: 4 November 2021\n:: Scope on the DCC Systems :: 6 November 2020") == [
        "Go-live                   4 November 2021",
        "Scope on the DCC Systems  6 November 2020",
    ]
    assert shown(f":: {'A label ' * 8}:: x")[0].endswith("label x")


def test_buttons_show_what_they_would_ask() -> None:
    text = as_text(message("# Head", Suggestion("Split A", "MP102A"), Suggestion("Split B", "MP102B")))
    assert text == "Head\n\nAsk next: /sec MP102A · /sec MP102B"


def test_no_line_is_wider_than_the_terminal_unless_an_address_is() -> None:
    text = as_text(alert(*(of(kind) for kind in ("scope_added", "go_live_moved", "retitled"))), width=40)
    assert all(len(line) <= 40 for line in text.split("\n") if "https://" not in line)


def test_colour_says_nothing_that_words_do_not() -> None:
    for width in (30, 88):
        coloured = as_text(alert(of("go_live_moved"), of("scope_added")), width=width, colour=True)
        for line in coloured.split("\n"):
            assert ESCAPE.sub("", line).isprintable()
            assert line.count("\x1b]8;;http") == line.count("\x1b]8;;\x1b\\")
            assert not line.count("\x1b[") or line.endswith(("\x1b[0m", "\x1b\\")) or "\x1b[0m" in line


def test_a_style_that_runs_over_a_line_end_is_taken_up_again() -> None:
    first, second = shown("*" + "bold " * 8 + "end*", width=20, colour=True)[:2]
    assert first.startswith("\x1b[1m")
    assert first.endswith("\x1b[0m")
    assert second.startswith("\x1b[1m")


def test_a_terminal_is_coloured_and_a_pipe_is_plain() -> None:
    for stream, expected in ((Screen(), True), (io.StringIO(), False)):
        TerminalPoster(stream, width=60).post("C1", message("# Head"), "key")
        assert ("\x1b[" in stream.getvalue()) is expected


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_color_is_obeyed(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    screen = Screen()
    TerminalPoster(screen, width=60).post("C1", message("# Head"), "key")
    assert "\x1b" not in screen.getvalue()


def test_a_post_names_its_channel_and_gives_each_message_its_own_ts() -> None:
    stream = io.StringIO()
    poster = TerminalPoster(stream, colour=False, width=40)
    assert poster.post("#sec", message("# One"), "k1") != poster.post("#sec", message("# Two"), "k2")
    assert stream.getvalue().startswith("── #sec ─")
    assert poster.find("#sec", "k1", samples.NOW) is None


def test_a_reply_stands_below_the_headline_of_what_it_answers_and_says_whether_the_channel_sees_it() -> None:
    stream = io.StringIO()
    poster = TerminalPoster(stream, colour=False, width=60)
    card = poster.post("#sec", Message("MP077 ‘A &amp; B’: Approved\nand more"), "k1")
    poster.post("#sec", message("# One"), "k2", below=card.ts)
    poster.post("#sec", message("# Two"), "k3", below=card.ts, broadcast=True)
    poster.post("#sec", message("# Three"), "k4", below="terminal.of.another")
    marks = [line for line in stream.getvalue().split("\n") if line.startswith("↳")]
    assert marks == [
        "↳ below “MP077 ‘A & B’: Approved”",
        "↳ below “MP077 ‘A & B’: Approved”, and in the channel",
        "↳ in a thread",
    ]


def test_an_edit_prints_nothing_for_what_is_printed_stays() -> None:
    stream = io.StringIO()
    TerminalPoster(stream, colour=False, width=60).edit("#sec", "terminal.1", message("# One"))
    assert stream.getvalue() == ""


def test_a_message_cannot_drive_the_terminal() -> None:
    wild = Message("x", ({"type": "section", "text": {"type": "mrkdwn", "text": "a\x1b]0;title\x07b\x1b[2Jc"}},))
    assert as_text(wild) == "a]0;titleb[2Jc"


def test_a_message_without_blocks_shows_its_text() -> None:
    assert as_text(Message("only &amp; words")) == "only & words"


def test_an_address_is_printed_once_and_in_each_message_anew() -> None:
    words = "• a (<https://a.example/x|news>)\n• b (<https://a.example/x|news>)\n• c (<https://a.example/y|news>)"
    expected = ["• a (news (https://a.example/x))", "• b (news)", "• c (news (https://a.example/y))"]
    assert shown(words) == expected
    assert shown(words) == expected


def test_a_button_that_opens_a_form_is_left_out_where_nothing_can_be_pressed() -> None:
    opens = Suggestion("Choose…", "", "subscribe")
    shown = as_text(Message("Follow", tuple(blocks.buttons([opens, Suggestion("Next", "next")]))))
    assert "/sec next" in shown
    assert "modal" not in shown
    assert "Ask next" not in as_text(Message("Follow", tuple(blocks.buttons([opens]))))
