"""SimpleNet, 13 convolutions, with an eighth of its filters, by the plain functions of the stages.

Hasanpour et al., "Let's keep it simple, using simple architectures to outperform deeper and more
complex architectures" (2016). With half of the filters (1.3 million parameters) an epoch of 8,000
digits would take the plain convolutions a quarter of an hour; with an eighth, 80,000 parameters, it
takes less than a minute. There is no dropout: so small a network has nothing to spare.
"""

import numpy as np

from solutions import convnet, deep_training

# Filters of each convolution and the side of a filter; None is a 2x2 pool. Behind the last pool a
# map is one pixel, where 3x3 and 1x1 are the same but for weights that only ever meet zeros.
LAYERS = (
    *((8, 3), (16, 3), (16, 3), (16, 3), None),
    *((16, 3), (16, 3), (32, 3), None),
    *((32, 3), (32, 3), None),
    *((64, 3), None),
    *((256, 1), (32, 1), (32, 1)),
)

Params = dict[str, np.ndarray]


def start(seed: int) -> tuple[Params, Params]:
    """Draw parameters for images of one channel and ten classes; averages are those of no image."""
    rng = np.random.default_rng(seed)
    params: Params = {}
    running: Params = {}
    channels, number = 1, 0
    for layer in LAYERS:
        if layer is None:
            continue
        filters, side = layer
        number += 1
        shape = filters, channels, side, side
        params[f"W{number}"] = rng.standard_normal(shape) * np.sqrt(2 / np.prod(shape[1:]))
        params[f"b{number}"] = np.zeros(filters)
        params[f"gamma{number}"], params[f"beta{number}"] = np.ones(filters), np.zeros(filters)
        running[f"mean{number}"], running[f"var{number}"] = np.zeros(filters), np.ones(filters)
        channels = filters
    params["W"] = rng.standard_normal((channels, 10)) * np.sqrt(2 / channels)
    params["b"] = np.zeros(10)
    return params, running


def scores(params: Params, running: Params, X: np.ndarray) -> np.ndarray:
    """Compute the scores (N, 10) of images (N, 1, H, W), by the averages of the training."""
    x, number = X, 0
    for layer in LAYERS:
        if layer is None:
            x = convnet.max_pool_forward(x)
            continue
        number += 1
        x = _convolved(params, x, number, layer[1])
        normal = [params[f"{name}{number}"] for name in ("gamma", "beta")]
        averages = [running[f"{name}{number}"] for name in ("mean", "var")]
        rows = deep_training.batchnorm_test(_rows(x), *normal, *averages)
        x = convnet.relu_forward(_maps(rows, x.shape))
    return convnet.affine_forward(x, params["W"], params["b"])


def loss(
    params: Params, running: Params, X: np.ndarray, y: np.ndarray
) -> tuple[float, Params, Params]:
    """Compute loss, gradient, and the averages after this mini-batch."""
    averages: Params = {}
    seen = []  # what each layer got, and what its batchnorm made of that
    x, number = X, 0
    for layer in LAYERS:
        if layer is None:
            seen.append((x, x, x))
            x = convnet.max_pool_forward(x)
            continue
        number += 1
        conv = _convolved(params, x, number, layer[1])
        rows, averages[f"mean{number}"], averages[f"var{number}"] = deep_training.batchnorm_train(
            _rows(conv),
            params[f"gamma{number}"],
            params[f"beta{number}"],
            running[f"mean{number}"],
            running[f"var{number}"],
        )
        normed = _maps(rows, conv.shape)
        seen.append((x, conv, normed))
        x = convnet.relu_forward(normed)
    value, dout = convnet.softmax_cross_entropy(
        convnet.affine_forward(x, params["W"], params["b"]), y
    )

    grads: Params = {}
    dout, grads["W"], grads["b"] = convnet.affine_backward(dout, x, params["W"], params["b"])
    for layer, (x, conv, normed) in zip(reversed(LAYERS), reversed(seen), strict=True):
        if layer is None:
            dout = convnet.max_pool_backward(dout, x)
            continue
        W, b, gamma, beta = (f"{name}{number}" for name in ("W", "b", "gamma", "beta"))
        drows, grads[gamma], grads[beta] = deep_training.batchnorm_backward(
            _rows(convnet.relu_backward(dout, normed)), _rows(conv), params[gamma], params[beta]
        )
        dout, grads[W], grads[b] = convnet.conv_backward(
            _maps(drows, conv.shape), x, params[W], params[b], pad=layer[1] // 2
        )
        number -= 1
    return value, grads, averages


def _convolved(params: Params, x: np.ndarray, number: int, side: int) -> np.ndarray:
    return convnet.conv_forward(x, params[f"W{number}"], params[f"b{number}"], pad=side // 2)


def _rows(maps: np.ndarray) -> np.ndarray:
    """Make a row of each pixel, for batchnorm by channels."""
    return np.ascontiguousarray(maps.transpose(0, 2, 3, 1)).reshape(-1, maps.shape[1])


def _maps(rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    N, C, H, W = shape
    return np.ascontiguousarray(rows.reshape(N, H, W, C).transpose(0, 3, 1, 2))
