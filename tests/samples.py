"""Samples of everything that the bot can say: changes as the field makes them, each kind at its smallest and largest.

The kinds are found in their folder, and `changes` fails for one that no sample reaches: with a new kind comes a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from bot.domain import diff
from bot.domain.changes import Change, Told, kinds
from bot.domain.claims import Claim, Evidence, Passage

NOW = datetime(2021, 11, 5, 9, 0, tzinfo=UTC)
URL = "https://smartenergycodecompany.co.uk/november-2021-sec-release/"
RELEASE = "release:2021-11"
HELD = f"{RELEASE} in_scope MP077; modification:MP077 title DCC Service Flagging"

SCENES = (
    # what a page said; what it says now
    (f"{HELD}", f"{HELD}; {RELEASE} in_scope MP138; modification:MP138 title DCC Service Testing in ETAD"),
    (f"{HELD}; {RELEASE} in_scope MP129; modification:MP129 title Allowing the use of CNSA variant for ECDSA", HELD),
    (f"{HELD}; {RELEASE} in_scope MP149", f"{HELD}; {RELEASE} out_of_scope MP149"),
    (f"{HELD}; {RELEASE} go_live 2021-11-04", f"{HELD}; {RELEASE} go_live 2021-11-29"),
    (f"{HELD}", f"{HELD}; {RELEASE} go_live 2021-11"),
    (f"{HELD}; {RELEASE} go_live 2021-11", f"{HELD}; {RELEASE} go_live 2021-11-04"),
    (HELD, f"{HELD}; {RELEASE} proposed_go_live 2021-11-29; {RELEASE} go_live_requested_on 2021-09-10"),
    (HELD, f"{HELD}; {RELEASE} go_live_approved_on 2021-09-20"),
    (HELD, f"{HELD}; {RELEASE} baselined_on 2021-05-14; {RELEASE} dcc_systems_baselined_on 2020-11-06"),
    (HELD, f"{HELD}; {RELEASE} implementation_document_updated_on 2021-10-22"),
    (HELD, f"{HELD}; {RELEASE} change_request CR1145; change_request:CR1145 title Resilience of the message path"),
    (f"{HELD}; {RELEASE} change_request CRTBC", HELD),
    (HELD, f"{HELD}; {RELEASE} may_include MP099"),
    (f"{HELD}; {RELEASE} may_include MP099", HELD),
    (
        f"{HELD}; {RELEASE} in_scope MP099; release:2022-11 in_scope MP162",
        f"{HELD}; release:2022-11 in_scope MP162; release:2022-11 in_scope MP099",
    ),
    ("modification:MP099 targeted_release 2021-11", "modification:MP099 targeted_release 2022-11"),
    ("modification:MP099 title Market-wide settlement", "modification:MP099 targeted_release 2022-11"),
    ("modification:MP077 status targeted", "modification:MP077 status implemented"),
    ("modification:MP077 status report_phase", "modification:MP077 status refinement"),
    ("modification:MP077 status approved", "modification:MP077 status targeted"),
    (
        "modification:MP134A title Use of SMKI Certificates; modification:MP134A status change_board_vote",
        (
            "modification:MP134A title Use of SMKI Certificates; modification:MP134A status approved; "
            "modification:MP134A approved_on 2021-10-01; modification:MP134A decision_path self_governance"
        ),
    ),
    ("modification:MP084 title Other Users", "modification:MP084 change_board_recommendation reject"),
    ("modification:SECMP0067 status authority_decision", "modification:SECMP0067 status sent_back"),
    (
        "modification:MP050 status refinement",
        "modification:MP050 status withdrawn; modification:MP050 withdrawn_on 2021-04-01",
    ),
    ("modification:MP051 status refinement", "modification:MP051 status on_hold"),
    (
        "modification:MP128 title Gas Network Operators",
        "modification:MP128A split_from MP128; modification:MP128B split_from MP128",
    ),
    (
        "modification:DP124 title Clock drift; modification:DP124 status draft_proposal",
        (
            "modification:MP124 title Clock drift in Devices; modification:MP124 draft_proposal DP124; "
            "modification:MP124 converted_on 2021-06-01"
        ),
    ),
    ("modification:MP090 title Non-Mandated Alerts", "modification:MP090 title Non GBCS Non-Mandated Alerts"),
    (
        "modification:SECMP0007 implementation 2021-11-04",
        "modification:SECMP0007 implementation 2021-11-04; modification:SECMP0007 implementation 2021-06-24",
    ),
    ("modification:SECMP0015 implementation 2021-11", "modification:SECMP0015 implementation 2022-06"),
    ("modification:MP162 decision_cut_off 2021-11-19", "modification:MP162 decision_cut_off 2021-12-17"),
    ("modification:MP162 title MHHS", "modification:MP162 change_board_vote_on 2021-11-24"),
    (
        "modification:MP162 affects DUIS",
        "modification:MP162 affects DUIS; modification:MP162 affects GBCS; modification:MP162 may_affect CH firmware",
    ),
    (
        "modification:MP162 title MHHS",
        "modification:MP162 impacts_party Large Suppliers; modification:MP162 title MHHS",
    ),
    (
        "modification:MP162 title MHHS",
        "modification:MP162 title MHHS; modification:MP162 consultation_closes_on 2021-12-03",
    ),
    ("modification:MP162 consultation_closes_on 2021-12-03", "modification:MP162 consultation_closes_on 2021-12-10"),
    ("modification:MP162 consultation_closes_on 2021-12-03", "modification:MP162 title MHHS"),
    ("modification:MP162 proposer A Supplier", "modification:MP162 proposer Another Supplier"),
    (
        HELD,
        (
            f"{HELD}; {RELEASE} document Schedule 8; document:2021-11/Schedule 8 version 4.1; "
            "document:2021-11/Schedule 8 draft 1; document:2021-11/Schedule 8 title GB Companion Specification"
        ),
    ),
    (f"{HELD}; {RELEASE} document Schedule 8; document:2021-11/Schedule 8 version 4.1", HELD),
    (
        "document:2021-11/Schedule 8 version 4.1; document:2021-11/Schedule 8 draft 4",
        (
            "document:2021-11/Schedule 8 version 4.1; document:2021-11/Schedule 8 draft 5; "
            "document:2021-11/Schedule 8 published_on 2021-09-22"
        ),
    ),
    (
        "version:49.0 effective_on 2021-09-29",
        (
            "version:49.0 effective_on 2021-09-29; version:50.0 effective_on 2021-11-04; version:50.0 implements MP077; "
            "version:50.0 implements MP090; version:50.0 affects_part Section A; version:50.0 affects_part Appendix AD"
        ),
    ),
    (
        "version:49.0 effective_on 2021-09-29",
        (
            "version:49.0 effective_on 2021-09-29; version:51.0 effective_on 2021-11-30; "
            "version:51.0 designated_by Secretary of State; version:51.0 affects_part Appendix AL"
        ),
    ),
    (
        "version:50.0 effective_on 2021-11-04; version:50.0 implements MP077",
        "version:50.0 effective_on 2021-11-05; version:50.0 implements MP077; version:50.0 affects_part Section H",
    ),
    (
        "variation:2014-09-02/Section L affects_part Section L",
        (
            "variation:2014-09-02/Section L affects_part Section L; variation:2021-10-01/Section K affects_part Section K; "
            "variation:2021-10-01/Section K noticed_on 2021-10-01"
        ),
    ),
)

PASSAGES = (
    Passage("SECMP0007 implementation approach", ("The hub firmware comes in June 2022.", "Nothing else moves.")),
    Passage("SECMP0007 implementation approach", ("The hub firmware comes in November 2022.", "Nothing else moves.")),
)


def claims(lines: str) -> list[Claim]:
    """Return the claims of "subject attribute value; …"; a subject's own words may have spaces."""
    found = []
    for line in filter(None, (one.strip() for one in lines.split(";"))):
        words = line.split(" ")
        at = next(n for n, word in enumerate(words) if n and word.islower() and (word in ATTRIBUTES))
        value = " ".join(words[at + 1 :])
        quote = f"{words[0].partition(':')[2]}: {words[at].replace('_', ' ')} {value}"
        found.append(Claim(" ".join(words[:at]), words[at], value, Evidence(quote)))
    return found


