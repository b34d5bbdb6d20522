"""Referees of stage 4: the lecture's numbers, numerical gradients, plain Python and PyTorch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions import convnet

# (N, C, H, W), (F, HH, WW), stride, pad: places that overlap, leave gaps or leave rows over
CONVOLUTIONS = [
    ((1, 1, 1, 1), (1, 1, 1), 1, 0),
    ((2, 3, 5, 6), (4, 3, 3), 1, 1),
    ((2, 2, 6, 5), (3, 3, 2), 2, 0),
    ((1, 2, 7, 8), (2, 2, 3), 3, 2),
    ((2, 1, 6, 6), (2, 1, 1), 2, 1),
]
# (H, W), size, stride
POOLS = [
    ((4, 6), 2, 2),
    ((5, 7), 2, 2),
    ((6, 5), 3, 1),
    ((8, 7), 2, 3),
    ((7, 7), 3, 2),
    ((3, 3), 1, 1),
]


def draw_convolution(x_shape, w_shape, stride, pad, seed=0):
    """Draw x, w, b and dout."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(x_shape)
    w = rng.standard_normal((w_shape[0], x_shape[1], *w_shape[1:]))
    sides = zip(x_shape[2:], w_shape[1:], strict=True)
    out = [convnet.conv_output_size(size, kernel, pad, stride) for size, kernel in sides]
    return (
        x,
        w,
        rng.standard_normal(w_shape[0]),
        rng.standard_normal((x_shape[0], w_shape[0], *out)),
    )


def draw_maps(shape, size, stride, whole=False):
    """Draw x and dout of a pool; whole numbers give maxima that occur several times."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((2, 3, *shape))
    out = [convnet.conv_output_size(side, size, stride=stride) for side in shape]
    return np.round(x) if whole else x, rng.standard_normal((2, 3, *out))


@st.composite
def convolutions(draw):
    """Draw any small convolution that fits."""
    pad = draw(st.integers(0, 2))
    H, W = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    HH, WW = draw(st.integers(1, min(4, H + 2 * pad))), draw(st.integers(1, min(4, W + 2 * pad)))
    N, C, F, stride = (draw(st.integers(1, 3)) for _ in range(4))
    return (N, C, H, W), (F, HH, WW), stride, pad


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 3), st.integers(1, 4))
def test_output_size_counts_the_places_of_the_kernel(size, kernel, pad, stride):
    places = range(-pad, size + pad - kernel + 1, stride)
    if len(places):
        assert convnet.conv_output_size(size, kernel, pad, stride) == len(places)
    else:
        with pytest.raises(ValueError, match="does not fit"):
            convnet.conv_output_size(size, kernel, pad, stride)


@pytest.mark.parametrize("wrong", [(5, 0, 0, 1), (5, 1, -1, 1), (5, 1, 0, 0)])
def test_output_size_refuses_numbers_out_of_range(wrong):
    with pytest.raises(ValueError, match="does not fit"):
        convnet.conv_output_size(*wrong)


def test_parameter_counts_are_those_of_pytorch(torch):
    conv, dense = torch.nn.Conv2d(3, 8, 5), torch.nn.Linear(7, 4)
    assert convnet.count_conv_params(3, 8, 5) == sum(p.numel() for p in conv.parameters())
    assert convnet.count_dense_params(7, 4) == sum(p.numel() for p in dense.parameters())


@pytest.mark.parametrize("conv", [convnet.conv_forward_naive, convnet.conv_forward])
def test_the_convolution_of_the_lecture(conv):
    image = np.array([[0.0, 1, 0, 1], [0, 1, 0, 1], [1, 1, 1, 1], [0, -2, 0, -2]])
    kernel = np.tile([-0.5, 1, -0.5], (3, 1))
    out = conv(image[np.newaxis, np.newaxis], kernel[np.newaxis, np.newaxis], np.zeros(1))
    np.testing.assert_array_equal(out, [[[[2, -2], [-1, 1]]]])


def test_the_x_of_the_lecture():
    """Brandon Rohrer's "How convolutional neural networks work": two digits, cut, not rounded."""
    inner = np.eye(7, dtype=bool) | np.eye(7, dtype=bool)[::-1]
    image = np.pad(np.where(inner, 1.0, -1.0), 1, constant_values=-1)
    diagonal, other = np.eye(3), np.eye(3)[::-1]
    filters = np.where(np.stack([diagonal, np.maximum(diagonal, other), other]) > 0, 1.0, -1.0)
    maps = convnet.conv_forward(image[np.newaxis, np.newaxis], filters[:, np.newaxis], np.zeros(3))
    diagonal_map = np.array(
        [
            [7, -1, 1, 3, 5, -1, 3],
            [-1, 9, -1, 3, -1, 1, -1],
            [1, -1, 9, -3, 1, -1, 5],
            [3, 3, -3, 5, -3, 3, 3],
            [5, -1, 1, -3, 9, -1, 1],
            [-1, 1, -1, 3, -1, 9, -1],
            [3, -1, 5, 3, 1, -1, 7],
        ]
    )
    np.testing.assert_array_equal(maps[0, 0], diagonal_map)
    np.testing.assert_array_equal(maps[0, 2], diagonal_map[::-1])
    padded = np.pad(maps / 9, ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=-1)
    pooled = convnet.max_pool_forward(padded)
    assert pooled.shape == (1, 3, 4, 4)
    cut = [
        [1, 0.33, 0.55, 0.33],
        [0.33, 1, 0.33, 0.55],
        [0.55, 0.33, 1, 0.11],
        [0.33, 0.55, 0.11, 0.77],
    ]
    np.testing.assert_array_equal(np.trunc(pooled[0, 0] * 100) / 100, cut)
    cross = [
        [0.55, 0.33, 0.55, 0.33],
        [0.33, 1, 0.55, 0.11],
        [0.55, 0.55, 0.55, 0.11],
        [0.33, 0.11, 0.11, 0.33],
    ]
    np.testing.assert_array_equal(np.trunc(pooled[0, 1] * 100) / 100, cross)


