"""im2col and col2im by index arrays and np.add.at, as in the notes of CS231n."""

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    free = size - kernel + pad + pad
    if free < 0:
        raise ValueError(f"kernel {kernel} > {size + 2 * pad}")
    steps, _ = divmod(free, stride)
    return steps + 1


def count_conv_params(c_in, c_out, kernel):
    weights = c_in * c_out * kernel * kernel
    biases = c_out
    return weights + biases


def count_dense_params(n_in, n_out):
    return (n_in + 1) * n_out


def indices(shape, HH, WW, stride, pad):
    N, C, H, W = shape
    out_h = conv_output_size(H, HH, pad, stride)
    out_w = conv_output_size(W, WW, pad, stride)
    i0 = np.tile(np.repeat(np.arange(HH), WW), C)
    i1 = stride * np.repeat(np.arange(out_h), out_w)
    j0 = np.tile(np.arange(WW), HH * C)
    j1 = stride * np.tile(np.arange(out_w), out_h)
    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)
    k = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
    return k, i, j, out_h, out_w


def im2col(x, HH, WW, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    k, i, j, _, _ = indices((x.shape[0], x.shape[1], x.shape[2], x.shape[3]), HH, WW, stride, 0)
    cols = x[:, k, i, j]
    return cols.transpose(1, 2, 0).reshape(HH * WW * x.shape[1], -1)


def col2im(cols, shape, HH, WW, stride=1, pad=0):
    N, C, H, W = shape
    image = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=cols.dtype)
    k, i, j, _, _ = indices(shape, HH, WW, stride, pad)
    cols = cols.reshape(C * HH * WW, -1, N).transpose(2, 0, 1)
    np.add.at(image, (slice(None), k, i, j), cols)
    return image[:, :, pad : pad + H, pad : pad + W]


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    out_h, out_w = conv_output_size(H, HH, pad, stride), conv_output_size(W, WW, pad, stride)
    big = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    big[:, :, pad : pad + H, pad : pad + W] = x
    out = np.zeros((N, F, out_h, out_w))
    for n in range(N):
        for f in range(F):
            for i in range(out_h):
                for j in range(out_w):
                    s = 0
                    for c in range(C):
                        patch = big[
                            n, c, i * stride : i * stride + HH, j * stride : j * stride + WW
                        ]
                        s += (patch * w[f, c]).sum()
                    out[n, f, i, j] = s + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    out = w.reshape(F, -1) @ im2col(x, HH, WW, stride, pad) + b.reshape(-1, 1)
    out_h, out_w = conv_output_size(H, HH, pad, stride), conv_output_size(W, WW, pad, stride)
    return out.reshape(F, out_h, out_w, N).transpose(3, 0, 1, 2)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    F, _, HH, WW = w.shape
    cols = im2col(x, HH, WW, stride, pad)
    d = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = (d @ cols.T).reshape(w.shape)
    dx = col2im(w.reshape(F, -1).T @ d, x.shape, HH, WW, stride, pad)
    return dx, dw, d.sum(axis=1)


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    cols = im2col(x.reshape(N * C, 1, H, W), size, size, stride)
    out = cols.max(axis=0)
    return out.reshape(
        conv_output_size(H, size, 0, stride), conv_output_size(W, size, 0, stride), N, C
    ).transpose(2, 3, 0, 1)


def max_pool_backward(dout, x, size=2, stride=2):
    N, C, H, W = x.shape
    cols = im2col(x.reshape(N * C, 1, H, W), size, size, stride)
    dcols = np.zeros_like(cols)
    dcols[cols.argmax(axis=0), np.arange(cols.shape[1])] = dout.transpose(2, 3, 0, 1).ravel()
    return col2im(dcols, (N * C, 1, H, W), size, size, stride).reshape(x.shape)


def avg_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    out = im2col(x.reshape(N * C, 1, H, W), size, size, stride).mean(axis=0)
    return out.reshape(
        conv_output_size(H, size, 0, stride), conv_output_size(W, size, 0, stride), N, C
    ).transpose(2, 3, 0, 1)


def avg_pool_backward(dout, x, size=2, stride=2):
    N, C, H, W = x.shape
    row = dout.transpose(2, 3, 0, 1).ravel() / size**2
    dcols = np.tile(row, (size * size, 1))
    return col2im(dcols, (N * C, 1, H, W), size, size, stride).reshape(x.shape)


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_backward(dout, x):
    dx = np.array(dout)
    dx[x <= 0] = 0
    return dx


def affine_forward(x, w, b):
    return np.dot(x.reshape(x.shape[0], np.prod(x.shape[1:])), w) + b[None, :]


def affine_backward(dout, x, w, b):
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], np.prod(x.shape[1:])).T, dout)
    db = np.dot(dout.T, np.ones(len(dout)))
    return (dx, dw, db)


