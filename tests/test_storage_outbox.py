"""The outbox: order within a channel, leases and their fences, nothing sent twice and nothing lost."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context

import pytest

import storage
from bot.domain.channel import Channel
from bot.ports import Card, Leased, Outgoing, Store
from tests.storing import NOON, PATIENCE, database, keys, later, message  # noqa: F401

LEASE = 60.0


def lease(store: Store, minutes: float = 0, limit: int = 10) -> list[Leased]:
    return store.lease(later(minutes), limit, LEASE)


def send_all(store: Store) -> list[str]:
    """Send what can be sent now; return the keys."""
    done = []
    while leased := lease(store):
        done += keys(leased)
        assert all(store.sent(one, "1.0", NOON) for one in leased)
    return done


def test_messages_come_as_they_were_queued_oldest_first(store: Store) -> None:
    given = [message("a"), message("b", "C2"), message("c", "C3")]
    assert store.enqueue(given, NOON) == 3
    leased = lease(store)
    assert [one.message for one in leased] == given
    assert [(one.fence, one.attempts, one.look_first, one.created_at) for one in leased] == [(1, 0, False, NOON)] * 3


def test_a_key_is_queued_once_for_ever(store: Store) -> None:
    assert store.enqueue([message("a"), message("a"), message("b")], NOON) == 2
    send_all(store)
    assert store.enqueue([message("a"), message("c")], later(1)) == 1
    assert keys(lease(store, 1)) == ["c"]


def test_what_is_leased_is_leased_to_nobody_else(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    assert keys(lease(store, limit=1)) == ["a"]
    assert keys(lease(store)) == ["b"]
    assert lease(store) == []


def test_a_message_waits_behind_an_older_one_of_its_channel_that_someone_is_sending(store: Store) -> None:
    store.enqueue([message("a"), message("b"), message("other", "C2")], NOON)
    first, other = lease(store)
    assert keys([first, other]) == ["a", "other"]
    assert lease(store) == []
    assert store.sent(first, "1.0", NOON)
    assert keys(lease(store)) == ["b"]


def test_a_message_waits_behind_an_older_one_that_was_put_back(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    (first,) = lease(store)
    assert store.put_back(first, "ratelimited", later(5), unknown=False)
    store.enqueue([message("c"), message("other", "C2")], later(1))
    assert keys(lease(store, 4.5)) == ["other"]
    assert keys(lease(store, 5)) == ["a"]
    store.sent(lease(store, 6)[0], "1.0", later(6))
    assert keys(lease(store, 6)) == ["b"]


def test_a_message_that_failed_holds_up_nobody(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    (first,) = lease(store)
    assert store.failed(first, "is_archived", NOON)
    assert keys(lease(store)) == ["b"]
    assert store.outbox().failures == ("C1: is_archived",)


def test_a_message_for_later_waits_for_its_time_and_holds_up_nobody(store: Store) -> None:
    store.enqueue([message("morning", not_before=later(30)), message("now")], NOON)
    store.sent(lease(store, 29)[0], "1.0", later(29))
    assert lease(store, 29) == []
    assert keys(lease(store, 30)) == ["morning"]


def test_what_is_held_waits_as_if_it_had_been_queued_for_then_and_holds_up_nobody(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    (first,) = lease(store)
    store.put_back(first, "ratelimited", later(1), unknown=True)
    (again,) = lease(store, 1)
    assert store.hold(again, later(60))
    assert not store.hold(again, later(60))
    assert send_until(store, 59) == ["b"]
    (held,) = lease(store, 60)
    assert (held.message.key, held.attempts, held.look_first) == ("a", 1, True)


def send_until(store: Store, minutes: float) -> list[str]:
    """Send what can be sent at a time; return the keys."""
    done = []
    while leased := lease(store, minutes):
        done += keys(leased)
        assert all(store.sent(one, "1.0", later(minutes)) for one in leased)
    return done


def test_what_has_nothing_to_say_any_more_is_done_and_neither_sent_nor_failed(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    (first,) = lease(store)
    assert store.skipped(first, "it was taken back", NOON)
    assert not store.skipped(first, "it was taken back", NOON)
    assert (store.outbox().sent, store.outbox().failed, store.outbox().queued) == (0, 0, 1)
    assert store.resend(later(1)) == 0


def test_what_follows_from_a_message_is_queued_with_its_being_sent_and_not_without(store: Store) -> None:
    store.enqueue([message("a")], NOON)
    (old,) = lease(store)
    (new,) = lease(store, 2)
    assert not store.sent(old, "1.0", later(2), then=[message("edit")])
    assert store.outbox().queued == 0
    assert store.sent(new, "1.0", later(2), then=[message("edit")])
    assert keys(lease(store, 2)) == ["edit"]


def test_a_card_s_thread_is_what_was_sent_of_its_subject_since_it_was_made(store: Store) -> None:
    subject = "release:2021-11"
    given = [message(key, thread=subject) for key in ("old", "card", "reply")]
    store.enqueue([*given, message("waits", thread=subject), message("other", thread="release:2022-06")], NOON)
    for key in ("old", "card", "reply"):
        (one,) = lease(store)
        made = Card("C1", subject, key, "C1", NOON) if key != "reply" else None
        store.sent(one, key, NOON, place="C1", card="card" if key == "reply" else "", made=made)
    card = store.card("C1", subject)
    assert card is not None
    assert [(one.message.key, one.card) for one in store.thread(card)] == [("card", ""), ("reply", "card")]
    store.drop_card("C1", subject)
    assert store.card("C1", subject) is None


def test_an_edit_of_a_card_knows_of_a_later_one_that_waits(store: Store) -> None:
    def edit(key: str, subject: str) -> Outgoing:
        return Outgoing(key, "C1", "edit", {}, thread=subject)

    given = [edit("a", "release:2021-11"), edit("b", "release:2022-06"), edit("c", "release:2021-11")]
    store.enqueue(given, NOON)
    found = []
    for _ in given:
        (one,) = lease(store)
        found.append(store.edited_later(one))
        store.sent(one, "1.0", NOON)
    assert found == [True, False, False]


def test_a_pause_fails_what_waits_and_tells_of_it_in_one_step_and_once(store: Store) -> None:
    store.enqueue([message("a"), message("b"), message("other", "C2")], NOON)
    paused = Channel("C1", paused="archived")
    assert store.keep_channel(paused, "U0BOB", NOON, [message("notice", "U0ALICE")])
    assert not store.keep_channel(paused, "U0BOB", NOON, [message("notice again", "U0ALICE")])
    assert store.outbox().failures == ("C1: archived",)
    assert keys(lease(store)) == ["other", "notice"]


def test_a_lease_that_ended_comes_back_to_be_looked_for_first(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    lease(store)
    assert lease(store, 0.9) == []
    (again,) = lease(store, 1)
    assert (again.message.key, again.look_first, again.attempts, again.fence) == ("a", True, 1, 2)
    store.sent(again, "1.0", later(1))
    assert [(one.message.key, one.look_first) for one in lease(store, 1)] == [("b", False)]


def test_a_lost_lease_can_change_nothing(store: Store) -> None:
    store.enqueue([message("a")], NOON)
    (old,) = lease(store)
    (new,) = lease(store, 2)
    assert not store.sent(old, "1.0", later(2))
    assert not store.put_back(old, "late", later(9), unknown=False)
    assert not store.failed(old, "late", later(2))
    assert not store.hand_back(old)
    assert store.outbox().sending == 1
    assert store.sent(new, "2.0", later(2))
    assert not store.sent(new, "3.0", later(2))


def test_a_lease_that_ended_still_counts_while_nobody_took_it(store: Store) -> None:
    store.enqueue([message("a")], NOON)
    (slow,) = lease(store)
    assert store.sent(slow, "1.0", later(30))
    assert lease(store, 31) == []


def test_a_message_that_may_have_been_sent_is_looked_for_before_every_later_attempt(store: Store) -> None:
    store.enqueue([message("a")], NOON)
    store.put_back(lease(store)[0], "timeout", later(1), unknown=True)
    (second,) = lease(store, 1)
    assert (second.look_first, second.attempts) == (True, 1)
    store.put_back(second, "ratelimited", later(2), unknown=False)
    assert lease(store, 2)[0].look_first


def test_what_was_handed_back_untried_counts_as_never_leased(store: Store) -> None:
    store.enqueue([message("a")], NOON)
    (first,) = lease(store)
    assert store.hand_back(first)
    (again,) = lease(store)
    assert (again.attempts, again.look_first, again.fence) == (0, False, first.fence + 1)


def test_what_failed_is_sent_again_when_asked(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    for _ in "ab":
        store.failed(lease(store)[0], "token_revoked", NOON)
    assert store.outbox().failed == 2
    assert store.resend(later(5)) == 2
    assert [(one.message.key, one.attempts) for one in lease(store, 5)] == [("a", 0)]
    assert store.resend(later(6)) == 0


def test_the_state_of_the_outbox_counts_all_and_names_the_oldest_that_waits(store: Store) -> None:
    assert store.outbox().oldest_at is None
    store.enqueue([message("a"), message("b", "C2"), message("c", "C3")], NOON)
    store.enqueue([message("d", "C4")], later(3))
    sent, failed, _ = lease(store, limit=3)
    store.sent(sent, "1.0", NOON)
    store.failed(failed, "not_in_channel", NOON)
    state = store.outbox()
    assert (state.queued, state.sending, state.sent, state.failed) == (1, 1, 1, 1)
    assert state.oldest_at == NOON


def test_a_payload_comes_back_as_it_was(store: Store) -> None:
    payload = {"words": "<!channel> \"quoted\" & 'so' é", "n": 3, "list": [None, True, {"a": 1.5}]}
    store.enqueue([replace(message("a"), payload=payload)], NOON)
    assert lease(store)[0].message.payload == payload


Sent = tuple[int, str]
"""When a message was sent, by a clock that all processes share, and its key."""


def drain(url: str) -> list[Sent]:
    """Lease and send until nothing can be leased."""
    done: list[Sent] = []
    with storage.open_store(url, wait=PATIENCE) as store:
        while leased := store.lease(NOON, 7, LEASE):
            for one in leased:
                done.append((time.monotonic_ns(), one.message.key))
                assert store.sent(one, "1.0", NOON)
    return done


MANY = pytest.mark.parametrize("how_many", [100, pytest.param(500, marks=pytest.mark.thorough)])


def queue(url: str, how_many: int) -> list[str]:
    queued = [f"{n:03d}" for n in range(how_many)]
    with storage.open_store(url) as store:
        store.enqueue([message(key, f"C{int(key) % 60}") for key in queued], NOON)
    return queued


def assert_each_once_and_in_order(done: list[list[Sent]], queued: list[str]) -> None:
    sent = [key for _, key in sorted(one for part in done for one in part)]
    assert Counter(sent) == Counter(queued)
    for channel in range(60):
        mine = [key for key in sent if int(key) % 60 == channel]
        assert mine == sorted(mine)


@MANY
def test_two_threads_send_hundreds_of_messages_each_once(database: str, how_many: int) -> None:  # noqa: F811
    queued = queue(database, how_many)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(drain, [database, database]))
    # What is left when one finds all channels in the hands of the other is taken by a last pass.
    assert_each_once_and_in_order([*done, drain(database)], queued)


@pytest.mark.thorough  # to start a process costs more than all that it sends: threads do the same above
def test_two_processes_send_hundreds_of_messages_each_once(database: str) -> None:  # noqa: F811
    queued = queue(database, 500)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(drain, [database, database]))
    assert_each_once_and_in_order([*done, drain(database)], queued)


def test_what_failed_and_may_have_been_sent_is_looked_for_when_it_is_sent_again(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    one, two = lease(store, limit=2)
    store.failed(one, "KeyError", NOON, unknown=True)
    store.failed(two, "not_in_channel", NOON)
    store.resend(later(1))
    assert [(again.message.key, again.look_first) for again in lease(store, 1, limit=2)] == [("a", True), ("b", False)]


def test_messages_of_a_channel_are_kept_apart_whoever_sends_them(store: Store) -> None:
    store.enqueue([message("a"), message("b"), message("other", "C2")], NOON)
    first, other = store.lease(NOON, 10, LEASE, apart=1.0)
    store.sent(first, "1.0", NOON)
    assert store.lease(NOON + timedelta(seconds=0.9), 10, LEASE, apart=1.0) == []
    assert store.waits_its_turn(NOON + timedelta(seconds=0.9), 1.0)
    assert keys(store.lease(NOON + timedelta(seconds=1), 10, LEASE, apart=1.0)) == ["b"]
    assert not store.waits_its_turn(NOON + timedelta(seconds=1), 1.0)
    assert other.message.key == "other"


def test_while_all_posting_backs_off_nobody_gets_anything_and_the_longest_wait_counts(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    store.back_off(later(2))
    store.back_off(later(1))
    assert lease(store, 1.9) == []
    assert keys(lease(store, 2)) == ["a", "b"]


def test_what_may_have_been_sent_for_all_we_know_is_ambiguous_and_can_be_sent_again(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    one, two = lease(store, limit=2)
    store.failed(one, "may have been sent, and can't look", NOON, unknown=True)
    store.failed(two, "not_in_channel", NOON)
    state = store.outbox()
    assert (state.ambiguous, state.failed) == (1, 1)
    [entry] = store.entries(["ambiguous"])
    assert (entry.message.key, entry.state, entry.unsure, entry.attempts) == ("a", "ambiguous", True, 1)
    assert store.resend(later(1), ids=[entry.id], look=False) == 1
    assert [(again.message.key, again.look_first) for again in lease(store, 1)] == [("a", False)]
    assert store.outbox().failed == 1


def test_only_what_was_given_up_can_be_sent_again(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2"), message("c", "C3")], NOON)
    sent, _ = lease(store, limit=2)
    store.sent(sent, "1.0", NOON)
    assert store.resend(later(1), ["sent", "sending", "queued"]) == 0


def test_what_was_sent_is_counted_since_a_time(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    one, two = lease(store, limit=2)
    store.sent(one, "1.0", NOON)
    store.sent(two, "2.0", later(30))
    assert (store.outbox(later(10)).sent, store.outbox().sent) == (1, 2)


def test_of_many_entries_the_newest_are_shown_oldest_first(store: Store) -> None:
    store.enqueue([message(f"{n}", f"C{n}") for n in range(5)], NOON)
    assert [entry.message.key for entry in store.entries(["queued"], limit=2)] == ["3", "4"]


def test_a_clock_that_was_set_back_keeps_no_channel_waiting(store: Store) -> None:
    store.enqueue([message("a"), message("b")], NOON)
    (first,) = store.lease(later(60), 10, LEASE, apart=1.0)
    store.sent(first, "1.0", later(60))
    assert keys(store.lease(NOON, 10, LEASE, apart=1.0)) == ["b"]


def test_nobody_backs_off_for_longer_than_an_hour_whatever_was_kept(store: Store) -> None:
    store.enqueue([message("a"), message("b", "C2")], NOON)
    store.back_off(later(60 * 24 * 365))
    assert keys(lease(store, 0, limit=1)) == ["a"]
    store.back_off(later(30))
    assert lease(store, 29) == []
    assert keys(lease(store, 30)) == ["a", "b"]
