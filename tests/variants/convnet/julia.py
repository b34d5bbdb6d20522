"""Ported from Julia: (W, H, C, N) inside, column-major arrays, one place of the kernel at a time."""

import numpy as np

zeros = lambda *dims: np.zeros(dims, order="F")  # noqa: E731
permutedims = np.transpose
size = np.shape


def fld(a, b):
    return a // b


class DimensionMismatch(ValueError):
    pass


def conv_output_size(size, kernel, pad=0, stride=1):
    if kernel > size + 2 * pad:
        raise DimensionMismatch("kernel larger than image")
    return fld(size + 2 * pad - kernel, stride) + 1


def count_conv_params(c_in, c_out, kernel):
    return sum([c_in * kernel**2 + 1] * c_out)


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def whcn(x):
    return np.asfortranarray(permutedims(x, (3, 2, 1, 0)))


def nchw(x):
    return permutedims(x, (3, 2, 1, 0))


def with_border(x, p):
    W, H, C, N = size(x)
    y = zeros(W + 2 * p, H + 2 * p, C, N).astype(x.dtype)
    y[p : p + W, p : p + H, :, :] = x
    return y


def conv_forward_naive(x, w, b, stride=1, pad=0):
    x, w = with_border(whcn(x), pad), whcn(w)
    W, H, C, N = size(x)
    WW, HH, C, F = size(w)
    out = zeros(fld(W - WW, stride) + 1, fld(H - HH, stride) + 1, F, N)
    for n in range(N):
        for f in range(F):
            for j in range(size(out)[1]):
                for i in range(size(out)[0]):
                    a, e = stride * i, stride * j
                    out[i, j, f, n] = sum(
                        np.sum(x[a : a + WW, e : e + HH, c, n] * w[:, :, c, f]) for c in range(C)
                    )
            out[:, :, f, n] += b[f]
    return nchw(out)


def conv_forward(x, w, b, stride=1, pad=0):
    x, w = with_border(whcn(x), pad), whcn(w)
    W, H, C, N = size(x)
    WW, HH, C, F = size(w)
    o, u = fld(W - WW, stride) + 1, fld(H - HH, stride) + 1
    out = zeros(o, u, F, N)
    for i in range(o):
        for j in range(u):
            a, e = stride * i, stride * j
            patch = x[a : a + WW, e : e + HH, :, :].reshape(-1, N, order="F")
            out[i, j, :, :] = w.reshape(-1, F, order="F").T @ patch + b[:, None]
    return nchw(out)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    W, H, C, N = size(whcn(x))
    x, w, dout = with_border(whcn(x), pad), whcn(w), whcn(dout)
    WW, HH, C, F = size(w)
    dx, dw = zeros(*size(x)), zeros(*size(w))
    for i in range(size(dout)[0]):
        for j in range(size(dout)[1]):
            a, e = stride * i, stride * j
            patch = x[a : a + WW, e : e + HH, :, :].reshape(-1, N, order="F")
            d = dout[i, j, :, :]
            dw += (patch @ d.T).reshape(size(w), order="F")
            part = w.reshape(-1, F, order="F") @ d
            dx[a : a + WW, e : e + HH, :, :] += part.reshape((WW, HH, C, N), order="F")
    db = dout.sum(axis=(0, 1, 3))
    return nchw(dx[pad : pad + W, pad : pad + H, :, :]), nchw(dw), db


def each_window(x, k, stride):
    H, W = x.shape[2:]
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(conv_output_size(H, k, stride=stride)):
                for j in range(conv_output_size(W, k, stride=stride)):
                    yield (
                        (n, c, i, j),
                        x[n, c, i * stride : i * stride + k, j * stride : j * stride + k],
                    )


def pooled(x, k, stride, f):
    H, W = x.shape[2:]
    out_h, out_w = conv_output_size(H, k, stride=stride), conv_output_size(W, k, stride=stride)
    out = np.zeros((x.shape[0], x.shape[1], out_h, out_w), order="F")
    for place, window in each_window(x, k, stride):
        out[place] = f(window)
    return out


def max_pool_forward(x, size=2, stride=2):
    return pooled(x, size, stride, np.max)


def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape, order="F")
    for place, window in each_window(x, size, stride):
        rows, cols = np.where(window == window.max())
        n, c, i, j = place
        dx[n, c, i * stride + rows[0], j * stride + cols[0]] += dout[place]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    return pooled(x, size, stride, np.mean)


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape, order="F")
    for (n, c, i, j), _ in each_window(x, size, stride):
        a, e = i * stride, j * stride
        dx[n, c, a : a + size, e : e + size] += dout[n, c, i, j] / size**2
    return dx


def relu_forward(x):
    return np.vectorize(lambda t: max(0.0, t), otypes=[float])(x)


def relu_backward(dout, x):
    return np.array([d if t > 0 else 0.0 for d, t in zip(dout.flat, x.flat)]).reshape(x.shape)


def affine_forward(x, w, b):
    return np.asfortranarray(x.reshape(x.shape[0], -1)) @ np.asfortranarray(w) + b.T


def affine_backward(dout, x, w, b):
    flat = np.asfortranarray(x.reshape(x.shape[0], -1))
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, dout.sum(axis=0)


