"""Claims: what a page says, one fact at a time, each with the sentence that says so.

A `Reading` is all that one capture of one page claims. Claims are what is stored, compared and scored; the views that
people ask for (`bot.domain.views`) are folded from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands on its page.

    `quote` is the sentence or row as the page has it (white space single, broken characters mended), `block` its
    position in the outline (from 0), `heading` the nearest heading above it, `rule` the name of the rule that read
    it.
    """

    quote: str
    block: int = 0
    heading: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact: `subject` ("modification:MP090"), `attribute` (a row of the vocabulary), `value` in canonical form.

    `item` names the item of a stream (a post, a paper) that says it; empty on a page that is overwritten in place.
    Two claims are equal when they say the same thing, whatever their evidence.
    """

    subject: str
    attribute: str
    value: str
    evidence: Evidence = field(compare=False)
    item: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """The kind of the subject: "modification", "release" …"""
        return self.subject.partition(":")[0]

    @property
    def key(self) -> str:
        """The subject without its kind: "MP090", "2021-11" …"""
        return self.subject.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a stream: a news post of an archive, a paper.

    `key` is its identity and does not change when the item slides to another page, is re-dated or is edited;
    `truncated` says that the page shows only its beginning; `url` where it stands by itself.
    """

    key: str
    title: str
    posted_on: str = ""
    truncated: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a reading may be wrong.

    `reason` is a word for machines ("count_differs"), `detail` a sentence for people. A `grave` doubt means that
    the reading is not believable: it is kept, quarantined and never compared.
    """

    reason: str
    detail: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a page gives: its words and its absolute URL."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A watched piece of prose (an implementation approach): its heading and its sentences in order."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one capture claims.

    `kind` is the kind of page ("release-page", "news", "paper"), `about` its main subject ("release:2021-11") where
    it has one, `stream` whether the page shows items of a stream rather than one thing overwritten in place,
    `residue` the rows that look like ours and were not understood, `pieces` the page itself: the text of each of its
    headings, paragraphs, items and rows, to which the evidence of claims points.
    """

    kind: str
    claims: tuple[Claim, ...] = ()
    about: str = ""
    heading: str = ""
    stream: bool = False
    items: tuple[Item, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    residue: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    passages: tuple[Passage, ...] = ()
    pieces: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def believable(self) -> bool:
        """Whether the reading may be compared and told."""
        return not any(doubt.grave for doubt in self.doubts)

    @property
    def reason(self) -> str:
        """The grave doubts in one line; empty when believable."""
        return " ".join(doubt.detail for doubt in self.doubts if doubt.grave)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with who says so and since when.

    `current`: its source still says so. `stated_at`: when secbot first read it there; `url`: the page. `heading`: of
    the item (post, paper) or of the page. `capture`: the number of the capture that its evidence stands in.
    `ended_at`: when secbot first read the page without it.
    """

    claim: Claim
    source: str
    url: str
    stated_at: datetime
    current: bool = True
    heading: str = ""
    posted_on: str = ""
    capture: int = 0
    ended_at: datetime | None = field(default=None, compare=False)


def subject(kind: str, key: str) -> str:
    """Return the subject of that kind and key."""
    return f"{kind}:{key}"


def of(claims: Iterable[Claim], subject: str, attribute: str) -> list[str]:
    """Return the values that claims give for a subject's attribute, each once, in page order."""
    return list(dict.fromkeys(c.value for c in claims if c.subject == subject and c.attribute == attribute))


def unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims without repetitions; the first evidence of each stays."""
    return tuple({(c.subject, c.attribute, c.value, c.item): c for c in reversed(list(claims))}.values())[::-1]
