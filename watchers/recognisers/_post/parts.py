"""Which parts of the SEC a version changes or adds, and who designated them."""

from __future__ import annotations

import re

from bot.domain.forms import fitting
from watchers.outline import Block
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import PART, Marked, pattern
from watchers.phrases.rows import row
from watchers.recognisers._post.implements import ImplementsReading

_OF_IT = re.compile(
    r"\bversion\b|^\W*it\b|^\W*(?:it|this|and|the (?:update|release|designation)|(?:the|these|its|all) (?:changes|"
    r"amendments|updates)) (?:(?:also|will|has|have|are|were|made) )*(?:affect|amend|chang|updat|touch|alter|"
    r"revis|modif)",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no|n|none|✗|n/?a|[-–—])\W*|[-–—]", re.IGNORECASE)
_REMARKS = re.compile(r"\b(?:comments?|notes?|details?|remarks?|summary|description|titles?)\b", re.IGNORECASE)
_WHERE_TO_FIND = re.compile(
    r"\b(?:available|codeworks|published|red-?lin\w*|clean|download\w*|links?)\b", re.IGNORECASE
)
PARTS_HEADING = re.compile(
    r"\bparts?\b.*\b(?:SEC|Code|affect\w*|chang\w*|impact\w*|amend\w*)\b|\b(?:SEC|affected|impacted|"
    r"amended|changed|updated) (?:documents?|parts?|sections?)\b|\bdocuments?\b.*\b(?:affected|impacted|"
    r"amended|changed)\b|"
    r"\bwhat(?:’s|'s| has| is| was)? (?:been )?(?:affected|changed|amended)\b|"
    r"^\W*(?:affected|changed|amended|impacted)\W*$",
    re.IGNORECASE,
)
_NEW_PARTS_FOLLOW = re.compile(
    r"\b(?:new|additional)\b[^.⟦⟧]{0,40}\b(?:Appendi(?:x|ces)|Schedules?|Sections?|parts?|documents?)\b[^.⟦⟧]{0,60}"
    r"\b(?:introduced|added|created|brought in|designated|included|joined?|follow\w*|are|is)\b|"
    r"\b(?:introduc\w+|add(?:s|ed|ing)?|creat\w+|br(?:ings?|inging|ought)|gives|gains?|gained|includ\w+|contain\w+|"
    r"designat\w+|comes? with|came with|has|have)\b[^.⟦⟧]{0,40}\bnew\b[^.⟦⟧]{0,30}\b(?:Appendi(?:x|ces)|"
    r"Schedules?|"
    r"Sections?|parts?|documents?)\b|"
    r"\b(?:Appendi(?:x|ces)|Schedules?|Sections?|parts?|documents?)\b[^.⟦⟧]{0,40}\b(?:added|introduced|created)\b"
    r"(?![^.]{0,20}\bto (?:the )?(?:Section|Schedule|Appendix))|^\W*(?:new|added) (?:SEC )?(?:(?:Subsidiary "
    r")?documents?|parts?|Appendices|"
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
    r"\b(?:affects?|amends?|changes?|updates?|amended|affected|changed|updated|affecting|amending|changing|rewrit\w+|redraft\w*|edits?|edited|extends?|corrects?|corrected|"
    r"updating|touch(?:es|ed|ing)?|alter(?:s|ed|ing)?|revis(?:es|ed|ing)|modif(?:y|ies|ied|ying)|(?:made|makes|are|"
    r"were) (?:changes )?to)\b\W*"
    rf"(?:the following |SEC |parts? )*(?:\W|of the SEC)*{_KINDS}⟦P"
)
_CHANGES_ARE_TO = pattern(
    rf"^\W*(?:the|these|its|all) (?:changes|amendments|updates) (?:are|were|is|was|made|have been made|apply|relate)\b"
    rf"[^⟦⟧;.]{{0,20}}? (?:to|in|within) {_KINDS}⟦P"
)
_PARTS_CHANGED = pattern(
    rf"^\W*(?:only |just |both |also )?{_KINDS}⟦P\d+⟧(?:(?:\s|,|;|and|&)*{_KINDS}⟦P\d+⟧)*[^⟦⟧]{{0,30}}"
    r"\b(?:were|was|are|is|have|has|had|will)\b[^⟦⟧]{0,20}\b(?:affected|changed|amended|impacted|updated|revised|"
    r"re-?designated|chang(?:e|es)|(?:new|amended|revised) (?:text|wording|drafting|provisions|clauses?))\b"
)
_DESIGNATED_AGAIN = pattern(rf"\b(?:has|have|had|was|were|are|is)? ?re-?designat(?:ed|es)\b[^⟦⟧;.]{{0,15}} {_KINDS}⟦P")
_NEW_PART = (
    pattern(r"\b(?:new|additional)\s+(?:SEC\s+)?{P}"),
    pattern(
        r"{P}[^⟦⟧;.]{0,10}?\b(?:has been|was|is|have been|were|are)\b(?: now| also)? (?:added|introduced|created|"
        r"inserted)\b"
        r"(?! to ⟦P)"
    ),
    pattern(
        r"\b(?:added|introduced|inserted|included|brought in)\b[^⟦⟧;.]{0,40}?\bas (?:an? |the )?(?:new )?(?:SEC )?{P}"
    ),
    pattern(r"{P}[^⟦⟧]{0,15}?\((?:new|added|new document)\)"),
    pattern(r"\b(?:adds?|added|adding|introduc\w+|creat\w+)\s+(?:an? |the )?(?:new )?(?:SEC )?{P}"),
)
_BODY = re.compile(r"\b(BEIS|DESNZ|DECC|Secretary of State|Ofgem)\b")
_LONG_BODY = (
    ("BEIS", re.compile(r"Department for Business, Energy (?:and|&) Industrial Strategy", re.IGNORECASE)),
    ("DESNZ", re.compile(r"Department for Energy Security (?:and|&) Net Zero", re.IGNORECASE)),
    ("DECC", re.compile(r"Department of Energy (?:and|&) Climate Change", re.IGNORECASE)),
)


