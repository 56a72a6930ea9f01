"""How deep a page nests, found out before it is parsed: the parser's time grows with the square of the depth."""

from __future__ import annotations

import re

from watchers.outline.words import each

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?:!--|(/?)([a-zA-Z][^\s/>]*+)(?:((?:[\s/]++|{_ATTRIBUTE})*+)>)?+)")
"""A comment's begin; or a tag: whether it closes, its name, the rest of it, None where it never ends."""
_LONG = 1000
"""Characters of a tag from which on its attributes are counted: they cost the square of their number too."""
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
    tag = _TAG.search(text)
    while tag:
        closes, name, rest = tag.groups()
        ends: re.Match[str] | None = tag
        if name is None:
            ends = _COMMENT_END.search(text, tag.start() + 2)
        elif rest is None:
            return False  # it never ends, so the rest is no markup
        elif len(rest) > _LONG and len(_ATTRIBUTES.findall(rest)) > _LONG // 2:
            return True
        elif (name := name.lower()) in _NEVER_DEEPER:
            pass
        elif closes:
            _close(open_, name)
        elif name in _RAW and "svg" not in open_ and "math" not in open_:
            ends = _RAW[name].search(text, tag.end())
        else:
            open_.append(name)
            if len(open_) > most:
                return True
        tag = _TAG.search(text, ends.end()) if ends else None  # without an end the rest is no markup
    return False


def _close(open_: list[str], name: str) -> None:
    """Close the innermost element of that name as a browser would: formatting alone, others with all that they hold."""
    if open_ and open_[-1] == name:
        open_.pop()
        return
    for n in range(len(open_) - 1, -1, -1):
        if open_[n] == name:
            if name in _FORMATTING:
                del open_[n]
            else:
                del open_[n:]
            return
        if open_[n] in _SCOPES:
            return
