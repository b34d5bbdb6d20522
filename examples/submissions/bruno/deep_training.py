"""Bruno S. — deep nets. d*: gradient of * (dout is dL/dout), k: pieces, s: hinges."""
import numpy as np

einsum = np.einsum


def affine_forward(x, w, b):
    return einsum("nd,dm->nm", x.reshape(len(x), -1), w) + b


def affine_backward(dout, x, w, b):
    flat = x.reshape(len(x), -1)
    return einsum("nm,dm->nd", dout, w).reshape(x.shape), einsum("nd,nm->dm", flat, dout), einsum("nm->m", dout)


def sigmoid_forward(x):
    return .5 + .5 * np.tanh(x / 2)  # same thing, and tanh never overflows


def sigmoid_backward(dout, x):
    return dout * (s := sigmoid_forward(x)) * (1 - s)


def tanh_forward(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    return dout * (1 - np.tanh(x)) * (1 + np.tanh(x))


def relu_forward(x):
    return np.where(x > 0, x, 0)


def relu_backward(dout, x):
    return np.where(x > 0, dout, 0)


def leaky_relu_forward(x, slope=0.1):
    return np.where(x > 0, x, slope * x)


def leaky_relu_backward(dout, x, slope=0.1):
    return np.where(x > 0, 1, slope) * dout


def elu_forward(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(x.clip(max=0)))


def elu_backward(dout, x, alpha=1.0):
    return np.where(x > 0, 1, alpha * np.exp(x.clip(max=0))) * dout


def _pieces(x, w, b):
    return einsum("nd,kdm->knm", x, w) + b[:, None, :]


def maxout_forward(x, w, b):
    return _pieces(x, w, b).max(axis=0)


def maxout_backward(dout, x, w, b):
    T = np.eye(len(w))[_pieces(x, w, b).argmax(axis=0)]  # (N, M, K), one-hot
    G = einsum("nmk,nm->knm", T, dout)
    return einsum("knm,kdm->nd", G, w), einsum("knm,nd->kdm", G, x), einsum("knm->km", G)


def apl_forward(x, a, b):
    return relu_forward(x) + einsum("sd,snd->nd", a, relu_forward(b[:, None] - x[None]))


def apl_backward(dout, x, a, b):
    h = b[:, None] - x[None]
    on = (h > 0).astype(x.dtype)
    db = einsum("nd,sd,snd->sd", dout, a, on)
    da = einsum("nd,snd,snd->sd", dout, h, on)
    return relu_backward(dout, x) - einsum("nd,sd,snd->nd", dout, a, on), da, db


def _draw(n_in, n_out, var, seed):
    return np.random.default_rng(seed).standard_normal((n_in, n_out)) * var ** .5


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    return eps * _draw(n_in, n_out, 1, seed)


def init_xavier(n_in, n_out, seed=0):
    return _draw(n_in, n_out, 2 / (n_in + n_out), seed)


def init_he(n_in, n_out, seed=0):
    return _draw(n_in, n_out, 2 / n_in, seed)


def mse_loss(a, target):
    e = a - target
    return einsum("nm,nm->", e, e) / 2 / len(a), e / len(a)


def binary_cross_entropy(a, y):
    p = np.where(y == 1, a, 1 - a)  # of the right class
    return -np.log(p).mean(), np.where(y == 1, -1, 1) / p / len(a)


def sigmoid_cross_entropy(z, y):
    t = np.where(y == 1, 1, -1)
    return np.logaddexp(0, -t * z).mean(), -t * sigmoid_forward(-t * z) / len(z)


def softmax_cross_entropy(scores, y):
    T = np.eye(scores.shape[1])[y]
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -einsum("nc,nc->", T, logp) / len(s), (np.exp(logp) - T) / len(s)


def _penalty(params, cost, slope):
    weights = [k for k in params if k[0] == "W"]
    return sum(cost(params[k]).sum() for k in weights), {
        k: slope(p) if k in weights else np.zeros_like(p) for k, p in params.items()
    }


def l2_penalty(params, reg):
    return _penalty(params, lambda W: reg * W**2, lambda W: 2 * reg * W)


def l1_penalty(params, reg):
    return _penalty(params, lambda W: reg * abs(W), lambda W: reg * np.sign(W))


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    mu = x.mean(axis=0)
    var = ((x - mu) ** 2).mean(axis=0)
    return (batchnorm_test(x, gamma, beta, mu, var, eps),
            decay * running_mean + (1 - decay) * mu,
            decay * running_var + (1 - decay) * var)


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    return gamma * ((x - running_mean) * (running_var + eps) ** -.5) + beta


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    N = len(x)
    c = x - x.mean(axis=0)
    r = (einsum("nd,nd->d", c, c) / N + eps) ** -.5
    dgamma, dbeta = einsum("nd,nd,d->d", dout, c, r), einsum("nd->d", dout)
    return gamma * r / N * (N * dout - dbeta - c * r * dgamma), dgamma, dbeta


def _mask(shape, p, seed):
    return (np.random.default_rng(seed).random(shape) < p) / p


def dropout_forward(x, p=0.5, seed=0, train=True):
    return x * (_mask(x.shape, p, seed) if train else 1)


def dropout_backward(dout, p=0.5, seed=0, train=True):
    return dout * (_mask(dout.shape, p, seed) if train else 1)


def sgd(w, dw, state, lr=1e-2):
    return w - lr * dw, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = lr * dw + (mu * state["v"] if state else 0)
    return w - v, {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = (1 - decay) * dw**2 + (decay * state["s"] if state else 0)
    return w - lr * dw / (s**.5 + eps), {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = (state[k] for k in "mvt") if state else (np.zeros_like(w), np.zeros_like(w), 0)
    m, v, t = m + (1 - beta1) * (dw - m), v + (1 - beta2) * (dw**2 - v), t + 1
    up, down = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * up / (down**.5 + eps), {"m": m, "v": v, "t": t}


def residual_forward(x, w1, b1, w2, b2):
    return relu_forward(x + affine_forward(relu_forward(affine_forward(x, w1, b1)), w2, b2))


def residual_backward(dout, x, w1, b1, w2, b2):
    z = affine_forward(x, w1, b1)
    h = relu_forward(z)
    top = relu_backward(dout, x + affine_forward(h, w2, b2))
    dh, dw2, db2 = affine_backward(top, h, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dh, z), x, w1, b1)
    return top + dx, dw1, db1, dw2, db2


def shift_images(x, down, right):
    H, W = x.shape[2:]
    out = np.zeros_like(x)
    if abs(down) < H and abs(right) < W:
        to = [slice(max(k, 0), n + min(k, 0)) for k, n in ((down, H), (right, W))]
        fro = [slice(max(-k, 0), n + min(-k, 0)) for k, n in ((down, H), (right, W))]
        out[:, :, to[0], to[1]] = x[:, :, fro[0], fro[1]]
    return out


def flip_images(x):
    return np.array(x[..., ::-1])


def warp_images(x, matrix):
    H, W = x.shape[2:]
    c = (np.array((H, W)) - 1) / 2
    grid = np.moveaxis(np.indices((H, W)), 0, -1)
    at = einsum("ab,ijb->aij", matrix, grid - c) + c[:, None, None]
    low = np.floor(at).astype(int)
    out = 0.
    for di, dj in np.ndindex(2, 2):
        i, j = low[0] + di, low[1] + dj
        weight = (1 - abs(at[0] - i)) * (1 - abs(at[1] - j))
        inside = (0 <= i) & (i < H) & (0 <= j) & (j < W)
        out = out + weight * inside * x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)]
    return out


