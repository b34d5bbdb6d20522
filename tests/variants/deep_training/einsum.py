"""Index notation wherever it goes, and outer products in place of loops."""

import numpy as np
from numpy import einsum


def affine_forward(x, w, b):
    return einsum("nd,dm->nm", x.reshape(x.shape[0], -1), w) + b


def affine_backward(dout, x, w, b):
    flat = x.reshape(x.shape[0], -1)
    return (
        einsum("nm,dm->nd", dout, w).reshape(x.shape),
        einsum("nd,nm->dm", flat, dout),
        einsum("nm->m", dout),
    )


def sigmoid_forward(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def sigmoid_backward(dout, x):
    return dout * sigmoid_forward(x) * sigmoid_forward(-x)


def tanh_forward(x):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


def tanh_backward(dout, x):
    t = tanh_forward(x)
    return dout * (1 - t) * (1 + t)


def relu_forward(x):
    return x * (x > 0)


def relu_backward(dout, x):
    return np.where(x > 0, dout, np.zeros_like(dout))


def leaky_relu_forward(x, slope=0.1):
    return x * np.where(x > 0, 1, slope)


def leaky_relu_backward(dout, x, slope=0.1):
    return dout * np.where(x > 0, 1, slope)


def elu_forward(x, alpha=1.0):
    with np.errstate(over="ignore"):
        return np.where(x > 0, x, alpha * np.exp(x) - alpha)


def elu_backward(dout, x, alpha=1.0):
    with np.errstate(over="ignore"):
        return dout * np.where(x > 0, 1, elu_forward(x, alpha) + alpha)


def _pieces(x, w, b):
    return einsum("nd,kdm->nkm", x, w) + b


def maxout_forward(x, w, b):
    return _pieces(x, w, b).max(axis=1)


def maxout_backward(dout, x, w, b):
    hot = np.eye(len(w))[np.argmax(_pieces(x, w, b), axis=1)]  # (N, M, K)
    return (
        einsum("nm,nmk,kdm->nd", dout, hot, w),
        einsum("nm,nmk,nd->kdm", dout, hot, x),
        einsum("nm,nmk->km", dout, hot),
    )


def apl_forward(x, a, b):
    gap = b[None] - x[:, None]
    return np.where(x > 0, x, 0) + einsum("sd,nsd->nd", a, gap * (gap > 0))


def apl_backward(dout, x, a, b):
    gap = b[None] - x[:, None]
    is_open = (gap > 0).astype(x.dtype)
    return (
        dout * (x > 0) - einsum("nd,sd,nsd->nd", dout, a, is_open),
        einsum("nd,nsd->sd", dout, gap * is_open),
        einsum("nd,sd,nsd->sd", dout, a, is_open),
    )


def _draw(shape, scale, seed):
    return np.random.default_rng(seed).standard_normal(shape) * scale


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    return _draw((n_in, n_out), eps, seed)


def init_xavier(n_in, n_out, seed=0):
    return _draw((n_in, n_out), np.sqrt(2) / np.sqrt(n_in + n_out), seed)


def init_he(n_in, n_out, seed=0):
    return _draw((n_in, n_out), np.sqrt(2) / np.sqrt(n_in), seed)


def mse_loss(a, target):
    e = a - target
    return einsum("nm,nm->", e, e) / 2 / len(e), e / len(e)


def binary_cross_entropy(a, y):
    N = len(a)
    return -(y @ np.log(a) + (1 - y) @ np.log1p(-a)) / N, (a - y) / (N * a * (1 - a))


def sigmoid_cross_entropy(z, y):
    N = len(z)
    m = np.where(y, -z, z)
    loss = np.sum(np.where(m > 0, m, 0) + np.log1p(np.exp(-np.abs(m)))) / N
    return loss, np.where(y, -sigmoid_forward(-z), sigmoid_forward(z)) / N


def softmax_cross_entropy(scores, y):
    N = len(y)
    top = scores.max(axis=1)
    lse = top + np.log(einsum("nc->n", np.exp(scores - top[:, None])))
    p = np.exp(scores - lse[:, None])
    np.subtract.at(p, (range(N), y), 1)
    return einsum("n->", lse - np.take_along_axis(scores, y[:, None], 1)[:, 0]) / N, p / N


def l2_penalty(params, reg):
    cost, grads = 0, {}
    for name, v in params.items():
        is_weight = name[:1] == "W"
        cost += reg * einsum("i,i->", v.ravel(), v.ravel()) if is_weight else 0
        grads[name] = 2 * reg * v if is_weight else np.zeros_like(v)
    return cost, grads


def l1_penalty(params, reg):
    cost, grads = 0, {}
    for name, v in params.items():
        is_weight = name[:1] == "W"
        cost += reg * np.linalg.norm(v.ravel(), 1) if is_weight else 0
        grads[name] = reg * ((v > 0) * 1.0 - (v < 0) * 1.0) if is_weight else np.zeros_like(v)
    return cost, grads


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    N = len(x)
    mean = einsum("nd->d", x) / N
    c = x - mean
    var = einsum("nd,nd->d", c, c) / N
    out = einsum("d,nd,d->nd", gamma, c, (var + eps) ** -0.5) + beta
    return out, decay * running_mean + (1 - decay) * mean, decay * running_var + (1 - decay) * var


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    return einsum("d,nd,d->nd", gamma, x - running_mean, (running_var + eps) ** -0.5) + beta


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    N = len(x)
    c = x - x.mean(axis=0)
    inv = (einsum("nd,nd->d", c, c) / N + eps) ** -0.5
    dgamma, dbeta = einsum("nd,nd,d->d", dout, c, inv), einsum("nd->d", dout)
    # the Jacobian of each column: (1 - 1/N - h h^T / N) / std
    h = c * inv
    J = np.eye(N)[:, :, None] - 1 / N - h[:, None] * h[None] / N
    return einsum("d,d,nkd,kd->nd", gamma, inv, J, dout), dgamma, dbeta


def dropout_forward(x, p=0.5, seed=0, train=True):
    mask = np.random.default_rng(seed).random(x.shape) < p if train else np.ones(x.shape)
    return x * mask / (p if train else 1)


def dropout_backward(dout, p=0.5, seed=0, train=True):
    mask = np.random.default_rng(seed).random(dout.shape) < p if train else np.ones(dout.shape)
    return mask * dout / (p if train else 1)


def sgd(w, dw, state, lr=1e-2):
    return w - dw * lr, state


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = state["v"] if "v" in state else np.zeros(w.shape)
    v = mu * v + lr * dw
    return -v + w, dict(v=v)


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = state["s"] if state else np.zeros(w.shape)
    s = decay * s + (1 - decay) * np.square(dw)
    return w - lr * dw / (eps + np.sqrt(s)), dict(s=s)


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = (state["m"], state["v"], state["t"]) if state else (np.zeros(w.shape), np.zeros(w.shape), 0)
    t = t + 1
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * np.square(dw)
    # the form at the end of section 2 of the paper, with eps adjusted to match
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * np.sqrt(1 - beta2**t)), {"t": t, "m": m, "v": v}


