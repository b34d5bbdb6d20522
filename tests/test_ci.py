"""`autograder ci`: what each place reads, by its own definition, and what nobody may see."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
import yaml

from autograder.checks.collect import PUBLIC_SEED, collect, generator
from autograder.ci.annotations import annotations, command
from autograder.ci.classroom import classroom_result
from autograder.ci.codequality import code_quality
from autograder.ci.junit import junit_xml
from autograder.ci.lines import lines_of
from autograder.ci.result import StageResult
from autograder.ci.summary import summary
from autograder.reports.disclosure import without_hidden_inputs
from autograder.sandbox.isolation import best
from autograder.stage import find_stage
from tests.command import autograder
from tests.export.results import SECRET_INPUT, report
from tests.mistakes import KIT

# Elements and attributes of junit-10.xsd; those with * have to be there.
JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name*", "tests*", "failures*", "errors*", "skipped", "time", "timestamp", "hostname"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name*", "value*"}, set()),
    "testcase": ({"name*", "time", "classname"}, {"skipped", "failure"}),
    "failure": ({"type", "message"}, set()),
}
SUREFIRE_TIME = r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?"
CLASSROOM_TEST = {"name", "status", "message", "test_code", "task_id", "filename", "line_no"}
CLASSROOM_TEST |= {"duration", "score", "output"}
HOSTILE = "a\x1b[2J\x00\ud800 <b>&\n::error::forged 100%\r\n```\n# big"
PLACES = ("GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "AUTOGRADER_SECRET")


def junit_import(text):
    """Read JUnit XML by the rules of the schema, and return the suites."""
    root = ET.fromstring(text.encode())
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= {name.rstrip("*") for name in attributes}
        assert set(element.attrib) >= {name[:-1] for name in attributes if name.endswith("*")}
        assert {child.tag for child in element} <= children
        assert re.fullmatch(SUREFIRE_TIME, element.get("time", ""))
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    return list(root)


def classroom_import(text):
    """Decode a result as the reporter does, which needs `tests`."""
    document = json.loads(base64.b64decode(text))
    assert set(document) <= {"version", "status", "message", "max_score", "tests"}
    assert document["version"] == 3
    assert document["status"] in ("pass", "fail", "error")
    assert isinstance(document["max_score"], int)
    assert document["tests"]
    for test in document["tests"]:
        assert set(test) <= CLASSROOM_TEST
        assert test["status"] in ("pass", "fail", "error")
    return document


def gitlab_import(text):
    """Read a code-quality report: the fields that GitLab needs, and unique fingerprints."""
    issues = json.loads(text)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def github_annotations(text):
    """Read the commands of a log as the runner does, and return their properties and messages."""
    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"::error (.*?)::(.*)", line):
            values = dict(item.split("=", 1) for item in match[1].split(","))
            found.append(({key: unescaped(value) for key, value in values.items()}, match[2]))
    return [(values, unescaped(message)) for values, message in found]


def unescaped(text):
    """Undo the escapes of actions/toolkit."""
    for char, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, char)
    return text


def result(message="loss should be 1, but is 2."):
    """Make a result by hand, with a message of the student's code."""
    found = report("you")
    found.functions[0].checks[0].message = message
    lines = {"svm_loss": 12}
    return StageResult(
        find_stage(KIT, "linear_svm"), without_hidden_inputs(found), "hw/linear_svm.py", lines
    )


def unreadable():
    """Make the result of a file that is no Python."""
    found = report("you", points=0.0).model_copy(
        update={"status": "unreadable", "reason": "It is no Python."}
    )
    return result()._replace(report=found)


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """Make a clone with a right solution, and stand in it, in no CI."""
    for variable in PLACES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AUTOGRADER_KIT", str(KIT))
    folder = tmp_path / "clone"
    (folder / "hw").mkdir(parents=True)
    shutil.copy(KIT / "solutions" / "linear_svm.py", folder / "hw")
    monkeypatch.chdir(folder)
    return folder


