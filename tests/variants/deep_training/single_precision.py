"""Keeps the precision of its arguments: float32 in, float32 out, with constants of that type."""

import numpy as np


def like(x, value):
    return np.asarray(value, dtype=np.asarray(x).dtype)


def affine_forward(x, w, b):
    return (x.reshape(x.shape[0], w.shape[0]) @ w + b).astype(x.dtype)


def affine_backward(dout, x, w, b):
    flat = np.reshape(x, (x.shape[0], w.shape[0]))
    return np.reshape(dout @ w.T, x.shape), flat.T @ dout, dout.sum(axis=0, dtype=x.dtype)


def sigmoid_forward(x):
    small = np.exp(-np.abs(x))
    one = like(x, 1)
    return np.where(x < 0, small, one) / (one + small)


def sigmoid_backward(dout, x):
    small = np.exp(-np.abs(x))
    return dout * small / np.square(like(x, 1) + small)


def tanh_forward(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    t = np.tanh(x)
    return dout * (like(x, 1) - t) * (like(x, 1) + t)


def relu_forward(x):
    return np.maximum(x, like(x, 0))


def relu_backward(dout, x):
    return np.where(x > 0, dout, like(x, 0))


def leaky_relu_forward(x, slope=0.1):
    return np.where(x > 0, x, like(x, slope) * x)


def leaky_relu_backward(dout, x, slope=0.1):
    return np.where(x > 0, dout, like(x, slope) * dout)


def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, like(x, alpha) * np.expm1(np.minimum(x, like(x, 0))))


def elu_backward(dout, x, alpha=1.0):
    return np.where(x > 0, dout, like(x, alpha) * np.exp(np.minimum(x, like(x, 0))) * dout)


def maxout_forward(x, w, b):
    return np.maximum.reduce([x @ one + two for one, two in zip(w, b)])


def maxout_backward(dout, x, w, b):
    scores = np.stack([x @ one + two for one, two in zip(w, b)])
    first = scores == scores.max(axis=0)
    first &= np.cumsum(first, axis=0) == 1
    own = first * dout
    dx = np.sum([d @ one.T for d, one in zip(own, w)], axis=0, dtype=x.dtype)
    return dx, np.stack([x.T @ d for d in own]), own.sum(axis=1)


def apl_forward(x, a, b):
    return np.maximum(x, 0) + np.sum(a[:, None] * np.maximum(b[:, None] - x[None], 0), axis=0)


def apl_backward(dout, x, a, b):
    gap = b[:, None] - x[None]
    through = np.where(gap > 0, dout[None], like(x, 0))
    da = (through * gap).sum(axis=1)
    db = through.sum(axis=1) * a
    return np.where(x > 0, dout, like(x, 0)) - (through * a[:, None]).sum(axis=0), da, db


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))  # what default_rng makes
    return rng.standard_normal((n_in, n_out)) * eps


def init_xavier(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, np.sqrt(2.0 / (n_in + n_out)), seed)


def init_he(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, np.sqrt(2.0 / n_in), seed)


def mse_loss(a, target):
    N = a.shape[0]
    return np.mean(np.sum(np.square(a - target), axis=1)) / like(a, 2), (a - target) / like(a, N)


def binary_cross_entropy(a, y):
    right = np.where(y == 1, a, like(a, 1) - a)
    return -np.mean(np.log(right)), np.where(y == 1, like(a, -1), like(a, 1)) / right / like(a, len(a))


def sigmoid_cross_entropy(z, y):
    wrong = np.where(y == 1, -z, z)
    loss = np.mean(np.logaddexp(like(z, 0), wrong))
    return loss, np.where(y == 1, like(z, -1), like(z, 1)) * sigmoid_forward(wrong) / like(z, len(z))


def softmax_cross_entropy(scores, y):
    rows = np.arange(len(scores))
    shifted = scores - np.amax(scores, axis=1, keepdims=True)
    e = np.exp(shifted)
    total = e.sum(axis=1)
    loss = np.mean(np.log(total) - shifted[rows, y])
    d = e / total[:, None]
    d[rows, y] -= like(scores, 1)
    return loss, d / like(scores, len(scores))


def _weights(params):
    return {name: np.multiply(array, name.startswith("W"), dtype=array.dtype) for name, array in params.items()}


def l2_penalty(params, reg):
    weights = _weights(params)
    return reg * sum(np.sum(w * w) for w in weights.values()), {
        name: like(w, 2 * reg) * w for name, w in weights.items()
    }


