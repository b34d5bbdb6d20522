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
    ### BEGIN SOLUTION
    # How bright each cell of 4 x 4 pixels is, and how much of an edge is in it in four directions:
    # where exactly an edge lies does not matter, so a small shift changes little.
    N, _, H, W = images.shape
    right = images[:, :, 1:-1, 2:] - images[:, :, 1:-1, :-2]
    down = images[:, :, 2:, 1:-1] - images[:, :, :-2, 1:-1]
    middle = images[:, :, 1:-1, 1:-1]
    maps = [middle] + [np.maximum(0, edge) for edge in (right, -right, down, -down)]
    whole = np.zeros((N, sum(m.shape[1] for m in maps), -(-H // 4) * 4, -(-W // 4) * 4))
    whole[:, :, 1 : H - 1, 1 : W - 1] = np.concatenate(maps, axis=1)
    cells = whole.reshape(N, whole.shape[1], whole.shape[2] // 4, 4, whole.shape[3] // 4, 4)
    return np.sqrt(cells.mean(axis=(3, 5))).reshape(N, -1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    # The network of stage 3 with the softmax loss, by gradient descent with momentum; the steps
    # get shorter to the end.
    hidden_dims, lr, reg, momentum, epochs = 128, 0.02, 3e-3, 0.9, 15
    batch = min(100, len(images))
    rng = np.random.default_rng(seed)
    X = prepare(images)
    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-6
    X = (X - mean) / scale
    params = {
        "W1": np.sqrt(2 / X.shape[1]) * rng.standard_normal((X.shape[1], hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": np.sqrt(2 / hidden_dims) * rng.standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }
    speed = {name: np.zeros_like(array) for name, array in params.items()}
    steps = max(500, epochs * (len(X) // batch))
    for step in range(steps):
        first = step * batch % (len(X) - len(X) % batch)
        if first == 0:
            order = rng.permutation(len(X))
        rows = order[first : first + batch]
        x = X[rows]
        hidden = np.maximum(0, x @ params["W1"] + params["b1"])
        scores = hidden @ params["W2"] + params["b2"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        dscores = powers / powers.sum(axis=1, keepdims=True)
        dscores[np.arange(batch), labels[rows]] -= 1
        dscores /= batch
        dhidden = (dscores @ params["W2"].T) * (hidden > 0)
        grads = {
            "W1": x.T @ dhidden + reg * params["W1"],
            "b1": dhidden.sum(axis=0, keepdims=True),
            "W2": hidden.T @ dscores + reg * params["W2"],
            "b2": dscores.sum(axis=0, keepdims=True),
        }
        for name, grad in grads.items():
            speed[name] = momentum * speed[name] + grad
            params[name] = params[name] - lr * (1 - step / steps) * speed[name]
    for name in params:
        params[name] = np.float32(params[name])
    return {"mean": np.float32(mean), "scale": np.float32(scale), **params}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    X = (prepare(images) - params["mean"]) / params["scale"]
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)
    ### END SOLUTION


if __name__ == "__main__":
    from autograder import datasets

    data = datasets.load_challenge()
    found = train(data.X_train, data.y_train, len(data.class_names))
    right = predict(found, data.X_val) == data.y_val
    print(f"{right.mean():.1%} of {len(right)} validation images")
    save(found)
