"""Stage 7: the challenge.

You have images with labels; your instructor has others of the same kind. Train any model that you
have built in this course, save its parameters, and hand in two files: this one, and
``challenge.npz`` with the parameters. What counts is how many of the instructor's images
``predict`` gives their right label.

Only ``predict`` is judged, with the parameters that you saved. How you find them is your affair:
``train`` and ``prepare`` are places for it, which you may fill, change or leave out. A simple
model, the mean image of each class, is here in full, to begin with and to beat.

    python challenge.py

trains, says how good the model is on the validation images, and writes ``challenge.npz``.

Letters: N images, C colours (1 is grey), H and W their height and width, D = C H W, K classes.
"""

import numpy as np


def save(params, file="challenge.npz"):
    """Write parameters into the file that you hand in.

    Parameters
    ----------
    params : dict of str to ndarray
        Arrays of numbers. `predict` gets them back under the same names.
    file : str
        Where to.
    """
    np.savez_compressed(file, **params)


def train_means(images, labels, num_classes):
    """Find the mean image of each class: an example in full.

    Parameters
    ----------
    images : ndarray, shape (N, C, H, W)
        Pixels from 0 to 1.
    labels : ndarray, shape (N,)
        Whole numbers, 0 to K - 1.
    num_classes : int
        K.

    Returns
    -------
    dict
        ``means`` (K, C, H, W).
    """
    means = [images[labels == label].mean(axis=0) for label in range(num_classes)]
    return {"means": np.stack(means)}


def predict_means(params, images):
    """Give each image the class whose mean is most like it, with what `train_means` has found."""
    apart = [((images - mean) ** 2).sum(axis=(1, 2, 3)) for mean in params["means"]]
    return np.argmin(apart, axis=0)


def prepare(images):
    """Turn images into the rows that your model works on.

    Yours to write, or to leave out: only `predict` is judged.

    Parameters
    ----------
    images : ndarray, shape (N, C, H, W)
        Pixels from 0 to 1.

    Returns
    -------
    ndarray, shape (N, D)
        Rows of whatever tells the classes apart. A row depends on its own image alone.
    """
    raise NotImplementedError("prepare: not implemented yet (stage 7, challenge)")


def train(images, labels, num_classes, seed=0):
    """Train your model.

    Yours to write, with whatever arguments it needs: only `predict` is judged.

    Parameters
    ----------
    images : ndarray, shape (N, C, H, W)
        Pixels from 0 to 1.
    labels : ndarray, shape (N,)
        Whole numbers, 0 to K - 1.
    num_classes : int
        K.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` for whatever is random.

    Returns
    -------
    dict of str to ndarray
        All that `predict` needs.
    """
    raise NotImplementedError("train: not implemented yet (stage 7, challenge)")


def predict(params, images):
    """Label images.

    Parameters
    ----------
    params : dict of str to ndarray
        The arrays of your ``challenge.npz``. They stay as they are.
    images : ndarray of float64, shape (N, C, H, W)
        Pixels from 0 to 1. N is any number from 1 on. They stay as they are.

    Returns
    -------
    ndarray of int, shape (N,)
        For each image a label, 0 to K - 1, which depends on that image alone: not on those that
        come with it, nor on chance.
    """
    raise NotImplementedError("predict: not implemented yet (stage 7, challenge)")


if __name__ == "__main__":
    from autograder import datasets

    data = datasets.load_challenge()
    found = train(data.X_train, data.y_train, len(data.class_names))
    right = predict(found, data.X_val) == data.y_val
    print(f"{right.mean():.1%} of {len(right)} validation images")
    save(found)
