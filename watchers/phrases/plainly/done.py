"""What was or will be done about the page's own modification: raised, assessed, targeted, implemented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import worded
from watchers.phrases.plainly.voice import NOT, ONCE, WISH, Fact, Plain, each, form

_DATE = r"(?:‹|⟦)(?P<date>D\d+)(?:›|⟧)"
_FEW = r"[^;:.⟦‹]{0,50}?"
_SETTLED = r"(?:is|was|will be|has been|now)"
_CHANGE = r"(?:§it|(?:its|the|these|all)~(?:\w+~){0,2}changes?|the~(?:legal~)?text|the~new~(?:text|rules))"
_IN_FORCE = (
    form(
        rf"{_CHANGE}~(?:was|were|is|are|will be|has been|have been)~(?:made|added|written|put|"
        rf"incorporated|brought|introduced)~(?:in)?to~(?:the~)?(?:SEC|Code|live|force|"
        rf"practice)\b[^;:.⟦‹]{{0,20}}{_DATE}"
    ),
    form(
        rf"{_CHANGE}~(?:comes?|came|goes?|went|enters?|entered|takes?|took)~(?:into~)?(?:the~"
        rf")?(?:SEC|Code|live|force|effect|operation)\b[^;:.⟦‹]{{0,20}}{_DATE}"
    ),
    form(
        rf"\bimplementation\b[^;:.⟦‹]{{0,40}}?\b(?:is|has been|now|remains)~(?:\w+~"
        rf"){{0,2}}(?:planned|set|scheduled|due|fixed|expected|confirmed|to take place|agreed|"
        rf"booked)\b(?:~(?:for|to be|as|at))*\W*{_DATE}"
    ),
    form(
        rf"\bimplementation\b.{{0,70}}?\b(?:put back|moved|brought forward|deferred|delayed|"
        rf"postponed|rescheduled|changed|slipped)~(?:(?:back|out)~)?(?:to|until|for)\W*{_DATE}"
    ),
    form(
        rf"\b(?:await\w*|pending|for)~(?:its~)?implementation\b(?:~(?:which|"
        rf"and))?[^;:.⟦‹]{{0,40}}?(?:~(?:for|on))?\W*{_DATE}"
    ),
    form(rf"\bthe~new~(?:implementation~)?date~(?:is|will be)\W*{_DATE}"),
    form(rf"\b(?:new|revised|agreed|confirmed|final)~implementation~date\b[^;:.⟦‹]{{0,20}}{_DATE}"),
    form(
        rf"^\W*(?:documents?|systems?|text|functionality|function|legal text|part \w+)\W+(?:was~"
        rf"|were~|is~|will be~)?(?:implemented|delivered|live|in force|effective)\W*{_DATE}"
    ),
    form(
        r"\b(?:documents?|text|drafting|systems?)~(?:change|changes|changed)~"
        r"‹(?P<date>D\d+)›[^;.]{0,6}and~[^;.‹]{3,40}?‹(?P<second>D\d+)›"
    ),
    form(
        rf"(?<!post-)(?<!post )\bimplementation~(?:will be|was|is|took place|takes place|"
        rf"will take place|happened|follows|came)\b"
        rf"[^;:.⟦‹]{{0,15}}{_DATE}"
    ),
    form(
        rf"{_CHANGE}~(?:becomes?|became|is|are|will become|will be)~(?:effective|live|operative|operational)\b"
        rf"[^;:.⟦‹]{{0,20}}{_DATE}"
    ),
    form(
        rf"‹(?P<date>D\d+)›~{_CHANGE}~(?:will~|has~|have~)?(?:(?:goes?|went|comes?|came|takes?|took|gone)~"
        r"(?:live|effect|into~(?:force|effect|the~SEC))|be~implemented|(?:was|were)~implemented)\b"
    ),
    form(
        rf"{_CHANGE}~(?:was|were|is|are|will be)~(?:updated|amended|changed|inserted)~in~(?:the~"
        rf")?(?:SEC|Code)\b[^;:.⟦‹]{{0,20}}{_DATE}"
    ),
    form(rf"^\W*go[- ]?live\b(?: date)?~(?:is|was|will be|:)[^;:.⟦‹]{{0,15}}{_DATE}"),
)
_NOT_OURS = re.compile(
    r"\b(?:consult\w*|proposed|asked|views?|considered|discussed|request\w*|report|"
    r"guidance|webinar|question\w*|recommend\w*|"
    r"assess\w*|milestone|DCC’s releases|build)\b|\bpost[- ]implementation",
    re.IGNORECASE,
)
_AND_DONE = form(
    r"^[^;.]{0,20}§it~(?:was|has been)\b(?!~(?:not|to))[^;]{0,140}?\band~(?:(?:it|§it|was|"
    r"has been|then|went on to be)~)*implemented\b"
    r"(?! in part)"
)
_LINE_DONE = form(
    r"^\W*(?:documents?|systems?|text|functionality|function|legal text|part \w+)\W+(?:was~|were~)?implemented\b"
)


def implementation(said: Plain) -> Iterator[Fact]:
    """Read "§it awaits implementation, which is set for ‹›", "The change was made to the SEC ‹›"."""
    for match in each(said, *_IN_FORCE):
        words = said.clause(match)
        near = said.text[max(0, match.start("date") - 40) : match.start("date")]
        hoped = re.search(
            r"\bpost[- ]implementation|\b(?:if|unless|would|could|may|might|should|hop\w+|aim\w*|"
            r"whether|subject)\b",
            words,
            re.IGNORECASE,
        )
        if hoped or NOT.search(words) or _NOT_OURS.search(match[0]) or ONCE.search(near) or said.conditional(match):
            continue
        found = match.groupdict()
        yield from (
            ("implementation", said.day(one))
            for one in (found["date"], found.get("second"))
            if one and len(said.day(one)) > 4
        )
    done = _LINE_DONE.search(said.text) or _AND_DONE.search(said.text)
    if done and not WISH.search(said.text):
        yield "status", "implemented"


_R = r"[⟦‹](?P<mark>[RD]\d+)[⟧›]"
_TARGET = (
    form(rf"\b(?:aiming|aims?|working|work|heading|heads?)~(?:for|at|towards|to~meet)~(?:the~)?{_R}"),
    form(rf"\b(?:is|are|being)~(?:aimed|pointed|earmarked|lined up|slated|pencilled in)~(?:for|at)~(?:the~)?{_R}"),
    form(
        rf"\btarget(?:ed)?(?: release)?~(?:is|will be|remains|was changed to|has moved to|"
        rf"moves to)~(?:for~)?(?:the~)?{_R}"
    ),
    form(rf"\b(?:has|with|having)~(?:the~)?{_R}~as~(?:its|the|our)~target"),
    form(rf"(?:^|\bthe~){_R}~is~(?:the|its|our)~target\b"),
    form(rf"\bits~(?:new~)?target(?:ed)?~(?:release)?~?(?:is|:)~(?:the~)?{_R}"),
    form(rf"{_R}~is~(?:being~)?targeted\b"),
    form(rf"{_R}~which~is~(?:its|the|our)~(?:new~)?target\b"),
    form(rf"\btarget(?:ing|ed|s)?~§it~(?:for|at)~(?:the~)?{_R}"),
)


def target(said: Plain) -> Iterator[Fact]:
    """Read "We are aiming for ⟦R0⟧", "so the target is ⟦D0⟧"."""
    for match in each(said, *_TARGET):
        words = said.clause(match)[: -len(match[0])] + match[0]
        value = said.day(match["mark"])
        other = re.search(r"\b(?:BSC|REC|UNC|DCUSA)\b", said.text)
        if (
            other
            or ONCE.search(words)
            or re.search(r"\b(?:not|if|would|could|were|had|whether|suggest\w*|ask\w*)\b", re.split(r",", words)[-1])
        ):
            continue
        if len(value) == len("2021-11"):
            yield "targeted_release", value
            return


_IA = r"(?:full~|DCC~|§dcc~|DCC |formal~)*impact assessment\b"
_ASSESSED = (
    form(
        rf"\brequest~for~(?:an?~|the~|its~)?{_IA}[^;:.⟦‹]{{0,20}}?\b(?:went|was (?:sent|"
        rf"submitted|made|issued|raised|placed)|has gone|"
        rf"goes)\b[^;:.⟦‹]{{0,20}}?‹(?P<date>D\d+)›"
    ),
    form(
        rf"\b(?:asked|commissioned|instructed)~§dcc~(?:for|to~(?:do|carry out|produce|prepare|"
        rf"provide|start|complete))~(?:an?~|the~|its~|their~"
        rf")?{_IA}[^;:.⟦‹]{{0,15}}?‹(?P<date>D\d+)›"
    ),
    form(
        rf"‹(?P<date>D\d+)›[\s,]*(?:\w+~){{0,3}}?(?:asked|commissioned|instructed|requested)~"
        rf"(?:§dcc~(?:for|to~\w+)~)?(?:an?~|the~|its~|their~)?{_IA}"
    ),
    form(
        rf"\b(?:submitted|sent|made|issued|placed|put in|raised)~(?:an?~|the~|our~|its~"
        rf")?(?:{_IA}~request|request~for~(?:an?~|the~"
        rf")?{_IA})\b[^;:.⟦‹]{{0,25}}?‹(?P<date>D\d+)›"
    ),
    form(
        rf"{_IA}[^;:.⟦‹]{{0,30}}?\b(?:was|were|has been|had been)~(?:requested|commissioned|"
        rf"asked for|ordered)\b[^;:.⟦‹]{{0,25}}?‹(?P<date>D\d+)›"
    ),
    form(rf"‹(?P<date>D\d+)›[\s,]*when~§it~was~(?:requested|commissioned|asked for)\b[^;.]*{_IA}"),
    form(rf"{_IA}~request~(?:was|has been)~(?:sent|submitted|made|issued|raised)\b[^;:.⟦‹]{{0,25}}?‹(?P<date>D\d+)›"),
    form(
        rf"§dcc~(?:was|has been)~(?:asked|commissioned|instructed)~(?:for|to~\w+)~(?:an?~|the~|"
        rf"its~)?{_IA}[^;:.⟦‹]{{0,15}}?‹(?P<date>D\d+)›"
    ),
    form(
        rf"§dcc~(?:has~)?received~(?:our|the|a)~request~for~(?:an?~|the~|its~)?{_IA}[^;:.⟦‹]{{0,15}}?‹(?P<date>D\d+)›"
    ),
)


def assessment(said: Plain) -> Iterator[Fact]:
    """Read "The request for an Impact Assessment went to §dcc ‹›", "we asked §dcc for its full Impact Assessment"."""
    for match in each(said, *_ASSESSED):
        lead = said.clause(match)
        if not (
            re.search(r"\b(?:will|would|if|may|might|to be|preliminary|approved)\b", match[0], re.IGNORECASE)
            or NOT.search(lead)
        ):
            yield "impact_assessment_requested_on", said.day(match["date"])
            return


_NAME = r"(?P<name>(?-i:[A-Z][\w&’'.-]*(?: (?:[A-Z&][\w&’'-]*|of|and|for))*?))"
_NAME_ENDS = (
    r"(?=\s*(?:$|[.,;:()]|\b(?:on|in|under|to|as|at|and|who|which|with|because|following|after|is|was|has)\b|⟦|‹))"
)
_PROPOSER = (
    form(rf"^\W*{_NAME}~(?:is|was|acts as|acted as)~(?:the~|its~)?Proposer\b(?!~(?:of|for)~(?!§it))"),
    form(rf"\bProposer\s*[,(]\s*(?:the )?{_NAME}{_NAME_ENDS}"),
    form(rf"\bProposer(?:~(?:of|for|behind)~§it)?~(?:is|was)~(?:the )?{_NAME}{_NAME_ENDS}"),
)
_NO_NAME = re.compile(r"^(?:§|Who|The|This|It|We|If|When|Panel|Working|Change|Draft|As|An?)\b|^[A-Z]$")
_RAISED = (
    form(r"§it\b[^;.]{0,40}?\bdates~(?:back~to|from|to)?[\s,]*‹(?P<date>D\d+)›(?=[^;.]{0,40}\braised\b)"),
    form(r"\bdates?~‹(?P<date>D\d+)›[\s,]*when~§it~was~(?:raised|submitted|put forward)"),
    form(r"^\W*§it~dates~(?:back~to~|from~)?[\s,]*‹(?P<date>D\d+)›"),
    form(
        r"^\W*§it~was~(?:first~)?(?:submitted|lodged|put forward|tabled)\b(?!~(?:to|for|"
        r"as)\b)[^;:.⟦‹§]{0,30}?‹(?P<date>D\d+)›"
        r"(?!~to~§)"
    ),
    form(
        r"‹(?P<date>D\d+)›~(?:the )?(?-i:[A-Z])[\w&’' .-]{1,40}?~(?:put forward|raised|"
        r"submitted|proposed|brought forward)~§it\b"
    ),
    form(r"\breceived~§it~from\b[^;:.⟦‹§]{0,30}?‹(?P<date>D\d+)›"),
)


def proposer(said: Plain) -> Iterator[Fact]:
    """Read "Centrica is the Proposer of §it", "at the request of the Proposer, EDF"."""
    for match in each(said, *_PROPOSER):
        if not (_NO_NAME.match(match["name"]) or "§" in match["name"] or NOT.search(said.clause(match))):
            yield "proposer", match["name"].strip(" .")
            break
    for match in each(said, *_RAISED):
        yield "raised_on", said.day(match["date"])


_ALL_THAT_CHANGES = worded(
    r"(?P<parts>(?:⟦P\d+⟧(?:\s|,|&|\band\b)*)+)(?:is|are|was|were)\s+(?:the|all|what)\b[^.;⟦§]{0,40}?\s§it\s+"
    r"(?:changes|amends|alters|affects|impacts|updates|touches|will change|would change|revises)\b|"
    r"\b(?:only|all) (?:parts?|documents?|sections?|"
    r"schedules?)\b[^.;⟦§]{0,40}?\s§it\s+(?:changes|amends|alters|affects|impacts|"
    r"updates|touches|will change)[^.;⟦§]{0,12}?\b(?:is|are)\s+(?P<parts2>(?:⟦P\d+⟧(?:\s|,|&|\band\b)*)+)",
)


def changed(said: Plain) -> Iterator[Fact]:
    """Read "⟦P0⟧ is the only part of the SEC that §it changes"."""
    for match in _ALL_THAT_CHANGES.finditer(said.text):
        if not NOT.search(said.text[: match.end()]):
            named = match["parts"] or match["parts2"]
            yield from (("affects_part", value) for value in said.marked.values("P", named))


_MADE_A_PROPOSAL = form(
    r"\b(?:was|has been)~(?:made|turned into|promoted to|accepted as|adopted as)~an?~(?:full~)?(?:SEC~)?"
    r"Modification(?: Proposal)?\b[^;:.⟦‹]{0,20}‹(?P<date>D\d+)›"
)
_RAISED_ASIDE = form(r"§it~\((?:first~)?raised~‹(?P<date>D\d+)›")


def converted(said: Plain) -> Iterator[Fact]:
    """Read "What began as §it (raised ‹›) was made a Modification Proposal ‹›"."""
    for match in _MADE_A_PROPOSAL.finditer(said.text):
        if not said.wished(match):
            yield "converted_on", said.day(match["date"])
    for match in _RAISED_ASIDE.finditer(said.text):
        yield "raised_on", said.day(match["date"])


READERS = (converted, implementation, target, assessment, proposer, changed)
