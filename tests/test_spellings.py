"""How people say what they mean: each command in the words of those who never read its help.

Words alone; what no command is made for is offered as buttons, on a small world.
"""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import identifiers
from bot.ports import Store
from handlers import sharing
from handlers.commands import words
from handlers.routing import route
from tests.knowing import asked, buttons, fill

TODAY = date(2021, 3, 3)

SPELLINGS: dict[str, list[tuple[str, str]]] = {
    "modification": [
        ("MP090 pls", "MP090"),
        ("mp90 please", "mp90"),
        ("show me mp90", "mp90"),
        ("can you show me mp 90", "mp 90"),
        ("tell me about MP090", "MP090"),
        ("what is MP090", "MP090"),
        ("what's up with MP090", "MP090"),
        ("where's MP090", "MP090"),
        ("mod 90", "90"),
        ("modification 90", "90"),
        ("mods 90", "90"),
        ("proposal MP090", "MP090"),
        ("MP090 history", "MP090 history"),
        ("MP090 log", "MP090 history"),
        ("MP090's history", "MP090 history"),
        ("changes to MP090", "MP090 history"),
        ("changes MP090", "MP090 history"),
        ("what changed on MP090", "MP090 history"),
        ("MP090 timeline", "MP090 history"),
        ("sec 8", "sec 8"),
        ("is MP090 approved?", "MP090"),
        ("is MP090 in november 2021", "MP090"),
        ("has MP090 been approved", "MP090"),
        ("when does MP090 go live", "MP090"),
        ("when is MP090 voted", "MP090"),
        ("who raised MP090", "MP090"),
        ("when is the vote on MP102A", "MP102A"),
        ("MP090 changelog", "MP090 history"),
        ("full history of MP102A", "MP102A history"),
        ("is MP090 in scope", "MP090"),
        ("MP090 & MP102A", "MP090"),
        ("mp-090", "mp-090"),
        ("MP 090", "MP 090"),
        ("MP.090", "MP.090"),
        ("mP90", "mP90"),
        ("MP O90", "MP O90"),
        ("secmp 7", "secmp 7"),
        ("SECMP0007", "SECMP0007"),
        ("sec mp 7", "sec mp 7"),
        ("dp124", "dp124"),
        ("DP-124", "DP-124"),
        ("draft proposal 124", "draft proposal 124"),
        ("102a", "102a"),
        ("MP102", "MP102"),
        ("mod proposal 90", "proposal 90"),
        ("whats mp90", "mp90"),
        ("where does MP090 stand", "MP090"),
        ("status MP090", "MP090"),
        ("status of MP090", "MP090"),
        ("how is MP090 doing", "MP090"),
    ],
    "evidence": [
        ("MP090 evidence", "MP090"),
        ("MP090 proof", "MP090"),
        ("evidence of MP090", "of MP090"),
        ("proof for MP090", "for MP090"),
        ("evidnce MP090", "MP090"),
        ("november 2021 evidence", "november 2021"),
        ("evidence", ""),
        ("3f9c01ab", "3f9c01ab"),
        ("evidence 3f9c01ab", "3f9c01ab"),
        ("prove MP090", "MP090"),
        ("source of MP090", "of MP090"),
        ("v50 evidence", "v50"),
        ("50.0 proof", "50.0"),
    ],
    "history": [
        ("history of MP090", "of MP090"),
        ("timeline of MP090", "of MP090"),
        ("histroy MP090", "MP090"),
        ("timeline november 2021", "november 2021"),
        ("history MP090", "MP090"),
        ("history for mp90", "for mp90"),
        ("life of MP090", "of MP090"),
    ],
    "subscribe": [
        ("MP090 subscribe", "MP090"),
        ("MP090 follow pls", "MP090"),
        ("nov 21 follow", "nov 21"),
        ("subscribe to MP090", "to MP090"),
        ("follow MP090", "MP090"),
        ("watch nov 21", "nov 21"),
        ("track appendix ad", "appendix ad"),
        ("nov 21 subscribe", "nov 21"),
        ("please follow MP090", "MP090"),
        ("I want to follow MP090", "MP090"),
    ],
    "release": [
        ("nov 21", "nov 21"),
        ("nov 2021 release", "nov 2021 release"),
        ("release nov 21", "nov 21"),
        ("the november 2021 release", "november 2021 release"),
        ("november release", "november"),
        ("releases", ""),
        ("all releases", ""),
        ("list releases", ""),
        ("nov 21 docs", "nov 21 docs"),
        ("docs nov 21", "nov 21 docs"),
        ("documents of nov 2021", "nov 2021 docs"),
        ("november 2021 specs", "november 2021 docs"),
        ("draft specs for november 2021", "november 2021 docs"),
        ("nov 21 scope", "nov 21 scope"),
        ("scope of the november 2021 release", "november 2021 release scope"),
        ("what's in november 2021", "November 2021"),
        ("what is in scope of november 2021", "november 2021 scope"),
        ("in scope november 2021", "november 2021 scope"),
        ("nov 21 timeline", "nov 21 timeline"),
        ("key dates for nov 2021", "nov 2021 timeline"),
        ("november 2021 dates", "november 2021 timeline"),
        ("november 2021's timeline", "november 2021 timeline"),
        ("relase nov 21", "nov 21"),
        ("what are the releases", ""),
        ("in november 2021 what changed", "November 2021"),
    ],
    "next": [
        ("next", ""),
        ("nxt", ""),
        ("next 5", "5"),
        ("next five", "five"),
        ("next 5 pls", "5"),
        ("what's next", ""),
        ("what is next?", ""),
        ("whats next", ""),
        ("upcoming", ""),
        ("coming up", "up"),
        ("what's coming", ""),
        ("what is coming up", "up"),
        ("next release", "release"),
        ("when is the next release", "release"),
        ("next releases", "releases"),
        ("next vote", "vote"),
        ("when is the next vote", "vote"),
        ("when's the next vote", "vote"),
        ("dates", ""),
        ("calendar", ""),
        ("hello", ""),
        ("hi", ""),
        ("thanks", ""),
    ],
    "cutoffs": [
        ("next cut-off", ""),
        ("cutoffs", ""),
        ("cut-offs", ""),
        ("cut offs", ""),
        ("cut off", ""),
        ("cutoff 60 days", "60 days"),
        ("cutoffs 60d", "60d"),
        ("cutoffs in 2 weeks", "in 2 weeks"),
        ("cut-offs in the next 30 days", "in the next 30 days"),
        ("60 days cutoffs", "60 days"),
        ("30d cutoffs", "30d"),
        ("deadlines", ""),
        ("deadlines this month", "this month"),
        ("deadlines this week", "this week"),
        ("what are the deadlines", ""),
        ("upcoming deadlines", ""),
        ("decision cut-offs", ""),
        ("votes", ""),
        ("consultations", ""),
        ("cutoffs nov 21", "nov 21"),
        ("cutofs 30d", "30d"),
        ("show cutoffs", ""),
        ("any deadlines", ""),
        ("what is the cut-off", ""),
    ],
    "since": [
        ("since", ""),
        ("since monday", "monday"),
        ("since last monday", "last monday"),
        ("since yesterday", "yesterday"),
        ("since last week", "last week"),
        ("since 2 weeks", "2 weeks"),
        ("since 2w", "2w"),
        ("since 3d", "3d"),
        ("since 3 days ago", "3 days ago"),
        ("since the last time", "the last time"),
        ("since i last looked", "i last looked"),
        ("since last time", "last time"),
        ("what changed", ""),
        ("what's new", ""),
        ("whats new", ""),
        ("anything new?", ""),
        ("what have i missed", ""),
        ("what did I miss", ""),
        ("news", ""),
        ("updates", ""),
        ("latest", ""),
        ("recent changes", "changes"),
        ("changes", ""),
        ("changes since monday", "since monday"),
        ("changes this week", "this week"),
        ("what changed this week", "this week"),
        ("what changed yesterday", "yesterday"),
        ("what happened yesterday", "yesterday"),
        ("what has changed since 1 March 2021", "since 1 March 2021"),
        ("what changed since 1 march", "since 1 march"),
        ("sinse monday", "monday"),
        ("this week", "this week"),
        ("yesterday", "yesterday"),
        ("what is new", ""),
        ("latest changes", "changes"),
        ("recent updates", "updates"),
        ("new changes since monday", "changes since monday"),
    ],
    "search": [
        ("search alerts", "alerts"),
        ("find alerts", "alerts"),
        ("search for alerts", "for alerts"),
        ("look for alerts", "for alerts"),
        ("look up alerts", "up alerts"),
        ("find me alerts", "me alerts"),
        ("search half hourly settlement", "half hourly settlement"),
        ("search for dual band pls", "for dual band"),
        ("lookup alerts", "alerts"),
        ("grep alerts", "alerts"),
        ('search "consumer access"', "consumer access"),
        ("find anything about alerts", "anything about alerts"),
    ],
    "version": [
        ("version 50", "50"),
        ("v50", "v50"),
        ("SEC v50", "SEC v50"),
        ("sec version 50", "sec version 50"),
        ("versions", ""),
        ("ver 62", "62"),
        ("latest version", ""),
        ("v 50", "50"),
        ("sec v50", "sec v50"),
        ("version 62.0", "62.0"),
        ("sec v62", "sec v62"),
        ("v62 pls", "v62"),
        ("ver. 50", "50"),
        ("what is in v50", "v50.0"),
        ("what's in version 50", "v50.0"),
        ("newest sec version", ""),
        ("what did v50 change", "v50.0"),
        ("version 50 pls", "50"),
        ("current version", ""),
        ("when did v50 take effect", "v50.0"),
    ],
    "part": [
        ("part duis", "duis"),
        ("part Appendix AD", "Appendix AD"),
        ("Appendix AD", "Appendix AD"),
        ("appendix ad", "appendix ad"),
        ("app. AD", "app. AD"),
        ("sched 8", "sched 8"),
        ("schedule 8", "schedule 8"),
        ("section D", "section D"),
        ("Section H8.16", "Section H8.16"),
        ("part gbcs", "gbcs"),
        ("what touches appendix ad", "Appendix AD"),
        ("what changed in appendix ad", "Appendix AD"),
        ("which mods touch schedule 8", "Schedule 8"),
        ("appendx ad", "appendx ad"),
        ("parts", ""),
        ("section h", "section h"),
        ("what modifications touch duis", "Appendix AD"),
        ("mods affecting schedule 8", "Schedule 8"),
    ],
    "define": [
        ("define DUIS", "DUIS"),
        ("define duis pls", "duis"),
        ("what is DUIS", "DUIS"),
        ("what's DUIS?", "DUIS"),
        ("whats duis", "duis"),
        ("what does GBCS mean", "GBCS"),
        ("what does gbcs stand for", "gbcs"),
        ("meaning of MMC", "MMC"),
        ("definition of CPL", "CPL"),
        ("DUIS meaning", "DUIS"),
        ("what is a comms hub", "comms hub"),
        ("what's a cut-off", "cut-off"),
        ("what is the DCC", "DCC"),
        ("what are CHs", "CHs"),
        ("DUIS", "DUIS"),
        ("gbcs", "gbcs"),
        ("duis?", "duis"),
        ("glossary", ""),
        ("terms", ""),
        ("acronyms", ""),
        ("defin DUIS", "DUIS"),
        ("what is a release", "release"),
        ("who is SECAS", "SECAS"),
        ("what is scope", "scope"),
        ("what are alerts", "alerts"),
        ("what is the panel", "panel"),
    ],
    "share": [
        ("share", ""),
    ],
    "help": [
        ("help", ""),
        ("help me", ""),
        ("halp", ""),
        ("help digest", "digest"),
        ("help with digest", "with digest"),
        ("how does this work", ""),
        ("how do i subscribe", "subscribe"),
        ("commands", ""),
        ("what can you do", ""),
        ("how do i mute", "mute"),
        ("usage", ""),
        ("help since", "since"),
        ("help with since", "with since"),
        ("manual", ""),
        ("how do I unsubscribe", "unsubscribe"),
        ("how can i follow something", "follow"),
        ("help subscribe please", "subscribe"),
        ("show help", ""),
    ],
    "list": [
        ("list", ""),
        ("my subscriptions", ""),
        ("what do i follow", ""),
        ("what am i following", ""),
        ("what are my subscriptions", ""),
        ("list subscriptions", "subscriptions"),
        ("show my subscriptions", ""),
        ("following", ""),
        ("what are we following", ""),
        ("subscriptions", ""),
    ],
    "status": [
        ("status", ""),
        ("health", ""),
        ("is it working", ""),
        ("are you there", ""),
        ("what is watched", ""),
        ("sources", ""),
        ("show health", ""),
        ("is secbot working", ""),
        ("are the pages ok", ""),
        ("ping", ""),
        ("status pls", ""),
    ],
    "unsubscribe": [
        ("unsubscribe MP090", "MP090"),
        ("stop MP090", "MP090"),
        ("unfollow nov 21", "nov 21"),
        ("MP090 unfollow", "MP090"),
        ("unsub MP090", "MP090"),
    ],
    "digest": [
        ("digest", ""),
        ("today's digest", ""),
        ("show digest", ""),
        ("summary", ""),
    ],
}
"""What is typed, and the words that its command gets."""


