"""What a notebook says, on its way to its cells without sockets: messages, printed text, output of C code."""

import codecs
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream
from jupyter_client.session import Session

Receiver = Callable[[dict[str, Any]], None]


class Wire(IOPubThread):
    """Plays the socket of a kernel and the thread behind it: what is sent arrives before the sender goes on.

    A message is packed and unpacked as on its way between processes, so it arrives as an ordinary one would.
    """

    thread: Any = None
    io_loop: Any = None

    def __init__(self, session: Session, receive: Receiver) -> None:
        self.session, self._receive = session, receive
        # One thread, so that streams say what they kept in the order in which they began to keep it.
        self.later = ThreadPoolExecutor(1, "streams")

    def send_multipart(self, parts: list[bytes], **_: Any) -> None:
        """Hand a message over."""
        self._receive(self.session.deserialize(self.session.feed_identities(parts)[1]))


class Stream(OutStream):
    """Plays `sys.stdout` or `sys.stderr`, and takes what is written to their file descriptors past Python.

    A file takes that instead of a pipe: it never fills up, needs no thread to empty it and loses nothing.
    """

    def __init__(self, wire: Wire, name: str, number: int) -> None:
        super().__init__(wire.session, wire, name, watchfd=False)  # type: ignore[no-untyped-call]
        self._number, self._original_stdstream_copy = number, os.dup(number)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._position, self._decoder = 0, codecs.getincrementaldecoder("utf-8")("replace")
        self._said = Event()
        os.dup2(self._file.fileno(), number)

    def write(self, string: str) -> int:
        """Take a text; a process that a cell has forked leaves it in the file."""
        if os.getpid() != self._master_pid:
            return os.write(self._number, string.encode())
        with self._buffer_lock:
            self._take_from_file()
            return super().write(string) or 0

    def close(self) -> None:
        """Say what is left and give the file descriptor back."""
        self.flush()  # type: ignore[no-untyped-call]
        os.dup2(self._original_stdstream_copy, self._number)
        os.close(self._original_stdstream_copy)
        self._file.close()
        super().close()  # type: ignore[no-untyped-call]

    def _take_from_file(self) -> None:
        while news := os.pread(self._file.fileno(), 1 << 16, self._position):
            self._position += len(news)
            super().write(self._decoder.decode(news))

    def _schedule_flush(self) -> None:
        if not self._flush_pending:
            self._flush_pending, self._said = True, Event()
            self.pub_thread.later.submit(self._flush_in_time, self._said, monotonic() + self.flush_interval)

    def _flush_in_time(self, said: Event, due: float) -> None:
        if not said.wait(max(0, due - monotonic())):
            self.flush()  # type: ignore[no-untyped-call]

    def _flush(self) -> None:
        if os.getpid() != self._master_pid:
            return
        with self._buffer_lock:
            self._take_from_file()
            self._said.set()
            super()._flush()  # type: ignore[no-untyped-call]
