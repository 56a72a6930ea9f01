"""A modification moved from one release to another: its scope, or the release that it is targeted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.changes import Change, Delta, made
from bot.domain.vocabulary import Weight

if TYPE_CHECKING:
    from bot.domain.diff import Differences

KIND = "moved"
ORDER = 20
TARGETS = ("targeted_release", "targeted_year")


def find(differences: Differences) -> Iterator[Change]:
    """Yield one change for each modification that left one release and came into another, or is targeted anew."""
    done: set[str] = set()
    for came in differences.added("in_scope"):
        if came.after and came.after not in done and (left := _left(differences, came)):
            done.add(came.after)
            yield _moved(differences, came, left)
    for out in differences.added("out_of_scope"):
        if out.after and out.after not in done and (target := _target(differences, out)):
            done.add(out.after)
            yield _put_off(differences, out, target)
    for attribute in TARGETS:
        for delta in differences.changed(attribute):
            if _id(delta.subject) not in done:
                done.add(_id(delta.subject))
                yield _retargeted(differences, delta)


def _left(differences: Differences, came: Delta) -> Delta | None:
    """Return where a modification was that came into a scope: gone from there, or listed there without it.

    Papers come one after another and nothing is struck from an old one. A paper that tells the scope of both
    releases and has the modification in the other one has moved it all the same.
    """
    for delta in differences.removed("in_scope"):
        if delta.before == came.after:
            return delta
    if not differences.stream or came.now is None:
        return None
    told_now = [c for c in differences.after if c.item == came.now.item and c.attribute == "in_scope"]
    releases = {c.subject for c in told_now} - {c.subject for c in told_now if c.value == came.after}
    for claim in reversed(differences.before):
        if claim.attribute == "in_scope" and claim.value == came.after and claim.subject in releases:
            return Delta(claim.subject, "in_scope", claim.value, None, claim, None)
    return None


def _moved(differences: Differences, came: Delta, left: Delta) -> Change:
    id_ = came.after or ""
    subject = f"modification:{id_}"
    old, new = _id(left.subject), _id(came.subject)
    along = [
        *(d for d in differences.added("out_of_scope") if d.subject == left.subject and d.after == id_),
        *(d for d in differences.removed("may_include") if d.subject == came.subject and d.before == id_),
        *(d for d in differences.about_subject(subject, *TARGETS) if d.after in (None, new, new[:4])),
        *(d for d in differences.about_subject(subject, "implementation") if _of(d, old, new)),
    ]
    facts = {"title": differences.title_of(subject), "release": new, "status": differences.now(subject, "status")}
    return made(
        KIND,
        [left, came],
        Weight.WEIGHTY,
        about=(left.subject, came.subject),
        facts=facts,
        companions=along,
        subject=subject,
        before=old,
        after=new,
    )


def _target(differences: Differences, out: Delta) -> Delta | None:
    """Return the other release that a modification is targeted for now, where a page tells both in one breath."""
    for delta in differences.about_subject(f"modification:{out.after}", "targeted_release"):
        if delta.after and delta.after != _id(out.subject):
            return delta
    return None


def _put_off(differences: Differences, out: Delta, target: Delta) -> Change:
    """Return the move of a modification that fell out of one release and is targeted for another."""
    subject, old = f"modification:{out.after}", _id(out.subject)
    gone = [d for d in differences.removed("in_scope") if (d.subject, d.before) == (out.subject, out.after)]
    along = [
        *(d for d in differences.about_subject(subject, *TARGETS, "status") if d != target),
        *(d for d in differences.about_subject(subject, "implementation") if _of(d, old, target.after or "")),
    ]
    facts = {
        "title": differences.title_of(subject),
        "release": target.after or "",
        "status": differences.now(subject, "status"),
        "told": "targeted",
    }
    return made(
        KIND,
        [out, target, *gone],
        Weight.WEIGHTY,
        about=(out.subject, f"release:{target.after}"),
        facts=facts,
        companions=along,
        subject=subject,
        attribute="in_scope",
        before=old,
        after=target.after,
    )


def _of(delta: Delta, old: str, new: str) -> bool:
    """Whether an implementation date went with the old release or came with the new one."""
    return (delta.before or "")[:7] == old if delta.after is None else delta.after[:7] == new


def _retargeted(differences: Differences, delta: Delta) -> Change:
    about = [f"release:{key}" for key in (delta.before, delta.after) if key and len(key) == len("2021-11")]
    others = [d for d in differences.about_subject(delta.subject, *TARGETS) if d != delta]
    facts = {
        "title": differences.title_of(delta.subject),
        "release": delta.after or "",
        "status": differences.now(delta.subject, "status"),
    }
    return made(KIND, [delta], Weight.WEIGHTY, about=about, facts=facts, companions=others)


def _id(subject: str) -> str:
    return subject.partition(":")[2]