@pytest.mark.parametrize("command", SPELLINGS)
def test_whatever_form_a_question_has_it_finds_its_command(command: str) -> None:
    wrong = {}
    for typed, said in SPELLINGS[command]:
        found = route(typed, words(), TODAY)
        if found is None or (found.command, found.words) != (command, said):
            wrong[typed] = found
    assert wrong == {}


def test_two_hundred_spellings_and_more_are_tried() -> None:
    assert sum(map(len, SPELLINGS.values())) > 250


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("MP090 share", "MP090"),
        ("share MP090", "MP090"),
        ("next share", "next"),
        ("share: nov 21 docs", "nov 21 docs"),
        ("MP090 and share it", "MP090"),
        ("cutoffs 60d, share with everyone", "cutoffs 60d"),
        ("share with the channel MP090", "MP090"),
        ("MP090 history share pls", "MP090 history"),
        ("MP090 publicly", "MP090"),
    ],
)
def test_the_word_share_at_either_end_shares_the_same_answer(typed: str, question: str) -> None:
    assert sharing.parted(typed) == (question, True)


@pytest.mark.parametrize("typed", ["share", "MP090", "search shared resource provider", "shareholders", ""])
def test_what_only_looks_like_it_is_not_shared(typed: str) -> None:
    assert sharing.parted(typed) == (typed, False)


