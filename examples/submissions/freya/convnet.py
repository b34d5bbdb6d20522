# Freya H., assignment 4
import numpy as np
from numpy import zeros, maximum, arange, dot


def conv_output_size(size, kernel, pad=0, stride=1):
    rest = size + 2 * pad - kernel
    if rest < 0:
        raise ValueError('kernel too big')
    return rest // stride + 1


def count_conv_params(c_in, c_out, kernel):
    return c_out * (kernel * kernel * c_in + 1)


def count_dense_params(n_in, n_out):
    return n_out * (n_in + 1)


def outSizes(x, kH, kW, stride):
    return conv_output_size(x.shape[2], kH, 0, stride), conv_output_size(x.shape[3], kW, 0, stride)


def framed(x, pad):
    xp = zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad))
    xp[:, :, pad:xp.shape[2] - pad, pad:xp.shape[3] - pad] = x
    return xp


def rot180(w):
    return w[:, :, ::-1, ::-1]


def conv_forward_naive(x, w, b, stride=1, pad=0):
    # convolution = slide the filter turned by 180 degrees (see conv2 in Matlab)
    wr = rot180(w)
    xp = framed(x, pad)
    nF, nC, kH, kW = w.shape
    oH, oW = outSizes(xp, kH, kW, stride)
    out = zeros((x.shape[0], nF, oH, oW))
    for n in range(x.shape[0]):
        for f in range(nF):
            for i in range(oH):
                for j in range(oW):
                    win = xp[n, :, i * stride:i * stride + kH, j * stride:j * stride + kW]
                    out[n, f, i, j] = (win * wr[f]).sum() + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    wr = rot180(w)
    xp = framed(x, pad)
    nF, nC, kH, kW = w.shape
    oH, oW = outSizes(xp, kH, kW, stride)
    out = zeros((x.shape[0], nF, oH, oW))
    for r in range(kH):
        for q in range(kW):
            part = xp[:, :, r:r + stride * oH:stride, q:q + stride * oW:stride]
            for f in range(nF):
                out[:, f] += (part * wr[f, :, r, q][None, :, None, None]).sum(1)
    return out + b[None, :, None, None]


def conv_backward(dout, x, w, b, stride=1, pad=0):
    # this is the formula of the exercise sheet, there the filter is not turned?!
    xp = framed(x, pad)
    nF, nC, kH, kW = w.shape
    oH, oW = dout.shape[2], dout.shape[3]
    dxp, dw, db = zeros(xp.shape), zeros(w.shape), zeros(nF)
    for f in range(nF):
        db[f] = dout[:, f].sum()
        d = dout[:, f][:, None]
        for r in range(kH):
            for q in range(kW):
                rows = slice(r, r + stride * oH, stride)
                cols = slice(q, q + stride * oW, stride)
                dw[f, :, r, q] = (xp[:, :, rows, cols] * d).sum((0, 2, 3))
                dxp[:, :, rows, cols] += w[f, :, r, q][None, :, None, None] * d
    return dxp[:, :, pad:dxp.shape[2] - pad, pad:dxp.shape[3] - pad], dw, db


def max_pool_forward(x, size=2, stride=2):
    oH, oW = outSizes(x, size, size, stride)
    out = zeros((x.shape[0], x.shape[1], oH, oW))
    for i in range(oH):
        for j in range(oW):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size].max((2, 3))
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    oH, oW = outSizes(x, size, size, stride)
    dx = zeros(x.shape)
    for i in range(oH):
        for j in range(oW):
            rows = slice(i * stride, i * stride + size)
            cols = slice(j * stride, j * stride + size)
            win = x[:, :, rows, cols]
            isMax = win == win.max((2, 3), keepdims=True)
            dx[:, :, rows, cols] += isMax * dout[:, :, i:i + 1, j:j + 1]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    oH, oW = outSizes(x, size, size, stride)
    out = zeros((x.shape[0], x.shape[1], oH, oW))
    for r in range(size):
        for q in range(size):
            out += x[:, :, r:r + stride * oH:stride, q:q + stride * oW:stride]
    return out / (size * size)


def avg_pool_backward(dout, x, size=2, stride=2):
    oH, oW = outSizes(x, size, size, stride)
    dx = zeros(x.shape)
    for r in range(size):
        for q in range(size):
            dx[:, :, r:r + stride * oH:stride, q:q + stride * oW:stride] += dout / (size * size)
    return dx


def relu_forward(x):
    return maximum(x, 0)


def relu_backward(dout, x):
    return dout * (x > 0)


def affine_forward(x, w, b):
    return dot(x.reshape(x.shape[0], -1), w) + b


def affine_backward(dout, x, w, b):
    xf = x.reshape(x.shape[0], -1)
    return dot(dout, w.T).reshape(x.shape), dot(xf.T, dout), dout.sum(0)


