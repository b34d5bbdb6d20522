"""All parameters travel in one long vector while training; ones stand for the biases."""

import numpy as np


def sigmoid(x):
    small = np.exp(np.minimum(x, 0))
    return small / (small + np.exp(np.minimum(-x, 0)))


def softplus(x):
    return np.logaddexp.reduce([x, 0 * x])


def ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


def theta(params, i):
    return np.vstack([params[f"W{i}"], params[f"b{i}"]])


def split(dtheta, i):
    return {f"W{i}": dtheta[:-1], f"b{i}": dtheta[-1:]}


def pack(params):
    return np.concatenate([params[k].ravel() for k in sorted(params)])


def unpack(vector, like):
    cuts = np.cumsum([like[k].size for k in sorted(like)])[:-1]
    return {k: v.reshape(like[k].shape) for k, v in zip(sorted(like), np.split(vector, cuts))}


def sizes_to_params(rng, *sizes):
    params = {}
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        params[f"W{i + 1}"] = rng.standard_normal((a, b)) / a**0.5
        params[f"b{i + 1}"] = np.zeros((1, b))
    return params


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    return sizes_to_params(rng, dim, hidden_dims, latent_dims, hidden_dims, dim)


def encode(params, X):
    h = ones(X) @ theta(params, 1)
    return ones(h * (h > 0)) @ theta(params, 2)


def decode(params, Z):
    h = ones(Z) @ theta(params, 3)
    return sigmoid(ones(h * (h > 0)) @ theta(params, 4))


def reconstruction_errors(params, X):
    apart = X - decode(params, encode(params, X))
    return np.diagonal(apart @ apart.T).copy() if len(X) < 50 else (apart * apart).sum(1)


def autoencoder_loss(params, X):
    a1 = ones(X) @ theta(params, 1)
    x2 = ones(np.maximum(a1, 0))
    x3 = ones(x2 @ theta(params, 2))
    a3 = x3 @ theta(params, 3)
    x4 = ones(np.maximum(a3, 0))
    Y = sigmoid(x4 @ theta(params, 4))
    d4 = 2 / len(X) * (Y - X) * Y * (1 - Y)
    d3 = (d4 @ params["W4"].T) * np.heaviside(a3, 0)
    d2 = d3 @ params["W3"].T
    d1 = (d2 @ params["W2"].T) * np.heaviside(a1, 0)
    layers = (ones(X), d1), (x2, d2), (x3, d3), (x4, d4)
    grads = {}
    for i, (x, d) in enumerate(layers, 1):
        grads.update(split(x.T @ d, i))
    return np.mean(((Y - X) ** 2).sum(1)), grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    w = pack(params)
    v = np.zeros(w.size)
    losses = np.full(num_iters, np.nan)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(unpack(w, params), X[rows])
        v = momentum * v + lr * pack(grads)
        w = w - v
    return losses, unpack(w, params)


def kmeans_assign(Z, centers):
    return np.linalg.norm(Z[:, None] - centers, axis=2).argmin(axis=1)


def kmeans_update(Z, labels, centers):
    order = np.argsort(labels, kind="stable")
    found, firsts = np.unique(labels[order], return_index=True)
    moved = np.array(centers)
    for k, rows in zip(found, np.split(Z[order], firsts[1:])):
        moved[k] = np.average(rows, axis=0)
    return moved


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    centers = Z[list(rng.choice(len(Z), size=k, replace=False))]

    def round_of(centers):
        labels = kmeans_assign(Z, centers)
        return labels, ((Z - centers[labels]) ** 2).sum(), kmeans_update(Z, labels, centers)

    labels, inertia, centers = round_of(centers)
    inertias = [inertia]
    while len(inertias) < max_iters:
        old = labels
        labels, inertia, centers = round_of(centers)
        inertias.append(inertia)
        if (old == labels).all():
            break
    return centers, kmeans_assign(Z, centers), tuple(inertias)


def cluster_purity(labels, y):
    best = [np.bincount(y[labels == k], minlength=1).max() for k in range(labels.max() + 1)]
    return float(np.sum(best)) / len(labels)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    G = sizes_to_params(rng, noise_dims, hidden_dims, dim)
    D = sizes_to_params(rng, dim, hidden_dims, 1)
    return G, D


def generate(params_G, z):
    return sigmoid(ones(np.maximum(ones(z) @ theta(params_G, 1), 0)) @ theta(params_G, 2))


def discriminate(params_D, X):
    return (ones(np.maximum(ones(X) @ theta(params_D, 1), 0)) @ theta(params_D, 2)).flatten()


def two_layers(params, x, dout, a1):
    d1 = dout @ params["W2"].T * np.heaviside(a1, 0)
    grads = split(ones(x).T @ d1, 1) | split(ones(np.maximum(a1, 0)).T @ dout, 2)
    return grads, d1 @ params["W1"].T


def discriminator_loss(params_D, real, fake):
    X = np.vstack([real, fake])
    signs = np.repeat([[-1], [1]], (len(real), len(fake)), axis=0)
    shares = np.repeat([[1 / len(real)], [1 / len(fake)]], (len(real), len(fake)), axis=0)
    s = signs * discriminate(params_D, X)[:, None]
    a1 = ones(X) @ theta(params_D, 1)
    return (shares * softplus(s)).sum(), two_layers(params_D, X, signs * shares * sigmoid(s), a1)[0]


def generator_loss(params_G, params_D, z):
    X = generate(params_G, z)
    s = discriminate(params_D, X)[:, None]
    _, dX = two_layers(params_D, X, -sigmoid(-s) / len(z), ones(X) @ theta(params_D, 1))
    grads, _ = two_layers(params_G, z, dX * X * (1 - X), ones(z) @ theta(params_G, 1))
    return softplus(-s).mean(), grads


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, unpack(pack(params_D) - lr * pack(grads), params_D)


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, unpack(pack(params_G) - lr * pack(grads), params_G)


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    g, d = pack(params_G), pack(params_D)
    losses = []
    for _ in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal((batch, len(params_G["W1"])))
        D = unpack(d, params_D)
        loss_D, grads = discriminator_loss(D, real, generate(unpack(g, params_G), z))
        d = d - lr_D * pack(grads)
        z = rng.standard_normal((batch, len(params_G["W1"])))
        loss_G, grads = generator_loss(unpack(g, params_G), unpack(d, params_D), z)
        g = g - lr_G * pack(grads)
        losses.append([loss_G, loss_D])
    losses_G, losses_D = np.transpose(losses)
    return losses_G.copy(), losses_D.copy(), unpack(g, params_G), unpack(d, params_D)
