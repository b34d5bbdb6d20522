import numpy as np

# Jonas W.


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    p["W1"] = eps * rng.standard_normal((dim, hidden_dims))
    p["b1"] = np.zeros((1, hidden_dims))
    p["W2"] = eps * rng.standard_normal((hidden_dims, num_classes))
    p["b2"] = np.zeros((1, num_classes))
    return p


def relu(x):
    return (x > 0) * x


def nn_forward(params, X):
    H = relu(np.dot(X, params["W1"]) + params["b1"])
    S = np.dot(H, params["W2"]) + params["b2"]
    return S, H


def hinge(S, y):
    N = len(S)
    M = S - S[np.arange(N), y].reshape(N, 1) + 1
    M[M < 0] = 0
    M[np.arange(N), y] = 0
    return M


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = len(X)
    G = (hinge(scores, y) > 0).astype(np.float64)
    G[np.arange(N), y] -= G.sum(axis=1)
    G = G / N
    # one sample after the other, then it is only vectors times vectors
    grads = {name: np.zeros(params[name].shape) for name in params}
    for i in range(N):
        grads["W2"] += np.outer(hidden[i], G[i])
        grads["b2"] += G[i]
        back = np.dot(params["W2"], G[i]) * (hidden[i] > 0)
        grads["W1"] += np.outer(X[i], back)
        grads["b1"] += back
    grads["W1"] += 2 * reg * params["W1"]
    grads["W2"] += 2 * reg * params["W2"]
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    S, H = nn_forward(params, X)
    loss = hinge(S, y).sum() / len(X)
    loss += reg * np.power(params["W1"], 2).sum()
    loss += reg * np.power(params["W2"], 2).sum()
    return loss, nn_svm_grad(params, X, y, S, H, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {name: params[name].copy() for name in params}
    losses = np.zeros(num_iters)
    i = 0
    while i < num_iters:
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = nn_svm_loss(p, X[rows], y[rows], reg)
        for name in p:
            p[name] -= lr * grads[name]
        i += 1
    return losses, p


def predict_nn(params, X):
    return np.argmax(nn_forward(params, X)[0], axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims,
            num_iters=100, seed=0):
    results = {}
    best, best_params = None, None
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                p = init_params(X_train.shape[1], h, num_classes, seed=seed)
                p = train_nn(p, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)[1]
                results[(lr, reg, h)] = (predict_nn(p, X_val) == y_val).sum() / len(y_val)
                if best is None or results[(lr, reg, h)] > results[best]:
                    best, best_params = (lr, reg, h), p
    return best_params, best, results
