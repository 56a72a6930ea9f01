"""The site of the demo: what it serves at each step, and what each of its pages claims."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path

import httpx
import pytest

from bot.demo import Site, Step, script, sources, steps
from bot.demo.site import PAGES, TYPES, address
from bot.domain.changes import kinds
from bot.domain.claims import Claim, Reading
from bot.ports import Page
from watchers.read import read_page

REVIEWED = Path(__file__).parent / "demo"
RELEASE_PAGES = sorted(path.stem for path in REVIEWED.glob("*-sec-release.txt"))
BROKEN = (date(2021, 10, 8), "november-2021-sec-release")
FIRST, LAST = steps()[0], steps()[-1]

PATIENCE = 120.0
"""Seconds for what comes at once, so that it comes on however slow a machine."""
get = partial(httpx.get, timeout=PATIENCE)

Said = tuple[str, str, str]


# --- the reviewed expectations ---------------------------------------------------------------------------------------


@dataclass
class Expected:
    """What a page must claim, what it may claim, whether it can be believed at all."""

    must: set[Said] = field(default_factory=set)
    may: set[Said] = field(default_factory=set)
    believable: bool = True

    def take(self, line: str) -> None:
        """Take in one line of a file."""
        match = re.fullmatch(r"([+\-?]) (\S+:\S+(?: [A-Z0-9]{1,2})?) ([a-z_]+) = (.+)", line)
        assert match, f"not understood: {line}"
        said = (match[2], match[3], match[4])
        if match[1] == "+":
            assert said not in self.must, f"twice: {line}"
            self.must.add(said)
        elif match[1] == "-":
            self.must.remove(said)
        else:
            self.may.add(said)

    def wrong(self, claims: tuple[Claim, ...]) -> list[str]:
        """Return what differs, as lines of the file's form."""
        said = {(c.subject, c.attribute, c.value) for c in claims}
        extra = {one for one in said - self.must - self.may if (one[0], one[1], "*") not in self.may}
        missing = [f"missing: {' '.join(one)}" for one in sorted(self.must - said)]
        return missing + [f"not expected: {' '.join(one)}" for one in sorted(extra)]


