"""Files kept beside the database or in a bucket, under the name of their content. Those that name people lie sealed (see ``secrecy``).

Of a bucket every function raises StoreUnusable besides, when the storage cannot be used.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from unionboard import secrecy
from unionboard.services.evidence_store import Place


def write_whole(path: Place, content: bytes) -> None:
    """The same content is stored once; a half-written file never bears the final name. What lies sealed there is not laid open."""
    size, begins = _look(path) or (-1, b"")
    if size != len(content) and not secrecy.is_sealed(begins):
        _put(path, content)


def write_sealed(path: Place, content: bytes) -> None:
    """The same for what names people; what lay there open is sealed. Raises: KeyMissing, KeyUnreadable."""
    if not is_sealed_file(path):
        _put(path, secrecy.seal_bytes(content))


def seal_file(path: Place) -> bool:
    """Seal a kept file where it lies, whole or not at all; False: it was sealed already. Raises: OSError, KeyMissing, KeyUnreadable."""
    if is_sealed_file(path):
        return False
    _put(path, secrecy.seal_bytes(path.read_bytes()))
    return True


def is_sealed_file(path: Place) -> bool:
    """Whether there is a file, and it is sealed."""
    found = _look(path)
    return found is not None and secrecy.is_sealed(found[1])


def read_whole(path: Place) -> bytes:
    """A kept file's content, unsealed. Raises: OSError, KeyMissing, KeyUnreadable."""
    return secrecy.unseal_bytes(path.read_bytes())


def hash_whole(path: Place) -> str:
    """SHA-256 in hex of the content, unsealed: what a paper's row says of its file. Raises: as ``read_whole``."""
    if not isinstance(path, Path) or is_sealed_file(path):
        return hashlib.sha256(read_whole(path)).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _look(path: Place) -> tuple[int, bytes] | None:
    """Its size in bytes and what may be the mark of a sealed file; None: it is not there, or the disk does not let us read it."""
    if not isinstance(path, Path):
        return path.look(len(secrecy.FILE_MARK))
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(len(secrecy.FILE_MARK))
    except OSError:
        return None


def _put(path: Place, stored: bytes) -> None:
    if not isinstance(path, Path):
        path.write_bytes(stored)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(stored)
            file.flush()
            os.fsync(file.fileno())  # the database that names it is as careful: after a power cut both are there
        Path(waiting).replace(path)
        sync_folder(path.parent)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in ``folder``: a new name may be gone after a power cut, whatever the file itself was told."""
    if os.name == "nt":  # a folder cannot be opened there, and NTFS keeps names in its journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
