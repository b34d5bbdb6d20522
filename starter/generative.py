"""Stage 6: generative models.

The networks so far read a picture and answer with a label. Those of this stage make pictures. An
autoencoder squeezes a picture through a layer of a few numbers, the code, and rebuilds it from
them; no label is needed, for the picture itself is what should come out. Codes of like pictures
lie close to each other, so k-means finds groups among them. And a generator turns random numbers
into pictures that nobody has drawn: it learns from a second network, the discriminator, which
learns to tell its pictures from real ones.

The autoencoder's parameters live in one dict: ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, L), ``b2``
(1, L), which make the code, and ``W3`` (L, H), ``b3`` (1, H), ``W4`` (H, D), ``b4`` (1, D), which
rebuild the picture. The generator and the discriminator have a dict each, with ``W1``, ``b1``,
``W2``, ``b2``.

Letters: N samples, D numbers in each sample (0 to 1), H hidden units, L numbers in a code, K
clusters.
"""

import numpy as np


def sigmoid(x):
    """Squeeze numbers into 0 to 1.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers, also -1000 and 1000.

    Returns
    -------
    ndarray, shape of x
        1 / (1 + exp(-x)), number by number, without overflow.

    Notes
    -----
    For x < 0 the same value is exp(x) / (1 + exp(x)), in which no exponential is large.
    """
    raise NotImplementedError("sigmoid: not implemented yet (stage 6, generative)")


def softplus(x):
    """Compute log(1 + exp(x)), a ReLU with its kink rounded off.

    Parameters
    ----------
    x : ndarray, any shape
        Numbers, also -1000 and 1000.

    Returns
    -------
    ndarray, shape of x
        log(1 + exp(x)), number by number, without overflow: softplus(1000) is 1000.

    Notes
    -----
    With D = sigmoid(s), both logarithms of a binary cross-entropy are softplus: -log(D) is
    softplus(-s) and -log(1 - D) is softplus(s), whatever s is. Its derivative is `sigmoid`.

    log(1 + exp(x)) = max(0, x) + log(1 + exp(-|x|))
    """
    raise NotImplementedError("softplus: not implemented yet (stage 6, generative)")


def init_autoencoder(dim, hidden_dims, latent_dims, seed=0):
    """Draw the parameters that the autoencoder's training starts from.

    Parameters
    ----------
    dim : int
        D, the numbers in a sample.
    hidden_dims : int
        H, the hidden units before the code, and also those after it.
    latent_dims : int
        L, the numbers in a code.
    seed : int
        ``rng = numpy.random.default_rng(seed)`` is the only source of randomness.

    Returns
    -------
    dict
        ``W1`` (D, H), ``W2`` (H, L), ``W3`` (L, H), ``W4`` (H, D), drawn in this order by
        ``rng.standard_normal`` of their shape, each over sqrt(rows), where rows is its first
        length; ``b1`` (1, H), ``b2`` (1, L), ``b3`` (1, H), ``b4`` (1, D) are zeros.

    Notes
    -----
    With this scale a sum of so many random terms has the size of one of them (LeCun et al.,
    "Efficient BackProp", 1998). Larger first weights would send the output's sigmoid so far out
    that it has no slope left to learn with.
    """
    raise NotImplementedError("init_autoencoder: not implemented yet (stage 6, generative)")


def encode(params, X):
    """Compute the codes of samples.

    Parameters
    ----------
    params : dict
        The autoencoder's parameters.
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    ndarray, shape (N, L)
        max(0, X W1 + b1) W2 + b2: no ReLU and no sigmoid after the code.
    """
    raise NotImplementedError("encode: not implemented yet (stage 6, generative)")


def decode(params, Z):
    """Rebuild samples from their codes.

    Parameters
    ----------
    params : dict
        The autoencoder's parameters.
    Z : ndarray, shape (N, L)
        Codes.

    Returns
    -------
    ndarray, shape (N, D)
        sigmoid(max(0, Z W3 + b3) W4 + b4), numbers from 0 to 1.
    """
    raise NotImplementedError("decode: not implemented yet (stage 6, generative)")


