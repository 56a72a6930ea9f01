"""Rows and lists: what the words above make of them, what stands beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.domain import dates, statuses
from bot.domain.claims import Claim
from bot.domain.evidence import BETWEEN
from bot.domain.identifiers import is_draft_proposal
from watchers.outline import Block
from watchers.phrases import columns, leads
from watchers.phrases.documents import Document, document
from watchers.phrases.marks import Marked, marked, sentences
from watchers.phrases.pointing import introducing
from watchers.phrases.rows import Cell, Row, row
from watchers.recognisers._walk.kinds import (
    approved_at_vote,
    happened_row,
    is_named_only,
    is_prose,
    is_titled,
    labels_without_a_verb,
    pieces_of,
)
from watchers.recognisers._walk.leads import LeadWalk

LABEL = re.compile(r"^\s*(?P<label>[A-Z][^.:;!?⟦⟧]{1,60}?(?:\s*:|\?\s*:?))\s*(?P<value>\S.*)$")
_TELLS = re.compile(
    r"[\s,]*(?:(?:which|that|now|also|then|since|later|however|still|both|formally|subsequently) )*"
    r"(?:was|were|is|are|has|have|had|will|would|can|cannot|may|might|could|should|joined|left|moved|went|goes|"
    r"stays|remains|came)\b"
)
"""How a sentence goes on that only begins with an id: no row of a list, but something told of it."""
_SCOPE_HEADER = re.compile(r"\b(?:in|out of) (?:the )?scope\b(?!\s*\?)", re.IGNORECASE)
"""A heading that says what the whole table is; with a question mark each row answers it."""
_MODIFICATION_HEADER = re.compile(r"\W*(?:SEC )?modifications?\b(?! (?:raised|withdrawn|rejected))", re.IGNORECASE)
_STANDS_HEADER = re.compile(r"\b(?:status|position|outcome|stage)\b", re.IGNORECASE)
"""Headings of a table that is a scope of its own, whatever heading stands above it."""
_MONTH = len("2022-11")
_DECISION_COLUMN = re.compile(r"\b(?:decision|outcome|result|verdict|determination)\b", re.IGNORECASE)
_OF_A_SCOPE = {"status", "affects", "may_affect", "decision_path"}
_HAS_LEFT = re.compile(
    r"other:\W*(?:removed|de-?scoped|dropped|out of scope|taken out|not in scope|no longer in scope)"
    r"(?: from (?:the )?(?:scope|release))?\W*",
    re.IGNORECASE,
)
"""A status, as printed, of one that a scope lists though it has left."""
_DOCUMENT_HEADER = re.compile(r"\bdocument|\bspecification", re.IGNORECASE)
_DRAFT_HEADER = re.compile(r"\bpublished|\bversion|\bdraft|\bdate\b", re.IGNORECASE)


class RowWalk(LeadWalk):
    """Reads rows of modifications, change requests and documents."""

    def read_row(self, block: Block) -> bool:
        """A row, an item or a line about one modification, change request or document; False where it is none."""
        found = None if happened_row(block) else row(block, release=self.context.release)
        if found and self.is_row(found, block):
            self.modification(found, block)
            return True
        request, paper = row(block, "CK", self.context.release), None if is_prose(block) else document(block)
        if paper and self.is_document(paper, block) and not (request and paper.part in request.title):
            self.document_row(paper, block)
            return True
        if request and (block.kind != "paragraph" or is_named_only(request) or is_titled(request, block)):
            self.request_row(request, block)
            return True
        return False

    def is_row(self, found: Row, block: Block) -> bool:
        """Whether a block that begins with an id is a row rather than a sentence."""
        if block.kind == "item" and not found.title and not found.mark.title and _TELLS.match(found.prose):
            return self.is_listed()
        if block.kind != "paragraph":
            return True
        if found.mark.title and len(found.cells) > 1 and statuses.named(found.cells[0].text):
            return True  # "MP252 ‘…’ – Targeted. A decision is required by 2 October 2024."
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
        self.context.listed = self._listed = {}
        self._role, self._role_release = self.role(block.header)
        self._above.clear()
        self._group_status = leads.status(self.lead or self.section)
        self._group_of_drafts = leads.lists_drafts(self.section, self.lead)
        self._group_at = self.number + 1
        self._lead = self.lead_sentence()

    def role(self, header: Sequence[str] = ()) -> tuple[leads.Role, str]:
        """Return what the list is, and of which release."""
        self._by_default = False
        pieces = [(marked(cell, self.context.release), True) for cell in header[:2] if _SCOPE_HEADER.search(cell)]
        pieces += [(piece, True) for piece in self.above()]
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
        heads_scope = bool(header and _MODIFICATION_HEADER.match(header[0]) and _STANDS_HEADER.search(header[-1]))
        self._by_default = self.own_page and (heads_scope or not leads.tells_only(self.section))
        return ("in" if self._by_default else ""), self.context.release

    def above(self) -> list[Marked]:
        """Return what the nearest words above the list say of it, past paragraphs that tell of others by name."""
        texts = [self.lead, *(text for text in reversed(self._above) if text != self.lead)]
        told = (introducing(sentences(text, self.context.release)) for text in texts if text)
        return next((pieces for pieces in told if pieces), [])

    def modification(self, found: Row, block: Block) -> None:
        """A modification's row: its title, its place in a release, what its columns say of it."""
        self.group(block)
        id_, quote = found.mark.value, block.text
        self._quoted = quote
        self._listed.setdefault(id_)
        self.listed_last(id_)
        begun = len(self.claims)
        if found.title:
            self.claim(f"modification:{id_}", "title", found.title, quote, "row")
        if found.mark.part:
            self.claim(f"modification:{id_}", "delivery_part", found.mark.part, quote, "row")
        self.cells(found, block)
        if self._group_status and not any(claim.attribute == "status" for claim in self.claims[begun:]):
            self.claim(
                f"modification:{id_}",
                "status",
                self._group_status,
                f"{self.lead or self.section}{BETWEEN}{quote}",
                "row",
            )
        elif self._group_of_drafts and is_draft_proposal(id_):
            self.draft(id_, quote, self.claims[begun:])
        self.told_of_all(found, quote, begun)
        self._placed.add(id_)
        if not self._by_default or self.looks_like_scope(found, self.claims[begun:]):
            self.place(id_, quote, self.claims[begun:])
        self._card, self._card_is_heading = (() if found.cells else (id_,)), False
        self._card_alone = self.stands_alone()

    def draft(self, id_: str, quote: str, just_said: Sequence[Claim]) -> None:
        """Claim what a list of Draft Proposals makes of one in it, unless its row says where it stands."""
        if not any(claim.attribute in ("status", "converted_on", "withdrawn_on") for claim in just_said):
            self.claim(
                f"modification:{id_}", "status", "draft_proposal", f"{self.lead or self.section}{BETWEEN}{quote}", "row"
            )

    def listed_last(self, id_: str) -> None:
        """What is named below a list of one is that one; below a list of several none of them alone is meant."""
        if len(self._listed) == 1:
            self.context.last = (id_,)
        elif len(self.context.last) == 1 and self.context.last[0] in self._listed:
            self.context.last = ()

    def cells(self, found: Row, block: Block) -> None:
        """Read what stands beside the name."""
        ids = (found.mark.value,)
        prose: list[str] = []
        decided = columns.decided([cell.text for cell in found.cells])
        for cell in found.cells:
            alone = cell.header.strip().casefold() == "date" and any(map(_DECISION_COLUMN.search, block.header))
            if (alone or columns.is_decision_date(cell.header)) and (date := dates.whole(cell.text)):
                self.fields(ids, [(attribute, date) for attribute in decided], block.text)
            elif (fields := columns.field(cell.header, cell.text)) is not None:
                self.fields(ids, fields, block.text)
            else:
                prose += self.pieces(cell, ids, block.text)
        if prose and found.prose and not found.title:
            self.prose(block.text, ids)
        else:
            for text in prose:
                begun = len(self.claims)
                self.prose(text, ids)
                if len(self.claims) == begun:
                    self.fields(ids, labels_without_a_verb(text), block.text)
        if (on := approved_at_vote([cell.text for cell in found.cells])) and not any(
            claim.attribute == "approved_on" for claim in self.claims[-6:]
        ):
            self.fields(ids, [("approved_on", on)], block.text)

    def pieces(self, cell: Cell, ids: tuple[str, ...], quote: str) -> list[str]:
        """Read the pieces of a cell that are fields ("impacts DUIS; approved"); return the rest as prose."""
        if cell.header and not re.search(r"\bstatus|note|comment|detail|update", cell.header, re.IGNORECASE):
            return [self.labelled(cell)]
        rest: list[str] = []
        for piece in pieces_of(cell.text):
            label = LABEL.match(piece)
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
        left = {c.value for c in just_said if c.attribute == "status" and _HAS_LEFT.fullmatch(c.value)}
        if attribute and left:
            attribute = "out_of_scope"
            self.unsay(f"modification:{id_}", "status", left)
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

    def is_document(self, paper: Document, block: Block) -> bool:
        """Whether a block that begins with a part is a row of the table of drafts."""
        header = " ".join(block.header)
        return paper.is_draft_of or bool(_DOCUMENT_HEADER.search(header) and _DRAFT_HEADER.search(header))

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
