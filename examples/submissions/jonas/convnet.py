import numpy as np

# Jonas W.


def conv_output_size(size, kernel, pad=0, stride=1):
    # push the kernel to the right until it touches the end
    end = size + 2 * pad
    if kernel > end:
        raise ValueError("kernel %d does not fit in %d" % (kernel, end))
    position = 0
    count = 1
    while position + kernel != end:
        position += stride
        count += 1
    return count


def count_conv_params(c_in, c_out, kernel):
    return c_out * c_in * kernel * kernel + c_out


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def add_zeros(x, pad):
    N, C, H, W = x.shape
    big = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    big[:, :, pad:pad + H, pad:pad + W] = x
    return big


def conv_forward_naive(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H2 = conv_output_size(H, HH, pad, stride)
    W2 = conv_output_size(W, WW, pad, stride)
    x = add_zeros(x, pad)
    out = np.zeros((N, F, H2, W2))
    for n in range(N):
        for f in range(F):
            for i in range(H2):
                for j in range(W2):
                    s = b[f]
                    for c in range(C):
                        part = x[n, c, i * stride:i * stride + HH, j * stride:j * stride + WW]
                        s += np.sum(part * w[f, c])
                    out[n, f, i, j] = s
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H2 = conv_output_size(H, HH, pad, stride)
    W2 = conv_output_size(W, WW, pad, stride)
    x = add_zeros(x, pad)
    # (N, H2, W2, F), the matrix product goes over the channels
    out = np.zeros((N, H2, W2, F)) + b
    for r in range(HH):
        for q in range(WW):
            part = x[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride]
            out += np.dot(part.transpose(0, 2, 3, 1), w[:, :, r, q].T)
    return out.transpose(0, 3, 1, 2)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H2, W2 = dout.shape[2], dout.shape[3]
    x = add_zeros(x, pad)
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    for r in range(HH):
        for q in range(WW):
            part = x[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride]
            dw[:, :, r, q] = np.dot(d.T, part.transpose(0, 2, 3, 1).reshape(-1, C))
            back = np.dot(d, w[:, :, r, q]).reshape(N, H2, W2, C).transpose(0, 3, 1, 2)
            dx[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride] += back
    for f in range(F):
        db[f] = np.sum(dout[:, f])
    return dx[:, :, pad:pad + H, pad:pad + W], dw, db


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H2 = conv_output_size(H, size, 0, stride)
    W2 = conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, H2, W2)) - np.inf
    for r in range(size):
        for q in range(size):
            part = x[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride]
            out = np.maximum(out, part)
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    H2, W2 = dout.shape[2], dout.shape[3]
    biggest = max_pool_forward(x, size, stride)
    open_ = np.ones(dout.shape, dtype=bool)  # windows that have not found their maximum yet
    dx = np.zeros(x.shape)
    for r in range(size):
        for q in range(size):
            part = x[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride]
            hit = open_ & (part == biggest)
            dx[:, :, r:r + H2 * stride:stride, q:q + W2 * stride:stride] += np.where(hit, dout, 0)
            open_ = open_ & ~hit
    return dx


def avg_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    H2 = conv_output_size(H, size, 0, stride)
    W2 = conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, H2, W2))
    for i in range(H2):
        for j in range(W2):
            part = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size]
            out[:, :, i, j] = np.mean(part, axis=(2, 3))
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    H2, W2 = dout.shape[2], dout.shape[3]
    dx = np.zeros(x.shape)
    for i in range(H2):
        for j in range(W2):
            for r in range(size):
                for q in range(size):
                    dx[:, :, i * stride + r, j * stride + q] += dout[:, :, i, j] / (size * size)
    return dx


def relu_forward(x):
    return (x > 0) * x


def relu_backward(dout, x):
    return (x > 0) * dout


def affine_forward(x, w, b):
    return np.dot(x.reshape(len(x), -1), w) + b


def affine_backward(dout, x, w, b):
    flat = x.reshape(len(x), -1)
    dx = np.dot(dout, w.T)
    return dx.reshape(x.shape), np.dot(flat.T, dout), dout.sum(axis=0)


def softmax_cross_entropy(scores, y):
    N = len(scores)
    S = scores - scores.max(axis=1).reshape(N, 1)
    E = np.exp(S)
    Z = E.sum(axis=1).reshape(N, 1)
    loss = (np.log(Z) - S[np.arange(N), y].reshape(N, 1)).sum() / N
    G = E / Z
    G[np.arange(N), y] -= 1
    return loss, G / N


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    rng = np.random.default_rng(seed)
    C, H, W = input_dim
    p = {}
    p["W1"] = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    p["b1"] = np.zeros(num_filters)
    p["W2"] = eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    p["b2"] = np.zeros(hidden_dims)
    p["W3"] = eps * rng.standard_normal((hidden_dims, num_classes))
    p["b3"] = np.zeros(num_classes)
    return p


