"""The three graded tests, as an instructor writes them for any grader that runs Python."""

import numpy as np


def _svm_inputs(seed, N=6, D=5, C=4):
    rng = np.random.default_rng(seed)
    W, X = rng.normal(size=(D, C)), rng.normal(size=(N, D))
    return W, X, rng.integers(C, size=N), 0.5


def _right_loss(W, X, y, reg):
    scores = X @ W
    margins = np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1)
    margins[np.arange(len(y)), y] = 0
    return margins.sum() / len(y) + reg * np.sum(W**2)


def test_svm_loss(svm_loss):
    """The loss is right."""
    for seed in range(5):
        arguments = _svm_inputs(seed)
        np.testing.assert_allclose(svm_loss(*arguments)[0], _right_loss(*arguments), rtol=1e-9)


def test_svm_gradient(svm_loss):
    """Hidden: the gradient is the slope of the loss by central differences."""
    W, X, y, reg = _svm_inputs(20_26)
    gradient, h = svm_loss(W, X, y, reg)[1], 1e-6
    for place in np.ndindex(*W.shape):
        above, below = W.copy(), W.copy()
        above[place] += h
        below[place] -= h
        slope = (_right_loss(above, X, y, reg) - _right_loss(below, X, y, reg)) / (2 * h)
        np.testing.assert_allclose(gradient[place], slope, rtol=1e-5, atol=1e-7)


def test_nn_forward(nn_forward):
    """The scores and the hidden units are right."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(6, 5))
        params = {"W1": rng.normal(size=(5, 7)), "b1": rng.normal(size=(1, 7))}
        params |= {"W2": rng.normal(size=(7, 3)), "b2": rng.normal(size=(1, 3))}
        scores, hidden = nn_forward(params, X)
        right = np.maximum(0, X @ params["W1"] + params["b1"])
        np.testing.assert_allclose(hidden, right, rtol=1e-9)
        np.testing.assert_allclose(scores, right @ params["W2"] + params["b2"], rtol=1e-9)
