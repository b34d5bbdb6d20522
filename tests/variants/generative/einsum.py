"""Sums over letters; logaddexp; distances by their expansion; one-hot clusters."""

import numpy as np

ein = np.einsum


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def softplus(x):
    return np.logaddexp(x, 0)


def layer(x, params, i):
    return ein("nd,dh->nh", x, params[f"W{i}"]) + ein("ih->h", params[f"b{i}"])


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    normal = np.random.default_rng(seed).standard_normal
    D, H, L = dim, hidden_dims, latent_dims
    shapes = {"W1": (D, H), "W2": (H, L), "W3": (L, H), "W4": (H, D)}
    weights = {key: normal(shape) * shape[0] ** -0.5 for key, shape in shapes.items()}
    biases = {f"b{key[1]}": np.zeros((1, shape[1])) for key, shape in shapes.items()}
    return weights | biases


def encode(params, X):
    return layer(np.maximum(layer(X, params, 1), 0), params, 2)


def decode(params, Z):
    return sigmoid(layer(np.maximum(layer(Z, params, 3), 0), params, 4))


def reconstruction_errors(params, X):
    apart = X - decode(params, encode(params, X))
    return ein("nd,nd->n", apart, apart)


def back(x, dz, params, i):
    grads = {f"W{i}": ein("nd,nh->dh", x, dz), f"b{i}": ein("nh->h", dz)[None]}
    return grads, ein("nh,dh->nd", dz, params[f"W{i}"])


def autoencoder_loss(params, X):
    h = np.maximum(layer(X, params, 1), 0)
    Z = layer(h, params, 2)
    g = np.maximum(layer(Z, params, 3), 0)
    Y = sigmoid(layer(g, params, 4))
    apart = Y - X
    loss = ein("nd,nd->", apart, apart) / X.shape[0]
    grads4, dg = back(g, 2 / X.shape[0] * apart * (Y - Y**2), params, 4)
    grads3, dZ = back(Z, dg * np.sign(g), params, 3)
    grads2, dh = back(h, dZ, params, 2)
    grads1, _ = back(X, dh * np.sign(h), params, 1)
    return loss, {**grads1, **grads2, **grads3, **grads4}


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    v = dict.fromkeys(params, 0.0)
    losses = []
    for _ in range(num_iters):
        loss, grads = autoencoder_loss(params, X[rng.choice(len(X), batch, False)])
        losses.append(loss)
        v = {k: momentum * v[k] + lr * grads[k] for k in params}
        params = {k: params[k] - v[k] for k in params}
    return losses, {k: +p for k, p in params.items()}


def kmeans_assign(Z, centers):
    return np.argmin(ein("kl,kl->k", centers, centers) - 2 * ein("nl,kl->nk", Z, centers), axis=-1)


def kmeans_update(Z, labels, centers):
    hot = np.eye(len(centers))[labels]
    counts = ein("nk->k", hot)[:, None]
    sums = ein("nk,nl->kl", hot, Z)
    return np.where(counts > 0, sums / np.maximum(counts, 1), centers)


def kmeans(Z, k, max_iters=100, seed=0):
    start = np.random.default_rng(seed).choice(len(Z), size=k, replace=False)
    centers, history, inertias = Z[start], [], []
    while len(history) < max_iters and not (
        len(history) > 1 and (history[-1] == history[-2]).all()
    ):
        history.append(kmeans_assign(Z, centers))
        away = Z - centers[history[-1]]
        inertias.append(ein("nl,nl->", away, away))
        centers = kmeans_update(Z, history[-1], centers)
    return centers, kmeans_assign(Z, centers), inertias


def cluster_purity(labels, y):
    table = ein("nk,nc->kc", np.eye(labels.max() + 1)[labels], np.eye(y.max() + 1)[y])
    return table.max(axis=1).sum() / table.sum()


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)

    def network(a, b, c):
        W1 = rng.standard_normal((a, b)) * a**-0.5
        W2 = rng.standard_normal((b, c)) * b**-0.5
        return {"W1": W1, "b1": np.zeros((1, b)), "W2": W2, "b2": np.zeros((1, c))}

    G = network(noise_dims, hidden_dims, dim)
    return G, network(dim, hidden_dims, 1)


def generate(params_G, z):
    return sigmoid(layer(np.maximum(layer(z, params_G, 1), 0), params_G, 2))


def discriminate(params_D, X):
    return ein("ni->n", layer(np.maximum(layer(X, params_D, 1), 0), params_D, 2))


def one_batch(params_D, X, sign):
    """Loss, gradients, and what comes out at the input, of samples that should have this sign."""
    h = np.maximum(layer(X, params_D, 1), 0)
    s = layer(h, params_D, 2)
    grads2, dh = back(h, -sign * sigmoid(-sign * s) / len(X), params_D, 2)
    grads1, dX = back(X, dh * np.sign(h), params_D, 1)
    return softplus(-sign * s).mean(), grads1 | grads2, dX


def discriminator_loss(params_D, real, fake):
    one, grads, _ = one_batch(params_D, real, 1)
    other, more, _ = one_batch(params_D, fake, -1)
    return one + other, {key: grads[key] + more[key] for key in params_D}


def generator_loss(params_G, params_D, z):
    h = np.maximum(layer(z, params_G, 1), 0)
    X = sigmoid(layer(h, params_G, 2))
    loss, _, dX = one_batch(params_D, X, 1)
    grads2, dh = back(h, dX * (X - X**2), params_G, 2)
    grads1, _ = back(z, dh * np.sign(h), params_G, 1)
    return loss, grads1 | grads2


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {k: params_D[k] - lr * grads[k] for k in grads}


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {k: params_G[k] - lr * grads[k] for k in grads}


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = np.empty((2, num_iters))
    for i in range(num_iters):
        real = X[rng.choice(len(X), batch, False)]
        L = params_G["W1"].shape[0]
        losses[1, i], params_D = discriminator_step(
            params_G, params_D, real, rng.standard_normal((batch, L)), lr_D
        )
        losses[0, i], params_G = generator_step(
            params_G, params_D, rng.standard_normal((batch, L)), lr_G
        )
    copies = [{k: v + 0 for k, v in p.items()} for p in (params_G, params_D)]
    return losses[0], losses[1], *copies
