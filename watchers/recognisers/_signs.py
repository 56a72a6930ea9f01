"""Signs of a page's kind: what its name, the lines beside its name, and its entries show, whoever asks.

A recogniser says what of its own kind it finds; these signs tell kinds apart that have much in common: a post about one
modification and that modification's page, a post about a release and the release's page, a newsletter with a section
"Consultations" and the list of consultations. What each sign weighs for which kind is in `_weights`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.domain.identifiers import MODIFICATION, canonical, identity
from bot.domain.wording import words_alone
from watchers.outline import Block, Outline
from watchers.phrases import labels, paired
from watchers.phrases.marks import Marked, marked
from watchers.phrases.paired import Pair
from watchers.recognisers import _newsletter, _paper_signs
from watchers.recognisers._modification.heading import NEAR
from watchers.recognisers._modification.identity import ids_alone, named_near
from watchers.recognisers._modification.labelled import pairs_of
from watchers.recognisers._modification.names import GENERIC, ID_ALONE, SITE, TRAIL, first_id, is_name, title_of
from watchers.recognisers._post.posted import dateline, posted_on
from watchers.recognisers._post.versions import versions

_TOP = 8
"""Blocks among which a page's name stands."""
_BELOW = 2
"""Lines below a page's name that may give the day of posting: it, or the author and it."""
_LONGEST_NAME = 160
_WAY = re.compile(r"\s*[»>›→]\s*")
_TRAIL = re.compile(
    r"\W*(?:(?:home|you are here)\W+)*(?P<where>[A-Za-z][A-Za-z ]{2,40}?)\W*[»>›/|→]|"
    r"(?:<|←|«|back to|all)\s*(?P<back>[A-Za-z][A-Za-z ]{2,30})\W*$",
    re.IGNORECASE,
)
_IN_NEWS = re.compile(r"\b(?:news|posts?|updates|announcements|articles|stories|blog)\b", re.IGNORECASE)
_IN_MODIFICATIONS = re.compile(r"\bmodifications?\b|\bproposals\b", re.IGNORECASE)
_DATED_WORD = re.compile(r"\b(?:posted|published|news)\b|\bmin(?:ute)?s? read\b", re.IGNORECASE)
_CONSULTATIONS = re.compile(
    r"\bconsultations\b|\bconsultation (?:list|tracker|calendar|timetable|hub)\b|^\W*have your say\W*$", re.IGNORECASE
)
_AFTER_ID = re.compile(r"^\s+(?P<word>[a-z]\w*)")
"""How a headline goes on after an id: "MP212 will not go ahead"; a title begins with a capital."""
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|will|goes|went|gone|gets?|moves?|moved|becomes?|published|published|live|approved?|"
    r"approves|approval|rejects?|rejected|withdrawn|closed?|closes|opens?|released|delivered|delayed|postponed|"
    r"rescheduled|confirmed|agreed|targeted|decides?|decided|voted?|votes|sent back|sends|given|resumes?|resumed|"
    r"starts?|started|complete|completed|arrived?|arrives|ready|announced|update|reminder|successful(?:ly)?|"
    r"out now|now available|takes effect|in effect|in force|on track|looking back|lessons)\b",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"^\W*(?:you (?:may|might) also (?:like|be interested)\b.*|related (?:posts?|news|articles?|stories)|"
    r"(?:tags?|tagged|filed under|posted in|categor(?:y|ies))\s*[:|].*|(?:previous|next|older|newer) post\b.*|"
    r"leave a (?:reply|comment)|post navigation|share this (?:post|article)|read next)\W*$",
    re.IGNORECASE,
)
"""What stands below a post and hardly below another page."""
_ROUND_UP = re.compile(
    r"\b(?:news ?letters?|bulletins?|round[- ]?up|digest|in brief|headlines|week in|month in|monthly update|"
    r"weekly update|"
    r"what(?:’|')s (?:new|changed) this (?:week|month))\b",
    re.IGNORECASE,
)
_RELEASE_FIRST = re.compile(r"\W{0,40}(?:the )?⟦R\d+⟧", re.IGNORECASE)


def _leads(block: Block) -> bool:
    """Whether a line leads to the page, or says whose site it is."""
    return bool(_TRAIL.fullmatch(block.text)) or _is_sites(block.text)


