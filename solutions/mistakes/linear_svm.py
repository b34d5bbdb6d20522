"""Known mistakes of stage 2: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. Where the values are right, it names the one check that fails. A function here replaces that
of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.linear_svm import predict_svm, svm_loss, train_svm


def add_bias__ones_first(X):
    """The column of ones stands first, not last.

    Hint: Which side of X does the docstring put the ones on?
    """
    return np.hstack([np.ones((len(X), 1)), X])


def add_bias__zeros(X):
    """The new column holds zeros, so the bias has no effect.

    Hint: What must a weight be multiplied by to be added as it is?
    """
    return np.hstack([X, np.zeros((len(X), 1))])


def add_bias__row_of_ones(X):
    """A row of ones is added instead of a column.

    Hint: A bias belongs to each sample, and samples are rows: which axis grows?
    """
    return np.vstack([X, np.ones((1, X.shape[1]))])


def add_bias__once(X):
    """No ones are added to data that end with a column of ones.

    Hint: What does the docstring say of data that happen to hold a column of ones?
    """
    if np.all(X[:, -1] == 1):
        return X.copy()
    return np.hstack([X, np.ones((len(X), 1))])


def linear_forward__elementwise(W, X):
    """W and X are multiplied entry by entry, not as matrices.

    Hint: Julia's A * B is another operator in NumPy.
    """
    return X[:, : W.shape[1]] * W[: len(X)] if X.shape == W.shape else X @ W


def linear_forward__transposed(W, X):
    """The scores are transposed: classes in rows, samples in columns.

    Hint: Images are rows here: which index comes first in the result?
    """
    return (X @ W).T


def linear_forward__swapped_when_square(W, X):
    """The product is taken in the wrong order, which only square arrays let pass.

    Hint: Check the order of the factors with the shapes (N, D) and (D, C).
    """
    return W @ X if W.shape == X.shape and W.shape[0] == W.shape[1] else X @ W


def linear_forward__whole_numbers(W, X):
    """The scores are rounded to whole numbers.

    Hint: Scores are real numbers: which dtype do they need?
    """
    return (X @ W).astype(int)


def svm_loss_naive__no_factor_two(W, X, y, reg=0.0):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What does the derivative of reg * w**2 with respect to w look like?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW / N + reg * W


def svm_loss_naive__half_regulariser(W, X, y, reg=0.0):
    """The loss takes half the regulariser, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + 0.5 * reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss_naive__other_convention(W, X, y, reg=0.0):
    """Half the regulariser is taken, in the loss and in the gradient, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + 0.5 * reg * np.sum(W**2), dW / N + reg * W


def svm_loss_naive__no_regulariser_in_gradient(W, X, y, reg=0.0):
    """The gradient leaves the regulariser out.

    Hint: Every term of the loss has a derivative.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW / N


def svm_loss_naive__no_regulariser_in_loss(W, X, y, reg=0.0):
    """The loss leaves the regulariser out.

    Hint: The gradient knows of reg; does the loss?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N, dW / N + 2 * reg * W


def svm_loss_naive__regulariser_divided(W, X, y, reg=0.0):
    """The regulariser of the gradient is divided by N like the data term.

    Hint: The mean is over samples; the weights are regularised once.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), (dW + 2 * reg * W) / N


def svm_loss_naive__no_mean_in_gradient(W, X, y, reg=0.0):
    """The gradient is summed over the samples, not averaged.

    Hint: The loss is a mean over N samples: what does that do to its derivative?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW + 2 * reg * W


def svm_loss_naive__sign_of_gradient(W, X, y, reg=0.0):
    """The gradient points the wrong way.

    Hint: Does the loss rise if you follow your gradient a little?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), -(dW / N + 2 * reg * W)


def svm_loss__no_factor_two(W, X, y, reg=0.0):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What does the derivative of reg * w**2 with respect to w look like?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + reg * W
    return loss, dW


def svm_loss__half_regulariser(W, X, y, reg=0.0):
    """The loss takes half the regulariser, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + 0.5 * reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__other_convention(W, X, y, reg=0.0):
    """Half the regulariser is taken, in the loss and in the gradient, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + 0.5 * reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + reg * W
    return loss, dW


