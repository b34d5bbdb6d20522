"""Loops wherever they are allowed: over pixels, units and clusters, and over samples in what may."""

import math

import numpy as np


def sigmoid(x):
    out = np.zeros(x.shape, dtype=float)
    flat, given = out.reshape(-1), x.reshape(-1)
    up = given >= 0
    flat[up] = 1.0 / (1.0 + np.exp(-given[up]))
    low = np.exp(given[~up])
    flat[~up] = low / (1.0 + low)
    return out


def softplus(x):
    out = np.array(x, dtype=float)
    small = x < 30
    out[small] = np.log1p(np.exp(x[small]))
    out[~small] += np.log1p(np.exp(-x[~small]))
    return out


def linear(x, W, b):
    out = np.zeros((len(x), W.shape[1]))
    for j in range(W.shape[1]):
        for d in range(W.shape[0]):
            out[:, j] += x[:, d] * W[d, j]
        out[:, j] += b[0, j]
    return out


def linear_back(x, W, dz):
    dW, db, dx = np.zeros(W.shape), np.zeros((1, W.shape[1])), np.zeros((len(x), W.shape[0]))
    for j in range(W.shape[1]):
        for d in range(W.shape[0]):
            dW[d, j] = (x[:, d] * dz[:, j]).sum()
            dx[:, d] += dz[:, j] * W[d, j]
        db[0, j] = dz[:, j].sum()
    return dW, db, dx


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    sizes = dim, hidden_dims, latent_dims, hidden_dims, dim
    params = {}
    for i in range(4):
        W = np.zeros((sizes[i], sizes[i + 1]))
        for row in range(sizes[i]):
            for column in range(sizes[i + 1]):
                W[row, column] = rng.standard_normal() * math.sqrt(1 / sizes[i])
        params["W" + str(i + 1)] = W
        params["b" + str(i + 1)] = np.zeros((1, sizes[i + 1]))
    return params


def encode(params, X):
    codes = []
    for x in X:
        h = [max(0.0, v) for v in x @ params["W1"] + params["b1"][0]]
        codes.append(np.array(h) @ params["W2"] + params["b2"][0])
    return np.array(codes)


def decode(params, Z):
    rows = []
    for z in Z:
        h = [max(0.0, v) for v in z @ params["W3"] + params["b3"][0]]
        rows.append(sigmoid(np.array(h) @ params["W4"] + params["b4"][0]))
    return np.array(rows)


def reconstruction_errors(params, X):
    h1 = np.maximum(0, linear(X, params["W1"], params["b1"]))
    z = linear(h1, params["W2"], params["b2"])
    h2 = np.maximum(0, linear(z, params["W3"], params["b3"]))
    y = sigmoid(linear(h2, params["W4"], params["b4"]))
    errors = np.zeros(len(X))
    for d in range(X.shape[1]):
        errors += (y[:, d] - X[:, d]) ** 2
    return errors


def autoencoder_loss(params, X):
    N = len(X)
    h1 = np.maximum(0, linear(X, params["W1"], params["b1"]))
    z = linear(h1, params["W2"], params["b2"])
    h2 = np.maximum(0, linear(z, params["W3"], params["b3"]))
    y = sigmoid(linear(h2, params["W4"], params["b4"]))
    loss = 0.0
    dy = np.zeros(y.shape)
    for d in range(X.shape[1]):
        apart = y[:, d] - X[:, d]
        loss += (apart**2).sum() / N
        dy[:, d] = 2 * apart * y[:, d] * (1 - y[:, d]) / N
    grads = {}
    grads["W4"], grads["b4"], dh2 = linear_back(h2, params["W4"], dy)
    grads["W3"], grads["b3"], dz = linear_back(z, params["W3"], dh2 * (h2 > 0))
    grads["W2"], grads["b2"], dh1 = linear_back(h1, params["W2"], dz)
    grads["W1"], grads["b1"], _ = linear_back(X, params["W1"], dh1 * (h1 > 0))
    return loss, grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    keys = sorted(params)
    now = {}
    speed = {}
    for key in keys:
        now[key] = 1.0 * params[key]
        speed[key] = 0.0 * params[key]
    losses = [0.0] * num_iters
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        x = X[rows]
        h1 = np.maximum(0, x @ now["W1"] + now["b1"])
        z = h1 @ now["W2"] + now["b2"]
        h2 = np.maximum(0, z @ now["W3"] + now["b3"])
        y = sigmoid(h2 @ now["W4"] + now["b4"])
        losses[i] = float(((y - x) ** 2).sum()) / batch
        delta = 2 * (y - x) * y * (1 - y) / batch
        grads = {}
        for layer, inputs, mask in ((4, h2, h2 > 0), (3, z, 1.0), (2, h1, h1 > 0), (1, x, 1.0)):
            W = now[f"W{layer}"]
            grads[f"W{layer}"] = inputs.T @ delta
            grads[f"b{layer}"] = delta.sum(axis=0).reshape(1, -1)
            delta = (delta @ W.T) * mask
        for key in keys:
            speed[key] = momentum * speed[key] + lr * grads[key]
            now[key] = now[key] - speed[key]
    return losses, now


def kmeans_assign(Z, centers):
    squares = np.zeros((len(Z), len(centers)))
    for k in range(len(centers)):
        for d in range(Z.shape[1]):
            squares[:, k] += (Z[:, d] - centers[k, d]) ** 2
    return squares.argmin(axis=1)


