"""As in the Julia course: samples are columns inside, indices begin at 1, mutating functions end in _b."""

import numpy as np


def col(x):
    """Samples as columns, flattened."""
    return np.asfortranarray(x.reshape(x.shape[0], -1).T)


def row(x):
    return np.ascontiguousarray(x.T)


def one_to(n):
    return range(1, n + 1)


def size(x, dim):
    return x.shape[dim - 1]


def affine_forward(x, w, b):
    return row(w.T @ col(x) + b.reshape(-1, 1))


def affine_backward(dout, x, w, b):
    G, A = col(dout), col(x)
    dw = row(G @ A.T)
    db = np.sum(G, axis=1)
    return row(w @ G).reshape(x.shape), dw, db


def sigmoid_forward(x):
    t = np.tanh(x / 2)
    return (1 + t) / 2


def sigmoid_backward(dout, x):
    y = sigmoid_forward(x)
    return dout * (y * (1 - y))


def tanh_forward(x):
    return np.sinh(np.clip(x, -20, 20)) / np.cosh(np.clip(x, -20, 20))


def tanh_backward(dout, x):
    return dout - dout * np.tanh(x) * np.tanh(x)


def relu_forward(x):
    return (x + np.abs(x)) / 2


def relu_backward(dout, x):
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def leaky_relu_forward(x, slope=0.1):
    y = np.array(x, copy=True)
    y[y < 0] = slope * y[y < 0]
    return y


def leaky_relu_backward(dout, x, slope=0.1):
    dx = np.array(dout, copy=True)
    dx[x <= 0] = slope * dx[x <= 0]
    return dx


def elu_forward(x, alpha=1.0):
    y = np.array(x, copy=True)
    below = x < 0
    y[below] = alpha * (np.exp(x[below]) - 1)
    return y


def elu_backward(dout, x, alpha=1.0):
    dx = np.array(dout, copy=True)
    below = x <= 0
    dx[below] *= alpha * np.exp(x[below])
    return dx


def maxout_forward(x, w, b):
    K = size(w, 1)
    Z = np.stack([w[k - 1].T @ col(x) + b[k - 1].reshape(-1, 1) for k in one_to(K)], axis=2)
    return row(np.max(Z, axis=2))


def maxout_backward(dout, x, w, b):
    K = size(w, 1)
    A, G = col(x), col(dout)
    Z = np.stack([w[k - 1].T @ A + b[k - 1].reshape(-1, 1) for k in one_to(K)], axis=2)
    win = np.argmax(Z, axis=2) + 1
    dA, dw, db = np.zeros(A.shape), np.zeros(w.shape), np.zeros(b.shape)
    for k in one_to(K):
        Gk = G * (win == k)
        dA += w[k - 1] @ Gk
        dw[k - 1] = A @ Gk.T
        db[k - 1] = np.sum(Gk, axis=1)
    return row(dA), dw, db


def apl_forward(x, a, b):
    A = col(x)
    Y = np.maximum(A, 0)
    for s in one_to(size(a, 1)):
        Y += a[s - 1][:, None] * np.maximum(0, b[s - 1][:, None] - A)
    return row(Y)


def apl_backward(dout, x, a, b):
    A, G = col(x), col(dout)
    dA, da, db = G * (A > 0), np.zeros(a.shape), np.zeros(b.shape)
    for s in one_to(size(a, 1)):
        gap = b[s - 1][:, None] - A
        shut = G * (gap > 0)
        da[s - 1] = np.sum(shut * gap, axis=1)
        db[s - 1] = np.sum(shut, axis=1) * a[s - 1]
        dA -= shut * a[s - 1][:, None]
    return row(dA), da, db


def randn(seed, *dims):
    return np.random.default_rng(seed).standard_normal(dims)


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    return randn(seed, n_in, n_out) * eps


def init_xavier(n_in, n_out, seed=0):
    return randn(seed, n_in, n_out) / np.sqrt((n_in + n_out) / 2)


def init_he(n_in, n_out, seed=0):
    return randn(seed, n_in, n_out) / np.sqrt(n_in / 2)


def mse_loss(a, target):
    N = size(a, 1)
    E = col(a) - col(target)
    return np.sum(np.sum(E**2, axis=1)) / 2 / N, row(E / N)


def binary_cross_entropy(a, y):
    N = size(a, 1)
    ones, zeros = y == 1, y == 0
    loss = -(np.sum(np.log(a[ones])) + np.sum(np.log(1 - a[zeros]))) / N
    da = np.zeros(N)
    da[ones] = -1 / (N * a[ones])
    da[zeros] = 1 / (N * (1 - a[zeros]))
    return loss, da


def sigmoid_cross_entropy(z, y):
    N = size(z, 1)
    signs = np.where(y == 1, -1.0, 1.0)
    u = signs * z
    dz = signs * sigmoid_forward(u) / N
    return np.sum(np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))) / N, dz


