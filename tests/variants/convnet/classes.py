"""Layer objects with caches and a network that is a list of them; the functions only call them."""

from dataclasses import dataclass, field

import numpy as np


class Layer:
    weights = ()

    def __call__(self, x):
        self.x = x
        return self.forward(x)


@dataclass
class Conv(Layer):
    w: np.ndarray
    b: np.ndarray
    stride: int = 1
    pad: int = 0
    grads: tuple = field(default=(), repr=False)

    def slices(self, out_h, out_w):
        s = self.stride
        for r in range(self.w.shape[2]):
            for q in range(self.w.shape[3]):
                yield (
                    r,
                    q,
                    np.s_[:, :, r : r + s * (out_h - 1) + 1 : s, q : q + s * (out_w - 1) + 1 : s],
                )

    def padded(self, x):
        p = self.pad
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))

    def forward(self, x):
        F, C, HH, WW = self.w.shape
        out_h = conv_output_size(x.shape[2], HH, self.pad, self.stride)
        out_w = conv_output_size(x.shape[3], WW, self.pad, self.stride)
        xp = self.padded(x)
        # channels last, so that a matrix product sums over them
        out = np.zeros((len(x), out_h, out_w, F), dtype=x.dtype)
        for r, q, where in self.slices(out_h, out_w):
            out += xp[where].transpose(0, 2, 3, 1) @ self.w[:, :, r, q].T
        return np.ascontiguousarray((out + self.b).transpose(0, 3, 1, 2))

    def backward(self, dout):
        xp = self.padded(self.x)
        dxp, dw = np.zeros_like(xp), np.zeros_like(self.w)
        d = dout.transpose(0, 2, 3, 1)
        for r, q, where in self.slices(*dout.shape[2:]):
            dw[:, :, r, q] = np.tensordot(
                d, xp[where].transpose(0, 2, 3, 1), ([0, 1, 2], [0, 1, 2])
            )
            dxp[where] += (d @ self.w[:, :, r, q]).transpose(0, 3, 1, 2)
        H, W = self.x.shape[2:]
        self.grads = dw, d.reshape(-1, d.shape[-1]).sum(axis=0)
        return dxp[:, :, self.pad : self.pad + H, self.pad : self.pad + W].copy()


@dataclass
class Affine(Layer):
    w: np.ndarray
    b: np.ndarray
    grads: tuple = ()

    def forward(self, x):
        return self.b + x.reshape(len(x), -1).dot(self.w)

    def backward(self, dout):
        self.grads = self.x.reshape(len(self.x), -1).T.dot(dout), dout.sum(axis=0)
        return dout.dot(self.w.T).reshape(self.x.shape)


class ReLU(Layer):
    def forward(self, x):
        return (abs(x) + x) / 2

    def backward(self, dout):
        return dout * np.greater(self.x, 0)


class MaxPool(Layer):
    def __init__(self, size=2, stride=2):
        self.size, self.stride = size, stride

    def forward(self, x):
        out_h = conv_output_size(x.shape[2], self.size, 0, self.stride)
        out_w = conv_output_size(x.shape[3], self.size, 0, self.stride)
        best = np.full((*x.shape[:2], out_h, out_w), -np.inf, dtype=x.dtype)
        self.row, self.col = np.zeros(best.shape, int), np.zeros(best.shape, int)
        rows = self.stride * np.arange(out_h)[:, None]
        cols = self.stride * np.arange(out_w)[None, :]
        for r in range(self.size):
            for q in range(self.size):
                here = x[:, :, rows + r, cols + q]
                better = here > best
                best[better] = here[better]
                self.row[better], self.col[better] = r, q
        self.row += rows
        self.col += cols
        return best

    def backward(self, dout):
        dx = np.zeros(self.x.shape, dout.dtype)
        n, c = np.arange(len(dx))[:, None, None, None], np.arange(dx.shape[1])[:, None, None]
        np.add.at(dx, (n, c, self.row, self.col), dout)
        return dx


class Net:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer(X)
        return X

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)

    def loss(self, X, y, reg):
        loss, dscores = softmax_cross_entropy(self.forward(X), y)
        self.backward(dscores)
        grads = {}
        learning = [layer for layer in self.layers if hasattr(layer, "w")]
        for i, layer in enumerate(learning, 1):
            loss += reg * (layer.w**2).sum()
            dw, grads[f"b{i}"] = layer.grads
            grads[f"W{i}"] = dw + 2 * reg * layer.w
        return loss, grads


