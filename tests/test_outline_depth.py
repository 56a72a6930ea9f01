"""How deep a page nests is told in one quick walk, as a slow one tells it that looks at each tag by its whole grammar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import large_pages
from tests.mutations import make
from watchers.outline import depth
from watchers.outline.depth import too_deep

_ATTRIBUTE = r"[^\s/>][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*|(?=>)))?"
_TAG = re.compile(rf"<(?:!--|(/?)([a-zA-Z][^\s/>]*+)(?:((?:[\s/]++|(?>{_ATTRIBUTE}))*+)>)?+)")
_RAW = ("script", "style")
MARKUP = """< </ > /> div DIV b a table td p li svg math template object script style STYLE lin\u212a \u017ftyle br h1
<div> </div> <b> </b> <a|href=x> </a> <table> </table> <svg> </svg> <p> </p> <script> </script> </script| <style> </style>
<!-- --> --!> <!--> <! <? " ' = =" ='' |class="a|b" |class="a>b" |id='<div>' |x=y"z |\t |\f \xa0 / | x é - --"""
PIECES = st.sampled_from([piece.replace("|", " ") for piece in re.split(r"[ \n]", MARKUP)])


def walked(text: str, most: int) -> bool:
    """Return what `too_deep` does, each tag taken by itself and by the whole grammar."""
    open_: list[str] = []
    tag = _TAG.search(text)
    while tag:
        closes, name, rest = tag.groups()
        ends: re.Match[str] | None = tag
        if name is None:
            ends = re.compile(r"--!?>").search(text, tag.start() + 2)
        elif rest is None:
            return False
        elif len(rest) > 1000 and len(re.findall(_ATTRIBUTE, rest)) > 500:
            return True
        elif (name := name.lower()) in depth._NEVER_DEEPER:
            pass
        elif closes:
            depth._close(open_, name)
        elif name in _RAW and "svg" not in open_ and "math" not in open_:
            ends = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(text, tag.end())
        else:
            open_.append(name)
            if len(open_) > most:
                return True
        tag = _TAG.search(text, ends.end()) if ends else None
    return False


def deepest(text: str, told: object = too_deep) -> int:
    """Return the least depth that a text is not too deep for, by the walk that is given."""
    assert callable(told)
    return next(most for most in range(400) if not told(text, most))


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 6))
def test_any_markup_is_as_deep_as_a_walk_over_its_tags_finds_it(text: str, most: int) -> None:
    assert too_deep(text, most) == walked(text, most)


@settings(max_examples=100)
@given(st.integers(0, 100_000))
def test_broken_pages_are_as_deep_as_a_walk_over_their_tags_finds_them(number: int) -> None:
    text = make(1, number).body[:20_000].decode("utf-8", "replace")
    assert [too_deep(text, most) for most in (1, 5, 20, 199)] == [walked(text, most) for most in (1, 5, 20, 199)]


@pytest.mark.parametrize("attributes", [499, 500, 501])
@pytest.mark.parametrize("one", [" a", " a=b", ' a="b"', " a='b'", "/a", " a = b"])
def test_a_tag_is_too_long_from_the_same_attribute_on(attributes: int, one: str) -> None:
    for name in ("div", "p", "/p"):
        text = f"<{name}{one * attributes}{' ' * 1000}>"
        assert too_deep(text, 9) == walked(text, 9) == (attributes > 500)


def test_a_release_page_is_as_deep_as_a_walk_finds_it() -> None:
    assert deepest(large_pages.release_page()) == deepest(large_pages.release_page(), walked) > 5
