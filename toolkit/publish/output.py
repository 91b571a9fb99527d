"""Writes one result of a command: a file that appears whole or not at all, or the screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from toolkit.errors import ToolkitError, one_line, why


def write_output(data: bytes, out: Path) -> None:
    """Write a result to a file, or to the screen when `out` is `-`.

    An interrupted command leaves no half file. A link is followed; a folder or a device is refused.

    Parameters:
        data: the bytes of the file.
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
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    shown = one_line(str(out))
    try:
        target = out.resolve()
        if target.exists() and not target.is_file():
            raise ToolkitError(f"не записать {shown}: это не файл", "имя файла в существующей папке")
        unfinished = target.with_name(f".unfinished-{os.getpid()}{target.suffix}")
        unfinished.write_bytes(data)
        unfinished.replace(target)
    except OSError as error:
        raise ToolkitError(f"не записать {shown}: {why(error)}", "имя файла в существующей папке") from None
