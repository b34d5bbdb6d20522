"""Referees of stage 2: numerical gradients, PyTorch and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions import linear_svm as svm

LOSSES = [svm.svm_loss_naive, svm.svm_loss, svm.softmax_loss]


def draw(N=12, D=5, C=4, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(0, C, N)


@pytest.fixture(scope="module")
def torch_loss(torch):
    """PyTorch's version of each loss, as a function of tensors."""

    def hinge(X, y, W, reg):
        # PyTorch divides each sample's sum by C
        return W.shape[1] * torch.nn.functional.multi_margin_loss(X @ W, y) + reg * (W**2).sum()

    def cross_entropy(X, y, W, reg):
        return torch.nn.functional.cross_entropy(X @ W, y) + reg * (W**2).sum()

    return {svm.svm_loss_naive: hinge, svm.svm_loss: hinge, svm.softmax_loss: cross_entropy}


def test_add_bias_appends_ones():
    W, X, _ = draw()
    np.testing.assert_array_equal(svm.add_bias(X)[:, :-1], X)
    np.testing.assert_array_equal(svm.add_bias(X)[:, -1], np.ones(12))
    bias = np.arange(4.0)
    scores = svm.linear_forward(np.vstack([W, bias]), svm.add_bias(X))
    np.testing.assert_allclose(scores, X @ W + bias)


def test_the_hinge_loss_of_the_cs231n_notes():
    # scores 13, -7, 11 with class 0 right: max(0, -7 - 13 + 1) + max(0, 11 - 13 + 1) = 0;
    # scores 3.2, 5.1, -1.7 likewise: 2.9 + 0
    X, y = np.eye(2), np.array([0, 0])
    W = np.array([[13.0, -7.0, 11.0], [3.2, 5.1, -1.7]])
    for loss in (svm.svm_loss_naive, svm.svm_loss):
        assert loss(W, X[:1], y[:1])[0] == 0
        assert loss(W, X, y)[0] == pytest.approx(2.9 / 2)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("reg", [0.0, 0.3])
def test_gradient_is_the_numerical_one(loss, reg, assert_gradient):
    W, X, y = draw()
    _, dW = loss(W, X, y, reg)
    assert_gradient(dW, lambda W: loss(W, X, y, reg)[0], W)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("shape", [(1, 1, 2), (12, 5, 4), (50, 3, 10)])
def test_loss_and_gradient_are_those_of_pytorch(loss, shape, torch, torch_loss, autograd):
    W, X, y = draw(*shape)
    X_tensor, y_tensor = torch.tensor(X), torch.tensor(y)
    expected, grads = autograd(lambda W: torch_loss[loss](X_tensor, y_tensor, W, 0.3), W=W)
    value, dW = loss(W, X, y, 0.3)
    assert value == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(dW, grads["W"], rtol=1e-10, atol=1e-12)


@given(st.integers(1, 6), st.integers(1, 4), st.integers(1, 5), st.integers(0, 99))
def test_with_and_without_loops_are_the_same(N, D, C, seed):
    W, X, y = (np.round(a).astype(a.dtype) for a in draw(N, D, C, seed))  # margins of exactly 0
    for one, other in zip(svm.svm_loss_naive(W, X, y), svm.svm_loss(W, X, y), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


@pytest.mark.parametrize("loss", [svm.svm_loss_naive, svm.svm_loss])
def test_no_gradient_flows_at_a_margin_of_exactly_zero(loss):
    value, dW = loss(np.array([[1.0, 0.0]]), np.ones((1, 1)), np.array([0]))
    assert value == 0
    np.testing.assert_array_equal(dW, [[0, 0]])


def test_softmax_loss_is_the_log_loss_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    W, X, y = draw()
    odds = np.exp(X @ W)
    expected = metrics.log_loss(y, odds / odds.sum(axis=1, keepdims=True), labels=range(4))
    assert svm.softmax_loss(W, X, y)[0] == pytest.approx(expected)


@pytest.mark.parametrize(("label", "expected"), [(0, 0.0), (1, 1e4), (2, 2e4)])
def test_softmax_loss_does_not_overflow(label, expected):
    loss, dW = svm.softmax_loss(np.array([[1e4, 0.0, -1e4]]), np.ones((1, 1)), np.array([label]))
    assert loss == pytest.approx(expected)
    np.testing.assert_allclose(dW, [[1.0, 0.0, 0.0]] - np.eye(3)[[label]])


@pytest.mark.parametrize("batch", [5, 12])
def test_training_is_the_descent_of_pytorch(batch, torch_loss, torch_descent):
    W, X, y = draw()
    losses, trained = svm.train_svm(W, X, y, 0.1, 0.01, batch, num_iters=20, seed=5)
    expected, params = torch_descent(
        lambda X, y, W: torch_loss[svm.svm_loss](X, y, W, 0.01), {"W": W}, X, y, 0.1, batch, 20, 5
    )
    np.testing.assert_allclose(losses, expected)
    np.testing.assert_allclose(trained, params["W"])


def test_the_first_loss_is_recorded_before_the_first_update():
    W, X, y = draw()
    losses, _ = svm.train_svm(W, X, y, lr=1.0, reg=0.5, batch=12, num_iters=1)
    assert losses == pytest.approx([svm.svm_loss(W, X, y, 0.5)[0]])


def test_no_iterations_give_a_copy():
    W, X, y = draw()
    losses, trained = svm.train_svm(W, X, y, num_iters=0)
    assert losses.shape == (0,)
    assert trained is not W
    np.testing.assert_array_equal(trained, W)


def test_predict_takes_the_lowest_of_equal_scores():
    W = np.array([[0.0, 2.0, 2.0], [1.0, 0.0, 1.0]])
    np.testing.assert_array_equal(svm.predict_svm(W, np.eye(2)), [1, 0])


def test_tune_tries_each_setting_in_order_and_keeps_the_first_of_the_best():
    rng = np.random.default_rng(1)
    X, X_val = rng.standard_normal((210, 3)), rng.standard_normal((60, 3))
    truth = rng.standard_normal((3, 4))
    y, y_val = np.argmax(X @ truth, axis=1), np.argmax(X_val @ truth, axis=1)
    lrs, regs = [1e-9, 0.1, 0.05], [10.0, 0.0, 0.0001]
    best_W, best, results = svm.tune_svm(X, y, X_val, y_val, lrs, regs, num_iters=30, seed=2)
    assert list(results) == [(lr, reg) for lr in lrs for reg in regs]
    for (lr, reg), value in results.items():
        W = 1e-4 * np.random.default_rng(2).standard_normal((3, 4))
        _, W = svm.train_svm(W, X, y, lr=lr, reg=reg, num_iters=30, seed=2)
        assert value == np.mean(svm.predict_svm(W, X_val) == y_val)
        if (lr, reg) == best:
            np.testing.assert_array_equal(best_W, W)
    assert best == next(key for key, value in results.items() if value == max(results.values()))
    assert best != (1e-9, 10.0)


def test_tune_counts_the_classes_in_the_training_labels_and_prefers_the_first_of_equals():
    X, y = np.ones((200, 2)), np.full(200, 3, dtype=np.uint8)
    best_W, best, results = svm.tune_svm(X, y, X, y, [0.1, 0.2], [0.0, 0.1], num_iters=5)
    assert best_W.shape == (2, 4)
    assert set(results.values()) == {1.0}
    assert best == (0.1, 0.0)
