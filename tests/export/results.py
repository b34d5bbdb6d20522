"""Make RESULTS by hand, without grading; read CSV back."""

import csv
import io
import json
from pathlib import Path

from autograder.folders import safe_names
from autograder.report import CheckReport, FunctionReport, Report

TITLES = {"linear_svm": "Linear classifier", "convnet": "Convolutional networks"}
MAX_POINTS = 20.0
SECRET_INPUT = "W[0, 0] = 0.123456789"


def report(student: str, stage: str = "linear_svm", points: float = 17.5) -> Report:
    """Make a report with a public and a hidden check, both failed."""
    checks = [
        CheckReport(
            id=f"svm_loss::{name}",
            title=f"The {name}",
            visibility=visibility,
            outcome="failed",
            points=points / 2,
            max_points=MAX_POINTS / 2,
            message=f"{said} This looks like a known mistake: The factor 2 is missing.",
            mistakes=["svm_loss.factor"],
        )
        for name, visibility, said in (
            ("values", "public", "loss should be 1, but is 2."),
            ("gradient", "hidden", SECRET_INPUT),
        )
    ]
    part = FunctionReport(
        name="svm_loss", points=points, max_points=MAX_POINTS, checks=checks, example="svm_loss(0)"
    )
    return Report(
        student=student,
        stage=stage,
        status="graded",
        points=points,
        max_points=MAX_POINTS,
        functions=[part],
        kit_version="kit 1",
        duration_s=0.5,
    )


def write_results(
    folder: Path,
    points: dict[str, float],
    stages: tuple[str, ...] = ("linear_svm",),
    lms_ids: dict[str, str] | None = None,
) -> Path:
    """Write what `autograder grade` would, for students with these points."""
    folders = safe_names(list(points))
    folder.mkdir(exist_ok=True)
    run = {"students": folders, "stages": stages, "lms_ids": lms_ids or {}}
    run["titles"] = {stage: TITLES[stage] for stage in stages}
    (folder / "run.json").write_text(json.dumps(run), "utf-8")
    for student, earned in points.items():
        (folder / folders[student]).mkdir(exist_ok=True)
        for stage in stages:
            path = folder / folders[student] / f"{stage}.json"
            path.write_text(report(student, stage, earned).to_json(), "utf-8")
    return folder


def write_csv(path: Path, *rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def read_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    """Read rows from CSV."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def unescaped(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell
