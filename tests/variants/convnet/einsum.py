"""Windows by sliding_window_view, sums by einsum; gradients back by a loop over kernel cells."""

from numpy.lib.stride_tricks import sliding_window_view
import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    if size + 2 * pad < kernel:
        raise ValueError("kernel does not fit")
    return int(np.floor((size + 2 * pad - kernel) / stride)) + 1


def count_conv_params(c_in, c_out, kernel):
    return np.zeros((c_out, c_in, kernel, kernel)).size + c_out


def count_dense_params(n_in, n_out):
    return np.int64(n_in * n_out + n_out)


def windows(x, HH, WW, stride):
    return sliding_window_view(x, (HH, WW), axis=(2, 3))[:, :, ::stride, ::stride]


def padded(x, pad):
    return np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])


def conv_forward_naive(x, w, b, stride=1, pad=0):
    x = padded(x, pad)
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    rows = range(0, H - HH + 1, stride)
    cols = range(0, W - WW + 1, stride)
    return np.array(
        [
            [
                [
                    [np.sum(x[n, :, i : i + HH, j : j + WW] * w[f]) + b[f] for j in cols]
                    for i in rows
                ]
                for f in range(F)
            ]
            for n in range(N)
        ]
    )


def conv_forward(x, w, b, stride=1, pad=0):
    out = np.einsum("nchwij,fcij->nfhw", windows(padded(x, pad), *w.shape[2:], stride), w)
    return out + b.reshape(1, -1, 1, 1)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    xp = padded(x, pad)
    HH, WW = w.shape[2:]
    dw = np.einsum("nfhw,nchwij->fcij", dout, windows(xp, HH, WW, stride))
    parts = np.einsum("nfhw,fcij->nchwij", dout, w)
    dxp = np.zeros_like(xp)
    Ho, Wo = dout.shape[2:]
    for i in range(HH):
        for j in range(WW):
            dxp[:, :, i : i + stride * Ho : stride, j : j + stride * Wo : stride] += parts[
                ..., i, j
            ]
    dx = dxp[:, :, pad:-pad, pad:-pad] if pad else dxp
    return dx, dw, np.einsum("nfhw->f", dout)


def max_pool_forward(x, size=2, stride=2):
    return windows(x, size, size, stride).max((-1, -2))


def max_pool_backward(dout, x, size=2, stride=2):
    view = windows(x, size, size, stride)
    flat = view.reshape(*view.shape[:4], -1)
    mask = np.eye(size * size)[flat.argmax(-1)] * dout[..., None]
    mask = mask.reshape(view.shape)
    dx = np.zeros_like(x)
    Ho, Wo = dout.shape[2:]
    for i in range(size):
        for j in range(size):
            dx[:, :, i : i + stride * Ho : stride, j : j + stride * Wo : stride] += mask[..., i, j]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    return windows(x, size, size, stride).mean((4, 5))


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros_like(x)
    Ho, Wo = dout.shape[2:]
    for i in range(size):
        for j in range(size):
            dx[:, :, i : i + stride * Ho : stride, j : j + stride * Wo : stride] += dout
    return dx / (size * size)


def relu_forward(x):
    return np.where(x > 0, x, 0)


def relu_backward(dout, x):
    return np.where(x > 0, dout, 0)


def affine_forward(x, w, b):
    return np.einsum("nd,dm->nm", x.reshape(x.shape[0], -1), w) + b


def affine_backward(dout, x, w, b):
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    dw = np.einsum("nd,nm->dm", x.reshape(x.shape[0], -1), dout)
    return [dx, dw, dout.sum(0)]


