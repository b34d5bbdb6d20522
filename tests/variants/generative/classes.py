"""Networks as objects with forward and backward; the functions that are asked for wrap them."""

from __future__ import annotations

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0, keepdims=True)
        return dout @ self.W.T


class ReLU:
    def forward(self, x):
        self.on = x > 0
        return np.where(self.on, x, 0)

    def backward(self, dout):
        return dout * self.on


class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)


class Network:
    """Affine layers with others in between, as a text says: "a" affine, "r" ReLU, "s" sigmoid."""

    def __init__(self, params, kinds, first=1):
        self.layers, self.numbers, number = [], [], first
        for kind in kinds:
            if kind == "a":
                self.layers.append(Affine(params[f"W{number}"], params[f"b{number}"]))
                self.numbers.append(number)
                number += 1
            else:
                self.layers.append({"r": ReLU, "s": Sigmoid}[kind]())

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    @property
    def grads(self):
        affine = [layer for layer in self.layers if isinstance(layer, Affine)]
        found = {}
        for number, layer in zip(self.numbers, affine):
            found[f"W{number}"], found[f"b{number}"] = layer.dW, layer.db
        return found


class Momentum:
    def __init__(self, params, lr, mu=0.0):
        self.params = {k: np.array(v) for k, v in params.items()}
        self.velocity = {k: np.zeros(v.shape) for k, v in params.items()}
        self.lr, self.mu = lr, mu

    def step(self, grads):
        for k, g in grads.items():
            self.velocity[k] = self.mu * self.velocity[k] + self.lr * g
            self.params[k] = self.params[k] - self.velocity[k]
        return self.params


def sigmoid(x):
    out = np.empty(np.shape(x), dtype=x.dtype)
    up = x >= 0
    out[up] = 1 / (1 + np.exp(-x[up]))
    out[~up] = np.exp(x[~up]) / (1 + np.exp(x[~up]))
    return out


def softplus(x):
    return np.where(x > 0, x, 0) + np.log1p(np.exp(np.where(x > 0, -x, x)))


def draw(rng, sizes):
    params = {}
    for i, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{i}"] = rng.normal(size=(a, b)) * np.sqrt(1.0 / a)
        params[f"b{i}"] = np.zeros((1, b))
    return params


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    return draw(rng, [dim, hidden_dims, latent_dims, hidden_dims, dim])


def encode(params, X):
    return Network(params, "ara").forward(X)


def decode(params, Z):
    return Network(params, "aras", first=3).forward(Z)


def reconstruction_errors(params, X):
    return np.linalg.norm(Network(params, "araaras").forward(X) - X, axis=1) ** 2


def autoencoder_loss(params, X):
    net = Network(params, "araaras")
    apart = net.forward(X) - X
    net.backward(2 * apart / len(X))
    return float(np.mean(np.sum(np.square(apart), axis=1))), net.grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    optimizer = Momentum(params, lr, momentum)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        losses[i], grads = autoencoder_loss(optimizer.params, X[rows])
        optimizer.step(grads)
    return losses, optimizer.params


class KMeans:
    def __init__(self, centers):
        self.centers = centers

    def assign(self, Z):
        table = np.stack([np.sum((Z - c) ** 2, axis=1) for c in self.centers], axis=1)
        self.labels = table.argmin(axis=1)
        self.inertia = table.min(axis=1).sum()
        return self.labels

    def update(self, Z, labels):
        self.centers = np.array(
            [Z[labels == k].mean(axis=0) if (labels == k).any() else c
             for k, c in enumerate(self.centers)]
        )
        return self.centers


def kmeans_assign(Z, centers):
    return KMeans(centers).assign(Z)


def kmeans_update(Z, labels, centers):
    return KMeans(centers).update(Z, labels)


def kmeans(Z, k, max_iters=100, seed=0):
    model = KMeans(Z[np.random.default_rng(seed).choice(len(Z), k, replace=False)])
    inertias, last = [], np.full(len(Z), -1)
    for _ in range(max_iters):
        labels = model.assign(Z)
        inertias.append(model.inertia)
        model.update(Z, labels)
        if np.array_equal(labels, last):
            break
        last = labels
    return model.centers, model.assign(Z), np.asarray(inertias)


def cluster_purity(labels, y):
    from collections import Counter

    clusters = {}
    for cluster, one in zip(labels.tolist(), y.tolist()):
        clusters.setdefault(cluster, Counter())[one] += 1
    return sum(c.most_common(1)[0][1] for c in clusters.values()) / len(y)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    return tuple(draw(rng, s) for s in ([noise_dims, hidden_dims, dim], [dim, hidden_dims, 1]))


def generate(params_G, z):
    return Network(params_G, "aras").forward(z)


def discriminate(params_D, X):
    return Network(params_D, "ara").forward(X).ravel()


def discriminator_loss(params_D, real, fake):
    total, grads = 0.0, None
    for X, wanted in ((real, 1), (fake, 0)):
        net = Network(params_D, "ara")
        s = net.forward(X)
        total += float(np.mean(softplus(-s if wanted else s)))
        net.backward((sigmoid(s) - wanted) / len(X))
        grads = net.grads if grads is None else {k: grads[k] + net.grads[k] for k in grads}
    return total, grads


def generator_loss(params_G, params_D, z):
    G, D = Network(params_G, "aras"), Network(params_D, "ara")
    s = D.forward(G.forward(z))
    G.backward(D.backward((sigmoid(s) - 1) / len(z)))
    return float(np.mean(softplus(-s))), G.grads


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, Momentum(params_D, lr).step(grads)


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, Momentum(params_G, lr).step(grads)


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    G, D = Momentum(params_G, lr_G), Momentum(params_D, lr_D)
    losses_G, losses_D = [], []
    for _ in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(size=(batch, params_G["W1"].shape[0]))
        loss, grads = discriminator_loss(D.params, real, generate(G.params, z))
        losses_D.append(loss)
        D.step(grads)
        z = rng.standard_normal(size=z.shape)
        loss, grads = generator_loss(G.params, D.params, z)
        losses_G.append(loss)
        G.step(grads)
    return losses_G, losses_D, G.params, D.params
