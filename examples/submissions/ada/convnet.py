# Ada - assignment 4
# Windows are found with for i ... for j ... everywhere. It is not fast but I understand it.

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    padded = size + 2 * pad
    if kernel > padded:
        raise ValueError("the kernel (%d) is bigger than the padded image (%d)" % (kernel, padded))
    return (padded - kernel) // stride + 1


def count_conv_params(c_in, c_out, kernel):
    weights = c_in * c_out * kernel * kernel
    biases = c_out
    return weights + biases


def count_dense_params(n_in, n_out):
    weights = n_in * n_out
    biases = n_out
    return weights + biases


def pad_image(x, pad):
    N, C, H, W = x.shape
    out = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    out[:, :, pad:pad + H, pad:pad + W] = x
    return out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = conv_output_size(H, HH, pad, stride)
    W_out = conv_output_size(W, WW, pad, stride)
    xp = pad_image(x, pad)
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    value = 0.0
                    for c in range(C):
                        for r in range(HH):
                            for q in range(WW):
                                value += xp[n, c, i * stride + r, j * stride + q] * w[f, c, r, q]
                    out[n, f, i, j] = value + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    # No loop over the samples: every window becomes a row of a matrix, every filter a column.
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = conv_output_size(H, HH, pad, stride)
    W_out = conv_output_size(W, WW, pad, stride)
    xp = pad_image(x, pad)
    columns = w.reshape(F, C * HH * WW).T
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            top = i * stride
            left = j * stride
            windows = xp[:, :, top:top + HH, left:left + WW].reshape(N, C * HH * WW)
            out[:, :, i, j] = windows.dot(columns) + b
    return out


