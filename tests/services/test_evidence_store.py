"""Papers and photos lie in a folder or in a bucket, and nobody who keeps or reads them notices which.

The bucket is one of moto's server, asked over HTTP with signed requests and keys that are checked.
"""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from tests.makers import NOW, make_activity, make_plan
from tests.photos import make_photo
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.errors.evidence_store import (
    BucketMissing,
    StoreKeysRefused,
    StoreMisaddressed,
    StoreSilent,
    StoreUnusable,
    StoreWithoutServer,
)
from unionboard.errors.trash import FileErased
from unionboard.models import Change, CheckOff, Evidence, FundPaper, PaperKind
from unionboard.services import checkoffs, claims, evidence, evidence_store, fund_papers, trash, trash_expiry
from unionboard.services.evidence_store import BucketPlace, Place, evidence_place, open_bucket
from unionboard.services.stored_files import hash_whole, is_sealed_file
from unionboard.services.verification import FaultCode, verify_books

STAMP: dict[str, Any] = {"who": "沈一鸣", "now_utc": NOW}
PDF = b"%PDF-1.7 invoice"
LIST = "签领表：林小雨、欧阳若兰".encode()
ASKING: tuple[Callable[[BucketPlace], object], ...] = (
    lambda place: place.is_file(),
    lambda place: place.read_bytes(),
    lambda place: place.write_bytes(PDF),
)
EXPIRED = NOW + trash.KEPT_FOR + timedelta(days=1)


@dataclass(frozen=True)
class Storage:
    """A server that speaks S3, with a bucket, and keys that open it."""

    endpoint: str
    key_id: str
    secret: str

    def address(self, bucket: str = "papers", folder: str = "union") -> str:
        return f"s3://{bucket}/{folder}?{urlencode({'endpoint': self.endpoint})}"


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    beginner: dict[str, Any] = {
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
        "aws_access_key_id": "first",
        "aws_secret_access_key": "first",
    }
    try:
        people = boto3.client("iam", **beginner)
        people.create_user(UserName="unionboard")
        rights = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
        people.put_user_policy(UserName="unionboard", PolicyName="papers", PolicyDocument=rights)
        key = people.create_access_key(UserName="unionboard")["AccessKey"]
        boto3.client("s3", **beginner).create_bucket(Bucket="papers")
        tell(endpoint, "0")  # from now on keys are checked
        yield Storage(endpoint, key["AccessKeyId"], key["SecretAccessKey"])
    finally:
        tell(endpoint, "inf")
        server.stop()


def tell(endpoint: str, unchecked: str) -> None:
    """How many requests are taken without looking at their keys."""
    asked = urllib.request.Request(f"{endpoint}/moto-api/reset-auth", data=unchecked.encode(), headers={"Content-Type": "text/plain"})
    urllib.request.urlopen(asked).close()


@pytest.fixture
def keys(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", storage.key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", storage.secret)
    return storage


@pytest.fixture
def bucket(keys: Storage, tmp_path: Path) -> BucketPlace:
    return open_bucket(keys.address(folder=tmp_path.name))


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where papers lie: each test is run on both."""
    found: Place = request.getfixturevalue("bucket") if request.param == "bucket" else tmp_path
    return found


@pytest.fixture
def silent() -> Iterator[BucketPlace]:
    """Storage that takes the call and never answers, of which nobody waits longer than a moment."""
    with pytest.MonkeyPatch.context() as patch, closing(socket.create_server(("127.0.0.1", 0))) as listening:
        patch.setattr(evidence_store, "ANSWER_S", 0.05)
        patch.setenv("AWS_ACCESS_KEY_ID", "any")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "any")
        yield open_bucket(f"s3://papers/union?endpoint=http://127.0.0.1:{listening.getsockname()[1]}")


@pytest.fixture
def unreachable() -> BucketPlace:
    """Nobody listens there any more."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    return open_bucket(f"s3://papers/union?endpoint=http://127.0.0.1:{port}")


def make_check_off(session: Session) -> CheckOff:
    activity = make_activity(session, make_plan(session))
    return checkoffs.check_off(session, activity.id or 0, done_on=NOW.date(), today=NOW.date(), **STAMP)


def keep(session: Session, place: Place, content: bytes = PDF, name: str = "发票.pdf") -> Evidence:
    check_off = make_check_off(session)
    return evidence.add_file(session, check_off.id or 0, evidence.keep_file(content, name, folder=place), kind=None, **STAMP)


