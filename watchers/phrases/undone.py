"""What a sentence says is so no longer or did not come about: a hold lifted, a rejection overturned, a vote called off.

What was told before it on the page, or at its own beginning, held until then: "MP266 was put on hold on 3 March 2026.
The hold was lifted on 5 May 2026."
"""

from __future__ import annotations

import re

from bot.domain.forms import fitting, worded

_LATER = r"(?: (?:since|now|later|then|also|subsequently|formally|both))*"
_OVER = {
    "on_hold": worded(
        rf"\bhold (?:was|has been|is|were){_LATER} (?:lifted|removed|ended|released)\b|"
        rf"\b(?:lifted|removed|ended) (?:the|its|this|that) hold\b|\b(?:taken|came|come|is|are|now) off hold\b|"
        rf"\bno longer (?:on hold|paused|suspended)\b|"
        rf"\b(?:work|progress|it|⟦M\d+⟧|working group)\b(?: on (?:it|this|⟦M\d+⟧))?{_LATER} (?:(?:has|have|was|were)"
        rf"{_LATER} )?(?:been )?(?:resumed|restarted|reactivated|unpaused)\b"
    ),
    "sent_back": worded(
        r"\b(?:re-?submitted|re-?sent|submitted again|sent again|resubmission of ⟦M\d+⟧)\b[^⟦;.]{{0,30}}?\bto "
        r"(?:it|(?:the )?(?:Authority|Ofgem|GEMA))\b"
    ),
    "rejected": worded(
        rf"\b(?:upheld|allowed|granted) (?:the|its|their|an|this|that|⟦M\d+⟧(?:[’']s)?) (?:\w+ )?appeal\b|"
        rf"\bappeal\b[^⟦;.]{{0,30}}? (?:was|has been|is){_LATER} (?:upheld|allowed|successful|granted)\b|"
        rf"\bappeal{_LATER} succeeded\b|"
        rf"\b(?:rejection|decision)\b[^⟦;.]{{0,20}}? (?:was|has been){_LATER} (?:overturned|quashed|set aside|"
        r"reversed|annulled)\b|"
        r"\b(?:overturned|quashed|set aside|reversed) (?:the|its|this|that) (?:rejection|decision)\b"
    ),
}
_OVER["approved"] = worded(
    rf"\b(?:upheld|allowed|granted) (?:the|its|their|an|this|that|⟦M\d+⟧(?:[’']s)?) (?:\w+ )?appeal\b|"
    rf"\bappeal\b[^⟦;.]{{0,30}}? (?:was|has been|is){_LATER} (?:upheld|allowed|successful|granted)\b|"
    rf"\bappeal{_LATER} succeeded\b|"
    rf"\bapproval\b[^⟦;.]{{0,20}}? (?:was|has been){_LATER} (?:overturned|quashed|set aside|reversed|annulled|"
    rf"revoked)\b|"
    r"\b(?:overturned|quashed|set aside|reversed|revoked) (?:the|its|this|that) approval\b"
)
_NOT_SO = re.compile(
    r"\b(?:if|may|might|could|would|will|should|until|once|unless|whether|when|not|never|to be|ask\w*|propos\w*|"
    r"hop\w+|expect\w*|plans?|before|after|n[’']t)\b[^,;]*$",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"[^;.⟦‹]{0,40}?\b(?:(?:was|has been|is|were) (?:since |then |now |later )*(?:cancelled|called off|abandoned)|"
    r"(?:will|is|did|does) (?:now |therefore )*not (?:now )?(?:to )?(?:take place|taking place|go ahead|going ahead|"
    r"be held|being held|happen|happening)|(?:was|were) not (?:now )?held|(?:will |is )?no longer (?:take place|"
    r"taking place|go ahead|going ahead|be held|needed|required))\b",
    re.IGNORECASE,
)


def over(text: str) -> frozenset[str]:
    """Return the statuses that a marked sentence says have ended, whatever was told of them before."""
    likely = fitting(_OVER.values(), text)
    if not likely:
        return frozenset()
    found = {status: form.search(text) for status, form in _OVER.items() if form in likely}
    return frozenset(status for status, match in found.items() if match and not _NOT_SO.search(text, 0, match.start()))


def is_called_off(text: str, end: int) -> bool:
    """Whether what was to happen on a day whose mark ends at `end` is said not to: "… will not take place"."""
    return bool(_CALLED_OFF.match(text, end))
