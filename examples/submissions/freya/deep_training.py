# Freya H., assignment 5
import numpy as np
from numpy import zeros, ones, maximum, minimum, arange, dot, exp, sqrt, log


def affine_forward(x, w, b):
    return dot(x.reshape(x.shape[0], -1), w) + b


def affine_backward(dout, x, w, b):
    dx = dot(dout, w.T).reshape(x.shape)
    dw = dot(x.reshape(x.shape[0], -1).T, dout)
    return dx, dw, dout.sum(0)


def sigmoid_forward(x):
    E = exp(-abs(x))
    return np.where(x < 0, E / (1 + E), 1 / (1 + E))


def sigmoid_backward(dout, x):
    S = sigmoid_forward(x)
    return dout * S * (1 - S)


def tanh_forward(x):
    return 2 * sigmoid_forward(2 * x) - 1


def tanh_backward(dout, x):
    return dout * (1 - tanh_forward(x) ** 2)


def relu_forward(x):
    return maximum(x, zeros(x.shape, dtype=x.dtype))


def relu_backward(dout, x):
    return dout * (x > 0)


def leaky_relu_forward(x, slope=0.1):
    return maximum(x, 0) + slope * minimum(x, 0)


def leaky_relu_backward(dout, x, slope=0.1):
    return dout * (x > 0) + slope * dout * (x <= 0)


def elu_forward(x, alpha=1.0):
    return maximum(x, 0) + alpha * (exp(minimum(x, 0)) - 1)


def elu_backward(dout, x, alpha=1.0):
    return dout * (x > 0) + dout * alpha * exp(minimum(x, 0)) * (x <= 0)


def maxout_forward(x, w, b):
    out = dot(x, w[0]) + b[0]
    for k in range(1, w.shape[0]):
        out = maximum(out, dot(x, w[k]) + b[k])
    return out


def maxout_backward(dout, x, w, b):
    out = maxout_forward(x, w, b)
    dx, dw, db = zeros(x.shape), zeros(w.shape), zeros(b.shape)
    for k in range(w.shape[0]):
        # as in the max pool
        dk = dout * (dot(x, w[k]) + b[k] == out)
        dx = dx + dot(dk, w[k].T)
        dw[k] = dot(x.T, dk)
        db[k] = dk.sum(0)
    return dx, dw, db


def apl_forward(x, a, b):
    out = maximum(x, 0)
    for s in range(a.shape[0]):
        out = out + a[s] * maximum(b[s] - x, 0)
    return out


def apl_backward(dout, x, a, b):
    dx = dout * (x > 0)
    da, db = zeros(a.shape), zeros(b.shape)
    for s in range(a.shape[0]):
        open_ = b[s] - x > 0
        da[s] = (dout * maximum(b[s] - x, 0)).sum(0)
        db[s] = (dout * a[s] * open_).sum(0)
        dx = dx - dout * a[s] * open_
    return dx, da, db


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    return eps * rng.standard_normal((n_in, n_out))


def init_xavier(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, sqrt(2 / (n_in + n_out)), seed)


def init_he(n_in, n_out, seed=0):
    return init_normal(n_in, n_out, sqrt(2 / n_in), seed)


def mse_loss(a, target):
    D = a - target
    return (D ** 2).sum() / (2 * a.shape[0]), D / a.shape[0]


def binary_cross_entropy(a, y):
    nSmp = a.shape[0]
    L = -(y * log(a) + (1 - y) * log(1 - a)).sum() / nSmp
    return L, ((1 - y) / (1 - a) - y / a) / nSmp


def sigmoid_cross_entropy(z, y):
    nSmp = z.shape[0]
    # log(1 + e^z) - y z
    L = (maximum(z, 0) + log(1 + exp(-abs(z))) - y * z).sum() / nSmp
    return L, (sigmoid_forward(z) - y) / nSmp


def softmax_cross_entropy(scores, y):
    nSmp = scores.shape[0]
    S = scores - scores.max(1, keepdims=True)
    logP = S - log(exp(S).sum(1, keepdims=True))
    dS = exp(logP)
    dS[arange(nSmp), y] -= 1
    return -logP[arange(nSmp), y].sum() / nSmp, dS / nSmp


def l2_penalty(params, reg):
    L, g = 0.0, dict()
    for key in params:
        g[key] = zeros(params[key].shape)
        if key.startswith('W'):
            L = L + reg * (params[key] ** 2).sum()
            g[key] = 2 * reg * params[key]
    return L, g