def rotate_images(x, degrees):
    turn = np.exp(1j * np.deg2rad(degrees))
    return warp_images(x, np.array([[turn.real, turn.imag], [-turn.imag, turn.real]]))


def scale_images(x, factor):
    return warp_images(x, np.diag([1 / factor] * 2))


def add_noise(x, sigma, seed=0):
    return x + np.random.default_rng(seed).standard_normal(x.shape) * sigma


def average_gradients(grads, sizes):
    share = np.array(sizes) / sum(sizes)
    return {k: einsum("w,w...->...", share, np.stack([g[k] for g in grads])) for k in grads[0]}


INITS = {"normal": init_normal, "xavier": init_xavier, "he": init_he}
RULES = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}
UNITS = {
    "sigmoid": (sigmoid_forward, sigmoid_backward),
    "tanh": (tanh_forward, tanh_backward),
    "relu": (relu_forward, relu_backward),
    "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
    "elu": (elu_forward, elu_backward),
}


def init_net(dims, init="he", batchnorm=False, seed=0):
    P, R = {}, {}
    for l, (i, o) in enumerate(zip(dims, dims[1:]), 1):
        P |= {f"W{l}": INITS[init](i, o, seed=seed + l), f"b{l}": np.zeros(o)}
        if batchnorm and l + 1 < len(dims):
            P |= {f"gamma{l}": np.ones(o), f"beta{l}": np.zeros(o)}
            R |= {f"mean{l}": np.zeros(o), f"var{l}": np.ones(o)}
    return P, R


