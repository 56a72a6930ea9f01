"""One news post: a new version of the SEC, when it takes effect, what it implements, which parts it affects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.domain import dates, statuses
from bot.domain.claims import Claim
from bot.domain.evidence import BETWEEN
from watchers.outline import Block
from watchers.phrases.hedges import NOT, clause
from watchers.phrases.marks import PART, Marked, marked, pattern, sentences
from watchers.phrases.rows import Row, leading, row
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
_UNCERTAIN = re.compile(
    r"\b(?:previous(?:ly)?|consultation|not|may|might|could|would|should|if|unless|whether|subject to|dependent on|"
    r"depend(?:s|ing) on|provided(?: that)?|provisional(?:ly)?|propos(?:e|es|ed|ing)|suggest\w*|hop(?:e|es|ed|ing)|"
    r"aim(?:s|ed|ing)?|intend(?:s|ed)?|minded|pending|assuming|tentative\w*|indicative)\b(?! amendment)",
    re.IGNORECASE,
)
"""What makes of a day on which a version takes effect one on which it may."""


def _around(text: str, match: re.Match[str]) -> str:
    """Return the clause of a match with the condition that may follow it."""
    after = re.match(r"[^.;]{0,80}", text[match.end() :])
    follows = after[0] if after and _CONDITION.search(after[0]) else ""
    return clause(text, match.start(), match.end()) + " " + follows


_CONDITION = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:if|unless|subject to|depend\w* on|provided|pending|assuming|should (?:it|the|ofgem))\b",
    re.IGNORECASE,
)
_THE_SEC = pattern(
    r"⟦V\d+⟧|^\W*(?:this|the) (?:update|change)s?\b|\bversion of the (?:SEC|Smart Energy Code|Code)\b|"
    r"\b(?:this|the|new|updated|latest) version\b|\bthe (?:updated )?(?:SEC|Smart Energy Code)\b|"
    r"^\W*(?:it|effective|in effect|with effect)\b|^\W*(?:a|the) new (?:SEC|Smart Energy Code|Code)\b"
)
_REPLACED = re.compile(
    r"\b(?:replac(?:ed|es|ing)|supersed(?:ed|es|ing)|took over from|(?:took|taken|takes) the place of|in place of|"
    r"succeeded) ⟦V\d+⟧",
    re.IGNORECASE,
)
_EFFECT_LABEL = re.compile(
    r"\W*(?:date )?(?:(?:now )?(?:in|into) (?:effect|force)|(?:came|comes|coming|went|"
    r"goes) (?:in(?:to)? (?:effect|force)|live)|"
    r"t(?:akes|ook|aking) effect|effective|effect|live|of effect|it (?:came|comes|took|takes) (?:into )?(?:effect|"
    r"force))"
    r"(?:\W+(?:date|from|since|on|as of))*\W*",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:came|took|went|was|became|has|were|since|in (?:effect|force))\b", re.IGNORECASE)
_IMPLEMENTS = pattern(
    r"\b(?:modifications? in (?:it|this version) (?:is|are)|implement(?:s|ed|ing|ation of)?|deliver(?:s|ed|"
    r"ing)?|bring(?:s|ing)? in|introduc(?:es|ed|ing)|carr(?:ies|ied|ying)|"
    r"includ(?:es|ed|ing|e)|contain(?:s|ed|ing)?|compris(?:es|ed|ing)|incorporat(?:es|ed|"
    r"ing))\b(?:[^⟦⟧]{0,70}?⟦R\d+⟧)?(?P<gap>[^⟦⟧]{0,90}?)"
    r"(?P<list>⟦M\d+⟧(?:(?:\s|,|;|/|&|and\b|as well as\b|plus\b|both\b|also\b|the\b|of\b|(?:first|second|third|last|"
    r"final|remaining|next|another) |(?:phase|part|stage|half|elements|parts|remainder|rest)\b)*⟦M\d+⟧)*)"
)
_PART_OF = re.compile(r"\b(?:phase|part|stage|half|elements?|parts|remainder|rest) of (?:the )?$", re.IGNORECASE)
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
    r"^\W*(?:implements|brings in|delivers)\b|"
    r"^\W*(?:it|this|this (?:version|release|update)|the (?:new )?(?:version|"
    r"update)) (?:also |will |now )*"
    r"(?:implement|deliver|bring|includ|contain|compris|introduc|incorporat|carr(?:y|ie))\w*\b",
    re.IGNORECASE,
)
_WITH_IT = re.compile(
    r"^\W*(?:(?:alongside|together with|along with|with|besides|in addition to|as well as|in|at the same time "
    r"as) (?:it|"
    r"this|that|them|(?:this|the same|that) (?:version|release|update))|in addition|also|at the same time)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    r"\bversion\b|^\W*(?:it|this|and|the (?:update|release|designation)|(?:the|these|its|all) (?:changes|"
    r"amendments|updates)) (?:(?:also|will|has|have|are|were|made) )*(?:affect|amend|chang|updat|touch|alter|"
    r"revis|modif)",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
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
_LABEL = re.compile(
    r"^\W*(?:the )?(?:only )?(?:SEC )?(?:modifications?|changes)(?: proposals?)? (?:implemented|included|delivered)"
    r"(?: in (?:this \w+|it))?(?:\s*:| (?:are|is|was|were)\b)|"
    r"^\W*the (?:only |one )?modification(?: proposal)? in (?:it|this version) is\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no|n|none|✗|n/?a|[-–—])\W*|[-–—]", re.IGNORECASE)
_REMARKS = re.compile(r"\b(?:comments?|notes?|details?|remarks?|summary|description|titles?)\b", re.IGNORECASE)
_WHERE_TO_FIND = re.compile(
    r"\b(?:available|codeworks|published|red-?lin\w*|clean|download\w*|links?)\b", re.IGNORECASE
)
_PARTS_HEADING = re.compile(
    r"\bparts?\b.*\b(?:SEC|Code|affect\w*|chang\w*|impact\w*|amend\w*)\b|\b(?:SEC|affected|impacted|"
    r"amended|changed|updated) (?:documents?|parts?|sections?)\b|\bdocuments?\b.*\b(?:affected|impacted|"
    r"amended|changed)\b|"
    r"\bwhat(?:’s|'s| has| is| was)? (?:been )?(?:affected|changed|amended)\b|"
    r"^\W*(?:affected|changed|amended|impacted)\W*$",
    re.IGNORECASE,
)
_LISTS_MODIFICATIONS = re.compile(
    r"\W*(?:(?:this )?(?:version |release )?(?:implements|includes|contains)|(?:SEC )?(?:modifications?|"
    r"changes)(?: proposals?)?"
    r"(?: (?:implemented|included|delivered|in this (?:version|release)))?|implemented (?:modifications?|changes)|"
    r"implemented)\W*",
    re.IGNORECASE,
)
_NEW_PARTS_FOLLOW = re.compile(
    r"\b(?:new|additional)\b[^.⟦⟧]{0,40}\b(?:Appendi(?:x|ces)|Schedules?|Sections?|parts?|documents?)\b[^.⟦⟧]{0,60}"
    r"\b(?:introduced|added|created|brought in|designated|included|joined?|follow\w*|are|is)\b|"
    r"\b(?:introduc\w+|add(?:s|ed|ing)?|creat\w+|br(?:ings?|inging|ought)|gives|gains?|gained|includ\w+|contain\w+|"
    r"designat\w+|comes? with|came with|has|have)\b[^.⟦⟧]{0,40}\bnew\b[^.⟦⟧]{0,30}\b(?:Appendi(?:x|ces)|"
    r"Schedules?|"
    r"Sections?|parts?|documents?)\b|^\W*(?:new|added) (?:SEC )?(?:(?:Subsidiary )?documents?|parts?|Appendices|"
    r"Schedules|"
    r"Sections)\W*$",
    re.IGNORECASE,
)
_LINKS_HEADING = re.compile(r"\bred-?lin\w+|\bdownload\w*|\bwhere can\b|\baccess\b|\bfind\b", re.IGNORECASE)
_KINDS = r"(?:the |SEC |Sections? |Schedules? |Appendices |Appendix )*"
_CHANGED_PARTS = pattern(
    r"\bparts?\b[^⟦⟧]{0,60}\b(?:affected|changed|amended|impacted|updated)\b|"
    r"\b(?:affected|changed|amended|impacted|updated) (?:SEC )?(?:parts|documents|"
    r"sections)\b[^⟦⟧]{0,20}(?:\b(?:are|is|were|was)\b|:)|"
    r"\b(?:SEC )?(?:parts|documents|sections) (?:affected|changed|amended|impacted|"
    r"updated)\b[^⟦⟧]{0,20}(?:\b(?:are|is|were|was)\b|:)|"
    r"\b(?:affects?|amends?|changes?|updates?|amended|affected|changed|updated|affecting|amending|changing|"
    r"updating|touch(?:es|ed|ing)?|alter(?:s|ed|ing)?|revis(?:es|ed|ing)|modif(?:y|ies|ied|ying)|(?:made|makes|are|"
    r"were) (?:changes )?to)\b\W*"
    rf"(?:the following |SEC |parts? )*(?:\W|of the SEC)*{_KINDS}⟦P"
)
_PARTS_CHANGED = pattern(
    rf"^\W*{_KINDS}⟦P\d+⟧(?:(?:\s|,|;|and|&)*{_KINDS}⟦P\d+⟧)*[^⟦⟧]{{0,30}}"
    r"\b(?:were|was|are|is|have|has|had|will)\b[^⟦⟧]{0,20}\b(?:affected|changed|amended|impacted|updated|revised|"
    r"re-?designated|chang(?:e|es))\b"
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


_OF_SEVERAL = re.compile(r"\b(?:modifications|proposals|following|these|others?|another)\b", re.IGNORECASE)
_LEADS = re.compile(r":\W*$|\bfollowing\b|\bbelow\b", re.IGNORECASE)
_OF_A_LIST = frozenset(
    (
        "status",
        "approved_on",
        "authority_decided_on",
        "change_board_vote_on",
        "change_board_recommendation",
        "withdrawn_on",
        "decision_path",
        "consultation_closes_on",
        "raised_on",
        "converted_on",
        "panel_presentation_on",
    )
)
"""What the words above a list can say of each that is in it."""


_AFFECTED = re.compile(
    r"^\W*(?:SEC )?(?:documents? |parts? )?(?:affected|changed|amended|impacted|updated)(?: in the (?:SEC|Code))?\s*:",
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
_DECISIONS = re.compile(
    r"\b(?:also|other|further|recent(?:ly)?) (?:decided|decisions?|news)\b|\bdecisions?\b|\bdecided\b|\boutcomes?\b|"
    r"\belsewhere\b|\bmeanwhile\b|\bin other news\b",
    re.IGNORECASE,
)
"""Headings below which a post tells of what its version did not bring."""


class PostWalk(Walk):
    """Reads one post. `version`: the SEC version that it is about, "" where it is about none."""

    def begin(self, heading: Block, number: int, version: str) -> None:
        """Read the post's heading."""
        self.version, self.context.version = version, version
        self.implements: list[str] = []
        self.parts_section = self.asked_parts = False
        self.effective, self.past = "", False
        self.posted_day = ""
        self.body = ""
        self.number, self.heading, self.text = number, heading.text, heading.text
        self.first_named: dict[str, tuple[int, str]] = {}
        self.parts_of: set[str] = set()
        self.within = ""
        whole = marked(heading.text)
        if not version and len(whole.values("R")) == 1:
            self.release = self.context.release = whole.values("R")[0]
        named = whole.values("M")
        self.main = tuple(named) if len(named) == 1 else ()
        self.sentence(whole)
        if self.version in whole.values("V") and len(whole.values("R")) == 1:
            self.version_claim("implements_release", whole.values("R")[0], heading.text)
        self.context.last = self.main

    def read_cut(self, number: int, block: Block) -> None:
        """Read of a paragraph that is cut short the titles that are whole: those with words after them."""
        self.number, self.text = number, block.text
        for mark in marked(block.text).of("M"):
            after = block.text.partition(mark.text)[2]
            if mark.title and not set(mark.title) & set('‘“"') and re.match(r"\W{0,2}\s*\w", after):
                self.claim(f"modification:{mark.value}", "title", mark.title, mark.text, "title")

    def posted(self, value: str, quote: str, number: int) -> None:
        """Claim when the post was posted, by the line with that number."""
        self.number, self.text, self.posted_day = number, quote, value
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
        self.within = block.text
        self.parts_section = bool(_PARTS_HEADING.search(block.text))
        whole = marked(block.text)
        self.context.about = ()
        if _DESIGNATES.search(block.text):
            self.designated(block.text, whole)

    def read_named_part(self, block: Block) -> bool:
        """A heading that is a part of the SEC, in a section of those affected."""
        match = PART.match(re.sub(r"^\W*(?:SEC )?", "", block.text))
        if match and not self.parts_section and _LINKS_HEADING.search(self.heading):
            return True  # a link to the document, set like a heading
        return bool(match and self.parts_section and self.part_row(block))

    def read_row(self, block: Block) -> bool:
        """A row of parts, of resolution proposals, or of modifications."""
        return self.part_row(block) or self.labelled_list(block) or super().read_row(block)

    def labelled_list(self, block: Block) -> bool:
        """A label beside what it lists: "Implements | MP158A ‘…’; MP172 ‘…’", "Parts affected | Section B"."""
        if len(block.cells) != 2:
            return False
        label, value = block.cells[0], marked(block.cells[1])
        if _EFFECT_LABEL.fullmatch(label) and (day := dates.whole(block.cells[1])) and not block.header:
            self.takes_effect(day, block.text, past=False)
            return True
        if _PARTS_HEADING.search(label) and value.of("P"):
            for part in value.values("P"):
                self.version_claim("affects_part", part, block.text)
            return True
        if not _LISTS_MODIFICATIONS.fullmatch(label) or len(value.values("M")) < 2:
            return False
        self.titles(value, block.text)
        self.implement(tuple(value.values("M")), block.text)
        self.context.last = tuple(value.values("M"))
        return True

    def read_paragraph(self, block: Block) -> None:
        """Running text; a paragraph that begins with a modification tells what the version does for it."""
        if _AFFECTED.match(block.text) and not _NOT_THIS.search(self.within):
            for part in _changed(marked(block.text)):
                self.version_claim("affects_part", part, block.text)
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
            if not _NOT_THIS.search(self.within):
                self.first_named.setdefault(id_, (self.number, block.text))
        super().read_paragraph(block)

    def elsewhere(self, text: str) -> bool:
        """Whether a paragraph tells of a modification that did not come with the version."""
        first = sentences(text, self.context.release)[:1]
        return any(_NOT_WITH_IT.search(piece) for one in first for piece in [one.text.partition(";")[0]])

    def part_row(self, block: Block) -> bool:
        """A part of the SEC in a list or table of those affected."""
        first = block.cells[0] if block.cells else block.text
        plain = _ARTICLE.sub("", first)
        match = PART.match(plain)
        if block.kind == "paragraph" and not (match and len(block.text) < 120 and not block.text.endswith(".")):
            return False
        if not match or (block.kind != "row" and _is_sentence(plain[match.end() :])):
            return False
        if len(block.cells) > 1 and (found := row(block, "MCK")) and match[0] in found.title:
            return False
        if _LINKS_HEADING.search(self.heading) and not self.parts_section and not _PARTS_HEADING.search(self.lead):
            return True
        if self.crossed_out(block):
            return True
        part = f"{match['kind']} {match['key']}"
        self.version_claim("affects_part", part, block.text)
        if (
            re.search(
                r"\(\s*(?:new|added|new document)\s*\)|^\s*new\b|[–—,-]\s*new(?: document)?\W*$", first, re.IGNORECASE
            )
            or _NEW_PARTS_FOLLOW.search(self.lead)
            or (not self.lead and _NEW_PARTS_FOLLOW.search(self.heading))
        ):
            self.version_claim("adds_part", part, block.text)
        return True

    def crossed_out(self, block: Block) -> bool:
        """Whether a row says "No" in each column that tells why a part would have changed."""
        headers = [*block.header, *[""] * len(block.cells)]
        told = [
            cell
            for cell, header in zip(block.cells[1:], headers[1:], strict=False)
            if not _WHERE_TO_FIND.search(header) and not _REMARKS.search(header)
        ]
        alone = len(block.cells) == 2 and not block.header
        said = [cell for cell in told if cell.strip()]
        return bool(said) and not alone and all(_NO.fullmatch(cell) for cell in said)

    def modification(self, found: Row, block: Block) -> None:
        """A modification's row: it is implemented, unless the list or row says that it is not."""
        begun = len(self.claims)
        super().modification(found, block)
        self.as_led(found.mark.value, block, self.claims[begun:])
        told = {c.value for c in self.claims[begun:] if c.attribute == "status"}
        if told & _NOT_IMPLEMENTED or _DECISIONS.search(self.within):
            return
        self.implement(
            (found.mark.value,), block.text, beside=block.text.replace(found.title, " ") if found.title else ""
        )
        if block.kind == "paragraph" and not found.cells:
            self.context.last = (found.mark.value,)  # a name alone on its line: what stands below is about it

    def as_led(self, id_: str, block: Block, own: Sequence[Claim]) -> None:
        """Claim of a row what the sentence above its list says of all: "The Change Board approved the following …:"."""
        above = sentences(self.lead, self.context.release)[-1:]
        if not above or above[0].of("M") or not _LEADS.search(above[0].text):
            return
        before_ = self.context.about
        self.context.about = (id_,)
        told = {c.attribute for c in own if c.subject == f"modification:{id_}"}
        for subject, attribute, value, rule in super().said(above[0]):
            if (
                attribute in _OF_A_LIST
                and attribute not in told
                and not ("status" in told and attribute != "decision_path")
            ):
                self.claim(subject, attribute, value, f"{above[0].plain()}{BETWEEN}{block.text}", rule)
        self.context.about = before_
        decided = {c.value for c in own if c.attribute == "status"} & {"approved", "rejected"}
        if decided and self.context.body_on and self.context.body.casefold() == "change board":
            self.claim(f"modification:{id_}", "change_board_vote_on", self.context.body_on, block.text, "decision")

    def place(self, id_: str, quote: str, just_said: Sequence[Claim]) -> None:
        """A list in a post about a version is of what that implements, not of a release's scope."""
        if not self.version:
            super().place(id_, quote, just_said)

    def request_row(self, found: Row, block: Block) -> None:
        """A Change Resolution Proposal that came in with the version."""
        super().request_row(found, block)
        if found.mark.kind == "K":
            self.version_claim("change_resolution_proposal", found.mark.value, block.text)

    # --- sentences ---

    def said(self, sentence: Marked) -> Iterable[tuple[str, str, str, str]]:
        """Return what a sentence says; in a post about one modification "this modification" needs no name."""
        if self.main and not self.context.about and not sentence.of("M") and not _OF_SEVERAL.search(sentence.text):
            self.context.about = self.main
            found = list(super().said(sentence))
            self.context.about = ()
        else:
            found = list(super().said(sentence))
        self.of_version(sentence)
        return found

    def of_version(self, sentence: Marked) -> None:
        """Read what a sentence says of the version."""
        named = sentence.values("V", _REPLACED.sub("", sentence.text))
        if not self.version or any(value != self.version for value in named):
            return
        quote = sentence.plain()
        took_effect = self.effect(sentence, quote)
        own = (
            took_effect
            or self.named(sentence)
            or bool(_IT.match(sentence.text))
            or (bool(_LABEL.match(sentence.text)) and not NOT.search(sentence.text))
        )
        if own and (match := _RELEASE.search(sentence.text) or (took_effect and pattern("{R}").search(sentence.text))):
            self.version_claim("implements_release", sentence.at(match, "R"), quote)
        self.implemented(sentence, quote, own=own)
        self.parts(sentence, quote)
        if match := _PARTIAL.search(sentence.text):
            for id_ in sentence.values("M", match[0]) if self.effective else ():
                self.claim(f"modification:{id_}", "implementation", self.effective, quote, "implemented in part")
        if _DESIGNATES.search(quote):
            self.designated(quote, sentence)

    def named(self, sentence: Marked) -> bool:
        """Whether a sentence names the version: "SEC v62.0", or "Version 62.0" where nothing else has that version."""
        if self.version in sentence.values("V"):
            return True
        return self.version in sentence.text and bool(_short(self.version).search(sentence.text))

    def effect(self, sentence: Marked, quote: str) -> bool:
        """Read the day on which the version takes effect."""
        if not _THE_SEC.search(sentence.text) and not self.named(sentence):
            return False
        for form in _EFFECTIVE:
            match = form.search(sentence.text)
            if match and not _UNCERTAIN.search(_around(sentence.text, match)):
                value = sentence.at(match, "D")
                past = bool(_PAST.search(match[0])) and not re.search(r"\bwill\b|\bto come\b", match[0])
                self.takes_effect(value, quote, past=past)
                return value == self.effective
        return False

    def takes_effect(self, day: str, quote: str, *, past: bool) -> None:
        """Claim when the version takes effect, as it is first told."""
        if not self.effective and self.version:
            self.effective, self.past = day, past
            self.version_claim("effective_on", day, quote)

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
            ids = sentence.values("M", match["list"])
            self.parts_of |= {
                sentence.marks[one[1]].value
                for one in re.finditer(r"⟦(M\d+)⟧", sentence.text)
                if _PART_OF.search(sentence.text[: one.start()])
            }
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
        if not self.version or _NOT_THIS.search(self.within) or self._role == "out":
            return
        whole = marked(beside or quote)
        excluded = {id_ for match in _EXCLUDED.finditer(whole.text) for id_ in whole.values("M", match[0])}
        for id_ in ids:
            if id_ in excluded:
                continue
            self.implements.append(id_)
            self.version_claim("implements", id_, quote)

    def parts(self, sentence: Marked, quote: str) -> None:
        """Read the parts that a sentence lists as affected, and those that are new."""
        answered, self.asked_parts = self.asked_parts, _asks_for_parts(sentence)
        if answered and _ANSWER.match(sentence.text):
            for part in sentence.values("P"):
                self.version_claim("affects_part", part, quote)
        listed = _CHANGED_PARTS.search(sentence.text)
        begins = _PARTS_CHANGED.search(sentence.text)
        if (
            self.parts_section
            or (
                listed
                and (
                    sentence.of("V")
                    or "part" in listed[0].casefold()
                    or ":" in listed[0]
                    or _OF_IT.search(sentence.text)
                )
            )
            or begins
        ):
            for part in _changed(sentence):
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


