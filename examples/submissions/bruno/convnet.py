"""Bruno S. — convnet.

windows() gives a 6-d view (N, C, H', W', k, l) of the image; the layers are einsums over it.
Capital letters of the subscripts are not needed: n sample, c channel, f filter, i j place, k l cell.
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def windows(x, kh, kw, stride):
    return sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]


def padded(x, p):
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))


def spread(d, shape, stride):
    """The way back of windows(): d (N, C, H', W', k, l) summed into an image of this shape."""
    out = np.zeros(shape)
    h, w, kh, kw = d.shape[2:]
    for k, l in np.ndindex(kh, kw):
        out[:, :, k:k + stride * h:stride, l:l + stride * w:stride] += d[..., k, l]
    return out


def conv_output_size(size, kernel, pad=0, stride=1):
    room = size + 2 * pad - kernel
    if room < 0:
        raise ValueError("kernel does not fit")
    return room // stride + 1


def count_conv_params(c_in, c_out, kernel):
    return c_out * (c_in * kernel**2 + 1)


def count_dense_params(n_in, n_out):
    return n_out * (n_in + 1)


def conv_forward_naive(x, w, b, stride=1, pad=0):
    (N, C, H, W), (F, _, HH, WW) = x.shape, w.shape
    xp = padded(x, pad)
    out = np.empty((N, F, conv_output_size(H, HH, pad, stride), conv_output_size(W, WW, pad, stride)))
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = np.vdot(xp[n, :, i * stride:i * stride + HH, j * stride:j * stride + WW], w[f]) + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    v = windows(padded(x, pad), *w.shape[2:], stride)
    return np.einsum("ncijkl,fckl->nfij", v, w, optimize=True) + b[:, None, None]


def conv_backward(dout, x, w, b, stride=1, pad=0):
    xp = padded(x, pad)
    v = windows(xp, *w.shape[2:], stride)
    dw = np.einsum("nfij,ncijkl->fckl", dout, v, optimize=True)
    dxp = spread(np.einsum("nfij,fckl->ncijkl", dout, w, optimize=True), xp.shape, stride)
    H, W = x.shape[2:]
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, np.einsum("nfij->f", dout)


def max_pool_forward(x, size=2, stride=2):
    return windows(x, size, size, stride).max(axis=(4, 5))


def max_pool_backward(dout, x, size=2, stride=2):
    v = windows(x, size, size, stride)
    first = v.reshape(*v.shape[:4], -1).argmax(axis=-1)  # argmax: the first in row order
    mask = np.eye(size * size)[first].reshape(v.shape)
    return spread(dout[..., None, None] * mask, x.shape, stride)


def avg_pool_forward(x, size=2, stride=2):
    return windows(x, size, size, stride).mean(axis=(4, 5))


def avg_pool_backward(dout, x, size=2, stride=2):
    return spread(dout[..., None, None] * np.full((size, size), size**-2.0), x.shape, stride)


def relu_forward(x):
    return np.where(x > 0, x, 0)


def relu_backward(dout, x):
    return dout * (x > 0)


def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b


def affine_backward(dout, x, w, b):
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)


def softmax_cross_entropy(scores, y):
    T = np.eye(scores.shape[1])[y]
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -(T * logp).sum() / len(y), (np.exp(logp) - T) / len(y)


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    draw = np.random.default_rng(seed).standard_normal
    shapes = (num_filters, C, kernel, kernel), (num_filters * H * W // 4, hidden_dims), (hidden_dims, num_classes)
    p = {f"W{i}": eps * draw(s) for i, s in enumerate(shapes, 1)}
    return p | dict(b1=np.zeros(num_filters), b2=np.zeros(hidden_dims), b3=np.zeros(num_classes))


# Both nets are lists of steps. A step is (forward, backward, number of the weights or 0, keywords).

def _net(convs, first_affine, last):
    steps = []
    for i, pad in convs:
        steps += [(conv_forward, conv_backward, i, dict(pad=pad)), (relu_forward, relu_backward, 0, {}),
                  (max_pool_forward, max_pool_backward, 0, {})]
    for i in range(first_affine, last + 1):
        steps += [(affine_forward, affine_backward, i, {}), (relu_forward, relu_backward, 0, {})]
    return steps[:-1]  # no relu on the scores


def _small(params):
    return _net([(1, params["W1"].shape[2] // 2)], 2, 3)


LENET = _net([(1, 2), (2, 0)], 3, 5)


def _weights(params, i):
    return (params[f"W{i}"], params[f"b{i}"]) if i else ()


def _forward(net, params, X):
    acts = [X]
    for f, _, i, kw in net:
        acts.append(f(acts[-1], *_weights(params, i), **kw))
    return acts


def _loss(net, params, X, y, reg):
    acts = _forward(net, params, X)
    L, d = softmax_cross_entropy(acts[-1], y)
    grads = {}
    for (_, back, i, kw), a in zip(net[::-1], acts[-2::-1]):
        d = back(d, a, *_weights(params, i), **kw)
        if i:
            d, grads[f"W{i}"], grads[f"b{i}"] = d
            grads[f"W{i}"] = grads[f"W{i}"] + 2 * reg * params[f"W{i}"]
            L += reg * (params[f"W{i}"] ** 2).sum()
    return L, grads


def convnet_forward(params, X):
    return _forward(_small(params), params, X)[-1]


def convnet_loss(params, X, y, reg=0.0):
    return _loss(_small(params), params, X, y, reg)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng, losses = np.random.default_rng(seed), []
    for _ in range(num_iters):
        b = rng.choice(len(X), size=batch, replace=False)
        L, g = convnet_loss(params, X[b], y[b], reg)
        params = {k: p - lr * g[k] for k, p in params.items()}
        losses.append(L)
    return losses, params


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(axis=1)


def init_lenet(seed=0):
    draw = np.random.default_rng(seed).standard_normal
    shapes = (6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)
    p = {f"W{i}": draw(s) * (2 / np.prod(s[1:] if len(s) == 4 else s[:1])) ** .5 for i, s in enumerate(shapes, 1)}
    return p | {f"b{i}": np.zeros(n) for i, n in enumerate((6, 16, 120, 84, 10), 1)}


def lenet_forward(params, X):
    return _forward(LENET, params, X)[-1]


def lenet_loss(params, X, y, reg=0.0):
    return _loss(LENET, params, X, y, reg)
