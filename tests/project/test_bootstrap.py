import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    return tmp_path


@pytest.fixture
def environment(project):
    """Return an environment that has nothing but a Python."""
    python = bootstrap.locate(project / ".venv", "python")
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return project / ".venv"


def remember(environment, project, pinned):
    (environment / "installed.txt").write_text(bootstrap.stamp(project, pinned), "utf-8")


def test_an_old_python_can_read_the_file_far_enough_to_say_that_it_is_old():
    ast.parse((ROOT / "bootstrap.py").read_text("utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_in_russian_and_english_what_to_install():
    message = bootstrap.find_obstacle((3, 10, 4))
    assert "Нужен Python 3.11 или новее, а это Python 3.10.4" in message
    assert "Python 3.11 or newer is needed, and this is Python 3.10.4" in message


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_that_cannot_make_environments_is_told_what_to_install(module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    message = bootstrap.find_obstacle((3, 11, 0))
    assert f"нет модуля {module}" in message
    assert f"lacks the module {module}" in message
    assert message.count("apt-get install python3-venv") == 2


def test_nothing_stands_in_the_way_of_a_complete_python():
    assert bootstrap.find_obstacle((3, 11, 0)) is None


def test_an_obstacle_stops_the_run_before_anything_is_written(project, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "ROOT", project)
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert bootstrap.main(["install"]) == 2
    assert "python3-venv" in capsys.readouterr().err
    assert not (project / ".venv").exists()


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_the_stamp_changes_with_the_list_and_with_the_project_file(project, changed):
    before = bootstrap.stamp(project, "requirements.txt")
    (project / changed).write_text("other\n", "utf-8")
    assert bootstrap.stamp(project, "requirements.txt") != before


def test_an_environment_without_a_stamp_is_not_installed(project, environment):
    assert not bootstrap.is_installed(project, environment, "requirements.txt")


def test_an_environment_with_the_test_list_serves_reports_too(project, environment):
    remember(environment, project, "requirements-test.txt")
    assert bootstrap.is_installed(project, environment, "requirements.txt")
    assert bootstrap.is_installed(project, environment, "requirements-test.txt")


def test_an_environment_with_the_run_list_does_not_serve_tests(project, environment):
    remember(environment, project, "requirements.txt")
    assert bootstrap.is_installed(project, environment, "requirements.txt")
    assert not bootstrap.is_installed(project, environment, "requirements-test.txt")


def test_an_environment_whose_python_is_gone_is_not_installed(project, environment):
    remember(environment, project, "requirements.txt")
    bootstrap.locate(environment, "python").unlink()
    assert not bootstrap.is_installed(project, environment, "requirements.txt")


def test_the_pinned_list_is_installed_by_hashes_and_the_project_alone(project, environment):
    packages, itself = bootstrap.install_commands(project, environment, "requirements.txt", None)
    assert packages[packages.index("--require-hashes") :][-1] == str(project / "requirements.txt")
    assert {"--no-deps", "--no-build-isolation"} < set(itself)
    assert itself[-2:] == ["--editable", str(project)]
    assert "--no-index" not in packages + itself


def test_a_wheelhouse_is_the_only_source_of_packages(project, environment):
    folder = str((project / "wheels").resolve())
    for command in bootstrap.install_commands(project, environment, "requirements.txt", folder):
        where = command.index("--no-index")
        assert command[where : where + 3] == ["--no-index", "--find-links", folder]


def test_a_failed_installation_leaves_no_stamp_and_returns_the_status(project, environment, capfd):
    remember(environment, project, "requirements.txt")
    (project / "requirements.txt").write_text("absent-package==1.0 --hash=sha256:00\n", "utf-8")
    assert bootstrap.install(project, environment, "requirements.txt", str(project)) != 0
    assert not (environment / "installed.txt").exists()
    assert "--wheelhouse" in capfd.readouterr().err


def test_the_packages_of_an_activated_environment_are_not_lent(environment, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    variables = bootstrap.child_environment(environment)
    assert not {"VIRTUAL_ENV", "PYTHONPATH"} & variables.keys()
    assert variables["PATH"].split(os.pathsep)[0] == str(bootstrap.locate(environment, "python").parent)


def test_a_windows_environment_is_looked_for_where_windows_puts_it(monkeypatch):
    monkeypatch.setattr(bootstrap, "WINDOWS", True)
    here = bootstrap.locate(Path("environment"), "toolkit")
    assert here.parts == ("environment", "Scripts", "toolkit.exe")


def test_the_status_of_the_command_is_returned(project, environment):
    assert bootstrap.run(project, environment, ["python", "-c", "raise SystemExit(7)"]) == 7


def test_what_follows_two_dashes_goes_to_the_command():
    options, extra = bootstrap.read_arguments(["test", "--wheelhouse", "wheels", "--", "-k", "law"])
    assert (options.action, options.wheelhouse, extra) == ("test", "wheels", ["-k", "law"])


def test_an_unknown_action_is_refused_with_the_known_ones():
    line = [sys.executable, str(ROOT / "bootstrap.py"), "rapport"]
    outcome = subprocess.run(line, capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert all(action in outcome.stderr for action in bootstrap.ACTIONS)
