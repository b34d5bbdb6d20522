"""Stage 5: training deep networks.

More layers can say more, and are harder to train: signals fade or explode on their way through
them, gradients do the same on their way back, one learning rate fits no two layers, and a network
with many weights learns its samples by heart. For each of these there is a remedy of a few lines.
You write them one by one: activations, first weights, losses, penalties, batch normalisation,
dropout, four rules of descent, residual blocks, augmentation and descent in parallel. In the end a
network of any depth puts them together.

Nothing is cached: a backward function gets what the forward function got, and before it the
gradient ``dout`` of the loss with respect to the output. A rule of descent keeps nothing either:
what it has to remember goes in and comes out as ``state``. Where a function has a kink, its slope
is that from the left; a hinge max(0, z) passes no gradient at z = 0.

Letters: N samples, D numbers that come in, M that go out; images (N, C, H, W).
"""

import numpy as np


def affine_forward(x, w, b):
    """Apply a dense layer, as in stage 4.

    Parameters
    ----------
    x : ndarray, shape (N, ...)
        Samples of any shape. Each is flattened to D numbers.
    w : ndarray, shape (D, M)
        Weights.
    b : ndarray, shape (M,)
        Biases.

    Returns
    -------
    ndarray, shape (N, M)
        x w + b, with x flattened to (N, D).
    """
    X = x.reshape(x.shape[0], -1)
    return np.dot(X, w) + b


def affine_backward(dout, x, w, b):
    """Pass a gradient back through `affine_forward`, as in stage 4.

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
        Gradient with respect to the samples, dout w^T.
    dw : ndarray, shape (D, M)
        Gradient with respect to the weights, x^T dout.
    db : ndarray, shape (M,)
        Gradient with respect to the biases, the sum of dout over the samples.
    """
    X = x.reshape(x.shape[0], -1)
    dw = np.dot(X.T, dout)
    db = dout.sum(axis=0)
    dx = np.dot(dout, w.T).reshape(x.shape)
    return dx, dw, db


def sigmoid_forward(x):
    """Squash numbers to between 0 and 1.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers; -1000 and 1000, too.

    Returns
    -------
    ndarray, shape of x
        1 / (1 + exp(-x)), never NaN.
    """
    x = np.clip(x, -500, 500)  # from the warm-up
    return 1 / (1 + np.exp(-x))


def sigmoid_backward(dout, x):
    """Pass a gradient back through `sigmoid_forward`.

    Parameters
    ----------
    dout : ndarray, shape of x
        Gradient of the loss with respect to the output.
    x : ndarray, any shape
        Numbers, as the forward function got them.

    Returns
    -------
    ndarray, shape of x
        Gradient with respect to x: dout times s (1 - s), where s is the sigmoid of x.
    """
    s = sigmoid_forward(x)
    return dout * s * (1 - s)


def tanh_forward(x):
    """Squash numbers to between -1 and 1.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers; -1000 and 1000, too.

    Returns
    -------
    ndarray, shape of x
        (exp(x) - exp(-x)) / (exp(x) + exp(-x)), never NaN.
    """
    return np.tanh(x)