def softmax_cross_entropy(scores, y):
    S = col(scores)
    S = S - np.max(S, axis=0)
    P = np.exp(S) / np.sum(np.exp(S), axis=0)
    N = size(S, 2)
    loss = 0.0
    logs = S - np.log(np.sum(np.exp(S), axis=0))
    loss -= np.trace(logs[y]) / N
    P -= np.eye(size(S, 1))[:, y]
    return loss, row(P) / N


def l2_penalty(params, reg):
    dW = {key: 2 * reg * (value if key.startswith("W") else np.zeros_like(value)) for key, value in params.items()}
    return reg * np.sum([np.linalg.norm(value) ** 2 for key, value in params.items() if key.startswith("W")]), dW


def l1_penalty(params, reg):
    dW = {key: np.zeros_like(value) for key, value in params.items()}
    total = 0.0
    for key in filter(lambda key: key.startswith("W"), params):
        total += np.sum(np.abs(params[key]))
        dW[key] += reg * np.sign(params[key])
    return reg * total, dW


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    A = col(x)
    mu, var = np.mean(A, axis=1), np.var(A, axis=1, ddof=0)
    H = (A - mu[:, None]) / np.sqrt(var[:, None] + eps)
    Y = gamma[:, None] * H + beta[:, None]
    return row(Y), decay * running_mean + (1 - decay) * mu, decay * running_var + (1 - decay) * var


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    H = (col(x) - running_mean[:, None]) / np.sqrt(running_var[:, None] + eps)
    return row(gamma[:, None] * H + beta[:, None])


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    A, G = col(x), col(dout)
    N = size(A, 2)
    mu, var = np.mean(A, axis=1, keepdims=True), np.var(A, axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    H = (A - mu) / std
    dH = G * gamma[:, None]
    dA = (N * dH - np.sum(dH, axis=1, keepdims=True) - H * np.sum(dH * H, axis=1, keepdims=True)) / (N * std)
    return row(dA), np.sum(G * H, axis=1), np.sum(G, axis=1)


def dropout_forward(x, p=0.5, seed=0, train=True):
    y = x.copy()
    if train:
        dropout_b(y, p, seed)
    return y


def dropout_b(y, p, seed):
    """Change y in place; Julia would call it dropout!"""
    goes = np.random.default_rng(seed).random(y.shape) >= p
    y /= p
    y[goes] = 0


def dropout_backward(dout, p=0.5, seed=0, train=True):
    dx = dout.copy()
    if train:
        dropout_b(dx, p, seed)
    return dx


def sgd(w, dw, state, lr=1e-2):
    w = w.copy()
    w -= lr * dw
    return w, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    w, v = w.copy(), state.get("v", np.zeros_like(w)).copy()
    v *= mu
    v += lr * dw
    w -= v
    return w, {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    w, s = w.copy(), state.get("s", np.zeros_like(w)).copy()
    s *= decay
    s += (1 - decay) * dw**2
    w -= lr * dw / (np.sqrt(s) + eps)
    return w, {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w = w.copy()
    m, v = (state.get(key, np.zeros_like(w)).copy() for key in ("m", "v"))
    t = state.get("t", 0) + 1
    m *= beta1
    m += (1 - beta1) * dw
    v *= beta2
    v += (1 - beta2) * dw**2
    w -= lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w, {"m": m, "v": v, "t": t}


def residual_forward(x, w1, b1, w2, b2):
    A = col(x)
    H = np.maximum(0, w1.T @ A + b1[:, None])
    return row(np.maximum(0, A + w2.T @ H + b2[:, None]))


def residual_backward(dout, x, w1, b1, w2, b2):
    A, G = col(x), col(dout)
    Z = w1.T @ A + b1[:, None]
    H = np.maximum(0, Z)
    G = G * (A + w2.T @ H + b2[:, None] > 0)
    dZ = (w2 @ G) * (Z > 0)
    return row(G + w1 @ dZ), A @ dZ.T, np.sum(dZ, axis=1), H @ G.T, np.sum(G, axis=1)


def shift_images(x, down, right):
    H, W = x.shape[2:]
    y = np.roll(x, (down, right), axis=(2, 3))
    down, right = max(-H, min(H, down)), max(-W, min(W, right))
    if down > 0:
        y[:, :, :down] = 0
    elif down < 0:
        y[:, :, down:] = 0
    if right > 0:
        y[:, :, :, :right] = 0
    elif right < 0:
        y[:, :, :, right:] = 0
    return y


def flip_images(x):
    y = x.copy()
    W = size(x, 4)
    for j in one_to(W):
        y[:, :, :, W - j] = x[:, :, :, j - 1]
    return y


def warp_images(x, matrix):
    H, W = x.shape[2:]
    y = np.zeros(x.shape)
    ci, cj = (H + 1) / 2, (W + 1) / 2  # with indices from 1
    for i in one_to(H):
        for j in one_to(W):
            u = ci + matrix[0][0] * (i - ci) + matrix[0][1] * (j - cj)
            v = cj + matrix[1][0] * (i - ci) + matrix[1][1] * (j - cj)
            p, q = int(np.floor(u)), int(np.floor(v))
            for a, wa in ((p, p + 1 - u), (p + 1, u - p)):
                for b, wb in ((q, q + 1 - v), (q + 1, v - q)):
                    if 1 <= a <= H and 1 <= b <= W:
                        y[:, :, i - 1, j - 1] += wa * wb * x[:, :, a - 1, b - 1]
    return y


def rotate_images(x, degrees):
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return warp_images(x, [[c, s], [-s, c]])


def scale_images(x, factor):
    return warp_images(x, [[1 / factor, 0.0], [0.0, 1 / factor]])


def add_noise(x, sigma, seed=0):
    return x + sigma * randn(seed, *x.shape)


def average_gradients(grads, sizes):
    n = np.array(sizes, dtype=float)
    return {key: sum(n[k - 1] * grads[k - 1][key] for k in one_to(len(n))) / n.sum() for key in grads[0]}


def init_net(dims, init="he", batchnorm=False, seed=0):
    params, running = {}, {}
    L = len(dims) - 1
    for l in one_to(L):
        n, m = dims[l - 1], dims[l]
        if init == "he":
            params[f"W{l}"] = init_he(n, m, seed + l)
        elif init == "xavier":
            params[f"W{l}"] = init_xavier(n, m, seed + l)
        else:
            params[f"W{l}"] = init_normal(n, m, 1e-2, seed + l)
        params[f"b{l}"] = np.zeros((m,))
        if l < L and batchnorm:
            params[f"gamma{l}"], params[f"beta{l}"] = np.ones((m,)), np.zeros((m,))
            running[f"mean{l}"], running[f"var{l}"] = np.zeros((m,)), np.ones((m,))
    return params, running


FORWARD = {"sigmoid": sigmoid_forward, "tanh": tanh_forward, "relu": relu_forward,
           "leaky_relu": leaky_relu_forward, "elu": elu_forward}
BACKWARD = {"sigmoid": sigmoid_backward, "tanh": tanh_backward, "relu": relu_backward,
            "leaky_relu": leaky_relu_backward, "elu": elu_backward}


def depth(params):
    return len([key for key in params if key.startswith("W")])


def net_forward(params, running, X, activation="relu", skip=False):
    A, L = X, depth(params)
    for l in one_to(L - 1):
        Z = affine_forward(A, params[f"W{l}"], params[f"b{l}"])
        if len(running) > 0:
            Z = batchnorm_test(Z, params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"])
        Z = FORWARD[activation](Z)
        A = A + Z if skip and size(A, 2) == size(Z, 2) else Z
    return affine_forward(A, params[f"W{L}"], params[f"b{L}"])


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    L = depth(params)
    A, Z, B = [X], [None], [None]
    new = {}
    for l in one_to(L - 1):
        Z.append(affine_forward(A[-1], params[f"W{l}"], params[f"b{l}"]))
        B.append(Z[-1])
        if len(running) > 0:
            B[-1], new[f"mean{l}"], new[f"var{l}"] = batchnorm_train(
                Z[-1], params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"])
        Y = dropout_forward(FORWARD[activation](B[-1]), p, seed + l)
        A.append(A[-1] + Y if skip and size(A[-1], 2) == size(Y, 2) else Y)
    loss, G = softmax_cross_entropy(affine_forward(A[-1], params[f"W{L}"], params[f"b{L}"]), y)
    d = {}
    G, d[f"W{L}"], d[f"b{L}"] = affine_backward(G, A[-1], params[f"W{L}"], params[f"b{L}"])
    for l in reversed(one_to(L - 1)):
        around = G if skip and A[l].shape == A[l - 1].shape else 0
        G = BACKWARD[activation](dropout_backward(G, p, seed + l), B[l])
        if len(running) > 0:
            G, d[f"gamma{l}"], d[f"beta{l}"] = batchnorm_backward(G, Z[l], params[f"gamma{l}"], params[f"beta{l}"])
        G, d[f"W{l}"], d[f"b{l}"] = affine_backward(G, A[l - 1], params[f"W{l}"], params[f"b{l}"])
        G = G + around
    for penalty, strength in [(l2_penalty, l2), (l1_penalty, l1)]:
        cost, more = penalty(params, strength)
        loss += cost
        d = {key: d[key] + more[key] for key in more}
    return loss, d, new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    params = {key: value.copy() for key, value in params.items()}
    rng, N = np.random.default_rng(seed), size(X, 1)
    state = {key: {} for key in params}
    losses = np.zeros(num_iters)
    for i in one_to(num_iters):
        rows = rng.choice(N, size=batch, replace=False)
        masks = rng.integers(2**31)
        losses[i - 1], d, running = net_loss(
            params, running, X[rows, :], y[rows], activation, skip, l1, l2, p, masks)
        for key in params:
            if rule == "sgd":
                params[key], state[key] = sgd(params[key], d[key], state[key], lr)
            if rule == "momentum":
                params[key], state[key] = momentum(params[key], d[key], state[key], lr)
            if rule == "rmsprop":
                params[key], state[key] = rmsprop(params[key], d[key], state[key], lr)
            if rule == "adam":
                params[key], state[key] = adam(params[key], d[key], state[key], lr)
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    S = col(net_forward(params, running, X, activation, skip))
    return np.argmax(S, axis=0)
