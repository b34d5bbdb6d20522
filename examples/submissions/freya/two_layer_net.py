# Freya H., assignment 3
import numpy as np
from numpy import zeros, maximum, arange, dot


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    p = dict()
    p['W1'] = eps * rng.standard_normal((dim, hidden_dims))
    p['W2'] = eps * rng.standard_normal((hidden_dims, num_classes))
    p['b1'] = zeros((1, hidden_dims))
    p['b2'] = zeros((1, num_classes))
    return p


def relu(x):
    return maximum(x, zeros(x.shape, dtype=x.dtype))


def nn_forward(params, X):
    H = relu(dot(X, params['W1']) + params['b1'])
    return dot(H, params['W2']) + params['b2'], H


def allMargins(S, y):
    M = S - S[arange(len(y)), y][:, None] + 1
    M[arange(len(y)), y] = 0
    return maximum(M, 0)


def nn_svm_grad(params, X, y, scores, hidden, reg):
    nSmp = X.shape[0]
    dS = (allMargins(scores, y) > 0) * 1.0
    dS[arange(nSmp), y] = -dS.sum(1)
    dS = dS / nSmp
    g = dict()
    g['b2'] = dS.sum(0, keepdims=True)
    g['W2'] = dot(hidden.T, dS) + 2 * reg * params['W2']
    dH = dot(dS, params['W2'].T) * (hidden > 0)
    g['b1'] = dH.sum(0, keepdims=True)
    g['W1'] = dot(X.T, dH) + 2 * reg * params['W1']
    return g


def nn_svm_loss(params, X, y, reg=0.0):
    S, H = nn_forward(params, X)
    L = allMargins(S, y).sum() / X.shape[0]
    L = L + reg * (params['W1'] ** 2).sum() + reg * (params['W2'] ** 2).sum()
    return L, nn_svm_grad(params, X, y, S, H, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    L = zeros(num_iters)
    p = params
    for it in range(num_iters):
        sel = rng.choice(X.shape[0], size=batch, replace=False)
        L[it], g = nn_svm_loss(p, X[sel, :], y[sel], reg)
        pNew = dict()
        for key in p:
            pNew[key] = p[key] - lr * g[key]
        p = pNew
        if print_freq and it % print_freq == 0:
            print('%d: %g' % (it, L[it]))
    return L, p


def predict_nn(params, X):
    S, H = nn_forward(params, X)
    return S.argmax(1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    nDim = X_train.shape[1]
    res = {}
    accBest = -np.inf
    for lr in lrs:
        for reg in regs:
            for nHid in hidden_dims:
                p0 = init_params(nDim, nHid, num_classes, seed=seed)
                L, p = train_nn(p0, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, print_freq=0, seed=seed)
                acc = float((predict_nn(p, X_val) == y_val).mean())
                res[lr, reg, nHid] = acc
                if acc > accBest:
                    accBest, keyBest, pBest = acc, (lr, reg, nHid), p
    return pBest, keyBest, res