def tanh_backward(dout, x):
    """Pass a gradient back through `tanh_forward`.

    Parameters
    ----------
    dout : ndarray, shape of x
        Gradient of the loss with respect to the output.
    x : ndarray, any shape
        Numbers, as the forward function got them.

    Returns
    -------
    ndarray, shape of x
        Gradient with respect to x: dout times 1 - tanh(x)^2.
    """
    return dout * (1 - np.tanh(x) ** 2)


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
        Gradient with respect to x: dout where x is above zero, otherwise 0, also at x = 0.
    """
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def leaky_relu_forward(x, slope=0.1):
    """Let negative numbers through, made smaller.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers.
    slope : float
        What negative numbers are multiplied by, from 0 to 1.

    Returns
    -------
    ndarray, shape of x
        x where x is above zero, otherwise slope times x (Maas, Hannun and Ng 2013).
    """
    # slope is between 0 and 1, so the larger one is the right one
    return np.maximum(x, slope * x)


def leaky_relu_backward(dout, x, slope=0.1):
    """Pass a gradient back through `leaky_relu_forward`.

    Parameters
    ----------
    dout : ndarray, shape of x
        Gradient of the loss with respect to the output.
    x : ndarray, any shape
        Numbers, as the forward function got them.
    slope : float
        What negative numbers were multiplied by.

    Returns
    -------
    ndarray, shape of x
        Gradient with respect to x: dout where x is above zero, otherwise slope times dout, also
        at x = 0.
    """
    dx = dout.copy()
    dx[x <= 0] = slope * dx[x <= 0]
    return dx


def elu_forward(x, alpha=1.0):
    """Let negative numbers through, bent towards -alpha.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers; -1000 and 1000, too.
    alpha : float
        Depth of the bend.

    Returns
    -------
    ndarray, shape of x
        x where x is above zero, otherwise alpha (exp(x) - 1) (Clevert, Unterthiner and Hochreiter
        2016).
    """
    raise NotImplementedError("elu_forward: not implemented yet (stage 5, deep_training)")


def elu_backward(dout, x, alpha=1.0):
    """Pass a gradient back through `elu_forward`.

    Parameters
    ----------
    dout : ndarray, shape of x
        Gradient of the loss with respect to the output.
    x : ndarray, any shape
        Numbers, as the forward function got them.
    alpha : float
        Depth of the bend.

    Returns
    -------
    ndarray, shape of x
        Gradient with respect to x: dout where x is above zero, otherwise dout times alpha exp(x),
        so alpha dout at x = 0.
    """
    raise NotImplementedError("elu_backward: not implemented yet (stage 5, deep_training)")


def maxout_forward(x, w, b):
    """Keep, for each output, the largest of K dense layers.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Samples.
    w : ndarray, shape (K, D, M)
        Weights of the K layers.
    b : ndarray, shape (K, M)
        Biases of the K layers.

    Returns
    -------
    ndarray, shape (N, M)
        out[n, m] = max over k of sum over d of x[n, d] w[k, d, m] + b[k, m] (Goodfellow et al.
        2013, "Maxout Networks").
    """
    raise NotImplementedError("maxout_forward: not implemented yet (stage 5, deep_training)")


def maxout_backward(dout, x, w, b):
    """Pass a gradient back through `maxout_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, M)
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, D)
        Samples, as the forward function got them.
    w : ndarray, shape (K, D, M)
        Weights of the K layers.
    b : ndarray, shape (K, M)
        Biases of the K layers.

    Returns
    -------
    dx : ndarray, shape (N, D)
        Gradient with respect to the samples.
    dw : ndarray, shape (K, D, M)
        Gradient with respect to the weights.
    db : ndarray, shape (K, M)
        Gradient with respect to the biases.

    Notes
    -----
    Each dout[n, m] belongs to the one layer that was the largest there; of equal ones the first.
    """
    raise NotImplementedError("maxout_backward: not implemented yet (stage 5, deep_training)")


def apl_forward(x, a, b):
    """Apply an adaptive piecewise linear unit: a ReLU with S hinges more, which are learnt.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Numbers; each column has hinges of its own.
    a : ndarray, shape (S, D)
        Slopes of the hinges.
    b : ndarray, shape (S, D)
        Places of the hinges.

    Returns
    -------
    ndarray, shape (N, D)
        out[n, d] = max(0, x[n, d]) + sum over s of a[s, d] max(0, b[s, d] - x[n, d])
        (Agostinelli et al. 2015, "Learning Activation Functions to Improve Deep Neural Networks").
    """
    raise NotImplementedError("apl_forward: not implemented yet (stage 5, deep_training)")


def apl_backward(dout, x, a, b):
    """Pass a gradient back through `apl_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, D)
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, D)
        Numbers, as the forward function got them.
    a : ndarray, shape (S, D)
        Slopes of the hinges.
    b : ndarray, shape (S, D)
        Places of the hinges.

    Returns
    -------
    dx : ndarray, shape (N, D)
        Gradient with respect to x.
    da : ndarray, shape (S, D)
        Gradient with respect to the slopes.
    db : ndarray, shape (S, D)
        Gradient with respect to the places.

    Notes
    -----
    A hinge max(0, z) passes the gradient where z is above zero; at z = 0 it passes none.
    """
    raise NotImplementedError("apl_backward: not implemented yet (stage 5, deep_training)")


def init_normal(n_in, n_out, eps=1e-2, seed=0):
    """Draw first weights of one scale, whatever the size of the layer.

    Parameters
    ----------
    n_in, n_out : int
        Numbers that come into the layer, and that go out.
    eps : float
        The scale.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    ndarray, shape (n_in, n_out)
        eps times ``rng.standard_normal`` of this shape.
    """
    rng = np.random.default_rng(seed)
    return eps * rng.standard_normal((n_in, n_out))


def init_xavier(n_in, n_out, seed=0):
    """Draw first weights that keep signals and gradients alike, for units that are nearly linear.

    Parameters
    ----------
    n_in, n_out : int
        Numbers that come into the layer, and that go out.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    ndarray, shape (n_in, n_out)
        sqrt(2 / (n_in + n_out)) times ``rng.standard_normal`` of this shape (Glorot and Bengio
        2010, equation 12).
    """
    rng = np.random.default_rng(seed)
    return np.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_in, n_out))


def init_he(n_in, n_out, seed=0):
    """Draw first weights that keep signals alike from layer to layer of ReLUs.

    Parameters
    ----------
    n_in, n_out : int
        Numbers that come into the layer, and that go out.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    ndarray, shape (n_in, n_out)
        sqrt(2 / n_in) times ``rng.standard_normal`` of this shape (He et al. 2015, "Delving Deep
        into Rectifiers", equation 10).
    """
    rng = np.random.default_rng(seed)
    return np.sqrt(2 / n_in) * rng.standard_normal((n_in, n_out))


def mse_loss(a, target):
    """Compute half the mean squared error, and its gradient.

    Parameters
    ----------
    a : ndarray, shape (N, M)
        Outputs.
    target : ndarray, shape (N, M)
        What they should be.

    Returns
    -------
    loss : float
        1 / (2N) times the sum of all (a - target)^2: the mean is over the samples.
    da : ndarray, shape (N, M)
        Gradient of the loss with respect to the outputs.
    """
    N = a.shape[0]
    loss = ((a - target) ** 2).sum() / (2 * N)
    da = (a - target) / N
    return loss, da


def binary_cross_entropy(a, y):
    """Compute the mean cross-entropy of probabilities of two classes, and its gradient.

    Parameters
    ----------
    a : ndarray, shape (N,)
        For each sample the probability that its label is 1, above 0 and below 1.
    y : ndarray, shape (N,)
        Integer labels, 0 or 1.

    Returns
    -------
    loss : float
        -1/N sum_i [y_i log a_i + (1 - y_i) log(1 - a_i)].
    da : ndarray, shape (N,)
        Gradient of the loss with respect to the probabilities.
    """
    raise NotImplementedError("binary_cross_entropy: not implemented yet (stage 5, deep_training)")


def sigmoid_cross_entropy(z, y):
    """Compute the mean cross-entropy of the sigmoid of scores, and its gradient.

    Parameters
    ----------
    z : ndarray, shape (N,)
        Scores; -1000 and 1000, too.
    y : ndarray, shape (N,)
        Integer labels, 0 or 1.

    Returns
    -------
    loss : float
        `binary_cross_entropy` of the sigmoid of z. Finite for all scores, however large.
    dz : ndarray, shape (N,)
        Gradient of the loss with respect to the scores.

    Notes
    -----
    -log s(z) = log(1 + exp(-z)) and -log(1 - s(z)) = log(1 + exp(z)), where the larger of 0 and
    the exponent can be taken out of the logarithm. By the chain rule dz = da s (1 - s), and the
    factor s (1 - s) cancels: a unit that is sure and wrong gets a gradient all the same.
    """
    raise NotImplementedError("sigmoid_cross_entropy: not implemented yet (stage 5, deep_training)")


def softmax_cross_entropy(scores, y):
    """Compute the mean cross-entropy of scores and its gradient, as in stage 4.

    Parameters
    ----------
    scores : ndarray, shape (N, C)
        Scores of the classes.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.

    Returns
    -------
    loss : float
        -1/N sum_i log p_i,y_i with p_ij = exp(s_ij) / sum_k exp(s_ik). Finite for large scores.
    dscores : ndarray, shape (N, C)
        Gradient of the loss with respect to the scores.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.
    """
    raise NotImplementedError("softmax_cross_entropy: not implemented yet (stage 5, deep_training)")


def l2_penalty(params, reg):
    """Compute what large weights cost by their squares, and the gradient.

    Parameters
    ----------
    params : dict
        Parameters. Those with a name that begins with ``W`` are weights.
    reg : float
        Strength.

    Returns
    -------
    penalty : float
        reg times the sum of the squares of all weights; other parameters cost nothing.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params, zeros for those
        that are no weights.
    """
    penalty = 0
    grads = {}
    for key in params:
        if key[0] == "W":
            penalty += reg * np.sum(params[key] ** 2)
            grads[key] = 2 * reg * params[key]
        else:
            grads[key] = np.zeros(params[key].shape)
    return penalty, grads


def l1_penalty(params, reg):
    """Compute what large weights cost by their magnitudes, and the gradient.

    Parameters
    ----------
    params : dict
        Parameters. Those with a name that begins with ``W`` are weights.
    reg : float
        Strength.

    Returns
    -------
    penalty : float
        reg times the sum of the magnitudes of all weights; other parameters cost nothing.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params, zeros for those
        that are no weights, and 0 for a weight that is 0.
    """
    raise NotImplementedError("l1_penalty: not implemented yet (stage 5, deep_training)")


def batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """Normalise each column of a mini-batch, then scale and shift it.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        The mini-batch.
    gamma : ndarray, shape (D,)
        Scales.
    beta : ndarray, shape (D,)
        Shifts.
    running_mean : ndarray, shape (D,)
        Average of the means of the mini-batches so far.
    running_var : ndarray, shape (D,)
        Average of the variances of the mini-batches so far.
    decay : float
        Share of the old average that stays.
    eps : float
        Added to the variance, so that a column of equal numbers is no division by zero.

    Returns
    -------
    out : ndarray, shape (N, D)
        gamma (x - mean) / sqrt(var + eps) + beta, with the mean and the variance of each column
        over the mini-batch. The variance is the mean of the squared deviations, divided by N.
    running_mean : ndarray, shape (D,)
        decay times the old one plus (1 - decay) times the mean.
    running_var : ndarray, shape (D,)
        decay times the old one plus (1 - decay) times the variance, which here, too, is that
        divided by N.

    Notes
    -----
    Ioffe and Szegedy 2015, "Batch Normalization", algorithm 1.
    """
    raise NotImplementedError("batchnorm_train: not implemented yet (stage 5, deep_training)")


def batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """Normalise by the averages of the training: an answer depends on no other sample.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Samples.
    gamma : ndarray, shape (D,)
        Scales.
    beta : ndarray, shape (D,)
        Shifts.
    running_mean : ndarray, shape (D,)
        Average of the means.
    running_var : ndarray, shape (D,)
        Average of the variances.
    eps : float
        Added to the variance.

    Returns
    -------
    ndarray, shape (N, D)
        gamma (x - running_mean) / sqrt(running_var + eps) + beta.
    """
    raise NotImplementedError("batchnorm_test: not implemented yet (stage 5, deep_training)")


def batchnorm_backward(dout, x, gamma, beta, eps=1e-5):
    """Pass a gradient back through the output of `batchnorm_train`.

    Parameters
    ----------
    dout : ndarray, shape (N, D)
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, D)
        The mini-batch, as the forward function got it.
    gamma : ndarray, shape (D,)
        Scales.
    beta : ndarray, shape (D,)
        Shifts.
    eps : float
        Added to the variance.

    Returns
    -------
    dx : ndarray, shape (N, D)
        Gradient with respect to the mini-batch. Mean and variance are made of x, too.
    dgamma : ndarray, shape (D,)
        Gradient with respect to the scales.
    dbeta : ndarray, shape (D,)
        Gradient with respect to the shifts.

    Notes
    -----
    With h = (x - mean) / sqrt(var + eps) and g = gamma dout, column by column:
    dx = (g - mean(g) - h mean(g h)) / sqrt(var + eps). The second term goes back through the
    mean, the third through the variance (the sums of Ioffe and Szegedy 2015, section 3, put
    together).
    """
    raise NotImplementedError("batchnorm_backward: not implemented yet (stage 5, deep_training)")


def dropout_forward(x, p=0.5, seed=0, train=True):
    """Silence units at random, and make the others louder by as much as is lost.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers.
    p : float
        Share that stays, above 0; 1 leaves all as it is.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness. A number stays
        where ``rng.random(x.shape)`` is less than p.
    train : bool
        Whether to do it at all: at test time all units speak.

    Returns
    -------
    ndarray, shape of x
        0 where a number goes and x / p where it stays, so that the expected value is x (inverted
        dropout; Srivastava et al. 2014). At test time a copy of x.
    """
    raise NotImplementedError("dropout_forward: not implemented yet (stage 5, deep_training)")


def dropout_backward(dout, p=0.5, seed=0, train=True):
    """Pass a gradient back through `dropout_forward`.

    Parameters
    ----------
    dout : ndarray, any shape
        Gradient of the loss with respect to the output.
    p, seed, train
        As the forward function got them: the same seed draws the same mask.

    Returns
    -------
    ndarray, shape of dout
        Gradient with respect to x.
    """
    raise NotImplementedError("dropout_backward: not implemented yet (stage 5, deep_training)")


def sgd(w, dw, state, lr=1e-2):
    """Take a plain step against the gradient.

    Parameters
    ----------
    w : ndarray, any shape
        A parameter.
    dw : ndarray, shape of w
        Gradient of the loss with respect to it.
    state : dict
        What the rule remembers of the steps before: here nothing, ``{}``.
    lr : float
        Learning rate.

    Returns
    -------
    w : ndarray
        w - lr dw, a new array.
    state : dict
        ``{}``.
    """
    return w - lr * dw, {}


def momentum(w, dw, state, lr=1e-2, mu=0.9):
    """Take a step with the speed that steps have gathered.

    Parameters
    ----------
    w : ndarray, any shape
        A parameter.
    dw : ndarray, shape of w
        Gradient of the loss with respect to it.
    state : dict
        ``{"v": speed}``, an array of w's shape; ``{}`` before the first step, where v is zero.
    lr : float
        Learning rate.
    mu : float
        Share of the speed that stays.

    Returns
    -------
    w : ndarray
        w - v with the new v, a new array.
    state : dict
        ``{"v": mu v + lr dw}``, a new array.

    Notes
    -----
    Polyak 1964. The learning rate is in v, so v is itself the step.
    """
    raise NotImplementedError("momentum: not implemented yet (stage 5, deep_training)")


def rmsprop(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """Take a step in which each number has a learning rate of its own.

    Parameters
    ----------
    w : ndarray, any shape
        A parameter.
    dw : ndarray, shape of w
        Gradient of the loss with respect to it.
    state : dict
        ``{"s": average}`` of the squared gradients; ``{}`` before the first step, where s is zero.
    lr : float
        Learning rate.
    decay : float
        Share of the old average that stays.
    eps : float
        Added to the root, so that it is never zero.

    Returns
    -------
    w : ndarray
        w - lr dw / (sqrt(s) + eps) with the new s, a new array.
    state : dict
        ``{"s": decay s + (1 - decay) dw^2}``, a new array.

    Notes
    -----
    Tieleman and Hinton 2012, "Lecture 6.5".
    """
    raise NotImplementedError("rmsprop: not implemented yet (stage 5, deep_training)")


def adam(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take a step by averages of the gradient and of its square, both without their bias.

    Parameters
    ----------
    w : ndarray, any shape
        A parameter.
    dw : ndarray, shape of w
        Gradient of the loss with respect to it.
    state : dict
        ``{"m": first moment, "v": second moment, "t": steps done}``; ``{}`` before the first
        step, where all three are zero.
    lr : float
        Learning rate.
    beta1, beta2 : float
        Shares of the old first and second moment that stay.
    eps : float
        Added to the root, so that it is never zero.

    Returns
    -------
    w : ndarray
        w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps) with the new m, v and t, a new
        array. In the first step t is 1.
    state : dict
        ``{"m": beta1 m + (1 - beta1) dw, "v": beta2 v + (1 - beta2) dw^2, "t": t + 1}``: new
        arrays, and t an int.

    Notes
    -----
    Kingma and Ba 2015, "Adam", algorithm 1.
    """
    raise NotImplementedError("adam: not implemented yet (stage 5, deep_training)")


