"""What a release includes, may include, no longer includes; what a modification is targeted for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads, worded
from watchers.phrases.context import Context, Said, before, begun_with, each
from watchers.phrases.hedges import CONDITION, HEDGE, NOT, clause, clauses
from watchers.phrases.marks import Marked, pattern

_OUT = (
    r"\b(?:f(?:a|e)ll(?:s|ing|en)? out of|drop(?:s|ped|ping)? (?:out of|from)|removed from|taken out of|"
    r"withdrawn from|"
    r"de-?scoped(?: from)?|moved out of|excluded from|no longer (?:in|part of|forms? part of|within|"
    r"included in|includ(?:es?|ing)|going|targeted for|"
    r"be (?:included|implemented|delivered|part of|going|in|taken forward|progressed)|being (?:included|"
    r"implemented|delivered)|"
    r"able to|expected|proceeding|due)|"
    r"c[ao]m(?:e|es|ing) out of|did not make it in(?:to)?|miss(?:es|ed)|not in(?= (?:the )?(?:⟦R|scope))|"
    r"out of (?:the )?scope|left out of|(?:has|have|had) left|left(?= (?:the )?(?:⟦R\d+⟧|scope\b))|"
    r"withdrew from|pulled (?:from|out of)|dropped|"
    r"not (?:being |be )?(?:taken forward|carried forward|progressed) (?:for|in|with|as part of)|can(?:not|’t|"
    r"'t| not) (?:now )?be (?:in|part of|included|implemented|"
    r"delivered)|not (?:now )?(?:form |be )?part of|not (?:now )?(?:be )?(?:included|in scope|implemented|"
    r"delivered) in|will not (?:now )?(?:be (?:included|part of|in scope)|go (?:in|live) (?:in|with)))\b"
)
_LEAVES = pattern(_OUT)
_REMOVAL = pattern(
    r"\b(?:remov(?:al of|ing|ed)|(?P<took>took))\s+(?:of\s+)?(?:the\s+)?{Ms}[^⟦⟧]{0,40}?\b(?(took)out of|from)\b"
    r"[^⟦⟧]{0,40}?(?:\bscope\b|\brelease\b|⟦R\d+⟧)"
)
_NEITHER = pattern(
    r"\b(?:neither|none)\b(?:[^⟦⟧;.]|⟦M\d+⟧){0,60}?\b(?:is|are|was|were|will be|has been|have been|goes|forms)\b"
    r"[^⟦⟧;.]{0,25}?\b(?:in|part of|within|with)\s+(?:the )?(?:scope of (?:the )?)?(?:{R}|it\b|scope\b)"
)
"""What leaves several out at once: "Of MP200A and MP200B neither is in this release"."""
_OF_SCOPE = re.compile(r"\bscope\b|\brelease\b|⟦R\d+⟧", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:may|might|could|would|if|should|whether|risk|unless|(?:suggest|propos)(?:ed|es) that)\b", re.IGNORECASE
)
_CONDITIONAL = re.compile(
    r"(?:^\W*|[,;] |\b(?:and|but) )(?:if|unless|should|failing|without|in case|where (?:it|this|a))\b[^;]*$|"
    r"\b(?:otherwise|or else|or failing that|failing (?:which|that|this|it))\b[^;]*$|"
    r"\b(?:must|ha(?:s|ve) to|needs?|required|due|by ⟦D\d+⟧)\b[^;]*\bor (?:it|they|⟦M\d+⟧)\b[^;]*$",
    re.IGNORECASE,
)
"""What comes before "it will not form part of the release" where that depends on something."""
_DEPENDS = re.compile(
    r"(?:(?!,\s+(?:and|but|so|which)\b|\band so\b)[^;.]){0,70}?"
    r"\b(?:if|unless|provided|should (?:it|they)|subject to|in (?:case|the event)|"
    r"(?:without|failing|in the absence of) (?:an?|the|its|such)?\s*(?:approval|decision|determination|agreement))\b",
    re.IGNORECASE,
)
"""What follows "will fall out of scope" where that depends on something."""
_DOES_NOT = re.compile(
    r"(?:\b(?:not|never|won’t|won't|cannot|nor|no longer|nothing(?: has| have| will| was| is)?)\s+"
    r"(?:(?:yet|now|also|been|be|being|to be|to|going to|expected to|due to|planned to|at risk of)\s+)*|"
    r"^\W*(?:no|none|neither|nothing)\b[^;.]*)$",
    re.IGNORECASE,
)
"""What comes before "removed from this release" where that is denied: "has not been", "No modification has been"."""
_DENIED_AFTER = re.compile(
    r"\s+to (?:be )?(?:removed|dropped|taken out|de-?scoped|withdrawn|excluded|left out|moved out|"
    r"fall|drop|leave|miss)\b",
    re.IGNORECASE,
)
"""What follows "no longer expected" where the modification stays: "no longer expected to be removed from"."""
_TURNED_DOWN = re.compile(
    r"\b(?:(?:reject|refus|declin|oppos|dismiss)\w*|turned down|ruled out|decided against|not (?:to|"
    r"agree(?:d)?(?: to)?|support(?:ed)?))\s+(?:(?:an?|the|this|that|its|any|earlier)\s+)*"
    r"(?:request|propos\w+|suggest\w+|idea|remov\w+|call|plan|that|to|drop\w*|tak\w+|mov\w+)\b",
    re.IGNORECASE,
)
"""How a body is said to have refused what is then named: "rejected the proposal that MP212 be removed"."""
_THEN_REFUSED = re.compile(
    r"[^;.]{0,60}?\b(?:but|and|though|although|however|which|was|were|has been|had been)\b[^;.]{0,60}?"
    r"\b(?:rejected|refused|declined|turned down|dismissed|ruled out|not (?:agreed|accepted|supported|taken up)|"
    r"(?:disagreed|decided (?:against|not to)|did not (?:agree|accept|support)))\b"
    r"(?=\W*(?:$|[,;.]|(?:this|that|it|the (?:idea|proposal|request|suggestion|removal)|by|on|at)\b))",
    re.IGNORECASE,
)
"""How it is told that what was proposed is not to be: "…, but the Panel rejected this"."""
_OF_A_VERSION = re.compile(r"\W*(?:in |from )?(?:(?:this|that|the(?: new)?) (?:SEC )?version\b|⟦V\d)", re.IGNORECASE)
"""What lacks a modification is a version of the SEC, which no release's scope follows from."""
_REMOVES = re.compile(
    r"\b(?:remov(?:al|e|es|ing)|de-?scop\w*|exclu(?:de|ding|sion)|dropping|taking out)\b", re.IGNORECASE
)
_PARTIAL = re.compile(r"\b(?:changes?|part|element|text|functionality|firmware)\b[^⟦⟧]*$", re.IGNORECASE)

