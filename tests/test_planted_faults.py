"""A fault planted in a recogniser's path is caught by the property of one reading of many forms.

Each fault is a rule or function put out of order for the length of a test; the property, which holds without it, must
fail within some hundred examples. `make test` plants one fault for each kind of page, `make thorough` all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from bot.domain import dates
from bot.domain.claims import Claim
from tests.forms.check import holds
from tests.forms.form import any_forms
from tests.forms.kinds import all_kinds, containers
from tests.forms.settings import examples
from watchers import read as reader
from watchers.outline import feed, furniture, grid, words
from watchers.outline.text import glued_rows, parted, prose, wrapping
from watchers.phrases import columns, documents, events, labels, marks, provisions, rows, titles
from watchers.recognisers import _teasers, news, release_page
from watchers.recognisers import feed as feeds
from watchers.recognisers._consulting import details as consulting_details
from watchers.recognisers._consulting.walk import Consulting
from watchers.recognisers._modification.walk import ModificationWalk
from watchers.recognisers._post import parts as post_parts
from watchers.recognisers._post import split as post_split
from watchers.recognisers._post.walk import PostWalk
from watchers.recognisers._varying import lines
from watchers.recognisers._walk import rows as walk_rows
from watchers.recognisers._walk import sentences as walk_sentences
from watchers.recognisers._walk.walk import Walk

Plant = Callable[[pytest.MonkeyPatch], None]
NEVER = re.compile(r"(?!)")


def no_statuses(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(columns.statuses, "named", lambda _: None)


def days_and_months_swapped(plant: pytest.MonkeyPatch) -> None:
    real = dates.written
    plant.setattr(
        dates,
        "written",
        lambda year, month=None, day=None: real(year, day, month) if day and day < 13 else real(year, month, day),
    )


def draft_taken_for_version(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(
        documents, "of_name", lambda name, real=documents.of_name: {**real(name), "version": real(name)["draft"]}
    )


def first_row_lost(plant: pytest.MonkeyPatch) -> None:
    real = grid.Table.__init__

    def without_first(self: grid.Table, cells: list[list[grid.Cell]]) -> None:
        real(self, cells)
        self.rows = self.rows[1:]

    plant.setattr(grid.Table, "__init__", without_first)


def menus_read(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(furniture.Furniture, "__call__", lambda *_: False)


def teasers_read(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(_teasers, "_TEASERS", NEVER)


def mojibake_left(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(words, "_MISREAD", NEVER)


def entities_of_spaces_kept(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(words, "_TABLE", {})


def charset_believed(plant: pytest.MonkeyPatch) -> None:
    real = reader.decoded
    plant.setattr(
        reader,
        "decoded",
        lambda body, content_type="": (
            body.decode("cp1252", "replace") if b"harset=" in body[:300] else real(body, content_type)
        ),
    )


def titles_end_at_the_first_quote(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(titles, "_chosen", lambda _, ends: ends[0])


def last_status_column_ignored(plant: pytest.MonkeyPatch) -> None:
    real = rows.row

    def without_last(*given: Any, **named: Any) -> rows.Row | None:
        found = real(*given, **named)
        return replace(found, cells=found.cells[:-1]) if found else None

    plant.setattr(walk_rows, "row", without_last)


def baseline_of_systems_taken_for_whole(plant: pytest.MonkeyPatch) -> None:
    real = Walk.claim

    def claim(self: Walk, subject: str, attribute: str, *rest: Any) -> None:
        real(self, subject, "baselined_on" if attribute == "dcc_systems_baselined_on" else attribute, *rest)

    plant.setattr(Walk, "claim", claim)


def one_release_later(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(
        release_page, "_release", lambda outline, real=release_page._release: real(outline).replace("-06", "-11")
    )


def posted_taken_for_effective(plant: pytest.MonkeyPatch) -> None:
    real = PostWalk.posted

    def posted(self: PostWalk, value: str, quote: str, number: int) -> None:
        real(self, value, quote, number)
        self.effective = value
        self.version_claim("effective_on", value, quote)

    plant.setattr(PostWalk, "posted", posted)


def only_the_newest_post(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(news, "posts", lambda outline, real=news.posts: real(outline)[:1])


def posts_run_together(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(post_split, "_starts", lambda blocks, real=post_split._starts: [*real(blocks)][:1])


def parts_without_their_section(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(post_parts, "PART", NEVER)


def clauses_taken_for_modifications(plant: pytest.MonkeyPatch) -> None:
    real = marks._with_title
    plant.setattr(
        marks, "_with_title", lambda text_, match, kind, value: real(text_, match, "M" if kind == "K" else kind, value)
    )


def entry_dates_lost(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(feed, "_moment", lambda _: None)


def feed_posts_taken_for_truncated(plant: pytest.MonkeyPatch) -> None:
    real = feeds._entries

    def entries(outline: Any) -> Iterator[news.Post]:
        for post in real(outline):
            yield replace(post, blocks=post.blocks[:2])

    plant.setattr(feeds, "_entries", entries)


def ticks_a_column_off(plant: pytest.MonkeyPatch) -> None:
    real = rows._header
    plant.setattr(
        rows,
        "_header",
        lambda block, n: real(block, n + 1) if real(block, n + 1).startswith("Impacts") else real(block, n),
    )


def crosses_taken_for_ticks(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(columns, "_TICK", re.compile(f"{columns._TICK.pattern}|No", re.IGNORECASE))


def to_be_confirmed_taken_for_a_tick(plant: pytest.MonkeyPatch) -> None:
    real = columns.tick
    plant.setattr(
        columns,
        "tick",
        lambda header, cell: [("affects", v) for _, v in found] if (found := real(header, cell)) else found,
    )


def vote_to_come_taken_for_approval(plant: pytest.MonkeyPatch) -> None:
    real = walk_sentences.said

    def approved(sentence: Any, context: Any) -> Iterator[tuple[str, str, str, str]]:
        for subject, attribute, value, rule in real(sentence, context):
            yield subject, "approved_on" if attribute == "change_board_vote_on" else attribute, value, rule

    plant.setattr(walk_sentences, "said", approved)


def pipes_not_parted(plant: pytest.MonkeyPatch) -> None:
    for module in (parted, glued_rows, prose, wrapping):
        plant.setattr(module, "parted_cells", lambda _: [])


def glued_cells_not_parted(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(glued_rows, "row_cells", lambda *_: None)
    plant.setattr(Walk, "cells", lambda *_: None)


def titles_in_capitals(plant: pytest.MonkeyPatch) -> None:
    real = release_page.settled
    plant.setattr(
        release_page,
        "settled",
        lambda claims: tuple(
            Claim(c.subject, c.attribute, c.value.upper() if c.attribute == "title" else c.value, c.evidence)
            for c in real(claims)
        ),
    )


def clauses_taken_for_whole_sections(plant: pytest.MonkeyPatch) -> None:
    real = provisions._note
    plant.setattr(provisions, "_note", lambda found, part, clause: real(found, part, clause=False))


def only_the_first_provision(plant: pytest.MonkeyPatch) -> None:
    real = lines.NoticeList.claim
    plant.setattr(lines.NoticeList, "claim", lambda self, parts, *rest: real(self, parts[:1], *rest))


def notices_put_a_row_down(plant: pytest.MonkeyPatch) -> None:
    real, days = lines.NoticeList.claim, ["2014-09-02"]

    def claim(self: lines.NoticeList, parts: Any, day: str, quote: str) -> None:
        days.append(day)
        real(self, parts, days[-2], quote)

    plant.setattr(lines.NoticeList, "claim", claim)


def opening_taken_for_closing(plant: pytest.MonkeyPatch) -> None:
    real = consulting_details.closings
    plant.setattr(
        consulting_details,
        "closings",
        lambda text_, label="", **more: real(text_, label.replace("Opened", "Closes"), **more),
    )


def columns_of_consultations_not_named(plant: pytest.MonkeyPatch) -> None:
    real = Consulting.cell
    plant.setattr(Consulting, "cell", lambda self, block, _, text_: real(self, block, "", text_))


def titles_of_consultations_read_as_statuses(plant: pytest.MonkeyPatch) -> None:
    real = Consulting.title_cell

    def title_cell(self: Consulting, others: Any) -> str:
        real(self, others)
        return ""

    plant.setattr(Consulting, "title_cell", title_cell)


def consultations_end_with_their_line(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(Consulting, "is_within", lambda *_: False)
    plant.setattr(Consulting, "detail", lambda *_: None)


def ranges_end_where_they_begin(plant: pytest.MonkeyPatch) -> None:
    real = events.whole_range
    plant.setattr(events, "whole_range", lambda text_: dates.find(text_)[0].value if real(text_) else "")


def votes_taken_for_approvals(plant: pytest.MonkeyPatch) -> None:
    real, roles = events.fields, {"change_board_vote_on": "approved_on"}
    plant.setattr(events, "fields", lambda event, **more: [(roles.get(a, a), v) for a, v in real(event, **more)])


def empty_events_take_the_day_above(plant: pytest.MonkeyPatch) -> None:
    real, days = ModificationWalk.event_row, [""]

    def event_row(self: Any, header: Any, cells: Any, quote: str) -> None:
        dated = [cell for cell in cells if dates.find(cell)]
        real(self, header, [days[-1] if labels.empty(cell) else cell for cell in cells], quote)
        days.extend(dated)

    plant.setattr(ModificationWalk, "event_row", event_row)


def targets_taken_for_implementation(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(ModificationWalk, "_release", lambda self, pair, quote: self.implementation("", pair.value, quote))


FAULTS: dict[str, tuple[tuple[str, Plant], ...]] = {
    "release_page": (
        ("statuses are no longer read", no_statuses),
        ("days and months are swapped", days_and_months_swapped),
        ("a draft's number is taken for its version", draft_taken_for_version),
        ("the first row of a table is lost", first_row_lost),
        ("the menu is read", menus_read),
        ("related posts are read", teasers_read),
        ("mojibake is left as it is", mojibake_left),
        ("invisible characters are left in words", entities_of_spaces_kept),
        ("a wrong charset is believed", charset_believed),
        ("a title ends at its first quote", titles_end_at_the_first_quote),
        ("the last column is not read", last_status_column_ignored),
        ("the baseline on the DCC Systems is taken for the whole", baseline_of_systems_taken_for_whole),
        ("a page is about the release after it", one_release_later),
        ("pipes part no cells", pipes_not_parted),
        ("glued cells stay glued", glued_cells_not_parted),
        ("titles lose their small letters", titles_in_capitals),
    ),
    "news": (
        ("the posted date is taken for the effective date", posted_taken_for_effective),
        ("parts affected are not read", parts_without_their_section),
        ("Change Resolution Proposals are taken for modifications", clauses_taken_for_modifications),
        ("the menu is read", menus_read),
    ),
    "archive": (
        ("only the newest post is read", only_the_newest_post),
        ("posts run into one another", posts_run_together),
    ),
    "feed": (
        ("the dates of entries are lost", entry_dates_lost),
        ("entries are cut short", feed_posts_taken_for_truncated),
    ),
    "paper": (
        ("ticks are a column off", ticks_a_column_off),
        ("“No” is taken for a tick", crosses_taken_for_ticks),
        ("“TBC” is taken for a tick", to_be_confirmed_taken_for_a_tick),
        ("a vote to come is taken for an approval", vote_to_come_taken_for_approval),
        ("statuses are no longer read", no_statuses),
    ),
    "consultations": (
        ("the opening date is taken for the closing date", opening_taken_for_closing),
        ("columns are read without their headings", columns_of_consultations_not_named),
        ("a title is read as a status", titles_of_consultations_read_as_statuses),
        ("a consultation ends with its line", consultations_end_with_their_line),
        ("the menu is read", menus_read),
    ),
    "modification_page": (
        ("a range ends where it begins", ranges_end_where_they_begin),
        ("a vote is taken for an approval", votes_taken_for_approvals),
        ("an event to come has the day of the one above", empty_events_take_the_day_above),
        ("a target release is taken for the implementation", targets_taken_for_implementation),
        ("the menu is read", menus_read),
    ),
    "variations": (
        ("a clause is taken for its whole Section", clauses_taken_for_whole_sections),
        ("only the first of several provisions is read", only_the_first_provision),
        ("each notice has the day of the one above", notices_put_a_row_down),
        ("days and months are swapped", days_and_months_swapped),
    ),
}


@pytest.mark.parametrize(
    ("kind", "plant"),
    [
        pytest.param(kind, plant, id=f"{kind}: {name}", marks=[pytest.mark.thorough] if number else [])
        for kind, several in FAULTS.items()
        for number, (name, plant) in enumerate(several)
    ],
)
def test_a_planted_fault_is_caught(kind: str, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    module = all_kinds()[kind]

    @examples(600, shrinks=False)
    @given(module.FACTS, any_forms(containers(module)))
    def the_same(facts, form):
        holds(module, facts, form)

    with pytest.raises(AssertionError, match="is not read as its facts"):
        the_same()


def test_every_kind_has_a_planted_fault() -> None:
    assert FAULTS.keys() == all_kinds().keys()
