"""Known mistakes of stage 6: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. A function here replaces that of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.generative import (
    autoencoder_loss,
    decode,
    discriminator_loss,
    discriminator_step,
    encode,
    generate,
    generator_loss,
    generator_step,
    kmeans_assign,
    kmeans_update,
    sigmoid,
    softplus,
)


def sigmoid__other_form(x):
    """The form exp(x) / (1 + exp(x)) is used for all x: it is NaN where exp(x) overflows.

    Hint: Try x = 1000: what are numerator and denominator?
    """
    return np.exp(x) / (1 + np.exp(x))


def sigmoid__sign(x):
    """The exponent has the wrong sign, so large inputs give 0 and small ones 1.

    Hint: What should the sigmoid of 1000 be?
    """
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, small, 1) / (1 + small)


def sigmoid__tanh(x):
    """What comes back is tanh, which goes from -1 to 1.

    Hint: What should the sigmoid of 0 be?
    """
    return np.tanh(x)


def softplus__overflow(x):
    """The formula is used as it stands: for large inputs exp overflows and the result is infinite.

    Hint: What is log(1 + exp(1000)) nearly equal to?
    """
    return np.log(1 + np.exp(x))


def softplus__capped(x):
    """The exponent is capped at 50, so every larger input gives 50.

    Hint: What should softplus of 1000 be?
    """
    return np.log1p(np.exp(np.minimum(x, 50)))


def softplus__of_minus_x(x):
    """The sign of x is turned: this is -log(sigmoid(x)).

    Hint: Should softplus rise or fall with x?
    """
    return np.maximum(0, -x) + np.log1p(np.exp(-np.abs(x)))


def init_autoencoder__one_scale(dim, hidden_dims, latent_dims, seed=0):
    """All weights have the scale of the first layer.

    Hint: How many inputs does each layer have?
    """
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / np.sqrt(dim)
        params[f"b{layer}"] = np.zeros((1, columns))
    return params


def init_autoencoder__no_root(dim, hidden_dims, latent_dims, seed=0):
    """The scale is 1 / rows, without the square root.

    Hint: Which power of the number of inputs keeps the size of a sum of so many random terms?
    """
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / rows
        params[f"b{layer}"] = np.zeros((1, columns))
    return params


def init_autoencoder__he(dim, hidden_dims, latent_dims, seed=0):
    """The weights are larger by the square root of 2, as is usual before a ReLU.

    Hint: Which scale does the docstring ask for?
    """
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) * np.sqrt(2 / rows)
        params[f"b{layer}"] = np.zeros((1, columns))
    return params


def init_autoencoder__columns(dim, hidden_dims, latent_dims, seed=0):
    """The scale counts the outputs of a layer, not its inputs.

    Hint: Over how many terms does each output sum?
    """
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / np.sqrt(columns)
        params[f"b{layer}"] = np.zeros((1, columns))
    return params


def init_autoencoder__generator_for_each(dim, hidden_dims, latent_dims, seed=0):
    """Each layer makes a new generator from the seed, so all begin with the same numbers.

    Hint: How often should the generator be made?
    """
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        rng = np.random.default_rng(seed)
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / np.sqrt(rows)
        params[f"b{layer}"] = np.zeros((1, columns))
    return params


def init_autoencoder__flat_biases(dim, hidden_dims, latent_dims, seed=0):
    """The biases have shape (H,) in place of (1, H).

    Hint: What shape does the docstring ask of a bias?
    """
    rng = np.random.default_rng(seed)
    sizes = [dim, hidden_dims, latent_dims, hidden_dims, dim]
    params = {}
    for layer in range(1, 5):
        rows, columns = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = rng.standard_normal((rows, columns)) / np.sqrt(rows)
        params[f"b{layer}"] = np.zeros(columns)
    return params


def encode__relu_on_code(params, X):
    """The code passes through a ReLU, too, so none of its numbers is negative.

    Hint: How many ReLUs stand in the formula of the code?
    """
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return np.maximum(0, hidden @ params["W2"] + params["b2"])


def encode__no_relu(params, X):
    """There is no ReLU, so the encoder is a linear map.

    Hint: What stands between the two layers?
    """
    hidden = X @ params["W1"] + params["b1"]
    return hidden @ params["W2"] + params["b2"]


def encode__bias_after_relu(params, X):
    """The first bias is added after the ReLU.

    Hint: What enters the ReLU?
    """
    hidden = np.maximum(0, X @ params["W1"]) + params["b1"]
    return hidden @ params["W2"] + params["b2"]


def encode__second_bias(params, X):
    """The second bias is forgotten.

    Hint: Look at the formula once more: how many biases are in it?
    """
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return hidden @ params["W2"]


def decode__no_sigmoid(params, Z):
    """The sigmoid at the end is missing, so pixels can be negative or above 1.

    Hint: What numbers may a pixel be?
    """
    hidden = np.maximum(0, Z @ params["W3"] + params["b3"])
    return hidden @ params["W4"] + params["b4"]


def decode__no_relu(params, Z):
    """There is no ReLU between the two layers.

    Hint: What stands between the two layers?
    """
    hidden = Z @ params["W3"] + params["b3"]
    return sigmoid(hidden @ params["W4"] + params["b4"])


def decode__bias_after_sigmoid(params, Z):
    """The last bias is added after the sigmoid.

    Hint: What enters the sigmoid?
    """
    hidden = np.maximum(0, Z @ params["W3"] + params["b3"])
    return sigmoid(hidden @ params["W4"]) + params["b4"]


def decode__encoders_biases(params, Z):
    """The first layer takes the bias b1, which belongs to the encoder and has the same shape.

    Hint: Which layers belong to the decoder?
    """
    hidden = np.maximum(0, Z @ params["W3"] + params["b1"])
    return sigmoid(hidden @ params["W4"] + params["b4"])


def reconstruction_errors__mean(params, X):
    """The mean over the pixels is taken, not their sum.

    Hint: How should the error of a sample change with each further wrong pixel?
    """
    return np.mean((decode(params, encode(params, X)) - X) ** 2, axis=1)


def reconstruction_errors__root(params, X):
    """The square root is taken, so this is the distance.

    Hint: Does the formula have a root in it?
    """
    return np.sqrt(np.sum((decode(params, encode(params, X)) - X) ** 2, axis=1))


def reconstruction_errors__one_number(params, X):
    """All samples are added up to one number.

    Hint: What shape should the result have?
    """
    return np.sum((decode(params, encode(params, X)) - X) ** 2)


def reconstruction_errors__absolute(params, X):
    """Absolute differences are added, not squares.

    Hint: Which power of the difference does the formula have?
    """
    return np.sum(np.abs(decode(params, encode(params, X)) - X), axis=1)


def reconstruction_errors__loop(params, X):
    """The values are right, but the samples go through one by one.

    Hint: All samples can go through the networks in one product: then only the sum needs an axis.

    Found by: loops
    """
    errors = np.zeros(len(X))
    for i in range(len(X)):
        x = X[i : i + 1]
        errors[i] = np.sum((decode(params, encode(params, x)) - x) ** 2)
    return errors


def autoencoder_loss__mean_over_pixels(params, X):
    """The loss is a mean over all pixels of all samples, and so is the gradient.

    Hint: The docstring divides by N alone: what is summed, and what is averaged?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / X.size
    doutput = 2 * (Y - X) / X.size * Y * (1 - Y)
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


