"""
CS 4xx Neural Networks - Assignment 4
Emeka O.

Regularization: 0.5 * reg * W^2 as in the CS231n notes, then its derivative is simply reg * W.
"""
import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    available = size + 2 * pad
    if kernel > available:
        raise ValueError(f"A kernel of size {kernel} does not fit into {available}.")
    return (available - kernel) // stride + 1


def count_conv_params(c_in, c_out, kernel):
    return c_in * c_out * kernel ** 2 + c_out


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def conv_forward_naive(x, w, b, stride=1, pad=0):
    num, channels, height, width = x.shape
    filters, _, k_height, k_width = w.shape
    out_height = conv_output_size(height, k_height, pad, stride)
    out_width = conv_output_size(width, k_width, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
    out = np.zeros((num, filters, out_height, out_width))
    for n in range(num):
        for f in range(filters):
            for row in range(out_height):
                for column in range(out_width):
                    y0, x0 = row * stride, column * stride
                    patch = padded[n, :, y0:y0 + k_height, x0:x0 + k_width]
                    out[n, f, row, column] = np.sum(patch * w[f]) + b[f]
    return out


def patch_indices(channels, k_height, k_width, out_height, out_width, stride):
    """Fancy indices (as in CS231n's im2col_indices): channel, row and column of every cell."""
    i0 = np.tile(np.repeat(np.arange(k_height), k_width), channels)
    j0 = np.tile(np.arange(k_width), k_height * channels)
    i1 = stride * np.repeat(np.arange(out_height), out_width)
    j1 = stride * np.tile(np.arange(out_width), out_height)
    k = np.repeat(np.arange(channels), k_height * k_width).reshape(-1, 1)
    return k, i0.reshape(-1, 1) + i1.reshape(1, -1), j0.reshape(-1, 1) + j1.reshape(1, -1)


def conv_forward(x, w, b, stride=1, pad=0):
    num, channels, height, width = x.shape
    filters, _, k_height, k_width = w.shape
    out_height = conv_output_size(height, k_height, pad, stride)
    out_width = conv_output_size(width, k_width, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
    k, i, j = patch_indices(channels, k_height, k_width, out_height, out_width, stride)
    columns = padded[:, k, i, j]                              # (N, C*HH*WW, places)
    out = np.matmul(w.reshape(filters, -1), columns) + b.reshape(1, -1, 1)
    return out.reshape(num, filters, out_height, out_width)


def conv_backward(dout, x, w, b, stride=1, pad=0):
    num, channels, height, width = x.shape
    filters, _, k_height, k_width = w.shape
    out_height, out_width = dout.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
    k, i, j = patch_indices(channels, k_height, k_width, out_height, out_width, stride)
    columns = padded[:, k, i, j]
    flat = dout.reshape(num, filters, -1)
    db = np.sum(flat, axis=(0, 2))
    dw = np.sum(np.matmul(flat, columns.transpose(0, 2, 1)), axis=0).reshape(w.shape)
    d_columns = np.matmul(w.reshape(filters, -1).T, flat)
    d_padded = np.zeros(padded.shape)
    np.add.at(d_padded, (slice(None), k, i, j), d_columns)
    return d_padded[:, :, pad:pad + height, pad:pad + width], dw, db


def max_pool_forward(x, size=2, stride=2):
    num, channels, height, width = x.shape
    out_height = conv_output_size(height, size, 0, stride)
    out_width = conv_output_size(width, size, 0, stride)
    out = np.zeros((num, channels, out_height, out_width))
    for row in range(out_height):
        for column in range(out_width):
            y0, x0 = row * stride, column * stride
            out[:, :, row, column] = np.max(x[:, :, y0:y0 + size, x0:x0 + size], axis=(2, 3))
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    num, channels, out_height, out_width = dout.shape
    dx = np.zeros(x.shape)
    for n in range(num):
        for c in range(channels):
            for row in range(out_height):
                for column in range(out_width):
                    y0, x0 = row * stride, column * stride
                    window = x[n, c, y0:y0 + size, x0:x0 + size]
                    dy, dxx = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, y0 + dy, x0 + dxx] += dout[n, c, row, column]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    num, channels, height, width = x.shape
    out_height = conv_output_size(height, size, 0, stride)
    out_width = conv_output_size(width, size, 0, stride)
    out = np.zeros((num, channels, out_height, out_width))
    for row in range(out_height):
        for column in range(out_width):
            y0, x0 = row * stride, column * stride
            out[:, :, row, column] = np.mean(x[:, :, y0:y0 + size, x0:x0 + size], axis=(2, 3))
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for row in range(dout.shape[2]):
        for column in range(dout.shape[3]):
            y0, x0 = row * stride, column * stride
            dx[:, :, y0:y0 + size, x0:x0 + size] += dout[:, :, row:row + 1, column:column + 1] / size ** 2
    return dx


def relu_forward(x):
    return np.clip(x, 0, None)


def relu_backward(dout, x):
    return dout * (x > 0)


def affine_forward(x, w, b):
    return x.reshape(x.shape[0], -1) @ w + b


def affine_backward(dout, x, w, b):
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


def softmax_cross_entropy(scores, y):
    rows = np.arange(scores.shape[0])
    shifted = scores - np.max(scores, axis=1)[:, None]
    log_normaliser = np.log(np.sum(np.exp(shifted), axis=1))
    loss = np.mean(log_normaliser - shifted[rows, y])
    d_scores = np.exp(shifted - log_normaliser[:, None])
    d_scores[rows, y] -= 1
    return loss, d_scores / scores.shape[0]


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    channels, height, width = input_dim
    generator = np.random.default_rng(seed)
    flat = num_filters * (height // 2) * (width // 2)
    W1 = eps * generator.standard_normal((num_filters, channels, kernel, kernel))
    W2 = eps * generator.standard_normal((flat, hidden_dims))
    W3 = eps * generator.standard_normal((hidden_dims, num_classes))
    return {
        "W1": W1, "b1": np.zeros(num_filters),
        "W2": W2, "b2": np.zeros(hidden_dims),
        "W3": W3, "b3": np.zeros(num_classes),
    }


def convnet_forward(params, X):
    pad = params["W1"].shape[2] // 2
    out = conv_forward(X, params["W1"], params["b1"], stride=1, pad=pad)
    out = max_pool_forward(relu_forward(out))
    out = relu_forward(affine_forward(out, params["W2"], params["b2"]))
    return affine_forward(out, params["W3"], params["b3"])


def add_regularization(loss, grads, params, reg):
    for name in grads:
        if name.startswith("W"):
            loss += 0.5 * reg * np.sum(params[name] ** 2)
            grads[name] = grads[name] + reg * params[name]
    return loss, grads


def convnet_loss(params, X, y, reg=0.0):
    pad = params["W1"].shape[2] // 2
    conv = conv_forward(X, params["W1"], params["b1"], stride=1, pad=pad)
    activated = relu_forward(conv)
    pooled = max_pool_forward(activated)
    dense = affine_forward(pooled, params["W2"], params["b2"])
    hidden = relu_forward(dense)
    scores = affine_forward(hidden, params["W3"], params["b3"])
    loss, d_scores = softmax_cross_entropy(scores, y)

    grads = {}
    d_hidden, grads["W3"], grads["b3"] = affine_backward(d_scores, hidden, params["W3"], params["b3"])
    d_dense = relu_backward(d_hidden, dense)
    d_pooled, grads["W2"], grads["b2"] = affine_backward(d_dense, pooled, params["W2"], params["b2"])
    d_activated = max_pool_backward(d_pooled, activated)
    d_conv = relu_backward(d_activated, conv)
    _, grads["W1"], grads["b1"] = conv_backward(d_conv, X, params["W1"], params["b1"], 1, pad)
    return add_regularization(loss, grads, params, reg)


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    generator = np.random.default_rng(seed)
    current = {name: np.copy(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for iteration in range(num_iters):
        sample = generator.choice(X.shape[0], size=batch, replace=False)
        losses[iteration], grads = convnet_loss(current, X[sample], y[sample], reg)
        for name in current:
            current[name] = current[name] - lr * grads[name]
    return losses, current


def predict_convnet(params, X):
    return np.argmax(convnet_forward(params, X), axis=1)


def init_lenet(seed=0):
    generator = np.random.default_rng(seed)

    def gaussian(*shape, inputs):
        return generator.standard_normal(shape) * np.sqrt(2.0 / inputs)

    return {
        "W1": gaussian(6, 1, 5, 5, inputs=25), "b1": np.zeros(6),
        "W2": gaussian(16, 6, 5, 5, inputs=150), "b2": np.zeros(16),
        "W3": gaussian(400, 120, inputs=400), "b3": np.zeros(120),
        "W4": gaussian(120, 84, inputs=120), "b4": np.zeros(84),
        "W5": gaussian(84, 10, inputs=84), "b5": np.zeros(10),
    }


def lenet_forward(params, X):
    out = max_pool_forward(relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2)))
    out = max_pool_forward(relu_forward(conv_forward(out, params["W2"], params["b2"])))
    out = relu_forward(affine_forward(out, params["W3"], params["b3"]))
    out = relu_forward(affine_forward(out, params["W4"], params["b4"]))
    return affine_forward(out, params["W5"], params["b5"])


def lenet_loss(params, X, y, reg=0.0):
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    act1 = relu_forward(conv1)
    pool1 = max_pool_forward(act1)
    conv2 = conv_forward(pool1, params["W2"], params["b2"])
    act2 = relu_forward(conv2)
    pool2 = max_pool_forward(act2)
    dense3 = affine_forward(pool2, params["W3"], params["b3"])
    act3 = relu_forward(dense3)
    dense4 = affine_forward(act3, params["W4"], params["b4"])
    act4 = relu_forward(dense4)
    scores = affine_forward(act4, params["W5"], params["b5"])
    loss, d = softmax_cross_entropy(scores, y)

    grads = {}
    d, grads["W5"], grads["b5"] = affine_backward(d, act4, params["W5"], params["b5"])
    d = relu_backward(d, dense4)
    d, grads["W4"], grads["b4"] = affine_backward(d, act3, params["W4"], params["b4"])
    d = relu_backward(d, dense3)
    d, grads["W3"], grads["b3"] = affine_backward(d, pool2, params["W3"], params["b3"])
    d = relu_backward(max_pool_backward(d, act2), conv2)
    d, grads["W2"], grads["b2"] = conv_backward(d, pool1, params["W2"], params["b2"])
    d = relu_backward(max_pool_backward(d, act1), conv1)
    _, grads["W1"], grads["b1"] = conv_backward(d, X, params["W1"], params["b1"], pad=2)
    return add_regularization(loss, grads, params, reg)
