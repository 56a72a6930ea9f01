"""Facts → words: the templates' environment and their filters.

Templates (`templates/NAME.j2`) are words only. Every expression is cleaned and escaped as it is printed, once: macros,
`{% set %}` blocks and `{% include %}` can be used freely. A missing fact is an error; None prints nothing, nor does an
inline if without else. Text from outside has no line breaks and can't begin a paragraph's mark; line breaks come from
the template alone.

A template's output is paragraphs with a blank line between them:
    # words              the headline: the first paragraph, plain words
    ## words             a sub-headline
    ---                  a divider
    ^ words              small print; several lines are several elements side by side
    :: Label :: value    fields, a paragraph of them
    > words              a quote (may follow other lines of its paragraph)
    anything else        mrkdwn: *bold*, lists with "• "

Filters that give words (escaped when printed, may be compared and chained):
    value|date              "2021-11-04" → "4 November 2021", "2022-06" → "June 2022"; also of a date
    value|weekday           "Thursday 4 November 2021"; less precise dates as `date`
    value|release           "2021-11" → "November 2021"
    value|status            "implemented" → "Implemented"
    value|choice            "self_governance" → "Self-Governance"
    c|attribute, c|label    the label of a change's or claim's attribute: "go-live"
    c|key                   a subject without its kind: "MP090"; c may be a change, a claim, a dict or a subject
    c|subject               in words: "November 2021 SEC Release", "MP090", "SEC v50.0", "Schedule 8 (November 2021)"
    c|named                 the subject with its title: "MP090 ‘Title’"; `id|named(title)` for an id
    value|value(c)          any value of c's attribute in words, by its type
    moment|moment           aware datetime (or ISO text) → "5 Nov 2021, 09:00 GMT" in the bot's zone
    moment|day              its local date: "5 Nov 2021"
    moment|ends             until when: "Friday 12 November 2021, 09:00 GMT"; of a midnight "the end of Thursday …"
    n|number                "13,200"
    n|plural("page")        "1 page", "3 pages"; plural("entry", "entries")
    n|in_days               "today", "tomorrow", "in 3 days", "yesterday", "3 days ago"
    items|listed            "a, b and c"; also of a ", "-joined text; `listed(5)`: "a, b, c, d and 3 more"
    text|shortened(80)      cut between words with "…"
    id|channel              a channel's id as its name; what is no id as it is
    id|short                a change's id as people are shown it
    source|page             a source's name in words: "november-2021-sec-release" → "November 2021 page", "news"
    text|first_up           the first letter as a capital
Filters that give markup (already escaped; not to be cut or compared):
    text|quoted             “text”, cut at 400 characters; `quoted(200)`
    url|link(text)          <url|text>; http(s) only, other URLs give the text alone
    text|bold, text|code    *text*, `text`
    text|struck             ~text~
    id|person               a person's id as their name; what is no id as it is ("the settings")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from bot.domain import dates, identifiers, statuses, vocabulary
from bot.domain.changes import SHORT_ID, KeptFacts
from bot.domain.vocabulary import Type
from bot.render.text import START, harmless, http_url, shortened

LONDON = ZoneInfo("Europe/London")
QUOTE_LIMIT = 400
NEWS = ("latest-news", "news-sec-release")
"""The built-in sources of posts."""
_PERSON = re.compile(r"[UW][A-Z0-9]{1,20}")
UNSAFE = ("e", "escape", "forceescape", "safe", "tojson", "urlize", "xmlattr")
"""Jinja's filters that would let text from outside through as markup."""

CHOICES = {
    "self_governance": "Self-Governance",
    "authority_determined": "Authority-Determined",
    "authority_led": "Authority-Led",
    "fast_track": "Fast-Track",
    "urgent": "Urgent",
    "approve": "approve",
    "reject": "reject",
}
TITLED = ("modification", "document", "change_request", "change_resolution_proposal", "issue_resolution_proposal")
"""Kinds of subject whose changes carry their own title in `facts.title`."""

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,20}")