def svm_loss__no_regulariser_in_gradient(W, X, y, reg=0.0):
    """The gradient leaves the regulariser out.

    Hint: Every term of the loss has a derivative.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N
    return loss, dW


def svm_loss__no_regulariser_in_loss(W, X, y, reg=0.0):
    """The loss leaves the regulariser out.

    Hint: The gradient knows of reg; does the loss?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__regulariser_divided(W, X, y, reg=0.0):
    """The regulariser of the gradient is divided by N like the data term.

    Hint: The mean is over samples; the weights are regularised once.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ (dscores / N) + 2 * reg * W / N
    return loss, dW


def svm_loss__no_mean_in_gradient(W, X, y, reg=0.0):
    """The gradient is summed over the samples, not averaged.

    Hint: The loss is a mean over N samples: what does that do to its derivative?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores + 2 * reg * W
    return loss, dW


def svm_loss__sign_of_gradient(W, X, y, reg=0.0):
    """The gradient points the wrong way.

    Hint: Does the loss rise if you follow your gradient a little?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = -(X.T @ dscores / N + 2 * reg * W)
    return loss, dW


def softmax_loss__no_factor_two(W, X, y, reg=0.0):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What does the derivative of reg * w**2 with respect to w look like?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + reg * W
    return loss, dW


def softmax_loss__half_regulariser(W, X, y, reg=0.0):
    """The loss takes half the regulariser, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + 0.5 * reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__other_convention(W, X, y, reg=0.0):
    """Half the regulariser is taken, in the loss and in the gradient, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + 0.5 * reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + reg * W
    return loss, dW


def softmax_loss__no_regulariser_in_gradient(W, X, y, reg=0.0):
    """The gradient leaves the regulariser out.

    Hint: Every term of the loss has a derivative.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N
    return loss, dW


def softmax_loss__no_regulariser_in_loss(W, X, y, reg=0.0):
    """The loss leaves the regulariser out.

    Hint: The gradient knows of reg; does the loss?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y])
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__regulariser_divided(W, X, y, reg=0.0):
    """The regulariser of the gradient is divided by N like the data term.

    Hint: The mean is over samples; the weights are regularised once.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ (dscores / N) + 2 * reg * W / N
    return loss, dW


def softmax_loss__no_mean_in_gradient(W, X, y, reg=0.0):
    """The gradient is summed over the samples, not averaged.

    Hint: The loss is a mean over N samples: what does that do to its derivative?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores + 2 * reg * W
    return loss, dW


def softmax_loss__sign_of_gradient(W, X, y, reg=0.0):
    """The gradient points the wrong way.

    Hint: Does the loss rise if you follow your gradient a little?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = -(X.T @ dscores / N + 2 * reg * W)
    return loss, dW


def svm_loss_naive__no_mean_in_loss(W, X, y, reg=0.0):
    """The loss is summed over the samples, not averaged.

    Hint: How should the loss change when every sample is there twice?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss__no_mean_in_loss(W, X, y, reg=0.0):
    """The loss is summed over the samples, not averaged.

    Hint: How should the loss change when every sample is there twice?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__no_mean_in_loss(W, X, y, reg=0.0):
    """The loss is summed over the samples, not averaged.

    Hint: How should the loss change when every sample is there twice?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.sum(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__mean_over_all(W, X, y, reg=0.0):
    """The mean is taken over samples and classes together.

    Hint: What is the loss divided by: samples, or entries of the table of margins?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.mean(margins) + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__no_margin(W, X, y, reg=0.0):
    """The margin of 1 is left out.

    Hint: How much better must the right class be before a wrong one costs nothing?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis])
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss_naive__counts_right_class(W, X, y, reg=0.0):
    """The right class is counted as well, which adds 1 for each sample.

    Hint: The sum runs over j that are not y_i.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss__counts_right_class(W, X, y, reg=0.0):
    """The right class is counted in the loss, which adds 1 for each sample.

    Hint: The sum runs over j that are not y_i.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    margins[rows, y] = 0
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss_naive__kink(W, X, y, reg=0.0):
    """A margin of exactly 0 passes gradient.

    Hint: Which side of the kink does the docstring put a margin of 0 on?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin >= 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss__kink(W, X, y, reg=0.0):
    """A margin of exactly 0 passes gradient.

    Hint: Which side of the kink does the docstring put a margin of 0 on?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    raw = scores - scores[rows, y][:, np.newaxis] + 1
    raw[rows, y] = -1
    margins = np.maximum(0, raw)
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (raw >= 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss_naive__right_class_forgotten(W, X, y, reg=0.0):
    """The gradient of the right class's column is left out.

    Hint: Each positive margin touches two columns of dW.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss_naive__right_class_sign(W, X, y, reg=0.0):
    """The right class's column gets its samples with the wrong sign.

    Hint: Each positive margin rises with one score, and falls with another: which sign has which?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] += X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss__right_class_forgotten(W, X, y, reg=0.0):
    """The gradient of the right class's column is left out.

    Hint: Each positive margin touches two columns of dW.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = 0
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__right_class_sign(W, X, y, reg=0.0):
    """The right class's column gets its samples with the wrong sign.

    Hint: Each positive margin rises with one score, and falls with another: which sign has which?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss_naive__assigns(W, X, y, reg=0.0):
    """The gradient is assigned where it should be added up, so the last sample wins.

    Hint: Many samples touch the same column: what happens to those before?
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] = X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss_naive__right_class_once(W, X, y, reg=0.0):
    """The right class is counted once a sample, however many margins are positive.

    Hint: The right score stands in every margin of its sample.
    """
    N, C = len(X), W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        scores = X[i] @ W
        dW[:, y[i]] -= X[i]
        for j in range(C):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
    return loss / N + reg * np.sum(W**2), dW / N + 2 * reg * W


