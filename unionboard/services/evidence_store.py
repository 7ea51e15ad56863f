"""Where papers and photos lie: a folder, or a bucket of S3-compatible storage that several machines share.

Both are asked in the few words of ``pathlib`` that stored files need, so that whoever keeps or reads a paper need not know which it is.
Nothing of a bucket is kept on this machine: what is sealed or erased there is so for everybody at once.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy.engine import make_url

from unionboard.config import Config, read_config
from unionboard.errors.evidence_store import (
    BucketMissing,
    StoreKeysRefused,
    StoreMisaddressed,
    StoreSilent,
    StoreUnequipped,
    StoreWithoutServer,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CONNECT_S, ANSWER_S, TRIES = 3, 10, 2
REST_S = 10.0
"""After storage stayed silent nobody asks it again for so long: a page of twenty pictures waits once and not twenty times."""
_NOT_THERE = frozenset({"NoSuchKey", "404"})
_NO_ENTRY = frozenset(
    {"401", "403", "AccessDenied", "AllAccessDisabled", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"}
)


@dataclass(slots=True)
class Bucket:
    """A bucket, and until when it is left alone (on the clock of ``time.monotonic``). Threads share it."""

    client: "S3Client"
    name: str
    told: str
    rest_s: float = REST_S
    silent_until: float = field(default=0.0, compare=False)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What goes wrong on the way is told in a sentence. Raises: FileNotFoundError, StoreSilent, StoreKeysRefused, BucketMissing."""
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError  # noqa: PLC0415

        if time.monotonic() < self.silent_until:
            raise StoreSilent(place=self.told)
        try:
            yield
        except (NoCredentialsError, PartialCredentialsError):
            raise StoreKeysRefused(place=self.told) from None
        except BotoCoreError as error:
            self.silent_until = time.monotonic() + self.rest_s
            raise StoreSilent(place=self.told) from error
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in _NOT_THERE:
                raise FileNotFoundError(self.told) from None
            if code == "NoSuchBucket":
                raise BucketMissing(place=self.told) from None
            if code in _NO_ENTRY:
                raise StoreKeysRefused(place=self.told) from None
            raise StoreSilent(place=self.told) from error


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """An object of a bucket, or what its name begins with. Every method raises StoreUnusable when the storage cannot be used."""

    bucket: Bucket
    key: str

    def __truediv__(self, name: str) -> "BucketPlace":
        return BucketPlace(self.bucket, f"{self.key}/{name}" if self.key else name)

    def __str__(self) -> str:
        return f"s3://{self.bucket.name}/{self.key}"

    @property
    def name(self) -> str:
        return PurePosixPath(self.key).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.key).suffix

    def is_file(self) -> bool:
        return self.look() is not None

    def look(self, first_bytes: int = 1) -> tuple[int, bytes] | None:
        """Its size in bytes and how it begins, in one request; None: it is not there. (HEAD would not tell a missing bucket from that.)"""
        try:
            with self.bucket.asking():
                wanted = f"bytes=0-{first_bytes - 1}"
                found = self.bucket.client.get_object(Bucket=self.bucket.name, Key=self.key, Range=wanted)
                return int(found["ContentRange"].rpartition("/")[2]), found["Body"].read()
        except FileNotFoundError:
            return None

    def read_bytes(self) -> bytes:
        """All of it. Raises: FileNotFoundError."""
        with self.bucket.asking():
            return self.bucket.client.get_object(Bucket=self.bucket.name, Key=self.key)["Body"].read()

    def write_bytes(self, content: bytes) -> None:
        """Put it there whole: the storage shows an object only when all of it has arrived."""
        with self.bucket.asking():
            self.bucket.client.put_object(Bucket=self.bucket.name, Key=self.key, Body=content)

    def unlink(self, *, missing_ok: bool) -> None:
        with self.bucket.asking():
            self.bucket.client.delete_object(Bucket=self.bucket.name, Key=self.key)


Place: TypeAlias = Path | BucketPlace
"""A folder or file, or its like in a bucket."""


def evidence_place(config: Config | None = None) -> Place:
    """Where papers and photos lie: the bucket of ``UNIONBOARD_EVIDENCE_URL``, or evidence/ in the data folder.

    Raises: StoreMisaddressed, StoreWithoutServer, StoreUnequipped.
    """
    config = config or read_config()
    if not config.evidence_url:
        return config.evidence_dir
    if make_url(config.database_url).get_backend_name() == "sqlite":
        raise StoreWithoutServer
    return open_bucket(config.evidence_url)


def open_bucket(address: str) -> BucketPlace:
    """``s3://bucket/folder?endpoint=https://…&region=…&style=virtual``; the keys are those of ``AWS_…`` in the environment.

    Asks nothing yet.

    Raises: StoreMisaddressed, StoreUnequipped.
    """
    return _open(address, os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY"))


@lru_cache(maxsize=8)
def _open(address: str, key_id: str | None, secret: str | None) -> BucketPlace:
    """One client for the same words: it keeps its connections, and threads may share it."""
    try:
        url = urlsplit(address)
        told = dict(parse_qsl(url.query, strict_parsing=bool(url.query)))
    except ValueError:
        raise StoreMisaddressed from None
    endpoint, style = told.get("endpoint"), told.get("style", "path" if "endpoint" in told else "auto")
    known = told.keys() <= {"endpoint", "region", "style"} and style in {"auto", "path", "virtual"}
    if url.scheme != "s3" or not url.netloc or not known or (endpoint and urlsplit(endpoint).scheme not in {"http", "https"}):
        raise StoreMisaddressed
    try:
        import boto3  # noqa: PLC0415 -- comes with requirements-s3.txt
        from botocore.config import Config as ClientConfig  # noqa: PLC0415
    except ModuleNotFoundError:
        raise StoreUnequipped from None
    behaviour = ClientConfig(
        connect_timeout=CONNECT_S,
        read_timeout=ANSWER_S,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        max_pool_connections=32,
        s3={"addressing_style": style},  # type: ignore[arg-type]
        request_checksum_calculation="when_required",  # the newer sums are not understood by everything that speaks S3
        response_checksum_validation="when_required",
    )
    try:
        client = boto3.session.Session().client(
            "s3",
            endpoint_url=endpoint,
            region_name=told.get("region", "us-east-1"),
            aws_access_key_id=key_id,
            aws_secret_access_key=secret,
            config=behaviour,
        )
    except ValueError:
        raise StoreMisaddressed from None
    where = f"{endpoint.rstrip('/')}/{url.netloc}" if endpoint else f"s3://{url.netloc}"
    return BucketPlace(Bucket(client, url.netloc, where), url.path.strip("/"))
