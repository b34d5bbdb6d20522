"""How long does the class's page take to write, to open, to sort and to filter?

    python -m benchmarks.class_page

Classes of 100 and 1,000 generated students in one stage and in all, in the Chromium that is
installed. "written" is the processor's time for the page; "usable" the time from the start of the
navigation until the page's script has run and the first screen is painted. The figures of the
browser are medians of some runs.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from autograder.stage import read_stages
from tests.browser import opened, running
from tests.made_class import made_page, made_reports
from tests.mistakes import KIT

OPENED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
  return Math.max(paint.startTime, loaded);
}"""
# Until the next frame is drawn: what the instructor waits for.
AFTER = """(act) => new Promise((done) => {
  const begin = performance.now();
  new Function(act)();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
})"""
SORT = "document.querySelector('.students thead th:nth-child(2) button').click()"
FILTER = """
  const find = document.getElementById("find");
  find.value = find.value ? "" : "öz";
  find.dispatchEvent(new Event("input"));
"""
COLUMNS = ("students", "stages", "MB", "written", "usable", "sorted", "filtered")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    stages = [stage for stage in read_stages(KIT) if not stage.challenge]
    print(("{:>10}" * len(COLUMNS)).format(*COLUMNS))
    with tempfile.TemporaryDirectory() as folder, running() as browser:
        for students, some in ((100, stages), (1000, stages[:1]), (1000, stages)):
            path = Path(folder) / f"{students}-{len(some)}.html"
            reports = made_reports(students, some)
            begin = time.process_time()
            path.write_text(made_page(reports, some), "utf-8")
            written = time.process_time() - begin
            times = [measured(browser, path) for _ in range(runs)]
            usable, sorted_, filtered = (median(each) for each in zip(*times, strict=True))
            print(
                f"{students:10}{len(some):10}{path.stat().st_size / 1e6:10.2f}{written:8.2f} s"
                f"{usable:7.0f} ms{sorted_:7.0f} ms{filtered:7.0f} ms",
                flush=True,
            )


def measured(browser: Browser, path: Path) -> tuple[float, float, float]:
    """Open the page, sort it and filter it; return the milliseconds of each."""
    with opened(browser, path) as page:
        usable = page.evaluate(OPENED)
        page.locator(".students").first.scroll_into_view_if_needed()
        return usable, timed(page, SORT), timed(page, FILTER)


def timed(page: Page, act: str) -> float:
    """Do something on the page and wait until it is drawn; return the milliseconds."""
    milliseconds: float = page.evaluate(AFTER, act)
    return milliseconds


if __name__ == "__main__":
    main()
