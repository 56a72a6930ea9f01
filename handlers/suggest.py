"""What somebody may have meant whose words fit no command: never "unknown command", always something to press."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import OSA

from bot.asking import Reply, Suggestion
from bot.domain import glossary, identifiers
from bot.domain.follow.selectors import is_span
from bot.domain.follow.topics import PARTS
from bot.domain.parts import may_be
from bot.pipeline.answers import directory
from bot.ports import Store
from handlers import parts, slips
from handlers.commands import registry, words

MOST = 5
LIKELY_WORD, LIKELY_ID, LIKELY_TITLE, LIKELY_RELEASE, LIKELY_TERM = 70, 75, 72, 80, 75
"""Of 100, how alike two texts must be; found by trying what people type."""
SURE = 101
"""Before all that is only alike."""
LONG = 5
"""Characters; shorter words are like many others."""

NEAR = 2
"""Numbers so near each other are confused."""

SYLLABLE = 4
"""Characters; fewer stand in every title."""

OTHER_CODES = (
    (r"P\d{2,3}|CP\d{3,4}", "the Balancing and Settlement Code (BSC)"),
    (r"R\d{4}", "the Retail Energy Code (REC)"),
    (r"DCP ?\d{2,3}", "DCUSA"),
    (r"(UNC|IGT) ?\d{3,4}[A-Z]?", "the gas network codes (UNC, IGT UNC)"),
    (r"CMP ?\d{2,3}", "the Connection and Use of System Code (CUSC)"),
    (r"MIF ?\d{2,3}|MAP ?CP ?\d+", "the Master Registration Agreement (MRA)"),
)
"""How other energy codes name their changes: a fair question to the wrong bot."""


PLACEHOLDER = re.compile(r"(?:SECMP|[MD]P|CRP?|IRP)[\s-]?(?:TBC|TBD|TBA|X{2,4}|\?{1,4})", re.IGNORECASE)
"""What pages print where a number is not given yet."""

SHOWN = 40
"""Characters of a question that are shown again."""


def shown(text: str) -> str:
    """Return so much of what was typed as is worth showing again, whole words where it can be."""
    if len(text) <= SHOWN:
        return text
    return text[:SHOWN].rpartition(" ")[0] or text[:SHOWN]


def other_code(text: str) -> str:
    """Return the name of the energy code that names its changes so; empty for none but the SEC."""
    return next((name for form, name in OTHER_CODES if re.fullmatch(form, text.upper().replace("-", " "))), "")


def named_elsewhere(text: str) -> bool:
    """Whether text names nothing of the SEC for a reason that can be told: a placeholder, another code's change."""
    return bool(PLACEHOLDER.fullmatch(text) or other_code(text))


def suggest(text: str, store: Store) -> Reply:
    """Return what may have been meant by words that fit no command."""
    if PLACEHOLDER.fullmatch(text):
        return Reply(
            "suggest", {"said": text, "code": "", "meant": False, "placeholder": True}, (Suggestion("Help", "help"),)
        )
    code = other_code(text)
    meant = [] if code else list(_meant(text, store))
    found = bool(store.search(text, limit=1))
    search = (Suggestion(f"Search for “{shown(text)}”", f"search {shown(text)}"),) if found else ()
    offered = {one.question: one for one in (*meant[:MOST], *search, Suggestion("Help", "help"))}
    facts = {"said": text, "code": code, "meant": bool(meant or search), "undone": _would_write(meant)}
    return Reply("suggest", facts, tuple(offered.values()))


def _would_write(meant: Iterable[Suggestion]) -> bool:
    """Whether one of the commands that may have been meant would have changed something."""
    commands = (registry().get(one.question.partition(" ")[0]) for one in meant)
    return any(one is not None and one.writes for one in commands)


def nearest(id_: str, store: Store, most: int = 4) -> list[str]:
    """Return the known ids that look like an id: a digit wrong, two swapped, or next to it in number."""
    wanted = identifiers.identity(id_)

    def distance(known: str) -> tuple[int, int]:
        other = identifiers.identity(known)
        slips = OSA.distance(f"{wanted.number:04d}", f"{other.number:04d}")
        return slips, abs(other.number - wanted.number)

    near = [(distance(known), known) for known in directory.modifications(store)]
    # One digit wrong of one digit is another number altogether.
    slip = wanted.number > 9
    close = [pair for pair in sorted(near) if (slip and pair[0][0] <= 1) or pair[0][1] <= NEAR]
    return [known for _, known in close[:most]]


def terms(word: str, most: int = 4) -> list[glossary.Term]:
    """Return the terms of the glossary that are called like a word."""
    called = {spelling: term for term in glossary.terms() for spelling in term.spellings}
    found = [
        (score, spelling)
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.partial_ratio)
        for spelling, score, _ in process.extract(
            word, list(called), scorer=scorer, processor=utils.default_process, limit=8, score_cutoff=LIKELY_TERM
        )
        if scorer is not fuzz.partial_ratio or LONG <= len(word) <= len(spelling)
    ]
    return list(dict.fromkeys(called[spelling] for _, spelling in sorted(found, reverse=True)))[:most]


