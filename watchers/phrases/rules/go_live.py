"""When a release goes live: settled, or proposed where words hedge it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads, worded
from bot.domain.remembered import remembered
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, clause
from watchers.phrases.live_dates import told_of
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.stance import is_decided
from watchers.phrases.turns import without_aside

_LIVE = (
    r"(?:go(?:es|ing)?[ -]+live|went live|gone live|(?:be|been|being|is|was) (?:implemented|delivered|"
    r"deployed|released)|"
    r"implemented|delivered|deployed|"
    r"(?:comes?|came|coming) into (?:effect|force)|takes? effect|took effect|"
    r"(?:bec[ao]mes?|is|was) effective|live (?:since|as of|from)|put live|(?:takes?|took|taking) place|lands?|landed|"
    r"arriv(?:es?|ed)|(?:goes|went|go|gone|comes?|came) in(?= on)|rolled out|"
    r"(?:scheduled|planned|due|set|fixed|timetabled|confirmed|on (?:course|track|schedule|target)) (?:for|on)(?! "
    r"(?:go|be)\b))"
)
_DATE_OF = r"(?:go[- ]live|implementation|release|effective)(?: date| day)?"
_ON = (
    r"(?:on|from|for|of|as|is|was|be|to|now|currently|still|remains?|will|the|until|planned|scheduled|set|"
    r"expected|due|confirmed|proposed|suggested|has|been|fixed|[:–—(-]|\s|,)*"
)
_SET = r"\b(?<!\bto )(?<!\bnot )(?<!\bnever )(?:(?:has|have) )?(?:set|fixed|confirmed|agreed|approved|settled on)"
_RELEASE_LIVE = (
    pattern(
        rf"{{R}}(?!\s+(?:Implementation Document|page))(?P<gap>[^⟦⟧;]{{0,90}}?)\b{_LIVE}\b(?P<to>[^⟦⟧]{{0,40}}?){{D}}"
    ),
    pattern(
        r"^\W*(?:(?:now|currently) )?(?:due|planned|scheduled|set|timetabled|expected|confirmed)"
        r"(?P<gap>(?: to (?:go live|be (?:implemented|delivered|released|deployed)))?) (?:for|on) {D},? (?:the )?{R}"
    ),
    pattern(r"{R}(?P<gap>)[^;]{0,120}?\b(?:will now|now due to|is now to) go live on {D}"),
    pattern(rf"\b{_DATE_OF} (?:for|of) (?:the )?{{R}}(?P<gap>){_ON}{{D}}"),
    pattern(rf"{{R}}(?P<gap>(?:’s|'s)?\s*){_DATE_OF}\b{_ON}{{D}}"),
    pattern(r"{R}(?P<gap>)\s*\(\s*(?:go(?:es|ing)?[- ]live|went live|due|live)?(?: date)?(?: on)?:?\s*{D}\s*\)"),
    pattern(r"{D}(?P<gap>)\s*\(\s*(?:the |as part of the |in the |with the )?{R}\s*\)"),
    pattern(rf"{{D}}(?P<gap>),\s+the {_DATE_OF} (?:for|of) (?:the )?{{R}}(?!,? (?:to|until)\b)"),
    pattern(
        r"\b(?:implemented|delivered|go live|goes live|went live|introduced|follow)(?P<gap>)\s+(?:in|with|"
        r"as part of|through|by)\s+(?:the )?{R},?\s+on {D}"
    ),
    pattern(
        r"\b(?:implemented|delivered|go live|goes live|went live|live|follow|follows|followed|introduced)\b"
        r"[^⟦⟧]{0,30}?{D},?(?P<gap>)\s+(?:in|with|as part of|through) (?:the )?{R}"
    ),
    pattern(
        r"\b(?:implemented|delivered|deployed|released|launched|"
        r"put)(?P<gap>)\s+(?:the )?{R}(?: live)?(?: successfully)?,? on {D}"
    ),
    pattern(
        r"{D},?(?P<gap>)\s+(?:when|with|the day on which|the day that) (?:the )?{R} (?:goes|went|will go|comes|"
        r"came|is|was|will be)\b"
    ),
    pattern(rf"{_SET} {{D}} as (?:the|its) (?P<gap>){_DATE_OF} (?:of|for) (?:the )?{{R}}"),
    pattern(r"^\W*(?:the )?{R}(?P<gap>)\s*(?:[–—:|-]|is|will be|on|,)+\s*{D}\W*$"),
    pattern(
        r"{R}(?P<gap>)(?:[^⟦⟧;.]|⟦D\d+⟧){0,60}?\b(?:and|with|while)\s+(?:its |the )?go[- ]live(?: date)? "
        r"(?:(?:remains|stays|is|still|now|"
        r"of|on|set|due|planned|for|to be|unchanged|at)\s+)*{D}"
    ),
    pattern(rf"\bon {{D}},?(?P<gap>)\s+(?:the )?{{R}}\s+(?:(?:will|is|was|finally|then)\s+)*{_LIVE}\b"),
    pattern(r"^\W*{D}(?P<gap>)\s+(?:sees|saw|will see|is when|was when) (?:the )?{R}\s+(?:go(?:es)?|went|come|came)\b"),
)
_ASIDES = _RELEASE_LIVE[5:8]
_WHICH_IS_DUE = re.compile(
    r"\s*,\s*(?:which|that)\b(?!.*\b(?:would|could|may|might|should|proposed|asked)\b)", re.IGNORECASE
)
"""How an aside begins that says when a release is, whatever is asked of it."""
_WITH_A_VERSION = (
    pattern(rf"\bwith (?:the )?{{R}},?(?P<gap>)\s*⟦V\d+⟧\s+(?:will |has )*{_LIVE}[^⟦⟧]{{0,20}}?\bon {{D}}"),
    pattern(
        rf"⟦V\d+⟧\s+(?:will |has )*{_LIVE}[^⟦⟧]{{0,20}}?\b(?:with|in|as part of)(?P<gap>) (?:the )?{{R}},? on {{D}}"
    ),
    pattern(rf"{{R}}(?P<gap>)\s+(?:will |has )*{_LIVE},? (?:and|with)\s+⟦V\d+⟧[^⟦⟧]{{0,25}},? on {{D}}"),
)
"""A release goes live and a version of the SEC takes effect on one day."""
_OWN_LIVE = (
    pattern(r"^\W*(?:it (?:has been|is) |now )?live since {D}\W*$"),
    pattern(
        r"^\W*(?:it|the release) (?:takes effect|took effect|comes? into (?:force|effect)|came into (?:force|"
        r"effect))(?P<gap>) on {D}\W*$"
    ),
    pattern(r"^\W*(?:the )?go[- ]live (?:took place|happened|was completed|came) on {D}\W*$"),
    pattern(rf"\b{_DATE_OF}\b(?: for (?:this|the) release)?(?P<gap>\)?){_ON}{{D}}"),
    pattern(rf"\b(?:go(?:es|ing)?[ -]+live|went live)\b(?P<gap>){_ON}{{D}}"),
    pattern(rf"{_SET} {{D}} as (?:the|its) (?P<gap>){_DATE_OF}(?: (?:of|for) (?:this|the) release)?\W*$"),
    pattern(
        r"^\W*it (?:was|will be|is|is being|is due to be) (?:successfully )?(?:implemented|delivered|released|"
        r"deployed)(?P<gap>) on {D}"
    ),
    pattern(
        r"^\W*{D}(?P<gap>)\W*[–—:|-]\W*(?:the )?(?:release )?(?:go[- ]live|goes live|went live|"
        r"implementation)(?: date)?\W*$"
    ),
)
REFUSED = worded(
    r"\b(?:rejected|declined|refused|turned (?:\w+ ){0,3}?down|not (?:been )?(?:agreed|granted|accepted|approved|"
    r"supported|taken up)|did not (?:agree|accept|approve|support)|(?:decided|chose|opted|resolved|voted|agreed) "
    r"(?:not to|against)|dismissed|ruled out)\b",
)
_THEN_REFUSED = re.compile(
    rf"[^;⟦⟧]{{0,20}}?\b(?:and|but|though|although|which|however)\b[^;]{{0,60}}?{REFUSED.regex.pattern}", re.IGNORECASE
)
"""How it is told that a proposed date is not to be: "…, but the Panel decided not to"."""
_OTHER_CODES = re.compile(
    r"\b(?:BSC|REC|DCUSA|UNC|IGT|CUSC|MRA|Grid Code|P\d{3}|CP\d{4}|R0\d{3}|DCP ?\d{3}|CMP\d{3}|CSS|MHHS)\b"
)
CHANGES_OF_DATE = tuple(
    pattern(words)
    for words in (
        (
            r"\b(?:mov|chang|postpon|delay|defer|reschedul|shift|alter|amend|bring|brought|put back|"
            r"put off|set back|slip|"
            r"push)\w*\b[^⟦⟧]{0,60}(?:⟦R\d+⟧[^⟦⟧]{0,20})?(?:date|go[- ]live|⟦R\d+⟧)"
        ),
        (
            r"\b(?:mov|postpon|delay|defer|reschedul|bring)\w* (?:the release\b|it (?:from|to|back|by)\b|"
            r"(?:it|the release)(?=\W*(?:$|,|\band\b)))"
        ),
        (
            r"\b(?:new|another|later|earlier|revised|different|changed|alternative) (?:go[- ]live |implementation |"
            r"release )?date\b"
        ),
        r"\b⟦R\d+⟧ to ⟦D\d+⟧",
        r"(?:\bgo[- ]live(?: date)?|⟦R\d+⟧),? (?:should )?moves? (?:back )?(?:from|to)\b",
        (
            r"(?:\b(?:date|go[- ]live)\b|⟦R\d+⟧)[^⟦⟧]{0,30}?\b(?:be|been|being|is|was|has|have|go|goes|should|"
            r"would|will|can) (?:mov|"
            r"chang|postpon|delay|defer|reschedul|put back|put off|brought forward|push|shift)"
        ),
        r"\bask\w*(?: [\w’']+){0,3} for ⟦D\d+⟧",
        (
            r"\b(?:ask|request)\w*(?: (?:the|SEC|Panel|Authority|Ofgem)){0,3}(?: for)? (?:\w+ )?(?:more|extra|further|"
            r"additional) (?:days|weeks|months)(?: (?:of|for) (?:\w+ )?testing)?(?=\W*(?:$|[.,;]|because\b|before\b))"
        ),
    )
)
OF_ANOTHER_DATE = worded(
    r"\bdates? (?:of|for) (?:the |its |this |that )?(?:SEC |legal )?(?:text|part|element|modification|changes?|"
    r"firmware)|"
    r"\b(?:text|part|element|firmware)\b[^⟦⟧;]{0,20}\bdate\b",
)
"""Words that make of a change of date one of a modification or of a part of it."""
_NOT_THE_DATE = re.compile(
    r"\b(?:once|initially|originally|previously|formerly|instead of|rather than|not|before|prior to|after|"
    r"following|months?|weeks?|meeting|"
    r"baselined|testing|approved|consult\w*|published|updated|decision|vote|review(?:ed)?)\b|"
    r"(?:,|\band|\bbut|\bwhile|\bwhereas) (?:(?:the|its|their|those|other|all|any|some|further|remaining) )+"
    r"(?:[\w-]+ ){0,4}(?:changes|parts?|elements?|firmware|text|functionality|hubs?|devices?|rest|remainder)\b",
    re.IGNORECASE,
)


@reads(*_RELEASE_LIVE, *_WITH_A_VERSION, *_OWN_LIVE)
def go_live(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The November 2021 SEC Release, due to go live on 4 November 2021": settled, or proposed if hedged."""
    sentence = without_aside(sentence)
    text = sentence.text
    for pattern_ in fitting(_RELEASE_LIVE, text):
        for match in pattern_.finditer(text):
            release = sentence.at(match, "R")
            words = match["gap"] + match.groupdict().get("to", "")
            if not (_NOT_THE_DATE.search(words) or _of_a_version(match) or _the_old_date(text, match)):
                yield from _live(sentence, match, release)
    for form in fitting(_WITH_A_VERSION, text):
        for match in form.finditer(text):
            yield from _live(sentence, match, sentence.at(match, "R"))
    named = [mark for mark in sentence.of("R") if not mark.own]
    if (
        context.release
        and not context.section
        and not named
        and not _OTHER_CODES.search(text)
        and not context.subjects(sentence)
        and not sentence.of("V")
    ):
        for pattern_ in fitting(_OWN_LIVE, text):
            for match in pattern_.finditer(text):
                changes = changes_date(text[: match.end()]) and not re.search(r"\bnow\b", match[0])
                if not changes and not _the_old_date(text, match):
                    yield from _live(sentence, match, context.release)


