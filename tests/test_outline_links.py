"""A link to a path of the site is joined to it at once, to the same address as joining by the book gives."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.outline import html

PATHS = st.lists(
    st.sampled_from(["/", "a", "sec-v62-0", "é", "_", ".", "..", "?", "#", ";", ":", "//", "%20", "\t"]), max_size=7
)
BASES = [
    "https://smartenergycodecompany.co.uk/latest-news/",
    "http://user@host:81",
    "https:///x",
    "file:///a/b",
    "",
    "//h/x",
]


@pytest.mark.parametrize("base", BASES)
@given(path=PATHS.map("".join))
def test_a_path_leads_where_joining_by_the_book_leads(base: str, path: str) -> None:
    whole = urljoin(base, path.strip())
    found = html.outline(f'<p><a href="{path}">there</a></p>', base).blocks[0].links
    expected = [whole] if path and whole.startswith(("http://", "https://")) else []
    assert [link.url for link in found] == expected
