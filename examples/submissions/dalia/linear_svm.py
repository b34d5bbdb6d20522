"""Stage 2: a linear classifier.

Nearest neighbours must keep all of the data, and compare with all of it each time. A linear
classifier keeps one column of weights for each class instead: the score of a class is the dot
product of its column with the sample, and the highest score wins. What makes the weights good is
a loss, a number that is small when the right class scores well above the others; what makes them
better is gradient descent, small steps against the gradient of that loss. Loss, gradient, step:
every network of the later stages is trained in just this way.

Letters: N samples, D numbers in each sample, C classes.
"""

import numpy as np


def add_bias(X):
    """Append a column of ones to the data.

    Parameters
    ----------
    X : ndarray, shape (N, D)
        Samples, one a row.

    Returns
    -------
    ndarray, shape (N, D + 1)
        The same numbers, with ones in the last column.

    Notes
    -----
    x W + b is (x, 1) times W with the row b put below it: with a one in each sample the bias is
    a weight like the others (CS231n notes, "Linear Classification", the bias trick).
    """
    return np.append(X, np.ones((X.shape[0], 1), dtype=X.dtype), axis=1)


def linear_forward(W, X):
    """Compute the score of each class for each sample.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights, one column for each class.
    X : ndarray, shape (N, D)
        Samples, one a row.

    Returns
    -------
    ndarray, shape (N, C)
        Scores: entry (i, j) is the dot product of sample i and column j.
    """
    return np.dot(X, W)


def svm_loss_naive(W, X, y, reg=0.0):
    """Compute the multi-class hinge loss and its gradient, with loops.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights.
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
    dW : ndarray, shape (D, C)
        Gradient of the loss with respect to W.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    With scores s_i = x_i W (ROB 102 Project 4; CS231n notes, "Linear Classification"):

    L = 1/N sum_i sum_{j != y_i} max(0, s_ij - s_i,y_i + 1) + reg * sum(W^2)

    Each margin s_ij - s_i,y_i + 1 above zero adds x_i to column j of the gradient and takes x_i
    from column y_i (CS231n notes, "Optimization"). A margin of exactly zero adds nothing.
    """
    N = X.shape[0]
    C = W.shape[1]
    loss = 0.0
    dW = np.zeros(W.shape)
    for i in range(N):
        scores = np.dot(X[i], W)
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= N
    dW /= N
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


def svm_loss(W, X, y, reg=0.0):
    """Compute the multi-class hinge loss and its gradient, without loops.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights.
    X : ndarray, shape (N, D)
        Samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Mean hinge loss of the samples plus the regularisation, as in `svm_loss_naive`.
    dW : ndarray, shape (D, C)
        Gradient of the loss with respect to W.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    By the chain rule dL/dW = X^T dL/ds, so it is enough to find the gradient dL/ds, shape (N, C),
    of the loss with respect to the scores: row i has a one for each margin above zero, and at
    y_i minus the number of these ones, all divided by N.
    """
    raise NotImplementedError("svm_loss: not implemented yet (stage 2, linear_svm)")


def softmax_loss(W, X, y, reg=0.0):
    """Compute the softmax cross-entropy loss and its gradient, without loops.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights.
    X : ndarray, shape (N, D)
        Samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    reg : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Mean cross-entropy of the samples plus the regularisation. Finite for scores of +-1e4.
    dW : ndarray, shape (D, C)
        Gradient of the loss with respect to W.

    Raises
    ------
    ValueError
        If y does not hold N labels from 0 to C - 1.

    Notes
    -----
    With scores s_i = x_i W (CS231n notes, "Linear Classification", Softmax classifier):

    p_ij = exp(s_ij) / sum_k exp(s_ik)
    L = -1/N sum_i log p_i,y_i + reg * sum(W^2)
    dL/ds_ij = (p_ij - [j = y_i]) / N

    exp(1000) overflows. The probabilities stay the same when one number is taken from all scores
    of a sample; with the largest score taken, no exponent is above zero.
    """
    raise NotImplementedError("softmax_loss: not implemented yet (stage 2, linear_svm)")


def train_svm(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Train the weights by stochastic gradient descent on the hinge loss.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights to start from. They stay as they are.
    X : ndarray, shape (N, D)
        Training samples.
    y : ndarray, shape (N,)
        Integer labels, 0 to C - 1.
    lr : float
        Learning rate, the length of a step.
    reg : float
        Strength of the regularisation.
    batch : int
        Samples in a mini-batch, at most N.
    num_iters : int
        Number of steps.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.
        Each step draws its rows by ``rng.choice(N, size=batch, replace=False)``.

    Returns
    -------
    losses : ndarray, shape (num_iters,)
        Entry i is the loss of mini-batch i, regularisation included, before update i.
    W : ndarray, shape (D, C)
        Trained weights, a new array.

    Raises
    ------
    ValueError
        If batch is greater than N, or a label is out of range.

    Notes
    -----
    W <- W - lr * dL/dW, with L the loss of the mini-batch (CS231n notes, "Optimization").
    """
    # works with the naive loss, TODO: change when svm_loss is ready
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = []
    for i in range(num_iters):
        rows = rng.choice(X.shape[0], size=batch, replace=False)
        loss, dW = svm_loss_naive(W, X[rows], y[rows], reg)
        losses.append(loss)
        W -= lr * dW
    return losses, W


def predict_svm(W, X):
    """Predict the label of each sample.

    Parameters
    ----------
    W : ndarray, shape (D, C)
        Weights.
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    ndarray, shape (N,)
        For each sample the class of the highest score; of equal scores, the lowest class.
    """
    return np.argmax(np.dot(X, W), axis=1)


def tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Choose learning rate and regularisation by accuracy on validation data.

    Parameters
    ----------
    X_train : ndarray, shape (N, D)
        Training samples, at least as many as the default mini-batch of `train_svm`.
    y_train : ndarray, shape (N,)
        Their integer labels. The number of classes C is the largest label plus one.
    X_val : ndarray, shape (N_val, D)
        Validation samples.
    y_val : ndarray, shape (N_val,)
        Their integer labels.
    lrs : sequence of float
        Learning rates to try, in the outer loop.
    regs : sequence of float
        Regularisation strengths to try, in the inner loop.
    num_iters : int
        Training steps for each setting.
    seed : int
        For each setting a fresh ``numpy.random.default_rng(seed)`` draws the initial weights,
        1e-4 times ``standard_normal`` of shape (D, C), and `train_svm` gets the same seed.

    Returns
    -------
    best_W : ndarray, shape (D, C)
        Trained weights of the best setting.
    best : tuple
        The setting (lr, reg) of the highest validation accuracy, the first of equals.
    results : dict
        Maps each setting (lr, reg) to its validation accuracy.

    Notes
    -----
    Settings are judged on data that training has not seen; the test set is kept for the end
    (CS231n notes, "Image Classification", validation sets).
    """
    raise NotImplementedError("tune_svm: not implemented yet (stage 2, linear_svm)")