_PART_OF_IT = re.compile(
    r"\b(?:changes?|parts?|elements?|text|functionality|firmware)\b[^⟦⟧]*⟦M\d+⟧[^⟦⟧]*$", re.IGNORECASE
)
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
_DROPPED = worded(
    r"\b(?:(?:(?:has |have |since |then )*(?:dropped|fell|fallen|pulled)|(?:was|were|been) (?:since )?(?:taken|"
    r"left|pulled)) out|(?:(?<=⟧ )|(?<=\bit )|(?<=\bthey )|(?<=\bboth ))(?:has |have |was |were |been |since |"
    r"then |later )+"
    r"(?:removed|dropped|de-?scoped))"
    r"(?=\W*(?:$|[,;.]|(?:on|in|at) ⟦D|in [A-Z][a-z]+\W*$))",
)
"""On a release's own page what drops out drops out of the release."""
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

_LATER = pattern(
    r"\b(?:will now (?:be (?:delivered|implemented|included|taken forward|part of|released)|go (?:in|into|live)|"
    r"come|follow|form part of)|"
    r"is now (?:due|planned|scheduled|to be (?:delivered|implemented|included)|to go|going|in|part of)|"
    r"(?:has|have) (?:now )?(?:been )?(?:slipped|moved|gone))\b(?P<what>[^⟦⟧;.]{0,30}?)(?:the )?{R}"
)
_ASKED = pattern(
    r"\b(?:seek(?:s|ing)?|sought|views?|consult\w*|consider(?:s|ed|ing)?|propos(?:e|es|ed|ing)|ask(?:s|ed|"
    r"ing)?|(?<!Service )(?<!Change )request(?:s|ed|ing)?|could|may|might|"
    r"possibl[ey]|potential(?:ly)?|candidates?|exploring|whether|would like)\b"
)
_INCLUSION = re.compile(
    r"\b(?:includ(?:e|ed|ing)|inclusion|target(?:ed|ing)?|add(?:ed|ing)?|addition|join(?:ed|ing)?|mov(?:e|ed|"
    r"ing)|go(?:es|"
    r"ing)? (?:in|into|live)|bring(?:ing)?|brought|implement(?:ed|ing|ation)?|deliver(?:ed|ing|y)?|"
    r"(?:considered|candidates?|proposed|suggested) (?:for|as))\b",
    re.IGNORECASE,
)
_INTO_IT = re.compile(
    r"\b(?:join|added? to|includ(?:e|ed) in|brought into|come into) (?:it|the release)\b|"
    r"⟦M\d+⟧ (?:can|could|might|may) (?:also |still )?join(?=\W*(?:$|,))|"
    r"\b(?:proposed|considered|suggested|put forward) for inclusion\W*(?:$|[,;.])|"
    r"\b(?:to )?(?:add|include|bring in|adding|including)\s+⟦M\d+⟧(?:\W*(?:$|and ⟦M|too\b|as well\b))",
    re.IGNORECASE,
)
"""Words that on a release's own page are of that release."""
_TARGETED = (
    pattern(r"\btarget(?:ed|ing|s)?\b(?P<gap>[^⟦⟧]{0,60}?)(?:{R}|{Y})"),
    pattern(r"\btarget(?:ed)? (?P<gap>release)\b[^⟦⟧]{0,15}?{R}"),
    pattern(r"{R},?(?P<gap>) for which (?:it|they|⟦M\d+⟧) (?:is|are) (?:now |instead )*targeted\b"),
    pattern(r"\btargeted (?P<gap>for (?:the |(?:implementation|inclusion|delivery) (?:in|on) )?){D}(?! SEC)"),
)