_ELSEWHERE = re.compile(
    r"^[^⟦]*\b(?:without|except|unlike|not|if|once|until)\b[^⟦]*⟦M|"
    r"⟦M\d+⟧[^⟦,;]{0,40}\b(?:not|no longer|withdrawn|rejected|refined|deferred|postponed|moved|follows?|later|"
    r"will|would|"
    r"may|might|next|consultation)\b",
    re.IGNORECASE,
)


_ANSWER = pattern(rf"^\W*(?:(?:they|these) (?:are|were)\W+|in (?:this|it)\W+)?{_KINDS}⟦P")


_UNCHANGED = re.compile(
    rf"{NOT.pattern}|\bunchanged\b|\bunaffected\b|\bun(?:amended|altered|touched)\b|\bas (?:it|they) (?:was|were)\b|"
    r"\b(?:is|are|still|being|currently) (?:being )?(?:looked at|reviewed|considered|examined|consulted)\b|"
    r"\bunder review\b|\b(?:would|may|might|could|should)\b",
    re.IGNORECASE,
)
_NO_CHANGE_TO = re.compile(
    rf"\b(?:no changes?|nothing|not|neither|leav(?:es|ing)|left)\b[^⟦⟧.;]{{0,30}}$|\bleft {_KINDS}$", re.IGNORECASE
)


