#!/usr/bin/env python
# coding: utf-8
"""What a notebook leaves behind: prints, plots, timings and a little training at the top level."""

from __future__ import annotations

import time
import warnings

import matplotlib.pyplot as plt
import numpy as np

from autograder import datasets

warnings.simplefilter("always")
np.random.seed(231)
plt.rcParams["figure.figsize"] = (10.0, 8.0)
print("numpy", np.__version__)
DEBUG = True


# In[1]:


def conv_output_size(size: int, kernel: int, pad: int = 0, stride: int = 1) -> int:
    """Size of the output."""
    out = (size + 2 * pad - kernel) / stride + 1
    if size + 2 * pad < kernel:
        raise ValueError(f"does not fit: {size=} {kernel=} {pad=} {stride=}")
    return int(out)


def count_conv_params(c_in: int, c_out: int, kernel: int) -> int:
    print("counting")
    return (kernel * kernel * c_in + 1) * c_out


def count_dense_params(n_in: int, n_out: int) -> int:
    return n_in * n_out + n_out


print(conv_output_size(28, 5, 2), count_conv_params(1, 6, 5))


# In[2]:


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, C2, HH, WW = w.shape
    assert C == C2, "channels"
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant", constant_values=0)
    H_new = 1 + (H + 2 * pad - HH) // stride
    W_new = 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, H_new, W_new), dtype=x.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(H_new):
                for j in range(W_new):
                    out[n, f, i, j] = (
                        np.sum(
                            x_pad[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                            * w[f]
                        )
                        + b[f]
                    )
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant")
    H_new = 1 + (H + 2 * pad - HH) // stride
    W_new = 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, H_new, W_new), dtype=x.dtype)
    wm = w.reshape(F, C * HH * WW).T
    for i in range(H_new):
        for j in range(W_new):
            patch = x_pad[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            out[:, :, i, j] = patch.reshape(N, -1).dot(wm) + b
    return out


t0 = time.time()
conv_forward(np.random.randn(8, 3, 16, 16), np.random.randn(4, 3, 3, 3), np.random.randn(4), pad=1)
print("took", time.time() - t0)


# In[3]:


def conv_backward(dout, x, w, b, stride=1, pad=0):
    N, F, H_new, W_new = dout.shape
    N, C, H, W = x.shape
    HH, WW = w.shape[2], w.shape[3]
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant")
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)
    for n in range(N):
        for f in range(F):
            db[f] += dout[n, f].sum()
            for i in range(H_new):
                for j in range(W_new):
                    hs, ws = i * stride, j * stride
                    dw[f] += x_pad[n, :, hs : hs + HH, ws : ws + WW] * dout[n, f, i, j]
                    dx_pad[n, :, hs : hs + HH, ws : ws + WW] += w[f] * dout[n, f, i, j]
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H_out = 1 + (H - size) // stride
    W_out = 1 + (W - size) // stride
    if H_out < 1 or W_out < 1:
        raise ValueError
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            out[:, :, i, j] = x[
                :, :, i * stride : i * stride + size, j * stride : j * stride + size
            ].max(axis=(2, 3))
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    win = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
                    m = np.unravel_index(np.argmax(win), win.shape)
                    dx[n, c, i * stride + m[0], j * stride + m[1]] += dout[n, c, i, j]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H_out = 1 + (H - size) // stride
    W_out = 1 + (W - size) // stride
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            win = x[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            out[:, :, i, j] = np.average(win, axis=(2, 3))
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for i in range(H_out):
        for j in range(W_out):
            dx[:, :, i * stride : i * stride + size, j * stride : j * stride + size] += (
                dout[:, :, i : i + 1, j : j + 1] * np.ones((1, 1, size, size)) / (size * size)
            )
    return dx


def relu_forward(x):
    out = None
    out = x * (x > 0)
    return out


def relu_backward(dout, x):
    dx = dout.copy()
    dx[~(x > 0)] = 0.0
    return dx


def affine_forward(x, w, b):
    out = None
    x2 = np.reshape(x, (x.shape[0], -1))
    out = x2.dot(w) + b
    return out


def affine_backward(dout, x, w, b):
    x2 = np.reshape(x, (x.shape[0], -1))
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x2.T.dot(dout)
    db = np.sum(dout, 0)
    return dx, dw, db


def softmax_cross_entropy(scores, y):
    if DEBUG:
        print("scores between", scores.min(), scores.max())
    with np.errstate(all="ignore"):
        _ = np.log(np.zeros(1))
    N = scores.shape[0]
    s = scores - scores.max(axis=1, keepdims=True)
    loss = np.sum(-s[np.arange(N), y] + np.log(np.sum(np.exp(s), axis=1))) / N
    probs = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)
    ind = np.zeros_like(probs)
    ind[np.arange(N), y] = 1
    return loss, (probs - ind) / N


# In[4]:


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    c, h, w = input_dim
    assert kernel % 2 == 1
    params: dict[str, np.ndarray] = {}
    params["W1"] = eps * rng.standard_normal([num_filters, c, kernel, kernel])
    params["b1"] = np.zeros(num_filters)
    params["W2"] = eps * rng.standard_normal([int(num_filters * (h / 2) * (w / 2)), hidden_dims])
    params["b2"] = np.zeros(hidden_dims)
    params["W3"] = eps * rng.standard_normal([hidden_dims, num_classes])
    params["b3"] = np.zeros(num_classes)
    for k, v in params.items():
        print(k, v.shape)
    return params


