"""Layers as objects that remember what they need; the functions of the contract make and ask them."""

import numpy as np


class Layer:
    def __init__(self, **given):
        self.__dict__.update(given)


class Affine(Layer):
    def forward(self, x):
        self.x = x
        self.flat = x.reshape(x.shape[0], int(np.prod(x.shape[1:])))
        return np.matmul(self.flat, self.w) + self.b[None, :]

    def backward(self, dout):
        self.dw = np.matmul(self.flat.T, dout)
        self.db = dout.sum(axis=0)
        return np.matmul(dout, self.w.T).reshape(self.x.shape)


class Elementwise(Layer):
    def forward(self, x):
        self.x = x
        return self.f(x)

    def backward(self, dout):
        return dout * self.df(self.x)


class Sigmoid(Elementwise):
    def f(self, x):
        out = np.empty_like(x)
        right = x >= 0
        out[right] = 1 / (1 + np.exp(-x[right]))
        e = np.exp(x[~right])
        out[~right] = e / (1 + e)
        return out

    def df(self, x):
        s = self.f(x)
        return s - s**2


class Tanh(Elementwise):
    def f(self, x):
        return 2 * Sigmoid().f(2 * x) - 1

    def df(self, x):
        return 1 - np.square(np.tanh(x))


class LeakyRelu(Elementwise):
    slope = 0.1

    def f(self, x):
        out = x.copy()
        out[x <= 0] *= self.slope
        return out

    def df(self, x):
        return np.select([x > 0], [1.0], default=self.slope)


class Relu(LeakyRelu):
    slope = 0.0

    def f(self, x):
        return np.where(x > 0, x, 0.0)


class Elu(Elementwise):
    alpha = 1.0

    def f(self, x):
        return np.where(x > 0, x, self.alpha * (np.exp(np.where(x > 0, 0, x)) - 1))

    def df(self, x):
        return np.where(x > 0, 1, self.alpha * np.exp(np.where(x > 0, 0, x)))


class Maxout(Layer):
    def forward(self, x):
        self.x = x
        self.all = np.stack([x @ w + b for w, b in zip(self.w, self.b)], axis=-1)
        return self.all.max(axis=-1)

    def backward(self, dout):
        best = self.all.argmax(axis=-1)
        dx, self.dw, self.db = np.zeros_like(self.x), np.zeros_like(self.w), np.zeros_like(self.b)
        for k in range(len(self.w)):
            own = np.where(best == k, dout, 0)
            dx += own @ self.w[k].T
            self.dw[k] = self.x.T @ own
            self.db[k] = own.sum(0)
        return dx


class Apl(Layer):
    def forward(self, x):
        self.x = x
        out = np.maximum(x, 0)
        for a, b in zip(self.a, self.b):
            out = out + a * np.maximum(0, b - x)
        return out

    def backward(self, dout):
        dx = dout * (self.x > 0)
        self.da, self.db = np.zeros_like(self.a), np.zeros_like(self.b)
        for s in range(len(self.a)):
            shut = self.b[s] - self.x
            d = np.where(shut > 0, dout, 0)
            self.da[s] = np.sum(d * shut, axis=0)
            self.db[s] = np.sum(d * self.a[s], axis=0)
            dx = dx - d * self.a[s]
        return dx


class BatchNorm(Layer):
    decay, eps = 0.9, 1e-5

    def forward(self, x):
        self.mu = x.mean(axis=0)
        self.centred = x - self.mu
        self.var = np.mean(self.centred**2, axis=0)
        self.std = np.sqrt(self.var + self.eps)
        self.hat = self.centred / self.std
        if hasattr(self, "mean"):
            self.mean = self.decay * self.mean + (1.0 - self.decay) * self.mu
            self.variance = self.decay * self.variance + (1.0 - self.decay) * self.var
        return self.gamma * self.hat + self.beta

    def backward(self, dout):
        # one node of the graph after the other, as in the paper
        N = len(dout)
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.hat).sum(axis=0)
        dhat = dout * self.gamma
        dvar = np.sum(dhat * self.centred, axis=0) * -0.5 * self.std**-3
        dmu = -np.sum(dhat, axis=0) / self.std + dvar * np.mean(-2 * self.centred, axis=0)
        return dhat / self.std + dvar * 2 * self.centred / N + dmu / N


