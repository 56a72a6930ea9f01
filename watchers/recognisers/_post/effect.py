"""When the version that a post is about takes effect."""

from __future__ import annotations

import re

from bot.domain.forms import fitting
from watchers.outline import Block
from watchers.phrases.hedges import clause
from watchers.phrases.marks import Marked, marked, pattern
from watchers.phrases.turns import without_aside
from watchers.recognisers._post.days import effect_of
from watchers.recognisers._post.versions import versioned
from watchers.recognisers._walk.walk import Walk

_EFFECT = (
    r"(?:(?:is |was |been |be |will be |now )?(?:in|into) (?:effect|force)|(?:came|comes?|coming|"
    r"will come|went) in(?:to)? (?:effect|force)|(?:takes?|took|taking|will take) effect|(?:is|was|be|"
    r"became|becomes|will be|now) effective|effective|(?:has|have|had|having|will have) effect)"
)
_EFFECTIVE = (
    pattern(
        rf"\b{_EFFECT}\b(?:\s+(?:date|on|from|since|as of|in|is|was|of|the|same day|today|tomorrow|yesterday|"
        rf"now)\b|,|\s?\(|\s*[:|–—-]|\s)*{{D}}"
    ),
    pattern(r"\b(?:went|goes|go|going) live (?:on|from) {D}"),
    pattern(
        r"^\W*(?:with effect )?(?:on|from) {D},?\s[^⟦⟧]{0,60}?(?:⟦V\d+⟧|\bversion of the (?:SEC|"
        r"Smart Energy Code|Code)\b)[^⟦⟧]{0,40}?\b(?:came|comes|took|takes|will come|will take|became|becomes|"
        r"is in (?:effect|force)|was (?:released|implemented))\b"
    ),
    pattern(
        r"^\W*(?:(?:earlier |as of )?(?:today|yesterday|tomorrow)|this (?:morning|week)|last week)\b\W{1,3}(?:on )?"
        rf"{{D}}\W{{1,3}}[^⟦⟧]{{0,40}}?(?:⟦V\d+⟧|\bversion of the (?:SEC|Code)\b)[^⟦⟧]{{0,40}}?\b{_EFFECT}\b"
    ),
    pattern(
        r"(?:⟦V\d+⟧|\bversion of the (?:SEC|Smart Energy Code|Code)\b)[^⟦⟧]{0,40}?\b(?:was|is|has been|"
        r"will be) (?:implemented|released|introduced|live)(?: on| from)? {D}"
    ),
    pattern(r"\bwith effect from {D}"),
    pattern(
        r"\b(?:the |this )(?:SEC|Smart Energy Code|Code) (?:has |was |is )?(?:now )?(?:moved|went|gone|changed|"
        r"upgraded|uplifted|updated) to (?:⟦V\d+⟧|(?:v|version )[\d.]+)(?: on|,| from) {D}"
    ),
    pattern(
        r"^\W*(?:the )?(?:⟦V\d+⟧|(?:v|version )[\d.]+\d) (?:has |have )?(?:replaced|superseded|took over from|"
        r"took the place of|taken the place of|succeeded) (?:⟦V\d+⟧|(?:v|version )?[\d.]+\d)(?: on| from|,) {D}"
    ),
    pattern(r"^\W*(?:a|the) new (?:SEC|Smart Energy Code|Code) (?:took effect|came into (?:effect|force)) on {D}"),
    pattern(
        rf"{{D}},?\s*(?:(?:the (?:same )?day|the date|which is) )?(?:when|as|on which|that|"
        rf"with)\s+(?:the )?(?:⟦V\d+⟧|new version "
        rf"of the (?:SEC|Code))[^⟦⟧]{{0,20}}?\b{_EFFECT}\b"
    ),
    pattern(
        r"^\W*(?:since|from|on|as of) {D},?\s[^⟦⟧]{0,40}?(?:⟦V\d+⟧|\bversion of the (?:SEC|"
        r"Code)\b)[^⟦⟧]{0,40}?\bin (?:effect|force)\b"
    ),
)
_POINTED = pattern(
    rf"\b{_EFFECT}\b(?: (?:from|on|as of|earlier))? ?(?:(?P<today>today|this morning)|(?:the|that|this) (?:very "
    rf")?(?:same )?"
    r"(?:day|date))\b(?! (?:as|after|before|of|when|that|on)\b)"
)
"""A day that is not printed again: "came into effect today", "took effect on the same day"."""
_INSTEAD = re.compile(
    r"\b(?:it|⟦V\d+⟧|version|SEC|this|they)\b[^⟦⟧;.]{0,30}\b(?:will|is to|is due to|are to)(?: now)? (?:instead|now)\b|"
    r"\binstead\b[^⟦⟧;.]{0,20}\b(?:will|is to) ",
    re.IGNORECASE,
)
"""How a sentence begins that takes back the day that was told before it: "It will instead take effect on"."""
_UNCERTAIN = re.compile(
    r"\b(?:previous(?:ly)?|consultation|not|no longer|never|cannot|won[’']t|may|might|could|would|should|if|unless|"
    r"whether|subject to|dependent on|"
    r"depend(?:s|ing) on|provided(?: that)?|provisional(?:ly)?|propos(?:e|es|ed|ing)|suggest\w*|hop(?:e|es|ed|ing)|"
    r"aim(?:s|ed|ing)?|intend(?:s|ed)?|minded|pending|assuming|tentative\w*|indicative)\b(?! amendment)",
    re.IGNORECASE,
)
"""What makes of a day on which a version takes effect one on which it may."""


