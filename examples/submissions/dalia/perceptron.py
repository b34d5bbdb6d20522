"""Stage 0: from the perceptron to a small network.

A perceptron weighs its inputs and fires where their sum reaches a threshold. It can be wired to any
logic gate, and it can learn, from its mistakes alone, whatever a straight line can divide. XOR no
line divides: it takes a layer of hidden units between input and output. To learn that layer too,
the hard step gives way to the sigmoid, which has a slope everywhere, and the chain rule carries
the error back through the network. All later stages are built of these parts.

Letters: N samples, D numbers in each sample, H hidden units.
"""

import numpy as np


def perceptron(x, w, threshold):
    """Compute whether a perceptron fires.

    Parameters
    ----------
    x : ndarray, shape (D,) or (N, D)
        One sample, or several, one a row.
    w : ndarray, shape (D,)
        Weights.
    threshold : float
        What the weighted sum must reach.

    Returns
    -------
    int, or ndarray of int, shape (N,)
        For each sample 0 if the weighted sum is below the threshold, else 1.

    Notes
    -----
    Rosenblatt, "The perceptron" (1958). A sum that equals the threshold fires.
    """
    if x.ndim == 1:
        return 1 if np.dot(x, w) >= threshold else 0
    return (np.dot(x, w) >= threshold).astype(int)


def nand(a, b):
    """Compute NOT (a AND b) by one perceptron with the weights -2 and -2.

    Parameters
    ----------
    a, b : int
        0 or 1.

    Returns
    -------
    int
        0 if both are 1, else 1.

    Notes
    -----
    Which threshold lies below the sums of the inputs 00, 01 and 10, and above that of 11?
    (Nielsen, "Neural Networks and Deep Learning", chapter 1; the bias is minus the threshold.)
    """
    x = np.array([a, b])
    w = np.array([-2, -2])
    return perceptron(x, w, -3)


def xor(a, b):
    """Compute a XOR b, by calls of `nand` alone.

    Parameters
    ----------
    a, b : int
        0 or 1.

    Returns
    -------
    int
        1 if one of them is 1 and the other is not, else 0.

    Notes
    -----
    Four gates will do (Nielsen, "Neural Networks and Deep Learning", chapter 1, the half adder).
    """
    c = nand(a, b)
    d = nand(a, c)
    e = nand(b, c)
    return nand(d, e)


