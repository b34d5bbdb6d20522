"""The fast forms answer as the plain functions do, and training uses them."""

import importlib
import inspect
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.expected import functions_to_train
from solutions import convnet, generative, nearest_neighbors, two_layer_net
from solutions.fast import convnet as fast_convnet
from solutions.fast import nearest_neighbors as fast_neighbors
from solutions.fast.convnet import (
    convnet_forward_fast,
    convnet_loss_fast,
    lenet_forward_fast,
    lenet_loss_fast,
    network_loss,
)
from solutions.fast.generative import train_autoencoder_fast, train_gan_fast
from solutions.fast.momentum import descend, train_with_momentum
from solutions.fast.nearest_neighbors import predict_nn_labels_fast
from solutions.fast.two_layer_net import train_nn_fast

KIT = Path(__file__).parents[2]
STAGES = ("nearest_neighbors", "two_layer_net", "convnet", "generative")
SEEDS = st.integers(0, 2**32 - 1)


def forms(stage):
    """Pair the fast forms of a stage with the plain functions."""
    fast = vars(importlib.import_module(f"solutions.fast.{stage}"))
    plain = importlib.import_module(f"solutions.{stage}")
    names = [name for name in fast if name.endswith("_fast")]
    return {name: (fast[name], getattr(plain, name.removesuffix("_fast"))) for name in names}


def assert_same(found, expected, tolerance=1e-10):
    """Refuse other values, shapes or keys; floats may differ by rounding."""
    if isinstance(expected, dict):
        assert set(found) == set(expected)
        for name, value in expected.items():
            assert_same(found[name], value, tolerance)
    elif isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other, tolerance)
    else:
        assert np.shape(found) == np.shape(expected)
        np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("stage", STAGES)
def test_fast_forms_take_what_the_plain_functions_take(stage):
    for fast, plain in forms(stage).values():
        assert inspect.signature(fast) == inspect.signature(plain)


@pytest.mark.parametrize("stage", STAGES)
def test_training_with_the_solution_uses_the_fast_forms_and_that_with_own_functions_does_not(stage):
    with functions_to_train(KIT, stage, None) as functions:
        for name in forms(stage):
            assert getattr(functions, name.removesuffix("_fast")).__name__ == name
    with functions_to_train(KIT, stage, KIT / "solutions") as functions:
        for name in forms(stage):
            plain = name.removesuffix("_fast")
            assert getattr(functions, plain).__name__ == plain


@pytest.mark.parametrize(
    ("stage", "function", "called"),
    [
        ("nearest_neighbors", "cross_validate_k", "predict_nn_labels"),
        ("convnet", "train_convnet", "convnet_loss"),
    ],
)
def test_functions_of_the_solution_call_the_fast_forms(stage, function, called):
    with functions_to_train(KIT, stage, None) as functions:
        found = getattr(functions, function).__globals__[called]
    assert found.__name__ == f"{called}_fast"


# --- nearest neighbours


@given(SEEDS, st.integers(1, 40), st.integers(1, 70), st.integers(1, 6), st.booleans(), st.data())
def test_neighbours_vote_alike_ties_included(seed, N, stored, D, is_float32, data):
    """Small whole numbers: many rows are equally near, and every formula is exact."""
    rng = np.random.default_rng(seed)
    dtype = np.float32 if is_float32 else float
    X = rng.integers(0, 3, (N, D)).astype(dtype)
    X_train = rng.integers(0, 3, (stored, D)).astype(dtype)
    y_train = rng.integers(0, 4, stored)
    k = data.draw(st.integers(1, stored))
    expected = nearest_neighbors.predict_nn_labels(X, X_train, y_train, k)
    np.testing.assert_array_equal(predict_nn_labels_fast(X, X_train, y_train, k), expected)


@pytest.mark.parametrize("k", [1, 5, 30])
@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_neighbours_that_float32_cannot_tell_apart_are_measured_exactly(k, offset):
    rng = np.random.default_rng(k)
    X_train = rng.standard_normal((900, 3)) + offset
    X = X_train[rng.integers(0, 900, 600)] + 1e-5 * rng.standard_normal((600, 3))
    y_train = rng.integers(0, 900, 900)
    found = predict_nn_labels_fast(X, X_train, y_train, k)
    expected = nearest_neighbors.predict_nn_labels(X, X_train, y_train, k)
    np.testing.assert_array_equal(found, expected)
    if offset and k == 1:  # float32 alone is wrong here
        near, far = X_train.astype(np.float32), X.astype(np.float32)
        alone = np.argmin(np.sum(near**2, axis=1) - 2 * far @ near.T, axis=1)
        assert np.mean(y_train[alone] != expected) > 0.5


