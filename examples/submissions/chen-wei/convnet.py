"""Assignment 4, Chen Wei. See layers.py for the layers; here are the functions that were asked for."""

from __future__ import annotations

import numpy as np

from layers import AvgPool, Conv, Dense, MaxPool, ReLU, Sequential, output_size


def conv_output_size(size, kernel, pad=0, stride=1):
    return output_size(size, kernel, pad, stride)


def count_conv_params(c_in, c_out, kernel):
    return c_in * c_out * kernel**2 + c_out


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    rows = conv_output_size(H, HH, pad, stride)
    columns = conv_output_size(W, WW, pad, stride)
    out = np.zeros((N, F, rows, columns))
    for n in range(N):
        for f in range(F):
            for i in range(rows):
                for j in range(columns):
                    out[n, f, i, j] = b[f]
                    for r in range(HH):
                        for q in range(WW):
                            # no padded copy: outside the image there are zeros, so skip them
                            y, z = i * stride + r - pad, j * stride + q - pad
                            if 0 <= y < H and 0 <= z < W:
                                out[n, f, i, j] += x[n, :, y, z] @ w[f, :, r, q]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    return Conv(w, b, stride, pad).forward(x)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    layer = Conv(w, b, stride, pad)
    layer.forward(x)
    dx = layer.backward(dout)
    return dx, layer.dw, layer.db


def max_pool_forward(x, size=2, stride=2):
    return MaxPool(size, stride).forward(x)


def max_pool_backward(dout, x, size=2, stride=2):
    layer = MaxPool(size, stride)
    layer.forward(x)
    return layer.backward(dout)


def avg_pool_forward(x, size=2, stride=2):
    return AvgPool(size, stride).forward(x)


def avg_pool_backward(dout, x, size=2, stride=2):
    layer = AvgPool(size, stride)
    layer.forward(x)
    return layer.backward(dout)


def relu_forward(x):
    return ReLU().forward(x)


def relu_backward(dout, x):
    layer = ReLU()
    layer.forward(x)
    return layer.backward(dout)


def affine_forward(x, w, b):
    return Dense(w, b).forward(x)


def affine_backward(dout, x, w, b):
    layer = Dense(w, b)
    layer.forward(x)
    dx = layer.backward(dout)
    return dx, layer.dw, layer.db


def softmax_cross_entropy(scores, y):
    everyone = np.arange(len(y))
    log_sum = np.logaddexp.reduce(scores, axis=1)  # numpy takes care of large scores itself
    loss = (log_sum - scores[everyone, y]).mean()
    slope = np.exp(scores - log_sum[:, None])
    slope[everyone, y] -= 1
    return loss, slope / len(y)


def small_net(params):
    W, b = ([params[f"{letter}{i}"] for i in (1, 2, 3)] for letter in "Wb")
    return Sequential(
        Conv(W[0], b[0], pad=W[0].shape[2] // 2), ReLU(), MaxPool(),
        Dense(W[1], b[1]), ReLU(),
        Dense(W[2], b[2]),
    )


def lenet(params):
    W, b = ([params[f"{letter}{i}"] for i in (1, 2, 3, 4, 5)] for letter in "Wb")
    return Sequential(
        Conv(W[0], b[0], pad=2), ReLU(), MaxPool(),
        Conv(W[1], b[1]), ReLU(), MaxPool(),
        Dense(W[2], b[2]), ReLU(),
        Dense(W[3], b[3]), ReLU(),
        Dense(W[4], b[4]),
    )


def regularised_loss(net, params, X, y, reg):
    loss, slope = softmax_cross_entropy(net.forward(X), y)
    grads = net.backward(slope)
    for name in grads:
        if name.startswith("W"):
            loss += reg * np.square(params[name]).sum()
            grads[name] = grads[name] + 2 * reg * params[name]
    return loss, grads


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    channels, height, width = input_dim
    if height % 2 or width % 2 or kernel % 2 == 0:
        raise ValueError("height and width must be even, and the kernel odd")
    generator = np.random.default_rng(seed)
    pixels = num_filters * height // 2 * (width // 2)
    return {
        "W1": eps * generator.standard_normal((num_filters, channels, kernel, kernel)),
        "W2": eps * generator.standard_normal((pixels, hidden_dims)),
        "W3": eps * generator.standard_normal((hidden_dims, num_classes)),
        "b1": np.zeros(num_filters),
        "b2": np.zeros(hidden_dims),
        "b3": np.zeros(num_classes),
    }


def convnet_forward(params, X):
    return small_net(params).forward(X)


def convnet_loss(params, X, y, reg=0.0):
    return regularised_loss(small_net(params), params, X, y, reg)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    generator = np.random.default_rng(seed)
    current = {name: np.array(value) for name, value in params.items()}
    losses = np.empty(num_iters)
    for step in range(num_iters):
        chosen = generator.choice(len(X), size=batch, replace=False)
        losses[step], grads = convnet_loss(current, X[chosen], y[chosen], reg)
        for name, slope in grads.items():
            current[name] -= lr * slope
    return losses, current


def predict_convnet(params, X):
    return np.argmax(convnet_forward(params, X), axis=1)


def init_lenet(seed=0):
    generator = np.random.default_rng(seed)
    params = {}
    for number, shape in enumerate([(6, 1, 5, 5), (16, 6, 5, 5)], start=1):
        bound = np.sqrt(6 / np.prod(shape[1:]))
        params[f"W{number}"] = generator.uniform(-bound, bound, shape)
        params[f"b{number}"] = np.zeros(shape[0])
    for number, shape in enumerate([(400, 120), (120, 84), (84, 10)], start=3):
        bound = np.sqrt(6 / shape[0])
        params[f"W{number}"] = generator.uniform(-bound, bound, shape)
        params[f"b{number}"] = np.zeros(shape[1])
    return params


def lenet_forward(params, X):
    return lenet(params).forward(X)


def lenet_loss(params, X, y, reg=0.0):
    return regularised_loss(lenet(params), params, X, y, reg)
