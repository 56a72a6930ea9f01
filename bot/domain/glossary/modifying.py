"""How a modification comes to be, is decided and is put into effect."""

from __future__ import annotations

from bot.domain.glossary.term import Term

NAME = "Modifications"

TERMS = (
    Term(
        "MP",
        "Modification Proposal",
        "A proposal to change the Code, such as MP090. Older ones are called SECMP and share the same numbering.",
        ("modification", "modifications", "mod", "mods", "SECMP", "SEC Modification Proposal"),
        "Section D",
    ),
    Term(
        "DP",
        "Draft Proposal",
        "A modification in its first stage. DP124 becomes MP124: the digits stay, the title can change.",
        ("draft proposals",),
    ),
    Term(
        "Development Stage",
        "",
        "The first stage: the issue of a Draft Proposal is examined before it becomes a modification.",
        ("development",),
    ),
    Term(
        "Refinement Process",
        "",
        "The stage in which a Working Group works out the solution and the DCC assesses what it would take.",
        ("refinement", "refinement stage"),
    ),
    Term(
        "Report Phase",
        "",
        "The stage in which the Modification Report is finished and consulted on, before the vote.",
        ("report stage", "reporting"),
    ),
    Term(
        "Modification Report",
        "",
        "Sets out the issue, the solution, the impacts, the costs and the legal text of a modification for those who "
        "decide.",
        ("mod report", "MR"),
    ),
    Term(
        "MRC",
        "Modification Report Consultation",
        "The consultation on a Modification Report, before the Change Board votes.",
    ),
    Term(
        "Legal text", "", "The exact words by which a modification changes the Code.", ("redlining", "legal drafting")
    ),
    Term(
        "PIA",
        "Preliminary Impact Assessment",
        "The DCC’s first estimate of what a modification would change, cost and take.",
        ("preliminary assessment", "DCC Preliminary Impact Assessment"),
    ),
    Term(
        "IA",
        "Impact Assessment",
        "The DCC’s full account of what a modification would change, cost and take. To approve the request for one is "
        "not to approve the modification.",
        ("DCC Impact Assessment", "full impact assessment", "FIA"),
    ),
    Term(
        "Self-Governance",
        "",
        "The path on which the Change Board decides, with no decision of the Authority.",
        ("self governance path", "self governance modification"),
    ),
    Term(
        "Authority-Determined",
        "",
        "The path on which the Change Board recommends and the Authority decides.",
        ("authority determined path", "authority determined modification"),
    ),
    Term(
        "Authority-Led",
        "",
        "The path of a modification that the Authority raises or has raised, for example after a Significant "
        "Code Review.",
        ("authority led variation", "authority led path"),
    ),
    Term(
        "Fast-Track", "", "The path for small corrections of the Code.", ("fast track modification", "fast track path")
    ),
    Term(
        "Urgent", "", "The path of a modification that cannot wait for the usual timetable.", ("urgent modification",)
    ),
    Term(
        "SCR",
        "Significant Code Review",
        "A review by Ofgem that can lead to changes of several energy codes.",
    ),
    Term(
        "Recommendation",
        "",
        "What the Change Board advises the Authority: to approve or to reject. It is not the decision.",
        ("change board recommendation",),
    ),
    Term(
        "Decision cut-off",
        "",
        "The last day on which a modification can be decided and still be in the release it is meant for. Past it, "
        "it falls back to a later one.",
        ("cut-off", "cutoff", "cut off", "decision cutoff", "cut-offs", "cut-off date"),
    ),
    Term(
        "Fall-back date",
        "",
        "The later implementation date that applies where the decision comes after the cut-off.",
        ("fallback date", "fall back", "fallback"),
    ),
    Term(
        "Sent back", "", "Returned by those who decide for more work, instead of approved or rejected.", ("send back",)
    ),
    Term(
        "Targeted",
        "",
        "What a release page calls a modification in its scope that is not decided yet.",
        ("targeted status",),
    ),
    Term(
        "Designation",
        "",
        "A change of the Code by the Secretary of State, with no modification.",
        ("designated", "designations", "re-designation"),
    ),
    Term(
        "IRP",
        "Issue Resolution Proposal",
        "A proposed answer to an issue found in a Technical Specification, such as IRP511.",
    ),
    Term("CRP", "Change Resolution Proposal", "A numbered proposal to mend the specifications, such as CRP613."),
    Term(
        "CR",
        "DCC change request",
        "A change in the DCC’s own numbering, such as CR1145. It is not a modification.",
        ("change request", "change requests", "DCC CR"),
    ),
)