def softmax_cross_entropy(scores, y):
    N = len(y)
    top = scores.max(axis=1, keepdims=True)
    logz = top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    grad = np.exp(scores - logz)
    loss = 0
    for n in range(N):
        loss += (logz[n, 0] - scores[n, y[n]]) / N
        grad[n, y[n]] -= 1
    return loss, grad / N


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    randn = lambda *dims: rng.standard_normal(dims)  # noqa: E731
    C, H, W = input_dim
    params = dict()
    params["W1"] = eps * randn(num_filters, C, kernel, kernel)
    params["b1"] = zeros(num_filters)
    params["W2"] = eps * randn(num_filters * fld(H, 2) * fld(W, 2), hidden_dims)
    params["b2"] = zeros(hidden_dims)
    params["W3"] = eps * randn(hidden_dims, num_classes)
    params["b3"] = zeros(num_classes)
    return params


def convnet_forward(params, X):
    pad = fld(size(params["W1"])[2] - 1, 2)
    h = max_pool_forward(relu_forward(conv_forward(X, params["W1"], params["b1"], pad=pad)))
    h = relu_forward(affine_forward(h, params["W2"], params["b2"]))
    return affine_forward(h, params["W3"], params["b3"])


def convnet_loss(params, X, y, reg=0.0):
    p = {**params}
    pad = fld(size(p["W1"])[2] - 1, 2)
    z1 = conv_forward(X, p["W1"], p["b1"], pad=pad)
    h1 = relu_forward(z1)
    m1 = max_pool_forward(h1)
    z2 = affine_forward(m1, p["W2"], p["b2"])
    h2 = relu_forward(z2)
    loss, d3 = softmax_cross_entropy(affine_forward(h2, p["W3"], p["b3"]), y)
    dh2, dW3, db3 = affine_backward(d3, h2, p["W3"], p["b3"])
    dm1, dW2, db2 = affine_backward(relu_backward(dh2, z2), m1, p["W2"], p["b2"])
    d1 = relu_backward(max_pool_backward(dm1, h1), z1)
    _, dW1, db1 = conv_backward(d1, X, p["W1"], p["b1"], pad=pad)
    for W in (p["W1"], p["W2"], p["W3"]):
        loss += reg * np.sum(W**2)
    return loss, {
        "b1": db1,
        "b2": db2,
        "b3": db3,
        "W1": dW1 + reg * 2 * p["W1"],
        "W2": dW2 + reg * 2 * p["W2"],
        "W3": dW3 + reg * 2 * p["W3"],
    }


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    params = {k: v.copy(order="F") for k, v in params.items()}
    losses = zeros(num_iters)
    for t in range(num_iters):
        rows = rng.choice(size(X)[0], size=batch, replace=False)
        losses[t], grads = convnet_loss(params, X[rows, :, :, :], y[rows], reg)
        for k in ("W1", "W2", "W3", "b1", "b2", "b3"):
            params[k] = params[k] - lr * grads[k]
    return losses, params


def predict_convnet(params, X):
    scores = convnet_forward(params, X)
    return np.array([list(row).index(max(row)) for row in scores])


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    params = {}
    for n, dims in enumerate(((6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)), 1):
        params[f"W{n}"] = np.asfortranarray(0.1 * rng.standard_normal(dims))
        params[f"b{n}"] = zeros((6, 16, 120, 84, 10)[n - 1])
    return params


def lenet_forward(params, X):
    h = max_pool_forward(relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2)))
    h = max_pool_forward(relu_forward(conv_forward(h, params["W2"], params["b2"])))
    for n in ("3", "4"):
        h = relu_forward(affine_forward(h, params["W" + n], params["b" + n]))
    return affine_forward(h, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    W1, W2, W3, W4, W5 = (params[f"W{n}"] for n in range(1, 6))
    b1, b2, b3, b4, b5 = (params[f"b{n}"] for n in range(1, 6))
    z1 = conv_forward(X, W1, b1, pad=2)
    h1 = relu_forward(z1)
    m1 = max_pool_forward(h1)
    z2 = conv_forward(m1, W2, b2)
    h2 = relu_forward(z2)
    m2 = max_pool_forward(h2)
    z3 = affine_forward(m2, W3, b3)
    h3 = relu_forward(z3)
    z4 = affine_forward(h3, W4, b4)
    h4 = relu_forward(z4)
    loss, d5 = softmax_cross_entropy(affine_forward(h4, W5, b5), y)
    dh4, dW5, db5 = affine_backward(d5, h4, W5, b5)
    dh3, dW4, db4 = affine_backward(relu_backward(dh4, z4), h3, W4, b4)
    dm2, dW3, db3 = affine_backward(relu_backward(dh3, z3), m2, W3, b3)
    dm1, dW2, db2 = conv_backward(relu_backward(max_pool_backward(dm2, h2), z2), m1, W2, b2)
    _, dW1, db1 = conv_backward(relu_backward(max_pool_backward(dm1, h1), z1), X, W1, b1, pad=2)
    grads = dict(b1=db1, b2=db2, b3=db3, b4=db4, b5=db5)
    for n, (W, dW) in enumerate(((W1, dW1), (W2, dW2), (W3, dW3), (W4, dW4), (W5, dW5)), 1):
        loss = loss + reg * np.sum(W**2)
        grads[f"W{n}"] = dW + 2 * reg * W
    return loss, grads
