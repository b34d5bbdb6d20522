import numpy as np
import matplotlib.pyplot as plt

print("=" * 60)
print("Oskar L.  -  Assignment 6")
print("=" * 60)


def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2


def softplus(x):
    return np.logaddexp(x, 0)


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal(size=(dim, hidden_dims)) / dim ** 0.5
    W2 = rng.standard_normal(size=(hidden_dims, latent_dims)) / hidden_dims ** 0.5
    W3 = rng.standard_normal(size=(latent_dims, hidden_dims)) / latent_dims ** 0.5
    W4 = rng.standard_normal(size=(hidden_dims, dim)) / hidden_dims ** 0.5
    print("new autoencoder:", W1.shape, W2.shape, W3.shape, W4.shape)
    return {
        "W1": W1, "b1": np.zeros((1, hidden_dims)), "W2": W2, "b2": np.zeros((1, latent_dims)),
        "W3": W3, "b3": np.zeros((1, hidden_dims)), "W4": W4, "b4": np.zeros((1, dim)),
    }


def encode(params, X):
    A = X @ params["W1"] + params["b1"]
    return A * (A > 0) @ params["W2"] + params["b2"]


def decode(params, Z):
    A = Z @ params["W3"] + params["b3"]
    return sigmoid(A * (A > 0) @ params["W4"] + params["b4"])


def reconstruction_errors(params, X):
    E = decode(params, encode(params, X)) - X
    return (E * E).sum(1)


def autoencoder_loss(params, X):
    N = len(X)
    A1 = X @ params["W1"] + params["b1"]
    H1 = A1 * (A1 > 0)
    Z = H1 @ params["W2"] + params["b2"]
    A2 = Z @ params["W3"] + params["b3"]
    H2 = A2 * (A2 > 0)
    Y = sigmoid(H2 @ params["W4"] + params["b4"])
    loss = ((Y - X) ** 2).sum() / N
    print("loss:", loss)

    d4 = 2 / N * (Y - X) * Y * (1 - Y)
    d3 = d4 @ params["W4"].T * (A2 > 0)
    d2 = d3 @ params["W3"].T
    d1 = d2 @ params["W2"].T * (A1 > 0)
    grads = {}
    for number, (before, d) in enumerate([(X, d1), (H1, d2), (Z, d3), (H2, d4)], start=1):
        grads[f"W{number}"] = before.T @ d
        grads[f"b{number}"] = d.sum(0, keepdims=True)
    return loss, grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {key: params[key] + 0 for key in params}
    v = {key: params[key] * 0 for key in params}
    history = np.zeros(num_iters)
    for it in range(num_iters):
        some = rng.choice(len(X), size=batch, replace=False)
        history[it], grads = autoencoder_loss(p, X[some])
        for key in p:
            v[key] = momentum * v[key] + lr * grads[key]
            p[key] = p[key] - v[key]
    return history, p


def kmeans_assign(Z, centers):
    D = np.stack([((Z - c) ** 2).sum(1) for c in centers], axis=1)
    return D.argmin(1)


def kmeans_update(Z, labels, centers):
    new = centers + 0.0
    for k in set(labels.tolist()):
        new[k] = Z[labels == k].mean(0)
    print("centers moved by", np.abs(new - centers).max())
    return new


def kmeans(Z, k, max_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    old = [-1] * len(Z)
    inertias = []
    for round in range(max_iters):
        labels = kmeans_assign(Z, centers)
        inertias.append(((Z - centers[labels]) ** 2).sum())
        print("round", round, "inertia", inertias[-1])
        centers = kmeans_update(Z, labels, centers)
        if (labels == old).all():
            break
        old = labels
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def cluster_purity(labels, y):
    table = np.zeros((labels.max() + 1, y.max() + 1), dtype=int)
    np.add.at(table, (labels, y), 1)
    print(table)
    return table.max(1).sum() / len(y)


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)

    def net(a, b, c):
        return {
            "W1": rng.standard_normal(size=(a, b)) / a ** 0.5, "b1": np.zeros((1, b)),
            "W2": rng.standard_normal(size=(b, c)) / b ** 0.5, "b2": np.zeros((1, c)),
        }

    return net(noise_dims, hidden_dims, dim), net(dim, hidden_dims, 1)


def generate(params_G, z):
    A = z @ params_G["W1"] + params_G["b1"]
    return sigmoid(A * (A > 0) @ params_G["W2"] + params_G["b2"])


def discriminate(params_D, X):
    A = X @ params_D["W1"] + params_D["b1"]
    return (A * (A > 0) @ params_D["W2"] + params_D["b2"]).ravel()


def back_through_D(params_D, X, ds):
    # gradients of all parameters, and what arrives at X
    A = X @ params_D["W1"] + params_D["b1"]
    ds = ds.reshape(-1, 1)
    d = ds @ params_D["W2"].T * (A > 0)
    grads = {
        "W1": X.T @ d, "b1": d.sum(0, keepdims=True),
        "W2": (A * (A > 0)).T @ ds, "b2": ds.sum(0, keepdims=True),
    }
    return grads, d @ params_D["W1"].T


def discriminator_loss(params_D, real, fake):
    s_real, s_fake = discriminate(params_D, real), discriminate(params_D, fake)
    loss = softplus(-s_real).mean() + softplus(s_fake).mean()
    g1, _ = back_through_D(params_D, real, -sigmoid(-s_real) / len(real))
    g2, _ = back_through_D(params_D, fake, sigmoid(s_fake) / len(fake))
    print(f"D: real {sigmoid(s_real).mean():.2f}, fake {sigmoid(s_fake).mean():.2f}, loss {loss:.3f}")
    return loss, {key: g1[key] + g2[key] for key in g1}


def generator_loss(params_G, params_D, z):
    A = z @ params_G["W1"] + params_G["b1"]
    H = A * (A > 0)
    X = sigmoid(H @ params_G["W2"] + params_G["b2"])
    s = discriminate(params_D, X)
    _, dX = back_through_D(params_D, X, -sigmoid(-s) / len(z))
    d2 = dX * X * (1 - X)
    d1 = d2 @ params_G["W2"].T * (A > 0)
    print(f"G: loss {softplus(-s).mean():.3f}")
    return softplus(-s).mean(), {
        "W1": z.T @ d1, "b1": d1.sum(0, keepdims=True),
        "W2": H.T @ d2, "b2": d2.sum(0, keepdims=True),
    }


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {key: params_D[key] - lr * grads[key] for key in params_D}


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {key: params_G[key] - lr * grads[key] for key in params_G}


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    G = {key: params_G[key] + 0 for key in params_G}
    D = {key: params_D[key] + 0 for key in params_D}
    history_G, history_D = np.zeros(num_iters), np.zeros(num_iters)
    for it in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal((batch, len(G["W1"])))
        history_D[it], D = discriminator_step(G, D, real, z, lr_D)
        z = rng.standard_normal((batch, len(G["W1"])))
        history_G[it], G = generator_step(G, D, z, lr_G)
    return history_G, history_D, G, D


# ---------------------------------------------------------------- my tests
X = np.random.rand(60, 12)
history, p = train_autoencoder(init_autoencoder(12, 8, 2), X, lr=0.05, batch=20, num_iters=30)
print("PURITY", cluster_purity(kmeans(encode(p, X), 3)[1], (X[:, 0] > 0.5).astype(int)))
plt.plot(history)
plt.savefig("autoencoder.png")
plt.show()
