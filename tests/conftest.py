import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    """Start the Chromium of this machine; without one a test is skipped, but fails where `CI=true`."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        leave = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        leave("no Chromium; on Debian: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def heard():
    """Everything that a page complained of or asked the network for; a good page leaves it empty."""
    return []


@pytest.fixture
def page(browser, heard):
    """Return an empty tab with no network that writes what goes wrong into `heard`."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    context.route(lambda address: not address.startswith("file:"), lambda route: route.abort())
    tab = context.new_page()
    tab.on("console", lambda message: note_message(heard, message))
    tab.on("pageerror", lambda error: heard.append(f"error {error}"))
    tab.on("request", lambda request: note_request(heard, request.url))
    yield tab
    context.close()


def note_message(heard, message):
    if message.type in {"error", "warning"}:
        heard.append(f"{message.type} {message.text}")


def note_request(heard, address):
    # The page itself is asked for once; what stands inside it is not asked for anywhere.
    if not address.startswith("data:") and not (address.startswith("file:") and address.endswith(".html")):
        heard.append(f"request {address}")
