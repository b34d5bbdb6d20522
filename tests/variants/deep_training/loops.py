"""Plain Python loops, wherever loops are allowed."""

import math

import numpy as np


def affine_forward(x, w, b):
    out = []
    for row in x:
        row = row.ravel()
        out.append([sum(row[d] * w[d, m] for d in range(len(row))) + b[m] for m in range(len(b))])
    return np.array(out)


def affine_backward(dout, x, w, b):
    flat = np.array([row.ravel() for row in x])
    dx, dw, db = np.zeros(flat.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n in range(len(x)):
        for m in range(len(b)):
            db[m] += dout[n, m]
            for d in range(flat.shape[1]):
                dw[d, m] += flat[n, d] * dout[n, m]
                dx[n, d] += w[d, m] * dout[n, m]
    return dx.reshape(x.shape), dw, db


def each(function, *arrays):
    """Apply a function of numbers to each entry."""
    out = np.zeros(arrays[0].shape)
    for place in np.ndindex(out.shape):
        out[place] = function(*(float(array[place]) for array in arrays))
    return out


def _sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def sigmoid_forward(x):
    return each(_sigmoid, x)


def sigmoid_backward(dout, x):
    return each(lambda d, x: d * _sigmoid(x) * _sigmoid(-x), dout, x)


def tanh_forward(x):
    return each(math.tanh, x)


def tanh_backward(dout, x):
    return each(lambda d, x: d * (1 - math.tanh(x) ** 2), dout, x)


def relu_forward(x):
    return each(lambda x: x if x > 0 else 0.0, x)


def relu_backward(dout, x):
    return each(lambda d, x: d if x > 0 else 0.0, dout, x)


def leaky_relu_forward(x, slope=0.1):
    return each(lambda x: x if x > 0 else slope * x, x)


def leaky_relu_backward(dout, x, slope=0.1):
    return each(lambda d, x: d if x > 0 else slope * d, dout, x)


def elu_forward(x, alpha=1.0):
    return each(lambda x: x if x > 0 else alpha * (math.exp(x) - 1), x)


def elu_backward(dout, x, alpha=1.0):
    return each(lambda d, x: d if x > 0 else d * alpha * math.exp(x), dout, x)


def maxout_forward(x, w, b):
    best = x @ w[0] + b[0]
    for k in range(1, len(w)):
        best = np.maximum(best, x @ w[k] + b[k])
    return best


def maxout_backward(dout, x, w, b):
    best, winner = x @ w[0] + b[0], np.zeros(dout.shape, dtype=int)
    for k in range(1, len(w)):
        scores = x @ w[k] + b[k]
        winner[scores > best] = k
        best = np.maximum(best, scores)
    dx, dw, db = 0, [], []
    for k in range(len(w)):
        d = np.where(winner == k, dout, 0)
        dx = dx + d @ w[k].T
        dw.append(x.T @ d)
        db.append(d.sum(axis=0))
    return dx, np.array(dw), np.array(db)


def apl_forward(x, a, b):
    out = np.where(x > 0, x, 0)
    for s in range(len(a)):
        out = out + a[s] * np.where(b[s] > x, b[s] - x, 0)
    return out


def apl_backward(dout, x, a, b):
    dx, da, db = np.where(x > 0, dout, 0), np.zeros(a.shape), np.zeros(b.shape)
    for s in range(len(a)):
        d = np.where(b[s] > x, dout, 0)
        da[s] = (d * (b[s] - x)).sum(axis=0)
        db[s] = a[s] * d.sum(axis=0)
        dx = dx - a[s] * d
    return dx, da, db


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    return np.array([[eps * rng.standard_normal() for _ in range(n_out)] for _ in range(n_in)])


def init_xavier(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, math.sqrt(2 / (n_in + n_out)), seed)


def init_he(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, math.sqrt(2 / n_in), seed)


def mse_loss(a, target):
    N = len(a)
    loss, da = 0.0, np.zeros(a.shape)
    for place in np.ndindex(a.shape):
        error = float(a[place]) - float(target[place])
        loss += error * error / (2 * N)
        da[place] = error / N
    return loss, da


def binary_cross_entropy(a, y):
    N, loss, da = len(a), 0.0, np.zeros(len(a))
    for i in range(N):
        p = float(a[i])
        if y[i] == 1:
            loss -= math.log(p)
            da[i] = -1 / p / N
        else:
            loss -= math.log(1 - p)
            da[i] = 1 / (1 - p) / N
    return loss / N, da


def sigmoid_cross_entropy(z, y):
    N, loss, dz = len(z), 0.0, np.zeros(len(z))
    for i in range(N):
        wrong = float(z[i]) if y[i] == 0 else -float(z[i])
        loss += max(0.0, wrong) + math.log1p(math.exp(-abs(wrong)))
        dz[i] = (_sigmoid(float(z[i])) - y[i]) / N
    return loss / N, dz


def softmax_cross_entropy(scores, y):
    shifted = scores - scores.max(axis=1).reshape(-1, 1)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1)).reshape(-1, 1)
    hot = (y.reshape(-1, 1) == np.arange(scores.shape[1])) * 1.0
    return -np.sum(logs[hot == 1]) / len(y), (np.exp(logs) - hot) / len(y)