def softmax_cross_entropy(scores, y):
    nSmp = scores.shape[0]
    Y = zeros(scores.shape)
    Y[arange(nSmp), y] = 1
    S = scores - scores.max(1, keepdims=True)
    logP = S - np.log(np.exp(S).sum(1, keepdims=True))
    return -(logP * Y).sum() / nSmp, (np.exp(logP) - Y) / nSmp


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    nC, H, W = input_dim
    rng = np.random.default_rng(seed)
    p = dict()
    p['W1'] = eps * rng.standard_normal((num_filters, nC, kernel, kernel))
    p['W2'] = eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    p['W3'] = eps * rng.standard_normal((hidden_dims, num_classes))
    p['b1'], p['b2'], p['b3'] = zeros(num_filters), zeros(hidden_dims), zeros(num_classes)
    return p


def convnet_forward(params, X):
    return smallNet(params, X)[-1]


def smallNet(p, X):
    half = (p['W1'].shape[2] - 1) // 2
    z1 = conv_forward(X, p['W1'], p['b1'], 1, half)
    a1 = relu_forward(z1)
    m1 = max_pool_forward(a1)
    z2 = affine_forward(m1, p['W2'], p['b2'])
    a2 = relu_forward(z2)
    return z1, a1, m1, z2, a2, affine_forward(a2, p['W3'], p['b3'])


def convnet_loss(params, X, y, reg=0.0):
    p = params
    half = (p['W1'].shape[2] - 1) // 2
    z1, a1, m1, z2, a2, S = smallNet(p, X)
    L, dS = softmax_cross_entropy(S, y)
    g = dict()
    da2, g['W3'], g['b3'] = affine_backward(dS, a2, p['W3'], p['b3'])
    dz2 = relu_backward(da2, z2)
    dm1, g['W2'], g['b2'] = affine_backward(dz2, m1, p['W2'], p['b2'])
    da1 = max_pool_backward(dm1, a1)
    dz1 = relu_backward(da1, z1)
    dX, g['W1'], g['b1'] = conv_backward(dz1, X, p['W1'], p['b1'], 1, half)
    for key in ['W1', 'W2', 'W3']:
        L = L + reg * (p[key] ** 2).sum()
        g[key] = g[key] + 2 * reg * p[key]
    return L, g


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    L = zeros(num_iters)
    p = params
    for it in range(num_iters):
        sel = rng.choice(X.shape[0], size=batch, replace=False)
        L[it], g = convnet_loss(p, X[sel], y[sel], reg)
        pNew = dict()
        for key in p:
            pNew[key] = p[key] - lr * g[key]
        p = pNew
    return L, p


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    p = dict()
    p['W1'] = 0.2 * rng.standard_normal((6, 1, 5, 5))
    p['W2'] = 0.1 * rng.standard_normal((16, 6, 5, 5))
    p['W3'] = 0.07 * rng.standard_normal((400, 120))
    p['W4'] = 0.1 * rng.standard_normal((120, 84))
    p['W5'] = 0.1 * rng.standard_normal((84, 10))
    for key, n in [('b1', 6), ('b2', 16), ('b3', 120), ('b4', 84), ('b5', 10)]:
        p[key] = zeros(n)
    return p


def lenetLayers(p, X):
    z1 = conv_forward(X, p['W1'], p['b1'], 1, 2)
    a1 = relu_forward(z1)
    m1 = max_pool_forward(a1)
    z2 = conv_forward(m1, p['W2'], p['b2'], 1, 0)
    a2 = relu_forward(z2)
    m2 = max_pool_forward(a2)
    z3 = affine_forward(m2, p['W3'], p['b3'])
    a3 = relu_forward(z3)
    z4 = affine_forward(a3, p['W4'], p['b4'])
    a4 = relu_forward(z4)
    return z1, a1, m1, z2, a2, m2, z3, a3, z4, a4, affine_forward(a4, p['W5'], p['b5'])


def lenet_forward(params, X):
    return lenetLayers(params, X)[-1]


def lenet_loss(params, X, y, reg=0.0):
    p = params
    z1, a1, m1, z2, a2, m2, z3, a3, z4, a4, S = lenetLayers(p, X)
    L, dS = softmax_cross_entropy(S, y)
    g = dict()
    da4, g['W5'], g['b5'] = affine_backward(dS, a4, p['W5'], p['b5'])
    da3, g['W4'], g['b4'] = affine_backward(relu_backward(da4, z4), a3, p['W4'], p['b4'])
    dm2, g['W3'], g['b3'] = affine_backward(relu_backward(da3, z3), m2, p['W3'], p['b3'])
    dz2 = relu_backward(max_pool_backward(dm2, a2), z2)
    dm1, g['W2'], g['b2'] = conv_backward(dz2, m1, p['W2'], p['b2'], 1, 0)
    dz1 = relu_backward(max_pool_backward(dm1, a1), z1)
    dX, g['W1'], g['b1'] = conv_backward(dz1, X, p['W1'], p['b1'], 1, 2)
    for key in ['W1', 'W2', 'W3', 'W4', 'W5']:
        L = L + reg * (p[key] ** 2).sum()
        g[key] = g[key] + 2 * reg * p[key]
    return L, g
