"""Every command and every button below an answer, driven through a Slack on this machine, by both ways in.

Each row is one word of the registry: what is typed, the last of it answered as the row says. Then every button below
that answer is pressed, and each must be answered, or open its form. A command without a row fails.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import storage
from bot.ports import Source, Store
from handlers.commands import registry
from tests.knowing import NEWS_READ, claims, fill, listed, read
from tests.local_slack import MODES, Driven, LocalSlack, Message, buttons, driven, needs_local_slack, running

ROWS: dict[str, tuple[str, ...]] = {
    # word: what is typed …, how the answer to the last begins
    "cutoffs": ("cutoffs 30d", "1 date in the next 30 days: Change Board vote 27 July 2022"),
    "define": ("define DUIS", "DUIS: DCC User Interface Specification"),
    "digest": ("digest daily 08:30 mon-fri", "Digest: Monday to Friday at 08:30"),
    "evidence": ("evidence MP090", "Evidence of what is known of MP090"),
    "help": ("help", "Ask about the Smart Energy Code"),
    "history": ("history MP090", "MP090 ‘Incorporation"),
    "list": ("subscribe MP090", "mute MP090 7d", "list", "This channel follows MP090"),
    "modification": ("mp102", "MP102 was split"),
    "mute": ("subscribe MP090", "mute MP090 7d", "MP090 is muted until Tuesday 26 July 2022"),
    "next": ("next", "Next: "),
    "part": ("part Appendix AD", "Appendix AD ‘DCC User Interface Specification’"),
    "preview": ("preview november 2022", "Nothing would have come in 90 days"),
    "quiet": ("quiet 18:00-08:00", "Quiet hours: 18:00 to 08:00"),
    "release": ("release november 2021", "November 2021 SEC Release"),
    "search": ("search alert", "3 matches for “alert”"),
    "settings": ("settings", "Settings of this channel"),
    "share": ("share MP090", "MP090 ‘Incorporation"),
    "since": ("since 30 june 2021", "1 change since"),
    "status": ("status", "All 4 pages are read well"),
    "subscribe": ("subscribe november 2021 except documents, daily", "This channel now follows the November 2021"),
    "unmute": ("subscribe MP090", "mute MP090 7d", "unmute MP090", "MP090 is no longer muted"),
    "unsubscribe": ("subscribe MP090", "unsubscribe MP090", "This channel no longer follows MP090"),
    "version": ("version 50", "SEC v50.0: in effect since 4 November 2021"),
    "why": ("subscribe MP090", "why MP090", "Changes to MP090 come because this channel follows MP090"),
}
OTHER_BUTTONS = {
    "a typo": ("modifcation", "Did you mean"),
    "nothing": ("", "Next: "),
    "what is not known": ("MP999", "MP999 is not known"),
    "an unclear day": ("since gobbledigook", "Since which day?"),
}
"""Answers to what is no command, whose buttons are pressed as well."""
SORRY = ("Sorry", "Did you mean", "That is not clear", "Too many questions")


def test_every_command_has_a_row() -> None:
    assert registry().keys() == ROWS.keys()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path_factory.mktemp('walk')}/walk.db"
    storage.migrate(url)
    with storage.open_store(url) as store:
        fill(store)
        page = Source("november-2022", "https://example.org/november-2022-sec-release/", "release-page")
        coming = claims("Go-live is on 3 November 2022.", ("release:2022-11", "go_live", "2022-11-03"))
        vote = claims("The vote is on 27 July 2022.", ("modification:MP162", "change_board_vote_on", "2022-07-27"))
        read(store, page, NEWS_READ, [*coming, *listed("MP162", "MHHS", "2022-11", "report_phase"), *vote])
        yield store


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    with running(tmp_path_factory.mktemp("emulator")) as found:
        yield found


@pytest.fixture(scope="module", params=MODES)
def at_work(request: pytest.FixtureRequest, emulator: LocalSlack, known: Store) -> Iterator[Driven]:
    with driven(request.param, emulator, known) as found:
        yield found


def pressed(at_work: Driven, message: Message, button: dict[str, str], user: str) -> str:
    """Press a button; return what comes of it: the text of the answer, or which form opened."""
    if button["action_id"].startswith("open:"):
        before = [one["id"] for one in at_work.emulator.modals()]
        at_work.presses(message, button, user)
        opened = at_work.emulator.modal()
        while opened["id"] in before:
            opened = at_work.emulator.modal()
        return f"form {opened['callback_id']}"
    answer = at_work.answer(message["channel"], lambda: at_work.presses(message, button, user))
    everybody = answer.get("subtype") != "ephemeral"
    assert everybody == button["value"].endswith(" share"), f"{button['value']!r} shows to everybody: {everybody}"
    return str(answer["text"])


@needs_local_slack
@pytest.mark.parametrize("row", [*ROWS, *OTHER_BUTTONS])
def test_a_command_is_answered_and_so_is_each_button_below_its_answer(at_work: Driven, row: str) -> None:
    every = [*ROWS, *OTHER_BUTTONS]
    number = 3 + every.index(row) + MODES.index(at_work.mode) * len(every)
    # Each row is another person's, in another channel: nobody asks too often, and no row sees what another left.
    channel, user = f"C{number}", f"U9{number}"
    *typed, begins = (ROWS | OTHER_BUTTONS)[row]
    message = [at_work.asks(text, channel, user) for text in typed][-1]
    assert message["text"].startswith(begins), message["text"]
    assert (message.get("subtype") == "ephemeral") == (row != "share")
    for button in buttons(message):
        came = pressed(at_work, message, button, user)
        assert came, button
        assert not came.startswith(SORRY), (button, came)
