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
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(x))  # never overflows
    return np.where(x >= 0, 1, small) / (1 + small)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.maximum(0, x) + np.log1p(np.exp(-np.abs(x)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, len(sizes)):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / np.sqrt(rows)
        params[f"b{layer}"] = np.zeros((1, columns))
    return params
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hidden = np.maximum(0, Z @ params["W3"] + params["b3"])
    return sigmoid(hidden @ params["W4"] + params["b4"])
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    return np.sum((decode(params, encode(params, X)) - X) ** 2, axis=1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N

    doutput = 2 * (Y - X) / N * Y * (1 - Y)  # with respect to what enters the sigmoid
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = (dZ @ params["W2"].T) * (hidden1 > 0)
    return loss, {
        "W1": X.T @ dhidden1,
        "b1": np.sum(dhidden1, axis=0, keepdims=True),
        "W2": hidden1.T @ dZ,
        "b2": np.sum(dZ, axis=0, keepdims=True),
        "W3": Z.T @ dhidden2,
        "b3": np.sum(dhidden2, axis=0, keepdims=True),
        "W4": hidden2.T @ doutput,
        "b4": np.sum(doutput, axis=0, keepdims=True),
    }
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}  # updates work in place
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    differences = Z[:, np.newaxis, :] - centers[np.newaxis, :, :]  # (N, K, L)
    return np.argmin(np.sum(differences**2, axis=2), axis=1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.mean(Z[labels == k], axis=0)
    return moved
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    right = 0
    for k in np.unique(labels):
        right += np.max(np.bincount(y[labels == k]))
    return right / len(y)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    networks = []
    for inputs, outputs in ((noise_dims, dim), (dim, 1)):
        networks.append(
            {
                "W1": rng.standard_normal((inputs, hidden_dims)) / np.sqrt(inputs),
                "b1": np.zeros((1, hidden_dims)),
                "W2": rng.standard_normal((hidden_dims, outputs)) / np.sqrt(hidden_dims),
                "b2": np.zeros((1, outputs)),
            }
        )
    params_G, params_D = networks
    return params_G, params_D
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hidden = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    return sigmoid(hidden @ params_G["W2"] + params_G["b2"])
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    return (hidden @ params_D["W2"] + params_D["b2"])[:, 0]
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))

    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))

    ds = -sigmoid(-s) / N
    dhidden_D = (ds @ params_D["W2"].T) * (hidden_D > 0)
    dX = dhidden_D @ params_D["W1"].T
    doutput = dX * X * (1 - X)
    dhidden_G = (doutput @ params_G["W2"].T) * (hidden_G > 0)
    return loss, {
        "W1": z.T @ dhidden_G,
        "b1": np.sum(dhidden_G, axis=0, keepdims=True),
        "W2": hidden_G.T @ doutput,
        "b2": np.sum(doutput, axis=0, keepdims=True),
    }
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {name: value - lr * grads[name] for name, value in params_D.items()}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {name: value - lr * grads[name] for name, value in params_G.items()}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D
    ### END SOLUTION
