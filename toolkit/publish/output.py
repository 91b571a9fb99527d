"""Writes files that appear whole or not at all; the result of a command may go to the screen instead."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from toolkit.errors import ToolkitError, one_line, why


def write_output(result: str | bytes, out: Path) -> None:
    """Write a result to a file, or to the screen when `out` is `-`.

    An interrupted command leaves no half file. A link is followed; a folder or a device is refused.

    Parameters:
        result: the text or the bytes of the file.
        out: where to write it.

    Returns:
        Nothing.

    Raises:
        ToolkitError: the file cannot be written; the message says why.

    Source:
        A file that appears whole is never read half.

    Example:
        >>> write_output(b"", Path("."))
        Traceback (most recent call last):
        ...
        toolkit.errors.ToolkitError: не записать .: это не файл; допускается: имя файла в существующей папке
    """
    data = result.encode("utf-8") if isinstance(result, str) else result
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    shown = one_line(str(out))
    try:
        target = out.resolve()
        if target.exists() and not target.is_file():
            raise ToolkitError(f"не записать {shown}: это не файл", "имя файла в существующей папке")
        _put(target, data)
    except OSError as error:
        raise ToolkitError(f"не записать {shown}: {why(error)}", "имя файла в существующей папке") from None


def write_whole(path: Path, text: str) -> None:
    """Write a file, and the folders above it; no half of it is ever seen, by another process either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, text.encode("utf-8"))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let nobody else of this machine publish into a folder meanwhile; the lock ends with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # it locks no folders
        yield
        return
    from fcntl import LOCK_EX, LOCK_NB, flock

    opened = os.open(folder, os.O_RDONLY)
    try:
        for attempt in reversed(range(50)):  # the workers of a command that was killed end a moment later
            with suppress(BlockingIOError):
                flock(opened, LOCK_EX | LOCK_NB)
                break
            if not attempt:
                allowed = "другая папка, или дождаться её конца"
                raise ToolkitError(f"в {folder.name} уже пишет другая команда", allowed)
            time.sleep(0.1)
        yield
    finally:
        os.close(opened)


def _put(path: Path, data: bytes) -> None:
    # A name of its own: the same page may be made twice at once, by two machines of a cluster.
    unfinished = path.with_name(f".unfinished-{uuid4().hex}{path.suffix}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:  # on a full disk the half of a file takes the room of a whole smaller one
        unfinished.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None  # nobody knows the other name
        raise
