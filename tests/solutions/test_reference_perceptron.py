"""Referees of stage 0: truth tables, the lecture's numbers, scikit-learn, slopes and PyTorch."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions import perceptron as stage

BITS = list(itertools.product((0, 1), repeat=2))
CORNERS = np.array(BITS, dtype=float)
XOR = np.array([0, 1, 1, 0])


def draw(N=9, H=5, seed=0):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (2, H), "b1": (1, H), "W2": (H, 1), "b2": (1, 1)}
    params = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    return params, rng.standard_normal((N, 2)), rng.integers(0, 2, N)


def divided(N=60, D=3, seed=0):
    """Samples on both sides of a plane through 0, none of them near it."""
    rng = np.random.default_rng(seed)
    X, w = rng.standard_normal((4 * N, D)), rng.standard_normal(D)
    X = X[np.abs(X @ w) > 0.2 * np.linalg.norm(w)][:N]
    return X, np.where(X @ w > 0, 1, -1), w / np.linalg.norm(w)


# --- one neuron, and gates --------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1), st.integers(-99, 99)
)
def test_a_perceptron_fires_where_the_weighted_sum_reaches_the_threshold(pairs, threshold):
    x, w = np.array(pairs).T
    fires = stage.perceptron(x, w, threshold)
    assert fires == int(sum(a * b for a, b in pairs) >= threshold)
    assert isinstance(fires, int)
    several = stage.perceptron(np.stack([x, -x]), w, threshold)
    assert several.tolist() == [fires, stage.perceptron(-x, w, threshold)]


@pytest.mark.parametrize(("a", "b"), BITS)
def test_gates_are_those_of_python(a, b):
    assert stage.nand(a, b) == (not (a and b))
    assert stage.xor(a, b) == a ^ b


def test_nand_is_one_perceptron_and_xor_is_made_of_nand(monkeypatch):
    calls = []
    perceptron = stage.perceptron
    monkeypatch.setattr(
        stage, "perceptron", lambda x, w, threshold: calls.append(w) or perceptron(x, w, threshold)
    )
    assert stage.nand(1, 1) == 0
    assert [w.tolist() for w in calls] == [[-2, -2]]
    monkeypatch.setattr(stage, "nand", lambda a, b: 0)
    assert {stage.xor(a, b) for a, b in BITS} == {0}


# --- the perceptron learning algorithm --------------------------------------------------------


def test_two_epochs_by_hand():
    X, y = np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1, -1])
    # w: (0, 0), mistake -> (1, 0), mistake -> (0, -1); mistake -> (1, -1), mistake -> (0, -2);
    # mistake -> (1, -2), right; clean.
    w, mistakes = stage.train_perceptron(X, y)
    np.testing.assert_array_equal(w, [1, -2])
    np.testing.assert_array_equal(mistakes, [2, 2, 1, 0])


@pytest.mark.parametrize("seed", range(5))
def test_it_ends_within_novikoffs_bound_if_a_plane_divides(seed):
    X, y, plane = divided(seed=seed)
    w, mistakes = stage.train_perceptron(X, y, max_epochs=10_000)
    margin, longest = np.min(y * (X @ plane)), np.max(np.linalg.norm(X, axis=1))
    assert mistakes[-1] == 0
    assert np.all(mistakes[:-1] > 0)
    assert np.all(y * (X @ w) > 0)
    assert mistakes.sum() <= (longest / margin) ** 2


@pytest.mark.parametrize("epochs", [1, 7, 100])
def test_on_xor_it_never_ends(epochs):
    X = np.hstack([CORNERS, np.ones((4, 1))])
    _, mistakes = stage.train_perceptron(X, 2 * XOR - 1, max_epochs=epochs)
    assert len(mistakes) == epochs
    assert np.all(mistakes > 0)


@pytest.mark.parametrize("epochs", [1, 2, 5])
@pytest.mark.parametrize("separable", [True, False])
def test_it_is_the_perceptron_of_scikit_learn(separable, epochs):
    linear_model = pytest.importorskip("sklearn.linear_model", reason="scikit-learn is missing")
    X, y, _ = divided()
    if not separable:
        y = np.where(np.random.default_rng(1).permutation(len(y)) % 2, 1, -1)
    peer = linear_model.Perceptron(
        fit_intercept=False, shuffle=False, max_iter=epochs, tol=None, penalty=None
    ).fit(X, y)
    w, _ = stage.train_perceptron(X, y, epochs)
    np.testing.assert_allclose(w, peer.coef_[0], rtol=1e-10, atol=1e-12)


# --- sigmoid and chain rule -------------------------------------------------------------------


def test_sigmoid_is_that_of_scipy_and_does_not_overflow():
    special = pytest.importorskip("scipy.special", reason="SciPy is missing")
    z = np.append(np.linspace(-40, 40, 81), [-1000, -745.0, 710.0, 1000])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        found = stage.sigmoid(z)
    np.testing.assert_allclose(found, special.expit(z), rtol=1e-14, atol=1e-320)


def test_the_slope_of_the_sigmoid(assert_gradient):
    z = np.linspace(-5, 5, 11)

    def total(z):  # on complex numbers, too: the reference's abs has no derivative there
        return np.sum(1 / (1 + np.exp(-z)))

    assert_gradient(stage.sigmoid_grad(z), total, z)
    np.testing.assert_array_equal(stage.sigmoid_grad(np.array([0.0, -1000, 1000])), [0.25, 0, 0])


def test_the_graph_of_the_lecture():
    assert stage.graph_gradients(-2.0, 5.0, -4.0) == (-12, (-4, -4, 3))


def test_gradients_of_the_graph_are_those_of_pytorch(torch, autograd):
    values = dict(zip("xyz", np.random.default_rng(0).standard_normal(3), strict=True))
    f, gradient = stage.graph_gradients(**values)
    expected, slopes = autograd(lambda x, y, z: (x + y) * z, **values)
    assert f == pytest.approx(expected, rel=1e-14)
    assert gradient == pytest.approx([float(slopes[name]) for name in "xyz"], rel=1e-14)


def test_the_update_of_one_weight_as_in_class():
    """Sigmoid hidden units, a linear output, E = (o - t)^2 / 2: W[0, 0] changes by 1/8."""
    x, W, b = np.array([1.0, 0]), np.array([[0.5, -1], [1.5, 2]]), np.array([-0.5, 1])
    v, target, lr = np.array([2.0, -1]), 1.0, 0.5

    def error(w):
        changed = W.copy()
        changed[0, 0] = w
        return 0.5 * (stage.sigmoid(x @ changed + b) @ v - target) ** 2

    z = x @ W + b
    slope = (stage.sigmoid(z) @ v - target) * v[0] * stage.sigmoid_grad(z)[0] * x[0]
    assert -lr * slope == 0.125
    assert slope == pytest.approx((error(0.5 + 1e-6) - error(0.5 - 1e-6)) / 2e-6, rel=1e-8)


# --- the network ------------------------------------------------------------------------------


def test_first_weights_differ_and_come_from_the_seed():
    params = stage.init_xor(5, seed=3)
    assert {name: array.shape for name, array in params.items()} == {
        "W1": (2, 5),
        "b1": (1, 5),
        "W2": (5, 1),
        "b2": (1, 1),
    }
    assert len(np.unique(params["W1"])) == 10
    np.testing.assert_equal(params, stage.init_xor(5, seed=3))
    np.testing.assert_equal(stage.init_xor(5), stage.init_xor(5, 0))
    assert not np.array_equal(params["W1"], stage.init_xor(5, 4)["W1"])


def test_a_network_of_or_and_nand_is_xor():
    """Steep sigmoids are gates: hidden units OR and NAND, the output an AND of them."""
    params = {
        "W1": 20 * np.array([[1.0, -1], [1, -1]]),
        "b1": 20 * np.array([[-0.5, 1.5]]),
        "W2": 20 * np.array([[1.0], [1]]),
        "b2": 20 * np.array([[-1.5]]),
    }
    output, hidden = stage.xor_forward(params, CORNERS)
    np.testing.assert_array_equal(hidden.round(), [[0, 1], [1, 1], [1, 1], [1, 0]])
    np.testing.assert_array_equal(output.round()[:, 0], XOR)


def test_the_loss_of_a_network_that_guesses_is_one_eighth():
    params = {name: np.zeros_like(array) for name, array in draw()[0].items()}
    assert stage.xor_loss(params, CORNERS, XOR)[0] == 1 / 8


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_gradient_agrees_with_central_differences(name):
    params, X, y = draw()
    _, grads = stage.xor_loss(params, X, y)
    for index in np.ndindex(params[name].shape):
        step = np.zeros_like(params[name])
        step[index] = 1e-6
        above, below = (
            stage.xor_loss({**params, name: params[name] + s * step}, X, y)[0] for s in (1, -1)
        )
        assert grads[name][index] == pytest.approx((above - below) / 2e-6, rel=1e-6, abs=1e-10)


@pytest.fixture(scope="module")
def torch_loss(torch):
    def loss(X, y, W1, b1, W2, b2):
        output = torch.sigmoid(torch.sigmoid(X @ W1 + b1) @ W2 + b2)[:, 0]
        return torch.nn.functional.mse_loss(output, y.to(output.dtype)) / 2

    return loss


@pytest.mark.parametrize("shape", [(1, 1), (9, 5), (40, 3)])
@pytest.mark.parametrize("column", [False, True])
def test_loss_and_gradient_are_those_of_pytorch(shape, column, torch, torch_loss, autograd):
    params, X, y = draw(*shape)
    expected, slopes = autograd(
        lambda **tensors: torch_loss(torch.tensor(X), torch.tensor(y), **tensors), **params
    )
    loss, grads = stage.xor_loss(params, X, y.reshape(-1, 1) if column else y)
    assert loss == pytest.approx(expected, rel=1e-12)
    assert list(grads) == list(params)
    for name in params:
        np.testing.assert_allclose(grads[name], slopes[name], rtol=1e-10, atol=1e-14)


def test_training_is_the_descent_of_pytorch(torch_loss, torch_descent):
    params, X, y = draw()
    losses, trained = stage.train_xor(params, X, y, 0.7, 30)
    # A batch of all samples is a full batch, in another order.
    expected, expected_params = torch_descent(torch_loss, params, X, y, 0.7, len(X), 30, 0)
    np.testing.assert_allclose(losses, expected)
    for name in params:
        np.testing.assert_allclose(trained[name], expected_params[name])


def test_no_iterations_give_a_copy():
    params, X, y = draw()
    losses, trained = stage.train_xor(params, X, y, num_iters=0)
    assert losses.shape == (0,)
    for name in params:
        assert not np.shares_memory(trained[name], params[name])
        np.testing.assert_array_equal(trained[name], params[name])


def test_it_learns_xor_by_default_settings():
    losses, params = stage.train_xor(stage.init_xor(4), CORNERS, XOR)
    assert len(losses) == 5000
    assert losses[-1] < 0.01 < losses[0]
    np.testing.assert_array_equal(stage.xor_forward(params, CORNERS)[0].round()[:, 0], XOR)
