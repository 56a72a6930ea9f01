"""Which modifications a version implements: what sentences say, and what its list holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.claims import Claim
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import Marked, marked, pattern, sentences
from watchers.recognisers._post.effect import EffectReading

_IMPLEMENTS = pattern(
    r"\b(?:modifications? in (?:it|this version) (?:is|are)|implement(?:s|ed|ing|ation of)?|deliver(?:s|ed|"
    r"ing)?|bring(?:s|ing)? in|introduc(?:es|ed|ing)|carr(?:ies|ied|ying)|"
    r"includ(?:es|ed|ing|e)|contain(?:s|ed|ing)?|compris(?:es|ed|ing)|incorporat(?:es|ed|"
    r"ing))\b(?:[^⟦⟧]{0,70}?⟦R\d+⟧)?(?P<gap>[^⟦⟧]{0,90}?)"
    r"(?P<list>⟦M\d+⟧(?:(?:\s|,|;|/|&|and\b|as well as\b|plus\b|both\b|also\b|the\b|of\b|(?:first|second|third|last|"
    r"final|remaining|next|another) |(?:phase|part|stage|half|elements|parts|remainder|rest)\b)*⟦M\d+⟧)*)"
)
_PART_OF = re.compile(
    r"\b(?:phase|part|stage|half|elements?|parts|remainder|rest) of (?:the )?⟦(?P<mark>M\d+)⟧", re.IGNORECASE
)
_IMPLEMENTED = (
    pattern(
        r"{Ms}(?P<gap>[^⟦⟧;]{0,40}?)\b(?:was|were|is|are|has been|have been|and|"
        r"approved and)\b[^⟦⟧;]{0,30}?\b(?:implemented|included|introduced|delivered|incorporated)\b"
    ),
)
PARTIAL = pattern(
    r"\b(?:changes?|text|elements?|part)\b[^;]{0,90}?{M}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also|"
    r" now)? been implemented\b|{M2}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also| now)? been (?:partly |"
    r"partially )implemented\b"
)
_WITH_IT = re.compile(
    r"^\W*(?:(?:alongside|together with|along with|with|besides|in addition to|as well as|in|at the same time "
    r"as) (?:it|"
    r"this|that|them|(?:this|the same|that) (?:version|release|update))|in addition|also|at the same time)\b",
    re.IGNORECASE,
)
NOT_THIS = re.compile(
    r"\b(?:next|upcoming|future|later|forthcoming|previous|related|other|not (?:included|implemented)|"
    r"out of scope|deferred|further information|find out|contact|consultations?|coming up)\b",
    re.IGNORECASE,
)
_EXCLUDED = pattern(
    r"(?:⟦M\d+⟧(?:\s|,|and\b|&)*)+[^⟦⟧.;:]{0,30}\b(?:not (?:be |been )?(?:included|implemented|part)(?! until)|"
    r"no longer (?:in|"
    r"part|included|be)|(?:falls?|fell|fallen) out|out of (?:the )?scope|"
    r"removed from|deferred|withdrawn|rejected|moved to|postponed|will be implemented in)\b|"
    r"(?:⟦M\d+⟧(?:\s|,|and\b|&)*)+[^⟦⟧.;:]{0,100}\b(?:(?:has|have|had) (?:now |since )?(?:been (?:moved|"
    r"deferred|postponed|removed|"
    r"taken out|put (?:back|off)|withdrawn)|fallen out)|(?:was|were) (?:moved to|deferred|postponed|removed "
    r"from|taken out)|"
    r"(?:is|are) now (?:targeted|planned|expected|due|scheduled))\b"
)
_NOT_WITH_IT = re.compile(
    r"\b(?:reject(?:ed|s)|withdr(?:awn|ew)|sent back|on hold|(?:was|were|been) (?:also |originally |first |once )?"
    r"(?:meant|supposed|intended|due|expected|planned|hoped|to)\b|(?:should|would|could|might|may) have|did not|"
    r"(?:has|have|is|are|was|were) not|(?:was|were|is) (?:moved|deferred|postponed|put (?:off|back)|held|left)|"
    r"(?:follows?|comes?) (?:later|in|with|on)|will (?:now )?(?:follow|come|be (?:implemented|delivered) (?:in|"
    r"with|later))|"
    r"await\w*|(?:is|are|remains?) (?:still |now )?(?:in|with) the (?:Refinement|Report|Development|Authority)|"
    r"still (?:in|being|under|with|waiting)|out for consultation|being (?:refined|assessed|developed))\b",
    re.IGNORECASE,
)
"""What is told of a modification that a version did not bring."""


class ImplementsReading(EffectReading):
    """Reads what a version implements."""

    def elsewhere(self, text: str) -> bool:
        """Whether a paragraph tells of a modification that did not come with the version."""
        first = sentences(text, self.context.release)[:1]
        return any(_NOT_WITH_IT.search(piece) for one in first for piece in [one.text.partition(";")[0]])

    def implemented(self, sentence: Marked, quote: str, *, own: bool) -> None:
        """Read which modifications the version implements."""
        parts_of = {sentence.marks[one["mark"]].value for one in _PART_OF.finditer(sentence.text)}
        for match in _IMPLEMENTS.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            included = re.match(r"includ|compris|contain", match[0], re.IGNORECASE)
            if (
                NOT.search(words)
                or PARTIAL.search(sentence.text)
                or re.search(r"\brequired for\b|\bunder\b|\btext\b", match["gap"])
            ):
                continue
            ids = sentence.values("M", match["list"])
            self.parts_of |= parts_of
            if own or (
                included
                and re.search(r"\b(?:this|it|these|version|release)\b", sentence.text[: match.start()], re.IGNORECASE)
            ):
                self.implement(tuple(ids), quote)
                if own and self.past and not included:
                    for id_ in ids:
                        if id_ not in self.parts_of:
                            self.claim(f"modification:{id_}", "status", "implemented", quote, "version")
        for form in _IMPLEMENTED:
            for match in form.finditer(sentence.text):
                with_it = bool(_WITH_IT.match(sentence.text))
                if not NOT.search(match[0]) and (own or with_it or self.heading == quote):
                    self.implement(tuple(sentence.values("M", match["Ms"])), quote)

    def implement(self, ids: Sequence[str], quote: str, *, beside: str = "") -> None:
        """Claim that the version implements modifications, unless what stands `beside` their names denies it."""
        if not self.version or NOT_THIS.search(self.within) or self._role == "out":
            return
        whole = marked(beside or quote)
        excluded = {id_ for match in _EXCLUDED.finditer(whole.text) for id_ in whole.values("M", match[0])}
        for id_ in ids:
            if id_ in excluded:
                continue
            self.implements.append(id_)
            self.version_claim("implements", id_, quote)

    def finish(self) -> None:
        """Claim when what the version implements was implemented; what is in the SEC is no longer just approved."""
        self.complete()
        for claim in [c for c in self.claims if c.attribute == "implements"] if self.effective else ():
            subject = f"modification:{claim.value}"
            self.claims.append(Claim(subject, "implementation", self.effective, claim.evidence, self.item))
        in_effect = self.effective and (self.past or self.effective <= self.posted_day)
        done = {c.value for c in self.claims if c.attribute == "implements"} if in_effect else set()
        self.claims = [
            c
            for c in self.claims
            if not (c.attribute == "status" and c.value == "approved" and c.subject.partition(":")[2] in done)
        ]

    def complete(self) -> None:
        """Where a list was lost and the count of it is known: those with which later paragraphs begin make it up."""
        implements = set(self.implements)
        more = {id_: where for id_, where in self.first_named.items() if id_ not in implements}
        if self.version and more and self.counts and len(implements) + len(more) == self.counts[0]:
            for id_, (self.number, self.text) in more.items():
                self.implement((id_,), self.text)
