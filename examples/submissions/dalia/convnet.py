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
    if size + 2 * pad < kernel:
        raise ValueError("kernel does not fit")
    return int((size + 2 * pad - kernel) / stride) + 1


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
    return kernel * kernel * c_in * c_out + c_out


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
    return n_in * n_out + n_out


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
    raise NotImplementedError("conv_forward_naive: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("conv_forward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("conv_backward: not implemented yet (stage 4, convnet)")


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
    N, C, H, W = x.shape
    H2 = conv_output_size(H, size, 0, stride)
    W2 = conv_output_size(W, size, 0, stride)
    out = np.zeros((N, C, H2, W2))
    for i in range(H2):
        for j in range(W2):
            r = i * stride
            c = j * stride
            out[:, :, i, j] = np.max(x[:, :, r : r + size, c : c + size], axis=(2, 3))
    return out


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
    raise NotImplementedError("max_pool_backward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("avg_pool_forward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("avg_pool_backward: not implemented yet (stage 4, convnet)")


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
    return np.maximum(x, 0)


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
    return dout * (x > 0)


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
    return np.dot(x.reshape(x.shape[0], -1), w) + b


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
    raise NotImplementedError("affine_backward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("softmax_cross_entropy: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("init_convnet: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("convnet_forward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("convnet_loss: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("train_convnet: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("predict_convnet: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("init_lenet: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("lenet_forward: not implemented yet (stage 4, convnet)")


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
    raise NotImplementedError("lenet_loss: not implemented yet (stage 4, convnet)")
