"""Stage 4: a convolutional network.

A dense layer treats every pixel as a stranger to every other. A convolution slides one small
filter over the image: the same few weights look for the same small pattern everywhere, and the
result is a map of where it was found. Pooling makes the maps smaller, and after a few such layers
a dense layer has only a short list of findings to judge. With these parts you build a small
network, and then LeNet-5, which read the digits on bank cheques (LeCun et al. 1998).

Each layer has a forward function and, where it has a gradient, a backward function. Nothing is
cached: a backward function gets what the forward function got, and the gradient ``dout`` of the
loss with respect to the layer's output.

What deep learning calls a convolution is a cross-correlation: the filter is not flipped. Padding
is with zeros, and everything follows from o = floor((i + 2p - k) / s) + 1.

There are two ways to see a window that slides. At one place, it is a small image. And one of its
cells, (r, q), meets at all places together what is itself an image: the numbers from row r and
column q on, in steps of the stride. The second way needs a loop over a few cells only.

Letters: N samples, C channels, H rows, W columns; F filters of HH rows and WW columns.
"""

import numpy as np


def conv_output_size(size, kernel, pad=0, stride=1):
    """Compute how many places a kernel has along one side of an image.

    Parameters
    ----------
    size : int
        Length of the side, i.
    kernel : int
        Length of the kernel, k.
    pad : int
        Zeros put before and after the side, p.
    stride : int
        Step from place to place, s.

    Returns
    -------
    int
        The length of the output, o. Numbers at the end that fill no whole step are left over.

    Raises
    ------
    ValueError
        If the kernel is longer than the padded side, or a number is out of range.

    Notes
    -----
    o = floor((i + 2p - k) / s) + 1   (Dumoulin and Visin 2016, "A guide to convolution arithmetic
    for deep learning")
    """
    ### BEGIN SOLUTION
    if not 1 <= kernel <= size + 2 * pad or pad < 0 or stride < 1:
        raise ValueError(
            f"a kernel of {kernel} does not fit a side of {size} with pad {pad}, stride {stride}"
        )
    return (size + 2 * pad - kernel) // stride + 1
    ### END SOLUTION


def count_conv_params(c_in, c_out, kernel):
    """Count the parameters of a convolution layer.

    Parameters
    ----------
    c_in : int
        Channels of the input.
    c_out : int
        Channels of the output, one for each filter.
    kernel : int
        Side of the square kernel.

    Returns
    -------
    int
        Weights and biases.
    """
    ### BEGIN SOLUTION
    return c_out * (c_in * kernel * kernel + 1)
    ### END SOLUTION


def count_dense_params(n_in, n_out):
    """Count the parameters of a dense layer.

    Parameters
    ----------
    n_in : int
        Numbers that come in.
    n_out : int
        Numbers that go out.

    Returns
    -------
    int
        Weights and biases.
    """
    ### BEGIN SOLUTION
    return n_out * (n_in + 1)
    ### END SOLUTION


