"""What a release may include, and what a modification is targeted for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.forms import fitting, reads, worded
from watchers.phrases.context import Context, Said, before, each
from watchers.phrases.hedges import clause
from watchers.phrases.marks import Marked, pattern
from watchers.phrases.rules.scope_left import OUT, placed
from watchers.phrases.stance import stance

_A_REQUEST = re.compile(r"\b(?:Change|Service) Requests?\b")
_OUT = worded(OUT)
_LEAVES = re.compile(r"\btaken? out\b")
_DENIED = re.compile(r"\bno longer\b|\bnot\b")
_REMOVES = worded(r"\b(?:remov(?:al|e|es|ing)|de-?scop\w*|exclu(?:de|ding|sion)|dropping|taking out)\b")
_ASKED = pattern(
    r"\b(?:seek(?:s|ing)?|sought|views?|consult\w*|consider(?:s|ed|ing)?|propos(?:e|es|ed|ing)|ask(?:s|ed|"
    r"ing)?|(?<!Service )(?<!Change )request(?:s|ed|ing)?|could|may|might|"
    r"possibl[ey]|potential(?:ly)?|under consideration|candidates?|exploring|whether|would like)\b"
)
_INCLUSION = worded(
    r"\b(?:includ(?:e|ed|ing)|inclusion|contain(?:s|ed)?|comprises?|accommodated?|fit(?:s|ted)? in|target(?:ed|"
    r"ing)?|add(?:ed|ing)?|addition|join(?:ed|ing)?|mov(?:e|ed|"
    r"ing)|go(?:es|"
    r"ing)? (?:in|into|live)|bring(?:ing)?|brought|implement(?:ed|ing|ation)?|deliver(?:ed|ing|y)?|"
    r"(?:considered|under consideration|candidates?|proposed|suggested|put forward) (?:for|as))\b"
)
_INTO_IT = re.compile(
    r"\b(?:join|added? to|includ(?:e|ed) in|brought into|come into) (?:it|the release)\b|"
    r"⟦M\d+⟧ (?:can|could|might|may) (?:also |still )?join(?=\W*(?:$|,))|"
    r"\b(?:proposed|considered|suggested|put forward) for inclusion\W*(?:$|[,;.])|"
    r"\b(?:to )?(?:add|include|bring in|adding|including)\s+⟦M\d+⟧(?:\W*(?:$|and ⟦M|too\b|as well\b))",
    re.IGNORECASE,
)
"""Words that on a release's own page are of that release."""
_IF_APPROVED = re.compile(
    r"⟦M\d+⟧[^;.]{0,40}?\b(?:can|could|might|may) (?:also |still |yet |now )*be (?:included|added|brought in)"
    r"(?=,? (?:if|once|provided|should|subject to|as long as)\b|\W*$)"
)
"""Words that in a release's section are of that release: "MP212 may be included, if approved by …"."""
_BUT_FOR = pattern(
    r"\b(?:not|no longer) (?:now )?(?:target|aim)(?:ed|ing)\b[^⟦⟧;.]{0,20}?⟦R\d+⟧,? but(?P<gap>[^⟦⟧;.]{0,20}?)"
    r"\b(?:for|at) (?:the )?{R}"
)
"""What has taken the place of a target that is one no more."""
_TARGETED = (
    pattern(r"\btarget(?:ed|ing|s)?\b(?P<gap>[^⟦⟧]{0,60}?)(?:{R}|{Y})"),
    pattern(r"\btarget(?:ed)? (?P<gap>release)\b[^⟦⟧]{0,15}?{R}"),
    pattern(
        r"\btarget(?:ed)? (?P<gap>release)s? (?:for|of) (?:both )?⟦M\d+⟧(?:[^⟦⟧;.]|⟦M\d+⟧){0,20}?\b(?:is|are|"
        r"remains?|becomes?|"
        r"(?:has|have|was|were) (?:now )?(?:been )?(?:changed|moved|revised|set))\b[^⟦⟧;.]{0,20}?{R}"
    ),
    pattern(r"{R},?(?P<gap>) for which (?:it|they|⟦M\d+⟧) (?:is|are) (?:now |instead )*targeted\b"),
    pattern(r"{R}(?P<gap>) (?:is|remains|has become|becomes) (?:now |still )?(?:the|their|its) target\b"),
    pattern(
        r"\b(?:aimed|aiming|aims|earmarked|pencilled in|lined up|heading)\b(?P<gap>(?: \w+){0,2}) (?:at|for|towards) "
        r"(?:the )?{R}"
    ),
    pattern(r"\btargeted (?P<gap>for (?:the |(?:implementation|inclusion|delivery) (?:in|on) )?){D}(?! SEC)"),
)