def l2_penalty(params, reg):
    cost, grads = 0.0, {}
    for key in params:
        grads[key] = np.zeros(params[key].shape)
        if "W" in key:
            for place in np.ndindex(params[key].shape):
                w = params[key][place]
                cost += reg * w * w
                grads[key][place] = 2 * reg * w
    return cost, grads


def l1_penalty(params, reg):
    cost, grads = 0.0, {}
    for key in params:
        grads[key] = np.zeros(params[key].shape)
        if "W" in key:
            for place in np.ndindex(params[key].shape):
                w = params[key][place]
                cost += reg * abs(w)
                grads[key][place] = reg if w > 0 else -reg if w < 0 else 0
    return cost, grads


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    out, new_mean, new_var = np.zeros(x.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for d in range(x.shape[1]):
        column = x[:, d]
        mean = column.sum() / len(x)
        var = ((column - mean) ** 2).sum() / len(x)
        out[:, d] = gamma[d] * (column - mean) / math.sqrt(var + eps) + beta[d]
        new_mean[d] = decay * running_mean[d] + (1 - decay) * mean
        new_var[d] = decay * running_var[d] + (1 - decay) * var
    return out, new_mean, new_var


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    out = np.zeros(x.shape)
    for n in range(len(x)):
        for d in range(len(gamma)):
            out[n, d] = gamma[d] * (x[n, d] - running_mean[d]) / math.sqrt(running_var[d] + eps) + beta[d]
    return out


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    N = len(x)
    dx, dgamma, dbeta = np.zeros(x.shape), np.zeros(len(gamma)), np.zeros(len(gamma))
    for d in range(x.shape[1]):
        centred = x[:, d] - x[:, d].mean()
        std = math.sqrt((centred**2).mean() + eps)
        g = dout[:, d] * gamma[d]
        dgamma[d] = np.dot(dout[:, d], centred) / std
        dbeta[d] = np.sum(dout[:, d])
        dx[:, d] = g / std - g.sum() / (N * std) - centred * np.dot(g, centred) / (N * std**3)
    return dx, dgamma, dbeta


def dropout_forward(x, p=0.5, seed=0, train=True):
    if train is False:
        return x * 1.0
    rng = np.random.default_rng(seed)
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):  # one by one they are the same numbers
        if rng.random() < p:
            out[place] = x[place] / p
    return out


def dropout_backward(dout, p=0.5, seed=0, train=True):
    factors = dropout_forward(np.ones(dout.shape), p, seed, train)
    return each(lambda d, f: d * f, dout, factors)