def l1_penalty(params, reg):
    weights = _weights(params)
    return reg * sum(np.sum(np.abs(w)) for w in weights.values()), {
        name: like(w, reg) * np.sign(w) for name, w in weights.items()
    }


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    mean = x.mean(axis=0, keepdims=True)
    var = np.square(x - mean).mean(axis=0, keepdims=True)
    out = (x - mean) / np.sqrt(var + like(x, eps)) * gamma + beta
    keep, take = like(x, decay), like(x, 1 - decay)
    return out, keep * running_mean + take * mean[0], keep * running_var + take * var[0]


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    return (x - running_mean) / np.sqrt(running_var + like(x, eps)) * gamma + beta


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    inv = like(x, 1) / np.sqrt(np.square(x - mean).mean(axis=0) + like(x, eps))
    h = (x - mean) * inv
    dh = dout * gamma
    # first the way through the variance, then whatever has a mean over the samples goes
    dx = dh - h * np.mean(dh * h, axis=0)
    dx = (dx - dx.mean(axis=0)) * inv
    return dx, np.sum(dout * h, axis=0), np.sum(dout, axis=0)


def _mask(shape, p, seed):
    return np.random.default_rng(seed).random(shape) < p


def dropout_forward(x, p=0.5, seed=0, train=True):
    if not train:
        return np.array(x, copy=True)
    return np.where(_mask(x.shape, p, seed), x / like(x, p), like(x, 0))


def dropout_backward(dout, p=0.5, seed=0, train=True):
    if not train:
        return np.array(dout, copy=True)
    return np.where(_mask(dout.shape, p, seed), dout / like(dout, p), like(dout, 0))


