"""When the Change Board votes and the Panel is presented with a modification: held or to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.phrases.plainly.voice import ONCE, Fact, Plain, each, form
from watchers.phrases.undone import is_called_off

_VOTES = r"vot(?:e|es|ed|ing)\b"
_FEW = r"[^;:.⟦‹]{0,70}?"
_VOTE = (
    form(rf"\b{_VOTES}{_FEW}§board\b{_FEW}‹(?P<date>D\d+)›"),
    form(rf"§board\b{_FEW}\b{_VOTES}{_FEW}‹(?P<date>D\d+)›"),
    form(rf"\b{_VOTES}{_FEW}‹(?P<date>D\d+)›{_FEW}§board\b"),
    form(rf"‹(?P<date>D\d+)›{_FEW}§board\b{_FEW}\b{_VOTES}(?!.*‹)"),
    form(rf"§board\b{_FEW}‹(?P<date>D\d+)›{_FEW}\b(?:to|for)~(?:a~)?{_VOTES}"),
    form(
        r"§board~(?:approves|decides|determines|rejects|makes its decision|"
        r"takes its decision)\b[^;:.⟦‹]{0,30}?‹(?P<date>D\d+)›"
    ),
)
_MOVED = form(
    r"\bvote\b(?:~on~§it)?[^;:.⟦‹]{0,30}?\b(?:moved|put back|put off|deferred|postponed|"
    r"rescheduled|brought forward)~(?:back~)?"
    r"(?:to|until)~⟦(?P<date>D\d+)⟧"
)
_IT_MEETS = form(
    r"^\W*(?:§it|they|the board|members)~(?:meets?|met|will meet|is to meet|"
    r"is due to meet)\b[^;.‹]{0,20}‹(?P<date>D\d+)›[^;.]{0,12}\b(?:to|and)~(?:vote|decide|"
    r"voted|decided|consider)\b"
)
_NO_VOTE = re.compile(
    r"\b(?:minutes|(?<!on the )agenda|cost|costs|assessment|fund\w*|until|straw poll|"
    r"not vote|no vote|working group|refinement|"
    r"election|should|timetable|consultation|before|after|deferred|postponed)\b",
    re.IGNORECASE,
)


def votes(said: Plain) -> Iterator[Fact]:
    """Read "Voting on §it took place at §board ‹›", "By a majority vote ‹›, §board recommended …"."""
    if (moved := _MOVED.search(said.text)) and not re.search(r"§panel|\b(?:if|may|might|could|would)\b", said.text):
        yield "change_board_vote_on", said.day(moved["date"])
        return
    forms = (*_VOTE, _IT_MEETS) if "§board" in said.before else _VOTE
    for match in each(said, *forms):
        words = said.clause(match)
        off = is_called_off(said.text.replace("~", " "), match.end("date") + 1)
        if not (off or _NO_VOTE.search(words) or ONCE.search(words)):
            yield "change_board_vote_on", said.day(match["date"])
            return


_REPORT = r"(?:(?:the|its|a|this|final|draft|finished|completed)~)*(?:modification )?report\b"
_SEES = (
    r"(?:saw|sees|received|receives|considered|considers|reviewed|reviews|discussed|"
    r"was shown|was given|was presented with|looked at|looks at|took|takes)"
)
_SHOWN = r"(?:present(?:s|ed|ing|ation)?|submit(?:s|ted)?|tabled?s?|brought|brings|taken|takes|put|goes|went|sent)\b"
_PANEL = (
    form(rf"\b{_SHOWN}{_FEW}(?:to|at|before|by)~§panel\b[^;:.⟦‹§]{{0,40}}?‹(?P<date>D\d+)›"),
    form(rf"‹(?P<date>D\d+)›[^;:.⟦‹]{{0,60}}?\b{_SHOWN}{_FEW}(?:to|at|before|by)~§panel\b"),
    form(rf"§panel~(?:has~|have~)?{_SEES}~(?:§it|{_REPORT})[^;:.⟦‹]{{0,40}}?‹(?P<date>D\d+)›"),
    form(rf"‹(?P<date>D\d+)›~§panel~(?:has~)?{_SEES}~(?:§it|{_REPORT})"),
    form(r"§panel\b[^;:.]{0,60}?\b(?:is|will be|was|has been)~(?:to be~|to~)?presented~‹(?P<date>D\d+)›"),
    form(
        rf"(?:§it|{_REPORT})~(?:was|is|will be|has been|is to be)~(?:seen|considered|reviewed|"
        rf"discussed|received)~(?:by|at)~§panel\b[^;:.⟦‹]{{0,20}}?‹(?P<date>D\d+)›"
    ),
    form(rf"§panel(?:’s|'s)~(?:consideration|review)~of~(?:§it|{_REPORT})[^;:.⟦‹]{{0,30}}?‹(?P<date>D\d+)›"),
    form(r"§panel(?:’s|'s)?~agenda~(?:for~)?[‹⟦](?P<date>D\d+)[›⟧](?=.*\b(?:report|present))"),
)
_NO_PRESENTATION = re.compile(
    r"§auth|\b(?:back|timetable|paper about|all open|appeal|budget|assessment|extension|"
    r"working group|sub-?committee|letter|question)\b",
    re.IGNORECASE,
)


def presentations(said: Plain) -> Iterator[Fact]:
    """Read "‹› SECAS presents §it to §panel", "§panel saw the Modification Report ‹›"."""
    for match in each(said, *_PANEL):
        last = said.text[: match.start("date")]
        if not (_NO_PRESENTATION.search(match[0]) or ONCE.search(re.split(r",", last)[-1])):
            yield "panel_presentation_on", said.day(match["date"])
            return


READERS = (votes, presentations)
