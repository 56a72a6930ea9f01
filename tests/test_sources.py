"""Which pages are watched: those that secbot knows, those of a file, those that a reading discovers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.ports import Source
from watchers.guard import Guard
from watchers.sources import SITE, SourcesError, built_in, from_file, hosts, release_source

TODAY = date(2021, 11, 4)


def by_kind(kind: str, today: date = TODAY) -> list[Source]:
    return [source for source in built_in(today) if source.kind == kind]


def test_the_releases_of_a_year_and_a_half_around_today_are_watched() -> None:
    releases = by_kind("release-page")
    assert {source.name.removesuffix("-sec-release") for source in releases} == {
        *("june-2020", "november-2020", "february-2021", "june-2021", "november-2021"),
        *("february-2022", "june-2022", "november-2022", "february-2023"),
    }
    assert f"{SITE}/november-2021-sec-release/" in {source.url for source in releases}
    assert {source.every for source in releases} == {60}


def test_a_release_to_come_need_not_have_a_page_yet() -> None:
    expected = {source.name: source.expected for source in by_kind("release-page")}
    assert expected["february-2022-sec-release"]
    assert not expected["november-2021-sec-release"]
    assert {source.name: source.expected for source in by_kind("release-page", date(2021, 10, 31))}[
        "november-2021-sec-release"
    ]


def test_feeds_belong_to_an_archive_that_is_watched_and_need_not_exist() -> None:
    feeds, news = by_kind("feed"), {source.name for source in by_kind("news")}
    assert {source.stream for source in feeds} <= news
    assert len(feeds) == 3
    assert all(source.expected and 15 <= source.every <= 30 for source in feeds)


def test_no_two_sources_have_a_name_or_a_page_in_common() -> None:
    sources = built_in(TODAY)
    assert len({source.name for source in sources}) == len({source.url for source in sources}) == len(sources)
    assert [source.name for source in sources] == sorted(source.name for source in sources)
    assert {source.origin for source in sources} == {"built in"}


def test_the_hosts_of_sources_are_an_allow_list_for_them() -> None:
    sources = [*built_in(TODAY), Source("demo", "http://127.0.0.1:8080/x", "auto")]
    assert hosts(sources) == ["127.0.0.1:8080", "smartenergycodecompany.co.uk"]
    for source in sources:
        Guard(hosts(sources)).url(source.url)


def test_a_discovered_release_is_watched_on_the_site_that_named_it() -> None:
    assert release_source("2022-06", "http://127.0.0.1:8080/tag/sec-release/") == Source(
        "june-2022-sec-release",
        "http://127.0.0.1:8080/june-2022-sec-release/",
        "release-page",
        origin="discovered",
        expected=True,
    )


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    return file


GOOD = '[[source]]\nname = "a page"\nurl = "https://sec.example/x/"\nkind = "news"\nevery = 15\n'


def test_a_file_of_sources_is_read(tmp_path: Path) -> None:
    more = '[[source]]\nname = "local"\nurl = "http://127.0.0.1:8080/"\nevery = 1\n'
    assert from_file(written(tmp_path, GOOD + more)) == [
        Source("a page", "https://sec.example/x/", "news", 15, origin="settings"),
        Source("local", "http://127.0.0.1:8080/", "auto", 1, origin="settings"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no source"),
        ("source = 1", "names no source"),
        ("[source]\nname = 'x'", "names no source"),
        (f"other = 1\n{GOOD}", "“other”, which means nothing"),
        ("[[source]", "not TOML"),
        ('[[source]]\nurl = "https://a.example/"', "source 1 of .* needs a name"),
        ('[[source]]\nname = ""\nurl = "https://a.example/"', "needs a name"),
        (f"{GOOD}{GOOD}", "two sources named “a page”"),
        (f"{GOOD}[[source]]\nname = 'b'", r"source 2 of .* \(“b”\) needs a url"),
        (GOOD.replace("https:", "ftp:"), "url is “ftp:"),
        (GOOD.replace("https://sec.example", ""), "whole address"),
        (GOOD.replace("sec.example", "u:p@sec.example"), "user name or password"),
        (GOOD.replace("sec.example", "[::1"), "whole address"),
        (GOOD.replace("news", "blog"), "kind is “blog”; it must be one of auto, .*feed, .*news, paper, release-page"),
        (GOOD.replace("15", "14"), "every is “14”; it must be whole minutes, from 15"),
        (GOOD.replace("15", "0"), "whole minutes"),
        (GOOD.replace("15", "true"), "whole minutes"),
        (GOOD.replace("15", "'hourly'"), "whole minutes"),
        (GOOD.replace("every", "evry"), "“evry”, which means nothing. It may have every, kind, name, url"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_mend(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourcesError, match=says):
        from_file(written(tmp_path, text))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"missing\.toml can't be read: No such file.*SECBOT_SOURCES"):
        from_file(tmp_path / "missing.toml")
    with pytest.raises(ValueError, match="can't be read"):
        from_file(tmp_path)