def _changed(sentence: Marked) -> list[str]:
    """Return the parts that a sentence names, but for those of which it says that nothing has changed in them."""
    found: list[str] = []
    for run in _RUN_OF_PARTS.finditer(sentence.text):
        after = re.split(r"[;.⟦]", sentence.text[run.end() :])[0]
        if not _UNCHANGED.search(after) and not _NO_CHANGE_TO.search(sentence.text[: run.start()]):
            found += sentence.values("P", run[0])
    return found


_RUN_OF_PARTS = re.compile(rf"⟦P\d+⟧(?:(?:\s|,|&|and\b|or\b)*{_KINDS}⟦P\d+⟧)*", re.IGNORECASE)


def _asks_for_parts(sentence: Marked) -> bool:
    """Whether a sentence asks which parts were affected, or announces them: "Parts affected:"."""
    text = sentence.text.rstrip()
    return text.endswith(("?", ":")) and not sentence.of("P") and bool(_PARTS_HEADING.search(text))


def _hedged(sentence: Marked) -> bool:
    """Whether the modification that a sentence names first is one that has not come, or may not."""
    return bool(_ELSEWHERE.search(sentence.text))


@lru_cache(64)
def _short(version: str) -> re.Pattern[str]:
    """Return how a version is named for short."""
    before = r"(?:^|[.,;:(]\s|\b(?:the|this|of|and|in|by|new|to|that) )\W*"
    return re.compile(rf"{before}(?:v|version)\s?{re.escape(version)}(?![.\d])", re.IGNORECASE)


