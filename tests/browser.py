"""Pages as Chromium shows them: opened from a file, without network, and examined by axe-core.

Debian's own Chromium is used, so that no tool downloads a browser. A module of tests begins with
`pytestmark = needs_browser` and takes the fixture `chromium`.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",  # which root is refused
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]
PHONE = 375  # CSS pixels across

# One worker runs all of these: two browsers at once take memory and time from each other.
needs_browser = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed: apt install chromium"),
]

# The slow part looks at all of them.
in_each_look = pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", PHONE),
        ("dark", 1280),
        pytest.param("dark", PHONE, marks=pytest.mark.slow),
        pytest.param("light", 1280, marks=pytest.mark.slow),
    ],
)


@contextlib.contextmanager
def running() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def opened(
    browser: Browser,
    path: Path,
    scheme: str = "light",
    width: int = 1280,
    height: int = 900,
    script: bool = True,
    density: float = 1,
) -> Iterator[Page]:
    """Open a page from a file; what it reports as an error is a failure.

    Parameters
    ----------
    browser : Browser
        From `running`, or the fixture `chromium`.
    path : Path
        The HTML file.
    scheme : str
        "light" or "dark".
    width, height : int
        Size of the window, in CSS pixels.
    script : bool
        Whether the page's own script runs.
    density : float
        Pixels of a picture for each CSS pixel.

    Yields
    ------
    Page
        The page, when it is loaded.
    """
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
        device_scale_factor=density,
        java_script_enabled=script,
        offline=True,
    )
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    try:
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.resolve().as_uri())
        yield page
        assert not complaints, f"{path.name} reports: {'; '.join(complaints)}"
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """List what axe-core finds wrong, a line for each element.

    The page's content security policy stays in force: the debugger may evaluate a script under it.
    """
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: "
        f"{' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
