"""Who handed in what: folders of a class, exports of the learning platforms, nbgrader's tree."""

import os
import pickle
import socket
import time
import tracemalloc

import pytest
from archives import SOURCE, tar_of, zip_of

from autograder.errors import UserError
from autograder.submission import find_entries, read_submissions, stages_in, unpack
from autograder.submission.exports import LATE_NOTE

STAGE = "linear_svm.py"


def students(path):
    return [entry.student for entry in find_entries(path)]


# A folder with one entry for each student


def test_kinds_of_entries(build, read):
    folder = build(
        {
            f"Ada Löwe/{STAGE}": SOURCE,
            "bob.zip": zip_of({STAGE: SOURCE}),
            "carl.v2.tar.gz": tar_of({STAGE: SOURCE}),
            "dora.tgz": tar_of({STAGE: SOURCE}),
            "eve.py": SOURCE,
            "fay.ipynb": b'{"cells": [{"cell_type": "code", "source": "def f(): pass"}]}',
            f"gil.zip/{STAGE}": SOURCE,
        }
    )
    found = read(folder)
    assert list(found) == ["Ada Löwe", "bob", "carl.v2", "dora", "eve", "fay", "gil.zip"]
    assert [submission.reason for submission in found.values()] == [""] * 7
    assert all(list(submission.files) == [STAGE] for submission in found.values())
    assert found["eve"].files[STAGE] == SOURCE
    assert found["fay"].files[STAGE] == b"# cell 1\ndef f(): pass\n"


def test_litter_is_no_entry(build):
    names = [".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._ada.py", ".hidden", ".git/x"]
    folder = build(dict.fromkeys([*names, "__pycache__/a.pyc", "ada.py"], b""))
    assert students(folder) == ["ada"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bob.rar", "bob.rar is none of the kinds that can be read; expected a folder, .zip"),
        ("bob.pdf", "bob.pdf is none of"),
        ("bob", "bob is none of"),
        ("bob.tar.bz2", "bob.tar.bz2 is none of"),
    ],
)
def test_other_files_are_unreadable_entries(build, read, name, reason):
    folder = build({name: b"x", "ada.py": SOURCE})
    assert students(folder) == ["ada", "bob"]
    assert find_entries(folder)[1].reason.startswith(reason)
    assert read(folder)["bob"].reason.startswith(reason)


def test_empty_folder_is_an_unreadable_entry(build):
    folder = build({"bob": None, "eve/.DS_Store": b""})
    assert [entry.reason for entry in find_entries(folder)] == [
        "bob/ is an empty folder: ask for it again.",
        "eve/ is an empty folder: ask for it again.",
    ]


def test_links_and_devices_are_unreadable_entries(build, tmp_path):
    folder = build({})
    outside = build({STAGE: SOURCE}, root="outside")
    (folder / "ada").symlink_to(outside)
    (folder / "bob.py").symlink_to(outside / STAGE)
    (folder / "carl.zip").symlink_to("nowhere")
    os.mkfifo(folder / "dora.py")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(folder, os.O_RDONLY)
        try:
            server.bind(f"/proc/self/fd/{here}/eve.zip")
        finally:
            os.close(here)
        found = [(entry.student, entry.reason) for entry in find_entries(folder)]
    assert found == [
        ("ada", "ada is a symbolic link, which is not followed: ask for it again."),
        ("bob", "bob.py is a symbolic link, which is not followed: ask for it again."),
        ("carl", "carl.zip is a broken symbolic link, which is not followed: ask for it again."),
        ("dora", "dora.py is a FIFO: ask for it again."),
        ("eve", "eve.zip is a device or socket: ask for it again."),
    ]


def test_unreadable_entries(nobody, read):
    (nobody.path / "ada").mkdir(mode=0o000)
    (nobody.path / "bob.zip").touch(mode=0o000)
    with nobody:
        found = read(nobody.path)
    assert found["ada"].reason == "ada/ can't be read (Permission denied): ask for it again."
    assert "bob.zip can't be read (Permission denied)" in found["bob"].reason


