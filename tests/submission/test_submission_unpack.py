"""Folders, zips and tars: what is read of them, what is left out, and what is refused whole."""

import io
import os
import struct
import tarfile
import tracemalloc
import zipfile

import pytest
from archives import SOURCE, gzipped, tar_of, zip_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.submission import read_submissions, unpack
from autograder.submission.entries import find_entries

STAGE = "linear_svm.py"


@pytest.fixture(params=["zip", "tar.gz"])
def pack(request):
    """Each way to pack files, with the name that the archive then has."""
    packer = zip_of if request.param == "zip" else tar_of
    return lambda files: (packer(files), f"ada.{request.param}")


# Archives


@pytest.mark.parametrize("name", ["ada.zip", "ada.ZIP", "ada.tar.gz", "ada.tgz"])
def test_archive_is_read(read_one, name):
    pack = zip_of if name.lower().endswith("zip") else tar_of
    submission = read_one(pack({STAGE: SOURCE, "helpers/__init__.py": b"", "w.npy": b"\x93"}), name)
    assert submission.student == "ada"
    assert submission.files == {STAGE: SOURCE, "helpers/__init__.py": b"", "w.npy": b"\x93"}
    assert submission.notes == ()


@pytest.mark.parametrize(
    "name",
    [
        *("../linear_svm.py", "a/../../b.py", "a/../b.py", "/etc/b.py", "C:/b.py", "c:b.py"),
        *("a\\b.py", "..\\b.py", "a\nb.py", "__MACOSX/../../b.py", "x/" * 30 + "b.py"),
        *("n" * 300 + ".py", ("d" * 120 + "/") * 10 + "b.py", "a\x7fb.py"),
    ],
)
def test_escaping_member_refuses_the_whole_archive(read_one, pack, name):
    submission = read_one(*pack({STAGE: SOURCE, name: b"x = 1"}))
    assert submission.files == {}
    assert "ada." in submission.reason
    assert submission.reason.count("\n") == 0 and submission.reason.endswith(".")


def test_nul_in_a_zip_name_is_refused(read_one):
    data = zip_of({STAGE: SOURCE, "aXb.py": b""}).replace(b"aXb.py", b"a\0b.py")
    assert "control character" in read_one(data).reason


def test_dot_and_double_slash_in_names_are_harmless(read_one, pack):
    submission = read_one(*pack({"./linear_svm.py": SOURCE, "./a//b.txt": b"1"}))
    assert submission.files == {STAGE: SOURCE, "a/b.txt": b"1"}


@pytest.mark.parametrize(
    "files",
    [
        {STAGE: SOURCE, "A.py": b"1", "a.py": b"2"},
        {STAGE: SOURCE, "Data/x": b"1", "data/X": b"2"},
        {STAGE: SOURCE, "\u00e9.py": b"1", "e\u0301.py": b"2"},
        {STAGE: SOURCE, "a": b"1", "A/b": b"2"},
    ],
)
def test_colliding_names_refuse_the_whole_entry(read_one, pack, files):
    assert "rename one of them" in read_one(*pack(files)).reason


def test_colliding_names_in_a_folder(read_one):
    submission = read_one({STAGE: SOURCE, "A.py": b"1", "a.py": b"2"})
    assert submission.files == {} and "“A.py” and “a.py”" in submission.reason


def test_one_name_twice_is_refused(read_one):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zip_of([(STAGE, SOURCE), (STAGE, b"other")])
    assert "twice" in read_one(data).reason


def test_encrypted_zip(read_one):
    data = bytearray(zip_of({STAGE: SOURCE}))
    data[6] |= 1  # the flag, in the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    assert "encrypted" in read_one(bytes(data)).reason


def test_unusual_compression_is_refused(read_one):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(STAGE, SOURCE)
    assert "make an ordinary zip" in read_one(buffer.getvalue()).reason