def _attributes() -> frozenset[str]:
    from bot.domain.vocabulary import ROWS

    return frozenset(row.name for row in ROWS)


ATTRIBUTES = _attributes()


@cache
def found() -> tuple[Change, ...]:
    """Return the changes of all scenes."""
    changes = [
        change
        for before, after in SCENES
        for change in diff.changes(diff.compare(claims(before), claims(after), about=RELEASE))
    ]
    reworded = diff.compare([], [], about=RELEASE, passages=[PASSAGES])
    return (*changes, *diff.changes(reworded))


def changes() -> list[Change]:
    """Return samples of changes, at least one of each kind.

    Raises:
        LookupError: a kind has no sample.
    """
    samples = list(found())
    missing = {kind.KIND for kind in kinds()} - {change.kind for change in samples}
    if missing:
        raise LookupError(f"no scene shows {', '.join(sorted(missing))}: add one to tests/samples.py")
    return samples


def grown(change: Change, grow: Callable[[str], str]) -> Change:
    """Return a change in which every text of a page is another one; ids, dates and statuses stay."""
    free = {"title", "title_before", "heading", "designated_by"}
    return replace(
        change,
        before=grow(change.before) if change.before and change.attribute in {"title", "prose"} else change.before,
        after=grow(change.after) if change.after and change.attribute in {"title", "prose"} else change.after,
        facts={key: grow(value) if key in free and value else value for key, value in change.facts.items()},
        quote_before=grow(change.quote_before) if change.quote_before else "",
        quote_after=grow(change.quote_after) if change.quote_after else "",
    )


def told(samples: Iterable[Change], source: str = "november-2021", url: str = URL) -> list[Told]:
    """Return changes as they are kept."""
    return [Told(f"c{n:07d}", change, source, url, NOW, n) for n, change in enumerate(samples, 1)]