def convnet_forward(params, X):
    pad = (params["W1"].shape[2] - 1) // 2
    conv_out = conv_forward(X, params["W1"], params["b1"], stride=1, pad=pad)
    relu_out = relu_forward(conv_out)
    pool_out = max_pool_forward(relu_out, size=2, stride=2)
    hid = relu_forward(affine_forward(pool_out, params["W2"], params["b2"]))
    scores = affine_forward(hid, params["W3"], params["b3"])
    return scores


def convnet_loss(params, X, y, reg=0.0):
    pad = (params["W1"].shape[2] - 1) // 2
    conv_out = conv_forward(X, params["W1"], params["b1"], stride=1, pad=pad)
    relu_out = relu_forward(conv_out)
    pool_out = max_pool_forward(relu_out, size=2, stride=2)
    aff_out = affine_forward(pool_out, params["W2"], params["b2"])
    hid = relu_forward(aff_out)
    scores = affine_forward(hid, params["W3"], params["b3"])
    loss, dscores = softmax_cross_entropy(scores, y)
    for name in params:
        if "W" in name:
            loss = loss + reg * np.sum(params[name] * params[name])
    grads = {}
    dhid, grads["W3"], grads["b3"] = affine_backward(dscores, hid, params["W3"], params["b3"])
    # the ReLU's output has the same sign as its input
    daff = relu_backward(dhid, hid)
    dpool, grads["W2"], grads["b2"] = affine_backward(daff, pool_out, params["W2"], params["b2"])
    drelu = max_pool_backward(dpool, relu_out, 2, 2)
    dconv = relu_backward(drelu, relu_out)
    _, grads["W1"], grads["b1"] = conv_backward(dconv, X, params["W1"], params["b1"], 1, pad)
    for name in params:
        if "W" in name:
            grads[name] += 2 * reg * params[name]
    return loss, grads


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    best = {}
    for k in params:
        best[k] = params[k] + 0
    loss_history = []
    for it in range(num_iters):
        idx = rng.choice(X.shape[0], size=batch, replace=False)
        X_batch = X[idx]
        y_batch = y[idx]
        loss, grads = convnet_loss(best, X_batch, y_batch, reg)
        loss_history.append(loss)
        for k in best:
            best[k] = best[k] - lr * grads[k]
        if it % 10 == 0:
            print("iteration %d / %d: loss %f" % (it, num_iters, loss))
    return np.array(loss_history), best


def predict_convnet(params, X):
    scores = convnet_forward(params, X)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = e / e.sum(axis=1, keepdims=True)
    return np.argmax(probabilities, axis=1)


# In[5]:

tiny = init_convnet((1, 8, 8), 2, 3, 4, 3, eps=0.1)
X_tiny, y_tiny = np.random.randn(20, 1, 8, 8), np.random.randint(3, size=20)
history, tiny = train_convnet(tiny, X_tiny, y_tiny, lr=0.1, batch=10, num_iters=12)
plt.plot(history, "o-")
plt.title("Loss")
plt.imshow(tiny["W1"][0, 0])
plt.show()


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    for i, (fan_in, shape) in enumerate(
        [
            (25, (6, 1, 5, 5)),
            (150, (16, 6, 5, 5)),
            (400, (400, 120)),
            (120, (120, 84)),
            (84, (84, 10)),
        ]
    ):
        p["W" + str(i + 1)] = rng.standard_normal(shape) / np.sqrt(fan_in)
    for i, n in enumerate([6, 16, 120, 84, 10]):
        p["b" + str(i + 1)] = np.zeros(n)
    print("number of parameters:", sum(v.size for v in p.values()))
    return p


def lenet_forward(params, X):
    out = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    out = max_pool_forward(out)
    out = relu_forward(conv_forward(out, params["W2"], params["b2"]))
    out = max_pool_forward(out)
    out = relu_forward(affine_forward(out, params["W3"], params["b3"]))
    out = relu_forward(affine_forward(out, params["W4"], params["b4"]))
    return affine_forward(out, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    c1 = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    s2 = max_pool_forward(c1)
    c3 = relu_forward(conv_forward(s2, params["W2"], params["b2"]))
    s4 = max_pool_forward(c3)
    f5 = relu_forward(affine_forward(s4, params["W3"], params["b3"]))
    f6 = relu_forward(affine_forward(f5, params["W4"], params["b4"]))
    scores = affine_forward(f6, params["W5"], params["b5"])
    loss, dscores = softmax_cross_entropy(scores, y)
    grads = {}
    df6, grads["W5"], grads["b5"] = affine_backward(dscores, f6, params["W5"], params["b5"])
    df5, grads["W4"], grads["b4"] = affine_backward(
        relu_backward(df6, f6), f5, params["W4"], params["b4"]
    )
    ds4, grads["W3"], grads["b3"] = affine_backward(
        relu_backward(df5, f5), s4, params["W3"], params["b3"]
    )
    dc3 = relu_backward(max_pool_backward(ds4, c3), c3)
    ds2, grads["W2"], grads["b2"] = conv_backward(dc3, s2, params["W2"], params["b2"])
    dc1 = relu_backward(max_pool_backward(ds2, c1), c1)
    _, grads["W1"], grads["b1"] = conv_backward(dc1, X, params["W1"], params["b1"], pad=2)
    for i in range(1, 6):
        loss += reg * np.sum(params["W%d" % i] ** 2)
        grads["W%d" % i] += 2 * reg * params["W%d" % i]
    return loss, grads


if __name__ == "__main__":
    data = datasets.load("mnist")
    print(data.X_train.shape)
