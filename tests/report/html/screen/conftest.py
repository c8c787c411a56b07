"""What tests of the page for the screen share: its markup, and a browser to look at it."""

import shutil
from collections.abc import Iterator

import pytest
from jinja2.environment import TemplateModule
from playwright.sync_api import Browser, sync_playwright

from report.html.page import ENVIRONMENT


@pytest.fixture(scope="session")
def parts() -> TemplateModule:
    return ENVIRONMENT.get_template("screen_parts.html.j2").module


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright's own Chromium or, without it, that of the system. It ends with its module: while it is
    there, an event loop runs in this thread, and no other may."""
    with sync_playwright() as playwright:
        names = (playwright.chromium.executable_path, "chromium", "chromium-browser", "google-chrome")
        if not (found := next(filter(None, map(shutil.which, names)), None)):
            pytest.skip("there is no Chromium: «playwright install chromium» brings one")
        chromium = playwright.chromium.launch(executable_path=found, timeout=180_000)
        yield chromium
        chromium.close()