def sgd(w, dw, state, lr=1e-2):
    return each(lambda w, d: w - lr * d, w, dw), {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    old = state.get("v", np.zeros(w.shape))
    v = each(lambda v, d: mu * v + lr * d, old, dw)
    return each(lambda w, v: w - v, w, v), {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = each(lambda s, d: decay * s + (1 - decay) * d * d, state.get("s", np.zeros(w.shape)), dw)
    return each(lambda w, d, s: w - lr * d / (math.sqrt(s) + eps), w, dw, s), {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state = {"m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0} | state
    t = state["t"] + 1
    m = each(lambda m, d: beta1 * m + (1 - beta1) * d, state["m"], dw)
    v = each(lambda v, d: beta2 * v + (1 - beta2) * d * d, state["v"], dw)

    def step(w, m, v):
        return w - lr * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + eps)

    return each(step, w, m, v), {"m": m, "v": v, "t": t}


def residual_forward(x, w1, b1, w2, b2):
    rows = []
    for row in x:
        hidden = np.maximum(0, row @ w1 + b1)
        rows.append(np.maximum(0, row + hidden @ w2 + b2))
    return np.stack(rows)


def residual_backward(dout, x, w1, b1, w2, b2):
    dx = []
    dw1, db1, dw2, db2 = (np.zeros(array.shape) for array in (w1, b1, w2, b2))
    for d, row in zip(dout, x):
        z = row @ w1 + b1
        hidden = np.maximum(0, z)
        d = np.where(row + hidden @ w2 + b2 > 0, d, 0)
        e = np.where(z > 0, w2 @ d, 0)
        dw2 += np.outer(hidden, d)
        db2 += d
        dw1 += np.outer(row, e)
        db1 += e
        dx.append(d + w1 @ e)
    return np.array(dx), dw1, db1, dw2, db2


def shift_images(x, down, right):
    N, C, H, W = x.shape
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(x.shape):
        if 0 <= i + down < H and 0 <= j + right < W:
            out[n, c, i + down, j + right] = x[n, c, i, j]
    return out


def flip_images(x):
    out = np.empty(x.shape, x.dtype)
    for j in range(x.shape[3]):
        out[:, :, :, x.shape[3] - 1 - j] = x[:, :, :, j]
    return out


def warp_images(x, matrix):
    N, C, H, W = x.shape
    out = np.zeros(x.shape)
    (a, b), (c, d) = matrix
    for i in range(H):
        for j in range(W):
            y, z = i - (H - 1) / 2, j - (W - 1) / 2
            u, v = a * y + b * z + (H - 1) / 2, c * y + d * z + (W - 1) / 2
            top, left = math.floor(u), math.floor(v)
            for row, near in ((top, 1 - (u - top)), (top + 1, u - top)):
                for column, close in ((left, 1 - (v - left)), (left + 1, v - left)):
                    if 0 <= row < H and 0 <= column < W:
                        out[:, :, i, j] += near * close * x[:, :, row, column]
    return out


def rotate_images(x, degrees):
    angle = math.radians(degrees)
    return warp_images(x, [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])


def scale_images(x, factor):
    return warp_images(x, [[1 / factor, 0], [0, 1 / factor]])


def add_noise(x, sigma, seed=0):
    rng = np.random.default_rng(seed)
    return each(lambda x: x + sigma * rng.standard_normal(), x)


def average_gradients(grads, sizes):
    out = {}
    for key in grads[0]:
        out[key] = np.zeros(grads[0][key].shape)
        for k in range(len(grads)):
            for _ in range(sizes[k]):
                out[key] += grads[k][key] / sum(sizes)
    return out


def init_net(dims, init="he", batchnorm=False, seed=0):
    params, running = {}, {}
    for l in range(1, len(dims)):
        if init == "normal":
            W = init_normal(dims[l - 1], dims[l], seed=seed + l)
        if init == "xavier":
            W = init_xavier(dims[l - 1], dims[l], seed=seed + l)
        if init == "he":
            W = init_he(dims[l - 1], dims[l], seed=seed + l)
        params["W" + str(l)] = W
        params["b" + str(l)] = np.array([0.0] * dims[l])
        if batchnorm and l < len(dims) - 1:
            params["gamma" + str(l)] = np.array([1.0] * dims[l])
            params["beta" + str(l)] = np.array([0.0] * dims[l])
            running["mean" + str(l)] = np.array([0.0] * dims[l])
            running["var" + str(l)] = np.array([1.0] * dims[l])
    return params, running


def forward_of(activation):
    if activation == "sigmoid":
        return lambda x: 1 / (1 + np.exp(-x))
    if activation == "tanh":
        return np.tanh
    if activation == "relu":
        return lambda x: np.maximum(x, 0)
    if activation == "leaky_relu":
        return lambda x: np.where(x > 0, x, 0.1 * x)
    return lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)


def slope_of(activation):
    if activation == "sigmoid":
        return lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2
    if activation == "tanh":
        return lambda x: 1 - np.tanh(x) ** 2
    if activation == "relu":
        return lambda x: np.where(x > 0, 1.0, 0.0)
    if activation == "leaky_relu":
        return lambda x: np.where(x > 0, 1.0, 0.1)
    return lambda x: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))


