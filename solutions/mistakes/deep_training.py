"""Known mistakes of stage 5: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. Where the values are right, it names the one check that fails. A function here replaces that
of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.deep_training import (
    adam,
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_test,
    batchnorm_train,
    dropout_backward,
    dropout_forward,
    elu_backward,
    elu_forward,
    init_he,
    init_normal,
    init_xavier,
    l1_penalty,
    l2_penalty,
    leaky_relu_backward,
    leaky_relu_forward,
    momentum,
    net_forward,
    net_loss,
    relu_backward,
    relu_forward,
    rmsprop,
    sgd,
    sigmoid_backward,
    sigmoid_forward,
    softmax_cross_entropy,
    tanh_backward,
    tanh_forward,
    warp_images,
)

# --- dense layer ------------------------------------------------------------------------------


def affine_forward__no_bias(x, w, b):
    """The biases are not added.

    Hint: Which of the three arguments does the code never look at?
    """
    return x.reshape(len(x), -1) @ w


def affine_forward__not_flattened(x, w, b):
    """Samples with several axes are not flattened.

    Hint: What shape must maps (N, C, H, W) have before the matrix product?
    """
    return x @ w + b


def affine_backward__dx_flat(dout, x, w, b):
    """dx comes back flattened, not in the shape of x.

    Hint: What shape has the gradient with respect to an array?
    """
    flat = x.reshape(len(x), -1)
    return dout @ w.T, flat.T @ dout, np.sum(dout, axis=0)


def affine_backward__db_mean(dout, x, w, b):
    """db is the mean over the samples, not their sum.

    Hint: Each sample adds the bias once. Who has divided by N already?
    """
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, np.mean(dout, axis=0)


def affine_backward__db_over_outputs(dout, x, w, b):
    """db sums over the outputs, where it should sum over the samples.

    Hint: b has a number for each output: which axis must go?
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, np.sum(dout, axis=1)