def convnet(p):
    conv = Conv(p["W1"], p["b1"], pad=p["W1"].shape[2] // 2)
    dense = [Affine(p["W2"], p["b2"]), ReLU(), Affine(p["W3"], p["b3"])]
    return Net([conv, ReLU(), MaxPool(), *dense])


def lenet(p):
    return Net(
        [
            Conv(p["W1"], p["b1"], pad=2),
            ReLU(),
            MaxPool(),
            Conv(p["W2"], p["b2"]),
            ReLU(),
            MaxPool(),
            Affine(p["W3"], p["b3"]),
            ReLU(),
            Affine(p["W4"], p["b4"]),
            ReLU(),
            Affine(p["W5"], p["b5"]),
        ]
    )


def conv_output_size(size, kernel, pad=0, stride=1):
    total = size + 2 * pad
    if kernel > total:
        raise ValueError("A kernel of {} in {} cells".format(kernel, total))
    return 1 + (total - kernel) // stride


def count_conv_params(c_in, c_out, kernel):
    conv = Conv(np.empty((c_out, c_in, kernel, kernel)), np.empty(c_out))
    return conv.w.size + conv.b.size


def count_dense_params(n_in, n_out):
    return Affine(np.empty((n_in, n_out)), np.empty(n_out)).w.size + n_out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    conv = Conv(w, b, stride, pad)
    xp = conv.padded(x)
    out = conv.forward(x) * 0
    for n, f, i, j in np.ndindex(*out.shape):
        window = xp[n, :, i * stride :, j * stride :][:, : w.shape[2], : w.shape[3]]
        out[n, f, i, j] = b[f] + (window * w[f]).sum()
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    return Conv(w, b, stride, pad)(x)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    conv = Conv(w, b, stride, pad)
    conv.x = x
    dx = conv.backward(dout)
    return (dx, *conv.grads)


def max_pool_forward(x, size=2, stride=2):
    return MaxPool(size, stride)(x)


def max_pool_backward(dout, x, size=2, stride=2):
    pool = MaxPool(size, stride)
    pool(x)
    return pool.backward(dout)


def mean_filter(channels, size, dtype):
    return np.eye(channels, dtype=dtype)[:, :, None, None] * np.full(
        (size, size), 1 / size**2, dtype
    )


def avg_pool_forward(x, size=2, stride=2):
    C = x.shape[1]
    return conv_forward(x, mean_filter(C, size, x.dtype), np.zeros(C, x.dtype), stride)


def avg_pool_backward(dout, x, size=2, stride=2):
    C = x.shape[1]
    w, b = mean_filter(C, size, x.dtype), np.zeros(C, x.dtype)
    return conv_backward(dout, x, w, b, stride)[0]


def relu_forward(x):
    return ReLU()(x)


def relu_backward(dout, x):
    relu = ReLU()
    relu.x = x
    return relu.backward(dout)


def affine_forward(x, w, b):
    return Affine(w, b)(x)


def affine_backward(dout, x, w, b):
    affine = Affine(w, b)
    affine.x = x
    return (affine.backward(dout), *affine.grads)


def softmax_cross_entropy(scores, y):
    rows = range(len(y))
    s = scores - scores.max(axis=1).reshape(-1, 1)
    p = np.exp(s)
    total = p.sum(axis=1)
    loss = (np.log(total) - s[rows, y]).sum() / len(y)
    p /= total.reshape(-1, 1)
    p[rows, y] -= 1
    return loss, p / len(y)


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    C, H, W = input_dim
    out = MaxPool()(np.zeros((1, num_filters, H, W)))
    layers = [
        Conv(eps * rng.standard_normal((num_filters, C, kernel, kernel)), np.zeros(num_filters)),
        Affine(eps * rng.standard_normal((out.size, hidden_dims)), np.zeros(hidden_dims)),
        Affine(eps * rng.standard_normal((hidden_dims, num_classes)), np.zeros(num_classes)),
    ]
    params = {}
    for i, layer in enumerate(layers):
        params["W%d" % (i + 1)], params["b%d" % (i + 1)] = layer.w, layer.b
    return params


def convnet_forward(params, X):
    return convnet(params).forward(X)


def convnet_loss(params, X, y, reg=0.0):
    return convnet(params).loss(X, y, reg)


class SGD:
    def __init__(self, params, lr):
        self.params = {key: value.copy() for key, value in params.items()}
        self.lr = lr

    def step(self, grads):
        for key, grad in grads.items():
            self.params[key] -= self.lr * grad


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    sgd = SGD(params, lr)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        picked = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(sgd.params, X[picked], y[picked], reg)
        sgd.step(grads)
    return losses, sgd.params


def predict_convnet(params, X):
    return np.argsort(-convnet_forward(params, X), axis=1, kind="stable")[:, 0]


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    shapes = {1: (6, 1, 5, 5), 2: (16, 6, 5, 5), 3: (400, 120), 4: (120, 84), 5: (84, 10)}
    params = {f"W{i}": 0.03 * rng.standard_normal(shape) for i, shape in shapes.items()}
    params.update({f"b{i}": np.zeros(n) for i, n in enumerate([6, 16, 120, 84, 10], 1)})
    return params


def lenet_forward(params, X):
    return lenet(params).forward(X)


def lenet_loss(params, X, y, reg=0.0):
    return lenet(params).loss(X, y, reg)
