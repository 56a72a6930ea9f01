"""How a sheet is set: a form is a value for each of some independent dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from hypothesis import strategies as st

HEADED = (
    "table with headers",
    "table with headers but no thead",
    "table whose first row is its header",
    "table with a bold first row",
    "table with a caption",
    "table with cells that span rows",
    "table with a row across",
    "table with two header rows",
    "table with row headers",
    "table of roles",
)
UNHEADED = (
    "table without headers",
    "boxes in boxes",
    "boxes in a list",
    "definition list",
    "cards",
    "cards with labels",
)
LINES = ("bullets", "numbers", "paragraphs", "line breaks", "line breaks in a cell", "spans in boxes", "preformatted")
PIPED = ("text with pipes", "text as markdown", "text with tabs", "text aligned")
TEXT = ("text glued", *PIPED, "text bullets", "text wrapped")
PDF = ("pdf with rules", "pdf without rules")
HTML = (*HEADED, *UNHEADED, *LINES)
OPENED = ("rows in accordions", "rows in details")
"""A row opens at its first cell and shows the others, each with its label."""
SECTIONS = ("sections in accordions", "sections in details", "sections in tabs")
"""What stands below a heading opens at it; tables in it are set with headers."""
LABELLED = frozenset({"cards with labels", *OPENED})
NAMES_COLUMNS = frozenset(
    {*HEADED, *LABELLED, *SECTIONS, "text with pipes", "text as markdown", "text with tabs", "pdf with rules"}
)
"""Containers that show the columns' headings, so that columns can stand in any order and a bare number has a meaning."""

BETWEEN = ("glued", "space", "dash", "colon", "comma", "brackets", "pipe")
"""What stands between the cells of a row that is one line."""

QUOTES = {
    "curly": "‘’’‘’",
    "straight": "'''''",
    "double curly": "“”’‘’",
    "double straight": "\"\"'''",
    "curly around straight": "‘’'''",
    "straight around curly": "''’‘’",
    "mixed": "‘''''",
    "backtick": "`''''",
    "double nested": "‘’’“”",
    "guillemets": "«»’‘’",
}
"""Opening, closing, apostrophe, nested opening, nested closing."""

DASHES = {"en": "–", "hyphen": "-", "em": "—"}
SPACES = {"plain": " ", "non-breaking": "\xa0", "narrow": "\u202f", "thin": "\u2009", "figure": "\u2007", "two": "  "}
INVISIBLE = {
    "none": "",
    "soft hyphen": "\xad",
    "zero width": "\u200b",
    "joiner": "\u200d",
    "word joiner": "\u2060",
    "mark": "\ufeff",
    "direction": "\u200e",
}
ENTITIES = ("none", "named", "decimal", "hex", "everything")
DATES = (
    "plain",
    "ordinal",
    "ordinal of",
    "weekday",
    "short",
    "padded",
    "iso",
    "slashes",
    "dots",
    "month first",
    "raised ordinal",
)
ENCODINGS = (
    "utf-8",
    "utf-8 with mark",
    "utf-16",
    "utf-8 undeclared",
    "utf-8 declared latin-1",
    "cp1252 declared",
    "cp1252 declared by the server",
    "cp1252 declared latin-1",
    "cp1252 undeclared",
    "mojibake",
    "mojibake twice",
    "mojibake of latin-1",
    "mojibake with lost bytes",
)
MARKUP = (
    "unclosed",
    "upper case",
    "comments",
    "attributes",
    "wrappers",
    "inline",
    "links",
    "white space",
    "noise",
    "no doctype",
    "self-closed",
)
AROUND = (
    "menu in nav",
    "menu in a header",
    "menu by class",
    "menu bare",
    "breadcrumb in nav",
    "breadcrumb by class",
    "skip link",
    "search form",
    "cookie dialog",
    "cookie banner bare",
    "aside",
    "side column by class",
    "side column in main",
    "related posts",
    "related posts bare",
    "footer",
    "footer by class",
    "hidden box",
    "hidden by style",
    "modal",
    "template",
    "noscript",
    "script",
    "sharing",
    "newsletter",
)
MAINS = ("main", "main in wrappers", "article", "main and article", "role", "none")


@dataclass(frozen=True)
class Form:
    """A form. `seed` decides where in the page a habit shows; `say` which words a kind says its facts in."""

    container: str = "table with headers"
    columns: int = 0
    between: str = "glued"
    order: int = 0
    quotes: str = "curly"
    dashes: str = "en"
    spaces: str = "plain"
    invisible: str = "none"
    entities: str = "none"
    dates: str = "plain"
    encoding: str = "utf-8"
    markup: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    main: str = "main"
    seed: int = 0
    say: int = 0

    @property
    def medium(self) -> str:
        """What kind of file it is: html, text or pdf."""
        return "text" if self.container in TEXT else "pdf" if self.container in PDF else "html"

    def __str__(self) -> str:
        """Show what differs from the plain form."""
        differs = [
            f"{field.name}={sorted(value) if isinstance(value, frozenset) else value!r}"
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        ]
        return f"Form({', '.join(differs)})"


PLAIN = Form()

_SEEDS = st.integers(0, 10_000)
_SOME: dict[str, st.SearchStrategy[Any]] = {
    "columns": st.integers(0, 2),
    "between": st.sampled_from(BETWEEN),
    "order": _SEEDS,
    "quotes": st.sampled_from(sorted(QUOTES)),
    "dashes": st.sampled_from(sorted(DASHES)),
    "spaces": st.sampled_from(sorted(SPACES)),
    "invisible": st.sampled_from(sorted(INVISIBLE)),
    "entities": st.sampled_from(ENTITIES),
    "dates": st.sampled_from(DATES),
    "encoding": st.sampled_from(ENCODINGS),
    "markup": st.frozensets(st.sampled_from(MARKUP), max_size=6),
    "around": st.frozensets(st.sampled_from(AROUND), max_size=8),
    "main": st.sampled_from(MAINS),
    "seed": _SEEDS,
    "say": _SEEDS,
}
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "container of rows": ("container", "columns", "between"),
    "order of rows and columns": ("order", "columns"),
    "quotes and apostrophes": ("quotes",),
    "dashes": ("dashes",),
    "spaces and invisible characters": ("spaces", "invisible"),
    "entities": ("entities", "quotes"),
    "dates": ("dates",),
    "encoding": ("encoding", "quotes"),
    "markup": ("markup",),
    "surroundings": ("around", "main"),
    "words": ("say",),
}
"""The dimensions by name, each with the fields of a form that it draws. `seed` is drawn with each."""


def forms(*drawn: str, containers: Sequence[str] = HTML + TEXT) -> st.SearchStrategy[Form]:
    """Return forms that differ from the plain one in the fields drawn and in no other."""
    chosen = {name: strategy for name, strategy in _of(containers).items() if name in {*drawn, "seed"}}
    return st.builds(partial(replace, PLAIN), **chosen)


def any_forms(containers: Sequence[str] = HTML + TEXT) -> st.SearchStrategy[Form]:
    """Return forms in which every dimension is drawn."""
    return st.builds(Form, **_of(containers))


def _of(containers: Sequence[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {**_SOME, "container": st.sampled_from(containers)}
