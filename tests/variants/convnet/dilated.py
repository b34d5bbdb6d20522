"""dx as a full cross-correlation of the dilated dout with the flipped filters; dw likewise."""

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    places = np.arange(-pad, size + pad - kernel + 1, stride)
    if places.size == 0:
        raise ValueError("no place for the kernel")
    return places.size


def count_conv_params(c_in, c_out, kernel):
    return c_in * c_out * kernel**2 + c_out


def count_dense_params(n_in, n_out):
    return n_out + n_out * n_in


def correlate(x, w):
    """Cross-correlation with stride 1 and no padding: (N, C, H, W), (F, C, r, q) -> (N, F, ...)."""
    HH, WW = w.shape[2:]
    H, W = x.shape[2] - HH + 1, x.shape[3] - WW + 1
    return sum(
        np.tensordot(w[:, :, r, q], x[:, :, r : r + H, q : q + W], axes=(1, 1))
        for r in range(HH)
        for q in range(WW)
    ).swapaxes(0, 1)


def zeros_around(x, rows, cols):
    return np.pad(x, ((0, 0), (0, 0), rows, cols))


def dilate(d, stride):
    N, F, H, W = d.shape
    out = np.zeros((N, F, (H - 1) * stride + 1, (W - 1) * stride + 1), d.dtype)
    out[:, :, ::stride, ::stride] = d
    return out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    x = zeros_around(x, (pad, pad), (pad, pad))
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    tops = list(range(0, H - HH + 1, stride))
    lefts = list(range(0, W - WW + 1, stride))
    out = np.empty((N, F, len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            for f in range(F):
                for n in range(N):
                    patch = x[n][:, top : top + HH, left : left + WW]
                    out[n, f, i, j] = np.dot(patch.ravel(), w[f].ravel()) + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    full = correlate(zeros_around(x, (pad, pad), (pad, pad)), w)
    return full[:, :, ::stride, ::stride] + b[None, :, None, None]


def conv_backward(dout, x, w, b, stride=1, pad=0):
    HH, WW = w.shape[2:]
    H, W = x.shape[2:]
    d = dilate(dout, stride)
    # what the stride has left over at the end got no gradient
    rest_h = H + 2 * pad - HH + 1 - d.shape[2]
    rest_w = W + 2 * pad - WW + 1 - d.shape[3]
    wide = zeros_around(d, (HH - 1, HH - 1 + rest_h), (WW - 1, WW - 1 + rest_w))
    dx = correlate(wide, w[:, :, ::-1, ::-1].swapaxes(0, 1))
    dx = dx[:, :, pad : pad + H, pad : pad + W]
    xp = zeros_around(x, (pad, pad), (pad, pad)).swapaxes(0, 1)
    dw = correlate(xp, d.swapaxes(0, 1)).swapaxes(0, 1)[:, :, :HH, :WW]
    return dx, dw, dout.sum(axis=3).sum(axis=2).sum(axis=0)


def pieces(shape, size, stride):
    """(row, column, rows, columns) for each place of a window."""
    for i in range(conv_output_size(shape[2], size, stride=stride)):
        for j in range(conv_output_size(shape[3], size, stride=stride)):
            yield i, j, slice(i * stride, i * stride + size), slice(j * stride, j * stride + size)


def new_maps(x, size, stride):
    side = [conv_output_size(n, size, stride=stride) for n in x.shape[2:]]
    return np.zeros((*x.shape[:2], *side), x.dtype)


def max_pool_forward(x, size=2, stride=2):
    out = new_maps(x, size, stride)
    for i, j, rows, cols in pieces(x.shape, size, stride):
        out[..., i, j] = x[..., rows, cols].max(axis=-1).max(axis=-1)
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    dx = 0 * x
    for i, j, rows, cols in pieces(x.shape, size, stride):
        window = x[..., rows, cols].reshape(*x.shape[:2], -1)
        winner = np.zeros_like(window)
        np.put_along_axis(winner, window.argmax(axis=-1)[..., None], 1, axis=-1)
        share = winner * dout[..., i, j, None]
        dx[..., rows, cols] += share.reshape(*x.shape[:2], size, size)
    return dx


def avg_pool_forward(x, size=2, stride=2):
    out = new_maps(x, size, stride)
    for i, j, rows, cols in pieces(x.shape, size, stride):
        out[..., i, j] = x[..., rows, cols].mean(axis=-1).mean(axis=-1)
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = 0 * x
    for i, j, rows, cols in pieces(x.shape, size, stride):
        dx[..., rows, cols] += dout[..., i, j, None, None] / size**2
    return dx


def relu_forward(x):
    return np.maximum(x, 0.0)


def relu_backward(dout, x):
    return np.multiply(dout, np.sign(np.maximum(x, 0)))


def affine_forward(x, w, b):
    return (w.T @ x.reshape(len(x), -1).T).T + b


def affine_backward(dout, x, w, b):
    dx = (w @ dout.T).T.reshape(x.shape)
    dw = sum(np.outer(sample, d) for sample, d in zip(x.reshape(len(x), -1), dout))
    return dx, dw, sum(dout)


def softmax_cross_entropy(scores, y):
    losses, rows = [], []
    for s, label in zip(scores, y):
        s = s - s.max()
        e = np.exp(s)
        losses.append(np.log(e.sum()) - s[label])
        p = e / e.sum()
        p[label] -= 1
        rows.append(p)
    return sum(losses) / len(losses), np.array(rows) / len(rows)


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((num_filters, C, kernel, kernel))
    W2 = rng.standard_normal((num_filters * H * W // 4, hidden_dims))
    W3 = rng.standard_normal((hidden_dims, num_classes))
    params = {}
    for i, w in enumerate((W1, W2, W3), 1):
        w *= eps
        params[f"W{i}"] = w
        params[f"b{i}"] = np.zeros(len(w) if i == 1 else w.shape[1])
    return params


def small(params, X):
    pad = len(params["W1"][0, 0]) // 2
    a = conv_forward(X, params["W1"], params["b1"], pad=pad)
    b = relu_forward(a)
    c = max_pool_forward(b)
    d = affine_forward(c, params["W2"], params["b2"])
    e = relu_forward(d)
    return a, b, c, d, e, affine_forward(e, params["W3"], params["b3"])


def convnet_forward(params, X):
    return small(params, X)[-1]


def penalty(params):
    return sum(float((value**2).sum()) for key, value in params.items() if value.ndim > 1)


def add_penalty(grads, params, reg):
    return {
        key: grads[key] + 2 * reg * value if value.ndim > 1 else grads[key]
        for key, value in params.items()
    }


def convnet_loss(params, X, y, reg=0.0):
    a, b, c, d, e, scores = small(params, X)
    loss, g = softmax_cross_entropy(scores, y)
    g, W3, b3 = affine_backward(g, e, params["W3"], params["b3"])
    g, W2, b2 = affine_backward(relu_backward(g, d), c, params["W2"], params["b2"])
    g = relu_backward(max_pool_backward(g, b), a)
    _, W1, b1 = conv_backward(g, X, params["W1"], params["b1"], 1, len(params["W1"][0, 0]) // 2)
    grads = {"W1": W1, "W2": W2, "W3": W3, "b1": b1, "b2": b2, "b3": b3}
    return loss + reg * penalty(params), add_penalty(grads, params, reg)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)

    def steps(params):
        for _ in range(num_iters):
            i = rng.choice(len(X), size=batch, replace=False)
            loss, grads = convnet_loss(params, X[i], y[i], reg)
            params = {key: params[key] - lr * grads[key] for key in params}
            yield loss, params

    losses, final = [], {key: value.copy() for key, value in params.items()}
    for loss, final in steps(final):
        losses.append(loss)
    return tuple(losses), final


def predict_convnet(params, X):
    return np.array([int(np.argmax(convnet_forward(params, image[None]))) for image in X])


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    params = init_convnet((1, 28, 28), 6, 5, 120, 84, eps=0.1, seed=seed)
    params["W2"], params["b2"] = rng.uniform(-0.1, 0.1, (16, 6, 5, 5)), np.zeros(16)
    params["W3"], params["b3"] = rng.uniform(-0.1, 0.1, (400, 120)), np.zeros(120)
    params["W4"], params["b4"] = rng.uniform(-0.1, 0.1, (120, 84)), np.zeros(84)
    params["W5"], params["b5"] = rng.uniform(-0.1, 0.1, (84, 10)), np.zeros(10)
    return params


def large(params, X):
    """All that LeNet-5 computes, by name."""
    v = {"x1": X}
    for i, pad in (1, 2), (2, 0):
        v[f"z{i}"] = conv_forward(v[f"x{i}"], params[f"W{i}"], params[f"b{i}"], pad=pad)
        v[f"r{i}"] = relu_forward(v[f"z{i}"])
        v[f"x{i + 1}"] = max_pool_forward(v[f"r{i}"])
    for i in 3, 4, 5:
        v[f"z{i}"] = affine_forward(v[f"x{i}"], params[f"W{i}"], params[f"b{i}"])
        v[f"x{i + 1}"] = relu_forward(v[f"z{i}"])
    return v


def lenet_forward(params, X):
    return large(params, X)["z5"]


def lenet_loss(params, X, y, reg=0.0):
    v = large(params, X)
    loss, g = softmax_cross_entropy(v["z5"], y)
    grads = {}
    for i in 5, 4, 3:
        if i < 5:
            g = relu_backward(g, v[f"z{i}"])
        g, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(
            g, v[f"x{i}"], params[f"W{i}"], params[f"b{i}"]
        )
    for i, pad in (2, 0), (1, 2):
        g = relu_backward(max_pool_backward(g, v[f"r{i}"]), v[f"z{i}"])
        g, grads[f"W{i}"], grads[f"b{i}"] = conv_backward(
            g, v[f"x{i}"], params[f"W{i}"], params[f"b{i}"], pad=pad
        )
    return loss + reg * penalty(params), add_penalty(grads, params, reg)
