"""How often somebody may fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from unionboard.errors.sign_ins import TooManyAttempts
from unionboard.services.throttle import KEPT, PER_ADDRESS, PER_NAME, WINDOW_S, Throttle


class Clock:
    """A clock that is set by the test."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def count_let_in(throttle: Throttle, tries: int, *, name: str = "", address: str = "") -> int:
    let_in = 0
    for _ in range(tries):
        try:
            throttle.enter(name=name, address=address)
        except TooManyAttempts:
            continue
        let_in += 1
    return let_in


def test_name_is_tried_five_times_from_however_many_addresses() -> None:
    throttle = Throttle()

    assert sum(count_let_in(throttle, 1, name="chair", address=f"10.0.0.{number}") for number in range(100)) == PER_NAME


def test_address_tries_twenty_times_however_many_names() -> None:
    throttle = Throttle()

    assert sum(count_let_in(throttle, 1, name=f"name {number}", address="10.0.0.7") for number in range(100)) == PER_ADDRESS


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:0:1::{number:x}" for number in range(1, 101)],
        [f"2001:db8:0:1:{number:x}::1%eth0" for number in range(1, 101)],
    ],
)
def test_addresses_of_one_network_count_as_one(addresses: list[str]) -> None:
    throttle = Throttle()

    assert sum(count_let_in(throttle, 1, address=address) for address in addresses) == PER_ADDRESS


def test_wait_is_told_in_minutes_and_ends() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    count_let_in(throttle, PER_NAME, name="chair")
    clock.now += WINDOW_S - 61

    with pytest.raises(TooManyAttempts) as refused:
        throttle.enter(name="chair")
    assert refused.value.facts == {"minutes": 2}
    clock.now += 61
    assert count_let_in(throttle, 1, name="chair") == 1


def test_refused_attempt_does_not_make_the_wait_longer() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    count_let_in(throttle, PER_NAME, name="chair")
    clock.now += WINDOW_S - 1
    count_let_in(throttle, 100, name="chair")
    clock.now += 1

    assert count_let_in(throttle, 1, name="chair") == 1


def test_right_attempt_forgets_the_names_failures_but_not_the_address() -> None:
    throttle = Throttle()
    count_let_in(throttle, PER_NAME - 1, name="chair", address="10.0.0.7")
    throttle.enter(name="chair", address="10.0.0.7")
    throttle.forgive(name="chair", address="10.0.0.7")

    assert count_let_in(throttle, 100, name="chair", address="10.0.0.8") == PER_NAME
    assert count_let_in(throttle, 100, address="10.0.0.7") == PER_ADDRESS - (PER_NAME - 1)


def test_hundred_at_once_are_counted_one_by_one() -> None:
    throttle = Throttle()
    with ThreadPoolExecutor(16) as pool:
        let_in = sum(pool.map(lambda _: count_let_in(throttle, 1, name="chair"), range(100)))

    assert let_in == PER_NAME


def test_memory_is_bounded() -> None:
    throttle = Throttle()
    for number in range(KEPT + 50):
        throttle.enter(name=str(number))

    assert len(throttle._memory) == KEPT