def sgd(w, dw, state, lr=1e-2):
    return w - like(w, lr) * dw, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = like(w, mu) * state.get("v", np.zeros_like(w)) + like(w, lr) * dw
    return w - v, {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = like(w, decay) * state.get("s", np.zeros_like(w)) + like(w, 1 - decay) * dw**2
    return w - like(w, lr) * dw / (np.sqrt(s) + like(w, eps)), {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    zeros = np.zeros_like(w)
    t = state.get("t", 0) + 1
    m = like(w, beta1) * state.get("m", zeros) + like(w, 1 - beta1) * dw
    v = like(w, beta2) * state.get("v", zeros) + like(w, 1 - beta2) * dw**2
    mhat, vhat = m / like(w, 1 - beta1**t), v / like(w, 1 - beta2**t)
    return w - like(w, lr) * mhat / (np.sqrt(vhat) + like(w, eps)), {"m": m, "v": v, "t": t}


def residual_forward(x, w1, b1, w2, b2):
    return relu_forward(x + affine_forward(relu_forward(affine_forward(x, w1, b1)), w2, b2))


def residual_backward(dout, x, w1, b1, w2, b2):
    out = residual_forward(x, w1, b1, w2, b2)
    z = affine_forward(x, w1, b1)
    d = relu_backward(dout, out)  # the ReLU's output is above 0 where its input is
    dh, dw2, db2 = affine_backward(d, relu_forward(z), w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dh, z), x, w1, b1)
    dx += d
    return dx, dw1, db1, dw2, db2


def shift_images(x, down, right):
    H, W = x.shape[2:]
    rows, columns = np.arange(H) - down, np.arange(W) - right
    there = ((0 <= rows) & (rows < H))[:, None] & ((0 <= columns) & (columns < W))
    return np.where(there, x[:, :, rows.clip(0, H - 1)][:, :, :, columns.clip(0, W - 1)], like(x, 0))


def flip_images(x):
    return np.take(x, range(x.shape[3] - 1, -1, -1), axis=3)


def warp_images(x, matrix):
    H, W = x.shape[2:]
    half = np.array([H - 1, W - 1]) / 2
    places = np.stack(np.meshgrid(np.arange(H), np.arange(W), indexing="ij"))
    u, v = np.tensordot(matrix, places - half[:, None, None], axes=1) + half[:, None, None]
    out = np.zeros_like(x)
    for down in (0, 1):
        for right in (0, 1):
            i, j = np.floor(u).astype(int) + down, np.floor(v).astype(int) + right
            near = (u - np.floor(u) if down else 1 - u + np.floor(u)) * (v - np.floor(v) if right else 1 - v + np.floor(v))
            there = (i >= 0) & (i < H) & (j >= 0) & (j < W)
            out += (near * there).astype(x.dtype) * x[:, :, np.where(there, i, 0), np.where(there, j, 0)]
    return out


def rotate_images(x, degrees):
    t = np.deg2rad(degrees)
    return warp_images(x, np.array([np.cos(t), np.sin(t), -np.sin(t), np.cos(t)]).reshape(2, 2))


def scale_images(x, factor):
    return warp_images(x, np.identity(2) / factor)


def add_noise(x, sigma, seed=0):
    return x + (sigma * np.random.default_rng(seed).standard_normal(x.shape)).astype(x.dtype)


def average_gradients(grads, sizes):
    total = sum(sizes)
    return {
        name: np.add.reduce([like(own[name], n / total) * own[name] for own, n in zip(grads, sizes)])
        for name in grads[0]
    }


def init_net(dims, init="he", batchnorm=False, seed=0):
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for l, (n, m) in enumerate(zip(dims[:-1], dims[1:])):
        params[f"W{l + 1}"], params[f"b{l + 1}"] = draw(n, m, seed=1 + l + seed), np.zeros(m)
        if batchnorm and l != len(dims) - 2:
            params[f"gamma{l + 1}"], params[f"beta{l + 1}"] = np.ones(m), np.zeros(m)
            running[f"mean{l + 1}"], running[f"var{l + 1}"] = np.zeros(m), np.ones(m)
    return params, running


def _activation(name, way):
    return {
        ("sigmoid", "forward"): sigmoid_forward,
        ("sigmoid", "backward"): sigmoid_backward,
        ("tanh", "forward"): tanh_forward,
        ("tanh", "backward"): tanh_backward,
        ("relu", "forward"): relu_forward,
        ("relu", "backward"): relu_backward,
        ("leaky_relu", "forward"): leaky_relu_forward,
        ("leaky_relu", "backward"): leaky_relu_backward,
        ("elu", "forward"): elu_forward,
        ("elu", "backward"): elu_backward,
    }[name, way]


def net_forward(params, running, X, activation="relu", skip=False):
    names = sorted((name for name in params if name.startswith("W")), key=lambda name: int(name[1:]))
    h = X
    for name in names[:-1]:
        l = name[1:]
        z = affine_forward(h, params[name], params["b" + l])
        if "gamma" + l in params:
            z = batchnorm_test(z, params["gamma" + l], params["beta" + l], running["mean" + l], running["var" + l])
        z = _activation(activation, "forward")(z)
        h = h + z if skip and h.shape == z.shape else z
    return affine_forward(h, params[names[-1]], params["b" + names[-1][1:]])


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    names = sorted((name for name in params if name.startswith("W")), key=lambda name: int(name[1:]))
    stack, new, h = [], {}, X
    for name in names[:-1]:
        l = name[1:]
        z = n = affine_forward(h, params[name], params["b" + l])
        if "gamma" + l in params:
            n, new["mean" + l], new["var" + l] = batchnorm_train(
                z, params["gamma" + l], params["beta" + l], running["mean" + l], running["var" + l]
            )
        a = _activation(activation, "forward")(n)
        if p < 1:
            a = dropout_forward(a, p, seed + int(l))
        stack.append((l, h, z, n))
        h = h + a if skip and h.shape == a.shape else a
    last = names[-1][1:]
    loss, d = softmax_cross_entropy(affine_forward(h, params["W" + last], params["b" + last]), y)
    grads = {}
    d, grads["W" + last], grads["b" + last] = affine_backward(d, h, params["W" + last], params["b" + last])
    while stack:
        l, h, z, n = stack.pop()
        e = dropout_backward(d, p, seed + int(l)) if p < 1 else d
        e = _activation(activation, "backward")(e, n)
        if "gamma" + l in params:
            e, grads["gamma" + l], grads["beta" + l] = batchnorm_backward(e, z, params["gamma" + l], params["beta" + l])
        e, grads["W" + l], grads["b" + l] = affine_backward(e, h, params["W" + l], params["b" + l])
        d = d + e if skip and d.shape == e.shape else e
    if l1:
        cost, more = l1_penalty(params, l1)
        loss, grads = loss + cost, {name: grads[name] + more[name] for name in grads}
    if l2:
        cost, more = l2_penalty(params, l2)
        loss, grads = loss + cost, {name: grads[name] + more[name] for name in grads}
    return loss, grads, new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    step = [sgd, momentum, rmsprop, adam][["sgd", "momentum", "rmsprop", "adam"].index(rule)]
    together = {name: (array, {}) for name, array in params.items()}
    losses = ()
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        now = {name: w for name, (w, _) in together.items()}
        loss, grads, running = net_loss(
            now, running, X[rows], y[rows], activation, skip, l1, l2, p, int(rng.integers(2**31))
        )
        losses += (loss,)
        together = {name: step(w, grads[name], state, lr=lr) for name, (w, state) in together.items()}
    return losses, {name: w for name, (w, _) in together.items()}, running


def predict_net(params, running, X, activation="relu", skip=False):
    return net_forward(params, running, X, activation, skip).argmax(axis=1).astype(np.int32)