def svm_loss__right_class_once(W, X, y, reg=0.0):
    """The right class gets -1, however many margins are positive.

    Hint: The right score stands in every margin of its sample.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__counts_over_samples(W, X, y, reg=0.0):
    """The positive margins are counted down the samples, not along the classes.

    Hint: Each sample has its own count: which axis is left after the sum?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=0)[y]
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__margins_as_mask(W, X, y, reg=0.0):
    """The margins themselves stand where ones belong.

    Hint: How does a positive margin change when its score grows by a little?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = margins.copy()
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__right_score_of_first(W, X, y, reg=0.0):
    """Every sample is compared with the first sample's right score.

    Hint: Each row has its own right class and score.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[0, y[0]] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__regularises_in_place(W, X, y, reg=0.0):
    """W itself is changed.

    Hint: In-place operators change the array that was passed.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    W -= 0.0 * dW - 1e-12
    return loss, dW


def svm_loss__squared_hinge(W, X, y, reg=0.0):
    """The hinge is squared.

    Hint: That is another loss: compare with the formula.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins**2) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__reg_default(W, X, y, reg=1e-3):
    """The default of reg is 1e-3, not 0.

    Hint: What is the loss of a call without reg?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__only_many(W, X, y, reg=0.0):
    """One sample alone is not handled.

    Hint: Try it with one row: which of your arrays lose an axis?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W if N > 1 else np.zeros((1, C))
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__other_name_of_reg(W, X, y, lam=0.0):
    """The parameter reg has another name.

    Hint: Others may call your function with reg=0.1: compare the signature with the one given.
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + lam * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * lam * W
    return loss, dW


def svm_loss__one_hot_of_seen(W, X, y, reg=0.0):
    """The one-hot table has a column for each class that the labels hold, not for each class there is.

    Hint: A mini-batch may lack a class: what else tells how many classes there are?
    """
    N = len(X)
    hot = np.eye(len(np.unique(y)))[y]
    scores = X @ W
    margins = np.maximum(0, scores - np.sum(scores * hot, axis=1, keepdims=True) + 1) * (1 - hot)
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores -= hot * np.sum(dscores, axis=1, keepdims=True)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__relabels(W, X, y, reg=0.0):
    """The labels are numbered anew by those that occur.

    Hint: Label 3 belongs to column 3 of W, whichever other labels occur.
    """
    y = np.unique(y, return_inverse=True)[1]
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__right_class_by_its_margin(W, X, y, reg=0.0):
    """Margins of exactly 1 are left out, as if only the right class had them.

    Hint: Can a wrong class score the same as the right one?
    """
    N, C = len(X), W.shape[1]
    rows = np.arange(N)
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
    margins[margins == 1] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -np.sum(dscores, axis=1)
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss__loops(W, X, y, reg=0.0):
    """A loop over the samples is left: plain, in a comprehension or in a function that is called.

    Found by: loops

    Hint: X @ W gives the scores of all samples. Which later steps can take the whole table, too?
    """
    N = len(X)
    scores = X @ W
    right = np.array([scores[i, y[i]] for i in range(N)])
    margins = np.maximum(0, scores - right[:, np.newaxis] + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N + reg * np.sum(W**2)
    dscores = (margins > 0).astype(float)
    dscores[np.arange(N), y] = -np.sum(dscores, axis=1)
    return loss, X.T @ dscores / N + 2 * reg * W


def softmax_loss__no_shift(W, X, y, reg=0.0):
    """The exponentials overflow for large scores.

    Hint: The probabilities stay the same when one number is taken from all scores of a sample.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__no_shift_in_quotient(W, X, y, reg=0.0):
    """The exponentials overflow for large scores, and their quotient is NaN.

    Hint: The probabilities stay the same when one number is taken from all scores of a sample.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    dscores = exps / sums
    loss = -np.mean(np.log(dscores[rows, y])) + reg * np.sum(W**2)
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__global_shift(W, X, y, reg=0.0):
    """One maximum is taken for all samples, so that small scores vanish.

    Hint: Each sample has its own largest score.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__wrong_axis(W, X, y, reg=0.0):
    """The probabilities are normalised down the samples, not along the classes.

    Hint: Which sums should be 1?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=0, keepdims=True)
    loss = np.mean(np.log(sums[0, y]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__wrong_axis_in_gradient(W, X, y, reg=0.0):
    """In the gradient the probabilities are normalised down the samples, not along the classes.

    Hint: Which sums should be 1?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / np.sum(exps, axis=0, keepdims=True)
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__log_ten(W, X, y, reg=0.0):
    """The logarithm is to base 10.

    Hint: Which logarithm undoes exp?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log10(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__log_of_zero_guard(W, X, y, reg=0.0):
    """A small number is added inside the logarithm, which bends the loss.

    Hint: Write log p as the shifted score minus a logarithm, and nothing can be 0.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = -np.mean(np.log(exps[rows, y] / sums[:, 0] + 1e-6)) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__no_minus_one(W, X, y, reg=0.0):
    """The 1 of the right class is not taken off in the gradient.

    Hint: What is the derivative of -s_y + log sum exp s with respect to s_y?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__plus_one(W, X, y, reg=0.0):
    """The 1 of the right class is added in the gradient, where it should be taken off.

    Hint: What is the derivative of -s_y + log sum exp s with respect to s_y?
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[rows, y] += 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__minus_one_everywhere(W, X, y, reg=0.0):
    """The 1 is taken off whole columns, not at each sample's own class.

    Hint: Two index arrays pick one entry of each row; a slice picks all rows.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    sums = np.sum(exps, axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - scores[rows, y]) + reg * np.sum(W**2)
    dscores = exps / sums
    dscores[:, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def softmax_loss__clipped_probability(W, X, y, reg=0.0):
    """Probabilities are kept above 1e-300 before the logarithm, which caps the loss at 691.

    Hint: Write log p as the shifted score minus a logarithm, and nothing can be 0.
    """
    N = len(X)
    rows = np.arange(N)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores)
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    loss = -np.mean(np.log(np.maximum(probs[rows, y], 1e-300))) + reg * np.sum(W**2)
    dscores = probs
    dscores[rows, y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def train_svm__ascent(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The step goes up the gradient.

    Hint: Which way does the loss fall?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W += lr * dW
    return losses, W


def train_svm__changes_start(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The weights that were passed are changed.

    Hint: In-place operators change the array that was passed: what do you start from?
    """
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W.copy()


