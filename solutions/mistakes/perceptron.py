"""Known mistakes of stage 0: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. Where the values are right, it names the one check that fails. A function here replaces that
of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.perceptron import nand, perceptron, sigmoid, sigmoid_grad, xor_forward, xor_loss


def perceptron__strict(x, w, threshold):
    """A sum that equals the threshold does not fire.

    Hint: On which side of the comparison does the docstring put equality?
    """
    return np.where(x @ w <= threshold, 0, 1) if x.ndim == 2 else int(x @ w > threshold)


def perceptron__flipped(x, w, threshold):
    """It fires below the threshold instead of above it.

    Hint: What does a neuron do whose inputs are strong?
    """
    return np.where(x @ w < threshold, 1, 0) if x.ndim == 2 else int(x @ w < threshold)


def perceptron__bias(x, w, threshold):
    """The threshold is added like a bias.

    Hint: A bias is minus the threshold: which side of the comparison is it on?
    """
    fires = np.where(x @ w + threshold < 0, 0, 1)
    return fires if x.ndim == 2 else int(fires)


def perceptron__no_threshold(x, w, threshold):
    """The sum is compared with 0, and the threshold is not used.

    Hint: Which of the three arguments does the code never look at?
    """
    fires = np.where(x @ w < 0, 0, 1)
    return fires if x.ndim == 2 else int(fires)


def perceptron__signs(x, w, threshold):
    """It gives -1 where it should give 0.

    Hint: There are two conventions for the outputs: which one does the docstring take?
    """
    fires = np.where(x @ w < threshold, -1, 1)
    return fires if x.ndim == 2 else int(fires)


def perceptron__one_sum(x, w, threshold):
    """The weighted inputs of all samples are added up to one sum.

    Hint: Over which axis does the sum run when x has a row for each sample?
    """
    return int(np.sum(x * w) >= threshold)


def perceptron__unweighted(x, w, threshold):
    """The inputs are added up without their weights.

    Hint: What is each input multiplied by before the sum?
    """
    fires = np.where(np.sum(x, axis=-1) < threshold, 0, 1)
    return fires if x.ndim == 2 else int(fires)


def perceptron__sum_itself(x, w, threshold):
    """Above the threshold the weighted sum itself comes out, not 1.

    Hint: A perceptron says yes or no: which two values can it give?
    """
    total = x @ w
    return np.where(total < threshold, 0, total)


def perceptron__true(x, w, threshold):
    """It gives True and False, not the numbers 1 and 0.

    Hint: What does a comparison of an array give, and how is it made a number?
    """
    return x @ w >= threshold


def nand__and(a, b):
    """It is AND: 1 where both inputs are 1.

    Hint: The N stands for not. Which inputs must give 0?
    """
    return perceptron(np.array([a, b]), np.array([1, 1]), 2)


def nand__nor(a, b):
    """It is NOR: one input that is 1 is enough for 0.

    Hint: Where does the sum of the inputs 01 and 10 lie, and where is your threshold?
    """
    return perceptron(np.array([a, b]), np.array([-2, -2]), -1)


def nand__bias_for_threshold(a, b):
    """The bias 3 is passed as the threshold, so it never fires.

    Hint: The threshold is minus the bias: with which sign does it go to `perceptron`?
    """
    return perceptron(np.array([a, b]), np.array([-2, -2]), 3)


def nand__always(a, b):
    """The threshold is so low that it always fires.

    Hint: What is the sum of the inputs 11, and is it below your threshold?
    """
    return perceptron(np.array([a, b]), np.array([-2, -2]), -4)


def nand__or(a, b):
    """It is OR.

    Hint: Write down the four outputs that the docstring asks for, 00 first.
    """
    return perceptron(np.array([a, b]), np.array([1, 1]), 1)


def xor__or(a, b):
    """It is OR: 1 also where both inputs are 1.

    Hint: Exclusive means one or the other. What about both?
    """
    return nand(nand(a, a), nand(b, b))


def xor__and(a, b):
    """It is AND: the two outer gates are missing.

    Hint: Follow the inputs 01 through your gates with a pencil.
    """
    both = nand(a, b)
    return nand(both, both)


def xor__equal(a, b):
    """It is turned round: 1 where the inputs are equal.

    Hint: One NAND too many turns everything round: count them.
    """
    both = nand(a, b)
    out = nand(nand(a, both), nand(b, both))
    return nand(out, out)


def xor__one_branch(a, b):
    """Only a is compared with the first gate, b goes to the last one as it is.

    Hint: The circuit is the same for both inputs: is yours?
    """
    return nand(nand(a, nand(a, b)), b)


def xor__nand(a, b):
    """It is NAND alone.

    Hint: What should the inputs 00 give?
    """
    return nand(a, b)


def train_perceptron__strict(X, y, max_epochs=100):
    """A sample on the boundary is not taken for a mistake, so the zeros of the start stay.

    Hint: What is y_t w . x_t while all weights are zero, and does that count?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) < 0:
                w += y_t * x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__strict_later(X, y, max_epochs=100):
    """Later samples exactly on the boundary are not taken for mistakes.

    Hint: A sample whose weighted sum is 0 is on neither side. What does the rule say of it?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) < 0 or not w.any():
                w += y_t * x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__no_label(X, y, max_epochs=100):
    """The sample is added whatever its label is.

    Hint: Which way should w turn for a sample of class -1?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__away(X, y, max_epochs=100):
    """The update goes the wrong way.

    Hint: After an update for a sample of class 1, should w . x be larger or smaller than before?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w -= y_t * x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__no_clean_epoch(X, y, max_epochs=100):
    """The clean epoch's 0 is left out of the counts.

    Hint: How many entries has `mistakes` when five epochs have run?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                updates += 1
        if updates == 0:
            break
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__never_stops(X, y, max_epochs=100):
    """A clean epoch does not end it: all max_epochs are run.

    Hint: What can change once no sample is a mistake?
    """
    w = np.zeros(X.shape[1])
    mistakes = np.zeros(max_epochs, dtype=int)
    for epoch in range(max_epochs):
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                mistakes[epoch] += 1
    return w, mistakes


def train_perceptron__one_more_epoch(X, y, max_epochs=100):
    """One epoch more than max_epochs is run where no epoch is clean.

    Hint: Count the passes for max_epochs=1.
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) <= max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__whole_epoch(X, y, max_epochs=100):
    """All samples of an epoch are judged with the weights from its start.

    Hint: The samples come one after the other: which weights is the second one judged with?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        wrong = y * (X @ w) <= 0
        w += y[wrong] @ X[wrong]
        mistakes.append(int(wrong.sum()))
    return w, np.array(mistakes, dtype=int)


def train_perceptron__first_mistake(X, y, max_epochs=100):
    """An epoch ends at its first mistake.

    Hint: Does a mistake send you back to the first sample?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                updates += 1
                break
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__total(X, y, max_epochs=100):
    """The counts run on from epoch to epoch.

    Hint: Each entry is about one epoch: where is the counter set to 0?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    total = before = 0
    while len(mistakes) < max_epochs:
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                total += 1
        mistakes.append(total)
        if total == before:
            break
        before = total
    return w, np.array(mistakes, dtype=int)


def train_perceptron__shuffled(X, y, max_epochs=100):
    """The samples are taken in a random order.

    Hint: In which order does the docstring take them?
    """
    w = np.zeros(X.shape[1])
    mistakes = []
    rng = np.random.default_rng(0)
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for t in rng.permutation(len(X)):
            if y[t] * (w @ X[t]) <= 0:
                w += y[t] * X[t]
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def train_perceptron__ones(X, y, max_epochs=100):
    """The weights start at ones.

    Hint: What does the docstring say of the weights at the start?
    """
    w = np.ones(X.shape[1])
    mistakes = []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        updates = 0
        for x_t, y_t in zip(X, y, strict=True):
            if y_t * (w @ x_t) <= 0:
                w += y_t * x_t
                updates += 1
        mistakes.append(updates)
    return w, np.array(mistakes, dtype=int)


def sigmoid__positive_exponent(z):
    """The exponent has the wrong sign: it falls where it should rise.

    Hint: What should come out for a large z: nearly 1 or nearly 0?
    """
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, small, 1) / (1 + small)


def sigmoid__overflow(z):
    """A large z overflows, and infinity over infinity is NaN.

    Hint: Which exponents overflow, and can the fraction be written without them?
    """
    with np.errstate(all="ignore"):
        return np.exp(z) / (1 + np.exp(z))


def sigmoid__tanh(z):
    """It is tanh, which runs from -1 to 1.

    Hint: What is the value at 0?
    """
    return np.tanh(z)


def sigmoid__step(z):
    """It is a hard step from 0 to 1.

    Hint: A step has no slope to learn from. What is the formula of the soft one?
    """
    return np.where(z < 0, 0.0, 1.0)


def sigmoid__clipped(z):
    """The input is clipped to a few units, where the function is not flat yet.

    Hint: How much does the function still change beyond your limit?
    """
    return 1 / (1 + np.exp(-np.clip(z, -2, 2)))


