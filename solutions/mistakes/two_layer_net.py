"""Known mistakes of stage 3: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. A function here replaces that of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.two_layer_net import (
    init_params,
    nn_forward,
    nn_svm_grad,
    nn_svm_loss,
    predict_nn,
    relu,
    train_nn,
)


def init_params__second_generator(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """W2 is drawn from a second generator with the same seed, so it repeats the numbers of W1.

    Hint: How often should the generator be made, and how often be drawn from?
    """
    return {
        "W1": eps * np.random.default_rng(seed).standard_normal((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * np.random.default_rng(seed).standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__w2_first(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """W2 is drawn before W1.

    Hint: One generator gives its numbers in order: which array comes first?
    """
    rng = np.random.default_rng(seed)
    W2 = eps * rng.standard_normal((hidden_dims, num_classes))
    W1 = eps * rng.standard_normal((dim, hidden_dims))
    return {
        "W1": W1,
        "b1": np.zeros((1, hidden_dims)),
        "W2": W2,
        "b2": np.zeros((1, num_classes)),
    }


def init_params__random_biases(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The biases are drawn too, though they should start at zero.

    Hint: What breaks the symmetry between hidden units already?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": eps * rng.standard_normal((dim, hidden_dims)),
        "b1": eps * rng.standard_normal((1, hidden_dims)),
        "W2": eps * rng.standard_normal((hidden_dims, num_classes)),
        "b2": eps * rng.standard_normal((1, num_classes)),
    }


def init_params__flat_biases(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The biases have the shapes (H,) and (C,), not (1, H) and (1, C).

    Hint: How many axes should a row have that is added to each sample?
    """
    rng = np.random.default_rng(seed)
    params = {"W1": eps * rng.standard_normal((dim, hidden_dims)), "b1": np.zeros(hidden_dims)}
    params["W2"] = eps * rng.standard_normal((hidden_dims, num_classes))
    params["b2"] = np.zeros(num_classes)
    return params


def init_params__ignores_eps(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The weights are not scaled by eps.

    Hint: Where does eps enter your function?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": rng.standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__ignores_seed(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The generator is made without the seed, so each call draws something else.

    Hint: Call your function twice with the same seed. Is the result the same?
    """
    rng = np.random.default_rng()
    return {
        "W1": eps * rng.standard_normal((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * rng.standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__old_generator(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The numbers come from numpy.random.seed and randn, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    np.random.seed(seed)
    return {
        "W1": eps * np.random.randn(dim, hidden_dims),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * np.random.randn(hidden_dims, num_classes),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__uniform(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The weights are uniform between 0 and eps, so none is negative.

    Hint: Which distribution does the docstring name?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": eps * rng.random((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * rng.random((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__transposed(dim, hidden_dims, num_classes, eps=1e-4, seed=0):
    """The weights have the shapes of the lecture's W x, (H, D) and (C, H).

    Hint: Samples are rows here, so X stands to the left of W1: which shapes fit?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": eps * rng.standard_normal((hidden_dims, dim)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * rng.standard_normal((num_classes, hidden_dims)),
        "b2": np.zeros((1, num_classes)),
    }


