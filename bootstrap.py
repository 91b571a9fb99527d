"""Make `.venv` beside this file, install the pinned list into it and run the toolkit there.

Needs nothing but Python's standard library: `python bootstrap.py report` is the first command of a new user.
The syntax stays readable for old versions of Python, which must get the message about the version.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
OLDEST_PYTHON = (3, 11)
RUN_LIST = "requirements.txt"
TEST_LIST = "requirements-test.txt"  # holds the whole of RUN_LIST, which a test checks
ACTIONS = {
    "report": (RUN_LIST, ["toolkit", "report", "data_samples/2023", "--out", "reports"]),
    "test": (TEST_LIST, ["python", "-m", "pytest", "-n", "auto", "--dist", "loadfile"]),
    "proof": (TEST_LIST, ["python", "-m", "pytest", "-m", "proof"]),
    "install": (TEST_LIST, []),
}
# Variables that would lend the packages of another Python, such as an activated environment's.
OTHER_PYTHON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__")

PYTHON_IS_OLD = """\
Нужен Python {wanted} или новее, а это Python {found}.
Установите новый Python и повторите команду с ним.
Python {wanted} or newer is needed, and this is Python {found}.
Install a newer Python and repeat the command with it."""

VENV_IS_MISSING = """\
В этом Python нет модуля {module}, поэтому нельзя создать среду .venv.
  Debian и Ubuntu: sudo apt-get install python3-venv
  Другие системы: установите полный Python {wanted} или новее с сайта или из каталога программ.
This Python lacks the module {module}, so the environment .venv cannot be made.
  Debian and Ubuntu: sudo apt-get install python3-venv
  Elsewhere: install a complete Python {wanted} or newer."""

INSTALL_FAILED = """\
Установка не удалась, причина напечатана выше. Если нет сети, укажите папку с пакетами: --wheelhouse ПАПКА.
The installation failed, the reason is printed above. Without a network name a folder: --wheelhouse DIR."""

PREPARING = """\
Готовится среда .venv, это займёт минуту-другую.
Preparing the environment .venv, this takes a minute or two."""


def find_obstacle(version: tuple[int, ...]) -> str | None:
    """Return the message that says why no environment can be made, or None where one can."""
    wanted = ".".join(map(str, OLDEST_PYTHON))
    if version[:2] < OLDEST_PYTHON:
        return PYTHON_IS_OLD.format(wanted=wanted, found=".".join(map(str, version[:3])))
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            return VENV_IS_MISSING.format(module=module, wanted=wanted)
    return None


def locate(environment: Path, command: str) -> Path:
    """Return the path of a command inside an environment."""
    return environment / ("Scripts" if WINDOWS else "bin") / (command + (".exe" if WINDOWS else ""))


def stamp(root: Path, pinned: str) -> str:
    """Return the mark of what an installation of this list would be made from."""
    digest = hashlib.sha256()
    for name in (pinned, "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_installed(root: Path, environment: Path, pinned: str) -> bool:
    """Tell whether the environment holds this list, or the longer one, as the files now stand."""
    mark = environment / "installed.txt"
    if not (mark.exists() and locate(environment, "python").exists()):
        return False
    return mark.read_text("utf-8") in {stamp(root, pinned), stamp(root, TEST_LIST)}


def install_commands(root: Path, environment: Path, pinned: str, wheelhouse: str | None) -> list[list[str]]:
    """Return the command lines that install the pinned list by its hashes, then the project itself."""
    pip = [str(locate(environment, "python")), "-m", "pip", "install", "--quiet"]
    if wheelhouse is not None:
        pip += ["--no-index", "--find-links", str(Path(wheelhouse).resolve())]
    # The build backend is in the pinned list, so the project is built without fetching anything.
    return [
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(root / pinned)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(root)],
    ]


def child_environment(environment: Path) -> dict[str, str]:
    """Return the variables for a child: this environment's commands first, no other Python's packages."""
    variables = {name: value for name, value in os.environ.items() if name not in OTHER_PYTHON}
    commands = str(locate(environment, "python").parent)
    variables["PATH"] = os.pathsep.join([commands, variables.get("PATH", "")])
    variables["PYTHONNOUSERSITE"] = "1"
    return variables


def install(root: Path, environment: Path, pinned: str, wheelhouse: str | None) -> int:
    """Make the environment and fill it, unless it already holds the list; return the exit status."""
    if is_installed(root, environment, pinned):
        return 0
    print(PREPARING, flush=True)
    (environment / "installed.txt").unlink(missing_ok=True)
    commands = install_commands(root, environment, pinned, wheelhouse)
    if not locate(environment, "python").exists():
        commands.insert(0, [sys.executable, "-m", "venv", "--clear", str(environment)])
    for command in commands:
        status = subprocess.run(command, cwd=root, env=child_environment(environment), check=False).returncode
        if status:
            print(INSTALL_FAILED, file=sys.stderr)
            return status
    (environment / "installed.txt").write_text(stamp(root, pinned), "utf-8")
    return 0


def run(root: Path, environment: Path, command: list[str]) -> int:
    """Run a command of the environment in the project folder and return its exit status."""
    line = [str(locate(environment, command[0])), *command[1:]]
    return subprocess.run(line, cwd=root, env=child_environment(environment), check=False).returncode


def read_arguments(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return the options and, apart from them, what follows `--` and goes to the command."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("action", choices=sorted(ACTIONS))
    parser.add_argument(
        "--wheelhouse", metavar="DIR", help="folder of packages to install from without a network"
    )
    return parser.parse_args(arguments[:cut]), arguments[cut + 1 :]


def main(arguments: list[str]) -> int:
    """Do what the command line asks and return the exit status."""
    options, extra = read_arguments(arguments)
    obstacle = find_obstacle(tuple(sys.version_info[:3]))
    if obstacle is not None:
        print(obstacle, file=sys.stderr)
        return 2
    pinned, command = ACTIONS[options.action]
    environment = ROOT / ".venv"
    status = install(ROOT, environment, pinned, options.wheelhouse)
    return status or (run(ROOT, environment, [*command, *extra]) if command else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
