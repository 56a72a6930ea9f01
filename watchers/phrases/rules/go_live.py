"""When a release goes live: settled, proposed, asked for, granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.domain.forms import Form, reads
from watchers.phrases.context import Context, Said
from watchers.phrases.hedges import HEDGE, SETTLED, clause
from watchers.phrases.marks import Marked, pattern

_LIVE = (
    r"(?:go(?:es|ing)?[ -]+live|went live|gone live|(?:be|been|being|is|was) (?:implemented|delivered|"
    r"deployed|released)|"
    r"implemented|delivered|deployed|"
    r"(?:comes?|came|coming) into (?:effect|force)|takes? effect|took effect|"
    r"(?:bec[ao]mes?|is|was) effective|live since|put live|"
    r"(?:scheduled|planned|due|set|fixed|timetabled|confirmed) (?:for|on)(?! (?:go|be)\b))"
)
_DATE_OF = r"(?:go[- ]live|implementation|release|effective)(?: date| day)?"
_ON = (
    r"(?:on|from|for|of|as|is|was|be|to|now|currently|still|remains?|will|the|until|planned|scheduled|set|"
    r"expected|due|confirmed|has|been|fixed|[:–—-]|\s|,)*"
)

_SET = r"\b(?<!\bto )(?<!\bnot )(?<!\bnever )(?:(?:has|have) )?(?:set|fixed|confirmed|agreed|approved|settled on)"

_RELEASE_LIVE = (
    pattern(
        rf"{{R}}(?!\s+(?:Implementation Document|page))(?P<gap>[^⟦⟧]{{0,90}}?)\b{_LIVE}\b(?P<to>[^⟦⟧]{{0,40}}?){{D}}"
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
    pattern(rf"\bon {{D}},?(?P<gap>)\s+(?:the )?{{R}}\s+(?:(?:will|is|was|finally|then)\s+)*{_LIVE}\b"),
    pattern(r"^\W*{D}(?P<gap>)\s+(?:sees|saw|will see|is when|was when) (?:the )?{R}\s+(?:go(?:es)?|went|come|came)\b"),
)
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
_MOVED = pattern(
    r"\b(?:mov(?:e|ed|es|ing)|chang(?:e|ed|es|ing)|postpon\w+|delay\w*|deferr?\w*|brought forward|"
    r"bring(?:ing)? forward|put back|"
    r"reschedul\w+|shift\w*|push(?:ed|"
    r"ing)?(?: "
    r"back)?)\b[^⟦⟧]{0,70}?(?:⟦R\d+⟧[^⟦⟧]{0,60}?)?(?:\bfrom\b[^⟦⟧]{0,30}?⟦D\d+⟧[^⟦⟧]{0,20}?)?\b(?:to|"
    r"until)\b[^⟦⟧]{0,40}?{D}"
)
_PROPOSED = re.compile(
    r"[^⟦⟧;]{0,20}?\b(?:(?:has|have|had|is|was|were|are)(?: also| now)?(?: been| being)?) "
    r"(?:proposed|requested|suggested|recommended|considered|under (?:consideration|discussion)|consulted)\b|"
    r"[^⟦⟧;.]{0,20}?\b(?:may|might|could|would)\b(?: yet| well| still| also)? (?:be|become|prove|have)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:rejected|declined|refused|turned down|not (?:been )?(?:agreed|granted|accepted|approved|"
    r"supported|taken up)|did not (?:agree|accept|approve|support)|(?:decided|chose|opted|resolved|voted|agreed) "
    r"(?:not to|against)|dismissed|ruled out)\b",
    re.IGNORECASE,
)
_THEN_REFUSED = re.compile(
    rf"[^;⟦⟧]{{0,20}}?\b(?:and|but|though|although|which|however)\b[^;]{{0,60}}?{_REFUSED.pattern}", re.IGNORECASE
)
"""How it is told that a proposed date is not to be: "…, but the Panel decided not to"."""
_OTHER_CODES = re.compile(
    r"\b(?:BSC|REC|DCUSA|UNC|IGT|CUSC|MRA|Grid Code|P\d{3}|CP\d{4}|R0\d{3}|DCP ?\d{3}|CMP\d{3}|CSS|MHHS)\b"
)
_LIKELY = (pattern(r"{D}[^⟦⟧]{0,25}?\b(?:most )?likely\b"), pattern(r"\blikely\b[^⟦⟧]{0,30}?{D}"))
_CHANGES_OF_DATE = tuple(
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
_ASKED = pattern(
    r"\b(?:wrote|written|requested|asked|applied|submitted|sought|put (?:a|its|the) (?:request|case)|made (?:a|"
    r"its|the) request|"
    r"request\b[^⟦⟧]{0,40}\b(?:made|sent|dated|received)|request (?:of|on)(?= ⟦D))\b"
)
_OF_ANOTHER_DATE = re.compile(
    r"\bdates? (?:of|for) (?:the |its |this |that )?(?:SEC |legal )?(?:text|part|element|modification|changes?|"
    r"firmware)|"
    r"\b(?:text|part|element|firmware)\b[^⟦⟧;]{0,20}\bdate\b",
    re.IGNORECASE,
)
"""Words that make of a change of date one of a modification or of a part of it."""
_DID_ASK = r"\b(?:wrote|requested|asked|applied|submitted|sought)\b"
_ASKED_ON = (
    pattern(
        rf"(?:^\W*|[;,]\s+|\band\s+)(?:on|by (?:a )?letter (?:of|dated)|at its meeting on|in a letter (?:of|"
        rf"dated)) {{D}},?[^⟦⟧]{{0,80}}?{_DID_ASK}"
    ),
    pattern(
        rf"{_DID_ASK}(?:(?!\bto go live\b|\bgo[- ]live on\b)[^⟦⟧]){{0,80}}?\b(?:on|dated|in a letter of|"
        rf"at its meeting on) {{D}}"
    ),
    pattern(
        r"\b(?:wrote|asked|requested|"
        r"applied)\b[^⟦⟧;]{0,60}(?:⟦R\d+⟧[^⟦⟧;]{0,40})?"
        r"\bfrom\b[^⟦⟧]{0,30}⟦D\d+⟧[^⟦⟧]{0,20}\bto\b[^⟦⟧]{0,10}⟦D\d+⟧[^⟦⟧]{0,20}\bon {D}\W*$"
    ),
    pattern(r"\brequest(?:ed)?\b[^⟦⟧]{0,40}?\b(?:made|dated|submitted|sent|received)\b[^⟦⟧]{0,40}?\bon {D}"),
    pattern(r"\brequest(?: made| sent| submitted| received)?[^⟦⟧]{0,30}?\b(?:dated|of|on) {D}"),
    pattern(
        r"^\W*in (?:a|its) (?:letter|paper|request|note)\b[^⟦⟧]{0,40}?\b(?:of|dated|on) {D}[^⟦⟧]{0,40}?\b"
        r"(?:requested|asked|wrote)\b"
    ),
)
_GRANTED = r"\b(?:approved|granted|agreed(?: to)?|accepted|endorsed|consented to)\b"
_REQUEST = (
    r"(?:this|the|that|its|their)?\s*(?:DCC[’']s |Panel[’']s )?(?:request|change|move|new date|"
    r"new go[- ]live date|revised date|later date|"
    r"proposal|postponement|delay|deferral|it|this)"
)
_GRANTED_IT = re.compile(rf"{_GRANTED} it\b", re.IGNORECASE)
_GRANTED_ON = (
    pattern(rf"{_GRANTED}\s+{_REQUEST}\b[^⟦⟧]{{0,60}}?\bon {{D}}"),
    pattern(rf"\bon {{D}},?[^⟦⟧;]{{0,60}}?{_GRANTED}\s+{_REQUEST}\b"),
    pattern(rf"{_REQUEST}\b[^⟦⟧]{{0,30}}?\bwas {_GRANTED}[^⟦⟧]{{0,60}}?\bon {{D}}"),
    pattern(
        r"\bon {D},?[^⟦⟧]{0,30}?\b(?:Authority|Ofgem|GEMA) (?:then |duly |formally )?(?:agreed|approved|consented|"
        r"accepted)(?: to)?(?: it| this| that)?\W*$"
    ),
    pattern(
        r"\b(?:Authority|Ofgem|GEMA) (?:then |duly |formally )?(?:agreed|approved|consented|"
        r"accepted)(?: to)?(?: it| this| that)?"
        r" on {D}\W*$"
    ),
    pattern(
        r"\b(?:did so|gave its (?:approval|consent|agreement)|approval (?:was given|came|"
        r"followed))\b[^⟦⟧]{0,20}?\bon {D}"
    ),
)
_NOT_THE_DATE = re.compile(
    r"\b(?:once|initially|originally|previously|formerly|instead of|rather than|not|before|prior to|after|"
    r"following|months?|weeks?|meeting|"
    r"baselined|testing|approved|consult\w*|published|updated|decision|vote|review(?:ed)?)\b",
    re.IGNORECASE,
)
_APPROVED = r"\b(?:approved|agreed|granted|confirmed|endorsed)\b"
_APPROVED_ON = (
    pattern(rf"(?:^\W*|[;,]\s+|\band\s+)on {{D}},?[^⟦⟧;]{{0,60}}?{_APPROVED}"),
    pattern(rf"{_APPROVED}(?: by [^⟦⟧]{{0,40}}?)? on {{D}}"),
    pattern(rf"{_APPROVED}[^⟦⟧]{{0,90}}?(?:(?:⟦R\d+⟧|⟦D\d+⟧)[^⟦⟧]{{0,40}}?){{1,3}}\bon {{D}}\W*$"),
)


@reads(*_RELEASE_LIVE, *_WITH_A_VERSION, *_OWN_LIVE)
def go_live(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The November 2021 SEC Release, due to go live on 4 November 2021": settled, or proposed if hedged."""
    text = sentence.text
    for pattern_ in _RELEASE_LIVE:
        for match in pattern_.finditer(text):
            release = sentence.at(match, "R")
            words = match["gap"] + match.groupdict().get("to", "")
            if not (_NOT_THE_DATE.search(words) or _of_a_version(match) or _the_old_date(text, match)):
                yield from _live(sentence, match, release)
    for form in _WITH_A_VERSION:
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
        for pattern_ in _OWN_LIVE:
            for match in pattern_.finditer(text):
                changes = _changes_date(text[: match.end()]) and not re.search(r"\bnow\b", match[0])
                if not changes and not _the_old_date(text, match):
                    yield from _live(sentence, match, context.release)


