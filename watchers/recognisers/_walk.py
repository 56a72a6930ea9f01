"""One walk through a page: headings give the release, words above a list its meaning, sentences and rows facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain import checks, dates
from bot.domain.claims import Claim, Doubt, Evidence, Passage
from bot.domain.evidence import BETWEEN
from bot.domain.identifiers import MODIFICATION
from watchers.outline import Block
from watchers.outline.text.prose import GLUED_DATE
from watchers.phrases import columns, leads
from watchers.phrases.context import Context, Said, begun_with
from watchers.phrases.documents import Document, document
from watchers.phrases.marks import Mark, Marked, marked, sentences
from watchers.phrases.rows import Cell, Row, leading, row, title_alone
from watchers.phrases.rules import said
from watchers.phrases.rules.baselines import is_about_baselines, names_implementation_document
from watchers.phrases.rules.go_live import changes_go_live

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
_LABEL = re.compile(r"^\s*(?P<label>[A-Z][^.:;!?⟦⟧]{1,60}?(?:\s*:|\?\s*:?))\s*(?P<value>\S.*)$")
_LABELS = re.compile(
    r"(?:^|(?<=\s))(?P<label>(?:Impacts?|Affects?) [^?:.]{1,40}\?:?|(?:Impacts?|Affects?) [\w ]{2,30}:|"
    r"(?:Current )?[Ss]tatus:|Path:|Decision (?:path|cut-off|by):|"
    r"Change Board (?:vote|date):|Approved(?: on)?:|Implementation date:|Target(?:ed)? release:|"
    r"Raised(?: on)?:|Stage:)\s*"
)
_TELLS = re.compile(
    r"[\s,]*(?:(?:which|that|now|also|then|since|later|however|still|both|formally|subsequently) )*"
    r"(?:was|were|is|are|has|have|had|will|would|can|cannot|may|might|could|should|joined|left|moved|went|goes|"
    r"stays|remains|came)\b"
)
"""How a sentence goes on that only begins with an id: no row of a list, but something told of it."""
_LONGEST_LABELLED = 110
_DATED_LABEL = re.compile(r"[^.:;]{2,50}:\s*(?:\w+ ){0,3}\d{1,2}\w* [A-Z]")
_GONE = ("rejected", "withdrawn", "sent_back")
_SUPPOSED = re.compile(r"\b(?:if|whether|might|may|could|asked|proposed|unless)\b(?!.*\bto stay\b)", re.IGNORECASE)
_WHO_DECIDES = re.compile(r"\b(?:authority|ofgem|change board|panel|secretary of state|decision)\b", re.IGNORECASE)
_SUBJECTS = {
    "M": "modification",
    "C": "change_request",
    "K": "change_resolution_proposal",
    "I": "issue_resolution_proposal",
}
_SCOPE_HEADER = re.compile(r"\b(?:in|out of) (?:the )?scope\b(?!\s*\?)", re.IGNORECASE)
"""A heading that says what the whole table is; with a question mark each row answers it."""
_MONTH = len("2022-11")
_DAY = len("2022-11-03")
_SCOPE_CELLS = 3
"""A scope, the day of a meeting, whether it is baselined."""
_FEWEST_WORDS = 3
_OF_A_SCOPE = {"status", "affects", "may_affect", "decision_path"}
_DOCUMENT_HEADER = re.compile(r"\bdocument|\bspecification", re.IGNORECASE)
_DRAFT_HEADER = re.compile(r"\bpublished|\bversion|\bdraft|\bdate\b", re.IGNORECASE)


@dataclass
class _Section:
    level: int
    release: str
    year: str


@dataclass
class Walk:
    """Reads blocks in their order. `release`: the page's own; `item`: the stream's item that says it all."""

    release: str = ""
    item: str = ""
    own_page: bool = False
    flat: bool = False
    context: Context = field(default_factory=Context)
    claims: list[Claim] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the top of the page."""
        self.context.release = self.release
        self.context.own_page = self.own_page
        self.heading, self.section, self.lead, self.number, self.text = "", "", "", 0, ""
        self._sections: list[_Section] = []
        self._above: list[str] = []
        self._card: tuple[str, ...] = ()
        self._card_is_heading = False
        self._document: Document | None = None
        self._grouped, self._table = False, 0
        self._role: leads.Role = ""
        self._role_release = ""
        self._by_default, self._scoped = False, 0
        self._before: Block | None = None
        self._named: set[str] = set()
        self._placed: set[str] = set()
        self._group_status, self._group_at = "", 0

    # --- blocks ---

    def read(self, blocks: Iterable[tuple[int, Block]]) -> None:
        """Read blocks with their numbers."""
        for number, block in blocks:
            self.number, self.text = number, block.text
            begun = len(self.claims)
            if block.kind == "heading":
                self.read_heading(block)
            elif not (self.read_date_below(block) or self.read_row(block) or self.read_detail(block)):
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
        if found and _is_card(found, block):
            self.group(block)
            self.heading = block.text
            self.context.section = (found.mark.value,)
            self.modification(found, block)
            self._card, self._card_is_heading = (found.mark.value,), True
            return
        if self.read_named_part(block):
            return
        if (request := row(block, "CK", self.context.release)) and _is_named_only(request):
            self.request_row(request, block)
            return
        self._card, self._card_is_heading, self._grouped = (), False, False
        self.enter(block)
        self.lead, self.heading, self.context.request = "", block.text, ""
        self.section = block.text
        whole = marked(_NUMBER.sub("", block.text), self.context.release)
        self.context.about, self.context.document = (), names_implementation_document(block.text)
        self.context.last = tuple(whole.values("M")) if len(whole.values("M")) == 1 else ()
        self.context.section = self.context.last
        if not whole.of("M") and changes_go_live(whole):
            self.context.request = next(iter(whole.values("R")), self.context.release)
        self.titles(whole, block.text)
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
                self._sections.append(_Section(level, releases[0], ""))
            elif years:
                self._sections.append(_Section(level, "", years[0]))
        top = self._sections[-1] if self._sections else _Section(0, self.release, "")
        self.context.release, self.context.year = top.release, top.year

    def name(self, mark: Mark, quote: str) -> None:
        """The name of the page's or section's release, as it is first printed."""
        printed = " ".join(mark.text.split())
        if printed.isupper():
            printed = printed.title().replace("Sec ", "SEC ")
        if mark.value not in self._named and re.match(r"[A-Z][a-z]+ 20\d\d .*Release$", printed):
            self._named.add(mark.value)
            self.claim(f"release:{mark.value}", "name", printed, quote, "name")

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
                self.sentence_text(f"{label.rstrip(' :')}: {block.text}")
        return True

    def read_detail(self, block: Block) -> bool:
        """A line below a modification's name: "Implemented", "Status: Approved"."""
        if not self._card or (block.kind == "row" and len(block.cells) > 2):
            return False
        label, value = "", block.text
        if len(block.cells) == 2:
            label, value = block.cells
        elif match := _LABEL.match(block.text):
            label, value = match["label"].rstrip(" :"), match["value"]
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
        if block.kind == "row" and len(block.cells) > 1:
            self.read_pairs(block)
            return
        begins = leading(block.text, release=self.context.release)
        self.context.about = begun_with(begins[1]) or (begins[0].value,) if begins else ()
        self.context.mentioned = set()
        self.labelled_text(block.text)
        self.context.about = ()

    def read_pairs(self, block: Block) -> None:
        """A row without a modification: labels beside values, or facts of a release below headings."""
        if happened := _happened(block) or _baselined(block):
            self.sentence_text(happened)
            return
        if len(block.cells) == 2 and not (block.header and block.header[0] and self._is_release(block.cells[0])):
            self.labelled_text(f"{block.cells[0].rstrip(' :')}: {block.cells[1]}")
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

    # --- sentences ---

    def labelled_text(self, text: str) -> None:
        """Read a text; a label with its date below a heading about baselines is read with that heading."""
        text = GLUED_DATE.sub(r"\g<label>: ", text) if len(text) < _LONGEST_LABELLED else text
        dated = _DATED_LABEL.match(text) and len(text) < _LONGEST_LABELLED
        self.sentence_text(f"{self.section} – {text}" if dated and is_about_baselines(self.section) else text)

    def sentence_text(self, text: str) -> None:
        """Read the sentences of a text."""
        for sentence in sentences(text, self.context.release):
            self.sentence(sentence)

    def sentence(self, sentence: Marked) -> None:
        """Read one sentence: titles, names and what the rules find."""
        quote = sentence.plain()
        if (count := checks.counted(quote)) is not None:
            self.counts.append(count)
        self.titles(sentence, quote)
        for mark in sentence.of("R"):
            if mark.value == self.context.release and not mark.own:
                self.name(mark, quote)
        self.context.mentioned |= set(sentence.values("M"))
        facts = list(self.said(sentence))
        for mark in sentence.of("R") if not self.own_page else ():
            if not mark.own and any(f"release:{mark.value}" == of and what == "go_live" for of, what, _, _ in facts):
                self.name(mark, quote)
        for subject, attribute, value, rule in facts:
            self.claim(subject, attribute, value, quote, rule)
        self.introduced(sentence, facts)
        if found := sentence.values("M"):
            self.context.last = tuple(found)
        self.follow_conversions(sentence)
        if self.passages and self.passages[-1].heading == self.heading:
            self.passages[-1] = Passage(self.heading, (*self.passages[-1].sentences, quote))

    def introduced(self, sentence: Marked, facts: Sequence[Said]) -> None:
        """Below a heading that says what is in scope or has left it, prose that introduces modifications lists them."""
        if not self.own_page or not sentence.of("M") or _SUPPOSED.search(sentence.text):
            return
        role = leads.section(self.heading)
        told = {value for _, attribute, value, _ in facts if attribute in ("in_scope", "out_of_scope", "may_include")}
        gone = {id_(subject) for subject, _, value, _ in facts if value in _GONE}
        stands = {
            id_(subject) for subject, attribute, value, _ in facts if attribute == "status" and value not in _GONE
        }
        for mark in sentence.of("M"):
            if not mark.title or mark.value in told or mark.value in self._placed:
                continue
            if role == "in" and mark.value in stands - gone:
                self.claim(f"release:{self.release}", "in_scope", mark.value, sentence.plain(), "scope in prose")
            elif role == "out" and sentence.of("M")[0] == mark:
                self.claim(
                    f"release:{self.release}", "out_of_scope", mark.value, sentence.plain(), "out of scope in prose"
                )
            self._placed.add(mark.value)

    def follow_conversions(self, sentence: Marked) -> None:
        """Once a Draft Proposal has become a modification, "it" means that, and the title is its title: one item."""
        became = {
            claim.value: claim.subject.partition(":")[2]
            for claim in self.claims[-12:]
            if claim.attribute == "draft_proposal" and claim.evidence.quote == sentence.plain()
        }
        titles = {c.subject: c.value for c in self.claims if c.attribute == "title"} if became else {}
        for old, new in became.items():
            if (title := titles.get(f"modification:{old}")) and f"modification:{new}" not in titles:
                self.claim(f"modification:{new}", "title", title, sentence.plain(), "converted")
            self.context.about = tuple(new if id_ == old else id_ for id_ in self.context.about)
            if set(self.context.last) == {old, new}:
                self.context.last = (new,)

    def said(self, sentence: Marked) -> Iterable[tuple[str, str, str, str]]:
        """Return what a sentence says."""
        return said(sentence, self.context)

    def titles(self, whole: Marked, quote: str) -> None:
        """Titles stand wherever an id is followed by one in quotes."""
        for kind, subject in _SUBJECTS.items():
            for mark in whole.of(kind):
                if mark.title and not mark.value.endswith("TBC"):
                    self.claim(f"{subject}:{mark.value}", "title", mark.title, quote, "title")
                if mark.part:
                    self.claim(f"{subject}:{mark.value}", "delivery_part", mark.part, quote, "title")

    def prose(self, text: str, ids: tuple[str, ...]) -> None:
        """Read sentences that are about modifications without naming them."""
        before = self.context.about, self.context.last
        self.context.about = ids
        self.context.mentioned = set(ids)
        self.sentence_text(text)
        self.context.about, self.context.last = before

    # --- rows ---

    def read_row(self, block: Block) -> bool:
        """A row, an item or a line about one modification, change request or document; False where it is none."""
        found = None if _happened(block) else row(block, release=self.context.release)
        if found and self.is_row(found, block):
            self.modification(found, block)
            return True
        request, paper = row(block, "CK", self.context.release), None if _is_prose(block) else document(block)
        if paper and self.is_document(paper, block) and not (request and paper.part in request.title):
            self.document_row(paper, block)
            return True
        if request and (block.kind != "paragraph" or _is_named_only(request) or _is_titled(request, block)):
            self.request_row(request, block)
            return True
        return False

    def is_row(self, found: Row, block: Block) -> bool:
        """Whether a block that begins with an id is a row rather than a sentence."""
        if block.kind == "item" and not found.title and not found.mark.title and _TELLS.match(found.prose):
            return self.is_listed()
        if block.kind != "paragraph":
            return True
        if not found.title:
            return all(columns.field("", cell.text) for cell in found.cells) and len(block.text) < 60
        return all(columns.field(cell.header, cell.text) is not None for cell in found.cells)

    def is_listed(self) -> bool:
        """Whether the words above a list make a scope of it, so that even its sentences are rows."""
        above = sentences(self.lead, self.context.release)[-1:] if self.lead else []
        pieces = [*above, marked(self.section, self.context.release)]
        return any(leads.role(piece.plain()) in ("in", "may", "targeted") for piece in pieces[:1])

    def group(self, block: Block) -> None:
        """Begin a list or table: find out what its headings or the words above it make of it."""
        if self._grouped:
            return
        self._grouped, self._table = True, block.table
        self.context.listed = ()
        self._role, self._role_release = self.role(block.header)
        self._group_status = leads.status(self.lead or self.section)
        self._group_at = self.number + 1

    def role(self, header: Sequence[str] = ()) -> tuple[leads.Role, str]:
        """Return what the list is, and of which release."""
        self._by_default = False
        pieces = [(marked(cell, self.context.release), True) for cell in header[:2] if _SCOPE_HEADER.search(cell)]
        pieces += [(piece, True) for piece in leads.introducing(sentences(self.lead, self.context.release))]
        pieces.append((marked(self.section, self.context.release), False))
        for piece, is_lead in pieces:
            releases, years = piece.values("R"), piece.values("Y")
            year = bool(years) and not releases
            found = leads.role(piece.plain(), year=year)
            if found == "targeted" and not releases:
                releases = [month for month in piece.values("D") if len(month) == _MONTH]
            if year:
                self.context.year = years[0]
            if found and not (found == "none" and not is_lead and self.own_page and not self.lead):
                if found in ("in", "may") and self.context.year and not self.context.release and not releases:
                    found = "year"
                return found, next(iter(releases), self.context.release)
        self._by_default = self.own_page and not leads.tells_only(self.section)
        return ("in" if self._by_default else ""), self.context.release

    def modification(self, found: Row, block: Block) -> None:
        """A modification's row: its title, its place in a release, what its columns say of it."""
        self.group(block)
        id_, quote = found.mark.value, block.text
        self._quoted = quote
        if id_ not in self.context.listed:
            self.context.listed = (*self.context.listed, id_)
        begun = len(self.claims)
        if found.title:
            self.claim(f"modification:{id_}", "title", found.title, quote, "row")
        if found.mark.part:
            self.claim(f"modification:{id_}", "delivery_part", found.mark.part, quote, "row")
        self.cells(found, block)
        if self._group_status and not any(claim.attribute == "status" for claim in self.claims[begun:]):
            self.claim(
                f"modification:{id_}", "status", self._group_status, f"{self.lead or self.section} {quote}", "row"
            )
        self._placed.add(id_)
        if not self._by_default or self.looks_like_scope(found, self.claims[begun:]):
            self.place(id_, quote, self.claims[begun:])
        self._card, self._card_is_heading = (() if found.cells else (id_,)), False

    def cells(self, found: Row, block: Block) -> None:
        """Read what stands beside the name."""
        ids = (found.mark.value,)
        prose: list[str] = []
        decided = columns.decided([cell.text for cell in found.cells])
        for cell in found.cells:
            if columns.is_decision_date(cell.header) and (date := dates.whole(cell.text)):
                self.fields(ids, [(attribute, date) for attribute in decided], block.text)
            elif (fields := columns.field(cell.header, cell.text)) is not None:
                self.fields(ids, fields, block.text)
            else:
                prose += self.pieces(cell, ids, block.text)
        if prose and found.prose and not found.title:
            self.prose(block.text, ids)
        else:
            for text in prose:
                self.prose(text, ids)

    def pieces(self, cell: Cell, ids: tuple[str, ...], quote: str) -> list[str]:
        """Read the pieces of a cell that are fields ("impacts DUIS; approved"); return the rest as prose."""
        if cell.header and not re.search(r"\bstatus|note|comment|detail|update", cell.header, re.IGNORECASE):
            return [self.labelled(cell)]
        rest: list[str] = []
        for piece in _pieces(cell.text):
            label = _LABEL.match(piece)
            name, value = (label["label"].rstrip(" :"), label["value"]) if label else ("", piece)
            if (found := columns.field(name, value)) is not None and (found or not name):
                self.fields(ids, found, quote)
            else:
                rest.append(piece)
        return [self.labelled(Cell(cell.header, "; ".join(rest)))] if rest else []

    def labelled(self, cell: Cell) -> str:
        """Return a cell's text as a sentence: with its heading where that gives the role and the text only a date."""
        if (
            cell.header
            and re.match(r"(?:by |on |from |end of |late |early |mid[- ])?\W*\d{1,2}\w* [A-Z]|TBC", cell.text)
            and len(cell.text) < 60
        ):
            return f"{cell.header}: {cell.text}"
        return cell.text

    def fields(self, ids: Sequence[str], found: Iterable[columns.Field], quote: str) -> None:
        """Claim what cells say of modifications."""
        for id_ in ids:
            for attribute, value in found:
                self.claim(f"modification:{id_}", attribute, value, quote, "row")

    def place(self, id_: str, quote: str, just_said: Sequence[Claim]) -> None:
        """Claim what the list makes of a modification in it."""
        if any(c.attribute in ("in_scope", "out_of_scope", "may_include") and c.value == id_ for c in just_said):
            return
        subject = f"release:{self._role_release}"
        attribute = {"in": "in_scope", "out": "out_of_scope", "may": "may_include"}.get(self._role)
        if self._role == "targeted" and self.own_page and self._role_release == self.release:
            attribute = "in_scope"
        if attribute and self._role_release:
            self._scoped = self._scoped or self._group_at
            self.claim(subject, attribute, id_, quote, "scope row")
        elif self._role == "targeted" and self._role_release:
            self.claim(f"modification:{id_}", "targeted_release", self._role_release, quote, "scope row")
        elif self._role in ("year", "targeted") and self.context.year:
            self.claim(f"modification:{id_}", "targeted_year", self.context.year, quote, "scope row")

    def looks_like_scope(self, found: Row, just_said: Sequence[Claim]) -> bool:
        """Whether a row in a list that nothing introduces can be a release's scope: with its title, an id alone, or in
        the page's first such list with what its columns say. "MP270 closes 4 December" is a headline.
        """
        if found.title or not (found.cells or found.prose.strip()):
            return True
        told = {claim.attribute for claim in just_said if claim.evidence.rule == "row"}
        return self._scoped in (0, self._group_at) and bool(told & _OF_A_SCOPE)

    def request_row(self, found: Row, block: Block) -> None:
        """A change request's row."""
        self.group(block)
        value = found.mark.value
        if value.endswith("TBC"):
            return
        kind = "change_request" if found.mark.kind == "C" else "change_resolution_proposal"
        if found.title:
            self.claim(f"{kind}:{value}", "title", found.title, block.text, "row")
        if found.mark.kind == "C" and self._role_release and self._role != "out":
            self.claim(f"release:{self._role_release}", "change_request", value, block.text, "change request row")

    # --- documents ---

    def is_document(self, paper: Document, block: Block) -> bool:
        """Whether a block that begins with a part is a row of the table of drafts."""
        header = " ".join(block.header)
        listed = bool(_DOCUMENT_HEADER.search(header) and _DRAFT_HEADER.search(header))
        return paper.is_draft_of or listed

    def document_subject(self, paper: Document) -> str:
        """Return the subject of a draft: of the section's release, where there is one."""
        return f"document:{self.context.release}/{paper.part}" if self.context.release else f"document:{paper.part}"

    def document_row(self, paper: Document, block: Block) -> None:
        """A draft's row."""
        self._quoted = block.text
        if self.context.release:
            self.claim(f"release:{self.context.release}", "document", paper.part, block.text, "document row")
        for attribute, value in paper.fields():
            self.claim(self.document_subject(paper), attribute, value, block.text, "document row")
        self._document = None if paper.published_on else paper

    # --- claims ---

    def count_doubts(self, subject: str, attribute: str) -> tuple[Doubt, ...]:
        """Return the doubt that the page's first count of modifications and the rows read disagree."""
        read = len({c.value for c in self.claims if c.subject == subject and c.attribute == attribute})
        doubt = checks.count_differs(self.counts[0], read) if self.counts else None
        return (doubt,) if doubt else ()

    def claim(self, subject: str, attribute: str, value: str, quote: str, rule: str) -> None:
        """Keep a claim with its evidence."""
        evidence = Evidence(self.as_printed(quote), self.number, self.heading, rule)
        self.claims.append(Claim(subject, attribute, value, evidence, self.item))

    def as_printed(self, quote: str) -> str:
        """Return a quote that can be found again: for a sentence put together of a row's cells the row itself."""
        return quote if not self.text or quote in self.text or BETWEEN in quote else self.text