def sigmoid_grad__of_the_value(z):
    """The argument is taken for the sigmoid's value.

    Hint: The argument is the input of the sigmoid: what has to be found first?
    """
    return z * (1 - z)


def sigmoid_grad__squared(z):
    """It is s (1 - s^2), half way to the slope of tanh.

    Hint: Differentiate once more by hand, and check it at 0.
    """
    s = sigmoid(z)
    return s * (1 - s**2)


def sigmoid_grad__of_tanh(z):
    """It is 1 - s^2, the slope of tanh written with the sigmoid.

    Hint: Which function has the derivative 1 - f^2?
    """
    return 1 - sigmoid(z) ** 2


def sigmoid_grad__negative(z):
    """The sign is wrong: the sigmoid rises everywhere.

    Hint: Mind the two minus signs: that of the exponent and that of the quotient's rule.
    """
    s = sigmoid(z)
    return s * (s - 1)


def sigmoid_grad__overflow(z):
    """exp(-z) over its square overflows far from 0, and gives NaN.

    Hint: Is there a way to write it with sigmoid(z) alone, which does not overflow?
    """
    with np.errstate(all="ignore"):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2


def graph_gradients__swapped(x, y, z):
    """The product gives each factor its own value, not the other's.

    Hint: If q grows by a little, by how much does q z grow?
    """
    return (x + y) * z, (x + y, x + y, z)


def graph_gradients__sum_multiplies(x, y, z):
    """The sum gives each term the other one, as a product would.

    Hint: If x grows by a little, by how much does x + y grow?
    """
    return (x + y) * z, (y * z, x * z, x + y)


def graph_gradients__not_passed_on(x, y, z):
    """The sum's slope 1 is not multiplied by what comes from above.

    Hint: The chain rule multiplies along the path: which two slopes lie between x and f?
    """
    return (x + y) * z, (1.0, 1.0, x + y)


def graph_gradients__order(x, y, z):
    """The three derivatives are in the wrong order.

    Hint: Which one does the docstring name first?
    """
    return (x + y) * z, (x + y, z, z)


def graph_gradients__other_graph(x, y, z):
    """It is the graph x + y z: the brackets are missing.

    Hint: Which node comes first, the sum or the product?
    """
    return x + y * z, (1.0, z, y)


