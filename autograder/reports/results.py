"""The tree of results: RESULTS/grades.csv, index.html, run.json, and a folder for each student."""

from pathlib import Path
from typing import Any

from autograder.files import remove_parts, write_whole
from autograder.folders import safe_names
from autograder.report import Report
from autograder.reports.grades import grades_csv
from autograder.reports.html import class_page, student_page
from autograder.reports.leaderboard import leaderboard_files
from autograder.run import Run
from autograder.stage import Stage


class ResultsTree:
    """Writes the results of one run, each file whole.

    Parameters
    ----------
    out : Path
        RESULTS.
    stages : tuple of Stage
        The stages of the run.
    students : list of str
        All students of the class.
    secret_hash : str
        Hash of the secret seed, or empty if there is none.
    isolation : str
        "strict" or "process".
    lms_ids : dict of str to str
        What the LMS calls a student, for those of whom its export has told it.
    """

    def __init__(
        self,
        out: Path,
        stages: tuple[Stage, ...],
        students: list[str],
        secret_hash: str,
        isolation: str,
        lms_ids: dict[str, str],
    ):
        self._out = out
        self._isolation = isolation
        self._stages = {stage.name: stage for stage in stages}
        self._folders = safe_names(students)
        self._has_secret = bool(secret_hash)
        self._reports: list[Report] = []
        run = Run(
            stages=list(self._stages),
            titles={stage.name: stage.title for stage in stages},
            isolation=isolation,
            secret_scrypt=secret_hash,
            students=self._folders,
            lms_ids=lms_ids,
        )
        remove_parts(out)
        write_whole(out / "run.json", run.to_json())

    def add(self, report: Report) -> None:
        """Write one report and its page."""
        folder = self._out / self._folders[report.student]
        write_whole(folder / f"{report.stage}.json", report.to_json())
        write_whole(folder / f"{report.stage}.html", _page(report, self._stages[report.stage]))
        self._reports.append(report)

    def finish(self) -> list[Report]:
        """Write what is of the whole class; return the reports by student, then by stage."""
        stages = list(self._stages.values())
        numbers = {stage.name: stage.number for stage in stages}
        reports = sorted(self._reports, key=lambda r: (r.student, numbers[r.stage]))
        write_whole(self._out / "grades.csv", grades_csv(reports, stages))
        page = class_page(reports, self._folders, stages, self._isolation, self._has_secret)
        write_whole(self._out / "index.html", page)
        for name, content in leaderboard_files(reports, stages).items():
            write_whole(self._out / name, content)
        return reports


def _page(report: Report, stage: Stage) -> str:
    """Return the student's page; without pictures if what their code sent can't be drawn."""
    try:
        return student_page(report, stage)
    except Exception as error:
        note = f"What came can't be drawn ({type(error).__name__})."
        bare: dict[str, Any] = {"evidence": [], "gallery": None}
        parts = [part.model_copy(update=bare) for part in report.functions]
        drawn = report.model_copy(update={"functions": parts, "notes": [*report.notes, note]})
        return student_page(drawn, stage)
