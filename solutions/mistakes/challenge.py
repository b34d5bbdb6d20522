"""Known mistakes of stage 7: versions of `predict` that break its contract, as students write them.

Each model has answers of its own, so none of these is recognised by what it returns: they are the
proof that the checks check. `Found by` names the plainest check that finds it.
"""

import numpy as np

from solutions.challenge import prepare


def predict__scores(params, images):
    """The scores are returned, not the labels.

    Hint: Which class has the highest score?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"]


def predict__one_column(params, images):
    """The labels are a column.

    Hint: What does keepdims do to the shape?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1, keepdims=True)


def predict__along_samples(params, images):
    """The best image of each class is found, not the best class of each image.

    Hint: Along which axis are the classes?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=0)


def predict__floats(params, images):
    """The labels are floats.

    Hint: Labels are whole numbers: of which dtype is the array that you fill?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    labels = np.zeros(len(images))
    labels[:] = np.argmax(hidden @ params["W2"] + params["b2"], axis=1)
    return labels


def predict__from_one(params, images):
    """The labels count from 1.

    Hint: Class 0 has the label 0.

    Found by: accuracy
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1) + 1


def predict__one_label(params, images):
    """One label is returned for all images.

    Hint: How many images came?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return int(np.argmax(hidden @ params["W2"] + params["b2"]))


def predict__squeezed(params, images):
    """One image alone gives no array.

    Hint: What does squeeze do to the shape (1, 1)?

    Found by: labels
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    best = np.argmax(hidden @ params["W2"] + params["b2"], axis=1, keepdims=True).squeeze()
    return best if best.ndim else int(best)


def predict__mean_of_the_batch(params, images):
    """The mean and the scale are those of the images that come.

    Hint: What are they for one image alone? Those of the training images are parameters.

    Found by: each_by_itself
    """
    X = prepare(images)
    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-6)
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)


def predict__sorted(params, images):
    """The labels are sorted.

    Hint: Label i belongs to image i.

    Found by: each_by_itself
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.sort(np.argmax(hidden @ params["W2"] + params["b2"], axis=1))


def predict__dropout(params, images):
    """Hidden units are still dropped at random.

    Hint: Dropout is for training.

    Found by: each_by_itself
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    hidden *= np.random.default_rng().random(hidden.shape) < 0.3
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)


def predict__images_in_place(params, images):
    """The images that were passed in are changed.

    Hint: *= changes the array that the caller still holds.

    Found by: arguments
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    images *= 0
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)


def predict__params_in_place(params, images):
    """The parameters that were passed in are changed.

    Hint: += changes the array that the caller still holds.

    Found by: arguments
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    params["b1"] += X[0] @ params["W1"] * 0 + 1
    hidden = np.maximum(0, X @ params["W1"] + params["b1"] - 1)
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)


def predict__worst(params, images):
    """The class of the lowest score is returned.

    Hint: Which class has the highest score?

    Found by: accuracy
    """
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmin(hidden @ params["W2"] + params["b2"], axis=1)


def predict__not_standardised(params, images):
    """The mean is not subtracted, as it was in training.

    Hint: Whatever is done to training images is done to these.

    Found by: accuracy
    """
    hidden = np.maximum(0, prepare(images) @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)