class Safe(Markup):
    """Markup that is escaped already and printed as it is."""

    __slots__ = ()


class _NotKept(str):
    """A fact that an older secbot did not keep: it reads as empty, and is not `defined`."""

    __slots__ = ()


NOT_KEPT = _NotKept()


def is_defined(value: object) -> bool:
    """Whether a fact is there."""
    return not isinstance(value, (Undefined, _NotKept))


class _Codes(CodeGenerator):
    """Jinja's own `~` escapes as HTML does when one side is markup; this one escapes as everywhere here."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """Write the joining of pieces."""
        self.write("environment.filters['join']((")
        for piece in node.nodes:
            self.visit(piece, frame)
            self.write(", ")
        self.write("))")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """Write an inline if; without an else it gives nothing, and only a fact that is not there is an error."""
        other = node.expr2 or nodes.Const("")
        super().visit_CondExpr(nodes.CondExpr(node.test, node.expr1, other), frame)


class _Templates(Environment):
    """The environment of the templates."""

    code_generator_class = _Codes

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a fact before a method of the mapping that it stands in (`facts.items`)."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, KeptFacts):
            return NOT_KEPT
        return super().getattr(obj, attribute)


def words(template: str, facts: Mapping[str, Any], zone: ZoneInfo = LONDON) -> str:
    """Return the words of a template (a path in `templates` without ".j2") for `bot.render.blocks`.

    Raises:
        jinja2.UndefinedError: the template needs a fact that is not there.
        jinja2.TemplateNotFound: there is no such template.
    """
    text = environment(zone).get_template(f"{template}.j2").render(facts)
    # Jinja joins and constants escape quotes as HTML does; what pages say can't look like that, for its & is escaped.
    return text.replace("&#39;", "'").replace("&#34;", '"')


@lru_cache(maxsize=8)
def environment(zone: ZoneInfo) -> Environment:
    """Return the environment of the templates for a time zone."""
    made = _Templates(
        loader=PackageLoader("templates", ""),
        # S701 wants HTML's escaping; ours is `finalize`. With autoescape on, what macros and set blocks print counts as
        # escaped, so that nothing is escaped twice.
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in UNSAFE:
        made.filters.pop(name, None)
    made.filters.update(FILTERS, **{of.__name__: partial(of, zone=zone) for of in (moment, day, ends)})
    made.tests.update(defined=is_defined, undefined=lambda value: not is_defined(value))
    return made


def load(zone: ZoneInfo = LONDON) -> None:
    """Make all templates ready, which takes each some milliseconds when it is used for the first time."""
    made = environment(zone)
    for name in made.list_templates(extensions=["j2"]):
        made.get_template(name)


def printed(value: object) -> Markup:
    """Return what an expression prints: markup as it is, all else as text from outside."""
    if isinstance(value, Markup):
        return value
    return Safe("" if value is None else START + harmless(str(value)))


# --- words of values -------------------------------------------------------------------------------------------------


def date_words(value: str | date) -> str:
    """Return a date in words, as precise as it is."""
    return dates.label(value if isinstance(value, str) else value.isoformat()[:10])


def weekday(value: str | date) -> str:
    """Return a date in words with its weekday, where it is one day."""
    day_ = dates.exact(value) if isinstance(value, str) else value
    return f"{day_:%A} {date_words(day_)}" if day_ else date_words(value)


def release(value: str) -> str:
    """Return a release's name for its key or subject; another word as it is."""
    key_ = key(value)
    try:
        return identifiers.release_name(key_)
    except (ValueError, IndexError):
        return key_


def status(value: str) -> str:
    """Return a status in words."""
    return statuses.label(value)


def choice(value: str) -> str:
    """Return a decision path or a recommendation in words."""
    return CHOICES.get(value, value.replace("_", " "))


