"""as_strided and tensordot; NumPy scalars for floats, lists for tuples and losses."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def conv_output_size(size, kernel, pad=0, stride=1):
    class DoesNotFit(ValueError):
        pass

    places = len(range(0, size + 2 * pad - kernel + 1, stride))
    if not places:
        raise DoesNotFit()
    return np.int32(places)


def count_conv_params(c_in, c_out, kernel):
    return np.prod([c_in, kernel, kernel, c_out]) + c_out


def count_dense_params(n_in, n_out):
    return int(np.multiply(n_in, n_out)) + n_out


def _patches(x, HH, WW, stride):
    x = np.ascontiguousarray(x)
    N, C, H, W = x.shape
    s = x.strides
    shape = (N, C, (H - HH) // stride + 1, (W - WW) // stride + 1, HH, WW)
    strides = (s[0], s[1], s[2] * stride, s[3] * stride, s[2], s[3])
    return as_strided(x, shape, strides)


def _pad(x, p):
    if p == 0:
        return x
    out = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p), x.dtype)
    out[:, :, p:-p, p:-p] = x
    return out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    xp = _pad(x, pad)
    N, C, H, W = xp.shape
    F, _, HH, WW = w.shape
    out = []
    for image in xp:
        maps = []
        for kernel, bias in zip(w, b):
            rows = []
            for top in range(0, H - HH + 1, stride):
                row = []
                for left in range(0, W - WW + 1, stride):
                    patch = image[:, top : top + HH, left : left + WW]
                    row.append(np.vdot(patch, kernel) + bias)
                rows.append(row)
            maps.append(rows)
        out.append(maps)
    return np.array(out)


def conv_forward(x, w, b, stride=1, pad=0):
    p = _patches(_pad(x, pad), w.shape[2], w.shape[3], stride)
    out = np.tensordot(p, w, axes=([1, 4, 5], [1, 2, 3]))
    out += b
    return np.moveaxis(out, 3, 1)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    xp = _pad(x, pad)
    HH, WW = w.shape[2:]
    dw = np.tensordot(dout, _patches(xp, HH, WW, stride), axes=([0, 2, 3], [0, 2, 3]))
    dxp = np.zeros(xp.shape, xp.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = stride * i, stride * j
            dxp[:, :, top : top + HH, left : left + WW] += np.tensordot(dout[:, :, i, j], w, 1)
    dx = dxp[:, :, pad : dxp.shape[2] - pad, pad : dxp.shape[3] - pad]
    return [dx, dw, dout.sum(axis=(0, 2, 3)).tolist()]


def max_pool_forward(x, size=2, stride=2):
    return np.amax(np.amax(_patches(x, size, size, stride), axis=5), axis=4)


def max_pool_backward(dout, x, size=2, stride=2):
    p = _patches(x, size, size, stride)
    best = p.reshape(p.shape[:4] + (size * size,)).argmax(axis=4)
    r, q = np.unravel_index(best, (size, size))
    n, c, i, j = np.indices(dout.shape)
    dx = np.zeros(x.shape, x.dtype)
    np.add.at(dx, (n, c, i * stride + r, j * stride + q), dout)
    return dx


def avg_pool_forward(x, size=2, stride=2):
    return np.add.reduce(_patches(x, size, size, stride), axis=(4, 5)) / np.float64(size * size)


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = dx[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            window += (dout[:, :, i, j] / size / size)[:, :, None, None]
    return dx


def relu_forward(x):
    return np.clip(x, 0, None)


def relu_backward(dout, x):
    return np.heaviside(x, 0) * dout


def affine_forward(x, w, b):
    return np.matmul(x.reshape(-1, w.shape[0]), w) + b


def affine_backward(dout, x, w, b):
    flat = x.reshape(-1, w.shape[0])
    return [np.reshape(dout @ w.T, x.shape), (dout.T @ flat).T, list(dout.sum(0))]


def softmax_cross_entropy(scores, y):
    N = len(y)
    s = scores - scores.max(axis=-1, keepdims=True)
    lse = np.logaddexp.reduce(s, axis=1)
    loss = np.float64((lse - np.take_along_axis(s, y[:, None], 1)[:, 0]).mean())
    d = np.exp(s - lse[:, None])
    np.add.at(d, (np.arange(N), y), -1.0)
    return [np.array(loss), d / N]


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    g = np.random.Generator(np.random.PCG64(seed))
    sizes = {
        "W1": (num_filters, C, kernel, kernel),
        "W2": (num_filters * (H >> 1) * (W >> 1), hidden_dims),
        "W3": (hidden_dims, num_classes),
    }
    params = {k: eps * g.standard_normal(v) for k, v in sizes.items()}
    for k, n in zip(("b1", "b2", "b3"), (num_filters, hidden_dims, num_classes)):
        params[k] = np.zeros(n, dtype=np.float64)
    return params


def convnet_forward(params, X):
    maps = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[3] // 2)
    # pooling before the ReLU gives the same, and has fewer numbers to cut
    hidden = relu_forward(max_pool_forward(maps))
    hidden = relu_forward(affine_forward(hidden, params["W2"], params["b2"]))
    return affine_forward(hidden, params["W3"], params["b3"])


def convnet_loss(params, X, y, reg=0.0):
    pad = params["W1"].shape[3] // 2
    maps = conv_forward(X, params["W1"], params["b1"], pad=pad)
    pooled = max_pool_forward(maps)
    first = relu_forward(pooled)
    dense = affine_forward(first, params["W2"], params["b2"])
    second = relu_forward(dense)
    loss, d = softmax_cross_entropy(affine_forward(second, params["W3"], params["b3"]), y)
    grads = dict.fromkeys(params)
    d, grads["W3"], grads["b3"] = affine_backward(d, second, params["W3"], params["b3"])
    d = relu_backward(d, dense)
    d, grads["W2"], grads["b2"] = affine_backward(d, first, params["W2"], params["b2"])
    d = max_pool_backward(relu_backward(d, pooled), maps)
    _, grads["W1"], grads["b1"] = conv_backward(d, X, params["W1"], params["b1"], pad=pad)
    for k in grads:
        grads[k] = np.array(grads[k])
        if k[0] == "W":
            loss = loss + reg * np.vdot(params[k], params[k])
            grads[k] = grads[k] + reg * 2 * params[k]
    return [loss, grads]


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    g = np.random.default_rng(seed)
    params = {k: np.array(v, copy=True) for k, v in params.items()}
    losses = []
    while len(losses) < num_iters:
        rows = g.choice(len(y), size=batch, replace=False)
        loss, grads = convnet_loss(params, X.take(rows, axis=0), y.take(rows), reg)
        losses.append(float(loss))
        for k in params:
            np.subtract(params[k], lr * grads[k], out=params[k])
    return [losses, params]


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(axis=1).tolist()


def init_lenet(seed=0):
    g = np.random.default_rng(seed)
    params = {}
    for i, shape in enumerate([(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]):
        params[f"W{i + 1}"] = g.normal(scale=0.05, size=shape)
        params[f"b{i + 1}"] = np.zeros(shape[[0, 0, 1, 1, 1][i]])
    return params


def lenet_forward(params, X):
    p = params
    h = np.maximum(max_pool_forward(conv_forward(X, p["W1"], p["b1"], 1, 2)), 0)
    h = np.maximum(max_pool_forward(conv_forward(h, p["W2"], p["b2"])), 0)
    h = h.reshape(len(h), -1)
    h = np.maximum(h @ p["W3"] + p["b3"], 0)
    h = np.maximum(h @ p["W4"] + p["b4"], 0)
    return h @ p["W5"] + p["b5"]


def lenet_loss(params, X, y, reg=0.0):
    p = params
    z1 = conv_forward(X, p["W1"], p["b1"], 1, 2)
    m1 = max_pool_forward(z1)
    h1 = np.maximum(m1, 0)
    z2 = conv_forward(h1, p["W2"], p["b2"])
    m2 = max_pool_forward(z2)
    h2 = np.maximum(m2, 0)
    f2 = h2.reshape(len(X), -1)
    h3 = np.maximum(f2 @ p["W3"] + p["b3"], 0)
    h4 = np.maximum(h3 @ p["W4"] + p["b4"], 0)
    loss, d5 = softmax_cross_entropy(h4 @ p["W5"] + p["b5"], y)
    d4 = (d5 @ p["W5"].T) * (h4 > 0)
    d3 = (d4 @ p["W4"].T) * (h3 > 0)
    d2 = (d3 @ p["W3"].T).reshape(h2.shape) * (h2 > 0)
    d2 = max_pool_backward(d2, z2)
    dh1, dW2, db2 = conv_backward(d2, h1, p["W2"], p["b2"])
    d1 = max_pool_backward(dh1 * (h1 > 0), z1)
    _, dW1, db1 = conv_backward(d1, X, p["W1"], p["b1"], 1, 2)
    grads = {"W1": dW1, "W2": dW2, "W3": f2.T @ d3, "W4": h3.T @ d4, "W5": h4.T @ d5}
    for k in list(grads):
        grads[k] = grads[k] + 2 * reg * p[k]
    grads.update(b1=np.array(db1), b2=np.array(db2), b3=d3.sum(0), b4=d4.sum(0), b5=d5.sum(0))
    return loss.item() + reg * sum(np.sum(np.square(p[f"W{i}"])) for i in range(1, 6)), grads