def conv_forward_naive(x, w, b, stride=1, pad=0):
    """Convolve images with filters, with loops.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    w : ndarray, shape (F, C, HH, WW)
        Filters. Each spans all channels.
    b : ndarray, shape (F,)
        One bias for each filter.
    stride : int
        Step from place to place, the same for rows and columns.
    pad : int
        Rows and columns of zeros put on each of the four sides.

    Returns
    -------
    ndarray, shape (N, F, H', W')
        One map for each filter; H' and W' are those of `conv_output_size`.

    Raises
    ------
    ValueError
        If the filters do not fit the images.

    Notes
    -----
    out[n, f, i, j] = b[f] + sum over c, r, q of x[n, c, i s + r, j s + q] w[f, c, r, q], with x
    padded and s the stride (CS231n notes, "Convolutional Neural Networks").
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    F, C_filter, HH, WW = w.shape
    if C_filter != C:
        raise ValueError(f"filters of {C_filter} channels do not fit images of {C}")
    out_h = conv_output_size(H, HH, pad, stride)
    out_w = conv_output_size(W, WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((N, F, out_h, out_w), dtype=np.result_type(x, w, b))
    for n in range(N):
        for f in range(F):
            for i in range(out_h):
                for j in range(out_w):
                    top, left = i * stride, j * stride
                    window = padded[n, :, top : top + HH, left : left + WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out
    ### END SOLUTION


def conv_forward(x, w, b, stride=1, pad=0):
    """Convolve images with filters, with no loop but over the cells of the kernel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    w : ndarray, shape (F, C, HH, WW)
        Filters. Each spans all channels.
    b : ndarray, shape (F,)
        One bias for each filter.
    stride : int
        Step from place to place, the same for rows and columns.
    pad : int
        Rows and columns of zeros put on each of the four sides.

    Returns
    -------
    ndarray, shape (N, F, H', W')
        One map for each filter, as in `conv_forward_naive`.

    Raises
    ------
    ValueError
        If the filters do not fit the images.

    Notes
    -----
    A kernel has few cells and an image has many places: one cell (r, q) meets all places at once
    in a product over the channels, and the output is the sum of these products over the cells.
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    F, C_filter, HH, WW = w.shape
    if C_filter != C:
        raise ValueError(f"filters of {C_filter} channels do not fit images of {C}")
    out_h = conv_output_size(H, HH, pad, stride)
    out_w = conv_output_size(W, WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    # what lies under each cell of the kernel, at every place: then one matrix product does it all
    under = np.empty((N, C, HH, WW, out_h, out_w), dtype=x.dtype)
    for r in range(HH):
        for q in range(WW):
            rows = slice(r, r + stride * out_h, stride)
            columns = slice(q, q + stride * out_w, stride)
            under[:, :, r, q] = padded[:, :, rows, columns]
    under = under.reshape(N, C * HH * WW, out_h * out_w)
    out = w.reshape(F, C * HH * WW) @ under
    return out.reshape(N, F, out_h, out_w) + b[:, np.newaxis, np.newaxis]
    ### END SOLUTION


def conv_backward(dout, x, w, b, stride=1, pad=0):
    """Pass a gradient back through `conv_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, F, H', W')
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, C, H, W)
        Images, as the forward function got them.
    w : ndarray, shape (F, C, HH, WW)
        Filters.
    b : ndarray, shape (F,)
        Biases.
    stride : int
        Step from place to place.
    pad : int
        Rows and columns of zeros put on each of the four sides.

    Returns
    -------
    dx : ndarray, shape (N, C, H, W)
        Gradient with respect to the images. Zero at pixels that no place of the kernel covers.
    dw : ndarray, shape (F, C, HH, WW)
        Gradient with respect to the filters.
    db : ndarray, shape (F,)
        Gradient with respect to the biases.

    Notes
    -----
    The forward function adds x[n, c, i s + r, j s + q] w[f, c, r, q] to out[n, f, i, j]. So each
    dout[n, f, i, j], times the one factor, belongs to the gradient of the other; where a number
    was used several times, its gradients add up.
    """
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    out_h = conv_output_size(H, HH, pad, stride)
    out_w = conv_output_size(W, WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dpadded = np.zeros(padded.shape, dtype=dout.dtype)
    dw = np.zeros(w.shape, dtype=dout.dtype)
    dmaps = dout.reshape(N, F, out_h * out_w)
    for r in range(HH):
        for q in range(WW):
            rows = slice(r, r + stride * out_h, stride)
            columns = slice(q, q + stride * out_w, stride)
            under = padded[:, :, rows, columns].reshape(N, C, out_h * out_w)
            dw[:, :, r, q] = np.sum(dmaps @ under.transpose(0, 2, 1), axis=0)
            dunder = w[:, :, r, q].T @ dmaps
            dpadded[:, :, rows, columns] += dunder.reshape(N, C, out_h, out_w)
    dx = dpadded[:, :, pad : pad + H, pad : pad + W]  # the padding itself is no input
    db = np.sum(dout, axis=(0, 2, 3))
    return dx, dw, db
    ### END SOLUTION


def max_pool_forward(x, size=2, stride=2):
    """Keep the largest number of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Maps.
    size : int
        Side of the square window.
    stride : int
        Step from window to window. Windows overlap if it is less than size.

    Returns
    -------
    ndarray, shape (N, C, H', W')
        The maxima; H' and W' are those of `conv_output_size` without padding. Each channel is
        pooled by itself.

    Raises
    ------
    ValueError
        If the window does not fit the maps.

    Notes
    -----
    out[n, c, i, j] = max over r, q of x[n, c, i s + r, j s + q]   (CS231n notes, "Convolutional
    Neural Networks")
    """
    ### BEGIN SOLUTION
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    # one array for each cell of the window, holding its number at every place
    cells = [
        x[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
        for r in range(size)
        for q in range(size)
    ]
    return np.max(cells, axis=0)
    ### END SOLUTION


def max_pool_backward(dout, x, size=2, stride=2):
    """Pass a gradient back through `max_pool_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, C, H', W')
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, C, H, W)
        Maps, as the forward function got them.
    size : int
        Side of the square window.
    stride : int
        Step from window to window.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        Gradient with respect to the maps.

    Notes
    -----
    Only the largest number of a window had a say, so it takes the whole gradient of the window; of
    equal numbers the first takes it, row by row from the top left. A number that is the largest of
    several overlapping windows takes the sum.
    """
    ### BEGIN SOLUTION
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    places = [
        (slice(r, r + stride * out_h, stride), slice(q, q + stride * out_w, stride))
        for r in range(size)
        for q in range(size)
    ]
    cells = [x[:, :, rows, columns] for rows, columns in places]
    winner = np.argmax(cells, axis=0)  # number of the cell, the first of equals
    dx = np.zeros(x.shape, dtype=dout.dtype)
    for cell, (rows, columns) in enumerate(places):
        dx[:, :, rows, columns] += dout * (winner == cell)
    return dx
    ### END SOLUTION


def avg_pool_forward(x, size=2, stride=2):
    """Take the mean of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Maps.
    size : int
        Side of the square window.
    stride : int
        Step from window to window. Windows overlap if it is less than size.

    Returns
    -------
    ndarray, shape (N, C, H', W')
        The means; H' and W' are those of `conv_output_size` without padding. Each channel is
        pooled by itself.

    Raises
    ------
    ValueError
        If the window does not fit the maps.

    Notes
    -----
    out[n, c, i, j] = 1/size^2 times the sum over r, q of x[n, c, i s + r, j s + q], the
    subsampling of LeCun et al. 1998 without its weights
    """
    ### BEGIN SOLUTION
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    # one array for each cell of the window, holding its number at every place
    cells = [
        x[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
        for r in range(size)
        for q in range(size)
    ]
    return np.mean(cells, axis=0)
    ### END SOLUTION


def avg_pool_backward(dout, x, size=2, stride=2):
    """Pass a gradient back through `avg_pool_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, C, H', W')
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, C, H, W)
        Maps, as the forward function got them.
    size : int
        Side of the square window.
    stride : int
        Step from window to window.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        Gradient with respect to the maps. All numbers of a window share its gradient equally; a
        number in several windows takes the sum, a number in none takes zero.
    """
    ### BEGIN SOLUTION
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    dx = np.zeros(x.shape, dtype=dout.dtype)
    for r in range(size):
        for q in range(size):
            rows = slice(r, r + stride * out_h, stride)
            columns = slice(q, q + stride * out_w, stride)
            dx[:, :, rows, columns] += dout / size**2
    return dx
    ### END SOLUTION


def relu_forward(x):
    """Replace negative numbers by zero.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers.

    Returns
    -------
    ndarray, shape of x
        max(0, x), number by number, in a new array.
    """
    ### BEGIN SOLUTION
    return np.maximum(0, x)
    ### END SOLUTION


def relu_backward(dout, x):
    """Pass a gradient back through `relu_forward`.

    Parameters
    ----------
    dout : ndarray, shape of x
        Gradient of the loss with respect to the output.
    x : ndarray, any shape
        Numbers, as the forward function got them.

    Returns
    -------
    ndarray, shape of x
        Gradient with respect to x: that of the output where x is above zero, otherwise 0. At the
        kink, x = 0, no gradient flows.
    """
    ### BEGIN SOLUTION
    return dout * (x > 0)
    ### END SOLUTION


def affine_forward(x, w, b):
    """Apply a dense layer.

    Parameters
    ----------
    x : ndarray, shape (N, ...)
        Samples of any shape. Each is flattened to D numbers, so maps (N, C, H, W) are welcome.
    w : ndarray, shape (D, M)
        Weights.
    b : ndarray, shape (M,)
        Biases.

    Returns
    -------
    ndarray, shape (N, M)
        x w + b, with x flattened to (N, D).
    """
    ### BEGIN SOLUTION
    return x.reshape(len(x), -1) @ w + b
    ### END SOLUTION


def affine_backward(dout, x, w, b):
    """Pass a gradient back through `affine_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, M)
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, ...)
        Samples, as the forward function got them.
    w : ndarray, shape (D, M)
        Weights.
    b : ndarray, shape (M,)
        Biases.

    Returns
    -------
    dx : ndarray, shape of x
        Gradient with respect to the samples.
    dw : ndarray, shape (D, M)
        Gradient with respect to the weights.
    db : ndarray, shape (M,)
        Gradient with respect to the biases.

    Notes
    -----
    dx = dout w^T,    dw = x^T dout,    db = sum of dout over the samples   (CS231n notes,
    "Backpropagation")
    """
    ### BEGIN SOLUTION
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(len(x), -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db
    ### END SOLUTION


def softmax_cross_entropy(scores, y):
    """Compute the mean cross-entropy of scores and its gradient.

    Parameters
    ----------
    scores : ndarray, shape (N, C)
        Scores of the classes.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.

    Returns
    -------
    loss : float
        Mean cross-entropy of the samples. Finite for large scores, too.
    dscores : ndarray, shape (N, C)
        Gradient of the loss with respect to the scores.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    p_ij = exp(s_ij) / sum_k exp(s_ik),    L = -1/N sum_i log p_i,y_i   (CS231n notes, "Linear
    Classification"); the same number taken from all scores of a sample leaves p as it is.
    """
    ### BEGIN SOLUTION
    N, C = scores.shape
    if y.shape != (N,) or y.min() < 0 or y.max() >= C:
        raise ValueError(f"y must hold {N} labels from 0 to {C - 1}")
    rows = np.arange(N)
    shifted = scores - np.max(scores, axis=1, keepdims=True)  # exp cannot overflow below zero
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    loss = -np.mean(log_probs[rows, y])
    dscores = np.exp(log_probs)
    dscores[rows, y] -= 1
    return loss, dscores / N
    ### END SOLUTION


def init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0):
    """Draw the parameters of the small network of `convnet_forward`.

    Parameters
    ----------
    input_dim : tuple of int
        Shape (C, H, W) of an image, H and W even.
    num_filters : int
        F, the number of filters.
    kernel : int
        Side of the square filters, odd, so that padding can keep the size of the image.
    hidden_dims : int
        Number of hidden units of the dense layer.
    num_classes : int
        Number of classes.
    eps : float
        Scale of the weights.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    dict
        ``W1`` (F, C, kernel, kernel), ``W2`` (F * H/2 * W/2, hidden_dims) and
        ``W3`` (hidden_dims, num_classes), drawn in this order, each eps times
        ``rng.standard_normal`` of its shape; ``b1`` (F,), ``b2`` (hidden_dims,) and
        ``b3`` (num_classes,) of zeros.

    Raises
    ------
    ValueError
        If H or W is odd, or the kernel is even.
    """
    ### BEGIN SOLUTION
    C, H, W = input_dim
    if H % 2 or W % 2 or kernel % 2 == 0:
        raise ValueError(f"H and W must be even and the kernel odd, not {H}, {W} and {kernel}")
    rng = np.random.default_rng(seed)
    pooled = num_filters * (H // 2) * (W // 2)
    return {
        "W1": eps * rng.standard_normal((num_filters, C, kernel, kernel)),
        "b1": np.zeros(num_filters),
        "W2": eps * rng.standard_normal((pooled, hidden_dims)),
        "b2": np.zeros(hidden_dims),
        "W3": eps * rng.standard_normal((hidden_dims, num_classes)),
        "b3": np.zeros(num_classes),
    }
    ### END SOLUTION


def convnet_forward(params, X):
    """Compute the scores of conv - relu - 2x2 max pool - affine - relu - affine.

    Parameters
    ----------
    params : dict
        Parameters, as `init_convnet` makes them.
    X : ndarray, shape (N, C, H, W)
        Images.

    Returns
    -------
    ndarray, shape (N, num_classes)
        Scores of the classes.

    Notes
    -----
    "Same" padding: with (kernel - 1) / 2 zeros on each side the maps are as large as the images.
    """
    ### BEGIN SOLUTION
    pad = params["W1"].shape[2] // 2
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=pad))
    pooled = max_pool_forward(maps)
    hidden = relu_forward(affine_forward(pooled, params["W2"], params["b2"]))
    return affine_forward(hidden, params["W3"], params["b3"])
    ### END SOLUTION


def convnet_loss(params, X, y, reg=0.0):
    """Compute the regularised cross-entropy of the small network and its gradient.

    Parameters
    ----------
    params : dict
        Parameters, as `init_convnet` makes them.
    X : ndarray, shape (N, C, H, W)
        Images.
    y : ndarray, shape (N,)
        Integer labels, 0 to num_classes - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Mean cross-entropy of the samples plus the regularisation.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to num_classes - 1.

    Notes
    -----
    L = mean cross-entropy + reg * (sum(W1^2) + sum(W2^2) + sum(W3^2)); the biases are not
    regularised. The backward functions are called in the reverse order of the forward ones.
    """
    ### BEGIN SOLUTION
    # Forwards once more, now keeping what the backward functions need: the input of each layer.
    pad = params["W1"].shape[2] // 2
    conv = conv_forward(X, params["W1"], params["b1"], pad=pad)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, params["W2"], params["b2"])
    hidden = relu_forward(dense)
    scores = affine_forward(hidden, params["W3"], params["b3"])
    loss, dscores = softmax_cross_entropy(scores, y)

    grads = {}
    dhidden, grads["W3"], grads["b3"] = affine_backward(dscores, hidden, params["W3"], params["b3"])
    ddense = relu_backward(dhidden, dense)
    dpooled, grads["W2"], grads["b2"] = affine_backward(ddense, pooled, params["W2"], params["b2"])
    dmaps = max_pool_backward(dpooled, maps)
    dconv = relu_backward(dmaps, conv)
    _, grads["W1"], grads["b1"] = conv_backward(dconv, X, params["W1"], params["b1"], pad=pad)

    for name in ("W1", "W2", "W3"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] += 2 * reg * params[name]
    return loss, grads
    ### END SOLUTION


def train_convnet(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """Train the small network by plain stochastic gradient descent.

    Parameters
    ----------
    params : dict
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, C, H, W)
        Training images.
    y : ndarray, shape (N,)
        Integer labels, 0 to num_classes - 1.
    lr : float
        Learning rate, the length of a step.
    reg : float
        Strength of the regularisation.
    batch : int
        Images in a mini-batch, at most N.
    num_iters : int
        Number of steps.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.
        Each step draws its images by ``rng.choice(N, size=batch, replace=False)``.

    Returns
    -------
    losses : ndarray, shape (num_iters,)
        Entry i is the loss of mini-batch i, regularisation included, before update i.
    params : dict
        Trained parameters, new arrays.

    Raises
    ------
    ValueError
        If batch is greater than N, or a label is out of range.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}  # updates work in place
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        for name in params:
            params[name] -= lr * grads[name]
    return losses, params
    ### END SOLUTION


def predict_convnet(params, X):
    """Predict the label of each image by the small network.

    Parameters
    ----------
    params : dict
        Parameters, as `init_convnet` makes them.
    X : ndarray, shape (N, C, H, W)
        Images.

    Returns
    -------
    ndarray, shape (N,)
        For each image the class of the highest score; of equal scores, the lowest class.
    """
    ### BEGIN SOLUTION
    return np.argmax(convnet_forward(params, X), axis=1)
    ### END SOLUTION


def init_lenet(seed=0):
    """Draw the parameters of LeNet-5.

    Parameters
    ----------
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    dict
        61,706 numbers: ``W1`` (6, 1, 5, 5), ``W2`` (16, 6, 5, 5), ``W3`` (400, 120),
        ``W4`` (120, 84) and ``W5`` (84, 10), random, of a scale that you choose and training
        can start from; ``b1`` (6,), ``b2`` (16,), ``b3`` (120,), ``b4`` (84,) and ``b5`` (10,)
        of zeros.

    Notes
    -----
    A number that sums n products of scale sigma has scale sigma sqrt(n), and a ReLU halves its
    square: with weights of scale sqrt(2 / n) signals neither grow nor fade from layer to layer
    (He et al. 2015).
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    params = {}
    for layer, shape in enumerate(shapes, start=1):
        is_conv = len(shape) == 4
        num_inputs = np.prod(shape[1:]) if is_conv else shape[0]
        num_outputs = shape[0] if is_conv else shape[1]
        params[f"W{layer}"] = np.sqrt(2 / num_inputs) * rng.standard_normal(shape)
        params[f"b{layer}"] = np.zeros(num_outputs)
    return params
    ### END SOLUTION


def lenet_forward(params, X):
    """Compute the scores of LeNet-5.

    Parameters
    ----------
    params : dict
        Parameters, as `init_lenet` makes them.
    X : ndarray, shape (N, 1, 28, 28)
        Images.

    Returns
    -------
    ndarray, shape (N, 10)
        Scores of the classes.

    Notes
    -----
    The layers, with what comes out of each (after LeCun et al. 1998, "Gradient-Based Learning
    Applied to Document Recognition", with ReLU and max pooling in place of the original's tanh
    and weighted subsampling):

    conv 6 filters 5x5, pad 2   (N, 6, 28, 28)
    relu, max pool 2x2          (N, 6, 14, 14)
    conv 16 filters 5x5         (N, 16, 10, 10)
    relu, max pool 2x2          (N, 16, 5, 5)
    affine, relu                (N, 120)
    affine, relu                (N, 84)
    affine                      (N, 10)
    """
    ### BEGIN SOLUTION
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    pooled = max_pool_forward(maps)
    maps = relu_forward(conv_forward(pooled, params["W2"], params["b2"]))
    pooled = max_pool_forward(maps)
    hidden = relu_forward(affine_forward(pooled, params["W3"], params["b3"]))
    hidden = relu_forward(affine_forward(hidden, params["W4"], params["b4"]))
    return affine_forward(hidden, params["W5"], params["b5"])
    ### END SOLUTION


def lenet_loss(params, X, y, reg=0.0):
    """Compute the regularised cross-entropy of LeNet-5 and its gradient.

    Parameters
    ----------
    params : dict
        Parameters, as `init_lenet` makes them.
    X : ndarray, shape (N, 1, 28, 28)
        Images.
    y : ndarray, shape (N,)
        Integer labels, 0 to 9.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Mean cross-entropy of the samples plus the regularisation.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to 9.

    Notes
    -----
    L = mean cross-entropy + reg * (sum(W1^2) + ... + sum(W5^2)); the biases are not regularised.
    """
    ### BEGIN SOLUTION
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    maps1 = relu_forward(conv1)
    pooled1 = max_pool_forward(maps1)
    conv2 = conv_forward(pooled1, params["W2"], params["b2"])
    maps2 = relu_forward(conv2)
    pooled2 = max_pool_forward(maps2)
    dense3 = affine_forward(pooled2, params["W3"], params["b3"])
    hidden3 = relu_forward(dense3)
    dense4 = affine_forward(hidden3, params["W4"], params["b4"])
    hidden4 = relu_forward(dense4)
    scores = affine_forward(hidden4, params["W5"], params["b5"])
    loss, dout = softmax_cross_entropy(scores, y)

    # dout is always the gradient with respect to what the last line went back to.
    grads = {}
    dout, grads["W5"], grads["b5"] = affine_backward(dout, hidden4, params["W5"], params["b5"])
    dout = relu_backward(dout, dense4)
    dout, grads["W4"], grads["b4"] = affine_backward(dout, hidden3, params["W4"], params["b4"])
    dout = relu_backward(dout, dense3)
    dout, grads["W3"], grads["b3"] = affine_backward(dout, pooled2, params["W3"], params["b3"])
    dout = max_pool_backward(dout, maps2)
    dout = relu_backward(dout, conv2)
    dout, grads["W2"], grads["b2"] = conv_backward(dout, pooled1, params["W2"], params["b2"])
    dout = max_pool_backward(dout, maps1)
    dout = relu_backward(dout, conv1)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, params["W1"], params["b1"], pad=2)

    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] += 2 * reg * params[name]
    return loss, grads
    ### END SOLUTION