def keep_list(session: Session, place: Place, *, is_private: bool = True) -> FundPaper:
    claim = claims.save_claim(session, None, version=0, year=2026, **STAMP)
    file = evidence.keep_file(LIST, "签领表.txt", folder=place, is_private=is_private)
    return fund_papers.add_file(session, file, kind=PaperKind.SIGN_OFF, claim_id=claim.id, **STAMP)


def find_faults(session: Session, place: Place) -> list[FaultCode]:
    session.flush()
    return [fault.code for fault in verify_books(session, evidence_folder=place) if "file" in fault.facts]


# --- the same in both ---------------------------------------------------------------------------------------------------------------------


def test_paper_is_read_as_it_was_kept(session: Session, place: Place) -> None:
    row = keep(session, place)

    assert evidence.read_file(row, folder=place) == PDF
    assert hash_whole(place / row.stored_name) == row.sha256


def test_photo_gets_a_small_picture(session: Session, place: Place) -> None:
    row = keep(session, place, make_photo(), "合影.jpg")

    small = evidence.read_thumb(row, folder=place)
    assert small is not None
    assert (place / "thumbs" / f"{row.sha256}.jpg").read_bytes() == small


def test_paper_that_is_not_there_is_none(session: Session, place: Place) -> None:
    row = keep(session, place)
    (place / row.stored_name).unlink(missing_ok=True)
    (place / row.stored_name).unlink(missing_ok=True)

    assert evidence.find_file(row, folder=place) is None
    assert evidence.read_file(row, folder=place) is None


def test_what_was_cut_short_is_mended_when_it_is_given_again(session: Session, place: Place) -> None:
    row = keep(session, place)
    (place / row.stored_name).write_bytes(PDF[:4])

    evidence.keep_file(PDF, "发票.pdf", folder=place)

    assert evidence.read_file(row, folder=place) == PDF


def test_paper_that_names_people_lies_sealed(session: Session, place: Place) -> None:
    row = keep_list(session, place)

    stored = (place / row.stored_name).read_bytes()
    assert secrecy.is_sealed(stored)
    assert LIST not in stored
    assert evidence.read_file(row, folder=place) == LIST


def test_paper_that_turns_out_to_name_people_is_sealed_and_stays_so(session: Session, place: Place) -> None:
    row = keep_list(session, place, is_private=False)
    evidence.keep_file(LIST, "签领表.txt", folder=place)

    assert is_sealed_file(place / row.stored_name)


def test_erased_paper_vanishes(session: Session, place: Place) -> None:
    row = keep_list(session, place)
    stored_name = row.stored_name
    fund_papers.remove_paper(session, row.id or 0, **STAMP)

    trash_expiry.erase_files(trash_expiry.expire_private(session, now_utc=EXPIRED, who="program"), folder=place)

    assert not (place / stored_name).is_file()
    with pytest.raises(FileNotFoundError):
        (place / stored_name).read_bytes()


def test_verification_names_missing_changed_and_open_files(session: Session, place: Place) -> None:
    row, private = keep(session, place), keep_list(session, place)
    assert find_faults(session, place) == []

    (place / row.stored_name).write_bytes(PDF.replace(b"i", b"I"))
    (place / private.stored_name).write_bytes(LIST)
    assert find_faults(session, place) == [FaultCode.FILE_CHANGED, FaultCode.FILE_OPEN]
    (place / row.stored_name).unlink(missing_ok=True)
    assert find_faults(session, place) == [FaultCode.FILE_MISSING, FaultCode.FILE_OPEN]


def test_paper_whose_file_is_gone_is_not_put_back(session: Session, place: Place) -> None:
    row = keep(session, place)
    evidence.remove_evidence(session, row.id or 0, **STAMP)
    (place / row.stored_name).unlink(missing_ok=True)
    removal = session.exec(select(func.max(Change.id)).where(Change.noun == "evidence")).one()

    with pytest.raises(FileErased):
        trash.restore(session, removal or 0, evidence_dir=place, who="沈一鸣", now_utc=NOW)


# --- a bucket -----------------------------------------------------------------------------------------------------------------------------


