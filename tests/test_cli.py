"""The commands as a shell sees them: exit codes, one sentence for bad input, output that fits."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.command import autograder
from tests.mistakes import KIT

STAGES = [
    "perceptron",
    "nearest_neighbors",
    "linear_svm",
    "two_layer_net",
    "convnet",
    "deep_training",
    "generative",
]
COMMANDS = ["check", "grade", "build", "train", "doctor", "demo", "data list", "data fetch"]


@pytest.fixture
def mine(tmp_path):
    """Make a student's folder with a right solution."""
    shutil.copy(KIT / "solutions" / "linear_svm.py", tmp_path)
    return tmp_path


@pytest.mark.parametrize("stage", STAGES)
def test_check_on_the_stubs_says_not_implemented_for_each_function(stage):
    result = autograder("check", stage, "--dir", KIT / "starter", "--json", "-")
    assert result.code == 1
    report = json.loads(result.out)
    for function in report["functions"]:
        for check in function["checks"]:
            assert check["outcome"] == "not_implemented"
            assert check["message"] == f"`{function['name']}` is not implemented yet."


@pytest.mark.parametrize("stage", STAGES)
def test_check_on_the_solutions_passes(stage):
    result = autograder("check", stage, "--dir", KIT / "solutions")
    assert result.code == 0
    assert "✗" not in result.out


def test_a_stages_name_is_the_stage_even_if_a_function_is_called_so():
    solutions = ("--dir", KIT / "solutions", "--json", "-")
    stage = json.loads(autograder("check", "perceptron", *solutions).out)
    assert len(stage["functions"]) == 11
    one = json.loads(autograder("check", "perceptron", "--only", "perceptron", *solutions).out)
    assert [function["name"] for function in one["functions"]] == ["perceptron"]
    assert json.loads(autograder("check", "nand", *solutions).out)["functions"][0]["name"] == "nand"


def test_check_finds_the_stages_in_the_folder(mine, monkeypatch):
    monkeypatch.chdir(mine)
    result = autograder("check", "--kit", KIT)
    assert result.code == 0
    assert "34 of 34 points" in result.out


def test_check_of_one_function_shows_that_one(mine):
    result = autograder("check", "--dir", mine, "--only", "svm_loss", "--kit", KIT)
    assert result.code == 0
    assert "svm_loss" in result.out
    assert "softmax_loss" not in result.out


def test_check_writes_json_and_pictures(mine, tmp_path):
    path = mine / "linear_svm.py"
    path.write_text(path.read_text().replace("return X @ W", "return X @ W * 2"))
    out, plots = tmp_path / "report.json", tmp_path / "plots"
    result = autograder("check", "--dir", mine, "--json", out, "--plots", plots, "--kit", KIT)
    assert result.code == 1
    report = json.loads(out.read_text())
    assert (report["schema"], report["stage"], report["status"]) == (1, "linear_svm", "graded")
    assert "scores[0, 0] should be" in " ".join(result.out.split())
    messages = [check["message"] for f in report["functions"] for check in f["checks"]]
    assert any("scores[0, 0] should be" in message for message in messages)
    assert (plots / "linear_forward-values.png").read_bytes().startswith(b"\x89PNG")


def test_check_takes_a_function_in_place_of_a_stage(mine, tmp_path):
    out = tmp_path / "report.json"
    assert autograder("check", "add_bias", "--dir", mine, "--json", out, "--kit", KIT).code == 0
    report = json.loads(out.read_text())
    assert report["stage"] == "linear_svm"
    assert [function["name"] for function in report["functions"]] == ["add_bias"]


def test_every_command_has_help_with_an_example():
    for command in COMMANDS:
        result = autograder(*command.split(), "--help")
        assert result.code == 0
        assert f"Example: autograder {command}" in " ".join(result.out.split())