def residual_forward(x, w1, b1, w2, b2):
    h = relu_forward(einsum("nd,dm->nm", x, w1) + b1)
    return relu_forward(einsum("nm,md->nd", h, w2) + b2 + x)


def residual_backward(dout, x, w1, b1, w2, b2):
    z = einsum("nd,dm->nm", x, w1) + b1
    h = relu_forward(z)
    d = dout * (einsum("nm,md->nd", h, w2) + b2 + x > 0)
    e = einsum("nd,md->nm", d, w2) * (z > 0)
    return (
        d + einsum("nm,dm->nd", e, w1),
        einsum("nd,nm->dm", x, e),
        einsum("nm->m", e),
        einsum("nm,nd->md", h, d),
        einsum("nd->d", d),
    )


def shift_images(x, down, right):
    H, W = x.shape[2:]
    return einsum("ih,nchw,jw->ncij", np.eye(H, k=-down), x, np.eye(W, k=-right))


def flip_images(x):
    return einsum("nchw,wj->nchj", x, np.eye(x.shape[3])[::-1])


def warp_images(x, matrix):
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    place = np.indices((H, W)).transpose(1, 2, 0) - centre
    u, v = np.moveaxis(einsum("ab,ijb->ija", matrix, place) + centre, 2, 0)
    rows = np.maximum(0, 1 - np.abs(u[..., None] - np.arange(H)))  # a hat around each row
    columns = np.maximum(0, 1 - np.abs(v[..., None] - np.arange(W)))
    return einsum("ijh,ijw,nchw->ncij", rows, columns, x)


