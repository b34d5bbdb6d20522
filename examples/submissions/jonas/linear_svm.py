import numpy as np

# Jonas W.


def add_bias(X):
    result = np.zeros((len(X), len(X[0]) + 1), dtype=X.dtype)
    for i in range(len(X)):
        result[i, :-1] = X[i]
        result[i, -1] = 1
    return result


def linear_forward(W, X):
    return np.dot(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    D, C = W.shape
    N = len(X)
    dW = np.zeros((D, C))
    loss = 0.0
    for i in range(N):
        s = [float(np.dot(X[i], W[:, j])) for j in range(C)]
        for j in range(C):
            if j == y[i] or s[j] - s[y[i]] + 1 <= 0:
                continue
            loss += (s[j] - s[y[i]] + 1) / N
            for d in range(D):
                dW[d, j] += X[i, d] / N
                dW[d, y[i]] -= X[i, d] / N
    for d in range(D):
        for j in range(C):
            loss += reg * W[d, j] ** 2
            dW[d, j] += 2 * reg * W[d, j]
    return float(loss), dW


def svm_loss(W, X, y, reg=0.0):
    N = len(X)
    S = linear_forward(W, X)
    right = S[np.arange(N), y]
    M = S - right.reshape(N, 1) + 1
    M[M < 0] = 0
    M[np.arange(N), y] = 0
    G = (M > 0).astype(np.float64)
    G[np.arange(N), y] -= G.sum(axis=1)
    return M.sum() / N + reg * np.power(W, 2).sum(), np.dot(X.T, G) / N + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = len(X)
    S = linear_forward(W, X)
    S = S - S.max(axis=1).reshape(N, 1)
    E = np.exp(S)
    Z = E.sum(axis=1).reshape(N, 1)
    loss = (np.log(Z) - S[np.arange(N), y].reshape(N, 1)).sum() / N
    G = E / Z
    G[np.arange(N), y] -= 1
    return loss + reg * np.power(W, 2).sum(), np.dot(X.T, G) / N + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    i = 0
    while i < num_iters:
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, dW = svm_loss(W, X[rows], y[rows], reg)
        losses[i] = loss
        W -= lr * dW
        i += 1
    return losses, W


def predict_svm(W, X):
    return np.argmax(np.dot(X, W), axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    C = int(max(y_train)) + 1
    D = X_train.shape[1]
    results = {}
    best, best_W = None, None
    for lr in lrs:
        for reg in regs:
            start = 1e-4 * np.random.default_rng(seed).standard_normal((D, C))
            W = train_svm(start, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)[1]
            right = (predict_svm(W, X_val) == y_val).sum()
            results[(lr, reg)] = right / len(y_val)
            if best is None or results[(lr, reg)] > results[best]:
                best, best_W = (lr, reg), W
    return best_W, best, results
