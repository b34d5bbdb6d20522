"""P2 - clasificador lineal. Inés M."""

import numpy as np


def add_bias(X):
    unos = np.ones((X.shape[0], 1), dtype=X.dtype)
    return np.concatenate((X, unos), axis=1)


def linear_forward(W, X):
    return X @ W


def svm_loss_naive(W, X, y, reg=0.0):
    N, C = X.shape[0], W.shape[1]
    perdida = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        puntos = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margen = puntos[j] - puntos[y[i]] + 1
            if margen > 0:
                perdida += margen
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return perdida / N + reg * (W**2).sum(), dW / N + 2 * reg * W


def svm_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    puntos = linear_forward(W, X)
    margenes = np.maximum(0, puntos - puntos[np.arange(N), y][:, None] + 1)
    margenes[np.arange(N), y] = 0
    perdida = margenes.sum() / N + reg * (W**2).sum()
    activos = (margenes > 0).astype(float)
    activos[np.arange(N), y] = -activos.sum(axis=1)
    return perdida, X.T @ activos / N + 2 * reg * W


def softmax_loss(W, X, y, reg=0.0):
    N = X.shape[0]
    puntos = linear_forward(W, X)
    puntos = puntos - puntos.max(axis=1, keepdims=True)
    log_p = puntos - np.log(np.exp(puntos).sum(axis=1, keepdims=True))
    perdida = -log_p[np.arange(N), y].mean() + reg * (W**2).sum()
    delta = np.exp(log_p)
    delta[np.arange(N), y] -= 1
    return perdida, X.T @ delta / N + 2 * reg * W


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    W = W.copy()
    perdidas = []
    for paso in range(num_iters):
        filas = rng.choice(X.shape[0], size=batch, replace=False)
        perdida, dW = svm_loss(W, X[filas], y[filas], reg)
        perdidas.append(perdida)
        W -= lr * dW
        if paso % 100 == 0
            print(f"paso {paso}: {perdida:.4f}")
    return np.array(perdidas), W


def predict_svm(W, X):
    return linear_forward(W, X).argmax(axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    C = y_train.max() + 1
    mejor, mejor_W, resultados = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal((X_train.shape[1], C))
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            resultados[lr, reg] = float((predict_svm(W, X_val) == y_val).mean())
            if mejor is None or resultados[lr, reg] > resultados[mejor]:
                mejor, mejor_W = (lr, reg), W
    return mejor_W, mejor, resultados