def residual_forward(x, w1, b1, w2, b2):
    """Apply a residual block: two dense layers that say what to add to their input.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Samples.
    w1, b1 : ndarray, shapes (D, M) and (M,)
        Weights and biases of the first layer.
    w2, b2 : ndarray, shapes (M, D) and (D,)
        Weights and biases of the second layer.

    Returns
    -------
    ndarray, shape (N, D)
        relu(x + relu(x w1 + b1) w2 + b2) (He et al. 2016, "Deep Residual Learning", figure 2).
    """
    raise NotImplementedError("residual_forward: not implemented yet (stage 5, deep_training)")


def residual_backward(dout, x, w1, b1, w2, b2):
    """Pass a gradient back through `residual_forward`.

    Parameters
    ----------
    dout : ndarray, shape (N, D)
        Gradient of the loss with respect to the output.
    x : ndarray, shape (N, D)
        Samples, as the forward function got them.
    w1, b1, w2, b2 : ndarray
        Weights and biases, as the forward function got them.

    Returns
    -------
    dx : ndarray, shape (N, D)
        Gradient with respect to the samples: what came round the layers, and what came through.
    dw1, db1, dw2, db2 : ndarray
        Gradients with respect to weights and biases, of their shapes.
    """
    raise NotImplementedError("residual_backward: not implemented yet (stage 5, deep_training)")


