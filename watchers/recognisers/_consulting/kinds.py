"""What kind of consultation an item is: of what stage, and of whom."""

from __future__ import annotations

import re

from bot.domain import consulted

STAGES = "|".join(
    (
        *consulted.ON,
        r"(?:DCC )?Impact Assessment|Legal text|Industry|Solution|Business case",
        r"Change Board|Modification(?: Proposal)?|Authority|Targeted|Joint|Urgent|Public|Stakeholder|SEC",
    )
)
KIND = (
    rf"(?:(?:first|second|third|fourth|further|additional|new|joint|\d(?:st|nd|rd|th))\s+)?(?:(?:{STAGES})\s*){{0,4}}"
    r"(?:consultations?|requests? for information|RFIs?|calls? for (?:evidence|input|views))"
    r"|MRC\b|(?:(?:draft|final) )?Modification Report(?!\s*[a-z])|Refinement(?: Process| Stage)?(?!\s*[a-z])"
)
"""What kind of consultation it is: no title, and no status of the modification."""
BODIES = (
    r"DCC|Data Communications Company|Smart DCC|DESNZ|BEIS|DECC|Ofgem|HM Government|Government|Secretary of State|"
    r"Department for [\w ,]+?|REC(?:Co| Code Manager)?|Retail Energy Code(?: Company)?|Elexon|BSC|UNC|DCUSA|"
    r"CUSC|Xoserve|"
    r"NESO|National Grid(?: ESO)?|Energy UK|Citizens Advice"
)
FOREIGN = re.compile(
    rf"\W*(?:the |a |an |joint )*(?:{BODIES})\b(?!\s+(?:Preliminary |full )?Impact Assessment)",
    re.IGNORECASE,
)
FOREIGN_BODY = re.compile(
    rf"\W*(?:the )?(?:{BODIES})\W*(?:\([A-Z]+\))?\W*",
    re.IGNORECASE,
)
FOREIGN_HEADER = re.compile(
    r"\b(?:organi[sz]ation|body|owner|issued by|published by|run by|consult(?:ing|er|ed by)|who|source|from)\b",
    re.IGNORECASE,
)
FOREIGN_SECTION = re.compile(
    rf"\W*(?:other |non-SEC |external |wider )|(?:{BODIES})(?:’s|'s)?\s+(?:\w+\s+){{0,2}}consultations|"
    rf"\bnon-SEC\b|\bother (?:codes|organi|industry|bod)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"\b(?:will|has|have|had|is|are|was|were|would|should|may|can|must|does|seeks|aims|proposes|asks)\b|[.!?](?:\s|$)"
)
