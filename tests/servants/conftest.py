import sys
from dataclasses import dataclass

import pytest

from toolkit.cli import main


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(capsys, monkeypatch):
    """Run `toolkit` with these words as the command line does, without the cost of a process of its own."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["toolkit", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return run