def conv_backward(dout, x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = dout.shape
    xp = pad_image(x, pad)
    dxp = np.zeros(xp.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    for i in range(H_out):
        for j in range(W_out):
            top = i * stride
            left = j * stride
            window = xp[:, :, top:top + HH, left:left + WW]
            for f in range(F):
                d = dout[:, f, i, j]
                db[f] += d.sum()
                # d must be (N, 1, 1, 1) so that each sample gets its own number
                d = d.reshape(N, 1, 1, 1)
                dw[f] += (window * d).sum(axis=0)
                dxp[:, :, top:top + HH, left:left + WW] += w[f] * d
    dx = dxp[:, :, pad:pad + H, pad:pad + W].copy()
    return dx, dw, db


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H_out = conv_output_size(H, size, 0, stride)
    W_out = conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    N, C, H_out, W_out = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    # walk through the window and remember where the biggest number is
                    best_r = i * stride
                    best_q = j * stride
                    for r in range(i * stride, i * stride + size):
                        for q in range(j * stride, j * stride + size):
                            if x[n, c, r, q] > x[n, c, best_r, best_q]:
                                best_r = r
                                best_q = q
                    dx[n, c, best_r, best_q] += dout[n, c, i, j]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H_out = conv_output_size(H, size, 0, stride)
    W_out = conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size]
            out[:, :, i, j] = window.mean(axis=(2, 3))
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    N, C, H_out, W_out = dout.shape
    dx = np.zeros(x.shape)
    for i in range(H_out):
        for j in range(W_out):
            share = dout[:, :, i, j].reshape(N, C, 1, 1) / (size * size)
            dx[:, :, i * stride:i * stride + size, j * stride:j * stride + size] += share
    return dx


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_backward(dout, x):
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def affine_forward(x, w, b):
    N = x.shape[0]
    return x.reshape(N, -1).dot(w) + b


def affine_backward(dout, x, w, b):
    N = x.shape[0]
    flat = x.reshape(N, -1)
    dx = dout.dot(w.T).reshape(x.shape)
    dw = flat.T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def softmax_cross_entropy(scores, y):
    N = scores.shape[0]
    s = scores - scores.max(axis=1).reshape(-1, 1)
    exps = np.exp(s)
    sums = exps.sum(axis=1).reshape(-1, 1)
    loss = 0.0
    for i in range(N):
        loss += np.log(sums[i, 0]) - s[i, y[i]]
    loss = loss / N
    d = exps / sums
    d[np.arange(N), y] -= 1
    return loss, d / N


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    after_pool = num_filters * (H // 2) * (W // 2)
    params = {}
    params["W1"] = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    params["W2"] = eps * rng.standard_normal((after_pool, hidden_dims))
    params["W3"] = eps * rng.standard_normal((hidden_dims, num_classes))
    params["b1"] = np.zeros(num_filters)
    params["b2"] = np.zeros(hidden_dims)
    params["b3"] = np.zeros(num_classes)
    return params


def convnet_forward(params, X):
    kernel = params["W1"].shape[2]
    pad = (kernel - 1) // 2
    a = conv_forward(X, params["W1"], params["b1"], 1, pad)
    a = relu_forward(a)
    a = max_pool_forward(a)
    a = affine_forward(a, params["W2"], params["b2"])
    a = relu_forward(a)
    return affine_forward(a, params["W3"], params["b3"])


def convnet_loss(params, X, y, reg=0.0):
    kernel = params["W1"].shape[2]
    pad = (kernel - 1) // 2
    # forward, every step has its own name because backward needs all of them
    a1 = conv_forward(X, params["W1"], params["b1"], 1, pad)
    a2 = relu_forward(a1)
    a3 = max_pool_forward(a2)
    a4 = affine_forward(a3, params["W2"], params["b2"])
    a5 = relu_forward(a4)
    a6 = affine_forward(a5, params["W3"], params["b3"])
    loss, d6 = softmax_cross_entropy(a6, y)

    grads = {}
    d5, grads["W3"], grads["b3"] = affine_backward(d6, a5, params["W3"], params["b3"])
    d4 = relu_backward(d5, a4)
    d3, grads["W2"], grads["b2"] = affine_backward(d4, a3, params["W2"], params["b2"])
    d2 = max_pool_backward(d3, a2)
    d1 = relu_backward(d2, a1)
    d0, grads["W1"], grads["b1"] = conv_backward(d1, X, params["W1"], params["b1"], 1, pad)

    for key in ["W1", "W2", "W3"]:
        loss = loss + reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    my_params = {}
    for key in params:
        my_params[key] = params[key].copy()
    losses = []
    for it in range(num_iters):
        index = rng.choice(X.shape[0], size=batch, replace=False)
        loss, grads = convnet_loss(my_params, X[index], y[index], reg)
        losses.append(loss)
        for key in my_params:
            my_params[key] = my_params[key] - lr * grads[key]
    return losses, my_params


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(axis=1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    # 28 -> 28 -> 14 -> 10 -> 5, so 16 * 5 * 5 = 400
    params["W1"] = rng.standard_normal((6, 1, 5, 5)) * np.sqrt(2 / 25)
    params["W2"] = rng.standard_normal((16, 6, 5, 5)) * np.sqrt(2 / 150)
    params["W3"] = rng.standard_normal((400, 120)) * np.sqrt(2 / 400)
    params["W4"] = rng.standard_normal((120, 84)) * np.sqrt(2 / 120)
    params["W5"] = rng.standard_normal((84, 10)) * np.sqrt(2 / 84)
    params["b1"] = np.zeros(6)
    params["b2"] = np.zeros(16)
    params["b3"] = np.zeros(120)
    params["b4"] = np.zeros(84)
    params["b5"] = np.zeros(10)
    return params


def lenet_forward(params, X):
    a = relu_forward(conv_forward(X, params["W1"], params["b1"], 1, 2))
    a = max_pool_forward(a)
    a = relu_forward(conv_forward(a, params["W2"], params["b2"], 1, 0))
    a = max_pool_forward(a)
    a = relu_forward(affine_forward(a, params["W3"], params["b3"]))
    a = relu_forward(affine_forward(a, params["W4"], params["b4"]))
    return affine_forward(a, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    c1 = conv_forward(X, params["W1"], params["b1"], 1, 2)
    r1 = relu_forward(c1)
    p1 = max_pool_forward(r1)
    c2 = conv_forward(p1, params["W2"], params["b2"], 1, 0)
    r2 = relu_forward(c2)
    p2 = max_pool_forward(r2)
    f3 = affine_forward(p2, params["W3"], params["b3"])
    r3 = relu_forward(f3)
    f4 = affine_forward(r3, params["W4"], params["b4"])
    r4 = relu_forward(f4)
    scores = affine_forward(r4, params["W5"], params["b5"])
    loss, dscores = softmax_cross_entropy(scores, y)

    grads = {}
    dr4, grads["W5"], grads["b5"] = affine_backward(dscores, r4, params["W5"], params["b5"])
    df4 = relu_backward(dr4, f4)
    dr3, grads["W4"], grads["b4"] = affine_backward(df4, r3, params["W4"], params["b4"])
    df3 = relu_backward(dr3, f3)
    dp2, grads["W3"], grads["b3"] = affine_backward(df3, p2, params["W3"], params["b3"])
    dr2 = max_pool_backward(dp2, r2)
    dc2 = relu_backward(dr2, c2)
    dp1, grads["W2"], grads["b2"] = conv_backward(dc2, p1, params["W2"], params["b2"], 1, 0)
    dr1 = max_pool_backward(dp1, r1)
    dc1 = relu_backward(dr1, c1)
    dx, grads["W1"], grads["b1"] = conv_backward(dc1, X, params["W1"], params["b1"], 1, 2)

    for key in ["W1", "W2", "W3", "W4", "W5"]:
        loss = loss + reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads
