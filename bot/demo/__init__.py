"""The site that `secbot demo` watches: the Smart Energy Code's release pages, news, feed and one paper as they were
overwritten between May 2020 and July 2022, on a server of its own at 127.0.0.1.

It is a **reconstruction from public facts in our own words**. Dates, numbers, titles and who decided what come from
public pages and papers of the Smart Energy Code; no sentence of theirs is repeated, and what they looked like on a
given day is not known. Where a day or a status had to be filled in, a comment at the head of the page says so.
Modifications whose titles the sources do not give stand without one. Nothing here is advice on what the Code says.

    pages/YYYY-MM-DD/NAME.EXT    a page that changed on that day; "--" in its name is "/" in its address
    site.py                      the server, and what to watch on it
    script.py                    the line that the demo prints for each day, and what people should hear on it

The folders can also be replayed: `secbot replay bot/demo/pages`.
"""

from __future__ import annotations

from bot.demo.site import Site, Step, sources, steps, web

OPENING = "The Smart Energy Code's site from May 2020 to July 2022, reconstructed from public facts in our own words"

__all__ = ["OPENING", "Site", "Step", "sources", "steps", "web"]
