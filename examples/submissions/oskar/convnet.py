import numpy as np
import matplotlib.pyplot as plt

print("=" * 60)
print("Oskar L.  -  Assignment 4 (finally)")
print("=" * 60)


def conv_output_size(size, kernel, pad=0, stride=1):
    total = size + pad + pad
    if total < kernel:
        raise ValueError("kernel size %d, but only %d pixels" % (kernel, total))
    return len(range(0, total - kernel + 1, stride))


def count_conv_params(c_in, c_out, kernel):
    return (c_in * kernel * kernel + 1) * c_out


def count_dense_params(n_in, n_out):
    return n_in * n_out + n_out


def places(x, kh, kw, stride):
    """for every place: (i, j), rows, columns"""
    for i in range(conv_output_size(x.shape[2], kh, 0, stride)):
        for j in range(conv_output_size(x.shape[3], kw, 0, stride)):
            yield i, j, slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)


def with_frame(x, pad):
    return np.pad(x, ((0,), (0,), (pad,), (pad,)))


def conv_forward_naive(x, w, b, stride=1, pad=0):
    x = with_frame(x, pad)
    Ho = conv_output_size(x.shape[2], w.shape[2], 0, stride)
    Wo = conv_output_size(x.shape[3], w.shape[3], 0, stride)
    out = np.zeros((len(x), len(w), Ho, Wo))
    for n in range(len(x)):
        for f in range(len(w)):
            for i, j, rows, cols in places(x, w.shape[2], w.shape[3], stride):
                out[n, f, i, j] = np.sum(x[n][:, rows, cols] * w[f]) + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    x = with_frame(x, pad)
    Ho = conv_output_size(x.shape[2], w.shape[2], 0, stride)
    Wo = conv_output_size(x.shape[3], w.shape[3], 0, stride)
    out = np.zeros((len(x), len(w), Ho, Wo)) + b[:, None, None]
    for i, j, rows, cols in places(x, w.shape[2], w.shape[3], stride):
        out[:, :, i, j] += np.tensordot(x[:, :, rows, cols], w, axes=([1, 2, 3], [1, 2, 3]))
    return out


def conv_backward(dout, x, w, b, stride=1, pad=0):
    H, W = x.shape[2:]
    x = with_frame(x, pad)
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), dout.sum(axis=(0, 2, 3))
    for i, j, rows, cols in places(x, w.shape[2], w.shape[3], stride):
        d = dout[:, :, i, j]  # (N, F)
        dw += np.tensordot(d.T, x[:, :, rows, cols], axes=1)
        dx[:, :, rows, cols] += np.tensordot(d, w, axes=1)
    return dx[:, :, pad:H + pad, pad:W + pad], dw, db


def max_pool_forward(x, size=2, stride=2):
    out = np.zeros(x.shape[:2] + tuple(conv_output_size(s, size, 0, stride) for s in x.shape[2:]))
    for i, j, rows, cols in places(x, size, size, stride):
        out[:, :, i, j] = np.amax(x[:, :, rows, cols], axis=(2, 3))
    return out


def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for i, j, rows, cols in places(x, size, size, stride):
        window = x[:, :, rows, cols]
        flat = window.reshape(window.shape[:2] + (-1,))
        hit = flat.argmax(axis=2)[:, :, None] == np.arange(size * size)
        dx[:, :, rows, cols] += hit.reshape(window.shape) * dout[:, :, i, j][:, :, None, None]
    return dx


def avg_pool_forward(x, size=2, stride=2):
    out = np.zeros(x.shape[:2] + tuple(conv_output_size(s, size, 0, stride) for s in x.shape[2:]))
    for i, j, rows, cols in places(x, size, size, stride):
        out[:, :, i, j] = np.sum(x[:, :, rows, cols], axis=(2, 3)) / size ** 2
    return out


def avg_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for i, j, rows, cols in places(x, size, size, stride):
        dx[:, :, rows, cols] += (dout[:, :, i, j] / size ** 2)[:, :, None, None]
    return dx


def relu_forward(x):
    return (np.abs(x) + x) / 2


def relu_backward(dout, x):
    return dout * np.where(x > 0, 1.0, 0.0)


def affine_forward(x, w, b):
    return x.reshape(len(x), w.shape[0]) @ w + b


def affine_backward(dout, x, w, b):
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), w.shape[0]).T @ dout, dout.sum(axis=0)


