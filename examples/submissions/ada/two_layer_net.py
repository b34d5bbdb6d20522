# Ada - assignment 3

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = eps * rng.standard_normal((dim, hidden_dims))
    params["W2"] = eps * rng.standard_normal((hidden_dims, num_classes))
    params["b1"] = np.zeros((1, hidden_dims))
    params["b2"] = np.zeros((1, num_classes))
    return params


def relu(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def nn_forward(params, X):
    hidden = relu(X.dot(params["W1"]) + params["b1"])
    scores = hidden.dot(params["W2"]) + params["b2"]
    return scores, hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    num_train = X.shape[0]

    # 1. gradient on the scores, like svm_loss in assignment 2
    dscores = np.zeros(scores.shape)
    for i in range(num_train):
        for j in range(scores.shape[1]):
            if j == y[i]:
                continue
            if scores[i, j] - scores[i, y[i]] + 1 > 0:
                dscores[i, j] += 1
                dscores[i, y[i]] -= 1
    dscores = dscores / num_train

    # 2. second layer
    grads = {}
    grads["W2"] = hidden.T.dot(dscores) + 2 * reg * params["W2"]
    grads["b2"] = dscores.sum(axis=0).reshape(1, -1)

    # 3. back through relu
    dhidden = dscores.dot(params["W2"].T)
    dhidden[hidden <= 0] = 0

    # 4. first layer
    grads["W1"] = X.T.dot(dhidden) + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0).reshape(1, -1)
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    num_train = X.shape[0]
    scores, hidden = nn_forward(params, X)
    loss = 0.0
    for i in range(num_train):
        for j in range(scores.shape[1]):
            if j != y[i]:
                loss += max(0.0, scores[i, j] - scores[i, y[i]] + 1)
    loss = loss / num_train
    loss += reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    grads = nn_svm_grad(params, X, y, scores, hidden, reg)
    return loss, grads


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    my_params = {}
    for key in params:
        my_params[key] = params[key].copy()
    losses = []
    for it in range(num_iters):
        index = rng.choice(X.shape[0], size=batch, replace=False)
        loss, grads = nn_svm_loss(my_params, X[index], y[index], reg)
        losses.append(loss)
        for key in my_params:
            my_params[key] = my_params[key] - lr * grads[key]
        if print_freq and it % print_freq == 0:
            print("iteration", it, "of", num_iters, "loss", loss)
    return losses, my_params


def predict_nn(params, X):
    scores, hidden = nn_forward(params, X)
    return scores.argmax(axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims,
            num_iters=100, seed=0):
    results = {}
    best_acc = -1
    best_params = None
    best = None
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                params = init_params(X_train.shape[1], h, num_classes, seed=seed)
                losses, params = train_nn(params, X_train, y_train, num_classes, lr=lr, reg=reg,
                                          num_iters=num_iters, print_freq=0, seed=seed)
                acc = np.mean(predict_nn(params, X_val) == y_val)
                results[(lr, reg, h)] = acc
                if acc > best_acc:
                    best_acc = acc
                    best_params = params
                    best = (lr, reg, h)
    return best_params, best, results
