"""Facts in a form → the page that a watcher would fetch."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ports import Page
from tests.forms import around, feed, html, text
from tests.forms.encode import content_type, encoded
from tests.forms.form import Form
from tests.forms.kinds import Facts

FETCHED = datetime(2022, 7, 19, tzinfo=UTC)


def write(facts: Facts, form: Form) -> Page:
    """Return the page that says the facts in that form."""
    sheet = facts.sheet(form.say)
    if form.medium == "pdf":
        from tests.forms import pdf

        return Page(sheet.url, pdf.written(sheet, form), "application/pdf", FETCHED)
    if sheet.entries:
        return Page(sheet.url, encoded(feed.page(sheet, form), form), "application/rss+xml", FETCHED)
    if form.medium == "text":
        body = text.Writer(form).page(sheet)
    else:
        body = html.Writer(form).page(sheet, around.before(form), around.after(form), around.within(form))
    return Page(sheet.url, encoded(body, form), content_type(form), FETCHED)
