"""The shared storage in which papers and photos lie, when it is not a folder."""

from unionboard.errors import Refusal


class StoreUnusable(Refusal):
    """Base of the others: what lies there cannot be read or written now."""

    sentence = "The storage for papers and photos cannot be used. Ask whoever looks after the server; the program's log says more."


class StoreSilent(StoreUnusable):
    sentence = (
        "The storage for papers and photos ({place}) does not answer. "
        "Try again in a minute; if it stays so, tell whoever looks after the server."
    )


class StoreKeysRefused(StoreUnusable):
    sentence = (
        "The storage for papers and photos ({place}) does not accept the keys it was given. "
        "Whoever looks after the server corrects AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )


class BucketMissing(StoreUnusable):
    sentence = (
        "There is no bucket for papers and photos at {place}. Whoever looks after the server makes it or corrects UNIONBOARD_EVIDENCE_URL."
    )


class StoreMisaddressed(StoreUnusable):
    sentence = "UNIONBOARD_EVIDENCE_URL is no address of a bucket. Write it as s3://bucket/folder?endpoint=https://storage.example."


class StoreWithoutServer(StoreUnusable):
    sentence = (
        "Papers and photos lie in a bucket only when the database is on a server: backups of a database file need them beside it. "
        "Set UNIONBOARD_DATABASE_URL to PostgreSQL, or take UNIONBOARD_EVIDENCE_URL away."
    )


class StoreUnequipped(StoreUnusable):
    sentence = "Papers and photos lie in a bucket, and the program for it is not installed: pip install -r requirements-s3.txt"