@given(convolutions(), st.integers(0, 99))
def test_convolution_with_and_without_loops_is_the_same(case, seed):
    x, w, b, _ = draw_convolution(*case, seed)
    _, _, stride, pad = case
    one = convnet.conv_forward_naive(x, w, b, stride, pad)
    np.testing.assert_allclose(convnet.conv_forward(x, w, b, stride, pad), one, atol=1e-12)


@given(convolutions(), st.integers(0, 99))
def test_convolution_backwards_is_the_adjoint_of_forwards(case, seed):
    x, w, b, dout = draw_convolution(*case, seed)
    _, _, stride, pad = case
    dx, dw, db = convnet.conv_backward(dout, x, w, b, stride, pad)
    without_bias = np.sum(dout * convnet.conv_forward_naive(x, w, 0 * b, stride, pad))
    assert np.sum(dx * x) == pytest.approx(without_bias, abs=1e-9)
    assert np.sum(dw * w) == pytest.approx(without_bias, abs=1e-9)
    np.testing.assert_allclose(db, [dout[:, f].sum() for f in range(len(b))])


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_that_of_pytorch(case, torch, autograd):
    x, w, b, dout = draw_convolution(*case)
    _, _, stride, pad = case
    tensors = {"input": x, "weight": w, "bias": b}
    conv2d = torch.nn.functional.conv2d
    expected = conv2d(*map(torch.tensor, (x, w, b)), stride=stride, padding=pad)
    out = convnet.conv_forward(x, w, b, stride, pad)
    np.testing.assert_allclose(out, expected, rtol=1e-10, atol=1e-12)
    _, grads = autograd(
        lambda **t: (torch.tensor(dout) * conv2d(**t, stride=stride, padding=pad)).sum(), **tensors
    )
    result = convnet.conv_backward(dout, x, w, b, stride, pad)
    for gradient, name in zip(result, tensors, strict=True):
        np.testing.assert_allclose(gradient, grads[name], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_gradients_are_the_numerical_ones(case, assert_gradient):
    x, w, b, dout = draw_convolution(*case)
    _, _, *how = case
    dx, dw, db = convnet.conv_backward(dout, x, w, b, *how)
    assert_gradient(dx, lambda x: np.sum(dout * convnet.conv_forward(x, w, b, *how)), x)
    assert_gradient(dw, lambda w: np.sum(dout * convnet.conv_forward(x, w, b, *how)), w)
    assert_gradient(db, lambda b: np.sum(dout * convnet.conv_forward(x, w, b, *how)), b)


@pytest.mark.parametrize(("shape", "size", "stride"), POOLS)
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pools_are_those_of_pytorch(kind, shape, size, stride, torch, autograd):
    x, dout = draw_maps(shape, size, stride)
    pool = getattr(torch.nn.functional, f"{kind}_pool2d")
    forward = getattr(convnet, f"{kind}_pool_forward")
    backward = getattr(convnet, f"{kind}_pool_backward")
    np.testing.assert_allclose(forward(x, size, stride), pool(torch.tensor(x), size, stride))
    _, grads = autograd(lambda x: (torch.tensor(dout) * pool(x, size, stride)).sum(), x=x)
    np.testing.assert_allclose(backward(dout, x, size, stride), grads["x"], atol=1e-15)


@pytest.mark.parametrize(("shape", "size", "stride"), POOLS)
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pool_gradients_are_the_numerical_ones(kind, shape, size, stride, assert_gradient):
    x, dout = draw_maps(shape, size, stride)
    forward = getattr(convnet, f"{kind}_pool_forward")
    dx = getattr(convnet, f"{kind}_pool_backward")(dout, x, size, stride)
    assert_gradient(dx, lambda x: np.sum(dout * forward(x, size, stride)), x)


@pytest.mark.parametrize(("shape", "size", "stride"), POOLS)
def test_the_first_of_equal_maxima_in_row_order_takes_the_gradient(shape, size, stride):
    x, dout = draw_maps(shape, size, stride, whole=True)
    expected = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        cells = [(i * stride + r, j * stride + q) for r in range(size) for q in range(size)]
        row, column = max(cells, key=lambda cell: x[n, c, *cell])  # max keeps the first of equals
        expected[n, c, row, column] += dout[n, c, i, j]
    np.testing.assert_allclose(
        convnet.max_pool_backward(dout, x, size, stride), expected, atol=1e-15
    )


def test_relu_lets_the_gradient_through_above_zero_only():
    x, dout = np.array([-2.0, 0.0, 3.0]), np.array([5.0, 6.0, 7.0])
    np.testing.assert_array_equal(convnet.relu_forward(x), [0, 0, 3])
    np.testing.assert_array_equal(convnet.relu_backward(dout, x), [0, 0, 7])


@pytest.mark.parametrize("shape", [(4, 6), (4, 2, 3, 1)])
def test_affine_gradients_are_the_numerical_ones(shape, assert_gradient):
    rng = np.random.default_rng(0)
    x, w, b = rng.standard_normal(shape), rng.standard_normal((6, 5)), rng.standard_normal(5)
    dout = rng.standard_normal((4, 5))
    dx, dw, db = convnet.affine_backward(dout, x, w, b)
    assert_gradient(dx, lambda x: np.sum(dout * convnet.affine_forward(x, w, b)), x)
    assert_gradient(dw, lambda w: np.sum(dout * convnet.affine_forward(x, w, b)), w)
    assert_gradient(db, lambda b: np.sum(dout * convnet.affine_forward(x, w, b)), b)


def test_affine_is_that_of_pytorch(torch):
    rng = np.random.default_rng(0)
    x, w, b = rng.standard_normal((4, 2, 3)), rng.standard_normal((6, 5)), rng.standard_normal(5)
    expected = torch.nn.functional.linear(torch.tensor(x).flatten(1), *map(torch.tensor, (w.T, b)))
    np.testing.assert_allclose(convnet.affine_forward(x, w, b), expected)


def test_cross_entropy_gradient_is_the_numerical_one(assert_gradient):
    rng = np.random.default_rng(0)
    scores, y = rng.standard_normal((6, 4)), rng.integers(0, 4, 6)
    _, dscores = convnet.softmax_cross_entropy(scores, y)
    assert_gradient(dscores, lambda s: convnet.softmax_cross_entropy(s, y)[0], scores)


@pytest.mark.parametrize("scale", [1, 1e4])
def test_cross_entropy_is_that_of_pytorch(scale, torch):
    rng = np.random.default_rng(0)
    scores, y = scale * rng.standard_normal((6, 4)), rng.integers(0, 4, 6)
    expected = torch.nn.functional.cross_entropy(torch.tensor(scores), torch.tensor(y))
    assert convnet.softmax_cross_entropy(scores, y)[0] == pytest.approx(expected.item())


def with_data_and_biases(params, shape, num_classes):
    """Draw images and labels for a network, and biases that are not zeros."""
    rng = np.random.default_rng(3)
    for name, value in params.items():
        if name.startswith("b"):
            value += rng.standard_normal(value.shape)
    return params, rng.standard_normal(shape), rng.integers(0, num_classes, shape[0])


def draw_convnet(kernel=3):
    params = convnet.init_convnet((2, 4, 6), 3, kernel, 5, 4, eps=0.5)
    return with_data_and_biases(params, (8, 2, 4, 6), 4)


def draw_lenet():
    return with_data_and_biases(convnet.init_lenet(), (3, 1, 28, 28), 10)


NETWORKS = {
    "convnet": (convnet.convnet_forward, convnet.convnet_loss, draw_convnet),
    "lenet": (convnet.lenet_forward, convnet.lenet_loss, draw_lenet),
}


@pytest.fixture(scope="module")
def torch_scores(torch):
    """PyTorch's version of both networks: k convolutions, then affine layers."""
    F = torch.nn.functional

    def network(paddings, X, **params):
        out, layers = X, len(params) // 2
        for layer in range(1, layers + 1):
            w, b = params[f"W{layer}"], params[f"b{layer}"]
            if layer <= len(paddings):
                conv = F.conv2d(out, w, b, padding=paddings[layer - 1])
                out = F.max_pool2d(F.relu(conv), 2)
            else:
                out = F.linear(out.flatten(1), w.T, b)
                out = F.relu(out) if layer < layers else out
        return out

    return {
        "convnet": lambda X, **params: network(["same"], X, **params),
        "lenet": lambda X, **params: network([2, 0], X, **params),
    }


@pytest.fixture(scope="module")
def torch_loss(torch, torch_scores):
    """PyTorch's version of both losses, with reg = 0.1."""

    def loss(name, X, y, **params):
        penalty = sum((p**2).sum() for key, p in params.items() if key.startswith("W"))
        return torch.nn.functional.cross_entropy(torch_scores[name](X, **params), y) + 0.1 * penalty

    return loss


@pytest.mark.parametrize("name", NETWORKS)
def test_scores_loss_and_gradients_are_those_of_pytorch(
    name, torch, torch_scores, torch_loss, autograd
):
    forward, loss, draw = NETWORKS[name]
    params, X, y = draw()
    tensors = {key: torch.tensor(p) for key, p in params.items()}
    expected_scores = torch_scores[name](torch.tensor(X), **tensors)
    np.testing.assert_allclose(forward(params, X), expected_scores, rtol=1e-10, atol=1e-12)
    expected, expected_grads = autograd(
        lambda **p: torch_loss(name, torch.tensor(X), torch.tensor(y), **p), **params
    )
    value, grads = loss(params, X, y, 0.1)
    assert value == pytest.approx(expected, rel=1e-12)
    assert set(grads) == set(params)
    for key in params:
        np.testing.assert_allclose(grads[key], expected_grads[key], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kernel", [1, 3])
@pytest.mark.parametrize("key", ["W1", "b1", "W2", "b2", "W3", "b3"])
def test_convnet_gradient_is_the_numerical_one(key, kernel, assert_gradient):
    params, X, y = draw_convnet(kernel)
    _, grads = convnet.convnet_loss(params, X, y, 0.1)
    assert_gradient(
        grads[key], lambda p: convnet.convnet_loss({**params, key: p}, X, y, 0.1)[0], params[key]
    )


@pytest.mark.parametrize("layer", range(1, 6))
def test_lenet_gradient_is_the_numerical_one_along_a_line(layer, assert_gradient):
    params, X, y = draw_lenet()
    _, grads = convnet.lenet_loss(params, X, y, 0.1)
    rng = np.random.default_rng(layer)
    line = {key: rng.standard_normal(params[key].shape) for key in (f"W{layer}", f"b{layer}")}
    slope = sum(np.sum(grads[key] * line[key]) for key in line)

    def along(t):
        return convnet.lenet_loss(params | {k: params[k] + t * line[k] for k in line}, X, y, 0.1)[0]

    assert_gradient(slope, along, np.zeros(()))


def test_convnet_weights_are_drawn_in_order_and_biases_are_zeros():
    rng = np.random.default_rng(9)
    params = convnet.init_convnet((2, 4, 6), 3, 5, 7, 4, eps=0.1, seed=9)
    for layer, shape in enumerate([(3, 2, 5, 5), (18, 7), (7, 4)], start=1):
        np.testing.assert_array_equal(params[f"W{layer}"], 0.1 * rng.standard_normal(shape))
        size = shape[0] if layer == 1 else shape[1]
        np.testing.assert_array_equal(params[f"b{layer}"], np.zeros(size))


@pytest.mark.parametrize(("input_dim", "kernel"), [((1, 5, 4), 3), ((1, 4, 5), 3), ((1, 4, 4), 2)])
def test_convnet_refuses_odd_images_and_even_kernels(input_dim, kernel):
    with pytest.raises(ValueError, match="must be even and the kernel odd"):
        convnet.init_convnet(input_dim, 2, kernel, 3, 2)


@pytest.mark.parametrize("conv", [convnet.conv_forward_naive, convnet.conv_forward])
@pytest.mark.parametrize(("channels", "kernel"), [(1, 3), (2, 5)])
def test_filters_that_do_not_fit_are_refused(conv, channels, kernel):
    with pytest.raises(ValueError, match="fit"):
        conv(np.ones((1, 2, 4, 4)), np.ones((3, channels, kernel, kernel)), np.zeros(3))


def test_lenet_has_61706_parameters():
    params = convnet.init_lenet(seed=4)
    assert {key: p.shape for key, p in params.items()} == {
        **{"W1": (6, 1, 5, 5), "b1": (6,), "W2": (16, 6, 5, 5), "b2": (16,)},
        **{
            "W3": (400, 120),
            "b3": (120,),
            "W4": (120, 84),
            "b4": (84,),
            "W5": (84, 10),
            "b5": (10,),
        },
    }
    counts = [convnet.count_conv_params(1, 6, 5), convnet.count_conv_params(6, 16, 5)]
    counts += [convnet.count_dense_params(*params[f"W{layer}"].shape) for layer in (3, 4, 5)]
    assert sum(counts) == sum(p.size for p in params.values()) == 61706
    assert not any(params[f"b{layer}"].any() for layer in range(1, 6))
    assert not np.array_equal(params["W1"], convnet.init_lenet(seed=5)["W1"])


def test_signals_neither_grow_nor_fade_in_a_fresh_lenet():
    params, X = convnet.init_lenet(), draw_lenet()[1]
    assert 0.3 < np.std(convnet.lenet_forward(params, X)) < 5


@pytest.mark.parametrize("batch", [3, 8])
def test_training_is_the_descent_of_pytorch(batch, torch_loss, torch_descent):
    params, X, y = draw_convnet()
    losses, trained = convnet.train_convnet(params, X, y, 0.05, 0.1, batch, num_iters=15, seed=5)
    expected, expected_params = torch_descent(
        lambda X, y, **p: torch_loss("convnet", X, y, **p), params, X, y, 0.05, batch, 15, 5
    )
    np.testing.assert_allclose(losses, expected)
    for key in params:
        np.testing.assert_allclose(trained[key], expected_params[key], atol=1e-12)


def test_no_iterations_give_a_copy():
    params, X, y = draw_convnet()
    losses, trained = convnet.train_convnet(params, X, y, batch=5, num_iters=0)
    assert losses.shape == (0,)
    for key in params:
        assert trained[key] is not params[key]
        np.testing.assert_array_equal(trained[key], params[key])


def test_a_network_learns_to_tell_rows_from_columns():
    rng = np.random.default_rng(0)
    X, y = 0.1 * rng.standard_normal((40, 1, 6, 6)), np.arange(40) % 2
    for image, label, place in zip(X, y, rng.integers(0, 6, 40), strict=True):
        image[0, place if label else slice(None), slice(None) if label else place] += 1
    params = convnet.init_convnet((1, 6, 6), 4, 3, 8, 2, eps=0.3)
    losses, params = convnet.train_convnet(params, X, y, lr=0.2, batch=20, num_iters=150)
    assert losses[-1] < 0.05 < losses[0]
    np.testing.assert_array_equal(convnet.predict_convnet(params, X), y)


def test_predict_takes_the_lowest_of_equal_scores():
    params, X, _ = draw_convnet()
    params["W3"][:], params["b3"][:] = 0, [1, 2, 2, 0]
    np.testing.assert_array_equal(convnet.predict_convnet(params, X), np.full(8, 1))
