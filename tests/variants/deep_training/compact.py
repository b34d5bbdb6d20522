"""As short as it gets: lambdas, comprehensions, tricks."""

import numpy as np

R = np.random.default_rng
flat = lambda x: x.reshape(len(x), -1)
affine_forward = lambda x, w, b: flat(x).dot(w) + b
affine_backward = lambda dout, x, w, b: (dout.dot(w.T).reshape(x.shape), flat(x).T.dot(dout), dout.sum(0))
sigmoid_forward = lambda x: 0.5 + 0.5 * np.tanh(0.5 * x)
sigmoid_backward = lambda dout, x: 0.25 * dout / np.cosh(np.clip(0.5 * x, -300, 300)) ** 2
tanh_forward = np.vectorize(np.tanh, otypes=[float])
tanh_backward = lambda dout, x: dout / np.cosh(np.clip(x, -300, 300)) ** 2
relu_forward = lambda x: x.clip(0)
relu_backward = lambda dout, x: dout * np.heaviside(x, 0)
leaky_relu_forward = lambda x, slope=0.1: np.maximum(x, slope * x)
leaky_relu_backward = lambda dout, x, slope=0.1: dout * (slope + (1 - slope) * (x > 0))
elu_forward = lambda x, alpha=1.0: np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))
elu_backward = lambda dout, x, alpha=1.0: dout * np.where(x > 0, 1, alpha * np.exp(-np.abs(x)))
_scores = lambda x, w, b: np.array([x @ k + c for k, c in zip(w, b)])
maxout_forward = lambda x, w, b: _scores(x, w, b).max(0)


def maxout_backward(dout, x, w, b):
    pieces = np.zeros((len(w), *dout.shape))
    np.put_along_axis(pieces, _scores(x, w, b).argmax(0)[None], dout[None], 0)
    backs = [affine_backward(d, x, k, None) for d, k in zip(pieces, w)]
    dx, dw, db = zip(*backs)
    return sum(dx), np.array(dw), np.array(db)


apl_forward = lambda x, a, b: x.clip(0) + sum(s * (p - x).clip(0) for s, p in zip(a, b))


def apl_backward(dout, x, a, b):
    shut = [(p > x) * dout for p in b]
    return (
        (x > 0) * dout - sum(s * o for s, o in zip(a, shut)),
        np.array([(o * (p - x)).sum(0) for o, p in zip(shut, b)]),
        np.array([s * o.sum(0) for s, o in zip(a, shut)]),
    )


init_normal = lambda n_in, n_out, eps=1e-2, seed=0: R(seed).standard_normal((n_in, n_out)) * eps
init_xavier = lambda n_in, n_out, seed=0: R(seed).standard_normal((n_in, n_out)) / ((n_in + n_out) / 2) ** 0.5
init_he = lambda n_in, n_out, seed=0: R(seed).normal(0, 1, (n_in, n_out)) * (2 / n_in) ** 0.5
mse_loss = lambda a, target: (((a - target) ** 2).sum(1).mean() / 2, (a - target) / len(a))
binary_cross_entropy = lambda a, y: (
    -np.log(np.where(y == 1, a, 1 - a)).mean(),
    np.where(y == 1, -1 / a, 1 / (1 - a)) / y.size,
)
sigmoid_cross_entropy = lambda z, y: (
    (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).mean(),
    (sigmoid_forward(z) - y) / y.size,
)


def softmax_cross_entropy(scores, y):
    hot = np.eye(scores.shape[1])[y]
    s = scores - scores.max(1)[:, None]
    log = s - np.log(np.exp(s).sum(1))[:, None]
    return -(hot * log).sum() / len(y), (np.exp(log) - hot) / len(y)


_w = lambda params: [key for key in params if key[0] == "W"]
l2_penalty = lambda params, reg: (
    reg * sum(np.vdot(params[k], params[k]) for k in _w(params)),
    {k: 2 * reg * v * (k[0] == "W") for k, v in params.items()},
)
l1_penalty = lambda params, reg: (
    reg * sum(abs(params[k]).sum() for k in _w(params)),
    {k: reg * np.sign(v) * (k[0] == "W") for k, v in params.items()},
)


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    m, v = x.mean(0), x.var(0)
    blend = lambda old, new: old + (1 - decay) * (new - old)
    return batchnorm_test(x, gamma, beta, m, v, eps), blend(running_mean, m), blend(running_var, v)


batchnorm_test = lambda x, gamma, beta, running_mean, running_var, eps=1e-5: (
    (x - running_mean) * (gamma / np.sqrt(running_var + eps)) + beta
)


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    n, inv = len(x), 1 / np.sqrt(x.var(0) + eps)
    h = (x - x.mean(0)) * inv
    dgamma, dbeta = (dout * h).sum(0), dout.sum(0)
    return gamma * inv / n * (n * dout - dbeta - h * dgamma), dgamma, dbeta


dropout_forward = lambda x, p=0.5, seed=0, train=True: (
    np.where(R(seed).random(x.shape) < p, x / p, 0) if train else +x
)
dropout_backward = lambda dout, p=0.5, seed=0, train=True: dropout_forward(dout, p, seed, train)
sgd = lambda w, dw, state, lr=1e-2: (w - lr * dw, {})
momentum = lambda w, dw, state, lr=1e-2, mu=0.9: (w - (v := lr * dw + mu * state.get("v", 0)), {"v": v})


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = dw * dw * (1 - decay) + decay * state.get("s", 0 * dw)
    return w - lr / (s**0.5 + eps) * dw, {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = (state.get(k, 0) for k in "mvt")
    m, v, t = m + (1 - beta1) * (dw - m), v + (1 - beta2) * (dw**2 - v), t + 1
    return w - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps), dict(m=m, v=v, t=t)