def test_module_and_version():
    command = [sys.executable, "-m", "autograder", "--version"]
    assert "nn-course-kit 0." in subprocess.run(command, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "svm", "--dir", "{kit}/starter"], "There is no stage 'svm'; this kit has"),
        (["check", "svn_loss", "--dir", "{kit}/starter"], "Did you mean svm_loss?"),
        (["check", "--dir", "{tmp}/nothing"], "There is no folder"),
        (
            ["check", "--dir", "{tmp}"],
            "holds no stage's file: expected one of perceptron.py",
        ),
        (["check", "linear_svm", "--dir", "{tmp}"], "linear_svm"),
        (["check", "linear_svm", "--dir", "{kit}/starter", "--only", "f"], "has no function 'f'"),
        (["check", "--kit", "{tmp}"], "--kit names"),
        (["check", "--what"], "No such option"),
        (["what"], "No such command"),
        (["grade", "{kit}/examples/submissions"], "Missing option"),
        (["grade", "{tmp}/nothing", "--stage", "all", "--out", "{tmp}/r"], "nothing"),
        (["grade", "{kit}/starter", "--stage", "svm", "--out", "{tmp}/r"], "no stage 'svm'"),
        (["grade", "{tmp}/empty", "--stage", "all", "--out", "{tmp}/r"], "empty"),
        (
            ["grade", "{kit}/starter", "--stage", "all", "--out", "{tmp}/r", "--secret", ""],
            "--secret is empty",
        ),
        (["gradescope", "zip", "linear_svm", "--secret", ""], "--secret is empty"),
        (["grade", "{kit}/starter", "--stage", "linear_svm", "--out", "{kit}/starter/r"], "inside"),
        (["grade", "{kit}/starter", "--stage", "all", "--out", "{tmp}/r", "--jobs", "0"], "jobs"),
        (
            ["grade", "{kit}/starter", "--stage", "linear_svm", "--out", "{tmp}/file/r"],
            "can't be written",
        ),
        (["train", "svm"], "no stage 'svm'"),
        (["data", "fetch", "cifar"], "cifar"),
        (["data", "fetch", "mnist", "--from", "{tmp}/nothing", "--to", "{tmp}/c"], "nothing"),
        (["build", "--kit", "{tmp}"], "--kit names"),
        (["export", "{tmp}", "--to", "foo"], "Invalid value for '--to': 'foo' is not one of"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(tmp_path, arguments, words):
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    filled = [argument.format(kit=KIT, tmp=tmp_path) for argument in arguments]
    result = autograder(*filled)
    lines = result.err.splitlines()
    assert result.code == 2, result
    assert len(lines) == 1, result.err
    assert words in lines[0]
    assert lines[0].startswith("autograder: ")


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read and write everything"
)
def test_no_permission_is_one_sentence(mine, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    for arguments in (
        ["check", "--dir", locked],
        ["grade", locked, "--stage", "all", "--out", "r"],
    ):
        result = autograder(*arguments, "--kit", KIT)
        assert result.code == 2
        assert len(result.err.strip().splitlines()) == 1


def test_a_broken_stage_toml_is_one_sentence(tmp_path):
    for folder in ("assignments", "solutions"):
        shutil.copytree(KIT / folder, tmp_path / folder)
    path = tmp_path / "assignments" / "2_linear_svm" / "stage.toml"
    path.write_text(path.read_text().replace("points = 6", "points = -6", 1))
    result = autograder("check", "--dir", KIT / "starter", "--kit", tmp_path)
    assert result.code == 2
    assert "points" in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_data_list_prints_json():
    rows = json.loads(autograder("data", "list", "--json").out)
    assert {row["name"] for row in rows} == {"mnist", "fashion_mnist"}
    assert any(row["sizes"] == [7000, 1000, 2000] for row in rows)


def test_data_verify_finds_a_damaged_file(tmp_path, monkeypatch):
    assert autograder("data", "verify").code == 0
    copy = tmp_path / "data"
    shutil.copytree(KIT / "data", copy)
    content = bytearray((copy / "mnist_10k.npz").read_bytes())
    content[1000] ^= 1
    (copy / "mnist_10k.npz").write_bytes(content)
    monkeypatch.setenv("AUTOGRADER_DATA", str(copy))
    result = autograder("data", "verify")
    assert result.code == 1
    assert "BAD" in result.out


def test_doctor_tries_the_layers():
    result = autograder("doctor")
    assert result.code == 0, result.out
    for words in ("time limit", "memory limit", "clean environment", "data mnist_10k.npz"):
        assert words in result.out


def broken(mine, old: str, new: str) -> str:
    """Change the solution in one place, and return what check says, on one line."""
    path = mine / "linear_svm.py"
    source = path.read_text()
    assert old in source
    path.write_text(source.replace(old, new, 1))
    result = autograder("check", "linear_svm", "--dir", mine, "--kit", KIT)
    assert result.code == 1
    return " ".join(result.out.split())


def test_an_example_can_be_copied_from_a_narrow_terminal(mine, monkeypatch):
    """No line of it is indented or broken, so it is Python as it stands."""
    monkeypatch.setenv("COLUMNS", "60")
    path = mine / "linear_svm.py"
    path.write_text(path.read_text().replace("2 * reg * W", "reg * W"))
    out = autograder("check", "linear_svm", "--dir", mine, "--kit", KIT).out
    examples = out.split("The smallest call that shows it:\n")[1:]
    assert len(examples) == 3
    for example in examples:
        lines = example.split("\n\n")[0].splitlines()
        compile("\n".join(lines), "prompt", "exec")
        assert max(map(len, lines)) > 60
        assert lines[-1].startswith("# dW should be ")


def test_the_stage_may_be_named_by_its_file(mine):
    for name in ("linear_svm.py", "2_linear_svm"):
        assert autograder("check", name, "--dir", mine, "--kit", KIT).code == 0


def test_only_chooses_the_stage_that_has_the_function(mine):
    shutil.copy(KIT / "starter" / "convnet.py", mine)
    result = autograder("check", "--dir", mine, "--only", "svm_loss", "--kit", KIT)
    assert result.code == 0
    assert "Convolutional" not in result.out
    nobody = autograder("check", "--dir", mine, "--only", "swm_loss", "--kit", KIT)
    assert nobody.code == 2
    assert "No stage here (linear_svm, convnet) has a function 'swm_loss'" in " ".join(
        nobody.err.split()
    )


def test_a_misspelt_function_is_asked_about(mine):
    said = broken(mine, "def predict_svm(", "def predict_smv(")
    assert "is no function `predict_svm` in linear_svm.py; is `predict_smv` meant to be it?" in said


def test_a_file_that_is_no_python_is_told_once(mine):
    said = broken(mine, "def add_bias(X):", "def add_bias(X:")
    assert said == (
        "linear_svm.py can't be imported: SyntaxError: '(' was never closed "
        "(linear_svm.py, line 16). Nothing was checked: 0 of 34 points."
    )


def test_an_exception_is_told_with_the_call(mine):
    said = broken(mine, "return X @ W", "return W @ X")
    assert "linear_forward` raised ValueError: " in said
    assert ", when called as linear_forward(W" in said


def test_other_parameters_are_pointed_out(mine):
    said = broken(mine, "def linear_forward(W, X):", "def linear_forward(W):\n    X = W")
    assert "takes 1 positional argument but 2 were given" in said
    assert "take the parameters that the stub has" in said


def test_exit_is_called_by_its_name(mine):
    said = broken(mine, "return X @ W", "return exit()")
    assert "`linear_forward` raised SystemExit" in said


def test_what_fails_at_import_names_the_line_that_called(mine):
    path = mine / "linear_svm.py"
    lines = len(path.read_text().splitlines())
    said = broken(mine, "return X @ W", "return X @ W[5]")
    path.write_text(
        path.read_text() + "\n\nprint(linear_forward(np.ones((2, 2)), np.ones((2, 2))))\n"
    )
    out = autograder("check", "linear_svm", "--dir", mine, "--kit", KIT).out
    assert "linear_forward" in said
    assert f"called from line {lines + 3})" in " ".join(out.split())
    assert "smallest call" not in out
    assert out.count("can't be imported") == 1


def test_train_with_ones_own_functions(mine, monkeypatch):
    monkeypatch.setattr("autograder.training.train_stage", fail_like_a_stub)
    result = autograder("train", "linear_svm", "--dir", mine, "--kit", KIT)
    assert result.code == 2
    assert "Training stopped: NotImplementedError: svm_loss: not implemented yet" in " ".join(
        result.err.split()
    )
    nothing = autograder("train", "convnet", "--dir", mine, "--kit", KIT)
    assert nothing.code == 2
    assert "name the folder that holds your file by --dir" in " ".join(nothing.err.split())


def fail_like_a_stub(stage, functions, *_arguments, **_settings):
    """Take the place of a long training."""
    assert functions.__file__.endswith("linear_svm.py")
    raise NotImplementedError("svm_loss: not implemented yet (stage 2, linear_svm)")
