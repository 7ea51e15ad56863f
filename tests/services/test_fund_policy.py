"""From which sum on the committee decides."""

import pytest
from sqlmodel import Session

from tests.makers import NOW
from unionboard.errors.claims import ThresholdNegative
from unionboard.errors.saving import StaleSave
from unionboard.services.fund_policy import needs_resolution, read_policy, save_policy


def test_before_anybody_decided_there_is_no_threshold(session: Session) -> None:
    policy = read_policy(session)

    assert (policy.resolution_above_fen, policy.near_pct, policy.version) == (None, 90, 0)
    assert not needs_resolution(policy, 10**11)


def test_threshold_is_set_and_taken_away(session: Session) -> None:
    policy = save_policy(session, resolution_above_fen=5_000_00, version=0, who="chair", now_utc=NOW)
    assert needs_resolution(policy, 5_000_00)
    assert not needs_resolution(policy, 4_999_99)

    save_policy(session, resolution_above_fen=None, version=1, who="chair", now_utc=NOW)

    assert not needs_resolution(read_policy(session), 5_000_00)


def test_threshold_below_zero_is_refused(session: Session) -> None:
    with pytest.raises(ThresholdNegative):
        save_policy(session, resolution_above_fen=-1, version=0, who="chair", now_utc=NOW)


def test_stale_threshold_is_refused(session: Session) -> None:
    save_policy(session, resolution_above_fen=5_000_00, version=0, who="chair", now_utc=NOW)
    save_policy(session, resolution_above_fen=3_000_00, version=1, who="chair", now_utc=NOW)

    with pytest.raises(StaleSave):
        save_policy(session, resolution_above_fen=8_000_00, version=1, who="chair", now_utc=NOW)