def spoil(clone):
    """Make one function wrong."""
    file = clone / "hw" / "linear_svm.py"
    file.write_text(file.read_text("utf-8").replace("return X @ W", "return X @ W * 2"), "utf-8")


@pytest.mark.parametrize("made", [result(), result(HOSTILE), unreadable()])
def test_every_format_keeps_its_definition(made):
    (suite,) = junit_import(junit_xml([made]))
    points = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert points["max_points"] == points["max_points.svm_loss"] == "20"
    assert classroom_import(classroom_result([made]))["max_score"] == 20
    (issue,) = gitlab_import(code_quality([made]))
    ((where, message),) = github_annotations(annotations([made]))
    assert where["file"] == issue["location"]["path"] == "hw/linear_svm.py"
    assert int(where["line"]) == issue["location"]["lines"]["begin"]
    assert message == issue["description"]
    assert f"**{where['title']}**" in summary([made])


def test_several_stages_are_one_document():
    both = [result(), unreadable()]
    assert len(junit_import(junit_xml(both))) == 2
    assert classroom_import(classroom_result(both))["status"] == "error"


def test_what_a_student_writes_is_shown_and_not_obeyed():
    made = result(HOSTILE)
    assert len(annotations([made]).splitlines()) == 1
    shown = summary([made])
    fence = re.search(r"^(`{4,})text$", shown, re.MULTILINE)[1]
    assert shown.index(fence) < shown.index("# big") < shown.rindex(fence)
    for text in (junit_xml([made]), annotations([made]), shown, code_quality([made])):
        assert "\x1b" not in text
        text.encode()


def test_commands_are_escaped_as_the_toolkit_does():
    assert command("error", "50%\na:b,c", file="a,b:c%") == (
        "::error file=a%2Cb%3Ac%25::50%25%0Aa:b,c\n"
    )


def test_hidden_inputs_are_in_no_format():
    made = result()
    texts = [junit_xml([made]), annotations([made]), summary([made]), code_quality([made])]
    texts.append(base64.b64decode(classroom_result([made])).decode())
    assert all(SECRET_INPUT not in text for text in texts)


def test_what_fails_on_public_inputs_may_say_so():
    whole, public = report("you"), report("you")
    public.functions[0].checks[1].message = "dW should be 1."
    (part,) = without_hidden_inputs(whole, public).functions
    assert part.checks[1].message == "dW should be 1."
    public.functions[0].checks[1].outcome = "passed"
    (part,) = without_hidden_inputs(whole, public).functions
    assert part.checks[1].message.startswith("On inputs that are not shown: failed.")


def test_the_last_definition_counts_in_modules_and_notebooks():
    module = "import f\ndef f(): pass\nclass A:\n    def g(self): pass\ndef f(): pass\n"
    assert lines_of(module, ["f", "g"]) == {"f": 5}
    notebook = json.dumps({"cells": [{"source": ["x = 1\n", "def f():\n"]}]}, indent=1)
    line = lines_of(notebook, ["f"])["f"]
    assert "def f()" in notebook.splitlines()[line - 1]


def test_github_is_told(clone, tmp_path, monkeypatch):
    spoil(clone)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        (tmp_path / variable).write_text("before\n")
        monkeypatch.setenv(variable, str(tmp_path / variable))
    ran = autograder("ci", "--dir", "hw", "--out", tmp_path / "out")
    assert ran.code == 1, ran.err
    token = re.match(r"::stop-commands::(\w+)\n", ran.out)[1]
    shielded, obeyed = ran.out.split(f"::{token}::\n")
    assert "linear_forward" in shielded
    assert obeyed.startswith("::error ")
    where, message = github_annotations(ran.out)[0]
    line = (clone / "hw" / "linear_svm.py").read_text("utf-8").splitlines()[int(where["line"]) - 1]
    assert (where["file"], where["title"]) == ("hw/linear_svm.py", "linear_forward")
    assert line.startswith("def linear_forward(")
    assert "scores[0, 0] should be" in message
    shown = (tmp_path / "GITHUB_STEP_SUMMARY").read_text("utf-8")
    assert shown.startswith("before\n### Linear classifier: ")
    before, output = (tmp_path / "GITHUB_OUTPUT").read_text("utf-8").splitlines()
    assert before == "before"
    assert classroom_import(output.removeprefix("result="))["status"] == "fail"
    junit_import((tmp_path / "out" / "junit.xml").read_text("utf-8"))