def shift_images(x, down, right):
    """Move images by whole pixels.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    down : int
        Rows to move down; up, if negative.
    right : int
        Columns to move to the right; to the left, if negative.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        The moved images. What leaves at one side is lost, and zeros come in at the other.
    """
    raise NotImplementedError("shift_images: not implemented yet (stage 5, deep_training)")


def flip_images(x):
    """Mirror images: left becomes right.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        The mirrored images, a new array.
    """
    return np.flip(x, axis=3).copy()


def warp_images(x, matrix):
    """Turn, stretch or shear images about their centre.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    matrix : ndarray, shape (2, 2)
        Says where each output pixel comes from.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        Pixel (i, j) of the output is read from x at the place

        (u, v) = centre + matrix @ ((i, j) - centre),    centre = ((H - 1) / 2, (W - 1) / 2)

        between pixels, too: see Notes. Beyond the image everything is 0.

    Notes
    -----
    Bilinear interpolation: with i = floor(u), f = u - i and j = floor(v), g = v - j,

    (1 - f) (1 - g) x[i, j] + (1 - f) g x[i, j + 1] + f (1 - g) x[i + 1, j] + f g x[i + 1, j + 1]

    where a pixel with an index outside of the image counts as 0.
    """
    raise NotImplementedError("warp_images: not implemented yet (stage 5, deep_training)")


