"""What is masked of a database's URL is what the library that opens it takes for the password, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import HIDDEN, Mask, passwords_of, without_password
from storage.engine import parse

ODD = ["hunt/er22", "hunter22#x", "hunter?22", "hun ter22", "pa'ss:word", "hunter%2522", "p%40ssword", "[hunter22]"]


@pytest.mark.parametrize("written", ODD)
@pytest.mark.parametrize("user", ["bot", ""])
def test_a_password_of_any_characters_is_known_and_never_shown(written: str, user: str) -> None:
    url = f"postgresql://{user}:{written}@db.example:5433/secbot"
    meant = parse(url).password
    assert {written, meant} == set(passwords_of(url)) - {""}
    assert without_password(url) == f"postgresql://{user}:{HIDDEN}@db.example:5433/secbot"
    assert Mask(passwords_of(url))(f"could not log in with {written}, {meant}") == (
        f"could not log in with {HIDDEN}, {HIDDEN}"
    )


def test_passwords_that_the_url_asks_with_are_known_though_one_comes_twice() -> None:
    url = "postgresql://bot@db.example/secbot?password=first%26one&sslpassword=second&password=third"
    assert {"first&one", "second", "third"} <= set(passwords_of(url))
    assert without_password(url).count(HIDDEN) == 3


@pytest.mark.parametrize("url", ["sqlite:///secbot.db", "sqlite://", "postgresql://bot@db.example/secbot", "no URL"])
def test_where_there_is_no_password_none_is_known_and_all_is_shown(url: str) -> None:
    assert not any(passwords_of(url))
    assert without_password(url) == url


@given(
    user=st.from_regex(r"[a-z]{0,8}", fullmatch=True),
    password=st.text(st.characters(codec="ascii", exclude_characters="@"), min_size=1),
)
def test_whatever_is_the_password_to_the_one_who_opens_it_is_known(user: str, password: str) -> None:
    url = f"postgresql://{user}:{password}@db.example/secbot"
    assert parse(url).password in passwords_of(url)
