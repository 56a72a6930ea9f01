"""Votes and presentations, held or to come: they give dates and no status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.undone import is_called_off

_VOTE = (
    pattern(
        r"\bChange Board(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{0,30}?\b(?:votes?|voted|voting|decision|decide|determin\w+|"
        r"consider\w*|meeting|vote (?:is|was)?)\b[^⟦⟧;]{0,60}?)(?:\b(?:on|at its|at the|for|due)\b|"
        r":)\s*(?:its )?{D}"
    ),
    pattern(
        r"\bChange Board(?:’s|'s)?\b(?P<gap>[^⟦⟧;]{0,30}?\b(?:votes?|voted|voting|decide|determine|"
        r"consider)\b[^⟦⟧;]{0,30}?)(?:⟦M\d+⟧)[^⟦⟧;]{0,40}?\b(?:on|at its|at the)\s+{D}"
    ),
    pattern(
        r"\bChange Board\b(?P<gap> (?:\w+ ){0,3}?(?:met|meets?)\b[^⟦⟧;]{0,40}?)\bon {D},?[^⟦⟧;]{0,40}?\b(?:and|to)\s+"
        r"(?:\w+ )?(?:vot\w+|recommend\w*|approved?|reject(?:ed)?|decided?)\b"
    ),
    pattern(
        r"\b(?:due|goes|go|going|scheduled|expected|planned|booked|listed|and|"
        r"then)\b(?P<gap>[^⟦⟧;.]{0,20}?)\b(?:to|at|before) (?:the )?"
        r"Change Board\b(?: meeting)? (?:on|of) {D}"
    ),
    pattern(r"\bvot(?:e|es|ed|ing)\b(?P<gap>[^⟦⟧;]{0,60}?\bChange Board\b[^⟦⟧;]{0,40}?)\b(?:on|at its|for)\s+{D}"),
    pattern(
        r"\b(?:goes?|going|go|went|taken|sent|submitted|put|presented|"
        r"issued)\b(?P<gap>[^⟦⟧;]{0,30}?)\bto (?:the |a )?Change Board\b[^⟦⟧;]{0,40}?\b(?:on|for)\s+{D}"
    ),
    pattern(r"(?:^|[;,–—]\s)\W*(?:next )?(?P<gap>Change Board(?: meeting)?)(?: on| of|:|,)?\s*{D}\W*$"),
    pattern(
        r"\b(?P<gap>Change Board (?:vote|decision|meeting))\b(?: date| due| held| planned| set| to be held| "
        r"on)*\s*(?:[:,–—-]|\()?\s*{D}"
    ),
    pattern(
        r"\bChange Board(?:’s|'s)?\b(?P<gap>[^⟦⟧;.]{0,40}?\b(?:votes?|voted|voting|decide|determine|consider|"
        r"decision|look at|"
        r"take)\b(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?)\b(?:on|at its|at the|for|held|is|due)\s+(?:its |the "
        r")?(?:[\w ]{0,12}?meeting (?:on|of) )?{D}"
    ),
    pattern(
        r"\bon {D},?\s*(?P<gap>)(?:the )?(?:SEC )?Change Board(?:’s members|'s members)? (?:will|is (?:now "
        r")?(?:due|expected|set|scheduled|"
        r"planned|asked)? ?to|voted|votes|shall|considers|considered|decides|decided|determines|determined)\b"
        r"(?: (?:vote|decide|determine|consider|be voting|be asked to (?:vote|decide|determine))\b)?"
        r"(?=[^⟦⟧;.]{0,50}?(?:⟦M\d+⟧|\bit\b|\bthis\b|\bboth\b|\bthem\b|\bmodifications?\b|\bthese\b|$))"
    ),
    pattern(
        r"\bvot(?:e|ed|ing|es)\b(?P<gap>(?: on)?(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?\bto (?:that|the one|the meeting|the "
        r"Change Board meeting)? ?(?:of|on)\s+){D}"
    ),
    pattern(
        r"\bChange Board\b(?P<gap>[^⟦⟧;]{0,20}?\b(?:consider|decide|vote on|determine|look at|"
        r"take)\b (?:on )?(?:both|each|all|it|them|these|this|"
        r"the (?:two|three|modification|proposal))\b[^⟦⟧;]{0,30}?)\b(?:on|at its meeting on)\s+{D}"
    ),
    pattern(
        r"\b(?:a|the|its|that) vote\b(?P<gap>(?! on)[^⟦⟧;]{0,40}?)\b(?:is|was|has been) (?:now )?"
        r"(?:expected|set|scheduled|planned|due|booked|fixed|to be held|to take place)\b[^⟦⟧;]{0,20}?\b(?:for|on)\s+{D}"
    ),
    pattern(
        r"\b(?:the|a) vote (?:of|by) the Change Board on {Ms}(?P<gap>\s)(?:was|is|will be|has been) "
        r"(?:(?:due|set|planned|scheduled)(?: (?:to be held|for))?|held|taken|to be held) ?(?:on )?{D}"
    ),
    pattern(
        r"\b(?:the|a|its) (?:Change Board )?vote on {M}(?P<gap>[^⟦⟧;]{0,30}?)\b(?:was |is |has been |will be |be )?"
        r"(?:put off|deferred|postponed|moved|delayed|rescheduled|held|due|taken|scheduled|set|planned|take place)\b"
        r"[^⟦⟧;]{0,12}?\b(?:to|on|until|for|at its)\s+{D}"
    ),
    pattern(
        r"^\W*(?:then )?on {D},?\s*(?P<gap>)the Change Board (?:will vote|voted|is due to vote|will decide|"
        r"will consider)\b"
    ),
    pattern(
        r"^\W*(?:the|its|this|that) vote\b(?P<gap>[^⟦⟧;.]{0,40}?)\b(?:was|is|will be|has been) (?:due|set|planned|"
        r"scheduled|"
        r"taken|held|taking place|to be held|to be taken)\b[^⟦⟧;.]{0,20}?\b(?:on|for)\s+{D}"
    ),
    pattern(
        r"^\W*(?:the|its|this|that) vote\b(?P<gap>[^⟦⟧;.]{0,40}?)\b(?:took|takes|"
        r"will take) place\b[^⟦⟧;.]{0,12}?\bon {D}"
    ),
    pattern(
        r"\bmeet(?:ing|s)\b(?: held)? (?:on|of) {D},?(?P<gap> )the Change Board (?:\w+ ){0,2}?"
        r"(?:voted\b|(?:will|to) vote\b|(?:decided|determined|resolved|chose) (?:not )?to "
        r"(?:approve|reject|recommend)\b)"
    ),
    pattern(
        r"\b(?:considered|determined|decided|"
        r"voted) (?:on )?by the Change Board\b(?P<gap>[^⟦⟧;]{0,30}?)\b(?:on|at its)\s+{D}"
    ),
)
_VOTE_MOVED = pattern(
    r"\bvotes?\b(?P<gap>(?:[^⟦⟧;.]|⟦[MD]\d+⟧){0,120}?)\b(?:moved|moves|put (?:off|back)|postponed|deferred|delayed|"
    r"rescheduled|rearranged|re-arranged|brought forward|pushed back|slipped|changed|adjourned)\b[^⟦⟧;.]{0,20}?"
    r"(?:from ⟦D\d+⟧[^⟦⟧;.]{0,10})?\b(?:to|until|till|for)\b[^⟦⟧;.]{0,20}?{D}|"
    r"\bvotes?\b(?P<gap2>(?:[^⟦⟧;.]|⟦[MD]\d+⟧){0,120}?)\b(?:will now|is now|are now|has now been)\b(?! "
    r"not\b)[^⟦⟧;.]{0,20}?"
    r"(?:\b(?:be|take place|held|set|due|planned|scheduled|fall|falls)\b[^⟦⟧;.]{0,12})?\b(?:on|for)\b {D2}|"
    r"\bChange Board\b[^⟦⟧;.]{0,60}?\b(?:deferr?ed|defers|moved|moves|postponed|postpones|put (?:back|off)|delayed|"
    r"rescheduled|brought forward|adjourned) (?:its|the|their) (?:vote|decision)\b(?: on (?:⟦M\d+⟧|it|this))?"
    r"[^⟦⟧;.]{0,10}?(?:from ⟦D\d+⟧[^⟦⟧;.]{0,10})?\b(?:to|until|till)\b[^⟦⟧;.]{0,30}? {D3}"
)
"""Of the days of a vote that was moved the new one alone is its day."""
_NO_VOTE = pattern(
    r"\bvotes?\b(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?\b(?:not|no longer|never|cancelled|called off|without|instead of)\b|"
    r"\b(?:no|without an?|instead of an?) (?:Change Board )?vote\b|"
    r"\b(?:not|no longer|never)(?: now| yet)? (?:be )?(?:vot(?:e|ing|ed)|decid(?:e|ing)|consider(?:ing)?|"
    r"determin(?:e|ing))\b"
)
_GOES_TO_A_VOTE = (
    pattern(
        r"\b(?:down|up|due|ready|listed|set|go(?:es|ing)?|tabled|coming up|scheduled|on the agenda|put) (?:for|to) "
        r"(?:an? |the |its |their )?(?P<gap>(?:Change Board(?:’s|'s)? )?vote)\b(?: (?:at|by) the Change Board)?"
        r"(?: meeting)? (?:on|at its meeting (?:on|of)|of) {D}"
    ),
    pattern(
        r"\b(?:(?:the|a|its|their|that)\s)?(?P<gap>(?:Change Board )?vot(?:es?|ing) (?:on|for|about) )(?:[^⟦⟧;.]|"
        r"⟦M\d+⟧){1,60}?"
        r"\b(?:takes?|took|will take|is to take|is due to take|are to take) place (?:at the Change Board (?:meeting "
        r")?)?(?:on|at its meeting (?:on|of)) {D}"
    ),
    pattern(
        r"\bChange Board(?P<gap>)(?: meeting)?,?\s?[(,] ?{D}[),]\s?[^⟦⟧;.]{0,20}?\b(?:votes?|voted|voting|to vote|"
        r"decides?|"
        r"considers?)\b"
    ),
    pattern(
        r"\b(?:comes?|goes|go|coming|going|brought|due|back|taken|heads?|heading|is|are)(?: back)? (?:before|in "
        r"front of|to|with) "
        r"(?:the )?Change Board\b(?P<gap>)(?: for (?:an? |its )?(?:vote|decision))?(?: again)? (?:on|at its meeting "
        r"(?:on|of)) {D}"
    ),
    pattern(
        r"\bon the (?:agenda (?:of|for) the (?P<gap>Change Board)|Change Board(?:’s|'s)? agenda)(?: meeting)? (?:for|"
        r"on|of) {D}"
    ),
    pattern(
        r"\b(?:members|Change Board|board members)\b[^⟦⟧;.]{0,40}?\b(?P<gap>votes?|voted|voting|decides?|asked to "
        r"decide) on "
        r"⟦M\d+⟧(?:(?:\s|,|and|&)*⟦M\d+⟧)*[^⟦⟧;.]{0,20}? (?:on|at (?:its|their) meeting (?:on|of)) {D}"
    ),
    pattern(
        r"\b(?:when|once|after|as soon as) the Change Board(?P<gap>)(?: has| have)? (?:voted|votes|decided|decides|"
        r"met|meets)"
        r"(?: on (?:it|them|this|⟦M\d+⟧))?,? (?:on|at its meeting (?:on|of)) {D}"
    ),
)
_VOTE_AGAIN = (
    pattern(
        r"\b(?:an?|the|its) (?P<gap>(?:second|third|further|fresh|new|repeat|another|re-?run) (?:Change Board "
        r")?(?:vote|"
        r"ballot)|another (?:Change Board )?vote)\b(?: (?:on|for|about) (?:it|them|this|⟦M\d+⟧))?,? (?:at the "
        r"Change Board )?"
        r"(?:(?:then |now )?(?:takes?|took|will (?:then |now )?take|is to take|is due to take) place|"
        r"(?:will|is to|is due to) be (?:held|taken)|is (?:now )?(?:due|planned|scheduled|set|held)|was (?:held|taken)|"
        r"follow(?:s|ed)|will follow|comes|came)\b[^⟦⟧;.]{0,20}?\b(?:on|for|at its meeting (?:on|of)) {D}"
    ),
    pattern(
        r"\b(?:Change Board|members|it|they)\b(?P<gap> (?:(?:will|is|are|due|to|has|have|then|now) ){0,4})"
        r"(?:votes?|voted|voting|decides?|decided) (?:on (?:it|this|them|⟦M\d+⟧) )?(?:again|afresh|a second time) "
        r"(?:on|at its meeting (?:on|of)) {D}"
    ),
)
"""A vote that takes the place of one that settled nothing: its day comes after the other's."""
_VOTE_ALONE = pattern(
    r"(?:^|⟦M\d+⟧\s*[–—:|,-]\s*)\W*(?:Change Board )?vote(?P<gap>)"
    r"(?: is)?(?: now)?(?: planned| scheduled| set| due| booked| to be held)? (?:for|on) {D}"
)
"""A note in the row of a modification: "Vote planned for 23 October 2024"."""
_ITS_VOTE = re.compile(r"^\W*(?:the|its|this|that) vote\b", re.IGNORECASE)
_NOT_A_VOTE = re.compile(
    r"\b(?:recommend\w*|assessment|refinement|consultation|until|after|before|approved for|report)\b", re.IGNORECASE
)

