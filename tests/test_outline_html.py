"""Pages of HTML in blocks: the same facts whatever the markup, without what stands around them."""

from __future__ import annotations

import pytest

from bot.domain.claims import Link
from tests.pace import takes_at_most
from watchers.outline import Block
from watchers.outline.html import outline

BASE = "https://sec.example/releases/june/"


def blocks(html: str) -> list[Block]:
    found = outline(html, BASE)
    assert found.trouble == ""
    return list(found.blocks)


def seen(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(html)]


def rows(html: str) -> list[tuple[str, ...]]:
    return [block.cells for block in blocks(html) if block.kind == "row"]


def header(html: str) -> tuple[str, ...]:
    [header] = {block.header for block in blocks(html) if block.kind == "row"}
    return header


# --- text ------------------------------------------------------------------------------------------------------------


def test_headings_paragraphs_and_items_keep_their_order() -> None:
    html = "<title>June &amp; more</title><h1>June</h1><p>One.</p><h3>Sub</h3><ul><li>a<li>b<ul><li>c</ul></ul><p>Two."
    found = outline(html)
    assert found.title == "June & more"
    assert [(b.kind, b.level, b.text) for b in found.blocks] == [
        ("heading", 1, "June"),
        ("paragraph", 0, "One."),
        ("heading", 3, "Sub"),
        ("item", 1, "a"),
        ("item", 1, "b"),
        ("item", 2, "c"),
        ("paragraph", 0, "Two."),
    ]


def test_bare_text_in_a_div_is_a_paragraph() -> None:
    html = "<div>Go-live is <b>4</b> <i>November</i><div>Scope</div> and so <span>on</span></div>tail"
    assert seen(html) == [
        ("paragraph", "Go-live is 4 November"),
        ("paragraph", "Scope"),
        ("paragraph", "and so on"),
        ("paragraph", "tail"),
    ]


def test_a_line_break_parts_facts_but_not_sentences() -> None:
    html = "<p>MP077 ‘A’ Implemented<br>MP090 ‘B’ Targeted<br/><br>It goes live on<br>4 November 2021, and then<br>rests.</p>"
    assert [text for _, text in seen(html)] == [
        "MP077 ‘A’ Implemented",
        "MP090 ‘B’ Targeted",
        "It goes live on 4 November 2021, and then rests.",
    ]


def test_entities_spaces_and_invisible_characters_are_mended() -> None:
    html = "<p>MP077&nbsp;&lsquo;A&amp;B&rsquo; \n\t x\u200by v5\u00ad.0 non\u2011GBCS â€˜C&#39;sâ€™</p>"
    assert seen(html) == [("paragraph", "MP077 ‘A&B’ xy v5.0 non-GBCS ‘C's’")]


def test_what_is_struck_out_or_a_footnote_is_not_said() -> None:
    html = "<p>MP149 <s>Targeted</s><del>in</del> out<sup>1</sup> on the 4<sup>th</sup> of <a href=#n><sup>[2]</sup></a>May TBC¹</p>"
    assert seen(html) == [("paragraph", "MP149 out on the 4th of May TBC")]


def test_a_bold_line_of_its_own_is_a_heading_and_a_bold_label_is_not() -> None:
    html = "<h2>Release</h2><p><strong>Next steps</strong></p><p><b>Status:</b><br>Implemented</p><p><b>30 June 2022</b></p>"
    assert [(b.kind, b.level, b.text) for b in blocks(html)] == [
        ("heading", 2, "Release"),
        ("heading", 3, "Next steps"),
        ("paragraph", 0, "Status: Implemented"),
        ("paragraph", 0, "30 June 2022"),
    ]


def test_links_are_absolute_and_only_of_the_web() -> None:
    html = '<p><a href="../nov/?a=1&amp;b=2">Nov <b>21</b></a> <a href="javascript:x()">x</a> <a href="mailto:a@b">m</a><a>n</a></p>'
    [paragraph] = blocks(html)
    assert paragraph.links == (Link("Nov 21", "https://sec.example/releases/nov/?a=1&b=2"),)
    [based] = blocks("<base href=//other.example/x/><ul><li><a href=y>Y</a></ul>")
    assert based.links == (Link("Y", "https://other.example/x/y"),)