def init_xor__zeros(hidden_dims, seed=0):
    """All weights are zeros, so all hidden units stay alike.

    Hint: Which gradients do two units get whose weights are equal?
    """
    return {
        "W1": np.zeros((2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": np.zeros((hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def init_xor__ones(hidden_dims, seed=0):
    """All weights are ones, so all hidden units stay alike.

    Hint: Which gradients do two units get whose weights are equal?
    """
    return {
        "W1": np.ones((2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": np.ones((hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def init_xor__transposed(hidden_dims, seed=0):
    """The weights are transposed: units in rows.

    Hint: Samples are rows and stand to the left of W1. Which shape fits (N, 2)?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((hidden_dims, 2)),
        "b1": np.zeros((hidden_dims, 1)),
        "W2": rng.standard_normal((1, hidden_dims)),
        "b2": np.zeros((1, 1)),
    }


def init_xor__flat_biases(hidden_dims, seed=0):
    """The biases have one dimension instead of two.

    Hint: Which shape does the docstring give a bias?
    """
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((2, hidden_dims)),
        "b1": np.zeros(hidden_dims),
        "W2": rng.standard_normal((hidden_dims, 1)),
        "b2": np.zeros(1),
    }


def init_xor__no_seed(hidden_dims, seed=0):
    """The seed is not used: the generator always starts from the same one.

    Hint: Where does seed go?
    """
    rng = np.random.default_rng(0)
    return {
        "W1": rng.standard_normal((2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": rng.standard_normal((hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def init_xor__unseeded(hidden_dims, seed=0):
    """Each call draws other numbers, whatever the seed is.

    Hint: Where does the generator get its seed from?
    """
    rng = np.random.default_rng()
    return {
        "W1": rng.standard_normal((2, hidden_dims)),
        "b1": np.zeros((1, hidden_dims)),
        "W2": rng.standard_normal((hidden_dims, 1)),
        "b2": np.zeros((1, 1)),
    }


def xor_forward__linear_output(params, X):
    """The output has no sigmoid.

    Hint: Between which two numbers must the output lie?
    """
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"], hidden


def xor_forward__linear_hidden(params, X):
    """The hidden layer has no sigmoid, so two linear maps make one.

    Hint: What is between the two matrix products?
    """
    hidden = X @ params["W1"] + params["b1"]
    return sigmoid(hidden @ params["W2"] + params["b2"]), hidden


def xor_forward__no_hidden_bias(params, X):
    """The hidden layer's bias is left out.

    Hint: Which of the four arrays does the code not use?
    """
    hidden = sigmoid(X @ params["W1"])
    return sigmoid(hidden @ params["W2"] + params["b2"]), hidden


def xor_forward__no_output_bias(params, X):
    """The output's bias is left out.

    Hint: Which of the four arrays does the code not use?
    """
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    return sigmoid(hidden @ params["W2"]), hidden


def xor_forward__order(params, X):
    """Hidden layer and output are returned in the wrong order.

    Hint: Which of the two does the docstring name first?
    """
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    output = sigmoid(hidden @ params["W2"] + params["b2"])
    return hidden, output


def xor_forward__hidden_before_sigmoid(params, X):
    """The hidden layer that is returned is that before the sigmoid.

    Hint: Which numbers does the second layer get?
    """
    inputs = X @ params["W1"] + params["b1"]
    return sigmoid(sigmoid(inputs) @ params["W2"] + params["b2"]), inputs


def xor_forward__flat_output(params, X):
    """The output is flattened to (N,).

    Hint: Which shape does the docstring give the output?
    """
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    output = sigmoid(hidden @ params["W2"] + params["b2"])
    return output.ravel(), hidden


def xor_forward__rounded(params, X):
    """The output is rounded to 0 or 1.

    Hint: A rounded output has no slope: what must the loss see?
    """
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    output = sigmoid(hidden @ params["W2"] + params["b2"])
    return np.round(output), hidden


def xor_loss__no_half(params, X, y):
    """The loss lacks the factor 1/2; the gradient has it.

    Hint: What does the formula divide the sum by?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / len(X)
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__no_mean_in_loss(params, X, y):
    """The loss is summed over the samples, not averaged.

    Hint: Should twice as many samples double the loss?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / 2
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__no_mean_in_gradient(params, X, y):
    """The gradient lacks the mean: it is not divided by N.

    Hint: The loss is a mean over the samples: what does that do to its slope?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__factor_two(params, X, y):
    """The gradient has a factor 2 that the 1/2 of the loss cancels.

    Hint: Differentiate half a square.
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = 2 * error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__no_output_slope(params, X, y):
    """The slope of the output's sigmoid is left out of the gradient.

    Hint: The error reaches the second layer through the output's sigmoid: what is it multiplied by there?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__no_hidden_slope(params, X, y):
    """The slope of the hidden sigmoids is left out of the gradient.

    Twin: relu_slope

    Hint: What stands between W2 and the first layer's own sum?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__slope_of_values(params, X, y):
    """The slopes are taken at the sigmoids' values, not at their inputs.

    Hint: The function for the slope expects z. What do hidden and output hold?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * sigmoid_grad(output)
    delta1 = delta2 @ params["W2"].T * sigmoid_grad(hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__relu_slope(params, X, y):
    """The hidden slope is that of a ReLU.

    Twin: no_hidden_slope

    Hint: Which function do the hidden units apply here?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * (hidden > 0)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__tanh_slope(params, X, y):
    """The hidden slope is that of tanh.

    Hint: Which function has the slope 1 - h^2?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * (1 - hidden**2)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__wrong_sign(params, X, y):
    """The gradient points the wrong way: the error is target minus output.

    Hint: If the output is too large, should its gradient be positive or negative?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = -error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__input_for_hidden(params, X, y):
    """The second layer's gradient is found with the sign of the hidden layer alone.

    Hint: By what is delta2 multiplied to give the gradient of W2?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": np.sign(hidden).T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__delta_not_through_weights(params, X, y):
    """The error reaches the hidden layer without the weights W2.

    Hint: By which weight does a hidden unit act on the output?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__bias_mean(params, X, y):
    """The gradients of the biases are means over the samples, though the 1/N is in delta already.

    Hint: A bias is a weight whose input is always 1: what would its product with delta be?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.mean(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.mean(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__flat_biases(params, X, y):
    """The gradients of the biases have one dimension instead of two.

    Hint: Which shape have the biases themselves?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0),
    }
    return loss, grads


def xor_loss__no_hidden_bias(params, X, y):
    """The hidden biases get no gradient.

    Hint: What does the loss do when a hidden bias grows a little?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.zeros_like(params["b1"]),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__cross_entropy(params, X, y):
    """The gradient is that of the cross-entropy, in which the output's slope cancels.

    Hint: With which loss does delta2 become a - y? Is it this one?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = -np.mean(y.reshape(-1, 1) * np.log(output) + (1 - y.reshape(-1, 1)) * np.log(1 - output))
    delta2 = (output - y.reshape(-1, 1)) / len(X)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__absolute(params, X, y):
    """The loss is the mean absolute error.

    Hint: What is done to the errors before they are added up?
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sum(np.abs(error)) / (2 * len(X))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__root(params, X, y):
    """The loss is the root of the mean squared error.

    Hint: The formula has no root.
    """
    output, hidden = xor_forward(params, X)
    error = output - y.reshape(-1, 1)
    loss = np.sqrt(np.sum(error**2) / (2 * len(X)))
    delta2 = error / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def xor_loss__broadcast(params, X, y):
    """Targets of shape (N,) are taken from outputs of shape (N, 1), which gives (N, N) errors.

    Hint: Print the shape of the difference of output and y.
    """
    output, hidden = xor_forward(params, X)
    error = output - y
    loss = np.sum(error**2) / (2 * len(X))
    delta2 = np.sum(error, axis=1, keepdims=True) / len(X) * output * (1 - output)
    delta1 = delta2 @ params["W2"].T * hidden * (1 - hidden)
    grads = {
        "W1": X.T @ delta1,
        "b1": np.sum(delta1, axis=0, keepdims=True),
        "W2": hidden.T @ delta2,
        "b2": np.sum(delta2, axis=0, keepdims=True),
    }
    return loss, grads


def train_xor__ascent(params, X, y, lr=1.0, num_iters=5000):
    """The step goes along the gradient, uphill.

    Hint: Does your loss fall?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        params = {key: params[key] + lr * grads[key] for key in params}
    return losses, params


def train_xor__loss_after(params, X, y, lr=1.0, num_iters=5000):
    """The loss is recorded after the update, not before it.

    Hint: Is your first entry the loss of the parameters that were given?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        _, grads = xor_loss(params, X, y)
        params = {key: params[key] - lr * grads[key] for key in params}
        losses[i], _ = xor_loss(params, X, y)
    return losses, params


def train_xor__in_place(params, X, y, lr=1.0, num_iters=5000):
    """The parameters that were given are changed.

    Hint: What does -= do to an array that the caller holds, too?
    Found by: arguments
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        for key in params:
            params[key] -= lr * grads[key]
    return losses, params


def train_xor__weights_only(params, X, y, lr=1.0, num_iters=5000):
    """Only the weights are updated, the biases stay.

    Hint: Over which keys does the update run?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        params = {
            key: params[key] - lr * grads[key] if key[0] == "W" else params[key] for key in params
        }
    return losses, params


def train_xor__one_more_step(params, X, y, lr=1.0, num_iters=5000):
    """One step more than num_iters is taken.

    Hint: How many updates does num_iters=1 ask for?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters + 1):
        loss, grads = xor_loss(params, X, y)
        if i < num_iters:
            losses[i] = loss
        params = {key: params[key] - lr * grads[key] for key in params}
    return losses, params


def train_xor__one_gradient(params, X, y, lr=1.0, num_iters=5000):
    """The gradient is found once, before the loop, and used in each step.

    Hint: Does the gradient stay the same when the parameters change?
    """
    losses = np.zeros(num_iters)
    _, grads = xor_loss(params, X, y)
    for i in range(num_iters):
        losses[i], _ = xor_loss(params, X, y)
        params = {key: params[key] - lr * grads[key] for key in params}
    return losses, params


def train_xor__half_the_samples(params, X, y, lr=1.0, num_iters=5000):
    """Each step sees half of the samples.

    Hint: What does the docstring say is in each step?
    """
    losses = np.zeros(num_iters)
    rng = np.random.default_rng(0)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=-(-len(X) // 2), replace=False)
        losses[i], grads = xor_loss(params, X[rows], y[rows])
        params = {key: params[key] - lr * grads[key] for key in params}
    return losses, params


def train_xor__lr_ignored(params, X, y, lr=1.0, num_iters=5000):
    """The learning rate is not used.

    Hint: How long is a step for lr=0?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        losses[i], grads = xor_loss(params, X, y)
        params = {key: params[key] - grads[key] for key in params}
    return losses, params


def train_xor__last_loss(params, X, y, lr=1.0, num_iters=5000):
    """Only the last loss is returned, not all of them.

    Hint: How many entries has `losses`?
    """
    for _ in range(num_iters):
        loss, grads = xor_loss(params, X, y)
        params = {key: params[key] - lr * grads[key] for key in params}
    return np.array([loss]), params