def sections(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of a file of expectations: what begins each, and its lines."""
    heading, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if " " in line or line == "unbelievable" or (path.stem == "archive" and not is_date(line)):
            lines.append(line)
            continue
        if heading:
            yield heading, lines
        heading, lines = line, []
    yield heading, lines


def is_date(line: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", line))


@cache
def over_time(name: str) -> dict[str, Expected]:
    """Return what a page must claim at each date at which it changed."""
    must: set[Said] = set()
    may: set[Said] = set()
    found = {}
    for day, lines in sections(REVIEWED / f"{name}.txt"):
        if lines == ["unbelievable"]:
            found[day] = Expected(believable=False)
            continue
        expected = Expected(set(must), set(may))
        for line in lines:
            expected.take(line)
        must, may = expected.must, expected.may
        found[day] = expected
    return found


@cache
def posts() -> dict[str, Expected]:
    """Return what each post must claim."""
    found = {}
    for slug, lines in sections(REVIEWED / "posts.txt"):
        found[slug] = Expected()
        for line in lines:
            found[slug].take(line)
    return found


def together(slugs: list[str]) -> Expected:
    """Return what posts must claim that stand on one page."""
    whole = Expected()
    for slug in slugs:
        whole.must |= posts()[slug].must
        whole.may |= posts()[slug].may
    return whole


# --- reading ---------------------------------------------------------------------------------------------------------


def read(file: Path, kind: str) -> Reading:
    on = date.fromisoformat(file.parent.name)
    body = file.read_bytes()
    url = f"https://smartenergycodecompany.co.uk{address(file)}"
    return read_page(Page(url, body, TYPES[file.suffix], datetime(on.year, on.month, on.day, 9, tzinfo=UTC)), kind)


def files(pattern: str) -> list[Path]:
    return sorted(PAGES.glob(f"*/{pattern}"))


def name_of(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.show(FIRST)
        yield running


def release_pages() -> list[Path]:
    return [file for file in files("*.html") if file.stem in RELEASE_PAGES]


@pytest.mark.parametrize("file", release_pages(), ids=name_of)
def test_a_release_page_claims_what_a_person_reads_there(file: Path) -> None:
    expected = over_time(file.stem)[file.parent.name]
    reading = read(file, "release-page")
    assert reading.believable is expected.believable
    assert expected.wrong(reading.claims) == []


@pytest.mark.parametrize("file", files("latest-news--*.html"), ids=name_of)
def test_a_post_claims_what_a_person_reads_there(file: Path) -> None:
    reading = read(file, "news")
    assert reading.believable, reading.reason
    assert posts()[file.stem.removeprefix("latest-news--")].wrong(reading.claims) == []


@pytest.mark.parametrize("file", files("tag--sec-release.html"), ids=name_of)
def test_the_archive_claims_what_the_posts_on_it_claim(file: Path) -> None:
    slugs = dict(sections(REVIEWED / "archive.txt"))[file.parent.name]
    reading = read(file, "news")
    assert reading.believable, reading.reason
    assert together(slugs).wrong(reading.claims) == []
    assert len(reading.items) == len(slugs)


def test_a_post_is_the_same_item_in_the_archive_the_feed_and_on_its_own_page() -> None:
    """Otherwise every post would be told twice."""
    day = PAGES / LAST.on.isoformat()
    archive, feed = read(day / "tag--sec-release.html", "news"), read(day / "latest-news--feed.xml", "feed")
    alone = read(day / "latest-news--sec-v62-0-mp200.html", "news")
    assert alone.items[0].key == archive.items[0].key
    assert feed.items[0].url.endswith("/latest-news/sec-v62-0-mp200/")


@pytest.mark.parametrize("file", files("*.pdf"), ids=name_of)
def test_the_paper_claims_what_a_person_reads_there(file: Path) -> None:
    reading = read(file, "paper")
    assert reading.believable, reading.reason
    assert over_time("paper")[file.parent.name].wrong(reading.claims) == []


@pytest.mark.parametrize("file", files("*.xml"), ids=name_of)
def test_the_feed_is_read_without_doubt_and_leads_to_pages(file: Path) -> None:
    reading = read(file, "feed")
    assert reading.believable, reading.reason
    assert all("/latest-news/" in item.url for item in reading.items)
    assert all(item.truncated for item in reading.items)


@pytest.mark.parametrize("day", ["2021-08-02", "2021-09-08"])
def test_a_redesign_and_a_new_nonce_change_bytes_and_no_claim(day: str) -> None:
    for file in sorted((PAGES / day).glob("*.html")):
        older = [path for path in files(file.name) if path.parent.name < day][-1]
        kind = "news" if file.stem.startswith("tag") else "release-page"
        assert file.read_bytes() != older.read_bytes()
        assert set(read(file, kind).claims) == set(read(older, kind).claims)


def test_only_the_broken_page_is_not_believed() -> None:
    file = PAGES / BROKEN[0].isoformat() / f"{BROKEN[1]}.html"
    reading = read(file, "release-page")
    assert not reading.believable
    assert reading.claims == ()


# --- the server ------------------------------------------------------------------------------------------------------


def test_every_page_of_every_step_is_served(site: Site) -> None:
    shown: dict[str, Path] = {}
    with httpx.Client(base_url=site.url, timeout=PATIENCE) as client:
        for step in steps():
            site.show(step)
            shown |= {address(file): file for file in (PAGES / step.on.isoformat()).iterdir()}
            for path, file in shown.items():
                answer = client.get(path)
                assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[file.suffix])
                if file.suffix == ".pdf":
                    assert answer.content == file.read_bytes()


def test_links_lead_back_to_the_demo_site(site: Site) -> None:
    site.show(LAST)
    page = get(f"{site.url}/tag/sec-release/").text
    assert f"{site.url}/latest-news/sec-v62-0-mp200/" in page
    assert "smartenergycodecompany" not in page


def test_what_the_client_has_already_is_not_sent_again(site: Site) -> None:
    url = f"{site.url}/november-2020-sec-release/"
    first = get(url)
    by_tag = get(url, headers={"If-None-Match": first.headers["etag"]})
    by_date = get(url, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert by_tag.content == b""
    site.show(Step(date(2020, 6, 19), ""))
    assert get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    assert get(url, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 200


def test_validators_that_make_no_sense_get_the_page(site: Site) -> None:
    url = f"{site.url}/november-2020-sec-release/"
    assert get(url, headers={"If-None-Match": 'W/"old", "older"'}).status_code == 200
    assert get(url, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_page_that_does_not_exist_yet_is_missing(site: Site) -> None:
    assert get(f"{site.url}/november-2021-sec-release/").status_code == 404
    site.show(Step(date(2021, 2, 26), ""))
    assert get(f"{site.url}/november-2021-sec-release/").status_code == 200


def test_robots_may_read_all_but_the_back_office(site: Site) -> None:
    assert "Disallow: /wp-admin/" in get(f"{site.url}/robots.txt").text


def test_a_head_request_gets_no_body(site: Site) -> None:
    answer = httpx.head(f"{site.url}/november-2020-sec-release/", timeout=PATIENCE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_the_site_stops_and_leaves_no_thread() -> None:
    before = threading.active_count()
    with Site() as site:
        get(f"{site.url}/robots.txt")
        url = site.url
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        get(url)


# --- the story -------------------------------------------------------------------------------------------------------


def test_the_script_tells_every_step_and_nothing_else() -> None:
    days = [step.on for step in steps()]
    assert days == sorted(script.TITLES) == sorted(script.HEARD)
    assert len(days) >= 10
    assert [step.on for step in steps() if step.digest] == sorted(script.DIGESTS)


def test_the_script_expects_kinds_of_change_that_exist() -> None:
    known = {kind.KIND for kind in kinds()}
    assert {heard.kind for day in script.HEARD.values() for heard in day} <= known


def test_every_page_is_watched_or_linked_from_the_feed() -> None:
    watched = {source.url.removeprefix("http://demo") for source in sources("http://demo/")}
    pages = {address(file) for file in files("*") if not file.stem.startswith("latest-news--s")}
    assert pages - watched == {"/latest-news/november-2020-rid-baselined/", "/latest-news/mp134a-approved-sec-v47-0/"}
    assert watched <= pages


def test_every_page_says_that_it_is_a_reconstruction() -> None:
    for file in files("*.html") + files("*.xml"):
        assert "reconstruction that secbot's demo plays" in " ".join(file.read_text(encoding="utf-8").split())


def test_the_paper_is_what_its_maker_makes() -> None:
    import io

    import pdfplumber

    from tests.make_demo_paper import paper

    made, (kept,) = io.BytesIO(bytes(paper().output())), files("*.pdf")
    with pdfplumber.open(made) as new, pdfplumber.open(kept) as old:
        assert [page.extract_text() for page in new.pages] == [page.extract_text() for page in old.pages]
        assert sum(page.extract_text().count("✓") for page in old.pages) == 16
