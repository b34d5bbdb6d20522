"""Build the attacks that no repository can hold as files: archives, links, special files, giants.

Each builder writes one student's entry into the folder of a class.
"""

import gzip
import io
import os
import stat
import tarfile
import zipfile
import zlib
from pathlib import Path

STAGE_FILE = "linear_svm.py"
ADD_BIAS = b"""import numpy as np


def add_bias(X):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)])
"""


def _zip(path: Path, members: list[tuple[str, bytes, int]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            archive.writestr(info, content)


def _plain_zip(class_: Path, student: str, *names: str) -> None:
    members = [(name, ADD_BIAS, stat.S_IFREG | 0o644) for name in names]
    _zip(class_ / f"{student}.zip", members)


def _special_tar(class_: Path, student: str, special: tarfile.TarInfo) -> None:
    """Pack a right add_bias and something that is no file."""
    source = tarfile.TarInfo(STAGE_FILE)
    source.size = len(ADD_BIAS)
    with tarfile.open(class_ / f"{student}.tar.gz", "w:gz") as archive:
        archive.addfile(source, io.BytesIO(ADD_BIAS))
        archive.addfile(special)


def _tar_info(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def _folder(class_: Path, student: str) -> Path:
    folder = class_ / student
    folder.mkdir()
    (folder / STAGE_FILE).write_bytes(ADD_BIAS)
    return folder


def zip_slip(class_: Path, student: str) -> None:
    """A member that would be unpacked two folders above."""
    _plain_zip(class_, student, STAGE_FILE, "../../outside/zip_slip.py")


def zip_absolute(class_: Path, student: str) -> None:
    """A member with an absolute path."""
    _plain_zip(class_, student, STAGE_FILE, str(class_.parent / "outside" / "zip_absolute.py"))


def zip_backslash(class_: Path, student: str) -> None:
    """A member that leads out where a backslash divides folders."""
    _plain_zip(class_, student, STAGE_FILE, "..\\..\\outside\\zip_backslash.py")


def tar_slip(class_: Path, student: str) -> None:
    """A tar member that would be unpacked above."""
    _special_tar(class_, student, _tar_info("../../outside/tar_slip.py", tarfile.REGTYPE))


def zip_bomb(class_: Path, student: str) -> None:
    """300 MB of nothing in 300 kB."""
    _zip(class_ / f"{student}.zip", [(STAGE_FILE, bytes(300 * 2**20), stat.S_IFREG | 0o644)])


def zip_bomb_with_false_size(class_: Path, student: str) -> None:
    """A member whose header says that it is small."""
    _zip(class_ / f"{student}.zip", [(STAGE_FILE, bytes(100 * 2**20), stat.S_IFREG | 0o644)])
    path = class_ / f"{student}.zip"
    size = (100 * 2**20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))


def zip_overlapping(class_: Path, student: str) -> None:
    """A thousand members that all are the same megabyte of the file."""
    packer = zlib.compressobj(wbits=-15)
    data = packer.compress(bytes(2**20)) + packer.flush()
    path = class_ / f"{student}.zip"
    _zip(path, [(STAGE_FILE, bytes(2**20), stat.S_IFREG | 0o644)])
    whole = path.read_bytes()
    at, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    assert data in whole
    entry, name = whole[at:end], STAGE_FILE.encode()
    entries = [entry.replace(name, b"%-13d" % number) for number in range(1000)]
    directory = b"".join([entry, *entries])
    count = (1001).to_bytes(2, "little")
    tail = b"PK\x05\x06" + bytes(4) + count + count + len(directory).to_bytes(4, "little")
    path.write_bytes(whole[:at] + directory + tail + at.to_bytes(4, "little") + bytes(2))


def tar_bomb(class_: Path, student: str) -> None:
    """A gigabyte of zeros in a tar.gz of a megabyte, made of one piece."""
    info = tarfile.TarInfo(STAGE_FILE)
    info.size = 2**30
    piece = gzip.compress(bytes(2**24), 1)
    header = gzip.compress(info.tobuf())
    (class_ / f"{student}.tar.gz").write_bytes(header + piece * 64)


def zip_encrypted(class_: Path, student: str) -> None:
    """A member that asks for a password."""
    _plain_zip(class_, student, STAGE_FILE)
    path = class_ / f"{student}.zip"
    whole = bytearray(path.read_bytes())
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(whole))


def zip_twice(class_: Path, student: str) -> None:
    """Two members of one name, of which readers take different ones."""
    _plain_zip(class_, student, STAGE_FILE, f"./{STAGE_FILE}")


def zip_damaged(class_: Path, student: str) -> None:
    """A zip that ends in the middle."""
    _plain_zip(class_, student, STAGE_FILE)
    path = class_ / f"{student}.zip"
    path.write_bytes(path.read_bytes()[:-30])


def symlink_in_zip(class_: Path, student: str) -> None:
    """The stage's file is a link to somebody else's."""
    target = f"../000-0-honest/{STAGE_FILE}".encode()
    _zip(class_ / f"{student}.zip", [(STAGE_FILE, target, stat.S_IFLNK | 0o777)])


def symlink_in_tar(class_: Path, student: str) -> None:
    """A link out, then a file that would be written through it."""
    _special_tar(class_, student, _tar_info("out", tarfile.SYMTYPE, "../../outside"))


def hardlink_in_tar(class_: Path, student: str) -> None:
    """A hard link to a file outside."""
    link = _tar_info("helper.py", tarfile.LNKTYPE, f"../000-0-honest/{STAGE_FILE}")
    _special_tar(class_, student, link)


def fifo_in_tar(class_: Path, student: str) -> None:
    """A FIFO, which who opens it waits for."""
    _special_tar(class_, student, _tar_info("helper.py", tarfile.FIFOTYPE))


def device_in_tar(class_: Path, student: str) -> None:
    """A device that gives zeros without end."""
    device = _tar_info("helper.py", tarfile.CHRTYPE)
    device.devmajor, device.devminor = 1, 5
    _special_tar(class_, student, device)


def symlink_out(class_: Path, student: str) -> None:
    """In a folder: the stage's file is a link to an honest student's."""
    (class_ / student).mkdir()
    (class_ / student / STAGE_FILE).symlink_to(f"../000-0-honest/{STAGE_FILE}")


def symlink_to_folder(class_: Path, student: str) -> None:
    """The whole entry is a link to an honest student's folder."""
    (class_ / student).symlink_to("000-0-honest")


def symlink_loop(class_: Path, student: str) -> None:
    """A folder that holds itself."""
    (_folder(class_, student) / "loop").symlink_to(".")


def hardlink_out(class_: Path, student: str) -> None:
    """In a folder: the stage's file is another name of the reference solution."""
    (class_ / student).mkdir()
    os.link(class_.parent / "kit" / "solutions" / STAGE_FILE, class_ / student / STAGE_FILE)


def fifo(class_: Path, student: str) -> None:
    """In a folder: the stage's file is a FIFO."""
    (class_ / student).mkdir()
    os.mkfifo(class_ / student / STAGE_FILE)


def device(class_: Path, student: str) -> None:
    """The whole entry is a link to a device."""
    (class_ / f"{student}.py").symlink_to("/dev/zero")


def colliding_names(class_: Path, student: str) -> None:
    """Names that are one file where case does not count."""
    _plain_zip(class_, student, STAGE_FILE, STAGE_FILE.upper().replace(".PY", ".py"))


def many_files(class_: Path, student: str) -> None:
    """A hundred thousand files: names of one, so that they are quickly made and removed."""
    folder = _folder(class_, student)
    first = folder / "0"
    first.write_bytes(b"")
    for part in range(2):  # file systems allow some 65,000 names of a file
        source = folder / f"part{part}"
        source.mkdir()
        os.link(first, source / "0") if part == 0 else (source / "0").write_bytes(b"")
        for number in range(1, 50_000):
            os.link(source / "0", source / str(number))


def many_members(class_: Path, student: str) -> None:
    """A zip of a hundred thousand empty files."""
    with zipfile.ZipFile(class_ / f"{student}.zip", "w") as archive:
        archive.writestr(STAGE_FILE, ADD_BIAS)
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")


def deep_folders(class_: Path, student: str) -> None:
    """Folders within folders, three hundred of them."""
    path = _folder(class_, student)
    path.joinpath(*["d"] * 300).mkdir(parents=True)


def folder_named_as_file(class_: Path, student: str) -> None:
    """A folder that is called linear_svm.py."""
    (class_ / student / STAGE_FILE).mkdir(parents=True)
    (class_ / student / STAGE_FILE / "__init__.py").write_bytes(ADD_BIAS)


def odd_name(class_: Path, student: str) -> None:
    """A student whose name is markup, a formula and a control sequence."""
    folder = _folder(class_, student)
    folder.rename(class_ / f"{student}=1+1<b>[red]\x1b[2J")


def big_source(class_: Path, student: str) -> None:
    """A file of 50 MB."""
    (class_ / student).mkdir()
    with (class_ / student / STAGE_FILE).open("wb") as file:
        file.write(ADD_BIAS)
        file.truncate(50 * 2**20)


def deep_source(class_: Path, student: str) -> None:
    """Brackets, signs and attributes nested ten thousand deep."""
    _source(class_, student, b"x = " + b"[" * 10_000 + b"]" * 10_000 + b"\n")


def deep_signs(class_: Path, student: str) -> None:
    """A hundred thousand signs before a number, on which some parsers run out of stack."""
    _source(class_, student, b"x = " + b"-" * 100_000 + b"1\n")


def nul_source(class_: Path, student: str) -> None:
    """A NUL byte, at which C's strings end."""
    _source(class_, student, b"\0")


def not_utf8(class_: Path, student: str) -> None:
    """Bytes that are no UTF-8, and no declaration."""
    _source(class_, student, b"# caf\xe9\n")


def latin1(class_: Path, student: str) -> None:
    """Latin-1, properly declared: honest, if old."""
    (class_ / student).mkdir()
    source = b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + ADD_BIAS
    (class_ / student / STAGE_FILE).write_bytes(source)


def false_encoding(class_: Path, student: str) -> None:
    """A declared encoding that is no encoding of text."""
    (class_ / student).mkdir()
    (class_ / student / STAGE_FILE).write_bytes(b"# coding: zlib_codec\n" + ADD_BIAS)


def byte_order_mark(class_: Path, student: str) -> None:
    """A byte order mark, as Windows writes it: honest."""
    (class_ / student).mkdir()
    (class_ / student / STAGE_FILE).write_bytes(b"\xef\xbb\xbf" + ADD_BIAS)


def utf16(class_: Path, student: str) -> None:
    """UTF-16."""
    (class_ / student).mkdir()
    (class_ / student / STAGE_FILE).write_bytes(ADD_BIAS.decode().encode("utf-16"))


def _source(class_: Path, student: str, end: bytes) -> None:
    (class_ / student).mkdir()
    (class_ / student / STAGE_FILE).write_bytes(ADD_BIAS + end)


def deep_notebook(class_: Path, student: str) -> None:
    """JSON nested a million deep."""
    (class_ / student).mkdir()
    (class_ / student / "linear_svm.ipynb").write_bytes(b"[" * 1_000_000)


def slow_magics(class_: Path, student: str) -> None:
    """A line of spaces, on which patterns that look for magics go back and forth."""
    cell = "x = = 1\\n" + " " * 200_000 + "x"
    _notebook(class_, student, cell)


def many_cells(class_: Path, student: str) -> None:
    """A hundred thousand empty cells."""
    _notebook(class_, student, *[""] * 100_000)


def _notebook(class_: Path, student: str, *cells: str) -> None:
    (class_ / student).mkdir()
    code = [f'{{"cell_type": "code", "source": "{cell}"}}' for cell in cells]
    text = f'{{"nbformat": 4, "cells": [{", ".join(code)}]}}'
    (class_ / student / "linear_svm.ipynb").write_text(text)
