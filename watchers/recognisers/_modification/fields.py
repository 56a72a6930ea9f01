"""What labels of a modification's page make of their values, one role a method."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain import dates
from bot.domain.identifiers import modifications
from watchers.phrases import columns, events, impacts, labels, own, plainly, stages
from watchers.phrases.marks import marked, sentences
from watchers.phrases.paired import Pair
from watchers.phrases.rules import said
from watchers.phrases.titles import QUOTES, cleaned
from watchers.recognisers._modification.sentences import is_sentence
from watchers.recognisers._modification.settling import LABELLED
from watchers.recognisers._modification.timeline import HOPED, TimelineReading

_OLD_DATE = re.compile(
    r"\b(?:originally|previously|formerly|initially|was due|instead of|not|rather than)\b[^,;(]{0,30}$", re.IGNORECASE
)
_LONGEST_NAME = 60
_OF_AUTHORITY = re.compile(r"\b(?:authority|ofgem|gema)\b", re.IGNORECASE)
_OF_BOARD = re.compile(r"\bchange board\b|\bCB\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|subject to|provided|unless|depend\w*)\b", re.IGNORECASE)
_UNSETTLED = re.compile(r"\b(?:proposed|provisional|indicative|estimated)\b", re.IGNORECASE)
UNCHANGED = re.compile(
    r"\bno (?:\w+ )?(?:changes?|impacts?|amendments?)\b|\bnot\b|\bunchanged\b|\bunaffected\b", re.IGNORECASE
)
IRP = re.compile(r"(?<![A-Za-z0-9])IRP\s?(\d{3,4})(?!\d)")
_DOCUMENTS = re.compile(r"\b(?:documents?|documentation|schedules?|appendices|parts?)\b", re.IGNORECASE)
NEVER = re.compile(r"\bwould(?: n[o’']t)? have\b|\bhad (?:it|this) (?:been|passed|gone)\b", re.IGNORECASE)
"""Words of a heading above what a modification that was rejected or withdrawn will never change."""


_TOLD_OF_IT = re.compile(
    r"(?:was |were |is |are |will be |to be )?(?:implemented|delivered|changed?|"
    r"go(?:es)? live|went live|live|in force|effective)"
    r"\b[^.;]{0,20}20\d\d",
    re.IGNORECASE,
)
"""What is said of documents or systems beside their name: "Systems: implemented 3 November 2022"."""


class FieldReading(TimelineReading):
    """Reads the values of labels: `_role` for each role that a label can have."""

    def field(self, pair: Pair, quote: str) -> None:
        """Claim what a label makes of its value."""
        if labels.empty(pair.value):
            return
        if _TOLD_OF_IT.match(pair.value) and pair.role in ("files", "systems", "parts"):
            self.prose(f"{pair.label.strip(' :')}: {pair.value}")
            return
        read = getattr(self, f"_{pair.role}", None)
        if read is not None:
            read(pair, quote)
        if pair.role not in ("update", "timeline", "files", "prose"):
            split = pair.role == "origin" and bool(re.search(r"split|parent|origin", pair.label, re.IGNORECASE))
            self.origins(pair.value, quote, split=split)

    def _title(self, pair: Pair, quote: str) -> None:
        found = next((m.title for m in marked(pair.value).of("M") if m.title), "")
        plain = re.sub(r"^\W*(?:SECMP|[MD]P)\s?\d{3,4}[A-D]?\s*[:–—-]?\s*", "", pair.value)
        self.claim("title", found or cleaned(plain.strip(QUOTES + " ")), quote, LABELLED)

    def _status(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
        if self.labelled_status:
            return
        found = stages.stage(pair.value)
        if found is None:
            told = self._statuses(pair.value)
            status = told[-1] if told else stages.other(pair.value)
            if status is None:
                return
            found = stages.Stage(status)
            if not is_sentence(pair.value):
                self.prose(pair.value)
        self.labelled_status, self._status_quote = found.status, (quote, self.number, self.heading)
        for attribute, value in found.fields:
            self.claim(attribute, value, quote, LABELLED)
        self.event_of_value(pair, quote)

    def event_of_value(self, pair: Pair, quote: str) -> None:
        """A path beside the status: "Change Board vote (Self-Governance)"."""
        for _, attribute, value, _ in said(marked(pair.value), self._context()):
            if attribute == "decision_path":
                self.claim(attribute, value, quote, LABELLED)

    def _statuses(self, text: str) -> list[str]:
        return [
            v
            for s in sentences(text)
            for subject, a, v in (
                *((subject, a, v) for subject, a, v, _ in said(s, self._context())),
                *((f"modification:{self.own}", a, v) for a, v in plainly.facts(s)),
            )
            if a == "status" and self._is_mine(subject)
        ]

    def _path(self, pair: Pair, quote: str) -> None:
        if value := columns.path(pair.value) or columns.path_within(pair.value):
            self.claim("decision_path", value, quote, LABELLED)
            return
        for _, attribute, value, _ in said(marked(pair.value), self._context()):
            if attribute == "decision_path":
                self.claim(attribute, value, quote, LABELLED)

    def _proposer(self, pair: Pair, quote: str) -> None:
        value = pair.value.partition(";")[0]
        on = re.fullmatch(r"(?P<who>.+?)(?:[\s,(–-]|\bon\b)+(?P<day>\d[^)]*20\d\d)\)?\W*", value)
        who, day = (on["who"], dates.whole(on["day"])) if on else (value, None)
        plain = " ".join(who.split()).strip(" .;")
        if len(plain) <= 100 and not re.search(r"\b(?:is|was|has|will)\b", plain):
            self.claim("proposer", re.sub(r"^the (?=[A-Z])", "", plain), quote, LABELLED)
        if day:
            self.claim("raised_on", day, quote, LABELLED)

    def _analyst(self, pair: Pair, quote: str) -> None:
        plain = " ".join(pair.value.split()).strip(" .;")
        if len(plain) <= 80 and not dates.find(plain):
            self.claim("lead_analyst", plain, quote, LABELLED)

    def _date(self, pair: Pair, quote: str) -> None:
        label = pair.label.strip(" :?.")
        if re.search(r"\b(?:implement|go[- ]?live|effective)", label, re.IGNORECASE):
            self.implementation(label, pair.value, quote)
            return
        if is_sentence(pair.value):
            self.prose(pair.value)
            return
        ranged = events.whole_range(pair.value)
        found = events.split(pair.value)
        if ranged or (found and dates.find(pair.value)):
            days = (ranged,) if ranged else found[-1].days if not found[0].words else found[0].days
            outcome = re.sub(r"\d{1,2}\w* [A-Z]\w+ 20\d\d", " ", pair.value)
            words = label if label.casefold() != "closing date" else "consultation closes"
            self.event(events.Event(words, days, bool(ranged), outcome.strip()), quote, LABELLED)
        if len(pair.value) > 40:
            self.prose(pair.value)

    def implementation(self, label: str, value: str, quote: str) -> None:
        """The days (of a release, where no day is printed) on which it is implemented; a hope is a target."""
        whole = marked(value)
        if is_sentence(value):
            self.prose(value)
            return
        if _IF.search(whole.text) or _UNSETTLED.search(label):
            self.prose(value)
            return
        releases = whole.values("R")
        days = [
            whole.marks[m[1]].value
            for m in re.finditer(r"⟦(D\d+)⟧", whole.text)
            if not _OLD_DATE.search(whole.text[: m.start()])
        ]
        if releases and not days and (HOPED.search(label) or HOPED.search(value)):
            self.claim("targeted_release", releases[-1], quote, LABELLED)
            return
        for one in [day for day in days if len(day) >= len("2021-11")] or releases:
            self.claim("implementation", one, quote, LABELLED if days else "release named")
        if releases and re.search(r"\btarget\w* release\b", label, re.IGNORECASE):
            self.claim("targeted_release", releases[-1], quote, LABELLED)

    def _release(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
        whole = marked(pair.value)
        months = [m.value for m in whole.of("D") if len(m.value) == len("2021-11")]
        release = next(iter([*whole.values("R"), *months]), "")
        if not release:
            return
        if re.search(r"\btarget|\bplan", pair.label + pair.value, re.IGNORECASE):
            self.claim("targeted_release", release, quote, LABELLED)
        elif re.search(r"\bimplementation\b", pair.label, re.IGNORECASE):
            self.implementation(pair.label, pair.value, quote)
        else:
            self.claim("targeted_release", release, quote, "release")

    def _parties(self, pair: Pair, quote: str) -> None:
        listed, told = _list_and_sentence(pair.value)
        if told or is_sentence(pair.value):
            self.prose(told or pair.value)
        if is_sentence(pair.value) and not listed:
            return
        for name in impacts.parties(listed or pair.value):
            self.claim("impacts_party", name, quote, LABELLED)

    def _parts(self, pair: Pair, quote: str) -> None:
        if NEVER.search(pair.label):
            return
        first = re.split(r"(?<=[\w)])\.\s+(?=[A-Z])", pair.value)[0]
        if first != pair.value and impacts.only_parts(first) and _VERB.search(pair.value, len(first)):
            self._parts(replace(pair, value=first), quote)
            return
        if re.search(r"✗\W*$|\b(?:not affected|no change)\b|^\W*(?:TBC|to be confirmed)\b", pair.value, re.IGNORECASE):
            return
        listed = impacts.parts(pair.value) or impacts.keyed(pair.label, pair.value)
        if listed and (impacts.only_parts(pair.value) or listed != impacts.parts(pair.value)):
            for part in listed:
                self.claim("affects_part", part, quote, LABELLED)
            return
        for sentence in sentences(pair.value):
            text = sentence.plain()
            for part in impacts.parts(text) if not UNCHANGED.search(text) else ():
                self.claim("affects_part", part, quote, LABELLED)
        documents = bool(_DOCUMENTS.search(pair.label))
        for name, part in impacts.specifications(pair.value):
            if documents and part:
                self.claim("affects_part", part, quote, LABELLED)
            else:
                self.claim("affects", name, quote, LABELLED)

    def _systems(self, pair: Pair, quote: str) -> None:
        if is_sentence(pair.value):
            self.prose(pair.value)
            return
        about = columns.impacts(pair.label)
        if (ticks := columns.tick(pair.label, pair.value)) is not None:
            for attribute, value in ticks if about.casefold() not in ("systems", "system", "") else ():
                self.claim(attribute, value, quote, LABELLED)
            return
        generic = re.fullmatch(r"\W*(?:impacts?|affects)\W*", pair.label, re.IGNORECASE)
        if generic and impacts.are_parties(pair.value):
            self._parties(pair, quote)
            return
        for attribute, value in impacts.systems(pair.value):
            party = generic and impacts.are_parties(value)
            self.claim("impacts_party" if party else attribute, value, quote, LABELLED)
        for part in impacts.parts(pair.value):
            self.claim("affects_part", part, quote, LABELLED)

    def _files(self, pair: Pair, quote: str) -> None:
        """Documents named beside their label are those affected; those to download stand below it."""
        self._parts(pair, quote)

    def _update(self, pair: Pair, _quote: str) -> None:
        self.update(pair.value)

    def _origin(self, pair: Pair, quote: str) -> None:
        """The Draft Proposal of the whole, also where a part of it stands here: MP134A came from DP134."""
        for id_ in modifications(pair.value):
            if own.became(self.own.rstrip("ABCD"), id_):
                self.claim("draft_proposal", id_, quote, "origin")
                day = next((one.value for one in dates.find(pair.value)), "")
                if re.search(r"\bconver", pair.label, re.IGNORECASE):
                    self.claim("converted_on", day, quote, LABELLED)

    def _irps(self, pair: Pair, quote: str) -> None:
        for match in IRP.finditer(pair.value):
            self.claim("issue_resolution_proposal", f"IRP{match[1]}", quote, LABELLED)

    def _recommendation(self, pair: Pair, quote: str) -> None:
        if match := re.match(r"\W*(?:to |that .{0,40}?)?(approv|reject)", pair.value, re.IGNORECASE):
            self.claim(
                "change_board_recommendation",
                "approve" if match[1].casefold() == "approv" else "reject",
                quote,
                LABELLED,
            )
        if day := next((one.value for one in dates.find(pair.value)), ""):
            self.claim("change_board_vote_on", day, quote, LABELLED)

    def _decider(self, pair: Pair, quote: str) -> None:
        """Who decided, in a field of its own beside the decision and its day."""
        if named := columns.path(pair.value) or columns.path_within(pair.value):
            self.claim("decision_path", named, quote, LABELLED)
        elif len(pair.value) < _LONGEST_NAME:
            self.decision.who = pair.value
            self._settle_decision(quote)

    def _decided_on(self, pair: Pair, quote: str) -> None:
        if day := dates.whole(pair.value):
            self.decision.day = day
            self._settle_decision(quote)

    def _settle_decision(self, quote: str) -> None:
        """Claim the day of a decision that stands in fields of its own, once its verdict is known."""
        told = self.decision
        if not told.day or not told.verdict:
            return
        who = "Authority" if _OF_AUTHORITY.search(told.who) else "Change Board" if _OF_BOARD.search(told.who) else ""
        words = f"{who} decision" if who else "Approved" if told.verdict == "approved" else ""
        self.event(events.Event(words, (told.day,), outcome=told.verdict), quote, LABELLED)

    def _decision(self, pair: Pair, quote: str) -> None:
        """The outcome of a decision: by whom the label says, else the value."""
        value, label = pair.value, pair.label
        if is_sentence(value):
            self.prose(value)
            return
        day = next((one.value for one in dates.find(value)), "")
        who = "Authority" if re.search(r"authority|ofgem", f"{label} {value}", re.IGNORECASE) else ""
        if not who and re.search(r"change board", f"{label} {value}", re.IGNORECASE):
            who = "Change Board"
        verdict = re.search(r"\b(?<!for )(approv|reject)(?:ed|es|e)?\b", value, re.IGNORECASE)
        if re.search(r"\brecommend", value, re.IGNORECASE) or (who == "Change Board" and self.authority):
            self._recommendation(replace(pair, value=re.sub(r"^.*?\brecommend\w*\W*(?:to )?", "", value)), quote)
            return
        if day:
            words = f"{who} decision" if who else "Approved" if verdict and verdict[1].casefold() == "approv" else ""
            outcome = ("approved" if verdict[1].casefold() == "approv" else "rejected") if verdict else ""
            self.event(events.Event(words, (day,), outcome=outcome), quote, LABELLED)
        if verdict:
            told = "approved" if verdict[1].casefold() == "approv" else "rejected"
            self.tell(told, day, quote, LABELLED)
            self.decision.verdict, self.decision.who = told, self.decision.who or who
            self._settle_decision(quote)
        elif named := columns.path(value):
            self.claim("decision_path", named, quote, LABELLED)


def _list_and_sentence(value: str) -> tuple[str, str]:
    """Return the list of parties that a value begins with, and the sentences behind it; "" for both without these."""
    end = re.search(r"\.\s+(?=[A-Z])", value)
    if not end or not _VERB.search(value, end.end()) or not impacts.are_parties(value[: end.start()]):
        return "", ""
    return value[: end.start()], value[end.end() :]


_VERB = re.compile(r"\b(?:is|are|was|were|will|has|have|does|do|may|can)\b")
