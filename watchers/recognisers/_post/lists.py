"""What the words above a list of a post, or its heading, tell of each modification in the list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates
from bot.domain.claims import Claim
from bot.domain.evidence import BETWEEN
from watchers.outline import Block
from watchers.phrases import leads
from watchers.phrases.marks import marked, sentences
from watchers.phrases.rows import Row
from watchers.recognisers._post.tables import TableReading

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
_OF_ALL = re.compile(r"^\W*(?:SEC )?(?:modifications?(?: proposals?)?|changes) (?=\w+ed\b|withdrawn\b)", re.IGNORECASE)
DECISIONS = re.compile(
    r"\b(?:also|other|further|recent(?:ly)?) (?:decided|decisions?|news)\b|\bdecisions?\b|\bdecided\b|\boutcomes?\b|"
    r"\belsewhere\b|\bmeanwhile\b|\bin other news\b",
    re.IGNORECASE,
)
"""Headings below which a post tells of what its version did not bring."""


class ListReading(TableReading):
    """Reads lists of modifications."""

    def group(self, block: Block) -> None:
        """Begin a list; what no heading or sentence introduces is what the post's own heading says."""
        begins = not self._grouped
        super().group(block)
        if begins and not (self._group_status or self.version or self.section or self.lead):
            self._group_status, self.section = leads.status(self.title), _OF_ALL.sub("", self.title)
            self._lead = self.lead_sentence()

    def is_row(self, found: Row, block: Block) -> bool:
        """Below "Modifications withdrawn this month" a name with a day beside it is a row."""
        return self.is_dated(found) or super().is_row(found, block)

    def is_dated(self, found: Row) -> bool:
        """Whether a name has nothing but a day beside it, and the words above say what became of all."""
        dated = found.cells and all(dates.whole(cell.text) for cell in found.cells)
        return bool(dated and leads.status(self.lead or self.section or self.title))

    def as_led(self, id_: str, block: Block, own: Sequence[Claim]) -> None:
        """Claim of a row what the sentence above its list says of all: "The Change Board approved the following …:"."""
        above = sentences(self.lead, self.context.release)[-1:]
        if not above or above[0].of("M") or not _LEADS.search(above[0].text):
            decided = {c.value for c in own if c.attribute == "status"} & {"approved", "rejected"}
            if decided and above and DECISIONS.search(above[0].text):
                told = {c.attribute for c in own if c.subject == f"modification:{id_}"}
                self.decided_by(id_, block, approved="approved" in decided, told=told)
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
        if decided:
            self.decided_by(id_, block, approved="approved" in decided, told=told)

    def decided_by(self, id_: str, block: Block, *, approved: bool, told: set[str]) -> None:
        """Claim when those decided who are said to above a list: of the row's own day, or of that of their meeting."""
        subject, body = f"modification:{id_}", self.context.body.casefold()
        days = marked(block.text).values("D")
        if body == "change board" and self.context.body_on:
            self.claim(subject, "change_board_vote_on", self.context.body_on, block.text, "decision")
            if approved and "approved_on" not in told:
                self.claim(subject, "approved_on", self.context.body_on, block.text, "decision")
        elif body in ("authority", "ofgem", "gema") and len(days) == 1 and "authority_decided_on" not in told:
            self.claim(subject, "authority_decided_on", days[0], block.text, "decision")
