"""Whatever a page, a channel's name or a person types: Slack takes the view, and nothing in it mentions or links."""

from __future__ import annotations

from datetime import time

from hypothesis import example, given
from hypothesis import strategies as st

from bot.asking import Suggestion
from bot.domain.channel import Channel
from bot.ports import Message
from bot.render import blocks, forms, views
from tests.limits import live, view_faults
from tests.payloads import ZONE

HOSTILE = st.text(st.sampled_from("<>|&!@#*_`~ \n\u202eabcC0"), max_size=200) | st.text(max_size=300)


@given(HOSTILE, HOSTILE, HOSTILE, st.booleans())
@example("<a| >", "<!channel>", "", False)
@example("<a| >", "\u200b", "<https://evil.example|x>", True)
def test_a_form_takes_any_words(label: str, name: str, said: str, fixed: bool) -> None:
    chosen = views.Option("modification:MP090", label)
    channel = Channel("C1", name, quiet_from=time(1), quiet_until=time(2))
    wish = forms.Wish(chosen, channel, only=[chosen] * 12, but_not=[chosen], fixed=fixed)
    made = [
        forms.subscribe(wish, ZONE, ""),
        forms.settings(channel, ZONE, said, ""),
        forms.search(said, Message("found", tuple(blocks.blocks("# Found"))), ""),
        forms.told(label, Message("*told*")),
    ]
    assert [view_faults(view) for view in made] == [[]] * 4
    # Slack reads no tokens in plain text, which fields are made of.
    said_in = [[block for block in view["blocks"] if block["type"] in ("section", "context")] for view in made]
    assert [live(Message("view", tuple(some))) for some in said_in] == [[]] * 4


@given(HOSTILE, HOSTILE, st.sampled_from(["", "subscribe"]))
def test_a_button_takes_any_words(label: str, question: str, opens: str) -> None:
    for row in blocks.buttons([Suggestion(label, question, opens), Suggestion(label, f"unsubscribe {question}")]):
        for button in row["elements"]:
            assert 0 < len(button["text"]["text"].strip()) <= 75
            assert 0 < len(button["value"]) <= 2000
            assert 0 < len(button.get("accessibility_label", "x")) <= 75


@given(st.lists(HOSTILE, min_size=1, max_size=130))
def test_a_view_holds_a_hundred_blocks_and_says_what_is_left_out(words: list[str]) -> None:
    made = views.home([blocks.section(one or "–") for one in words])
    assert len(made["blocks"]) <= 100
    if len(words) > 100:
        assert f"… and {len(words) - 99} more pieces" in made["blocks"][-1]["elements"][0]["text"]