def rotate_images(x, degrees):
    """Turn images about their centre.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    degrees : float
        Angle, counterclockwise as one sees the image, its first row on top.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        The turned images, by `warp_images` with the matrix ((cos, sin), (-sin, cos)) of the angle.
    """
    raise NotImplementedError("rotate_images: not implemented yet (stage 5, deep_training)")


def scale_images(x, factor):
    """Make what images show larger or smaller, about their centre.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
        Images.
    factor : float
        Above 1 it grows, below 1 it shrinks; above 0.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        The scaled images, of the same shape, by `warp_images`.
    """
    raise NotImplementedError("scale_images: not implemented yet (stage 5, deep_training)")


def add_noise(x, sigma, seed=0):
    """Add normal noise to each number.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers.
    sigma : float
        Standard deviation of the noise.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    ndarray, shape of x
        x + sigma times ``rng.standard_normal`` of its shape.
    """
    raise NotImplementedError("add_noise: not implemented yet (stage 5, deep_training)")


def average_gradients(grads, sizes):
    """Put together the gradients that several workers found, each on samples of its own.

    Parameters
    ----------
    grads : list of dict
        For each worker the gradient of its mean loss: dicts with the same keys and shapes.
    sizes : list of int
        For each worker the number of its samples.

    Returns
    -------
    dict
        Gradient of the mean loss of all samples, as if one worker had had them all.
    """
    raise NotImplementedError("average_gradients: not implemented yet (stage 5, deep_training)")


