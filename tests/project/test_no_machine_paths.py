import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, or this file would find itself.
MACHINE_PATHS = ["/" + "work/", "/" + "root/", "/" + "tmp/bash_jobs"]
TELLING_NAMES = re.compile(r"index|find.links|proxy|registry|mirror", re.IGNORECASE)
ADDRESS = re.compile(r"\w+://(?:[^/@\s']*@)?(?P<host>[^/:\s',]*)(?::\d+)?(?P<path>/[^\s',]*)?")


def list_texts():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
    return {path: path.read_bytes() for path in paths if path.is_file()}


def find_places(settings):
    """Return the hosts, and the folders of addresses without a host, that settings of this machine name."""
    addresses = [match for value in settings for match in ADDRESS.finditer(value)]
    hosts = {match["host"] for match in addresses if "." in match["host"]} - {"127.0.0.1"}
    return hosts | {match["path"] for match in addresses if match["path"] and not match["host"]}


def read_settings():
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in listing.splitlines() if TELLING_NAMES.search(line.partition("=")[0])]
    return [*lines, *(value for name, value in os.environ.items() if TELLING_NAMES.search(name))]


def test_no_file_names_a_path_or_a_host_of_the_machine_it_was_written_on():
    words = [word.encode() for word in [*MACHINE_PATHS, *find_places(read_settings())]]
    texts = {path: content for path, content in list_texts().items() if b"\0" not in content}
    found = {str(path): [word for word in words if word in content] for path, content in texts.items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_places_of_a_setting_are_found():
    settings = [
        "global.index-url='https://name:word@packages.example.kz:8080/simple'",
        "global.extra-index-url='file:///srv/packages/simple'",
        "socks5://127.0.0.1:9050",
    ]
    assert find_places(settings) == {"packages.example.kz", "/srv/packages/simple"}
