"""The dtype of the arguments is kept; bool masks; np.select; NumPy scalars for numbers."""

import numpy as np


def sigmoid(x):
    one = x.dtype.type(1)
    return np.select(
        [x >= 0, x < 0], [one / (one + np.exp(-np.abs(x))), one - one / (one + np.exp(-np.abs(x)))]
    )


def softplus(x):
    return np.logaddexp(x.dtype.type(0), x)


def dense(x, params, number):
    return np.matmul(x, params[f"W{number}"]) + params[f"b{number}"].ravel()


def rectified(x):
    return np.select([x > 0], [x], default=x.dtype.type(0))


def grad_of(number, x, dz):
    return {f"W{number}": np.matmul(x.T, dz), f"b{number}": np.add.reduce(dz, 0).reshape(1, -1)}


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    rng = np.random.default_rng(seed)
    shapes = [(dim, hidden_dims), (hidden_dims, latent_dims)]
    shapes += [(latent_dims, hidden_dims), (hidden_dims, dim)]
    out = {}
    for number, shape in enumerate(shapes, 1):
        out[f"W{number}"] = np.empty(shape)
        rng.standard_normal(out=out[f"W{number}"])
        out[f"W{number}"] /= np.sqrt(shape[0])
        out[f"b{number}"] = np.zeros((1, shape[1]))
    return out


def encode(params, X):
    return dense(rectified(dense(X, params, 1)), params, 2)


def decode(params, Z):
    return sigmoid(dense(rectified(dense(Z, params, 3)), params, 4))


def reconstruction_errors(params, X):
    return np.add.reduce(np.square(np.subtract(decode(params, encode(params, X)), X)), 1)


def autoencoder_loss(params, X):
    kind = X.dtype.type
    first = rectified(dense(X, params, 1))
    code = dense(first, params, 2)
    second = rectified(dense(code, params, 3))
    out = sigmoid(dense(second, params, 4))
    apart = out - X
    d4 = apart * (out - np.square(out)) * kind(2 / len(X))
    d3 = np.matmul(d4, params["W4"].T)
    d3[~(second > 0)] = 0
    d2 = np.matmul(d3, params["W3"].T)
    d1 = np.matmul(d2, params["W2"].T)
    d1[~(first > 0)] = 0
    grads = {}
    for number, x, dz in ((1, X, d1), (2, first, d2), (3, code, d3), (4, second, d4)):
        grads |= grad_of(number, x, dz)
    return np.vdot(apart, apart) * kind(1 / len(X)), grads


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    now = {key: np.array(value) for key, value in params.items()}
    speed = {key: np.zeros_like(value) for key, value in params.items()}
    losses = np.empty(num_iters, dtype=X.dtype)
    for step in range(num_iters):
        losses[step], grads = autoencoder_loss(now, X[rng.choice(len(X), batch, replace=False)])
        for key, grad in grads.items():
            np.multiply(speed[key], momentum, out=speed[key])
            speed[key] += np.asarray(lr * grad, dtype=X.dtype)
            np.subtract(now[key], speed[key], out=now[key])
    return losses, now


def kmeans_assign(Z, centers):
    return np.square(Z[:, :, None] - centers.T[None]).sum(axis=1).argmin(axis=1).astype(np.int32)


def kmeans_update(Z, labels, centers):
    member = labels[None] == np.arange(len(centers))[:, None]
    sums = np.matmul(member.astype(Z.dtype), Z)
    counts = np.count_nonzero(member, axis=1)[:, None]
    out = centers.copy()
    np.divide(sums, counts, out=out, where=counts > 0, casting="same_kind")
    return out


def kmeans(Z, k, max_iters=100, seed=0):
    centers = np.take(Z, np.random.default_rng(seed).choice(len(Z), k, replace=False), axis=0)
    inertias, labels = [], None
    for _ in range(max_iters):
        new = kmeans_assign(Z, centers)
        inertias.append(np.square(Z - centers[new]).sum())
        centers = kmeans_update(Z, new, centers)
        if labels is not None and np.all(new == labels):
            break
        labels = new
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def cluster_purity(labels, y):
    pairs, counts = np.unique(np.stack([labels, y]), axis=1, return_counts=True)
    most = np.zeros(labels.max() + 1, dtype=int)
    np.maximum.at(most, pairs[0], counts)
    return most.sum() / np.float64(len(y))


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for first, last in ((noise_dims, dim), (dim, 1)):
        net = {"b1": np.zeros((1, hidden_dims)), "b2": np.zeros((1, last))}
        for key, shape in (("W1", (first, hidden_dims)), ("W2", (hidden_dims, last))):
            net[key] = np.divide(rng.standard_normal(shape), np.sqrt(shape[0]))
        out.append(net)
    return tuple(out)


def generate(params_G, z):
    return sigmoid(dense(rectified(dense(z, params_G, 1)), params_G, 2))


def discriminate(params_D, X):
    return dense(rectified(dense(X, params_D, 1)), params_D, 2).reshape(len(X))


def through_D(params_D, X, ds, hidden):
    dhidden = np.matmul(ds, params_D["W2"].T)
    dhidden[~(hidden > 0)] = 0
    return grad_of(1, X, dhidden) | grad_of(2, hidden, ds), np.matmul(dhidden, params_D["W1"].T)


def discriminator_loss(params_D, real, fake):
    kind = real.dtype.type
    loss, both = kind(0), []
    for X, sign in ((real, kind(-1)), (fake, kind(1))):
        hidden = rectified(dense(X, params_D, 1))
        s = sign * dense(hidden, params_D, 2)
        loss += softplus(s).mean()
        grads, _ = through_D(params_D, X, sign * sigmoid(s) * kind(1 / len(X)), hidden)
        both.append(grads)
    return loss, {key: both[0][key] + both[1][key] for key in both[0]}


def generator_loss(params_G, params_D, z):
    hidden = rectified(dense(z, params_G, 1))
    X = sigmoid(dense(hidden, params_G, 2))
    hidden_D = rectified(dense(X, params_D, 1))
    s = -dense(hidden_D, params_D, 2)
    _, dX = through_D(params_D, X, -sigmoid(s) * z.dtype.type(1 / len(z)), hidden_D)
    dout = dX * (X - np.square(X))
    dhidden = np.matmul(dout, params_G["W2"].T)
    dhidden[~(hidden > 0)] = 0
    return softplus(s).mean(), grad_of(2, hidden, dout) | grad_of(1, z, dhidden)


def discriminator_step(params_G, params_D, real, z, lr):
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {key: params_D[key] - real.dtype.type(lr) * grads[key] for key in params_D}


def generator_step(params_G, params_D, z, lr):
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {key: params_G[key] - z.dtype.type(lr) * grads[key] for key in params_G}


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    shape = batch, params_G["W1"].shape[0]
    losses_G, losses_D = np.empty(num_iters), np.empty(num_iters)
    G, D = ({key: np.array(value) for key, value in net.items()} for net in (params_G, params_D))
    for step in range(num_iters):
        real = np.take(X, rng.choice(len(X), batch, replace=False), axis=0)
        losses_D[step], D = discriminator_step(G, D, real, rng.standard_normal(shape), lr_D)
        losses_G[step], G = generator_step(G, D, rng.standard_normal(shape), lr_G)
    return losses_G, losses_D, G, D
