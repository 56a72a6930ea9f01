"""What can be followed across all releases, and the words by which people call it."""

from __future__ import annotations

from collections.abc import Mapping

EVERYTHING = "everything"

TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "go-live": ("go-live dates", ("go_live_moved", "go_live_proposed", "go_live_approved")),
    "scope": (
        "the scope of releases",
        (
            "scope_added",
            "scope_removed",
            "fell_out",
            "moved",
            "split",
            "targeted",
            "inclusion_proposed",
            "inclusion_dropped",
            "scope_baselined",
            "change_request_added",
            "change_request_removed",
        ),
    ),
    "decisions": (
        "decisions",
        (
            "decided",
            "decision_taken_back",
            "recommended",
            "sent_back",
            "withdrawn",
            "put_on_hold",
            "cut_off_moved",
        ),
    ),
    "votes": ("votes", ("vote_set", "cut_off_moved", "recommended", "decided", "decision_taken_back")),
    "status": (
        "steps of modifications",
        ("status_changed", "decided", "decision_taken_back", "sent_back", "withdrawn", "put_on_hold", "converted"),
    ),
    "implementation": ("implementation dates", ("implementation_moved", "go_live_moved")),
    "consultations": ("consultations", ("consultation_opened", "consultation_moved", "consultation_closed")),
    "versions": (
        "new versions of the SEC",
        ("version_published", "version_amended", "designated", "variation_noticed"),
    ),
    "designations": ("designations", ("designated", "variation_noticed")),
    "specifications": (
        "documents (Technical Specifications)",
        (
            "specification_listed",
            "specification_revised",
            "specification_dropped",
            "implementation_document_reissued",
        ),
    ),
    "drafts": (
        "drafts of Technical Specifications",
        ("specification_listed", "specification_revised", "specification_dropped"),
    ),
    "impacts": ("what modifications affect", ("impact_changed",)),
}
"""What can be followed across all releases: its name in words and the kinds of change that belong to it."""

WORDS: Mapping[str, str] = {
    "golive": "go-live",
    "golives": "go-live",
    "golivedates": "go-live",
    "scopes": "scope",
    "scopechanges": "scope",
    "releasescope": "scope",
    "scoperemoval": "scope_removed",
    "scoperemovals": "scope_removed",
    "scopeaddition": "scope_added",
    "scopeadditions": "scope_added",
    "decision": "decisions",
    "approvals": "decisions",
    "cutoffs": "votes",
    "vote": "votes",
    "changeboard": "votes",
    "statuses": "status",
    "implementations": "implementation",
    "implementationdates": "implementation",
    "consultation": "consultations",
    "version": "versions",
    "newversions": "versions",
    "secversions": "versions",
    "designation": "designations",
    "variations": "designations",
    "specification": "specifications",
    "specs": "specifications",
    "documents": "specifications",
    "docs": "specifications",
    "technicalspecifications": "specifications",
    "newdrafts": "drafts",
    "draftspecifications": "drafts",
    "draftdocuments": "drafts",
    "impact": "impacts",
}
"""Other words that people type for a topic, or for one kind of change."""

ALL = frozenset({"everything", "all", "anything", "allchanges", "everychange"})

PARTS: Mapping[str, str] = {
    "gbcs": "Schedule 8",
    "smets": "Schedule 9",
    "smets2": "Schedule 9",
    "chts": "Schedule 10",
    "duis": "Appendix AD",
    "mmc": "Appendix AF",
    "ctsd": "Appendix R",
    "tmad": "Appendix AL",
    "s1sr": "Appendix AM",
}
"""The short names by which people call the Technical Specifications."""

DATES: Mapping[str, str] = {
    "go_live": "go_live_moved",
    "proposed_go_live": "go_live_proposed",
    "implementation": "implementation_moved",
    "change_board_vote_on": "vote_set",
    "decision_cut_off": "cut_off_moved",
    "consultation_closes_on": "consultation_moved",
}
"""What a change of a date is called: who follows that hears of its being given more precisely, too."""