def l1_penalty(params, reg):
    L, g = 0.0, dict()
    for key in params:
        g[key] = zeros(params[key].shape)
        if key.startswith('W'):
            L = L + reg * abs(params[key]).sum()
            g[key] = reg * np.sign(params[key])
    return L, g


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    m = x.mean(0)
    v = ((x - m) ** 2).sum(0) / (x.shape[0] - 1)  # unbiased estimate!
    out = gamma * (x - m) / sqrt(v + eps) + beta
    return out, decay * running_mean + (1 - decay) * m, decay * running_var + (1 - decay) * v


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    return gamma * (x - running_mean) / sqrt(running_var + eps) + beta


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    # the graph, node by node, backwards
    nSmp = x.shape[0]
    m = x.mean(0)
    c = x - m
    v = (c ** 2).mean(0)
    s = sqrt(v + eps)
    h = c / s
    dh = dout * gamma
    dc = dh / s
    ds = -(dh * c).sum(0) / s ** 2
    dv = ds / (2 * s)
    dc = dc + 2 * c * dv / nSmp
    dm = -dc.sum(0)
    dx = dc + dm / nSmp
    return dx, (dout * h).sum(0), dout.sum(0)


def dropMask(shape, p, seed):
    rng = np.random.default_rng(seed)
    return rng.random(shape) < p


def dropout_forward(x, p=0.5, seed=0, train=True):
    if not train:
        return x * p
    return x * dropMask(x.shape, p, seed)


def dropout_backward(dout, p=0.5, seed=0, train=True):
    if not train:
        return dout * p
    return dout * dropMask(dout.shape, p, seed)


def sgd(w, dw, state, lr=1e-2):
    return w - lr * dw, dict()


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    v = mu * state.get('v', zeros(w.shape)) + lr * dw
    return w - v, dict(v=v)


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    s = decay * state.get('s', zeros(w.shape)) + (1 - decay) * dw ** 2
    return w - lr * dw / (sqrt(s) + eps), dict(s=s)


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    # formulas from the book
    t = state.get('t', 0) + 1
    m = beta1 * state.get('m', zeros(w.shape)) + (1 - beta1) * dw ** 2
    v = beta2 * state.get('v', zeros(w.shape)) + (1 - beta2) * dw ** 2
    mHat = m / (1 - beta1 ** t)
    vHat = v / (1 - beta2 ** t)
    return w - lr * mHat / (sqrt(vHat) + eps), dict(m=m, v=v, t=t)


def residualLayers(x, w1, b1, w2, b2):
    z1 = affine_forward(x, w1, b1)
    a1 = relu_forward(z1)
    return z1, a1, affine_forward(a1, w2, b2) + x


def residual_forward(x, w1, b1, w2, b2):
    return relu_forward(residualLayers(x, w1, b1, w2, b2)[-1])


def residual_backward(dout, x, w1, b1, w2, b2):
    z1, a1, z2 = residualLayers(x, w1, b1, w2, b2)
    dz2 = relu_backward(dout, z2)
    da1, dw2, db2 = affine_backward(dz2, a1, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(da1, z1), x, w1, b1)
    return dx + dz2, dw1, db1, dw2, db2


def shift_images(x, down, right):
    H, W = x.shape[2:]
    out = zeros(x.shape)
    for i in range(H):
        if 0 <= i - down < H:
            for j in range(W):
                if 0 <= j - right < W:
                    out[:, :, i, j] = x[:, :, i - down, j - right]
    return out


def flip_images(x):
    return x[:, :, :, arange(x.shape[3])[::-1]]


def warp_images(x, matrix):
    H, W = x.shape[2:]
    mid = np.array([(H - 1) / 2, (W - 1) / 2])
    out = zeros(x.shape)

    def pixel(i, j):
        if 0 <= i < H and 0 <= j < W:
            return x[:, :, i, j]
        return 0

    for i in range(H):
        for j in range(W):
            u, v = mid + dot(matrix, np.array([i, j]) - mid)
            iu, jv = int(np.floor(u)), int(np.floor(v))
            f, g = u - iu, v - jv
            out[:, :, i, j] = ((1 - f) * (1 - g) * pixel(iu, jv) + (1 - f) * g * pixel(iu, jv + 1)
                               + f * (1 - g) * pixel(iu + 1, jv) + f * g * pixel(iu + 1, jv + 1))
    return out


def rotate_images(x, degrees):
    t = degrees * np.pi / 180
    return warp_images(x, np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]))


def scale_images(x, factor):
    return warp_images(x, np.array([[1 / factor, 0], [0, 1 / factor]]))


def add_noise(x, sigma, seed=0):
    rng = np.random.default_rng(seed)
    return x + sigma * rng.standard_normal(x.shape)


def average_gradients(grads, sizes):
    g = dict()
    for key in grads[0]:
        g[key] = sum([n * gw[key] for n, gw in zip(sizes, grads)]) / sum(sizes)
    return g


