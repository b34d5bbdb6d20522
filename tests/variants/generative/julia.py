"""Columns are samples inside, as the lecture writes it: W x + b."""

import numpy as np
from numpy import abs, exp, log1p, maximum, sqrt, zeros


def sigmoid(x):
    e = exp(-abs(x))
    return (x < 0) * (e / (1 + e)) + (x >= 0) * (1 / (1 + e))


def softplus(x):
    return log1p(exp(-abs(x))) + (x + abs(x)) / 2


def forward(params, i, x):
    return params[f"W{i}"].T @ x + params[f"b{i}"].T


def grads_of(i, x, dz):
    return {f"W{i}": x @ dz.T, f"b{i}": dz.sum(axis=1, keepdims=True).T}


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    W1 = sqrt(1 / dim) * rng.standard_normal((dim, hidden_dims))
    W2 = sqrt(1 / hidden_dims) * rng.standard_normal((hidden_dims, latent_dims))
    W3 = sqrt(1 / latent_dims) * rng.standard_normal((latent_dims, hidden_dims))
    W4 = sqrt(1 / hidden_dims) * rng.standard_normal((hidden_dims, dim))
    b1, b2, b3, b4 = (zeros((1, W.shape[1])) for W in (W1, W2, W3, W4))
    return dict(W1=W1, b1=b1, W2=W2, b2=b2, W3=W3, b3=b3, W4=W4, b4=b4)


def encode(params, X):
    return forward(params, 2, maximum(0, forward(params, 1, X.T))).T


def decode(params, Z):
    return sigmoid(forward(params, 4, maximum(0, forward(params, 3, Z.T)))).T


def reconstruction_errors(params, X):
    y = decode(params, encode(params, X)).T
    return ((y - X.T) ** 2).sum(axis=0)


def autoencoder_loss(params, X):
    x = X.T
    D, N = x.shape
    h = maximum(0, forward(params, 1, x))
    z = forward(params, 2, h)
    g = maximum(0, forward(params, 3, z))
    y = sigmoid(forward(params, 4, g))
    d = y - x
    loss = (d * d).sum() / N
    dy = (2 / N) * d * (y * (1 - y))
    dg = (params["W4"] @ dy) * (g > 0)
    dz = params["W3"] @ dg
    dh = (params["W2"] @ dz) * (h > 0)
    grads = {}
    for i, a, b in ((1, x, dh), (2, h, dz), (3, z, dg), (4, g, dy)):
        grads.update(grads_of(i, a, b))
    return loss, grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    keys = list(params)
    values = [params[k].copy() for k in keys]
    speeds = [zeros(v.shape) for v in values]
    losses = zeros(num_iters)
    for t in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        losses[t], grads = autoencoder_loss(dict(zip(keys, values)), X[rows, :])
        for j in range(len(keys)):
            speeds[j] *= momentum
            speeds[j] += lr * grads[keys[j]]
            values[j] -= speeds[j]
    return losses, dict(zip(keys, values))


def kmeans_assign(Z, centers):
    K = centers.shape[0]
    best = np.full(Z.shape[0], np.inf)
    labels = zeros(Z.shape[0], dtype=int)
    for k in range(K):
        d = sqrt(((Z - centers[k, :]) ** 2).sum(axis=1))
        labels[d < best] = k
        best = np.minimum(best, d)
    return labels


def kmeans_update(Z, labels, centers):
    new = zeros(centers.shape)
    for k in range(centers.shape[0]):
        n = (labels == k).sum()
        if n == 0:
            new[k, :] = centers[k, :]
        else:
            new[k, :] = Z[labels == k, :].sum(axis=0) / n
    return new


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(Z.shape[0], size=k, replace=False), :]
    inertias = []
    labels = kmeans_assign(Z, centers)
    done = False
    while not done:
        inertias.append(((Z - centers[labels, :]) ** 2).sum())
        centers = kmeans_update(Z, labels, centers)
        again = kmeans_assign(Z, centers)
        if len(inertias) == max_iters:
            done = True
        elif (again == labels).all():
            inertias.append(((Z - centers[again, :]) ** 2).sum())
            done = True
        labels = again
    return centers, labels, np.array(inertias)


def cluster_purity(labels, y):
    right = 0
    for k in range(labels.max() + 1):
        right += max([np.sum((labels == k) & (y == c)) for c in range(y.max() + 1)])
    return right / y.size


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    a = sqrt(1 / noise_dims) * rng.standard_normal((noise_dims, hidden_dims))
    b = sqrt(1 / hidden_dims) * rng.standard_normal((hidden_dims, dim))
    c = sqrt(1 / dim) * rng.standard_normal((dim, hidden_dims))
    d = sqrt(1 / hidden_dims) * rng.standard_normal((hidden_dims, 1))
    G = {"W1": a, "b1": zeros((1, hidden_dims)), "W2": b, "b2": zeros((1, dim))}
    D = {"W1": c, "b1": zeros((1, hidden_dims)), "W2": d, "b2": zeros((1, 1))}
    return G, D


def generate(params_G, z):
    return sigmoid(forward(params_G, 2, maximum(0, forward(params_G, 1, z.T)))).T


def discriminate(params_D, X):
    return forward(params_D, 2, maximum(0, forward(params_D, 1, X.T)))[0, :]


def discriminator_loss(params_D, real, fake):
    loss, grads = 0, {k: zeros(v.shape) for k, v in params_D.items()}
    for x, sign in ((real.T, -1), (fake.T, 1)):
        n = x.shape[1]
        h = maximum(0, forward(params_D, 1, x))
        s = forward(params_D, 2, h)
        loss += softplus(sign * s).sum() / n
        ds = sign * sigmoid(sign * s) / n
        dh = (params_D["W2"] @ ds) * (h > 0)
        for k, g in {**grads_of(1, x, dh), **grads_of(2, h, ds)}.items():
            grads[k] = grads[k] + g
    return loss, grads


def generator_loss(params_G, params_D, z):
    n = z.shape[0]
    h = maximum(0, forward(params_G, 1, z.T))
    x = sigmoid(forward(params_G, 2, h))
    q = maximum(0, forward(params_D, 1, x))
    s = forward(params_D, 2, q)
    dq = (params_D["W2"] @ (-sigmoid(-s) / n)) * (q > 0)
    dx = (params_D["W1"] @ dq) * x * (1 - x)
    dh = (params_G["W2"] @ dx) * (h > 0)
    return softplus(-s).sum() / n, {**grads_of(1, z.T, dh), **grads_of(2, h, dx)}


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    new = {}
    for k in params_D:
        new[k] = params_D[k] - lr * grads[k]
    return loss, new


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    new = {}
    for k in params_G:
        new[k] = params_G[k] - lr * grads[k]
    return loss, new


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    N, L = X.shape[0], params_G["W1"].shape[0]
    losses_G, losses_D = zeros(num_iters), zeros(num_iters)
    for t in range(num_iters):
        rows = rng.choice(N, size=batch, replace=False)
        z = rng.standard_normal((batch, L))
        losses_D[t], params_D = discriminator_step(params_G, params_D, X[rows, :], z, lr_D)
        z = rng.standard_normal((batch, L))
        losses_G[t], params_G = generator_step(params_G, params_D, z, lr_G)
    G = {k: v.copy() for k, v in params_G.items()}
    D = {k: v.copy() for k, v in params_D.items()}
    return losses_G, losses_D, G, D
