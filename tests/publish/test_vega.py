import subprocess
import sys
from hashlib import sha256

import pytest

from toolkit.publish import vega


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """The bundle as a process that has never made it would find it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    vega.vega_bundle.cache_clear()
    yield tmp_path / "cache"
    vega.vega_bundle.cache_clear()


def test_the_script_is_made_once_and_kept(fresh):
    made = vega.vega_bundle()
    kept = list(fresh.rglob("*.js"))
    assert [path.read_text("utf-8").partition("\n")[2] for path in kept] == [made]
    kept[0].write_text(f"{sha256(b'kept').hexdigest()}\nkept", "utf-8")
    vega.vega_bundle.cache_clear()
    assert vega.vega_bundle() == "kept"


@pytest.mark.parametrize(
    "spoil", [lambda kept: kept[:1000], lambda kept: kept.replace("vegaEmbed", "stranger"), str.strip]
)
def test_a_kept_script_that_was_cut_or_changed_is_made_anew(fresh, spoil):
    made = vega.vega_bundle()
    [kept] = fresh.rglob("*.js")
    kept.write_text(spoil(kept.read_text("utf-8")), "utf-8")
    vega.vega_bundle.cache_clear()
    assert vega.vega_bundle() == made


def test_a_folder_that_cannot_be_written_does_no_harm(fresh):
    fresh.write_text("a file where the folder should be", "utf-8")
    assert "window.vegaEmbed" in vega.vega_bundle()


def test_the_process_that_asks_never_starts_the_threads_of_vl_convert():
    code = "import sys, toolkit.publish.vega as b; b.vega_bundle(); print('vl_convert' in sys.modules)"
    line = [sys.executable, "-c", code]
    assert subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip() == "False"