def test_another_process_reads_what_this_one_kept(keys: Storage, bucket: BucketPlace, session: Session) -> None:
    row = keep(session, bucket)
    program = "import sys; from unionboard.services.evidence_store import open_bucket as o; print(o(sys.argv[1]).read_bytes())"
    address = f"{keys.address(folder=bucket.key)}"

    done = subprocess.run(
        [sys.executable, "-c", program, address.replace("?", f"/{row.stored_name}?")], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == str(PDF)


def test_nothing_of_a_bucket_stays_on_this_machine(session: Session, bucket: BucketPlace, data_dir: Path) -> None:
    row = keep(session, bucket, make_photo(), "合影.jpg")
    evidence.read_thumb(row, folder=bucket)
    evidence.read_file(row, folder=bucket)

    assert not (data_dir / "evidence").exists()


def test_unions_share_a_bucket_by_folders(keys: Storage) -> None:
    here, there = open_bucket(keys.address(folder="a")), open_bucket(keys.address(folder="b"))
    (here / "x.pdf").write_bytes(PDF)

    assert ((here / "x.pdf").is_file(), (there / "x.pdf").is_file()) == (True, False)


def test_wrong_keys_are_told(keys: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")

    for ask in ASKING:
        with pytest.raises(StoreKeysRefused):
            ask(open_bucket(keys.address()) / "x.pdf")


def test_missing_bucket_is_told_and_not_taken_for_a_missing_paper(keys: Storage) -> None:
    for ask in ASKING:
        with pytest.raises(BucketMissing):
            ask(open_bucket(keys.address(bucket="nowhere")) / "x.pdf")


@pytest.mark.parametrize("fixture", ["silent", "unreachable"])
def test_storage_that_does_not_answer_leaves_no_row_and_is_told(
    fixture: str, request: pytest.FixtureRequest, session: Session, keys: Storage
) -> None:
    place: BucketPlace = request.getfixturevalue(fixture)

    with pytest.raises(StoreSilent) as refused:
        keep(session, place)

    assert refused.value.facts == {"place": place.bucket.told}
    assert session.exec(select(func.count()).select_from(Evidence)).one() == 0


def test_page_of_pictures_waits_once_for_storage_that_is_silent(session: Session, bucket: BucketPlace, silent: BucketPlace) -> None:
    row = keep(session, bucket, make_photo(), "合影.jpg")
    asked: list[str] = []
    silent.bucket.client.meta.events.register("before-send.s3", lambda **told: asked.append(told["event_name"]))

    assert [evidence.read_thumb(row, folder=silent) for _ in range(20)] == [None] * 20
    assert len(asked) == evidence_store.TRIES


def test_storage_is_asked_again_after_its_rest(silent: BucketPlace) -> None:
    place = BucketPlace(replace(silent.bucket, rest_s=0.0), "x.pdf")
    asked: list[str] = []
    silent.bucket.client.meta.events.register("before-send.s3", lambda **told: asked.append(told["event_name"]))

    for _ in range(2):
        with pytest.raises(StoreSilent):
            place.is_file()

    assert len(asked) == 2 * evidence_store.TRIES


def test_nothing_is_forgotten_while_its_file_cannot_be_erased(engine: Engine, bucket: BucketPlace, unreachable: BucketPlace) -> None:
    with db.writing(engine) as session:
        row = keep_list(session, bucket)
        fund_papers.remove_paper(session, row.id or 0, **STAMP)
        row_id, stored_name = row.id, row.stored_name

    with pytest.raises(StoreUnusable):
        trash_expiry.expire_now(now_utc=EXPIRED, folder=unreachable)
    with db.reading(engine) as session:
        assert session.get_one(FundPaper, row_id).stored_name == stored_name

    trash_expiry.expire_now(now_utc=EXPIRED, folder=bucket)
    assert not (bucket / stored_name).is_file()


# --- which it is --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_papers_lie_in_the_data_folder_unless_told_otherwise(data_dir: Path) -> None:
    assert evidence_place() == data_dir / "evidence"


def test_bucket_is_where_the_address_says(keys: Storage, data_dir: Path) -> None:
    config = replace(read_config(), database_url="postgresql://server/union", evidence_url=keys.address())

    assert str(evidence_place(config) / "x.pdf") == "s3://papers/union/x.pdf"


def test_bucket_beside_a_database_file_is_refused(data_dir: Path) -> None:
    with pytest.raises(StoreWithoutServer):
        evidence_place(replace(read_config(), database_url="sqlite:///x.sqlite3", evidence_url="s3://papers"))


@pytest.mark.parametrize(
    "address", ["papers", "s3://", "https://papers", "s3://papers?endpoint=storage", "s3://papers?end=http://x", "s3://papers?endpoint"]
)
def test_address_of_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(StoreMisaddressed):
        open_bucket(address)


def test_program_for_buckets_is_loaded_only_when_one_is_set() -> None:
    program = "import sys, unionboard.services.evidence_store; print('boto3' in sys.modules)"
    told = {name: value for name, value in os.environ.items() if name != "UNIONBOARD_EVIDENCE_URL"}

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=told)

    assert done.stdout.strip() == "False"