def affine_backward__dw_mean(dout, x, w, b):
    """dw is divided by the number of samples once more.

    Hint: The loss has its 1/N, and dout brings it along.
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout / len(x), np.sum(dout, axis=0)


# --- activations ------------------------------------------------------------------------------


def sigmoid_forward__overflow(x):
    """The exponential overflows far to the right, and infinity over infinity is not a number.

    Hint: Of the two forms of the sigmoid, each is safe on one side of 0.
    """
    with np.errstate(all="ignore"):
        return np.exp(x) / (1 + np.exp(x))


def sigmoid_forward__plus(x):
    """The exponent lacks its minus sign, so the curve falls.

    Hint: What should the sigmoid be far to the right?
    """
    return np.exp(-np.logaddexp(0, x))


def sigmoid_forward__tanh(x):
    """It is the hyperbolic tangent, from -1 to 1.

    Hint: What should the sigmoid of 0 be?
    """
    return np.tanh(x)


def sigmoid_backward__of_the_output(dout, x):
    """The slope is written for the sigmoid's value, but x is put in.

    Hint: s (1 - s) wants s: what have you been given?
    """
    return dout * x * (1 - x)


def sigmoid_backward__no_dout(dout, x):
    """The slope itself is returned: dout is not a factor.

    Hint: What does the chain rule do with the gradient that comes in?
    """
    s = sigmoid_forward(x)
    return s * (1 - s)


def sigmoid_backward__dout_squared(dout, x):
    """dout is a factor of each of the two terms, so it comes in twice.

    Hint: Look at where the brackets stand.
    """
    s = sigmoid_forward(x)
    return dout * s * (1 - s) * dout


def sigmoid_backward__sigmoid(dout, x):
    """dout is multiplied by the sigmoid, not by its slope.

    Hint: How steep is the sigmoid far to the right, and how high?
    """
    return dout * sigmoid_forward(x)


def tanh_forward__sigmoid(x):
    """It is the sigmoid, from 0 to 1.

    Hint: What should the hyperbolic tangent of 0 be?
    """
    return sigmoid_forward(x)


def tanh_forward__half(x):
    """It is that of x / 2: the exponents lack a factor of 2.

    Hint: Compare your exponents with those of the docstring, after dividing by exp(-x).
    """
    return np.tanh(x / 2)


def tanh_forward__overflow(x):
    """The exponentials overflow far from 0, and infinity over infinity is not a number.

    Hint: NumPy has this function.
    """
    with np.errstate(all="ignore"):
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def tanh_backward__not_squared(dout, x):
    """The slope is 1 - tanh(x), without the square.

    Hint: The curve is even steep on both sides of 0: is your slope?
    """
    return dout * (1 - np.tanh(x))


def tanh_backward__of_the_output(dout, x):
    """The slope is written for the tanh's value, but x is put in.

    Hint: 1 - t^2 wants t = tanh(x): what have you been given?
    """
    return dout * (1 - x**2)


def tanh_backward__sigmoid_slope(dout, x):
    """The slope is that of the sigmoid, t (1 - t).

    Hint: Which slope should it be at 0, where the curve is steepest?
    """
    t = np.tanh(x)
    return dout * t * (1 - t)


def relu_forward__abs(x):
    """Negative numbers become positive, not zero.

    Hint: What should come out for -2?
    """
    return np.abs(x)


def relu_forward__min(x):
    """It keeps what is below zero, not what is above.

    Hint: Which of two numbers should win, the smaller or the larger?
    """
    return np.minimum(0, x)


def relu_forward__in_place(x):
    """The numbers that were passed in are changed.

    Hint: x[x < 0] = 0 writes into the caller's array.
    """
    x[x < 0] = 0
    return x


def relu_backward__at_zero(dout, x):
    """At exactly 0 the gradient passes.

    Hint: What does the docstring say about the kink?
    """
    return dout * (x >= 0)


def relu_backward__sign_of_dout(dout, x):
    """The sign of dout decides, where that of x should.

    Hint: What was negative on the way forward, and what may be negative on the way back?
    """
    return np.maximum(0, dout)


def relu_backward__both_signs(dout, x):
    """Negative gradients are cut off as well.

    Hint: A unit that is too active needs a negative gradient.
    """
    return np.maximum(0, dout) * (x > 0)


def relu_backward__mask_alone(dout, x):
    """The slope itself is returned: dout is not a factor.

    Hint: What does the chain rule do with the gradient that comes in?
    """
    return 1.0 * (x > 0)


def leaky_relu_forward__wrong_side(x, slope=0.1):
    """The slope is on the positive side.

    Hint: Which numbers leak, the negative or the positive ones?
    """
    return np.where(x > 0, slope * x, x)


def leaky_relu_forward__constant(x, slope=0.1):
    """Negative numbers all become slope itself.

    Hint: The slope is a factor: of what?
    """
    return np.where(x > 0, x, -slope)


def leaky_relu_forward__relu(x, slope=0.1):
    """Nothing leaks: it is the plain ReLU.

    Hint: Which of the two arguments does the code never look at?
    """
    return np.maximum(0, x)


def leaky_relu_forward__minus(x, slope=0.1):
    """Negative numbers become positive: their sign is turned.

    Hint: What should come out for -2 with a slope of 0.1?
    """
    return np.where(x > 0, x, -slope * x)


def leaky_relu_forward__hundredth(x, slope=0.1):
    """The slope is always 0.01, whatever is passed.

    Hint: Some books and libraries have other defaults: what does this signature say?
    """
    return np.where(x > 0, x, 0.01 * x)


def leaky_relu_backward__wrong_side(dout, x, slope=0.1):
    """The slope is on the positive side.

    Hint: Where is the function steep, and where flat?
    """
    return np.where(x > 0, slope * dout, dout)


def leaky_relu_backward__at_zero(dout, x, slope=0.1):
    """At exactly 0 the slope is 1, not that from the left.

    Hint: What does the docstring say about x = 0?
    """
    return np.where(x >= 0, dout, slope * dout)


def leaky_relu_backward__sign_of_dout(dout, x, slope=0.1):
    """The sign of dout decides, where that of x should.

    Hint: Which side of the kink a number was on is known from the way forward.
    """
    return np.where(dout > 0, dout, slope * dout)


def leaky_relu_backward__relu(dout, x, slope=0.1):
    """On the negative side nothing passes: it is the way back of the plain ReLU.

    Hint: What has this activation been made for?
    """
    return dout * (x > 0)


def leaky_relu_backward__times_x(dout, x, slope=0.1):
    """dout is multiplied by the activation's value, not by its slope.

    Hint: The derivative of slope * x by x has no x in it.
    """
    return dout * leaky_relu_forward(x, slope)


def elu_forward__no_minus_one(x, alpha=1.0):
    """The exponential lacks its - 1, so the curve jumps at 0.

    Hint: What should the two branches be at 0, where they meet?
    """
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))


def elu_forward__alpha_inside(x, alpha=1.0):
    """alpha is a factor of the exponential alone, not of the - 1.

    Hint: Where do the brackets stand, and what does the curve tend to far to the left?
    """
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)


def elu_forward__alpha_in_exponent(x, alpha=1.0):
    """alpha stretches x in place of the depth.

    Hint: What does the curve tend to far to the left: alpha or 1?
    """
    return np.where(x > 0, x, np.expm1(alpha * np.minimum(x, 0)))


def elu_forward__no_alpha(x, alpha=1.0):
    """alpha is not used.

    Hint: Which of the two arguments does the code never look at?
    """
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def elu_forward__overflow_mixed(x, alpha=1.0):
    """A mask is multiplied by an exponential that overflows, and 0 times infinity is not a number.

    Hint: The exponential is taken of all numbers, of the large ones, too.
    """
    return x * (x > 0) + alpha * (np.exp(x) - 1) * (x <= 0)


def elu_backward__at_zero(dout, x, alpha=1.0):
    """At exactly 0 the slope is 1, not alpha, the slope from the left.

    Hint: What does the docstring say about x = 0?
    """
    return np.where(x >= 0, dout, dout * alpha * np.exp(np.minimum(x, 0)))


def elu_backward__no_dout_below(dout, x, alpha=1.0):
    """On the negative side the slope itself is returned: dout is not a factor there.

    Hint: The chain rule holds on both sides.
    """
    return np.where(x > 0, dout, alpha * np.exp(np.minimum(x, 0)))


def elu_backward__value_for_slope(dout, x, alpha=1.0):
    """On the negative side dout is multiplied by the ELU's value, not by its slope.

    Hint: What becomes of the - 1 when you differentiate?
    """
    return np.where(x > 0, dout, dout * alpha * np.expm1(np.minimum(x, 0)))


def elu_backward__no_alpha(dout, x, alpha=1.0):
    """alpha is not used.

    Hint: Which of the arguments does the code never look at?
    """
    return np.where(x > 0, dout, dout * np.exp(np.minimum(x, 0)))


def elu_backward__relu(dout, x, alpha=1.0):
    """On the negative side nothing passes, as if it were a ReLU.

    Hint: Where is the slope of the ELU really 0?
    """
    return dout * (x > 0)


def maxout_forward__sum(x, w, b):
    """The layers are added up, not compared.

    Hint: What does the function's name say?
    """
    return np.sum(x @ w + b[:, np.newaxis], axis=0)


def maxout_forward__no_bias(x, w, b):
    """The biases are not added.

    Hint: Which of the three arguments does the code never look at?
    """
    return np.max(x @ w, axis=0)


def maxout_forward__bias_after(x, w, b):
    """The largest product and the largest bias are taken each for itself.

    Hint: Which numbers are compared with each other: those before or after the bias?
    """
    return np.max(x @ w, axis=0) + np.max(b, axis=0)


def maxout_forward__relu_too(x, w, b):
    """What is below 0 becomes 0: the layer of zeros is compared, too.

    Hint: If all K layers say less than 0, what is the largest?
    """
    return np.maximum(0, np.max(x @ w + b[:, np.newaxis], axis=0))


def maxout_forward__loop(x, w, b):
    """There is a loop over the samples.

    Hint: x @ w with x (N, D) and w (K, D, M) does all samples and layers at once.

    Found by: loops
    """
    return np.array([np.max(row @ w + b, axis=0) for row in x])


def maxout_backward__all_layers(dout, x, w, b):
    """Each of the layers gets the whole gradient.

    Hint: Would the output change if one of the smaller layers changed a little?
    """
    dpieces = np.broadcast_to(dout, (len(w), *dout.shape))
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    return dx, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def maxout_backward__ties_shared(dout, x, w, b):
    """All layers that are equal to the largest get the gradient.

    Hint: What does the docstring say about equal ones? What does argmax do?
    """
    scores = x @ w + b[:, np.newaxis]
    dpieces = dout * (scores == np.max(scores, axis=0))
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    return dx, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def maxout_backward__last_of_ties(dout, x, w, b):
    """Of equal layers the last takes the gradient, not the first.

    Hint: In which order do you go through the layers, and what does >= do there?
    """
    scores = x @ w + b[:, np.newaxis]
    winner = len(w) - 1 - np.argmax(scores[::-1], axis=0)
    dpieces = dout * (winner == np.arange(len(w))[:, np.newaxis, np.newaxis])
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    return dx, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def maxout_backward__bias_forgotten(dout, x, w, b):
    """The winner is looked for without the biases.

    Hint: Which layer was the largest on the way forward: what did it consist of?
    """
    winner = np.argmax(x @ w, axis=0)
    dpieces = dout * (winner == np.arange(len(w))[:, np.newaxis, np.newaxis])
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    return dx, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def maxout_backward__dx_of_the_first(dout, x, w, b):
    """dx comes from the first layer's weights alone, whichever layer won.

    Hint: All K layers saw the same x: which of them may send a gradient to it?
    """
    winner = np.argmax(x @ w + b[:, np.newaxis], axis=0)
    dpieces = dout * (winner == np.arange(len(w))[:, np.newaxis, np.newaxis])
    return dout @ w[0].T, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def maxout_backward__winner_of_all_outputs(dout, x, w, b):
    """One winner is chosen for all outputs of a sample together.

    Hint: The largest is looked for in each output by itself: along which axis is that?
    """
    winner = np.argmax(np.sum(x @ w + b[:, np.newaxis], axis=2), axis=0)
    dpieces = dout * (winner[:, np.newaxis] == np.arange(len(w))[:, np.newaxis, np.newaxis])
    dx = np.einsum("knm,kdm->nd", dpieces, w)
    return dx, np.einsum("nd,knm->kdm", x, dpieces), np.sum(dpieces, axis=1)


def apl_forward__hinges_to_the_right(x, a, b):
    """The hinges open to the right of their places, not to the left.

    Hint: For a number far to the right of all places, which hinges should count?
    """
    return np.maximum(0, x) + np.sum(a[:, np.newaxis] * np.maximum(0, x - b[:, np.newaxis]), axis=0)


def apl_forward__minus_x_minus_b(x, a, b):
    """The places have the wrong sign: max(0, -x - b).

    Hint: At which x should the hinge of place b have its corner?
    """
    hinges = np.maximum(0, -x - b[:, np.newaxis])
    return np.maximum(0, x) + np.sum(a[:, np.newaxis] * hinges, axis=0)


def apl_forward__no_relu(x, a, b):
    """The ReLU before the sum is missing.

    Hint: What should come out if all slopes a are 0?
    """
    return np.sum(a[:, np.newaxis] * np.maximum(0, b[:, np.newaxis] - x), axis=0)


def apl_forward__identity(x, a, b):
    """x itself is added in place of its ReLU.

    Hint: What should come out for a negative x if all slopes a are 0?
    """
    return x + np.sum(a[:, np.newaxis] * np.maximum(0, b[:, np.newaxis] - x), axis=0)


def apl_forward__slope_inside(x, a, b):
    """The slopes are inside of the hinge, so that negative ones give nothing.

    Hint: May a hinge go down? What is cut off at 0, and what is multiplied afterwards?
    """
    hinges = np.maximum(0, a[:, np.newaxis] * (b[:, np.newaxis] - x))
    return np.maximum(0, x) + np.sum(hinges, axis=0)


def apl_backward__dx_sign(dout, x, a, b):
    """The hinges' part of dx has the wrong sign.

    Hint: max(0, b - x) grows if x falls.
    """
    dhinges = a[:, np.newaxis] * (b[:, np.newaxis] > x) * dout
    da = np.sum(np.maximum(0, b[:, np.newaxis] - x) * dout, axis=1)
    return dout * (x > 0) + np.sum(dhinges, axis=0), da, np.sum(dhinges, axis=1)


def apl_backward__no_relu(dout, x, a, b):
    """dx lacks the part of the ReLU.

    Hint: x is in the output S + 1 times.
    """
    dhinges = a[:, np.newaxis] * (b[:, np.newaxis] > x) * dout
    da = np.sum(np.maximum(0, b[:, np.newaxis] - x) * dout, axis=1)
    return -np.sum(dhinges, axis=0), da, np.sum(dhinges, axis=1)


def apl_backward__kinks_open(dout, x, a, b):
    """At a hinge of exactly 0 the gradient passes.

    Hint: Which comparison makes the docstring's "above zero"?
    """
    distance = b[:, np.newaxis] - x
    dhinges = a[:, np.newaxis] * (distance >= 0) * dout
    da = np.sum(np.maximum(0, distance) * dout, axis=1)
    return dout * (x > 0) - np.sum(dhinges, axis=0), da, np.sum(dhinges, axis=1)


def apl_backward__relu_kink_open(dout, x, a, b):
    """At x = 0 the ReLU lets the gradient pass.

    Hint: Which comparison makes the docstring's "above zero"?
    """
    distance = b[:, np.newaxis] - x
    dhinges = a[:, np.newaxis] * (distance > 0) * dout
    da = np.sum(np.maximum(0, distance) * dout, axis=1)
    return dout * (x >= 0) - np.sum(dhinges, axis=0), da, np.sum(dhinges, axis=1)


def apl_backward__da_not_cut(dout, x, a, b):
    """da takes the distance from the place also where the hinge is 0.

    Hint: What is each a multiplied by on the way forward?
    """
    distance = b[:, np.newaxis] - x
    dhinges = a[:, np.newaxis] * (distance > 0) * dout
    da = np.sum(distance * dout, axis=1)
    return dout * (x > 0) - np.sum(dhinges, axis=0), da, np.sum(dhinges, axis=1)


def apl_backward__db_without_a(dout, x, a, b):
    """db lacks the factor a.

    Hint: By how much does the output grow if b grows by a little?
    """
    is_open = b[:, np.newaxis] > x
    da = np.sum(np.maximum(0, b[:, np.newaxis] - x) * dout, axis=1)
    dx = dout * (x > 0) - np.sum(a[:, np.newaxis] * is_open * dout, axis=0)
    return dx, da, np.sum(is_open * dout, axis=1)


def apl_backward__means(dout, x, a, b):
    """da and db are means over the samples, not sums.

    Hint: Who has divided by N already?
    """
    distance = b[:, np.newaxis] - x
    dhinges = a[:, np.newaxis] * (distance > 0) * dout
    da = np.mean(np.maximum(0, distance) * dout, axis=1)
    return dout * (x > 0) - np.sum(dhinges, axis=0), da, np.mean(dhinges, axis=1)


# --- first weights ----------------------------------------------------------------------------


def init_normal__eps_as_variance(n_in, n_out, eps=1e-2, seed=0):
    """eps is taken as the variance: its root is the factor.

    Hint: Is the scale a variance, or the root of one?
    """
    return np.sqrt(eps) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_normal__uniform(n_in, n_out, eps=1e-2, seed=0):
    """The numbers are uniform, not normal.

    Hint: Which method of the generator does the docstring name?
    """
    return eps * np.random.default_rng(seed).uniform(-1, 1, (n_in, n_out))


def init_normal__transposed(n_in, n_out, eps=1e-2, seed=0):
    """The array is drawn with the outputs in the rows, then turned: other numbers.

    Hint: Which shape does the generator get?
    """
    return eps * np.random.default_rng(seed).standard_normal((n_out, n_in)).T


def init_normal__seed_ignored(n_in, n_out, eps=1e-2, seed=0):
    """The seed that is passed is not used.

    Hint: What does the generator get made of?
    """
    return eps * np.random.default_rng(0).standard_normal((n_in, n_out))


def init_xavier__inputs_alone(n_in, n_out, seed=0):
    """The outputs are left out: the variance is 1 / n_in.

    Hint: Which layers should keep their scale on the way back, too?
    """
    return np.sqrt(1 / n_in) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_xavier__one_over_sum(n_in, n_out, seed=0):
    """The variance is 1 / (n_in + n_out): the 2 is missing.

    Hint: If n_in and n_out are equal, what should 2 over their sum be?
    """
    return np.sqrt(1 / (n_in + n_out)) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_xavier__no_root(n_in, n_out, seed=0):
    """The variance is used as the factor: its root is missing.

    Hint: What is the variance of s times a standard normal number?
    """
    return 2 / (n_in + n_out) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_xavier__uniform(n_in, n_out, seed=0):
    """The numbers are uniform, with the limit of Glorot's other version.

    Hint: There are two versions of this rule: which one does the docstring take?
    """
    limit = np.sqrt(6 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(-limit, limit, (n_in, n_out))


def init_he__one_over_n(n_in, n_out, seed=0):
    """The variance is 1 / n_in: the 2 that makes up for the ReLU is missing.

    Hint: What part of the signal's square does a ReLU let through?
    """
    return np.sqrt(1 / n_in) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_he__outputs(n_in, n_out, seed=0):
    """The variance is 2 / n_out: it counts what goes out, not what comes in.

    Hint: How many products does each number of the output sum up?
    """
    return np.sqrt(2 / n_out) * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_he__no_root(n_in, n_out, seed=0):
    """The variance is used as the factor: its root is missing.

    Hint: What is the variance of s times a standard normal number?
    """
    return 2 / n_in * np.random.default_rng(seed).standard_normal((n_in, n_out))


def init_he__root_of_two_outside(n_in, n_out, seed=0):
    """Only the 2 is under the root, n_in is not.

    Hint: Where does the root end?
    """
    return np.sqrt(2) / n_in * np.random.default_rng(seed).standard_normal((n_in, n_out))


# --- losses and penalties ---------------------------------------------------------------------


def mse_loss__mean_of_all(a, target):
    """The mean is over all numbers, not over the samples.

    Hint: How many samples are there, and what does np.mean divide by?
    """
    return np.mean((a - target) ** 2) / 2, (a - target) / a.size


def mse_loss__no_half(a, target):
    """The loss lacks its 1/2.

    Hint: Differentiate your loss: does the gradient fit?
    """
    return np.sum((a - target) ** 2) / len(a), (a - target) / len(a)


def mse_loss__no_half_with_gradient(a, target):
    """The 1/2 is missing in the loss, and the gradient is twice as large.

    Hint: Which factor stands before the sum?
    """
    return np.sum((a - target) ** 2) / len(a), 2 * (a - target) / len(a)


def mse_loss__sum(a, target):
    """The loss is half the sum over the samples, not the mean.

    Hint: How should the loss change when every sample is there twice?
    """
    return np.sum((a - target) ** 2) / 2, a - target


def mse_loss__gradient_sign(a, target):
    """The gradient has the wrong sign.

    Hint: Where the output is too large, should a step against the gradient make it smaller?
    """
    return np.sum((a - target) ** 2) / (2 * len(a)), (target - a) / len(a)


def mse_loss__gradient_sum(a, target):
    """The gradient is not divided by N.

    Hint: If the loss is divided by N, what about its gradient?
    """
    return np.sum((a - target) ** 2) / (2 * len(a)), a - target


def binary_cross_entropy__one_term(a, y):
    """Samples of label 0 do not count: the second term is missing.

    Hint: How does the loss change with a for a sample of label 0?
    """
    return -np.mean(y * np.log(a)), -y / a / len(a)


def binary_cross_entropy__sum(a, y):
    """Loss and gradient are sums over the samples, not means.

    Hint: How should the loss change when every sample is there twice?
    """
    loss = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
    return loss, (a - y) / (a * (1 - a))


def binary_cross_entropy__labels_swapped(a, y):
    """The two labels are swapped.

    Hint: For a sample of label 1, should a be large or small?
    """
    loss = -np.mean(y * np.log(1 - a) + (1 - y) * np.log(a))
    return loss, (a - 1 + y) / (a * (1 - a)) / len(a)


def binary_cross_entropy__gradient_of_scores(a, y):
    """The gradient is that with respect to the scores, (a - y) / N.

    Hint: That is what is left after the sigmoid. Here the derivative is with respect to a.
    """
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return loss, (a - y) / len(a)


def binary_cross_entropy__gradient_sign(a, y):
    """The gradient has the wrong sign.

    Hint: For a sample of label 1, should the loss rise or fall with a?
    """
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return loss, (y - a) / (a * (1 - a)) / len(a)


def binary_cross_entropy__base_two(a, y):
    """The logarithm is that to base 2.

    Hint: The natural logarithm is np.log.
    """
    loss = -np.mean(y * np.log2(a) + (1 - y) * np.log2(1 - a))
    return loss, (a - y) / (a * (1 - a)) / len(a)


def sigmoid_cross_entropy__clipped(z, y):
    """Probabilities are kept away from 0 and 1, so the loss of large scores is too small.

    Hint: For z = 1000 and label 0 the loss is 1000. Find a formula that needs no clipping.

    Found by: large_scores
    """
    near = np.logaddexp(0, np.where(y == 1, -z, z))
    loss = np.mean(np.minimum(near, -np.log(1e-15)))
    return loss, (sigmoid_forward(z) - y) / len(z)


def sigmoid_cross_entropy__not_cancelled(z, y):
    """The gradient is multiplied by the sigmoid's slope once more.

    Hint: That slope cancels against the a (1 - a) below the fraction line.
    """
    a = sigmoid_forward(z)
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))
    return loss, (a - y) * a * (1 - a) / len(z)


def sigmoid_cross_entropy__gradient_of_probabilities(z, y):
    """The gradient is that with respect to the sigmoid, not to the scores.

    Hint: One link of the chain is missing: the slope of the sigmoid.
    """
    a = sigmoid_forward(z)
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))
    with np.errstate(divide="ignore"):
        return loss, (a - y) / (a * (1 - a)) / len(z)


def sigmoid_cross_entropy__no_mean_in_gradient(z, y):
    """The gradient is not divided by N.

    Hint: If the loss is a mean, what about its gradient?
    """
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))
    return loss, sigmoid_forward(z) - y


def sigmoid_cross_entropy__labels_swapped(z, y):
    """The two labels are swapped.

    Hint: For a sample of label 1, should a large score cost much or little?
    """
    loss = np.mean(np.logaddexp(0, np.where(y == 1, z, -z)))
    return loss, (sigmoid_forward(z) - 1 + y) / len(z)


def sigmoid_cross_entropy__sum(z, y):
    """Loss and gradient are sums over the samples, not means.

    Hint: How should the loss change when every sample is there twice?
    """
    loss = np.sum(np.logaddexp(0, np.where(y == 1, -z, z)))
    return loss, sigmoid_forward(z) - y


def softmax_cross_entropy__overflow(scores, y):
    """The exponentials of large scores overflow.

    Hint: What may be taken from all scores of a row without changing the probabilities?

    Found by: large_scores
    """
    rows = np.arange(len(y))
    powers = np.exp(scores)
    probs = powers / np.sum(powers, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[rows, y]))
    probs[rows, y] -= 1
    return loss, probs / len(y)


def softmax_cross_entropy__no_mean_in_gradient(scores, y):
    """The gradient is a sum over the samples, not their mean.

    Hint: If the loss is divided by N, what about its gradient?
    """
    rows = np.arange(len(y))
    log_probs = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = log_probs - np.log(np.sum(np.exp(log_probs), axis=1, keepdims=True))
    probs = np.exp(log_probs)
    probs[rows, y] -= 1
    return -np.mean(log_probs[rows, y]), probs


def softmax_cross_entropy__right_class_forgotten(scores, y):
    """The gradient lacks the 1 that is taken off at the right class.

    Hint: Differentiate -s_y + log(sum of exp(s)) with respect to s_y.
    """
    rows = np.arange(len(y))
    log_probs = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = log_probs - np.log(np.sum(np.exp(log_probs), axis=1, keepdims=True))
    return -np.mean(log_probs[rows, y]), np.exp(log_probs) / len(y)


def softmax_cross_entropy__columns(scores, y):
    """Each column adds up to 1, not each row.

    Hint: Samples are rows: along which axis are the classes?
    """
    rows = np.arange(len(y))
    log_probs = scores - np.max(scores, axis=0, keepdims=True)
    log_probs = log_probs - np.log(np.sum(np.exp(log_probs), axis=0, keepdims=True))
    probs = np.exp(log_probs)
    probs[rows, y] -= 1
    return -np.mean(log_probs[rows, y]), probs / len(y)


def l2_penalty__biases_too(params, reg):
    """Biases, gammas and betas are penalised, too.

    Hint: Which names begin with W?
    """
    penalty = reg * sum(np.sum(array**2) for array in params.values())
    return penalty, {name: 2 * reg * array for name, array in params.items()}


def l2_penalty__no_two(params, reg):
    """The gradient lacks the factor 2 of the square's derivative.

    Hint: Differentiate reg w^2.
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(array**2) for array in weights.values())
    return penalty, {name: reg * array for name, array in weights.items()}