@remembered
def changes_date(text: str) -> bool:
    """Whether words speak of another date than there was."""
    return any(form.regex.search(text) for form in fitting(CHANGES_OF_DATE, text))


def _of_a_version(match: re.Match[str]) -> bool:
    return bool(re.search(r"⟦V\d+⟧", match[0]))


def _the_old_date(text: str, match: re.Match[str]) -> bool:
    """Whether the date held once or was refused: "from 4 November 2021 to 29 November 2021", "has not moved to"."""
    return told_of(text, match) in ("old", "asked", "granted", "refused") or bool(
        re.search(r"\bfrom\s+(?:the )?$", text[: match.start("D")])
        and re.match(r"[^⟦⟧;.]{0,20}\bto\b[^⟦⟧;.]{0,20}⟦D", text[match.end("D") :])
    )


def _live(sentence: Marked, match: re.Match[str], release: str) -> Iterator[Said]:
    value = sentence.at(match, "D")
    words = clause(sentence.text, match.start(), match.end("D"))
    aside = any(form.made(match) for form in _ASIDES) or bool(_WHICH_IS_DUE.match(match.groupdict().get("gap") or ""))
    if REFUSED.search(words) or len(value) < 7 or (aside and len(value) < 10):
        return
    if aside and not changes_date(words):
        words = match["gap"]  # an aside says when a release is, whatever the sentence makes of the release
    hedged = bool(HEDGE.search(re.sub(r"^.*\bhas (?:now )?been (?:approved|confirmed|agreed)", "", words)))
    hedged = hedged or bool(
        re.match(r"\W{0,3}(?:subject to|if|provided)\b", sentence.text[match.end("D") :], re.IGNORECASE)
    )
    told = "" if aside else told_of(sentence.text, match)
    hedged = told == "wish" or (hedged and not (told == "fact" and is_decided(sentence.text, match.start("D"))))
    if hedged and _THEN_REFUSED.match(sentence.text, match.end("D")):
        return
    yield f"release:{release}", "proposed_go_live" if hedged else "go_live", value, "go-live"


