import numpy as np
import matplotlib.pyplot as plt

print("=" * 60)
print("Oskar L.  -  Assignment 2")
print("=" * 60)


def add_bias(X):
    return np.c_[X, np.ones(len(X), dtype=X.dtype)]


def linear_forward(W, X):
    S = X @ W
    print("scores:", S.shape, "min", S.min(), "max", S.max())
    return S


def svm_loss_naive(W, X, y, reg=0.0):
    N, C = X.shape[0], W.shape[1]
    losses, dW = [], 0 * W
    for i in range(N):
        S = X[i] @ W
        loss_i = 0
        for j in range(C):
            if j != y[i] and S[j] - S[y[i]] > -1:
                loss_i += S[j] - S[y[i]] + 1
                dW[:, j] += X[i] / N
                dW[:, y[i]] -= X[i] / N
        losses.append(loss_i)
    print("losses of the samples:", losses)
    return np.mean(losses) + reg * np.sum(W ** 2), dW + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    N = len(y)
    S = linear_forward(W, X)
    S_right = S[np.arange(N), y][:, None]
    M = np.maximum(0, S - S_right + 1)
    M[np.arange(N), y] = 0
    loss = M.sum() / N + reg * (W * W).sum()
    B = np.where(M > 0, 1.0, 0.0)
    B[np.arange(N), y] -= B.sum(1)
    print("loss", loss)
    return loss, X.T @ B / N + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = len(y)
    S = linear_forward(W, X)
    S = S - S.max(1, keepdims=True)
    Z = np.exp(S).sum(1, keepdims=True)
    logP = S - np.log(Z)
    P = np.exp(S) / Z
    print("probabilities of the first sample:", P[0])
    loss = -logP[np.arange(N), y].sum() / N + reg * (W * W).sum()
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = W + 0
    history = []
    for it in range(num_iters):
        pick = rng.choice(len(X), size=batch, replace=False)
        loss, dW = svm_loss(W, X[pick], y[pick], reg)
        history.append(loss)
        W -= lr * dW
        print("iteration", it, "loss", loss, "|dW|", np.abs(dW).max())
    return history, W


def predict_svm(W, X):
    return linear_forward(W, X).argmax(1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            rng = np.random.default_rng(seed)
            W0 = 1e-4 * rng.standard_normal((X_train.shape[1], y_train.max() + 1))
            _, W = train_svm(W0, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            acc = (predict_svm(W, X_val) == y_val).mean()
            results[lr, reg] = acc
            print("lr", lr, "reg", reg, "accuracy", acc)
            if best is None or acc > results[best]:
                best_W, best = W, (lr, reg)
    print("THE WINNER IS", best)
    return best_W, best, results


# ---------------------------------------------------------------- my tests
X = np.random.randn(300, 2)
y = (X[:, 0] > 0).astype(int)
history, W = train_svm(np.zeros((3, 2)), add_bias(X), y, lr=0.1, batch=50)
plt.plot(history)
plt.xlabel("iteration")
plt.ylabel("loss")
plt.savefig("loss.png")
plt.show()