@reads(_ASKED)
def may_include(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "The DCC is seeking views on targeting this modification for the June 2021 SEC Release"."""
    text = sentence.text
    for clause_ in _with_clauses(text):
        piece = _A_REQUEST.sub("", clause_)
        inclusion = _INCLUSION.search(piece)
        if not (inclusion and _ASKED.search(piece)) or _DENIED.search(piece) or _LEAVES.search(piece):
            continue
        if _OUT.search(piece) or _REMOVES.search(piece) or stance(piece, *inclusion.span()) == "refused":
            continue
        if re.search(
            r"\b(?:text|date|firmware|part|elements?|functionality|system changes|documents?)\b", piece
        ) and not re.search("inclu|target", piece):
            continue
        releases = sentence.of("R", piece)
        ids = context.subjects(sentence, piece)
        if re.search(r"\b(?:move|brought|bring)\w*\b", piece) and len(releases) > 1:
            releases = releases[-1:]
        elif (
            not releases
            and context.release
            and (
                re.search(r"\b(?:scope|this release)\b", piece)
                or _IF_APPROVED.search(piece)
                or (context.own_page and _INTO_IT.search(piece))
            )
        ):
            yield from placed(ids, context.release, "may_include", "may include")
        if len(releases) == 1 and not _already_targeted(piece):
            yield from placed(ids, releases[0].value, "may_include", "may include")


_OF_THE_EXCEPTED = worded(r"\b(?:except|apart from|other than|excluding)(?: for)? (?P<but>⟦M\d+⟧)(?P<which>,? which\b)")
_TURNS = re.compile(r";|,\s*with\b|,\s*(?:but|while|whereas)\b")


def _already_targeted(piece: str) -> bool:
    """Read "we were recommending … to be targeted": said to be targeted, which is no longer a question."""
    return bool(
        re.search(
            r"\b(?:recommend\w*|continu\w+|are|is|were|was|be(?:ing)?|remains?) (?:to be |being )?targeted\b", piece
        )
    ) and not re.search(r"\b(?:views|consult\w*|seek\w*|could|may|might|propos\w+|whether)\b", piece)


def _with_clauses(text: str) -> list[str]:
    if aside := _OF_THE_EXCEPTED.search(text):
        return [text[: aside.start("which")], f"{aside['but']} {text[aside.end() :]}"]
    return [piece for piece in _TURNS.split(text) if piece.strip()]


_NOT_SO = re.compile(
    r"\bno longer\b|\bnot\b|\bwhich releases?\b|\bhad been\b|\bused to\b|"
    r"\b(?:had )?(?:once |first )?hoped to\b|\b(?:was|were|been) (?:originally|initially|"
    r"first|"
    r"previously|"
    r"formerly|once|at first)\b|\b(?:originally|initially|previously|formerly) (?:aimed|target)",
    re.IGNORECASE,
)
"""What makes of a target one that was, or is none."""


_TARGETED_YEAR = pattern(
    r"\btargeted (?:for|to be (?:implemented|delivered|included) in) (?:(?:implementation|delivery|inclusion|"
    r"release) )?(?:(?:in|during) )?"
    r"(?P<year>20\d\d)\b(?! (?:SEC|Release))"
)


@reads(_TARGETED_YEAR)
def targeted_year(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP203 is one of the modifications targeted for 2026"."""
    for piece in _with_clauses(sentence.text):
        for match in _TARGETED_YEAR.finditer(piece):
            words = clause(piece, match.start(), match.end())
            if not (re.search(r"\bno longer\b|\bnot\b", words, re.IGNORECASE) or _asks(piece)):
                yield from each(
                    context.subjects(sentence, piece), "targeted_year", match["year"], "targeted for a year"
                )


@reads(*_TARGETED, _BUT_FOR)
def targeted(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "all the other identified modifications to be targeted for the November 2021 SEC Release"."""
    if (instead := _BUT_FOR.search(sentence.text)) and not _asks(sentence.text):
        yield from each(before(sentence, instead, context), "targeted_release", sentence.at(instead, "R"), "targeted")
        return
    for piece in _with_clauses(sentence.text):
        for form in fitting(_TARGETED, piece):
            for match in form.finditer(piece):
                words = clause(piece, match.start(), match.end())
                if _NOT_SO.search(words) or _asks(piece):
                    continue
                ids = context.subjects(sentence, piece)
                if match.groupdict().get("D"):
                    month = sentence.at(match, "D")
                    yield from each(ids if len(month) == 7 else (), "targeted_release", month, "targeted")
                elif match.groupdict().get("Y"):
                    yield from each(ids, "targeted_year", sentence.at(match, "Y"), "targeted for a year")
                else:
                    yield from each(ids, "targeted_release", sentence.at(match, "R"), "targeted")


def _asks(piece: str) -> bool:
    return bool(
        re.search(
            r"\b(?:views|consult\w*|seek\w*|could|may|might|propos(?:es?|ed|ing)|whether|consider\w*|ask\w*)\b",
            piece,
            re.IGNORECASE,
        )
    )


RULES = (may_include, targeted, targeted_year)
