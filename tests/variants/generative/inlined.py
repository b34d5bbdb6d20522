"""Each function stands for itself: nothing is called, least of all in training."""

import numpy as np


def sigmoid(x):
    return (np.tanh(x / 2) + 1) / 2


def softplus(x):
    m = np.maximum(x, 0)
    return m + np.log(np.exp(-m) + np.exp(x - m))


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((dim, hidden_dims)) / np.sqrt(dim),
        "W2": rng.standard_normal((hidden_dims, latent_dims)) / np.sqrt(hidden_dims),
        "W3": rng.standard_normal((latent_dims, hidden_dims)) / np.sqrt(latent_dims),
        "W4": rng.standard_normal((hidden_dims, dim)) / np.sqrt(hidden_dims),
        "b1": np.zeros((1, hidden_dims)),
        "b2": np.zeros((1, latent_dims)),
        "b3": np.zeros((1, hidden_dims)),
        "b4": np.zeros((1, dim)),
    }


def encode(params, X):
    a = X @ params["W1"] + params["b1"]
    a[a < 0] = 0
    return a @ params["W2"] + params["b2"]


def decode(params, Z):
    a = Z @ params["W3"] + params["b3"]
    a[a < 0] = 0
    return (np.tanh((a @ params["W4"] + params["b4"]) / 2) + 1) / 2


def reconstruction_errors(params, X):
    W1, W2, W3, W4 = (params[f"W{i}"] for i in (1, 2, 3, 4))
    b1, b2, b3, b4 = (params[f"b{i}"] for i in (1, 2, 3, 4))
    code = (X @ W1 + b1).clip(0) @ W2 + b2
    back = (np.tanh(((code @ W3 + b3).clip(0) @ W4 + b4) / 2) + 1) / 2
    return (back**2 - 2 * back * X + X**2).sum(1)


def autoencoder_loss(params, X):
    W1, W2, W3, W4 = (params[f"W{i}"] for i in (1, 2, 3, 4))
    b1, b2, b3, b4 = (params[f"b{i}"] for i in (1, 2, 3, 4))
    N = X.shape[0]
    a1 = X @ W1 + b1
    h1 = a1.clip(0)
    z = h1 @ W2 + b2
    a2 = z @ W3 + b3
    h2 = a2.clip(0)
    y = (np.tanh((h2 @ W4 + b4) / 2) + 1) / 2
    d4 = (y - X) * y * (1 - y) * 2.0 / N
    d3 = d4 @ W4.T
    d3[a2 <= 0] = 0
    d2 = d3 @ W3.T
    d1 = d2 @ W2.T
    d1[a1 <= 0] = 0
    one = np.ones((1, N))
    return np.linalg.norm(y - X) ** 2 / N, {
        "W1": X.T @ d1, "W2": h1.T @ d2, "W3": z.T @ d3, "W4": h2.T @ d4,
        "b1": one @ d1, "b2": one @ d2, "b3": one @ d3, "b4": one @ d4,
    }


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W1, W2, W3, W4 = (np.copy(params[f"W{i}"]) for i in (1, 2, 3, 4))
    b1, b2, b3, b4 = (np.copy(params[f"b{i}"]) for i in (1, 2, 3, 4))
    arrays = W1, W2, W3, W4, b1, b2, b3, b4
    last = [np.zeros(a.shape) for a in arrays]
    losses = []
    for i in range(num_iters):
        x = X[rng.choice(len(X), size=batch, replace=False)]
        h1 = np.maximum(x @ W1 + b1, 0)
        z = h1 @ W2 + b2
        h2 = np.maximum(z @ W3 + b3, 0)
        y = (np.tanh((h2 @ W4 + b4) / 2) + 1) / 2
        losses += [np.sum((y - x) ** 2) / batch]
        d4 = (y - x) * y * (1 - y) * 2 / batch
        d3 = d4 @ W4.T * (h2 > 0)
        d2 = d3 @ W3.T
        d1 = d2 @ W2.T * (h1 > 0)
        grads = [x.T @ d1, h1.T @ d2, z.T @ d3, h2.T @ d4]
        grads += [d.sum(0, keepdims=True) for d in (d1, d2, d3, d4)]
        for j, (array, g) in enumerate(zip(arrays, grads)):
            last[j] = momentum * last[j] + lr * g
            array -= last[j]
    names = "W1", "W2", "W3", "W4", "b1", "b2", "b3", "b4"
    return np.array(losses), dict(zip(names, arrays))


def kmeans_assign(Z, centers):
    return (((Z[:, None] - centers[None]) ** 2).sum(-1)).argmin(-1)