def init_params__default_eps(dim, hidden_dims, num_classes, eps=1e-2, seed=0):
    """The default of eps is 1e-2 in place of 1e-4.

    Hint: Compare the first line of your function with the stub.
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": eps * rng.standard_normal((dim, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": eps * rng.standard_normal((hidden_dims, num_classes)),
        "b2": np.zeros((1, num_classes)),
    }


def relu__absolute_value(x):
    """Negative numbers change their sign, where they should become 0.

    Hint: relu(-2) should be 0.
    """
    return np.abs(x)


def relu__largest_number(x):
    """The largest number of the whole array is returned, not each number cut off at 0.

    Hint: Two NumPy functions have names that differ little: which one compares entry by entry?
    """
    return np.max(x)


def relu__in_place(x):
    """The caller's array is changed, and returned.

    Hint: Assigning to x[...] writes into the array that was given. What should come back is new.
    """
    x[x < 0] = 0
    return x


def relu__minimum(x):
    """Positive numbers become 0, not negative ones.

    Hint: relu(3) should be 3.
    """
    return np.minimum(0, x)


def relu__step(x):
    """The result is 1 for positive numbers, which is the slope of the ReLU, not the ReLU.

    Hint: relu(3) should be 3.
    """
    return (x > 0).astype(float)


def relu__leaky(x):
    """Negative numbers are made small, not 0.

    Hint: relu(-2) should be exactly 0.
    """
    return np.where(x > 0, x, 0.01 * x)


def relu__drops_negatives(x):
    """Negative numbers are left out, so the shape is lost.

    Hint: How many numbers should come out if ten go in?
    """
    return x[x > 0]


def relu__unchanged_if_positive(x):
    """Where nothing is negative the argument itself is returned, not a new array.

    Hint: What happens to the caller's array if the result is changed later?
    """
    return np.maximum(x, 0) if (x < 0).any() else x


def nn_forward__no_relu(params, X):
    """The ReLU is missing, so the two layers are one linear map.

    Hint: What stands between the two matrix products in the formula?
    """
    hidden = X @ params["W1"] + params["b1"]
    return hidden @ params["W2"] + params["b2"], hidden


def nn_forward__relu_on_scores(params, X):
    """The scores go through a ReLU too.

    Hint: May a score be negative? See the last one of the lecture's example.
    """
    hidden = relu(X @ params["W1"] + params["b1"])
    return relu(hidden @ params["W2"] + params["b2"]), hidden


def nn_forward__hidden_before_relu(params, X):
    """The hidden layer is returned as it is before the ReLU.

    Hint: In the lecture's example, what is the first hidden value after the ReLU?
    """
    hidden = X @ params["W1"] + params["b1"]
    return relu(hidden) @ params["W2"] + params["b2"], hidden


def nn_forward__no_first_bias(params, X):
    """The bias b1 is left out.

    Hint: Count the parameters in the formula, and those in your function.
    """
    hidden = relu(X @ params["W1"])
    return hidden @ params["W2"] + params["b2"], hidden


def nn_forward__no_second_bias(params, X):
    """The bias b2 is left out.

    Hint: Count the parameters in the formula, and those in your function.
    """
    hidden = relu(X @ params["W1"] + params["b1"])
    return hidden @ params["W2"], hidden


def nn_forward__bias_after_relu(params, X):
    """The bias b1 is added after the ReLU, not before it.

    Hint: What exactly stands inside max(0, ...) in the formula?
    """
    hidden = relu(X @ params["W1"]) + params["b1"]
    return hidden @ params["W2"] + params["b2"], hidden


def nn_forward__swapped(params, X):
    """The hidden layer comes first and the scores second.

    Hint: In which order does the docstring list what is returned?
    """
    hidden = relu(X @ params["W1"] + params["b1"])
    return hidden, hidden @ params["W2"] + params["b2"]


def nn_forward__transposed(params, X):
    """The result has a column for each sample, as in the lecture's W x.

    Hint: Samples are rows here: which shape should the scores have?
    """
    hidden = relu(params["W1"].T @ X.T + params["b1"].T)
    return params["W2"].T @ hidden + params["b2"].T, hidden


def nn_forward__scores_alone(params, X):
    """Only the scores are returned.

    Hint: The way back needs the hidden layer too.
    """
    return relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


def nn_forward__lecture_numbers(params, X):
    """The numbers of the lecture's example are written in.

    Hint: The function must hold for any parameters, not only for those of the example.
    """
    scores = np.array([[188.97, 211.97, -84.12]])
    return scores, np.array([[0, 8.3, 174.3, 152.5]])


def nn_forward__changes_params(params, X):
    """The parameters are changed: b1 has grown after the call.

    Hint: `+=` on an entry of params writes into the caller's array.
    """
    before = params["b1"]
    before += (X @ params["W1"])[:1]
    hidden = relu(X @ params["W1"] + before - (X @ params["W1"])[:1])
    return hidden @ params["W2"] + params["b2"], hidden


def nn_svm_grad__no_mean(params, X, y, scores, hidden, reg):
    """The gradient is summed over the samples, not averaged.

    Hint: The loss is a mean over N samples. Where does the gradient know about N?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / 1
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__mean_twice(params, X, y, scores, hidden, reg):
    """The gradient is divided by N twice.

    Hint: Divide the gradient of the scores by N, and the mean travels back by itself.
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden / len(X) + 2 * reg * params["W1"],
        "b1": dhidden.mean(axis=0, keepdims=True),
        "W2": hidden.T @ dscores / len(X) + 2 * reg * params["W2"],
        "b2": dscores.mean(axis=0, keepdims=True),
    }


def nn_svm_grad__no_mask(params, X, y, scores, hidden, reg):
    """The gradient flows back through hidden units that were silent.

    Hint: What is the slope of the ReLU where its input is negative?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = dscores @ params["W2"].T
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__mask_of_gradient(params, X, y, scores, hidden, reg):
    """The ReLU lets positive gradients through, where it should ask for positive hidden values.

    Hint: Whose sign decides whether the ReLU was on: that of what went in, or of what comes back?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = relu(dscores @ params["W2"].T)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__mask_of_input(params, X, y, scores, hidden, reg):
    """The mask is made from X, not from the hidden layer.

    Hint: Which numbers went through the ReLU?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    on = (X > 0)[:, np.arange(hidden.shape[1]) % X.shape[1]]
    dhidden = (dscores @ params["W2"].T) * on
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__mask_of_scores(params, X, y, scores, hidden, reg):
    """The gradient is cut off where scores are not positive, though no ReLU stands after them.

    Hint: After which of the two layers does the ReLU stand?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dscores *= scores > 0
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__mask_of_any_unit(params, X, y, scores, hidden, reg):
    """A hidden unit that is on for one sample counts as on for all of them.

    Hint: Can a unit be on for one sample and silent for another?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0).any(axis=0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__times_hidden(params, X, y, scores, hidden, reg):
    """The gradient is multiplied by the hidden values, not by the slope of the ReLU.

    Hint: Where the ReLU is on, how much does its output grow if its input grows by 1?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * hidden
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__kink_of_relu(params, X, y, scores, hidden, reg):
    """Gradient flows where what enters the ReLU is exactly 0.

    Hint: What does the rule on kinks say of an input of exactly 0?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (X @ params["W1"] + params["b1"] >= 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__kink_of_hinge(params, X, y, scores, hidden, reg):
    """Gradient flows where a margin is exactly 0.

    Hint: What does the rule on kinks say of a margin of exactly 0?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 >= 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__right_class_forgotten(params, X, y, scores, hidden, reg):
    """The right class gets no gradient.

    Hint: A larger right score makes every margin of its sample smaller. How many of them count?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__right_class_sign(params, X, y, scores, hidden, reg):
    """The right class takes the number of positive margins with the wrong sign.

    Hint: Each positive margin rises with one score, and falls with another: which sign has which?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__right_class_once(params, X, y, scores, hidden, reg):
    """The right class gets -1, whatever the number of classes whose margin is positive.

    Hint: The right score stands in each positive margin of its sample. How many are these?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -1.0 * (dscores.sum(axis=1) > 0) / len(X)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__right_class_counted(params, X, y, scores, hidden, reg):
    """The right class is counted among its own margins, which adds 1 too many.

    Hint: The sum runs over j other than y. What is the margin of the right class itself?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__no_margin(params, X, y, scores, hidden, reg):
    """The margin of 1 is missing: a class counts only if its score is above the right one.

    Hint: Compare with the formula: by how much should the right score win?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__margins_for_slopes(params, X, y, scores, hidden, reg):
    """The margins themselves are sent back, as if each were squared, not their slopes of 1.

    Hint: What is the derivative of max(0, m) with respect to m where m is positive?
    """
    rows = np.arange(len(X))
    dscores = relu(scores - scores[rows, y][:, np.newaxis] + 1) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__sign(params, X, y, scores, hidden, reg):
    """The gradient of the data loss has the wrong sign.

    Hint: If the score of a wrong class with a positive margin grows, does the loss grow or fall?
    """
    rows = np.arange(len(X))
    dscores = -1.0 * (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__worst_class_only(params, X, y, scores, hidden, reg):
    """Only the class with the largest margin gets a gradient, not each with a positive margin.

    Hint: The loss is a sum over all wrong classes, not their maximum.
    """
    rows = np.arange(len(X))
    margins = scores - scores[rows, y][:, np.newaxis] + 1
    margins[rows, y] = 0
    worst = margins.argmax(axis=1)
    dscores = np.zeros(scores.shape)
    dscores[rows, worst] = (margins[rows, worst] > 0) / len(X)
    dscores[rows, y] -= dscores[rows, worst]
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__no_regularisation(params, X, y, scores, hidden, reg):
    """The regulariser is missing from the gradient.

    Hint: Where does reg enter your function?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden,
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores,
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__regularised_once(params, X, y, scores, hidden, reg):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What is the derivative of reg * w^2 with respect to w?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__second_layer_regularised(params, X, y, scores, hidden, reg):
    """The regulariser is missing from the gradient of W1.

    Hint: Which parameters does the regulariser of the loss count?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden,
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__biases_regularised(params, X, y, scores, hidden, reg):
    """The biases are regularised too.

    Hint: Which parameters does the regulariser of the loss count?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True) + 2 * reg * params["b1"],
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True) + 2 * reg * params["b2"],
    }


def nn_svm_grad__regularisation_averaged(params, X, y, scores, hidden, reg):
    """The gradient of the regulariser is divided by N.

    Hint: The mean in the loss is over the samples. Does the regulariser stand inside it?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"] / len(X),
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"] / len(X),
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__flat_biases(params, X, y, scores, hidden, reg):
    """The gradients of the biases have the shapes (H,) and (C,), not (1, H) and (1, C).

    Hint: A sum drops the axis that it runs over, unless it is told to keep it.
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0),
    }


def nn_svm_grad__bias_mean(params, X, y, scores, hidden, reg):
    """The gradients of the biases are averaged over the samples, not summed.

    Hint: 1/N stands in the gradient of the scores already, so does it have to come in again?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.mean(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.mean(axis=0, keepdims=True),
    }


def nn_svm_grad__bias_per_sample(params, X, y, scores, hidden, reg):
    """The gradients of the biases are not summed over the samples.

    Hint: One bias serves all samples. Which shape should its gradient have?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden,
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores,
    }


def nn_svm_grad__bias_total(params, X, y, scores, hidden, reg):
    """The gradients of the biases are summed over everything, into one number.

    Hint: Each hidden unit has a bias of its own. Over which axis alone should the sum run?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": np.full(params["b1"].shape, dhidden.sum()),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": np.full(params["b2"].shape, dscores.sum()),
    }


def nn_svm_grad__no_biases(params, X, y, scores, hidden, reg):
    """The gradients of the biases are missing.

    Hint: Which keys does the dict of the parameters have?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
    }


def nn_svm_grad__transposed(params, X, y, scores, hidden, reg):
    """The gradients of the weights are transposed.

    Hint: A gradient has the shape of what it belongs to.
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": dhidden.T @ X + 2 * reg * params["W1"].T,
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": dscores.T @ hidden + 2 * reg * params["W2"].T,
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__w2_not_transposed(params, X, y, scores, hidden, reg):
    """The way back goes through W2 as it is, not transposed, which fits only if H = C.

    Hint: (N, C) times which shape gives (N, H)?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"]) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__before_relu(params, X, y, scores, hidden, reg):
    """The gradient of W2 uses what enters the ReLU, not what leaves it.

    Hint: Which numbers does the second layer get as its input?
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": (X @ params["W1"] + params["b1"]).T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__skips_w2(params, X, y, scores, hidden, reg):
    """The way back to W1 leaves out W2: each hidden unit gets the sum of the score gradients.

    Hint: How much does a hidden unit count for each class? Its gradient has to go through the same weights.
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = dscores.sum(axis=1, keepdims=True) * np.abs(hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__changes_scores(params, X, y, scores, hidden, reg):
    """The margins are written into the scores that were given.

    Hint: `-=` changes the caller's array. Which way of writing it makes a new one?
    """
    rows = np.arange(len(X))
    scores -= scores[rows, y][:, np.newaxis] - 1
    dscores = (scores > 0) / len(X)
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_grad__averages_over_classes(params, X, y, scores, hidden, reg):
    """The gradient is divided by N times C, not by N.

    Hint: The loss is a mean over samples and a sum over classes.
    """
    rows = np.arange(len(X))
    dscores = (scores - scores[rows, y][:, np.newaxis] + 1 > 0) / scores.size
    dscores[rows, y] = 0
    dscores[rows, y] = -dscores.sum(axis=1)
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden + 2 * reg * params["W1"],
        "b1": dhidden.sum(axis=0, keepdims=True),
        "W2": hidden.T @ dscores + 2 * reg * params["W2"],
        "b2": dscores.sum(axis=0, keepdims=True),
    }


def nn_svm_loss__no_mean(params, X, y, reg=0.0):
    """The loss is summed over the samples, not averaged.

    Hint: Does your loss double if each sample stands there twice?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__mean_over_classes(params, X, y, reg=0.0):
    """The loss is averaged over samples and classes, not over samples alone.

    Hint: The margins of one sample are added up. Which number does a mean over the whole table divide by?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.mean(margins) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__right_class_counted(params, X, y, reg=0.0):
    """The right class is counted with its margin of 1, so the loss is 1 too large.

    Hint: The sum runs over j other than y. What is the margin of the right class itself?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__no_margin(params, X, y, reg=0.0):
    """The margin of 1 is missing.

    Hint: Compare with the formula: by how much should the right score win?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis])
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__wrong_sign_of_margin(params, X, y, reg=0.0):
    """The right score is compared the wrong way round: being right costs, and being wrong does not.

    Hint: If the right score grows, should the loss grow or fall?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores[rows, y][:, np.newaxis] - scores + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__squared_hinge(params, X, y, reg=0.0):
    """The margins are squared.

    Hint: The formula adds up the margins themselves.
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins**2) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__not_clipped(params, X, y, reg=0.0):
    """Negative margins count too, so what is well classified makes up for what is not.

    Hint: What does a class add whose score is far below the right one?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = scores - scores[rows, y][:, np.newaxis] + 1
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__worst_class_only(params, X, y, reg=0.0):
    """Only the largest margin of each sample counts, not each positive one.

    Hint: The loss is a sum over all wrong classes, not their maximum.
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.mean(np.max(margins, axis=1)) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__axis_missing(params, X, y, reg=0.0):
    """The right scores are subtracted as a row (N,), where a column (N, 1) is needed.

    Hint: Each sample has its own right score, and samples are rows.
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__no_regularisation(params, X, y, reg=0.0):
    """The regulariser is missing from the loss.

    Hint: Where does reg enter your loss?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X)
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__half_regularisation(params, X, y, reg=0.0):
    """The regulariser is halved in the loss.

    Hint: Compare with the formula: is there a factor 1/2 before the squares?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + 0.5 * reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__biases_regularised(params, X, y, reg=0.0):
    """The biases are regularised too.

    Hint: Which of the four parameters does the formula square?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = sum(np.sum(value**2) for value in params.values())
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__first_layer_regularised(params, X, y, reg=0.0):
    """Only W1 is regularised.

    Hint: How many weight matrices does the formula square?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__regularisation_averaged(params, X, y, reg=0.0):
    """The regulariser is divided by N with the rest.

    Hint: Which part of the formula does the mean over the samples stand before?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = (np.sum(margins) + reg * penalty) / len(X)
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__mean_of_squares(params, X, y, reg=0.0):
    """The squares of the weights are averaged, not summed.

    Hint: Compare with the formula: what is done with the squares?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.mean(params["W1"] ** 2) + np.mean(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__absolute_weights(params, X, y, reg=0.0):
    """The absolute weights are added up, not their squares.

    Hint: Compare with the formula: what is done with each weight?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(np.abs(params["W1"])) + np.sum(np.abs(params["W2"]))
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__square_of_sum(params, X, y, reg=0.0):
    """The weights are added up first and squared afterwards, so that they cancel.

    Hint: Look at the brackets: what exactly is it that you square?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"]) ** 2 + np.sum(params["W2"]) ** 2
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__gradient_without_reg(params, X, y, reg=0.0):
    """The gradient is taken without regularisation.

    Hint: nn_svm_grad takes reg too. What do you pass on?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, 0.0)


def nn_svm_loss__gradient_regularised_twice(params, X, y, reg=0.0):
    """The regulariser is added to a gradient that has it already.

    Hint: What does nn_svm_grad return when reg is not 0?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    grads = nn_svm_grad(params, X, y, scores, hidden, reg)
    loss = np.sum(margins) / len(X)
    for key in ("W1", "W2"):
        loss += reg * np.sum(params[key] ** 2)
        grads[key] += 2 * reg * params[key]
    return loss, grads


def nn_svm_loss__default_reg(params, X, y, reg=1e-3):
    """The default of reg is 1e-3 in place of 0.

    Hint: Compare the first line of your function with the stub.
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__swapped(params, X, y, reg=0.0):
    """The gradient comes first and the loss second.

    Hint: In which order does the docstring list what is returned?
    """
    scores, hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return nn_svm_grad(params, X, y, scores, hidden, reg), loss


def nn_svm_loss__loss_alone(params, X, y, reg=0.0):
    """Only the loss is returned.

    Hint: Training needs the gradient too.
    """
    scores, _hidden = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return np.sum(margins) / len(X) + reg * penalty


def nn_svm_loss__hidden_for_scores(params, X, y, reg=0.0):
    """What nn_forward returns is unpacked in the wrong order, so the hidden layer is judged.

    Hint: Which of the two does nn_forward return first?
    """
    hidden, scores = nn_forward(params, X)
    rows = np.arange(len(X))
    margins = relu(scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = np.sum(margins) / len(X) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def nn_svm_loss__softmax(params, X, y, reg=0.0):
    """The loss is the cross-entropy, not the hinge loss.

    Hint: Which loss does the formula of this stage show?
    """
    scores, hidden = nn_forward(params, X)
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    loss = -np.mean(logs[np.arange(len(X)), y]) + reg * penalty
    return loss, nn_svm_grad(params, X, y, scores, hidden, reg)


def train_nn__changes_params(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The arrays that were given are changed.

    Hint: `-=` changes the array itself, and a copied dict holds the same arrays. What has to be copied?
    """
    rng = np.random.default_rng(seed)
    params = params.copy()
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__ascent(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The step goes along the gradient, so the loss grows.

    Hint: The gradient points uphill. Which way leads down?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] += lr * grads[key]
    return np.array(losses), params


def train_nn__assigns_step(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The parameters are replaced by the step, not moved by it.

    Hint: Where does the new value of a parameter take up the old one?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] = -lr * grads[key]
    return np.array(losses), params


def train_nn__loss_after_update(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The loss is that of the batch after the update, not before it.

    Hint: Does your first loss equal nn_svm_loss of the parameters you were given?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        for key in params:
            params[key] -= lr * grads[key]
        losses.append(nn_svm_loss(params, X[rows], y[rows], reg)[0])
    return np.array(losses), params


def train_nn__loss_of_all(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The loss is that of all samples, not of the mini-batch.

    Hint: Which samples did the gradient of this step come from?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(nn_svm_loss(params, X, y, reg)[0])
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__loss_without_reg(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The loss that is recorded leaves out the regularisation.

    Hint: losses[i] is what nn_svm_loss says of the batch.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(nn_svm_loss(params, X[rows], y[rows], 0.0)[0])
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__with_replacement(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The batch is drawn with replacement, so a sample may be in it twice.

    Hint: What does rng.choice do if you don't say otherwise?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__drawn_apart(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The rows of X and the labels are drawn apart, so samples get foreign labels.

    Hint: One draw of row numbers should serve both X and y.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(
            params, X[rows], y[rng.choice(len(X), size=batch, replace=False)], reg
        )
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__same_batch(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """One batch is drawn before the loop and used in each step.

    Twin: new_generator_each_step

    Hint: How often should a batch be drawn?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    rows = rng.choice(len(X), size=batch, replace=False)
    losses = []
    for _ in range(num_iters):
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__first_rows(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The batch is always the first rows.

    Hint: How do the other samples ever get seen?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = np.arange(batch)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__blocks_in_order(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The batches are blocks of rows in order, not drawn.

    Hint: Compare with the line on mini-batches in the docstring.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for i in range(num_iters):
        rows = (i * batch + np.arange(batch)) % len(X)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__permutation(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The batch is the beginning of a permutation, which is another draw than rng.choice.

    Hint: Both are random, but only one of them gives the rows that the docstring asks for.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.permutation(len(X))[:batch]
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__full_batch(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """All samples are used in each step, whatever batch says.

    Hint: Where does batch enter your function?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = np.arange(len(X))
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__new_generator_each_step(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The generator is made anew in each step, so each batch is the same.

    Twin: same_batch

    Hint: How often should the generator be made?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rng = np.random.default_rng(seed)
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__ignores_seed(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The seed is not used: the generator always starts from 0.

    Hint: Where does seed enter your function?
    """
    rng = np.random.default_rng(0)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__old_generator(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The batches come from numpy.random.seed and choice, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    np.random.seed(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = np.random.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__weights_only(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Only the weights are updated; the biases stay.

    Hint: How many arrays do the parameters consist of?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in ("W1", "W2"):
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__first_layer_stays(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Only the second layer learns.

    Hint: How many arrays do the parameters consist of?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in ("W2", "b2"):
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__gradient_between_updates(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """After each array is updated the gradient is taken anew, so the arrays move one after the other.

    Hint: All four gradients belong to the same point. How often per step should they be computed?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, _grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * nn_svm_loss(params, X[rows], y[rows], reg)[1][key]
    return np.array(losses), params


def train_nn__ignores_reg(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The regularisation is not passed on.

    Hint: Where does reg enter your function?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows])
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__decaying_rate(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The learning rate shrinks while training goes on.

    Hint: The docstring knows one learning rate, the same for all steps.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
        lr *= 0.95
    return np.array(losses), params


def train_nn__momentum(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Each step takes along a part of the step before.

    Hint: The update is the plain one: the learning rate times the gradient.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    speed = dict.fromkeys(params, 0.0)
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            speed[key] = 0.9 * speed[key] + lr * grads[key]
            params[key] -= speed[key]
    return np.array(losses), params


def train_nn__step_divided_by_batch(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The step is divided by the size of the batch, though the gradient is a mean already.

    Hint: Where did the loss divide by the number of samples?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr / batch * grads[key]
    return np.array(losses), params


def train_nn__last_loss(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Only the last loss is returned, not all of them.

    Hint: How many entries should losses have?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return losses[-1], params


def train_nn__losses_every_100(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """A loss is recorded only where one is printed.

    Hint: losses has an entry for each step; print_freq is for printing alone.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        if i % print_freq == 0:
            losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__one_step_more(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """There is one step more than num_iters.

    Hint: How often does a loop over range(n + 1) run?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters + 1):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__swapped(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The parameters come first and the losses second.

    Hint: In which order does the docstring list what is returned?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return params, np.array(losses)


def train_nn__best_params(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The parameters of the lowest loss are returned, not those at the end.

    Hint: The loss of a mini-batch is noisy. Which parameters does the docstring ask for?
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses, best = [], params
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        if not losses or loss < min(losses):
            best = {key: value.copy() for key, value in params.items()}
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), best


def train_nn__fresh_start(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """Training starts from new random weights, not from the parameters that were given.

    Hint: Where do the parameters that were given enter your function?
    """
    rng = np.random.default_rng(seed)
    params = init_params(X.shape[1], params["b1"].size, num_classes, seed=seed)
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__goes_on(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """A second call goes on with the parameters of the first, which a global variable has kept.

    Hint: Call your function twice with the same arguments. Is the result the same?
    """
    rng = np.random.default_rng(seed)
    global kept
    kept = globals().get("kept", {})
    shapes = tuple(value.shape for value in params.values())
    params = kept.setdefault(shapes, {key: value.copy() for key, value in params.items()})
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), {key: value.copy() for key, value in params.items()}


def train_nn__default_lr(
    params, X, y, num_classes, lr=1e-3, reg=1e-3, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The default of lr is 1e-3 in place of 0.01.

    Hint: Compare the first line of your function with the stub.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__default_reg(
    params, X, y, num_classes, lr=0.01, reg=0.0, batch=20, num_iters=100, print_freq=100, seed=0
):
    """The default of reg is 0 in place of 1e-3.

    Hint: Compare the first line of your function with the stub.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__default_batch(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=10, num_iters=100, print_freq=100, seed=0
):
    """The default of batch is 10 in place of 20.

    Hint: Compare the first line of your function with the stub.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def train_nn__default_num_iters(
    params, X, y, num_classes, lr=0.01, reg=1e-3, batch=20, num_iters=1000, print_freq=100, seed=0
):
    """The default of num_iters is 1000 in place of 100.

    Hint: Compare the first line of your function with the stub.
    """
    rng = np.random.default_rng(seed)
    params = {key: value.copy() for key, value in params.items()}
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        loss, grads = nn_svm_loss(params, X[rows], y[rows], reg)
        losses.append(loss)
        for key in params:
            params[key] -= lr * grads[key]
    return np.array(losses), params


def predict_nn__lowest(params, X):
    """The class of the lowest score is taken.

    Hint: Does a high score speak for a class or against it?
    """
    return np.argmin(nn_forward(params, X)[0], axis=1)


def predict_nn__wrong_axis(params, X):
    """For each class the best sample is found, not for each sample the best class.

    Hint: Along which axis do the scores of one sample lie?
    """
    return np.argmax(nn_forward(params, X)[0], axis=0)


def predict_nn__no_axis(params, X):
    """One place in the whole table is found, not one in each row.

    Hint: How many labels should come out for N samples?
    """
    return np.argmax(nn_forward(params, X)[0])


def predict_nn__hidden(params, X):
    """The largest hidden unit is found, not the highest score.

    Hint: nn_forward returns two things. Which of them do you need?
    """
    return np.argmax(nn_forward(params, X)[1], axis=1)


def predict_nn__score(params, X):
    """The highest score is returned, not its class.

    Hint: NumPy has one function for the largest value and another one for its place.
    """
    return np.max(nn_forward(params, X)[0], axis=1)


def predict_nn__last_of_equals(params, X):
    """Of equally high scores the last class is taken.

    Hint: Which of two equal maxima does your search find, the first or the last?
    """
    scores = nn_forward(params, X)[0]
    return scores.shape[1] - 1 - np.argmax(scores[:, ::-1], axis=1)


def predict_nn__absolute(params, X):
    """The class of the largest absolute score is taken.

    Hint: Does a very negative score speak for its class?
    """
    return np.argmax(np.abs(nn_forward(params, X)[0]), axis=1)


def predict_nn__positive_scores(params, X):
    """Scores below 0 count as 0, so where all are negative class 0 is taken.

    Hint: Which of -3 and -1 is the higher score?
    """
    return np.argmax(relu(nn_forward(params, X)[0]), axis=1)


def predict_nn__floats(params, X):
    """The labels come out as floats.

    Hint: What is the dtype of an array that np.zeros makes if you say nothing?
    """
    labels = np.zeros(len(X))
    for i, row in enumerate(nn_forward(params, X)[0]):
        labels[i] = np.argmax(row)
    return labels


def predict_nn__counts_from_one(params, X):
    """The classes are counted from 1, as in Julia.

    Hint: What is the label of the first class?
    """
    return np.argmax(nn_forward(params, X)[0], axis=1) + 1


def predict_nn__one_hot(params, X):
    """A table of zeros and ones is returned, not one label for each sample.

    Hint: The result should have the shape (N,).
    """
    scores = nn_forward(params, X)[0]
    return (scores == scores.max(axis=1, keepdims=True)).astype(int)


def predict_nn__column(params, X):
    """The labels come out as a column of shape (N, 1).

    Hint: Which argument keeps the axis that should vanish?
    """
    return np.argmax(nn_forward(params, X)[0], axis=1, keepdims=True)


def predict_nn__no_bias(params, X):
    """The bias of the second layer is left out.

    Hint: It moves the scores of the classes against each other. Does nn_forward leave it out?
    """
    hidden = nn_forward(params, X)[1]
    return np.argmax(hidden @ params["W2"], axis=1)


def tune_nn__last_of_equals(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Of equally good settings the last one is taken.

    Hint: Should a setting that is exactly as good as the best so far replace it?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] >= results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__lowest(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The setting of the lowest accuracy is taken.

    Hint: Is a high accuracy good or bad?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] < results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__judged_on_training(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The settings are judged on the samples that they were trained on.

    Hint: Which samples has the network not seen yet?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_train) == y_train))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__trained_on_validation(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The validation samples are part of the training, so they can't judge it any more.

    Hint: Which samples should train_nn get?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params,
                    np.vstack([X_train, X_val]),
                    np.append(y_train, y_val),
                    num_classes,
                    lr,
                    reg,
                    num_iters=num_iters,
                    seed=seed,
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__goes_on(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Each setting starts where the one before it ended.

    Hint: Where does each setting get its first parameters from?
    """
    best_params, best, results = None, None, {}
    starts = {h: init_params(X_train.shape[1], h, num_classes, seed=seed) for h in hidden_dims}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = starts[hidden]
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                starts[hidden] = params
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__seed_not_for_weights(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The first weights are drawn from the default seed, whatever seed says.

    Hint: Two functions that you call take a seed.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__seed_not_for_training(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The mini-batches are drawn from the default seed, whatever seed says.

    Hint: Two functions that you call take a seed.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__new_seed_each_setting(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Each setting has a seed of its own, so luck is compared as well.

    Hint: With which seed should the second setting start?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(
                    X_train.shape[1], hidden, num_classes, seed=seed + len(results)
                )
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__ignores_num_iters(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The number of steps is not passed on.

    Hint: Where does num_iters enter your function?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(params, X_train, y_train, num_classes, lr, reg, seed=seed)[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__ignores_reg(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The regularisation is not passed on, so settings that differ in reg alone come out the same.

    Hint: Does train_nn get each of the values that you loop over?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__swapped_arguments(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Learning rate and regularisation are passed on in the wrong order.

    Hint: In which order does train_nn take them?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, reg, lr, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__one_hidden_size(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The network always has the first hidden size.

    Hint: Where does the loop's hidden size enter the body?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden_dims[0], num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__large_weights(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The first weights are larger than by the default of init_params.

    Hint: Call init_params with its default eps.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, 1e-2, seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__full_batch(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """Training uses all samples in each step, not the default mini-batch.

    Hint: What does train_nn take if you say nothing of the batch?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params,
                    X_train,
                    y_train,
                    num_classes,
                    lr,
                    reg,
                    len(X_train),
                    num_iters=num_iters,
                    seed=seed,
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__key_order(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The keys are (reg, lr, hidden).

    Hint: In which order does the docstring name the parts of a key?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[reg, lr, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[reg, lr, hidden] > results[best]:
                    best_params, best = params, (reg, lr, hidden)
    return best_params, best, results


def tune_nn__key_without_hidden(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The keys leave out the hidden size, so one setting overwrites another.

    Hint: How many settings are there, and how many entries has your dict?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg] > results[best]:
                    best_params, best = params, (lr, reg)
    return best_params, best, results


def tune_nn__last_params(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The parameters are those of the last setting, not of the best.

    Hint: At which moment must the best parameters be put aside?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return params, best, results


def tune_nn__best_accuracy(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The accuracy of the best setting is returned where its key is asked.

    Hint: What would you need to know to train the same network again?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, results[best], results


def tune_nn__losses(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The results are the last training losses, not validation accuracies.

    Hint: What is each setting to be judged by?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                losses, params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )
                results[lr, reg, hidden] = float(losses[-1])
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__percent(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The accuracies are given in percent.

    Hint: All right should give 1.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = 100 * float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__count(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The right labels are counted, but not divided by their number.

    Hint: How large can an accuracy be?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.sum(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__errors(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The results are the shares of wrong labels.

    Hint: All right should give 1.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) != y_val))
                if best is None or results[lr, reg, hidden] < results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__results_first(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The results come first.

    Hint: In which order does the docstring list what is returned?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return results, best, best_params


def tune_nn__no_params(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The best parameters are not returned.

    Hint: The docstring lists three things.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best, results


def tune_nn__pairs_not_grid(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The three lists are walked through side by side, so most combinations are left out.

    Hint: Two learning rates, two strengths and two sizes make how many settings?
    """
    best_params, best, results = None, None, {}
    for lr, reg, hidden in zip(lrs, regs, hidden_dims, strict=False):
        params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
        params = train_nn(
            params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
        )[1]
        results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
        if best is None or results[lr, reg, hidden] > results[best]:
            best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__default_num_iters(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=200, seed=0
):
    """The default of num_iters is 200 in place of 100.

    Hint: Compare the first line of your function with the stub.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__default_seed(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=1
):
    """The default of seed is 1 in place of 0.

    Hint: Compare the first line of your function with the stub.
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__regs_outermost(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The loop over regs is outside that over lrs, so of equally good settings another one comes first.

    Hint: In which order do the settings run by the docstring?
    """
    best_params, best, results = None, None, {}
    for reg in regs:
        for lr in lrs:
            for hidden in hidden_dims:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__hidden_dims_outermost(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The loop over hidden_dims is the outermost, so of equally good settings another one comes first.

    Hint: In which order do the settings run by the docstring?
    """
    best_params, best, results = None, None, {}
    for hidden in hidden_dims:
        for lr in lrs:
            for reg in regs:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results


def tune_nn__regs_innermost(
    X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, num_iters=100, seed=0
):
    """The loop over regs is the innermost, so of equally good settings another one comes first.

    Hint: In which order do the settings run by the docstring?
    """
    best_params, best, results = None, None, {}
    for lr in lrs:
        for hidden in hidden_dims:
            for reg in regs:
                params = init_params(X_train.shape[1], hidden, num_classes, seed=seed)
                params = train_nn(
                    params, X_train, y_train, num_classes, lr, reg, num_iters=num_iters, seed=seed
                )[1]
                results[lr, reg, hidden] = float(np.mean(predict_nn(params, X_val) == y_val))
                if best is None or results[lr, reg, hidden] > results[best]:
                    best_params, best = params, (lr, reg, hidden)
    return best_params, best, results