def test_gitlab_is_told_of_a_right_clone(clone, tmp_path, monkeypatch):
    monkeypatch.setenv("GITLAB_CI", "true")
    ran = autograder("ci", "linear_svm", "--dir", "hw", "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert gitlab_import((tmp_path / "out" / "codequality.json").read_text("utf-8")) == []
    assert "::" not in ran.out


def test_gradescope_gets_its_file(clone, tmp_path):
    call = ("ci", "--dir", "hw", "--format", "gradescope", "--out", tmp_path / "out")
    assert autograder(*call).code == 0
    assert json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))["score"] == 34


@pytest.mark.skipif(best() != "strict", reason="no strict isolation here")
def test_the_hidden_seed_finds_what_is_written_in_and_is_not_told(clone, tmp_path, monkeypatch):
    seed = "a seed that nobody knows"
    monkeypatch.setenv("AUTOGRADER_SECRET", seed)
    file = clone / "hw" / "linear_svm.py"
    spy = (
        "\nimport glob, os\n\n\ndef predict_svm(*args):\n"
        "    texts = [repr(dict(os.environ))]\n"
        "    for path in glob.glob('/proc/*/environ') + glob.glob('/proc/*/cmdline'):\n"
        "        try:\n            texts.append(open(path, errors='replace').read())\n"
        "        except OSError:\n            pass\n"
        f"    assert {seed!r} in ''.join(texts), 'unseen'\n"
    )
    file.write_text(file.read_text("utf-8") + spy, "utf-8")
    # A process of its own, so that the seed stands where the system keeps the environment.
    call = [sys.executable, "-m", "autograder", "ci", "--dir", "hw", "--out", tmp_path / "out"]
    ran = subprocess.run(call, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    assert "AssertionError: unseen" in " ".join(ran.stdout.split())
    text = (tmp_path / "out" / "junit.xml").read_text("utf-8")
    assert seed not in ran.stdout + ran.stderr + text


@pytest.mark.skipif(best() != "strict", reason="no strict isolation here")
def test_the_hidden_seed_finds_an_answer_that_is_written_in(clone, tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "seed")
    file = clone / "hw" / "linear_svm.py"
    public = set()  # inputs of linear_forward, which a student may know by heart
    for check in collect(find_stage(KIT, "linear_svm")):
        if check.function == "linear_forward":
            for call in check.owner.calls(generator(PUBLIC_SEED, check.id)):
                for known in (call, call.cast("f4")):
                    public.add(abs(float(known.arguments["X"][0, 0])))
    sly = f"if abs(X[0, 0]) in {public!r}: return X @ W\n    return X @ W * 2"
    file.write_text(file.read_text("utf-8").replace("return X @ W", sly, 1), "utf-8")
    ran = autograder("ci", "--dir", "hw", "--out", tmp_path / "out")
    assert ran.code == 1
    assert "On inputs that are not shown: failed." in " ".join(ran.out.split())
    assert "scores[" not in ran.out  # the smallest call that it shows is a public one


def test_a_seed_needs_a_kit_that_is_named(clone, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "seed")
    monkeypatch.delenv("AUTOGRADER_KIT")
    ran = autograder("ci", "--dir", "hw")
    assert (ran.code, ran.out) == (2, "")
    assert "AUTOGRADER_SECRET" in ran.err


def test_a_seed_needs_strict_isolation(clone, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "seed")
    monkeypatch.setattr("autograder.ci.check.best", lambda: "process")
    ran = autograder("ci", "--dir", "hw")
    assert ran.code == 2
    assert "without strict isolation" in ran.err


def test_links_lead_nowhere(clone, tmp_path):
    file = clone / "hw" / "linear_svm.py"
    shutil.move(file, clone / "hw" / "mine.py")
    file.symlink_to(KIT / "solutions" / "linear_svm.py")
    ran = autograder("ci", "--dir", "hw", "--out", tmp_path / "out")
    assert ran.code == 1
    assert "is a symbolic link" in ran.out
    (suite,) = junit_import((tmp_path / "out" / "junit.xml").read_text("utf-8"))
    assert suite.find("properties/property[@name='points']").get("value") == "0"
    file.unlink()
    file.write_text("from answers import *\n")
    (clone / "hw" / "answers.py").symlink_to(KIT / "solutions" / "linear_svm.py")
    ran = autograder("ci", "--dir", "hw", "--out", tmp_path / "out")
    assert "No module named 'answers'" in " ".join(ran.out.split())
    (clone / "linked").symlink_to(KIT / "solutions")
    ran = autograder("ci", "--dir", "linked", "--out", tmp_path / "out")
    assert ran.code == 2
    assert "leads over a symbolic link" in ran.err


def test_a_file_that_lacks_costs_the_stage(clone, tmp_path):
    ran = autograder("ci", "convnet", "--dir", "hw", "--out", tmp_path / "out")
    assert ran.code == 1
    assert "There is no convnet.py" in " ".join(ran.out.split())


def test_a_wrong_call_is_one_sentence(clone):
    for arguments in (("--dir", "nowhere"), ("--dir", "hw/linear_svm.py"), ("no_such_stage",)):
        ran = autograder("ci", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.strip().splitlines()) == 1


def commands_of(workflow):
    """Return the lines of shell in a workflow's one job, in their order."""
    document = yaml.safe_load((KIT / "examples" / "ci" / workflow).read_text("utf-8"))
    if "check" in document:
        return document["check"]["script"]
    (job,) = document["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """Make a student's bundle, and an environment to install it in."""
    folder = tmp_path_factory.mktemp("released")
    assert autograder("release", "linear_svm", "--out", folder / "bundle", "--kit", KIT).code == 0
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the workflows run on Linux")
@pytest.mark.parametrize(
    ("workflow", "place"),
    [
        ("github-actions.yml", "GITHUB_ACTIONS"),
        ("github-classroom.yml", "GITHUB_ACTIONS"),
        ("gitlab-ci.yml", "GITLAB_CI"),
    ],
)
def test_the_commands_of_a_workflow_run_in_a_clone(released, tmp_path, workflow, place):
    work = tmp_path / "clone"
    shutil.copytree(released / "bundle", work)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "AUTOGRADER", "GITHUB", "CI_", "VIRTUAL_ENV"))
    }
    environment["PATH"] = f"{released / 'venv' / 'bin'}:{environment['PATH']}"
    environment |= {place: "true", "GITHUB_OUTPUT": str(tmp_path / "output")}
    environment["GITHUB_STEP_SUMMARY"] = str(tmp_path / "summary")

    def shell(line):
        call = ["bash", "-e", "-c", line]
        return subprocess.run(
            call, cwd=work, env=environment, capture_output=True, text=True, check=False
        )

    install, check = commands_of(workflow)
    done = shell(install)
    if "No matching distribution" in done.stderr or "connection" in done.stderr.lower():
        pytest.skip("the packages that it needs can't be fetched here")
    assert done.returncode == 0, done.stderr
    for code, status in ((1, "fail"), (0, "pass")):
        done = shell(check)
        assert done.returncode == code, done.stderr
        if place == "GITLAB_CI":
            issues = gitlab_import((work / "reports" / "codequality.json").read_text("utf-8"))
            assert bool(issues) == code
            junit_import((work / "reports" / "junit.xml").read_text("utf-8"))
        else:
            assert bool(github_annotations(done.stdout)) == code
            output = (tmp_path / "output").read_text("utf-8").splitlines()[-1]
            assert classroom_import(output.removeprefix("result="))["status"] == status
        shutil.copy(KIT / "solutions" / "linear_svm.py", work)
