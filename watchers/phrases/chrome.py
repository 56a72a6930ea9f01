"""What a site says about itself on all its pages, in whatever tag or in none: it is no page's own prose."""

from __future__ import annotations

import re

from bot.domain.forms import worded

_LONGEST_HEADING = 60
_DATED = r"[\s:–—-]*(?:on |at )?(?:\w+,? )?\d{1,4}[\w\s,:./-]{0,30}(?:\bby\b.{0,40})?"
_ANYWHERE = worded(
    r"\bcookies?\b|\b(?:privacy|cookie) (?:policy|notice|statement|settings|centre)\b|\ball rights reserved\b|"
    r"\bregistered in (?:england|scotland|wales)\b|\bregistered (?:office|number|company)\b|\bcompany (?:no|number)\b|"
    r"\bcopyright\b|\bpowered by \w+|\bunsubscribe\b|\b(?:enable|turn on|requires?) javascript\b|\byour browser\b|"
    r"\b(?:was|is|did you find|find) this (?:page|article|information|content) (?:helpful|useful)\b|"
    r"\b(?:enter|your) (?:e-?mail|email) address\b|"
    r"\b(?:subscribe|sign up|register|join)\b[^.]{0,60}\b(?:newsletters?|mailing lists?|bulletins?|e-?mail|"
    r"inbox|alerts?|updates?|feeds?)\b|"
    r"\b(?:report a problem|something wrong|give (?:us )?(?:your )?feedback|tell us what you think)\b[^.]{0,30}"
    r"\b(?:page|site|website)\b|\b(?:take|complete) (?:our|the|a)(?: \w+){0,2} survey\b|\bchat with us\b",
)
"""Words that only a site has for its visitors, wherever in a sentence they stand."""
_NETWORKS = (
    r"(?:x|twitter|facebook|linked ?in|whats ?app|youtube|instagram|e-?mail|email|print|reddit|teams|slack|link|rss)"
)
_WHOLE = re.compile(
    rf"(?:share|tweet|follow|like|connect|copy|e-?mail|print)(?:[\s,|/·•]+(?:this|us|on|via|by|to|with|and|or|the|a|"
    rf"page|post|article|story|friend|colleague|{_NETWORKS}))*|(?:{_NETWORKS}[\s,|/·•]*){{2,}}|"
    r"(?:skip|jump|back|return|go(?: back)?) to\b.{0,40}|top of (?:the )?page|you are here\b.{0,120}|"
    r"home(?:\s*[>»›/|\\→]\s*[^>»›/|\\→]{1,60})+|"
    r"(?:(?:read|view|see|show|load|find out|learn|discover) (?:more|all|less|next|full)|more|see also|read next)\b"
    r"(?! than\b)[^.]{0,60}|(?:click|tap) (?:here|below)\b.{0,40}|"
    rf"(?:(?:this )?(?:page|content|document|article|post|site)(?: was| is)?\s+)?(?:last|date|first|next|recently)[ -]?"
    rf"(?:updated?|modified|reviewed?|edited|changed|published|checked){_DATED}|"
    rf"(?:this )?(?:page|article|content)(?: was| is)? (?:updated|modified|reviewed|edited|changed){_DATED}|"
    rf"(?:updated|modified|reviewed|edited|published|posted|uploaded){_DATED}|"
    r"(?:published|posted|filed|written|tagged) (?:in|by|under|with)\b[^.]{0,60}|"
    r"(?:tags?|categor(?:y|ies)|topics?)\s*:.{0,120}|"
    r"\d+ (?:comments?|views?|shares?|likes?|min(?:ute)?s? read)|leave a (?:comment|reply)|no comments(?: yet)?|"
    r"(?:older|newer|previous|next)(?: (?:posts?|pages?|articles?|entries|stories))?(?:\s*[»«→←:].{0,80})?|"
    r"[»«→←].{0,80}|"
    r"(?:page )?\d+(?: of \d+)?|(?:log|sign) ?(?:in|out|up)|register|my account|menu|search\b.{0,30}|contact(?: us)?|"
    r"about us|help|faqs?|accessibility(?: statement)?|terms(?: (?:and|&) conditions| of use)?|site ?map|"
    r"(?:accept|reject|allow|manage|close|dismiss)(?: all)?(?: preferences| settings| options)?|"
    r"download(?: as)?(?: the| this)?(?: page| pdf| file| documents?)?|no files?(?: found| available)?|"
    r"follow (?:us|secas|the sec)\b.{0,60}|stay (?:informed|connected|in touch|up to date)\b.{0,60}|"
    r"(?:get|receive) (?:the )?(?:latest|our|sec|news)\b.{0,60}",
    re.IGNORECASE,
)
"""Lines that are nothing but something to click, or the site's word on the page."""
_HEADING = re.compile(
    r"(?:(?:related|recent|latest|other|more|similar|popular|previous|top|upcoming)\s+(?:sec\s+)?(?:posts?|news|"
    r"articles?|stories|pages?|links?|content|events?|documents?|modifications?|consultations?|from .{1,30})|"
    r"(?:you )?(?:may|might) also\b.*|(?:see|read) (?:also|next|more)|share\b.{0,30}|subscribe\b.*|sign up\b.*|"
    r"newsletter\b.*|"
    r"(?:quick|useful|helpful|related)? ?links|follow us\b.*|most (?:read|viewed|popular)|trending\b.*|categories|"
    r"tags|archives?|in this section|on this page|elsewhere\b.*|navigation|menu|comments?|leave a (?:comment|reply)|"
    r"site ?map|contact us|keep in touch|stay (?:informed|connected|in touch|up to date)\b.*|"
    r"our (?:cookies|privacy)\b.*)",
    re.IGNORECASE,
)
_EDGES = " \t\n.:;,!?–—-|•·*#\"'“”‘’()[]"


def is_chrome(text: str) -> bool:
    """Whether a sentence or line is the site's: about cookies, sharing, other pages, when it was last updated."""
    return bool("©" in text or _ANYWHERE.search(text) or _WHOLE.fullmatch(text.strip(_EDGES)))


def begins_chrome(text: str) -> bool:
    """Whether a line is the heading of what stands beside or below a page's own prose: "Related posts"."""
    return len(text) <= _LONGEST_HEADING and bool(_HEADING.fullmatch(text.strip(_EDGES)))