def train_svm__loss_after_update(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The loss is recorded after the update.

    Hint: Entry 0 of losses is the loss of the weights you start from.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _, dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
        losses[i], _ = svm_loss(W, X[rows], y[rows], reg)
    return losses, W


def train_svm__with_replacement(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Mini-batches are drawn with replacement.

    Hint: May one sample be in a batch twice?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=True)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__same_batch(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The same mini-batch is used in every step.

    Twin: rng_each_step

    Hint: What must be drawn anew in each step?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    rows = rng.choice(len(X), size=batch, replace=False)
    for i in range(num_iters):
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__rng_each_step(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The generator is made anew in each step, so each batch is the same.

    Twin: same_batch

    Hint: A generator with the same seed draws the same numbers.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rng = np.random.default_rng(seed)
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__apart(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Samples and labels are drawn apart from each other.

    Hint: A sample and its label need the same row number.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rng.choice(len(X), size=batch, replace=False)], reg)
        W -= lr * dW
    return losses, W


def train_svm__seed_ignored(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The seed is ignored.

    Hint: Two calls with different seeds should draw different batches.
    """
    rng = np.random.default_rng(0)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__global_random(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The batches come from NumPy's global generator.

    Hint: Which generator does the docstring name?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.random.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__old_generator(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The batches come from numpy.random.seed and choice, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    np.random.seed(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.random.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__whole_data(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Every step uses all data, whatever the batch.

    Hint: How many rows does a mini-batch have?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.arange(len(X))
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__first_rows(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Mini-batches are the first rows, not drawn ones.

    Hint: Which rows have a chance to be in a batch?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.arange(batch)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__no_reg(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The regularisation is not passed on.

    Hint: Does the result depend on reg?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows])
        W -= lr * dW
    return losses, W


def train_svm__one_step_less(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The last update is left out.

    Hint: How many updates do num_iters steps make?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        if i < num_iters - 1:
            W -= lr * dW
    return losses, W


def train_svm__last_loss_only(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Only the last loss is returned.

    Hint: losses has one entry for each step.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses[-1], W


def train_svm__wrong_order(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The pair is returned in the wrong order.

    Hint: What comes first: the losses, or the weights?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return W, losses


def train_svm__default_lr(W, X, y, lr=1e-2, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The default learning rate is another one.

    Hint: Compare the defaults with the signature that was given.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def train_svm__stops_early(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """Training stops when the loss hardly changes.

    Hint: How many steps does the docstring promise?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
        if i > 0 and abs(losses[i] - losses[i - 1]) < 1e-6:
            break
    return losses, W


def train_svm__decays(W, X, y, lr=1e-3, reg=1e-5, batch=200, num_iters=100, seed=0):
    """The learning rate shrinks after every 100 steps.

    Hint: Does the docstring say that lr changes on the way?
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
        if (i + 1) % 100 == 0:
            lr *= 0.95
    return losses, W


def train_svm__other_names(W, X, y, lr=1e-3, reg=1e-5, batch_size=200, num_iters=100, seed=0):
    """The parameter batch has another name.

    Hint: Others may call your function with batch=20: compare the signature with the one given.
    """
    rng = np.random.default_rng(seed)
    W = W.copy()
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch_size, replace=False)
        losses[i], dW = svm_loss(W, X[rows], y[rows], reg)
        W -= lr * dW
    return losses, W


def predict_svm__axis(W, X):
    """The maximum is taken over the samples, not the classes.

    Hint: (N, C) scores should give N labels.
    """
    return np.argmax(X @ W, axis=0)


def predict_svm__scores(W, X):
    """The highest scores are returned, not their classes.

    Hint: A label is the place of the maximum.
    """
    return np.max(X @ W, axis=1)


def predict_svm__floats(W, X):
    """The labels are floats.

    Hint: Labels index classes: which dtype do they need?
    """
    return np.argmax(X @ W, axis=1).astype(float)


def predict_svm__last_on_ties(W, X):
    """Of equal scores the last class wins.

    Hint: What does argmax return on ties, and which way did you turn the array?
    """
    return W.shape[1] - 1 - np.argmax((X @ W)[:, ::-1], axis=1)


def predict_svm__smallest(W, X):
    """The class of the lowest score is taken.

    Hint: Does a high score speak for a class, or against it?
    """
    return np.argmin(X @ W, axis=1)


def predict_svm__absolute(W, X):
    """The class of the largest absolute score is taken.

    Hint: A very negative score speaks against a class.
    """
    return np.argmax(np.abs(X @ W), axis=1)


def predict_svm__exponentials(W, X):
    """The scores go through exp first, which overflows for large ones.

    Hint: exp keeps the order of the scores as long as it is finite: is it needed at all?
    """
    exps = np.exp(X @ W)
    return np.argmax(exps / np.sum(exps, axis=1, keepdims=True), axis=1)


def predict_svm__starts_at_minus_100(W, X):
    """The search for the highest score starts from -100.

    Hint: What if every score is lower than the number you start from?
    """
    labels = []
    for scores in X @ W:
        best, label = -100, 0
        for j, score in enumerate(scores):
            if score > best:
                best, label = score, j
        labels.append(label)
    return np.array(labels)


def predict_svm__rounded(W, X):
    """The scores are rounded to six digits first, so that small ones tie.

    Hint: Weights start near 1e-4 here: how far apart are their scores?
    """
    return np.argmax(np.round(X @ W, 6), axis=1)


def tune_svm__last_of_equals(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Of equal settings the last one wins.

    Hint: When should a setting replace the best one so far?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] >= results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__on_training_data(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Settings are judged on the training data.

    Hint: Which data has training not seen?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_train) == y_train))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__continues(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Each setting goes on from the weights of the one before.

    Hint: Each setting must begin from the same fresh weights.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
    for lr in lrs:
        for reg in regs:
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__one_generator(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """One generator draws the weights of all settings, so they start from different ones.

    Hint: Each setting must begin from the same fresh weights.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    rng = np.random.default_rng(seed)
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * rng.standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__old_generator(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The first weights come from numpy.random.seed and randn, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            np.random.seed(seed)
            W = 1e-4 * np.random.randn(*shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__worst(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The setting of the lowest accuracy is chosen.

    Hint: Is a high accuracy good or bad?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] < results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__last_weights(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The weights of the last setting are returned, not of the best.

    Hint: Keep the weights when you keep the setting.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return W, best, results


def tune_svm__swapped_keys(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The keys are (reg, lr).

    Hint: In which order does the docstring put the two?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[reg, lr] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[reg, lr] > results[best]:
                best_W, best = W, (reg, lr)
    return best_W, best, results


def tune_svm__percent(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Accuracies are in percent.

    Hint: Accuracy is a number from 0 to 1.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(100 * np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__seed_not_passed(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Training gets seed 0, whatever was asked.

    Hint: The same seed goes to the weights and to training.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__iterations_not_passed(
    X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0
):
    """Training runs its default number of steps.

    Hint: What does num_iters do in your function?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__scale(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The weights start at 1e-2 times normal numbers.

    Hint: How small do the weights start?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-2 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__classes_of_validation(
    X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0
):
    """The number of classes is taken from the validation labels.

    Hint: A class may be missing in the validation data.
    """
    shape = X_train.shape[1], int(y_val.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__regs_outermost(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The regularisation runs in the outer loop, so another of equals is first.

    Hint: In which order are the settings tried?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for reg in regs:
        for lr in lrs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__counts_seen_classes(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The number of classes is the number of different training labels.

    Hint: What if the training labels are 0, 2 and 3?
    """
    shape = X_train.shape[1], len(np.unique(y_train))
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__best_above_zero(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """A setting must beat accuracy 0 to become the best, so there may be none.

    Hint: Which setting is best when all of them are wrong everywhere?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    top = 0.0
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if results[lr, reg] > top:
                top, best_W, best = results[lr, reg], W, (lr, reg)
    return best_W, best, results


def tune_svm__rounded(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Accuracies are rounded to two digits.

    Hint: Rounding is for printing: how does it change which setting is best?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = round(float(np.mean(predict_svm(W, X_val) == y_val)), 2)
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__largest_of_equals(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """Of equal settings the one with the largest numbers wins.

    Hint: How does max compare tuples whose first entries are equal?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    weights, results = {}, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            weights[lr, reg] = W
    _, best = max((accuracy, setting) for setting, accuracy in results.items())
    return weights[best], best, results


def tune_svm__sorted(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0):
    """The settings run in sorted order, so another of equals is first.

    Hint: In which order are the settings tried?
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in sorted(lrs):
        for reg in sorted(regs):
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=num_iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results


def tune_svm__other_names(X_train, y_train, X_val, y_val, lrs, regs, iters=100, seed=0):
    """The parameter num_iters has another name.

    Hint: Others may call your function with num_iters=50: compare the signature with the one given.
    """
    shape = X_train.shape[1], int(y_train.max()) + 1
    best_W, best, results = None, None, {}
    for lr in lrs:
        for reg in regs:
            W = 1e-4 * np.random.default_rng(seed).standard_normal(shape)
            _, W = train_svm(W, X_train, y_train, lr, reg, num_iters=iters, seed=seed)
            results[lr, reg] = float(np.mean(predict_svm(W, X_val) == y_val))
            if best is None or results[lr, reg] > results[best]:
                best_W, best = W, (lr, reg)
    return best_W, best, results
