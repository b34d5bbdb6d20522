"""The submission room as the graders use it; tests/submission/ has a test for each rule."""

import io
import tarfile
import zipfile

from autograder.submission import find_entries, read_submissions, stages_in

KNOWN = ["nearest_neighbors", "linear_svm", "two_layer_net", "convnet"]
SOURCE = b"import numpy as np\n\n\ndef linear_forward(W, X):\n    return X @ W\n"


def test_every_entry_of_a_class_has_an_outcome(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/linear_svm.py").write_bytes(SOURCE)
    (tmp_path / "ada/convnet.py").write_bytes(b"# not yet\n")
    with zipfile.ZipFile(tmp_path / "bob.zip", "w") as archive:
        archive.writestr("hw2/linear_svm.py", SOURCE)
    with tarfile.open(tmp_path / "carl.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("../linear_svm.py")
        info.size = len(SOURCE)
        archive.addfile(info, io.BytesIO(SOURCE))
    (tmp_path / "dora.py").write_bytes(SOURCE)
    (tmp_path / "dora.rar").write_bytes(b"Rar!")
    (tmp_path / "eve").symlink_to("/")
    (tmp_path / "fay").mkdir()
    (tmp_path / "gus.py").write_bytes(SOURCE)

    entries = find_entries(tmp_path)
    assert [entry.student for entry in entries] == [
        "ada",
        "bob",
        "carl",
        "dora",
        "eve",
        "fay",
        "gus",
    ]
    assert stages_in(entries, KNOWN) == ["linear_svm", "convnet"]

    found = {e.student: read_submissions(e, ["linear_svm"], KNOWN)[0] for e in entries}
    readable = {name for name, submission in found.items() if not submission.reason}
    assert readable == {"ada", "bob", "gus"}
    assert all(found[name].files["linear_svm.py"] == SOURCE for name in readable)
    assert found["bob"].sha256 == found["gus"].sha256
    for name in set(found) - readable:
        assert found[name].files == {} and name in found[name].reason
        assert found[name].reason.endswith(".") and "\n" not in found[name].reason


def test_all_stages_of_one_student(tmp_path):
    (tmp_path / "ada").mkdir()
    for stage in KNOWN[:2]:
        (tmp_path / "ada" / f"{stage}.py").write_bytes(SOURCE)
    (entry,) = find_entries(tmp_path)
    submissions = read_submissions(entry, KNOWN, KNOWN)
    assert [submission.stage for submission in submissions] == KNOWN
    assert [bool(submission.reason) for submission in submissions] == [False, False, True, True]
