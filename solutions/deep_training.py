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
    ### BEGIN SOLUTION
    return x.reshape(len(x), -1) @ w + b
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(len(x), -1).T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.exp(-np.logaddexp(0, -x))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    s = sigmoid_forward(x)
    return dout * s * (1 - s)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.tanh(x)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return dout * (1 - np.tanh(x) ** 2)
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
        Gradient with respect to x: dout where x is above zero, otherwise 0, also at x = 0.
    """
    ### BEGIN SOLUTION
    return dout * (x > 0)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.where(x > 0, x, slope * x)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.where(x > 0, dout, slope * dout)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.where(x > 0, dout, dout * alpha * np.exp(np.minimum(x, 0)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.max(x @ w + b[:, np.newaxis], axis=0)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    winner = np.argmax(x @ w + b[:, np.newaxis], axis=0)
    # what each layer gets of dout, (K, N, M): all of it or nothing
    dpieces = dout * (winner == np.arange(len(w))[:, np.newaxis, np.newaxis])
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    dw = np.einsum("nd,knm->kdm", x, dpieces)
    return dx, dw, np.sum(dpieces, axis=1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hinges = np.maximum(0, b[:, np.newaxis] - x)
    return np.maximum(0, x) + np.einsum("sd,snd->nd", a, hinges)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    distance = b[:, np.newaxis] - x
    dhinges = a[:, np.newaxis] * (distance > 0) * dout
    dx = dout * (x > 0) - np.sum(dhinges, axis=0)
    da = np.sum(np.maximum(0, distance) * dout, axis=1)
    return dx, da, np.sum(dhinges, axis=1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return eps * np.random.default_rng(seed).standard_normal((n_in, n_out))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    scale = np.sqrt(2 / (n_in + n_out))
    return scale * np.random.default_rng(seed).standard_normal((n_in, n_out))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.sqrt(2 / n_in) * np.random.default_rng(seed).standard_normal((n_in, n_out))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    error = a - target
    return np.sum(error**2) / (2 * len(a)), error / len(a)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return loss, (a - y) / (a * (1 - a)) / len(a)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))
    return loss, (sigmoid_forward(z) - y) / len(z)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    weights = {name: array if name.startswith("W") else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(array**2) for array in weights.values())
    return penalty, {name: 2 * reg * array for name, array in weights.items()}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    weights = {name: array if name.startswith("W") else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(np.abs(array)) for array in weights.values())
    return penalty, {name: reg * np.sign(array) for name, array in weights.items()}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    new_var = decay * running_var + (1 - decay) * var
    return out, new_mean, new_var
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - np.mean(g, axis=0) - normed * np.mean(g * normed, axis=0)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    if not train:
        return x.copy()
    stays = np.random.default_rng(seed).random(x.shape) < p
    return x * stays / p
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return dropout_forward(dout, p, seed, train)  # each output is its input times a number
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return w - lr * dw, {}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    v = mu * state.get("v", 0) + lr * dw
    return w - v, {"v": v}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    s = decay * state.get("s", 0) + (1 - decay) * dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hidden = relu_forward(affine_forward(x, w1, b1))
    return relu_forward(x + affine_forward(hidden, w2, b2))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    dense = affine_forward(x, w1, b1)
    hidden = relu_forward(dense)
    total = x + affine_forward(hidden, w2, b2)
    dtotal = relu_backward(dout, total)
    dhidden, dw2, db2 = affine_backward(dtotal, hidden, w2, b2)
    dthrough, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dtotal + dthrough, dw1, db1, dw2, db2
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    H, W = x.shape[2:]
    rows, columns = abs(down), abs(right)
    padded = np.pad(x, ((0, 0), (0, 0), (rows, rows), (columns, columns)))
    top, left = rows - down, columns - right
    return padded[:, :, top : top + H, left : left + W].copy()
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return x[:, :, :, ::-1].copy()
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ matrix.T + centre, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    # A frame of zeros, one pixel wide, stands for all that lies outside.
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    return (
        (1 - f) * (1 - g) * framed[:, :, above, before]
        + (1 - f) * g * framed[:, :, above, after]
        + f * (1 - g) * framed[:, :, below, before]
        + f * g * framed[:, :, below, after]
    )
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return warp_images(x, np.array([[cos, sin], [-sin, cos]]))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return warp_images(x, np.eye(2) / factor)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return x + sigma * np.random.default_rng(seed).standard_normal(x.shape)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    total = sum(sizes)
    return {
        name: sum(size / total * own[name] for own, size in zip(grads, sizes, strict=True))
        for name in grads[0]
    }
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params[f"W{layer}"] = draw(n_in, n_out, seed=seed + layer)
        params[f"b{layer}"] = np.zeros(n_out)
        if batchnorm and layer < len(dims) - 1:
            params[f"gamma{layer}"] = np.ones(n_out)
            params[f"beta{layer}"] = np.zeros(n_out)
            running[f"mean{layer}"] = np.zeros(n_out)
            running[f"var{layer}"] = np.ones(n_out)
    return params, running
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            z = batchnorm_test(
                z,
                params[f"gamma{layer}"],
                params[f"beta{layer}"],
                running[f"mean{layer}"],
                running[f"var{layer}"],
            )
        out = forward(z)
        h = out + h if skip and out.shape == h.shape else out
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)  # whose arrays are replaced, not changed
    inputs, dense, normed = {}, {}, {}  # of each hidden layer: what the way back needs
    h = X
    for layer in range(1, depth):
        inputs[layer] = h
        z = dense[layer] = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            z, running[f"mean{layer}"], running[f"var{layer}"] = batchnorm_train(
                z,
                params[f"gamma{layer}"],
                params[f"beta{layer}"],
                running[f"mean{layer}"],
                running[f"var{layer}"],
            )
        normed[layer] = z
        out = dropout_forward(forward(z), p, seed + layer)
        h = out + h if skip and out.shape == h.shape else out
    scores = affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])
    loss, dscores = softmax_cross_entropy(scores, y)

    grads = {}
    dh, grads[f"W{depth}"], grads[f"b{depth}"] = affine_backward(
        dscores, h, params[f"W{depth}"], params[f"b{depth}"]
    )
    for layer in range(depth - 1, 0, -1):
        dz = backward(dropout_backward(dh, p, seed + layer), normed[layer])
        if f"gamma{layer}" in params:
            dz, grads[f"gamma{layer}"], grads[f"beta{layer}"] = batchnorm_backward(
                dz, dense[layer], params[f"gamma{layer}"], params[f"beta{layer}"]
            )
        dthrough, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(
            dz, inputs[layer], params[f"W{layer}"], params[f"b{layer}"]
        )
        dh = dthrough + dh if skip and dthrough.shape == dh.shape else dthrough

    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31))
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.argmax(net_forward(params, running, X, activation, skip), axis=1)
    ### END SOLUTION