def reconstruction_errors(params, X):
    """Measure how far each sample is from what the autoencoder rebuilds of it.

    Parameters
    ----------
    params : dict
        The autoencoder's parameters.
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    ndarray, shape (N,)
        For each sample, sum_d (Y_d - X_d)^2 with Y = decode(encode(X)).
    """
    raise NotImplementedError("reconstruction_errors: not implemented yet (stage 6, generative)")


def autoencoder_loss(params, X):
    """Compute the reconstruction loss and its gradient, by backpropagation.

    Parameters
    ----------
    params : dict
        The autoencoder's parameters.
    X : ndarray, shape (N, D)
        Samples.

    Returns
    -------
    loss : float
        The mean of `reconstruction_errors`: 1/N sum_i sum_d (Y_id - X_id)^2.
    grads : dict
        Gradient with respect to each parameter: the keys and shapes of params.

    Notes
    -----
    Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks" (2006).
    The output's sigmoid has the slope Y (1 - Y), the code is linear, and a ReLU lets the gradient
    through only where its output is above zero. X is both the input and what the output should be;
    it is data, so no gradient with respect to it is asked.
    """
    raise NotImplementedError("autoencoder_loss: not implemented yet (stage 6, generative)")


def train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """Train the autoencoder by stochastic gradient descent with momentum.

    Parameters
    ----------
    params : dict
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, D)
        Training samples.
    lr : float
        Learning rate.
    momentum : float
        The share of a step, 0 to below 1, that the next step takes over; 0 is plain descent.
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
        Entry i is the loss of mini-batch i before update i.
    params : dict
        Trained parameters, new arrays.

    Raises
    ------
    ValueError
        If batch is greater than N.

    Notes
    -----
    Each parameter w has a velocity v, of zeros at first. With g the gradient, a step is

    v = momentum v + lr g,    w = w - v

    so that what many steps agree on adds up, and what they disagree on cancels (Polyak, "Some
    methods of speeding up the convergence of iteration methods", 1964). Plain steps are either too
    small for the code's layers, or so large that units fall silent for good.
    """
    raise NotImplementedError("train_autoencoder: not implemented yet (stage 6, generative)")


def kmeans_assign(Z, centers):
    """Give each code the cluster of the nearest center.

    Parameters
    ----------
    Z : ndarray, shape (N, L)
        Codes.
    centers : ndarray, shape (K, L)
        Centers of the clusters.

    Returns
    -------
    ndarray of int, shape (N,)
        For each code the index of the center at the smallest Euclidean distance; of equally near
        centers, the lowest index.
    """
    raise NotImplementedError("kmeans_assign: not implemented yet (stage 6, generative)")


def kmeans_update(Z, labels, centers):
    """Move each center to the middle of its cluster.

    Parameters
    ----------
    Z : ndarray, shape (N, L)
        Codes.
    labels : ndarray of int, shape (N,)
        The cluster of each code, 0 to K - 1.
    centers : ndarray, shape (K, L)
        The centers until now. They stay as they are.

    Returns
    -------
    ndarray, shape (K, L)
        For each cluster the mean of its codes; where a cluster has no codes, its center until now.
    """
    raise NotImplementedError("kmeans_update: not implemented yet (stage 6, generative)")


