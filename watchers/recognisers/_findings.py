"""What is found on a page while it is read, and how it is settled when a page says one thing twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.domain import claims as said
from bot.domain import statuses, vocabulary
from bot.domain.claims import Claim, Item, Link
from watchers.outline import Block
from watchers.phrases.marks import RELEASE, marked

_ORDER = (*statuses.LIFE, *statuses.HELD, *statuses.ENDED)
_RELEASE_ADDRESS = re.compile(r"/[a-z]+-20\d\d-sec-(?:systems?-)?release/?(?:$|[?#])", re.IGNORECASE)


def slug(text: str) -> str:
    """Return text as an address would have it: "sec-v62-0-released-to-implement-mp200"."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:80]


def release_links(blocks: Iterable[Block]) -> tuple[Link, ...]:
    """Return the links that name releases, each address once."""
    links = (link for block in blocks for link in block.links)
    named = (link for link in links if RELEASE.search(link.text) or _RELEASE_ADDRESS.search(link.url))
    return tuple({link.url: link for link in reversed(list(named))}.values())[::-1]


def settled(claims: Sequence[Claim], items: Sequence[Item] = ()) -> tuple[Claim, ...]:
    """Return claims with one value for each attribute that has one: the newest item's, then what the rule prefers."""
    newest = {item.key: n for n, item in enumerate(sorted(items, key=lambda i: i.posted_on, reverse=True))}
    values: dict[tuple[str, str], list[Claim]] = {}
    for claim in said.unique(claims):
        if not vocabulary.attribute(claim.subject, claim.attribute).many:
            values.setdefault((claim.subject, claim.attribute), []).append(claim)
    dropped: set[int] = set()
    for (_, attribute), several in values.items():
        if len({claim.value for claim in several}) > 1:
            chosen = _preferred(attribute, several, newest)
            dropped |= {id(claim) for claim in several if claim.value != chosen.value}
    kept = [claim for claim in said.unique(claims) if id(claim) not in dropped]
    facts = {(claim.subject, claim.attribute, claim.value) for claim in kept}
    return tuple(claim for claim in kept if (claim.subject, _COMES_TO.get(claim.attribute), claim.value) not in facts)


_COMES_TO = {"proposed_go_live": "go_live", "may_include": "in_scope"}
"""What a proposal has become once it is what it proposed."""


def _preferred(attribute: str, several: Sequence[Claim], newest: dict[str, int]) -> Claim:
    front = min(newest.get(claim.item, 0) for claim in several)
    candidates = [claim for claim in several if newest.get(claim.item, 0) == front]
    choose = _CHOICES.get(attribute)
    return choose(candidates) if choose else candidates[0]


def _status(several: Sequence[Claim]) -> Claim:
    rows = [claim for claim in several if claim.evidence.rule == "row"]
    return max(rows or several, key=lambda claim: _ORDER.index(claim.value) if claim.value in _ORDER else -1)


def _now(several: Sequence[Claim]) -> Claim:
    """Prefer what is said to be done, then the sentence that says "now" or tells of a move, never what "was due"."""
    several = [claim for claim in several if not _ONCE_DUE.search(claim.evidence.quote)] or several
    if done := [claim for claim in several if _DONE.search(claim.evidence.quote)]:
        return done[0]
    now = [claim for claim in several if re.search(r"\bnow\b|\bnew\b|\brevised\b", claim.evidence.quote, re.IGNORECASE)]
    moved = [claim for claim in several if claim.evidence.rule == "go-live moved"]
    return (now or moved or several)[0]


_ONCE_DUE = re.compile(
    r"^(?!.*\b(?:now|instead|but|moved)\b).*\b(?:was|were|had been) (?:originally |first |initially )?(?:due|"
    r"planned|scheduled|expected|set|to go)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\bwent live\b|\bhas gone live\b|\b(?:was|were|has been) (?:successfully )?(?:implemented|delivered|"
    r"deployed)\b|\blive since\b",
    re.IGNORECASE,
)


def _own_title(several: Sequence[Claim]) -> Claim:
    """Prefer a title printed beside the id itself over that of the Draft Proposal it came from."""
    own = [claim for claim in several if claim.evidence.rule != "converted"]
    return (own or several)[0]


def _latest(several: Sequence[Claim]) -> Claim:
    return max(several, key=lambda claim: claim.value)


_CHOICES: dict[str, Callable[[Sequence[Claim]], Claim]] = {
    "status": _status,
    "title": _own_title,
    "go_live": _now,
    "proposed_go_live": _now,
    "implementation_document_updated_on": _latest,
    "change_board_vote_on": _latest,
    "panel_presentation_on": _latest,
    "baselined_on": _latest,
}


def release_of(text: str) -> str:
    """Return the release that a heading is about: the first that it names, "" for none."""
    return next(iter(marked(text).values("R")), "")
