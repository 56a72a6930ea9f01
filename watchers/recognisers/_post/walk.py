"""One news post: a new version of the SEC, when it takes effect, what it implements, which parts it affects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain import statuses
from bot.domain.claims import Claim
from bot.domain.forms import worded
from watchers.outline import Block
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, marked, pattern, sentences
from watchers.phrases.rows import Row, leading, row
from watchers.recognisers._post.effect import NOT_ITS_RELEASE
from watchers.recognisers._post.implements import IMPLEMENTING, NOT_THIS, PARTIAL
from watchers.recognisers._post.lists import DECISIONS, ListReading
from watchers.recognisers._post.parts import PARTS_HEADING, changed_parts
from watchers.recognisers._post.versions import versioned

_REPLACED = re.compile(
    r"\b(?:replac(?:ed|es|ing)|supersed(?:ed|es|ing)|took over from|(?:took|taken|takes) the place of|in place of|"
    r"succeeded) ⟦V\d+⟧",
    re.IGNORECASE,
)
_RELEASE = pattern(
    r"\b(?:implement(?:s|ed|ing|ation of)?|for|deliver(?:s|ed|ing)?|as part of|with|alongside|in|carr(?:ies|ied|ying)|"
    r"br(?:ings?|inging|ought)(?: in| about)?|contain(?:s|ed|ing)?|cover(?:s|ed|ing)?|makes up|made up of|"
    r"(?:gives?|giving|gave) (?:legal )?effect to|puts? in place|holds|is|was|from)\s+(?:the )?{R}"
)
_ITSELF = (
    r"(?:it|this|(?:this|the)(?: (?:new|next|updated|latest|whole|amended))? (?:version|release|update|uplift|upgrade|"
    r"SEC|Code|baseline)(?: of the (?:SEC|Code|Smart Energy Code))?)"
)
_IT = re.compile(
    rf"^\W*(?:implements|brings in|delivers)\b|^\W*{_ITSELF} (?:also |will |now |only )*{IMPLEMENTING}\b|"
    rf"^\W*{_ITSELF} (?:also |will |now )*(?:implement|deliver|bring|includ|contain|compris|introduc|incorporat|"
    r"carr(?:y|ie))\w*\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:the )?(?:only )?(?:SEC )?(?:modifications?|changes)(?: proposals?)? (?:implemented|included|delivered)"
    r"(?: in (?:this \w+|it))?(?:\s*:| (?:are|is|was|were)\b)|"
    r"^\W*the (?:only |one )?modification(?: proposal)? in (?:it|this version) is\b",
    re.IGNORECASE,
)
_DESIGNATES = pattern(r"\b(?:re-?)?designat\w*|\bdirect(?:s|ed|ion)\b[^.]{0,40}\bSecretary of State\b")
_OF_SEVERAL = re.compile(r"\b(?:modifications|proposals|following|these|others?|another)\b", re.IGNORECASE)
_AFFECTED = re.compile(
    r"^\W*(?:SEC )?(?:(?:documents?|parts?|sections?|legal text) )?(?:of the (?:SEC|Code) )?"
    r"(?:(?:that )?(?:are|were|have) )?"
    r"(?:affected|changed|changing|amended|impacted|updated|touched)(?: (?:SEC )?(?:documents?|parts?|sections?))?"
    r"(?: (?:in|of|by) (?:the |this )?(?:SEC|Code|it|version|release|update|change))?\s*[:–—]|"
    r"^\W*(?:SEC )?(?:documents?|parts?|sections?)(?: of the (?:SEC|Code))?\s*:",
    re.IGNORECASE,
)
_AN_EVENT = re.compile(
    r"\W*(?:(?:final|change board|authority|ofgem|panel|working group|refinement|modification report) )*"
    r"(?:votes?|voting|decision|determination|consultation|deadline|meeting|webinar|workshop|drop-in|"
    r"responses?|report|discussion|presentation|briefing|closes?|opens?|due)\b[^.]{0,40}$",
    re.IGNORECASE,
)
"""What stands behind a modification's name in a calendar: "SECMP0009 vote: 26 July 2017"."""
_NOT_IMPLEMENTED = frozenset((*statuses.ENDED, *statuses.HELD, "authority_decision", "refinement", "report_phase"))


