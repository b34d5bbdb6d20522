"""The dtype of the arguments is kept; bool masks; np.select; NumPy scalars for numbers."""

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    out = {
        "W1": np.empty((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": np.empty((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }
    rng.standard_normal(out=out["W1"])
    rng.standard_normal(out=out["W2"])
    out["W1"] *= eps
    out["W2"] *= eps
    return out


def relu(x):
    return np.select([x > 0], [x], default=x.dtype.type(0))


def nn_forward(params, X):
    hidden = relu(np.matmul(X, params["W1"]) + params["b1"].ravel())
    return np.matmul(hidden, params["W2"]) + params["b2"].ravel(), hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    kind = scores.dtype
    columns = np.arange(scores.shape[1])[None]
    right = columns == y[:, None]
    positive = (scores + 1 > scores[right][:, None]) & ~right
    dscores = positive.astype(kind)
    dscores[right] = -positive.sum(1)
    dscores *= kind.type(1 / len(y))
    dhidden = np.dot(dscores, params["W2"].T)
    dhidden[~(hidden > 0)] = 0
    grads = {"W1": np.dot(X.T, dhidden), "W2": np.dot(hidden.T, dscores)}
    for key in grads:
        grads[key] += kind.type(2 * reg) * params[key]
    grads["b1"] = dhidden.sum(0, keepdims=True)
    grads["b2"] = dscores.sum(0, keepdims=True)
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    right = np.choose(y, scores.T)
    margins = scores - (right - 1)[:, None]
    data = margins[margins > 0].sum() / len(y) - margins.dtype.type(1)
    squares = np.square(params["W1"]).sum() + np.square(params["W2"]).sum()
    return data + scores.dtype.type(reg) * squares, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    copies = dict(zip(params, map(np.copy, params.values())))
    rng = np.random.default_rng(seed)

    def step():
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(copies, np.take(X, rows, axis=0), np.take(y, rows), reg)
        for key, grad in grads.items():
            np.subtract(copies[key], lr * grad, out=copies[key])
        return loss

    return np.fromiter((step() for _ in range(num_iters)), float, num_iters), copies


def predict_nn(params, X):
    return np.argsort(-nn_forward(params, X)[0], axis=1, kind="stable")[:, 0]


def tune_nn(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    def run(lr, reg, hidden):
        start = init_params(X_train.shape[-1], hidden, num_classes, seed=seed)
        end = train_nn(
            start, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
        )[1]
        return np.float64((predict_nn(end, X_val) == y_val).mean()), end

    best, results = (None, None, -np.inf), {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                accuracy, net = run(lr, reg, hidden)
                results[np.float64(lr), np.float64(reg), np.int64(hidden)] = accuracy
                if accuracy > best[2]:
                    best = (net, (np.float64(lr), reg, np.int32(hidden)), accuracy)
    return best[0], best[1], results
