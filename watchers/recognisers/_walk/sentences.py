"""Running text: titles, names, what the rules find, modifications that prose introduces into a scope."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from bot.domain import checks
from bot.domain.claims import Passage
from bot.domain.forms import worded
from watchers.outline.text.prose import GLUED_DATE
from watchers.phrases import leads
from watchers.phrases.chrome import is_chrome
from watchers.phrases.context import Said
from watchers.phrases.marks import Marked, sentences
from watchers.phrases.rules import said
from watchers.phrases.rules.baselines import is_about_baselines
from watchers.phrases.rules.go_live import is_of_go_live, with_go_live
from watchers.phrases.rules.go_live_stands import refuses_request
from watchers.phrases.several import apart, named_again, named_by_place
from watchers.phrases.undone import over
from watchers.recognisers._walk.claims import WalkClaims

_LONGEST_LABELLED = 110
_OF_WHAT_FOLLOWS = worded(r"\b(?:the following|those below|as follows)\b[^.]*:\W*$")
_DATED_LABEL = re.compile(r"[^.:;]{2,50}:\s*(?:\w+ ){0,3}\d{1,2}\w* [A-Z]")
_GONE = ("rejected", "withdrawn", "sent_back")
_SUPPOSED = worded(r"\b(?:if|whether|might|may|could|asked|proposed|unless)\b(?!.*\bto stay\b)")
_SIBLINGS = re.compile(r"⟦(?P<one>M\d+)⟧\s*(?:and|&|/|,)\s*⟦(?P<two>M\d+)⟧")
_SUBJECTS = {
    "M": "modification",
    "C": "change_request",
    "K": "change_resolution_proposal",
    "I": "issue_resolution_proposal",
}


class SentenceWalk(WalkClaims):
    """Reads sentences."""

    def labelled_text(self, text: str) -> None:
        """Read a text; a label with its date below a heading about baselines is read with that heading."""
        if len(text) < _LONGEST_LABELLED and GLUED_DATE.match(text):
            text = GLUED_DATE.sub(r"\g<label>: ", text)
        dated = _DATED_LABEL.match(text) and len(text) < _LONGEST_LABELLED
        if self.context.release and is_of_go_live(self.section):
            text = with_go_live(text)
        self.sentence_text(f"{self.section} – {text}" if dated and is_about_baselines(self.section) else text)

    def sentence_text(self, text: str) -> None:
        """Read the sentences of a text."""
        for sentence in sentences(text, self.context.release):
            if _OF_WHAT_FOLLOWS.search(sentence.text) and not sentence.of("M"):
                self.of_none_before(sentence)
            else:
                self.sentence(sentence)

    def of_none_before(self, sentence: Marked) -> None:
        """Read a sentence whose "they" are those of the list that it introduces, none that were named before it."""
        before = self.context.about, self.context.last
        self.context.about = self.context.last = ()
        self.sentence(sentence)
        self.context.about, self.context.last = before

    def sentence(self, sentence: Marked) -> None:
        """Read one sentence: titles, names and what the rules find."""
        quote = sentence.plain()
        sentence = named_by_place(named_again(given := sentence, self._two), self.context.listed)
        if (count := checks.counted(quote)) is not None:
            self.counts.append(count)
        self.titles(sentence, quote)
        for mark in sentence.of("R"):
            if mark.value == self.context.release and not mark.own:
                self.name(mark, quote)
        self.context.mentioned |= set(sentence.values("M"))
        asked_of = self.context.request or self.context.live
        facts = [fact for piece in apart(sentence) for fact in self.said(piece)]
        facts = self.without_ended(sentence, facts)
        if asked_of and refuses_request(sentence):
            self.unsay(f"release:{asked_of}", "proposed_go_live")
        for mark in sentence.of("R") if not self.own_page else ():
            if not mark.own and any(f"release:{mark.value}" == of and what == "go_live" for of, what, _, _ in facts):
                self.name(mark, quote)
        for subject, attribute, value, rule in facts:
            self.claim(subject, attribute, value, quote, rule)
        self.introduced(sentence, facts)
        if found := sentence.values("M"):
            self.context.last = tuple(found)
            self._two = tuple(found) if sentence is given else self._two
        self.follow_conversions(sentence)
        if self.passages and self.passages[-1].heading == self.heading and not (self.off_page or is_chrome(quote)):
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

    def without_ended(self, sentence: Marked, facts: list[Said]) -> list[Said]:
        """Return facts without the statuses that the sentence says have ended; what was claimed of those is unsaid."""
        ended = over(sentence.text)
        if not ended:
            return facts
        ids = sentence.values("M") or self.context.about or self.context.last
        for id_ in ids:
            self.unsay(f"modification:{id_}", "status", ended)
        return [fact for fact in facts if not (fact[1] == "status" and fact[2] in ended)]

    def unsay(self, subject: str, attribute: str, values: Collection[str] = ()) -> None:
        """Drop what was claimed of a subject and holds no longer; any value where none are given."""
        self.claims = [
            claim
            for claim in self.claims
            if (claim.subject, claim.attribute) != (subject, attribute) or (values and claim.value not in values)
        ]

    def follow_conversions(self, sentence: Marked) -> None:
        """Once a Draft Proposal has become a modification, "it" means that, and the title is its title: one item."""
        became = {
            claim.value: claim.subject.partition(":")[2]
            for claim in self.claims[-12:]
            if claim.attribute == "draft_proposal" and claim.evidence.quote == sentence.plain()
        }
        for old, new in became.items():
            if (title := self._titles.get(f"modification:{old}")) and f"modification:{new}" not in self._titles:
                self.claim(f"modification:{new}", "title", title, sentence.plain(), "converted")
            self.context.about = tuple(new if id_ == old else id_ for id_ in self.context.about)
            if set(self.context.last) == {old, new}:
                self.context.last = (new,)

    def said(self, sentence: Marked) -> Iterable[tuple[str, str, str, str]]:
        """Return what a sentence says."""
        return said(sentence, self.context)

    def titles(self, whole: Marked, quote: str) -> None:
        """Titles stand wherever an id is followed by one in quotes; of "MP261A and MP261B ‘…’" both have it."""
        for pair in _SIBLINGS.finditer(whole.text) if "⟦M" in whole.text else ():
            one, two = whole.marks[pair["one"]], whole.marks[pair["two"]]
            if two.title and not one.title and one.value[:-1] == two.value[:-1] and not one.value[-1:].isdigit():
                self.claim(f"modification:{one.value}", "title", two.title, quote, "title")
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


def id_(subject: str) -> str:
    """Return what a subject names: "MP090" of "modification:MP090"."""
    return subject.partition(":")[2]