def _happened(block: Block) -> str:
    """Return the sentence that a row of a history makes, "On 18 April 2024, the Authority approved MP218.", or "".

    A date first and a sentence with its stop beside it; a row of a table whose other cells are fields is none.
    """
    if block.kind != "row" or len(block.cells) != 2:
        return ""
    date, told = block.cells[0], block.cells[1]
    if len(dates.whole(date) or "") != _DAY or not re.search(r"[a-z][.)]$", told) or len(told.split()) < _FEWEST_WORDS:
        return ""
    article = re.match(r"(?:The|An?|Its?|Scope) ", told)
    return f"On {date}, {told[0].lower() + told[1:] if article else told}"


_WHETHER_BASELINED = re.compile(
    r"\W*(?:(?:yes|done)\W+)?(?P<what>base-?lined)\W*|"
    r"\W*(?:(?:no|not yet)\W+)?(?P<to_come>(?:due |expected |planned )?to be base-?lined)\W*",
    re.IGNORECASE,
)


def _baselined(block: Block) -> str:
    """Return the sentence that a row makes of a scope, its meeting and whether it is baselined by then, or ""."""
    if block.kind != "row" or len(block.cells) != _SCOPE_CELLS:
        return ""
    scope, date, told = block.cells
    done = _WHETHER_BASELINED.fullmatch(told)
    return (
        f"{scope}: {(done['what'] or done['to_come']).lower()} on {date}."
        if done and len(dates.whole(date) or "") == _DAY
        else ""
    )