@pytest.mark.parametrize("cut", [0, 1, 30, -30, -1])
def test_truncated_archive_is_refused(read_one, pack, cut):
    data, name = pack({STAGE: SOURCE, "b.txt": os.urandom(2000)})
    submission = read_one(data[:cut], name)
    assert submission.files == {} and submission.reason.startswith(f"{name} is a damaged archive")


def test_bit_rot_in_a_member_is_refused(read_one, pack):
    data, name = pack({"a.txt": os.urandom(5000), STAGE: SOURCE})
    broken = bytearray(data)
    broken[2000] ^= 0xFF
    assert "damaged" in read_one(bytes(broken), name).reason


def test_checksum_at_the_end_of_a_tar_is_compared(read_one):
    data = bytearray(tar_of({STAGE: SOURCE}))
    data[-8] ^= 0xFF
    assert "damaged" in read_one(bytes(data), "ada.tar.gz").reason


def test_links_in_a_zip_are_left_out(read_one):
    submission = read_one(zip_of({STAGE: SOURCE, "data": b"/etc/passwd"}, links=["data"]))
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == ("data is a symbolic link: left out.",)


def test_special_members_of_a_tar_are_left_out(read_one):
    kinds = {
        "s": tarfile.SYMTYPE,
        "h": tarfile.LNKTYPE,
        "f": tarfile.FIFOTYPE,
        "c": tarfile.CHRTYPE,
    }
    special = []
    for name, kind in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        special.append(info)
    submission = read_one(tar_of({STAGE: SOURCE}, special), "ada.tgz")
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == (
        "c is no regular file: left out.",
        "f is a FIFO: left out.",
        "h is a hard link: left out.",
        "s is a symbolic link: left out.",
    )


def test_stage_file_that_is_a_link_is_unreadable(read_one):
    submission = read_one(zip_of({STAGE: b"/etc/passwd", "b.py": b""}, links=[STAGE]))
    assert submission.files == {}
    assert submission.reason.startswith("linear_svm.py in ada.zip is a symbolic link")


@pytest.mark.parametrize("litter", [".DS_Store", "__MACOSX/._a.py", "Thumbs.db", "desktop.ini"])
def test_litter_is_dropped(read_one, pack, litter):
    assert read_one(*pack({STAGE: SOURCE, litter: b"1"})).files == {STAGE: SOURCE}


def test_tool_folders_are_dropped(read_one, pack):
    files = {STAGE: SOURCE, ".git/config": b"", ".ipynb_checkpoints/linear_svm.py": b""}
    files |= {
        "__pycache__/linear_svm.cpython-311.pyc": b"",
        "b.pyc": b"",
        ".venv/linear_svm.py": b"",
    }
    files |= {"env/pyvenv.cfg": b"", "env/lib/linear_svm.py": b"", "sub/v/pyvenv.cfg": b""}
    submission = read_one(*pack(files | {"sub/v/a.py": b"", "environment.txt": b""}))
    assert submission.files == {STAGE: SOURCE, "environment.txt": b""}


def test_tool_folders_in_a_folder_are_dropped(read_one):
    files = {STAGE: SOURCE, ".git/config": b"", "env/pyvenv.cfg": b"", "env/linear_svm.py": b""}
    assert read_one(files | {"__pycache__/x.pyc": b"", "x.pyc": b""}).files == {STAGE: SOURCE}


# Limits


def peak_of(function, *args):
    """Return what a function returns, and the most memory that it had at once."""
    tracemalloc.start()
    try:
        return function(*args), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_bomb_in_one_file_is_refused_unread(read_one, pack):
    data, name = pack({STAGE: SOURCE, "zeros": bytes(100 * unpack.MB)})
    assert len(data) < 200_000
    submission, peak = peak_of(read_one, data, name)
    assert "more than 16 MB" in submission.reason
    assert peak < 2 * unpack.MAX_FILE_BYTES + unpack.MB


