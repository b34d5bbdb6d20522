"""A small tape: every way back follows from its way forward by reverse-mode differentiation."""

import numpy as np


class Var:
    """An array, and how to pass a gradient on to what it was made of."""

    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = np.asarray(value), parents, None

    def __add__(self, other):
        other = lift(other)
        return Var(self.value + other.value, ((self, lambda g: g), (other, lambda g: g)))

    def __neg__(self):
        return Var(-self.value, ((self, lambda g: -g),))

    def __sub__(self, other):
        return self + -lift(other)

    def __rsub__(self, other):
        return lift(other) + -self

    def __mul__(self, other):
        other = lift(other)
        a, b = self.value, other.value
        return Var(a * b, ((self, lambda g: g * b), (other, lambda g: g * a)))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other):
        return self * lift(other) ** -1.0

    def __rtruediv__(self, other):
        return lift(other) * self**-1.0

    def __pow__(self, n):
        x = self.value
        return Var(x**n, ((self, lambda g: g * n * x ** (n - 1)),))

    def __matmul__(self, other):
        other = lift(other)
        a, b = self.value, other.value
        return Var(a @ b, ((self, lambda g: g @ b.T), (other, lambda g: a.T @ g)))

    def reshape(self, *shape):
        old = self.value.shape
        return Var(self.value.reshape(*shape), ((self, lambda g: g.reshape(old)),))

    def mean(self):
        N = len(self.value)
        return Var(self.value.mean(axis=0), ((self, lambda g: np.broadcast_to(g / N, self.value.shape)),))

    def sum(self):
        return Var(self.value.sum(), ((self, lambda g: g * np.ones(self.value.shape)),))

    def map(self, f, slope):
        return Var(f(self.value), ((self, lambda g: g * slope(self.value)),))

    def relu(self):
        return self.map(lambda x: np.where(x > 0, x, 0), lambda x: x > 0)

    def where(self, mask, other):
        zero = np.zeros(())
        return Var(
            np.where(mask, self.value, other.value),
            ((self, lambda g: np.where(mask, g, zero)), (other, lambda g: np.where(mask, zero, g))),
        )

    def __getitem__(self, k):
        def scatter(g):
            out = np.zeros(self.value.shape)
            out[k] = g
            return out

        return Var(self.value[k], ((self, scatter),))


def lift(value):
    return value if isinstance(value, Var) else Var(value)


def unbroadcast(g, shape):
    g = np.asarray(g)
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and g.shape[axis] > 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def backward(out, dout, *wanted):
    """Return the gradients of sum(dout * out) with respect to what is wanted."""
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

    visit(out)
    for node in order:
        node.grad = np.zeros(node.value.shape)
    out.grad = np.asarray(dout) * 1.0
    for node in reversed(order):
        for parent, pull in node.parents:
            parent.grad = parent.grad + unbroadcast(pull(node.grad), parent.value.shape)
    return [np.zeros(one.value.shape) if one.grad is None else one.grad for one in wanted]


def _s(x):
    return np.where(x > 0, 1 / (1 + np.exp(-np.maximum(x, 0))), 1 - 1 / (1 + np.exp(np.minimum(x, 0))))


def affine(x, w, b):
    return x.reshape(len(x.value), -1) @ w + b


def sigmoid(x):
    return x.map(_s, lambda x: _s(x) * _s(-x))