def test_only_entry_is_unreadable(nobody):
    (nobody.path / "ada").mkdir(mode=0o000)
    with nobody:
        (entry,) = find_entries(nobody.path)
    assert entry.reason.startswith("ada/ can't be read")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (["ada/x.py", "ada.zip"], "ada/ and ada.zip name the same student: keep one of them."),
        (["ada.py", "ada.ipynb"], "ada.ipynb and ada.py name"),
        (["ada.zip", "ada.tar.gz", "ada.pdf"], "ada.pdf and ada.tar.gz and ada.zip name"),
        (["é.py", "e\u0301.zip"], "e\u0301.zip and é.py name"),
    ],
)
def test_two_entries_for_one_student(build, read, files, reason):
    folder = build(dict.fromkeys(files, SOURCE) | {"bob.py": SOURCE})
    found = read(folder)
    assert len(found) == 2 and found["bob"].files
    (other,) = set(found) - {"bob"}
    assert found[other].files == {} and found[other].reason.startswith(reason)


def test_names_that_differ_in_case_are_two_students(build):
    assert students(build({"Ada.py": b"", "ada.py": b""})) == ["Ada", "ada"]


def test_name_that_is_no_text(build, read):
    folder = build({})
    (folder / os.fsdecode(b"Ren\xe9.py")).write_bytes(SOURCE)
    (submission,) = read(folder).values()
    assert submission.student == r"Ren\xe9" and submission.files == {STAGE: SOURCE}


def test_entries_are_sorted_and_can_be_sent_to_other_processes(build, tmp_path):
    folder = build({"b.py": SOURCE, "a.zip": zip_of({STAGE: SOURCE}), f"c/{STAGE}": SOURCE})
    zipped = tmp_path / "submissions.zip"
    zipped.write_bytes(zip_of({"doe_1_2_linear_svm.py": SOURCE}))
    for path in (folder, zipped):
        entries = find_entries(path)
        read_submissions(entries[0], ["linear_svm"])
        assert students(path) == sorted(students(path))
        for entry in entries:
            sent = pickle.loads(pickle.dumps(entry))
            here, there = (read_submissions(e, ["linear_svm"]) for e in (entry, sent))
            assert here == there and here[0].files


# Calls that are wrong


def test_missing_path(tmp_path):
    with pytest.raises(UserError, match="nowhere is not there"):
        find_entries(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["ada.py", "class.tar.gz", "class.zip"])
def test_file_that_is_no_zip(tmp_path, name):
    (tmp_path / name).write_bytes(SOURCE)
    with pytest.raises(UserError, match="neither a folder nor a zip: expected"):
        find_entries(tmp_path / name)


def test_fifo_as_path_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="neither a folder nor a zip"):
        find_entries(tmp_path / "pipe")


def test_zip_of_no_lms(tmp_path):
    (tmp_path / "class.zip").write_bytes(zip_of({f"ada/{STAGE}": SOURCE, "bob.py": SOURCE}))
    with pytest.raises(UserError, match="is no export of Canvas, Moodle or Gradescope"):
        find_entries(tmp_path / "class.zip")


def test_damaged_zip_of_a_class(tmp_path):
    data = bytearray(zip_of({"doe_1_2_linear_svm.py": SOURCE}))
    data[data.index(b"PK\x01\x02")] = 0
    (tmp_path / "class.zip").write_bytes(bytes(data))
    with pytest.raises(UserError, match="is a damaged zip"):
        find_entries(tmp_path / "class.zip")


@pytest.mark.parametrize("name", ["../doe_1_2_a.py", "/doe_1_2_a.py", "./doe_1_2_a.py"])
def test_zip_of_a_class_that_would_escape(tmp_path, name):
    (tmp_path / "class.zip").write_bytes(zip_of({name: b"", "roe_3_4_linear_svm.py": b""}))
    with pytest.raises(UserError, match="leads out of it"):
        find_entries(tmp_path / "class.zip")


@pytest.mark.parametrize("files", [{}, {".DS_Store": b""}])
def test_no_entry_at_all(build, files):
    with pytest.raises(UserError, match="holds no submission: expected one entry for each student"):
        find_entries(build(files))


def test_folder_and_zip_without_permission(nobody):
    (nobody.path / "class").mkdir(mode=0o000)
    (nobody.path / "class.zip").touch(mode=0o000)
    with nobody:
        for name in ("class", "class/inner", "class.zip"):
            with pytest.raises(UserError, match="Permission denied"):
                find_entries(nobody.path / name)


# Canvas


@pytest.fixture(params=["zip", "folder", "zip with a folder", "folder with a folder"])
def export(request, build, tmp_path):
    """Write an export in each form in which an instructor may have it."""

    def write(files):
        within = "with" in request.param
        files = {f"hw1 export/{name}": data for name, data in files.items()} if within else files
        if request.param.startswith("folder"):
            return build(files, root="export")
        path = tmp_path / "export.zip"
        path.write_bytes(zip_of(files))
        return path

    return write


