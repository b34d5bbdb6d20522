"""All parameters travel in one long vector while training; each function stands for itself."""

import numpy as np

KEYS = "W1", "b1", "W2", "b2"


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    g = np.random.Generator(np.random.PCG64(seed))
    shapes = (dim, hidden_dims), (1, hidden_dims), (hidden_dims, num_classes), (1, num_classes)
    return {k: (eps * g.standard_normal(s) if k[0] == "W" else np.zeros(s))
            for k, s in zip(KEYS, shapes)}


def relu(x):
    return x * (x > 0)


def pack(d):
    return np.concatenate([d[k].ravel() for k in KEYS])


def unpack(vector, like):
    out, start = {}, 0
    for k in KEYS:
        out[k] = vector[start : start + like[k].size].reshape(like[k].shape)
        start += like[k].size
    return out


def nn_forward(params, X):
    hidden = X @ params["W1"]
    hidden += params["b1"]
    np.maximum(hidden, 0, out=hidden)
    scores = hidden @ params["W2"]
    scores += params["b2"]
    return scores, hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    n = y.size
    r = np.arange(n)
    g = scores > scores[r, y][:, None] - 1
    g[r, y] = False
    g = g / n
    np.subtract.at(g, (r, y), g.sum(1))
    dh = g @ params["W2"].T
    dh *= hidden != 0
    return {
        "W1": np.tensordot(X, dh, axes=(0, 0)) + reg * (params["W1"] + params["W1"]),
        "b1": np.add.reduce(dh, axis=0, keepdims=True),
        "W2": np.tensordot(hidden, g, axes=(0, 0)) + reg * (params["W2"] + params["W2"]),
        "b2": np.add.reduce(g, axis=0, keepdims=True),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    S, Z = nn_forward(params, X)
    r = np.arange(len(y))
    H = np.where(S - S[r, y, None] + 1 > 0, S - S[r, y, None] + 1, 0)
    H[r, y] = 0
    loss = H.sum(axis=1).mean()
    if reg:
        loss += reg * (np.vdot(params["W1"], params["W1"]) + np.vdot(params["W2"], params["W2"]))
    return np.asarray(loss), nn_svm_grad(params, X, y, S, Z, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    theta = pack(params)
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = nn_svm_loss(unpack(theta, params), X[rows], y[rows], reg)
        theta -= lr * pack(grads)
    return losses, unpack(theta, params)


def predict_nn(params, X):
    S, _ = nn_forward(params, X)
    return (S == S.max(axis=1, keepdims=True)).argmax(axis=1).astype(np.uint8)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100,
            seed=0):
    results, kept = {}, []
    for lr in lrs:
        for reg in regs:
            for H in hidden_dims:
                start = init_params(X_train.shape[1], H, num_classes, seed=seed)
                _, end = train_nn(start, X_train, y_train, num_classes, lr, reg,
                                  num_iters=num_iters, seed=seed)
                acc = np.sum(predict_nn(end, X_val) == y_val) / len(y_val)
                results[lr, reg, H] = acc
                kept.append((-acc, len(kept), end, (lr, reg, H)))
    _, _, params, best = min(kept, key=lambda k: k[:2])
    return params, best, results
