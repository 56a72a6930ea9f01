"""Pages of any size in the shape that this site's pages have: `make bench-read` and the fuzzer read them.

A page of WordPress is mostly furniture: styles and scripts in its head, menus, side columns, a footer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice

from fpdf import FPDF

TOPICS = (
    "Alerts that no Device should send",
    "Firmware for In-Home Displays",
    "Service Requests in a suspended state",
    "Testing of the DCC’s Services",
    "Clarifying the Registration Data Interface",
    "Half-hourly settlement for all sites",
    "Changes in support of the release",
    "Allowance for retired Schedules",
)
STATUSES = ("Implemented", "Approved", "Targeted", "Pending implementation", "Rejected")
MONTHS = ("February", "June", "November")
PROSE = (
    "{id} ‘{topic}’ was approved by the Change Board on {day} May 2021 and will be implemented on 4 November 2021.",
    "The DCC has asked Parties for their views on the costs of {id}, which it expects to be borne by all Users alike.",
    "Until a Communications Hub runs firmware with {id} in it, the Devices behind it can’t be updated over the air.",
    "The Panel was told on {day} July 2021 that testing goes as planned, and noted that the exit criteria were met.",
    "If the Authority has not decided on {id} by {day} August 2021, it will be moved to the June 2022 SEC Release.",
    "Parties that build their own systems should read the drafts below and tell SECAS of anything that is unclear.",
)
EXPLAINED = (
    "Devices that hang on a Communications Hub get their new firmware through it, so that each of them can be updated only "
    "once its hub has been. Suppliers should plan for some weeks between the two, and may wish to begin with premises where "
    "both are of the same make. What this means for those who test in the DCC’s environments, and in which order the hubs "
    "of each region will be done, is told in the approach document, which also has a list of the Devices concerned."
)
"""What a page explains, without a name or a date in it."""
DOCUMENTS = (
    "SEC Schedule 8 – GB Companion Specification v4.{n}",
    "SEC Schedule 10 – Communications Hub Technical Specifications v1.{n}",
    "SEC Appendix AD – DCC User Interface Specification v5.{n}",
    "SEC Appendix AF – Message Mapping Catalogue v5.{n}",
)


def prose(first: int = 0) -> Iterator[str]:
    """Yield sentences about one modification after another."""
    for n in count(first):
        words = PROSE[n % len(PROSE)]
        yield words.format(id=f"MP{100 + n % 800}", topic=TOPICS[n % len(TOPICS)], day=n % 28 + 1)


def paragraph(n: int, sentences: int = 3) -> str:
    """Return a paragraph of a few sentences."""
    return f"<p>{' '.join(islice(prose(n), sentences))}</p>"


def rows(number: int) -> str:
    """Return a table of that many modifications."""
    body = "".join(
        f'<tr class="row row--{n % 2}"><th scope="row">MP{100 + n % 800}</th><td><a href="/modifications/mp-{n}/">'
        f"{TOPICS[n % len(TOPICS)]}</a></td><td>{'✓' if n % 3 else ''}</td>"
        f"<td><strong>{STATUSES[n % len(STATUSES)]}</strong></td></tr>\n"
        for n in range(number)
    )
    head = '<th scope="col">Reference</th><th scope="col">Title</th><th scope="col">Impacts DUIS?</th><th scope="col">Status</th>'
    return f'<figure class="wp-block-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></figure>'


def documents(number: int) -> str:
    """Return a table of that many drafts."""
    body = "".join(
        f'<tr><td><a href="/download/{n}/">{DOCUMENTS[n % 4].format(n=n)} (draft {n % 9 + 1})</a></td>'
        f"<td>{n % 28 + 1} September 2021</td></tr>"
        for n in range(number)
    )
    return f"<table><thead><tr><th>Document</th><th>Published</th></tr></thead><tbody>{body}</tbody></table>"


def release_article(times: int = 1) -> str:
    """Return what a release page says, in the proportions of the site's own: ten modifications, two approaches told in
    prose, six drafts, some 3,800 characters of text in all; or each of them so many times.
    """
    approaches = "".join(
        f'<h2 class="wp-block-heading" id="h-{n}">MP{100 + n} implementation approach</h2>'
        f"{paragraph(n * 6)}{paragraph(n * 6 + 3)}<p>{EXPLAINED}</p>"
        for n in range(2 * times)
    )
    return (
        "<h1>November 2021 SEC Release</h1><p>The November 2021 SEC Release is due to go live on 4 November 2021. "
        f"These modifications are in scope:</p>{rows(10 * times)}<p>Its scope was baselined by the Panel on 14 May 2021."
        f"</p>{approaches}<h2>Release documentation</h2><p>The SEC Release Implementation Document can be downloaded "
        "here. It was last updated on 22 October 2021.</p><h2>Draft Technical Specifications</h2><p>The table has the "
        "drafts that go with this release, each with its mark-up and the modification that it comes from.</p>"
        f"{documents(6 * times)}"
    )


def post(n: int, sentences: int = 9) -> str:
    """Return a news post on a version of the SEC."""
    listed = "".join(f"<li>MP{100 + (n * 3 + k) % 800} ‘{TOPICS[k]}’</li>" for k in range(4))
    parts = "".join(f"<li>{part}</li>" for part in ("Section A", "Section H", "Schedule 8", "Appendix AD"))
    return (
        f'<article class="post post-{n}"><h2 class="entry-title"><a href="/latest-news/sec-v{n}-0/">SEC v{n}.0 released'
        f"</a></h2><p>{n % 28 + 1} November {2014 + n % 8}</p><p>SEC v{n}.0 came into effect on {n % 28 + 1} November "
        f"{2014 + n % 8}. It implements four modifications:</p><ul>{listed}</ul>{paragraph(n, sentences)}"
        f"<h3>Parts of the SEC that changed</h3><ul>{parts}</ul></article>"
    )


def menus(links: int) -> str:
    """Return a menu of that many links, some below others."""
    items = "".join(
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-post_type menu-item-{n}"><a href="/section-{n}/page-'
        f'{n * 7}/" aria-label="Go to section {n}"><span class="menu-text">Section {n} of the Code</span></a>'
        + ('<ul class="sub-menu">' if n % 6 == 0 else "</li>" if n % 6 != 5 else "</li></ul></li>")
        for n in range(links)
    )
    return f'<nav class="main-navigation" aria-label="Main"><ul class="menu">{items}</ul></nav>'


def styles(characters: int) -> str:
    """Return a style sheet as block editors write it into a page."""
    rule = ".wp-block-group.is-layout-{n} > * {{ margin-block: 0 {n}px; color: var(--wp--preset--color--{n}); }}\n"
    sheet = "".join(rule.format(n=n) for n in range(characters // 90))
    return f"<style id='global-styles-inline-css'>{sheet}</style>"


def site_page(article: str, title: str = "November 2021 SEC Release", furniture: int = 34_000) -> str:
    """Return an article in the site's page; `furniture`: roughly how many characters stand around it."""
    script = "window.dataLayer=window.dataLayer||[];function gtag(){if(1<2){dataLayer.push(arguments);}}\n" * (
        furniture // 900
    )
    teasers = "".join(
        f'<li><a href="/latest-news/post-{n}/">SEC v{70 + n}.0 released to implement MP{200 + n}</a></li>'
        for n in range(8)
    )
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} – Smart Energy Code</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/app.css">'
        f"{styles(furniture // 3)}<script>{script}</script></head><body class='page-template-default wp-custom-logo'>"
        '<div class="cookie-notice" id="cookie-law-info-bar"><p>We use cookies.</p><button>Accept all</button></div>'
        f'<header class="site-header"><a href="/"><img src="/logo.svg" alt="Smart Energy Code"></a>{menus(furniture // 600)}'
        f'</header><div class="site-content"><main id="main"><div class="entry-content">{article}</div></main>'
        f'<aside class="sidebar"><h2>Latest news</h2><ul>{teasers}</ul></aside></div>'
        f"<footer class='site-footer'>{menus(furniture // 1500)}<p>© Gemserv</p></footer>"
        f"<script>{script[: furniture // 9]}</script></body></html>"
    )


