"""What each sign of a page's kind weighs: for one kind, against the others.

The recogniser of a kind says how much of its own kind it finds; to that the weights of the signs are added. A sign can
make a page another kind's (a headline with a version is no modification's page); it makes no page of what says nothing
of the SEC, as only what a recogniser has found something in is raised, unless the sign itself names a modification.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    (_signs.lists_consultations, {CONSULTATIONS: 0.1, MODIFICATION: -0.5, NEWS: -0.2}),
    (_signs.is_in_news, {NEWS: 0.2, MODIFICATION: -0.3, RELEASE: -0.2, CONSULTATIONS: -0.2}),
    (_signs.is_in_modifications, {MODIFICATION: 0.1, NEWS: -0.1}),
    (_signs.tells_of_a_release, {NEWS: 0.2, RELEASE: -0.2, MODIFICATION: -0.2}),
    (_signs.names_a_release, {RELEASE: 0.1, NEWS: -0.2, MODIFICATION: -0.4}),
    (_signs.names_one, {MODIFICATION: 0.1, RELEASE: -0.5, NEWS: -0.1}),
    (_signs.has_a_posts_foot, {NEWS: 0.1, MODIFICATION: -0.1}),
    (_signs.has_dated_posts, {NEWS: 0.1, MODIFICATION: -0.5, RELEASE: -0.3, CONSULTATIONS: -0.3}),
    (_signs.is_headed_as_a_paper, {RELEASE: -0.3, NEWS: -0.3, MODIFICATION: -0.4, CONSULTATIONS: -0.3}),
    (_signs.has_fields, {MODIFICATION: 0.2, NEWS: -0.3, CONSULTATIONS: -0.2, RELEASE: -0.2}),
    (_signs.has_entries, {MODIFICATION: -0.4}),
)
"""In the order in which they are looked for: the last take the longest."""
_QUICK = len(_WEIGHTS) - 4
"""How many signs show at once; before each other one it is asked whether it can still matter."""
_NAMING = frozenset({_signs.tells_of_one})
"""Signs that a page cannot have without naming a modification: they count where nothing else was found."""


Range = tuple[float, float]
"""How sure it can be of a kind: at least, at most."""


def weighed(outline: Outline, found: Mapping[str, float]) -> dict[str, float]:
    """Return how sure it is of each kind, what its recogniser has found weighed with the signs."""
    return {kind: least for kind, (least, _) in _until(lambda _: False, outline, found).items()}


def surest(outline: Outline, found: Mapping[str, float], least: float) -> str:
    """Return the kind that it is surest of, "" where it is less sure of each than `least`.

    Signs are looked for until none of those that are left could change that.
    """
    ranges = _until(lambda ranges: _stands_out(ranges, least), outline, found)
    kind, (sure, _) = max(ranges.items(), key=lambda one: one[1][0])
    return kind if sure >= least else ""


def _stands_out(ranges: Mapping[str, Range], least: float) -> bool:
    """Whether it is surer of one kind, whatever is still found, than it can be of any other."""
    first = max(ranges, key=lambda kind: ranges[kind][0])
    sure = ranges[first][0]
    return sure >= least and all(most < sure for kind, (_, most) in ranges.items() if kind != first)


def is_at_least(outline: Outline, kind: str, score: float, least: float) -> bool:
    """Whether it is that sure of a kind of which its recogniser has found so much."""
    ranges = _until(lambda ranges: ranges[kind][0] >= least or ranges[kind][1] < least, outline, {kind: score})
    return ranges[kind][0] >= least


def _until(known: Callable[[dict[str, Range]], bool], outline: Outline, found: Mapping[str, float]) -> dict[str, Range]:
    """Return how sure it can be of each kind once enough is known, or all signs were looked for."""
    if outline.form == "feed" or not any(found.values()):
        return {kind: (score, score) for kind, score in found.items()}
    look = Look(outline)
    shown = [(sign, weights) for sign, weights in _WEIGHTS[:_QUICK] if sign(look)]
    for n in range(_QUICK, len(_WEIGHTS)):
        ranges = {kind: _range(kind, score, shown, _WEIGHTS[n:]) for kind, score in found.items()}
        if known(ranges):
            return ranges
        shown += [_WEIGHTS[n]] if _WEIGHTS[n][0](look) else []
    return {kind: _range(kind, score, shown, ()) for kind, score in found.items()}


_Signs = Sequence[tuple[Sign, Mapping[str, float]]]


def _range(kind: str, score: float, shown: _Signs, left: _Signs) -> Range:
    """Return how sure it can be of a kind by the signs that have shown, with all the others against it or for it."""
    sure = score + sum(_counted(kind, score, shown))
    rest = _counted(kind, score, left)
    return _within(sure + sum(one for one in rest if one < 0)), _within(sure + sum(one for one in rest if one > 0))


def _counted(kind: str, score: float, signs: _Signs) -> list[float]:
    return [weights.get(kind, 0.0) for sign, weights in signs if score or sign in _NAMING]


def _within(score: float) -> float:
    return round(min(max(score, 0.0), 1.0), 2)