def _depth(P):
    return max(int(k[1:]) for k in P if k[0] == "W")


def net_forward(params, running, X, activation="relu", skip=False):
    P, R, h, L = params, running, X, _depth(params)
    for l in range(1, L):
        z = affine_forward(h, P[f"W{l}"], P[f"b{l}"])
        if f"gamma{l}" in P:
            z = batchnorm_test(z, P[f"gamma{l}"], P[f"beta{l}"], R[f"mean{l}"], R[f"var{l}"])
        a = UNITS[activation][0](z)
        h = a + h if skip and a.shape == h.shape else a
    return affine_forward(h, P[f"W{L}"], P[f"b{L}"])


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    P, R, h, L = params, {**running}, X, _depth(params)
    up, down = UNITS[activation]
    tape = []
    for l in range(1, L):
        z = n = affine_forward(h, P[f"W{l}"], P[f"b{l}"])
        if f"gamma{l}" in P:
            n, R[f"mean{l}"], R[f"var{l}"] = batchnorm_train(
                z, P[f"gamma{l}"], P[f"beta{l}"], R[f"mean{l}"], R[f"var{l}"])
        a = dropout_forward(up(n), p, seed + l)
        add = skip and a.shape == h.shape
        tape.append((l, h, z, n, add))
        h = a + h if add else a

    loss, G = softmax_cross_entropy(affine_forward(h, P[f"W{L}"], P[f"b{L}"]), y)
    g = {}
    G, g[f"W{L}"], g[f"b{L}"] = affine_backward(G, h, P[f"W{L}"], P[f"b{L}"])
    for l, h, z, n, add in reversed(tape):
        D = down(dropout_backward(G, p, seed + l), n)
        if f"gamma{l}" in P:
            D, g[f"gamma{l}"], g[f"beta{l}"] = batchnorm_backward(D, z, P[f"gamma{l}"], P[f"beta{l}"])
        D, g[f"W{l}"], g[f"b{l}"] = affine_backward(D, h, P[f"W{l}"], P[f"b{l}"])
        G = G + D if add else D

    (c1, g1), (c2, g2) = l1_penalty(P, l1), l2_penalty(P, l2)
    return loss + c1 + c2, {k: g[k] + g1[k] + g2[k] for k in P}, R


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, rule="adam", lr=1e-3,
              batch=50, num_iters=100, seed=0):
    rng, losses, memory = np.random.default_rng(seed), [], dict.fromkeys(params, {})
    for _ in range(num_iters):
        b = rng.choice(len(X), size=batch, replace=False)
        L, g, running = net_loss(params, running, X[b], y[b], activation, skip, l1, l2, p, rng.integers(2**31))
        both = {k: RULES[rule](params[k], g[k], memory[k], lr=lr) for k in params}
        params, memory = {k: w for k, (w, _) in both.items()}, {k: m for k, (_, m) in both.items()}
        losses.append(L)
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    return net_forward(params, running, X, activation, skip).argmax(axis=1)
