#!/usr/bin/env python
# coding: utf-8
"""What a notebook leaves behind: hints, prints, caches as in CS231n, experiments at the top level."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

np.random.seed(231)
warnings.simplefilter("always")
print("numpy", np.__version__)
VERBOSE = True
Array = np.ndarray


# In[1]:


def affine(x: Array, w: Array, b: Array) -> tuple[Array, Any]:
    out = np.dot(x.reshape(x.shape[0], -1), w) + b
    return out, (x, w, b)


def affine_forward(x: Array, w: Array, b: Array) -> Array:
    return affine(x, w, b)[0]


def affine_backward(dout: Array, x: Array, w: Array, b: Array) -> tuple[Array, Array, Array]:
    _, cache = affine(x, w, b)
    x, w, b = cache
    dx = np.dot(dout, w.transpose()).reshape(*x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).transpose(), dout)
    db = np.ones(dout.shape[0]) @ dout
    return dx, dw, db


# In[2]:


def sigmoid_forward(x: Array) -> Array:
    # warns of an overflow, and is right
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_backward(dout: Array, x: Array) -> Array:
    out = sigmoid_forward(x)
    return dout * out * (1.0 - out)


def tanh_forward(x: Array) -> Array:
    return 2.0 / (1.0 + np.exp(-2 * x)) - 1.0


def tanh_backward(dout: Array, x: Array) -> Array:
    out = tanh_forward(x)
    return dout * (1.0 - out**2)


def relu_forward(x: Array) -> Array:
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_backward(dout: Array, x: Array) -> Array:
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def leaky_relu_forward(x: Array, slope: float = 0.1) -> Array:
    return np.maximum(0, x) + slope * np.minimum(0, x)


def leaky_relu_backward(dout: Array, x: Array, slope: float = 0.1) -> Array:
    mask = np.ones_like(x)
    mask[x <= 0] = slope
    return dout * mask


def elu_forward(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))  # warns


def elu_backward(dout: Array, x: Array, alpha: float = 1.0) -> Array:
    return dout * np.where(x > 0, 1, alpha * np.exp(x))  # warns


print(sigmoid_forward(np.array([-1.0, 0.0, 1.0])), elu_forward(np.array([-1.0])))


# In[3]:


def maxout_forward(x: Array, w: Array, b: Array) -> Array:
    K, D, M = w.shape
    # one wide dense layer, then K groups
    wide = w.transpose(1, 0, 2).reshape(D, K * M)
    z = x.dot(wide) + b.reshape(-1)
    if VERBOSE:
        print("maxout", z.shape)
    return z.reshape(-1, K, M).max(axis=1)


def maxout_backward(dout: Array, x: Array, w: Array, b: Array) -> tuple[Array, Array, Array]:
    K, D, M = w.shape
    wide = w.transpose(1, 0, 2).reshape(D, K * M)
    z = (x.dot(wide) + b.reshape(-1)).reshape(-1, K, M)
    winner = z.argmax(axis=1)
    dz = np.zeros(z.shape)
    n, m = np.indices(winner.shape)
    dz[n, winner, m] = dout
    dz = dz.reshape(-1, K * M)
    dwide = x.T.dot(dz)
    return dz.dot(wide.T), dwide.reshape(D, K, M).transpose(1, 0, 2).copy(), dz.sum(axis=0).reshape(K, M)


def apl_forward(x: Array, a: Array, b: Array) -> Array:
    h = np.clip(x, 0, None)
    for s in range(a.shape[0]):
        h = h + np.clip(b[s] - x, 0, None) * a[s]
    return h


def apl_backward(dout: Array, x: Array, a: Array, b: Array) -> tuple[Array, ...]:
    dx = dout * (x > 0).astype(float)
    da, db = [], []
    for a_s, b_s in zip(a, b):
        hinge = np.clip(b_s - x, 0, None)
        active = hinge > 0
        da.append(np.sum(dout * hinge, 0))
        db.append(np.sum(dout * a_s * active, 0))
        dx -= dout * a_s * active
    return dx, np.vstack(da), np.vstack(db)


# In[4]:


def init_normal(n_in: int, n_out: int, eps: float = 1e-2, seed: int = 0) -> Array:
    return eps * np.random.default_rng(seed).standard_normal(size=n_in * n_out).reshape(n_in, n_out)


def init_xavier(n_in: int, n_out: int, seed: int = 0) -> Array:
    print(f"xavier {n_in} -> {n_out}")
    return init_normal(n_in, n_out, 1.0, seed) * np.sqrt(2.0 / (n_in + n_out))


def init_he(n_in: int, n_out: int, seed: int = 0) -> Array:
    print(f"he {n_in} -> {n_out}")
    return init_normal(n_in, n_out, 1.0, seed) * np.sqrt(2.0 / n_in)


# In[5]:


def mse_loss(a: Array, target: Array) -> tuple[float, Array]:
    N = a.shape[0]
    loss = 0.5 * np.sum((a - target) ** 2) / N
    return loss, (a - target) / N


def binary_cross_entropy(a: Array, y: Array) -> tuple[float, Array]:
    N = y.shape[0]
    loss = -np.sum(y * np.log(a) + (1.0 - y) * np.log(1.0 - a)) / N
    da = -(y / a - (1.0 - y) / (1.0 - a)) / N
    return loss, da


def sigmoid_cross_entropy(z: Array, y: Array) -> tuple[float, Array]:
    N = y.shape[0]
    loss = np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))
    return loss, (sigmoid_forward(z) - y) / N


def softmax_cross_entropy(scores: Array, y: Array) -> tuple[float, Array]:
    N = scores.shape[0]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted), axis=1, keepdims=True)
    log_probs = shifted - np.log(Z)
    probs = np.exp(log_probs)
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def l2_penalty(params: dict, reg: float) -> tuple[float, dict]:
    loss, grads = 0.0, {}
    for k, v in params.items():
        grads[k] = np.zeros_like(v)
        if k.startswith("W"):
            loss += reg * np.sum(v * v)
            grads[k] += 2 * reg * v
    return loss, grads


def l1_penalty(params: dict, reg: float) -> tuple[float, dict]:
    loss, grads = 0.0, {}
    for k, v in params.items():
        grads[k] = np.zeros_like(v)
        if k.startswith("W"):
            loss += reg * np.sum(np.abs(v))
            grads[k][v > 0] = reg
            grads[k][v < 0] = -reg
    return loss, grads


# In[6]:


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    N, D = x.shape
    mu = 1.0 / N * np.sum(x, axis=0)
    xmu = x - mu
    sq = xmu**2
    var = 1.0 / N * np.sum(sq, axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    gammax = gamma * xhat
    out = gammax + beta
    running_mean = decay * running_mean + (1 - decay) * mu
    running_var = decay * running_var + (1 - decay) * var
    return out, running_mean, running_var


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    xhat = (x - running_mean) / np.sqrt(running_var + eps)
    return gamma * xhat + beta


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    """Step by step through the graph."""
    N, D = dout.shape
    mu = np.mean(x, axis=0)
    xmu = x - mu
    var = np.mean(xmu**2, axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / (sqrtvar**2) * divar
    dvar = 0.5 * 1.0 / np.sqrt(var + eps) * dsqrtvar
    dsq = 1.0 / N * np.ones((N, D)) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = 1.0 / N * np.ones((N, D)) * dmu
    return dx1 + dx2, dgamma, dbeta


def dropout_forward(x: Array, p: float = 0.5, seed: int = 0, train: bool = True) -> Array:
    if train:
        mask = (np.random.default_rng(seed).random(x.shape) < p) / p
        out = x * mask
    else:
        mask = None
        out = x
    return out.astype(x.dtype, copy=True)


def dropout_backward(dout: Array, p: float = 0.5, seed: int = 0, train: bool = True) -> Array:
    if not train:
        return dout.copy()
    mask = (np.random.default_rng(seed).random(dout.shape) < p) / p
    return mask * dout


# In[7]:


def sgd(w: Array, dw: Array, state: dict, lr: float = 1e-2) -> tuple[Array, dict]:
    config = {"learning_rate": lr}
    return w - config["learning_rate"] * dw, {}


def momentum(w: Array, dw: Array, state: dict, lr: float = 1e-2, mu: float = 0.9) -> tuple[Array, dict]:
    state = dict(state)
    state.setdefault("v", np.zeros_like(w))
    state["v"] = mu * state["v"] + lr * dw
    next_w = w - state["v"]
    return next_w, state


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    state = dict(state)
    state.setdefault("s", np.zeros_like(w))
    state["s"] = decay * state["s"] + (1 - decay) * dw * dw
    return w - lr * dw / (np.sqrt(state["s"]) + eps), state


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state = dict(state)
    state.setdefault("m", np.zeros_like(w))
    state.setdefault("v", np.zeros_like(w))
    state.setdefault("t", 0)
    state["t"] += 1
    state["m"] = beta1 * state["m"] + (1 - beta1) * dw
    mt = state["m"] / (1 - beta1 ** state["t"])
    state["v"] = beta2 * state["v"] + (1 - beta2) * (dw**2)
    vt = state["v"] / (1 - beta2 ** state["t"])
    return w - lr * mt / (np.sqrt(vt) + eps), state


w_try, s_try = np.zeros(3), {}
for _ in range(3):
    w_try, s_try = adam(w_try, np.array([1.0, -2.0, 0.1]), s_try)
print("adam", w_try, s_try["t"])


# In[8]:


def residual_forward(x, w1, b1, w2, b2):
    out, _ = affine(x, w1, b1)
    out = relu_forward(out)
    out, _ = affine(out, w2, b2)
    out = out + x
    return relu_forward(out)


def residual_backward(dout, x, w1, b1, w2, b2):
    a1, cache1 = affine(x, w1, b1)
    r1 = relu_forward(a1)
    a2, cache2 = affine(r1, w2, b2)
    dsum = relu_backward(dout, a2 + x)
    dr1, dw2, db2 = affine_backward(dsum, *cache2)
    da1 = relu_backward(dr1, a1)
    dx, dw1, db1 = affine_backward(da1, *cache1)
    return dx + dsum, dw1, db1, dw2, db2


# In[9]:


def shift_images(x: Array, down: int, right: int) -> Array:
    N, C, H, W = x.shape
    big = np.zeros((N, C, 3 * H, 3 * W))
    down, right = max(-H, min(H, down)), max(-W, min(W, right))
    big[:, :, H + down : 2 * H + down, W + right : 2 * W + right] = x
    return big[:, :, H : 2 * H, W : 2 * W].copy()


def flip_images(x: Array) -> Array:
    return np.array([[channel[:, ::-1] for channel in image] for image in x])


def warp_images(x: Array, matrix: Array) -> Array:
    N, C, H, W = x.shape
    ci, cj = 0.5 * (H - 1), 0.5 * (W - 1)
    i, j = np.meshgrid(np.arange(H) - ci, np.arange(W) - cj, indexing="ij")
    M = np.asarray(matrix, dtype=float)
    u = M[0, 0] * i + M[0, 1] * j + ci
    v = M[1, 0] * i + M[1, 1] * j + cj
    i0, j0 = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - i0, v - j0

    def at(p, q):
        ok = (p >= 0) & (p <= H - 1) & (q >= 0) & (q <= W - 1)
        values = x[:, :, np.clip(p, 0, H - 1), np.clip(q, 0, W - 1)]
        return np.where(ok, values, 0)

    return (
        (1 - f) * ((1 - g) * at(i0, j0) + g * at(i0, j0 + 1))
        + f * ((1 - g) * at(i0 + 1, j0) + g * at(i0 + 1, j0 + 1))
    )


def rotate_images(x: Array, degrees: float) -> Array:
    a = np.pi / 180 * degrees
    return warp_images(x, np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]))


def scale_images(x: Array, factor: float) -> Array:
    return warp_images(x, np.array([[1.0 / factor, 0], [0, 1.0 / factor]]))


def add_noise(x: Array, sigma: float, seed: int = 0) -> Array:
    generator = np.random.default_rng(seed=seed)
    noise = generator.standard_normal(x.shape)
    return x + noise * sigma


# In[10]:


def average_gradients(grads: list[dict], sizes: list[int]) -> dict:
    N = float(np.sum(sizes))
    print("workers:", len(grads))
    out = {}
    for k in grads[0].keys():
        total = np.zeros_like(grads[0][k])
        for g, n in zip(grads, sizes):
            total = total + n * g[k]
        out[k] = total / N
    return out


def init_net(dims, init: str = "he", batchnorm: bool = False, seed: int = 0):
    params: dict[str, Array] = {}
    running: dict[str, Array] = {}
    dims = list(dims)
    for i in range(len(dims) - 1):
        layer = str(i + 1)
        if init == "normal":
            W = init_normal(dims[i], dims[i + 1], seed=seed + i + 1)
        elif init == "xavier":
            W = init_xavier(dims[i], dims[i + 1], seed=seed + i + 1)
        elif init == "he":
            W = init_he(dims[i], dims[i + 1], seed=seed + i + 1)
        else:
            raise ValueError(f"unknown {init}")
        params["W" + layer] = W
        params["b" + layer] = np.zeros(dims[i + 1])
        if batchnorm and i < len(dims) - 2:
            params["gamma" + layer] = np.ones(dims[i + 1])
            params["beta" + layer] = np.zeros(dims[i + 1])
            running["mean" + layer] = np.zeros(dims[i + 1])
            running["var" + layer] = np.ones(dims[i + 1])
    return [params, running]


def _forward(name: str, x: Array) -> Array:
    return eval(name + "_forward")(x)


def _backward(name: str, dout: Array, x: Array) -> Array:
    return eval(name + "_backward")(dout, x)


def net_forward(params, running, X, activation="relu", skip=False):
    num_layers = sum(1 for k in params if k[0] == "W")
    out = X
    for i in range(1, num_layers):
        x_in = out
        out = affine_forward(out, params[f"W{i}"], params[f"b{i}"])
        if f"mean{i}" in running:
            out = batchnorm_test(
                out, params[f"gamma{i}"], params[f"beta{i}"], running[f"mean{i}"], running[f"var{i}"]
            )
        out = _forward(activation, out)
        if skip and x_in.shape[1:] == out.shape[1:]:
            out += x_in
    return affine_forward(out, params[f"W{num_layers}"], params[f"b{num_layers}"])


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    num_layers = sum(1 for k in params if k[0] == "W")
    running = {k: v.copy() for k, v in running.items()}
    caches = []
    out = X
    for i in range(1, num_layers):
        cache = {"in": out}
        out, cache["fc"] = affine(out, params[f"W{i}"], params[f"b{i}"])
        cache["z"] = out
        if f"mean{i}" in running:
            out, running[f"mean{i}"], running[f"var{i}"] = batchnorm_train(
                out, params[f"gamma{i}"], params[f"beta{i}"], running[f"mean{i}"], running[f"var{i}"]
            )
        cache["n"] = out
        out = dropout_forward(_forward(activation, out), p=p, seed=seed + i)
        cache["skip"] = skip and out.shape == cache["in"].shape
        if cache["skip"]:
            out = out + cache["in"]
        caches.append(cache)
    scores, fc = affine(out, params[f"W{num_layers}"], params[f"b{num_layers}"])
    loss, dout = softmax_cross_entropy(scores, y)
    grads = {}
    dout, grads[f"W{num_layers}"], grads[f"b{num_layers}"] = affine_backward(dout, *fc)
    for i in range(num_layers - 1, 0, -1):
        cache = caches.pop()
        around = dout if cache["skip"] else 0.0
        dout = dropout_backward(dout, p=p, seed=seed + i)
        dout = _backward(activation, dout, cache["n"])
        if f"gamma{i}" in params:
            dout, grads[f"gamma{i}"], grads[f"beta{i}"] = batchnorm_backward(
                dout, cache["z"], params[f"gamma{i}"], params[f"beta{i}"]
            )
        dout, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, *cache["fc"])
        dout = dout + around
    for penalty, reg in ((l1_penalty, l1), (l2_penalty, l2)):
        extra, dextra = penalty(params, reg)
        loss += extra
        for k in params:
            grads[k] = grads[k] + dextra[k]
    return [loss, grads, running]


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    params = {k: v.copy() for k, v in params.items()}
    configs = {k: {} for k in params}
    loss_history = []
    for it in range(num_iters):
        idx = rng.choice(X.shape[0], size=batch, replace=False)
        mask_seed = rng.integers(2**31)
        loss, grads, running = net_loss(
            params, running, X[idx], y[idx], activation=activation, skip=skip, l1=l1, l2=l2, p=p, seed=mask_seed
        )
        loss_history.append(float(loss))
        if VERBOSE and it % 50 == 0:
            print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        for k in params:
            update = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
            params[k], configs[k] = update(params[k], grads[k], configs[k], lr=lr)
    return loss_history, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    scores = net_forward(params, running, X, activation, skip)
    return list(np.argmax(scores, axis=1))


# In[11]:


net = init_net((2, 4, 2), batchnorm=True)
points = np.random.randn(20, 2)
hist, *net = train_net(*net, points, (points[:, 0] > 0).astype(int), batch=10, num_iters=5)
print(hist)