def _is_card(found: Row, block: Block) -> bool:
    """Whether a heading is a modification's name, with or without its title, and facts of it."""
    if not found.title:
        return not found.cells and not re.sub(r"[\W_]", "", block.text[len(found.mark.text) :])
    return all(columns.field(cell.header, cell.text) is not None for cell in found.cells)


def id_(subject: str) -> str:
    """Return what a subject names: "MP090" of "modification:MP090"."""
    return subject.partition(":")[2]


def _is_prose(block: Block) -> bool:
    """Whether a block is a sentence or more, and so no row of the table of drafts whatever it begins with."""
    return block.kind == "paragraph" and (len(block.text) > 200 or block.text.rstrip().endswith("."))


def _is_named_only(found: Row) -> bool:
    """Whether a line is a name with its title and nothing more: a row that no markup shows as one."""
    return bool(found.mark.title) and not found.cells


def _is_titled(found: Row, block: Block) -> bool:
    """Whether a line is a name and a title without quotes: "CR5120 – Firmware signing key replacement"."""
    return bool(found.title) and not found.cells and not block.text.rstrip().endswith(".")


def _pieces(text: str) -> list[str]:
    """Part a cell where labels, semicolons or dashes part it."""
    starts = [match.start() for match in _LABELS.finditer(text)]
    if len(starts) > 1 or (starts and starts[0] > 0):
        cuts = sorted({0, *starts, len(text)})
        return [piece for begin, end in pairwise(cuts) if (piece := text[begin:end].strip(" ;,"))]
    return [piece for piece in re.split(r";\s+|(?:^|\s+)[–—-]\s+", text) if piece.strip()]


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Yield blocks with their numbers."""
    yield from enumerate(blocks)


def is_flat(blocks: Iterable[Block]) -> bool:
    """Whether headings show no order of sections within sections."""
    levels = [block.level for block in blocks if block.kind == "heading"][1:]
    return len(set(levels)) <= 1
