"""Referees of stage 3: the lecture's numbers, numerical gradients and PyTorch."""

import numpy as np
import pytest

from solutions import two_layer_net as net


def draw(N=12, D=4, H=6, C=3, seed=0):
    rng = np.random.default_rng(seed)
    params = {
        name: rng.standard_normal(shape)
        for name, shape in {"W1": (D, H), "b1": (1, H), "W2": (H, C), "b2": (1, C)}.items()
    }
    return params, rng.standard_normal((N, D)), rng.integers(0, C, N)


@pytest.fixture(scope="module")
def torch_loss(torch):
    """PyTorch's version of the loss, with reg = 0.1."""

    def loss(X, y, W1, b1, W2, b2):
        scores = torch.relu(X @ W1 + b1) @ W2 + b2
        hinge = W2.shape[1] * torch.nn.functional.multi_margin_loss(scores, y)
        return hinge + 0.1 * ((W1**2).sum() + (W2**2).sum())

    return loss


def test_the_worked_example_of_the_lecture():
    params = {
        "W1": np.array(
            [
                [0.2, -0.5, 0.1, 2.0],
                [-0.2, 0, 0.4, 1.3],
                [1.1, 0.7, -0.9, -0.2],
                [-1.9, 1, 0.9, 2.1],
            ]
        ).T,
        "b1": np.array([[9.1, 7.3, -27, 2.1]]),
        "W2": np.array([[0.8, 0.9, 0, 1.4], [0.3, -0.3, 2.2, -1.2], [0.6, 0.7, -0.1, -0.6]]).T,
        "b2": np.array([[-32.0, 14, 19]]),
    }
    scores, hidden = net.nn_forward(params, np.array([[56.0, 231, 24, 2]]))
    np.testing.assert_allclose(hidden, [[0, 8.3, 174.3, 152.5]])
    np.testing.assert_allclose(scores, [[188.97, 211.97, -84.12]])


def test_weights_are_drawn_in_order_and_biases_are_zeros():
    rng = np.random.default_rng(9)
    params = net.init_params(5, 4, 3, eps=0.1, seed=9)
    np.testing.assert_array_equal(params["W1"], 0.1 * rng.standard_normal((5, 4)))
    np.testing.assert_array_equal(params["W2"], 0.1 * rng.standard_normal((4, 3)))
    np.testing.assert_array_equal(params["b1"], np.zeros((1, 4)))
    np.testing.assert_array_equal(params["b2"], np.zeros((1, 3)))
    np.testing.assert_array_equal(
        net.init_params(5, 4, 3)["W1"], net.init_params(5, 4, 3, 1e-4, 0)["W1"]
    )


def test_relu():
    np.testing.assert_array_equal(
        net.relu(np.array([[-1.5, 0.0], [2.5, -0.1]])), [[0, 0], [2.5, 0]]
    )


@pytest.mark.parametrize("reg", [0.0, 0.3])
@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_gradient_is_the_numerical_one(name, reg, assert_gradient):
    params, X, y = draw()
    _, grads = net.nn_svm_loss(params, X, y, reg)
    assert_gradient(
        grads[name], lambda p: net.nn_svm_loss({**params, name: p}, X, y, reg)[0], params[name]
    )


@pytest.mark.parametrize("shape", [(1, 1, 1, 2), (12, 4, 6, 3), (40, 9, 5, 10)])
def test_loss_and_gradient_are_those_of_pytorch(shape, torch, torch_loss, autograd):
    params, X, y = draw(*shape)
    X_tensor, y_tensor = torch.tensor(X), torch.tensor(y)
    expected, expected_grads = autograd(
        lambda **tensors: torch_loss(X_tensor, y_tensor, **tensors), **params
    )
    loss, grads = net.nn_svm_loss(params, X, y, 0.1)
    assert loss == pytest.approx(expected, rel=1e-12)
    assert list(grads) == list(params)
    again = net.nn_svm_grad(params, X, y, *net.nn_forward(params, X), 0.1)
    for name in params:
        np.testing.assert_allclose(grads[name], expected_grads[name], rtol=1e-10, atol=1e-12)
        np.testing.assert_array_equal(grads[name], again[name])