def test_infinite_squares_do_not_hide_the_nearest():
    X_train = np.array([[3e30], [1e30], [2e30]])
    labels = predict_nn_labels_fast(np.array([[1.1e30], [2.9e30]]), X_train, np.array([0, 1, 2]))
    np.testing.assert_array_equal(labels, [1, 0])


def test_chunks_are_put_together_in_order(monkeypatch):
    monkeypatch.setattr(fast_neighbors, "CHUNK", 7)
    rng = np.random.default_rng(0)
    X, X_train, y_train = rng.random((30, 4)), rng.random((50, 4)), rng.integers(0, 3, 50)
    np.testing.assert_array_equal(
        predict_nn_labels_fast(X, X_train, y_train, 3),
        nearest_neighbors.predict_nn_labels(X, X_train, y_train, 3),
    )


@pytest.mark.parametrize("k, label", [(0, 1), (4, 1), (1, -1)])
def test_neighbours_refuse_what_the_plain_function_refuses(k, label):
    arguments = np.zeros((2, 2)), np.zeros((3, 2)), np.full(3, label), k
    for function in (nearest_neighbors.predict_nn_labels, predict_nn_labels_fast):
        with pytest.raises(ValueError, match=r"k must be|negative"):
            function(*arguments)


# --- two-layer net


@given(SEEDS, st.integers(1, 12), st.integers(2, 6), st.integers(1, 5), st.floats(0, 0.1))
def test_two_layer_nets_learn_alike(seed, batch, num_classes, hidden, reg):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((12, 7))
    y = rng.integers(0, num_classes, 12)
    params = two_layer_net.init_params(7, hidden, num_classes, eps=0.5, seed=seed)
    # With 0.05 a bias could come to 1 but for rounding, where the hinge has its kink.
    arguments = params, X, y, num_classes, np.sqrt(2) / 30, reg, batch, 6, 0, seed
    before = {name: value.copy() for name, value in params.items()}
    assert_same(train_nn_fast(*arguments), two_layer_net.train_nn(*arguments))
    assert_same(params, before, 0)


def test_two_layer_nets_print_alike(capsys):
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((30, 4)), rng.integers(0, 3, 30)
    params = two_layer_net.init_params(4, 5, 3)
    printed = []
    for train in (train_nn_fast, two_layer_net.train_nn):
        train(params, X, y, 3, num_iters=7, print_freq=3)
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != ""


def test_two_layer_nets_take_float32_and_refuse_alike():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((30, 4)), rng.integers(0, 3, 30)
    params = two_layer_net.init_params(4, 5, 3, eps=0.5)
    single = {name: value.astype(np.float32) for name, value in params.items()}
    losses, learnt = train_nn_fast(single, X.astype(np.float32), y, 3, print_freq=0)
    assert all(value.dtype == np.float32 for value in learnt.values())
    assert_same((losses, learnt), two_layer_net.train_nn(params, X, y, 3, print_freq=0), 1e-4)
    # Each may be of its own precision.
    assert_same(train_nn_fast(single, X, y, 3, print_freq=0), (losses, learnt), 1e-4)
    assert_same(train_nn_fast(params, X.astype(np.float32), y, 3), (losses, learnt), 1e-4)
    for labels, batch in ((y, 31), (y + 1, 20), (y - 1, 20)):
        for train in (train_nn_fast, two_layer_net.train_nn):
            with pytest.raises(ValueError):
                train(params, X, labels, 3, batch=batch)


# --- convolutional networks


