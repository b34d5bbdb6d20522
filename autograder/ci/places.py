"""Where a repository is checked, and the files that each place reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.ci.classroom import classroom_result
from autograder.ci.codequality import code_quality
from autograder.ci.junit import junit_xml
from autograder.ci.result import StageResult
from autograder.ci.summary import summary
from autograder.errors import UserError, found_and_advised
from autograder.export.gradescope import FILE, results_json
from autograder.files import write_whole

GRADESCOPE = Path("/autograder/submission_metadata.json")  # which no other place has


def place_of(environment: Mapping[str, str]) -> str:
    """Tell by the environment where this runs: "github", "gitlab", "gradescope" or "junit"."""
    for variable, place in (("GITHUB_ACTIONS", "github"), ("GITLAB_CI", "gitlab")):
        if environment.get(variable) == "true":
            return place
    return "gradescope" if GRADESCOPE.exists() else "junit"


def root_of(environment: Mapping[str, str]) -> Path:
    """Return the folder of the clone: what the place says, or the working folder."""
    return Path(environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR") or ".")


def write_files(place: str, results: Sequence[StageResult], out: Path) -> list[Path]:
    """Write what a place reads into a folder, and return the files."""
    if place == "gradescope":
        if len(results) > 1:
            names = ", ".join(result.stage.name for result in results)
            raise UserError(f"{FILE} is for one stage, but there are {names}: name one.")
        texts = {FILE: results_json(results[0].report)}
    else:
        texts = {"junit.xml": junit_xml(results)}
    if place == "gitlab":
        texts["codequality.json"] = code_quality(results)
    for name, text in texts.items():
        write_whole(out / name, text)
    return [out / name for name in texts]


def tell_github(results: Sequence[StageResult], environment: Mapping[str, str]) -> None:
    """Append the step's summary and its output `result`, each to the file that GitHub names."""
    for variable, text in (
        ("GITHUB_STEP_SUMMARY", summary(results)),
        ("GITHUB_OUTPUT", f"result={classroom_result(results)}\n"),
    ):
        if path := environment.get(variable):
            _append(Path(path), text)


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"{path} can't be written {found_and_advised(error)}") from None