def _around(text: str, match: re.Match[str]) -> str:
    """Return the clause of a match with the condition that may follow it."""
    return _span(text, match.start(), match.end())


def _span(text: str, start: int, end: int) -> str:
    after = re.match(r"[^.;]{0,80}", text[end:])
    follows = after[0] if after and _CONDITION.search(after[0]) else ""
    return clause(text, start, end) + " " + follows


_CONDITION = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:if|unless|subject to|depend\w* on|provided|pending|assuming|should (?:it|the|ofgem))\b",
    re.IGNORECASE,
)
_BEGINS_WITH_IT = re.compile(
    r"\W*(?:(?:this|the|these|those) (?:\w+ )?(?:update|change|uplift|amendment|text)s?\b|"
    r"(?:its?|they|these(?= (?:all )?(?:came|come|take|took|are|were|will|appl|went|go))|effective|in effect|"
    r"with effect)\b|(?:a|the) new (?:SEC|Smart Energy Code|Code)\b)",
    re.IGNORECASE,
)
_THE_SEC = pattern(
    r"⟦V\d+⟧|\bversion of the (?:SEC|Smart Energy Code|Code)\b|"
    r"\b(?:this|the|new|updated|latest) version\b|\bthe (?:updated )?(?:SEC|Smart Energy Code)\b|"
    r"\b(?:the|our|an?) (?:new|updated|amended|revised|latest|current|baseline)(?: \w+)? (?:text|SEC|Code|drafting|"
    r"documents?|document set|baseline)\b"
)
"""How a sentence speaks of the version that a post is about: at its beginning, or anywhere."""
_PAST = re.compile(
    r"\b(?:came|took|went|was|became|has|were|since|moved|updated|changed|upgraded|uplifted|in (?:effect|force))\b",
    re.IGNORECASE,
)


NOT_ITS_RELEASE = re.compile(
    r"\b(?:prepar\w*|ready|readiness|ahead of|before|between|not|nor|never|neither|outside|after|since|until|unlike|"
    r"towards?|next|looking (?:ahead|forward)|in time for|to follow|further)\b[^⟦⟧;.]{0,40}(?:⟦R\d+⟧[^⟦⟧;.]{0,20})*$|"
    r"\b(?:prepar\w*|ready|ahead of|between|not|nor|outside|unlike|before)\b[^⟦⟧;.]{0,40}⟦R",
    re.IGNORECASE,
)
"""What stands before a release that a version is not of: "prepares for the …", "not part of the …"."""


