"""Images of a challenge: read from anywhere, divided without a leak, told what is wrong."""

import json

import numpy as np
import pytest
from PIL import Image

from autograder import datasets
from autograder.challenge.contest import open_contest, open_parts, open_public_contest
from autograder.challenge.divide import divide
from autograder.challenge.labelled import Labelled, read_labelled
from autograder.challenge.parts_file import HIDDEN, PUBLIC, read_parts, write_parts
from autograder.challenge.table import Challenge, Images
from autograder.errors import UserError
from autograder.release import release
from tests.command import autograder
from tests.contests import STAGE, made_images
from tests.mistakes import KIT

SETTINGS = Images(size=8, min_per_class=5)


def photos(folder, count=30, names=("Ada", "Ben", "Cleo"), mode="RGB"):
    """Write photographs of three faces, each in the folder of its name."""
    rng = np.random.default_rng(0)
    for label, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        for number in range(count):
            pixels = rng.integers(0, 90, (70, 90, 3), dtype=np.uint8)
            pixels[20:40, 30:60, label] = 250
            suffix = ("png", "jpg", "bmp")[number % 3]
            Image.fromarray(pixels).convert(mode).save(folder / name / f"{number:02}.{suffix}")
    return folder


@pytest.fixture(scope="module")
def faces(tmp_path_factory):
    return photos(tmp_path_factory.mktemp("photos") / "faces")


def keys(part):
    return {image.tobytes() for image in part.X}


# --- reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("colour", "channels"), [(True, 3), (False, 1)])
def test_a_folder_of_faces_at_60_by_60_is_a_matter_of_pointing_at_it(faces, colour, channels):
    found = read_labelled(faces, Images(size=60, colour=colour))
    assert found.X.shape == (90, channels, 60, 60)
    assert found.X.dtype == np.uint8
    assert found.class_names == ("Ada", "Ben", "Cleo")
    assert found.y.tolist() == [0] * 30 + [1] * 30 + [2] * 30
    assert found.names[0] == "Ada/00.png"
    if colour:  # the coloured patch is where it was, in its own channel
        assert all(image[label].max() > 200 for image, label in zip(found.X, found.y, strict=True))


def test_images_are_turned_as_their_camera_says(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        pixels = np.zeros((20, 20, 3), np.uint8)
        pixels[:10] = 255  # the upper half
        exif = Image.Exif()
        exif[0x0112] = 3 if name == "b" else 1  # upside down
        Image.fromarray(pixels).save(tmp_path / name / "one.png", exif=exif)
    first, second = read_labelled(tmp_path, Images(size=10)).X[:, 0]
    assert first[0, 0] == second[-1, 0] == 255
    assert first[-1, 0] == second[0, 0] == 0


def test_unreadable_images_are_named(faces, tmp_path):
    folder = photos(tmp_path / "faces", count=3)
    (folder / "Ada" / "broken.png").write_bytes(b"no picture")
    cut = (folder / "Ben" / "00.png").read_bytes()[:200]
    (folder / "Ben" / "cut.png").write_bytes(cut)
    with pytest.raises(UserError) as caught:
        read_labelled(folder, SETTINGS)
    message = str(caught.value)
    assert "2 images can't be read: Ada/broken.png (no image that Pillow knows), Ben/cut" in message
    assert message.endswith("remove or replace them.")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("stray", "holds stray.png beside the folders of the classes: move every image"),
        ("text", "notes.txt is no image file: the folder of a class holds images alone .*move it"),
        ("nested", "deeper is no image file"),
        ("one class", "holds 1 folders: expected one for each class, at least 2"),
        ("gone", "is not there: name a folder with one folder of images for each class"),
        ("other", "is neither a folder nor an .npz"),
    ],
)
def test_a_folder_of_another_form_is_told(tmp_path, what, words):
    folder = photos(
        tmp_path / "faces", count=2, names=("a", "b")[: 1 if what == "one class" else 2]
    )
    (folder / "a" / ".DS_Store").write_bytes(b"litter")
    if what == "stray":
        (folder / "a" / "00.png").rename(folder / "stray.png")
    elif what == "text":
        (folder / "a" / "notes.txt").write_text("hello")
    elif what == "nested":
        (folder / "a" / "deeper").mkdir()
    elif what == "gone":
        folder = tmp_path / "nowhere"
    elif what == "other":
        folder = folder / "a" / "00.png"
    with pytest.raises(UserError, match=words):
        read_labelled(folder, SETTINGS)


