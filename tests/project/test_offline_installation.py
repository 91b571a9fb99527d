"""Proves with a project and a package made on the spot that a wheelhouse is all an installation needs."""

import hashlib
import subprocess
import zipfile

import pytest

import bootstrap

BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("sample.pth", str(pathlib.Path.cwd()))
        for member, text in FILES.items():
            wheel.writestr(f"sample-1.0.dist-info/{member}", text)
    return name
"""
PROJECT = '[build-system]\nrequires = ["tiny"]\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def describe(name):
    return {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }


def write_wheel(folder):
    """Write the wheel of a package of one line and return its hash."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "SIZE = 1\n")
        for member, text in describe("tiny").items():
            wheel.writestr(f"tiny-1.0.dist-info/{member}", text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def project(tmp_path):
    digest = write_wheel(tmp_path)
    files = describe("sample") | {"entry_points.txt": "[console_scripts]\nsample = sample:main\n"}
    (tmp_path / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{digest}\n", "utf-8")
    (tmp_path / "requirements-test.txt").write_text("", "utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    (tmp_path / "backend.py").write_text(f"FILES = {files!r}\n{BACKEND}", "utf-8")
    (tmp_path / "sample.py").write_text("import tiny\n\ndef main():\n    print(tiny.SIZE)\n", "utf-8")
    return tmp_path


def install(project):
    return bootstrap.install(project, project / ".venv", "requirements.txt", str(project))


@pytest.mark.proof
def test_a_wheelhouse_is_all_that_an_installation_needs(project):
    assert install(project) == 0
    command = [bootstrap.locate(project / ".venv", "sample")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"


@pytest.mark.proof
def test_a_second_installation_of_the_same_list_does_nothing(project):
    assert install(project) == 0
    (project / "tiny-1.0-py3-none-any.whl").unlink()
    assert install(project) == 0


@pytest.mark.proof
def test_a_package_that_does_not_match_its_hash_is_refused(project, capfd):
    pinned = project / "requirements.txt"
    pinned.write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    assert install(project) != 0
    assert "HASH" in capfd.readouterr().err.upper()
