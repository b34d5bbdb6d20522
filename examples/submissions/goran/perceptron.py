import numpy as np

# Goran P.


def perceptron(x, w, threshold):
    fires = 1 * (x.dot(w) >= threshold)
    return fires if x.ndim > 1 else int(fires)


def nand(a, b):
    return perceptron(np.array([a, b]), np.array([-2.0, -2.0]), -3.5)


def xor(a, b):
    n = nand(a, b)
    return nand(nand(n, a), nand(n, b))


def train_perceptron(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    mistakes = []
    for _ in range(max_epochs):
        # all that are on the wrong side
        wrong = y * X.dot(w) <= 0
        w = w + y[wrong].dot(X[wrong])
        mistakes.append(wrong.sum())
        if not wrong.any():
            break
    return w, np.array(mistakes)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def sigmoid_grad(z):
    return z * (1 - z)


def graph_gradients(x, y, z):
    return (x + y) * z, (z, z, x + y)


def init_xor(hidden_dims, seed=0):
    rng = np.random.default_rng(seed)
    return dict(
        W1=rng.normal(size=(2, hidden_dims)),
        W2=rng.normal(size=(hidden_dims, 1)),
        b1=np.zeros((1, hidden_dims)),
        b2=np.zeros((1, 1)),
    )


def xor_forward(params, X):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    hidden = sigmoid(X.dot(W1) + b1)
    return sigmoid(hidden.dot(W2) + b2), hidden


def xor_loss(params, X, y):
    n = len(X)
    a, hidden = xor_forward(params, X)
    diff = a - y.reshape(n, 1)
    d2 = diff * a * (1 - a) / n
    d1 = d2.dot(params["W2"].T) * hidden * (1 - hidden)
    return np.square(diff).sum() / 2 / n, dict(
        W1=X.T.dot(d1),
        b1=d1.sum(axis=0)[None, :],
        W2=hidden.T.dot(d2),
        b2=d2.sum(axis=0)[None, :],
    )


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    p = {k: np.array(v) for k, v in params.items()}
    losses = []
    for _ in range(num_iters):
        loss, _ = xor_loss(p, X, y)
        losses.append(loss)
        for k in p:
            p[k] = p[k] - lr * xor_loss(p, X, y)[1][k]
    return np.array(losses), p
