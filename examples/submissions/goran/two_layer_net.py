import itertools
import numpy as np

# Goran P.


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    return dict(
        W1=eps * rng.standard_normal((dim, hidden_dims)),
        W2=eps * rng.standard_normal((hidden_dims, num_classes)),
        b1=np.zeros((1, hidden_dims)),
        b2=np.zeros((1, num_classes)),
    )


def relu(x):
    return np.where(x < 0, 0, x)


def nn_forward(params, X):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    hidden = relu(X.dot(W1) + b1)
    return hidden.dot(W2) + b2, hidden


def svm_data_loss(scores, y):
    n = len(y)
    idx = np.arange(n), y
    m = (scores.T - scores[idx] + 1.0).T
    m[idx] = 0.0
    mask = (m > 0).astype(np.float64)
    loss = (m * mask).sum() / n
    mask[idx] -= mask.sum(axis=1)
    return loss, mask / n


def nn_svm_grad(params, X, y, scores, hidden, reg):
    _, d2 = svm_data_loss(scores, y)
    d1 = np.where(hidden > 0, d2.dot(params["W2"].T), 0.0)
    return dict(
        W1=X.T.dot(d1) + 2 * reg * params["W1"],
        b1=d1.sum(axis=0)[None, :],
        W2=hidden.T.dot(d2) + 2 * reg * params["W2"],
        b2=d2.sum(axis=0)[None, :],
    )


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    loss, _ = svm_data_loss(scores, y)
    loss += reg * (np.square(params["W1"]).sum() + np.square(params["W2"]).sum())
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = []
    p = params.copy()
    for it in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(p, X[rows], y[rows], reg)
        losses.append(loss)
        for name in p:
            p[name] -= lr * grads[name]
        if print_freq and it % print_freq == 0:
            print("it", it, "loss", loss)
    return losses, p


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results = {}
    best_acc = -1
    best, best_params = None, None
    for lr, reg, h in itertools.product(lrs, regs, hidden_dims):
        p = init_params(X_train.shape[1], h, num_classes, seed=seed)
        _, p = train_nn(p, X_train, y_train, num_classes, lr=lr, reg=reg, num_iters=num_iters, print_freq=0, seed=seed)
        acc = (predict_nn(p, X_val) == y_val).mean()
        results[lr, reg, h] = acc
        if acc > best_acc:
            best_acc, best, best_params = acc, (lr, reg, h), p
    return best_params, best, results