class Dropout(Layer):
    def forward(self, x):
        if not self.train:
            return np.array(x)
        self.mask = (np.random.default_rng(self.seed).random(x.shape) < self.p) / self.p
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask if self.train else np.array(dout)


class Residual(Layer):
    def forward(self, x):
        self.inner, self.outer = Relu(), Relu()
        self.one, self.two = Affine(w=self.w1, b=self.b1), Affine(w=self.w2, b=self.b2)
        said = self.two.forward(self.inner.forward(self.one.forward(x)))
        return self.outer.forward(said + x)

    def backward(self, dout):
        d = self.outer.backward(dout)
        return d + self.one.backward(self.inner.backward(self.two.backward(d)))


def through(layer, x, dout):
    layer.forward(x)
    return layer.backward(dout)


def affine_forward(x, w, b):
    return Affine(w=w, b=b).forward(x)


def affine_backward(dout, x, w, b):
    layer = Affine(w=w, b=b)
    return through(layer, x, dout), layer.dw, layer.db


def sigmoid_forward(x):
    return Sigmoid().forward(x)


def sigmoid_backward(dout, x):
    return through(Sigmoid(), x, dout)


def tanh_forward(x):
    return Tanh().forward(x)


def tanh_backward(dout, x):
    return through(Tanh(), x, dout)


def relu_forward(x):
    return Relu().forward(x)


def relu_backward(dout, x):
    return through(Relu(), x, dout)


def leaky_relu_forward(x, slope=0.1):
    return LeakyRelu(slope=slope).forward(x)


def leaky_relu_backward(dout, x, slope=0.1):
    return through(LeakyRelu(slope=slope), x, dout)


def elu_forward(x, alpha=1.0):
    return Elu(alpha=alpha).forward(x)


def elu_backward(dout, x, alpha=1.0):
    return through(Elu(alpha=alpha), x, dout)


def maxout_forward(x, w, b):
    return Maxout(w=w, b=b).forward(x)


def maxout_backward(dout, x, w, b):
    layer = Maxout(w=w, b=b)
    return through(layer, x, dout), layer.dw, layer.db


def apl_forward(x, a, b):
    return Apl(a=a, b=b).forward(x)


def apl_backward(dout, x, a, b):
    layer = Apl(a=a, b=b)
    return through(layer, x, dout), layer.da, layer.db


class Initializer:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def draw(self, shape, variance):
        return np.multiply(self.rng.standard_normal(size=shape), np.sqrt(variance))


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    return Initializer(seed).draw((n_in, n_out), eps**2)


def init_xavier(n_in, n_out, seed=0):
    return Initializer(seed).draw((n_in, n_out), 2.0 / (n_in + n_out))


def init_he(n_in, n_out, seed=0):
    return Initializer(seed).draw((n_in, n_out), 2.0 / n_in)


def mse_loss(a, target):
    d = np.subtract(a, target)
    return 0.5 * np.mean(np.sum(d * d, axis=1)), d / d.shape[0]


def binary_cross_entropy(a, y):
    loss = 0.0
    for p, label in zip(a, y):
        loss -= np.log(p) if label else np.log(1 - p)
    return loss / len(y), (-y / a + (1 - y) / (1 - a)) / len(y)


def sigmoid_cross_entropy(z, y):
    losses = np.maximum(z, 0) - y * z + np.log(1 + np.exp(-np.abs(z)))
    return float(np.mean(losses)), (Sigmoid().f(z) - y) / z.shape[0]


def softmax_cross_entropy(scores, y):
    scores = scores - scores.max(axis=1, keepdims=True)
    total = np.exp(scores).sum(axis=1, keepdims=True)
    where = (np.arange(y.size), y)
    d = np.exp(scores) / total
    loss = np.mean(np.log(total[:, 0]) - scores[where])
    d[where] = d[where] - 1
    return loss, d / y.size


class Penalty:
    def __init__(self, cost, slope):
        self.cost, self.slope = cost, slope

    def __call__(self, params, reg):
        total, grads = 0.0, {}
        for key, value in params.items():
            if key.startswith("W"):
                total += reg * np.sum(self.cost(value))
                grads[key] = reg * self.slope(value)
            else:
                grads[key] = np.zeros(value.shape)
        return total, grads


def l2_penalty(params, reg):
    return Penalty(np.square, lambda w: w + w)(params, reg)


