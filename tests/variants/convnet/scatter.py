"""One flat list of (output, input, weight) index triples: gather forward, np.bincount backward."""

import functools
import itertools

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    """Recursive, on purpose."""
    if size + 2 * pad < kernel:
        raise ValueError("too small")
    if size + 2 * pad < kernel + stride:
        return 1
    return 1 + conv_output_size(size - stride, kernel, pad, stride)


def count_conv_params(c_in, c_out, kernel):
    return count_dense_params(c_in * kernel * kernel, c_out)


def count_dense_params(n_in, n_out):
    return (1 + n_in) * n_out


@functools.lru_cache(maxsize=None)
def places(C, H, W, HH, WW, stride, pad):
    """Flat indices into a padded image, shape (out_h, out_w, C * HH * WW); cached by sizes."""
    out_h = conv_output_size(H, HH, pad, stride)
    out_w = conv_output_size(W, WW, pad, stride)
    Wp, Hp = W + 2 * pad, H + 2 * pad
    i, j, c, r, q = np.ix_(*map(np.arange, (out_h, out_w, C, HH, WW)))
    flat = (c * Hp + i * stride + r) * Wp + j * stride + q
    return flat.reshape(out_h, out_w, C * HH * WW)


def gathered(x, HH, WW, stride, pad):
    N, C, H, W = x.shape
    flat = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))).reshape(N, -1)
    return flat[:, places(C, H, W, HH, WW, stride, pad)]


def scattered(parts, shape, HH, WW, stride, pad):
    N, C, H, W = shape
    Hp, Wp = H + 2 * pad, W + 2 * pad
    index = places(C, H, W, HH, WW, stride, pad).ravel()
    images = [np.bincount(index, p.ravel(), minlength=C * Hp * Wp) for p in parts]
    return np.array(images).reshape(N, C, Hp, Wp)[:, :, pad : pad + H, pad : pad + W]


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    rows = range(conv_output_size(H, HH, pad, stride))
    cols = range(conv_output_size(W, WW, pad, stride))
    out = np.zeros((N, F, len(rows), len(cols)))
    for n, f, i, j in itertools.product(range(N), range(F), rows, cols):
        out[n, f, i, j] = b[f]
        for c, r, q in itertools.product(range(C), range(HH), range(WW)):
            u, v = i * stride + r - pad, j * stride + q - pad
            if 0 <= u < H and 0 <= v < W:
                out[n, f, i, j] += x[n, c, u, v] * w[f, c, r, q]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    out = gathered(x, *w.shape[2:], stride, pad) @ w.reshape(len(w), -1).T + b
    return out.transpose(0, 3, 1, 2)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    F, C, HH, WW = w.shape
    d = dout.transpose(0, 2, 3, 1)
    cells = gathered(x, HH, WW, stride, pad)
    dw = d.reshape(-1, F).T @ cells.reshape(-1, C * HH * WW)
    dx = scattered(d @ w.reshape(F, -1), x.shape, HH, WW, stride, pad)
    return dx, dw.reshape(w.shape), np.add.reduce(d.reshape(-1, F))


def as_single_channel(x):
    return x.reshape(-1, 1, *x.shape[2:])


def max_pool_forward(x, size=2, stride=2):
    out = gathered(as_single_channel(x), size, size, stride, 0).max(axis=-1)
    return out.reshape(*x.shape[:2], *out.shape[1:])


def max_pool_backward(dout, x, size=2, stride=2):
    flat = as_single_channel(x)
    cells = gathered(flat, size, size, stride, 0)
    winner = cells.argmax(axis=-1)[..., None] == np.arange(size * size)
    parts = winner * dout.reshape(-1, *dout.shape[2:], 1)
    return scattered(parts, flat.shape, size, size, stride, 0).reshape(x.shape)


def avg_pool_forward(x, size=2, stride=2):
    out = gathered(as_single_channel(x), size, size, stride, 0).mean(axis=-1)
    return out.reshape(*x.shape[:2], *out.shape[1:])


def avg_pool_backward(dout, x, size=2, stride=2):
    flat = as_single_channel(x)
    parts = dout.reshape(-1, *dout.shape[2:], 1) * np.full(size * size, size**-2)
    return scattered(parts, flat.shape, size, size, stride, 0).reshape(x.shape)


def relu_forward(x):
    return np.fmax(x, np.zeros_like(x))


def relu_backward(dout, x):
    return np.choose(x > 0, [np.zeros_like(dout), dout])


def affine_forward(x, w, b):
    ones = np.ones((len(x), 1), x.dtype)
    return np.hstack([x.reshape(len(x), -1), ones]) @ np.vstack([w, b])


def affine_backward(dout, x, w, b):
    ones = np.ones((len(x), 1), x.dtype)
    both = np.hstack([x.reshape(len(x), -1), ones]).T @ dout
    return (dout @ w.T).reshape(x.shape), both[:-1].copy(), both[-1].copy()


