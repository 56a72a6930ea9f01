"""How words stand to what they go on to tell: as a fact, as what is wished for or left open, or as what was refused.

"The Panel agreed that MP224 be removed" tells a fact and "The DCC asked for MP224 to be removed" a wish; "declined a
request to remove MP224" tells that nothing was done. The verb that governs decides, not the verb that is governed.
"""

from __future__ import annotations

import re
from typing import Literal

from watchers.phrases.hedges import HEDGE, clause

Stance = Literal["fact", "wish", "refused"]

_IDEA = (
    r"(?:request|propos\w+|suggestion|idea|call|plan|application|recommendation|appeal|bid|removal|addition|inclusion|"
    r"move|change|delay|postponement|deferral|adding|removing|moving|including|taking|bringing|delaying|postponing|"
    r"changing|dropping|baselin\w+)"
)
_NO = r"(?:reject|refus|declin|oppos|dismiss)(?:e?s|ed|d|ing)?|turn(?:s|ed) down|rul(?:es|ed) out|(?:is|was) against"
_REFUSES = re.compile(
    rf"\b(?:{_NO})\s+(?:(?:an?|the|this|that|its|any|earlier|DCC[’']s|Panel[’']s|Proposer[’']s)\s+)*(?:{_IDEA}\b|to\b|"
    rf"that\b)|"
    rf"\b{_IDEA}\b[^;]{{0,60}}\b(?:was|were|has been|have been) (?:{_NO})\b|"
    r"\b(?:did|do|does|has|have|had|was|were) not (?:then |yet )?(?:agreed?|accept(?:ed)?|support(?:ed)?|approved?|"
    r"grant(?:ed)?)\b|"
    r"\bdecided (?:against|not to)\b|\b(?:chose|opted|resolved|voted|agreed) (?:not to|against)\b|\bdisagreed\b|"
    rf"\b(?:withdr[ae]wn?|dropped|abandoned|cancelled) (?:(?:an?|the|this|that|its|any|earlier)\s+)*{_IDEA}\b|"
    r"\b(?:not|never|n[’']t|no longer)\s+(?:(?:yet|now|also|been|be|being|going|due|expected|planned|to)\s+)*$|"
    r"\bno (?:truth|plans?|intention|question|suggestion|need)\b|\b(?:rumou?rs?|contrary to|denie[sd])\b|"
    r"\b(?:was|were|had been) (?:(?:originally|once|initially|first) )?(?:due |going |meant |supposed |planned |"
    r"intended )?to\s+(?:be )?$|"
    r"\b(?:earlier|previous|original|former|first|old) (?:plans?|propos\w+|request|intention|idea|target)\b",
    re.IGNORECASE,
)
_THEN_REFUSED = re.compile(
    r"(?:[^;⟦]|⟦[MR]\d+⟧){0,70}?\b(?:was|were|has been|have been|is|but|and|which|though|although|however)\b[^;]{0,60}?"
    r"\b(?:rejected|refused|declined|turned down|dismissed|ruled out|disagreed|dropped|withdrawn|"
    r"(?:not|never) (?:been )?(?:agreed|accepted|supported|approved|taken up|granted)|"
    r"decided (?:against|not to)|did not (?:agree|accept|support|approve))\b"
    r"(?=\W*(?:$|[,;.]|(?:this|that|it|the (?:idea|proposal|request|suggestion|removal|change|move)|by|on|at|in|"
    r"because|"
    r"as)\b))",
    re.IGNORECASE,
)
_THEN_WISHED = re.compile(
    r"[^;.⟦⟧]{0,20}?\b(?:is|was|were|has been|had been|is being) (?:then |also |now )?"
    r"(?:proposed|suggested|considered|requested|recommended|discussed|sought|asked for|under \w+)\b",
    re.IGNORECASE,
)
_THEN_GRANTED = re.compile(
    r"(?:[^;⟦]|⟦[MR]\d+⟧){0,60}?\b(?:was|were|has been|have been|and|which)\b(?:(?!\b(?:not|will|to be|never|expected|"
    r"yet)\b)[^;]){0,50}?"
    r"\b(?:approved|agreed|granted|given|accepted|endorsed|confirmed)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"(?<!\bto )(?<!\bnot )(?<!\bnever )(?<!\byet )(?<!\bbe )(?<!\bif )(?<!\bonce )(?<!\buntil )(?<!\bwhen )"
    r"\b(?:agree[sd]|decide[sd]|approve[sd]|confirm(?:s|ed)|resolved|determine[sd]|directed|accepted|granted|endorsed|"
    r"ruled|concluded|consented)\b(?:(?! if\b| whether\b| subject\b).)*$",
    re.IGNORECASE,
)
_TO_ASK = re.compile(
    r"\s+(?:(?:on|at its meeting (?:on|of)) ⟦D\d+⟧,? )?(?:(?:to|that (?:it|they|SECAS|the \w+) (?:should|would|will)) "
    r"(?:now |formally |also )?(?:ask|request|write|seek|propose|"
    r"recommend|consult|submit|suggest|consider|put)|(?:a|its|the) (?:recommendation|proposal)\b(?! (?:of|from|by)\b))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:wrote|written|wants?|wanted|wish(?:es|ed)?|would like|prefer\w*|favour\w*|call(?:s|ed|ing) (?:for|on)|"
    r"urg(?:es|ed)|"
    r"appl(?:y|ies|ied)\b|permission\b|leave to|put(?:s|ting)? forward|float(?:s|ed|ing)|moot(?:s|ed)|offer(?:s|ed)|"
    r"discuss\w*|intends?|plans to)\b",
    re.IGNORECASE,
)

_AT_REQUEST = re.compile(
    r"\b(?:until|pending) [^,;]{3,60},|"
    r"\b(?:at|on|following|after|in line with|in response to|because of) (?:the |a |an )?(?:[\w’']+ ){0,3}requests?\b"
    r"(?: (?:of|by|from) (?:the )?\w+)?(?! to\b)",
    re.IGNORECASE,
)
"""What governs nothing: whose wish came true ("At the DCC’s request …"), until when it is so."""
_NOT_YET = re.compile(r"\b(?:if|once|when|unless|until|whether|should|provided|may|might|could|will)\b", re.IGNORECASE)


def is_decided(text: str, start: int) -> bool:
    """Whether a body is said to have decided what follows: "agreed on 18 June that this release should go live"."""
    words = _AT_REQUEST.sub(" ", clause(text, start, start))
    decides = _DECIDES.search(words)
    verb = re.match(r"\w+", decides[0]) if decides else None
    if not (decides and verb) or _NOT_YET.search(words[: decides.start()]):
        return False
    return not _TO_ASK.match(decides[0][verb.end() :])


def stance(text: str, start: int, end: int) -> Stance:
    """Return how a sentence stands to what it tells from `start` to `end`."""
    words = _AT_REQUEST.sub(" ", clause(text, start, start))
    if _REFUSES.search(words):
        return "refused"
    if _DECIDES.search(words):
        return "fact" if is_decided(text, start) else "wish"
    if not (HEDGE.search(words) or _ASKS.search(words) or _THEN_WISHED.match(text, end)):
        return "fact"
    if _THEN_REFUSED.match(text, end):
        return "refused"
    return "fact" if _THEN_GRANTED.match(text, end) else "wish"
