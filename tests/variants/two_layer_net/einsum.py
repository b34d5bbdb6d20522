"""Every sum is an einsum."""

import itertools

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(scale=eps, size=[dim, hidden_dims])
    W2 = rng.normal(scale=eps, size=[hidden_dims, num_classes])
    return dict(W1=W1, b1=np.zeros_like(W1[:1]), W2=W2, b2=np.zeros_like(W2[:1]))


def relu(x):
    return np.where(x > 0, x, 0.0)


def nn_forward(params, X):
    hidden = relu(np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"])
    return np.einsum("nh,hc->nc", hidden, params["W2"]) + params["b2"], hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N, C = scores.shape
    one_hot = np.eye(C)[y]
    right = np.einsum("nc,nc->n", scores, one_hot)
    on = (scores - right[:, None] + 1 > 0) * (1 - one_hot)
    G = (on - np.einsum("nj,nc->nc", on, one_hot)) / N
    B = np.einsum("nc,hc,nh->nh", G, params["W2"], np.heaviside(hidden, 0.0))
    return {
        "W2": np.einsum("nh,nc->hc", hidden, G) + reg * 2 * params["W2"],
        "b2": np.einsum("nc->c", G)[None, :].copy(),
        "W1": np.einsum("nd,nh->dh", X, B) + reg * 2 * params["W1"],
        "b1": np.einsum("nh->h", B).reshape(1, -1),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    N, C = scores.shape
    wrong = np.arange(C) != y[:, None]
    right = np.take_along_axis(scores, y[:, None], axis=1)
    data = np.einsum("nc,nc->", np.maximum(scores - right + 1, 0), wrong.astype(float)) / N
    penalty = sum(np.einsum("ij,ij->", params[k], params[k]) for k in ("W1", "W2"))
    return data + reg * penalty, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    rng = np.random.default_rng(seed)
    losses = np.empty(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(y), size=batch, replace=False)
        losses[i], grads = nn_svm_loss(params, X[rows], y[rows], reg)
        params = {k: params[k] - lr * grads[k] for k in params}
    return losses, params


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(-1)


def tune_nn(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    nets, results = {}, {}
    for lr, reg, H in itertools.product(lrs, regs, hidden_dims):
        start = init_params(X_train.shape[1], H, num_classes, seed=seed)
        nets[lr, reg, H] = train_nn(
            start, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
        )[1]
        results[lr, reg, H] = np.mean(predict_nn(nets[lr, reg, H], X_val) == y_val)
    best = max(results, key=results.get)  # max keeps the first of equals
    return nets[best], best, results
