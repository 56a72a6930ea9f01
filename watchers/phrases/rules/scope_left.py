"""What a release no longer includes: what fell out of it, was removed from it, goes into a later one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import reads, worded
from watchers.phrases.context import Context, Said, before
from watchers.phrases.hedges import CONDITION, HEDGE, NOT, clause
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.stance import is_decided, stance

OUT = (
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
    r"delivered) in|will not (?:now )?(?:be (?:included|part of|in scope)|go (?:in|live) (?:in|with))|"
    r"(?:will|does|do) not now (?:include|contain|bring|deliver))\b"
)
LEAVES = pattern(OUT)
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
_MAY_SPEAK_OF_SCOPE = worded(r"scope|release|⟦R")
_MAYBE = re.compile(
    r"\b(?:may|might|could|would|if|should|whether|risk|unless|(?:suggest|propos)(?:ed|es) that)\b", re.IGNORECASE
)
CONDITIONAL = worded(
    r"(?:^\W*|[,;] |\b(?:and|but) )(?:if|unless|should|failing|without|in case|where (?:it|this|a))\b[^;]*$|"
    r"\b(?:an?|any) (?:later|late) (?:decision|approval|determination)\b[^;]*$|"
    r"\b(?:otherwise|or else|or failing that|failing (?:which|that|this|it))\b[^;]*$|"
    r"\b(?:must|ha(?:s|ve) to|needs?|required|due|by ⟦D\d+⟧)\b[^;]*\bor (?:it|they|⟦M\d+⟧)\b[^;]*$",
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
PARTIAL = re.compile(r"\b(?:changes?|part|element|text|functionality|firmware)\b[^⟦⟧]*$", re.IGNORECASE)
_PART_OF_IT = re.compile(
    r"\b(?:changes?|parts?|elements?|text|functionality|firmware)\b[^⟦⟧]*⟦M\d+⟧[^⟦⟧]*$", re.IGNORECASE
)
_DROPPED = worded(
    r"\b(?:(?:(?:has |have |since |then )*(?:dropped|fell|fallen|pulled)|(?:was|were|been) (?:since )?(?:taken|"
    r"left|pulled)) out|(?:(?<=⟧ )|(?<=\bit )|(?<=\bthey )|(?<=\bboth ))(?:has |have |was |were |been |since |"
    r"then |later )+"
    r"(?:removed|dropped|de-?scoped)|(?P<note>^\W*(?:now |since |then )*(?:removed|dropped|de-?scoped|taken out)))"
    r"(?=\W*(?:$|[,;.]|(?:on|in|at) ⟦D|in [A-Z][a-z]+\W*$))",
)
"""On a release's own page what drops out drops out of the release; `note`: said beside its name."""
_LATER = pattern(
    r"\b(?:will now (?:be (?:delivered|implemented|included|taken forward|part of|released)|go (?:in|into|live)|"
    r"come|follow|form part of)|"
    r"is now (?:due|planned|scheduled|to be (?:delivered|implemented|included)|to go|going|in|part of)|"
    r"(?:has|have) (?:now )?(?:been )?(?:slipped|moved|gone))\b(?P<what>[^⟦⟧;.]{0,30}?)(?:the )?{R}"
)
_TO_BE = re.compile(r"(?:\bto be|\bbe|\bto) $", re.IGNORECASE)
"""How a verb is governed by one before it: "asked for MP270 to be", "recommended that MP249 be"."""
_OF_A_REQUEST = re.compile(r"⟦C\d+⟧[^⟦⟧]*$")
"""What stands before a verb whose subject is a DCC change request: "CR4771 has been dropped from it"."""
_MEANS_IT = re.compile(r"\bit\b|⟦R\d+⟧\s+(?:(?:has |now )?no longer includ|(?:will|does) not now)", re.IGNORECASE)


_IT_INCLUDES = worded(
    r"\W*(?:so )?(?:it|(?:the|this) (?:release|scope)|(?:the )?⟦R\d+⟧) (?:(?:will|does) not now (?:include|"
    r"contain|bring|"
    r"deliver)|(?:will )?no longer include)s?\b[^⟦⟧;.]{0,30}⟦M",
)
"""How a release's own page goes on: "It will not now include MP248"."""