def test_a_picture_that_would_fill_the_memory_is_named(tmp_path, monkeypatch):
    folder = photos(tmp_path / "faces", count=1)
    monkeypatch.setattr("autograder.challenge.labelled.MAX_PIXELS", 1000)
    with pytest.raises(UserError, match=r"3 images can't be read: Ada/00\.png .90×70 pixels"):
        read_labelled(folder, SETTINGS)


def arrays(path, **content):
    np.savez(path, **content)
    return path


@pytest.mark.parametrize(
    "X",
    [
        np.zeros((6, 5, 4), np.uint8),
        np.zeros((6, 5, 4, 3)),
        np.zeros((6, 3, 5, 4), np.int64),
        np.zeros((6, 1, 5, 4), np.float32),
    ],
)
def test_arrays_of_usual_forms_are_read(tmp_path, X):
    path = arrays(tmp_path / "a.npz", X=X + X.dtype.type(1), y=np.arange(6) % 2)
    found = read_labelled(path, SETTINGS)
    assert found.X.dtype == np.uint8
    assert found.X.shape == (6, 3 if 3 in X.shape else 1, 5, 4)
    assert set(found.X.ravel()) == {255 if X.dtype.kind == "f" else 1}
    assert found.class_names == ("0", "1")


def test_labels_may_be_names(tmp_path):
    y = np.array(["dog", "cat", "dog"])
    found = read_labelled(arrays(tmp_path / "a.npz", X=np.zeros((3, 8, 8)), y=y), SETTINGS)
    assert found.class_names == ("cat", "dog")
    assert found.y.tolist() == [1, 0, 1]