def _is_sites(text: str) -> bool:
    """Whether a heading is the site's; one that a list of consultations may have is the page's own."""
    return bool(GENERIC.fullmatch(text)) and not _CONSULTATIONS.search(text)


@dataclass(frozen=True)
class Look:
    """What a page shows at first sight."""

    outline: Outline

    @cached_property
    def name_at(self) -> int | None:
        """Where the page's name stands: its first heading of the first level, its first heading, its first line."""
        top = self.outline.blocks[:_TOP]
        line = next((n for n, b in enumerate(top) if not _leads(b) and (len(b.cells) < 2 or is_name(b.text))), None)
        first = self._first_heading
        if first is None or first >= _TOP:
            short = line is not None and len(top[line].text) <= _LONGEST_NAME
            return line if short else first
        if line is not None and line < first and (is_name(top[line].text) or paired.pairs(top[first].text)):
            return line
        return first - 1 if first and posted_on(top[first]) else first

    @property
    def _first_heading(self) -> int | None:
        heads = [n for n, block in enumerate(self.outline.blocks) if block.kind == "heading"]
        heads = [n for n in heads if not _is_sites(self.outline.blocks[n].text)] or heads
        return next((n for n in heads if self.outline.blocks[n].level == 1), next(iter(heads), None))

    @cached_property
    def name(self) -> str:
        """The page's name, without the site's."""
        named = self.outline.blocks[self.name_at].text if self.name_at is not None else self.outline.title
        return SITE.sub("", _WAY.split(named)[-1] if TRAIL.search(named) else named)

    @cached_property
    def marked(self) -> Marked:
        return marked(self.name)

    @cached_property
    def above(self) -> Sequence[Block]:
        return self.outline.blocks[: self.name_at or 0]

    @cached_property
    def below(self) -> Sequence[Block]:
        return self.outline.blocks[(self.name_at if self.name_at is not None else -1) + 1 :]

    @cached_property
    def id(self) -> str:
        """The one modification that the name names, "" where it names none or several."""
        named = {identity(canonical(match)) for match in MODIFICATION.finditer(self.name)}
        return first_id(self.name) if len(named) == 1 else ""

    @cached_property
    def is_of_one(self) -> bool:
        """Whether the page is of one modification: by its name, or by a line beside it and its labels."""
        near = [*enumerate(self.above[-NEAR:]), *enumerate(self.below[:NEAR])]
        return bool(self.id) or (len(self.fields) > 1 and (any(ids_alone(near)) or bool(named_near(near))))

    @cached_property
    def posted(self) -> str:
        """The day that the lines below the name give alone, "" for none."""
        near = self.below[:_BELOW]
        return next((day for block in near if block.kind != "row" and (day := posted_on(block) or dateline(block))), "")

    @cached_property
    def fields(self) -> set[str]:
        """What labels with values, or above them, give: the roles of a modification's page."""
        found = (pair for block in self.below[:_LABELS_LOOKED_AT] for pair in _labelled(block))
        return {pair.role for pair in found if not labels.vague(pair.label)}

    @cached_property
    def trails(self) -> list[str]:
        """Where the page stands in its site, by the line above its name."""
        found = (
            _TRAIL.match(block.text) for block in self.above if block.kind != "row" and len(block.text) < _TRAIL_IS
        )
        return [(match["where"] or match["back"]) for match in found if match]

    @cached_property
    def entries(self) -> int:
        """How many modifications have a heading or a line of their own, alike."""
        kinds: dict[tuple[str, int], set[object]] = {}
        for block in self.below:
            if block.kind in ("heading", "paragraph") and (match := _ENTRY.match(block.text)):
                kinds.setdefault((block.kind, block.level), set()).add(identity(first_id(match[0])))
        return max(map(len, kinds.values()), default=0)


_LABELS_LOOKED_AT = 24
_TRAIL_IS = 120
_FIELDS = 2
_TELLING = frozenset({"proposer", "analyst", "path", "parties", "parts"})


def _labelled(block: Block) -> Sequence[Pair]:
    """Return the labels of a block, of a row of several those that have their value beside them in one cell."""
    return (
        pairs_of(block)
        if len(block.cells) < _SEVERAL
        else [pair for cell in block.cells for pair in paired.pairs(cell)]
    )


_SEVERAL = 3
_ENTRY = re.compile(rf"\W*(?:{MODIFICATION.pattern})", MODIFICATION.flags)