@pytest.fixture
def known(store: Store) -> Store:
    fill(store)
    return store


SLIPS = [
    ("hlep", "help"),
    ("nxet", "next"),
    ("serach alerts", "search alerts"),
    ("saerch alerts", "search alerts"),
    ("cutofs", "cutoffs"),
    ("cutofffs", "cutoffs"),
    ("sinec", "since"),
    ("relase", "release"),
    ("subcribe", "subscribe"),
    ("susbcribe MP090", "subscribe MP090"),
    ("subscibe MP090", "subscribe MP090"),
    ("unsubscibe MP090", "unsubscribe MP090"),
    ("folow MP090", "subscribe MP090"),
    ("histroy", "history"),
    ("evidnce", "evidence"),
    ("statsu", "status"),
    ("digset", "digest"),
    ("glosary", "define"),
    ("defin", "define"),
    ("verison", "version"),
    ("GBSC", "define GBCS"),
    ("DIUS", "define DUIS"),
    ("alerts", "define Alert"),
    ("scope", "define Scope"),
    ("novembr 2021", "release November 2021"),
    ("MPO91", "MP090"),
    ("firmwear updates", "SECMP0007"),
    ("relase novmber 21", "release November 2021"),
    ("wen is nov 21", "release November 2021"),
    ("mut MP090 7d", "mute MP090 7d"),
    ("Quite 18-8", "quiet 18-8"),
    ("quite 18-8", "quiet 18-8"),
    ("quite 18-8", "evidence 18-8"),
    ("sicne yesteday", "since yesterday"),
    ("apendix ad", "appendix ad"),
    ("digst daily 8:30", "digest daily 8:30"),
    ("subscribe everyting exept documnts", "subscribe everything except documents"),
    ("subscribe decsions on MP090", "subscribe decisions on MP090"),
]