def _changes_date(text: str) -> bool:
    """Whether words speak of another date than there was."""
    return any(form.search(text) for form in _CHANGES_OF_DATE)


def _of_a_version(match: re.Match[str]) -> bool:
    return bool(re.search(r"⟦V\d+⟧", match[0]))


def _the_old_date(text: str, match: re.Match[str]) -> bool:
    """Whether the date is what a move begins from: "from 4 November 2021 to 29 November 2021"."""
    return bool(
        re.search(r"\bfrom\s+(?:the )?$", text[: match.start("D")])
        and re.match(r"[^⟦⟧;.]{0,20}\bto\b[^⟦⟧;.]{0,20}⟦D", text[match.end("D") :])
    )


def _live(sentence: Marked, match: re.Match[str], release: str) -> Iterator[Said]:
    value = sentence.at(match, "D")
    words = clause(sentence.text, match.start(), match.end("D"))
    if (
        _REFUSED.search(words)
        or len(value) < 7
        or (any(form.made(match) for form in _RELEASE_LIVE[4:7]) and len(value) < 10)
    ):
        return
    if any(form.made(match) for form in _RELEASE_LIVE[4:7]) and not _changes_date(words):
        words = match["gap"]  # an aside says when a release is, whatever the sentence makes of the release
    hedged = bool(HEDGE.search(re.sub(r"^.*\bhas (?:now )?been (?:approved|confirmed|agreed)", "", words)))
    hedged = hedged or bool(
        re.match(r"\W{0,3}(?:subject to|if|provided)\b", sentence.text[match.end("D") :], re.IGNORECASE)
    )
    if hedged and _THEN_REFUSED.match(sentence.text, match.end("D")):
        return
    yield f"release:{release}", "proposed_go_live" if hedged else "go_live", value, "go-live"