_NOT_HELD = re.compile(
    r"\b(?:minutes|notes|papers|agenda) (?:of|from|for) |\b(?:had been|was once|"
    r"was originally) (?:planned|hoped|intended|"
    r"expected) (?:that|for)\b",
    re.IGNORECASE,
)
"""Words before a meeting of which only the papers are spoken of, or which was planned once."""


@reads(*_VOTE, _VOTE_ALONE, _VOTE_MOVED, *_GOES_TO_A_VOTE, *_VOTE_AGAIN)
def vote(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Change Board vote will be held on 27 May 2020 under Self-Governance": held or to come."""
    if moved := _VOTE_MOVED.search(sentence.text):
        if not re.search(r"\b(?:may|might|could|if|would|propos\w+|asked|whether)\b", moved[0]):
            whom = sentence.values("M") or before(sentence, moved, context) or context.last
            yield from each(
                whom,
                "change_board_vote_on",
                sentence.at(moved, next(d for d in ("D", "D2", "D3") if moved[d])),
                "vote moved",
            )
        return
    if _NO_VOTE.search(sentence.text):
        return
    if again := _voted_again(sentence):
        ids = before(sentence, again, context) or context.last
        yield from each(ids, "change_board_vote_on", sentence.at(again, "D"), "vote")
        return
    for form in fitting(_GOES_TO_A_VOTE, sentence.text):
        for match in form.finditer(sentence.text):
            whom = before(sentence, match, context) or context.last
            yield from each(whom, "change_board_vote_on", sentence.at(match, "D"), "vote")
    forms = (*_VOTE, _VOTE_ALONE) if context.about else _VOTE
    for form in fitting(forms, sentence.text):
        for match in form.finditer(sentence.text):
            off = is_called_off(sentence.text, match.end("D"))
            if not (off or _NOT_A_VOTE.search(match["gap"]) or _NOT_HELD.search(sentence.text[: match.end()])):
                ids = before(sentence, match, context) or (context.last if _ITS_VOTE.match(sentence.text) else ())
                yield from each(ids, "change_board_vote_on", sentence.at(match, "D"), "vote")


def _voted_again(sentence: Marked) -> re.Match[str] | None:
    """Return where a further vote of the Change Board is told of with its day."""
    found = next((match for form in _VOTE_AGAIN if (match := form.search(sentence.text))), None)
    if not found or re.search(r"\bPanel\b|\b(?:if|may|might|could|unless|propos\w+)\b", sentence.text[: found.end()]):
        return None
    return None if is_called_off(sentence.text, found.end("D")) else found


_SAW = r"(?:was (?:then )?(?:presented with|shown|given)|considered|saw|received|reviewed|looked at|discussed)"
_REPORT = r"(?:the |its |this |an? )?(?:(?:final|draft|finished|completed) )?(?:modification )?report\b"
_PANEL = (
    pattern(
        r"\b(?:present(?:s|ed|ing)?|submit(?:s|ted|ting)?|take|takes|taken(?! (?:out|off|away)\b)|go|goes|going|"
        r"went|sen[dt]|issued?|"
        r"bring|brought|returned?|tabled?|"
        r"put)\b(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?\b(?:to|at|before|by) (?:the )?(?:SEC )?Panel(?! (?:sub|"
        r"member))\b(?P<gap>[^⟦⟧;.]{0,40}?)\b(?:on|in|for|at its|meeting of)\s+{D}"
    ),
    pattern(
        r"\b(?:SEC )?Panel (?:will|is (?:due|expected|scheduled|set) to|would|shall|to) (?:then |next )?(?:be "
        r"(?:asked|invited) to )?(?:consider|"
        r"review|discuss|receive|be presented with|see|look at|take|note)\b(?P<gap>(?:[^⟦⟧;.]|"
        r"⟦M\d+⟧){0,70}?)\b(?:on|at its(?: meeting)?(?: of| on)?)\s+{D}"
    ),
    pattern(r"\bReport\b[^⟦⟧;.]{0,30}? (?:to|at|before|with) (?:the )?(?:SEC )?Panel(?P<gap>\s*[:,(–—-]?\s*){D}"),
    pattern(
        r"\bon {D},?\s*(?P<gap>)(?:the )?(?:SEC )?Panel (?:will|is (?:due|expected|scheduled|set|to)(?: to)?) "
        r"(?:be (?:asked|invited) to )?(?:consider|review|discuss|"
        r"receive|look at|see)\b(?=[^⟦⟧;.]{0,60}?(?:⟦M\d+⟧|\breport\b|\bit\b))(?!(?:[^;.]){0,60}?\bwhether\b)"
    ),
    pattern(r"\bpresent(?:ation|ed)?\b[^⟦⟧;]{0,30}?\bPanel\b(?P<gap>\s*[:–—-]\s*){D}"),
    pattern(
        r"(?:^|[,;] |\band )\W*on {D},?\s*(?:it|this|the \w+(?: \w+)?|⟦M\d+⟧)\s+(?:will|is (?:due |"
        r"expected |scheduled )?to|would)"
        r"(?P<gap> )(?:then )?(?:be presented|be taken|be submitted|be put|go|be brought) (?:to|"
        r"before) (?:the )?(?:SEC )?Panel\b"
    ),
    pattern(
        rf"\bPanel (?:then |has )?{_SAW} {_REPORT}(?P<gap>[^⟦⟧;]{{0,20}}?)\b(?:on|at its meeting (?:on|of))\s+{{D}}"
    ),
    pattern(rf"\b(?:on|meeting of) {{D}},?\s*(?P<gap>)the (?:SEC )?Panel (?:then )?{_SAW} {_REPORT}"),
    pattern(
        r"\b(?:on|meeting of) {D},?\s*(?P<gap>)the (?:SEC )?Panel (?:will|is (?:due|expected|scheduled) to|is to|"
        r"shall) "
        r"(?:then )?(?:be (?:presented with|shown|given|handed|sent|asked to consider)|consider|receive|review|discuss|"
        r"look at|see)\b"
    ),
    pattern(
        rf"\b{_REPORT} (?:was|went|came|has been|is|goes|comes) (?:then )?(?P<gap>)(?:seen by|shown to|before|"
        rf"considered by|reviewed by|discussed by) (?:the )?(?:SEC )?Panel (?:on|at its meeting (?:on|of)) {{D}}"
    ),
    pattern(
        r"\bPanel (?:will|is (?:due |expected )?to) (?:then )?be (?:given|shown|sent|handed|presented with) "
        rf"(?:it|this|⟦M\d+⟧|{_REPORT})(?P<gap> )(?:on|at its meeting (?:on|of)) {{D}}"
    ),
    pattern(r"\bPanel presentation\b(?P<gap>[^⟦⟧;]{0,30}?){D}"),
    pattern(
        r"\b(?:Report|Proposal|modification|it|due|expected|back)\b,?\s*(?:goes |is )?(?:due |"
        r"expected )?(?:to|at|before) (?:the )?(?:SEC )?Panel\b(?P<gap>[^⟦⟧;]{0,20}?)\b(?:on|at its|"
        r"meeting of)\s+{D}"
    ),
    pattern(r"^\W*(?:to|at|before) (?:the )?(?:SEC )?Panel\b(?P<gap>[^⟦⟧;]{0,20}?)\b(?:on|at its|meeting of)\s+{D}"),
)


_WHETHER = re.compile(
    r"[^⟦⟧;.]{0,10}\b(?:whether|if|(?:the |a |an )?(?:[\w’']+ )?(?:request|proposal|suggestion))\b"
    r"(?:[^;.⟦⟧]|⟦M\d+⟧){0,60}\b(?:scope|release|included?|add(?:ed)?|removed?|removal|inclusion|taken out|mov(?:e|"
    r"ed))\b",
    re.IGNORECASE,
)


@reads(*_PANEL)
def presentation(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The Modification Report is expected to be presented to the Panel on 19 June 2020"."""
    for form in fitting(_PANEL, sentence.text):
        for match in form.finditer(sentence.text):
            if _WHETHER.match(sentence.text, match.end()):
                continue  # what the Panel considers is scope, or a date
            ids = before(sentence, match, context)
            yield from each(ids, "panel_presentation_on", sentence.at(match, "D"), "Panel presentation")


RULES = (vote, presentation)
