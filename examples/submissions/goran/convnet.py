import numpy as np
from numpy.lib.stride_tricks import as_strided

# Goran P.


def conv_output_size(size, kernel, pad=0, stride=1):
    n = size + 2 * pad - kernel
    if n < 0:
        raise ValueError("no place for the kernel")
    return n // stride + 1


def count_conv_params(c_in, c_out, kernel):
    return c_in * c_out * kernel * kernel + c_out


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def view(x, kh, kw, stride):
    """as_strided view (N, C, Ho, Wo, kh, kw)"""
    n, c, h, w = x.shape
    ho, wo = conv_output_size(h, kh, 0, stride), conv_output_size(w, kw, 0, stride)
    sn, sc, sh, sw = x.strides
    return as_strided(x, (n, c, ho, wo, kh, kw), (sn, sc, sh * stride, sw * stride, sh, sw), writeable=False)


def frame(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def conv_forward_naive(x, w, b, stride=1, pad=0):
    xp = frame(x, pad)
    F, _, kh, kw = w.shape
    ho = conv_output_size(xp.shape[2], kh, 0, stride)
    wo = conv_output_size(xp.shape[3], kw, 0, stride)
    out = np.zeros((len(x), F, ho, wo))
    for n in range(len(x)):
        for i in range(ho):
            for j in range(wo):
                piece = xp[n, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
                for f in range(F):
                    out[n, f, i, j] = (piece * w[f]).sum() + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    v = view(frame(x, pad), w.shape[2], w.shape[3], stride)
    n, c, ho, wo, kh, kw = v.shape
    rows = v.transpose(0, 2, 3, 1, 4, 5).reshape(n * ho * wo, c * kh * kw)
    out = rows.dot(w.reshape(len(w), -1).T) + b
    return out.reshape(n, ho, wo, len(w)).transpose(0, 3, 1, 2)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    xp = frame(x, pad)
    v = view(xp, w.shape[2], w.shape[3], stride)
    n, c, ho, wo, kh, kw = v.shape
    rows = v.transpose(0, 2, 3, 1, 4, 5).reshape(n * ho * wo, c * kh * kw)
    d = dout.transpose(0, 2, 3, 1).reshape(n * ho * wo, len(w))
    dw = d.T.dot(rows).reshape(w.shape)
    drows = d.dot(w.reshape(len(w), -1)).reshape(n, ho, wo, c, kh, kw)
    dxp = np.zeros(xp.shape)
    for i in range(ho):
        for j in range(wo):
            dxp[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw] += drows[:, i, j]
    h, wd = x.shape[2:]
    return dxp[:, :, pad:pad + h, pad:pad + wd], dw, d.sum(axis=0)


def max_pool_forward(x, size=2, stride=2):
    return view(np.ascontiguousarray(x), size, size, stride).max(axis=(4, 5))


def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for (n, c, i, j), d in np.ndenumerate(dout):
        piece = x[n, c, i * stride:i * stride + size, j * stride:j * stride + size]
        r, q = divmod(int(piece.argmax()), piece.shape[1])
        dx[n, c, i * stride + r, j * stride + q] += d
    return dx


def avg_pool_forward(x, size=2, stride=2):
    return view(np.ascontiguousarray(x), size, size, stride).mean(axis=(4, 5))


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for (n, c, i, j), d in np.ndenumerate(dout):
        dx[n, c, i * stride:i * stride + size, j * stride:j * stride + size] += d / size ** 2
    return dx


def relu_forward(x):
    return np.where(x < 0, 0, x)


def relu_backward(dout, x):
    return np.where(x > 0, dout, 0)


def affine_forward(x, w, b):
    return x.reshape(len(x), -1).dot(w) + b


def affine_backward(dout, x, w, b):
    return dout.dot(w.T).reshape(x.shape), x.reshape(len(x), -1).T.dot(dout), dout.sum(axis=0)


def softmax_cross_entropy(scores, y):
    n = len(y)
    idx = np.arange(n), y
    s = (scores.T - scores.max(axis=1)).T
    logs = np.log(np.exp(s).sum(axis=1))
    p = np.exp((s.T - logs).T)
    p[idx] -= 1
    return (logs - s[idx]).sum() / n, p / n


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    return dict(
        W1=eps * rng.standard_normal((num_filters, C, kernel, kernel)),
        W2=eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims)),
        W3=eps * rng.standard_normal((hidden_dims, num_classes)),
        b1=np.zeros(num_filters),
        b2=np.zeros(hidden_dims),
        b3=np.zeros(num_classes),
    )


def forward(params, X, convs, last):
    """All layers of a net with so many conv blocks. The list has the inputs of the layers and the scores."""
    tape = []
    a = X
    for i in range(1, last + 1):
        W, b = params[f"W{i}"], params[f"b{i}"]
        tape.append(a)
        if i <= len(convs):
            a = conv_forward(a, W, b, pad=convs[i - 1])
            tape.append(a)
            a = relu_forward(a)
            tape.append(a)
            a = max_pool_forward(a)
        else:
            a = affine_forward(a, W, b)
            if i < last:
                tape.append(a)
                a = relu_forward(a)
    return a, tape


def backward(d, params, tape, convs, last):
    grads = {}
    tape = list(tape)
    for i in range(last, 0, -1):
        W, b = params[f"W{i}"], params[f"b{i}"]
        if i <= len(convs):
            d = max_pool_backward(d, tape.pop())
            d = relu_backward(d, tape.pop())
            d, grads[f"W{i}"], grads[f"b{i}"] = conv_backward(d, tape.pop(), W, b, pad=convs[i - 1])
        else:
            if i < last:
                d = relu_backward(d, tape.pop())
            d, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(d, tape.pop(), W, b)
    return grads


def loss_of(params, X, y, reg, convs, last):
    scores, tape = forward(params, X, convs, last)
    loss, d = softmax_cross_entropy(scores, y)
    grads = backward(d, params, tape, convs, last)
    for i in range(1, last + 1):
        loss += reg * np.square(params[f"W{i}"]).sum()
        grads[f"W{i}"] += 2 * reg * params[f"W{i}"]
    return loss, grads


def convnet_forward(params, X):
    return forward(params, X, [params["W1"].shape[2] // 2], 3)[0]


def convnet_loss(params, X, y, reg=0.0):
    return loss_of(params, X, y, reg, [params["W1"].shape[2] // 2], 3)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    p = {name: array.copy() for name, array in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = np.random.default_rng(seed).choice(len(X), size=batch, replace=False)
        loss, grads = convnet_loss(p, X[rows], y[rows], reg)
        losses.append(loss)
        for name in p:
            p[name] -= lr * grads[name]
    return losses, p


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(axis=1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    for i, shape in enumerate([(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]):
        n_in, n_out = (np.prod(shape[1:]), shape[0]) if i < 2 else shape
        p[f"W{i + 1}"] = rng.standard_normal(shape) * np.sqrt(2 / n_in)
        p[f"b{i + 1}"] = np.zeros(n_out)
    return p


def lenet_forward(params, X):
    return forward(params, X, [2, 0], 5)[0]


def lenet_loss(params, X, y, reg=0.0):
    return loss_of(params, X, y, reg, [2, 0], 5)