_INCLUDES_NOT = re.compile(r"(?:will|does|do) not now", re.IGNORECASE)


@reads(LEAVES, _REMOVAL, _NEITHER, _DROPPED)
def out_of_scope(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "following MP149 falling out of scope", "can no longer be implemented in the November 2020 SEC Release"."""
    text = sentence.text
    includes_not = _IT_INCLUDES.may_match(text) and bool(_IT_INCLUDES.match(text))
    of_it = includes_not and bool(context.own_page or context.live)
    for match in LEAVES.finditer(text) if of_it or _MAY_SPEAK_OF_SCOPE.may_match(text) else ():
        words = text[max(0, match.start() - 45) : match.start()]
        tail = text[match.start() : match.end() + 60]
        release = _where(sentence, match.end(), context) or (context.live if of_it else "")
        if (
            not release
            or (_INCLUDES_NOT.match(match[0]) and not includes_not)
            or not (
                of_it
                or _OF_SCOPE.search(tail)
                or (_MEANS_IT.search(text, 0, match.end() + 60) and _OF_SCOPE.search(text))
            )
            or (_MAYBE.search(re.split(r"[,;]", words)[-1]) and not is_decided(text, match.start()))
            or CONDITIONAL.search(text[: match.start()])
            or _OF_A_REQUEST.search(text[: match.start()])
            or _does_not_leave(text, match)
            or (_TO_BE.search(text[: match.start()]) and stance(text, match.start(), match.end()) != "fact")
        ):
            continue
        if re.search(r"\bcan\b", match[0]) and not re.search(r"no longer|not", match[0]):
            continue
        ids = before(sentence, match, context)
        if not PARTIAL.search(re.split(r"⟦M\d+⟧", text[: match.start()])[-1]):
            yield from placed(ids, release, "out_of_scope", "out of scope")
    for match in _NEITHER.finditer(text):
        release = sentence.at(match, "R") if match["R"] else context.release
        yield from placed(before(sentence, match, context), release, "out_of_scope", "neither")
    for match in _DROPPED.finditer(text) if context.own_page else ():
        words = clause(text, match.start(), match.end())
        if match["note"] and not context.about:
            continue
        if not (
            _MAYBE.search(words) or CONDITIONAL.search(text[: match.start()]) or NOT.search(words)
        ) and not _does_not_leave(text, match):
            yield from placed(before(sentence, match, context), context.release, "out_of_scope", "dropped out")
    for match in _REMOVAL.finditer(text):
        words = re.split(r"\bso (?=on ⟦D)", clause(text, match.start(), match.end()))[-1]
        denied = _does_not_leave(text, match) or _TURNED_DOWN.search(words) or _THEN_REFUSED.match(text, match.end())
        if not HEDGE.search(words) and not denied and not _PROPOSED_AFTER.match(text, match.end()):
            yield from placed(
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
        or re.match(r"\W*(?:(?:of|the|this|scope|release|⟦R\d+⟧)\W+)*yet\b", after)
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


def placed(ids: tuple[str, ...] | list[str], release: str, attribute: str, rule: str) -> Iterator[Said]:
    """Yield that modifications are in or out of a release's scope, where there is a release."""
    for id_ in ids if release else ():
        yield f"release:{release}", attribute, id_, rule


@reads(_LATER)
def later(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP129 will now be delivered in the June 2022 SEC Release": on the page of another, it has left that one."""
    for match in _LATER.finditer(sentence.text) if context.own_page else ():
        words = clause(sentence.text, match.start(), match.end())
        to = sentence.at(match, "R")
        lead = re.split(r"⟦M\d+⟧", sentence.text[: match.start()])[-1]
        if to <= context.release or HEDGE.search(words) or NOT.search(words) or PARTIAL.search(lead):
            continue
        if (
            PARTIAL.search(match["what"])
            or _PART_OF_IT.search(sentence.text[: match.start()])
            or CONDITION.match(sentence.text[match.end() :])
        ):
            continue
        yield from placed(before(sentence, match, context), context.release, "out_of_scope", "in another release now")


RULES = (out_of_scope, later)
