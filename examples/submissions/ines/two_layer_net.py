"""P3 - red de dos capas. Inés M."""

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    W1 = eps * rng.standard_normal((dim, hidden_dims))
    W2 = eps * rng.standard_normal((hidden_dims, num_classes))
    return {"W1": W1, "b1": np.zeros((1, hidden_dims)), "W2": W2, "b2": np.zeros((1, num_classes))}


def relu(x):
    return np.maximum(0, x)


def nn_forward(params, X):
    ocultas = relu(X @ params["W1"] + params["b1"])
    return ocultas @ params["W2"] + params["b2"], ocultas


def delta_de_puntos(puntos, y):
    """gradiente de la pérdida respecto de los puntos, y la pérdida misma"""
    N = len(y)
    margenes = np.maximum(0, puntos - puntos[np.arange(N), y][:, None] + 1)
    margenes[np.arange(N), y] = 0
    delta = (margenes > 0).astype(float)
    delta[np.arange(N), y] = -delta.sum(axis=1)
    return delta / N, margenes.sum() / N


def nn_svm_grad(params, X, y, scores, hidden, reg):
    delta2, _ = delta_de_puntos(scores, y)
    delta1 = delta2 @ params["W2"].T * (hidden > 0)
    grads = {}
    for capa, entrada, delta in (("1", X, delta1), ("2", hidden, delta2)):
        grads["W" + capa] = entrada.T @ delta + 2 * reg * params["W" + capa]
        grads["b" + capa] = delta.sum(axis=0, keepdims=True)
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    puntos, ocultas = nn_forward(params, X)
    _, perdida = delta_de_puntos(puntos, y)
    perdida += reg * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    return perdida, nn_svm_grad(params, X, y, puntos, ocultas, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    params = {k: v.copy() for k, v in params.items()}
    perdidas = []
    for paso in range(num_iters):
        filas = rng.choice(X.shape[0], size=batch, replace=False)
        perdida, grads = nn_svm_loss(params, X[filas], y[filas], reg)
        perdidas.append(perdida)
        for k in params:
            params[k] -= lr * grads[k]
    return np.array(perdidas), params


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    mejor, mejores, resultados = None, None, {}
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                params = init_params(X_train.shape[1], h, num_classes, seed=seed)
                _, params = train_nn(params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)
                resultados[lr, reg, h] = float((predict_nn(params, X_val) == y_val).mean())
                if mejor is None or resultados[lr, reg, h] > resultados[mejor]:
                    mejor, mejores = (lr, reg, h), params
    return mejores, mejor, resultados
