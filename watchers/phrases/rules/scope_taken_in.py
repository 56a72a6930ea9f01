"""What a release includes: what is in its scope, was added to it, moved into it, implemented with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads
from watchers.phrases.context import Context, Said, before, begun_with, each
from watchers.phrases.hedges import CONDITION, HEDGE, NOT, clause
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.scope_left import CONDITIONAL, OUT, PARTIAL, placed

_IN_BEFORE = pattern(
    r"{Ms}(?P<gap>[^⟦⟧]{0,80}?)\b(?:added (?:to|in(?:to)?)|brought into|included in|moved (?:in)?to|"
    r"moving (?:in)?to|joined|joins|in (?:the )?scope (?:of|for)|"
    r"within (?:the )?scope of|part of|come into|came into|deferred to|postponed (?:to|until)|put back to|"
    r"rescheduled (?:to|for)|"
    r"fall(?:en|s)? back (?:in)?to|fell back (?:in)?to)\s+(?:the )?(?:scope of (?:the )?)?(?P<where>{R}|scope\b)"
)
_IN_AFTER = pattern(
    r"(?P<where>{R}|\b(?:scope|it|this release)\b)(?P<gap>(?:[^⟦⟧]|⟦D\d+⟧){0,90}?)\b(?:includ(?:es?|ed|"
    r"ing)|contain(?:s|ed|ing)?|compris(?:es?|ed|ing)|consists? of|"
    r"made up of|deliver(?:s|ed)?|implement(?:s|ed)?|brings?|brought in|introduced|"
    r"covers?|:|is|are|in scope)\W*(?P<between>[^⟦⟧]{0,70}?){Ms}"
)
_IS_IN = pattern(
    r"{Ms}(?P<gap>[^⟦⟧]{0,30}?)\b(?:is|are|was|were|remains?|has been|"
    r"have been)\b[^⟦⟧]{0,20}?\b(?:in scope|added to scope|included)\b(?!\s*(?:in|"
    r"for) (?:the )?(?:consultation|batch))"
)
_STAYS_IN = pattern(
    r"{Ms}(?P<gap>\s*)(?:stays?|remains?|stayed|remained) (?:in|part of|"
    r"within)\s+(?:the )?(?:scope of (?:the )?)?(?P<where>{R}|scope\b)"
)
_STAYS = pattern(r"{Ms}(?P<gap>\s*)(?:stays?|remains?|is still|are still) (?P<where>in)(?=\W*$|[,;.] )")
_ONE_IN_SCOPE = pattern(
    r"\bmodifications?\b(?P<gap> (?:that (?:is|are) |which (?:is|are) )?)in (?:the )?scope of (?:the )?(?P<where>{R})"
    r"[^⟦⟧;.]{0,60}?\b(?:is|are)\s+{Ms}(?!,? (?:not|no longer)\b)"
)
_IN_WHOSE_SCOPE = pattern(
    r"(?<!\bto the )(?<!\binto the ){R},? in whose scope (?:it|they|⟦M\d+⟧) (?:(?:still|now|currently) )?"
    r"(?:is|are|stands?|sits?|stays?|remains?)\b(?! (?:not|no longer|to be|proposed)\b)"
)
"""What is so today, whatever the rest of the sentence wishes for."""
_MAKE_UP = pattern(
    r"{Ms}(?P<gap>[^⟦⟧]{0,30}?)\b(?:makes? up|forms?|goe?s? into|are delivered (?:by|"
    r"in))\s+(?:the )?(?:scope of (?:the )?)?(?P<where>{R}|scope\b)"
)
_AND_NOW_IN = pattern(
    r"\b(?:will (?:now |instead )?(?:be|form)|is now|has (?:now )?been)\s+(?:included in|part of|"
    r"added to)\s+(?:the )?{R}"
)
_JOINED = pattern(
    r"\band (?:then |later |was |has been |has )*(?:joined|added to|brought into|come into|came into|entered|"
    r"included in)\s+"
    r"(?:the )?(?:scope\b(?: of (?:the )?)?)?(?P<where>{R}|(?<=scope)\b|release\b)"
)
_AGREED_IN = pattern(
    r"\b(?:agreed|decided|approved|added|brought)\b[^⟦⟧]{0,40}?(?:\b(?:includ(?:e|ing)|inclusion of|"
    r"add(?:ing)?|addition of|bring(?:ing)?|that)\b[^⟦⟧]{0,20}?)?{Ms}[^⟦⟧]{0,30}?\b(?:in|to|"
    r"into)\b (?:the )?(?:scope (?:of (?:the )?)?)?(?P<where>{R}|scope\b)"
)
_MOVED = pattern(
    r"\b(?:mov(?:ed|es|ing|e)|deferr\w*|postpon\w*|put back|fall(?:s|en|ing)? back|fell back|slip(?:s|"
    r"ped)?|pushed back|transferr\w*)\b[^⟦⟧]{0,40}?"
    r"(?:\b(?:from|out of) (?:the )?{R1}[^⟦⟧]{0,20}?)?\b(?:to|into|until)\b (?:the )?{R2}"
)
_IMPLEMENTED_IN = (
    pattern(
        r"{Ms}(?P<gap>\s*(?:both |all )?)(?:was|were|has|have|has been|have been)\s+(?:all |both |successfully |now )*"
        r"(?:implemented|delivered|introduced|gone live)\s+(?:in|with|by|as part of)\s+(?:the )?{R}"
    ),
    pattern(r"{Ms}(?P<gap>\s*)(?:all |both )?went live\s+(?:in|with|as part of)\s+(?:the )?{R}"),
    pattern(
        r"\b(?:implemented|delivered|introduced)(?P<gap>)\s+(?:in|with|by|as part of)\s+(?:the )?(?:{R}|it\b)\s+"
        r"(?:was|were|are|is)\b[^⟦⟧;.]{0,20}?{Ms}"
    ),
    pattern(
        r"\bmodifications?(?P<gap>)\s+(?:that were |were |was )?(?:implemented|delivered)(?: (?:were|was|are)|:)\W*{Ms}"
    ),
    pattern(r"^\W*(?:the )?(?:{R}|it)(?P<gap>)\s+(?:has )?(?:implemented|delivered|introduced)\b[^⟦⟧;.]{0,30}?{Ms}"),
    pattern(
        r"^\W*(?:in|with|as part of)(?P<gap>)\s+(?:(?:the )?{R}|it),?\s+{Ms} (?:was|were) (?:all |both )?implemented\b"
    ),
)
"""What a release is said to have implemented was in its scope; on its own page alone, as parts can come early."""


@reads(*_IMPLEMENTED_IN)
def implemented_in(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Implemented in it were MP216 and MP220", "MP216 was implemented with this release": in scope, and done."""
    for form in fitting(_IMPLEMENTED_IN, sentence.text) if context.own_page else ():
        for match in form.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            named = sentence.at(match, "R") if match.groupdict().get("R") else context.release
            if (
                named != context.release
                or HEDGE.search(words)
                or NOT.search(words)
                or PARTIAL.search(sentence.text[: match.start()])
            ):
                continue
            ids = sentence.values("M", match["Ms"])
            yield from placed(ids, named, "in_scope", "implemented in it")
            yield from each(ids, "status", "implemented", "implemented in it")


