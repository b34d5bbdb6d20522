"""`check --watch` on a real terminal, with real saves."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.mistakes import KIT

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX's")
SOLUTION = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
STUB = (KIT / "starter" / "linear_svm.py").read_text("utf-8")
NO_FACTOR = SOLUTION.replace("2 * reg * W", "reg * W")
SECONDS = 30  # for what takes one, on a machine that is busy


class Terminal:
    """A watch that runs on a pseudo-terminal, and its latest screen."""

    def __init__(self, folder: Path, *stage: str):
        import fcntl
        import struct
        import termios

        self._own, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.before = termios.tcgetattr(its)
        self.its = its
        self.process = subprocess.Popen(
            command(folder, *stage),
            stdin=its,
            stdout=its,
            stderr=its,
            cwd=KIT,
            env={**os.environ, "TERM": "xterm"},
            start_new_session=True,
        )
        os.set_blocking(self._own, False)
        self._text = ""

    def see(self, *words: str) -> str:
        """Wait until the latest screen, which is whole, has these words; return it."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(BlockingIOError, OSError):
                self._text += os.read(self._own, 1 << 16).decode()
            screen = self._text.rsplit("\x1b[2J", 1)[-1]
            plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)
            if "q quit" in plain and all(word in " ".join(plain.split()) for word in words):
                return plain
            time.sleep(0.02)
        raise AssertionError(f"{words} did not come; the last screen is\n{self._text[-3000:]}")

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._own, key.encode())

    def close(self) -> None:
        """End the watch, if it runs."""
        self.process.kill()
        self.process.wait()
        os.close(self._own)
        os.close(self.its)


def command(folder: Path, *stage: str) -> list[str]:
    return [
        *(sys.executable, "-m", "autograder", "check", *stage, "--watch"),
        *("--dir", str(folder), "--kit", str(KIT)),
    ]


def save(folder: Path, text: str, by_rename: bool = False) -> None:
    """Save as an editor does: in place, or by a file that takes the old one's place."""
    path = folder / "linear_svm.py"
    if by_rename:
        (folder / "linear_svm.py~new").write_text(text, "utf-8")
        (folder / "linear_svm.py~new").replace(path)
    else:
        path.write_text(text, "utf-8")


@pytest.fixture
def watch(tmp_path):
    """Watch a folder with the stub."""
    save(tmp_path, STUB)
    terminal = Terminal(tmp_path, "linear_svm")
    yield terminal
    terminal.close()


def test_it_leads_through_a_stage(watch, tmp_path):
    first = watch.see("0 of 8 functions, 0 of 34 points", "`add_bias` is not implemented yet.")
    assert "linear_forward  0 of" not in first

    save(tmp_path, NO_FACTOR, by_rename=True)
    watch.see("5 of 8 functions", "svm_loss_naive 1 of 6 points", "lacks its factor 2")
    watch.press("n")
    watch.see("svm_loss 0.86 of 6 points")
    watch.press("h")
    assert "Hint 2" not in watch.see("Hint 1 of 4: Find all margins")
    watch.press("h")
    watch.see("Hint 2 of 4: ")
    watch.press("p")
    assert "Hint" not in watch.see("svm_loss_naive 1 of 6 points")

    save(tmp_path, SOLUTION)
    watch.see("8 of 8 functions, 34 of 34 points", "All is right", "5 functions checked")
    watch.press("r")
    watch.see("8 functions checked in")
    watch.press("q")
    assert watch.process.wait(SECONDS) == 0


def test_only_what_a_save_affects_is_checked_and_what_it_breaks_is_told(watch, tmp_path):
    save(tmp_path, SOLUTION)
    watch.see("All is right")
    save(tmp_path, SOLUTION.replace("return np.argmax(", "return -np.argmax("))
    watch.see("7 of 8 functions", "predict_svm, tune_svm checked in", "predict_svm 0")
    save(tmp_path, SOLUTION)
    watch.see("All is right", "predict_svm, tune_svm checked in")


def test_a_file_that_is_no_python_or_gone_is_one_sentence(watch, tmp_path):
    save(tmp_path, SOLUTION)
    watch.see("All is right")
    save(tmp_path, SOLUTION.replace("def add_bias(X):", "def add_bias(X:"))
    watch.see("linear_svm.py, line 16: '(' was never closed. Mend that and save.", "8 of 8")
    (tmp_path / "linear_svm.py").unlink()
    watch.see("There is no linear_svm.py")
    save(tmp_path, SOLUTION, by_rename=True)
    watch.see("All is right")
    watch.press("q")
    assert watch.process.wait(SECONDS) == 0


def test_the_terminal_is_left_as_it_was(watch):
    import termios

    watch.see("0 of 8 functions")
    assert termios.tcgetattr(watch.its) != watch.before
    watch.press("q")
    assert watch.process.wait(SECONDS) == 1
    assert termios.tcgetattr(watch.its) == watch.before


def test_an_interrupt_leaves_the_terminal_as_it_was(watch):
    import termios

    watch.see("0 of 8 functions")
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(SECONDS) == 1
    assert termios.tcgetattr(watch.its) == watch.before


def test_a_save_of_one_stage_leaves_the_others_alone(tmp_path):
    save(tmp_path, STUB)
    shutil.copy(KIT / "starter" / "nearest_neighbors.py", tmp_path)
    watch = Terminal(tmp_path)
    try:
        watch.see("nearest_neighbors 0/25 linear_svm 0/34", "compute_distance 0 of 1")
        save(tmp_path, NO_FACTOR)
        watch.see("Linear classifier", "svm_loss_naive 1 of 6 points", "nearest_neighbors 0/25")
        save(tmp_path, SOLUTION)
        watch.see("Nearest neighbours", "linear_svm 34/34")
        assert "checking 9 functions" not in watch.see("linear_svm 34/34")
    finally:
        watch.close()


def test_without_a_terminal_it_prints_anew(tmp_path):
    save(tmp_path, "def add_bias(X:")
    output = tmp_path / "output.txt"
    with output.open("w") as file:
        process = subprocess.Popen(
            [*command(tmp_path, "linear_svm"), "--json", str(tmp_path / "report.json")],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=KIT,
        )
    try:
        wait_for(lambda: "line 1: '(' was never closed. Mend" in said(output))
        save(tmp_path, NO_FACTOR)
        wait_for(lambda: "5 of 8 functions" in said(output))
        save(tmp_path, SOLUTION, by_rename=True)
        wait_for(lambda: "All is right" in said(output))
        wait_for((tmp_path / "report.json").exists)
        assert "\x1b" not in output.read_text("utf-8")
        assert "q quit" not in said(output)
    finally:
        process.kill()
        process.wait()


def said(output: Path) -> str:
    return " ".join(output.read_text("utf-8").split())


def wait_for(holds) -> None:
    from tests.waiting import soon

    assert soon(holds, SECONDS)