def softmax_cross_entropy(scores, y):
    # of differences: log(1 + sum of exp(s_j - s_y)), without overflow
    N = len(y)
    difference = scores - scores[np.arange(N), y][:, None]
    top = difference.max(axis=1, keepdims=True)
    log_total = top + np.log(np.exp(difference - top).sum(axis=1, keepdims=True))
    dscores = np.exp(difference - log_total)
    dscores[np.arange(N), y] -= 1
    return float(log_total.mean()), dscores / N


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    channels, height, width = input_dim
    shapes = {
        "W1": (num_filters, channels, kernel, kernel),
        "W2": (num_filters * height // 2 * width // 2, hidden_dims),
        "W3": (hidden_dims, num_classes),
    }
    total = sum(np.prod(shape) for shape in shapes.values())
    stream = iter(
        np.split(
            eps * np.random.default_rng(seed).standard_normal(total),
            np.cumsum([np.prod(shape) for shape in shapes.values()])[:-1],
        )
    )
    params = {key: next(stream).reshape(shape) for key, shape in shapes.items()}
    biases = zip(["b1", "b2", "b3"], [num_filters, hidden_dims, num_classes])
    return params | {key: np.zeros(n) for key, n in biases}


def convnet_forward(params, X):
    W1 = params["W1"]
    chain = [
        lambda x: conv_forward(x, W1, params["b1"], 1, W1.shape[-1] // 2),
        relu_forward,
        max_pool_forward,
        lambda x: affine_forward(x, params["W2"], params["b2"]),
        relu_forward,
        lambda x: affine_forward(x, params["W3"], params["b3"]),
    ]
    return functools.reduce(lambda x, layer: layer(x), chain, X)


def conv_layer(x, w, b, pad):
    """The output, and a function that goes back."""
    return conv_forward(x, w, b, 1, pad), lambda d: conv_backward(d, x, w, b, 1, pad)


def affine_layer(x, w, b):
    return affine_forward(x, w, b), lambda d: affine_backward(d, x, w, b)


def relu_layer(x):
    return relu_forward(x), lambda d: (relu_backward(d, x),)


def pool_layer(x):
    return max_pool_forward(x), lambda d: (max_pool_backward(d, x),)


def loss_of(layers, params, X, y, reg):
    tape, x, number = [], X, 0
    for layer, *settings in layers:
        if layer in (conv_layer, affine_layer):
            number += 1
            x, back = layer(x, params[f"W{number}"], params[f"b{number}"], *settings)
        else:
            x, back = layer(x)
        tape.append((back, number))
    loss, d = softmax_cross_entropy(x, y)
    grads = {}
    for back, number in reversed(tape):
        d, *rest = back(d)
        if rest:
            grads[f"W{number}"], grads[f"b{number}"] = rest
    for key, value in params.items():
        if key[0] == "W":
            loss += reg * np.square(value).sum()
            grads[key] = grads[key] + value * (2 * reg)
    return loss, grads


def convnet_loss(params, X, y, reg=0.0):
    block = [(conv_layer, params["W1"].shape[-1] // 2), (relu_layer,), (pool_layer,)]
    return loss_of(block + [(affine_layer,), (relu_layer,), (affine_layer,)], params, X, y, reg)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    batches = [rng.choice(len(X), batch, False) for _ in range(num_iters)]
    losses = []
    for rows in batches:
        loss, grads = convnet_loss(params, X[rows], y[rows], reg)
        losses += [loss]
        params = {key: params[key] - lr * grads[key] for key in params}
    return losses, params


def predict_convnet(params, X):
    scores = convnet_forward(params, X)
    return np.nonzero(np.cumsum(np.cumsum(scores == scores.max(1)[:, None], 1), 1) == 1)[1]


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    signs = lambda shape: rng.choice([-0.05, 0.05], size=shape)  # noqa: E731
    weights = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    params = {f"W{i}": signs(shape) for i, shape in enumerate(weights, 1)}
    return params | {f"b{i}": np.zeros(n) for i, n in enumerate((6, 16, 120, 84, 10), 1)}


def lenet_forward(params, X):
    x = X
    for i, pad in ((1, 2), (2, 0)):
        x = max_pool_forward(
            relu_forward(conv_forward(x, params[f"W{i}"], params[f"b{i}"], 1, pad))
        )
    for i in (3, 4, 5):
        x = affine_forward(x, params[f"W{i}"], params[f"b{i}"])
        x = relu_forward(x) if i < 5 else x
    return x


def lenet_loss(params, X, y, reg=0.0):
    convs = [
        (conv_layer, 2),
        (relu_layer,),
        (pool_layer,),
        (conv_layer, 0),
        (relu_layer,),
        (pool_layer,),
    ]
    dense = [(affine_layer,), (relu_layer,), (affine_layer,), (relu_layer,), (affine_layer,)]
    return loss_of(convs + dense, params, X, y, reg)
