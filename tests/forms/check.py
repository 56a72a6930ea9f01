"""The property: a page claims its facts, whatever its form; and what to show where it does not."""

from __future__ import annotations

from types import ModuleType

from bot.domain import diff, state
from bot.domain.claims import Reading
from bot.ports import Page
from tests.forms.form import Form
from tests.forms.kinds import Facts, Said
from tests.forms.press import Press
from tests.forms.write import write
from watchers.read import read_page


def holds(kind: ModuleType, facts: Facts, form: Form) -> Reading:
    """Return the reading of a page; fail where it is not exactly what the facts are."""
    page = write(facts, form)
    reading = read_page(page)
    found = {(claim.subject, claim.attribute, claim.value) for claim in reading.claims}
    expected = printed(facts, form)
    if found != expected or reading.kind != kind.KIND or not reading.believable:
        raise AssertionError(report(kind, facts, form, page, reading, expected - found, found - expected))
    return reading


def no_change(kind: ModuleType, facts: Facts, form: Form, other: Form) -> None:
    """Fail where the same facts in two forms make a change."""
    before, after = holds(kind, facts, form), holds(kind, facts, other)
    changes = diff.changes(state.differences(before.claims, after, before.items, before.passages))
    assert not changes, f"the same facts in two forms make changes\n{changes}\n{form}\n{other}"


def printed(facts: Facts, form: Form) -> set[Said]:
    """Return what must be read: titles in the quotes and dashes that the form prints within them."""
    press = Press(form)
    return {(s, a, press.title(value) if a == "title" else value) for s, a, value in facts.claims()}


def report(
    kind: ModuleType, facts: Facts, form: Form, page: Page, reading: Reading, missed: set[Said], wrong: set[Said]
) -> str:
    """Return what went wrong in full."""
    lines = [
        f"a {kind.KIND} is not read as its facts",
        f"form: {form}",
        f"facts: {facts}",
        *(f"missed: {' '.join(said)}" for said in sorted(missed)),
        *(f"wrong:  {' '.join(said)}" for said in sorted(wrong)),
        f"read as: {reading.kind}",
        f"doubts: {reading.doubts}",
        f"residue: {reading.residue}",
        "page:",
        page.body.decode("utf-8", "replace") if form.medium != "pdf" else f"(a PDF of {len(page.body)} bytes)",
    ]
    return "\n".join(lines)