@given(
    SEEDS,
    st.integers(1, 3),
    st.sampled_from([(2, 2), (4, 6), (6, 4)]),
    st.sampled_from([1, 3, 5]),
    st.booleans(),
)
def test_small_networks_have_the_same_loss_and_gradient(seed, C, size, kernel, whole):
    """Whole numbers: several maxima in a window, of which the first takes the gradient."""
    rng = np.random.default_rng(seed)
    params = convnet.init_convnet((C, *size), 3, kernel, 5, 4, eps=0.5, seed=seed)
    params |= {name: 0.1 * rng.standard_normal(params[name].shape) for name in ("b2", "b3")}
    X, y = rng.standard_normal((7, C, *size)), rng.integers(0, 4, 7)
    if whole:
        X = np.round(X)
        params["W1"] = np.round(2 * params["W1"])
    assert_same(convnet_forward_fast(params, X), convnet.convnet_forward(params, X))
    assert_same(convnet_loss_fast(params, X, y, 0.1), convnet.convnet_loss(params, X, y, 0.1))


@pytest.mark.parametrize("N", [1, 64, 65, 130])
def test_lenet_has_the_same_scores_loss_and_gradient(N):
    rng = np.random.default_rng(N)
    params = convnet.init_lenet(N)
    params |= {
        f"b{layer}": 0.1 * rng.standard_normal(params[f"b{layer}"].shape) for layer in (1, 2, 4)
    }
    X, y = np.round(8 * rng.random((N, 1, 28, 28))) / 8, rng.integers(0, 10, N)
    before = X.copy(), {name: value.copy() for name, value in params.items()}
    assert_same(lenet_forward_fast(params, X), convnet.lenet_forward(params, X))
    assert_same(lenet_loss_fast(params, X, y, 0.01), convnet.lenet_loss(params, X, y, 0.01))
    assert_same((X, params), before, 0)


