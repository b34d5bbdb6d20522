"""Stage 3: a neural network of two layers.

A linear classifier has one template for each class. Put a second layer on top of the first, with
a kink between them, and the network can combine templates: a hidden unit that answers to part of
a picture counts for several classes, each in its own measure. Without the kink the two layers
would be one matrix. The price is that the gradient must travel back through both layers; this is
backpropagation, the chain rule applied from the loss to the first weights.

The parameters live in a dict: ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, C), ``b2`` (1, C), and

    scores = max(0, X W1 + b1) W2 + b2

Letters: N samples, D numbers in each sample, H hidden units, C classes.
"""

import numpy as np


def init_params(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """Draw the parameters that training starts from.

    Parameters
    ----------
    dim : int
        D, the numbers in a sample.
    hidden_dims : int
        H, the number of hidden units.
    num_classes : int
        C, the number of classes.
    eps : float
        Scale of the weights.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    dict
        ``W1`` (D, H) and then ``W2`` (H, C), each eps times ``rng.standard_normal`` of its shape,
        and ``b1`` (1, H), ``b2`` (1, C) of zeros.

    Notes
    -----
    Equal weights would get equal gradients and stay equal; small random numbers break the
    symmetry (CS231n notes, "Neural Networks Part 2").
    """
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = eps * rng.standard_normal((dim, hidden_dims))
    params["b1"] = np.zeros((1, hidden_dims))
    params["W2"] = eps * rng.standard_normal((hidden_dims, num_classes))
    params["b2"] = np.zeros((1, num_classes))
    return params


def relu(x):
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


def nn_forward(params, X):
    """Compute the scores of the network.

    Parameters
    ----------
    params : dict
        ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, C), ``b2`` (1, C).
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    scores : ndarray, shape (N, C)
        Scores of the classes.
    hidden : ndarray, shape (N, H)
        Hidden units after the ReLU; the backward pass needs them.

    Notes
    -----
    scores = max(0, X W1 + b1) W2 + b2   (ROB 102 Project 4). The lecture writes W x with a column
    x; here samples are rows, so its matrices appear transposed.
    """
    hidden = relu(np.dot(X, params["W1"]) + params["b1"])
    scores = np.dot(hidden, params["W2"]) + params["b2"]
    return scores, hidden


def nn_svm_grad(params, X, y, scores, hidden, reg):
    """Compute the gradient of the regularised hinge loss, by backpropagation.

    Parameters
    ----------
    params : dict
        ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, C), ``b2`` (1, C).
    X : ndarray, shape (N, D)
        Samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    scores : ndarray, shape (N, C)
        Scores, from ``nn_forward(params, X)``.
    hidden : ndarray, shape (N, H)
        Hidden units, from ``nn_forward(params, X)``.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    dict
        The gradient of the loss of `nn_svm_loss` with respect to each parameter: the keys and
        shapes of params.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    The gradient with respect to the scores is that of the linear SVM: a one for each margin above
    zero, minus their number at the right class, divided by N. A layer z = x W + b passes a
    gradient dz back (CS231n notes, "Backpropagation" and "Neural Networks Case Study"):

    dW = x^T dz,    db = sum of dz over the samples,    dx = dz W^T

    and a ReLU lets the gradient through only where its output is above zero. The regularisation
    adds 2 reg W to the gradient of each weight matrix.
    """
    raise NotImplementedError("nn_svm_grad: not implemented yet (stage 3, two_layer_net)")


def nn_svm_loss(params, X, y, reg=0.0):
    """Compute the regularised hinge loss of the network and its gradient.

    Parameters
    ----------
    params : dict
        ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, C), ``b2`` (1, C).
    X : ndarray, shape (N, D)
        Samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Mean hinge loss of the samples plus the regularisation.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    With s the scores of the network (ROB 102 Project 4):

    L = 1/N sum_i sum_{j != y_i} max(0, s_ij - s_i,y_i + 1) + reg * (sum(W1^2) + sum(W2^2))

    The biases are not regularised.
    """
    raise NotImplementedError("nn_svm_loss: not implemented yet (stage 3, two_layer_net)")


def train_nn(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Train the network by stochastic gradient descent.

    Parameters
    ----------
    params : dict
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, D)
        Training samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to num_classes - 1.
    num_classes : int
        C, the number of classes.
    lr : float
        Learning rate, the length of a step.
    reg : float
        Strength of the regularisation.
    batch : int
        Samples in a mini-batch, at most N.
    num_iters : int
        Number of steps.
    print_freq : int or None
        Print a line with the loss every print_freq steps; 0 or None prints nothing.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.
        Each step draws its rows by ``rng.choice(N, size=batch, replace=False)``.

    Returns
    -------
    losses : ndarray, shape (num_iters,)
        Entry i is the loss of mini-batch i, regularisation included, before update i.
    params : dict
        Trained parameters, new arrays.

    Raises
    ------
    ValueError
        If batch is greater than N, or a label is not between 0 and num_classes - 1.
    """
    raise NotImplementedError("train_nn: not implemented yet (stage 3, two_layer_net)")


def predict_nn(params, X):
    """Predict the label of each sample.

    Parameters
    ----------
    params : dict
        ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, C), ``b2`` (1, C).
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    ndarray, shape (N,)
        For each sample the class of the highest score; of equal scores, the lowest class.
    """
    scores, hidden = nn_forward(params, X)
    return np.argmax(scores, axis=1)


def tune_nn(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Choose learning rate, regularisation and hidden size by accuracy on validation data.

    Parameters
    ----------
    X_train : ndarray, shape (N, D)
        Training samples, at least as many as the default mini-batch of `train_nn`.
    y_train : ndarray, shape (N,)
        Their integer labels, 0 to num_classes - 1.
    X_val : ndarray, shape (N_val, D)
        Validation samples.
    y_val : ndarray, shape (N_val,)
        Their integer labels.
    num_classes : int
        C, the number of classes.
    lrs : sequence of float
        Learning rates to try, in the outermost loop.
    regs : sequence of float
        Regularisation strengths to try, in the middle loop.
    hidden_dims : sequence of int
        Numbers of hidden units to try, in the innermost loop.
    num_iters : int
        Training steps for each setting.
    seed : int
        For each setting, the seed of `init_params` (with its default eps) and of `train_nn`.

    Returns
    -------
    best_params : dict
        Trained parameters of the best setting.
    best : tuple
        The setting (lr, reg, hidden) of the highest validation accuracy, the first of equals.
    results : dict
        Maps each setting (lr, reg, hidden) to its validation accuracy.
    """
    raise NotImplementedError("tune_nn: not implemented yet (stage 3, two_layer_net)")
