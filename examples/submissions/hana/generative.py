import numpy as np

# Hana K.


def sigmoid(x):
    return np.where(x > 0, 1 / (1 + np.exp(-np.abs(x))), 1 - 1 / (1 + np.exp(-np.abs(x))))


def softplus(x):
<<<<<<< HEAD
    return np.log(1 + np.exp(x))
=======
    return np.logaddexp(0, x)
>>>>>>> fix-overflow


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    sizes = [(dim, hidden_dims), (hidden_dims, latent_dims), (latent_dims, hidden_dims), (hidden_dims, dim)]
    params = {}
    for i, (rows, cols) in enumerate(sizes):
        params["W" + str(i + 1)] = rng.standard_normal((rows, cols)) / np.sqrt(rows)
        params["b" + str(i + 1)] = np.zeros((1, cols))
    return params


def encode(params, X):
    h = np.maximum(0, X @ params["W1"] + params["b1"])
    return h @ params["W2"] + params["b2"]


def decode(params, Z):
    h = np.maximum(0, Z @ params["W3"] + params["b3"])
    return sigmoid(h @ params["W4"] + params["b4"])


def reconstruction_errors(params, X):
    return ((X - decode(params, encode(params, X))) ** 2).sum(axis=1)


def kmeans_assign(Z, centers):
    d = np.zeros((len(Z), len(centers)))
    for k in range(len(centers)):
        d[:, k] = ((Z - centers[k]) ** 2).sum(axis=1)
    return d.argmin(axis=1)


def kmeans_update(Z, labels, centers):
    new = centers.copy()
    for k in range(len(centers)):
        if k in labels:
            new[k] = Z[labels == k].mean(axis=0)
    return new


def cluster_purity(labels, y):
    n = 0
    for k in set(labels):
        n += np.bincount(y[labels == k]).max()
    return n / len(y)


# TODO gan
