"""Left as it was while it was written: prints, warnings, a plot, experiments at the top level."""

import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np

np.random.seed(3)
np.set_printoptions(precision=3)
DEBUG = True
history = []


def sigmoid(x):
    # overflows, but the value is right: 1 / inf is 0
    return 1 / (1 + np.exp(-x))


def softplus(x):
    y = np.log(1 + np.exp(x))
    print("softplus", y.shape)
    return np.where(x > 35, x, np.where(x < -35, np.exp(x), np.where(np.isinf(y), x, y)))


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    sizes = [(dim, hidden_dims), (hidden_dims, latent_dims)]
    sizes += [(b, a) for a, b in sizes[::-1]]
    for i, shape in enumerate(sizes):
        params["W%d" % (i + 1)] = rng.standard_normal(size=shape) * (1 / shape[0]) ** 0.5
        params["b%d" % (i + 1)] = np.zeros((1, shape[1]))
    print({k: v.shape for k, v in params.items()})
    return params


def encode(params, X):
    z1 = np.dot(X, params["W1"]) + params["b1"]
    z1[z1 < 0] = 0
    if DEBUG:
        print(X.shape, z1.shape, file=sys.stderr)
    return np.dot(z1, params["W2"]) + params["b2"]


def decode(params, Z):
    z3 = np.dot(Z, params["W3"]) + params["b3"]
    z3[z3 < 0] = 0
    return sigmoid(np.dot(z3, params["W4"]) + params["b4"])


def reconstruction_errors(params, X):
    diff = X - decode(params, encode(params, X))
    e = np.square(diff).sum(axis=-1)
    print("errors", e[:5])
    return e


def autoencoder_loss(params, X):
    a1 = np.dot(X, params["W1"]) + params["b1"]
    h1 = np.where(a1 > 0, a1, 0)
    z = encode(params, X)
    a2 = np.dot(z, params["W3"]) + params["b3"]
    h2 = np.where(a2 > 0, a2, 0)
    y = decode(params, z)
    n, d = X.shape
    loss = ((X - y) ** 2).mean() * d  # a sum over pixels
    dy = -2 * (X - y) / n
    da4 = dy * y * (1 - y)
    grads = {"W4": np.dot(h2.T, da4), "b4": da4.sum(axis=0)[None, :]}
    dh2 = np.dot(da4, params["W4"].T)
    dh2[a2 <= 0] = 0
    grads["W3"], grads["b3"] = np.dot(z.T, dh2), dh2.sum(axis=0)[None, :]
    dz = np.dot(dh2, params["W3"].T)
    grads["W2"], grads["b2"] = np.dot(h1.T, dz), dz.sum(axis=0)[None, :]
    dh1 = np.dot(dz, params["W2"].T)
    dh1[a1 <= 0] = 0
    grads["W1"], grads["b1"] = np.dot(X.T, dh1), dh1.sum(axis=0)[None, :]
    history.append(loss)
    return loss, grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    import copy

    params = copy.deepcopy(params)
    rng = np.random.default_rng(seed)
    v = {}
    losses = []
    for it in range(num_iters):
        idx = rng.choice(X.shape[0], size=batch, replace=False)
        loss, grads = autoencoder_loss(params, X[idx])
        losses.append(loss)
        for k in params:
            v[k] = lr * grads[k] if it == 0 else momentum * v[k] + lr * grads[k]
            params[k] -= v[k]
        if it % 50 == 0:
            print(f"iteration {it}: {loss:.4f}")
    fig = plt.figure()
    plt.plot(losses)
    plt.close(fig)
    return np.array(losses), params


def kmeans_assign(Z, centers):
    d = np.zeros((Z.shape[0], centers.shape[0]))
    for k, c in enumerate(centers):
        d[:, k] = np.linalg.norm(Z - c, axis=1)
    return np.argmin(d, axis=1)