@reads(_MOVED, *_LIKELY)
def moved(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The go-live is moved from 5 to 29 November 2020"; "29 November 2020 the most likely date"."""
    text = sentence.text
    release = next(iter(sentence.values("R")), context.release)
    if not release or context.subjects(sentence):
        return
    about_date = re.search(
        r"go[- ]live|implementation date|release date|⟦R\d+⟧|"
        r"\bDCC\b[^;]{0,60}\bthe date (?:should |to )?be (?:moved|changed|put back|postponed|delayed)\b",
        text,
        re.IGNORECASE,
    )
    for match in _MOVED.finditer(text):
        value = sentence.at(match, "D")
        words = clause(text, match.start(), match.end())
        if (
            about_date
            and not _REFUSED.search(text)
            and not re.search(r"\b(?:scope|modifications?|meeting|consultation)\b", match[0], re.IGNORECASE)
        ):
            hedged = HEDGE.search(words) or _PROPOSED.match(text, match.end())
            settled = SETTLED.search(words) or not hedged
            likely = any(one["D"] == match["D"] for form in _LIKELY for one in form.finditer(text))
            yield (
                f"release:{release}",
                "go_live" if settled and not likely else "proposed_go_live",
                value,
                "go-live moved",
            )
    if about_date:
        for form in _LIKELY:
            for match in form.finditer(text):
                yield f"release:{release}", "proposed_go_live", sentence.at(match, "D"), "likely go-live"


_TOLD_AS_MOVED = pattern(
    r"(?:\bnow (?:be )?\bgo(?:es|ing)? live\b|\bwill now\b)[^⟦⟧]{0,20}⟦D|"
    r"(?:\bgo[- ]live|⟦R\d+⟧)[^⟦⟧]{0,40}⟦D\d+⟧,? (?:rather than|instead of|and not|not)\b|"
    r"(?:\bgo[- ]live|⟦R\d+⟧)[^⟦⟧]{0,60}\bfrom ⟦D\d+⟧ (?:to|until) ⟦D"
)
_THE_CHANGE = re.compile(
    r"\b(?:this|that|it|(?:the|this|that|its|their|a) (?:change|move|request|new date|later date|postponement|delay|"
    r"deferral))\b|[’']s (?:request|letter|approval|consent)\b|^\W*(?:requested|approved|agreed|granted|asked for)\b|"
    r"\b(?:approval|consent|agreement)\b",
    re.IGNORECASE,
)
"""How a sentence speaks of the move of go-live that was told of before it."""
_ASKS = re.compile(
    r"\b(?:asked|asks|requested|requests|sought|wrote|written|applied|submitted|sent|went to|made (?:a|its|the|this) "
    r"request|put (?:a|its|the|this) (?:request|case))\b",
    re.IGNORECASE,
)
_A_REQUEST = re.compile(r"\b(?:request|letter|application)\b", re.IGNORECASE)
_GRANTS = re.compile(
    r"\b(?:approved|granted|agreed|accepted|consented|endorsed|given|gave|approval|consent)\b", re.IGNORECASE
)
_WHO_GRANTS = re.compile(r"\b(?:Authority|Ofgem|GEMA|Secretary of State)\b")
_WHO_ONLY_ASKS = re.compile(r"\b(?:Panel|DCC|SECAS|Change Board)\b")
_NOT_YET_SO = re.compile(
    r"\b(?:will|may|might|could|should|would|if|once|until|before|expects?|hopes?|not|which|whether)\b", re.IGNORECASE
)
_DAY_OF_IT = pattern(r"\b(?:on|of|dated|approval|consent|request|letter),? {D}")
_BETWEEN_DATES = re.compile(r"[,;]\s*(?:and |which |while |but )?|\s(?:and|while|but)\s")


@reads(*_CHANGES_OF_DATE, *_GRANTED_ON, _TOLD_AS_MOVED, Form(_THE_CHANGE))
def requested(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "On 19 June 2020 the Panel wrote to the Authority to move the go-live date": asked for, and then granted."""
    text = sentence.text
    change = _changes_date(text)
    release = next(iter(sentence.values("R")), context.release)
    found: list[Said] = []
    follows = context.request if not change and _THE_CHANGE.search(text) else ""
    if (change and _ASKED.search(text)) or (_TOLD_AS_MOVED.search(text) and not sentence.of("M")):
        context.request = "" if _about_a_modification(sentence, context) else release
    if change and _ASKED.search(text):
        found += _dated(sentence, _ASKED_ON, context.request, "go_live_requested_on")
    if context.request and not (context.last and _GRANTED_IT.search(text)):
        found += _dated(sentence, _GRANTED_ON, context.request, "go_live_approved_on")
    if change and release and not _about_a_modification(sentence, context):
        found += _dated(sentence, _APPROVED_ON, release, "go_live_approved_on")
    yield from found
    if (follows or (change and context.request)) and not (sentence.of("M") or sentence.of("P") or context.about):
        told = {attribute for _, attribute, _, _ in found}
        yield from (one for one in _followed(sentence, context.request) if one[1] not in told)


def _followed(sentence: Marked, release: str) -> Iterator[Said]:
    """Read "The Panel asked for this on 21 February and the Authority agreed on 14 March": by pieces of one date."""
    for piece in _pieces_of_one_date(sentence.text):
        match = _DAY_OF_IT.search(piece)
        if not match or _NOT_YET_SO.search(piece) or _REFUSED.search(piece) or piece.count("⟦D") > 1:
            continue
        asks, grants = _ASKS.search(piece), _GRANTS.search(piece)
        if grants and not (asks and asks.start() < grants.start()):
            if not _WHO_ONLY_ASKS.search(piece[: grants.start()]) or _WHO_GRANTS.search(piece):
                yield f"release:{release}", "go_live_approved_on", sentence.at(match, "D"), "request to move go-live"
        elif asks or _A_REQUEST.search(piece):
            yield f"release:{release}", "go_live_requested_on", sentence.at(match, "D"), "request to move go-live"


def _pieces_of_one_date(text: str) -> Iterator[str]:
    """Yield a sentence in pieces, cut at the last boundary between one date and the next."""
    days = [match.start() for match in re.finditer(r"⟦D", text)]
    at = 0
    for before, after in pairwise(days):
        if cuts := list(_BETWEEN_DATES.finditer(text, before, after)):
            yield text[at : cuts[0].start()]
            at = cuts[0].end()
    yield text[at:]


_MOVE = r"(?:mov|chang|postpon|delay|defer|reschedul|shift|push|put|bring|set)\w*"
_ITS_DATE = r"(?:it|this|that|(?:the|its) (?:release|date|go[- ]live(?: date)?))"
_ANOTHER_DATE = r"(?:an?|the|its)\s+(?:later|earlier|new|another|different|alternative|revised)\s+(?:go[- ]live )?date"
_WISHED = pattern(
    rf"(?:\b{_MOVE} {_ITS_DATE}\b[^⟦⟧]{{0,15}}?\b(?:to|until|for)|\b{_ANOTHER_DATE}(?: of|,|:| [–—-])?|"
    rf"\b(?:move|change|delay|postponement|deferral) (?:to|until)|"
    rf"\b{_ITS_DATE} to (?:be|move to|become)(?: on)?|"
    rf"\b(?:prefer|favour|propos|suggest|want|request)\w*(?: (?:a|the) date of)?|"
    rf"\b(?:put(?:s|ting)? forward|float\w*|offer\w*)(?= ⟦D\d+⟧ as (?:another date\b|{_ANOTHER_DATE}|"
    rf"(?:an?|the|its) alternative\b))|"
    rf"\bput(?:s|ting)? forward(?= ⟦D\d+⟧(?:\W*$|,? (?:and|for|but) the (?:SEC )?Panel\b))) {{D}}"
)
_WISHES = re.compile(
    r"\b(?:would (?:like|prefer|rather)|prefers?|preferred|favour\w*|wants?|wanted|wish\w*|suggest\w*|propos\w*|"
    r"consider\w*|minded|ask(?:s|ed|ing)|request\w*|under consideration|hop(?:es|ed|ing)|discuss\w*|"
    r"put(?:s|ting)? forward|float\w*|offer\w*)\b",
    re.IGNORECASE,
)


@reads(_WISHED)
def wished(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The DCC would like to move this to 13 July 2023", just after the sentence that told the go-live."""
    match = _WISHED.search(sentence.text)
    others = sentence.of("M") or sentence.of("P") or sentence.of("V") or context.about
    if match and context.live and not others and _WISHES.search(sentence.text) and not _REFUSED.search(sentence.text):
        yield f"release:{context.live}", "proposed_go_live", sentence.at(match, "D"), "go-live wished for"


_UNSET = re.compile(
    r"^\W*(?:no (?:firm |final )?(?:go[- ]live|implementation) date (?:has (?:yet )?been|is|was) (?:yet )?|"
    r"the (?:go[- ]live|implementation) date (?:has not (?:yet )?been|is not yet|is yet to be) )"
    r"(?:set|agreed|fixed|settled|decided|confirmed)(?: yet)?\W*$",
    re.IGNORECASE,
)


def is_unset(text: str) -> bool:
    """Whether a sentence says that no go-live is settled: the next may say which date has been put forward."""
    return bool(_UNSET.search(text))


def changes_go_live(heading: Marked) -> bool:
    """Whether a heading is about a move of the release's go-live, so that "the change" below it is that."""
    return bool(_changes_date(heading.text)) and not _OF_ANOTHER_DATE.search(heading.text)


def _about_a_modification(sentence: Marked, context: Context) -> bool:
    """Whether the date that is to change is a modification's or a part's rather than the release's."""
    if sentence.of("M") or sentence.of("P") or _OF_ANOTHER_DATE.search(sentence.text):
        return True
    return bool(context.last or context.about) and not re.search(r"go[- ]live|\brelease\b|⟦R", sentence.text)


def _dated(sentence: Marked, forms: tuple[Form, ...], release: str, attribute: str) -> Iterator[Said]:
    for form in forms if release else ():
        match = form.search(sentence.text)
        if match and not (attribute == "go_live_approved_on" and HEDGE.search(_without_the_request(match[0]))):
            yield f"release:{release}", attribute, sentence.at(match, "D"), "request to move go-live"
            return


def _without_the_request(words: str) -> str:
    return re.sub(r"\brequest(?:s|ed)?\b|\bpropos\w+|\brecommend\w+", " ", words, flags=re.IGNORECASE)


RULES = (go_live, moved, requested, wished)
