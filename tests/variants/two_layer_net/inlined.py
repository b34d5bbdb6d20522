"""No function calls another: each has the whole computation written out."""

import numpy as np
from numpy.random import default_rng


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    r = default_rng(seed)
    return {"W1": r.standard_normal((dim, hidden_dims)) * eps, "b1": np.zeros((1, hidden_dims)),
            "W2": r.standard_normal((hidden_dims, num_classes)) * eps,
            "b2": np.zeros((1, num_classes))}


relu = lambda x: np.fmax(x, 0)


def nn_forward(params, X):
    hidden = np.clip(X.dot(params["W1"]) + params["b1"], 0, np.inf)
    return hidden.dot(params["W2"]) + params["b2"], hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = float(len(X))
    right = scores[np.arange(len(X)), y].reshape(-1, 1)
    G = np.int64(scores - right + 1 > 0)
    G[np.arange(len(X)), y] -= G.sum(axis=1)
    B = np.multiply(G.dot(params["W2"].T), hidden > 0)
    return {"W1": X.T.dot(B) / N + 2 * reg * params["W1"], "b1": B.mean(axis=0, keepdims=True),
            "W2": hidden.T.dot(G) / N + 2 * reg * params["W2"],
            "b2": G.mean(axis=0, keepdims=True)}


def nn_svm_loss(params, X, y, reg=0.0):
    A = X.dot(params["W1"]) + params["b1"]
    Z = A.copy()
    Z[Z < 0] = 0
    S = Z.dot(params["W2"]) + params["b2"]
    rows = np.arange(len(X))
    M = S - S[rows, y][:, None] + 1
    M[M < 0] = 0
    M[rows, y] = 0
    loss = M.sum() / len(X) + reg * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    G = 1.0 * (M > 0)
    G[rows, y] = -G.sum(axis=1)
    B = G.dot(params["W2"].T)
    B[A <= 0] = 0
    grads = {"W1": X.T.dot(B) / len(X), "b1": B.sum(axis=0)[None] / len(X),
             "W2": Z.T.dot(G) / len(X), "b2": G.sum(axis=0)[None] / len(X)}
    grads["W1"] += 2 * reg * params["W1"]
    grads["W2"] += 2 * reg * params["W2"]
    return loss, grads


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    W1, b1, W2, b2 = (np.array(params[k], copy=True) for k in ("W1", "b1", "W2", "b2"))
    rng = default_rng(seed)
    losses = []
    while len(losses) < num_iters:
        i = rng.choice(len(X), size=batch, replace=False)
        x, t = X[i], y[i]
        z = np.maximum(0, x @ W1 + b1)
        s = z @ W2 + b2
        m = np.maximum(0, s - s[np.arange(batch), t, None] + 1)
        m[np.arange(batch), t] = 0
        losses.append(m.sum() / batch + reg * (np.sum(W1 * W1) + np.sum(W2 * W2)))
        g = (m > 0) / batch
        g[np.arange(batch), t] = -g.sum(1)
        h = (g @ W2.T) * (z > 0)
        W2 -= lr * (z.T @ g + 2 * reg * W2)
        b2 -= lr * g.sum(0, keepdims=True)
        W1 -= lr * (x.T @ h + 2 * reg * W1)
        b1 -= lr * h.sum(0, keepdims=True)
    return losses, {"b2": b2, "W2": W2, "b1": b1, "W1": W1}


def predict_nn(params, X):
    return [int(np.argmax(np.maximum(0, x @ params["W1"] + params["b1"][0]) @ params["W2"]
                          + params["b2"][0])) for x in X]


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100,
            seed=0):
    results, best = {}, None
    for lr in lrs:
        for reg in regs:
            for H in hidden_dims:
                r = default_rng(seed)
                W1 = 1e-4 * r.standard_normal((X_train.shape[1], H))
                W2 = 1e-4 * r.standard_normal((H, y_train.max() + 1))
                start = {"W1": W1, "b1": np.zeros((1, H)), "W2": W2,
                         "b2": np.zeros((1, y_train.max() + 1))}
                end = train_nn(start, X_train, y_train, num_classes, lr, reg,
                               num_iters=num_iters, seed=seed)[1]
                results[lr, reg, H] = float(np.mean(np.array(predict_nn(end, X_val)) == y_val))
                if best is None or results[lr, reg, H] > results[best]:
                    best, best_params = (lr, reg, H), end
    return best_params, best, results
