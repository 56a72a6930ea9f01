"""Which modifications a version implements: what sentences say, and what its list holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.claims import Claim
from bot.domain.forms import fitting, worded
from watchers.phrases.hedges import HEDGE, NOT, clause
from watchers.phrases.marks import Marked, marked, pattern, sentences
from watchers.recognisers._post.effect import EffectReading

IMPLEMENTING = (
    r"(?:implement(?:s|ed|ing|ation of)?|deliver(?:s|ed|ing)?|br(?:ings?|inging|ought)(?: in| about| forward)?|"
    r"introduc(?:es|ed|ing)|carr(?:ies|ied|ying)|includ(?:es|ed|ing|e)|contain(?:s|ed|ing)?|compris(?:es|ed|ing)|"
    r"consist(?:s|ed|ing)?(?: only| solely)? of|made up of|incorporat(?:es|ed|ing)|"
    r"(?:gives?|gave|giving|puts?|putting|bringing) (?:legal |full )?(?:effect to|into (?:effect|force|practice))|"
    r"add(?:s|ed|ing)?|mak(?:es|ing)|enact(?:s|ed|ing)|reflect(?:s|ed|ing)?|cover(?:s|ed|ing)?|feature(?:s|d)?|"
    r"(?:comes?|came|coming) with|takes? in|rolls? out|rolling out)"
)
"""What a version does for the modifications that come with it."""
_IMPLEMENTS = pattern(
    rf"\b(?:modifications? in (?:it|this version) (?:is|are)|{IMPLEMENTING})\b"
    r"(?:[^⟦⟧]{0,70}?⟦R\d+⟧)?(?P<gap>[^⟦⟧]{0,90}?)"
    r"(?P<list>⟦M\d+⟧(?:(?:\s|,|;|/|&|and\b|as well as\b|plus\b|both\b|also\b|the\b|of\b|(?:first|second|third|last|"
    r"final|remaining|next|another) |(?:phase|part|stage|half|elements|parts|remainder|rest)\b)*⟦M\d+⟧)*)"
)
_PART_OF = worded(
    r"\b(?:phase|part|stage|half|elements?|parts|remainder|rest) of (?:the )?⟦(?P<mark>M\d+)⟧",
)
_IMPLEMENTED = (
    pattern(
        r"{Ms}(?P<gap>[^⟦⟧;]{0,40}?)\b(?:was|were|is|are|has been|have been|has now been|and|"
        r"approved and)\b[^⟦⟧;]{0,30}?\b(?:implemented|included|introduced|delivered|incorporated|made|"
        r"(?:written|brought|built|put|taken|folded|merged|added|carried|inserted) (?:in|to|into|forward)|reflected)\b"
    ),
    pattern(
        r"{Ms}(?P<gap>[^⟦⟧;.]{0,20}?)\b(?:c[ao]mes?|c[ao]me|goes|went|gone|got|enters|entered)(?: in)?(?:to)?"
        r"(?: (?:the )?(?:SEC|Code|Smart Energy Code))?,? (?:with|in|as|by|through|under|via|as part of) "
        r"(?:the )?(?:new )?⟦V\d+⟧"
    ),
    pattern(
        r"{Ms}(?P<gap>[^⟦⟧;.]{0,60}?)\b(?:is|are|was|were|lies?|stands?)\b[^⟦⟧;.]{0,30}?\b(?:behind|in|covered by|"
        r"brought (?:in|about) by|delivered by|part of|included in|responsible for|the reasons? for) (?:the )?⟦V\d+⟧"
    ),
)
_IT_OR_THEM = (
    r"(?:it|this|them|both|these|(?:this|the|that) (?:modification|change|proposal)|"
    r"(?:these|the two|both) (?:modifications|changes|proposals))"
)
_TO_IMPLEMENT_IT = pattern(
    rf"\bto (?:(?:implement|deliver|introduce|bring in|include|incorporate|give effect to) {_IT_OR_THEM}|"
    rf"(?:put|bring) {_IT_OR_THEM} (?:in|into (?:effect|force|practice|the (?:SEC|Code))))(?=\W|$)"
)
_WITH = pattern(
    r"\b(?:with|for|on account of|because of|thanks to|owing to|due to|as a result of|to reflect|down to|by way of|to "
    r"accommodate|to give effect to|following|(?:the )?(?:work|result|product|outcome|fruit|upshot) of)\s+(?:the "
    r")?(?:\w+ ){0,3}?(?:modifications? |changes |proposals? "
    r")?{Ms}(?! (?:not|"
    r"to follow|later)\b)"
)
"""Why a version takes effect, in the sentence that tells when."""
_ONLY_TEXT = re.compile(r"\brequired for\b|\bunder\b|(?<!\bthe legal )(?<!\bapproved legal )\btext\b", re.IGNORECASE)
"""What a version can bring for a modification without implementing it: a part of its text."""
_EXCEPT = re.compile(
    r"\b(?:but|except(?: for)?|excluding|other than|apart from|without|bar|save|minus|instead of|not|pending|ahead "
    r"of|before)"
    r"\s+(?:\w+ )?$",
    re.IGNORECASE,
)
_IN_THE_SEC = pattern(
    r"{Ms}[^⟦⟧;.]{0,20}?\b(?:is|are)\b(?: (?:both|all|now|therefore|thus|also|already))* (?:part of|in|included in|"
    r"written "
    r"into) (?:the )?(?:SEC|Code|Smart Energy Code|force|effect)\b|"
    r"{Ms2}[^⟦⟧;.]{0,10}?\b(?:is|are|was|were)\b[^⟦⟧;.]{0,20}?\b(?:changes?|modifications?|proposals?)\b[^⟦⟧;.]{0,30}?"
    r"\b(?:it|this version|⟦V\d+⟧) (?:makes?|made|brings?|brought|implements?|implemented|includes?|contains?|"
    r"introduces?)\b|"
    r"\b(?:modifications?|changes?|proposals?) (?:in|behind|of|delivered by|implemented by) (?:⟦V\d+⟧|it|this version)"
    r"(?:[^⟦⟧;.]|⟦D\d+⟧){0,30}?\b(?:is|are|was|were)\b:?\s+{Ms3}"
)
_MADE_BY = (
    pattern(
        r"\b(?:added|inserted|introduced|amended|changed|updated|made|written|deleted|removed)\b[^⟦⟧;.]{0,40}?"
        r"\b(?:SEC|Code|Smart Energy Code|legal text)\b[^⟦⟧;.]{0,20}?\b(?:by|under|following|through|because of|"
        r"as a result of) {Ms}"
    ),
    pattern(
        r"^\W*(?:the |these |(?:only |just )?(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) )?(?:\w+ )?"
        r"(?:modifications?(?: proposals?)?|changes)\b[^⟦⟧;.]{0,20}?\b(?:is|are|was|were|have been|"
        r"has been)\b[^⟦⟧;.]{0,20}?\b(?:included|implemented|delivered|introduced|incorporated|made|in "
        r"(?:it|this version|the new version)):?\W{1,3}{Ms}"
    ),
)
"""How a post of a version says, without naming it again, which modifications came in."""
PARTIAL = pattern(
    r"\b(?:changes?|text|elements?|part)\b[^;]{0,90}?{M}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also|"
    r" now)? been implemented\b|{M2}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also| now)? been (?:partly |"
    r"partially )implemented\b"
)
_WITH_THE_VERSION = pattern(
    r"{Ms}(?P<gap>(?:[^⟦⟧;.]|⟦D\d+⟧){0,90}?)\b(?:was|were|is|are|been|and)\b(?:[^⟦⟧;.]|⟦D\d+⟧){0,30}?"
    r"\b(?:implemented|delivered|introduced|incorporated|brought in(?:to effect)?)\b"
    r"(?:[^⟦⟧;.]|⟦D\d+⟧){0,30}?\b(?:when|as|with|in|by|through)\b[^⟦⟧;.]{0,20}⟦V\d+⟧"
)
"""Where days stand between: "approved MP132 on 6 December and it was implemented on the 16th, when v54.0 came in"."""
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
_OF_WHAT = re.compile(
    r"(?<![,;])(?<!\bone)(?<!\bmodification)(?<!\bproposal)(?<!\bchange)\s"
    r"(?:what(?:ever)?|which|that|who|whose|where|how|when)\b(?:[^,;⟦⟧]{0,40}\s)?$",
    re.IGNORECASE,
)
"""What comes before such words where they are about something that the modification deals with: "tidies up what"."""


class ImplementsReading(EffectReading):
    """Reads what a version implements."""

    def elsewhere(self, text: str) -> bool:
        """Whether a paragraph tells of a modification that did not come with the version."""
        first = sentences(text, self.context.release)[:1]
        pieces = [one.text.partition(";")[0] for one in first]
        return any(
            not _OF_WHAT.search(piece[: match.start()]) for piece in pieces for match in _NOT_WITH_IT.finditer(piece)
        )

    def implemented(self, sentence: Marked, quote: str, *, own: bool) -> None:
        """Read which modifications the version implements."""
        parts_of = {sentence.marks[one["mark"]].value for one in _PART_OF.finditer(sentence.text)}
        for match in _IMPLEMENTS.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            included = re.match(r"includ|compris|contain", match[0], re.IGNORECASE)
            if (
                NOT.search(words)
                or _EXCEPT.search(sentence.text[: match.start("list")])
                or PARTIAL.search(sentence.text)
                or _ONLY_TEXT.search(match["gap"])
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
        for match in _WITH_THE_VERSION.finditer(sentence.text) if own else ():
            if not NOT.search(match[0]) and not HEDGE.search(match["gap"]):
                self.implement(tuple(sentence.values("M", match["Ms"])), quote)
        self.said_to_be_in(sentence, quote, own=own)

    def said_to_be_in(self, sentence: Marked, quote: str, *, own: bool) -> None:
        """Read modifications that are said to have come in, made or implemented by a version."""
        if own:
            self.to_implement_it(sentence, quote)
        for match in _IN_THE_SEC.finditer(sentence.text):
            if not NOT.search(match[0]) and not HEDGE.search(match[0]):
                self.implement(tuple(sentence.values("M", match["Ms"] or match["Ms2"] or match["Ms3"])), quote)
        for match in _WITH.finditer(sentence.text) if own and quote == self.effective_quote else ():
            if not NOT.search(match[0]):
                self.implement(tuple(sentence.values("M", match["Ms"])), quote)
        for form in fitting(_MADE_BY, sentence.text):
            for match in form.finditer(sentence.text):
                if not NOT.search(match[0]) and not HEDGE.search(match[0]):
                    self.implement(tuple(sentence.values("M", match["Ms"])), quote)
        for form in fitting(_IMPLEMENTED, sentence.text):
            for match in form.finditer(sentence.text):
                with_it = bool(_WITH_IT.match(sentence.text))
                if not NOT.search(match[0]) and (own or with_it or self.heading == quote):
                    self.implement(tuple(sentence.values("M", match["Ms"])), quote)

    def to_implement_it(self, sentence: Marked, quote: str) -> None:
        """Read that the version came "to implement it"."""
        for match in _TO_IMPLEMENT_IT.finditer(sentence.text):
            ids = sentence.values("M", sentence.text[: match.start()])
            ids = ids if len(ids) == 1 else list(self.context.last)
            self.implement(tuple(ids), quote)
            for id_ in ids if self.past else ():
                self.claim(f"modification:{id_}", "status", "implemented", quote, "version")

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