def release_page(characters: int = 50_000) -> str:
    """Return a release page of about so many characters: of 50,000 some 3,800 are what a person reads."""
    article = release_article(max(1, characters // 50_000))
    sizes = count(characters * 3 // 4, characters // 100)
    return next(page for size in sizes if len(page := site_page(article, furniture=size)) >= characters)


def archive(characters: int = 50_000) -> str:
    """Return an archive of posts, with some furniture."""
    posts = lambda n: "".join(post(70 - k) for k in range(n))  # noqa: E731
    return _of_size(lambda n: site_page(posts(n), "News", characters // 4), characters)


def feed(entries: int = 50, content: Callable[[int], str] = lambda n: post(n, 4)) -> str:
    """Return an RSS feed of that many posts, each of some 850 characters of text: excerpts have 600, posts 1,200."""
    items = "".join(
        f"<item><title>SEC v{n}.0 released</title><link>https://smartenergycodecompany.co.uk/latest-news/sec-v{n}-0/"
        f"</link><guid isPermaLink='false'>https://smartenergycodecompany.co.uk/?p={n}</guid>"
        f"<pubDate>Thu, {n % 28 + 1:02d} Nov 2021 09:00:00 +0000</pubDate><description>SEC v{n}.0 came into effect"
        f"</description><content:encoded><![CDATA[{content(n)}]]></content:encoded></item>"
        for n in range(1, entries + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Smart Energy Code</title>'
        f"<link>https://smartenergycodecompany.co.uk/</link>{items}</channel></rss>"
    )


def _of_size(page: Callable[[int], str], characters: int) -> str:
    """Return the page of the number of pieces that brings it nearest above a size."""
    pieces = 1
    while len(page(pieces)) < characters:
        pieces += max(1, pieces // 8)
    return page(pieces)


def paper(characters: int = 50_000) -> bytes:
    """Return a paper in PDF of about so many characters, one short line after another, a heading every tenth."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    for n in range(characters // 45):
        pdf.set_font(style="B" if n % 10 == 0 else "")
        pdf.cell(0, 5, f"MP{100 + n % 800} - {TOPICS[n % 3]}, {STATUSES[n % 5]}", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _unclosed(n: int) -> str:
    return f"<tr><td>MP{100 + n % 800}<td>{TOPICS[n % 8]}<td>{STATUSES[n % 5]}"


def _dates(number: int) -> str:
    return ", ".join(f"{n % 28 + 1} {MONTHS[n % 3]} {2015 + n % 12}" for n in range(number))


def _ids(number: int) -> str:
    return ", ".join(f"MP{100 + n % 9000}" for n in range(number))


def _nested_tables(number: int) -> str:
    return "".join(
        "<table><tr><td>Status</td><td>" * 12 + f"MP{100 + n % 800} is approved." + "</td></tr></table>" * 12
        for n in range(number)
    )


SHAPES: dict[str, Callable[[int], str]] = {
    "many rows": lambda n: _page(rows(n // 190)),
    "one long paragraph": lambda n: _page(f"<p>{' '.join(islice(prose(), n // 108))}</p>"),
    "many paragraphs": lambda n: _page("".join(paragraph(k, 1) for k in range(n // 115))),
    "many headings": lambda n: _page(
        "".join(f"<h2>MP{100 + k % 800} and {STATUSES[k % 5]}</h2>" for k in range(n // 32))
    ),
    "many words in nested divs": lambda n: _page(
        "".join("<div>" * 60 + f"MP{100 + k % 800} is in scope." + "</div>" * 60 for k in range(n // 690))
    ),
    "unclosed cells": lambda n: _page("<table>" + "".join(_unclosed(k) for k in range(n // 62))),
    "hinted boxes": lambda n: _page("".join(f'<div class="widget">{paragraph(k, 1)}</div>' for k in range(n // 140))),
    "quotes that never close": lambda n: _page(
        "".join(f"<p>MP{100 + k % 800} ‘{TOPICS[k % 8]}</p>" for k in range(n // 45))
    ),
    "text, one line a row": lambda n: _text(
        f"MP{100 + k % 800} ‘{TOPICS[k % 8]}’{STATUSES[k % 5]}\n" for k in range(n // 50)
    ),
    "text, glued": lambda n: (
        "November 2021 SEC Release\n"
        + "".join(f"MP{100 + k % 800} '{TOPICS[k % 8]}'{STATUSES[k % 5]}" for k in range(n // 50))
    ),
    "text, wrapped prose": lambda n: _text(f"{one[:80]}\n{one[80:]}\n" for one in islice(prose(), n // 110)),
    "archive of posts": archive,
    "release page": release_page,
    "feed of posts": lambda n: feed(n // 1_400),
    "feed of titles": lambda n: feed(n // 330, content=lambda k: f"MP{100 + k % 800} is in scope."),
    "short headings": lambda n: _page("".join(f"<h{k % 5 + 2}>Part {k}</h{k % 5 + 2}>" for k in range(n // 17))),
    "items under one heading": lambda n: _page(
        f"<ul>{''.join(f'<li>MP{100 + k} {TOPICS[k % 8]}</li>' for k in range(n // 44))}</ul>"
    ),
    "short items": lambda n: _page(f"<ul>{''.join(f'<li>Item {k}</li>' for k in range(n // 18))}</ul>"),
    "requested items": lambda n: _page(
        "<h2>The following modifications may be included in the June 2022 SEC Release:</h2>"
        f"<ul>{''.join(f'<li>MP{100 + k} {TOPICS[k % 8]}</li>' for k in range(n // 44))}</ul>"
    ),
    "conversions": lambda n: _page(
        "".join(f"<p>DP{100 + k} ‘{TOPICS[k % 8]}’ was converted to MP{100 + k}.</p>" for k in range(n // 70))
    ),
    "one line": lambda n: f"November 2021 SEC Release {' '.join(islice(prose(), n // 108))}",
    "lines in one block": lambda n: _page("".join(f"and so does item {k}<br>" for k in range(n // 24))),
    "links in one block": lambda n: _page(
        "".join(f'<a href="/mp-{k}/">MP{100 + k % 800}</a>, approved.<br>' for k in range(n // 43))
    ),
    "dates in one sentence": lambda n: _page(f"<p>The Panel meets on {_dates(n // 17)}.</p>"),
    "dates in sentences": lambda n: _page(f"<p>The Panel met on {_dates(6)}.</p>" * (n // 130)),
    "ids in one sentence": lambda n: _page(f"<p>The release will include {_ids(n // 7)}.</p>"),
    "ids in paragraphs": lambda n: _page(f"<p>The release will include {_ids(2_500)}.</p>" * max(1, n // 17_000)),
    "definitions": lambda n: _page(
        "".join(f"<dl><dt>MP{100 + k % 800}</dt><dd>{STATUSES[k % 5]}</dd></dl>" for k in range(n // 50))
    ),
    "tables in tables": lambda n: _page(_nested_tables(n // 730)),
    "rows of headings": lambda n: _page(
        f"<table>{''.join(f'<tr><th colspan=2>Part {k}</th></tr>' for k in range(n // 38))}"
        "<tr><td>MP100</td><td>Approved</td></tr></table>"
    ),
    "boxes in rows": lambda n: _page(
        "".join(f"<div><div>MP{100 + k % 800}</div><div>{STATUSES[k % 5]}</div></div>" for k in range(n // 50))
    ),
    "side columns": lambda n: _page(
        "".join(f"<aside><a href='/'>Post {k}</a></aside><nav><a href='/'>Page {k}</a></nav>" for k in range(n // 70))
    ),
    "buttons": lambda n: _page("".join(f"<div><button>Accept cookies {k}</button></div>" for k in range(n // 48))),
    "text, one word a line": lambda n: _text(f"{word}\n" for word in ("MP090", "Approved", "Yes") * (n // 18)),
    "text, headings below prose": lambda n: _text(
        f"{one}\n" if k < n // 220 else f"Part {k}\n\n" for k, one in enumerate(islice(prose(), n // 60))
    ),
    "text, references": lambda n: _text(
        f"[{k}] https://smartenergycodecompany.co.uk/mp-{k}/\n" for k in range(n // 52)
    ),
    "text, rows in bars": lambda n: _text(f"MP{100 + k % 800} | {TOPICS[k % 8]} | Yes\n" for k in range(n // 45)),
    "text, columns": lambda n: _text(
        f"MP{100 + k % 800}    {TOPICS[k % 8]:<45}  {STATUSES[k % 5]}\n" for k in range(n // 70)
    ),
    "text, an open row": lambda n: _text(
        "MP090 ‘Alerts that no Device should send, and the\n" if k == 0 else "words of its title\n"
        for k in range(n // 19)
    ),
}
"""Pages of about so many characters, by their shape: none may cost the square of its size."""
BODIES: dict[str, Callable[[int], bytes]] = {
    **{shape: lambda n, page=page: page(n).encode() for shape, page in SHAPES.items()},  # type: ignore[misc]
    "paper in PDF": lambda n: paper(min(n, 150_000) // 3),
}
"""The bodies of such pages, and of papers: of these fewer characters, as the place of each letter is found out."""


def _page(body: str) -> str:
    return f"<!doctype html><title>November 2021 SEC Release</title><h1>November 2021 SEC Release</h1>{body}"


def _text(lines: Iterator[str]) -> str:
    return f"November 2021 SEC Release\n\n{''.join(lines)}"