def softmax_cross_entropy(scores, y):
    one_hot = np.eye(scores.shape[1])[y]
    s = scores - scores.max(1)[:, None]
    logsumexp = np.log(np.exp(s).sum(1))
    loss = np.mean(logsumexp - (s * one_hot).sum(1))
    p = np.exp(s - logsumexp[:, None])
    return loss, (p - one_hot) / len(y)


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    return dict(
        W1=rng.normal(0, eps, (num_filters, C, kernel, kernel)),
        W2=rng.normal(0, eps, (num_filters * H // 2 * W // 2, hidden_dims)),
        W3=rng.normal(0, eps, (hidden_dims, num_classes)),
        b1=np.zeros(num_filters),
        b2=np.zeros(hidden_dims),
        b3=np.zeros(num_classes),
    )


def forward_all(params, X):
    pad = params["W1"].shape[-1] // 2
    z1 = conv_forward(X, params["W1"], params["b1"], pad=pad)
    a1 = relu_forward(z1)
    p1 = max_pool_forward(a1)
    z2 = affine_forward(p1, params["W2"], params["b2"])
    a2 = relu_forward(z2)
    return affine_forward(a2, params["W3"], params["b3"]), (z1, a1, p1, z2, a2)


def convnet_forward(params, X):
    return forward_all(params, X)[0]


def convnet_loss(params, X, y, reg=0.0):
    scores, (z1, a1, p1, z2, a2) = forward_all(params, X)
    loss, d = softmax_cross_entropy(scores, y)
    loss += reg * sum((params[k] ** 2).sum() for k in params if k.startswith("W"))
    grads = {}
    d, grads["W3"], grads["b3"] = affine_backward(d, a2, params["W3"], params["b3"])
    d, grads["W2"], grads["b2"] = affine_backward(
        relu_backward(d, z2), p1, params["W2"], params["b2"]
    )
    d = relu_backward(max_pool_backward(d, a1), z1)
    _, grads["W1"], grads["b1"] = conv_backward(
        d, X, params["W1"], params["b1"], pad=params["W1"].shape[-1] // 2
    )
    return loss, {k: g + 2 * reg * params[k] * k.startswith("W") for k, g in grads.items()}


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    losses = np.empty(num_iters)
    for t in range(num_iters):
        i = rng.choice(X.shape[0], size=batch, replace=False)
        losses[t], grads = convnet_loss(params, X[i], y[i], reg)
        params = {k: v - lr * grads[k] for k, v in params.items()}
    return losses, params


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    params = {}
    for i, shape in enumerate(shapes, 1):
        bound = np.sqrt(6 / (np.prod(shape[1:]) + shape[0]))
        params[f"W{i}"] = rng.uniform(-bound, bound, shape)
        params[f"b{i}"] = np.zeros(shape[0] if i < 3 else shape[1])
    return params


def lenet_all(p, X):
    tape = []
    out = X
    for i, pad in ((1, 2), (2, 0)):
        z = conv_forward(out, p[f"W{i}"], p[f"b{i}"], pad=pad)
        a = relu_forward(z)
        tape.append((out, z, a))
        out = max_pool_forward(a)
    for i in (3, 4):
        z = affine_forward(out, p[f"W{i}"], p[f"b{i}"])
        tape.append((out, z, None))
        out = relu_forward(z)
    tape.append((out, None, None))
    return affine_forward(out, p["W5"], p["b5"]), tape


def lenet_forward(params, X):
    return lenet_all(params, X)[0]


def lenet_loss(params, X, y, reg=0.0):
    scores, tape = lenet_all(params, X)
    loss, d = softmax_cross_entropy(scores, y)
    grads = {}
    for i in (5, 4, 3, 2, 1):
        x, z, a = tape[i - 1]
        W, b = params[f"W{i}"], params[f"b{i}"]
        if a is not None:
            d = max_pool_backward(d, a)
        if z is not None:
            d = relu_backward(d, z)
        if i < 3:
            d, dW, db = conv_backward(d, x, W, b, pad=2 if i == 1 else 0)
        else:
            d, dW, db = affine_backward(d, x, W, b)
        grads[f"W{i}"], grads[f"b{i}"] = dW + 2 * reg * W, db
        loss = loss + reg * np.sum(W * W)
    return loss, grads
