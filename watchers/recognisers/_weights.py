"""What each sign of a page's kind weighs: for one kind, against the others.

The recogniser of a kind says how much of its own kind it finds; to that the weights of the signs are added. A sign can
make a page another kind's (a headline with a version is no modification's page); it makes no page of what says nothing
of the SEC, as only what a recogniser has found something in is raised, unless the sign itself names a modification.
"""

from __future__ import annotations

from collections.abc import Mapping

from watchers.outline import Outline
from watchers.recognisers import _signs
from watchers.recognisers._signs import Look, Sign

NEWS, MODIFICATION, RELEASE = "news", "modification-page", "release-page"
CONSULTATIONS, PAPER, VARIATIONS = "consultations", "paper", "variations"

_WEIGHTS: tuple[tuple[Sign, Mapping[str, float]], ...] = (
    (_signs.names_a_version, {NEWS: 0.2, MODIFICATION: -0.6, RELEASE: -0.4, CONSULTATIONS: -0.4, VARIATIONS: -0.5}),
    (_signs.is_round_up, {NEWS: 0.3, MODIFICATION: -0.6, RELEASE: -0.4, CONSULTATIONS: -0.4, VARIATIONS: -0.3}),
    (_signs.is_posted, {NEWS: 0.2, MODIFICATION: -0.3, CONSULTATIONS: -0.2, VARIATIONS: -0.2}),
    (_signs.says_posted, {NEWS: 0.1, MODIFICATION: -0.1, CONSULTATIONS: -0.1}),
    (_signs.tells_of_one, {NEWS: 0.3, MODIFICATION: -0.4}),
    (_signs.names_several, {NEWS: 0.1, MODIFICATION: -0.5}),
    (_signs.has_entries, {MODIFICATION: -0.4}),
    (_signs.lists_consultations, {CONSULTATIONS: 0.1, MODIFICATION: -0.5, NEWS: -0.2}),
    (_signs.is_in_news, {NEWS: 0.2, MODIFICATION: -0.3, RELEASE: -0.2, CONSULTATIONS: -0.2}),
    (_signs.is_in_modifications, {MODIFICATION: 0.1, NEWS: -0.1}),
    (_signs.tells_of_a_release, {NEWS: 0.2, RELEASE: -0.2, MODIFICATION: -0.2}),
    (_signs.names_a_release, {RELEASE: 0.1, NEWS: -0.2, MODIFICATION: -0.4}),
    (_signs.names_one, {MODIFICATION: 0.1, RELEASE: -0.5, NEWS: -0.1}),
    (_signs.has_fields, {MODIFICATION: 0.2, NEWS: -0.3, CONSULTATIONS: -0.2, RELEASE: -0.2}),
    (_signs.has_a_posts_foot, {NEWS: 0.1, MODIFICATION: -0.1}),
    (_signs.is_headed_as_a_paper, {RELEASE: -0.3, NEWS: -0.3, MODIFICATION: -0.4, CONSULTATIONS: -0.3}),
    (_signs.has_dated_posts, {NEWS: 0.1, MODIFICATION: -0.5, RELEASE: -0.3, CONSULTATIONS: -0.3}),
)
_NAMING = frozenset({_signs.tells_of_one})
"""Signs that a page cannot have without naming a modification: they count where nothing else was found."""


def weighed(outline: Outline, found: Mapping[str, float]) -> dict[str, float]:
    """Return how sure it is of each kind, what its recogniser has found weighed with the signs."""
    if outline.form == "feed" or not any(found.values()):
        return dict(found)
    look = Look(outline)
    shown = [(sign, weights) for sign, weights in _WEIGHTS if sign(look)]
    return {kind: _sum(kind, score, shown) for kind, score in found.items()}


def _sum(kind: str, score: float, shown: list[tuple[Sign, Mapping[str, float]]]) -> float:
    counted = (weights.get(kind, 0.0) for sign, weights in shown if score or sign in _NAMING)
    return round(min(max(score + sum(counted), 0.0), 1.0), 2)