def autoencoder_loss__no_mean_in_gradient(params, X):
    """The loss is divided by N, the gradient is not.

    Hint: If the loss is a mean, what is its gradient?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) * Y * (1 - Y)
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


def autoencoder_loss__factor_two(params, X):
    """The factor 2 of the square is missing in the gradient.

    Hint: What is the derivative of the square of a difference?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = (Y - X) / N * Y * (1 - Y)
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


def autoencoder_loss__no_sigmoid_slope(params, X):
    """The slope of the output's sigmoid is missing in the gradient.

    Hint: What lies between the output and what enters its sigmoid?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N
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


def autoencoder_loss__cross_entropy_gradient(params, X):
    """The gradient is that of the cross-entropy, Y - X, in which the sigmoid's slope cancels.

    Hint: Which loss is asked for? Differentiate that one.
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = (Y - X) / N
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


def autoencoder_loss__mask_on_code(params, X):
    """The code's gradient is masked as if there were a ReLU after it.

    Hint: Which layers have a ReLU?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = (dhidden2 @ params["W3"].T) * (Z > 0)
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


def autoencoder_loss__decoder_mask(params, X):
    """The mask of the decoder's hidden layer is forgotten.

    Hint: What does a silent unit pass back?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = doutput @ params["W4"].T
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