def l2_penalty__half(params, reg):
    """There is a 1/2 before the sum, as in other courses, and the gradient has no 2.

    Hint: Which factor does the docstring put before the squares?
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(array**2) for array in weights.values()) / 2
    return penalty, {name: reg * array for name, array in weights.items()}


def l2_penalty__root(params, reg):
    """The penalty is the length of the weights, the root of the sum of squares.

    Hint: L2 is the square of the norm here: what does the docstring sum?
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sqrt(np.sum(array**2)) for array in weights.values())
    return penalty, {name: 2 * reg * array for name, array in weights.items()}


def l2_penalty__keys_missing(params, reg):
    """The gradient has the keys of the weights alone.

    Hint: Zeros for the others: the dict has the keys of params.
    """
    weights = {name: array for name, array in params.items() if name[0] == "W"}
    penalty = reg * sum(np.sum(array**2) for array in weights.values())
    return penalty, {name: 2 * reg * array for name, array in weights.items()}


def l1_penalty__biases_too(params, reg):
    """Biases, gammas and betas are penalised, too.

    Hint: Which names begin with W?
    """
    penalty = reg * sum(np.sum(np.abs(array)) for array in params.values())
    return penalty, {name: reg * np.sign(array) for name, array in params.items()}


def l1_penalty__gradient_of_l2(params, reg):
    """The gradient is that of the squares.

    Hint: How steep is |w| at 5, and how steep at 0.5?
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(np.abs(array)) for array in weights.values())
    return penalty, {name: 2 * reg * array for name, array in weights.items()}


def l1_penalty__no_abs(params, reg):
    """The weights are summed with their signs.

    Hint: What does a weight of -3 cost?
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(array) for array in weights.values())
    return penalty, {name: reg * np.sign(array) for name, array in weights.items()}


def l1_penalty__one_at_zero(params, reg):
    """A weight that is 0 gets a gradient of reg.

    Hint: What does the docstring say about a weight of 0?
    """
    weights = {name: array if name[0] == "W" else 0 * array for name, array in params.items()}
    penalty = reg * sum(np.sum(np.abs(array)) for array in weights.values())
    grads = {
        name: reg * np.where(array >= 0, 1.0, -1.0) if name[0] == "W" else 0 * array
        for name, array in params.items()
    }
    return penalty, grads


# --- batchnorm and dropout --------------------------------------------------------------------


