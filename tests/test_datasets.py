"""The data room: bundles, their checksums, the helpers, fetching the full sets."""

import dataclasses
import gzip
import hashlib
import http.server
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from autograder import datasets
from autograder.datasets import bundled, catalog, full
from autograder.datasets.idx import decode_idx
from autograder.errors import UserError

KIT = Path(__file__).resolve().parent.parent
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
SPLITS = {"train": 7000, "val": 1000, "test": 2000}

needs_debian = pytest.mark.skipif(
    not DEBIAN.is_dir(), reason="Debian's package dataset-fashion-mnist is not installed"
)


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no setting and no cache of the person who runs the tests have a say."""
    for variable in ("AUTOGRADER_DATA", "AUTOGRADER_MIRROR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def copied_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of data/ that may be damaged, named in AUTOGRADER_DATA."""
    folder = tmp_path / "data"
    folder.mkdir()
    for file in ("checksums.toml", "mnist_10k.npz", "fashion_mnist_10k.npz"):
        shutil.copy(KIT / "data" / file, folder)
    monkeypatch.setenv("AUTOGRADER_DATA", str(folder))
    return folder


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


# The bundles


@pytest.mark.parametrize("name", datasets.NAMES)
def test_a_bundle_has_three_splits_of_images_and_labels(name: str) -> None:
    data = datasets.load(name)
    for split, size in SPLITS.items():
        X, y = data.split(split)
        assert (X.shape, X.dtype) == ((size, 28, 28), np.uint8)
        assert (y.shape, y.dtype) == ((size,), np.uint8)
        assert set(y) == set(range(10))
    assert data.name == name
    assert len(data.class_names) == 10
    assert (data.X_train.min(), data.X_train.max()) == (0, 255)


@pytest.mark.parametrize("name", datasets.NAMES)
def test_no_image_is_in_two_splits_or_twice_in_one(name: str) -> None:
    data = datasets.load(name)
    images = [image.tobytes() for split in SPLITS for image in data.split(split)[0]]
    assert len(set(images)) == len(images) == 10_000


def test_fashion_mnist_is_balanced_and_mnist_is_shuffled() -> None:
    for split, size in SPLITS.items():
        assert np.bincount(datasets.load("fashion_mnist", split)[1]).tolist() == [size // 10] * 10
    counts = np.zeros(10, int)
    for split in SPLITS:
        y = datasets.load("mnist", split)[1]
        counts += np.bincount(y)
        assert (np.diff(y.astype(int)) != 0).mean() > 0.8  # neighbours are of different classes
    assert counts.tolist() == [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]


def test_the_labels_fit_the_images() -> None:
    """The nearest class mean finds most classes, so images and labels were not shuffled apart."""
    for name in datasets.NAMES:
        data = datasets.load(name)
        X, X_test = datasets.flatten(data.X_train), datasets.flatten(data.X_test)
        means = np.stack([X[data.y_train == label].mean(axis=0) for label in range(10)])
        distances = (means**2).sum(axis=1) - 2 * X_test @ means.T
        assert (distances.argmin(axis=1) == data.y_test).mean() > 0.65


def test_the_recorded_checksums_are_those_of_the_files_and_the_arrays() -> None:
    manifest = tomllib.loads((KIT / "data/checksums.toml").read_text())
    readme = (KIT / "data/README.md").read_text()
    assert list(manifest) == list(datasets.NAMES)
    for name, entry in manifest.items():
        path = KIT / "data" / entry["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        assert f"{entry['sha256']}  {path.name}" in readme
        data = datasets.load(name)
        for array, checksum in entry["arrays"].items():
            assert hashlib.sha256(getattr(data, array).tobytes()).hexdigest() == checksum


def test_a_split_alone_is_that_of_the_whole() -> None:
    X, y = datasets.load("mnist", "val")
    whole = datasets.load("mnist")
    assert np.array_equal(X, whole.X_val)
    assert np.array_equal(y, whole.y_val)


@pytest.mark.parametrize("call", [("cifar10", None), ("mnist", "validation")])
def test_an_unknown_name_is_answered_with_those_that_exist(call: tuple[str, str | None]) -> None:
    with pytest.raises(UserError, match=f"{call[1] or call[0]}.*expected (mnist|train)"):
        datasets.load(*call)


def test_a_damaged_bundle_is_refused_with_what_to_do(copied_data: Path) -> None:
    flip_a_byte(copied_data / "mnist_10k.npz")
    with pytest.raises(UserError) as refusal:
        datasets.load("mnist")
    expected = bundled.read_manifest(copied_data)["mnist"]["sha256"][:12]
    for part in ("mnist_10k.npz is damaged", expected, "git checkout", "autograder data verify"):
        assert part in str(refusal.value)
    datasets.load("fashion_mnist")  # the other one is untouched


def test_a_missing_bundle_and_a_broken_list_are_refused(copied_data: Path) -> None:
    (copied_data / "mnist_10k.npz").unlink()
    with pytest.raises(UserError, match=r"mnist_10k\.npz can't be read.*git checkout"):
        datasets.load("mnist")
    (copied_data / "checksums.toml").write_text("[fashion_mnist]\n")
    with pytest.raises(UserError, match=r"does not hold mnist.*lists fashion_mnist"):
        datasets.load("mnist")
    (copied_data / "checksums.toml").write_text("[mnist")
    with pytest.raises(UserError, match=r"checksums\.toml can't be read"):
        datasets.load("mnist")


def test_a_python_without_lzma_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zipfile.lzma", None)
    with pytest.raises(UserError, match=r"mnist_10k\.npz can't be unpacked.*lzma"):
        datasets.load("mnist")


# Where the data folder is


def test_the_data_folder_is_found_from_a_folder_below(
    monkeypatch: pytest.MonkeyPatch, copied_data: Path
) -> None:
    monkeypatch.delenv("AUTOGRADER_DATA")
    below = copied_data.parent / "notebooks" / "week 1"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert bundled.find_data() == copied_data


def test_the_argument_wins_over_the_environment_and_that_over_the_checkout(
    monkeypatch: pytest.MonkeyPatch, copied_data: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(copied_data, other)
    assert bundled.find_data(other) == other
    assert bundled.find_data() == copied_data
    monkeypatch.delenv("AUTOGRADER_DATA")
    monkeypatch.chdir("/")
    assert bundled.find_data() == KIT / "data"


def test_a_wrong_folder_that_was_named_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"The argument names .*expected checksums\.toml"):
        bundled.find_data(tmp_path)
    monkeypatch.setenv("AUTOGRADER_DATA", str(tmp_path))
    with pytest.raises(UserError, match=r"AUTOGRADER_DATA names .*expected checksums\.toml"):
        datasets.load("mnist")


def test_without_any_data_folder_the_error_lists_where_it_looked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "site/autograder/datasets/x.py"))
    with pytest.raises(UserError) as refusal:
        datasets.load("mnist")
    for place in (str(tmp_path), str(tmp_path / "site"), "AUTOGRADER_DATA"):
        assert place in str(refusal.value)