def test_canvas(export, read):
    path = export(
        {
            "doejane_111_9001_linear_svm.py": SOURCE,
            "doejane_111_9002_helpers.py": b"H = 1",
            "roerichard_LATE_222_9003_hw.zip": zip_of({f"hw/{STAGE}": SOURCE}),
            "coe_mary_333_9004_linear_svm-2.py": SOURCE,
            "poejohn_444_9005_essay.pdf": b"%PDF",
            "zoe_555_text.html": b"<p>",
            "__MACOSX/._x": b"",
            "moesam_666_777_part_1_2_linear_svm.py": SOURCE,
        }
    )
    found = read(path)
    assert list(found) == ["coe_mary", "doejane", "moesam", "poejohn", "roerichard", "zoe"]
    assert found["doejane"].files == {STAGE: SOURCE, "helpers.py": b"H = 1"}
    assert found["doejane"].notes == ()
    assert found["roerichard"].files == {STAGE: SOURCE}
    assert found["roerichard"].notes == (LATE_NOTE,)
    assert found["coe_mary"].files == {STAGE: SOURCE}
    assert "in essay.pdf of poejohn; found essay.pdf" in found["poejohn"].reason
    assert "in text.html of zoe; found text.html" in found["zoe"].reason
    assert found["moesam"].files == {STAGE: SOURCE}


def test_latest_attempt_counts_in_canvas(export, read):
    path = export(
        {
            "doejane_1_998_linear_svm.py": b"first",
            "doejane_1_1001_linear_svm-1.py": b"third",
            "doejane_1_999_linear_svm-2.py": b"second",
            "doejane_1_990_b-e3b0c442-98fc-4c14-9afb-f4c8996fb924.py": b"b",
        }
    )
    submission = read(path)["doejane"]
    assert submission.files == {STAGE: b"third", "b.py": b"b"}
    assert submission.notes == ("linear_svm.py was handed in again; the latest one counts.",)


def test_canvas_names_that_two_students_share(export, read):
    files = {"doejane_1_10_a.py": b"1", "doejane_LATE_2_11_a.py": b"2", "roe_3_12_a.py": b"3"}
    assert list(read(export(files))) == ["doejane_1", "doejane_2", "roe"]


def test_anonymous_canvas_names(export, read):
    found = read(export({"anon_x1Yz2_10_a.py": SOURCE, "LATE_anon_Q9b4c_11_a.py": SOURCE}))
    assert list(found) == ["anon_Q9b4c", "anon_x1Yz2"]
    assert found["anon_Q9b4c"].notes[0] == LATE_NOTE


def test_number_after_a_dash_is_kept_where_canvas_did_not_put_it(export, read):
    files = {
        "doe_1_10_linear_svm.py": SOURCE,
        "doe_1_11_data-1.csv": b"1",
        "doe_1_12_a-2024.py": b"",
    }
    assert sorted(read(export(files))["doe"].files) == ["a-2024.py", "data-1.csv", STAGE]