def test_what_is_mistyped_is_offered_as_a_button_and_never_done(known: Store) -> None:
    missed = {
        typed: buttons(asked(known, typed)) for typed, wanted in SLIPS if wanted not in buttons(asked(known, typed))
    }
    assert missed == {}
    assert known.subscriptions() == []


@pytest.mark.parametrize(
    ("typed", "as_if"),
    [
        ("go live", "next release"),
        ("go-live dates", "next release"),
        ("<https://smartenergycodecompany.co.uk/november-2021-sec-release/>", "release november 2021"),
        ("https://smartenergycodecompany.co.uk/november-2021-sec-release", "release november 2021"),
        ("preview november 2021 not docs", "preview november 2021 except documents"),
    ],
)
def test_what_people_say_or_paste_is_understood_as_what_they_mean(known: Store, typed: str, as_if: str) -> None:
    assert asked(known, typed).text == asked(known, as_if).text


def test_a_letter_or_two_are_offered_as_the_parts_that_they_name(known: Store) -> None:
    assert buttons(asked(known, "AD"))[0] == "part Appendix AD"
    assert {"part Appendix H", "part Section H"} <= set(buttons(asked(known, "H")))


def test_where_a_word_is_a_slip_of_one_command_alone_nothing_else_is_offered(known: Store) -> None:
    assert buttons(asked(known, "setings")) == ["settings", "help"]
    assert buttons(asked(known, "statsu")) == ["status", "help"]


@pytest.mark.parametrize(
    "typed", ["did MP090 go live", "but MP090", "note MP090", "are we ready for MP090", "has MP090"]
)
def test_a_plain_word_before_an_id_is_no_slip_of_a_command(known: Store, typed: str) -> None:
    assert "MP090" in asked(known, typed).text


@pytest.mark.parametrize(
    ("typed", "version"), [("v5O", "50.0"), ("v5O.O", "50.0"), ("version 5o", "50.0"), ("vOil", None)]
)
def test_letters_that_look_like_digits_are_digits_of_a_version(typed: str, version: str | None) -> None:
    assert identifiers.typed_version(typed) == version


@pytest.mark.parametrize("command", SPELLINGS)
def test_no_question_is_called_an_unknown_command(known: Store, command: str) -> None:
    for typed, _ in SPELLINGS[command]:
        assert "unknown command" not in asked(known, typed).text.casefold()
