"""Zoë V. — two layers"""
import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    np.random.seed(seed)
    return {
        "W1": eps * np.random.randn(dim, hidden_dims),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * np.random.randn(hidden_dims, num_classes),
        "b2": np.zeros((1, num_classes)),
    }


def relu(x):
    x[x < 0] = 0
    return x


def nn_forward(params, X):
    hidden = relu(np.dot(X, params["W1"]) + params["b1"])
    return np.dot(hidden, params["W2"]) + params["b2"], hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = X.shape[0]
    d2 = (scores - scores[np.arange(N), y][:, np.newaxis] + 1. > 0).astype(float)
    d2[np.arange(N), y] -= np.sum(d2, axis=1)
    d2 /= N
    d1 = np.dot(d2, params["W2"].T)
    d1 = d1 * (hidden > 0)
    return {
        "W1": np.dot(X.T, d1) + 2. * reg * params["W1"],
        "b1": np.sum(d1, axis=0, keepdims=True),
        "W2": np.dot(hidden.T, d2) + 2. * reg * params["W2"],
        "b2": np.sum(d2, axis=0, keepdims=True),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    N = X.shape[0]
    scores, hidden = nn_forward(params, X)
    hinge = np.maximum(0., scores - scores[np.arange(N), y][:, np.newaxis] + 1.)
    loss = np.mean(np.sum(hinge, axis=1) - 1.)
    loss += reg * np.sum(params["W1"] ** 2) + reg * np.sum(params["W2"] ** 2)
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    params = {key: val.copy() for key, val in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        mini = rng.choice(X.shape[0], size=batch, replace=False)
        losses[i], grads = nn_svm_loss(params, X[mini], y[mini], reg)
        for key in params:
            params[key] -= lr * grads[key]
        if print_freq and i % print_freq == 0:
            print("{:5d} {:.4f}".format(i, losses[i]))
    return losses, params


def predict_nn(params, X):
    return np.argmax(nn_forward(params, X)[0], axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results, best_params, best = {}, None, None
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                params = init_params(X_train.shape[1], h, num_classes, seed=seed)
                params = train_nn(params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters,
                                  print_freq=0, seed=seed)[1]
                results[lr, reg, h] = np.mean(predict_nn(params, X_val) == y_val)
                if best is None or results[best] < results[lr, reg, h]:
                    best_params, best = params, (lr, reg, h)
    return best_params, best, results
