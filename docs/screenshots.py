"""Make the pictures of the pages in docs/images/ from the real program.

    python -m docs.screenshots [RESULTS]

Grades the example class by the command that an instructor gives, unless there are results of it,
and opens the pages in Chromium, in both colour schemes and as wide as a phone. It takes what the
tests of pages take: pip install -e '.[dev]' and chromium.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import PHONE, opened, running

KIT = Path(__file__).resolve().parents[1]
IMAGES = KIT / "docs" / "images"
HEIGHT = 1500  # of the window, in CSS pixels
LARGEST = 250_000  # bytes of one picture
# What a picture is called after: the colour scheme and the width of the window.
LOOKS = {"": ("light", 1280), "_dark": ("dark", 1280), "_phone": ("light", PHONE)}


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as folder, running() as browser:
        results = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        if not (results / "index.html").exists():
            grade(results)
        of_the_class(browser, results / "index.html")
        of_students(browser, results)


def grade(results: Path) -> None:
    """Grade the example class."""
    command = [sys.executable, "-m", "autograder", "grade", "examples/submissions"]
    settings = ["--stage", "all", "--out", str(results), "--secret", "a picture"]
    subprocess.run([*command, *settings], cwd=KIT, check=True)


def of_the_class(browser: Browser, path: Path) -> None:
    """Write the top of the class's page, and one stage with its heat map and checks."""
    for end, (scheme, width) in LOOKS.items():
        with opened(browser, path, scheme, width, HEIGHT) as page:
            write(f"class_overview{end}", page.screenshot())
            page.locator("#linear_svm").evaluate("stage => stage.scrollIntoView()")
            write(f"class{end}", page.screenshot())


def of_students(browser: Browser, results: Path) -> None:
    """Write the top of a student's page, a wrong gradient, and a training with what it learnt."""
    gradient, training = (results / name / "linear_svm.html" for name in ("emeka", "goran"))
    from_place(browser, gradient, "body", "student_overview", 1000)
    from_place(browser, gradient, "#svm_loss", "student", 1250)
    from_place(browser, training, "#train_svm .curves >> nth=-1", "student_learnt", 1500)


def from_place(browser: Browser, path: Path, place: str, name: str, height: int) -> None:
    """Write the part of a page that begins at a place."""
    for end, (scheme, width) in LOOKS.items():
        with opened(browser, path, scheme, width) as page:
            text, box = (page.locator(each).bounding_box() for each in ("body", place))
            assert text is not None
            assert box is not None
            top = max(box["y"] - 16, 0)
            clip = {"x": text["x"], "y": top, "width": text["width"], "height": height}
            write(f"{name}{end or '_light'}", page.screenshot(full_page=True, clip=clip))


def write(name: str, picture: bytes) -> None:
    """Write a PNG file, if it is small enough for a repository."""
    if len(picture) > LARGEST:
        raise SystemExit(f"{name} has {len(picture)} bytes, more than {LARGEST}: show less in it.")
    (IMAGES / f"{name}.png").write_bytes(picture)
    print(f"{name}.png: {len(picture) // 1000} kB")


if __name__ == "__main__":
    main()
