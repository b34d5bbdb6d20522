import numpy as np
import matplotlib.pyplot as plt

print("=" * 60)
print("Oskar L.  -  Assignment 3")
print("=" * 60)


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal(size=(dim, hidden_dims)) * eps
    W2 = rng.standard_normal(size=(hidden_dims, num_classes)) * eps
    print("new weights:", W1.shape, W2.shape)
    return {"W1": W1, "b1": np.zeros((1, hidden_dims)), "W2": W2, "b2": np.zeros((1, num_classes))}


def relu(x):
    return (np.abs(x) + x) / 2


def nn_forward(params, X):
    Z = X @ params["W1"] + params["b1"]
    A = relu(Z)
    S = A @ params["W2"] + params["b2"]
    print(f"forward: Z {Z.shape} A {A.shape} S {S.shape}, {np.mean(A == 0):.0%} of the units are off")
    return S, A


def nn_svm_grad(params, X, y, scores, hidden, reg):
    N = len(y)
    dS = (scores - scores[np.arange(N), y][:, None] > -1).astype(float)
    dS[np.arange(N), y] = 0
    dS[np.arange(N), y] = -dS.sum(1)
    dS = dS / N
    dA = dS @ params["W2"].T
    dZ = dA * np.where(hidden > 0, 1, 0)
    grads = {
        "W1": X.T @ dZ + 2 * reg * params["W1"],
        "W2": hidden.T @ dS + 2 * reg * params["W2"],
        "b1": dZ.sum(0, keepdims=True),
        "b2": dS.sum(0, keepdims=True),
    }
    for key in grads:
        print("  grad", key, np.abs(grads[key]).max())
    return grads


def nn_svm_loss(params, X, y, reg=0.0):
    N = len(y)
    S, A = nn_forward(params, X)
    M = S - S[np.arange(N), y][:, None] + 1
    M[np.arange(N), y] = 0
    loss = np.maximum(M, 0).sum() / N
    loss += reg * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    print("loss:", loss)
    return loss, nn_svm_grad(params, X, y, S, A, reg)


def train_nn(params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {key: params[key] + 0 for key in params}
    history = []
    for it in range(num_iters):
        pick = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(p, X[pick], y[pick], reg)
        history.append(loss)
        for key in p:
            p[key] -= lr * grads[key]
    return history, p


def predict_nn(params, X):
    return nn_forward(params, X)[0].argmax(1)


def tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0):
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for h in hidden_dims:
                p = init_params(X_train.shape[1], h, num_classes, seed=seed)
                _, p = train_nn(p, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed)
                results[lr, reg, h] = (predict_nn(p, X_val) == y_val).mean()
                if best is None or results[lr, reg, h] > results[best]:
                    best_params, best = p, (lr, reg, h)
    print("THE WINNER IS", best)
    return best_params, best, results


# ---------------------------------------------------------------- my tests
X = np.random.randn(200, 2)
y = (X[:, 0] * X[:, 1] > 0).astype(int)  # XOR!
history, p = train_nn(init_params(2, 10, 2, eps=1), X, y, 2, lr=0.1, num_iters=200)
print("accuracy", (predict_nn(p, X) == y).mean())
plt.plot(history)
plt.savefig("loss.png")
plt.show()