def _meant(text: str, store: Store) -> Iterable[Suggestion]:
    put_right = list(_put_right(text))
    if put_right and len(text.partition(" ")[0]) >= LONG:
        return [one for _, one in put_right]  # what is only like it besides would be noise
    found = [
        *_spans(text),
        *_specifications(text),
        *_parts(text),
        *put_right,
        *_inside(text, store),
        *(() if put_right else _commands(text)),
        *_ids(text, store),
        *_releases(text, store),
        *_titles(text, store),
        *_terms(text),
    ]
    best: dict[str, tuple[float, Suggestion]] = {}
    for score, one in found:
        if one.question not in best or best[one.question][0] < score:
            best[one.question] = (score, one)
    return [one for _, one in sorted(best.values(), key=lambda pair: -pair[0])]


def _spans(text: str) -> Iterable[tuple[float, Suggestion]]:
    """Yield what a number of days by itself may ask for: what changed within them, what comes within them."""
    if is_span(text) and (days := re.search(r"[1-9]\d*", text)):
        yield SURE, Suggestion(f"Changes in the last {days[0]} days", f"since {days[0]} days ago")
        yield SURE, Suggestion(f"Cut-offs in the next {days[0]} days", f"cutoffs {days[0]}d")


def _put_right(text: str) -> Iterable[tuple[float, Suggestion]]:
    """Yield the question without its slips of the finger, where it then begins as one."""
    for one in slips.mended(shown(text)):
        first, _, rest = one.partition(" ")
        if key := identifiers.typed_release(one):
            yield SURE, _of_release(key)
        elif first in words():
            question = f"{words()[first]} {rest}".strip()
            yield SURE, Suggestion(question, question)
        elif parts.named(one):
            yield SURE, Suggestion(one, one)


def _inside(text: str, store: Store) -> Iterable[tuple[float, Suggestion]]:
    """Yield the known releases that stand among other words for short: "wen is nov 21"."""
    known, said = directory.releases(store), text.split()
    for key in map(identifiers.typed_release, map(" ".join, pairwise(said))):
        if key in known:
            yield SURE, _of_release(key)


def _of_release(key: str) -> Suggestion:
    name = identifiers.release_name(key)
    return Suggestion(f"{name} release", f"release {name}")


def _specifications(text: str) -> Iterable[tuple[float, Suggestion]]:
    """Yield what touches a specification whose version is asked for ("SMETS2 v5"): the SEC's versions are others."""
    for word in re.findall(r"\w+(?=,? (?:v|version )\d)", text):
        if part := PARTS.get(word.casefold()):
            yield SURE, Suggestion(f"What touches {part} ({word.upper()})", f"part {part}")


def _parts(text: str) -> Iterable[tuple[float, Suggestion]]:
    """Yield the parts that a letter or two may name: "AD"."""
    for part in parts.meant(text) if re.fullmatch(r"[A-Z]{1,2}", text) else ():
        if may_be(part):
            yield SURE, Suggestion(part, f"part {part}")


def _commands(text: str) -> Iterable[tuple[float, Suggestion]]:
    if parts.named(text):
        # “Appendix” is spelt like other words of commands, and is none of them.
        yield 100, Suggestion(f"part {shown(text)}", f"part {shown(text)}")
        return
    first, _, rest = text.partition(" ")
    # Whoever typed a command's word means that, and no other that is spelt like it.
    some = 1 if first.casefold() in words() else 3
    for _word, score, command in process.extract(
        first.casefold(), {word: word for word in words()}, scorer=fuzz.ratio, limit=some, score_cutoff=LIKELY_WORD
    ):
        question = f"{words()[command]} {shown(rest)}".strip()
        yield score, Suggestion(question, question)


def _ids(text: str, store: Store) -> Iterable[tuple[float, Suggestion]]:
    condensed = re.sub(r"[\s\-_#]+", "", text).upper()
    if not any(character.isdigit() for character in condensed):
        return
    known = directory.modifications(store)
    for id_, score, _ in process.extract(condensed, known, scorer=fuzz.ratio, limit=3, score_cutoff=LIKELY_ID):
        yield score, Suggestion(id_, id_)


def _releases(text: str, store: Store) -> Iterable[tuple[float, Suggestion]]:
    names = {key: identifiers.release_name(key) for key in directory.releases(store)}
    for _, score, key in process.extract(
        text, names, scorer=fuzz.ratio, processor=utils.default_process, limit=2, score_cutoff=LIKELY_RELEASE
    ):
        yield score, _of_release(key)


def _titles(text: str, store: Store) -> Iterable[tuple[float, Suggestion]]:
    titles, plain, sought = directory.titles(store), directory.plain_titles(store), utils.default_process(text)
    if len(text) < SYLLABLE:
        return
    for scorer in (fuzz.token_set_ratio, fuzz.partial_ratio):
        found = process.extract(sought, plain, scorer=scorer, limit=6, score_cutoff=LIKELY_TITLE)
        latest = {identifiers.identity(id_): (titles[id_], score, id_) for _, score, id_ in sorted(found, key=_by_id)}
        for title, score, id_ in sorted(latest.values(), key=lambda one: -one[1])[:3]:
            yield score, Suggestion(f"{id_} {title}", id_)


def _by_id(found: tuple[str, float, str]) -> str:
    """Return what to sort titles by: a Draft Proposal before the modification that it became."""
    return found[2]


def _terms(text: str) -> Iterable[tuple[float, Suggestion]]:
    """Yield the terms that a short text may be a slip of."""
    if len(text) > SHOWN or " " in text.strip():
        return
    for term in terms(text, most=2):
        yield LIKELY_TERM, Suggestion(f"What is {term.word}?", f"define {term.word}")