def batchnorm_train__rows(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """Mean and variance are those of each sample, not of each column.

    Hint: Along which axis are the samples?
    """
    mean, var = np.mean(x, axis=1, keepdims=True), np.var(x, axis=1, keepdims=True)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * np.mean(x, axis=0)
    return out, new_mean, decay * running_var + (1 - decay) * np.var(x, axis=0)


def batchnorm_train__of_all_numbers(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """Mean and variance are those of all numbers together.

    Hint: Print the shape of your mean: each column should have one.
    """
    mean, var = np.mean(x), np.var(x)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__unbiased(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The variance is divided by N - 1, not by N.

    Hint: What is the variance of one sample, and what does the docstring divide by?
    """
    mean = np.mean(x, axis=0)
    var = np.sum((x - mean) ** 2, axis=0) / max(len(x) - 1, 1)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__unbiased_average(
    x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5
):
    """The running variance takes the unbiased variance, divided by N - 1.

    Hint: Some libraries do. What does this docstring say of the running variance?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var * len(x) / max(len(x) - 1, 1)


def batchnorm_train__decay_swapped(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The averages keep 1 - decay of the old, and take decay of the new.

    Hint: With decay 0.9, should the averages change fast or slowly?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = (1 - decay) * running_mean + decay * mean
    return out, new_mean, (1 - decay) * running_var + decay * var


def batchnorm_train__averages_used(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The running averages normalise the mini-batch, as at test time.

    Hint: In training, what are the mean and the variance of?
    """
    out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * np.mean(x, axis=0)
    return out, new_mean, decay * running_var + (1 - decay) * np.var(x, axis=0)


def batchnorm_train__averages_kept(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The running averages stay as they were.

    Hint: Three values are returned: which of them should have moved?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    return out, running_mean.copy(), running_var.copy()


def batchnorm_train__eps_outside(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """eps is added to the root, not under it.

    Hint: Where does eps stand in the formula, before the root or after?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / (np.sqrt(var) + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__no_eps(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """eps is missing, so a column of equal numbers is a division by zero.

    Hint: What is the variance of one sample?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    with np.errstate(invalid="ignore"):
        out = gamma * (x - mean) / np.sqrt(var) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__no_root(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """It is divided by the variance, not by its root.

    Hint: What should the variance of the normalised column be?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / (var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__beta_inside(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """gamma multiplies beta, too.

    Hint: Where do the brackets stand: what is scaled, and what only shifted?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * ((x - mean) / np.sqrt(var + eps) + beta)
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * var


def batchnorm_train__std_averaged(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The running variance averages standard deviations.

    Hint: What is averaged, the variance or its root?
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    new_mean = decay * running_mean + (1 - decay) * mean
    return out, new_mean, decay * running_var + (1 - decay) * np.sqrt(var)


def batchnorm_train__in_place(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-5):
    """The running averages that were passed in are changed.

    Hint: *= and += work on the caller's arrays.
    """
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    out = gamma * (x - mean) / np.sqrt(var + eps) + beta
    running_mean *= decay
    running_mean += (1 - decay) * mean
    running_var *= decay
    running_var += (1 - decay) * var
    return out, running_mean.copy(), running_var.copy()


def batchnorm_test__batch(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """Mean and variance are those of the samples at hand, not the running ones.

    Hint: What should one sample alone get, and what does it get?
    """
    return gamma * (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + eps) + beta


def batchnorm_test__batch_mean(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """The mean is that of the samples at hand, not the running one.

    Hint: Which of the arguments does the code never look at?
    """
    return gamma * (x - np.mean(x, axis=0)) / np.sqrt(running_var + eps) + beta


def batchnorm_test__no_gamma_and_beta(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """The scale and the shift are left out.

    Hint: They were learnt along with the rest of the network.
    """
    return (x - running_mean) / np.sqrt(running_var + eps)


def batchnorm_test__no_root(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """It is divided by the variance, not by its root.

    Hint: Compare the formula with that of the training.
    """
    return gamma * (x - running_mean) / (running_var + eps) + beta


def batchnorm_test__eps_outside(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """eps is added to the root, not under it.

    Hint: Where does eps stand in the formula, before the root or after?
    """
    return gamma * (x - running_mean) / (np.sqrt(running_var) + eps) + beta


def batchnorm_test__nothing(x, gamma, beta, running_mean, running_var, eps=1e-5):
    """The samples are returned as they came, as if there were no batchnorm at test time.

    Hint: Batchnorm is no dropout: the layers after it expect normalised numbers.
    """
    return x.copy()


def batchnorm_backward__constants(dout, x, gamma, beta, eps=1e-5):
    """Mean and variance are treated as constants: their ways back are missing.

    Hint: If one number of the batch grows, what else changes besides its own output?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    return gamma * dout / std, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__mean_forgotten(dout, x, gamma, beta, eps=1e-5):
    """The way back through the mean is missing.

    Hint: What should dx add up to over the samples, if adding 1 to all of them changes nothing?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - normed * np.mean(g * normed, axis=0)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__variance_forgotten(dout, x, gamma, beta, eps=1e-5):
    """The way back through the variance is missing.

    Hint: If all deviations double, what happens to the output? So what must the gradient be?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    return (g - np.mean(g, axis=0)) / std, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__no_gamma(dout, x, gamma, beta, eps=1e-5):
    """dx lacks the factor gamma.

    Hint: What was each normalised number multiplied by on the way forward?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    dx = (dout - np.mean(dout, axis=0) - normed * np.mean(dout * normed, axis=0)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__dgamma_of_x(dout, x, gamma, beta, eps=1e-5):
    """dgamma multiplies dout by x, not by the normalised x.

    Hint: What did gamma multiply on the way forward?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - np.mean(g, axis=0) - normed * np.mean(g * normed, axis=0)) / std
    return dx, np.sum(dout * x, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__means_for_sums(dout, x, gamma, beta, eps=1e-5):
    """dgamma and dbeta are means over the samples, not sums.

    Hint: Each sample uses gamma and beta once. Who has divided by N already?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - np.mean(g, axis=0) - normed * np.mean(g * normed, axis=0)) / std
    return dx, np.mean(dout * normed, axis=0), np.mean(dout, axis=0)


def batchnorm_backward__sums_for_means(dout, x, gamma, beta, eps=1e-5):
    """In dx the two terms of mean and variance are sums over the samples, not means.

    Hint: By how much does the mean change if one of N numbers grows by 1?
    """
    std = np.sqrt(np.var(x, axis=0) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - np.sum(g, axis=0) - normed * np.sum(g * normed, axis=0)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__unbiased(dout, x, gamma, beta, eps=1e-5):
    """The variance is divided by N - 1, not by N.

    Hint: It must be the variance of the way forward.
    """
    std = np.sqrt(np.var(x, axis=0) * len(x) / max(len(x) - 1, 1) + eps)
    normed = (x - np.mean(x, axis=0)) / std
    g = gamma * dout
    dx = (g - np.mean(g, axis=0) - normed * np.mean(g * normed, axis=0)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def batchnorm_backward__rows(dout, x, gamma, beta, eps=1e-5):
    """Mean and variance are those of each sample, not of each column.

    Hint: Along which axis are the samples?
    """
    std = np.sqrt(np.var(x, axis=1, keepdims=True) + eps)
    normed = (x - np.mean(x, axis=1, keepdims=True)) / std
    g = gamma * dout
    down = np.mean(g, axis=1, keepdims=True)
    dx = (g - down - normed * np.mean(g * normed, axis=1, keepdims=True)) / std
    return dx, np.sum(dout * normed, axis=0), np.sum(dout, axis=0)


def dropout_forward__not_divided(x, p=0.5, seed=0, train=True):
    """What stays is not divided by p.

    Hint: How large is the mean of the output if half of the numbers go?
    """
    if not train:
        return x.copy()
    return x * (np.random.default_rng(seed).random(x.shape) < p)


def dropout_forward__p_drops(x, p=0.5, seed=0, train=True):
    """p is taken as the share that goes, not that stays.

    Hint: With p = 0.9, how many numbers should be left?
    """
    if not train:
        return x.copy()
    stays = np.random.default_rng(seed).random(x.shape) >= p
    return x * stays / (1 - p) if p < 1 else 0 * x


def dropout_forward__wrong_side(x, p=0.5, seed=0, train=True):
    """A number stays where the random one is p or more.

    Hint: What is the chance that a uniform number is less than p?
    """
    if not train:
        return x.copy()
    return x * (np.random.default_rng(seed).random(x.shape) >= p) / p


def dropout_forward__divided_by_the_rest(x, p=0.5, seed=0, train=True):
    """What stays is divided by 1 - p, the share that goes.

    Hint: The expected output should be x: what must p times the factor be?
    """
    if not train:
        return x.copy()
    stays = np.random.default_rng(seed).random(x.shape) < p
    return x * stays / max(1 - p, 1e-3)


def dropout_forward__test_multiplied(x, p=0.5, seed=0, train=True):
    """At test time all is multiplied by p, as in dropout that is not inverted.

    Hint: If the training has divided by p, what is left to do at test time?
    """
    if not train:
        return x * p
    return x * (np.random.default_rng(seed).random(x.shape) < p) / p


def dropout_forward__at_test_time_too(x, p=0.5, seed=0, train=True):
    """Numbers go at test time, too.

    Hint: Which of the arguments does the code never look at?
    """
    return x * (np.random.default_rng(seed).random(x.shape) < p) / p


def dropout_forward__whole_columns(x, p=0.5, seed=0, train=True):
    """One mask is drawn for all samples.

    Hint: Which shape does the generator get?
    """
    if not train:
        return x.copy()
    return x * (np.random.default_rng(seed).random(x.shape[1:]) < p) / p


def dropout_forward__normal(x, p=0.5, seed=0, train=True):
    """The random numbers are normal, so the share that stays is not p.

    Hint: Which method of the generator does the docstring name?
    """
    if not train:
        return x.copy()
    return x * (np.random.default_rng(seed).standard_normal(x.shape) < p) / p


def dropout_forward__same_array(x, p=0.5, seed=0, train=True):
    """At test time the argument itself is returned.

    Hint: A result is always a new array: copy it.

    Found by: test_time
    """
    if not train:
        return x
    return x * (np.random.default_rng(seed).random(x.shape) < p) / p


def dropout_backward__not_divided(dout, p=0.5, seed=0, train=True):
    """The gradient is not divided by p.

    Hint: What was each number that stayed multiplied by on the way forward?
    """
    if not train:
        return dout.copy()
    return dout * (np.random.default_rng(seed).random(dout.shape) < p)


def dropout_backward__no_mask(dout, p=0.5, seed=0, train=True):
    """The gradient passes everywhere: the mask is missing.

    Hint: Does an input whose output is 0 matter to the loss?
    """
    return dout / p if train else dout.copy()


def dropout_backward__nothing(dout, p=0.5, seed=0, train=True):
    """The gradient is returned as it came.

    Hint: Which of the arguments does the code never look at?
    """
    return dout.copy()


def dropout_backward__other_mask(dout, p=0.5, seed=0, train=True):
    """A new mask is drawn, not that of the way forward.

    Hint: The same seed gives the same numbers.
    """
    if not train:
        return dout.copy()
    return dout * (np.random.default_rng(seed + 1).random(dout.shape) < p) / p


def dropout_backward__where_not_zero(dout, p=0.5, seed=0, train=True):
    """A number stays where the random one is p or more.

    Hint: Draw the mask exactly as on the way forward.
    """
    if not train:
        return dout.copy()
    return dout * (np.random.default_rng(seed).random(dout.shape) >= p) / p


# --- rules of descent -------------------------------------------------------------------------


def sgd__uphill(w, dw, state, lr=1e-2):
    """The step goes with the gradient, so the loss rises.

    Hint: Where does the gradient point?
    """
    return w + lr * dw, {}


def sgd__no_lr(w, dw, state, lr=1e-2):
    """The learning rate is not used.

    Hint: Which of the arguments does the code never look at?
    """
    return w - dw, {}


def sgd__in_place(w, dw, state, lr=1e-2):
    """The parameter that was passed in is changed.

    Hint: w -= changes the array that the caller still holds.
    """
    w -= lr * dw
    return w, {}


def sgd__sign(w, dw, state, lr=1e-2):
    """Only the sign of the gradient is used: all steps are equally long.

    Hint: How long should the step be where the gradient is small?
    """
    return w - lr * np.sign(dw), {}


def momentum__sign(w, dw, state, lr=1e-2, mu=0.9):
    """The speed is added, not taken away.

    Hint: v grows in the direction of the gradient: which way should the step go?
    """
    v = mu * state.get("v", 0) + lr * dw
    return w + v, {"v": v}


def momentum__sign_of_the_gradient(w, dw, state, lr=1e-2, mu=0.9):
    """The gradient is taken from the speed, and the speed is taken from w: two signs too many.

    Hint: There are two conventions for the sign of v. Which one does the docstring take?
    """
    v = mu * state.get("v", 0) - lr * dw
    return w - v, {"v": v}


def momentum__other_sign_of_v(w, dw, state, lr=1e-2, mu=0.9):
    """The speed has the other sign, as in CS231n: right steps from {}, wrong ones from a given v.

    Hint: There are two conventions for the sign of v. Which one does the docstring take?
    """
    v = mu * state.get("v", 0) - lr * dw
    return w + v, {"v": v}


def momentum__lr_outside(w, dw, state, lr=1e-2, mu=0.9):
    """The learning rate multiplies the whole speed, and is not in v.

    Hint: In the docstring, what does v consist of?
    """
    v = mu * state.get("v", 0) + dw
    return w - lr * v, {"v": v}


def momentum__averaged(w, dw, state, lr=1e-2, mu=0.9):
    """The gradient counts 1 - mu only, as in an average.

    Hint: What stands before dw in the docstring's formula?
    """
    v = mu * state.get("v", 0) + (1 - mu) * lr * dw
    return w - v, {"v": v}


def momentum__old_speed(w, dw, state, lr=1e-2, mu=0.9):
    """The step is taken with the old speed, before this gradient is in it.

    Hint: What should the first step be, when the old speed is zero?
    """
    v = mu * state.get("v", np.zeros_like(w)) + lr * dw
    return w - state.get("v", 0), {"v": v}


def momentum__no_memory(w, dw, state, lr=1e-2, mu=0.9):
    """The old speed is not used.

    Hint: What is in the state, and where does the code look at it?
    """
    v = lr * dw
    return w - v, {"v": v}


def momentum__in_place(w, dw, state, lr=1e-2, mu=0.9):
    """The speed in the state that was passed in is changed.

    Hint: *= and += work on the caller's array: make a new one.

    Found by: arguments
    """
    v = state.setdefault("v", np.zeros_like(w))
    v *= mu
    v += lr * dw
    return w - v, {"v": v.copy()}


def momentum__nesterov(w, dw, state, lr=1e-2, mu=0.9):
    """It looks ahead, as Nesterov's rule does.

    Hint: The step is v itself.
    """
    v = mu * state.get("v", 0) + lr * dw
    return w - (mu * v + lr * dw), {"v": v}


def rmsprop__not_squared(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """The average is that of the gradients' magnitudes, not of their squares.

    Hint: What must be averaged, so that its root is as large as a gradient?
    """
    s = decay * state.get("s", 0) + (1 - decay) * np.abs(dw)
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}


def rmsprop__no_root(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """It is divided by the average itself, not by its root.

    Hint: Ten times the gradient should make the same step, nearly. Does it?
    """
    s = decay * state.get("s", 0) + (1 - decay) * dw**2
    return w - lr * dw / (s + eps), {"s": s}


def rmsprop__eps_inside(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """eps is added under the root.

    Hint: Where does eps stand in the formula, under the root or after it?
    """
    s = decay * state.get("s", 0) + (1 - decay) * dw**2
    return w - lr * dw / np.sqrt(s + eps), {"s": s}


def rmsprop__no_eps(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """eps is missing, so a gradient of 0 in the first step is 0 / 0.

    Hint: What is the average of a number that has never had a gradient?
    """
    s = decay * state.get("s", 0) + (1 - decay) * dw**2
    with np.errstate(invalid="ignore"):
        return w - lr * dw / np.sqrt(s), {"s": s}


def rmsprop__sum(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """The squares are summed up and never forgotten: that is AdaGrad.

    Hint: Which share of the old average stays, and which does the new square get?
    """
    s = state.get("s", 0) + dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}


def rmsprop__decay_swapped(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """The average keeps 1 - decay of the old, and takes decay of the new.

    Hint: With decay 0.99, should the average change fast or slowly?
    """
    s = (1 - decay) * state.get("s", 0) + decay * dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}


def rmsprop__old_average(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """It is divided by the old average, in which this gradient is not yet.

    Hint: In the first step the old average is zero: how long is the step then?
    """
    old = state.get("s", np.zeros_like(w))
    s = decay * old + (1 - decay) * dw**2
    return w - lr * dw / (np.sqrt(old) + eps), {"s": s}


def rmsprop__state_kept(w, dw, state, lr=1e-2, decay=0.99, eps=1e-8):
    """The state that is returned is the old one.

    Hint: What does the next step need to know?
    """
    old = state.get("s", np.zeros_like(w))
    s = decay * old + (1 - decay) * dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": old.copy()}


def adam__no_correction(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The bias of the two averages is not corrected.

    Hint: Both begin at zero. How large is m after the first step, compared with the gradient?
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    return w - lr * m / (np.sqrt(v) + eps), {"m": m, "v": v, "t": t}


def adam__first_moment_squared(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The first moment averages squared gradients, as one lecture misprints it.

    Hint: Where has the gradient's sign gone? See the handout on the misprint.
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw**2
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__no_eps(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """eps is missing, so a gradient of 0 in the first step is 0 / 0.

    Hint: What is the second moment of a number that has never had a gradient?
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    with np.errstate(invalid="ignore"):
        step = m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t))
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__eps_inside(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """eps is added under the root.

    Hint: Where does eps stand in the formula, under the root or after it?
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__t_from_zero(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The correction counts the steps done before, so the first divides by zero.

    Hint: What is 1 - beta^t for t = 0? When is t raised?
    """
    t = state.get("t", 0)
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    with np.errstate(all="ignore"):
        step = m / np.float64(1 - beta1**t) / (np.sqrt(v / np.float64(1 - beta2**t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t + 1}


def adam__t_not_counted(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """t is 1 in every step.

    Hint: What does the correction tend to, after many steps?
    """
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1) / (np.sqrt(v / (1 - beta2)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": state.get("t", 0) + 1}


def adam__corrected_state(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The corrected averages go into the state, so that they are corrected again and again.

    Hint: What does the next step average with the gradient: m, or m over 1 - beta^t?
    """
    t = state.get("t", 0) + 1
    m = (beta1 * state.get("m", 0) + (1 - beta1) * dw) / (1 - beta1**t)
    v = (beta2 * state.get("v", 0) + (1 - beta2) * dw**2) / (1 - beta2**t)
    return w - lr * m / (np.sqrt(v) + eps), {"m": m, "v": v, "t": t}


def adam__betas_swapped(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The two betas are swapped.

    Hint: Which average should be the slower one, that of the gradients or that of the squares?
    """
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0) + (1 - beta2) * dw
    v = beta1 * state.get("v", 0) + (1 - beta1) * dw**2
    step = m / (1 - beta2**t) / (np.sqrt(v / (1 - beta1**t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__gradient_for_moment(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The step uses the gradient itself, not its average: that is RMSProp with a correction.

    Hint: What is m kept for?
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = dw / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__power_once(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """beta is multiplied by t in the correction, not raised to it.

    Hint: In Python a power is **.
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    with np.errstate(invalid="ignore"):
        step = m / (1 - beta1 * t) / (np.sqrt(v / (1 - beta2 * t)) + eps)
    return w - lr * step, {"m": m, "v": v, "t": t}


def adam__uphill(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The step goes with the gradient, so the loss rises.

    Hint: Where does the average of the gradients point?
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w + lr * step, {"m": m, "v": v, "t": t}


def adam__in_place(w, dw, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The state that was passed in is changed.

    Hint: Make a new dict with new arrays: the caller may want to take the step again.

    Found by: arguments
    """
    state["t"] = state.get("t", 0) + 1
    t = state["t"]
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * dw
    v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * dw**2
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * step, {"m": m.copy(), "v": v.copy(), "t": t}


# --- residual blocks --------------------------------------------------------------------------


def residual_forward__no_skip(x, w1, b1, w2, b2):
    """The input is not added.

    Hint: If both weights are zero, what should come out of the block?
    """
    hidden = relu_forward(affine_forward(x, w1, b1))
    return relu_forward(affine_forward(hidden, w2, b2))


def residual_forward__no_last_relu(x, w1, b1, w2, b2):
    """The last ReLU is missing.

    Hint: How many ReLUs are in the docstring's formula?
    """
    return x + affine_forward(relu_forward(affine_forward(x, w1, b1)), w2, b2)


def residual_forward__relu_before_sum(x, w1, b1, w2, b2):
    """The last ReLU comes before the sum, not after it.

    Hint: What is inside of the outer ReLU's brackets?
    """
    return x + relu_forward(affine_forward(relu_forward(affine_forward(x, w1, b1)), w2, b2))


def residual_forward__linear(x, w1, b1, w2, b2):
    """There is no ReLU between the two layers.

    Hint: Two dense layers without anything between them are one.
    """
    return relu_forward(x + affine_forward(affine_forward(x, w1, b1), w2, b2))


def residual_backward__no_skip(dout, x, w1, b1, w2, b2):
    """dx lacks what comes round the layers.

    Hint: x is in the sum as well as in the first layer.
    """
    dense = affine_forward(x, w1, b1)
    hidden = relu_forward(dense)
    dtotal = relu_backward(dout, x + affine_forward(hidden, w2, b2))
    dhidden, dw2, db2 = affine_backward(dtotal, hidden, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dx, dw1, db1, dw2, db2


def residual_backward__skip_past_the_relu(dout, x, w1, b1, w2, b2):
    """What comes round the layers is dout itself: it should have passed the last ReLU.

    Hint: Where does the input join, before or after the last ReLU?
    """
    dense = affine_forward(x, w1, b1)
    hidden = relu_forward(dense)
    dtotal = relu_backward(dout, x + affine_forward(hidden, w2, b2))
    dhidden, dw2, db2 = affine_backward(dtotal, hidden, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dout + dx, dw1, db1, dw2, db2


def residual_backward__no_last_relu(dout, x, w1, b1, w2, b2):
    """The gradient does not go back through the last ReLU.

    Hint: Which function comes last on the way forward, and so first on the way back?
    """
    dense = affine_forward(x, w1, b1)
    hidden = relu_forward(dense)
    dhidden, dw2, db2 = affine_backward(dout, hidden, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dout + dx, dw1, db1, dw2, db2


def residual_backward__no_inner_relu(dout, x, w1, b1, w2, b2):
    """The gradient does not go back through the ReLU between the layers.

    Hint: Which units of the hidden layer were silent?
    """
    hidden = relu_forward(affine_forward(x, w1, b1))
    dtotal = relu_backward(dout, x + affine_forward(hidden, w2, b2))
    dhidden, dw2, db2 = affine_backward(dtotal, hidden, w2, b2)
    dx, dw1, db1 = affine_backward(dhidden, x, w1, b1)
    return dtotal + dx, dw1, db1, dw2, db2


def residual_backward__sum_without_x(dout, x, w1, b1, w2, b2):
    """The last ReLU is asked for the second layer's output, not for the sum.

    Hint: What was the input of the last ReLU on the way forward?
    """
    dense = affine_forward(x, w1, b1)
    hidden = relu_forward(dense)
    dtotal = relu_backward(dout, affine_forward(hidden, w2, b2))
    dhidden, dw2, db2 = affine_backward(dtotal, hidden, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dtotal + dx, dw1, db1, dw2, db2


def residual_backward__before_the_relu(dout, x, w1, b1, w2, b2):
    """The second layer gets the first one's output before its ReLU.

    Hint: What was the input of the second layer on the way forward?
    """
    dense = affine_forward(x, w1, b1)
    dtotal = relu_backward(dout, x + affine_forward(relu_forward(dense), w2, b2))
    dhidden, dw2, db2 = affine_backward(dtotal, dense, w2, b2)
    dx, dw1, db1 = affine_backward(relu_backward(dhidden, dense), x, w1, b1)
    return dtotal + dx, dw1, db1, dw2, db2


# --- augmentation -----------------------------------------------------------------------------


def shift_images__wraps(x, down, right):
    """What leaves at one side comes back at the other.

    Hint: np.roll turns the image like a scroll. What should come in?
    """
    return np.roll(x, (down, right), axis=(2, 3))


def shift_images__axes_swapped(x, down, right):
    """down moves columns, and right moves rows.

    Hint: Which axis of (N, C, H, W) runs down?
    """
    H, W = x.shape[2:]
    a, b = abs(right), abs(down)
    padded = np.pad(x, ((0, 0), (0, 0), (a, a), (b, b)))
    return padded[:, :, a - right : a - right + H, b - down : b - down + W].copy()


def shift_images__other_way(x, down, right):
    """Images move up and to the left.

    Hint: Where does the first row go if it moves down by one?
    """
    H, W = x.shape[2:]
    a, b = abs(down), abs(right)
    padded = np.pad(x, ((0, 0), (0, 0), (a, a), (b, b)))
    return padded[:, :, a + down : a + down + H, b + right : b + right + W].copy()


def shift_images__edge_repeated(x, down, right):
    """The edge is repeated, where zeros should come in.

    Hint: What does the mode of numpy.pad say, and which one is the default?
    """
    H, W = x.shape[2:]
    a, b = abs(down), abs(right)
    padded = np.pad(x, ((0, 0), (0, 0), (a, a), (b, b)), mode="edge")
    return padded[:, :, a - down : a - down + H, b - right : b - right + W].copy()


def shift_images__positive_only(x, down, right):
    """Negative moves are taken as positive ones.

    Hint: Where should images go for down = -1?
    """
    H, W = x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (abs(down), 0), (abs(right), 0)))
    return padded[:, :, :H, :W].copy()


def shift_images__end_below_zero(x, down, right):
    """The slice of what stays ends at H - down, which is negative once all has left the image.

    Hint: Which rows are x[0 : H - down] for H = 3 and down = 4?
    """
    H, W = x.shape[2:]
    stays = x[:, :, max(0, -down) : H - max(0, down), max(0, -right) : W - max(0, right)]
    moved = np.zeros_like(x)
    top, left = max(0, down), max(0, right)
    moved[:, :, top : top + stays.shape[2], left : left + stays.shape[3]] = stays
    return moved


def flip_images__upside_down(x):
    """Images are turned upside down.

    Hint: Which of the four axes runs from left to right?
    """
    return x[:, :, ::-1].copy()


def flip_images__both(x):
    """Rows and columns are both turned around: that is a rotation by 180 degrees.

    Hint: In a mirror, up stays up.
    """
    return x[:, :, ::-1, ::-1].copy()


def flip_images__samples(x):
    """The samples are put in the opposite order.

    Hint: np.flip and [::-1] turn the first axis, or all of them, if you name none.
    """
    return x[::-1].copy()


def flip_images__view(x):
    """The result shares memory with the argument.

    Hint: A slice is a view: copy it.
    """
    return x[..., ::-1]


def warp_images__about_the_corner(x, matrix):
    """The images are warped about their corner, not about their centre.

    Hint: Which pixel stays where it is, whatever the matrix?
    """
    H, W = x.shape[2:]
    places = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1)
    u, v = np.moveaxis(places @ np.asarray(matrix).T, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    upper = (1 - g) * framed[:, :, above, before] + g * framed[:, :, above, after]
    lower = (1 - g) * framed[:, :, below, before] + g * framed[:, :, below, after]
    return (1 - f) * upper + f * lower


def warp_images__centre_of_the_sides(x, matrix):
    """The centre is taken at (H / 2, W / 2), half a pixel off.

    Hint: Of three pixels 0, 1 and 2, which is in the middle?
    """
    H, W = x.shape[2:]
    centre = np.array([H / 2, W / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix).T + centre, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    upper = (1 - g) * framed[:, :, above, before] + g * framed[:, :, above, after]
    lower = (1 - g) * framed[:, :, below, before] + g * framed[:, :, below, after]
    return (1 - f) * upper + f * lower


def warp_images__transposed(x, matrix):
    """The matrix is transposed.

    Hint: Which index of the matrix goes with the row of the output?
    """
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix) + centre, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    upper = (1 - g) * framed[:, :, above, before] + g * framed[:, :, above, after]
    lower = (1 - g) * framed[:, :, below, before] + g * framed[:, :, below, after]
    return (1 - f) * upper + f * lower


def warp_images__nearest(x, matrix):
    """The nearest pixel is taken, not a mixture of four.

    Hint: What should be at a place halfway between two pixels?
    """
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix).T + centre, -1, 0)
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    rows = np.clip(np.rint(u), -1, H).astype(int) + 1
    return framed[:, :, rows, np.clip(np.rint(v), -1, W).astype(int) + 1]


def warp_images__edge_repeated(x, matrix):
    """Beyond the image its edge goes on, where it should be 0.

    Hint: What do you do with an index that lies outside?
    """
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix).T + centre, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    above, below = (np.clip(rows, 0, H - 1) for rows in (top, top + 1))
    before, after = (np.clip(columns, 0, W - 1) for columns in (left, left + 1))
    upper = (1 - g) * x[:, :, above, before] + g * x[:, :, above, after]
    lower = (1 - g) * x[:, :, below, before] + g * x[:, :, below, after]
    return (1 - f) * upper + f * lower


def warp_images__weights_swapped(x, matrix):
    """The nearer pixel gets the smaller weight.

    Hint: At a place exactly on a pixel, f and g are 0: which weight is 1 then?
    """
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix).T + centre, -1, 0)
    top, left = np.floor(u).astype(int), np.floor(v).astype(int)
    f, g = u - top, v - left
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    upper = g * framed[:, :, above, before] + (1 - g) * framed[:, :, above, after]
    lower = g * framed[:, :, below, before] + (1 - g) * framed[:, :, below, after]
    return f * upper + (1 - f) * lower


def warp_images__towards_zero(x, matrix):
    """Places just outside are rounded towards 0, not down, so their weights are wrong.

    Hint: What does int or astype(int) make of -0.3, and what does floor?
    """
    H, W = x.shape[2:]
    centre = np.array([(H - 1) / 2, (W - 1) / 2])
    offsets = np.stack(np.meshgrid(range(H), range(W), indexing="ij"), axis=-1) - centre
    u, v = np.moveaxis(offsets @ np.asarray(matrix).T + centre, -1, 0)
    top, left = u.astype(int), v.astype(int)
    f, g = u - top, v - left
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    above, below = (np.clip(rows, -1, H) + 1 for rows in (top, top + 1))
    before, after = (np.clip(columns, -1, W) + 1 for columns in (left, left + 1))
    upper = (1 - g) * framed[:, :, above, before] + g * framed[:, :, above, after]
    lower = (1 - g) * framed[:, :, below, before] + g * framed[:, :, below, after]
    return (1 - f) * upper + f * lower


def rotate_images__clockwise(x, degrees):
    """The images turn clockwise.

    Hint: Rows grow downwards. Which of the two sines has the minus?
    """
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return warp_images(x, np.array([[cos, -sin], [sin, cos]]))


def rotate_images__radians(x, degrees):
    """The angle is taken in radians.

    Hint: What does np.cos take 90 for?
    """
    cos, sin = np.cos(degrees), np.sin(degrees)
    return warp_images(x, np.array([[cos, sin], [-sin, cos]]))


def rotate_images__shear(x, degrees):
    """The matrix has a plus in front of both sines.

    Hint: A rotation's matrix has one minus sign.
    """
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return warp_images(x, np.array([[cos, sin], [sin, cos]]))


def rotate_images__half(x, degrees):
    """The angle is turned to radians with 360 for half a turn.

    Hint: How many degrees are pi?
    """
    angle = np.pi * degrees / 360
    return warp_images(
        x, np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    )


def scale_images__inverse(x, factor):
    """Images shrink where they should grow.

    Hint: If all grows to twice the size, from how far from the centre does a pixel come?
    """
    return warp_images(x, factor * np.eye(2))


def scale_images__columns_alone(x, factor):
    """Only the columns are scaled.

    Hint: Both directions grow by the factor.
    """
    return warp_images(x, np.diag([1.0, 1 / factor]))


def scale_images__area(x, factor):
    """The factor is taken for the area: the sides grow by its root.

    Hint: With a factor of 2, how long should a line of 3 pixels become?
    """
    return warp_images(x, np.eye(2) / np.sqrt(factor))


def scale_images__brightness(x, factor):
    """The pixels' values are multiplied, not their places.

    Hint: What should become larger, the numbers or what the image shows?
    """
    return factor * x


def add_noise__uniform(x, sigma, seed=0):
    """The noise is uniform, not normal.

    Hint: Which method of the generator does the docstring name?
    """
    return x + sigma * np.random.default_rng(seed).uniform(-1, 1, x.shape)


def add_noise__variance(x, sigma, seed=0):
    """sigma is taken as the variance: its root is the factor.

    Hint: Is sigma a variance, or the root of one?
    """
    return x + np.sqrt(sigma) * np.random.default_rng(seed).standard_normal(x.shape)


def add_noise__one_for_all(x, sigma, seed=0):
    """All samples get the same noise.

    Hint: Which shape does the generator get?
    """
    return x + sigma * np.random.default_rng(seed).standard_normal(x.shape[1:])


def add_noise__multiplied(x, sigma, seed=0):
    """The noise multiplies the pixels, so that dark ones get none.

    Hint: What should happen to a pixel that is 0?
    """
    return x * (1 + sigma * np.random.default_rng(seed).standard_normal(x.shape))


def add_noise__in_place(x, sigma, seed=0):
    """The images that were passed in are changed.

    Hint: x += changes the array that the caller still holds.
    """
    x += sigma * np.random.default_rng(seed).standard_normal(x.shape)
    return x


# --- networks ---------------------------------------------------------------------------------


def average_gradients__sizes_ignored(grads, sizes):
    """All workers count alike, however many samples they have.

    Hint: One worker has one sample and another 99: what is the gradient of the mean loss?
    """
    return {name: sum(own[name] for own in grads) / len(grads) for name in grads[0]}


def average_gradients__sum(grads, sizes):
    """The gradients are summed up, not averaged.

    Hint: If all workers find the same gradient, what should come out?
    """
    return {name: sum(own[name] for own in grads) for name in grads[0]}


def average_gradients__not_divided(grads, sizes):
    """The weighted sum is not divided by the number of all samples.

    Hint: If all workers find the same gradient, what should come out?
    """
    return {
        name: sum(n * own[name] for n, own in zip(sizes, grads, strict=True)) for name in grads[0]
    }


def average_gradients__divided_by_workers(grads, sizes):
    """The weighted sum is divided by the number of workers, not of samples.

    Hint: The weights must add up to 1.
    """
    return {
        name: sum(n * own[name] for n, own in zip(sizes, grads, strict=True)) / len(grads)
        for name in grads[0]
    }


def average_gradients__inverse_weights(grads, sizes):
    """Workers with few samples count more.

    Hint: Whose gradient says more about all samples?
    """
    weights = [1 / n for n in sizes]
    return {
        name: sum(w * own[name] for w, own in zip(weights, grads, strict=True)) / sum(weights)
        for name in grads[0]
    }


def average_gradients__first_worker_changed(grads, sizes):
    """The first worker's gradients are used as the place to add up in, and so are changed.

    Hint: += works on the caller's arrays: begin with zeros of your own.
    """
    total = grads[0]
    for name in total:
        total[name] *= sizes[0] / sum(sizes)
        for n, own in zip(sizes[1:], grads[1:], strict=True):
            total[name] += n / sum(sizes) * own[name]
    return total


def init_net__one_seed(dims, init="he", batchnorm=False, seed=0):
    """All layers are drawn from one seed, so that equal layers are copies.

    Hint: What does the docstring add to the seed?
    """
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {f"W{layer}": draw(n_in, n_out, seed=seed), f"b{layer}": np.zeros(n_out)}
        if batchnorm and layer < len(dims) - 1:
            params |= {f"gamma{layer}": np.ones(n_out), f"beta{layer}": np.zeros(n_out)}
            running |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def init_net__seed_from_zero(dims, init="he", batchnorm=False, seed=0):
    """The first layer's seed is `seed`, not seed + 1.

    Hint: Layers are counted from 1.
    """
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {
            f"W{layer}": draw(n_in, n_out, seed=seed + layer - 1),
            f"b{layer}": np.zeros(n_out),
        }
        if batchnorm and layer < len(dims) - 1:
            params |= {f"gamma{layer}": np.ones(n_out), f"beta{layer}": np.zeros(n_out)}
            running |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def init_net__always_he(dims, init="he", batchnorm=False, seed=0):
    """The weights are always He's.

    Hint: Which of the arguments does the code never look at?
    """
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {
            f"W{layer}": init_he(n_in, n_out, seed=seed + layer),
            f"b{layer}": np.zeros(n_out),
        }
        if batchnorm and layer < len(dims) - 1:
            params |= {f"gamma{layer}": np.ones(n_out), f"beta{layer}": np.zeros(n_out)}
            running |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def init_net__last_layer_normed(dims, init="he", batchnorm=False, seed=0):
    """The last layer is normalised, too.

    Hint: The scores are what the network says: only hidden layers are normalised.
    """
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {f"W{layer}": draw(n_in, n_out, seed=seed + layer), f"b{layer}": np.zeros(n_out)}
        if batchnorm:
            params |= {f"gamma{layer}": np.ones(n_out), f"beta{layer}": np.zeros(n_out)}
            running |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def init_net__gamma_zero(dims, init="he", batchnorm=False, seed=0):
    """The scales begin at zero, so that nothing passes.

    Hint: What do gamma and beta have to be, so that the layer only normalises?
    """
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {f"W{layer}": draw(n_in, n_out, seed=seed + layer), f"b{layer}": np.zeros(n_out)}
        if batchnorm and layer < len(dims) - 1:
            params |= {f"gamma{layer}": np.zeros(n_out), f"beta{layer}": np.zeros(n_out)}
            running |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def init_net__running_in_params(dims, init="he", batchnorm=False, seed=0):
    """The running averages stand among the parameters.

    Hint: Which of the two dicts gets a gradient?
    """
    draw = {"normal": init_normal, "xavier": init_xavier, "he": init_he}[init]
    params, running = {}, {}
    for layer in range(1, len(dims)):
        n_in, n_out = dims[layer - 1], dims[layer]
        params |= {f"W{layer}": draw(n_in, n_out, seed=seed + layer), f"b{layer}": np.zeros(n_out)}
        if batchnorm and layer < len(dims) - 1:
            params |= {f"gamma{layer}": np.ones(n_out), f"beta{layer}": np.zeros(n_out)}
            params |= {f"mean{layer}": np.zeros(n_out), f"var{layer}": np.ones(n_out)}
    return params, running


def net_forward__activation_at_the_end(params, running, X, activation="relu", skip=False):
    """The scores go through the activation, too.

    Hint: The last layer is affine alone.
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            z = batchnorm_test(z, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        out = forward(z)
        h = out + h if skip and out.shape == h.shape else out
    return forward(affine_forward(h, params[f"W{depth}"], params[f"b{depth}"]))


def net_forward__always_relu(params, running, X, activation="relu", skip=False):
    """The activation is always the ReLU.

    Hint: Which of the arguments does the code never look at?
    """
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            z = batchnorm_test(z, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        out = relu_forward(z)
        h = out + h if skip and out.shape == h.shape else out
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_forward__batch_statistics(params, running, X, activation="relu", skip=False):
    """The batchnorm of training is used: a sample's scores depend on the other samples.

    Hint: What should one sample alone get?
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            z, _, _ = batchnorm_train(z, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        out = forward(z)
        h = out + h if skip and out.shape == h.shape else out
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_forward__no_batchnorm(params, running, X, activation="relu", skip=False):
    """The batchnorm is left out.

    Hint: What is in params besides W and b?
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        out = forward(affine_forward(h, params[f"W{layer}"], params[f"b{layer}"]))
        h = out + h if skip and out.shape == h.shape else out
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_forward__batchnorm_after(params, running, X, activation="relu", skip=False):
    """The batchnorm comes after the activation.

    Hint: In which order does the docstring name them?
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        out = forward(affine_forward(h, params[f"W{layer}"], params[f"b{layer}"]))
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            out = batchnorm_test(out, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        h = out + h if skip and out.shape == h.shape else out
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_forward__no_skip(params, running, X, activation="relu", skip=False):
    """The input of a layer is never added.

    Hint: Which of the arguments does the code never look at?
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            z = batchnorm_test(z, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        h = forward(z)
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_forward__skip_inside(params, running, X, activation="relu", skip=False):
    """With skip, the input is added before the activation, not after it.

    Hint: In which order does the docstring name them?
    """
    forward = {
        "sigmoid": sigmoid_forward,
        "tanh": tanh_forward,
        "relu": relu_forward,
        "leaky_relu": leaky_relu_forward,
        "elu": elu_forward,
    }[activation]
    depth = sum(name[0] == "W" for name in params)
    h = X
    for layer in range(1, depth):
        z = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            norm = (params[f"{name}{layer}"] for name in ("gamma", "beta"))
            z = batchnorm_test(z, *norm, running[f"mean{layer}"], running[f"var{layer}"])
        h = forward(z + h if skip and z.shape == h.shape else z)
    return affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])


def net_loss__penalty_not_in_gradient(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The penalties are in the loss, but not in the gradient.

    Hint: The penalty functions return two values each.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
    for penalty, _ in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
    return loss, grads, running


def net_loss__penalty_not_in_loss(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The penalties are in the gradient, but not in the loss.

    Hint: The penalty functions return two values each.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
    for _, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__penalties_swapped(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The strengths of the two penalties are swapped.

    Hint: Which of the two strengths belongs to the squares?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
    for penalty, dpenalty in (l1_penalty(params, l2), l2_penalty(params, l1)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__one_mask(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """All hidden layers draw their masks from the same seed.

    Hint: What does the docstring add to the seed?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        out = dropout_forward(forward(z), p, seed)
        h = out + h if skip and out.shape == h.shape else out
    scores = affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])
    loss, dscores = softmax_cross_entropy(scores, y)
    grads = {}
    dh, grads[f"W{depth}"], grads[f"b{depth}"] = affine_backward(
        dscores, h, params[f"W{depth}"], params[f"b{depth}"]
    )
    for layer in range(depth - 1, 0, -1):
        dz = backward(dropout_backward(dh, p, seed), normed[layer])
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


def net_loss__seed_from_zero(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The first layer's mask has the seed `seed`, not seed + 1.

    Hint: Layers are counted from 1.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        out = dropout_forward(forward(z), p, seed + layer - 1)
        h = out + h if skip and out.shape == h.shape else out
    scores = affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])
    loss, dscores = softmax_cross_entropy(scores, y)
    grads = {}
    dh, grads[f"W{depth}"], grads[f"b{depth}"] = affine_backward(
        dscores, h, params[f"W{depth}"], params[f"b{depth}"]
    )
    for layer in range(depth - 1, 0, -1):
        dz = backward(dropout_backward(dh, p, seed + layer - 1), normed[layer])
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


def net_loss__other_mask_on_the_way_back(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """On the way back the masks are those of other layers.

    Hint: The layer that is gone through last has the number 1 on both ways.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dz = backward(dropout_backward(dh, p, seed + depth - layer), normed[layer])
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


def net_loss__no_mask_on_the_way_back(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The gradient does not go back through the dropout.

    Hint: Which functions stood between a layer's dense part and its output?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dz = backward(dh, normed[layer])
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


def net_loss__dropout_before_activation(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """Dropout comes before the activation, not after it.

    Hint: What does the sigmoid make of a 0?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        out = forward(dropout_forward(z, p, seed + layer))
        h = out + h if skip and out.shape == h.shape else out
    scores = affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])
    loss, dscores = softmax_cross_entropy(scores, y)
    grads = {}
    dh, grads[f"W{depth}"], grads[f"b{depth}"] = affine_backward(
        dscores, h, params[f"W{depth}"], params[f"b{depth}"]
    )
    for layer in range(depth - 1, 0, -1):
        dz = dropout_backward(
            backward(dh, dropout_forward(normed[layer], p, seed + layer)), p, seed + layer
        )
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


def net_loss__running_kept(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The running averages come back as they were.

    Hint: batchnorm_train returns three values: where do the last two go?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    old = {name: array.copy() for name, array in running.items()}
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
    return loss, grads, old


def net_loss__running_in_place(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The running averages that were passed in are changed.

    Hint: Write into a dict of your own.

    Found by: arguments
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    inputs, dense, normed = {}, {}, {}
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


def net_loss__skip_not_in_gradient(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """With skip, dh lacks what goes round the layer.

    Hint: The layer's input is in its output twice: inside of the activation, and added.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dh = dthrough
    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__skip_through_activation(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """With skip, what goes round the layer has gone back through the activation.

    Hint: Where was the input added, before or after the activation?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dh = dthrough + dz if skip and dthrough.shape == dz.shape else dthrough
    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__no_skip(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The input of a layer is never added.

    Hint: Which of the arguments does the code never look at?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        h = out
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
        dh = dthrough
    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__activation_of_dense(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The activation's way back gets what came out of the dense layer, before the batchnorm.

    Hint: What was the input of the activation on the way forward?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dz = backward(dropout_backward(dh, p, seed + layer), dense[layer])
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


def net_loss__batchnorm_of_normed(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The batchnorm's way back gets its output, not its input.

    Hint: A backward function gets what its forward function got.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
                dz, normed[layer], params[f"gamma{layer}"], params[f"beta{layer}"]
            )
        dthrough, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(
            dz, inputs[layer], params[f"W{layer}"], params[f"b{layer}"]
        )
        dh = dthrough + dh if skip and dthrough.shape == dh.shape else dthrough
    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__relu_on_the_way_back(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The way back is always that of the ReLU.

    Hint: Each activation has a backward function of its own.
    """
    forward, _ = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dz = relu_backward(dropout_backward(dh, p, seed + layer), normed[layer])
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


def net_loss__batchnorm_last(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """On the way back the batchnorm comes before the activation.

    Hint: The way back has the opposite order of the way forward.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
        dz = dropout_backward(dh, p, seed + layer)
        if f"gamma{layer}" in params:
            dz, grads[f"gamma{layer}"], grads[f"beta{layer}"] = batchnorm_backward(
                dz, dense[layer], params[f"gamma{layer}"], params[f"beta{layer}"]
            )
        dz = backward(dz, normed[layer])
        dthrough, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(
            dz, inputs[layer], params[f"W{layer}"], params[f"b{layer}"]
        )
        dh = dthrough + dh if skip and dthrough.shape == dh.shape else dthrough
    for penalty, dpenalty in (l1_penalty(params, l1), l2_penalty(params, l2)):
        loss += penalty
        grads = {name: grads[name] + dpenalty[name] for name in params}
    return loss, grads, running


def net_loss__activation_at_the_end(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The scores go through the activation, too.

    Hint: The last layer is affine alone.
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
    loss, dscores = softmax_cross_entropy(forward(scores), y)
    dscores = backward(dscores, scores)
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


def net_loss__averages_used(
    params, running, X, y, activation="relu", skip=False, l1=0.0, l2=0.0, p=1.0, seed=0
):
    """The running averages normalise the mini-batch, as at test time.

    Hint: In training, which of the two batchnorms is called?
    """
    forward, backward = {
        "sigmoid": (sigmoid_forward, sigmoid_backward),
        "tanh": (tanh_forward, tanh_backward),
        "relu": (relu_forward, relu_backward),
        "leaky_relu": (leaky_relu_forward, leaky_relu_backward),
        "elu": (elu_forward, elu_backward),
    }[activation]
    depth = sum(name.startswith("W") for name in params)
    running = dict(running)
    inputs, dense, normed = {}, {}, {}
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
            z = batchnorm_test(
                dense[layer],
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


def train_net__always_adam(
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
    """The rule is always Adam.

    Hint: Which of the arguments does the code never look at?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}["adam"]
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


def train_net__always_sgd(
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
    """The rule is always plain descent.

    Hint: Which of the arguments does the code never look at?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}["sgd"]
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


def train_net__state_forgotten(
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
    """Each step begins with an empty state, so no rule remembers anything.

    Hint: A rule returns two values: where does the second go?
    """
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
            params[name], _ = step(params[name], grads[name], {}, lr=lr)
    return losses, params, running


def train_net__lr_ignored(
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
    """The rules work with their own defaults, whatever lr is.

    Hint: What does each rule have to be told?
    """
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
            params[name], state[name] = step(params[name], grads[name], state[name])
    return losses, params, running


def train_net__running_forgotten(
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
    """Each step begins with the running averages of the start.

    Hint: What do the averages of the second step begin with?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31))
        losses[i], grads, averages = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, averages


def train_net__running_not_returned(
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
    """The running averages that come back are those of the start.

    Hint: Which of net_loss's values have you not used?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31))
        losses[i], grads, _ = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__generator_anew(
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
    """Each step makes the generator anew, so all mini-batches are the same.

    Hint: How often is the generator made?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rng = np.random.default_rng(seed)
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31))
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__with_replacement(
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
    """A mini-batch may have a sample twice.

    Hint: Which argument of rng.choice says that each is drawn once at most?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=True)
        masks = int(rng.integers(2**31))
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__loss_after_the_step(
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
    """The loss is written down after the step.

    Hint: What should the first entry be, when no step is taken yet?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31))
        _, grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
        losses[i], _, _ = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
    return losses, params, running


def train_net__one_mask(
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
    """All steps have the masks of the same seed.

    Hint: What does the generator draw in each step, after the rows?
    """
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
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, seed
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__masks_first(
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
    """The seed of the masks is drawn before the rows.

    Hint: In which order does the docstring name them?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        masks = int(rng.integers(2**31))
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__masks_for_dropout_only(
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
    """Without dropout no seed for masks is drawn, so other rows follow.

    Hint: What does the docstring say about drawing without dropout?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        masks = int(rng.integers(2**31)) if p < 1 else 0
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__first_rows(
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
    """Every mini-batch is the first rows, in order.

    Hint: Who chooses the rows?
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
    params = {name: array.copy() for name, array in params.items()}
    running = {name: array.copy() for name, array in running.items()}
    state = {name: {} for name in params}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.arange(batch)
        masks = int(rng.integers(2**31))
        losses[i], grads, running = net_loss(
            params, running, X[rows], y[rows], activation, skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__no_dropout(
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
    """p does not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
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
            params, running, X[rows], y[rows], activation, skip, l1, l2, 1.0, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__no_penalties(
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
    """l1 and l2 do not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
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
            params, running, X[rows], y[rows], activation, skip, 0.0, 0.0, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__always_relu(
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
    """The activation does not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
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
            params, running, X[rows], y[rows], "relu", skip, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__no_skip(
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
    """skip does not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
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
            params, running, X[rows], y[rows], activation, False, l1, l2, p, masks
        )
        for name in params:
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def train_net__params_in_place(
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
    """The parameters that were passed in are changed.

    Hint: Write into a dict of your own.

    Found by: arguments
    """
    step = {"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}[rule]
    rng = np.random.default_rng(seed)
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


def train_net__weights_alone(
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
    """Only the weights are trained: biases, gammas and betas stay as they were.

    Hint: Which parameters have a gradient?
    """
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
        for name in (name for name in params if name[0] == "W"):
            params[name], state[name] = step(params[name], grads[name], state[name], lr=lr)
    return losses, params, running


def predict_net__argmin(params, running, X, activation="relu", skip=False):
    """The class of the lowest score wins.

    Hint: Does a high score speak for a class or against it?
    """
    return np.argmin(net_forward(params, running, X, activation, skip), axis=1)


def predict_net__scores(params, running, X, activation="relu", skip=False):
    """The highest score is returned, not its class.

    Hint: Is the place of the largest wanted, or the largest itself?
    """
    return np.max(net_forward(params, running, X, activation, skip), axis=1)


def predict_net__over_samples(params, running, X, activation="relu", skip=False):
    """For each class the sample with the highest score is returned.

    Hint: Along which axis are the classes?
    """
    return np.argmax(net_forward(params, running, X, activation, skip), axis=0)


def predict_net__no_skip(params, running, X, activation="relu", skip=False):
    """skip does not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
    return np.argmax(net_forward(params, running, X, activation), axis=1)


def predict_net__always_relu(params, running, X, activation="relu", skip=False):
    """The activation does not reach the network.

    Hint: Which of the arguments does the code never look at?
    """
    return np.argmax(net_forward(params, running, X, skip=skip), axis=1)


def predict_net__from_one(params, running, X, activation="relu", skip=False):
    """Classes are counted from 1.

    Hint: Which number does the first class have?
    """
    return np.argmax(net_forward(params, running, X, activation, skip), axis=1) + 1
