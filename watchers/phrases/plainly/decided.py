"""Decisions of the Change Board and of the Authority on the page's own modification, and recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchers.phrases.plainly.voice import WISH, Fact, Plain, each, form

_WHO = r"(?P<who>§board|§auth)"
_HAVE = r"(?:(?:has|have|had)~)?"
_YES = r"approved|signed off|accepted|passed|consented to|agreed to|voted in favour of|voted for"
_NO = (
    r"rejected|refused|turned down|voted down|voted against|declined to approve|threw out|"
    r"decided against|decided not to approve"
)
_FORMS = (
    form(rf"{_WHO}(?:~(?:who|which))?~{_HAVE}(?P<verb>{_YES}|{_NO})~§it\b"),
    form(rf"{_WHO}~{_HAVE}(?P<verb>turned)~§it~down\b"),
    form(rf"{_WHO}\b[^;.]{{0,150}}?\b(?:and|so)~(?:so~|thus~|has~)?(?P<verb>approved|rejected|turned down)~§it\b"),
    form(
        rf"{_WHO}~{_HAVE}(?:decided|determined|directed|agreed|ruled|resolved|concluded|voted)~that~§it~"
        r"(?:should~|must~|is to~|was to~)?(?P<verb>(?:not )?(?:be~)?(?:approved|made|"
        r"implemented|rejected|proceed|go ahead))"
    ),
    form(
        rf"{_WHO}~{_HAVE}(?:gave|given|granted|issued|confirmed)~(?:§it~)?(?:(?:its|their|the|final|formal|a)~)*"
        r"(?P<verb>approval|consent|go-ahead|green light|rejection)\b(?!~(?:for|of|to)~(?!§it))"
    ),
    form(
        rf"{_WHO}(?:’s|'s)?~(?:final~)?(?:decision|determination|vote)~to~(?P<verb>approve|reject)~§it\b"
        r"(?!.*\b(?:overturned|quashed|set aside|reversed|awaited|pending|expected)\b)"
    ),
    form(rf"§it~(?:was|is|has been|had been|is an?|got)~(?P<verb>{_YES}|{_NO})\b(?:…)~by~{_WHO}\b"),
    form(rf"^\W*(?P<verb>not approved|rejected|turned down|approved)\s*[:–—-]+\s*{_WHO}\b"),
    form(rf"{_WHO}~{_HAVE}voted\b[^;.,§]{{0,25}}?\b(?P<verb>against|in favour)(?=\W*(?:§it|$|[.,;]|‹))"),
    form(rf"{_WHO}~{_HAVE}(?:found|decided|came down)~(?P<verb>in favour of|against)~§it\b"),
    form(rf"(?:approval|consent)~(?:to~|of~|for~)?§it~(?:was|has been)~(?P<verb>given|granted)~by~{_WHO}\b"),
    form(rf"(?P<verb>approval|rejection)~(?:came~from|was~(?:given|granted|issued|confirmed)~by)~{_WHO}\b"),
    form(
        rf"§it~(?:received|won|secured|gained|obtained|got|has had)~(?:its~|the~)?(?:final~|formal~)?{_WHO}(?:’s|'s)?~"
        r"(?P<verb>approval|consent|go-ahead)\b"
    ),
    form(
        rf"§it~(?:received|won|secured|gained|obtained|got)~(?:its~|final~)?(?P<verb>approval|"
        rf"consent)~(?:at|from|of|by)~{_WHO}"
    ),
    form(
        rf"{_WHO}(?:’s|'s)?~(?P<verb>approval|consent|rejection)~(?:(?:of|to|for)~§it~)?"
        r"(?:came|(?:was|has been)~(?:given|received|granted|issued|obtained|confirmed|"
        r"announced|published)|arrived|followed)\b"
    ),
    form(
        rf"\b(?:we|SECAS)~(?:have~)?(?:received|had|were given|obtained)~{_WHO}(?:’s|'s)?~(?:final~)?"
        r"(?P<verb>approval|consent|rejection)\b"
    ),
    form(rf"{_WHO}\b[^;.§]{{0,40}}?\bdecision\b[^;.§]{{0,25}}?:~§it~(?:is|was|has been)~(?P<verb>approved|rejected)\b"),
    form(
        rf"{_WHO}(?:’s|'s)?~(?:final~)?(?:decision|determination)(?: letter)?~(?P<verb>approves|"
        rf"approved|rejects|rejected)~§it\b"
    ),
    form(
        rf"{_WHO}(?:’s|'s)?~(?:final~)?(?:decision|determination|vote)~(?:was|is)~(?:to~|for~|one of~)?"
        r"(?P<verb>approv(?:e|al)|reject(?:ion)?)\b"
    ),
    form(
        rf"{_WHO}~{_HAVE}(?:voted|decided|chose|resolved|agreed|determined)~(?:by [\w ]{{3,20}}?~)?"
        r"(?P<verb>(?:not )?to~(?:approve|reject|accept))~§it\b"
    ),
    form(rf"{_WHO}~(?P<verb>did not approve)~§it\b(?=[^;]*(?:vot|‹))"),
    form(rf"{_WHO}(?:’s|'s)~vote~(?:went|fell)~(?P<verb>against)~§it\b"),
    form(rf"§it~(?P<verb>failed|fell|was lost)~(?:at|in|before)~{_WHO}\b"),
)
_RESULT = form(
    r"\b(?:result|outcome|verdict|final decision|decision)\b(?P<gap>[^;.§]{0,60}?)~(?:was|is)~"
    r"(?:an?~|for~|one of~|to~)?(?P<verb>approv(?:al|e|ed)|reject(?:ion|ed)?)\b(?!~of~)"
)
_APPROVED_ITEM = form(
    r"§it~(?:is|was)~an?~(?P<verb>approved|rejected|withdrawn|implemented)~(?:SEC~)?(?:modification|change|proposal)\b"
)
_ASKED_FOR = re.compile(
    r"\b(?:cost|costs|fund\w*|assessment|timetable|extension|request|refinement|consultation|progress\w*|convers\w+|"
    r"business case|report phase|legal text|costed|in principle|appoint\w*|change to the|move)\b",
    re.IGNORECASE,
)
_PUT_IN_FORCE = re.compile(r"\b(?:implemented|proceed|go ahead)$", re.IGNORECASE)
"""A verdict behind which the day stands that it directs: "directed that it be implemented on"."""
_NEGATIVE = re.compile(r"reject|refus|turn|against|declin|threw|not |down|failed|fell|lost", re.IGNORECASE)


def decisions(said: Plain) -> Iterator[Fact]:
    """Read "§board agreed … and so approved §it", "§auth gave its approval ‹›", "§it was approved ‹› by §auth"."""
    for match in each(said, *_FORMS):
        words = said.clause(match)[: -len(match[0])] + re.sub(_VERBS, " ", match[0])
        if WISH.search(words) or _NO_DECISION.search(words) or said.conditional(match) or _ASKED_FOR.search(match[0]):
            continue
        rejected = bool(_NEGATIVE.search(match["verb"]))
        yield "status", "rejected" if rejected else "approved"
        on = said.earlier(match) if _PUT_IN_FORCE.search(match["verb"]) else said.on(match) or _only(said, match)
        if on and not rejected:
            yield "approved_on", on
        if on:
            yield "authority_decided_on" if match["who"] == "§auth" else "change_board_vote_on", on


_VERBS = re.compile(
    r"\b(?:should|must|is to|was to|not|declined to|no|decided not to|votes? to|in favour of|consented to)\b",
    re.IGNORECASE,
)
"""Words of the verdict itself, which make no wish of it."""
_NO_DECISION = re.compile(r"\b(?:nobody|never|neither|no longer|yet|has not|had not|did not)\b|n[’']t\b", re.IGNORECASE)
_TAKEN = re.compile(
    r"\b(?:decision|vote|meeting|result|decided|voted|met|letter|announced|taken)\b[^;]{0,40}‹(D\d+)›", re.IGNORECASE
)


def _only(said: Plain, match: re.Match[str]) -> str:
    """Return the one day of the sentence, where it is that of a decision: "The decision was taken ‹›, when …"."""
    days = re.findall(r"[‹⟦](D\d+)", said.text)
    taken = _TAKEN.search(said.text[: match.start()] + match[0])
    return said.day(taken[1]) if taken and len(days) == 1 else ""


def results(said: Plain) -> Iterator[Fact]:
    """Read "The result, announced ‹›, was approval", "§it is an approved modification"."""
    voted = f"{said.before} {said.text}"
    for match in _RESULT.finditer(said.text):
        about = re.search(r"\bvot\w+|§board|§auth", voted)
        if about and not (said.wished(match) or _ASKED_FOR.search(voted) or re.search(r"recommend", voted)):
            yield "status", "approved" if match["verb"].casefold().startswith("approv") else "rejected"
    for match in _APPROVED_ITEM.finditer(said.text):
        if not said.wished(match):
            yield "status", match["verb"].casefold()


_ADVICE = (
    form(
        r"§board~(?:(?:is|are|was|has|have|had)~)?(?:been~)?(?:recommending|advising|"
        r"recommended|advised|recommends|advises)\b"
        r"(?P<what>(?:[^;.]){0,70}?)\b(?P<verdict>approv|reject)\w*"
    ),
    form(
        r"§board~vote\b[^;.§]{0,25}?[:–—-]\s*(?:to~"
        r")?recommend\w*\b(?P<what>[^;.§]{0,20}?)\b(?P<verdict>approv|reject)\w*"
    ),
    form(
        r"§board~vot(?:ed|es)\b[^;.§]{0,30}?\b(?:to~"
        r")?recommend\w*\b(?P<what>[^;.]{0,60}?)\b(?P<verdict>approv|reject)\w*"
    ),
    form(
        r"\b(?:recommendation|advice)~(?:of|from|by)~§board\b(?P<what>[^;.]{0,60}?)\b(?:is|was)\b[^;.§]{0,30}?"
        r"\b(?P<verdict>approv|reject)\w*"
    ),
    form(
        r"§board(?:’s|'s)~(?:recommendation|advice)\b(?P<what>[^;.§]{0,20}?)\b(?:to~|is~|was~|"
        r"for~|of~)+(?P<verdict>approv|reject)\w*"
    ),
    form(r"\brecommended\b(?P<what>[^;.§]{0,20}?)\b(?P<verdict>approv|reject)\w*~(?:…)by~§board"),
)


def advice(said: Plain) -> Iterator[Fact]:
    """Read "Having voted ‹›, §board is recommending that §auth approves §it": no decision."""
    for match in each(said, *_ADVICE):
        lead = said.clause(match)[: -len(match[0])]
        if WISH.search(lead) or re.search(
            r"\b(?:not|will|if|whether|may|cost)\b|n[’']t", lead + match[0], re.IGNORECASE
        ):
            continue
        yield "change_board_recommendation", "approve" if match["verdict"].casefold() == "approv" else "reject"
        return


READERS = (decisions, results, advice)
