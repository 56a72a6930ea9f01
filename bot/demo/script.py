"""What happens in the demo, day by day: the line that it prints, and what people should hear of it.

`HEARD` is for a test to hold the demo to; it is written from the facts, not from what secbot says. Cards of pages seen
for the first time and notices to the operators are no alerts and not listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heard:
    """A change that people are told of, at once or in the digest: its kind, its subject and, where these are not
    enough, what came or went.

    `perhaps`: another page says the same on that day, so it is told from whichever is read first, alone or as part of
    the other's change.
    """

    kind: str
    subject: str
    value: str = ""
    perhaps: bool = False


DIGESTS = frozenset({date(2021, 9, 1)})
"""The days after which the demo sends the daily digest."""

TITLES: Mapping[date, str] = {
    date(2020, 5, 26): "first sight of the site; a paper proposes 29 November 2020 for the November 2020 SEC Release",
    date(2020, 6, 19): "go-live moves to 29 November 2020; two Draft Proposals become modifications",
    date(2021, 2, 26): "SEC v34.0 is out; pages for June and November 2021 appear",
    date(2021, 4, 1): "one part of SECMP0007 is brought forward to June 2021",
    date(2021, 5, 14): "the Panel baselines the November 2021 scope; MP138 comes in",
    date(2021, 6, 24): "the June 2021 SEC Release goes live as SEC v40.0",
    date(2021, 7, 20): "four more draft specifications are listed; MP129 is gone without a word",
    date(2021, 8, 2): "the site is redesigned: new markup, same facts",
    date(2021, 9, 1): "MP099 moves to November 2022; SEC v45.0 is out",
    date(2021, 9, 8): "every page is rendered anew: another nonce, another timestamp",
    date(2021, 9, 22): "draft 5 of the GB Companion Specification v4.1",
    date(2021, 10, 4): "the Authority has approved MP134A; SEC v47.0 is out",
    date(2021, 10, 8): "the November 2021 page asks for a log-in",
    date(2021, 10, 22): "the page is back, and MP149 has fallen out of scope",
    date(2021, 11, 4): "the November 2021 SEC Release goes live as SEC v50.0",
    date(2021, 11, 11): "SEC v51.0 implements MP128B, one half of MP128",
    date(2022, 2, 24): "SEC v57.0 is out; the page for June 2022 appears",
    date(2022, 3, 24): "SEC v59.0 is out",
    date(2022, 6, 30): "the June 2022 SEC Release goes live; the rest of SECMP0015 waits for November",
    date(2022, 7, 18): "SEC v62.0 is out, in a post without a date",
}


def _each(kind: str, *keys: str, perhaps: bool = False) -> tuple[Heard, ...]:
    return tuple(Heard(kind, f"modification:{key}", perhaps=perhaps) for key in keys)


def _revised(*parts: str) -> tuple[Heard, ...]:
    return tuple(Heard("specification_revised", f"document:2021-11/{part}") for part in parts)


def _listed(*parts: str) -> tuple[Heard, ...]:
    return tuple(Heard("specification_listed", "release:2021-11", part) for part in parts)


HEARD: Mapping[date, tuple[Heard, ...]] = {
    date(2020, 5, 26): (),
    date(2020, 6, 19): (
        Heard("go_live_moved", "release:2020-11", "2020-11-29"),
        Heard("go_live_approved", "release:2020-11"),
        *_each("converted", "MP124", "MP127"),
    ),
    date(2021, 2, 26): (Heard("version_published", "version:34.0"),),
    date(2021, 4, 1): (Heard("implementation_moved", "modification:SECMP0007", "2021-06-24"),),
    date(2021, 5, 14): (
        Heard("scope_baselined", "release:2021-11"),
        Heard("scope_added", "release:2021-11", "MP138"),
        Heard("implementation_document_reissued", "release:2021-11"),
        *_each("decided", "MP077"),
        *_revised("Schedule 8"),
    ),
    date(2021, 6, 24): (
        Heard("version_published", "version:40.0"),
        *_each("status_changed", "MP106", "MP144", "MP146", "MP147", "MP153", perhaps=True),
    ),
    date(2021, 7, 20): (
        Heard("scope_added", "release:2021-11", "MP164"),
        Heard("scope_removed", "release:2021-11", "MP129"),
        *_revised("Schedule 8"),
        *_listed("Schedule 9", "Schedule 11", "Appendix AD", "Appendix AF"),
    ),
    date(2021, 8, 2): (),
    date(2021, 9, 1): (
        Heard("moved", "modification:MP099", "2022-11"),
        *_each("decided", "MP105", "MP150", "MP158"),
        *_revised("Schedule 8", "Appendix AD"),
        Heard("version_published", "version:45.0"),
    ),
    date(2021, 9, 8): (),
    date(2021, 9, 22): (
        *_revised("Schedule 8"),
        *_each("decided", "MP090", "MP164"),
    ),
    date(2021, 10, 4): (
        Heard("version_published", "version:47.0"),
        *_each("decided", "MP134A", perhaps=True),
    ),
    date(2021, 10, 8): (),
    date(2021, 10, 22): (
        Heard("fell_out", "release:2021-11", "MP149"),
        Heard("implementation_document_reissued", "release:2021-11"),
        Heard("scope_added", "release:2021-11", "MP180"),
        *_each("decided", "MP138", "MP157"),
        *_each("reworded", "SECMP0007"),
    ),
    date(2021, 11, 4): (
        Heard("version_published", "version:50.0"),
        *_each(
            "status_changed",
            *("SECMP0007", "MP077", "MP090", "MP105", "MP138", "MP150", "MP157", "MP158", "MP164", "MP180"),
            perhaps=True,
        ),
    ),
    date(2021, 11, 11): (
        Heard("version_published", "version:51.0"),
        *_each("split", "MP128", perhaps=True),
    ),
    date(2022, 2, 24): (Heard("version_published", "version:57.0"),),
    date(2022, 3, 24): (Heard("version_published", "version:59.0"),),
    date(2022, 6, 30): (
        Heard("version_published", "version:61.0"),
        Heard("implementation_moved", "modification:SECMP0015", "2022-11-03"),
        *_each("status_changed", "SECMP0015", "SECMP0024", "MP104", "MP159", "MP195", "MP199", perhaps=True),
    ),
    date(2022, 7, 18): (Heard("version_published", "version:62.0"),),
}