def init_net(dims, init="he", batchnorm=False, seed=0):
    """Draw the parameters of a network of any depth.

    Parameters
    ----------
    dims : tuple of int
        Numbers that come in, sizes of the hidden layers, number of classes: (D, H1, ..., C). Layer
        l, from 1 to L, has dims[l - 1] inputs and dims[l] outputs.
    init : str
        ``"normal"``, ``"xavier"`` or ``"he"``: the function that draws the weights.
    batchnorm : bool
        Whether the hidden layers are normalised.
    seed : int
        The weights of layer l are drawn with the seed ``seed + l``: with one seed for all, layers
        would be copies of each other.

    Returns
    -------
    params : dict
        ``W1`` (D, H1), ``b1`` (H1,), ``W2`` (H1, H2), ... up to ``WL``, ``bL``; biases are zeros.
        With batchnorm also, for each hidden layer, ``gamma1`` (H1,) of ones and ``beta1`` (H1,) of
        zeros, ..., but none for layer L.
    running : dict
        With batchnorm ``mean1`` (H1,) of zeros and ``var1`` (H1,) of ones, ..., for each hidden
        layer; otherwise ``{}``.
    """
    raise NotImplementedError("init_net: not implemented yet (stage 5, deep_training)")


def net_forward(params, running, X, activation="relu", skip=False):
    """Compute the scores of a trained network: no dropout, and averages in the batchnorm.

    Parameters
    ----------
    params, running : dict
        Parameters and running averages, as `init_net` makes them.
    X : ndarray, shape (N, D)
        Samples.
    activation : str
        ``"sigmoid"``, ``"tanh"``, ``"relu"``, ``"leaky_relu"`` or ``"elu"``, with its default slope
        or alpha.
    skip : bool
        Whether a hidden layer that is as wide as its input adds that input to its output.

    Returns
    -------
    ndarray, shape (N, C)
        Scores of the classes.

    Notes
    -----
    Hidden layer l, from 1 to L - 1, makes of its input h: affine (``Wl``, ``bl``), then batchnorm
    if params has ``gammal``, then the activation, then, if skip and the shapes are equal, plus h.
    Layer L is affine alone.
    """
    raise NotImplementedError("net_forward: not implemented yet (stage 5, deep_training)")