@pytest.mark.parametrize("side", [27, 29, 31])
def test_rows_and_columns_that_fill_no_window_are_left_out_alike(side):
    """The second convolution's maps are odd, or those of both are."""
    rng = np.random.default_rng(side)
    params = convnet.init_lenet()
    flat = 16 * (((side // 2) - 4) // 2) ** 2
    params["W3"] = 0.05 * rng.standard_normal((flat, 120))
    X, y = rng.random((3, 1, side, side)), rng.integers(0, 10, 3)
    assert_same(lenet_loss_fast(params, X, y), convnet.lenet_loss(params, X, y))


def test_networks_take_float32():
    rng = np.random.default_rng(0)
    params = convnet.init_lenet()
    X, y = rng.random((9, 1, 28, 28)), rng.integers(0, 10, 9)
    single = {name: value.astype(np.float32) for name, value in params.items()}
    loss, grads = lenet_loss_fast(single, X.astype(np.float32), y)
    assert all(value.dtype == np.float32 for value in grads.values())
    assert lenet_forward_fast(single, X.astype(np.float32)).dtype == np.float32
    assert_same((loss, grads), convnet.lenet_loss(params, X, y), 1e-4)


@given(
    SEEDS,
    st.sampled_from([1, 2, 8, 9]),
    st.sampled_from([1, 2, 3, 5]),
    st.sampled_from([(6, 6), (7, 8), (9, 7)]),
    st.integers(0, 2),
    st.booleans(),
)
def test_a_convolution_with_its_pool_is_the_plain_ones(seed, C, kernel, size, pad, whole):
    """Whole numbers: several maxima in a window, and Winograd's sums of them are exact."""
    rng = np.random.default_rng(seed)
    x, w = rng.standard_normal((3, C, *size)), rng.standard_normal((4, C, kernel, kernel))
    b = 0.1 * rng.standard_normal(4)
    if whole:
        x, w = np.round(x), np.round(w)
    conv = convnet.conv_forward(x, w, b, pad=pad)
    H, W = (2 * (side // 2) for side in conv.shape[2:])  # what fills no window is left out
    relu = convnet.relu_forward(conv[:, :, :H, :W])
    out = convnet.max_pool_forward(relu)
    dout = rng.standard_normal(out.shape)
    dconv = np.zeros_like(conv)
    dconv[:, :, :H, :W] = convnet.relu_backward(
        convnet.max_pool_backward(dout, relu), conv[:, :, :H, :W]
    )

    found, seen = fast_convnet._conv_relu_pool(x.transpose(1, 2, 3, 0), w, b, pad)
    assert_same(found.transpose(3, 0, 1, 2), out)
    dx, dw, db = fast_convnet._conv_relu_pool_backward(dout.transpose(1, 2, 3, 0), w, seen, True)
    expected = convnet.conv_backward(dconv, x, w, b, pad=pad)
    assert_same((dx.transpose(3, 0, 1, 2), dw, db), expected)


@pytest.mark.parametrize("kernel, channels, used", [(3, 8, 1), (3, 7, 0), (2, 8, 0)])
def test_many_channels_of_3x3_take_fewer_products(kernel, channels, used):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((channels, 6, 6, 5), dtype=np.float32)
    w = rng.standard_normal((4, channels, kernel, kernel), dtype=np.float32)
    with mock.patch.object(fast_convnet, "_winograd", wraps=fast_convnet._winograd) as winograd:
        out, seen = fast_convnet._conv_relu_pool(x, w, np.zeros(4, np.float32), 0)
    dx, dw, _ = fast_convnet._conv_relu_pool_backward(out, w, seen, True)
    assert winograd.call_count == used
    assert out.dtype == dx.dtype == dw.dtype == np.float32


def test_dropout_has_the_numerical_gradient_and_makes_up_for_what_is_dropped():
    rng = np.random.default_rng(0)
    params = convnet.init_convnet((2, 4, 4), 3, 3, 5, 4, eps=0.5)
    params |= {name: 0.1 * rng.standard_normal(params[name].shape) for name in ("b1", "b2", "b3")}
    X, y = rng.standard_normal((7, 2, 4, 4)), rng.integers(0, 4, 7)

    def loss_and_grads():
        return network_loss(params, X, y, 0.1, (1,), 0.6, np.random.default_rng(5))

    _, grads = loss_and_grads()
    for name, value in params.items():
        for place in [(0,) * value.ndim, tuple(n - 1 for n in value.shape)]:
            kept, around = value[place], []
            for value[place] in (kept + 1e-6, kept - 1e-6):
                around.append(loss_and_grads()[0])
            value[place] = kept
            numeric = (around[0] - around[1]) / 2e-6
            np.testing.assert_allclose(grads[name][place], numeric, rtol=1e-5, atol=1e-8)

    class KeepsAll:
        random = staticmethod(lambda shape, dtype: np.zeros(shape, dtype))

    # What is kept is divided by the share that is kept, before each of the two affine layers.
    larger = params | {name: params[name] / 0.6 for name in ("W2", "W3")}
    expected, _ = convnet.convnet_loss(larger, X, y)
    assert_same(network_loss(params, X, y, 0.0, (1,), 0.6, KeepsAll)[0], expected)


def test_small_networks_learn_alike():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((90, 2, 6, 8)), rng.integers(0, 3, 90)
    params = convnet.init_convnet((2, 6, 8), 4, 3, 6, 3, eps=0.3)
    before = {name: value.copy() for name, value in params.items()}
    arguments = params, X, y, 0.1, 1e-3, 70, 8, 5
    with functions_to_train(KIT, "convnet", None) as functions:
        assert_same(functions.train_convnet(*arguments), convnet.train_convnet(*arguments))
    assert_same(params, before, 0)


def test_networks_refuse_alike():
    params = convnet.init_convnet((1, 4, 4), 2, 3, 3, 3)
    X, y = np.zeros((5, 1, 4, 4)), np.zeros(5, dtype=int)
    for loss in (convnet_loss_fast, convnet.convnet_loss):
        for images, labels in ((X, y + 3), (X, y - 1), (X, y[:4]), (X[:, :, :1, :1], y)):
            with pytest.raises(ValueError):
                loss(params, images, labels)
    with pytest.raises(ValueError):
        convnet_loss_fast(params, np.zeros((5, 2, 4, 4)), y)


# --- autoencoder and GAN


def generative_nets(dim, noise, hidden, seed, dtype=float):
    """Draw an autoencoder, a generator and a discriminator, with biases that aren't zero."""
    rng = np.random.default_rng(seed)
    nets = (
        generative.init_autoencoder(dim, hidden, noise, seed),
        *generative.init_gan(dim, noise, hidden, seed),
    )
    return [
        {name: (w + 0.3 * rng.standard_normal(w.shape)).astype(dtype) for name, w in net.items()}
        for net in nets
    ]


@given(SEEDS, st.integers(1, 12), st.integers(1, 6), st.integers(1, 5), st.floats(0, 0.9))
def test_autoencoders_learn_alike(seed, batch, hidden, noise, momentum):
    X = np.random.default_rng(seed).random((12, 7))
    params, _, _ = generative_nets(7, noise, hidden, seed)
    before = X.copy(), {name: value.copy() for name, value in params.items()}
    arguments = params, X, 0.1, momentum, batch, 6, seed
    expected = generative.train_autoencoder(*arguments)
    assert_same(train_autoencoder_fast(*arguments), expected, 1e-9)
    assert_same((X, params), before, 0)


@given(SEEDS, st.integers(1, 12), st.integers(1, 6), st.integers(1, 5))
def test_adversaries_learn_alike(seed, batch, hidden, noise):
    X = np.random.default_rng(seed).random((12, 7))
    _, *nets = generative_nets(7, noise, hidden, seed)
    before = [X.copy(), *({name: value.copy() for name, value in net.items()} for net in nets)]
    arguments = *nets, X, 0.2, 0.1, batch, 6, seed
    assert_same(train_gan_fast(*arguments), generative.train_gan(*arguments), 1e-9)
    assert_same((X, *nets), tuple(before), 0)


def test_generative_nets_take_float32_and_large_numbers_and_refuse_alike():
    rng = np.random.default_rng(0)
    X = rng.random((30, 9))
    nets = generative_nets(9, 2, 4, 0)
    single = generative_nets(9, 2, 4, 0, np.float32)
    for fast, plain, which in (
        (train_autoencoder_fast, generative.train_autoencoder, slice(1)),
        (train_gan_fast, generative.train_gan, slice(1, 3)),
    ):
        found = fast(*single[which], X.astype(np.float32), batch=5)
        assert all(
            w.dtype == np.float32 for net in found if isinstance(net, dict) for w in net.values()
        )
        expected = plain(*nets[which], X, batch=5)
        assert_same(found, expected, 1e-3)
        large = [{name: 1e3 * value for name, value in net.items()} for net in nets[which]]
        assert_same(fast(*large, X, batch=5, num_iters=1), plain(*large, X, batch=5, num_iters=1))
        for train in (fast, plain):
            with pytest.raises(ValueError):
                train(*nets[which], X, batch=31)


# --- momentum


def quadratic(params, X, y):
    """A loss whose gradient is known: half the squared distance to the mini-batch's mean."""
    difference = params["a"] - X.mean(axis=0)
    return 0.5 * np.sum(difference**2), {"a": difference, "b": params["b"] * 0}


def test_momentum_takes_the_steps_of_its_formula():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((11, 2, 3)), np.zeros(11, dtype=int)
    start = {"a": rng.standard_normal((2, 3)), "b": np.ones(4)}
    losses, params = train_with_momentum(quadratic, start, X, y, 0.1, 0.8, 5, 3, seed=2)

    rng = np.random.default_rng(2)
    a, v, expected = start["a"].copy(), 0, []
    for step in range(6):  # three epochs of two mini-batches; the eleventh sample is left out
        if step % 2 == 0:
            order = rng.permutation(11)
        loss, grads = quadratic({"a": a, "b": start["b"]}, X[order[step % 2 * 5 :][:5]], y)
        expected.append(loss)
        v = 0.8 * v + grads["a"]
        a -= 0.1 * (1 - step / 6) * v
    np.testing.assert_allclose(losses, expected)
    np.testing.assert_allclose(params["a"], a)
    np.testing.assert_array_equal(params["b"], np.ones(4))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_momentum_without_a_gradient_ends_as_zero_and_is_never_a_denormal(dtype):
    flat, velocity = np.ones(3, dtype), np.array([1, -1e-3, 1e-20], dtype)
    for i in range(1000):
        descend(flat, velocity, np.zeros(3, dtype), 0.1, 0.9, i)
        sizes = np.abs(velocity[velocity != 0])
        assert np.all(sizes >= np.finfo(dtype).tiny)
    assert len(sizes) == 0


def test_momentum_changes_each_mini_batch_and_not_the_data():
    X, y = np.ones((6, 2, 3)), np.zeros(6, dtype=int)
    means = []

    def loss(params, X, y):
        means.append(X.mean())
        return quadratic(params, X, y)

    start = {"a": np.zeros((2, 3)), "b": np.ones(1)}
    train_with_momentum(
        loss, start, X, y, batch=3, epochs=1, change=lambda X, rng: X * rng.integers(2, 9)
    )
    rng = np.random.default_rng(0)
    rng.permutation(6)
    assert means == [rng.integers(2, 9), rng.integers(2, 9)]
    assert np.all(X == 1) and np.all(start["a"] == 0)