def kmeans_update(Z, labels, centers):
    moved = np.zeros(centers.shape)
    for k in range(len(centers)):
        inside = labels == k
        for d in range(centers.shape[1]):
            moved[k, d] = Z[inside, d].mean() if inside.any() else centers[k, d]
    return moved


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = np.array([Z[i] for i in rng.choice(len(Z), size=k, replace=False)])
    inertias = []
    before = []
    for _ in range(max_iters):
        labels = list(kmeans_assign(Z, centers))
        inertia = 0.0
        for z, label in zip(Z, labels):
            inertia += float(np.sum((z - centers[label]) ** 2))
        inertias.append(inertia)
        centers = kmeans_update(Z, np.array(labels), centers)
        if labels == before:
            break
        before = labels
    return centers, kmeans_assign(Z, centers), inertias


def cluster_purity(labels, y):
    right = 0
    for k in set(labels.tolist()):
        inside = [int(c) for label, c in zip(labels, y) if label == k]
        right += max(inside.count(c) for c in set(inside))
    return right / len(labels)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    both = []
    for sizes in ((noise_dims, hidden_dims, dim), (dim, hidden_dims, 1)):
        params = {}
        for i in range(2):
            W = rng.standard_normal(sizes[i] * sizes[i + 1]).reshape(sizes[i], sizes[i + 1])
            params[f"W{i + 1}"] = W * math.sqrt(1 / sizes[i])
            params[f"b{i + 1}"] = np.zeros((1, sizes[i + 1]))
        both.append(params)
    return tuple(both)


def generate(params_G, z):
    h = np.maximum(0, linear(z, params_G["W1"], params_G["b1"]))
    return sigmoid(linear(h, params_G["W2"], params_G["b2"]))


def discriminate(params_D, X):
    logits = np.zeros(len(X))
    for i in range(len(X)):
        h = np.maximum(0, X[i] @ params_D["W1"] + params_D["b1"][0])
        logits[i] = np.dot(h, params_D["W2"][:, 0]) + params_D["b2"][0, 0]
    return logits


def discriminator_loss(params_D, real, fake):
    loss = 0.0
    grads = {key: np.zeros(value.shape) for key, value in params_D.items()}
    for X, is_real in ((real, True), (fake, False)):
        n = len(X)
        h = np.maximum(0, linear(X, params_D["W1"], params_D["b1"]))
        s = linear(h, params_D["W2"], params_D["b2"])
        if is_real:
            loss += softplus(-s).sum() / n
            ds = -sigmoid(-s) / n
        else:
            loss += softplus(s).sum() / n
            ds = sigmoid(s) / n
        dW2, db2, dh = linear_back(h, params_D["W2"], ds)
        dW1, db1, _ = linear_back(X, params_D["W1"], dh * (h > 0))
        for key, grad in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            grads[key] = grads[key] + grad
    return loss, grads


def generator_loss(params_G, params_D, z):
    n = len(z)
    h = np.maximum(0, linear(z, params_G["W1"], params_G["b1"]))
    x = sigmoid(linear(h, params_G["W2"], params_G["b2"]))
    q = np.maximum(0, linear(x, params_D["W1"], params_D["b1"]))
    s = linear(q, params_D["W2"], params_D["b2"])
    _, _, dq = linear_back(q, params_D["W2"], -sigmoid(-s) / n)
    _, _, dx = linear_back(x, params_D["W1"], dq * (q > 0))
    grads = {}
    grads["W2"], grads["b2"], dh = linear_back(h, params_G["W2"], dx * x * (1 - x))
    grads["W1"], grads["b1"], _ = linear_back(z, params_G["W1"], dh * (h > 0))
    return softplus(-s).sum() / n, grads


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    moved = {}
    for key in params_D:
        moved[key] = params_D[key] - lr * grads[key]
    return loss, moved


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    moved = {}
    for key in params_G:
        moved[key] = params_G[key] - lr * grads[key]
    return loss, moved


def fast_D(params_D, real, fake):
    loss, grads = 0.0, {}
    for X, sign in ((real, -1.0), (fake, 1.0)):
        h = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
        s = h @ params_D["W2"] + params_D["b2"]
        loss += softplus(sign * s).sum() / len(X)
        ds = sign * sigmoid(sign * s) / len(X)
        dh = (ds @ params_D["W2"].T) * (h > 0)
        for key, g in (("W1", X.T @ dh), ("b1", dh.sum(0)), ("W2", h.T @ ds), ("b2", ds.sum(0))):
            grads[key] = grads.get(key, 0.0) + g
    return loss, grads


def fast_G(params_G, params_D, z):
    h = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    x = sigmoid(h @ params_G["W2"] + params_G["b2"])
    q = np.maximum(0, x @ params_D["W1"] + params_D["b1"])
    s = q @ params_D["W2"] + params_D["b2"]
    dq = (-sigmoid(-s) / len(z)) @ params_D["W2"].T * (q > 0)
    do = (dq @ params_D["W1"].T) * x * (1 - x)
    dh = (do @ params_G["W2"].T) * (h > 0)
    grads = {"W1": z.T @ dh, "b1": dh.sum(0), "W2": h.T @ do, "b2": do.sum(0)}
    return softplus(-s).sum() / len(z), grads


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    G = {key: 1.0 * value for key, value in params_G.items()}
    D = {key: 1.0 * value for key, value in params_D.items()}
    losses_G, losses_D = [], []
    for _ in range(num_iters):
        real = np.array([X[row] for row in rng.choice(len(X), size=batch, replace=False)])
        z = rng.standard_normal((batch, len(G["W1"])))
        fake = sigmoid(np.maximum(0, z @ G["W1"] + G["b1"]) @ G["W2"] + G["b2"])
        loss, grads = fast_D(D, real, fake)
        losses_D.append(loss)
        D = {key: D[key] - lr_D * grads[key] for key in D}
        loss, grads = fast_G(G, D, rng.standard_normal((batch, len(G["W1"]))))
        losses_G.append(loss)
        G = {key: G[key] - lr_G * grads[key] for key in G}
    return losses_G, losses_D, G, D
