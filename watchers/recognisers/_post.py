"""One news post: a new version of the SEC, when it takes effect, what it implements, which parts it affects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.domain import dates
from bot.domain.claims import Claim
from watchers.outline import Block
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import PART, Marked, marked, pattern
from watchers.phrases.rows import Row, leading, row
from watchers.recognisers._walk import Walk

_EFFECT = (
    r"(?:(?:is |was |been |be |will be |now )?(?:in|into) (?:effect|force)|(?:came|comes?|coming|"
    r"will come|went) in(?:to)? (?:effect|force)|(?:takes?|took|taking|will take) effect|(?:is|was|be|"
    r"became|becomes|will be|now) effective|effective)"
)
_EFFECTIVE = (
    pattern(rf"\b{_EFFECT}\b(?:\s+(?:date|on|from|since|as of|in|is|was|of|the|same day)\b|,|\s*[:|–—-]|\s)*{{D}}"),
    pattern(r"\b(?:went|goes|go|going) live (?:on|from) {D}"),
    pattern(
        r"^\W*(?:with effect )?(?:on|from) {D},?\s[^⟦⟧]{0,60}?(?:⟦V\d+⟧|\bversion of the (?:SEC|"
        r"Smart Energy Code|Code)\b)[^⟦⟧]{0,40}?\b(?:came|comes|took|takes|will come|will take|became|becomes|"
        r"is in (?:effect|force)|was (?:released|implemented))\b"
    ),
    pattern(
        r"(?:⟦V\d+⟧|\bversion of the (?:SEC|Smart Energy Code|Code)\b)[^⟦⟧]{0,40}?\b(?:was|is|has been|"
        r"will be) (?:implemented|released|introduced|live)(?: on| from)? {D}"
    ),
    pattern(r"\bwith effect from {D}"),
    pattern(
        r"^\W*(?:since|from|on|as of) {D},?\s[^⟦⟧]{0,40}?(?:⟦V\d+⟧|\bversion of the (?:SEC|"
        r"Code)\b)[^⟦⟧]{0,40}?\bin (?:effect|force)\b"
    ),
)
_THE_SEC = pattern(
    r"⟦V\d+⟧|^\W*(?:this|the) (?:update|change)s?\b|\bversion of the (?:SEC|Smart Energy Code|Code)\b|"
    r"\b(?:this|the|new|updated|latest) version\b|\bthe (?:updated )?(?:SEC|Smart Energy Code)\b|"
    r"^\W*(?:it|effective|in effect|with effect)\b"
)
_PAST = re.compile(r"\b(?:came|took|went|was|became|has|were|since|in (?:effect|force))\b", re.IGNORECASE)
_IMPLEMENTS = pattern(
    r"\b(?:implement(?:s|ed|ing|ation of)?|deliver(?:s|ed|ing)?|bring(?:s|ing)? in|introduc(?:es|ed|ing)|"
    r"includ(?:es|ed|ing|e)|contain(?:s|ed|ing)?|compris(?:es|ed|ing)|incorporat(?:es|ed|"
    r"ing))\b(?:[^⟦⟧]{0,70}?⟦R\d+⟧)?(?P<gap>[^⟦⟧]{0,90}?){Ms}"
)
_IMPLEMENTED = (
    pattern(
        r"{Ms}(?P<gap>[^⟦⟧;]{0,40}?)\b(?:was|were|is|are|has been|have been|and|"
        r"approved and)\b[^⟦⟧;]{0,30}?\b(?:implemented|included|introduced|delivered|incorporated)\b"
    ),
)
_PARTIAL = pattern(
    r"\b(?:changes?|text|elements?|part)\b[^;]{0,90}?{M}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also|"
    r" now)? been implemented\b|{M2}[^⟦⟧;]{0,60}?\b(?:has|have)(?: also| now)? been (?:partly |"
    r"partially )implemented\b"
)
_RELEASE = pattern(
    r"\b(?:implement(?:s|ed|ing|ation of)?|for|deliver(?:s|ed|ing)?|as part of|with|alongside|in)\s+(?:the )?{R}"
)
_IT = re.compile(
    r"^\W*(?:it|this|this (?:version|release|update)|the (?:new )?(?:version|"
    r"update)) (?:also )?(?:implement|deliver|bring|includ|contain|compris|introduc|incorporat)\w*\b",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"\b(?:next|upcoming|future|later|forthcoming|previous|related|other|not (?:included|implemented)|"
    r"out of scope|deferred|further information|find out|contact|consultations?|coming up)\b",
    re.IGNORECASE,
)
_EXCLUDED = pattern(
    r"⟦M\d+⟧[^⟦⟧.;:]{0,30}\b(?:not (?:be |been )?(?:included|implemented|part)(?! until)|no longer (?:in|"
    r"part|included|be)|(?:falls?|fell|fallen) out|out of (?:the )?scope|"
    r"removed from|deferred|withdrawn|rejected|moved to|postponed|will be implemented in)\b"
)
_PARTS_HEADING = re.compile(
    r"\bparts?\b.*\b(?:SEC|Code|affect\w*|chang\w*|impact\w*|amend\w*)\b|\b(?:SEC|affected|impacted|"
    r"amended|changed|updated) (?:documents?|parts?|sections?)\b|\bdocuments?\b.*\b(?:affected|impacted|"
    r"amended|changed)\b|"
    r"\bwhat(?:’s|'s| has| is| was)? (?:been )?(?:affected|changed|amended)\b",
    re.IGNORECASE,
)
_LINKS_HEADING = re.compile(r"\bred-?lin\w+|\bdownload\w*|\bwhere can\b|\baccess\b|\bfind\b", re.IGNORECASE)
_KINDS = r"(?:the |SEC |Sections? |Schedules? |Appendices |Appendix )*"
_CHANGED_PARTS = pattern(
    r"\bparts?\b[^⟦⟧]{0,60}\b(?:affected|changed|amended|impacted|updated)\b|"
    r"\b(?:affects|amends|changes|updates|amended|affected|changed|updated)\b\W*"
    rf"(?:the following |SEC |parts? )*(?:\W|of the SEC)*{_KINDS}⟦P"
)
_PARTS_CHANGED = pattern(
    rf"^\W*{_KINDS}⟦P\d+⟧(?:(?:\s|,|;|and|&)*{_KINDS}⟦P\d+⟧)*[^⟦⟧]{{0,30}}"
    r"\b(?:were|was|are|have been|has been)\b[^⟦⟧]{0,20}\b(?:affected|changed|amended|impacted|updated)\b"
)
_NEW_PART = (
    pattern(r"\b(?:new|additional)\s+(?:SEC\s+)?{P}"),
    pattern(r"{P}[^⟦⟧]{0,15}?\((?:new|added|new document)\)"),
    pattern(r"\b(?:adds?|added|adding|introduc\w+|creat\w+)\s+(?:an? |the )?(?:new )?(?:SEC )?{P}"),
)
_DESIGNATES = pattern(r"\b(?:re-?)?designat\w*|\bdirect(?:s|ed|ion)\b[^.]{0,40}\bSecretary of State\b")
_BODY = re.compile(r"\b(BEIS|DESNZ|DECC|Secretary of State|Ofgem)\b")
_LONG_BODY = (
    ("BEIS", re.compile(r"Department for Business, Energy (?:and|&) Industrial Strategy", re.IGNORECASE)),
    ("DESNZ", re.compile(r"Department for Energy Security (?:and|&) Net Zero", re.IGNORECASE)),
    ("DECC", re.compile(r"Department of Energy (?:and|&) Climate Change", re.IGNORECASE)),
)
_RESOLUTION = re.compile(r"\b(?:incorporat|designat|includ|implement|introduc)\w*", re.IGNORECASE)


class PostWalk(Walk):
    """Reads one post. `version`: the SEC version that it is about, "" where it is about none."""

    def begin(self, heading: Block, number: int, version: str) -> None:
        """Read the post's heading."""
        self.version, self.context.version = version, version
        self.implements: list[str] = []
        self.parts_section = False
        self.effective, self.past = "", False
        self.body = ""
        self.number, self.heading, self.text = number, heading.text, heading.text
        whole = marked(heading.text)
        named = whole.values("M")
        self.main = tuple(named) if len(named) == 1 else ()
        self.sentence(whole)
        if self.version in whole.values("V") and len(whole.values("R")) == 1:
            self.version_claim("implements_release", whole.values("R")[0], heading.text)
        self.context.last = self.main

    def posted(self, value: str, quote: str, number: int) -> None:
        """Claim when the post was posted, by the line with that number."""
        self.number, self.text = number, quote
        self.version_claim("posted_on", value, quote)

    def version_claim(self, attribute: str, value: str, quote: str) -> None:
        """Claim something of the version."""
        if self.version:
            self.claim(f"version:{self.version}", attribute, value, quote, "version")

    # --- blocks ---

    def read_heading(self, block: Block) -> None:
        """A heading within the post."""
        if self.read_named_part(block):
            return
        super().read_heading(block)
        self.parts_section = bool(_PARTS_HEADING.search(block.text))
        whole = marked(block.text)
        self.context.about = ()
        if _DESIGNATES.search(block.text):
            self.designated(block.text, whole)

    def read_named_part(self, block: Block) -> bool:
        """A heading that is a part of the SEC, in a section of those affected."""
        match = PART.match(re.sub(r"^\W*(?:SEC )?", "", block.text))
        return bool(match and self.parts_section and self.part_row(block))

    def read_row(self, block: Block) -> bool:
        """A row of parts, of resolution proposals, or of modifications."""
        if self.part_row(block):
            return True
        return super().read_row(block)

    def read_paragraph(self, block: Block) -> None:
        """Running text; a paragraph that begins with a modification tells what the version does for it."""
        begins = leading(block.text, release=self.context.release)
        if begins and not begins[2].lstrip().startswith(("page", "’s page", "'s page")):
            self.implement((begins[0].value,), block.text)
        super().read_paragraph(block)

    def part_row(self, block: Block) -> bool:
        """A part of the SEC in a list or table of those affected."""
        first = block.cells[0] if block.cells else block.text
        plain = re.sub(r"^[\W_]*(?:the )?", "", first)
        match = PART.match(plain)
        if block.kind == "paragraph" and not (match and len(block.text) < 120 and not block.text.endswith(".")):
            return False
        if not match or (block.kind != "row" and _is_sentence(plain[match.end() :])):
            return False
        if len(block.cells) > 1 and (found := row(block, "MCK")) and match[0] in found.title:
            return False
        if _LINKS_HEADING.search(self.heading) and not self.parts_section and not _PARTS_HEADING.search(self.lead):
            return True
        part = f"{match['kind']} {match['key']}"
        self.version_claim("affects_part", part, block.text)
        if re.search(r"\(\s*(?:new|added|new document)\s*\)|^\s*new\b", first, re.IGNORECASE):
            self.version_claim("adds_part", part, block.text)
        return True

    def modification(self, found: Row, block: Block) -> None:
        """A modification's row: it is implemented, unless the list or row says that it is not."""
        super().modification(found, block)
        self.implement(
            (found.mark.value,), block.text, beside=block.text.replace(found.title, " ") if found.title else ""
        )

    def place(self, id_: str, quote: str, just_said: Sequence[object]) -> None:
        """A post's list is of what its version implements, not of a release's scope."""

    def request_row(self, found: Row, block: Block) -> None:
        """A Change Resolution Proposal that came in with the version."""
        super().request_row(found, block)
        if found.mark.kind == "K":
            self.version_claim("change_resolution_proposal", found.mark.value, block.text)

    # --- sentences ---

    def said(self, sentence: Marked) -> Iterable[tuple[str, str, str, str]]:
        """Return what a sentence says; in a post about one modification "this modification" needs no name."""
        if self.main and not self.context.about and not sentence.of("M"):
            self.context.about = self.main
            found = list(super().said(sentence))
            self.context.about = ()
        else:
            found = list(super().said(sentence))
        self.of_version(sentence)
        return found

    def of_version(self, sentence: Marked) -> None:
        """Read what a sentence says of the version."""
        if not self.version or any(value != self.version for value in sentence.values("V")):
            return
        quote = sentence.plain()
        took_effect = self.effect(sentence, quote)
        own = took_effect or self.version in sentence.values("V") or bool(_IT.match(sentence.text))
        if own and (match := _RELEASE.search(sentence.text) or (took_effect and pattern("{R}").search(sentence.text))):
            self.version_claim("implements_release", sentence.at(match, "R"), quote)
        self.implemented(sentence, quote, own=own)
        self.parts(sentence, quote)
        if match := _PARTIAL.search(sentence.text):
            for id_ in sentence.values("M", match[0]) if self.effective else ():
                self.claim(f"modification:{id_}", "implementation", self.effective, quote, "implemented in part")
        if _DESIGNATES.search(quote):
            self.designated(quote, sentence)

    def effect(self, sentence: Marked, quote: str) -> bool:
        """Read the day on which the version takes effect."""
        if not _THE_SEC.search(sentence.text):
            return False
        for form in _EFFECTIVE:
            match = form.search(sentence.text)
            if match and not re.search(
                r"\b(?:previous(?:ly)?|consultation|not)\b", clause(sentence.text, match.start(), match.end())
            ):
                value = sentence.at(match, "D")
                if not self.effective:
                    self.effective, self.past = (
                        value,
                        bool(_PAST.search(match[0])) and not re.search(r"\bwill\b|\bto come\b", match[0]),
                    )
                    self.version_claim("effective_on", value, quote)
                return value == self.effective
        return False

    def implemented(self, sentence: Marked, quote: str, *, own: bool) -> None:
        """Read which modifications the version implements."""
        for match in _IMPLEMENTS.finditer(sentence.text):
            words = clause(sentence.text, match.start(), match.end())
            included = re.match(r"includ|compris|contain", match[0], re.IGNORECASE)
            if (
                NOT.search(words)
                or _PARTIAL.search(sentence.text)
                or re.search(r"\brequired for\b|\bunder\b|\btext\b", match["gap"])
            ):
                continue
            ids = sentence.values("M", match["Ms"])
            if own or (
                included
                and re.search(r"\b(?:this|it|these|version|release)\b", sentence.text[: match.start()], re.IGNORECASE)
            ):
                self.implement(tuple(ids), quote)
                if own and self.past and not included:
                    for id_ in ids:
                        self.claim(f"modification:{id_}", "status", "implemented", quote, "version")
        for form in _IMPLEMENTED:
            for match in form.finditer(sentence.text):
                if not NOT.search(match[0]) and (own or self.heading == quote):
                    self.implement(tuple(sentence.values("M", match["Ms"])), quote)

    def implement(self, ids: Sequence[str], quote: str, *, beside: str = "") -> None:
        """Claim that the version implements modifications, unless what stands `beside` their names denies it."""
        if _NOT_THIS.search(self.heading) or _EXCLUDED.search(marked(beside or quote).text) or self._role == "out":
            return
        for id_ in ids if self.version else ():
            self.implements.append(id_)
            self.version_claim("implements", id_, quote)

    def parts(self, sentence: Marked, quote: str) -> None:
        """Read the parts that a sentence lists as affected, and those that are new."""
        listed = _CHANGED_PARTS.search(sentence.text)
        begins = _PARTS_CHANGED.search(sentence.text)
        if (
            self.parts_section
            or (listed and (sentence.of("V") or "part" in listed[0] or "version" in sentence.text))
            or begins
        ):
            for part in sentence.values("P"):
                self.version_claim("affects_part", part, quote)
        for form in _NEW_PART:
            for match in form.finditer(sentence.text):
                self.version_claim("adds_part", sentence.at(match, "P"), quote)

    def designated(self, quote: str, sentence: Marked) -> None:
        """Read who designated what the version brings, and the Change Resolution Proposals named with it."""
        if not self.version:
            return
        short = _BODY.search(quote)
        long_ = next((name for name, words in _LONG_BODY if words.search(quote)), "")
        if (body := long_ or (short[1] if short else "")) and not self.body:
            self.body = body
            self.version_claim("designated_by", body, quote)
        for value in sentence.values("K"):
            self.version_claim("change_resolution_proposal", value, quote)

    def finish(self) -> None:
        """Claim when what the version implements was implemented."""
        for claim in [c for c in self.claims if c.attribute == "implements"] if self.effective else ():
            subject = f"modification:{claim.value}"
            self.claims.append(Claim(subject, "implementation", self.effective, claim.evidence, self.item))


