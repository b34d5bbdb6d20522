"""The sandbox: what student code can't do, and what a call that goes wrong becomes."""

import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.student import CallFailed, NotParsable, Student
from autograder.sandbox.wire import pack
from autograder.stage import Function, Limits, Stage

LIMITS = Limits(call_seconds=1.5, training_seconds=1.5, submission_seconds=60, memory_mb=1024)


def student_of(source: str | bytes, limits: Limits = LIMITS, **others: bytes) -> Student:
    stage = Stage(
        number=0,
        name="probe",
        title="probe",
        summary="probe",
        limits=limits,
        functions=(Function(name="f", points=1, hints=("-",)),),
    )
    content = source if isinstance(source, bytes) else textwrap.dedent(source).encode()
    return Student({"probe.py": content, **others}, stage)


@pytest.fixture
def probe():
    opened = []

    def open_student(source, **keywords):
        opened.append(student_of(source, **keywords))
        return opened[-1]

    yield open_student
    for student in opened:
        student.close()


def failure(student: Student, function: str = "f", *args) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        student.call(function, pack(list(args), {}))
    return caught.value


def test_a_call_returns_its_value(probe):
    student = probe("def f(x, by=2): return {'twice': x * by, 'pair': (1, [x.sum()])}")
    value = student.call("f", pack([np.arange(3.0)], {"by": 3}))
    np.testing.assert_array_equal(value["twice"], [0, 3, 6])
    assert value["pair"] == (1, [3.0])
    assert {"process", "rlimits"} <= set(student.layers)


def test_the_worker_holds_no_answers(probe, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SECRET", "the secret")
    student = probe("""
        import importlib.util, os, sys
        def f():
            modules = [m for m in sys.modules if m.startswith("autograder.checks")]
            return importlib.util.find_spec("solutions") is None, modules, dict(os.environ)
        """)
    no_solutions, modules, environment = student.call("f", pack([], {}))
    assert no_solutions
    assert modules == []
    assert not [name for name in environment if "SECRET" in name or name.startswith("AUTOGRADER")]
    assert environment["OPENBLAS_NUM_THREADS"] == "1"


def test_the_kits_own_imports_in_a_students_file_do_no_harm(probe):
    student = probe("""
        from autograder import datasets
        from autograder.datasets import load
        def f(): return 1
        def g(): return load("mnist")
        """)
    assert student.call("f", pack([], {})) == 1
    assert "not there while functions are checked" in str(failure(student, "g"))


SWALLOWS = """while True:
        try:
            while True: pass
        except BaseException: pass"""


@pytest.mark.parametrize(
    "loop",
    ["while True: pass", SWALLOWS, "__import__('time').sleep(1e6)", "10 ** 10 ** 9"],
    ids=["busy", "swallows", "sleeps", "in C"],
)
def test_a_hang_is_stopped_and_the_other_functions_live(probe, loop):
    student = probe(f"def g(): return 7\ndef f():\n    {loop}\n")
    begin = time.monotonic()
    caught = failure(student)
    assert caught.outcome == "timeout"
    assert "1.5 s" in str(caught)
    assert time.monotonic() - begin < 6
    assert student.call("g", pack([], {})) == 7
    begin = time.monotonic()
    assert failure(student).outcome == "timeout"  # told again at once
    assert time.monotonic() - begin < 0.5


def test_a_hang_at_import_costs_one_limit(probe):
    student = probe("while True: pass\ndef f(): return 1")
    assert failure(student).outcome == "timeout"
    begin = time.monotonic()
    assert "can't be imported" in str(failure(student))
    assert time.monotonic() - begin < 0.5


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("os._exit(0)", "exit code 0"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("ctypes.string_at(0)", "SIGSEGV"),
    ],
)
def test_ending_the_process_is_killed(probe, end, words):
    student = probe(f"import ctypes, os\ndef f(): {end}\ndef g(): return 7")
    caught = failure(student)
    assert caught.outcome == "killed"
    assert words in str(caught)
    assert student.call("g", pack([], {})) == 7


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return f()", "RecursionError"),
        ("return input()", "EOFError"),
        ("return np.ones(2**40)", "MemoryError"),
        ("return 1 / 0", "ZeroDivisionError: division by zero (probe.py, line 2, in f)"),
    ],
)
def test_an_exception_is_an_error_with_its_line(probe, body, words):
    caught = failure(probe(f"import numpy as np\ndef f(): {body}"))
    assert caught.outcome == "error"
    assert words.split(":")[0] in str(caught)
    assert words in str(caught) or ":" not in words
    assert caught.line == 2


def test_an_exception_names_its_classes(probe):
    caught = failure(probe("class Odd(ValueError): pass\ndef f(): raise Odd"))
    assert caught.kinds[:2] == ("Odd", "ValueError")