def tanh(x):
    return x.map(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


def relu(x):
    return x.relu()


def leaky_relu(x, slope=0.1):
    return slope * x + (1 - slope) * x.relu()


def elu(x, alpha=1.0):
    below = x.map(lambda x: np.expm1(np.minimum(x, 0)), lambda x: np.exp(np.minimum(x, 0)))
    return x.where(x.value > 0, alpha * below)


def maxout(x, w, b):
    best = x @ w[0] + b[0]
    for k in range(1, len(w.value)):
        scores = x @ w[k] + b[k]
        best = best.where(best.value >= scores.value, scores)
    return best


def apl(x, a, b):
    out = x.relu()
    for s in range(len(a.value)):
        out = out + a[s] * (b[s] - x).relu()
    return out


def batchnorm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean()
    return gamma * (centred / ((centred * centred).mean() + eps) ** 0.5) + beta


def residual(x, w1, b1, w2, b2):
    return (x + (x @ w1 + b1).relu() @ w2 + b2).relu()


def ahead(function, arrays, *settings):
    return function(*map(Var, arrays), *settings).value * 1.0


def back(function, dout, arrays, *settings):
    leaves = [Var(array) for array in arrays]
    return tuple(backward(function(*leaves, *settings), dout, *leaves))


def affine_forward(x, w, b):
    return ahead(affine, (x, w, b))


def affine_backward(dout, x, w, b):
    return back(affine, dout, (x, w, b))


def sigmoid_forward(x):
    return ahead(sigmoid, (x,))


def sigmoid_backward(dout, x):
    return back(sigmoid, dout, (x,))[0]


def tanh_forward(x):
    return ahead(tanh, (x,))


def tanh_backward(dout, x):
    return back(tanh, dout, (x,))[0]


def relu_forward(x):
    return ahead(relu, (x,))


def relu_backward(dout, x):
    return back(relu, dout, (x,))[0]


def leaky_relu_forward(x, slope=0.1):
    return ahead(leaky_relu, (x,), slope)


def leaky_relu_backward(dout, x, slope=0.1):
    return back(leaky_relu, dout, (x,), slope)[0]


def elu_forward(x, alpha=1.0):
    return ahead(elu, (x,), alpha)


def elu_backward(dout, x, alpha=1.0):
    return back(elu, dout, (x,), alpha)[0]


def maxout_forward(x, w, b):
    return ahead(maxout, (x, w, b))


def maxout_backward(dout, x, w, b):
    return back(maxout, dout, (x, w, b))


def apl_forward(x, a, b):
    return ahead(apl, (x, a, b))


def apl_backward(dout, x, a, b):
    return back(apl, dout, (x, a, b))


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    return np.random.default_rng(seed).normal(scale=eps, size=(n_in, n_out))


def init_xavier(n_in, n_out, seed=0):
    return np.random.default_rng(seed).normal(scale=(0.5 * (n_in + n_out)) ** -0.5, size=(n_in, n_out))


def init_he(n_in, n_out, seed=0):
    return np.random.default_rng(seed).normal(scale=(0.5 * n_in) ** -0.5, size=(n_in, n_out))


def _loss(value, leaf):
    (gradient,) = backward(value, 1.0, leaf)
    return float(value.value), gradient


def mse_loss(a, target):
    leaf = Var(a)
    error = leaf - target
    return _loss((error * error).sum() * (0.5 / len(a)), leaf)


def _log(x):
    return x.map(np.log, lambda x: 1 / x)


def binary_cross_entropy(a, y):
    leaf = Var(a)
    return _loss(-(_log(leaf) * y + _log(1 - leaf) * (1 - y)).sum() * (1 / len(a)), leaf)


def sigmoid_cross_entropy(z, y):
    leaf = Var(z)
    wrong = leaf * (1.0 - 2 * y)
    softplus = wrong.map(lambda u: np.logaddexp(u, 0), _s)
    return _loss(softplus.sum() * (1 / len(z)), leaf)


def softmax_cross_entropy(scores, y):
    return _loss(_cross_entropy(leaf := Var(scores), y), leaf)


def _cross_entropy(scores, y):
    N, C = scores.value.shape
    shifted = scores - scores.value.max(axis=1, keepdims=True)
    total = shifted.map(np.exp, np.exp) @ np.ones((C, 1))
    right = (shifted * np.eye(C)[y]).sum()
    return (_log(total).sum() - right) * (1 / N)


def _penalty(params, reg, cost, slope):
    leaves = {key: Var(value) for key, value in params.items()}
    total = sum(leaf.map(cost, slope).sum() for key, leaf in leaves.items() if key.startswith("W")) * reg
    return float(total.value), dict(zip(leaves, backward(total, 1.0, *leaves.values())))


def l2_penalty(params, reg):
    return _penalty(params, reg, np.square, lambda w: 2 * w)


def l1_penalty(params, reg):
    return _penalty(params, reg, np.abs, np.sign)


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    new = 1 - decay
    return (
        ahead(batchnorm, (x, gamma, beta), eps),
        decay * running_mean + new * np.average(x, axis=0),
        decay * running_var + new * (x**2 - 2 * x * x.mean(0) + x.mean(0) ** 2).mean(0),
    )


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / np.sqrt(running_var + eps)
    return x * scale + (beta - running_mean * scale)


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    return back(batchnorm, dout, (x, gamma, beta), eps)


def _mask(shape, p, seed):
    return np.float64(np.random.default_rng(seed).random(shape) < p) / p


def dropout_forward(x, p=0.5, seed=0, train=True):
    return x * _mask(x.shape, p, seed) if train else np.copy(x)


def dropout_backward(dout, p=0.5, seed=0, train=True):
    leaf = Var(np.zeros(dout.shape))
    return backward(leaf * (_mask(dout.shape, p, seed) if train else 1.0), dout, leaf)[0]


def sgd(w, dw, state, lr=1e-2):
    return w - lr * dw, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = sum([mu * state["v"]] if state else [], lr * dw)
    return w - v, {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = state.get("s", 0.0)
    s = s + (1 - decay) * (dw**2 - s)
    return w - lr * (dw / (np.sqrt(s) + eps)), {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, t = state.get("m", 0.0), state.get("v", 0.0), state.get("t", 0) + 1
    m, v = beta1 * m + (1 - beta1) * dw, beta2 * v + (1 - beta2) * dw * dw
    return w - lr * m / ((1 - beta1**t) * (np.sqrt(v / (1 - beta2**t)) + eps)), {"m": m, "v": v, "t": np.int64(t)}


def residual_forward(x, w1, b1, w2, b2):
    return ahead(residual, (x, w1, b1, w2, b2))


def residual_backward(dout, x, w1, b1, w2, b2):
    return back(residual, dout, (x, w1, b1, w2, b2))


def _inside(n, size):
    return slice(min(max(n, 0), size), max(min(size + n, size), 0))


def shift_images(x, down, right):
    H, W = x.shape[2:]
    out = 0 * x
    out[..., _inside(down, H), _inside(right, W)] = x[..., _inside(-down, H), _inside(-right, W)]
    return out


def flip_images(x):
    return np.fliplr(x.transpose(2, 3, 0, 1)).transpose(2, 3, 0, 1).copy()


def warp_images(x, matrix):
    H, W = x.shape[-2:]
    middle = np.array([[(H - 1) / 2], [(W - 1) / 2]])
    places = np.indices((H, W)).reshape(2, -1)
    u, v = np.dot(matrix, places - middle) + middle
    big = np.zeros((*x.shape[:2], H + 4, W + 4))
    big[:, :, 2:-2, 2:-2] = x
    u, v = np.clip(u, -2, H) + 2, np.clip(v, -2, W) + 2
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - i, v - j
    top = big[:, :, i, j] + g * (big[:, :, i, j + 1] - big[:, :, i, j])
    low = big[:, :, i + 1, j] + g * (big[:, :, i + 1, j + 1] - big[:, :, i + 1, j])
    return (top + f * (low - top)).reshape(x.shape)


def rotate_images(x, degrees):
    (c, s) = (f(np.pi * degrees / 180) for f in (np.cos, np.sin))
    return warp_images(x, np.reshape([c, s, -s, c], (2, 2)))


def scale_images(x, factor):
    return warp_images(x, np.linalg.inv(np.diag([factor, factor])))


def add_noise(x, sigma, seed=0):
    return np.random.default_rng(seed).normal(0.0, 1.0, x.shape) * sigma + x


def average_gradients(grads, sizes):
    total = sum(sizes)
    out = {key: 0.0 for key in grads[0]}
    for own, size in zip(grads, sizes):
        out = {key: out[key] + own[key] * (size / total) for key in out}
    return out


def init_net(dims, init="he", batchnorm=False, seed=0):
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    layers = list(zip(range(1, len(dims)), dims[:-1], dims[1:]))
    params = {f"W{l}": draw(n, m, seed=seed + l) for l, n, m in layers}
    params.update({f"b{l}": np.zeros(m) for l, _, m in layers})
    hidden = layers[:-1] if batchnorm else []
    params.update({f"gamma{l}": np.ones(m) for l, _, m in hidden})
    params.update({f"beta{l}": np.zeros(m) for l, _, m in hidden})
    running = {f"mean{l}": np.zeros(m) for l, _, m in hidden}
    running.update({f"var{l}": np.ones(m) for l, _, m in hidden})
    return params, running


ACTIVATIONS = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "leaky_relu": leaky_relu, "elu": elu}


def _network(params, X, activation, skip, norm, drop):
    h, l = Var(X), 1
    while f"W{l + 1}" in params:
        z = affine(h, params[f"W{l}"], params[f"b{l}"])
        if f"gamma{l}" in params:
            z = norm(l, z)
        out = drop(l, ACTIVATIONS[activation](z))
        h = out + h if skip and out.value.shape == h.value.shape else out
        l += 1
    return affine(h, params[f"W{l}"], params[f"b{l}"])


def net_forward(params, running, X, activation="relu", skip=False):
    leaves = {key: Var(value) for key, value in params.items()}

    def norm(l, z):
        std = np.sqrt(running[f"var{l}"] + 1e-5)
        return leaves[f"gamma{l}"] * ((z - running[f"mean{l}"]) / std) + leaves[f"beta{l}"]

    return _network(leaves, X, activation, skip, norm, lambda l, out: out).value


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    leaves = {key: Var(value) for key, value in params.items()}
    new = {}

    def norm(l, z):
        new[f"mean{l}"] = 0.9 * running[f"mean{l}"] + 0.1 * z.value.mean(axis=0)
        new[f"var{l}"] = 0.9 * running[f"var{l}"] + 0.1 * z.value.var(axis=0)
        return batchnorm(z, leaves[f"gamma{l}"], leaves[f"beta{l}"])

    scores = _network(
        leaves, X, activation, skip, norm, lambda l, out: out * _mask(out.value.shape, p, seed + l)
    )
    loss = _cross_entropy(scores, y)
    for key, leaf in leaves.items():
        if key[0] == "W":
            loss = loss + leaf.map(np.abs, np.sign).sum() * l1 + (leaf * leaf).sum() * l2
    return loss.value, dict(zip(leaves, backward(loss, 1.0, *leaves.values()))), new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    rule = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    states = {key: {} for key in params}
    losses = np.full(num_iters, np.nan)
    for i in range(num_iters):
        rows, masks = rng.choice(len(X), batch, replace=False), rng.integers(2**31)
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        steps = {key: rule(params[key], grads[key], states[key], lr=lr) for key in params}
        params = {key: new for key, (new, _) in steps.items()}
        states = {key: state for key, (_, state) in steps.items()}
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    return np.argmax(net_forward(params, running, X, activation, skip), 1)
