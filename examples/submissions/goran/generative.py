import numpy as np

# Goran P.


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def softplus(x):
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def layer(rng, n_in, n_out):
    return rng.standard_normal((n_in, n_out)) / np.sqrt(n_in), np.zeros((1, n_out))


def relu(x):
    return np.where(x < 0, 0, x)


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    W1, b1 = layer(rng, dim, hidden_dims)
    W2, b2 = layer(rng, hidden_dims, latent_dims)
    W3, b3 = layer(rng, latent_dims, hidden_dims)
    W4, b4 = layer(rng, hidden_dims, dim)
    return dict(W1=W1, b1=b1, W2=W2, b2=b2, W3=W3, b3=b3, W4=W4, b4=b4)


def encode(params, X):
    return relu(X.dot(params["W1"]) + params["b1"]).dot(params["W2"]) + params["b2"]


def decode(params, Z):
    return sigmoid(relu(Z.dot(params["W3"]) + params["b3"]).dot(params["W4"]) + params["b4"])


def reconstruction_errors(params, X):
    return np.square(X - decode(params, encode(params, X))).sum(axis=1)


def autoencoder_loss(params, X):
    n = len(X)
    h1 = relu(X.dot(params["W1"]) + params["b1"])
    z = h1.dot(params["W2"]) + params["b2"]
    h2 = relu(z.dot(params["W3"]) + params["b3"])
    y = sigmoid(h2.dot(params["W4"]) + params["b4"])
    loss = np.square(y - X).sum() / n

    d4 = 2 * (y - X) / n * y * (1 - y)
    d3 = np.where(h2 > 0, d4.dot(params["W4"].T), 0.0)
    d2 = d3.dot(params["W3"].T)
    d1 = np.where(h1 > 0, d2.dot(params["W2"].T), 0.0)
    return loss, dict(
        W1=X.T.dot(d1), b1=d1.sum(axis=0)[None, :],
        W2=h1.T.dot(d2), b2=d2.sum(axis=0)[None, :],
        W3=z.T.dot(d3), b3=d3.sum(axis=0)[None, :],
        W4=h2.T.dot(d4), b4=d4.sum(axis=0)[None, :],
    )


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = []
    p = {k: np.array(v) for k, v in params.items()}
    for _ in range(num_iters):
        v = {k: np.zeros(p[k].shape) for k in p}
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = autoencoder_loss(p, X[rows])
        losses.append(loss)
        for k in p:
            v[k] = momentum * v[k] + lr * grads[k]
            p[k] = p[k] - v[k]
    return np.array(losses), p


def kmeans_assign(Z, centers):
    d = np.square(Z[:, None] - centers[None]).sum(axis=2)
    return d.argmin(axis=1)


def kmeans_update(Z, labels, centers):
    return np.array([Z[labels == k].mean(axis=0) for k in range(len(centers))])


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        new = kmeans_assign(Z, centers)
        inertias.append(np.square(Z - centers[new]).sum())
        centers = kmeans_update(Z, new, centers)
        if labels is not None and (new == labels).all():
            break
        labels = new
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def cluster_purity(labels, y):
    # how pure is a cluster, on average
    pure = []
    for k in np.unique(labels):
        counts = np.bincount(y[labels == k])
        pure.append(counts.max() / counts.sum())
    return np.mean(pure)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    nets = []
    for n_in, n_out in [(noise_dims, dim), (dim, 1)]:
        W1, b1 = layer(rng, n_in, hidden_dims)
        W2, b2 = layer(rng, hidden_dims, n_out)
        nets.append(dict(W1=W1, b1=b1, W2=W2, b2=b2))
    return tuple(nets)


def generate(params_G, z):
    return sigmoid(relu(z.dot(params_G["W1"]) + params_G["b1"]).dot(params_G["W2"]) + params_G["b2"])


def discriminate(params_D, X):
    s = relu(X.dot(params_D["W1"]) + params_D["b1"]).dot(params_D["W2"]) + params_D["b2"]
    return s[:, 0]


def discriminator_loss(params_D, real, fake):
    n, m = len(real), len(fake)
    X = np.vstack([real, fake])
    h = relu(X.dot(params_D["W1"]) + params_D["b1"])
    s = h.dot(params_D["W2"]) + params_D["b2"]
    loss = softplus(-s[:n]).sum() / n + softplus(s[n:]).sum() / m
    d2 = sigmoid(s)
    d2[:n] = (d2[:n] - 1) / n
    d2[n:] = d2[n:] / m
    d1 = np.where(h > 0, d2.dot(params_D["W2"].T), 0.0)
    return loss, dict(
        W1=X.T.dot(d1), b1=d1.sum(axis=0)[None, :],
        W2=h.T.dot(d2), b2=d2.sum(axis=0)[None, :],
    )


def generator_loss(params_G, params_D, z):
    n = len(z)
    h = relu(z.dot(params_G["W1"]) + params_G["b1"])
    X = sigmoid(h.dot(params_G["W2"]) + params_G["b2"])
    hD = relu(X.dot(params_D["W1"]) + params_D["b1"])
    s = hD.dot(params_D["W2"]) + params_D["b2"]
    # G plays against D: minimize log(1 - D(G(z)))
    loss = -softplus(s).sum() / n
    ds = -sigmoid(s) / n
    dX = np.where(hD > 0, ds.dot(params_D["W2"].T), 0.0).dot(params_D["W1"].T)
    d2 = dX * X * (1 - X)
    d1 = np.where(h > 0, d2.dot(params_G["W2"].T), 0.0)
    return loss, dict(
        W1=z.T.dot(d1), b1=d1.sum(axis=0)[None, :],
        W2=h.T.dot(d2), b2=d2.sum(axis=0)[None, :],
    )


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {k: params_D[k] - lr * grads[k] for k in params_D}


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {k: params_G[k] - lr * grads[k] for k in params_G}


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses_G, losses_D = [], []
    G = {k: np.array(v) for k, v in params_G.items()}
    D = {k: np.array(v) for k, v in params_D.items()}
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        z = rng.standard_normal((batch, len(G["W1"])))
        loss, D = discriminator_step(G, D, X[rows], z, lr_D)
        losses_D.append(loss)
        z = rng.standard_normal((batch, len(G["W1"])))
        loss, G = generator_step(G, D, z, lr_G)
        losses_G.append(loss)
    return np.array(losses_G), np.array(losses_D), G, D