_UNSET = worded(
    r"^\W*(?:no (?:firm |final )?(?:(?P<live>go[- ]live|implementation) )?date (?:has (?:yet )?been|is|was) (?:yet |as "
    r"yet )?|the (?P<its>go[- ]live|implementation) date (?:has not (?:yet )?been|is not yet|is yet to be) )"
    r"(?:set|agreed|fixed|settled|decided|confirmed)(?: yet)?(?P<whose> (?:for|of) (?:the )?⟦R\d+⟧)?(?: yet)?\W*$",
)


_LIVE_NO_MORE = pattern(
    r"(?:^\W*(?:it|the release|⟦R\d+⟧)|⟦R\d+⟧) (?:(?:will|is|can)(?: now| therefore)*|does) (?:not|no longer)"
    r"(?: now| be| therefore)* (?:go(?:ing)? live|take place|be implemented|implemented|delivered)\b[^⟦;.]{0,20}⟦D"
)


_WAS_DUE = pattern(
    r"^\W*(?:\d[\d.]*\s+)?(?:it|the release|(?:the )?⟦R\d+⟧) (?:was|had been) (?:(?:originally|first|initially|"
    r"previously|last) "
    r")?(?:due|planned|"
    r"scheduled|set|expected) to (?:go live|be (?:implemented|delivered|released)) on {D}\W*$"
)