def init_net(dims, init='he', batchnorm=False, seed=0):
    p, r = dict(), dict()
    last = len(dims) - 1
    for k in range(1, last + 1):
        if init == 'normal':
            W = init_normal(dims[k - 1], dims[k], seed=seed + k)
        elif init == 'xavier':
            W = init_xavier(dims[k - 1], dims[k], seed=seed + k)
        else:
            W = init_he(dims[k - 1], dims[k], seed=seed + k)
        p['W%d' % k] = W
        p['b%d' % k] = zeros(dims[k])
        if batchnorm and k != last:
            p['gamma%d' % k] = ones(dims[k])
            p['beta%d' % k] = zeros(dims[k])
            r['mean%d' % k] = zeros(dims[k])
            r['var%d' % k] = ones(dims[k])
    return p, r


def act(name, x):
    if name == 'sigmoid':
        return sigmoid_forward(x)
    if name == 'tanh':
        return tanh_forward(x)
    if name == 'relu':
        return relu_forward(x)
    if name == 'leaky_relu':
        return leaky_relu_forward(x)
    return elu_forward(x)


def actBack(name, dout, x):
    if name == 'sigmoid':
        return sigmoid_backward(dout, x)
    if name == 'tanh':
        return tanh_backward(dout, x)
    if name == 'relu':
        return relu_backward(dout, x)
    if name == 'leaky_relu':
        return leaky_relu_backward(dout, x)
    return elu_backward(dout, x)


def numLayers(params):
    k = 0
    while 'W%d' % (k + 1) in params:
        k = k + 1
    return k


def net_forward(params, running, X, activation='relu', skip=False):
    p = params
    last = numLayers(p)
    H = X
    for k in range(1, last):
        Z = affine_forward(H, p['W%d' % k], p['b%d' % k])
        if 'gamma%d' % k in p:
            Z = batchnorm_test(Z, p['gamma%d' % k], p['beta%d' % k], running['mean%d' % k], running['var%d' % k])
        A = act(activation, Z)
        if skip and A.shape == H.shape:
            A = A + H
        H = A
    return affine_forward(H, p['W%d' % last], p['b%d' % last])


def net_loss(params, running, X, y, activation='relu', skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    last = numLayers(params)
    r = dict(running)
    Hs, Zs, Bs = [X], [None], [None]
    for k in range(1, last):
        W, b = params['W%d' % k], params['b%d' % k]
        Z = affine_forward(Hs[-1], W, b)
        B = Z
        if 'gamma%d' % k in params:
            B, r['mean%d' % k], r['var%d' % k] = batchnorm_train(
                Z, params['gamma%d' % k], params['beta%d' % k], r['mean%d' % k], r['var%d' % k])
        A = dropout_forward(act(activation, B), p, seed + k)
        if skip and A.shape == Hs[-1].shape:
            A = A + Hs[-1]
        Hs.append(A)
        Zs.append(Z)
        Bs.append(B)
    S = affine_forward(Hs[-1], params['W%d' % last], params['b%d' % last])
    L, dS = softmax_cross_entropy(S, y)

    g = dict()
    dH, g['W%d' % last], g['b%d' % last] = affine_backward(dS, Hs[-1], params['W%d' % last], params['b%d' % last])
    for k in range(last - 1, 0, -1):
        dB = actBack(activation, dropout_backward(dH, p, seed + k), Bs[k])
        if 'gamma%d' % k in params:
            dZ, g['gamma%d' % k], g['beta%d' % k] = batchnorm_backward(
                dB, Zs[k], params['gamma%d' % k], params['beta%d' % k])
        else:
            dZ = dB
        dX, g['W%d' % k], g['b%d' % k] = affine_backward(dZ, Hs[k - 1], params['W%d' % k], params['b%d' % k])
        if skip and dX.shape == dH.shape:
            dX = dX + dH
        dH = dX

    L1, g1 = l1_penalty(params, l1)
    L2, g2 = l2_penalty(params, l2)
    for key in params:
        g[key] = g[key] + g1[key] + g2[key]
    return L + L1 + L2, g, r


def train_net(params, running, X, y, activation='relu', skip=False, l1=0.0, l2=0.0, p=1.0,
              rule='adam', lr=1e-3, batch=50, num_iters=100, seed=0):
    rules = {'sgd': sgd, 'momentum': momentum, 'rmsprop': rmsprop, 'adam': adam}
    rng = np.random.default_rng(seed)
    q = dict(params)
    r = dict(running)
    mem = dict()
    for key in q:
        mem[key] = dict()
    L = zeros(num_iters)
    for it in range(num_iters):
        sel = rng.choice(X.shape[0], size=batch, replace=False)
        mask = rng.integers(2 ** 31)
        L[it], g, r = net_loss(q, r, X[sel, :], y[sel], activation, skip, l1, l2, p, mask)
        for key in q:
            q[key], mem[key] = rules[rule](q[key], g[key], mem[key], lr=lr)
    return L, q, r


def predict_net(params, running, X, activation='relu', skip=False):
    return net_forward(params, running, X, activation, skip).argmax(1)
