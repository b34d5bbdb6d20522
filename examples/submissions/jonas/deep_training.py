import numpy as np

# Jonas W.
# only the activations, losses and optimizers: I was ill for two weeks


# --- activations


def sigmoid_forward(x):
    y = np.empty_like(x)
    pos = x > 0
    y[pos] = 1 / (1 + np.exp(-x[pos]))
    y[~pos] = np.exp(x[~pos]) / (1 + np.exp(x[~pos]))
    return y


def sigmoid_backward(dout, x):
    y = sigmoid_forward(x)
    return dout * (y - y * y)


def tanh_forward(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    y = np.tanh(x)
    return dout - dout * y * y


def relu_forward(x):
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_backward(dout, x):
    dx = np.array(dout)
    dx[x <= 0] = 0
    return dx


def leaky_relu_forward(x, slope=0.1):
    y = np.array(x)
    y[y < 0] *= slope
    return y


def leaky_relu_backward(dout, x, slope=0.1):
    dx = np.array(dout)
    dx[x < 0] *= slope
    return dx


def elu_forward(x, alpha=1.0):
    y = np.array(x)
    y[x < 0] = alpha * (np.exp(x[x < 0]) - 1)
    return y


def elu_backward(dout, x, alpha=1.0):
    dx = np.array(dout)
    dx[x <= 0] *= alpha * np.exp(x[x <= 0])
    return dx


# --- losses


def mse_loss(a, target):
    n = len(a)
    return np.sum((a - target) ** 2) / (2 * n), (a - target) / n


def binary_cross_entropy(a, y):
    n = len(y)
    loss = -np.sum(np.log(a[y == 1])) - np.sum(np.log(1 - a[y == 0]))
    da = np.empty_like(a)
    da[y == 1] = -1 / a[y == 1]
    da[y == 0] = 1 / (1 - a[y == 0])
    return loss / n, da / n


def sigmoid_cross_entropy(z, y):
    a = sigmoid_forward(z)
    loss, _ = binary_cross_entropy(a, y)
    return loss, (a - y) / len(y)


# --- optimizers


def sgd(w, dw, state, lr=1e-2):
    return w - lr * dw, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = state["v"] if "v" in state else np.zeros_like(w)
    v = mu * v + lr * dw
    return w - v, {"v": v}


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = state["s"] if "s" in state else np.zeros_like(w)
    s = (1 - decay) * s + decay * dw ** 2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if not state:
        state = {"m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0}
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw ** 2
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), {"m": m, "v": v, "t": t}