residual_forward = lambda x, w1, b1, w2, b2: (x + (x @ w1 + b1).clip(0) @ w2 + b2).clip(0)


def residual_backward(dout, x, w1, b1, w2, b2):
    h = (x @ w1 + b1).clip(0)
    d = dout * (x + h @ w2 + b2 > 0)
    e = d @ w2.T * (h > 0)
    return d + e @ w1.T, x.T @ e, e.sum(0), h.T @ d, d.sum(0)


def shift_images(x, down, right):
    out = np.zeros_like(x)
    H, W = x.shape[2:]
    if abs(down) < H and abs(right) < W:
        cut = lambda n, size: slice(max(n, 0), size + min(n, 0))
        out[:, :, cut(down, H), cut(right, W)] = x[:, :, cut(-down, H), cut(-right, W)]
    return out


flip_images = lambda x: np.flip(x, 3).copy()


def warp_images(x, matrix):
    H, W = x.shape[2:]
    i, j = np.mgrid[:H, :W]
    ci, cj = (H - 1) / 2, (W - 1) / 2
    u = ci + matrix[0, 0] * (i - ci) + matrix[0, 1] * (j - cj)
    v = cj + matrix[1, 0] * (i - ci) + matrix[1, 1] * (j - cj)
    out = 0
    for a in (0, 1):
        for b in (0, 1):
            p, q = np.floor(u).astype(int) + a, np.floor(v).astype(int) + b
            weight = (1 - abs(u - p)) * (1 - abs(v - q)) * (0 <= p) * (p < H) * (0 <= q) * (q < W)
            out = out + weight * x[:, :, p.clip(0, H - 1), q.clip(0, W - 1)]
    return out


def rotate_images(x, degrees):
    z = np.exp(1j * np.deg2rad(degrees))
    return warp_images(x, np.array([[z.real, z.imag], [-z.imag, z.real]]))


scale_images = lambda x, factor: warp_images(x, np.diag([1 / factor] * 2))
add_noise = lambda x, sigma, seed=0: x + R(seed).standard_normal(x.shape) * sigma
average_gradients = lambda grads, sizes: {
    k: np.average([g[k] for g in grads], axis=0, weights=sizes) for k in grads[0]
}


def init_net(dims, init="he", batchnorm=False, seed=0):
    params, running = {}, {}
    for l, (n, m) in enumerate(zip(dims, dims[1:]), 1):
        params[f"W{l}"] = globals()[f"init_{init}"](n, m, seed=seed + l)
        params[f"b{l}"] = np.zeros(m)
        if batchnorm and l + 1 < len(dims):
            params |= {f"gamma{l}": np.ones(m), f"beta{l}": np.zeros(m)}
            running |= {f"mean{l}": np.zeros(m), f"var{l}": np.ones(m)}
    return params, running


def net_forward(params, running, X, activation="relu", skip=False):
    *hidden, last = range(1, len(_w(params)) + 1)
    for l in hidden:
        z = X @ params[f"W{l}"] + params[f"b{l}"]
        if f"mean{l}" in running:
            z = batchnorm_test(z, params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"])
        z = globals()[activation + "_forward"](z)
        X = z + X if skip and z.shape == X.shape else z
    return X @ params[f"W{last}"] + params[f"b{last}"]


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    act, back = (globals()[f"{activation}_{way}"] for way in ("forward", "backward"))
    *hidden, last = range(1, len(_w(params)) + 1)
    trail, new, h = [], {}, X
    for l in hidden:
        z = n = affine_forward(h, params[f"W{l}"], params[f"b{l}"])
        if f"gamma{l}" in params:
            n, new[f"mean{l}"], new[f"var{l}"] = batchnorm_train(
                z, params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"]
            )
        o = dropout_forward(act(n), p, seed + l)
        trail.append((l, h, z, n))
        h = o + h if skip and o.shape == h.shape else o
    loss, d = softmax_cross_entropy(affine_forward(h, params[f"W{last}"], params[f"b{last}"]), y)
    g = {}
    d, g[f"W{last}"], g[f"b{last}"] = affine_backward(d, h, params[f"W{last}"], params[f"b{last}"])
    for l, h, z, n in trail[::-1]:
        e = back(dropout_backward(d, p, seed + l), n)
        if f"gamma{l}" in params:
            e, g[f"gamma{l}"], g[f"beta{l}"] = batchnorm_backward(e, z, params[f"gamma{l}"], params[f"beta{l}"])
        e, g[f"W{l}"], g[f"b{l}"] = affine_backward(e, h, params[f"W{l}"], params[f"b{l}"])
        d = d + e if skip and d.shape == e.shape else e
    (c1, g1), (c2, g2) = l1_penalty(params, l1), l2_penalty(params, l2)
    return loss + c1 + c2, {k: g[k] + g1[k] + g2[k] for k in params}, new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    r, states, losses = R(seed), dict.fromkeys(params, {}), []
    for _ in range(num_iters):
        rows = r.choice(len(X), batch, False)
        loss, g, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, r.integers(2**31)
        )
        losses += [loss]
        both = {k: globals()[rule](params[k], g[k], states[k], lr) for k in params}
        params, states = ({k: v[i] for k, v in both.items()} for i in (0, 1))
    return losses, params, running


predict_net = lambda params, running, X, activation="relu", skip=False: net_forward(
    params, running, X, activation, skip
).argmax(1)