def rotate_images(x, degrees):
    a = np.radians(degrees)
    return warp_images(x, np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]))


def scale_images(x, factor):
    return warp_images(x, np.diag(np.full(2, 1 / factor)))


def add_noise(x, sigma, seed=0):
    return x + _draw(x.shape, sigma, seed)


def average_gradients(grads, sizes):
    shares = np.array(sizes) / np.sum(sizes)
    return {name: einsum("k,k...->...", shares, np.stack([g[name] for g in grads])) for name in grads[0]}


def init_net(dims, init="he", batchnorm=False, seed=0):
    draw = dict(normal=init_normal, xavier=init_xavier, he=init_he)[init]
    L = len(dims) - 1
    params = {}
    for l in range(L):
        params["W%d" % (l + 1)] = draw(dims[l], dims[l + 1], seed=seed + l + 1)
        params["b%d" % (l + 1)] = np.zeros(dims[l + 1])
    if not batchnorm:
        return params, {}
    running = {}
    for l in range(1, L):
        params["gamma%d" % l], params["beta%d" % l] = np.ones(dims[l]), np.zeros(dims[l])
        running["mean%d" % l], running["var%d" % l] = np.zeros(dims[l]), np.ones(dims[l])
    return params, running


ELEMENTWISE = ["sigmoid", "tanh", "relu", "leaky_relu", "elu"]


def _norm(params, running, l):
    return params[f"gamma{l}"], params[f"beta{l}"], running[f"mean{l}"], running[f"var{l}"]


def net_forward(params, running, X, activation="relu", skip=False):
    f = [sigmoid_forward, tanh_forward, relu_forward, leaky_relu_forward, elu_forward][ELEMENTWISE.index(activation)]
    l = 1
    while f"W{l + 1}" in params:
        z = affine_forward(X, params[f"W{l}"], params[f"b{l}"])
        if f"gamma{l}" in params:
            z = batchnorm_test(z, *_norm(params, running, l))
        X = f(z) + (X if skip and X.shape == z.shape else 0)
        l += 1
    return affine_forward(X, params[f"W{l}"], params[f"b{l}"])


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    which = ELEMENTWISE.index(activation)
    f = [sigmoid_forward, tanh_forward, relu_forward, leaky_relu_forward, elu_forward][which]
    df = [sigmoid_backward, tanh_backward, relu_backward, leaky_relu_backward, elu_backward][which]

    def down(h, l):
        """Recursion: return the loss, the gradients of layers l and up, averages, and dh."""
        W, b = params[f"W{l}"], params[f"b{l}"]
        z = affine_forward(h, W, b)
        if f"W{l + 1}" not in params:
            loss, dz = softmax_cross_entropy(z, y)
            dh, dW, db = affine_backward(dz, h, W, b)
            return loss, {f"W{l}": dW, f"b{l}": db}, {}, dh
        n, own = z, {}
        if f"gamma{l}" in params:
            n, own[f"mean{l}"], own[f"var{l}"] = batchnorm_train(z, *_norm(params, running, l))
        out = dropout_forward(f(n), p, seed + l)
        joins = skip and out.shape == h.shape
        loss, grads, averages, dout = down(out + h if joins else out, l + 1)
        d = df(dropout_backward(dout, p, seed + l), n)
        if f"gamma{l}" in params:
            d, grads[f"gamma{l}"], grads[f"beta{l}"] = batchnorm_backward(d, z, *_norm(params, running, l)[:2])
        dh, grads[f"W{l}"], grads[f"b{l}"] = affine_backward(d, h, W, b)
        return loss, grads, averages | own, dh + dout if joins else dh

    loss, grads, averages, _ = down(X, 1)
    c1, g1 = l1_penalty(params, l1)
    c2, g2 = l2_penalty(params, l2)
    return loss + c1 + c2, {name: g + g1[name] + g2[name] for name, g in grads.items()}, averages


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    step = dict(sgd=sgd, momentum=momentum, rmsprop=rmsprop, adam=adam)[rule]
    memory = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(y), batch, replace=False)
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation=activation, skip=skip,
            l1=l1, l2=l2, p=p, seed=int(rng.integers(0, 2**31)),
        )
        fresh = {}
        for name in params:
            fresh[name], memory[name] = step(params[name], grads[name], memory[name], lr=lr)
        params = fresh
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    return einsum("nc->nc", net_forward(params, running, X, activation, skip)).argmax(axis=1)
