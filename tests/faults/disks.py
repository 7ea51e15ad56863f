"""A disk that is full to the page. A real one (tmpfs) where it may be mounted; else files may not grow beyond a size."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = 4096
_MOUNT, _UMOUNT = shutil.which("mount"), shutil.which("umount")


class FullDisk:
    """A file system of its own, filled by ballast."""

    name = "no room"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def leaving(self, pages: int) -> Iterator[None]:
        """Room for so many pages and no more."""
        ballast = self.folder / "ballast"
        free = os.statvfs(self.folder)
        with ballast.open("wb", buffering=0) as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free.f_bavail * free.f_frsize // PAGE - pages) * PAGE)
        try:
            yield
        finally:
            ballast.unlink()


class ShortFiles:
    """Any file system: this process may make no file longer than so many pages."""

    name = "files may not grow"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def leaving(self, pages: int) -> Iterator[None]:
        """Files may have so many pages and no more."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (pages * PAGE, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[FullDisk | ShortFiles]:
    """``folder`` on a disk that can be filled."""
    folder.mkdir()
    if _MOUNT and _UMOUNT and os.geteuid() == 0:
        command = [_MOUNT, "-t", "tmpfs", "-o", f"size={megabytes}m", "unionboard-test", str(folder)]
        mounted = subprocess.run(command, check=False, capture_output=True)
        if mounted.returncode == 0:
            try:
                yield FullDisk(folder)
            finally:
                subprocess.run([_UMOUNT, folder], check=True)
            return
    yield ShortFiles(folder)
