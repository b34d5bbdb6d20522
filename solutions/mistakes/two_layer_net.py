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
    params = init_params.__wrapped__ if hasattr(init_params, "__wrapped__") else None
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
    dhidden = (dscores @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ dhidden / N + 2 * reg * params["W1"],
        "b1": dhidden.mean(axis=0, keepdims=True),
        "W2": hidden.T @ dscores / N + 2 * reg * params["W2"],
        "b2": dscores.mean(axis=0, keepdims=True),
    }


def nn_svm_grad__no_mask(params, X, y, scores, hidden, reg):
    """The gradient flows back through hidden units that were silent.

    Hint: What is the slope of the ReLU where its input is negative?
    """
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
    dhidden = relu(dscores @ params["W2"].T)
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 >= 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -(dscores.sum(axis=1) > 0).astype(float)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = (scores - right > 0).astype(float)
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    dscores = np.maximum(0, scores - scores[np.arange(N), y][:, np.newaxis] + 1)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    N = len(X)
    right = scores[np.arange(N), y][:, np.newaxis]
    dscores = -(scores - right + 1 > 0).astype(float)
    dscores[np.arange(N), y] = 0
    dscores[np.arange(N), y] = -dscores.sum(axis=1)
    dscores /= N
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
    return nn_svm_loss(params, X, y, 0.0)[1] if False else _data_gradient(params, X, y)


def nn_svm_grad__regularised_once(params, X, y, scores, hidden, reg):
    """The regulariser's gradient lacks its factor 2.

    Hint: What is the derivative of reg * w^2?
    """
    return {}
