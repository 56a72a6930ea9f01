"""Text as outlines have it, whatever was done to it on the way."""

from __future__ import annotations

import pytest

from watchers.outline.words import plain_spaces, tidy


def misread(text: str, charset: str) -> str:
    return "".join(bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_mended_however_often_it_happened(charset: str, times: int) -> None:
    printed = broken = "“Review” – the DCC’s ‘é’\u202fview ✓"
    for _ in range(times):
        broken = misread(broken, charset)
    assert tidy(broken) == printed.replace("\u202f", " ")


def test_a_closing_quote_that_lost_its_last_byte_is_mended() -> None:
    assert tidy("â€œMeaning of â€œSupplierâ€â€ Approved") == "“Meaning of “Supplier”” Approved"
    assert tidy("â€˜Meaning of â€œSupplierâ€â€™") == "‘Meaning of “Supplier”’"


def test_what_only_looks_like_mojibake_stays() -> None:
    assert tidy("Â Château Âge â café") == "Â Château Âge â café"


def test_spaces_of_any_kind_are_as_many_plain_ones() -> None:
    assert plain_spaces("MP\u00ad077\u2007\u00a0\u202f‘A’") == "MP077   ‘A’"