# Helpers


def test_flatten_and_as_images_scale_to_one() -> None:
    X = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
    X[0, 0, 0] = 255
    rows, images = datasets.flatten(X), datasets.as_images(X)
    assert (rows.shape, rows.dtype) == ((2, 12), np.float64)
    assert (images.shape, images.dtype) == ((2, 1, 3, 4), np.float64)
    assert rows[0, 0] == images[0, 0, 0, 0] == 1.0
    assert np.array_equal(rows.ravel() * 255, X.ravel())


@pytest.mark.parametrize("X", [np.zeros((2, 28, 28)), np.zeros((2, 784), np.uint8)])
def test_images_that_were_scaled_or_flattened_before_are_refused(X: np.ndarray) -> None:
    for convert in (datasets.flatten, datasets.as_images):
        with pytest.raises(ValueError, match=r"expected images .* uint8"):
            convert(X)


def test_centre_subtracts_the_training_mean_from_all() -> None:
    train, test = np.array([[0.0, 2.0], [4.0, 4.0]]), np.array([[1.0, 1.0]])
    centred, centred_test = datasets.centre(train, test)
    assert centred.tolist() == [[-2, -1], [2, 1]]
    assert centred_test.tolist() == [[-1, -2]]
    assert train.tolist() == [[0, 2], [4, 4]]  # the originals are as they were


# The IDX format


def idx(array: np.ndarray) -> bytes:
    return (
        bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + bytes(array)
    )


def test_idx_comes_back_as_it_was() -> None:
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    assert np.array_equal(decode_idx(idx(array), 3, Path("images")), array)


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: b"",
        lambda good: good[:7],
        lambda good: good[:-1],
        lambda good: good + b"\0",
        lambda good: b"\1" + good[1:],
        lambda good: good[:2] + b"\x0d" + good[3:],  # floats
        lambda good: idx(np.zeros((2, 2), np.uint8)),  # another number of dimensions
    ],
)
def test_damaged_idx_is_refused(damage: Callable[[bytes], bytes]) -> None:
    content = damage(idx(np.zeros(5, np.uint8)))
    with pytest.raises(UserError, match=r"labels is (damaged|no IDX file).*expected"):
        decode_idx(content, 1, Path("labels"))


# The full sets