def _of(value: Any, name: str) -> str:
    return str(value[name] if isinstance(value, Mapping) else getattr(value, name))


def _subject(value: Any) -> str:
    return value if isinstance(value, str) else _of(value, "subject")


def key(value: Any) -> str:
    """Return a subject without its kind, of a change, a claim or a subject."""
    subject_ = _subject(value)
    return subject_.partition(":")[2] or subject_


def subject(value: Any) -> str:
    """Return a subject in words."""
    kind, _, key_ = _subject(value).partition(":")
    if kind == "release":
        return f"{release(key_)} SEC Release"
    if kind == "version":
        return f"SEC v{key_}"
    first, _, rest = key_.partition("/")
    if kind == "document" and rest:
        return f"{rest} ({release(first)})"
    if kind == "variation" and rest:
        return f"{rest} (variation of {date_words(first)})"
    return key_ or kind


def named(value: Any, title: str | None = None) -> str:
    """Return a subject or an id with its title, where it has one."""
    if title is None and not isinstance(value, str) and _subject(value).startswith(TITLED):
        facts = value if isinstance(value, Mapping) else getattr(value, "facts", {})
        title = facts.get("title")
    return f"{subject(value)} ‘{title}’" if title else subject(value)


def attribute(value: Any) -> str:
    """Return the label of a change's or claim's attribute."""
    row = _row(value)
    return row.label if row else _of(value, "attribute").replace("_", " ")


def _row(value: Any) -> vocabulary.Attribute | None:
    return vocabulary.TABLE.get((_subject(value).partition(":")[0], _of(value, "attribute")))


def value_words(value: str | None, about: Any) -> str:
    """Return a value of an attribute in words, by the attribute's type; "nothing" for None."""
    if value is None:
        return "nothing"
    row = _row(about)
    return _BY_TYPE.get(row.type if row else Type.TEXT, str)(value)


_BY_TYPE: dict[Type, Callable[[str], str]] = {
    Type.DATE: date_words,
    Type.DATE_OR_RELEASE: date_words,
    Type.RELEASE: release,
    Type.STATUS: status,
    Type.CHOICE: choice,
    Type.VERSION: lambda value: f"v{value}",
}


def _instant(value: datetime | str, zone: ZoneInfo) -> datetime | None:
    if isinstance(value, str):
        if len(value) <= len("YYYY-MM-DD"):
            return None
        value = datetime.fromisoformat(value)
    return value.astimezone(zone)


def moment(value: datetime | str, *, zone: ZoneInfo) -> str:
    """Return a time in words in a zone, with the zone's abbreviation; a bare date as a date."""
    local = _instant(value, zone)
    if local is None:
        return date_words(str(value))
    name = local.tzname() or ""
    return f"{_short(local)}, {local:%H:%M} {name if name[:1].isalpha() else 'UTC' + name}"


def day(value: datetime | date | str, *, zone: ZoneInfo) -> str:
    """Return a time's local date, or a date, in short: "5 Nov 2021"."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _short(value)
    local = _instant(value, zone)
    if local is not None:
        return _short(local)
    exact = dates.exact(str(value))
    return _short(exact) if exact else date_words(str(value))


def ends(value: datetime | str, *, zone: ZoneInfo) -> str:
    """Return until when something lasts, with its weekday; a day that it lasts to the end of is named as that."""
    local = _instant(value, zone)
    if local is None:
        return weekday(str(value))
    if local.time() == time():
        return f"the end of {weekday(local.date() - timedelta(days=1))}"
    return f"{weekday(local.date())}, {moment(local, zone=zone).partition(', ')[2]}"


def _short(value: date) -> str:
    return f"{value.day} {dates.MONTHS[value.month - 1][:3]} {value.year}"


def number(value: int) -> str:
    """Return a number in digits, thousands apart."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def in_days(days: int) -> str:
    """Return how far away a day is."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {number(days)} days" if days > 0 else f"{number(-days)} days ago")


def listed(items: str | Iterable[object], most: int = 0) -> str:
    """Return items as a list in a sentence; of more than `most` the rest as a number."""
    parts = items.split(", ") if isinstance(items, str) else list(items)
    shown: list[Any] = [part for part in parts if part != ""]
    if most and len(shown) > most:
        shown = [*shown[: most - 1], f"{number(len(shown) - most + 1)} more"]
    return joined([joined(shown[:-1], ", "), shown[-1]], " and ") if len(shown) > 1 else joined(shown)


def joined(items: Iterable[object], between: object = "") -> str:
    """Return items in one text; where one is markup the others are escaped."""
    pieces = list(items)
    if any(isinstance(piece, Markup) for piece in pieces):
        return Safe(str(printed(between)).replace(START, "")).join(printed(piece) for piece in pieces)
    return str(between).join(str(piece) for piece in pieces)


def first_up(text: str) -> str:
    """Return text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


