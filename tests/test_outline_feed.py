"""Feeds in blocks: who each entry is, what it says, whether it says it whole."""

from __future__ import annotations

import feedparser
import pytest

from watchers.outline import Entry
from watchers.outline.feed import SHORT, outline

BASE = "https://sec.example/latest-news/feed/"
TEXT = "The release went live on 4 November 2021 and holds ten modifications. " * 12


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    joined = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>SEC &amp; news</title>{joined}</channel>"
    return f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">{channel}</rss>'.encode()


def item(title: str = "SEC v50.0", guid: str = "https://sec.example/?p=1", described: str = "", whole: str = "") -> str:
    given = f"<title>{title}</title><link>https://sec.example/latest-news/v50/</link>"
    given += f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    given += f"<description><![CDATA[{described}]]></description>" if described else ""
    return given + (f"<content:encoded><![CDATA[{whole}]]></content:encoded>" if whole else "")


def entry(given: str) -> Entry:
    [found] = outline(rss(given), BASE).entries
    return found


def test_an_entry_given_whole_is_a_heading_with_its_blocks() -> None:
    whole = "<h2>Scope</h2><ul><li>MP077 &lsquo;A&rsquo;</li></ul><table><tr><td>MP090<td>Implemented</table>"
    found = outline(
        rss(item("SEC v50.0 &#8211; &lt;b&gt;out&lt;/b&gt;", whole=whole), item(guid="b", whole=whole)), BASE
    )
    assert (found.title, found.form, found.trouble) == ("SEC & news", "feed", "")
    assert [(b.kind, b.level, b.text, b.entry, b.table) for b in found.blocks[:4]] == [
        ("heading", 1, "SEC v50.0 – out", 1, 0),
        ("heading", 3, "Scope", 1, 0),
        ("item", 1, "MP077 ‘A’", 1, 0),
        ("row", 0, "MP090 | Implemented", 1, 1),
    ]
    assert [(b.entry, b.table) for b in found.blocks[4:]] == [(2, 0), (2, 0), (2, 0), (2, 2)]
    assert [e.truncated for e in found.entries] == [False, False]


def test_an_entry_is_known_by_its_guid_else_by_its_link() -> None:
    assert entry(item(guid="urn:1")).key == "urn:1"
    assert entry(item(guid="")).key == "https://sec.example/latest-news/v50/"
    assert entry("<title>x</title><link>../v51/</link>").url == "https://sec.example/latest-news/v51/"
    assert entry("<title>x</title><guid>g</guid><link>javascript:alert(1)</link>").url == ""
    assert len(outline(rss(item(), item()), BASE).entries) == 1


@pytest.mark.parametrize(
    "described",
    [
        "",
        "Short.",
        f"{TEXT} and so [&hellip;]",
        f"{TEXT} and so […]",
        f"{TEXT} and so …",
        f"{TEXT} and so ...",
        f"<p>{TEXT}</p><p><a href=x>Read more</a></p>",
        f"<p>{TEXT}</p><p><a href=x>Continue reading <span>SEC v50.0 is out</span></a></p>",
        f"<p>{TEXT} [&#8230;]</p><p>The post <a href=x>SEC v50.0</a> appeared first on <a href=y>SEC</a>.</p>",
    ],
)
def test_a_teaser_is_known_as_one(described: str) -> None:
    assert entry(item(described=described)).truncated


def test_a_long_description_or_a_short_whole_text_is_no_teaser() -> None:
    assert len(TEXT) > SHORT
    assert not entry(item(described=f"<p>{TEXT}</p>")).truncated
    assert not entry(item(described="Cut […]", whole="<p>Short, and all.</p>")).truncated
    assert entry(item(described=TEXT, whole=f"<p>{TEXT} … <a href=x>Read more</a></p>")).truncated


def test_the_signature_of_wordpress_is_no_text_of_the_post() -> None:
    whole = f"<p>{TEXT}</p><p>The post <a href=x>SEC v50.0</a> appeared first on <a href=y>SEC</a>.</p>"
    assert [block.text for block in outline(rss(item(whole=whole)), BASE).blocks] == ["SEC v50.0", TEXT.strip()]