_RESUMES = worded(
    r"\b(?:back|resum\w+|restart\w*|again|return(?:s|ed)|off hold|no longer|lifted|picked up|since)\b",
)
"""How a post goes on about what was on hold, or sent back, and is so no more."""
_CUT = re.compile(r"\s?(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])")
_OPENING, _CLOSING = "‘“'\"(", "’”'\")"
_JOINING = frozenset({"and", "or", "of", "the", "to", "on", "in", "by", "with", "a", "an"})


def unbroken(text: str) -> str:
    """Return a text that is cut short without the piece at its end that may be broken: its last word and what leads to
    it, or the title that no quote closes.
    """
    cut = _CUT.search(text)
    if cut is None:
        return text
    head = text[: cut.start()]
    closed = max(map(head.rfind, _CLOSING))
    opened = next((at for at in range(max(closed, 0), len(head)) if head[at] in _OPENING), len(head))
    whole = head.rstrip() if head[-1:].isspace() else _without_last(head)
    while whole.rpartition(" ")[2].casefold() in _JOINING:
        whole = _without_last(whole)
    return head[: min(opened, len(whole.rstrip(" ,;")))]


def _without_last(text: str) -> str:
    """Return a text without its last word and the spaces before that."""
    words = text.rsplit(None, 1)
    return words[0] if len(words) > 1 else ""