def l1_penalty(params, reg):
    return Penalty(np.abs, np.sign)(params, reg)


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    layer = BatchNorm(gamma=gamma, beta=beta, mean=running_mean, variance=running_var, decay=decay, eps=eps)
    return layer.forward(x), layer.mean, layer.variance


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    return beta + gamma * ((x - running_mean) / np.sqrt(eps + running_var))


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    layer = BatchNorm(gamma=gamma, beta=beta, eps=eps)
    return [through(layer, x, dout), layer.dgamma, layer.dbeta]


def dropout_forward(x, p=0.5, seed=0, train=True):
    return Dropout(p=p, seed=seed, train=train).forward(x)


def dropout_backward(dout, p=0.5, seed=0, train=True):
    return through(Dropout(p=p, seed=seed, train=train), np.zeros_like(dout), dout)


class Optimizer:
    def __init__(self, state):
        self.state = {key: np.copy(value) for key, value in state.items()}

    def average(self, key, new, old_share, new_share):
        self.state[key] = old_share * self.state.get(key, np.zeros_like(new)) + new_share * new
        return self.state[key]


def sgd(w, dw, state, lr=1e-2):
    return w - np.multiply(lr, dw), dict(state)


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    rule = Optimizer(state)
    return w - rule.average("v", dw, mu, lr), rule.state


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    rule = Optimizer(state)
    s = rule.average("s", dw**2, decay, 1 - decay)
    return w - (lr * dw) / (np.sqrt(s) + eps), rule.state


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    rule = Optimizer(state)
    t = int(rule.state.get("t", 0)) + 1
    m = rule.average("m", dw, beta1, 1 - beta1)
    v = rule.average("v", dw * dw, beta2, 1 - beta2)
    rule.state["t"] = t
    mhat, vhat = m / (1 - np.power(beta1, t)), v / (1 - np.power(beta2, t))
    return w - lr * mhat / (np.sqrt(vhat) + eps), rule.state


def residual_forward(x, w1, b1, w2, b2):
    return Residual(w1=w1, b1=b1, w2=w2, b2=b2).forward(x)


def residual_backward(dout, x, w1, b1, w2, b2):
    block = Residual(w1=w1, b1=b1, w2=w2, b2=b2)
    dx = through(block, x, dout)
    return dx, block.one.dw, block.one.db, block.two.dw, block.two.db


def shift_images(x, down, right):
    N, C, H, W = x.shape
    out = np.zeros(x.shape, x.dtype)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, :, i, j] = x[:, :, i - down, j - right]
    return out


def flip_images(x):
    return np.ascontiguousarray(x[..., ::-1]) if x.shape[-1] > 1 else x.copy()


class Warp:
    """Bilinear interpolation by a matrix for rows and columns of pixels."""

    def __init__(self, H, W, matrix):
        self.H, self.W, self.weights = H, W, np.zeros((H * W, H * W))
        centre = np.array([H - 1, W - 1]) / 2
        for i in range(H):
            for j in range(W):
                u, v = centre + matrix @ (np.array([i, j]) - centre)
                for p in (int(np.floor(u)), int(np.floor(u)) + 1):
                    for q in (int(np.floor(v)), int(np.floor(v)) + 1):
                        if 0 <= p < H and 0 <= q < W:
                            self.weights[i * W + j, p * W + q] += (1 - abs(u - p)) * (1 - abs(v - q))

    def __call__(self, x):
        return (x.reshape(*x.shape[:2], -1) @ self.weights.T).reshape(x.shape)


def warp_images(x, matrix):
    return Warp(*x.shape[2:], matrix)(x)


def rotate_images(x, degrees):
    angle = degrees / 180 * np.pi
    return warp_images(x, np.cos(angle) * np.eye(2) + np.sin(angle) * np.array([[0, 1], [-1, 0]]))


def scale_images(x, factor):
    return warp_images(x, np.array([[1.0, 0.0], [0.0, 1.0]]) * factor**-1)


def add_noise(x, sigma, seed=0):
    noise = Initializer(seed).draw(x.shape, sigma**2)
    noise += x
    return noise


def average_gradients(grads, sizes):
    total = {key: np.zeros_like(value) for key, value in grads[0].items()}
    for own, size in zip(grads, sizes):
        for key in total:
            total[key] += own[key] * size
    return {key: value / np.sum(sizes) for key, value in total.items()}