class EffectReading(Walk):
    """Reads when a version takes effect. `version`: the SEC version that a post is about, "" where it is about none."""

    def begin(self, heading: Block, number: int, version: str) -> None:
        """Read the post's heading."""
        self.version, self.context.version, self.title = version, version, heading.text
        self.implements: list[str] = []
        self.parts_section = self.asked_parts = False
        self.effective, self.past, self._day_told = "", False, ""
        self.posted_day = self.effective_quote = ""
        self.body = ""
        self.number, self.heading, self.text = number, heading.text, heading.text
        self.first_named: dict[str, tuple[int, str]] = {}
        self.parts_of: set[str] = set()
        self.within = ""
        whole = versioned(marked(heading.text))
        if not version and len(whole.values("R")) == 1:
            self.release = self.context.release = whole.values("R")[0]
        named = whole.values("M")
        self.main = tuple(named) if len(named) == 1 else ()
        self.sentence(whole)
        its_release = self.version in whole.values("V") and not NOT_ITS_RELEASE.search(whole.text)
        if its_release and len(whole.values("R")) == 1:
            self.version_claim("implements_release", whole.values("R")[0], heading.text)
        self.context.last = self.main
        self._two = tuple(named)

    def posted(self, value: str, quote: str, number: int) -> None:
        """Claim when the post was posted, by the line with that number."""
        self.number, self.text, self.posted_day = number, quote, value
        self.version_claim("posted_on", value, quote)

    def version_claim(self, attribute: str, value: str, quote: str) -> None:
        """Claim something of the version."""
        if self.version:
            self.claim(f"version:{self.version}", attribute, value, quote, "version")

    def named(self, sentence: Marked) -> bool:
        """Whether a sentence names the version: "SEC v62.0", or "Version 62.0" where nothing else has that version."""
        return self.version in sentence.values("V")

    def effect(self, sentence: Marked, quote: str) -> bool:
        """Read the day on which the version takes effect."""
        sentence = without_aside(sentence)
        text, day_before = sentence.text, self._day_told
        self._day_told = next(reversed(sentence.values("D")), day_before)
        if not (self.named(sentence) or _BEGINS_WITH_IT.match(text) or _THE_SEC.search(text)):
            return False
        if self.pointed(sentence, quote, day_before):
            return True
        for form in fitting(_EFFECTIVE, sentence.text):
            match = form.search(sentence.text)
            if match and not _UNCERTAIN.search(_around(sentence.text, match)):
                value = sentence.at(match, "D")
                past = bool(_PAST.search(match[0])) and not re.search(r"\bwill\b|\bto come\b", match[0])
                if _INSTEAD.search(text, 0, match.end()) and value != self.effective:
                    self.unsay(f"version:{self.version}", "effective_on")
                    self.effective = ""
                self.takes_effect(value, quote, past=past)
                return value == self.effective
        found = effect_of(sentence)
        if not found or _UNCERTAIN.search(_span(sentence.text, found.start, found.end)):
            return False
        self.takes_effect(found.day, quote, past=found.past)
        return found.day == self.effective

    def pointed(self, sentence: Marked, quote: str, day_before: str) -> bool:
        """Read "on the same day" as the day of the sentence before, "today" as the day of the post."""
        match = _POINTED.search(sentence.text) if "⟦D" not in sentence.text else None
        day = (self.posted_day if match["today"] else day_before) if match else ""
        if not (match and day) or self.effective or _UNCERTAIN.search(_around(sentence.text, match)):
            return False
        self.takes_effect(day, quote, past=bool(_PAST.search(match[0])))
        return True

    def takes_effect(self, day: str, quote: str, *, past: bool) -> None:
        """Claim when the version takes effect, as it is first told."""
        if not self.effective and self.version:
            self.effective, self.past, self.effective_quote = day, past, quote
            self.version_claim("effective_on", day, quote)