def test_preformatted_lines_and_accordions_are_read() -> None:
    html = "<pre>MP077  Implemented\nMP090  Targeted</pre><details><summary>More</summary>inside</details>"
    html += (
        "<h3><button aria-expanded=false aria-controls=p>Papers</button></h3><div id=p hidden>Closed, but there</div>"
    )
    assert seen(html) == [
        ("paragraph", "MP077 Implemented"),
        ("paragraph", "MP090 Targeted"),
        ("heading", "More"),
        ("paragraph", "inside"),
        ("heading", "Papers"),
        ("paragraph", "Closed, but there"),
    ]


# --- what is left out ------------------------------------------------------------------------------------------------

FURNITURE = [
    "<script>var a = '<p>MP999</p>'</script>",
    "<style>p {content: 'MP999'}</style>",
    "<noscript>MP999</noscript>",
    "<template><p>MP999</p></template>",
    "<!-- MP999 -->",
    "<nav><ul><li>MP999</ul></nav>",
    "<header>MP999</header>",
    "<footer>MP999</footer>",
    "<aside><p>MP999</p></aside>",
    "<div role=navigation>MP999</div>",
    "<div role='dialog'>MP999</div>",
    "<p hidden>MP999</p>",
    "<p style='display: none'>MP999</p>",
    "<div class='site-footer'>MP999</div>",
    "<div id=secondary class='widget-area sidebar'><h3>MP999</h3></div>",
    "<div class='widget widget_recent_entries'>MP999</div>",
    "<div class=breadcrumbs><a href=/>Home</a> MP999</div>",
    "<ul class='main-menu'><li>MP999</ul>",
    "<div class='related-posts'>MP999</div>",
    "<form><label>MP999</label><input></form>",
    "<button>MP999</button>",
    "<div id=cookie-law-info-bar>MP999 cookies</div>",
    "<div class=zz><div>This site sets cookies. MP999</div><div><button>Accept all</button></div></div>",
    "<section class=q><p>We value your privacy: cookies MP999</p><a href=#>I agree</a></section>",
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_stands_around_the_page_is_left_out(furniture: str) -> None:
    page = "<h1>June 2022</h1><p>The release goes live on 30 June 2022, as the Panel has said.</p>"
    for html in (f"<body>{furniture}<div>{page}</div>", f"<div>{page}</div>{furniture}"):
        assert seen(html) == [
            ("heading", "June 2022"),
            ("paragraph", "The release goes live on 30 June 2022, as the Panel has said."),
        ]


def test_a_hint_in_a_class_does_not_hide_the_page_itself() -> None:
    html = "<body class='has-sidebar menu-open'><div class='content-sidebar-wrap'><h1>June</h1><p>Text</p></div></body>"
    assert seen(html) == [("heading", "June"), ("paragraph", "Text")]
    html = "<div class=menu><p>All the words of the page stand in here.</p></div><div class=menu>few</div>"
    assert seen(html) == [("paragraph", "All the words of the page stand in here.")]


def test_a_page_builders_widgets_are_the_page() -> None:
    html = "<div class='elementor-widget widget-heading'><h1>June</h1></div><div class='elementor-widget'>Text</div>"
    assert seen(html) == [("heading", "June"), ("paragraph", "Text")]


def test_main_is_the_page_and_an_articles_header_belongs_to_it() -> None:
    html = "<p>skip</p><main><article><header><h2>SEC v50.0</h2><time>4 November 2021</time></header><p>x</article></main><p>y"
    assert seen(html) == [("heading", "SEC v50.0"), ("paragraph", "4 November 2021"), ("paragraph", "x")]
    assert seen("<header><h1>June 2022</h1></header><main><p>x</main>") == [
        ("heading", "June 2022"),
        ("paragraph", "x"),
    ]
    assert seen("<main></main><p>x</p>") == [("paragraph", "x")]


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_header_is_found_with_and_without_its_markup() -> None:
    marked = (
        "<table><thead><tr><th>Document name<th>Date published</thead><tr><td>SEC Schedule 8<td>2 July 2021</table>"
    )
    bare = "<table><tr><td>Document name<td>Date published<tr><td>SEC Schedule 8<td>2 July 2021</table>"
    bold = "<table><tr><td><b>Thing</b><td><strong>When</strong><tr><td>SEC Schedule 8<td>2 July 2021</table>"
    roles = (
        "<div role=table><div role=row><span role=columnheader>Document name</span><span role=columnheader>Date published"
        "</span></div><div role=row><span role=cell>SEC Schedule 8</span><span role=cell>2 July 2021</span></div></div>"
    )
    for html in (marked, bare, roles):
        assert (header(html), rows(html)) == (("Document name", "Date published"), [("SEC Schedule 8", "2 July 2021")])
    assert header(bold) == ("Thing", "When")


def test_labels_beside_values_are_no_header() -> None:
    for cell in ("td", "th"):
        html = f"<table><tr><{cell}>Proposer<td>Elexon<tr><{cell}>Date raised<td>1 June 2020</table>"
        assert (header(html), rows(html)) == ((), [("Proposer", "Elexon"), ("Date raised", "1 June 2020")])
    scope = "<table><tr><td>MP077 ‘A’<td>Implemented<tr><td>MP090 ‘B’<td>Targeted</table>"
    assert (header(scope), len(rows(scope))) == ((), 2)


def test_cells_that_span_stand_in_each_column_and_row() -> None:
    html = """<table><tr><th rowspan=2>Modification<th colspan=2>Impacts<tr><th>DUIS?<th>GBCS?
        <tr><td rowspan=2>MP090 ‘A’<td>TBC<td>✓<tr><td colspan=2>both</table>"""
    assert header(html) == ("Modification", "Impacts DUIS?", "Impacts GBCS?")
    assert rows(html) == [("MP090 ‘A’", "TBC", "✓"), ("MP090 ‘A’", "both", "both")]
    assert [text for _, text in seen(html)] == ["MP090 ‘A’ | TBC | ✓", "MP090 ‘A’ | both"]


def test_a_row_across_the_table_and_a_caption_are_headings() -> None:
    html = """<table><caption>Scope</caption><tr><th>Modification<th>Status<tr><td colspan=2>In scope<tr><td>MP077<td>Approved
        <tr><td colspan=2>MP078 ‘X’ Approved</table>"""
    assert seen(html) == [
        ("heading", "Scope"),
        ("heading", "In scope"),
        ("row", "MP077 | Approved"),
        ("row", "MP078 ‘X’ Approved"),
    ]


@pytest.mark.parametrize(
    "tick",
    [
        "✓",
        "✔",
        "&#9745;",
        "✅",
        "√",
        "\uf0fc",
        "<img alt=tick>",
        "<img alt='Yes' src=x.png>",
        "<img src='/i/green-tick.png'>",
        "<i class='fa fa-check'></i>",
        "<span class='dashicons dashicons-yes'></span>",
        "<input type=checkbox checked disabled>",
        "<svg aria-label=tick><path/></svg>",
        "<font face=Wingdings>ü</font>",
    ],
)
def test_a_tick_is_a_tick_whatever_shows_it(tick: str) -> None:
    assert rows(f"<table><tr><td>MP090<td>{tick}<td>Yes<td></table>") == [("MP090", "✓", "Yes", "")]


def test_a_table_in_a_cell_is_a_table_of_its_own_and_a_layout_table_is_none() -> None:
    html = "<table><tr><th>Part<th>Notes<tr><td>Section A<td>see<table><tr><td>MP1<td>x</table></table>"
    assert [(b.table, b.cells) for b in blocks(html)] == [(1, ("Section A", "see")), (2, ("MP1", "x"))]
    layout = "<table role=presentation><tr><td><h2>Scope</h2><table><tr><td>MP077<td>Approved</table><td>right</table>"
    assert seen(layout) == [("heading", "Scope"), ("row", "MP077 | Approved"), ("paragraph", "right")]


def test_definitions_are_rows_and_long_ones_text_below_headings() -> None:
    html = "<dl><dt>Proposer<dd>Elexon<div><dt>Parties</dt><dd>Suppliers</dd><dd>DNOs</dd></div></dl>"
    assert rows(html) == [("Proposer", "Elexon"), ("Parties", "Suppliers DNOs")]
    html = "<dl><dt>What changes?<dd><p>This.</p><p>And that.</p></dl>"
    assert seen(html) == [("heading", "What changes?"), ("paragraph", "This."), ("paragraph", "And that.")]


def test_a_list_of_posts_is_read_as_posts() -> None:
    html = "<ul><li><h2>SEC v50.0</h2><p>4 November 2021</p><p>Text.</p></li><li><h2>SEC v49.0</h2></li></ul>"
    assert [kind for kind, _ in seen(html)] == ["heading", "paragraph", "paragraph", "heading"]
    assert seen("<ol><li><p>MP077</p><p>Approved</p></li></ol>") == [("item", "MP077 Approved")]


def test_an_empty_table_still_shows_its_header() -> None:
    assert rows("<table><thead><tr><th>Modification<th>Status</thead></table>") == [("Modification", "Status")]
    assert rows("<table><tr><td> <td>&nbsp;</table>") == []


# --- what can't be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html", ["", " ", "<!doctype html>", "plain words", "<", "<p", "</p>", "\x00<b>\ufffd", "<table>", "<li>"]
)
def test_scraps_do_no_harm(html: str) -> None:
    assert outline(html).trouble == ""