def softmax_cross_entropy(scores, y):
    N = len(y)
    S = scores - scores.max(1, keepdims=True)
    Z = np.exp(S).sum(1, keepdims=True)
    loss = -(S - np.log(Z))[np.arange(N), y].sum() / N
    P = np.exp(S) / Z
    P[np.arange(N), y] -= 1
    return loss, P / N


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal(size=(num_filters, C, kernel, kernel)) * eps
    W2 = rng.standard_normal(size=(num_filters * (H // 2) * (W // 2), hidden_dims)) * eps
    W3 = rng.standard_normal(size=(hidden_dims, num_classes)) * eps
    print("new weights:", W1.shape, W2.shape, W3.shape)
    return {"W1": W1, "b1": np.zeros(num_filters), "W2": W2, "b2": np.zeros(hidden_dims),
            "W3": W3, "b3": np.zeros(num_classes)}


def convnet_all(params, X):
    """every layer's output in one dict"""
    L = {}
    L["conv"] = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[3] // 2)
    L["relu"] = relu_forward(L["conv"])
    L["pool"] = max_pool_forward(L["relu"])
    L["fc"] = affine_forward(L["pool"], params["W2"], params["b2"])
    L["hidden"] = relu_forward(L["fc"])
    L["scores"] = affine_forward(L["hidden"], params["W3"], params["b3"])
    return L


def convnet_forward(params, X):
    L = convnet_all(params, X)
    for name in L:
        print(f"   {name:8s}{L[name].shape}")
    return L["scores"]


def convnet_loss(params, X, y, reg=0.0):
    L = convnet_all(params, X)
    loss, d = softmax_cross_entropy(L["scores"], y)
    g = {}
    d, g["W3"], g["b3"] = affine_backward(d, L["hidden"], params["W3"], params["b3"])
    d = relu_backward(d, L["fc"])
    d, g["W2"], g["b2"] = affine_backward(d, L["pool"], params["W2"], params["b2"])
    d = max_pool_backward(d, L["relu"])
    d = relu_backward(d, L["conv"])
    d, g["W1"], g["b1"] = conv_backward(d, X, params["W1"], params["b1"], pad=params["W1"].shape[3] // 2)
    for name in ("W1", "W2", "W3"):
        loss += reg * (params[name] ** 2).sum()
        g[name] += 2 * reg * params[name]
    return loss, g


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    rng = np.random.default_rng(seed)
    p = {key: params[key] + 0 for key in params}
    history = []
    for it in range(num_iters):
        pick = rng.choice(len(X), size=batch, replace=False)
        loss, g = convnet_loss(p, X[pick], y[pick], reg)
        history.append(loss)
        for key in p:
            p[key] -= lr * g[key]
        print("iteration", it, "loss", loss)
    return history, p


def predict_convnet(params, X):
    return convnet_forward(params, X).argmax(1)


def init_lenet(seed=0):
    rng = np.random.default_rng(seed)
    p = {}
    for i, shape, inputs, outputs in [(1, (6, 1, 5, 5), 25, 6), (2, (16, 6, 5, 5), 150, 16), (3, (400, 120), 400, 120),
                                      (4, (120, 84), 120, 84), (5, (84, 10), 84, 10)]:
        p["W%d" % i] = rng.standard_normal(shape) / np.sqrt(inputs)
        p["b%d" % i] = np.zeros(outputs)
    return p


def lenet_all(params, X):
    L = {}
    L["c1"] = conv_forward(X, params["W1"], params["b1"], pad=2)
    L["r1"] = relu_forward(L["c1"])
    L["p1"] = max_pool_forward(L["r1"])
    L["c2"] = conv_forward(L["p1"], params["W2"], params["b2"])
    L["r2"] = relu_forward(L["c2"])
    L["p2"] = max_pool_forward(L["r2"])
    L["f3"] = affine_forward(L["p2"], params["W3"], params["b3"])
    L["r3"] = relu_forward(L["f3"])
    L["f4"] = affine_forward(L["r3"], params["W4"], params["b4"])
    L["r4"] = relu_forward(L["f4"])
    L["scores"] = affine_forward(L["r4"], params["W5"], params["b5"])
    return L


def lenet_forward(params, X):
    return lenet_all(params, X)["scores"]


def lenet_loss(params, X, y, reg=0.0):
    L = lenet_all(params, X)
    loss, d = softmax_cross_entropy(L["scores"], y)
    g = {}
    d, g["W5"], g["b5"] = affine_backward(d, L["r4"], params["W5"], params["b5"])
    d = relu_backward(d, L["f4"])
    d, g["W4"], g["b4"] = affine_backward(d, L["r3"], params["W4"], params["b4"])
    d = relu_backward(d, L["f3"])
    d, g["W3"], g["b3"] = affine_backward(d, L["p2"], params["W3"], params["b3"])
    d = relu_backward(max_pool_backward(d, L["r2"]), L["c2"])
    d, g["W2"], g["b2"] = conv_backward(d, L["p1"], params["W2"], params["b2"])
    d = relu_backward(max_pool_backward(d, L["r1"]), L["c1"])
    d, g["W1"], g["b1"] = conv_backward(d, X, params["W1"], params["b1"], pad=2)
    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += reg * (params[name] ** 2).sum()
        g[name] += 2 * reg * params[name]
    return loss, g


# ---------------------------------------------------------------- my tests
picture = np.zeros((1, 1, 9, 9))
picture[0, 0, range(9), range(9)] = 1
sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1.0]])[None, None]
edges = conv_forward(picture, sobel, np.zeros(1), pad=1)
fig, axes = plt.subplots(1, 2)
axes[0].imshow(picture[0, 0])
axes[1].imshow(edges[0, 0])
fig.savefig("edges.png")
plt.show()
lenet = init_lenet()
print("LeNet has", sum(v.size for v in lenet.values()), "parameters, should be 61706")
