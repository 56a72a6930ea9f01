"""One reading of many forms: the same facts, set in any form, make the same claims and no change.

Each dimension of a form has a test of its own, in which all others stay plain, so that a failure names it; one test
draws all at once. In `make test` the examples are the same each time, so that a red run speaks of the code and not of
luck; `make forms` draws fresh ones by the thousand.
"""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import assume, given

from tests.forms.check import holds, no_change
from tests.forms.form import DIMENSIONS, PDF, Form, any_forms, forms
from tests.forms.kinds import Facts, all_kinds, containers
from tests.forms.pieces import Table
from tests.forms.settings import few, many, slow


def in_type_of_pdfs(form: Form) -> Form:
    """Return a form in characters that the fonts of every reader have."""
    return replace(form, quotes="straight", dashes="hyphen")


def can_be_seen(facts: Facts) -> bool:
    """Whether the white between the columns of each table can be seen: a single row shows none."""
    return all(len(piece.grids[0].rows) > 1 for piece in facts.sheet(0).pieces if isinstance(piece, Table))


KINDS = all_kinds()
EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EACH_KIND
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_no_dimension_of_a_form_changes_what_is_read(kind: ModuleType, dimension: str) -> None:
    @few
    @given(kind.FACTS, forms(*DIMENSIONS[dimension], containers=containers(kind)))
    def the_same(facts, form):
        holds(kind, facts, form)

    the_same()


@EACH_KIND
def test_a_page_is_read_in_any_form(kind: ModuleType) -> None:
    @many
    @given(kind.FACTS, any_forms(containers(kind)))
    def the_same(facts, form):
        holds(kind, facts, form)

    the_same()


@EACH_KIND
def test_a_page_in_another_form_is_no_change(kind: ModuleType) -> None:
    @few
    @given(kind.FACTS, any_forms(containers(kind)), any_forms(containers(kind)))
    def the_same(facts, form, other):
        no_change(kind, facts, form, other)

    the_same()


@pytest.mark.parametrize("kind", [KINDS["release_page"], KINDS["paper"]], ids=["release_page", "paper"])
def test_a_pdf_is_read_by_the_geometry_of_its_tables(kind: ModuleType) -> None:
    @slow
    @given(kind.FACTS, forms("container", "columns", "order", "dates", containers=PDF).map(in_type_of_pdfs))
    def the_same(facts, form):
        assume("with rules" in form.container or can_be_seen(facts))
        holds(kind, facts, form)

    the_same()
