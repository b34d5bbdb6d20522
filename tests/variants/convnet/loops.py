"""Pure Python loops over numbers, everywhere; NumPy only holds the arrays."""

import math

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    count = 0
    start = -pad
    while start + kernel <= size + pad:
        count += 1
        start += stride
    if count == 0:
        raise ValueError("kernel %d is too large for size %d with pad %d" % (kernel, size, pad))
    return count


def count_conv_params(c_in, c_out, kernel):
    total = 0
    for _ in range(c_out):
        total += c_in * kernel**2
        total += 1
    return total


def count_dense_params(n_in, n_out):
    return sum(n_in + 1 for _ in range(n_out))


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho = conv_output_size(H, HH, pad, stride)
    Wo = conv_output_size(W, WW, pad, stride)
    out = np.zeros((N, F, Ho, Wo))
    x, w, b = x.tolist(), w.tolist(), b.tolist()
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    total = b[f]
                    for c in range(C):
                        for r in range(HH):
                            row = i * stride + r - pad
                            if row < 0 or row >= H:
                                continue
                            for q in range(WW):
                                col = j * stride + q - pad
                                if 0 <= col < W:
                                    total += x[n][c][row][col] * w[f][c][r][q]
                    out[n, f, i, j] = total
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    # The same loops without the one over samples: a number here is one of each sample.
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho = conv_output_size(H, HH, pad, stride)
    Wo = conv_output_size(W, WW, pad, stride)
    out = np.zeros((N, F, Ho, Wo))
    for f in range(F):
        for i in range(Ho):
            for j in range(Wo):
                total = np.zeros(N) + b[f]
                for c in range(C):
                    for r in range(HH):
                        row = i * stride + r - pad
                        if row < 0 or row >= H:
                            continue
                        for q in range(WW):
                            col = j * stride + q - pad
                            if 0 <= col < W:
                                total += x[:, c, row, col] * w[f, c, r, q]
                out[:, f, i, j] = total
    return out


def conv_backward(dout, x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    dx = np.zeros((N, C, H, W))
    dw = np.zeros((F, C, HH, WW))
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    g = dout[n, f, i, j]
                    db[f] += g
                    for c in range(C):
                        for r in range(HH):
                            row = i * stride + r - pad
                            if row < 0 or row >= H:
                                continue
                            for q in range(WW):
                                col = j * stride + q - pad
                                if 0 <= col < W:
                                    dx[n, c, row, col] += g * w[f, c, r, q]
                                    dw[f, c, r, q] += g * x[n, c, row, col]
    return dx, dw, db


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    Ho, Wo = conv_output_size(H, size, 0, stride), conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, Ho, Wo))
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    best = -math.inf
                    for r in range(size):
                        for q in range(size):
                            best = max(best, x[n, c, i * stride + r, j * stride + q])
                    out[n, c, i, j] = best
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    best, where = -math.inf, None
                    for r in range(size):
                        for q in range(size):
                            value = x[n, c, i * stride + r, j * stride + q]
                            if value > best:
                                best, where = value, (i * stride + r, j * stride + q)
                    dx[n, c, where[0], where[1]] += dout[n, c, i, j]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    Ho, Wo = conv_output_size(H, size, 0, stride), conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, Ho, Wo))
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    total = 0.0
                    for r in range(size):
                        for q in range(size):
                            total += x[n, c, i * stride + r, j * stride + q]
                    out[n, c, i, j] = total / (size * size)
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    for r in range(size):
                        for q in range(size):
                            row, col = i * stride + r, j * stride + q
                            dx[n, c, row, col] += dout[n, c, i, j] / (size * size)
    return dx


def relu_forward(x):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] > 0:
            out[place] = x[place]
    return out


def relu_backward(dout, x):
    dx = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] > 0:
            dx[place] = dout[place]
    return dx


def flatten(x):
    return x.reshape(x.shape[0], -1)


def affine_forward(x, w, b):
    flat = flatten(x).tolist()
    w = w.tolist()
    N, D, M = len(flat), len(w), len(b)
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            total = 0.0
            for d in range(D):
                total += flat[n][d] * w[d][m]
            out[n, m] = total + b[m]
    return out


def affine_backward(dout, x, w, b):
    flat = flatten(x)
    (N, D), M = flat.shape, w.shape[1]
    dflat, dw, db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    for n in range(N):
        for m in range(M):
            g = dout[n, m]
            if g == 0:
                continue
            db[m] += g
            for d in range(D):
                dflat[n, d] += g * w[d, m]
                dw[d, m] += g * flat[n, d]
    return dflat.reshape(x.shape), dw, db