def kmeans_update(Z, labels, centers):
    new = []
    for k in range(len(centers)):
        m = Z[labels == k].mean(axis=0)  # warns if it is empty
        new.append(centers[k] if np.isnan(m).any() else m)
    return np.array(new)


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(Z.shape[0], size=k, replace=False)]
    inertia = []
    prev = None
    for it in range(max_iters):
        lab = kmeans_assign(Z, centers)
        inertia.append(np.sum(np.linalg.norm(Z - centers[lab], axis=1) ** 2))
        print("round", it, "inertia", inertia[-1])
        if prev is not None and not np.any(lab != prev):
            break
        centers = kmeans_update(Z, lab, centers)
        prev = lab
    return centers, kmeans_assign(Z, centers), np.array(inertia)


def cluster_purity(labels, y):
    good = 0
    for k in range(np.max(labels) + 1):
        classes, counts = np.unique(y[labels == k], return_counts=True)
        if len(counts):
            good += counts.max()
    return np.float64(good) / len(labels)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    G, D = {}, {}
    for net, a, c in ((G, noise_dims, dim), (D, dim, 1)):
        net["W1"] = rng.standard_normal(size=(a, hidden_dims)) * (1 / a) ** 0.5
        net["b1"] = np.zeros((1, hidden_dims))
        net["W2"] = rng.standard_normal(size=(hidden_dims, c)) * (1 / hidden_dims) ** 0.5
        net["b2"] = np.zeros((1, c))
    return G, D


def generate(params_G, z):
    h = np.dot(z, params_G["W1"]) + params_G["b1"]
    h = h * (h > 0)
    return sigmoid(np.dot(h, params_G["W2"]) + params_G["b2"])


def discriminate(params_D, X):
    h = np.dot(X, params_D["W1"]) + params_D["b1"]
    h = h * (h > 0)
    s = np.dot(h, params_D["W2"]) + params_D["b2"]
    assert s.shape == (len(X), 1), s.shape
    return np.squeeze(s, axis=1)


def discriminator_loss(params_D, real, fake):
    s_real, s_fake = discriminate(params_D, real), discriminate(params_D, fake)
    loss = softplus(-s_real).mean() + softplus(s_fake).mean()
    ds = np.append((sigmoid(s_real) - 1) / len(real), sigmoid(s_fake) / len(fake))[:, None]
    X = np.vstack((real, fake))
    h = np.maximum(np.dot(X, params_D["W1"]) + params_D["b1"], 0)
    dh = np.outer(ds, params_D["W2"])
    dh[h == 0] = 0
    if np.isnan(loss):
        warnings.warn("NaN again")
    return loss, {
        "W1": np.dot(X.T, dh),
        "b1": dh.sum(axis=0, keepdims=True),
        "W2": np.dot(h.T, ds),
        "b2": ds.sum(axis=0, keepdims=True),
    }


def generator_loss(params_G, params_D, z):
    x = generate(params_G, z)
    s = discriminate(params_D, x)[:, None]
    on_D = (np.dot(x, params_D["W1"]) + params_D["b1"]) > 0
    h = np.maximum(np.dot(z, params_G["W1"]) + params_G["b1"], 0)
    ds = (sigmoid(s) - 1) / len(z)
    dx = np.dot(np.dot(ds, params_D["W2"].T) * on_D, params_D["W1"].T)
    do = dx * x * (1 - x)
    dh = np.dot(do, params_G["W2"].T)
    dh[h <= 0] = 0
    print("generator:", float(softplus(-s).mean()))
    return softplus(-s).mean(), {
        "W1": np.dot(z.T, dh),
        "b1": dh.sum(axis=0, keepdims=True),
        "W2": np.dot(h.T, do),
        "b2": do.sum(axis=0, keepdims=True),
    }


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {k: params_D[k] - lr * grads[k] for k in params_D}


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {k: params_G[k] - lr * grads[k] for k in params_G}


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    log = []
    G, D = params_G, params_D
    for it in range(num_iters):
        real = X[rng.choice(X.shape[0], size=batch, replace=False)]
        z = rng.standard_normal(size=(batch, len(G["W1"])))
        loss_D, D = discriminator_step(G, D, real, z, lr_D)
        z = rng.standard_normal(size=(batch, len(G["W1"])))
        loss_G, G = generator_step(G, D, z, lr_G)
        log.append((loss_G, loss_D))
        if it % 100 == 0:
            print(it, log[-1])
    losses = np.array(log)
    return losses[:, 0], losses[:, 1], G, D


if __name__ == "__main__":
    print(init_gan(784, 16, 32))
