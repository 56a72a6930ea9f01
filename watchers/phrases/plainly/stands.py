"""Where the page's own modification stands: withdrawn, on hold, sent back, in a stage, with the Authority."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.phrases import stages
from watchers.phrases.plainly.voice import NOT, WISH, Fact, Plain, each, form

_BE = r"(?:was|is|has been|had been|being|stands|got)"
_WITHDRAWN = (
    form(rf"§it~(?:\w+~){{0,2}}{_BE}~(?:voluntarily~)?(?P<verb>withdrawn)\b(?! from)"),
    form(r"(?:^|[:–—-])\s*(?P<verb>withdrawn)\b(?! from)"),
    form(
        r"\b(?P<verb>withdrew|has withdrawn|have withdrawn|had withdrawn)~(?:§it|(?:its|their|"
        r"the)~(?:draft~|modification~)?(?:proposal|modification|change))\b"
    ),
    form(
        r"\b(?:notice|request)~of~(?P<verb>withdrawal)\b[^;.§]{0,30}?\b(?:accepted|confirmed|received|acknowledged)\b"
    ),
    form(
        r"(?:^|\b(?:the|its|this)~)(?P<verb>withdrawal)~(?:of~§it~)?(?:(?:was|has been)~"
        r"(?:accepted|confirmed|noted|made)|took effect|takes effect|became effective)\b"
    ),
    form(r"\b(?:decided|chose|opted|elected|agreed)~to~(?P<verb>withdraw)~(?:§it|its~(?:proposal|modification))\b"),
    form(r"\b(?:is|was)~(?P<verb>withdrawing)~(?:§it|its~(?:proposal|modification))\b"),
    form(r"\b(?:accepted|confirmed|noted|recorded|received)~(?:the~|its~)?(?P<verb>withdrawal)~of~§it\b"),
)
_MAY = re.compile(
    r"\b(?:if|unless|once|should|could|may|might|would|will|whether|ask(?:s|ed)?|"
    r"suggest\w*|consider(?:s|ed|ing)?|propos(?:ed|es)|"
    r"expect\w*|plans?|planned|intend\w*|likely|to be|not|never|no longer|rather than|were|"
    r"wished|nobody|no one)\b|n[’']t\b",
    re.IGNORECASE,
)


def withdrawn(said: Plain) -> Iterator[Fact]:
    """Read "npower withdrew its proposal ‹›", "As of ‹› §it has been withdrawn"."""
    for match in each(said, *_WITHDRAWN):
        words = said.clause(match)
        if _MAY.search(words) or said.conditional(match) or re.search(r"\bresponses?\b|\bobjection", words):
            continue
        yield "status", "withdrawn"
        if on := said.on(match):
            yield "withdrawn_on", on
        return


_HELD = (
    form(
        r"§(?:panel|board|auth)\b[^;.§]{0,40}?\b(?:agreed|decided|resolved|chose|determined|"
        r"directed)\b[^;.§]{0,20}?\bto~(?:put|place|keep)~§it~on hold\b"
    ),
    form(
        r"\b(?:agreed|decided|resolved|chose)~(?:that~§it~(?:should|would|is to|was to)~be~"
        r"(?:put|placed)~on hold|to~(?:put|place|pause|suspend)~§it(?:~on hold)?)\b"
    ),
    form(r"§it~(?:is|has been|was)~(?:put~|placed~)?(?:paused|suspended|parked|in abeyance)\b"),
    form(r"(?:^|\band~|,~)on~hold~(?:since|while|pending|until)\b"),
    form(r"(?:^|\band~|,~)on~hold‹|(?:^|\band~|,~)on~hold\s*‹"),
    form(r"\b(?:work|progress)~on~§it~(?:is|has been|was)~(?:paused|suspended|halted|on hold)\b"),
)


def held(said: Plain) -> Iterator[Fact]:
    """Read "§panel agreed ‹› to put §it on hold", "Awaiting funding, and on hold ‹›"."""
    for match in each(said, *_HELD):
        lead = said.clause(match)[: -len(match[0])]
        if not (_MAY.search(lead) or _RESUMED.search(said.text) or NOT.search(lead)):
            yield "status", "on_hold"
            return


_RESUMED = re.compile(r"\b(?:lifted|resum\w+|restart\w+|until|over|ended|no longer)\b", re.IGNORECASE)
_BACK = (
    form(r"§auth~(?:(?:has|have|had)~)?(?:decided|chose|determined|elected)~to~(?:send~§it~back|return~§it)\b"),
    form(
        r"§auth~(?:(?:has|have|had)~)?(?:returned|sent|remitted|handed)~§it~(?:back~)?(?:to~"
        r"§(?:board|panel)|for~further|with~a)"
    ),
    form(
        r"§it~(?:was|has been|is)~(?:returned|sent|remitted|handed|referred)~(?:back~)?(?:to~"
        r"§(?:board|panel)\b[^;.]{0,30}?~)?by~§auth\b"
    ),
    form(
        r"§auth~(?:(?:has|have)~)?(?:asked|directed|told)~§(?:board|panel)~to~(?:look again|"
        r"reconsider|think again|revisit|revise)"
    ),
)


def sent_back(said: Plain) -> Iterator[Fact]:
    """Read "§it has been returned to §board by §auth"."""
    for match in each(said, *_BACK):
        if not (
            _MAY.search(said.clause(match)) or re.search(r"\bhaving\b|\bafter\b", said.clause(match), re.IGNORECASE)
        ):
            yield "status", "sent_back"


_REFINED = (
    form(
        r"§it~(?:is|remains)~(?:again~|still~|currently~|once again~)*(?:being~|under~"
        r")(?P<stage>refin|develop)(?:ed|ement)\b"
    ),
    form(r"\band~(?:is|§it~is)~(?:still~|again~)*being~(?P<stage>refin|develop)ed\b"),
    form(
        r"(?:^|[.;:,]\s)\W*(?P<stage>Refinement|Development)~(?:goes on|continues|carries on|"
        r"is (?:still )?(?:under ?way|in progress|ongoing|continuing)|has (?:resumed|restarted|"
        r"begun|started)|resumes)\b"
    ),
    form(
        r"\b(?:carry|carries|carried|carrying|gone|went|goes|go|keep|keeps|kept)~on~(?P<stage>refin|develop)ing~§it\b"
    ),
    form(r"\b(?:we|§group|the Working Group|SECAS)~(?:are|is)~(?:still~|currently~)?(?P<stage>refin|develop)ing~§it\b"),
)
_AT_STAGE = form(
    r"§it~(?:is|remains|stands|sits)~(?:still~|currently~)?(?:at|in)~(?:the~|its~"
    r")?(?P<stage>[A-Z][\w ]{3,40}?)(?:~(?:stage|phase|step))?(?=\W*(?:$|[.,;]|of its\b|"
    r"of the process))"
)
_ENTERED = form(
    r"§it~(?:has|is)~(?:\w+~)?(?:gone|moved|entered|progressed|returned|proceeded|passed|"
    r"advanced|reached)~(?:back~|on~)?"
    r"(?:in~|to~|into~|on to~)*(?:the~|its~)?(?P<stage>(?:Refinement|"
    r"Development)(?: Process| Phase| Stage)?|Report (?:Phase|Stage))\b"
)
_IN_REFINEMENT = form(
    r"\b(?:we|the Working Group|SECAS)~(?:are|is)~(?:refining)~the~(?:solution|legal text|"
    r"drafting|requirements)\b"
)
_SENT_TO = (
    form(
        r"(?:decision|determination)~(?:from|by|of)~§auth~(?:is|remains)~(?:awaited|pending|"
        r"outstanding|expected|due)\b"
    ),
    form(r"§auth~(?:is|are)~(?:considering|reviewing|deciding on|assessing|looking at)~(?:whether to approve~)?§it\b"),
    form(
        r"\b(?:we|SECAS|§board|§panel)~(?:(?:has|have)~)?(?:sent|submitted|passed|issued|"
        r"forwarded|referred)~(?:§it|the~(?:final~|draft~)?(?:modification~)?report(?:~(?:on|"
        r"for)~§it)?)~to~§auth~for~(?:(?:a|its|final)~)*(?:decision|determination|approval)"
    ),
    form(r"(?:§it|\breport(?:~on~§it)?)~(?:is|lies|sits|rests)~(?:still~)?with~§auth\b"),
    form(r"(?:^|[.;:,]\s*|\band~)(?:is~)?(?:sitting|sits|rests|lies|remains)~with~§auth\b"),
)


def stage(said: Plain) -> Iterator[Fact]:
    """Read "§it is being refined", "Refinement goes on", "§it is at the Change Board Vote stage"."""
    for match in each(said, *_REFINED):
        lead = said.clause(match)
        if not (re.search(r"\b(?:if|until|once|when|may|might|will|would)\b", lead, re.IGNORECASE) or NOT.search(lead)):
            yield "status", "refinement" if match["stage"].casefold().startswith("refin") else "development"
    for match in _AT_STAGE.finditer(_named(said.text)):
        words = match["stage"].strip()
        found = stages.named(words) or stages.named(f"{words} stage")
        if found and not (WISH.search(said.clause(match)) or NOT.search(said.clause(match))):
            yield "status", found
    for match in _ENTERED.finditer(said.text):
        if (found := stages.named(match["stage"])) and not (
            _MAY.search(said.clause(match)) or NOT.search(said.clause(match))
        ):
            yield "status", found
    for match in _IN_REFINEMENT.finditer(said.text):
        if not NOT.search(said.clause(match)):
            yield "status", "refinement"
    for match in each(said, *_SENT_TO):
        if not (WISH.search(said.clause(match)[: -len(match[0])]) or NOT.search(said.clause(match))):
            yield "status", "authority_decision"


def _named(text: str) -> str:
    return text.replace("§board", "Change Board").replace("§auth", "Authority")


READERS = (withdrawn, held, sent_back, stage)