@pytest.mark.parametrize(("b1", "b2"), [(-1.0, 0.0), (0.0, 2.0)], ids=["relu at 0", "margin of 0"])
def test_no_gradient_flows_at_a_kink(b1, b2):
    params = {"W1": np.ones((1, 1)), "b1": np.array([[b1]])}
    params |= {"W2": np.array([[0.0, 1.0]]), "b2": np.array([[b2, 0.0]])}
    _, grads = net.nn_svm_loss(params, np.ones((1, 1)), np.array([0]))
    np.testing.assert_array_equal(grads["W1"], [[0]])
    np.testing.assert_array_equal(grads["b1"], [[0]])


@pytest.mark.parametrize("batch", [5, 12])
def test_training_is_the_descent_of_pytorch(batch, torch_loss, torch_descent):
    params, X, y = draw()
    losses, trained = net.train_nn(params, X, y, 3, 0.05, 0.1, batch, 20, print_freq=0, seed=5)
    expected, expected_params = torch_descent(torch_loss, params, X, y, 0.05, batch, 20, 5)
    np.testing.assert_allclose(losses, expected)
    for name in params:
        np.testing.assert_allclose(trained[name], expected_params[name])


def test_no_iterations_give_a_copy():
    params, X, y = draw()
    losses, trained = net.train_nn(params, X, y, 3, batch=5, num_iters=0)
    assert losses.shape == (0,)
    for name in params:
        assert trained[name] is not params[name]
        np.testing.assert_array_equal(trained[name], params[name])


def test_a_label_outside_the_number_of_classes_is_refused():
    params, X, y = draw()
    with pytest.raises(ValueError, match="labels must be from 0 to 1"):
        net.train_nn(params, X, y, num_classes=2, batch=5)


@pytest.mark.parametrize(("print_freq", "lines"), [(3, 4), (10, 1), (0, 0), (None, 0)])
def test_progress_is_printed_as_often_as_asked(print_freq, lines, capsys):
    params, X, y = draw()
    net.train_nn(params, X, y, 3, batch=5, num_iters=10, print_freq=print_freq)
    assert capsys.readouterr().out.count("\n") == lines


def test_predict_takes_the_lowest_of_equal_scores():
    params = {"W1": np.eye(2), "b1": np.zeros((1, 2)), "b2": np.zeros((1, 3))}
    params["W2"] = np.array([[0.0, 2.0, 2.0], [1.0, 0.0, 1.0]])
    np.testing.assert_array_equal(net.predict_nn(params, np.eye(2)), [1, 0])


def test_a_network_learns_what_no_line_can_divide():
    X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]).repeat(5, axis=0)
    y = np.array([0, 1, 1, 0]).repeat(5)
    params = net.init_params(2, 8, 2, eps=1.0, seed=1)
    losses, params = net.train_nn(params, X, y, 2, lr=0.1, reg=0.0, num_iters=300, print_freq=0)
    assert losses[-1] < 0.05 < losses[0]
    np.testing.assert_array_equal(net.predict_nn(params, X), y)


def test_tune_tries_each_setting_in_order_and_keeps_the_first_of_the_best(capsys):
    rng = np.random.default_rng(1)
    X, X_val = rng.standard_normal((80, 3)), rng.standard_normal((60, 3))
    y, y_val = (np.digitize((a**2).sum(axis=1), [1.5, 4]) for a in (X, X_val))
    lrs, regs, sizes = [1e-9, 1.0], [1.0, 0.0], [2, 16]
    best_params, best, results = net.tune_nn(
        X, y, X_val, y_val, 3, lrs, regs, sizes, num_iters=200, seed=2
    )
    assert capsys.readouterr().out == ""
    assert list(results) == [(lr, reg, h) for lr in lrs for reg in regs for h in sizes]
    for (lr, reg, hidden), value in results.items():
        params = net.init_params(3, hidden, 3, seed=2)
        _, params = net.train_nn(params, X, y, 3, lr, reg, num_iters=200, print_freq=0, seed=2)
        assert value == np.mean(net.predict_nn(params, X_val) == y_val)
        if (lr, reg, hidden) == best:
            np.testing.assert_equal(best_params, params)
    assert best == next(key for key, value in results.items() if value == max(results.values()))
    assert best[0] == 1.0


def test_tune_prefers_the_first_of_equals():
    X, y = np.ones((20, 2)), np.full(20, 2)
    _, best, results = net.tune_nn(X, y, X, y, 3, [0.1, 0.2], [0.0, 0.1], [4, 5], num_iters=5)
    assert set(results.values()) == {1.0}
    assert best == (0.1, 0.0, 4)
