"""The timeline of a modification's page: events with their days, beside one another or below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates
from bot.domain.identifiers import is_draft_proposal, is_part_of
from watchers.phrases import events, labels
from watchers.phrases.chrome import is_chrome
from watchers.phrases.marks import marked, sentences
from watchers.recognisers._modification.sentences import SentenceReading
from watchers.recognisers._modification.settling import PROSE, TIMELINE

_UPDATED = re.compile(
    r"^\W*(?:(?:last |latest )?updated?(?: on)?\s*[:–—-]?\s*)?(?=[A-Z]?[a-z]*,?\s*\d|[A-Z][a-z]+ 20)", re.IGNORECASE
)
HOPED = re.compile(r"\btarget\w*|\baim\w*", re.IGNORECASE)
_EVENT_HEADER = re.compile(
    r"\b(?:event|milestone|activity|step|action|stage|phase|task|what|description|progress)\b", re.IGNORECASE
)
_DATE_HEADER = re.compile(r"\bdates?\b|\bwhen\b|^(?:actual|planned|forecast|expected|completed)$", re.IGNORECASE)
_DAY_LABEL = re.compile(r"^\W*(?:dates?|when|on)\s*:\s*", re.IGNORECASE)
"""Beside an event's day that stands below it: "Date: 7 July 2020"."""
_PLANNED = re.compile(r"\b(?:planned|forecast|expected)\b", re.IGNORECASE)
_END_HEADER = re.compile(r"\b(?:end|to|until|clos\w*|finish\w*|complet\w*|deadline)\b", re.IGNORECASE)
_START_HEADER = re.compile(r"\b(?:start|from|open\w*|begin\w*|issued?)\b", re.IGNORECASE)
_BLANK_END = re.compile(r"(?:[–—-]|\b(?:TBC|TBD|N/A|to be confirmed))\W*$", re.IGNORECASE)


_LONGEST_EVENT = 110
_NOT_THAT_DAY = re.compile(
    rf"\b(?:will|to be|due|next|planned|expected|scheduled|should|may|might|agenda|deferr?ed|postponed|moved|"
    rf"not|no|papers?|"
    rf"ahead|prepar\w+|before|after|until|if|{dates.MONTH})\b(?!.*20\d\d)|\b(?:for|to) (?:the )?(?:Change Board|"
    rf"Panel)(?= vote)",
    re.IGNORECASE,
)
"""What makes of an update's day that of the telling alone: "Change Board vote planned for April"."""
_NEVER_WAS = re.compile(r"\b(?:would|could|should|might) have\b|\bhad it\b", re.IGNORECASE)
"""What was not to be, told below the events: "the implementation date would have been …"."""


