"""The plain form of a sentence: who and what it is about by one word each, dates as they belong to a deed.

"At its meeting of 24 April 2024 the Change Board unanimously approved this modification" comes down to
"‹D0› §board approved §it", so that a few forms read what is said in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.domain.forms import Form, worded
from watchers.phrases.marks import Marked
from watchers.phrases.turns import without_neither

Fact = tuple[str, str]

_ITSELF_NAMED = (
    r"\b(?:this|the|that|our|the proposed|the whole)\s+(?:(?:draft|SEC|proposed)\s+)?(?:modification|change|proposal)"
    r"(?:\s+proposal)?\b(?![\s-]+(?:board|report|request|sub|team|register|process|panel|"
    r"manager|page|form|date\b|to\b))"
)
_ITSELF = re.compile(
    r"(?:\b(?:the|this)\s+)?(?:\b(?:draft|modification|SEC)\s+)?(?:\b(?:modification|proposal|change)\s+)?⟦M\d+⟧|"
    rf"{_ITSELF_NAMED}|\bit\b",
    re.IGNORECASE,
)
BEGINS = re.compile(
    rf"\W*(?:{_ITSELF_NAMED}|⟦(?P<named>M\d+)⟧)\s+(?:is|was|has|had|will|cannot|stays|remains)\b", re.IGNORECASE
)
"""How a sentence begins that is about the page's own modification, though it names others."""
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (word, re.compile(form, re.IGNORECASE))
    for word, form in (
        (
            "§board",
            r"(?:\b(?:the )?(?:members|a majority) of )?(?:\bthe )?(?:SEC )?\bChange Board\b(?: members\b)?(?! Sub)",
        ),
        (
            "§auth",
            (
                r"(?:\bthe )?(?:\b(?:Authority|Ofgem|GEMA)\b)(?![-– ]+(?:Determin(?:ed|ation)\b(?! on)|"
                r"Led\b))(?: \(Ofgem\))?"
            ),
        ),
        ("§panel", r"(?:\bthe )?(?:SEC )?\bPanel\b(?![-– ]+(?:sub|member|election|budget)|[’']s lawyers)"),
        ("§dcc", r"(?:\bthe )?\bDCC\b(?! (?:Systems?|User|Total|Boxed|reporting))"),
    )
)
_AT_DATE = re.compile(
    r"(?P<lead>\b(?:until|till|by|before|after|to|than|up to|for|and|or|between|–|-)\s+)?"
    r"(?:\b(?:with effect from|dated|as of|as at|during|since|from|on|at|in|of)\s+)?"
    r"(?:(?:(?:its|the|their|a|an)\s+)?(?:(?:next|last|first|monthly|\w+ary|\w+ber|March|"
    r"April|May|June|July|August)\s+)?"
    r"meeting\s+)?"
    r"(?:(?:which was |which is )?\b(?:held|taking place|on|of|in)\s+){0,2}\(?(?:on )?⟦(?P<date>D\d+)⟧\)?",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"\b(?:now|then|also|formally|unanimously|subsequently|finally|(?<!no )(?<!not )later|"
    r"eventually|duly|already|recently|therefore|"
    r"accordingly|however|currently|presently|at present|still|for now|for the time being|"
    r"officially|narrowly|today|once more|in the end|at last|overwhelmingly|successfully|"
    r"by (?:a )?(?:large |clear |narrow |simple )?majority(?! vote)|by consensus)\b,?\s*",
    re.IGNORECASE,
)
"""Words that say how it was done, not what."""
_FOREIGN = worded(
    r"\b(?:BSC|REC|DCUSA|UNC|CUSC|MRA|Grid Code|Retail Energy Code|Balancing and Settlement Code|Elexon’s|"
    r"(?:sister|another|other|similar|different|second|related|earlier) (?:SEC )?(?:modification|change|proposal)s?)\b|"
    r"\b(?:Ofgem|DCC|DESNZ|BEIS|Government|Authority|Elexon)(?:’s|'s) "
    r"(?:own\b|(?:\w+ ){0,2}(?:consultation|call for|review of)\b)",
    re.NOFLAG,
)
_FOREIGN_ID = re.compile(r"[PRCD](?:\d{3}|0\d{3}|P\d{4}|CP ?\d{3}|MP ?\d{3})(?!\w)")
"""Another code's change: "P482", "R0147", "DCP 401"."""
WISH = re.compile(
    r"^\W*had (?=§)|\b(?:if|unless|once|until|should|could|may|might|would|whether|"
    r"provided|subject|assum\w+|hop(?:e|es|ed|ing)|"
    r"wish\w*|want\w*|like|ask(?:s|ed|ing)?|request(?:s|ed)?|propos(?:es|ed|ing)|"
    r"suggest\w*|consider(?:s|ing)|expect\w*|"
    r"invit\w+|plan(?:s|ned)?|intend\w*|able|need(?:s|ed)?|must|has to|have to|will|due|to be|to have|yet|had it|"
    r"recommend\w*|advis\w+|prefer\w*|argu\w+|favour(?:s|ed)|calls? for|in case|rather than|instead of|ahead of)\b",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:not|no longer|never|cannot|neither|nothing|without|no|nor|declined to|refused to)\b|n[’']t\b", re.IGNORECASE
)
ONCE = re.compile(
    r"\b(?:had (?:been )?(?:\w+ )?(?:planned|hoped|intended|expected|due|scheduled|booked|"
    r"set|aimed|meant)|had (?:been )?to|"
    r"was (?:\w+ly )?(?:first |once )?(?:planned|due|scheduled|meant|supposed|expected|"
    r"booked|to)\b|were (?:due|to)\b|used to|"
    r"an? (?:earlier|previous|former|original) (?:plan|date|target)|"
    r"(?:first|original(?:ly)?|initial(?:ly)?|previous(?:ly)?|former(?:ly)?|once) "
    r"(?:\w+ )?(?:planned|due|booked|set|scheduled|expected|targeted|down)|would have|no longer)\b",
    re.IGNORECASE,
)
"""What was planned once, and is not so."""
_BREAK = re.compile(
    r"[;:—]\s|,?\s(?:but|while|whereas|although|though)\s|,\s(?:and|so)\s(?=§|(?:the|we|"
    r"its|this)\b)|,\s(?=(?:as|because|since)\s)"
)
_CONDITION = re.compile(r"[^;.‹⟦]{0,40}\b(?:if|subject to|provided|unless|should §it)\b", re.IGNORECASE)
_OTHER_DEED = re.compile(
    r"\b(?:implement\w*|effective|go(?:es)? live|went live|vot(?:e|ed) (?:is|was)|raised|published|consult\w*|"
    r"responses?|clos(?:es|ed|ing)|appeal\w*|respon\w+|withdrawn|converted|delivered|presented|expects?|answers?)\b"
    r"|§it\b.*§it\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence in its plain form; `before`: the plain form of the one before it."""

    text: str
    marked: Marked
    before: str = ""

    def day(self, name: str) -> str:
        """Return the value of a date's name, "" for none."""
        return self.marked.marks[name].value if name else ""

    def clause(self, match: re.Match[str]) -> str:
        """Return the words from the beginning of a match's clause to its end."""
        begins = [one.end() for one in _BREAK.finditer(self.text, 0, match.start())]
        return self.text[begins[-1] if begins else 0 : match.end()]

    def wished(self, match: re.Match[str]) -> bool:
        """Whether what a match says is asked, planned, conditional or denied."""
        words = self.clause(match)
        return bool(WISH.search(words) or NOT.search(words) or self.conditional(match))

    def conditional(self, match: re.Match[str]) -> bool:
        """Whether a condition follows."""
        return bool(_CONDITION.match(self.text, match.end()))

    def on(self, match: re.Match[str]) -> str:
        """Return the day of a deed: within its words, after them, or before them."""
        if inside := _DAY.search(match[0]):
            return self.day(inside[1])
        after = _AFTER.match(self.text, match.end())
        if after and not _OTHER_DEED.search(after["gap"]):
            return self.day(after["date"])
        return self.earlier(match)

    def earlier(self, match: re.Match[str]) -> str:
        """Return the day of a deed that stands before it."""
        ahead = list(_DAY.finditer(self.text, 0, match.start()))
        if ahead and not _FAR.search(gap := self.text[ahead[-1].end() : match.start()]) and not _OTHER_DEED.search(gap):
            return self.day(ahead[-1][1])
        return ""


_DAY = re.compile(r"‹(D\d+)›")
_AFTER = re.compile(r"(?P<gap>[^;‹⟦]{0,60}?)‹(?P<date>D\d+)›")
_FAR = re.compile(r"[;⟦]|.{90}")


@lru_cache(512)
def plain(text: str, others: Set[str] = frozenset()) -> str:
    """Return the plain form of a sentence's marked text; `others`: the marks that name other modifications."""
    text = without_neither(text)
    for name in others:
        text = text.replace(f"⟦{name}⟧", "§other")
    for word, form in _BODIES:
        text = form.sub(word, text)
    text = _IDLE.sub("", _ITSELF.sub("§it", text))
    return " ".join(_AT_DATE.sub(_token, text).split())


def _token(match: re.Match[str]) -> str:
    """A date that says when; what is only until or before a date, or a period's end, is left as it is."""
    lead = match["lead"] or ""
    return match[0] if lead else f" ‹{match['date']}›"


def foreign(text: str) -> bool:
    """Whether a sentence speaks of another code's changes, or of others' business."""
    if _FOREIGN.search(text):
        return True
    found = _FOREIGN_ID.search(text)
    return found is not None and not text[: found.start()][-1:].isalnum()


@cache
def form(words: str) -> Form:
    """Compile the words of a plain form: "~" is a space in which a day may stand, "…" a few words without names."""
    gap = r"[^;.§⟦]{0,60}?"
    space = r"[\s,]+(?:‹\w+›[\s,]*)*"
    return Form(re.compile(words.replace("~", space).replace("…", gap), re.IGNORECASE))


def each(said: Plain, *forms: Form) -> Iterator[re.Match[str]]:
    """Yield the matches of forms in a sentence."""
    for one in forms:
        yield from one.finditer(said.text)
