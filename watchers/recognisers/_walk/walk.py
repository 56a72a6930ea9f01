"""One walk through a page: headings give the release, words above a list its meaning, sentences and rows facts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain import dates, statuses
from bot.domain.claims import Passage
from bot.domain.evidence import BETWEEN
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.outline.text.prose import GLUED_DATE
from watchers.phrases import columns
from watchers.phrases.chrome import begins_chrome
from watchers.phrases.context import begun_with
from watchers.phrases.documents import document
from watchers.phrases.marks import marked, sentences
from watchers.phrases.rows import leading, row, title_alone
from watchers.phrases.rules.baselines import names_implementation_document
from watchers.phrases.rules.go_live import changes_go_live
from watchers.recognisers._walk.claims import Section
from watchers.recognisers._walk.kinds import baselined_row, happened_row, is_card, is_named_only
from watchers.recognisers._walk.rows import LABEL, RowWalk

_NUMBER = re.compile(r"^\s*(?:(?:section|part)\s+)?(?:\d+|[A-Z])(?:\.\d+)*[.)]?\s+(?=\S)")
_APART = re.compile(
    r"^\W*(?:recommendations?|next steps|purpose|background|attachments?|appendi(?:x|ces)|summary|"
    r"executive summary|conclusions?|"
    r"other matters|contacts?|glossary|introduction|related\b.*|further information)\W*$",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\bimplementation (?:approach|date)|\bapproach to implement\w+|\bimplementation of\b", re.IGNORECASE
)
_UNMARKED = re.compile(r"(?P<label>(?:current )?(?:status|stage|position))\s+(?P<value>[A-Z].*)$", re.IGNORECASE)
"""A label and its value that only their setting tells apart: "Status Approved"."""
_WHO_DECIDES = re.compile(r"\b(?:authority|ofgem|change board|panel|secretary of state|decision)\b", re.IGNORECASE)

_SUBJECT_ONLY = re.compile(
    r"\b(?:Change Board|Authority|Ofgem|GEMA|Panel)(?: (?:members|has|have|also|then|unanimously|on \d{1,2}\w* "
    r"\w+ 20\d\d))*"
    r"\s*:\W*$"
)
"""Words above a list that are but the subject of what its items say."""
_GOES_ON = re.compile(r"\W*(?:(?:also|then|unanimously) )?[a-z]{3,}ed\b")


class Walk(RowWalk):
    """Reads blocks in their order. `release`: the page's own; `item`: the stream's item that says it all."""

    def read(self, blocks: Iterable[tuple[int, Block]]) -> None:
        """Read blocks with their numbers."""
        for number, block in blocks:
            self.number, self.text = number, block.text
            self.off_page = begins_chrome(block.text) or (self.off_page and block.kind != "heading")
            begun = len(self.claims)
            if block.kind == "heading":
                self.read_heading(block)
            elif not (
                self.read_date_below(block)
                or self.touched_item(block)
                or self.read_row(block)
                or self.read_detail(block)
                or self.below_name(block)
            ):
                self.read_paragraph(block)
            if len(self.claims) == begun:
                self.nothing_read(block)
            self._before = block

    def nothing_read(self, block: Block) -> None:
        """Keep a row or an item that begins with an id and said nothing, unless its list is of what is not ours."""
        looks = block.kind == "row" or (block.kind == "item" and not block.text.endswith("."))
        if looks and MODIFICATION.match(block.text) and not (self._grouped and self._role == "none"):
            self.residue.append(block.text)

    def read_heading(self, block: Block) -> None:
        """A heading: the section's release, the modification it is about, the card of a modification."""
        self._document = None
        found = row(block)
        if found and is_card(found, block):
            self.group(block)
            self.heading = block.text
            self.context.section = (found.mark.value,)
            self.modification(found, block)
            self._card, self._card_is_heading = (found.mark.value,), True
            return
        if self.read_named_part(block):
            return
        if (request := row(block, "CK", self.context.release)) and is_named_only(request):
            self.request_row(request, block)
            return
        self._card, self._card_is_heading, self._grouped = (), False, False
        self.enter(block)
        self.lead, self.heading, self.context.request = "", block.text, ""
        self._above.clear()
        self.section = block.text
        whole = marked(_NUMBER.sub("", block.text), self.context.release)
        self.context.about, self.context.document = (), names_implementation_document(block.text)
        self.context.last = tuple(whole.values("M")) if len(whole.values("M")) == 1 else ()
        self.context.section = self.context.last
        if not whole.of("M") and changes_go_live(whole):
            self.context.request = next(iter(whole.values("R")), self.context.release)
        self.titles(whole, block.text)
        self.notes(block.text)
        if self.own_page and whole.of("D") and not whole.of("M"):
            self.sentence_text(GLUED_DATE.sub(r"\g<label>: ", block.text))
        if _WATCHED.search(block.text):
            self.passages.append(Passage(block.text, ()))
        if (
            (mark := next(iter(whole.of("R")), None))
            and not mark.own
            and re.match(r"\W*(?:[^⟦⟧.!?]{0,60}[:–—|>»/]\s*)?(?:the )?⟦R", whole.text, re.IGNORECASE)
        ):
            self.name(mark, block.text)

    def read_named_part(self, block: Block) -> bool:
        """A heading that is itself a document's row, as on a page of cards."""
        paper = document(block) if len(block.text) < 140 else None
        if paper and paper.is_draft_of:
            self.document_row(paper, block)
            return True
        return False

    def enter(self, block: Block) -> None:
        """Keep track of the release and year that sections are about."""
        whole = marked(block.text)
        level = 0 if self.flat else block.level
        releases, years = whole.values("R"), whole.values("Y")
        if not releases and not years and self.flat and not _APART.match(_NUMBER.sub("", block.text)):
            return
        while self._sections and self._sections[-1].level >= level:
            self._sections.pop()
        if not self.own_page:
            if len(releases) == 1:
                self._sections.append(Section(level, releases[0], ""))
            elif years:
                self._sections.append(Section(level, "", years[0]))
        top = self._sections[-1] if self._sections else Section(0, self.release, "")
        self.context.release, self.context.year = top.release, top.year

    def read_date_below(self, block: Block) -> bool:
        """A date alone, below its label or beside the document that it belongs to."""
        dated = (
            re.sub(
                r"^(?:date )?(?:published|issued|updated)(?: on)?\s*:?\s*|^date\s*:\s*",
                "",
                block.text,
                flags=re.IGNORECASE,
            )
            if self._document
            else block.text
        )
        if block.kind == "row" or not (value := dates.whole(dated)):
            return False
        if self._document:
            open_, self._document = self._document, None
            self.claim(
                self.document_subject(open_), "published_on", value, f"{self._quoted} | {block.text}", "document row"
            )
            return True
        label = self._before.text if self._before and self._before.kind in ("heading", "paragraph", "item") else ""
        if label and len(label) < 80 and not label.rstrip().endswith("."):
            if self._card and (found := columns.field(label.rstrip(" :"), block.text)):
                self.fields(self._card, found, f"{label} | {block.text}")
            else:
                self.text = f"{label} | {block.text}"
                self.sentence_text(f"{label.rstrip(' :?')}: {block.text}")
        return True

    def read_detail(self, block: Block) -> bool:
        """A line below a modification's name: "Implemented", "Status: Approved"."""
        if not self._card or (block.kind == "row" and len(block.cells) > 2) or self.below_a_stage(block):
            return False
        label, value = "", block.text
        if len(block.cells) == 2:
            label, value = block.cells
        elif match := LABEL.match(block.text):
            label, value = match["label"].rstrip(" :"), match["value"]
        elif (match := _UNMARKED.match(block.text)) and statuses.named(match["value"]):
            label, value = match["label"], match["value"]
        if label and not columns.known(label) and columns.field(label, value) is None:
            return False
        if not label and (title := self.title_below(value)):
            for id_ in self._card:
                self.claim(f"modification:{id_}", "title", title, f"{self._quoted} | {block.text}", "row")
            return True
        found = columns.field(label, value)
        if found is None and label:
            self.prose(f"{label}: {value}" if _WHO_DECIDES.search(label) else value, self._card)
            return True
        if found is None and self._card_is_heading:
            if self.names_another(block.text):
                self._card = ()
                return False
            self.prose(block.text, self._card)
            return True
        if found is None:
            return False
        self.fields(self._card, found, f"{self._quoted} | {block.text}")
        return True

    def title_below(self, text: str) -> str:
        """Return the title that stands by itself just below its id, "" where the line is no such title."""
        before = self._before.text if self._before else ""
        if (
            len(self._card) != 1
            or not re.fullmatch(r"\W*⟦M\d+⟧\W*", marked(before).text)
            or marked(before).of("M")[0].title
        ):
            return ""
        return title_alone(text)

    def names_another(self, text: str) -> bool:
        """Whether a line turns to another modification than the card's: begins with it, or speaks of it alone."""
        whole = marked(text)
        own = {re.sub(r"\D", "", id_) for id_ in self._card}
        if not [id_ for id_ in whole.values("M") if re.sub(r"\D", "", id_) not in own]:
            return False
        first = whole.of("M")[0].value
        return re.sub(r"\D", "", first) not in own

    def read_paragraph(self, block: Block) -> None:
        """Running text: sentences, of which the last may introduce a list."""
        self._document = None
        if not self._card_is_heading:
            self._card = ()
        self._grouped = self._grouped and block.kind == "row" and block.table == self._table
        if block.kind != "item" or block.text.endswith(":"):
            self.lead = block.text
            self._above.append(block.text)
        if block.kind == "row" and len(block.cells) > 1:
            self.read_pairs(block)
            return
        if self.led_deed(block):
            return
        begins = leading(block.text, release=self.context.release)
        self.context.about = begun_with(begins[1]) or (begins[0].value,) if begins else ()
        self.context.mentioned = set()
        self.labelled_text(block.text)
        self.context.about = ()
        self.notes(block.text)

    def led_deed(self, block: Block) -> bool:
        """Read an item that goes on the sentence above its list: "On 21 May the Change Board:", "approved MP240"."""
        if not (block.kind == "item" and _SUBJECT_ONLY.search(self.lead) and _GOES_ON.match(block.text)):
            return False
        subject = re.split(r"(?<=[a-z]\.)\s+(?=[A-Z])", self.lead.rstrip(" :"))[-1]
        deed = re.sub(r"[;,](?:\s+(?:and|or))?\s*$", "", block.text)
        for sentence in sentences(f"{subject} {deed}", self.context.release):
            self.titles(sentence, block.text)
            for about, attribute, value, rule in self.said(sentence):
                self.claim(about, attribute, value, f"{self.lead}{BETWEEN}{block.text}", rule)
            self.context.last = tuple(sentence.values("M")) or self.context.last
        return True

    def read_pairs(self, block: Block) -> None:
        """A row without a modification: labels beside values, or facts of a release below headings."""
        if happened := happened_row(block) or baselined_row(block):
            self.sentence_text(happened)
            return
        if len(block.cells) == 2 and not (block.header and block.header[0] and self._is_release(block.cells[0])):
            self.labelled_text(f"{block.cells[0].rstrip(' :?')}: {block.cells[1]}")
            return
        first = block.cells[0]
        for header, cell in zip(block.header[1:], block.cells[1:], strict=False):
            if self._is_release(first) and cell:
                self.sentence_text(f"{first} {header}: {cell}")
        if not block.header or not self._is_release(first):
            for cell in block.cells:
                self.sentence_text(cell)

    def _is_release(self, text: str) -> bool:
        return bool(re.fullmatch(r"\W*(?:the )?⟦R\d+⟧\W*", marked(text).text))