def kmeans_update(Z, labels, centers):
    sums, counts = np.zeros(centers.shape), np.bincount(labels, minlength=len(centers))
    np.add.at(sums, labels, Z)
    full = counts > 0
    moved = np.array(centers)
    moved[full] = sums[full] / counts[full, None]
    return moved


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = np.array(Z[rng.choice(len(Z), size=k, replace=False)])
    inertias = []
    old = None
    for t in range(max_iters):
        squares = ((Z[:, None] - centers[None]) ** 2).sum(-1)
        labels = squares.argmin(-1)
        inertias += [squares.min(-1).sum()]
        for j in range(k):
            if (labels == j).sum() > 0:
                centers[j] = Z[labels == j].mean(0)
        if t > 0 and (labels == old).all():
            break
        old = labels
    return centers, ((Z[:, None] - centers[None]) ** 2).sum(-1).argmin(-1), inertias


def cluster_purity(labels, y):
    table = np.zeros((labels.max() + 1, y.max() + 1))
    np.add.at(table, (labels, y), 1)
    return float(table.max(1).sum() / len(labels))


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    params_G = {
        "W1": rng.standard_normal((noise_dims, hidden_dims)) * np.sqrt(1 / noise_dims),
        "W2": rng.standard_normal((hidden_dims, dim)) * np.sqrt(1 / hidden_dims),
        "b1": np.zeros((1, hidden_dims)),
        "b2": np.zeros((1, dim)),
    }
    params_D = {
        "W1": rng.standard_normal((dim, hidden_dims)) * np.sqrt(1 / dim),
        "W2": rng.standard_normal((hidden_dims, 1)) * np.sqrt(1 / hidden_dims),
        "b1": np.zeros((1, hidden_dims)),
        "b2": np.zeros((1, 1)),
    }
    return [params_G, params_D]


def generate(params_G, z):
    h = (z @ params_G["W1"] + params_G["b1"]).clip(min=0)
    return 0.5 * np.tanh(0.5 * (h @ params_G["W2"] + params_G["b2"])) + 0.5


def discriminate(params_D, X):
    h = (X @ params_D["W1"] + params_D["b1"]).clip(min=0)
    return h @ params_D["W2"][:, 0] + params_D["b2"][0, 0]


def discriminator_loss(params_D, real, fake):
    W1, b1, W2, b2 = (params_D[k] for k in ("W1", "b1", "W2", "b2"))
    hr, hf = (real @ W1 + b1).clip(0), (fake @ W1 + b1).clip(0)
    sr, sf = hr @ W2 + b2, hf @ W2 + b2
    loss = np.logaddexp(0, -sr).mean() + np.logaddexp(0, sf).mean()
    dr = (np.tanh(sr / 2) - 1) / 2 / len(real)
    df = (np.tanh(sf / 2) + 1) / 2 / len(fake)
    ar, af = dr * W2.T * (hr > 0), df * W2.T * (hf > 0)
    return loss, {
        "b2": dr.sum(0, keepdims=True) + df.sum(0, keepdims=True),
        "W2": hr.T @ dr + hf.T @ df,
        "b1": ar.sum(0, keepdims=True) + af.sum(0, keepdims=True),
        "W1": real.T @ ar + fake.T @ af,
    }


def generator_loss(params_G, params_D, z):
    h = (z @ params_G["W1"] + params_G["b1"]).clip(0)
    x = 0.5 * np.tanh(0.5 * (h @ params_G["W2"] + params_G["b2"])) + 0.5
    q = (x @ params_D["W1"] + params_D["b1"]).clip(0)
    s = q @ params_D["W2"] + params_D["b2"]
    ds = (np.tanh(s / 2) - 1) / 2 / len(z)
    do = ((ds * params_D["W2"].T * (q > 0)) @ params_D["W1"].T) * x * (1 - x)
    dh = (do @ params_G["W2"].T) * (h > 0)
    return np.logaddexp(0, -s).mean(), {
        "W1": z.T @ dh,
        "b1": dh.sum(0)[None, :],
        "W2": h.T @ do,
        "b2": do.sum(0)[None, :],
    }


def discriminator_step(params_G, params_D, real, z, lr):
    h = (z @ params_G["W1"] + params_G["b1"]).clip(min=0)
    fake = 0.5 * np.tanh(0.5 * (h @ params_G["W2"] + params_G["b2"])) + 0.5
    loss, grads = discriminator_loss(params_D, real, fake)
    new = {k: v.copy() for k, v in params_D.items()}
    for k in new:
        new[k] -= lr * grads[k]
    return [loss, new]


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    new = {k: v.copy() for k, v in params_G.items()}
    for k in new:
        new[k] -= lr * grads[k]
    return [loss, new]


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    G = {k: v.copy() for k, v in params_G.items()}
    D = {k: v.copy() for k, v in params_D.items()}
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        for turn in ("D", "G"):
            z = rng.standard_normal((batch, G["W1"].shape[0]))
            if turn == "D":
                losses_D[i], grads = discriminator_loss(D, real, generate(G, z))
                for k in D:
                    D[k] -= lr_D * grads[k]
            else:
                losses_G[i], grads = generator_loss(G, D, z)
                for k in G:
                    G[k] -= lr_G * grads[k]
    return losses_G, losses_D, G, D