_MEANS_IT = re.compile(r"\bit\b|⟦R\d+⟧\s+(?:has |now )?no longer includ", re.IGNORECASE)


@reads(_LEAVES, _REMOVAL, _NEITHER, _DROPPED)
def out_of_scope(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "following MP149 falling out of scope", "can no longer be implemented in the November 2020 SEC Release"."""
    text = sentence.text
    for match in _LEAVES.finditer(text):
        words = text[max(0, match.start() - 45) : match.start()]
        tail = text[match.start() : match.end() + 60]
        release = _where(sentence, match.end(), context)
        if (
            not release
            or not (_OF_SCOPE.search(tail) or (_MEANS_IT.search(text, 0, match.end() + 60) and _OF_SCOPE.search(text)))
            or _MAYBE.search(re.split(r"[,;]", words)[-1])
            or _CONDITIONAL.search(text[: match.start()])
            or _does_not_leave(text, match)
        ):
            continue
        if re.search(r"\bcan\b", match[0]) and not re.search(r"no longer|not", match[0]):
            continue
        ids = before(sentence, match, context)
        if not _PARTIAL.search(re.split(r"⟦M\d+⟧", text[: match.start()])[-1]):
            yield from _scope(ids, release, "out_of_scope", "out of scope")
    for match in _NEITHER.finditer(text):
        release = sentence.at(match, "R") if match["R"] else context.release
        yield from _scope(before(sentence, match, context), release, "out_of_scope", "neither")
    for match in _DROPPED.finditer(text) if context.own_page else ():
        words = clause(text, match.start(), match.end())
        if not (
            _MAYBE.search(words) or _CONDITIONAL.search(text[: match.start()]) or NOT.search(words)
        ) and not _does_not_leave(text, match):
            yield from _scope(before(sentence, match, context), context.release, "out_of_scope", "dropped out")
    for match in _REMOVAL.finditer(text):
        words = re.split(r"\bso (?=on ⟦D)", clause(text, match.start(), match.end()))[-1]
        denied = _does_not_leave(text, match) or _TURNED_DOWN.search(words) or _THEN_REFUSED.match(text, match.end())
        if not HEDGE.search(words) and not denied and not _PROPOSED_AFTER.match(text, match.end()):
            yield from _scope(
                sentence.values("M", match["Ms"]), _where(sentence, match.start(), context), "out_of_scope", "removed"
            )


_PROPOSED_AFTER = re.compile(
    r"[^;.⟦⟧]{0,20}?\b(?:is|was|were|has been|had been|is being) (?:then |also |now )?"
    r"(?:proposed|suggested|considered|requested|recommended|discussed|asked for|under \w+)\b",
    re.IGNORECASE,
)
"""What follows "the removal of MP212 from this release" where it is an idea."""


def _does_not_leave(text: str, match: re.Match[str]) -> bool:
    """Whether words that tell of leaving are denied, refused or depend on something, or speak of a version."""
    after = text[match.end() :]
    turned = _ANOTHER_VERB.search(after)
    return bool(
        _DOES_NOT.search(text[: match.start()])
        or _DENIED_AFTER.match(after)
        or _DEPENDS.match(after[: turned.start()] if turned else after)
        or _TURNED_DOWN.search(clause(text, match.start(), match.end()))
        or _OF_A_VERSION.match(after)
    )


def _where(sentence: Marked, start: int, context: Context) -> str:
    """Return the release that a movement at `start` is out of: named soon after, else the section's."""
    tail = sentence.text[start : start + 90]
    after = sentence.values("R", re.split(_ANOTHER_VERB, tail)[0])
    if after and not _OF_IT.match(tail) and not _MOVED_TO.match(tail):
        return after[0]
    return context.release


_OF_IT = re.compile(r"\W*(?:it|this release|that release)\b", re.IGNORECASE)
"""What is left is the section's release, whatever the sentence goes on to name: "is not part of it: …"."""
_MOVED_TO = re.compile(r"(?:[^⟦]|⟦M\d+⟧)*\b(?:to|into) (?:the )?⟦R", re.IGNORECASE)
_ANOTHER_VERB = re.compile(
    r"(?:;\s|,?\s(?:and|but|so|as it)\s)(?:(?:it|they|these|both|instead|now|then) )*(?:is|are|was|were|will|has|have|"
    r"had|may|goes|"
    r"go|joins?|moves?|comes?|falls?|targeted|moved|added|due|planned|instead)\b",
    re.IGNORECASE,
)
"""Where a sentence turns to what becomes of a modification that has left: "… and is now targeted for"."""


def _scope(ids: tuple[str, ...] | list[str], release: str, attribute: str, rule: str) -> Iterator[Said]:
    for id_ in ids if release else ():
        yield f"release:{release}", attribute, id_, rule


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
    for form in _IMPLEMENTED_IN if context.own_page else ():
        for match in form.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            named = sentence.at(match, "R") if match.groupdict().get("R") else context.release
            if (
                named != context.release
                or HEDGE.search(words)
                or NOT.search(words)
                or _PARTIAL.search(sentence.text[: match.start()])
            ):
                continue
            ids = sentence.values("M", match["Ms"])
            yield from _scope(ids, named, "in_scope", "implemented in it")
            yield from each(ids, "status", "implemented", "implemented in it")


@reads(_IN_BEFORE, _IN_AFTER, _IS_IN, _STAYS_IN, _ONE_IN_SCOPE, _IN_WHOSE_SCOPE, _MAKE_UP, _AGREED_IN)
def in_scope(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP138 was added to the scope of this release", "the release will include MP105 and MP138"."""
    if context.version:
        return
    for form in (_IN_BEFORE, _IN_AFTER, _IS_IN, _STAYS_IN, _ONE_IN_SCOPE, _MAKE_UP):
        for match in form.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            found = match.groupdict()
            if CONDITION.match(sentence.text[match.end() :]):
                continue
            if (
                HEDGE.search(words)
                or NOT.search(words)
                or re.search(_OUT, words, re.IGNORECASE)
                or re.search(r"\btarget|\bapprov|\bwithdraw|\breject|\breflect", match[0], re.IGNORECASE)
            ):
                continue
            release = sentence.at(match, "R") if found.get("R") else context.release
            if form is not _IN_AFTER or _says_scope(match, context):
                yield from _scope(sentence.values("M", match["Ms"]), release, "in_scope", "in scope")
    for match in _IN_WHOSE_SCOPE.finditer(sentence.text):
        yield from _scope(before(sentence, match, context), sentence.at(match, "R"), "in_scope", "in scope")
    for match in _AGREED_IN.finditer(sentence.text):
        words = clause(sentence.text, match.start(), match.end())
        if (
            re.search(r"\b(?:includ|add|bring|brought|inclusion)", match[0])
            and not HEDGE.search(words)
            and not NOT.search(words)
        ):
            release = sentence.at(match, "R") if match["R"] else context.release
            yield from _scope(sentence.values("M", match["Ms"]), release, "in_scope", "in scope")


@reads(_AND_NOW_IN, _JOINED)
def now_in(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP149 has been removed from this release and will be included in the June 2022 SEC Release"."""
    for match in _JOINED.finditer(sentence.text) if not context.version else ():
        words = clause(sentence.text, match.start(), match.end())
        ids = begun_with(sentence) or context.about
        if not HEDGE.search(sentence.text[: match.end()]) and not NOT.search(words):
            release = sentence.at(match, "R") if match["R"] else context.release
            yield from _scope(ids, release, "in_scope", "in scope")
    for match in _AND_NOW_IN.finditer(sentence.text):
        words = clause(sentence.text, match.start(), match.end())
        if CONDITION.match(sentence.text[match.end() :]):
            continue
        if not context.version and not HEDGE.search(words) and not NOT.search(words):
            yield from _scope(before(sentence, match, context), sentence.at(match, "R"), "in_scope", "in scope")


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


@reads(_LATER)
def later(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP129 will now be delivered in the June 2022 SEC Release": on the page of another, it has left that one."""
    for match in _LATER.finditer(sentence.text) if context.own_page else ():
        words = clause(sentence.text, match.start(), match.end())
        to = sentence.at(match, "R")
        lead = re.split(r"⟦M\d+⟧", sentence.text[: match.start()])[-1]
        if to <= context.release or HEDGE.search(words) or NOT.search(words) or _PARTIAL.search(lead):
            continue
        if (
            _PARTIAL.search(match["what"])
            or _PART_OF_IT.search(sentence.text[: match.start()])
            or CONDITION.match(sentence.text[match.end() :])
        ):
            continue
        yield from _scope(before(sentence, match, context), context.release, "out_of_scope", "in another release now")


_FALLS_BACK = re.compile(r"fall(?:s|ing)? back\b", re.IGNORECASE)
"""What comes of a modification that leaves its release: where it falls back to, nobody has yet agreed."""


@reads(_MOVED)
def moved(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP129 has been moved from the November 2021 to the June 2022 SEC Release"."""
    for match in _MOVED.finditer(sentence.text):
        ids = before(sentence, match, context)
        if not ids or HEDGE.search(clause(sentence.text, match.start(), match.end())) or NOT.search(match[0]):
            continue
        if _CONDITIONAL.search(sentence.text[: match.start()]):
            continue
        if _PARTIAL.search(re.split(r"⟦M\d+⟧", sentence.text[: match.start()])[-1]):
            continue
        to = sentence.at(match, "R2")
        away = sentence.at(match, "R1") if match["R1"] else context.release
        if away and away != to:
            yield from _scope(ids, away, "out_of_scope", "moved")
        if not _FALLS_BACK.match(match[0]):
            yield from _scope(ids, to, "in_scope", "moved")


@reads(_ASKED)
def may_include(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The DCC is seeking views on targeting this modification for the June 2021 SEC Release"."""
    text = sentence.text
    for clause_ in _with_clauses(text):
        piece = re.sub(r"\b(?:Change|Service) Requests?\b", "", clause_)
        if re.search(_OUT, piece, re.IGNORECASE) or re.search(r"\btaken? out\b", piece) or _REMOVES.search(piece):
            continue
        if not (_ASKED.search(piece) and _INCLUSION.search(piece)) or re.search(r"\bno longer\b|\bnot\b", piece):
            continue
        if re.search(
            r"\b(?:text|date|firmware|part|elements?|functionality|system changes|documents?)\b", piece
        ) and not re.search("inclu|target", piece):
            continue
        releases = sentence.of("R", piece)
        ids = context.subjects(sentence, piece)
        if re.search(r"\b(?:move|brought|bring)\w*\b", piece) and len(releases) > 1:
            releases = releases[-1:]
        elif (
            not releases
            and context.release
            and (re.search(r"\b(?:scope|this release)\b", piece) or (context.own_page and _INTO_IT.search(piece)))
        ):
            yield from _scope(ids, context.release, "may_include", "may include")
        if len(releases) == 1 and not _already_targeted(piece):
            yield from _scope(ids, releases[0].value, "may_include", "may include")


def _already_targeted(piece: str) -> bool:
    """Read "we were recommending … to be targeted": said to be targeted, which is no longer a question."""
    return bool(
        re.search(
            r"\b(?:recommend\w*|continu\w+|are|is|were|was|be(?:ing)?|remains?) (?:to be |being )?targeted\b", piece
        )
    ) and not re.search(r"\b(?:views|consult\w*|seek\w*|could|may|might|propos\w+|whether)\b", piece)


def _with_clauses(text: str) -> list[str]:
    return [piece for piece in re.split(r";|,\s*with\b|,\s*(?:but|while|whereas)\b", text) if piece.strip()]


@reads(*_TARGETED)
def targeted(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "all the other identified modifications to be targeted for the November 2021 SEC Release"."""
    for piece in _with_clauses(sentence.text):
        for form in _TARGETED:
            for match in form.finditer(piece):
                words = clause(piece, match.start(), match.end())
                if re.search(r"\bno longer\b|\bnot\b|\bwhich releases?\b", words, re.IGNORECASE) or _asks(piece):
                    continue
                ids = context.subjects(sentence, piece)
                if match.groupdict().get("D"):
                    month = sentence.at(match, "D")
                    yield from each(ids if len(month) == 7 else (), "targeted_release", month, "targeted")
                elif match.groupdict().get("Y"):
                    yield from each(ids, "targeted_year", sentence.at(match, "Y"), "targeted for a year")
                else:
                    yield from each(ids, "targeted_release", sentence.at(match, "R"), "targeted")


def _asks(piece: str) -> bool:
    return bool(
        re.search(
            r"\b(?:views|consult\w*|seek\w*|could|may|might|propos(?:es?|ed|ing)|whether|consider\w*|ask\w*)\b",
            piece,
            re.IGNORECASE,
        )
    )


_DELIVERED = pattern(
    r"\b(?:deploy|deliver|implement|includ|introduc|go(?:es|ing)? (?:in|live)|went (?:in|live)|accompan|releas)\w*|"
    r"\b(?:alongside|as well as|together with|part of|at the same time|in (?:the )?scope)\b"
)


@reads(_DELIVERED)
def change_requests(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Two DCC Change Requests will be deployed at the same time: CR4551 ‘…’ and CR4602 ‘…’"."""
    named = sentence.values("R")
    release = next(iter(named), context.release)
    for piece in clauses(sentence.text) if (context.own_page or len(named) == 1) and sentence.of("C") else ():
        told = _DELIVERED.search(piece) or re.fullmatch(r"\W*⟦C\d+⟧[^a-z]*", piece)
        if not told or HEDGE.search(piece) or NOT.search(piece) or _LEAVES.search(piece):
            continue
        for value in sentence.values("C", piece):
            if not value.endswith("TBC"):
                yield f"release:{release}", "change_request", value, "change request"


RULES = (change_requests, out_of_scope, in_scope, implemented_in, now_in, later, moved, may_include, targeted)
