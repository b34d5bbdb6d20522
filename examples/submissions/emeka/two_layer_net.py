"""
CS 4xx Neural Networks - Assignment 3
Emeka O.
"""
import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    generator = np.random.default_rng(seed)
    first = generator.standard_normal((dim, hidden_dims)) * eps
    second = generator.standard_normal((hidden_dims, num_classes)) * eps
    return {
        "W1": first, "b1": np.zeros((1, hidden_dims)),
        "W2": second, "b2": np.zeros((1, num_classes)),
    }


def relu(x):
    return np.clip(x, 0, None)


def nn_forward(params, X):
    hidden = relu(X @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    return scores, hidden


def hinge_margins(scores, y):
    rows = np.arange(scores.shape[0])
    margins = np.clip(1 + scores - scores[rows, y][:, None], 0, None)
    margins[rows, y] = 0
    return margins


def nn_svm_grad(params, X, y, scores, hidden, reg):
    num_samples = X.shape[0]
    rows = np.arange(num_samples)

    d_scores = (hinge_margins(scores, y) > 0).astype(float)
    d_scores[rows, y] = -np.sum(d_scores, axis=1)
    d_scores /= num_samples

    d_hidden = d_scores @ params["W2"].T
    d_hidden[hidden <= 0] = 0

    grads = {
        "W1": X.T @ d_hidden,
        "b1": np.sum(d_hidden, axis=0, keepdims=True),
        "W2": hidden.T @ d_scores,
        "b2": np.sum(d_scores, axis=0, keepdims=True),
    }
    # this time with the 2 (see feedback of assignment 2)
    for name in grads:
        grads[name] = grads[name] + 2 * reg * params[name]
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    scores, hidden = nn_forward(params, X)
    loss = np.sum(hinge_margins(scores, y)) / X.shape[0]
    for name in params:
        loss += reg * np.sum(params[name] ** 2)
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100,
             print_freq=100, seed=0):
    generator = np.random.default_rng(seed)
    current = {name: np.copy(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for iteration in range(num_iters):
        sample = generator.choice(X.shape[0], size=batch, replace=False)
        losses[iteration], grads = nn_svm_loss(current, X[sample], y[sample], reg)
        for name in current:
            current[name] = current[name] - lr * grads[name]
        if print_freq and iteration % print_freq == 0:
            print("Iteration %d/%d: loss %f" % (iteration, num_iters, losses[iteration]))
    return losses, current


def predict_nn(params, X):
    scores, _ = nn_forward(params, X)
    return np.argmax(scores, axis=1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims,
            num_iters=100, seed=0):
    results = {}
    best_accuracy, best, best_params = -1.0, None, None
    for lr in lrs:
        for reg in regs:
            for size in hidden_dims:
                initial = init_params(X_train.shape[1], size, num_classes, seed=seed)
                _, trained = train_nn(initial, X_train, y_train, num_classes, lr=lr, reg=reg,
                                      num_iters=num_iters, print_freq=None, seed=seed)
                accuracy = float(np.mean(predict_nn(trained, X_val) == y_val))
                results[(lr, reg, size)] = accuracy
                if accuracy > best_accuracy:
                    best_accuracy, best, best_params = accuracy, (lr, reg, size), trained
    return best_params, best, results
