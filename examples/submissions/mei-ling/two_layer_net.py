import numpy as np

# the data from the first lecture, for the plots of my report
digits = np.load("data/digits_small.npz")
X_all, y_all = digits["X"], digits["y"]


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    params = {"W1": eps * rng.standard_normal((dim, hidden_dims)), "b1": np.zeros((1, hidden_dims))}
    params["W2"] = eps * rng.standard_normal((hidden_dims, num_classes))
    params["b2"] = np.zeros((1, num_classes))
    return params


def relu(x):
    return np.maximum(x, 0.0)


def nn_forward(params, X):
    hidden = relu(np.matmul(X, params["W1"]) + params["b1"])
    return np.matmul(hidden, params["W2"]) + params["b2"], hidden


def _margins(scores, y):
    n = len(y)
    margins = scores - np.take_along_axis(scores, y.reshape(n, 1), 1) + 1.0
    np.put_along_axis(margins, y.reshape(n, 1), 0.0, 1)
    return np.maximum(margins, 0.0)


def nn_svm_grad(params, X, y, scores, hidden, reg):
    n = len(y)
    positive = _margins(scores, y) > 0.0
    up = positive.astype(np.float64)
    np.put_along_axis(up, y.reshape(n, 1), -np.sum(positive, axis=1, keepdims=True), 1)
    up = up / n
    down = np.matmul(up, params["W2"].T) * (hidden > 0.0)
    return {
        "W1": np.matmul(X.T, down) + 2.0 * reg * params["W1"],
        "b1": np.sum(down, axis=0, keepdims=True),
        "W2": np.matmul(hidden.T, up) + 2.0 * reg * params["W2"],
        "b2": np.sum(up, axis=0, keepdims=True),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    loss = np.sum(_margins(scores, y)) / len(y)
    loss = loss + reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    now = dict(params)
    losses = []
    for _ in range(num_iters):
        chosen = rng.choice(X.shape[0], batch, replace=False)
        loss, grads = nn_svm_loss(now, X[chosen], y[chosen], reg)
        losses.append(loss)
        now = {name: now[name] - lr * grads[name] for name in now}
    return np.asarray(losses), now


def predict_nn(params, X):
    return np.argmax(nn_forward(params, X)[0], axis=-1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results = dict()
    best = (-1.0, None, None)
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                begin = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                _, params = train_nn(begin, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)
                acc = np.average(predict_nn(params, X_val) == y_val)
                results[(lr, reg, hidden)] = acc
                if acc > best[0]:
                    best = (acc, (lr, reg, hidden), params)
    return best[2], best[1], results
