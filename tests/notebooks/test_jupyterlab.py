import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
START = 90_000
RUN = 120_000
CHART = "application/vnd.vegalite.v5+json"
# Bullets, waterfall and tornado of each direction, the peers of each of the 32 rules that apply to a central
# agency, the response curve of each of them that is no total (two directions, three criteria), the intervals.
CHARTS = 2 * 3 + 32 + (32 - 5) + 1
TO_TOP = "document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0"
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.started;
  app.commands.execute('notebook:run-all-cells');
}"""


@pytest.fixture
def laboratory(tmp_path):
    """Start JupyterLab as a new user would have it, on a copy, since it saves what it runs."""
    for folder in ("notebooks", "data_samples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    log = tmp_path / "lab.log"
    home = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    command = [
        *(
            sys.executable,
            "-m",
            "jupyter",
            "lab",
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            "--port=0",
        ),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url=", f"--ServerApp.root_dir={tmp_path}"),
    ]
    with log.open("w") as stream:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **home},
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        yield wait_for_address(log, server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def wait_for_address(log, server):
    for _ in range(120):
        found = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", log.read_text())
        if found:
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.mark.proof
@pytest.mark.browser
def test_the_notebook_runs_in_jupyterlab_and_draws_its_charts(browser, laboratory, tmp_path):
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    tab.goto(laboratory.replace("/lab?", "/lab/tree/notebooks/agency_report.ipynb?"), timeout=START)
    tab.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START)
    # Before its kernel has answered, JupyterLab would ask which kernel to start.
    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=START)
    tab.evaluate(RUN_ALL)
    # The last of the seventeen code cells has its number when all have run.
    tab.get_by_text("[17]:", exact=True).first.wait_for(timeout=RUN)
    tab.evaluate(TO_TOP)
    tab.wait_for_selector(".jp-OutputArea-output h1", timeout=RUN)
    assert tab.inner_text(".jp-OutputArea-output h1") == "Агентство по делам приливов"
    drawn = scroll_until(
        tab, ".jp-OutputArea-output .vega-embed svg, .jp-OutputArea-output .vega-embed canvas"
    )
    assert drawn
    tab.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    outputs = wait_for_outputs(tmp_path / "notebooks" / "agency_report.ipynb")
    tab.close()
    assert {output.output_type for output in outputs} == {"display_data", "execute_result"}
    assert sum(CHART in output.data for output in outputs) == CHARTS


def wait_for_outputs(notebook):
    """Return all outputs of the notebook once JupyterLab has saved it with them."""
    for _ in range(60):
        cells = nbformat.read(notebook, as_version=4).cells
        outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
        if outputs:
            return outputs
        time.sleep(0.5)
    raise AssertionError("JupyterLab has not saved the notebook")


def scroll_until(tab, selector):
    tab.mouse.move(700, 500)
    for _ in range(60):
        if tab.locator(selector).count():
            return True
        tab.mouse.wheel(0, 400)
        tab.wait_for_timeout(250)
    return False