def kmeans(Z, k, max_iters=100, seed=0):
    """Divide codes into clusters.

    Parameters
    ----------
    Z : ndarray, shape (N, L)
        Codes.
    k : int
        K, the number of clusters, at most N.
    max_iters : int
        The most rounds, 1 or more.
    seed : int
        ``rng = numpy.random.default_rng(seed)``; the first centers are the rows
        ``rng.choice(N, size=k, replace=False)`` of Z, in this order.

    Returns
    -------
    centers : ndarray, shape (K, L)
        The centers after the last round.
    labels : ndarray of int, shape (N,)
        The clusters that `kmeans_assign` gives with these centers.
    inertias : ndarray, shape (rounds run,)
        Entry t is the sum over the codes of the squared distance to the center of their cluster,
        right after the assignment of round t.

    Notes
    -----
    Lloyd, "Least Squares Quantization in PCM" (1982). A round is an assignment and then an update.
    The first round whose assignment is that of the round before is the last, for nothing would
    change any more; its inertia is counted, too. Neither step can raise the inertia, so the rounds
    end, though not always at the best clusters.
    """
    raise NotImplementedError("kmeans: not implemented yet (stage 6, generative)")


def cluster_purity(labels, y):
    """Measure how well clusters agree with classes that they were never shown.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        The cluster of each sample, from 0.
    y : ndarray of int, shape (N,)
        The class of each sample, from 0.

    Returns
    -------
    float
        The share of samples, 0 to 1, whose class is the most frequent one of their cluster.

    Notes
    -----
    Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, section 16.3. With as
    many clusters as samples it is 1: compare only clusterings of the same K.
    """
    raise NotImplementedError("cluster_purity: not implemented yet (stage 6, generative)")


def init_gan(dim, noise_dims, hidden_dims, seed=0):
    """Draw the parameters that a generator and a discriminator start from.

    Parameters
    ----------
    dim : int
        D, the numbers in a sample.
    noise_dims : int
        L, the random numbers that a sample is made of.
    hidden_dims : int
        H, the hidden units of the generator, and also those of the discriminator.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.

    Returns
    -------
    params_G : dict
        ``W1`` (L, H), ``b1`` (1, H), ``W2`` (H, D), ``b2`` (1, D).
    params_D : dict
        ``W1`` (D, H), ``b1`` (1, H), ``W2`` (H, 1), ``b2`` (1, 1).

        The weights are drawn in this order by ``rng.standard_normal`` of their shape, each over
        sqrt(rows), where rows is its first length; the biases are zeros.
    """
    raise NotImplementedError("init_gan: not implemented yet (stage 6, generative)")


def generate(params_G, z):
    """Make samples of random numbers.

    Parameters
    ----------
    params_G : dict
        The generator's parameters.
    z : ndarray, shape (N, L)
        Random numbers, one row for each sample.

    Returns
    -------
    ndarray, shape (N, D)
        sigmoid(max(0, z W1 + b1) W2 + b2), numbers from 0 to 1.
    """
    raise NotImplementedError("generate: not implemented yet (stage 6, generative)")


def discriminate(params_D, X):
    """Say how real each sample looks.

    Parameters
    ----------
    params_D : dict
        The discriminator's parameters.
    X : ndarray, shape (N, D)
        Samples, real or made.

    Returns
    -------
    ndarray, shape (N,)
        s = max(0, X W1 + b1) W2 + b2, one number a sample: the logit. The probability of being
        real is D(x) = sigmoid(s); the losses are computed from s, which loses no digits.
    """
    raise NotImplementedError("discriminate: not implemented yet (stage 6, generative)")


def discriminator_loss(params_D, real, fake):
    """Compute the discriminator's loss and its gradient.

    Parameters
    ----------
    params_D : dict
        The discriminator's parameters.
    real : ndarray, shape (N, D)
        Real samples.
    fake : ndarray, shape (M, D)
        Samples that the generator made; M may differ from N.

    Returns
    -------
    loss : float
        -1/N sum over real of log D(x)  -  1/M sum over fake of log(1 - D(x)).
    grads : dict
        Gradient with respect to the discriminator's parameters: their keys and shapes.

    Notes
    -----
    Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1, with the sign turned so
    that less is better. Each batch has a mean of its own. With the logits s, -log D = softplus(-s)
    and -log(1 - D) = softplus(s): finite, and with a right gradient, for logits of any size. With
    respect to a logit the gradient is (D - 1)/N for a real sample and D/M for a fake one.
    """
    raise NotImplementedError("discriminator_loss: not implemented yet (stage 6, generative)")