Sign = Callable[[Look], bool]


def names_a_version(look: Look) -> bool:
    """The page's name names a version of the SEC."""
    return bool(look.marked.of("V") or (look.posted and versions(look.name)))


def is_round_up(look: Look) -> bool:
    """The page calls itself a newsletter, a bulletin, a digest of what was decided, or came by mail."""
    return _newsletter.is_newsletter(look.outline) or bool(_ROUND_UP.search(look.name))


def is_posted(look: Look) -> bool:
    """The day of posting stands below the page's name."""
    return bool(look.posted)


def says_posted(look: Look) -> bool:
    """The day below the page's name is said to be that of posting, or the author stands beside it."""
    return bool(look.posted) and any(_DATED_WORD.search(block.text) for block in look.below[:_BELOW])


def tells_of_one(look: Look) -> bool:
    """The page's name is a headline about one modification: it goes on in small letters, or the text has its title."""
    if not look.id or any(mark.title for mark in look.marked.of("M")):
        return False
    match = next(MODIFICATION.finditer(look.name))
    if _AFTER_ID.match(look.name[match.end() :]):
        return True
    said = title_of(look.name) if not ID_ALONE.fullmatch(look.name) else ""
    titles = {mark.title for block in look.below for mark in marked(block.text).of("M") if _names(mark.text, look.id)}
    return bool(said) and any(title and not _alike(said, title) for title in titles)


def _names(text: str, id_: str) -> bool:
    found = first_id(text)
    return bool(found) and identity(found) == identity(id_)


def _alike(one: str, other: str) -> bool:
    first, second = words_alone(one), words_alone(other)
    return first in second or second in first


def names_several(look: Look) -> bool:
    """The page's name names several modifications: one page is of one."""
    return len({identity(canonical(match)) for match in MODIFICATION.finditer(look.name)}) > 1


def has_entries(look: Look) -> bool:
    """Several modifications have each an entry alike, and the page's name is none of theirs."""
    return look.entries > 1 and not look.is_of_one


def lists_consultations(look: Look) -> bool:
    """The page's name is that of a list of consultations."""
    return bool(_CONSULTATIONS.search(look.name)) and not look.id and not look.posted


def is_in_news(look: Look) -> bool:
    """The line above the page's name leads to news."""
    return any(_IN_NEWS.search(where) for where in look.trails)


def is_in_modifications(look: Look) -> bool:
    """The line above the page's name leads to the modifications."""
    return any(_IN_MODIFICATIONS.search(where) and not _CONSULTATIONS.search(where) for where in look.trails)


def tells_of_a_release(look: Look) -> bool:
    """The page's name says what has become of a release: "June 2023 Release is live"."""
    return bool(look.marked.of("R")) and bool(_TELLS.search(_RELEASE_FIRST.sub("", look.marked.text)))


def names_a_release(look: Look) -> bool:
    """The page's name is a release's, and nothing more."""
    return bool(look.marked.of("R")) and not re.search(r"\w", re.sub(r"⟦R\d+⟧|\bthe\b|\bsec\b", "", look.marked.text))


def names_one(look: Look) -> bool:
    """The page's name is one modification's, with its title or without."""
    return bool(look.id) and (is_name(look.name) or bool(ID_ALONE.fullmatch(look.name))) and not tells_of_one(look)


def has_a_posts_foot(look: Look) -> bool:
    """What stands below posts stands below: tags, the post before and after, what one may also like."""
    return any(_FOOT.match(block.text) for block in look.below if len(block.text) < _TRAIL_IS)


def is_headed_as_a_paper(look: Look) -> bool:
    """Lines that stand above papers stand above the page's text: its reference, its classification, what is asked."""
    return _paper_signs.above(look.outline) > (1 if look.outline.form == "html" else 0)


def has_dated_posts(look: Look) -> bool:
    """Several headings that are no labels have each a day of posting below: an archive."""
    heads = ((head, below) for head, below in pairwise(look.outline.blocks) if head.kind == "heading")
    return sum(1 for head, below in heads if posted_on(below) and not paired.pairs(head.text)) > 1


def has_fields(look: Look) -> bool:
    """Labels that hardly any page has but a modification's: its proposer, its path, whom and what it touches."""
    return len(look.fields) > _FIELDS and bool(look.fields & _TELLING)
