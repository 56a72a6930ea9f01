"""What the words above a list tell of each modification in it, and what the lines below a name tell of that one."""

from __future__ import annotations

import re

from bot.domain import dates
from bot.domain.evidence import BETWEEN
from watchers.outline import Block
from watchers.phrases import impacts, leads
from watchers.phrases.hedges import NOT
from watchers.phrases.marks import Marked, marked, sentences
from watchers.phrases.rows import Row, leading, row
from watchers.recognisers._walk.sentences import SentenceWalk

_OF_ALL = re.compile(
    r":\W*$|^(?!.*\b(?:\w+ of (?:its|the|these|those|them|all)|not all|some|most|except)\b).*"
    r"\b(?:following|below|these|those)\b",
    re.IGNORECASE,
)
_TOUCHED = re.compile(
    r"\b(?:impacted|affected|amended|changed|impacts?|affects?|changes|amends)\b[^.;]*:\W*$", re.IGNORECASE
)
_BEHIND_A_DASH = re.compile(r"\s*[–—:-]\s+(?P<notes>[a-z].{3,200})$")
_LONGEST_LABEL = 90
_ONE = frozenset({"status", "decision_path"})
_OF_THE_PLACE = frozenset({"targeted_release", "title", "delivery_part"})
"""What the list's role says already, and what only a name gives."""
_OF_SOMETHING_ELSE = re.compile(
    r"^\W*(?:(?:the|this|that|these|those|both|all|each|any|no|two|three|our|its|an?) )*(?:⟦R\d+⟧|releases?\b|scope\b|"
    r"papers?\b|documents?\b|other\b|remaining\b|following\b|modifications\b|proposals\b|changes\b|both\b|"
    r"they\b|all\b|next\b|SECAS (?:will|is)\b|Panel (?:is|are) (?:asked|invited|requested)\b)",
    re.IGNORECASE,
)


class LeadWalk(SentenceWalk):
    """Reads what is told of a list as a whole, and of a name on a line of its own in what stands below it."""

    def lead_sentence(self) -> Marked | None:
        """Return the words above a list that tell something of all in it: None where they name others or none."""
        text = self.lead or self.section
        found = sentences(text, self.context.release)
        last = found[-1] if found else None
        if last is None or last.of("M") or last.of("C"):
            return None
        label = len(last.text) <= _LONGEST_LABEL and not last.text.rstrip().endswith(".")
        return last if label or _OF_ALL.search(last.text) else None

    def told_of_all(self, found: Row, quote: str, begun: int) -> None:
        """Claim of a list's modification what the words above it tell of all, and not otherwise of it."""
        lead = self._lead
        if lead is None:
            return
        if self._silent and self._silent[0] is lead and self._silent[1] == self._group_at:
            self.context.scoped = self._silent[2]
            return
        id_, told = found.mark.value, {claim.attribute for claim in self.claims[begun:]}
        alone = next((date for cell in found.cells if not cell.header and (date := dates.whole(cell.text))), "")
        if alone and not lead.of("D"):
            day = next(cell.text for cell in found.cells if dates.whole(cell.text) == alone)
            lead = marked(f"{lead.plain().rstrip(' :.')} on {day}", self.context.release)
        before = self.context.about, self.context.last, self.context.live, self.context.request
        self.context.about = (id_,)
        facts = [fact for fact in self.said(lead) if fact[0] == f"modification:{id_}"]
        if not facts and lead is self._lead and not self.context.version:
            # what tells nothing of one tells nothing of the next
            self._silent = (lead, self._group_at, self.context.scoped)
        for subject, attribute, value, rule in facts:
            in_release = attribute == "implementation" and value in lead.values("R")
            if not (attribute in _OF_THE_PLACE | (told & _ONE) or in_release):
                self.claim(subject, attribute, value, f"{self.lead or self.section}{BETWEEN}{quote}", rule)
        self.context.about, self.context.last, self.context.live, self.context.request = before

    def below_a_stage(self, block: Block) -> bool:
        """Whether a line that is nothing but a status begins another list, as one stood above the list before it."""
        return bool(self._group_status and leads.status_alone(block.text) and leads.status_alone(self.lead))

    def touched_item(self, block: Block) -> bool:
        """An item of a list of what a modification touches: "The Parties impacted by MP128C are:"."""
        found = sentences(self.lead, self.context.release) if block.kind == "item" and self.lead.endswith(":") else []
        if not found or not _TOUCHED.search(found[-1].text) or NOT.search(found[-1].text):
            return False
        ids = found[-1].values("M") or (() if self.context.version else self.context.section)
        told = impacts.listed(block.text)
        for id_ in ids:
            for attribute, value in told:
                self.claim(f"modification:{id_}", attribute, value, f"{self.lead}{BETWEEN}{block.text}", "touches")
        return bool(told and ids)

    def stands_alone(self) -> bool:
        """Whether a name's line is no part of a list of names: no other stands just above it."""
        above = self._before
        return above is None or above.kind == "heading" or row(above) is None

    def notes(self, text: str) -> None:
        """Read what stands behind a name and a dash as notes on it: "MP301 ‘…’ – with the Authority; decision by …"."""
        found = leading(text, release=self.context.release)
        behind = _BEHIND_A_DASH.match(found[2]) if found and found[0].title else None
        if found and behind and not self.context.about:
            for note in re.split(r";\s+", found[1].plain(behind["notes"])):
                self.prose(note, (found[0].value,))

    def below_name(self, block: Block) -> bool:
        """A paragraph just below a name on a line of its own is about that modification, if it speaks of no other."""
        if not self._card or self._card_is_heading or not self._card_alone or block.kind != "paragraph":
            return False
        whole = marked(block.text, self.context.release)
        if whole.text.rstrip().endswith(":") or set(whole.values("M")) - set(self._card):
            return False
        before = self.context.last
        self.context.mentioned = set(self._card)
        for sentence in sentences(block.text, self.context.release):
            self.context.about = () if _OF_SOMETHING_ELSE.match(sentence.text) else self._card
            self.sentence(sentence)
        self.context.about, self.context.last = (), before
        return True