IMAGES = np.zeros((4, 8, 8))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"X": IMAGES}, "holds X: expected X .images. and y .labels."),
        ({"X": IMAGES, "y": np.zeros(3, int)}, r"y in .* has the shape \(3,\): expected \(4,\)"),
        ({"X": IMAGES, "y": np.zeros(4)}, "is of dtype float64: expected whole numbers"),
        (
            {"X": IMAGES, "y": np.array([0, 1, -1, 0])},
            "labels from -1 to 1: expected whole numbers from 0 on[.]",
        ),
        ({"X": IMAGES, "y": np.zeros(4, int)}, "holds 1 class: expected 2 to 1,000[.]"),
        ({"X": IMAGES, "y": np.array([0, 1, 10**9, 0])}, "1001 classes|classes: expected 2 to"),
        ({"X": IMAGES - 1, "y": np.arange(4)}, "holds other than bytes from 0 to 255 or floats"),
        ({"X": IMAGES * np.nan, "y": np.arange(4)}, "holds [0-9]+ numbers that are NaN"),
        ({"X": IMAGES[0], "y": np.arange(8)}, r"has the shape \(8, 8\): expected \(N, H, W\)"),
        ({"X": np.array([None]), "y": np.arange(4)}, "holds Python objects, .* never loaded"),
        (
            {"X": IMAGES, "y": np.arange(4), "class_names": np.array(["a", "b"])},
            "labels from 0 to 3: expected whole numbers from 0 on, up to 1 with 2 class_names",
        ),
    ],
)
def test_arrays_that_are_no_labelled_images_are_told(tmp_path, content, words):
    with pytest.raises(UserError, match=words) as caught:
        read_labelled(arrays(tmp_path / "a.npz", **content), SETTINGS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04junk", b"\x80\x04N."])
def test_a_file_that_is_no_npz_is_told(tmp_path, content):
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(UserError, match=r"a\.npz can't be read: .*; write it by numpy\.savez"):
        read_labelled(tmp_path / "a.npz", SETTINGS)


def test_a_single_array_is_no_npz(tmp_path):
    with (tmp_path / "a.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(UserError, match="one array without a name"):
        read_labelled(tmp_path / "a.npz", SETTINGS)


# --- dividing ---------------------------------------------------------------------------------


def test_every_class_is_divided_alike_and_nothing_is_in_two_parts():
    images = made_images(50)
    parts = divide(images, SETTINGS, "images")
    for part, count in ((parts.train, 35), (parts.validation, 5), (parts.hidden, 10)):
        assert np.bincount(part.y).tolist() == [count] * 3
    names = [set(part.names) for part in parts.in_order]
    assert set().union(*names) == set(images.names)
    assert sum(map(len, names)) == len(images.names)
    assert not keys(parts.hidden) & (keys(parts.train) | keys(parts.validation))
    assert parts.remarks == ()
    by_name = dict(zip(images.names, images.y, strict=True))
    assert all(by_name[n] == y for p in parts.in_order for n, y in zip(p.names, p.y, strict=True))


def test_the_same_seed_divides_alike_and_another_does_not():
    images = made_images(50)
    first, again = divide(images, SETTINGS, "i"), divide(images, SETTINGS, "i")
    other = divide(images, SETTINGS.model_copy(update={"seed": 1}), "i")
    assert first.hidden.names == again.hidden.names
    assert first.train.names == again.train.names
    assert set(first.hidden.names) != set(other.hidden.names)


def test_the_order_of_hidden_images_depends_on_what_no_student_has():
    """With a public seed alone, the label of the image at each place would be known."""
    images = made_images(100)
    ordered = images.part(np.argsort(images.y, kind="stable"))
    labels = [divide(ordered, SETTINGS, "i").hidden.y]
    changed = ordered.X.copy()
    changed[:, 0, 7, 7] ^= 1  # other images, of the same classes in the same places
    again = divide(Labelled(changed, ordered.y, ordered.class_names, ordered.names), SETTINGS, "i")
    labels.append(again.hidden.y)
    assert set(divide(ordered, SETTINGS, "i").hidden.names) == set(again.hidden.names)
    assert 0.15 < np.mean(labels[0] == labels[1]) < 0.55  # one in three agrees by chance
    assert np.any(np.diff(labels[0]) < 0)


def test_equal_images_are_told_and_never_hidden():
    images = made_images(30)
    X = images.X.copy()
    first, second = np.flatnonzero(images.y == 0)[:2]
    other = int(np.flatnonzero(images.y == 1)[0])
    X[second] = X[other] = X[first]
    parts = divide(Labelled(X, images.y, images.class_names, images.names), SETTINGS, "images")
    twins = {images.names[row] for row in (first, second, other)}
    assert twins <= set(parts.train.names)
    assert X[first].tobytes() not in keys(parts.hidden) | keys(parts.validation)
    told, torn = parts.remarks
    assert told.startswith("3 images are not the only ones of their kind")
    assert all(name in told for name in twins)
    assert torn.startswith("1 image has several labels")


def test_too_few_of_a_class_are_refused():
    images = made_images(30)
    few = images.part(np.flatnonzero((images.y != 1) | (np.arange(90) < 10)))
    with pytest.raises(UserError, match=r"“second” has .+ images; expected at least 20, so"):
        divide(few, Images(size=8), "photos")


# --- files ------------------------------------------------------------------------------------


def test_both_files_are_read_back_and_the_same_each_time(tmp_path):
    parts = divide(made_images(30), SETTINGS, "images")
    for name in ("one", "two"):
        write_parts(parts, tmp_path / name)
    for file in (PUBLIC, HIDDEN):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    back = read_parts(tmp_path / "one")
    for before, after in zip(parts.in_order, back.in_order, strict=True):
        assert sorted(map(bytes, before.X)) == sorted(map(bytes, after.X))
        assert after.class_names == before.class_names
    assert back.hidden.names == read_parts(tmp_path / "two").hidden.names


def test_the_public_file_holds_nothing_of_what_is_hidden(tmp_path):
    parts = divide(made_images(30), SETTINGS, "images")
    public, _ = write_parts(parts, tmp_path)
    with np.load(public, allow_pickle=False) as file:
        assert set(file.files) == {"X_train", "y_train", "X_val", "y_val", "class_names"}
        known = {image.tobytes() for name in ("X_train", "X_val") for image in file[name]}
    assert not known & keys(parts.hidden)


def test_hidden_images_that_are_public_are_refused(tmp_path):
    parts = divide(made_images(30), SETTINGS, "images")
    write_parts(parts, tmp_path)
    with np.load(tmp_path / HIDDEN) as file:
        content = dict(file)
    content["X"][3] = parts.train.X[0]
    np.savez(tmp_path / HIDDEN, **content)
    with pytest.raises(UserError, match=r"1 hidden images are also in public\.npz"):
        read_parts(tmp_path)
    content["class_names"] = np.array(["a", "b", "c"])
    np.savez(tmp_path / HIDDEN, **content)
    with pytest.raises(UserError, match="have other classes or sizes of images"):
        read_parts(tmp_path)
    del content["y"]
    np.savez(tmp_path / HIDDEN, **content)
    with pytest.raises(UserError, match=r"hidden\.npz lacks y: make it by"):
        read_parts(tmp_path)


@pytest.mark.parametrize(("there", "missing"), [(PUBLIC, HIDDEN), (HIDDEN, PUBLIC)])
def test_one_of_the_two_files_alone_is_told(tmp_path, there, missing):
    (tmp_path / there).write_bytes(b"")
    with pytest.raises(UserError, match=rf"holds {there} but no {missing}: name the folder with"):
        open_parts(KIT, STAGE, tmp_path)


def test_split_release_check_and_grade_go_together(faces, tmp_path):
    """All that an instructor and a student do, on photographs of three faces at 60 by 60 pixels."""
    divided, bundle = tmp_path / "divided", tmp_path / "bundle"
    what = ("--size", 60, "--colour", "--min-per-class", 10, "--hidden", 0.3, "--kit", KIT)
    done = autograder("challenge", "split", faces, "--out", divided, *what)
    assert done.code == 0, done.err
    assert "Ada    18        3           9" in done.out
    assert "hidden.npz for you alone" in done.out
    done = autograder("challenge", "split", faces, "--out", divided, *what)
    assert done.code == 2
    assert "is there already and not an empty folder" in done.err

    wheel = tmp_path / "any.whl"
    wheel.write_bytes(b"wheel")
    release(KIT, [STAGE], bundle, wheel, data=divided)
    hidden = read_parts(divided).hidden
    for path in bundle.rglob("*"):
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as file:
                assert not {
                    image.tobytes()
                    for name in file.files
                    if file[name].ndim == 4
                    for image in file[name]
                } & keys(hidden)
    assert not list(bundle.rglob(HIDDEN))
    given = datasets.load_challenge(bundle)
    assert given.X_train.shape == (54, 3, 60, 60)
    assert (given.X_train.min(), given.X_train.max() <= 1) >= (0, True)
    assert given.class_names == ("Ada", "Ben", "Cleo")

    source = (
        "import numpy as np\n\ndef predict(params, images):\n"
        "    return np.argmax(images.mean(axis=(2, 3)) - params['mean'], axis=1)\n"
    )
    ada = tmp_path / "class" / "ada"
    ada.mkdir(parents=True)
    for folder in (ada, bundle):
        (folder / "challenge.py").write_text(source)
        np.savez(folder / "challenge.npz", mean=given.X_train.mean(axis=(0, 2, 3)))
    done = autograder("check", "challenge", "--dir", bundle, "--kit", bundle)
    assert done.code == 0, done.out
    assert "100.0% of 9 validation images" in " ".join(done.out.split())
    results = tmp_path / "results"
    what = ("--stage", "challenge", "--data", divided, "--out", results, "--kit", KIT)
    done = autograder("grade", tmp_path / "class", *what)
    assert done.code == 0, done.err
    assert "whose labels every student has" not in done.out
    report = json.loads((results / "ada" / "challenge.json").read_text("utf-8"))
    assert report["points"] == 20
    assert (report["score"]["images"], report["score"]["hidden"]) == (27, True)


def test_stage_toml_may_name_the_images(faces, tmp_path):
    (tmp_path / "assignments" / "7_challenge").mkdir(parents=True)
    images = Images(size=12, min_per_class=10)
    challenge = STAGE.challenge.model_copy(update={"data": str(faces), "images": images})
    stage = STAGE.model_copy(update={"challenge": challenge})
    parts = open_parts(tmp_path, stage)
    assert parts.train.X.shape == (63, 1, 12, 12)
    contest = open_contest(tmp_path, stage)
    assert contest.unknown
    assert contest.hidden.names == parts.hidden.names
    public = open_public_contest(tmp_path, stage)
    assert public.hidden is None
    assert public.validation.names == parts.validation.names


def test_a_bundle_without_other_images_has_those_of_the_kit(tmp_path):
    given = datasets.load_challenge(KIT)
    assert given.X_train.shape == (7000, 1, 28, 28)
    assert given.X_val.dtype == np.float64
    assert given.y_val.shape == (1000,)


# --- stage.toml -------------------------------------------------------------------------------


def test_the_curve_is_made_of_straight_lines():
    challenge = Challenge(curve=((0.5, 0.0), (0.85, 12.0), (1.0, 20.0)), pass_mark=0.85)
    found = [challenge.points(share) for share in (0, 0.5, 0.675, 0.85, 0.925, 1)]
    assert found == [0, 0, 6, 12, 16, 20]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[0.50, 0], [0.80, 6]", "[0.80, 6], [0.50, 0]", r"challenge\.curve: should rise"),
        ("[0.92, 17]", "[0.92, 5]", r"challenge\.curve: should rise from pair to pair"),
        ("[0.92, 17]", "[1.92, 17]", r"challenge\.curve: should have accuracies from 0 to 1"),
        ("[0.92, 17]", "[0.92]", r"challenge\.curve\[3\]: .*at least 2 items"),
        ("[0.92, 17]", "[0.92, 21]", r"challenge\.curve: ends at 21 points, more than predict"),
        ("pass_mark = 0.85", "pass_mark = 85", r"challenge\.pass_mark: .*less than 1, found 85"),
        ("max_file_kb", "max_kb", r"challenge\.max_kb: is not a key of stage\.toml"),
        ("validation = 0.1", "validation = 0.7", r"challenge\.images: .*leave at least 0\.2"),
        (
            'name = "predict"',
            'name = "guess"',
            "a stage with .challenge. has one function, predict",
        ),
    ],
)
def test_a_mistake_in_it_is_one_sentence_with_its_key(tmp_path, old, new, words):
    from autograder.stage import read_stage

    text = (KIT / "assignments" / "7_challenge" / "stage.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "stage.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(UserError, match=words) as caught:
        read_stage(path)
    assert "\n" not in str(caught.value)


def test_options_of_split_are_judged_as_stage_toml_is(faces, tmp_path):
    for option, words in (
        (("--size", 4), "--size should be greater than or equal to 8"),
        (("--hidden", 1.5), "--hidden should be less than 1"),
        (("--min-per-class", 40), "class “Ada” has 30 images; expected at least 40"),
    ):
        done = autograder("challenge", "split", faces, "--out", tmp_path / "d", *option)
        assert done.code == 2
        assert words in " ".join(done.err.split())
        assert not (tmp_path / "d").exists()
