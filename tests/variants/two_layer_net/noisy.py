"""Left as it was while it was written: prints, warnings, a plot, experiments at the top level."""

import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np

try:
    import autograder.datasets

    mnist = autograder.datasets.load("mnist")
    print(mnist)
except Exception as e:
    print("no data here:", e)

np.set_printoptions(precision=3, suppress=True)
np.random.seed(1)
DEBUG = True


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = eps * rng.standard_normal(size=(dim, hidden_dims))
    params["b1"] = np.zeros((1, hidden_dims))
    params["W2"] = eps * rng.standard_normal(size=(hidden_dims, num_classes))
    params["b2"] = np.zeros((1, num_classes))
    print({k: v.shape for k, v in params.items()})
    return params


def relu(x):
    # return max(0, x)   # doesn't work
    y = np.array(x)
    y[y < 0] = 0
    return y


def nn_forward(params, X):
    W1, b1 = params["W1"], params["b1"]
    W2, b2 = params["W2"], params["b2"]
    if DEBUG:
        print(X.shape, W1.shape, b1.shape, W2.shape, b2.shape, file=sys.stderr)
    z1 = np.dot(X, W1) + b1
    hidden = relu(z1)
    scores = np.dot(hidden, W2) + b2
    return scores, hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    warnings.warn("check me")
    N = X.shape[0]
    correct = scores[range(N), y]
    margins = np.maximum(0, scores - correct[:, None] + 1)
    margins[range(N), y] = 0
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    mask[range(N), y] = -np.sum(mask, axis=1)
    dscores = mask / N
    grads = {}
    grads["W2"] = np.dot(hidden.T, dscores)
    grads["b2"] = np.sum(dscores, axis=0, keepdims=True)
    dhidden = np.dot(dscores, params["W2"].T)
    dhidden[hidden <= 0] = 0
    grads["W1"] = np.dot(X.T, dhidden)
    grads["b1"] = np.sum(dhidden, axis=0, keepdims=True)
    grads["W2"] += reg * 2 * params["W2"]
    grads["W1"] += reg * 2 * params["W1"]
    for k in grads:
        print(k, np.abs(grads[k]).max())
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    N = X.shape[0]
    loss = 0
    loss += np.sum(np.maximum(0, scores - scores[range(N), y][:, None] + 1)) / N
    loss -= 1  # right class
    loss += reg * np.sum(params["W1"] * params["W1"])
    loss += reg * np.sum(params["W2"] * params["W2"])
    print("loss", loss)
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    for k in params:
        p[k] = params[k].copy()
    losses = []
    for it in range(num_iters):
        idx = rng.choice(X.shape[0], batch, False)
        X_batch = X[idx]
        y_batch = y[idx]
        loss, grads = nn_svm_loss(p, X_batch, y_batch, reg=reg)
        losses.append(loss)
        for k in p:
            p[k] -= lr * grads[k]
        if it % print_freq == 0:
            print("iteration %d / %d: loss %f" % (it, num_iters, loss))
    plt.plot(losses)
    plt.close("all")
    return losses, p


def predict_nn(params, X):
    scores, hidden = nn_forward(params, X)
    y_pred = np.argmax(scores, axis=1)
    print(y_pred)
    return y_pred


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    results = {}
    best_val = -1
    best_net = None
    best_key = None
    for lr in lrs:
        for reg in regs:
            for hs in hidden_dims:
                print("lr", lr, "reg", reg, "hidden", hs)
                net = init_params(X_train.shape[1], hs, num_classes, seed=seed)
                losses, net = train_nn(net, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)
                train_acc = np.mean(predict_nn(net, X_train) == y_train)
                val_acc = np.mean(predict_nn(net, X_val) == y_val)
                print(train_acc, val_acc)
                results[(lr, reg, hs)] = val_acc
                if val_acc > best_val:
                    best_val, best_net, best_key = val_acc, net, (lr, reg, hs)
    return best_net, best_key, results


params = init_params(4, 3, 2, eps=1)
X = np.random.randn(6, 4)
y = np.random.randint(0, 2, 6)
losses, _ = train_nn(params, X, y, 2, batch=3)
plt.plot(losses)
plt.show()