Serve = Callable[..., str]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a tiny `mnist`, 8 + 3 images, that stands for the published one."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "published"
    folder.mkdir()
    checksums = {}
    for split, size in (("train", 8), ("test", 3)):
        images = rng.integers(0, 256, (size, 28, 28), np.uint8)
        labels = rng.integers(0, 10, size, np.uint8)
        for file, array in zip(catalog.IDX_FILES[split], (images, labels), strict=True):
            checksums[file] = hashlib.sha256(idx(array)).hexdigest()
            (folder / f"{file}.gz").write_bytes(gzip.compress(idx(array)))
    tiny = dataclasses.replace(catalog.SOURCES["mnist"], sha256=checksums)
    monkeypatch.setitem(catalog.SOURCES, "mnist", tiny)
    monkeypatch.setattr(full, "VALIDATION", 2)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class CutShort(Quiet):
    """Announces a whole file and hangs up in the middle of it."""

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:
        content = source.read()
        outputfile.write(content[: len(content) // 2])
        self.close_connection = True


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers = []

    def start(folder: Path, handler: type[Quiet] = Quiet) -> str:
        def with_folder(*args: object) -> Quiet:
            return handler(*args, directory=str(folder))

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), with_folder)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def nobody() -> str:
    """The address of a port at which nobody listens: what a machine without a network meets."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{held.getsockname()[1]}/"


def fetched_files(tmp_path: Path) -> list[str]:
    folder = tmp_path / "cache" / "mnist"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_fetch_over_http_then_load(published: Path, serve: Serve, tmp_path: Path) -> None:
    folder = datasets.fetch("mnist", mirrors=[serve(published)])
    assert folder == tmp_path / "cache" / "mnist"
    assert fetched_files(tmp_path) == sorted(catalog.SOURCES["mnist"].sha256)
    assert all(path.stat().st_mode & 0o044 for path in folder.iterdir())  # others may read
    data = datasets.load("mnist", full=True)
    assert [len(data.split(split)[0]) for split in SPLITS] == [6, 2, 3]
    assert data.X_train.flags.writeable  # as those of the bundles
    images = gzip.decompress((published / "train-images-idx3-ubyte.gz").read_bytes())
    assert np.concatenate([data.X_train, data.X_val]).tobytes() == images[16:]


def test_fetch_prints_nothing_away_from_a_terminal(
    published: Path, serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:
    datasets.fetch("mnist", mirrors=[serve(published)])
    assert capfd.readouterr() == ("", "")


def test_progress_is_shown_on_a_terminal(
    published: Path,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    datasets.fetch("mnist", mirrors=[serve(published)])
    captured = capsys.readouterr()
    assert "100%" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("gzipped", [True, False])
def test_fetch_from_a_local_folder(published: Path, tmp_path: Path, gzipped: bool) -> None:
    if not gzipped:
        for path in published.glob("*.gz"):
            path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
            path.unlink()
    folder = datasets.fetch("mnist", source=str(published), to=tmp_path / "lab")
    assert folder == tmp_path / "lab" / "mnist"
    assert len(datasets.load("mnist", "test", full=True, cache=tmp_path / "lab")[0]) == 3
    assert fetched_files(tmp_path) == []


def test_a_mirror_in_the_environment_comes_first(
    published: Path, serve: Serve, nobody: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    campus = tmp_path / "campus"
    campus.mkdir()
    published.rename(campus / "mnist")
    for mirror in (str(campus), serve(campus)):
        monkeypatch.setenv("AUTOGRADER_MIRROR", mirror)
        datasets.fetch("mnist", mirrors=[nobody])
        shutil.rmtree(tmp_path / "cache")


def test_the_next_mirror_is_tried_when_one_fails(
    published: Path, serve: Serve, nobody: str, tmp_path: Path
) -> None:
    empty, wrong = tmp_path / "empty", tmp_path / "wrong"
    empty.mkdir()
    shutil.copytree(published, wrong)
    for path in wrong.iterdir():
        path.write_bytes(gzip.compress(b"<html>Please log in to the wireless network</html>"))
    mirrors = [nobody, serve(empty), serve(wrong), serve(published, CutShort), serve(published)]
    datasets.fetch("mnist", mirrors=mirrors)
    assert datasets.load("mnist", full=True).X_test.shape == (3, 28, 28)
    with pytest.raises(UserError) as refusal:
        datasets.fetch("mnist", mirrors=mirrors[:-1], to=tmp_path / "elsewhere")
    for mirror, reason in zip(
        mirrors,
        ("no connection", "HTTP 404", "wrong checksum", "ChunkedEncodingError"),
        strict=False,
    ):
        assert f"{mirror} ({reason}" in str(refusal.value)
    assert list((tmp_path / "elsewhere" / "mnist").iterdir()) == []


def test_a_file_that_was_cut_short_is_refused_and_leaves_nothing(
    published: Path, serve: Serve, tmp_path: Path
) -> None:
    for path in published.iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    for place in (serve(published), str(published)):
        with pytest.raises(UserError, match="the file is cut short"):
            datasets.fetch("mnist", source=place)
        assert fetched_files(tmp_path) == []


def test_what_was_fetched_is_kept_and_what_was_damaged_is_replaced(
    published: Path, nobody: str, tmp_path: Path
) -> None:
    folder = datasets.fetch("mnist", source=str(published))
    datasets.fetch("mnist", source=nobody)  # all here: nothing is asked for
    flip_a_byte(folder / "t10k-labels-idx1-ubyte")
    with pytest.raises(UserError, match=r"is damaged.*autograder data fetch mnist"):
        datasets.load("mnist", full=True)
    with pytest.raises(UserError, match="t10k-labels-idx1-ubyte of mnist could not be fetched"):
        datasets.fetch("mnist", source=nobody)
    datasets.fetch("mnist", source=str(published))
    datasets.load("mnist", full=True)


def test_offline_the_error_comes_soon_and_names_mirrors_and_ways_out(
    nobody: str, tmp_path: Path
) -> None:
    start = time.monotonic()
    with pytest.raises(UserError) as refusal:
        datasets.fetch("fashion_mnist", mirrors=[f"{nobody}one", f"{nobody}two"])
    assert time.monotonic() - start < 5
    message = str(refusal.value)
    for part in (f"{nobody}one", f"{nobody}two", "no connection", "--from", "AUTOGRADER_MIRROR"):
        assert part in message
    assert "\n" not in message
    assert fetched_files(tmp_path) == []


def test_a_full_set_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(UserError, match="run `autograder data fetch mnist`"):
        datasets.load("mnist", full=True)


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path, published: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match=r"file/mnist can't be made.*AUTOGRADER_CACHE"):
        datasets.fetch("mnist", source=str(published), to=tmp_path / "file")


@needs_debian
def test_debians_fashion_mnist_is_the_published_one(serve: Serve) -> None:
    datasets.fetch("fashion_mnist", mirrors=[serve(DEBIAN)])
    data = datasets.load("fashion_mnist", full=True)
    assert tuple(len(data.split(split)[0]) for split in SPLITS) == full.FULL_SIZES
    assert np.bincount(data.y_test).tolist() == [1000] * 10
    # The bundle's test images come from the published test set, its others from the training set.
    bundle = datasets.load("fashion_mnist")
    published = {image.tobytes() for image in data.X_test}
    assert all(image.tobytes() in published for image in bundle.X_test)
    assert not any(image.tobytes() in published for image in bundle.X_train)


# What is here, and whether it is intact


def test_status_lists_bundles_and_full_sets(published: Path) -> None:
    rows = {(row.name, row.full): row for row in datasets.status()}
    assert set(rows) == {(name, kind) for name in datasets.NAMES for kind in (False, True)}
    bundle = rows["mnist", False]
    assert (bundle.state, bundle.sizes) == ("here", (7000, 1000, 2000))
    assert bundle.size == (KIT / "data/mnist_10k.npz").stat().st_size
    assert (rows["mnist", True].state, rows["mnist", True].size) == ("not here", 0)
    folder = datasets.fetch("mnist", source=str(published))
    assert {row.state for row in datasets.status() if row.path == folder} == {"here"}
    (folder / "t10k-labels-idx1-ubyte").unlink()
    assert {row.state for row in datasets.status() if row.path == folder} == {"incomplete"}


def test_verify_finds_each_damaged_file(copied_data: Path, published: Path) -> None:
    assert [check.ok for check in datasets.verify()] == [True, True]  # nothing fetched yet
    folder = datasets.fetch("mnist", source=str(published))
    assert [check.ok for check in datasets.verify()] == [True] * 6
    damaged = {copied_data / "mnist_10k.npz", folder / "train-images-idx3-ubyte"}
    for path in damaged:
        flip_a_byte(path)
    missing = folder / "t10k-labels-idx1-ubyte"
    missing.unlink()
    bad = {check.file: check.message for check in datasets.verify() if not check.ok}
    assert set(bad) == {*damaged, missing}
    assert "git checkout" in bad[copied_data / "mnist_10k.npz"]
    assert "autograder data fetch mnist" in bad[missing]


@needs_debian
@pytest.mark.slow
def test_making_the_bundle_again_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for out in (tmp_path / "once", tmp_path / "twice"):
        out.mkdir()
        script = [sys.executable, KIT / "data/make_bundles.py", "--fashion", DEBIAN, "--out", out]
        subprocess.run(script, check=True, cwd=KIT)
        made.append([(path.name, path.read_bytes()) for path in sorted(out.iterdir())])
    assert made[0] == made[1]
    recorded = bundled.read_manifest(KIT / "data")["fashion_mnist"]
    remade = bundled.read_manifest(tmp_path / "once")["fashion_mnist"]
    assert remade["arrays"] == recorded["arrays"]