@reads(_IN_BEFORE, _IN_AFTER, _IS_IN, _STAYS_IN, _STAYS, _ONE_IN_SCOPE, _IN_WHOSE_SCOPE, _MAKE_UP, _AGREED_IN)
def in_scope(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP138 was added to the scope of this release", "the release will include MP105 and MP138"."""
    if context.version:
        return
    for form in fitting((_IN_BEFORE, _IN_AFTER, _IS_IN, _STAYS_IN, _STAYS, _ONE_IN_SCOPE, _MAKE_UP), sentence.text):
        for match in form.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            found = match.groupdict()
            if CONDITION.match(sentence.text[match.end() :]):
                continue
            if form is _IN_BEFORE and CONDITIONAL.search(sentence.text[: match.end("gap")]):
                continue
            if (
                HEDGE.search(words)
                or NOT.search(words)
                or _NO_LONGER_SO.search(words)
                or re.match(r"[^;⟦]{0,15}\buntil\b", sentence.text[match.end() :])
                or re.search(OUT, words, re.IGNORECASE)
                or re.search(r"\btarget|\bapprov|\bwithdraw|\breject|\breflect", match[0], re.IGNORECASE)
            ):
                continue
            release = sentence.at(match, "R") if found.get("R") else context.release
            if form is not _IN_AFTER or _says_scope(match, context):
                yield from placed(sentence.values("M", match["Ms"]), release, "in_scope", "in scope")
    for match in _IN_WHOSE_SCOPE.finditer(sentence.text):
        yield from placed(before(sentence, match, context), sentence.at(match, "R"), "in_scope", "in scope")
    for match in _AGREED_IN.finditer(sentence.text):
        words = clause(sentence.text, match.start(), match.end())
        if (
            re.search(r"\b(?:includ|add|bring|brought|inclusion)", match[0])
            and not HEDGE.search(words)
            and not NOT.search(words)
        ):
            release = sentence.at(match, "R") if match["R"] else context.release
            yield from placed(sentence.values("M", match["Ms"]), release, "in_scope", "in scope")


@reads(_AND_NOW_IN, _JOINED)
def now_in(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP149 has been removed from this release and will be included in the June 2022 SEC Release"."""
    for match in _JOINED.finditer(sentence.text) if not context.version else ():
        words = clause(sentence.text, match.start(), match.end())
        ids = begun_with(sentence) or context.about
        if not HEDGE.search(sentence.text[: match.end()]) and not NOT.search(words):
            release = sentence.at(match, "R") if match["R"] else context.release
            yield from placed(ids, release, "in_scope", "in scope")
    for match in _AND_NOW_IN.finditer(sentence.text):
        words = clause(sentence.text, match.start(), match.end())
        if CONDITION.match(sentence.text[match.end() :]):
            continue
        if not context.version and not HEDGE.search(words) and not NOT.search(words):
            yield from placed(before(sentence, match, context), sentence.at(match, "R"), "in_scope", "in scope")


_NO_LONGER_SO = re.compile(
    r"\b(?:was|were|had been) (?:(?:originally|once|initially|first) )?(?:due |going |meant |supposed |planned )?to "
    r"be\b|"
    r"\bhad been\b|\breplac\w+ ⟦M|\bplace of ⟦M",
    re.IGNORECASE,
)
"""What was to be in scope once, or gives way to what is."""


def _says_scope(match: re.Match[str], context: Context) -> bool:
    """Whether what a release "includes" is modifications: "it" and "is" say too little alone."""
    if match["where"].casefold() in ("it", "this release"):
        return context.own_page and bool(
            re.search(r"includ|contain|compris|consist|made up|\bit (?:implement|deliver)ed\b", match[0], re.IGNORECASE)
        )
    if re.search(
        r"\b(?:includ|contain|compris|consist|made up|deliver|implement|in scope|:)",
        match[0] + match["between"],
        re.IGNORECASE,
    ):
        return True
    return match["where"].casefold() == "scope"


_FALLS_BACK = re.compile(r"fall(?:s|ing)? back\b", re.IGNORECASE)
"""What comes of a modification that leaves its release: where it falls back to, nobody has yet agreed."""


@reads(_MOVED)
def moved(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP129 has been moved from the November 2021 to the June 2022 SEC Release"."""
    for match in _MOVED.finditer(sentence.text):
        ids = before(sentence, match, context)
        if not ids or HEDGE.search(clause(sentence.text, match.start(), match.end())) or NOT.search(match[0]):
            continue
        if CONDITIONAL.search(sentence.text[: match.start()]):
            continue
        if PARTIAL.search(re.split(r"⟦M\d+⟧", sentence.text[: match.start()])[-1]):
            continue
        to = sentence.at(match, "R2")
        away = sentence.at(match, "R1") if match["R1"] else context.release
        if away and away != to:
            yield from placed(ids, away, "out_of_scope", "moved")
        if not _FALLS_BACK.match(match[0]):
            yield from placed(ids, to, "in_scope", "moved")


RULES = (in_scope, implemented_in, now_in, moved)