def generator_loss(params_G, params_D, z):
    """Compute the generator's non-saturating loss and its gradient.

    Parameters
    ----------
    params_G : dict
        The generator's parameters.
    params_D : dict
        The discriminator's parameters, through which the gradient passes. They stay as they are.
    z : ndarray, shape (N, L)
        Random numbers, one row for each sample.

    Returns
    -------
    loss : float
        -1/N sum over z of log D(G(z)).
    grads : dict
        Gradient with respect to the generator's parameters alone: their keys and shapes.

    Notes
    -----
    Goodfellow et al. (2014), section 3. The generator could minimise log(1 - D(G(z))), which the
    discriminator maximises; but while D(G(z)) is near 0, as it is at first, that is flat. The loss
    here has the same aim and is steep there: its derivative with respect to a logit is (D - 1)/N.
    It comes to the generator through the sample: the discriminator's input gets dhidden W1^T, and
    the slope of the generator's sigmoid at the sample x is x (1 - x).
    """
    raise NotImplementedError("generator_loss: not implemented yet (stage 6, generative)")


def discriminator_step(params_G, params_D, real, z, lr):
    """Let the discriminator learn from one batch of real samples and one of made ones.

    Parameters
    ----------
    params_G, params_D : dict
        The parameters of both. They stay as they are.
    real : ndarray, shape (N, D)
        Real samples.
    z : ndarray, shape (M, L)
        Random numbers, of which the generator makes the others.
    lr : float
        Learning rate, the length of the step.

    Returns
    -------
    loss : float
        The discriminator's loss before the step.
    params_D : dict
        The discriminator's parameters after one step against its gradient, new arrays.
    """
    raise NotImplementedError("discriminator_step: not implemented yet (stage 6, generative)")


def generator_step(params_G, params_D, z, lr):
    """Let the generator learn from one batch of its own samples.

    Parameters
    ----------
    params_G, params_D : dict
        The parameters of both. They stay as they are.
    z : ndarray, shape (N, L)
        Random numbers, of which the generator makes its samples.
    lr : float
        Learning rate, the length of the step.

    Returns
    -------
    loss : float
        The generator's loss before the step.
    params_G : dict
        The generator's parameters after one step against its gradient, new arrays.
    """
    raise NotImplementedError("generator_step: not implemented yet (stage 6, generative)")


def train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    """Train generator and discriminator in turns.

    Parameters
    ----------
    params_G, params_D : dict
        Parameters to start from. They stay as they are.
    X : ndarray, shape (N, D)
        Real samples.
    lr_G, lr_D : float
        Learning rates of the generator and of the discriminator.
    batch : int
        Samples in a mini-batch, real ones and made ones alike; at most N.
    num_iters : int
        Number of rounds.
    seed : int
        ``rng = numpy.random.default_rng(seed)``, made once, is the only source of randomness.

    Returns
    -------
    losses_G, losses_D : ndarray, shape (num_iters,)
        The generator's and the discriminator's loss in each round, each before its own step.
    params_G, params_D : dict
        Trained parameters, new arrays.

    Raises
    ------
    ValueError
        If batch is greater than N.

    Notes
    -----
    A round is two steps (Goodfellow et al., 2014, algorithm 1 with k = 1), where L is the number of
    rows of the generator's W1:

    1. the discriminator's: the real rows are ``rng.choice(N, size=batch, replace=False)``, and then
       z is ``rng.standard_normal((batch, L))``
    2. the generator's, against the discriminator as it is by now, with a new z, drawn alike
    """
    raise NotImplementedError("train_gan: not implemented yet (stage 6, generative)")