class TimelineReading(SentenceReading):
    """Reads events and the latest updates."""

    def _is_timeline(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        dated = [
            bool(_DATE_HEADER.search(head)) or bool(_START_HEADER.fullmatch(head)) or bool(_END_HEADER.fullmatch(head))
            for head in header
        ]
        if not any(dated) or len(cells) != len(header):
            return False
        words = [head for head, is_date in zip(header, dated, strict=True) if not is_date]
        return self.section == "timeline" or any(_EVENT_HEADER.search(head) for head in words)

    def event_row(self, header: Sequence[str], cells: Sequence[str], quote: str) -> None:
        """A row of a timeline with columns: the event's words, its day, or its beginning and end."""
        words, outcome, start, day = "", [], "", ""
        for head, cell in zip(header, cells, strict=True):
            value = events.whole_range(cell)
            found = value or next((one.value for one in dates.find(cell)[-1:]), "")
            if _DATE_HEADER.search(head) or _START_HEADER.fullmatch(head) or _END_HEADER.fullmatch(head):
                if _START_HEADER.search(head) and not _END_HEADER.search(head):
                    start = found
                elif found and not (day and _PLANNED.search(head)):
                    outcome += ["planned"] if _PLANNED.search(head) and _is_ahead(header, cells) else []
                    day, start = found, start or (found if value else "")
                if re.search(r"[A-Za-z]{4}", cell) and not dates.whole(cell):
                    outcome.append(re.sub(r"\d.*20\d\d", "", cell))
            elif not words and cell:
                words = cell
            else:
                outcome.append(cell)
        if day or start:
            ranged = bool(start and day)
            self.event(events.Event(words, (day or start,), ranged, " ".join(outcome)), quote)

    def event_cells(self, filled: Sequence[str], quote: str) -> None:
        """An event's words and its days, in cells of any order."""
        days = [cell for cell in filled if dates.find(cell) and (dates.whole(cell) or events.whole_range(cell))]
        rest = [cell for cell in filled if cell not in days]
        if rest and len(days) == 1:
            found = events.whole_range(days[0])
            self.event(
                events.Event(rest[0], (found or dates.whole(days[0]) or "",), bool(found), " ".join(rest[1:])), quote
            )
        elif rest and len(days) == 2:
            self.event(
                events.Event(rest[0], (dates.whole(days[1]) or "",), ranged=True, outcome=" ".join(rest[1:])), quote
            )
        else:
            for event in events.split(" ".join(filled)):
                self.event(event, quote)
            if len(quote) > 60:
                self.prose(filled[-1])

    def update(self, text: str) -> None:
        """A piece of the latest updates: begun with its date, or below it."""
        if value := dates.whole(text):
            self._dated = value
            return
        lead = _UPDATED.match(text)
        found = [one for one in dates.find(text) if lead and one.start == lead.end()]
        if found and re.match(r"\W*(?:[:–—|)-]|\s[A-Z])", text[found[0].end :]):
            if len(found) == 1 and len(dates.find(text)) == 1 and len(text) <= _LONGEST_EVENT:
                self._happened(text)
            self._dated, text = found[0].value, text[found[0].end :].lstrip(" :–—-|)")
        said = [] if self.off_page else [sentence.plain() for sentence in sentences(text)]
        self.updates += [sentence for sentence in said if not is_chrome(sentence)]
        self.prose(text)

    def _happened(self, text: str) -> None:
        """An update that is an event with its day: "23 February 2022: Change Board recommended approval"."""
        if self.of_another(text) or _NEVER_WAS.search(text) or _NOT_THAT_DAY.search(text):
            return
        for event in events.split(_UPDATED.sub("", text, 1)):
            self.event(event, text, PROSE)

    def event_line(self, text: str) -> None:
        """A line of the timeline: an event with its days, or one of the two, the other standing below."""
        if self.of_another(text) or _NEVER_WAS.search(text):
            return
        text = _DAY_LABEL.sub("", text)
        if dates.whole(text) or events.whole_range(text) or labels.empty(text):
            self.day_line(text)
            return
        found = events.split(text)
        if found and any(event.words for event in found):
            self._words = self._day = ""
            if len(text) > 110 or re.search(r"\.\W*$", text):
                self.prose(text)
            for event in found:
                self.event(event, text)
        elif not _BLANK_END.search(text) and len(text) <= 110:
            self.words_line(text)

    def day_line(self, text: str) -> None:
        """A day alone, or a blank in its place: of the event above, or of the one below where days stand first."""
        self._days_first = self._days_first or ("yes" if not self._words else "no")
        if self._days_first == "yes":
            self._day = text
        elif self._words:
            self._event_of(self._words, text)
        self._words = ""

    def words_line(self, text: str) -> None:
        """An event's words alone."""
        if self._days_first == "yes":
            self._event_of(text, self._day)
            self._day = ""
        else:
            self._words = text

    def _event_of(self, words: str, day: str) -> None:
        ranged = events.whole_range(day)
        if value := ranged or dates.whole(day):
            self.event(events.Event(words, (value,), bool(ranged)), f"{words} {day}")

    def event(self, event: events.Event, quote: str, rule: str = TIMELINE) -> None:
        """Claim what an event gives."""
        words = marked(event.words)
        named = words.values("M")
        origin = bool(named) and all(is_part_of(self.own, id_) for id_ in named)
        if named and not origin and not any(self.is_own(id_) for id_ in named):
            return
        for attribute, value in events.fields(event, authority=self.authority):
            if origin and attribute not in ("raised_on", "converted_on"):
                continue  # of the whole that it was split from only the beginning is its own
            if attribute == "implementation" and len(value) == len("2021-11") and HOPED.search(event.words):
                self.claim("targeted_release", value, quote, rule)
                continue
            if attribute == "converted_on" and is_draft_proposal(self.own):
                continue  # a page still named by its Draft Proposal tells of a conversion to come
            if not re.fullmatch(r"20\d\d", value):
                self.claim(attribute, value, quote, rule)
            if attribute == "withdrawn_on":
                self.tell("withdrawn", value, quote, rule)
        if re.match(r"(?:modification |proposal )?rejected\b", event.words, re.IGNORECASE):
            self.tell("rejected", event.days[-1], quote, rule)
        self.origins(event.words, quote)


def _is_ahead(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row has a day in its column of plans alone."""
    return not any(dates.find(cell) for head, cell in zip(header, cells, strict=True) if not _PLANNED.search(head))