def net_loss(params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0):
    """Compute the loss of a network in training, and its gradient.

    Parameters
    ----------
    params, running : dict
        Parameters and running averages, as `init_net` makes them.
    X : ndarray, shape (N, D)
        Samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    activation : str
        As in `net_forward`.
    skip : bool
        As in `net_forward`.
    l1, l2 : float
        Strengths of the penalties `l1_penalty` and `l2_penalty`.
    p : float
        Share of each hidden layer that stays in dropout; 1 for no dropout.
    seed : int
        The mask of hidden layer l is drawn with the seed ``seed + l``.

    Returns
    -------
    loss : float
        `softmax_cross_entropy` of the scores plus the two penalties.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params.
    running : dict
        The running averages after this mini-batch, new arrays, with the default decay.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    As in `net_forward`, but with `batchnorm_train` in place of `batchnorm_test`, and with dropout
    after the activation, before h is added.
    """
    raise NotImplementedError("net_loss: not implemented yet (stage 5, deep_training)")


def train_net(
    params,
    running,
    X,
    y,
    activation="relu",
    skip=False,
    l1=0.0,
    l2=0.0,
    p=1.0,
    rule="adam",
    lr=1e-3,
    batch=50,
    num_iters=100,
    seed=0,
):
    """Train a network by mini-batches and any rule of descent.

    Parameters
    ----------
    params, running : dict
        Parameters and running averages to start from. They stay as they are.
    X : ndarray, shape (N, D)
        Training samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    activation, skip, l1, l2, p
        As in `net_loss`.
    rule : str
        ``"sgd"``, ``"momentum"``, ``"rmsprop"`` or ``"adam"``, with its other settings at their
        defaults. Each parameter has a state of its own, ``{}`` before the first step.
    lr : float
        Learning rate.
    batch : int
        Samples in a mini-batch, at most N.
    num_iters : int
        Number of steps.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.
        Each step draws its samples by ``rng.choice(N, size=batch, replace=False)``, and then, with
        dropout or without, the seed that `net_loss` gets by ``rng.integers(2**31)``.

    Returns
    -------
    losses : ndarray, shape (num_iters,)
        Entry i is the loss of mini-batch i, penalties included, before update i.
    params : dict
        Trained parameters, new arrays.
    running : dict
        Running averages after the last mini-batch, new arrays.

    Raises
    ------
    ValueError
        If batch is greater than N, or a label is out of range.
    """
    raise NotImplementedError("train_net: not implemented yet (stage 5, deep_training)")


def predict_net(params, running, X, activation="relu", skip=False):
    """Predict the label of each sample by a trained network.

    Parameters
    ----------
    params, running : dict
        Parameters and running averages, as `init_net` makes them.
    X : ndarray, shape (N, D)
        Samples.
    activation, skip
        As in `net_forward`.

    Returns
    -------
    ndarray, shape (N,)
        For each sample the class of the highest score; of equal scores, the lowest class.
    """
    raise NotImplementedError("predict_net: not implemented yet (stage 5, deep_training)")