def autoencoder_loss__encoder_mask(params, X):
    """The mask of the encoder's hidden layer is forgotten.

    Hint: What does a silent unit pass back?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = dZ @ params["W2"].T
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


def autoencoder_loss__kink(params, X):
    """At a ReLU's kink the gradient is let through.

    Hint: Is 0 above zero?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (Z @ params["W3"] + params["b3"] >= 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = (dZ @ params["W2"].T) * (X @ params["W1"] + params["b1"] >= 0)
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


def autoencoder_loss__flat_biases(params, X):
    """The gradients of the biases have the shape (H,), not (1, H).

    Hint: What shape does each bias have?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = (dZ @ params["W2"].T) * (hidden1 > 0)
    return loss, {
        "W1": X.T @ dhidden1,
        "b1": np.sum(dhidden1, axis=0),
        "W2": hidden1.T @ dZ,
        "b2": np.sum(dZ, axis=0),
        "W3": Z.T @ dhidden2,
        "b3": np.sum(dhidden2, axis=0),
        "W4": hidden2.T @ doutput,
        "b4": np.sum(doutput, axis=0),
    }


def autoencoder_loss__bias_mean(params, X):
    """The gradients of the biases are means over the samples, though the mean is in them already.

    Hint: Where does 1/N enter, and how often?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = (dZ @ params["W2"].T) * (hidden1 > 0)
    return loss, {
        "W1": X.T @ dhidden1,
        "b1": np.mean(dhidden1, axis=0, keepdims=True),
        "W2": hidden1.T @ dZ,
        "b2": np.mean(dZ, axis=0, keepdims=True),
        "W3": Z.T @ dhidden2,
        "b3": np.mean(dhidden2, axis=0, keepdims=True),
        "W4": hidden2.T @ doutput,
        "b4": np.mean(doutput, axis=0, keepdims=True),
    }


def autoencoder_loss__relu_of_code(params, X):
    """The gradient of W3 is made with the code's positive part.

    Hint: What enters the layer that W3 belongs to?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"] + params["b2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
    dhidden2 = (doutput @ params["W4"].T) * (hidden2 > 0)
    dZ = dhidden2 @ params["W3"].T
    dhidden1 = (dZ @ params["W2"].T) * (hidden1 > 0)
    return loss, {
        "W1": X.T @ dhidden1,
        "b1": np.sum(dhidden1, axis=0, keepdims=True),
        "W2": hidden1.T @ dZ,
        "b2": np.sum(dZ, axis=0, keepdims=True),
        "W3": np.maximum(0, Z).T @ dhidden2,
        "b3": np.sum(dhidden2, axis=0, keepdims=True),
        "W4": hidden2.T @ doutput,
        "b4": np.sum(doutput, axis=0, keepdims=True),
    }


def autoencoder_loss__loss_from_codes(params, X):
    """On the way forward the bias of the code is forgotten.

    Hint: Does the loss agree with reconstruction_errors?
    """
    N = len(X)
    hidden1 = np.maximum(0, X @ params["W1"] + params["b1"])
    Z = hidden1 @ params["W2"]
    hidden2 = np.maximum(0, Z @ params["W3"] + params["b3"])
    Y = sigmoid(hidden2 @ params["W4"] + params["b4"])
    loss = np.sum((Y - X) ** 2) / N
    doutput = 2 * (Y - X) / N * Y * (1 - Y)
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


def train_autoencoder__no_momentum(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The velocity is made anew in each step, so there is no momentum.

    Hint: What of the last step should the next one remember?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__damped(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """The gradient is multiplied by 1 - momentum, as in a running mean.

    Hint: Look at the formula of v: what stands before the gradient?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + (1 - momentum) * lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__old_velocity(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The parameters move by the old velocity, before the gradient has entered it.

    Hint: Which comes first, the velocity or the step?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            params[name] -= velocities[name]
            velocities[name] = momentum * velocities[name] + lr * grads[name]
    return losses, params


def train_autoencoder__one_velocity(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The velocities are set to zeros again with each mini-batch.

    Hint: How long must a velocity live?

    Twin: no_momentum
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        velocities = {name: np.zeros_like(value) for name, value in params.items()}
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__velocity_in_lr(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The learning rate multiplies the gradient, and then the velocity once more.

    Hint: How often should lr act on a gradient?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= lr * velocities[name]
    return losses, params


def train_autoencoder__uphill(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """The steps go with the gradient, so the loss rises.

    Hint: Print the losses: which way do they go?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] += velocities[name]
    return losses, params


def train_autoencoder__in_place(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """The parameters that were given are changed.

    Hint: Which arrays does the new dict hold?

    Found by: arguments
    """
    rng = np.random.default_rng(seed)
    params = dict(params)
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__loss_after(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The loss is written down after the update.

    Hint: What should the first entry be, when no step is taken yet?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _, grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
        losses[i], _ = autoencoder_loss(params, X[rows])
    return losses, params


def train_autoencoder__one_batch(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """The rows are drawn once, before the loop, so each step sees the same ones.

    Hint: How often should a mini-batch be drawn?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    rows = rng.choice(len(X), size=batch, replace=False)
    for i in range(num_iters):
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__seed_each_step(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """The generator is made anew in each step, so each draws the same rows.

    Hint: How often should the generator be made?

    Twin: one_batch
    """
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rng = np.random.default_rng(seed)
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def train_autoencoder__with_replacement(
    params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0
):
    """Rows are drawn with replacement, so some come twice.

    Hint: Which argument of rng.choice says that no row comes twice?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=True)
        losses[i], grads = autoencoder_loss(params, X[rows])
        for name in params:
            velocities[name] = momentum * velocities[name] + lr * grads[name]
            params[name] -= velocities[name]
    return losses, params


def kmeans_assign__farthest(Z, centers):
    """The farthest center is taken.

    Hint: Should the distance be small or large?
    """
    squares = np.sum((Z[:, np.newaxis, :] - centers) ** 2, axis=2)
    return np.argmax(squares, axis=1)


def kmeans_assign__product(Z, centers):
    """The largest product with a center is taken for the nearest: long centers win.

    Hint: Expand the squared distance: which part of it is forgotten?
    """
    return np.argmax(Z @ centers.T, axis=1)


def kmeans_assign__absolute(Z, centers):
    """Distances are sums of absolute differences.

    Hint: Which distance is asked for?
    """
    return np.argmin(np.sum(np.abs(Z[:, np.newaxis, :] - centers), axis=2), axis=1)


def kmeans_assign__last_of_equals(Z, centers):
    """Of equally near centers the last is taken.

    Hint: Which one does numpy.argmin take? Is the order of the centers still the given one?
    """
    squares = np.sum((Z[:, np.newaxis, :] - centers[::-1]) ** 2, axis=2)
    return len(centers) - 1 - np.argmin(squares, axis=1)


def kmeans_assign__for_centers(Z, centers):
    """For each center the nearest code is found, not for each code the nearest center.

    Hint: What shape should the result have? Along which axis is the smallest looked for?
    """
    squares = np.sum((Z[:, np.newaxis, :] - centers) ** 2, axis=2)
    return np.argmin(squares, axis=0)


def kmeans_assign__loop(Z, centers):
    """The values are right, but there is a loop over the codes.

    Hint: Put all squared distances into one array of shape (N, K).

    Found by: loops
    """
    labels = np.zeros(len(Z), dtype=int)
    for i, z in enumerate(Z):
        labels[i] = np.argmin(np.sum((centers - z) ** 2, axis=1))
    return labels


def kmeans_update__empty_is_nan(Z, labels, centers):
    """A cluster without codes gets the mean of nothing, which is not a number.

    Hint: How many codes must a cluster have for a mean?
    """
    moved = centers.copy()
    for k in range(len(centers)):
        moved[k] = np.mean(Z[labels == k], axis=0)
    return moved


def kmeans_update__empty_is_zero(Z, labels, centers):
    """A cluster without codes gets the center 0.

    Hint: Where should a center stay to which no code belongs?
    """
    moved = np.zeros_like(centers)
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.mean(Z[labels == k], axis=0)
    return moved


def kmeans_update__one_mean(Z, labels, centers):
    """The mean is taken over all numbers of the cluster, not axis by axis.

    Hint: What shape has the mean of a cluster?
    """
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.mean(Z[labels == k])
    return moved


def kmeans_update__sum(Z, labels, centers):
    """The codes of a cluster are added up, but not divided by their number.

    Hint: What is the middle of ten equal codes?
    """
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.sum(Z[labels == k], axis=0)
    return moved


def kmeans_update__half_way(Z, labels, centers):
    """A center moves half of the way to the mean.

    Hint: Where exactly should a center be afterwards?
    """
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = (centers[k] + np.mean(Z[labels == k], axis=0)) / 2
    return moved


def kmeans_update__in_place(Z, labels, centers):
    """The centers that were given are changed.

    Hint: What does the caller see in the array that was passed in?

    Found by: arguments
    """
    moved = centers
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.mean(Z[labels == k], axis=0)
    return moved.copy()


def kmeans_update__median(Z, labels, centers):
    """The median is taken, not the mean.

    Hint: Which middle makes the sum of squared distances smallest?
    """
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = np.median(Z[labels == k], axis=0)
    return moved


def kmeans__first_rows(Z, k, max_iters=100, seed=0):
    """The first k rows of Z are the first centers.

    Hint: Which rows does the docstring take?
    """
    rng = np.random.default_rng(seed)
    centers = Z[:k].copy()
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__random_centers(Z, k, max_iters=100, seed=0):
    """The first centers are random numbers, not rows of Z.

    Hint: Where do the codes lie? Begin with some of them.
    """
    rng = np.random.default_rng(seed)
    centers = rng.standard_normal((k, Z.shape[1]))
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__with_replacement(Z, k, max_iters=100, seed=0):
    """The first centers are drawn with replacement, so some may be equal.

    Hint: Which argument of rng.choice says that no row comes twice?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=True)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__sorted_rows(Z, k, max_iters=100, seed=0):
    """The rows that were drawn are sorted, so the clusters are numbered in another order.

    Hint: In which order do the first centers stand?
    """
    rng = np.random.default_rng(seed)
    centers = Z[np.sort(rng.choice(len(Z), size=k, replace=False))]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__never_ends_early(Z, k, max_iters=100, seed=0):
    """All max_iters rounds are run, though nothing changes any more.

    Hint: When may the rounds end?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    inertias = []
    for _ in range(max_iters):
        labels = kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__old_labels(Z, k, max_iters=100, seed=0):
    """The labels are those of the last round, from before the last update.

    Hint: Do the labels belong to the centers that are returned?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, labels, np.array(inertias)


def kmeans__inertia_after_update(Z, k, max_iters=100, seed=0):
    """The inertia is measured after the update of the round.

    Hint: In which order are assigning, measuring and updating done?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        centers = kmeans_update(Z, labels, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__mean_inertia(Z, k, max_iters=100, seed=0):
    """The inertia is a mean over the codes, not a sum.

    Hint: What does the docstring say the inertia is: a sum, or a mean?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum((Z - centers[labels]) ** 2) / len(Z))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__distances_not_squared(Z, k, max_iters=100, seed=0):
    """The inertia adds distances, not their squares.

    Hint: Which power of the distance does k-means make small?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        inertias.append(np.sum(np.sqrt(np.sum((Z - centers[labels]) ** 2, axis=1))))
        centers = kmeans_update(Z, labels, centers)
        if before is not None and np.array_equal(labels, before):
            break
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def kmeans__last_round_uncounted(Z, k, max_iters=100, seed=0):
    """The last round, in which nothing changed, is not counted.

    Hint: How many rounds were run, and how many inertias are there?
    """
    rng = np.random.default_rng(seed)
    centers = Z[rng.choice(len(Z), size=k, replace=False)]
    labels, inertias = None, []
    for _ in range(max_iters):
        before, labels = labels, kmeans_assign(Z, centers)
        if before is not None and np.array_equal(labels, before):
            break
        inertias.append(np.sum((Z - centers[labels]) ** 2))
        centers = kmeans_update(Z, labels, centers)
    return centers, kmeans_assign(Z, centers), np.array(inertias)


def cluster_purity__mean_of_shares(labels, y):
    """The mean of the clusters' shares is taken, in which small clusters count as much as large ones.

    Hint: Count samples, not clusters.
    """
    shares = []
    for k in np.unique(labels):
        counts = np.bincount(y[labels == k])
        shares.append(np.max(counts) / np.sum(counts))
    return np.mean(shares)


def cluster_purity__accuracy(labels, y):
    """Cluster numbers are compared with class numbers.

    Hint: Does cluster 3 have anything to do with class 3?
    """
    return np.mean(labels == y)


def cluster_purity__by_class(labels, y):
    """For each class the most frequent cluster is counted, not for each cluster the most frequent class.

    Hint: Which of the two is looked at one by one?
    """
    right = 0
    for c in np.unique(y):
        right += np.max(np.bincount(labels[y == c]))
    return right / len(y)


def cluster_purity__count(labels, y):
    """The samples are counted, but not divided by their number.

    Hint: Between which numbers does a share lie?
    """
    right = 0
    for k in np.unique(labels):
        right += np.max(np.bincount(y[labels == k]))
    return float(right)


def init_gan__discriminator_first(dim, noise_dims, hidden_dims, seed=0):
    """The discriminator's weights are drawn first.

    Hint: Which network comes first in the docstring?
    """
    rng = np.random.default_rng(seed)
    networks = []
    for inputs, outputs in ((dim, 1), (noise_dims, dim)):
        networks.append(
            {
                "W1": rng.standard_normal((inputs, hidden_dims)) / np.sqrt(inputs),
                "b1": np.zeros((1, hidden_dims)),
                "W2": rng.standard_normal((hidden_dims, outputs)) / np.sqrt(hidden_dims),
                "b2": np.zeros((1, outputs)),
            }
        )
    return networks[1], networks[0]


def init_gan__swapped(dim, noise_dims, hidden_dims, seed=0):
    """The discriminator is returned first.

    Hint: In which order does the docstring return the two?
    """
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
    return networks[1], networks[0]


def init_gan__seed_for_each(dim, noise_dims, hidden_dims, seed=0):
    """Each network has a generator of random numbers of its own, with the same seed.

    Hint: How often should the generator be made?
    """
    networks = []
    for inputs, outputs in ((noise_dims, dim), (dim, 1)):
        rng = np.random.default_rng(seed)
        networks.append(
            {
                "W1": rng.standard_normal((inputs, hidden_dims)) / np.sqrt(inputs),
                "b1": np.zeros((1, hidden_dims)),
                "W2": rng.standard_normal((hidden_dims, outputs)) / np.sqrt(hidden_dims),
                "b2": np.zeros((1, outputs)),
            }
        )
    return networks[0], networks[1]


def init_gan__one_scale(dim, noise_dims, hidden_dims, seed=0):
    """Both layers have the scale of the first.

    Hint: How many inputs does the second layer have?
    """
    rng = np.random.default_rng(seed)
    networks = []
    for inputs, outputs in ((noise_dims, dim), (dim, 1)):
        networks.append(
            {
                "W1": rng.standard_normal((inputs, hidden_dims)) / np.sqrt(inputs),
                "b1": np.zeros((1, hidden_dims)),
                "W2": rng.standard_normal((hidden_dims, outputs)) / np.sqrt(inputs),
                "b2": np.zeros((1, outputs)),
            }
        )
    return networks[0], networks[1]


def init_gan__small_scale(dim, noise_dims, hidden_dims, seed=0):
    """All weights have the scale 0.01.

    Hint: The scale depends on the number of inputs of each layer.
    """
    rng = np.random.default_rng(seed)
    networks = []
    for inputs, outputs in ((noise_dims, dim), (dim, 1)):
        networks.append(
            {
                "W1": rng.standard_normal((inputs, hidden_dims)) * 0.01,
                "b1": np.zeros((1, hidden_dims)),
                "W2": rng.standard_normal((hidden_dims, outputs)) * 0.01,
                "b2": np.zeros((1, outputs)),
            }
        )
    return networks[0], networks[1]


def generate__no_sigmoid(params_G, z):
    """The sigmoid at the end is missing, so pixels can be negative or above 1.

    Hint: What numbers may a pixel be?
    """
    hidden = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    return hidden @ params_G["W2"] + params_G["b2"]


def generate__tanh(params_G, z):
    """The output is squeezed into -1 to 1, not into 0 to 1.

    Hint: Between which numbers are the pixels of the real samples?
    """
    hidden = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    return np.tanh(hidden @ params_G["W2"] + params_G["b2"])


def generate__no_relu(params_G, z):
    """There is no ReLU between the two layers.

    Hint: What stands between the two layers?
    """
    hidden = z @ params_G["W1"] + params_G["b1"]
    return sigmoid(hidden @ params_G["W2"] + params_G["b2"])


def discriminate__column(params_D, X):
    """The logits have the shape (N, 1), not (N,).

    Hint: What shape does the docstring ask for?
    """
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    return hidden @ params_D["W2"] + params_D["b2"]


def discriminate__probability(params_D, X):
    """Probabilities are returned, not logits.

    Hint: From which of the two are the losses computed?
    """
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    return sigmoid(hidden @ params_D["W2"] + params_D["b2"])[:, 0]


def discriminate__no_bias(params_D, X):
    """The last bias is forgotten.

    Hint: How many biases does the formula have?
    """
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    return (hidden @ params_D["W2"])[:, 0]


def discriminate__no_relu(params_D, X):
    """There is no ReLU between the two layers.

    Hint: What stands between the two layers?
    """
    hidden = X @ params_D["W1"] + params_D["b1"]
    return (hidden @ params_D["W2"] + params_D["b2"])[:, 0]


def discriminator_loss__labels_swapped(params_D, real, fake):
    """Real samples are taught to be fake, and fake ones to be real.

    Hint: Which logits should grow, those of real samples or those of fake ones?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(s_real)) + np.mean(softplus(-s_fake))
    ds = np.concatenate([sigmoid(s_real) / len(real), -sigmoid(-s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__mean_of_both(params_D, real, fake):
    """The loss and its gradient are halved, as a mean of the two parts.

    Hint: Are the two parts added or averaged?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = (np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))) / 2
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)]) / 2
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__one_mean(params_D, real, fake):
    """One mean is taken over both batches together, in which the larger one counts for more.

    Hint: By what is each part divided, if there are 2 real samples and 5 fake ones?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = 2 * np.mean(np.concatenate([softplus(-s_real), softplus(s_fake)]))
    ds = 2 * np.concatenate([-sigmoid(-s_real), sigmoid(s_fake)]) / len(X)
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__logarithm_of_zero(params_D, real, fake):
    """The logarithm is taken of the probability, which is rounded to 0 or 1 for large logits.

    Hint: What is the logarithm of D where its logit is -1000? Which function has the same value without D?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = -np.mean(np.log(sigmoid(s_real))) - np.mean(np.log(1 - sigmoid(s_fake)))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__probability_clipped(params_D, real, fake):
    """Probabilities are clipped to stay away from 0 and 1, so large logits cost too little.

    Hint: Clipping hides the infinite loss. Which function needs none?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = -np.mean(np.log(np.clip(sigmoid(s_real), 1e-12, 1)))
    loss -= np.mean(np.log(np.clip(1 - sigmoid(s_fake), 1e-12, 1)))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__real_alone(params_D, real, fake):
    """The fake samples don't count in the gradient.

    Hint: Which samples does the loss depend on?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), np.zeros_like(s_fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__sign_of_real(params_D, real, fake):
    """The gradient of the real part has the wrong sign.

    Hint: Should the logit of a real sample rise or fall when it goes against the gradient?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))
    ds = np.concatenate([sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__mask(params_D, real, fake):
    """The mask of the ReLU is forgotten on the way back.

    Hint: What does a silent unit pass back?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = ds @ params_D["W2"].T
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__kink(params_D, real, fake):
    """At the ReLU's kink the gradient is let through.

    Hint: Is 0 above zero?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    dhidden = (ds @ params_D["W2"].T) * (X @ params_D["W1"] + params_D["b1"] >= 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_loss__sigmoid_slope(params_D, real, fake):
    """The gradient is multiplied by the slope of the sigmoid, which has cancelled in it already.

    Hint: Differentiate softplus: is there a product D (1 - D) in it?
    """
    X = np.concatenate([real, fake])
    hidden = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden @ params_D["W2"] + params_D["b2"]
    s_real, s_fake = s[: len(real)], s[len(real) :]
    loss = np.mean(softplus(-s_real)) + np.mean(softplus(s_fake))
    ds = np.concatenate([-sigmoid(-s_real) / len(real), sigmoid(s_fake) / len(fake)])
    ds = ds * sigmoid(s) * sigmoid(-s)
    dhidden = (ds @ params_D["W2"].T) * (hidden > 0)
    return loss, {
        "W1": X.T @ dhidden,
        "b1": np.sum(dhidden, axis=0, keepdims=True),
        "W2": hidden.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def generator_loss__saturating(params_G, params_D, z):
    """The loss is the saturating one, log(1 - D(G(z))), which is flat while D is near 0.

    Hint: Which sentence of the docstring says why the generator has a loss of its own?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = -np.mean(softplus(s))
    ds = -sigmoid(s) / N
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


def generator_loss__discriminators_loss(params_G, params_D, z):
    """The loss is the discriminator's, which wants the samples to be taken for fake.

    Hint: What should the logit of a made sample do if the generator had its way?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(s))
    ds = sigmoid(s) / N
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


def generator_loss__no_mean(params_G, params_D, z):
    """The gradient is a sum over the samples, not a mean.

    Hint: If the loss is divided by N, what about its gradient?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))
    ds = -sigmoid(-s)
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


def generator_loss__no_sigmoid_slope(params_G, params_D, z):
    """The slope of the generator's sigmoid is missing.

    Hint: What lies between a sample and what enters the generator's sigmoid?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))
    ds = -sigmoid(-s) / N
    dhidden_D = (ds @ params_D["W2"].T) * (hidden_D > 0)
    dX = dhidden_D @ params_D["W1"].T
    doutput = dX
    dhidden_G = (doutput @ params_G["W2"].T) * (hidden_G > 0)
    return loss, {
        "W1": z.T @ dhidden_G,
        "b1": np.sum(dhidden_G, axis=0, keepdims=True),
        "W2": hidden_G.T @ doutput,
        "b2": np.sum(doutput, axis=0, keepdims=True),
    }


def generator_loss__discriminators_mask(params_G, params_D, z):
    """The mask of the discriminator's ReLU is forgotten.

    Hint: What does a silent unit of the discriminator pass back?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))
    ds = -sigmoid(-s) / N
    dhidden_D = ds @ params_D["W2"].T
    dX = dhidden_D @ params_D["W1"].T
    doutput = dX * X * (1 - X)
    dhidden_G = (doutput @ params_G["W2"].T) * (hidden_G > 0)
    return loss, {
        "W1": z.T @ dhidden_G,
        "b1": np.sum(dhidden_G, axis=0, keepdims=True),
        "W2": hidden_G.T @ doutput,
        "b2": np.sum(doutput, axis=0, keepdims=True),
    }


def generator_loss__generators_mask(params_G, params_D, z):
    """The mask of the generator's ReLU is forgotten.

    Hint: What does a silent unit of the generator pass back?
    """
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
    dhidden_G = doutput @ params_G["W2"].T
    return loss, {
        "W1": z.T @ dhidden_G,
        "b1": np.sum(dhidden_G, axis=0, keepdims=True),
        "W2": hidden_G.T @ doutput,
        "b2": np.sum(doutput, axis=0, keepdims=True),
    }


def generator_loss__kink(params_G, params_D, z):
    """At the kink of a ReLU the gradient is let through.

    Hint: Is 0 above zero?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))
    ds = -sigmoid(-s) / N
    dhidden_D = (ds @ params_D["W2"].T) * (X @ params_D["W1"] + params_D["b1"] >= 0)
    dX = dhidden_D @ params_D["W1"].T
    doutput = dX * X * (1 - X)
    dhidden_G = (doutput @ params_G["W2"].T) * (z @ params_G["W1"] + params_G["b1"] >= 0)
    return loss, {
        "W1": z.T @ dhidden_G,
        "b1": np.sum(dhidden_G, axis=0, keepdims=True),
        "W2": hidden_G.T @ doutput,
        "b2": np.sum(doutput, axis=0, keepdims=True),
    }


def generator_loss__logarithm_of_zero(params_G, params_D, z):
    """The logarithm is taken of the probability, which is rounded to 0 for logits far below zero.

    Hint: What is the logarithm of D where its logit is -1000? Which function has the same value without D?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = -np.mean(np.log(sigmoid(s)))
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


def generator_loss__discriminators_gradient(params_G, params_D, z):
    """The gradient is that of the discriminator's parameters.

    Hint: Whose parameters have to learn from this loss?
    """
    N = len(z)
    hidden_G = np.maximum(0, z @ params_G["W1"] + params_G["b1"])
    X = sigmoid(hidden_G @ params_G["W2"] + params_G["b2"])
    hidden_D = np.maximum(0, X @ params_D["W1"] + params_D["b1"])
    s = hidden_D @ params_D["W2"] + params_D["b2"]
    loss = np.mean(softplus(-s))
    ds = -sigmoid(-s) / N
    dhidden_D = (ds @ params_D["W2"].T) * (hidden_D > 0)
    return loss, {
        "W1": X.T @ dhidden_D,
        "b1": np.sum(dhidden_D, axis=0, keepdims=True),
        "W2": hidden_D.T @ ds,
        "b2": np.sum(ds, axis=0, keepdims=True),
    }


def discriminator_step__uphill(params_G, params_D, real, z, lr):
    """The step goes with the gradient, so the loss rises.

    Hint: Which way is downhill?
    """
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {name: value + lr * grads[name] for name, value in params_D.items()}


def discriminator_step__generator_moves(params_G, params_D, real, z, lr):
    """The generator's parameters are moved and returned in place of the discriminator's.

    Hint: Which of the two learns in this step?
    """
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    return loss, {
        name: value - lr * grads[name]
        for name, value in params_G.items()
        if value.shape == grads[name].shape
    }


def discriminator_step__in_place(params_G, params_D, real, z, lr):
    """The discriminator's parameters that were given are changed.

    Hint: Is params_D the same afterwards as it was before?

    Found by: arguments
    """
    loss, grads = discriminator_loss(params_D, real, generate(params_G, z))
    for name in params_D:
        params_D[name] -= lr * grads[name]
    return loss, {name: value.copy() for name, value in params_D.items()}


def discriminator_step__real_for_fake(params_G, params_D, real, z, lr):
    """The fake samples are the real ones once more, not the generator's.

    Hint: Where do the fake samples come from?
    """
    loss, grads = discriminator_loss(params_D, real, real)
    return loss, {name: value - lr * grads[name] for name, value in params_D.items()}


def discriminator_step__swapped_batches(params_G, params_D, real, z, lr):
    """Real and fake samples are passed in the wrong order.

    Hint: Which batch comes first in discriminator_loss?
    """
    loss, grads = discriminator_loss(params_D, generate(params_G, z), real)
    return loss, {name: value - lr * grads[name] for name, value in params_D.items()}


def discriminator_step__loss_after(params_G, params_D, real, z, lr):
    """The loss is that after the step.

    Hint: When is the loss measured?
    """
    fake = generate(params_G, z)
    _, grads = discriminator_loss(params_D, real, fake)
    params_D = {name: value - lr * grads[name] for name, value in params_D.items()}
    return discriminator_loss(params_D, real, fake)[0], params_D


def generator_step__uphill(params_G, params_D, z, lr):
    """The step goes with the gradient, as if the generator wanted to be seen through.

    Hint: Whose loss is it, and who wants it small?
    """
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {name: value + lr * grads[name] for name, value in params_G.items()}


def generator_step__discriminator_in_place(params_G, params_D, z, lr):
    """The values are right, but the discriminator's given parameters are changed.

    Hint: Which of the two networks learns in this step?

    Found by: arguments
    """
    fake = generate(params_G, z)
    wrong = discriminator_loss(params_D, fake, fake)[1]
    loss, grads = generator_loss(params_G, params_D, z)
    for name in params_D:
        params_D[name] -= lr * wrong[name]
    return loss, {name: value - lr * grads[name] for name, value in params_G.items()}


def generator_step__loss_after(params_G, params_D, z, lr):
    """The loss is that after the step.

    Hint: When is the loss measured?
    """
    _, grads = generator_loss(params_G, params_D, z)
    params_G = {name: value - lr * grads[name] for name, value in params_G.items()}
    return generator_loss(params_G, params_D, z)[0], params_G


def generator_step__weights_alone(params_G, params_D, z, lr):
    """Only the weights move, the biases stay.

    Hint: Which parameters have a gradient?
    """
    loss, grads = generator_loss(params_G, params_D, z)
    return loss, {
        name: value - lr * grads[name] * (name[0] == "W") for name, value in params_G.items()
    }


def train_gan__generator_first(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The generator steps first in each round.

    Hint: Who learns first in a round?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
    return losses_G, losses_D, params_G, params_D


def train_gan__same_noise(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """Both steps of a round use the same random numbers.

    Hint: How many times is z drawn in a round?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D


def train_gan__old_discriminator(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The generator steps against the discriminator from before its step.

    Hint: Against which discriminator does the generator learn?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_D[i], learnt_D = discriminator_step(params_G, params_D, real, z, lr_D)
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
        params_D = learnt_D
    return losses_G, losses_D, params_G, params_D


def train_gan__noise_first(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The random numbers are drawn before the real rows.

    Hint: In which order are the rows and z drawn?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        z = rng.standard_normal(noise)
        real = X[rng.choice(len(X), size=batch, replace=False)]
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D


def train_gan__rates_swapped(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """Each network takes steps of the other's learning rate.

    Hint: Which learning rate belongs to which network?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_G)
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_D)
    return losses_G, losses_D, params_G, params_D


def train_gan__uniform_noise(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The random numbers are uniform between 0 and 1, not normal.

    Hint: From which distribution is z drawn?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.random(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        z = rng.random(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D


def train_gan__losses_swapped(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The two arrays of losses are returned in the wrong order.

    Hint: Whose losses come first?
    """
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
    return losses_D, losses_G, params_G, params_D


def train_gan__same_rows(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """The real rows are drawn once, before the loop.

    Hint: How often should a mini-batch be drawn?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    real = X[rng.choice(len(X), size=batch, replace=False)]
    for i in range(num_iters):
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D


def train_gan__phases(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    """First the discriminator takes all its steps, then the generator all of its own.

    Hint: What happens in one round?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        z = rng.standard_normal(noise)
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
    for i in range(num_iters):
        z = rng.standard_normal(noise)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D


def train_gan__fixed_noise(
    params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0
):
    """One z is drawn before the loop and used in every step.

    Hint: How many times is z drawn in a round?
    """
    rng = np.random.default_rng(seed)
    params_G = {name: value.copy() for name, value in params_G.items()}
    params_D = {name: value.copy() for name, value in params_D.items()}
    noise = batch, len(params_G["W1"])
    z = rng.standard_normal(noise)
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        real = X[rng.choice(len(X), size=batch, replace=False)]
        losses_D[i], params_D = discriminator_step(params_G, params_D, real, z, lr_D)
        losses_G[i], params_G = generator_step(params_G, params_D, z, lr_G)
    return losses_G, losses_D, params_G, params_D