def _is_sentence(rest: str) -> bool:
    """Whether what follows a part's name in an item makes a sentence of it."""
    bare = re.sub(r"[‘'“\"].{0,160}?[’'”\"](?!\w)", "", rest)
    return bool(re.search(r"\b(?:has|have|is|are|was|were|will|of|can)\b", bare) and bare.rstrip().endswith("."))


_POSTED = re.compile(
    r"^\W*(?:(?:date )?(?:posted|published|issued|date|added)(?: on| date)?\s*[:|–—-]?\s*)?$", re.IGNORECASE
)
_BYLINE = re.compile(
    r"^[\W\d]*(?:(?:by|in|news|sec|secas|latest|posted|published|category|update|updates|release|team|at|"
    r"am|pm|gmt|bst|min|mins|read|minute|minutes)\b[\W\d]*)*$",
    re.IGNORECASE,
)


def posted_on(block: Block) -> str:
    """Return the date that a line below a post's heading consists of, "" for another line."""
    text = " ".join(block.text.split())
    if len(text) > 80 or (
        re.search(r"\bupdated\b", text, re.IGNORECASE)
        and not re.search(r"\b(?:posted|published)\b", text, re.IGNORECASE)
    ):
        return ""
    found = dates.find(text)
    if not found or len(found[0].value) < 10:
        return ""
    one = found[0]
    before, after = text[: one.start], text[one.end :]
    if _POSTED.match(before) or _BYLINE.match(before):
        return (
            one.value
            if _BYLINE.match(after) or re.match(r"\W*(?:last )?(?:updated|by|in)\b", after, re.IGNORECASE)
            else ""
        )
    return ""
