"""How deep a page nests, found out before it is parsed: the parser's time grows with the square of the depth."""

from __future__ import annotations

import re

from watchers.outline.words import each

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?P<closes>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[\s/]++|{_ATTRIBUTE})*+)>")
_LONG = 1000
"""Characters of a tag from which on its attributes are counted: they cost the square of their number too."""
_BEGINS = re.compile(r"</?[a-zA-Z]")
_RAW = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style")}
_COMMENT_END = re.compile(r"--!?>")

_NEVER_DEEPER = each(
    "area base br col embed hr img input link meta source track wbr param "  # void
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption html head body"  # close themselves
)
_FORMATTING = each("a b big code em font i nobr s small strike strong tt u")
_SCOPES = each("table template object svg math")


def too_deep(text: str, most: int) -> bool:
    """Whether more than `most` elements stand open at once, or one has hundreds of attributes.

    `p`, `li`, cells and the like close themselves and don't count.
    """
    open_: list[str] = []
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            at = _after(_COMMENT_END, text, at + 2)
            continue
        tag = _TAG.match(text, at)
        if tag is None:
            if _BEGINS.match(text, at):  # it never ends, so the rest is no markup
                return False
            at = text.find("<", at + 1)
            continue
        at = tag.end()
        if len(tag["rest"]) > _LONG and len(_ATTRIBUTES.findall(tag["rest"])) > _LONG // 2:
            return True
        name = tag["name"].lower()
        if tag["closes"]:
            _close(open_, name)
        elif name in _RAW and not _SCOPES & {"svg", "math"} & set(open_):
            at = _after(_RAW[name], text, at)
            continue
        elif name not in _NEVER_DEEPER:
            open_.append(name)
            if len(open_) > most:
                return True
        at = text.find("<", at)
    return False


def _after(end: re.Pattern[str], text: str, start: int) -> int:
    """Return where the next tag begins after what `end` matches, -1 where that never comes: no markup follows."""
    found = end.search(text, start)
    return text.find("<", found.end() - 1 if found[0].startswith("</") else found.end()) if found else -1


def _close(open_: list[str], name: str) -> None:
    """Close the innermost element of that name as a browser would: formatting alone, others with all that they hold."""
    for n in range(len(open_) - 1, -1, -1):
        if open_[n] == name:
            if name in _FORMATTING:
                del open_[n]
            else:
                del open_[n:]
            return
        if open_[n] in _SCOPES:
            return
