"""The one table of what secbot can know: every attribute, whose it is, its type, how weighty a change of it is.

To add a fact that secbot can know: a row here, a recogniser that emits it, words for it in a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class Type(Enum):
    """How a value is written (see the canonical forms in `identifiers`, `dates` and `statuses`)."""

    DATE = "date"  # YYYY-MM-DD, YYYY-MM or YYYY
    MODIFICATION = "modification"  # SECMP0007, MP102A, DP124
    RELEASE = "release"  # 2021-11
    PART = "part"  # Schedule 8, Appendix AD
    CODE = "code"  # CR1145, CRP613, IRP511
    STATUS = "status"
    CHOICE = "choice"  # one of a few words
    DATE_OR_RELEASE = "date or release"
    VERSION = "version"  # 4.1
    NUMBER = "number"
    TEXT = "text"


class Weight(IntEnum):
    """How much a change matters to those who plan by it."""

    LIGHT = 1  # wording, a new draft of prose
    NORMAL = 2
    WEIGHTY = 3  # scope, go-live, decisions: worth an interruption


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row: the kind of subject it belongs to, its name, its type, whether it may occur more than once."""

    kind: str
    name: str
    type: Type
    label: str
    many: bool = False
    weight: Weight = Weight.NORMAL


L, W = Weight.LIGHT, Weight.WEIGHTY
T = Type

ROWS: tuple[Attribute, ...] = (
    Attribute("release", "name", T.TEXT, "name", weight=L),
    Attribute("release", "go_live", T.DATE, "go-live", weight=W),
    Attribute("release", "proposed_go_live", T.DATE, "proposed go-live", weight=W),
    Attribute("release", "go_live_requested_on", T.DATE, "move of go-live requested"),
    Attribute("release", "go_live_approved_on", T.DATE, "move of go-live approved", weight=W),
    Attribute("release", "baselined_on", T.DATE, "scope baselined", weight=W),
    Attribute("release", "dcc_systems_baselined_on", T.DATE, "scope on the DCC Systems baselined", weight=W),
    Attribute("release", "baseline_due", T.DATE, "baseline due"),
    Attribute("release", "in_scope", T.MODIFICATION, "in scope", many=True, weight=W),
    Attribute("release", "out_of_scope", T.MODIFICATION, "out of scope", many=True, weight=W),
    Attribute("release", "may_include", T.MODIFICATION, "may include", many=True),
    Attribute("release", "change_request", T.CODE, "DCC change request", many=True),
    Attribute("release", "document", T.PART, "draft specification", many=True),
    Attribute("release", "implementation_document_updated_on", T.DATE, "Release Implementation Document updated"),
    Attribute("modification", "title", T.TEXT, "title", weight=L),
    Attribute("modification", "status", T.STATUS, "status", weight=W),
    Attribute("modification", "decision_path", T.CHOICE, "path"),
    Attribute("modification", "panel_presentation_on", T.DATE, "Panel presentation"),
    Attribute("modification", "change_board_vote_on", T.DATE, "Change Board vote"),
    Attribute("modification", "change_board_recommendation", T.CHOICE, "Change Board recommendation", weight=W),
    Attribute("modification", "decision_cut_off", T.DATE, "decision cut-off", weight=W),
    Attribute("modification", "approved_on", T.DATE, "approved", weight=W),
    Attribute("modification", "authority_decided_on", T.DATE, "Authority decision", weight=W),
    Attribute("modification", "withdrawn_on", T.DATE, "withdrawn", weight=W),
    Attribute("modification", "raised_on", T.DATE, "raised", weight=L),
    Attribute("modification", "converted_on", T.DATE, "converted", weight=L),
    Attribute("modification", "impact_assessment_requested_on", T.DATE, "Impact Assessment requested"),
    Attribute("modification", "affects", T.TEXT, "affects", many=True),
    Attribute("modification", "may_affect", T.TEXT, "may affect", many=True),
    Attribute("modification", "affects_part", T.PART, "affects part", many=True),
    Attribute("modification", "impacts_party", T.TEXT, "impacts", many=True),
    Attribute("modification", "proposer", T.TEXT, "proposer", weight=L),
    Attribute("modification", "lead_analyst", T.TEXT, "lead analyst", weight=L),
    Attribute("modification", "targeted_year", T.DATE, "targeted year"),
    Attribute("modification", "targeted_release", T.RELEASE, "targeted release", weight=W),
    Attribute("modification", "implementation", T.DATE_OR_RELEASE, "implementation", many=True, weight=W),
    Attribute("modification", "delivery_part", T.TEXT, "part delivered", weight=L),
    Attribute("modification", "consultation_closes_on", T.DATE, "consultation closes", many=True),
    Attribute("modification", "draft_proposal", T.MODIFICATION, "Draft Proposal"),
    Attribute("modification", "split_from", T.MODIFICATION, "split from", weight=W),
    Attribute("modification", "issue_resolution_proposal", T.CODE, "Issue Resolution Proposal", many=True, weight=L),
    Attribute("version", "effective_on", T.DATE, "effective", weight=W),
    Attribute("version", "posted_on", T.DATE, "posted", weight=L),
    Attribute("version", "implements_release", T.RELEASE, "implements release"),
    Attribute("version", "implements", T.MODIFICATION, "implements", many=True, weight=W),
    Attribute("version", "affects_part", T.PART, "affects part", many=True),
    Attribute("version", "adds_part", T.PART, "adds part", many=True),
    Attribute("version", "change_resolution_proposal", T.CODE, "Change Resolution Proposal", many=True),
    Attribute("version", "designated_by", T.TEXT, "designated by"),
    Attribute("document", "title", T.TEXT, "title", weight=L),
    Attribute("document", "version", T.VERSION, "version"),
    Attribute("document", "draft", T.NUMBER, "draft"),
    Attribute("document", "published_on", T.DATE, "published"),
    Attribute("document", "baselined_on", T.DATE, "baselined"),
    Attribute("document", "expires_on", T.DATE, "expires"),
    Attribute("change_request", "title", T.TEXT, "title", weight=L),
    Attribute("change_resolution_proposal", "title", T.TEXT, "title", weight=L),
    Attribute("issue_resolution_proposal", "title", T.TEXT, "title", weight=L),
    Attribute("variation", "affects_part", T.PART, "affects part", many=True),
    Attribute("variation", "noticed_on", T.DATE, "notice given"),
)

TABLE: dict[tuple[str, str], Attribute] = {(row.kind, row.name): row for row in ROWS}


def attribute(subject: str, name: str) -> Attribute:
    """Return the row for a subject's attribute.

    Raises:
        KeyError: nothing of that name is known about that kind of subject.
    """
    return TABLE[subject.partition(":")[0], name]
