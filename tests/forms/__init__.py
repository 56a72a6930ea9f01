"""One reading of many forms: facts → a sheet of pieces → a form → a page; what the page claims must be the facts.

    kinds/     one kind of page a file: its facts, what they claim, the sheet that says them
    pieces     what a sheet consists of: headings, paragraphs, tables; without any form
    form       how a sheet is set: each dimension of a form by name
    press      typography: quotes, dashes, spaces, dates
    html, text, pdf, feed     writers: a sheet in a form
    around     what stands around a page and is none of it
    bytes      encodings
    check      the property itself, with a report that shows facts, form and page

To add a kind is to add a file to `kinds`: a module with `KIND` (what `--kind` calls it), `FACTS` (a strategy of facts, each
with `claims()` and `sheet(say)`) and, where it can't be set in every way, `CONTAINERS`.
"""
