"""The result for GitHub Classroom's reporter, as runner/data.py of its Python grader has it."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from autograder.ci.result import StageResult
from autograder.printable import printable
from autograder.report import CheckReport


def classroom_result(results: Sequence[StageResult]) -> str:
    """Return base64 of a JSON document of version 3, with a test for each check."""
    reasons = [result.report.reason for result in results if result.report.reason]
    passed = all(result.report.complete for result in results)
    document: dict[str, Any] = {
        "version": 3,
        "status": "error" if reasons else "pass" if passed else "fail",
        "max_score": _number(sum(result.report.max_points for result in results)),
        "tests": [
            _test(result, part.name, check)
            for result in results
            for part in result.report.functions
            for check in part.checks
        ],
    }
    if reasons:
        document["message"] = printable("\n".join(reasons))
    return base64.b64encode(json.dumps(document).encode()).decode()


def _test(result: StageResult, function: str, check: CheckReport) -> dict[str, Any]:
    status = {"passed": "pass", "failed": "fail", "not_implemented": "fail"}
    return {
        "name": f"{function}: {check.title}",
        "status": status.get(check.outcome, "error"),
        "message": printable(check.message),
        "test_code": f"autograder check {result.stage.name} --only {function}",
        "task_id": 0,
        "filename": result.file,
        "line_no": result.line(function),
        "duration": check.duration_s,
        "score": _number(check.points),
    }


def _number(points: float) -> int | float:
    """Return an integer where points are whole: the reporter's type for the maximum."""
    rounded = round(points, 2)
    return int(rounded) if rounded.is_integer() else rounded
