"""How soon a reader of an agency page sees its first chart, as medians of one run, beside an empty page.

A static picture stands in the page from its first paint; a moment later the script has drawn the same chart
so that it answers sliders and the pointer. The two pages are opened in turn, so that a slow moment of the
machine meets both.
Run: `python benchmarks/first_chart.py [page.html]`; without a page one is made from the sample.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 11
MOMENTS = ("first paint", "first chart drawn", "all charts drawn")
# Runs before any script of the page; it only listens.
LISTEN = """
document.addEventListener("drawn", () => { window.firstDrawn ??= performance.now(); }, true);
"""
READ = """() => [
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.now(),
  window.firstDrawn ?? 0,
  performance.now(),
]"""


def measure(browser: Browser, page: Path, finished: str) -> list[float]:
    """Return the seconds until the first paint, the first drawn chart and the last one of a page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    tab = context.new_page()
    tab.add_init_script(LISTEN)
    tab.goto(page.as_uri(), wait_until="commit")
    tab.wait_for_selector(finished, state="attached")
    seconds = [milliseconds / 1000 for milliseconds in tab.evaluate(READ)]
    context.close()
    return seconds


def make_pages(folder: Path) -> tuple[Path, Path]:
    """Return the page to open and an empty one beside it."""
    empty = folder / "empty.html"
    empty.write_text("<!DOCTYPE html><title>Empty</title><p>Nothing</p>", "utf-8")
    if len(sys.argv) > 1:
        return Path(sys.argv[1]).resolve(), empty
    command = [sys.executable, "-m", "toolkit", "report", "data_samples/2023", "--agency", "tides-agency"]
    subprocess.run([*command, "--out", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder / "2023" / "tides-agency.html", empty


def main() -> None:
    """Print the medians of each moment, and the first drawn chart as a ratio to an empty page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page, empty = make_pages(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        measure(browser, page, "html[data-charts=drawn]")
        rounds = [
            (measure(browser, empty, "p")[0], measure(browser, page, "html[data-charts=drawn]"))
            for _ in range(ROUNDS)
        ]
        browser.close()
    blank = statistics.median(seconds for seconds, _ in rounds)
    print(f"{'empty page, first paint':<26}{blank:6.2f} s")
    for at, moment in enumerate(MOMENTS):
        median = statistics.median(moments[at] for _, moments in rounds)
        ratio = statistics.median(moments[at] / empty_page for empty_page, moments in rounds)
        aim = "   (aim: 1.5 s)" if moment == "first chart drawn" else ""
        print(f"{moment:<26}{median:6.2f} s   ({ratio:.0f} times){aim}")


if __name__ == "__main__":
    main()
