"""A sheet of entries as a feed: RSS, RSS 1.0 or Atom, bodies in CDATA or escaped, whole."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.forms.form import Form
from tests.forms.html import Writer
from tests.forms.pieces import Entry, Sheet

_DIALECTS = ("rss", "rss escaped", "atom", "atom xhtml-free", "rss with a description", "rss 1.0")


def page(sheet: Sheet, form: Form) -> str:
    """Return the feed's text."""
    dialect = _DIALECTS[form.columns * 2 + form.seed % 2]
    writer = Writer(form)
    entries = [(entry, writer.content(entry)) for entry in sheet.entries]
    charset = {"cp1252 declared": "windows-1252", "cp1252 declared latin-1": "ISO-8859-1"}.get(form.encoding, "")
    told = charset or ("iso-8859-1" if form.encoding == "utf-8 declared latin-1" else "UTF-8")
    prolog = "" if "undeclared" in form.encoding else f'<?xml version="1.0" encoding="{told}"?>\n'
    title = escape(sheet.title)
    if dialect.startswith("atom"):
        return (
            f'{prolog}<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title><updated>2022-07-01T00:00:00Z</updated>'
            f"{''.join(_atom(writer, *entry) for entry in entries)}</feed>"
        )
    if dialect == "rss 1.0":
        return (
            f'{prolog}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f'<channel rdf:about="{sheet.url}"><title>{title}</title></channel>'
            f"{''.join(_rss1(writer, *entry) for entry in entries)}</rdf:RDF>"
        )
    items = "".join(_rss(writer, *entry, dialect) for entry in entries)
    return (
        f'{prolog}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>'
        f"<link>https://smartenergycodecompany.co.uk</link>{items}</channel></rss>"
    )


def _rss(writer: Writer, entry: Entry, body: str, dialect: str) -> str:
    whole = escape(body) if dialect == "rss escaped" else f"<![CDATA[{body}]]>"
    teaser = "<description>The beginning of it […]</description>" if dialect == "rss with a description" else ""
    return (
        f"<item><title>{_title(writer, entry)}</title><link>{entry.url}</link><guid>{entry.url}</guid>"
        f"<pubDate>{format_datetime(_moment(entry))}</pubDate>{teaser}<content:encoded>{whole}</content:encoded></item>"
    )


def _rss1(writer: Writer, entry: Entry, body: str) -> str:
    return (
        f'<item rdf:about="{entry.url}"><title>{_title(writer, entry)}</title><link>{entry.url}</link>'
        f"<dc:date>{_moment(entry).isoformat()}</dc:date><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def _atom(writer: Writer, entry: Entry, body: str) -> str:
    return (
        f'<entry><title type="text">{_title(writer, entry)}</title><link href="{entry.url}"/><id>{entry.url}</id>'
        f"<published>{_moment(entry).isoformat()}</published><updated>2022-07-01T00:00:00Z</updated>"
        f'<content type="html">{escape(body)}</content></entry>'
    )


def _title(writer: Writer, entry: Entry) -> str:
    return escape(writer.press.set(entry.title))


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.posted_on).replace(hour=9, tzinfo=UTC)