HEAVY = {
    "deep": "<div>" * 400,
    "deep and misnested": "<a><div></a>" * 400,
    "deep in cells": "<div><table><td></div>" * 400,
    "hidden in attributes": "<i title='</div>'><div title=\"</div></div>\">" * 400,
    "hidden after a comment": "<!--><div>" * 400,
    "hidden in svg": "<svg><style>" + "<div>" * 400,
    "a million tags": "<div>" * 1_000_000,
    "unclosed cells": "<table>" + "<td>x" * 300_000,
    "many attributes": "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">",
    "long": "x" * 5_000_001,
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_take_the_parser_too_long_is_refused(name: str) -> None:
    found = outline(HEAVY[name])
    assert found.trouble
    assert found.blocks == ()
    assert takes_at_most(600, lambda: outline(HEAVY[name]))  # 60 as a rule


BOUNDED = {
    "unclosed tags": "<p <p <p" * 200_000,
    "unclosed quotes": '<a "' * 59_000 + "x" * 4_000_000,
    "unclosed comments": "<!--" * 59_000,
    "paragraphs": "<p>x" * 50_000,
    "rows": "<table>" + "<tr><td>MP077" * 29_000,
    "wide spans": "<table>" + "<tr><td rowspan=999 colspan=999>x" * 400,
    "words": "word " * 900_000,
    "tables": "<table><tr><td>x</table>" * 14_000,
    "menus": "<div class=menu>" * 200 + "word " * 500_000,
    "buttons": "<div><button>accept cookies</button>" + "x" * 500 + "</div>" * 20_000,
}


@pytest.mark.parametrize("name", BOUNDED)
def test_whatever_is_read_is_read_in_little_time(name: str) -> None:
    # a thousand as a rule; a hundred thousand where time grows with the square
    assert takes_at_most(6_000, lambda: outline(BOUNDED[name]))


def test_five_hundred_paragraphs_left_open_are_not_deep() -> None:
    html = "<div><p>x<p>y<li>z<td>" * 100 + "</div>" * 100
    assert outline(html).trouble == ""
    assert outline("<p>x<br><img src=a>" * 900 + "<script>" + "'<div>'" * 900 + "</script>").trouble == ""


def test_a_list_of_links_above_the_title_is_a_menu_and_below_it_is_not() -> None:
    links = "<ul><li><a href=/a>MP901 ‘A’</a><li><a href=/b>MP902 ‘B’</a></ul>"
    assert seen(f"<div>{links}</div><h1>June</h1>") == [("heading", "June")]
    assert [kind for kind, _ in seen(f"<h1>June</h1>{links}")] == ["heading", "item", "item"]
    assert [kind for kind, _ in seen(f"<h2>June</h2>{links}")] == ["heading", "item", "item"]


def test_a_header_row_across_all_columns_is_the_tables_title() -> None:
    html = "<table><tr><th colspan=2>Scope<tr><th>Modification<th>Impacts DUIS?<tr><td>MP077 ‘A’<td>✓</table>"
    assert header(html) == ("Modification", "Impacts DUIS?")
    assert seen(html)[0] == ("heading", "Scope")


def test_the_first_part_of_a_list_is_no_header() -> None:
    html = "<table><tr><td>Section D<td>‘Modification Process’<tr><td>Section H<td>‘DCC Services’</table>"
    assert rows(html) == [("Section D", "‘Modification Process’"), ("Section H", "‘DCC Services’")]