def test_files_of_one_student_count_together(export, read, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", 3 * unpack.MB)
    files = {f"doe_1_{i}_{i}.csv": bytes(unpack.MB) for i in range(100, 140)}
    path = export(files | {"roe_2_3_linear_svm.py": SOURCE})
    (doe, _) = find_entries(path)
    tracemalloc.start()
    (submission,) = read_submissions(doe, ["linear_svm"])
    assert tracemalloc.get_traced_memory()[1] < 8 * unpack.MB
    tracemalloc.stop()
    assert submission.reason.startswith("the files of doe come to more than 3 MB or 2000 files")
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", 50 * unpack.MB)
    assert "found 100.csv" in read(path)["doe"].reason
    monkeypatch.setattr(unpack, "MAX_FILES", 39)
    assert "more than 50 MB or 39 files" in read(path)["doe"].reason


def test_archive_beside_other_files_in_canvas_is_unpacked_once(export, read):
    inner = zip_of({STAGE: SOURCE})
    path = export({"doe_1_2_hw.zip": inner, "doe_1_3_essay.pdf": b"", "roe_2_4_a.zip": inner})
    assert read(path)["doe"].files == {STAGE: SOURCE}
    path.rename(path.with_name("first"))
    path = export({"doe_1_2_a.zip": zip_of({"b.zip": inner}), "doe_1_3_essay.pdf": b""})
    assert "found b.zip" in read(path)["doe"].reason


def test_names_in_canvas_may_collide_or_be_litter(export, read):
    found = read(
        export(
            {
                "doe_1_2_linear_svm.py": SOURCE,
                "doe_1_3_.DS_Store": b"x",
                "roe_2_4_a.py": SOURCE,
                "roe_2_5_A.py": SOURCE,
            }
        )
    )
    assert found["doe"].files == {STAGE: SOURCE}
    assert found["roe"].reason.startswith("the files of roe holds both")


def test_stranger_among_canvas_files_is_an_entry(export, read):
    files = {"doe_1_10_linear_svm.py": SOURCE, "roe_2_11_linear_svm.py": SOURCE}
    found = read(export(files | {"late.zip": zip_of({STAGE: SOURCE}), "grades.csv": b""}))
    assert list(found) == ["doe", "grades", "late", "roe"]
    assert found["late"].files and "grades.csv is none of" in found["grades"].reason


def test_hostile_member_refuses_only_its_own_entry(tmp_path, read):
    path = tmp_path / "export.zip"
    path.write_bytes(
        zip_of(
            {
                "Ada L_1_assignsubmission_file_/linear_svm.py": SOURCE,
                "Bob M_2_assignsubmission_file_/linear_svm.py": SOURCE,
                "Bob M_2_assignsubmission_file_/../../x.py": SOURCE,
                "Eve N_3_assignsubmission_file_/zeros": bytes(30 * 2**20),
                "Fay O_4_assignsubmission_file_/linear_svm.py": b"/etc/passwd",
            },
            links=["Fay O_4_assignsubmission_file_/linear_svm.py"],
        )
    )
    found = read(path)
    assert found["Ada L"].files == {STAGE: SOURCE}
    assert "leads out of it" in found["Bob M"].reason
    assert "more than 16 MB" in found["Eve N"].reason
    assert "is a symbolic link" in found["Fay O"].reason


def test_damaged_member_of_an_export(tmp_path, read):
    data = bytearray(
        zip_of({"doe_1_2_linear_svm.py": os.urandom(500), "roe_3_4_linear_svm.py": b""})
    )
    data[300] ^= 0xFF
    (tmp_path / "export.zip").write_bytes(bytes(data))
    found = read(tmp_path / "export.zip")
    assert "linear_svm.py of doe is damaged in export.zip" in found["doe"].reason
    assert found["roe"].files


def test_class_that_only_looks_a_little_like_canvas(build):
    names = ["ada.py", "bob.py", "team_1_2_x.py", "eve.py"]
    assert students(build(dict.fromkeys(names, b""))) == ["ada", "bob", "eve", "team_1_2_x"]
    folders = {f"team_{i}_2_x/{STAGE}": b"" for i in (1, 2)}
    assert students(build(folders, "teams")) == ["team_1_2_x", "team_2_2_x"]


def test_empty_zip(tmp_path):
    (tmp_path / "class.zip").write_bytes(zip_of({}))
    with pytest.raises(UserError, match="is no export"):
        find_entries(tmp_path / "class.zip")


def test_long_names_take_little_time(tmp_path):
    (tmp_path / "class.zip").write_bytes(zip_of({"1" * 60_000: b"", "a_" * 30_000: b""}))
    begin = time.process_time()
    with pytest.raises(UserError, match="is no export"):
        find_entries(tmp_path / "class.zip")
    assert time.process_time() - begin < 2


# Moodle


@pytest.mark.parametrize("end", ["_", ""])
def test_moodle(export, read, end):
    path = export(
        {
            f"Ada Löwe_101_assignsubmission_file{end}/linear_svm.py": SOURCE,
            f"Ada Löwe_101_assignsubmission_file{end}/data/w.csv": b"1",
            f"Ada Löwe_101_assignsubmission_onlinetext{end}/onlinetext.html": b"<p>",
            f"Bob Doe_102_assignsubmission_file{end}/hw.zip": zip_of({STAGE: SOURCE}),
            f"Bob Doe_103_assignsubmission_file{end}/linear_svm.py": SOURCE,
            f"Eve_104_assignsubmission_onlinetext{end}/onlinetext.html": b"<p>",
            f"Team A_assignsubmission_file{end}/linear_svm.py": SOURCE,
        }
    )
    found = read(path)
    assert list(found) == ["Ada Löwe", "Bob Doe_102", "Bob Doe_103", "Eve", "Team A"]
    assert found["Ada Löwe"].files == {STAGE: SOURCE, "data/w.csv": b"1"}
    assert found["Bob Doe_102"].files == {STAGE: SOURCE}
    assert "found onlinetext.html" in found["Eve"].reason


def test_moodle_without_folders(export, read):
    path = export(
        {
            "Ada Löwe_101_assignsubmission_file_linear_svm.py": SOURCE,
            "Ada Löwe_101_assignsubmission_file_b.py": b"1",
            "Bob_102_assignsubmission_file_my_homework.py": SOURCE,
        }
    )
    found = read(path)
    assert found["Ada Löwe"].files == {STAGE: SOURCE, "b.py": b"1"}
    assert found["Bob"].files == {STAGE: SOURCE}


def test_two_moodle_folders_of_one_participant(export, read):
    files = {f"Ada_101_assignsubmission_file{end}/{STAGE}": SOURCE for end in ("", "_")}
    assert "name the same student" in read(export(files))["Ada"].reason


# Gradescope

METADATA = """\
---
submission_11: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
  :submitters:
  - :name: Ada Löwe
    :sid: '0012'
    :email: ada@example.edu
  :created_at: 2021-10-04 15:22:33.000000000 Z
  :score: 10.0
submission_12:
  :submitters:
  - :name: Bob Doe
    :sid: '0013'
    :email: bob@example.edu
  - :name: Carl Roe
    :email: carl@example.edu
submission_13:
  :submitters:
  - :name: Bob Doe
    :sid: '0014'
submission_14:
  :submitters: []
submission_15:
  :submitters:
  - :name: Gone
submission_9:
  :submitters:
  - :name: Ada Löwe
    :sid: '0012'
    :email: ada@example.edu
submission_17:
  :submitters:
  - :email: eve@example.edu
"""


def gradescope(metadata=METADATA):
    files = {f"submission_{i}/linear_svm.py": b"%d" % i for i in (9, 11, 12, 13, 14, 16, 17)}
    return files | {"submission_metadata.yml": metadata.encode()}


def test_gradescope(export, read):
    found = read(export(gradescope()))
    assert list(found) == [
        *("Ada Löwe", "Bob Doe_0013", "Bob Doe_0014", "Carl Roe", "Gone"),
        *("eve@example.edu", "submission_14", "submission_16"),
    ]
    assert found["Ada Löwe"].files == {STAGE: b"11"}
    assert found["Ada Löwe"].notes == (
        "Gradescope holds several submissions; the latest one counts.",
    )
    assert found["Bob Doe_0013"].files == found["Carl Roe"].files == {STAGE: b"12"}
    assert found["Bob Doe_0014"].files == {STAGE: b"13"}
    assert "no such folder" in found["Gone"].reason
    assert found["submission_16"].files == {STAGE: b"16"}


@pytest.mark.parametrize(
    "metadata", ["{", "[]", "", "\0", "a: &a [*a]", "? [1]\n: 2", "[" * 5000, "{a: " * 10**6]
)
def test_metadata_that_is_no_metadata(export, metadata):
    with pytest.raises(
        UserError, match=r"submission_metadata\.yml in .* (is no YAML|names no)"
    ) as e:
        find_entries(export(gradescope(metadata)))
    assert "\n" not in str(e.value)


def test_metadata_of_many_submissions(export):
    metadata = "".join(f"submission_{i}: {{submitters: []}}\n" for i in range(100))
    assert len(students(export(gradescope(metadata)))) == 100


def test_metadata_of_odd_form(export):
    metadata = "submission_9: 3\nsubmission_11: {submitters: [3, {name: []}, {name: Eve}]}\n"
    assert "Eve" in students(export(gradescope(metadata)))


# nbgrader


@pytest.fixture
def course(build):
    """Make an nbgrader course with two students."""
    notebook = b'{"cells": [{"cell_type": "code", "source": "A = 1"}]}'
    return build(
        {
            "nbgrader_config.py": b"",
            "source/linear_svm/hw.ipynb": notebook,
            "submitted/ada/linear_svm/hw.ipynb": notebook,
            "submitted/ada/linear_svm/helpers.py": b"",
            "submitted/ada/linear_svm/timestamp.txt": b"2024",
            "submitted/ada/convnet/convnet.py": b"C = 1",
            "submitted/bob/2_linear_svm/hw.ipynb": notebook,
            "submitted/eve/ps1/linear_svm.ipynb": notebook,
            "submitted/eve/ps1/timestamp.txt": b"2024",
        },
        root="course",
    )


@pytest.mark.parametrize("part", ["", "submitted"])
def test_nbgrader(course, part, read, monkeypatch):
    assert students(course / part) == ["ada", "bob", "eve"]
    monkeypatch.chdir(course / part)
    found = read(".")
    assert found["bob"].files == found["eve"].files == {STAGE: b"# cell 1\nA = 1\n"}
    assert "found helpers.py, hw.ipynb" in found["ada"].reason
    (course / "submitted/ada/linear_svm/helpers.py").unlink()
    assert read(".")["ada"].files == {STAGE: b"# cell 1\nA = 1\n"}
    assert read(".", stages=["convnet"])["ada"].files == {"convnet.py": b"C = 1"}
    known = ["nearest_neighbors", "linear_svm", "convnet"]
    assert stages_in(find_entries("."), known) == ["linear_svm", "convnet"]


def test_course_whose_submitted_is_a_link_is_none(course):
    (course / "submitted").rename(course / "elsewhere")
    (course / "submitted").symlink_to("elsewhere")
    assert students(course) == ["elsewhere", "nbgrader_config", "source", "submitted"]


def test_folder_named_submitted_may_be_a_student(build):
    assert students(build({f"submitted/{STAGE}": SOURCE, f"ada/{STAGE}": SOURCE})) == [
        "ada",
        "submitted",
    ]


# Stages


def test_stages_in(build):
    known = ["nearest_neighbors", "linear_svm", "two_layer_net", "convnet"]
    folder = build(
        {
            "ada/deep/linear_svm.py": b"",
            "bob.zip": zip_of({"convnet.ipynb": b""}),
            "carl.zip": b"damaged",
            "two_layer_net.py": b"",
            "eve.rar": b"",
            "fay/nearest_neighbors.txt": b"",
        }
    )
    assert stages_in(find_entries(folder), known) == ["linear_svm", "convnet"]


def test_stages_of_a_folder_named_as_a_file(build):
    folder = build({"ada.py/linear_svm.py": b"", "linear_svm.ipynb/convnet.py": b""})
    assert stages_in(find_entries(folder), ["linear_svm", "convnet"]) == ["linear_svm", "convnet"]


def test_stages_in_canvas(export):
    path = export({"doe_1_10_linear_svm.py": b"", "roe_2_11_convnet-1.ipynb": b""})
    assert stages_in(find_entries(path), ["linear_svm", "convnet"]) == ["linear_svm", "convnet"]


def test_stages_that_only_folders_of_nbgrader_tell(build):
    folder = build({"ada/2_linear_svm/hw.ipynb": b"", "ada/convnet/readme.txt": b""}, "submitted")
    assert stages_in(find_entries(folder), ["linear_svm", "convnet"]) == ["linear_svm"]
    folder = build({"ada/2_linear_svm/hw.ipynb": b""})
    assert stages_in(find_entries(folder), ["linear_svm"]) == []


def test_folders_of_nbgrader_for_several_stages_at_once(build):
    notebook = b'{"cells": [{"cell_type": "code", "source": "A = 1"}]}'
    files = {"ada/linear_svm/hw.ipynb": notebook, "ada/convnet/hw.ipynb": notebook}
    folder = build({**files, "ada/ps9/hw.ipynb": notebook}, "submitted")
    (folder / "ada/convnet/link.txt").symlink_to("/")
    (entry,) = find_entries(folder)
    svm, convnet, net = read_submissions(entry, ["linear_svm", "convnet", "two_layer_net"])
    assert svm.files == {STAGE: b"# cell 1\nA = 1\n"} and convnet.files and net.reason
    assert (svm.notes, convnet.notes[1:]) == (
        ("hw.ipynb was taken for linear_svm.py, as the only file of code.",),
        ("link.txt is a symbolic link: left out.",),
    )


def test_single_notebook_in_another_assignment_of_nbgrader(build, read):
    notebook = b'{"cells": [{"cell_type": "code", "source": "A = 1"}]}'
    assert read(build({"ada/ps1/hw.ipynb": notebook}, "submitted"))["ada"].files


def test_plain_folders_are_not_read_as_those_of_nbgrader(build, read):
    files = {"linear_svm/x.py": b"", "linear_svm.py": SOURCE, "timestamp.txt": b"2024"}
    submission = read(build({f"ada/{name}": data for name, data in files.items()}))["ada"]
    assert submission.files == files
