"""Running text of a modification's page: what its sentences say of the page's own modification."""

from __future__ import annotations

import re

from bot.domain.identifiers import identity, is_modification, is_part_of
from watchers.phrases import own, plainly
from watchers.phrases.context import Context
from watchers.phrases.marks import Marked, sentences
from watchers.phrases.plainly.voice import foreign
from watchers.phrases.rules import said
from watchers.phrases.undone import over
from watchers.recognisers._modification.claims import ModificationClaims
from watchers.recognisers._modification.settling import PROSE

_PRONOUN = re.compile(r"^\W*(?:it|they|both|that (?:modification|proposal|change)|these|the latter)\b", re.IGNORECASE)
_OWN_PRONOUN = re.compile(r"\b(?:this|the) (?:draft |modification )?(?:modification|proposal|change)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:no longer on hold|(?:was|were|had been)\b.{0,40}\bon hold\b.{0,40}\b(?:until|"
    r"resum|lifted|restart|before|between|while)|"
    r"(?:was|were|had been) (?:\w+ )?on hold (?:from|for|in|during|between)\b|"
    r"taken off hold|on hold\b.{0,60}\b(?:has|have) (?:since |now )?(?:resumed|restarted|been lifted))",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"^\W*(?:this (?:modification|proposal|change)|⟦M\d+⟧|it) (?:began|started|originated|"
    r"was (?:first |originally )?raised)"
    r"(?: life)? as (?:the )?(?:Draft Proposal )?⟦(?P<draft>M\d+)⟧",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:resumed|restarted|back in|returned to)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|be|been|may|might|can|affects?|impacts?|changes?|amends?|requires?|"
    r"needs?|agreed|approved|decided|rejected|voted|recommended|met|published|withdrew|"
    r"sent|told|asked|proposes?|seeks?|"
    r"adds?|introduces?)\b"
)


class SentenceReading(ModificationClaims):
    """Reads sentences."""

    def _context(self) -> Context:
        return Context(about=(self.own,), last=(self.own,), by_panel=self.by_panel)

    def prose(self, text: str) -> None:
        """Read running text: what it says of the page's own modification, and where it and its siblings come from."""
        elsewhere = board = False
        before = ""
        for sentence in sentences(text):
            self._before, before = before, sentence.text
            board, self._board = bool(re.search(r"\bChange Board\b(?! Sub)", sentence.text)), board
            if sentence.text.rstrip().endswith("?"):
                continue
            named = sentence.values("M")
            ours = any(self.is_own(id_) for id_ in named)
            if named:
                elsewhere = not ours
            elif _OWN_PRONOUN.search(sentence.text):
                elsewhere = False
            quote = sentence.plain()
            if not ours and foreign(sentence.text) and not _OWN_PRONOUN.search(sentence.text):
                continue
            self.origins(quote, quote)
            if elsewhere and (not named or _PRONOUN.match(sentence.text)) and not named:
                continue
            self.rules(sentence, quote)
            self.own_deeds(sentence, quote)
            if not named or ours or any(is_part_of(self.own, id_) for id_ in named):
                self.own_facts(sentence, quote, alone=all(self.is_own(id_) for id_ in named))

    def rules(self, sentence: Marked, quote: str) -> None:
        """Read what the rules for any page find."""
        ended = over(sentence.text)
        self.end(ended)
        for subject, attribute, value, _ in said(sentence, self._context()):
            if attribute in ("split_from", "draft_proposal", "converted_on") and self._is_family(
                subject, value, attribute
            ):
                self._claim(self._renamed(subject), attribute, value, quote, PROSE)
            elif not self._is_mine(subject) or attribute in ("split_from", "draft_proposal", "title"):
                continue
            elif attribute == "status":
                if value not in ended and not (value == "on_hold" and _OVER.search(quote)):
                    self.tell(value, self._dated, quote, PROSE)
            else:
                self.claim(attribute, value, quote, PROSE)
        if (
            _BACK.search(quote)
            and re.search(r"\bRefinement\b", quote)
            and not re.search(r"\bwill\b|\bmay\b|\bif\b", quote)
        ):
            self.tell("refinement", self._dated, quote, PROSE)

    def own_deeds(self, sentence: Marked, quote: str) -> None:
        """Read what a sentence says that is about the page's own modification, whatever others it names after."""
        if (began := _BEGAN.match(sentence.text)) and own.became(
            self.own.rstrip("ABCD"), draft := sentence.marks[began["draft"]].value
        ):
            self.claim("draft_proposal", draft, quote, "origin")
        others = frozenset(
            name for name, mark in sentence.marks.items() if mark.kind == "M" and not self.is_own(mark.value)
        )
        if any(f"⟦{name}⟧" in sentence.text for name in others) and not plainly.begins_with_itself(
            sentence.text, others
        ):
            return
        for attribute, value in plainly.facts(sentence, self._before, others):
            if attribute != "status":
                self.claim(attribute, value, quote, PROSE)
            elif value not in over(sentence.text):
                self.tell(value, self._dated, quote, PROSE)

    def own_facts(self, sentence: Marked, quote: str, *, alone: bool) -> None:
        """Read what only a page about one modification can be read for."""
        for part, whole in own.split(sentence, self.own):
            self._claim(f"modification:{part}", "split_from", whole, quote, PROSE)
        for attribute, value in own.facts(sentence, self.own, board=self._board):
            if alone or attribute in ("split_from", "converted_on"):
                self.claim(attribute, value, quote, PROSE)
        for mark in sentence.of("I") if alone else ():
            self.claim("issue_resolution_proposal", mark.value, quote, PROSE)

    def _is_family(self, subject: str, value: str, attribute: str) -> bool:
        """Whether an origin is that of this modification or of a sibling of it."""
        key = subject.partition(":")[2]
        if not is_modification(key):
            return False
        same = identity(key).number == identity(self.own).number
        return same and (attribute != "split_from" or is_part_of(key, value))

    def _renamed(self, subject: str) -> str:
        return f"modification:{self.own}" if self._is_mine(subject) else subject


def is_sentence(value: str) -> bool:
    """Whether a value is running text rather than a name, a date or a list."""
    return len(value.split()) > 5 and bool(_VERB.search(value)) and bool(re.search(r"[.!?]\W*$|[.!?]\s+[A-Z]", value))