def train_perceptron(X, y, max_epochs=100):
    """Learn the weights of a perceptron from its mistakes.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row. There is no threshold: a column of ones makes it a weight.
    y : ndarray, shape (N,)
        Labels, -1 or 1.
    max_epochs : int
        Most passes through the samples.

    Returns
    -------
    w : ndarray, shape (D,)
        Weights: sample x is taken for 1 where w . x is above zero.
    mistakes : ndarray of int, shape (epochs run,)
        Number of updates in each epoch. It ends with 0 if an epoch was clean, and else is
        max_epochs long.

    Notes
    -----
    w starts at zeros. In order of the samples, where y_t w . x_t <= 0: w <- w + y_t x_t. If a line
    divides the classes, that stops after at most (R / gamma)^2 updates, with R the length of the
    longest sample and gamma the widest margin (Novikoff, 1962); if none does, it never stops.
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    # TODO
    return w, np.array(mistakes)


def sigmoid(z):
    """Compute the logistic function.

    Parameters
    ----------
    z : ndarray, any shape
        Inputs.

    Returns
    -------
    ndarray, same shape
        1 / (1 + exp(-z)), with no overflow for z of +-1000.

    Notes
    -----
    exp(1000) overflows, exp(-1000) is 0. For z below zero the same number is
    exp(z) / (1 + exp(z)), whose exponent is not above zero either.
    """
    z = np.clip(z, -500, 500)  # exp overflows otherwise
    return 1 / (1 + np.exp(-z))


def sigmoid_grad(z):
    """Compute the slope of the logistic function.

    Parameters
    ----------
    z : ndarray, any shape
        Inputs: those of the function, not its values.

    Returns
    -------
    ndarray, same shape
        The derivative at z.

    Notes
    -----
    With s = sigmoid(z) it is s (1 - s): 1/4 at 0, and next to nothing far from it.
    """
    raise NotImplementedError("sigmoid_grad: not implemented yet (stage 0, perceptron)")


def graph_gradients(x, y, z):
    """Compute f = (x + y) z and its gradient along the computational graph.

    Parameters
    ----------
    x, y, z : float
        Inputs.

    Returns
    -------
    f : float
        Value.
    gradient : tuple of float
        (df/dx, df/dy, df/dz).

    Notes
    -----
    Forward, node by node: q = x + y, f = q z. Backward, each node passes on what comes from above
    times its own slope: a product gives each factor the other one, a sum gives both the same
    (CS231n notes, "Backpropagation, Intuitions").
    """
    f = (x + y) * z
    return f, (z, z, x + y)


def init_xor(hidden_dims, seed=0):
    """Draw the parameters of a network with two inputs, one hidden layer and one output.

    Parameters
    ----------
    hidden_dims : int
        Number of hidden units, H.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    dict of str to ndarray
        W1, shape (2, H); b1, shape (1, H); W2, shape (H, 1); b2, shape (1, 1).

    Notes
    -----
    Any distribution will do if the weights differ. Units that start equal get equal gradients and
    stay equal for ever: the layer would be one unit wide.
    """
    raise NotImplementedError("init_xor: not implemented yet (stage 0, perceptron)")


def xor_forward(params, X):
    """Compute the network's output.

    Parameters
    ----------
    params : dict of str to ndarray
        W1, b1, W2, b2, as `init_xor` gives them.
    X : ndarray, shape (N, 2)
        Samples, one a row.

    Returns
    -------
    output : ndarray, shape (N, 1)
        sigmoid(hidden W2 + b2): near 1 for a sample of class 1.
    hidden : ndarray, shape (N, H)
        sigmoid(X W1 + b1).
    """
    raise NotImplementedError("xor_forward: not implemented yet (stage 0, perceptron)")


def xor_loss(params, X, y):
    """Compute the mean squared error and its gradient by backpropagation.

    Parameters
    ----------
    params : dict of str to ndarray
        W1, b1, W2, b2.
    X : ndarray, shape (N, 2)
        Samples.
    y : ndarray, shape (N,) or (N, 1)
        Targets, 0 or 1.

    Returns
    -------
    loss : float
        1/(2N) times the sum of (y - a)^2 over the samples, with outputs a.
    grads : dict of str to ndarray
        Gradient with respect to each of params, same keys and shapes.

    Notes
    -----
    The error travels back through each layer: times the sigmoid's slope, then times the weights
    (Rumelhart, Hinton and Williams, 1986). With output a and hidden h, whose slopes at their own
    inputs are a (1 - a) and h (1 - h):

    delta2 = (a - y) / N * a (1 - a)        dW2 = h^T delta2,  db2 = sum of delta2's rows
    delta1 = delta2 W2^T * h (1 - h)        dW1 = X^T delta1,  db1 = sum of delta1's rows

    Mind y of shape (N,): taken from a of shape (N, 1), it would be broadcast to (N, N).
    """
    raise NotImplementedError("xor_loss: not implemented yet (stage 0, perceptron)")


def train_xor(params, X, y, lr=1.0, num_iters=5000):
    """Train the network by gradient descent, with all samples in each step.

    Parameters
    ----------
    params : dict of str to ndarray
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, 2)
        Samples.
    y : ndarray, shape (N,) or (N, 1)
        Targets, 0 or 1.
    lr : float
        Learning rate, the length of a step.
    num_iters : int
        Number of steps.

    Returns
    -------
    losses : ndarray, shape (num_iters,)
        Entry i is the loss before update i.
    params : dict of str to ndarray
        Trained parameters, new arrays.

    Notes
    -----
    All parameters take their step at once: p <- p - lr * dL/dp.
    """
    raise NotImplementedError("train_xor: not implemented yet (stage 0, perceptron)")
