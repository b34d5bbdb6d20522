import numpy as np

# Hana K.


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    return {
        "W1": eps * rng.standard_normal((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * rng.standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def relu(x):
    return np.maximum(0, x)


def nn_forward(params, X):
    h = relu(X @ params["W1"] + params["b1"])
    return h @ params["W2"] + params["b2"], h


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = len(X)
    g = np.where(scores - scores[range(N), y].reshape(N, 1) + 1 > 0, 1.0, 0.0)
    g[range(N), y] = 0
    g[range(N), y] = -g.sum(axis=1)
    g /= N
    gh = g @ params["W2"].T
    return {
        "W1": X.T @ gh + 2 * reg * params["W1"],
        "b1": gh.sum(axis=0, keepdims=True),
        "W2": hidden.T @ g + 2 * reg * params["W2"],
        "b2": g.sum(axis=0, keepdims=True),
    }


def nn_svm_loss(params, X, y, reg=0.0):
    N = len(X)
    scores, hidden = nn_forward(params, X)
    m = np.maximum(0, scores - scores[range(N), y].reshape(N, 1) + 1)
    m[range(N), y] = 0
    loss = m.sum() / N + reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    params = {k: v.copy() for k, v in params.items()}
    losses = []
    while len(losses) < num_iters:
        i = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[i], y[i], reg)
        for k in params:
            params[k] -= lr * grads[k]
        losses.append(loss)
    return np.array(losses), params


def predict_nn(params, X):
    return np.argmax(nn_forward(params, X)[0], axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results, trained = {}, {}
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                params = init_params(X_train.shape[1], h, num_classes, seed=seed)
                trained[lr, reg, h] = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, h] = np.mean(predict_nn(trained[lr, reg, h], X_val) == y_val)
    best = max(results, key=lambda setting: results[setting])
    return trained[best], best, results
