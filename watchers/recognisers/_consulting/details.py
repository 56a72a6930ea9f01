"""What an item says: its closing dates, its fields, facts in its sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain import dates
from watchers.outline import Block
from watchers.phrases import columns
from watchers.phrases.closing import Closing, bare_date, closings, unglued
from watchers.phrases.marks import Marked, sentences
from watchers.phrases.rules import said
from watchers.recognisers._consulting.kinds import KIND, SENTENCE
from watchers.recognisers._consulting.titles import TitleReading

LABEL = re.compile(r"\s*(?P<label>[A-Z][^.:;!?⟦⟧|]{1,50}?)\s*(?::|\?|\s[–—|-]\s)\s*(?P<value>\S.*)$")
_FIELDS = frozenset(
    {
        "proposer",
        "lead_analyst",
        "decision_path",
        "decision_cut_off",
        "change_board_vote_on",
        "panel_presentation_on",
        "raised_on",
    }
)
_STAGE = re.compile(
    r"\W*(?:current |modification )?(?:stage|phase)\W*|\W*modification status\W*",
    re.IGNORECASE,
)
_OF_CONSULTATION = re.compile(r"\bconsult|\breport\b|\bMRC\b|\brequest|\bRFI|\bcall\b", re.IGNORECASE)
_EITHER = (
    re.compile(r"\b(?:former|first)\b", re.IGNORECASE),
    re.compile(r"\b(?:latter|second|other)\b", re.IGNORECASE),
)
_OF_MODIFICATION = re.compile(r"\b(?:modifications?|(?:draft )?proposals?|proposer)\b", re.IGNORECASE)
_LEAST_WORDS = 5
"""Words that make a sentence: "Report Phase" alone is a kind of consultation."""


def _as_printed(one: Closing) -> str:
    """Return a closing date as its sentence prints it, "" where it is not found."""
    return next((date.text for date in dates.find(one.sentence) if date.value == one.value), "")


def is_of_consultation(sentence: Marked) -> bool:
    """Whether what an item's sentence says was withdrawn is the consultation: it names no modification, nor who may
    withdraw one.
    """
    return not (sentence.of("M") or _OF_MODIFICATION.search(sentence.text))


class DetailReading(TitleReading):
    """Reads the cells and lines of an item."""

    def cell(self, block: Block, label: str, text: str) -> None:
        """A cell of an item's row, or a label's value."""
        entry = self.entry
        if entry is None:
            return
        quote = block.text if block.text == entry.name else f"{entry.name} | {block.text}"
        self.take(text, label, quote)
        for attribute, value in columns.field(label, text) or ():
            stage = (
                attribute == "status"
                and _STAGE.fullmatch(label)
                and not (re.fullmatch(KIND, text.strip(), re.IGNORECASE) and _OF_CONSULTATION.search(text))
            )
            if stage or (attribute in _FIELDS and (label or attribute == "decision_path")):
                self.of_entry(attribute, value, quote, "row")
        self.facts(text, entry.ids)

    def labels(self, rest: str, quote: str) -> None:
        """Labels that stand in one line with the item: "MP162 ‘…’ | Proposer: Elexon | Closes: 12 August 2022"."""
        for piece in re.split(r"\s*\|\s*|\s+[–—]\s+|;\s+", rest):
            if (found := LABEL.match(piece)) and self.entry:
                for attribute, value in columns.field(found["label"], found["value"]) or ():
                    if attribute in _FIELDS:
                        self.of_entry(attribute, value, quote, "row")

    def take(self, text: str, label: str, quote: str) -> None:
        """Take the closing dates of a text of the item."""
        entry = self.entry
        if entry is None:
            return
        if not label and (value := bare_date(text)):
            entry.bare.append((value, quote, self.number))
            return
        if re.fullmatch(r"\W*dates?\W*", label, re.IGNORECASE) and (value := bare_date(text)):
            entry.bare.append((value, quote, self.number))
        found = closings(text, label)
        if not found and not label and self.section.columns and not SENTENCE.search(text):
            entry.bare += [(one.value, quote, self.number) for one in dates.find(unglued(text))]
        for one in self.of_each(found, entry.ids):
            if one.ids and not set(one.ids) & set(entry.ids):
                for id_ in one.ids if entry.ids else ():
                    self.claim(f"modification:{id_}", "consultation_closes_on", one.value, quote, "closing date")
                continue
            if one.ids and len(entry.ids) > 1:
                for id_ in one.ids:
                    self.claim(f"modification:{id_}", "consultation_closes_on", one.value, quote, "closing date")
                continue
            if not any(held.value == one.value and held.moved == one.moved for held, _, _ in entry.closes):
                entry.closes.append((one, quote, self.number))

    def of_each(self, found: list[Closing], ids: tuple[str, ...]) -> list[Closing]:
        """Return closing dates with whom each is about: of two modifications the former, the latter."""
        if len(ids) != len(_EITHER):
            return found
        told: list[Closing] = []
        at = 0
        for one in found:
            end = one.sentence.find(date, at) if (date := _as_printed(one)) else -1
            words = one.sentence[at : end if end >= 0 else len(one.sentence)]
            which = next((n for n, either in enumerate(_EITHER) if either.search(words)), -1)
            told.append(replace(one, ids=(ids[which],)) if which >= 0 and not one.ids else one)
            at = max(end, at)
        return told

    def facts(self, text: str, ids: tuple[str, ...]) -> None:
        """Read what else sentences say; of an item's own modification where they name none."""
        if (self.entry and not self.entry.ids) or self.section.foreign:
            return
        self.context.about = ids
        for sentence in sentences(text):
            if len(sentence.text.split()) >= _LEAST_WORDS:
                self.context.mentioned |= set(sentence.values("M"))
                for subject, attribute, value, rule in said(sentence, self.context):
                    ended = value == "withdrawn" or attribute == "withdrawn_on"
                    if attribute != "consultation_closes_on" and not (ended and is_of_consultation(sentence)):
                        self.claim(subject, attribute, value, sentence.plain(), rule)
        self.context.about = ()
