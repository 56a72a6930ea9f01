"""How deep a page nests, found out before it is parsed: the parser's time grows with the square of the depth."""

from __future__ import annotations

import re

from watchers.outline.words import each

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_PLAIN = r"(?:\s[^\s\"'/>=]{1,30}+=\"[^\"]{0,150}+\"){0,5}+ ?/?>"
"""The rest of nearly all tags, soon told: a few short attributes in quotes."""
_MOST_OFTEN = r"(?!/?(?:li|p|t[dhr])>)"
"""Not one of the tags that are most of a page and count for nothing."""
_TAG = re.compile(rf"<{_MOST_OFTEN}(?:!--|(/?[a-zA-Z][^\s/>]*+)(?:{_PLAIN}()|((?:[\s/]++|{_ATTRIBUTE})*+)>)?+)")
"""A comment's begin; or a tag: its name with the stroke that closes, then "" where its rest is plain, else its rest; it
has neither where it never ends.
"""
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
_COUNT_FOR_NOTHING = _NEVER_DEEPER | {f"/{name}" for name in _NEVER_DEEPER}


def too_deep(text: str, most: int) -> bool:
    """Whether more than `most` elements stand open at once, or one has hundreds of attributes.

    `p`, `li`, cells and the like close themselves and don't count.
    """
    open_: list[str] = []
    at: int | None = 0
    while at is not None:
        begun, at = at, None
        for tag in _TAG.finditer(text, begun):
            name, plain, rest = tag.groups()
            if name is None:
                at = _end(_COMMENT_END, text, tag.start() + 2)
                break
            if plain is None:
                if rest is None:
                    return False  # it never ends, so the rest is no markup
                if len(rest) > _LONG and len(_ATTRIBUTES.findall(rest)) > _LONG // 2:
                    return True
            if name in _COUNT_FOR_NOTHING or (name := name.lower()) in _COUNT_FOR_NOTHING:
                continue
            if name[0] == "/":
                if open_ and open_[-1] == name[1:]:
                    open_.pop()
                else:
                    _close(open_, name[1:])
            elif name in _RAW and "svg" not in open_ and "math" not in open_:
                at = _end(_RAW[name], text, tag.end())
                break
            else:
                open_.append(name)
                if len(open_) > most:
                    return True
    return False


def _end(form: re.Pattern[str], text: str, at: int) -> int | None:
    """Return where something ends that holds no tags, None where it never does: the rest is no markup then."""
    found = form.search(text, at)
    return found.end() if found else None


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