def test_bomb_in_many_files_is_refused(read_one, pack, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", 8 * unpack.MB)
    data, name = pack({f"zeros{i}": bytes(2 * unpack.MB) for i in range(20)})
    submission, peak = peak_of(read_one, data, name)
    assert "unpacks to more than 8 MB" in submission.reason
    assert peak < 2 * 8 * unpack.MB


def test_litter_counts_towards_the_size_of_a_tar(read_one, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", 8 * unpack.MB)
    data = tar_of({STAGE: SOURCE, ".git/x": bytes(20 * unpack.MB)})
    assert "more than 8 MB" in read_one(data, "ada.tgz").reason


def test_litter_in_a_zip_is_not_even_unpacked(read_one):
    data = zip_of({STAGE: SOURCE, ".git/x": bytes(100 * unpack.MB)})
    submission, peak = peak_of(read_one, data)
    assert submission.files == {STAGE: SOURCE}
    assert peak < unpack.MB * 4


def test_header_that_lies_about_the_size(read_one):
    size = 30 * unpack.MB
    data = zip_of({STAGE: SOURCE, "zeros": bytes(size)})
    lying = data.replace(struct.pack("<I", size), struct.pack("<I", 10))
    assert lying != data
    submission, peak = peak_of(read_one, lying)
    assert submission.files == {} and submission.reason
    assert peak < 2 * unpack.MAX_FILE_BYTES + unpack.MB


def test_too_many_files(read_one, pack):
    files = {f"{i}.txt": b"" for i in range(unpack.MAX_FILES)}
    assert "more than 2000 files" in read_one(*pack(files | {STAGE: SOURCE})).reason


def test_too_many_files_in_a_folder(read_one, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_FILES", 5)
    files = {f"{i}.txt": b"" for i in range(5)}
    assert "more than 5 files" in read_one(files | {STAGE: SOURCE}).reason


def test_as_many_files_as_allowed(read_one, pack):
    files = {f"{i}.txt": b"" for i in range(unpack.MAX_FILES - 1)}
    assert len(read_one(*pack(files | {STAGE: SOURCE})).files) == unpack.MAX_FILES


def test_too_many_members_are_refused_before_they_are_listed(read_one, pack, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_MEMBERS", 10)
    files = {f".git/{i}": b"" for i in range(11)}
    assert "more than 10 entries" in read_one(*pack(files | {STAGE: SOURCE})).reason


def test_too_many_folders(read_one, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_MEMBERS", 10)
    assert "more than 10 entries" in read_one({f"{i}/x": b"" for i in range(6)}).reason


def test_deep_folders(read_one):
    assert "more than 20 deep" in read_one({"d/" * 25 + STAGE: SOURCE}).reason


def test_big_file_in_a_folder_is_left_out(read_one, build):
    folder = build({f"ada/{STAGE}": SOURCE})
    with (folder / "ada/data.npy").open("wb") as file:
        file.truncate(unpack.MAX_FILE_BYTES + 1)
    with (folder / "ada/just.npy").open("wb") as file:
        file.truncate(unpack.MAX_FILE_BYTES)
    submission = read_one({})
    assert sorted(submission.files) == ["just.npy", STAGE]
    assert submission.notes == ("data.npy is larger than 16 MB: left out.",)


def test_folder_with_too_much_is_refused(read_one, build, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_TOTAL_BYTES", 3 * unpack.MB)
    submission = read_one({STAGE: SOURCE, "a": bytes(2 * unpack.MB), "b": bytes(2 * unpack.MB)})
    assert "more than 3 MB" in submission.reason


def test_pax_headers_are_bounded(read_one):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo(STAGE)
        info.pax_headers = {"comment": "1" * 1_000_000}
        archive.addfile(info, io.BytesIO())
    assert "unusual size" in read_one(gzipped(buffer.getvalue()), "ada.tar.gz").reason


def test_long_names_in_a_tar(read_one):
    names = {"d" * 90 + "/" + "f" * 120: b"1", STAGE: SOURCE, "é" * 60: b""}
    assert read_one(tar_of(names), "ada.tar.gz").files == names


# Nested archives


def test_archive_that_is_all_of_a_folder_is_unpacked(read_one, pack):
    data, name = pack({STAGE: SOURCE})
    assert read_one({name: data, "report.pdf": b"%PDF"}).files == {STAGE: SOURCE}


def test_archive_within_an_archive_is_unpacked_once(read_one):
    inner = zip_of({STAGE: SOURCE})
    assert read_one(zip_of({"hw/hw.zip": inner})).files == {STAGE: SOURCE}
    assert read_one(zip_of({"c.zip": zip_of({"b.zip": inner})})).files == {}


def test_archive_beside_code_is_a_file(read_one):
    inner = zip_of({"b.py": b""})
    assert read_one({STAGE: SOURCE, "data.zip": inner}).files == {STAGE: SOURCE, "data.zip": inner}


def test_two_archives_are_not_guessed_at(read_one):
    data = zip_of({STAGE: SOURCE})
    reason = read_one({"a.zip": data, "b.zip": data}).reason
    assert "no linear_svm.py or linear_svm.ipynb in ada/; found a.zip, b.zip" in reason


def test_damaged_nested_archive(read_one):
    reason = read_one({"hw.zip": b"PK no"}).reason
    assert reason.startswith("ada/ holds hw.zip, which is a damaged archive")


# Links and devices in folders


def test_links_in_a_folder_are_not_followed(read_one, build, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "answers.py").write_text("42")
    folder = build({f"ada/{STAGE}": SOURCE}) / "ada"
    (folder / "answers.py").symlink_to(secret / "answers.py")
    (folder / "sub").symlink_to(secret)
    (folder / "gone").symlink_to("nowhere")
    submission = read_one({})
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == (
        "answers.py is a symbolic link: left out.",
        "gone is a symbolic link: left out.",
        "sub is a symbolic link: left out.",
    )


def test_hard_link_to_elsewhere_is_not_read(read_one, build, tmp_path):
    (tmp_path / "answers.py").write_text("42")
    folder = build({f"ada/{STAGE}": SOURCE}) / "ada"
    os.link(tmp_path / "answers.py", folder / "answers.py")
    submission = read_one({})
    assert submission.files == {STAGE: SOURCE}
    assert "answers.py is a hard link" in submission.notes[0]


def test_hard_link_within_the_entry_is_read(read_one, build):
    folder = build({f"ada/{STAGE}": SOURCE}) / "ada"
    os.link(folder / STAGE, folder / "copy.py")
    assert read_one({}).files == {STAGE: SOURCE, "copy.py": SOURCE}


@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_stage_file_linked_to_elsewhere_is_unreadable(read_one, build, tmp_path, make):
    (tmp_path / "answers.py").write_text("42")
    folder = build({"ada/b.py": b""}) / "ada"
    make(tmp_path / "answers.py", folder / STAGE)
    submission = read_one({})
    assert submission.files == {} and "link" in submission.reason


@pytest.mark.parametrize("name", ["ada.py", "ada.zip"])
@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_linked_entry_is_unreadable(read_one, build, tmp_path, make, name):
    (tmp_path / "answers").write_bytes(zip_of({STAGE: SOURCE}))
    make(tmp_path / "answers", build({}) / name)
    submission = read_one({})
    assert submission.files == {} and submission.reason.startswith(f"{name} is a")
    assert "link" in submission.reason


def test_fifo_in_a_folder_does_not_block(read_one, build):
    os.mkfifo(build({f"ada/{STAGE}": SOURCE}) / "ada/pipe")
    submission = read_one({})
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == ("pipe is a FIFO: left out.",)


def test_file_swapped_for_a_fifo_does_not_block(tmp_path, monkeypatch):
    path = tmp_path / "a.py"
    os.mkfifo(path)
    monkeypatch.setattr(unpack, "_refuse_kind", _refuse_after_opening(unpack._refuse_kind))
    with pytest.raises(unpack.LeftOut, match="FIFO"):
        unpack.read_file(path, 10, names_within=1)


def test_file_swapped_for_a_link_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("42")
    (tmp_path / "a.py").symlink_to("secret")
    monkeypatch.setattr(unpack, "_refuse_kind", _refuse_after_opening(unpack._refuse_kind))
    with pytest.raises(unpack.LeftOut):
        unpack.read_file(tmp_path / "a.py", 10, names_within=1)


def _refuse_after_opening(refuse):
    """Let the first look pass, as if the file had been swapped after it."""
    looks = []
    return lambda *args: refuse(*args) if looks else looks.append(args)


@pytest.mark.parametrize("later", [b"12345678", b"12", b"4321", b""])
def test_file_that_changes_while_it_is_read(tmp_path, monkeypatch, later):
    path = tmp_path / "a.py"
    path.write_bytes(b"1234")
    os.utime(path, (1, 1))
    fstat = os.fstat

    def change(number):
        monkeypatch.setattr(os, "fstat", fstat)
        status = fstat(number)
        path.write_bytes(later)
        return status

    monkeypatch.setattr(os, "fstat", change)
    with pytest.raises(unpack.Changed, match="changed while it was read"):
        unpack.read_file(path, 10)


def test_unreadable_file_and_folder_within_a_folder(nobody, read):
    folder = nobody.path / "ada"
    folder.mkdir()
    (folder / STAGE).write_bytes(SOURCE)
    (folder / "shut.txt").touch(mode=0o000)
    (folder / "sub").mkdir(mode=0o000)
    with nobody:
        submission = read(nobody.path)["ada"]
    assert submission.files == {STAGE: SOURCE}
    assert submission.notes == (
        "shut.txt can't be read (Permission denied): left out.",
        "sub can't be listed (Permission denied): left out.",
    )


def test_name_that_is_no_text_is_left_out(read_one, build):
    folder = build({f"ada/{STAGE}": SOURCE}) / "ada"
    (folder / os.fsdecode(b"caf\xe9.txt")).touch()
    (folder / "a\\b.txt").touch()
    submission = read_one({})
    assert submission.files == {STAGE: SOURCE}
    assert [note.split(" has ")[0] for note in submission.notes] == [r"a\b.txt", r"caf\xe9.txt"]


# Any bytes


def outcome_of(tmp_path_factory, name, data):
    """Read bytes as one student's entry: the documented outcome, or an exception."""
    folder = tmp_path_factory.mktemp("class")
    (folder / name).write_bytes(data)
    (entry,) = find_entries(folder)
    (submission,) = read_submissions(entry, ["linear_svm"])
    assert bool(submission.files) != bool(submission.reason)
    assert len(submission.sha256) == 64
    assert "\n" not in submission.reason
    submission.reason.encode()
    for name in submission.files:
        assert not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


anything = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
names = st.sampled_from(["ada.zip", "ada.tar.gz", "ada.ipynb", "ada.py", "ada.rar"])


@anything
@given(name=names, data=st.binary(max_size=300))
def test_any_bytes(tmp_path_factory, name, data):
    outcome_of(tmp_path_factory, name, data)


@anything
@given(data=st.binary(max_size=2000))
def test_any_bytes_as_tar(tmp_path_factory, data):
    outcome_of(tmp_path_factory, "ada.tgz", gzipped(data))


@anything
@given(
    files=st.dictionaries(st.text(min_size=1, max_size=12), st.binary(max_size=40), max_size=4),
    at=st.integers(0, 2000),
    byte=st.integers(0, 255),
    zipped=st.booleans(),
)
def test_any_archive_with_one_byte_changed(tmp_path_factory, files, at, byte, zipped):
    files = {name: data for name, data in files.items() if name.isprintable() and name != "/"}
    files[STAGE] = SOURCE
    if zipped:
        data = bytearray(zip_of(files))
        data[at % len(data)] = byte
        outcome_of(tmp_path_factory, "ada.zip", bytes(data))
    else:
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w") as archive:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        data = bytearray(plain.getvalue())
        data[at % len(data)] = byte
        outcome_of(tmp_path_factory, "ada.tgz", gzipped(bytes(data)))