def test_not_implemented_says_which_function(probe):
    student = probe("""
        def f(): raise NotImplementedError("f")
        def g(): return f()
        """)
    assert failure(student).outcome == "not_implemented"
    assert str(failure(student)) == "`f` is not implemented yet"
    assert "`g` calls `f`" in str(failure(student, "g"))
    assert failure(student, "absent").outcome == "not_implemented"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("(x for x in [])", "a generator"),
        ("object()", "an object"),
        ("np.array([None])", "dtype object"),
        ("[[[[[[[[[[[[[[1]]]]]]]]]]]]]]", "levels deep"),
    ],
)
def test_what_is_no_data_is_refused(probe, value, words):
    caught = failure(probe(f"import numpy as np\ndef f(): return {value}"))
    assert caught.outcome == "failed"
    assert words in str(caught)


def test_an_object_that_equals_everything_comes_back_as_plain_numbers(probe):
    student = probe("""
        import numpy as np
        class Always(np.ndarray):
            def __eq__(self, other): return True
            def __array_function__(self, *a): return True
        def f(): return np.zeros(2).view(Always)
        """)
    assert type(student.call("f", pack([], {}))) is np.ndarray


@pytest.mark.parametrize("source", ["def f(:\n", "def f():\nreturn 1", b"def f(): pass\0"])
def test_what_is_no_python_is_not_parsable(probe, source):
    with pytest.raises(NotParsable, match=r"probe\.py can't be imported"):
        probe(source).load()


def test_output_is_captured_and_capped(probe, capfd):
    student = probe("""
        import os, sys
        print("at import")
        def f():
            for _ in range(3000): os.write(1, b"x" * 1000)
            print("to stderr", file=sys.stderr)
            return 1
        """)
    assert student.call("f", pack([], {})) == 1
    assert student.output().startswith("at import")
    assert len(student.output()) <= 64 * 1024
    assert capfd.readouterr() == ("", "")


def test_forged_replies_change_only_the_students_own_values(probe):
    student = probe("""
        import os, struct
        def f():
            for descriptor in range(3, 10):
                try: os.write(descriptor, struct.pack(">Q", 5) + b"junk!")
                except OSError: pass
            return 1
        def g(): return 7
        """)
    assert failure(student).outcome == "killed"
    assert student.call("g", pack([], {})) == 7


def test_an_endless_stream_of_replies_ends_at_the_limit(probe):
    student = probe("""
        import os, msgpack, struct
        def f():
            ask = msgpack.packb({"status": "ask", "function": "f", "args": [], "kwargs": {}})
            frame = struct.pack(">Q", len(ask)) + ask
            while True:
                for descriptor in range(3, 10):
                    try: os.write(descriptor, frame)
                    except OSError: pass
        """)
    assert failure(student).outcome in ("timeout", "killed")


def test_watch_tells_of_changed_and_shared_arguments(probe):
    student = probe("""
        def f(x): return x + 1
        def g(x):
            x += 1
            return x.copy()
        def h(x): return x.T
        def k(x): return {"inner": (x[:1],)}
        """)
    seen = {name: student.watch(name, pack([np.zeros((2, 2))], {}))[1:] for name in "fghk"}
    assert seen == {
        "f": (False, False),
        "g": (True, False),
        "h": (False, True),
        "k": (False, True),
    }


def test_replaced_functions_are_answered_by_the_grader_and_given_back(probe):
    student = probe("""
        def inner(x): raise NotImplementedError
        def f(x): return inner(x) + 1
        """)
    with student.replacing(("inner",), lambda name, args, kwargs: args[0] * 10):
        assert student.call("f", pack([2], {})) == 21
    assert failure(student, "f", 2).outcome == "not_implemented"


def test_a_replaced_function_stays_replaced_after_a_crash(probe):
    student = probe("""
        import os
        def inner(x): return 0
        def f(x): return inner(x) + 1
        def crash(): os._exit(3)
        """)
    with student.replacing(("inner",), lambda name, args, kwargs: args[0] * 10):
        assert failure(student, "crash").outcome == "killed"
        assert student.call("f", pack([2], {})) == 21
    assert student.call("f", pack([2], {})) == 1


def test_helpers_beside_the_file_are_imported_and_nothing_shadows_numpy(probe):
    student = probe(
        "import numpy as np, helper\ndef f(): return helper.two() + float(np.ones(2).sum())",
        **{"helper.py": b"def two(): return 2", "numpy.py": b"raise RuntimeError"},
    )
    assert student.call("f", pack([], {})) == 4


def test_nothing_is_left_behind(probe):
    student = probe("""
        import os, subprocess, sys
        def f():
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            return os.getcwd(), child.pid
        """)
    folder, child = student.call("f", pack([], {}))
    student.close()
    assert not Path(folder).exists()
    status = Path(f"/proc/{child}/status")
    for _ in range(100):
        if not status.exists() or "State:\tZ" in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("a child of the worker is still running")


def test_the_whole_stage_has_a_limit(probe):
    limits = Limits(call_seconds=5, submission_seconds=1.5, memory_mb=1024)
    student = probe("import time\ndef f(): time.sleep(1)\ndef g(): return 7", limits=limits)
    for _ in range(2):
        try:
            student.call("f", pack([], {}))
        except CallFailed:
            break
    assert failure(student, "g").outcome == "timeout"


def test_a_big_file_is_not_written(probe):
    caught = failure(
        probe("""
        def f():
            with open("big", "wb") as file:
                for _ in range(200): file.write(bytes(2**20))
        """)
    )
    assert caught.outcome in ("error", "killed")
