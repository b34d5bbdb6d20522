"""Stochastic gradient descent with momentum, for any network of the stages.

All parameters are views of one flat vector, and so is their momentum: an update is two lines,
whatever layers there are.
"""

import numpy as np

# A unit that is dead has no gradient, so its momentum only decays: down to numbers so small that a
# processor computes with them a hundred times slower, and there rounding keeps it for good. An
# epoch takes twice as long then. What is below TINY is made zero soon enough, at every FLUSH steps.
TINY, FLUSH = 1e-30, 100


def train_with_momentum(
    loss, params, X, y, lr=0.05, mu=0.9, batch=64, epochs=10, seed=0, change=None
):
    """Train by v = mu v + g, w -= lr v, with a learning rate that falls to zero in a straight line.

    Parameters
    ----------
    loss : callable
        ``loss(params, X, y) -> (loss, grads)``.
    params : dict
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, ...)
        Training samples.
    y : ndarray, shape (N,)
        Integer labels.
    lr : float
        Learning rate of the first step.
    mu : float
        The share of the velocity that is kept.
    batch : int
        Samples in a mini-batch; the rest of an epoch that fills none is left out.
    epochs : int
        How often each sample comes, in another order each time.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.
    change : callable, optional
        ``change(X, rng) -> X`` of a mini-batch: augmentation.

    Returns
    -------
    losses : ndarray, shape (steps,)
        Entry i is the loss of mini-batch i before update i.
    params : dict
        Trained parameters, new arrays.

    Notes
    -----
    Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning".
    """
    rng = np.random.default_rng(seed)
    flat, params = flat_views(params)
    velocity = np.zeros_like(flat)
    gradient, views = flat_views(params)
    losses = np.zeros(epochs * (len(X) // batch))
    for i in range(len(losses)):
        start = i * batch % (len(X) // batch * batch)
        if start == 0:
            order = rng.permutation(len(X))
        rows = order[start : start + batch]
        losses[i], grads = loss(
            params, X[rows] if change is None else change(X[rows], rng), y[rows]
        )
        for name, view in views.items():
            view[...] = grads[name]
        descend(flat, velocity, gradient, lr * (1 - i / len(losses)), mu, i)
    return losses, {name: value.copy() for name, value in params.items()}


def descend(flat, velocity, gradient, lr, mu, i):
    """Make step i: change the parameters and their velocity, both flat, in place."""
    velocity *= mu
    velocity += gradient
    if i % FLUSH == 0:
        velocity[np.abs(velocity) < TINY] = 0
    flat -= lr * velocity


def flat_views(arrays):
    """Copy arrays into one vector.

    Parameters
    ----------
    arrays : dict
        Arrays of any shapes.

    Returns
    -------
    flat : ndarray, shape (total,)
        All their numbers.
    views : dict
        The same names, with views of `flat` in the shapes of the arrays.
    """
    flat = np.concatenate([array.ravel() for array in arrays.values()])
    parts = np.split(flat, np.cumsum([array.size for array in arrays.values()])[:-1])
    named = zip(arrays.items(), parts, strict=True)
    return flat, {name: part.reshape(array.shape) for (name, array), part in named}