@pytest.mark.parametrize(
    ("stated", "posted_on"),
    [
        ("Thu, 04 Nov 2021 23:30:00 +0000", "2021-11-04"),
        ("Mon, 18 Jul 2022 00:30:00 +0100", "2022-07-18"),
        ("Mon, 18 Jul 2022 23:30:00 -1000", "2022-07-18"),
        ("2022-07-18T00:30:00+01:00", "2022-07-18"),
        ("2022-07-18T23:30:00Z", "2022-07-18"),
        ("last week", ""),
    ],
)
def test_a_post_is_dated_where_it_was_posted(stated: str, posted_on: str) -> None:
    assert entry(f"{item()}<pubDate>{stated}</pubDate>").posted_on == posted_on


def test_atom_is_read_too_and_an_update_is_no_posting() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
        <entry><id>urn:a</id><title type="html">A &amp;amp; B</title><link href="/a/"/><updated>2022-02-02T00:00:00Z</updated>
        <published>2022-01-01T00:30:00+01:00</published><content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry>
        <entry><id>urn:b</id><title>C</title><link href="/c/"/><updated>2022-02-02T00:00:00Z</updated></entry></feed>"""
    found = outline(body.encode(), BASE)
    assert found.entries == (
        Entry("urn:a", "A & B", "https://sec.example/a/", "2022-01-01", truncated=False),
        Entry("urn:b", "C", "https://sec.example/c/", "", truncated=True),
    )
    assert [block.text for block in found.blocks] == ["A & B", "Hello", "C"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("label", ["UTF-8", "ISO-8859-1", "nonsense", "utf-16"])
def test_the_label_of_the_charset_may_be_wrong(encoding: str, label: str) -> None:
    head = f'<?xml version="1.0" encoding="{label}"?>'
    body = rss(item("‘A’ – b", whole="<p>£5</p>"), head=head).decode().encode(encoding)
    if (encoding, label) == ("cp1252", "utf-16"):
        return  # nobody can know
    found = outline(body, BASE)
    if encoding != "cp1252" or label != "ISO-8859-1":
        assert [block.text for block in found.blocks] == ["‘A’ – b", "£5"]
    assert found.trouble == ""


def test_an_empty_body_has_no_entries_and_is_no_trouble() -> None:
    for body in (b"", b" \n", rss()):
        found = outline(body, BASE)
        assert (found.blocks, found.entries, found.trouble) == ((), (), "")


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("head", [ENTITIES, OUTSIDE, '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd" [ ]>'])
@pytest.mark.fault(9)
def test_entities_of_its_own_are_refused_before_parsing(
    head: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[object] = []
    monkeypatch.setattr(feedparser, "parse", lambda *given, **_: parsed.append(given))
    found = outline(rss(item("&a;&b;"), head=head).decode().encode(encoding), BASE)
    assert ("entities" in found.trouble, found.blocks) == (True, ())
    assert parsed == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<!doctype html><title>Log in</title><p>Please log in.", "neither RSS nor Atom"),
        (b"/etc/passwd", "neither RSS nor Atom"),
        (b"https://127.0.0.1/feed", "neither RSS nor Atom"),
        (b"{}", "neither RSS nor Atom"),
        (b"<rss>" + b"<a>" * 60_000, "more than"),
        (b"<rss>" + b"&amp;" * 150_000, "more than"),
        (b"<rss>" + bytes(5_000_000), "at most"),
    ],
)
def test_what_is_no_readable_feed_is_a_trouble(body: bytes, says: str) -> None:
    found = outline(body, BASE)
    assert (says in found.trouble, found.blocks) == (True, ())


def test_a_feed_cut_short_gives_what_is_whole_in_it() -> None:
    body = rss(item("A", whole="<p>x</p>"), item("B", "b", whole="<p>y</p>"))
    assert outline(body[: body.rindex(b"</item>")], BASE).entries[0].title == "A"