def convnet_forward(params, X):
    pad = params["W1"].shape[2] // 2
    x = conv_forward(X, params["W1"], params["b1"], 1, pad)
    x = relu_forward(x)
    x = max_pool_forward(x)
    x = affine_forward(x, params["W2"], params["b2"])
    x = relu_forward(x)
    x = affine_forward(x, params["W3"], params["b3"])
    return x


def convnet_loss(params, X, y, reg=0.0):
    pad = params["W1"].shape[2] // 2
    x0 = X
    x1 = conv_forward(x0, params["W1"], params["b1"], 1, pad)
    x2 = relu_forward(x1)
    x3 = max_pool_forward(x2)
    x4 = affine_forward(x3, params["W2"], params["b2"])
    x5 = relu_forward(x4)
    x6 = affine_forward(x5, params["W3"], params["b3"])
    loss, d6 = softmax_cross_entropy(x6, y)
    d5, dW3, db3 = affine_backward(d6, x5, params["W3"], params["b3"])
    d4 = relu_backward(d5, x4)
    d3, dW2, db2 = affine_backward(d4, x3, params["W2"], params["b2"])
    d2 = max_pool_backward(d3, x2)
    d1 = relu_backward(d2, x1)
    d0, dW1, db1 = conv_backward(d1, x0, params["W1"], params["b1"], 1, pad)
    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
    for name in ("W1", "W2", "W3"):
        loss += reg * np.power(params[name], 2).sum()
        grads[name] = grads[name] + 2 * reg * params[name]
    return loss, grads


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {name: params[name].copy() for name in params}
    losses = np.zeros(num_iters)
    i = 0
    while i < num_iters:
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(p, X[rows], y[rows], reg)
        for name in p:
            p[name] -= lr * grads[name]
        i += 1
    return losses, p


def predict_convnet(params, X):
    return np.argmax(convnet_forward(params, X), axis=1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    sizes = [6, 16, 120, 84, 10]
    i = 0
    while i < 5:
        p["W" + str(i + 1)] = 0.1 * rng.standard_normal(shapes[i])
        p["b" + str(i + 1)] = np.zeros(sizes[i])
        i += 1
    return p


def lenet_forward(params, X):
    x = conv_forward(X, params["W1"], params["b1"], 1, 2)
    x = max_pool_forward(relu_forward(x))
    x = conv_forward(x, params["W2"], params["b2"], 1, 0)
    x = max_pool_forward(relu_forward(x))
    x = relu_forward(affine_forward(x, params["W3"], params["b3"]))
    x = relu_forward(affine_forward(x, params["W4"], params["b4"]))
    return affine_forward(x, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    x1 = conv_forward(X, params["W1"], params["b1"], 1, 2)
    x2 = relu_forward(x1)
    x3 = max_pool_forward(x2)
    x4 = conv_forward(x3, params["W2"], params["b2"], 1, 0)
    x5 = relu_forward(x4)
    x6 = max_pool_forward(x5)
    x7 = affine_forward(x6, params["W3"], params["b3"])
    x8 = relu_forward(x7)
    x9 = affine_forward(x8, params["W4"], params["b4"])
    x10 = relu_forward(x9)
    x11 = affine_forward(x10, params["W5"], params["b5"])
    loss, d11 = softmax_cross_entropy(x11, y)
    grads = {}
    d10, grads["W5"], grads["b5"] = affine_backward(d11, x10, params["W5"], params["b5"])
    d9 = relu_backward(d10, x9)
    d8, grads["W4"], grads["b4"] = affine_backward(d9, x8, params["W4"], params["b4"])
    d7 = relu_backward(d8, x7)
    d6, grads["W3"], grads["b3"] = affine_backward(d7, x6, params["W3"], params["b3"])
    d5 = max_pool_backward(d6, x5)
    d4 = relu_backward(d5, x4)
    d3, grads["W2"], grads["b2"] = conv_backward(d4, x3, params["W2"], params["b2"], 1, 0)
    d2 = max_pool_backward(d3, x2)
    d1 = relu_backward(d2, x1)
    d0, grads["W1"], grads["b1"] = conv_backward(d1, X, params["W1"], params["b1"], 1, 2)
    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += reg * np.power(params[name], 2).sum()
        grads[name] = grads[name] + 2 * reg * params[name]
    return loss, grads