class PartsReading(ImplementsReading):
    """Reads the parts that a version affects."""

    def read_named_part(self, block: Block) -> bool:
        """A heading that is a part of the SEC, in a section of those affected."""
        match = PART.match(re.sub(r"^\W*(?:SEC )?", "", block.text))
        if match and not self.parts_section and _LINKS_HEADING.search(self.heading):
            return True  # a link to the document, set like a heading
        return bool(match and self.parts_section and self.part_row(block))

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
        if _LINKS_HEADING.search(self.heading) and not self.parts_section and not PARTS_HEADING.search(self.lead):
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

    def parts(self, sentence: Marked, quote: str) -> None:
        """Read the parts that a sentence lists as affected, and those that are new."""
        answered, self.asked_parts = self.asked_parts, _asks_for_parts(sentence)
        if answered and _ANSWER.match(sentence.text):
            for part in sentence.values("P"):
                self.version_claim("affects_part", part, quote)
        if not sentence.of("P"):
            return
        listed = _CHANGED_PARTS.search(sentence.text)
        begins = (
            _PARTS_CHANGED.search(sentence.text)
            or _CHANGES_ARE_TO.search(sentence.text)
            or (_DESIGNATED_AGAIN.search(sentence.text) and not _NO_DESIGNATION.search(sentence.text))
        )
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
            for part in changed_parts(sentence):
                self.version_claim("affects_part", part, quote)
        for form in fitting(_NEW_PART, sentence.text):
            for match in form.finditer(sentence.text):
                self.version_claim("adds_part", sentence.at(match, "P"), quote)

    def designated(self, quote: str, sentence: Marked) -> None:
        """Read who designated what the version brings, and the Change Resolution Proposals named with it."""
        if not self.version or _NO_DESIGNATION.search(sentence.text):
            return
        short = _BODY.search(quote)
        long_ = next((name for name, words in _LONG_BODY if words.search(quote)), "")
        if (body := long_ or (short[1] if short else "")) and not self.body:
            self.body = body
            self.version_claim("designated_by", body, quote)
        for value in sentence.values("K"):
            self.version_claim("change_resolution_proposal", value, quote)


_NO_DESIGNATION = re.compile(
    r"\b(?:not|no|nor|never|neither|without|rather than|until|will|to come|later|expect\w*|awaited|plan\w*|upcoming|"
    r"future|draft|decides?|before|consult\w*|whether|propos(?:e|es|ed|ing|al to)|may|might|could|would|should|"
    r"seek\w*|asks?|asked|minded|"
    r"if|unless|once|intend\w*|aims?|likely|possible|request\w*)\b[^;.]{0,60}\bdesignat|"
    r"\bdesignat\w*\b[^;.]{0,60}\b(?:not|to come|later|expect\w*|awaited|will|planned|never|if|unless)\b|"
    r"\b(?:took|mistook|taken|mistaken|thought)\b[^;.]*\bfor\b[^;.]*\bdesignat|\bdesignat[^;.]*\?\W*$",
    re.IGNORECASE,
)
"""What makes of a designation one that was not made, or not yet."""
_ANSWER = pattern(rf"^\W*(?:(?:they|these) (?:are|were)\W+|in (?:this|it)\W+)?{_KINDS}⟦P")
_UNCHANGED = re.compile(
    rf"{NOT.pattern}|\bunchanged\b|\bunaffected\b|\bun(?:amended|altered|touched)\b|\bas (?:it|they) (?:was|were)\b|"
    r"\b(?:is|are|still|being|currently) (?:being )?(?:looked at|reviewed|considered|examined|consulted)\b|"
    r"\bno (?:changes?|amendments?|updates?|edits?)\b|"
    r"\b(?:was|were|been) (?:also )?(?:reviewed|considered|looked at|read|checked|examined|discussed)\b(?![^;.]*\b(?:"
    r"amended|changed|updated|revised)\b)|"
    r"\bunder review\b|\b(?:would|may|might|could|should)\b",
    re.IGNORECASE,
)
_NO_CHANGE_TO = re.compile(
    rf"\b(?:no changes?|nothing|not|neither|leav(?:es|ing)|left)\b[^⟦⟧.;]{{0,30}}$|\bleft {_KINDS}$|"
    rf"\b(?:read|reads|reviewed|considered|looked (?:at|into)|checked|examined|refer(?:s|red)? to|"
    rf"references? (?:in it )?to|"
    rf"in line with|consistent with|compared (?:to|with))\b[^⟦⟧.;]{{0,15}} {_KINDS}$",
    re.IGNORECASE,
)


def changed_parts(sentence: Marked) -> list[str]:
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
    return text.endswith(("?", ":")) and not sentence.of("P") and bool(PARTS_HEADING.search(text))


def _is_sentence(rest: str) -> bool:
    """Whether what follows a part's name in an item makes a sentence of it."""
    bare = re.sub(r"[‘'“\"].{0,160}?[’'”\"](?!\w)", "", rest)
    return bool(re.search(r"\b(?:has|have|is|are|was|were|will|of|can)\b", bare) and bare.rstrip().endswith("."))


_ARTICLE = re.compile(r"^[\W_]*(?:the )?")