class PostWalk(ListReading):
    """Reads one post."""

    def read_cut(self, number: int, block: Block) -> None:
        """Read of a paragraph that is cut short what is whole: titles with words after them, what its version did."""
        self.number, self.text = number, block.text
        for sentence in sentences(unbroken(block.text))[-1:] if block.kind != "row" else ():
            told = versioned(sentence)
            if self.named(told) or _IT.match(told.text):
                self.of_version(told)
        for mark in marked(block.text).of("M"):
            after = block.text.partition(mark.text)[2]
            if mark.title and not set(mark.title) & set('‘“"') and re.match(r"\W{0,2}\s*\w", after):
                self.claim(f"modification:{mark.value}", "title", mark.title, mark.text, "title")

    def read_heading(self, block: Block) -> None:
        """A heading within the post."""
        if self.read_named_part(block):
            return
        if (found := row(block)) and self.is_dated(found):
            self.modification(found, block)
            return
        super().read_heading(block)
        self.within = block.text
        self.parts_section = bool(PARTS_HEADING.search(block.text))
        whole = marked(block.text)
        self.context.about = ()
        if _DESIGNATES.search(block.text):
            self.designated(block.text, whole)

    def read_row(self, block: Block) -> bool:
        """A row of parts, of resolution proposals, or of modifications."""
        return self.version_row(block) or self.part_row(block) or self.labelled_list(block) or super().read_row(block)

    def read_detail(self, block: Block) -> bool:
        """A line below a modification's name; below the list of them parts behind their label are the version's."""
        above = self._before.kind if self._before else ""
        apart = block.kind == "paragraph" and above in ("item", "row")
        return (apart and self.affected_parts(block)) or super().read_detail(block)

    def affected_parts(self, block: Block) -> bool:
        """The parts behind a label of those affected: "Affected: Section C and Section L"."""
        if not self.version or not _AFFECTED.match(block.text) or NOT_THIS.search(self.within):
            return False
        found = changed_parts(marked(block.text))
        for part in found:
            self.version_claim("affects_part", part, block.text)
        return bool(found)

    def read_paragraph(self, block: Block) -> None:
        """Running text; a paragraph that begins with a modification tells what the version does for it."""
        self.affected_parts(block)
        begins = leading(block.text, release=self.context.release)
        if (
            begins
            and not _AN_EVENT.match(begins[2])
            and not begins[2].lstrip().startswith(("page", "’s page", "'s page"))
            and not self.elsewhere(block.text)
        ):
            self.implement((begins[0].value,), block.text)
        first = sentences(block.text)[:1]
        for id_ in first[0].values("M")[:1] if first and not _hedged(first[0]) else ():
            if not NOT_THIS.search(self.within):
                self.first_named.setdefault(id_, (self.number, block.text))
        super().read_paragraph(block)

    def modification(self, found: Row, block: Block) -> None:
        """A modification's row: it is implemented, unless the list or row says that it is not."""
        begun = len(self.claims)
        super().modification(found, block)
        self.as_led(found.mark.value, block, self.claims[begun:])
        told = {c.value for c in self.claims[begun:] if c.attribute == "status"}
        if told & _NOT_IMPLEMENTED or DECISIONS.search(self.within):
            return
        self.implement(
            (found.mark.value,), block.text, beside=block.text.replace(found.title, " ") if found.title else ""
        )
        if block.kind == "paragraph" and not found.cells:
            self.context.last = (found.mark.value,)  # a name alone on its line: what stands below is about it

    def place(self, id_: str, quote: str, just_said: Sequence[Claim]) -> None:
        """A list in a post about a version is of what that implements, not of a release's scope."""
        if not self.version:
            super().place(id_, quote, just_said)

    def request_row(self, found: Row, block: Block) -> None:
        """A Change Resolution Proposal that came in with the version."""
        super().request_row(found, block)
        if found.mark.kind == "K":
            self.version_claim("change_resolution_proposal", found.mark.value, block.text)

    def sentence(self, sentence: Marked) -> None:
        """Read one sentence, in which a version named for short is a version too."""
        super().sentence(versioned(sentence))

    def said(self, sentence: Marked) -> Iterable[tuple[str, str, str, str]]:
        """Return what a sentence says; in a post about one modification "this modification" needs no name."""
        if self.main and not self.context.about and not sentence.of("M") and not _OF_SEVERAL.search(sentence.text):
            self.context.about = self.main
            found = list(super().said(sentence))
            self.context.about = ()
        else:
            found = list(super().said(sentence))
        self.of_version(sentence)
        if any((what, value) == ("decision_path", "fast_track") for _, what, value, _ in found):
            self.context.by_panel = True
        if _RESUMES.search(sentence.text):
            goes_on = {subject for subject, what, value, _ in found if what == "status" and value not in statuses.HELD}
            self.claims = [c for c in self.claims if c.subject not in goes_on or c.value not in statuses.HELD]
        return found

    def of_version(self, sentence: Marked) -> None:
        """Read what a sentence says of the version."""
        named = sentence.values("V", _REPLACED.sub("", sentence.text)) if sentence.of("V") else []
        if not self.version or any(value != self.version for value in named):
            pieces = sentence.text.split("; ") if self.version in named else []
            for piece in pieces if len(pieces) > 1 else ():  # another version has its own clause
                self.of_version(replace(sentence, text=piece))
            return
        quote = sentence.plain()
        took_effect = self.effect(sentence, quote)
        own = (
            took_effect
            or self.named(sentence)
            or bool(_IT.match(sentence.text))
            or (bool(_LABEL.match(sentence.text)) and not NOT.search(sentence.text))
        )
        match = _RELEASE.search(sentence.text) or (took_effect and pattern("{R}").search(sentence.text))
        if own and match and not NOT_ITS_RELEASE.search(sentence.text[: match.end()]):
            self.version_claim("implements_release", sentence.at(match, "R"), quote)
        self.implemented(sentence, quote, own=own)
        self.parts(sentence, quote)
        if match := PARTIAL.search(sentence.text):
            for id_ in sentence.values("M", match[0]) if self.effective else ():
                self.claim(f"modification:{id_}", "implementation", self.effective, quote, "implemented in part")
        if _DESIGNATES.search(quote) or (sentence.of("K") and _DESIGNATES.search(self.within)):
            self.designated(quote, sentence)


_ELSEWHERE = re.compile(
    r"^[^⟦]*\b(?:without|except|unlike|not|if|once|until)\b[^⟦]*⟦M|"
    r"⟦M\d+⟧,?\s+(?:which )?(?:(?:has|have|had|is|was|were|been|being|be|now|since|also|itself|still|then) )*"
    r"(?:not|no longer|withdrawn|rejected|refined|deferred|postponed|moved|follows?|comes? later|will|would|may|might|"
    r"next|in consultation|out for consultation|due|expected|targeted)\b",
    re.IGNORECASE,
)


def _hedged(sentence: Marked) -> bool:
    """Whether the modification that a sentence names first is one that has not come, or may not."""
    return bool(_ELSEWHERE.search(sentence.text))