def net_forward(params, running, X, activation="relu", skip=False):
    depth = 0
    while "W" + str(depth + 1) in params:
        depth += 1
    rows = []
    for h in X:  # one sample after the other: at test time they have nothing to do with each other
        for l in range(1, depth):
            z = h @ params[f"W{l}"] + params[f"b{l}"]
            if f"gamma{l}" in params:
                std = np.sqrt(running[f"var{l}"] + 1e-5)
                z = params[f"gamma{l}"] * (z - running[f"mean{l}"]) / std + params[f"beta{l}"]
            out = forward_of(activation)(z)
            if skip and len(out) == len(h):
                out = out + h
            h = out
        rows.append(h @ params[f"W{depth}"] + params[f"b{depth}"])
    return np.array(rows)


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    depth = 0
    while "W" + str(depth + 1) in params:
        depth += 1
    grads, new, kept = {}, {}, []
    h = X
    for l in range(1, depth):
        z = h @ params[f"W{l}"] + params[f"b{l}"]
        n = z
        if f"gamma{l}" in params:
            n, new[f"mean{l}"], new[f"var{l}"] = batchnorm_train(
                z, params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"]
            )
        mask = (np.random.default_rng(seed + l).random(n.shape) < p) / p
        out = forward_of(activation)(n) * mask
        joins = skip and out.shape == h.shape
        kept.append((h, z, n, mask, joins))
        h = out + h if joins else out
    loss, d = softmax_cross_entropy(h @ params[f"W{depth}"] + params[f"b{depth}"], y)
    grads[f"W{depth}"], grads[f"b{depth}"] = h.T @ d, d.sum(axis=0)
    d = d @ params[f"W{depth}"].T
    for l in range(depth - 1, 0, -1):
        h, z, n, mask, joins = kept.pop()
        e = d * mask * slope_of(activation)(n)
        if f"gamma{l}" in params:
            e, grads[f"gamma{l}"], grads[f"beta{l}"] = batchnorm_backward(
                e, z, params[f"gamma{l}"], params[f"beta{l}"]
            )
        grads[f"W{l}"], grads[f"b{l}"] = h.T @ e, e.sum(axis=0)
        e = e @ params[f"W{l}"].T
        d = d + e if joins else e
    for l in range(1, depth + 1):
        W = params[f"W{l}"]
        loss = loss + l1 * np.abs(W).sum() + l2 * (W * W).sum()
        grads[f"W{l}"] = grads[f"W{l}"] + l1 * np.sign(W) + 2 * l2 * W
    return loss, grads, new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    params = dict(params)
    states = {}
    for key in params:
        states[key] = {}
    losses = []
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = rng.integers(2**31)
        loss, grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        losses.append(loss)
        for key in params:
            if rule == "sgd":
                params[key], states[key] = params[key] - lr * grads[key], {}
            elif rule == "momentum":
                params[key], states[key] = momentum(params[key], grads[key], states[key], lr)
            elif rule == "rmsprop":
                params[key], states[key] = rmsprop(params[key], grads[key], states[key], lr)
            else:
                params[key], states[key] = adam(params[key], grads[key], states[key], lr)
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    labels = []
    for row in net_forward(params, running, X, activation, skip):
        best = 0
        for c in range(1, len(row)):
            if row[c] > row[best]:
                best = c
        labels.append(best)
    return np.array(labels)