def was_due(sentence: Marked) -> str:
    """Return the go-live that a sentence says was planned, which may still stand: "was due to go live on"."""
    match = _WAS_DUE.search(sentence.text)
    return sentence.at(match, "D") if match else ""


def is_unset(text: str) -> bool:
    """Whether a sentence says that no go-live is settled, or not the one that was: the next may say which is now."""
    match = _UNSET.search(text)
    return bool(match and (match["live"] or match["its"] or match["whose"])) or bool(
        _LIVE_NO_MORE.search(text) or _WAS_DUE.search(text)
    )


_OF_GO_LIVE = re.compile(
    r"[\W\d]*(?:the )?(?:(?:proposed|planned|expected) )?(?:go[- ]live|(?:go[- ]live|implementation|release) dates?|"
    r"date of (?:go[- ]live|implementation)|when (?:it|(?:the|this) release) (?:goes|will go|is to go) live|"
    r"implementation)\W*",
    re.IGNORECASE,
)
_A_DATE = re.compile(
    r"(?P<whose>^\W*(?:The|No|Its|This|A|An)|(?<![.;:] )\b(?:the|no|its|this))"
    r"(?P<how>(?: (?:firm|final|settled|agreed|fixed|actual|proposed|planned|suggested))?) "
    r"(?=date\b(?! (?:of|for|by|on which)\b))"
)


def is_of_go_live(heading: str) -> bool:
    """Whether a heading is about go-live alone, so that "the date" below it is that of go-live."""
    return bool(_OF_GO_LIVE.fullmatch(heading))


def with_go_live(text: str) -> str:
    """Return a text with "the date" said in full: "No date is settled" as "No go-live date is settled"."""
    return _A_DATE.sub(r"\g<whose>\g<how> go-live ", text)


def changes_go_live(heading: Marked) -> bool:
    """Whether a heading is about a move of the release's go-live, so that "the change" below it is that."""
    return bool(changes_date(heading.text)) and not OF_ANOTHER_DATE.search(heading.text)


RULES = (go_live,)