# --- markup ----------------------------------------------------------------------------------------------------------


def quoted(text: str, limit: int = QUOTE_LIMIT) -> Markup:
    """Return text in quotation marks, cut to a length; what it has around it already is not doubled."""
    bare = str(text).strip().removeprefix("“").removesuffix("”") if text.count("“") <= 1 else str(text).strip()
    return Safe(f"“{harmless(shortened(bare, limit))}”")


def link(url: str, text: object) -> object:
    """Return a link with its label; the label alone where the URL is not http(s)."""
    address = http_url(url)
    label = str(printed(text)).replace("|", "¦").replace(START, "")
    return Safe(f"<{address}|{label}>") if address and label.strip() else Safe(START + label)


def bold(text: object) -> Markup:
    """Return text in bold, nothing for nothing."""
    inner = str(printed(text)).replace(START, "").strip()
    return Safe(f"*{inner}*" if inner else "")


def struck(text: object) -> Markup:
    """Return text struck through, nothing for nothing."""
    inner = str(printed(text)).replace(START, "").replace("~", "∼").strip()
    return Safe(f"~{inner}~" if inner else "")


def code(text: object) -> Markup:
    """Return text as code: a command to type."""
    inner = str(printed(text)).replace(START, "").strip()
    return Safe(f"`{inner}`" if inner else "")


def person(id_: str) -> Markup:
    """Return who somebody is: an id of Slack's as a mention, which it shows as the name; others as words."""
    words_ = {"settings": "the bot’s settings", "terminal": "somebody at the terminal"}
    return Safe(f"<@{id_}>") if _PERSON.fullmatch(id_) else printed(words_.get(id_, id_))


def page(source: str) -> str:
    """Return what people call a source: a release's page by the release, the archives of posts "news"."""
    name = source.removesuffix("-sec-release").replace("-", " ")
    if source.endswith("-sec-release") and (key := identifiers.typed_release(name)):
        return f"{identifiers.release_name(key)} page"
    return "news" if source in NEWS else source


def channel(id_: str) -> Markup:
    """Return what a channel is called: an id of Slack's as a mention, which it shows as the name."""
    return Safe(f"<#{id_}>") if _CHANNEL.fullmatch(id_) else printed(id_)


def short(id_: str) -> str:
    """Return so much of a change's id as people need: the evidence is found by it."""
    return id_[:SHORT_ID]


FILTERS: dict[str, Callable[..., Any]] = {
    "attribute": attribute,
    "bold": bold,
    "channel": channel,
    "choice": choice,
    "code": code,
    "date": date_words,
    "first_up": first_up,
    "in_days": in_days,
    "join": joined,
    "key": key,
    "label": attribute,
    "link": link,
    "page": page,
    "person": person,
    "listed": listed,
    "named": named,
    "number": number,
    "plural": plural,
    "quoted": quoted,
    "release": release,
    "short": short,
    "shortened": shortened,
    "status": status,
    "struck": struck,
    "subject": subject,
    "value": value_words,
    "weekday": weekday,
}