def softmax_cross_entropy(scores, y):
    N, C = scores.shape
    dscores = np.zeros((N, C))
    loss = 0.0
    for n in range(N):
        top = max(float(s) for s in scores[n])
        total = 0.0
        for c in range(C):
            total += math.exp(float(scores[n, c]) - top)
        loss += math.log(total) + top - float(scores[n, y[n]])
        for c in range(C):
            dscores[n, c] = math.exp(float(scores[n, c]) - top) / total / N
        dscores[n, y[n]] -= 1 / N
    return loss / N, dscores


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)

    def draw(*shape):
        array = np.zeros(shape)
        for place in np.ndindex(shape):
            array[place] = eps * rng.standard_normal()
        return array

    params = {"W1": draw(num_filters, C, kernel, kernel), "b1": np.zeros(num_filters)}
    params["W2"] = draw(num_filters * H * W // 4, hidden_dims)
    params["b2"] = np.zeros(hidden_dims)
    params["W3"] = draw(hidden_dims, num_classes)
    params["b3"] = np.zeros(num_classes)
    return params


def convnet_forward(params, X):
    k = params["W1"].shape[-1]
    out = conv_forward(X, params["W1"], params["b1"], 1, (k - 1) // 2)
    out = max_pool_forward(relu_forward(out))
    out = relu_forward(affine_forward(out, params["W2"], params["b2"]))
    return affine_forward(out, params["W3"], params["b3"])


def convnet_loss(params, X, y, reg=0.0):
    pad = (params["W1"].shape[-1] - 1) // 2
    a = conv_forward(X, params["W1"], params["b1"], 1, pad)
    c = relu_forward(a)
    d = max_pool_forward(c)
    e = affine_forward(d, params["W2"], params["b2"])
    f = relu_forward(e)
    scores = affine_forward(f, params["W3"], params["b3"])
    loss, g = softmax_cross_entropy(scores, y)
    g, dW3, db3 = affine_backward(g, f, params["W3"], params["b3"])
    g = relu_backward(g, e)
    g, dW2, db2 = affine_backward(g, d, params["W2"], params["b2"])
    g = max_pool_backward(g, c)
    g = relu_backward(g, a)
    g, dW1, db1 = conv_backward(g, X, params["W1"], params["b1"], 1, pad)
    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
    for key in ["W1", "W2", "W3"]:
        for place in np.ndindex(params[key].shape):
            weight = params[key][place]
            loss += reg * weight * weight
            grads[key][place] += 2 * reg * weight
    return loss, grads


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    now = {}
    for key in params:
        now[key] = params[key].copy()
    losses = []
    for _ in range(num_iters):
        chosen = rng.choice(len(X), size=batch, replace=False)
        loss, grads = convnet_loss(now, X[chosen], y[chosen], reg)
        losses.append(loss)
        for key in now:
            for place in np.ndindex(now[key].shape):
                now[key][place] -= lr * grads[key][place]
    return losses, now


def predict_convnet(params, X):
    labels = []
    for row in convnet_forward(params, X):
        best = 0
        for c in range(len(row)):
            if row[c] > row[best]:
                best = c
        labels.append(best)
    return np.array(labels)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = 0.1 * rng.standard_normal((6, 1, 5, 5))
    params["b1"] = np.zeros(6)
    params["W2"] = 0.1 * rng.standard_normal((16, 6, 5, 5))
    params["b2"] = np.zeros(16)
    params["W3"] = 0.1 * rng.standard_normal((400, 120))
    params["b3"] = np.zeros(120)
    params["W4"] = 0.1 * rng.standard_normal((120, 84))
    params["b4"] = np.zeros(84)
    params["W5"] = 0.1 * rng.standard_normal((84, 10))
    params["b5"] = np.zeros(10)
    return params


def lenet_forward(params, X):
    out = max_pool_forward(relu_forward(conv_forward(X, params["W1"], params["b1"], 1, 2)))
    out = max_pool_forward(relu_forward(conv_forward(out, params["W2"], params["b2"])))
    out = relu_forward(affine_forward(out, params["W3"], params["b3"]))
    out = relu_forward(affine_forward(out, params["W4"], params["b4"]))
    return affine_forward(out, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    P = params
    a1 = conv_forward(X, P["W1"], P["b1"], 1, 2)
    r1 = relu_forward(a1)
    p1 = max_pool_forward(r1)
    a2 = conv_forward(p1, P["W2"], P["b2"])
    r2 = relu_forward(a2)
    p2 = max_pool_forward(r2)
    a3 = affine_forward(p2, P["W3"], P["b3"])
    r3 = relu_forward(a3)
    a4 = affine_forward(r3, P["W4"], P["b4"])
    r4 = relu_forward(a4)
    scores = affine_forward(r4, P["W5"], P["b5"])
    loss, g = softmax_cross_entropy(scores, y)
    grads = {}
    g, grads["W5"], grads["b5"] = affine_backward(g, r4, P["W5"], P["b5"])
    g = relu_backward(g, a4)
    g, grads["W4"], grads["b4"] = affine_backward(g, r3, P["W4"], P["b4"])
    g = relu_backward(g, a3)
    g, grads["W3"], grads["b3"] = affine_backward(g, p2, P["W3"], P["b3"])
    g = relu_backward(max_pool_backward(g, r2), a2)
    g, grads["W2"], grads["b2"] = conv_backward(g, p1, P["W2"], P["b2"])
    g = relu_backward(max_pool_backward(g, r1), a1)
    g, grads["W1"], grads["b1"] = conv_backward(g, X, P["W1"], P["b1"], 1, 2)
    for i in range(1, 6):
        key = "W" + str(i)
        total = 0.0
        for number in P[key].ravel().tolist():
            total += number * number
        loss += reg * total
        grads[key] = grads[key] + 2 * reg * P[key]
    return loss, grads