class Net:
    ACTIVATIONS = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": Relu, "leaky_relu": LeakyRelu, "elu": Elu}

    def __init__(self, params, running, activation, skip):
        self.params, self.running, self.skip = params, running, skip
        self.activation = self.ACTIVATIONS[activation]
        self.depth = max(int(key[1:]) for key in params if key[0] == "W")

    def test(self, X):
        for l in range(1, self.depth + 1):
            z = affine_forward(X, self.params[f"W{l}"], self.params[f"b{l}"])
            if l == self.depth:
                return z
            if self.running:
                z = batchnorm_test(
                    z, self.params[f"gamma{l}"], self.params[f"beta{l}"],
                    self.running[f"mean{l}"], self.running[f"var{l}"],
                )
            z = self.activation().forward(z)
            X = z + X if self.skip and z.shape[1] == X.shape[1] else z

    def train(self, X, p, seed):
        self.layers, self.new = [], {}
        for l in range(1, self.depth):
            chain = [Affine(w=self.params[f"W{l}"], b=self.params[f"b{l}"])]
            if self.running:
                chain.append(BatchNorm(
                    gamma=self.params[f"gamma{l}"], beta=self.params[f"beta{l}"],
                    mean=self.running[f"mean{l}"], variance=self.running[f"var{l}"],
                ))
            chain += [self.activation(), Dropout(p=p, seed=seed + l, train=True)]
            out = X
            for layer in chain:
                out = layer.forward(out)
            if self.running:
                self.new[f"mean{l}"], self.new[f"var{l}"] = chain[1].mean, chain[1].variance
            joins = self.skip and out.shape[1] == X.shape[1]
            self.layers.append((chain, joins))
            X = X + out if joins else out
        self.last = Affine(w=self.params[f"W{self.depth}"], b=self.params[f"b{self.depth}"])
        return self.last.forward(X)

    def back(self, d):
        grads = {}
        d = self.last.backward(d)
        grads[f"W{self.depth}"], grads[f"b{self.depth}"] = self.last.dw, self.last.db
        for l in range(self.depth - 1, 0, -1):
            chain, joins = self.layers[l - 1]
            inner = d
            for layer in reversed(chain):
                inner = layer.backward(inner)
            grads[f"W{l}"], grads[f"b{l}"] = chain[0].dw, chain[0].db
            if self.running:
                grads[f"gamma{l}"], grads[f"beta{l}"] = chain[1].dgamma, chain[1].dbeta
            d = d + inner if joins else inner
        return grads


def init_net(dims, init="he", batchnorm=False, seed=0):
    params, running = {}, {}
    hidden = len(dims) - 2
    for i in range(len(dims) - 1):
        l, shape = i + 1, (dims[i], dims[i + 1])
        if init == "normal":
            params[f"W{l}"] = init_normal(*shape, seed=seed + l)
        elif init == "xavier":
            params[f"W{l}"] = init_xavier(*shape, seed + l)
        else:
            params[f"W{l}"] = init_he(*shape, seed + l)
        params[f"b{l}"] = np.zeros(shape[1])
        if batchnorm and i < hidden:
            params[f"gamma{l}"], params[f"beta{l}"] = np.ones(shape[1]), np.zeros(shape[1])
            running[f"mean{l}"], running[f"var{l}"] = np.zeros(shape[1]), np.ones(shape[1])
    return params, running


def net_forward(params, running, X, activation="relu", skip=False):
    return Net(params, running, activation, skip).test(X)


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    net = Net(params, running, activation, skip)
    loss, d = softmax_cross_entropy(net.train(X, p, seed), y)
    grads = net.back(d)
    for penalty, strength in ((l1_penalty, l1), (l2_penalty, l2)):
        cost, more = penalty(params, strength)
        loss += cost
        for key in grads:
            grads[key] = grads[key] + more[key]
    return loss, grads, net.new


def train_net(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0,
              rule="adam", lr=1e-3, batch=50, num_iters=100, seed=0):
    rule = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {key: np.array(value) for key, value in params.items()}
    states, losses = {}, np.empty(num_iters)
    for i in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        mask = rng.integers(2**31)
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, mask
        )
        for key, grad in grads.items():
            params[key], states[key] = rule(params[key], grad, states.get(key, {}), lr)
    return losses, params, running


def predict_net(params, running, X, activation="relu", skip=False):
    return np.argmax(Net(params, running, activation, skip).test(X), axis=-1)