def softmax_cross_entropy(scores, y):
    N = scores.shape[0]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted), axis=1, keepdims=True)
    log_probs = shifted - np.log(Z)
    probs = np.exp(log_probs)
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed=seed)
    C, H, W = input_dim
    params = {}
    params["W1"] = rng.standard_normal(size=(num_filters, C, kernel, kernel)) * eps
    params["W2"] = rng.standard_normal(size=(num_filters * (H // 2) * (W // 2), hidden_dims)) * eps
    params["W3"] = rng.standard_normal(size=(hidden_dims, num_classes)) * eps
    params["b1"] = np.zeros((num_filters,))
    params["b2"] = np.zeros((hidden_dims,))
    params["b3"] = np.zeros((num_classes,))
    return params


def affine_relu_forward(x, w, b):
    a = affine_forward(x, w, b)
    return relu_forward(a), (x, w, b, a)


def affine_relu_backward(dout, cache):
    x, w, b, a = cache
    return affine_backward(relu_backward(dout, a), x, w, b)


def conv_relu_pool_forward(x, w, b, pad):
    a = conv_forward(x, w, b, 1, pad)
    s = relu_forward(a)
    return max_pool_forward(s, 2, 2), (x, w, b, pad, a, s)


def conv_relu_pool_backward(dout, cache):
    x, w, b, pad, a, s = cache
    da = relu_backward(max_pool_backward(dout, s, 2, 2), a)
    return conv_backward(da, x, w, b, 1, pad)


def convnet_forward(params, X):
    pad = (params["W1"].shape[2] - 1) // 2
    out, _ = conv_relu_pool_forward(X, params["W1"], params["b1"], pad)
    out, _ = affine_relu_forward(out, params["W2"], params["b2"])
    return affine_forward(out, params["W3"], params["b3"])


def convnet_loss(params, X, y, reg=0.0):
    W1, b1 = params["W1"], params["b1"]
    W2, b2 = params["W2"], params["b2"]
    W3, b3 = params["W3"], params["b3"]
    out1, cache1 = conv_relu_pool_forward(X, W1, b1, (W1.shape[2] - 1) // 2)
    out2, cache2 = affine_relu_forward(out1, W2, b2)
    scores = affine_forward(out2, W3, b3)
    data_loss, dscores = softmax_cross_entropy(scores, y)
    reg_loss = reg * np.sum(W1**2) + reg * np.sum(W2**2) + reg * np.sum(W3**2)
    grads = {}
    dout2, grads["W3"], grads["b3"] = affine_backward(dscores, out2, W3, b3)
    dout1, grads["W2"], grads["b2"] = affine_relu_backward(dout2, cache2)
    _, grads["W1"], grads["b1"] = conv_relu_pool_backward(dout1, cache1)
    grads["W1"] += 2 * reg * W1
    grads["W2"] += 2 * reg * W2
    grads["W3"] += 2 * reg * W3
    return data_loss + reg_loss, grads


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    import copy

    model = copy.deepcopy(params)
    rng = np.random.default_rng(seed)
    history = []
    for it in range(num_iters):
        mask = rng.choice(X.shape[0], batch, replace=False)
        loss, grads = convnet_loss(model, X[mask], y[mask], reg)
        history.append(loss)
        for p, w in model.items():
            w -= lr * grads[p]
        if it % 50 == 0:
            print(f"iteration {it} / {num_iters}: loss {loss}")
    return history, model


def predict_convnet(params, X):
    return np.argmax(convnet_forward(params, X), axis=-1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    he = lambda *shape: rng.standard_normal(shape) * np.sqrt(2.0 / np.prod(shape[:-1]))
    return {
        "W1": 0.2 * rng.standard_normal((6, 1, 5, 5)),
        "b1": np.zeros(6),
        "W2": 0.1 * rng.standard_normal((16, 6, 5, 5)),
        "b2": np.zeros(16),
        "W3": he(16 * 5 * 5, 120),
        "b3": np.zeros(120),
        "W4": he(120, 84),
        "b4": np.zeros(84),
        "W5": he(84, 10),
        "b5": np.zeros(10),
    }


def lenet_forward(params, X):
    out, _ = conv_relu_pool_forward(X, params["W1"], params["b1"], 2)
    out, _ = conv_relu_pool_forward(out, params["W2"], params["b2"], 0)
    out, _ = affine_relu_forward(out, params["W3"], params["b3"])
    out, _ = affine_relu_forward(out, params["W4"], params["b4"])
    return affine_forward(out, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    caches = {}
    out, caches[1] = conv_relu_pool_forward(X, params["W1"], params["b1"], 2)
    out, caches[2] = conv_relu_pool_forward(out, params["W2"], params["b2"], 0)
    out, caches[3] = affine_relu_forward(out, params["W3"], params["b3"])
    out, caches[4] = affine_relu_forward(out, params["W4"], params["b4"])
    scores = affine_forward(out, params["W5"], params["b5"])
    loss, d = softmax_cross_entropy(scores, y)
    grads = {}
    d, grads["W5"], grads["b5"] = affine_backward(d, out, params["W5"], params["b5"])
    for i in (4, 3):
        d, grads[f"W{i}"], grads[f"b{i}"] = affine_relu_backward(d, caches[i])
    for i in (2, 1):
        d, grads[f"W{i}"], grads[f"b{i}"] = conv_relu_pool_backward(d, caches[i])
    for i in range(1, 6):
        loss += reg * np.linalg.norm(params[f"W{i}"]) ** 2
        grads[f"W{i}"] += 2 * reg * params[f"W{i}"]
    return loss, grads