def _is_sentence(rest: str) -> bool:
    """Whether what follows a part's name in an item makes a sentence of it."""
    bare = re.sub(r"[‘'“\"].{0,160}?[’'”\"](?!\w)", "", rest)
    return bool(re.search(r"\b(?:has|have|is|are|was|were|will|of|can)\b", bare) and bare.rstrip().endswith("."))


_SAYS_POSTED = r"(?:date )?(?:posted|published|issued|date|added|written)(?: date)?"
_WHO = r"(?:the )?(?:[A-Z][\w&’'-]*(?: (?:[A-Z&][\w&’'-]*|and|of|the)){0,4}|\w+ team)"
_CATEGORY = (
    r"(?:(?:in|category|categories|filed under|tags?)\s*:?\s*)?(?:(?:latest |sec |our )?(?:news|sec|secas|"
    r"updates?|releases?|"
    r"modifications?|team|announcements?|notices?|articles?|posts?|press release)\W*)"
)
_READING_TIME = r"\d{1,2}[ -]min(?:ute)?s?(?: read)?"
_TIME = r"(?:at )?\d{1,2}[:.]\d\d\s*(?:am|pm|gmt|bst)?|\d{1,2}\s*(?:am|pm)"
_PLACE = r"(?:London|Great Britain)"
_UPDATED = r"(?:(?:last )?(?:updated|modified|amended|edited|revised)|by|in)\b.*"
_BETWEEN = r"[\s|,.:;·•()/–—-]*"
_POSTED = re.compile(
    rf"{_BETWEEN}(?:(?i:{_SAYS_POSTED}|{_CATEGORY}|{_READING_TIME}|{_PLACE}|on)\b{_BETWEEN}|"
    rf"(?i:by) {_WHO}\b{_BETWEEN})*"
)
_BYLINE = re.compile(rf"{_BETWEEN}(?:(?i:{_TIME}|{_READING_TIME}|{_CATEGORY}|{_UPDATED}){_BETWEEN})*")
_DATELINE = re.compile(rf"\W*(?:{_PLACE},?\s*)?$", re.IGNORECASE)
_LONGEST_BYLINE = 80


_ARTICLE = re.compile(r"^[\W_]*(?:the )?")


def posted_on(block: Block) -> str:
    """Return the date that a line below a post's heading consists of, with whose it is; "" for another line."""
    text = " ".join(block.text.split())
    if len(text) > _LONGEST_BYLINE or (_UPDATED_ONLY.search(text) and not _POSTED_TOO.search(text)):
        return ""
    found = dates.find(text)
    if not found or len(found[0].value) < len("2021-11-04"):
        return ""
    before, after = text[: found[0].start], text[found[0].end :]
    return found[0].value if _POSTED.fullmatch(before) and _BYLINE.fullmatch(after) else ""


_UPDATED_ONLY = re.compile(r"\bupdated\b", re.IGNORECASE)
_POSTED_TOO = re.compile(r"\b(?:posted|published)\b", re.IGNORECASE)


def dateline(block: Block) -> str:
    """Return the date with which a post's first paragraph begins: "19 July 2022 – SEC v62.0 came into effect …"."""
    found = dates.find(block.text[:_LONGEST_BYLINE]) if block.kind == "paragraph" else []
    if not found or len(found[0].value) < len("2021-11-04") or not _DATELINE.match(block.text[: found[0].start]):
        return ""
    return found[0].value if re.match(r"\s*(?:[–—|]|-\s|:)\s*[A-Z]", block.text[found[0].end :]) else ""
