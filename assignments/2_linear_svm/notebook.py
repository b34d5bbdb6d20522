# %% [markdown]
# # Stage 2: Linear classifier
#
# One template for each class, a loss that says how bad the templates are, a gradient that says how
# they get better, and a loop that goes there in small steps. You write it in `linear_svm.py`, the
# file beside this notebook, and watch it work here. The handout,
# `assignments/2_linear_svm/README.md`, derives the gradients and lists the usual traps.
#
# Read a section, write its function, save, run its `%autograder check`, then the cells below it. A
# cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import linear_svm
import numpy as np

from autograder import datasets, gradient_check
from autograder.training import plots, seconds_of

# %% [markdown]
# ## The data
#
# MNIST again. Rows of pixels from 0 to 1, and from all of them the mean training image is taken
# away: then a pixel says how an image *differs* from the average, and one learning rate suits all
# weights better.

# %%
digits = datasets.load("mnist")
names = digits.class_names
rows = [datasets.flatten(X) for X in (digits.X_train, digits.X_val, digits.X_test)]
centred_train, centred_val, centred_test = datasets.centre(*rows)
y_train, y_val, y_test = (y.astype(int) for y in (digits.y_train, digits.y_val, digits.y_test))
print(
    "training", centred_train.shape, " validation", centred_val.shape, " test", centred_test.shape
)
plots.samples(digits.X_train, y_train, names, "Ten digits of each class")

# %% [markdown]
# ## The bias is a weight like the others
#
# A classifier $x W + b$ needs no extra formula: append a 1 to each sample and the row $b$ to the
# weights, and the product is the same. `add_bias` appends the ones.

# %%
# %autograder check add_bias

# %%
X_train, X_val, X_test = map(linear_svm.add_bias, (centred_train, centred_val, centred_test))
print("training", X_train.shape, ", last column:", X_train[:3, -1])

# %% [markdown]
# ## Scores
#
# The score of a class is the dot product of its template, a column of $W$, with the sample. For all
# samples and classes at once:
#
# $$S = X W \qquad S_{ic} = \sum_{d} X_{id} W_{dc}$$

# %%
# %autograder check linear_forward

# %% [markdown]
# The handout's small example: one sample, three numbers, three classes. Class 1 has the highest
# score.

# %%
x, small_W = np.array([[1.0, 2.0, 1.0]]), np.array([[1.0, 1, -1], [0, 1, 0], [1, 0, 0]])
scores = linear_svm.linear_forward(small_W, x)
plots.grids({"x": x, "W": small_W, "scores x W": scores}, "One sample, three classes")

# %% [markdown]
# ## How bad is that? The hinge loss
#
# Let the label of a sample be $y$. The hinge loss is content with class $j \ne y$ if its score is
# at least 1 below that of the right class. Otherwise it counts what is missing:
#
# $$L = \frac{1}{N} \sum_{i} \sum_{j \ne y_i} \max(0, s_{ij} - s_{i y_i} + 1) + \lambda \sum_{d, c} W_{dc}^2$$
#
# Write `svm_loss_naive` with loops, the loss first, then the gradient: every positive margin adds
# $x$ to column $j$ and takes $x$ from column $y$.

# %%
# %autograder check svm_loss_naive

# %% [markdown]
# Two tests that you can always make. With tiny weights all scores are near 0 and nine margins near
# 1, so the loss must be near 9. And the gradient must agree with slopes of your own loss.

# %%
first_W = 1e-4 * np.random.default_rng(0).standard_normal((X_train.shape[1], 10))
few_X, few_y = X_train[:50], y_train[:50]
loss, dW = linear_svm.svm_loss_naive(first_W, few_X, few_y, 0.1)
print(f"first loss {loss:.4f}")
print(gradient_check(lambda W: linear_svm.svm_loss_naive(W, few_X, few_y, 0.1)[0], first_W, dW))

# %% [markdown]
# ## The same without loops
#
# Collect the derivatives with respect to the scores of all samples in a table $G$, shape $(N, C)$.
# Then
#
# $$\frac{\partial L}{\partial W} = \frac{1}{N} X^\top G + 2 \lambda W$$

# %%
# %autograder check svm_loss

# %%
batch = first_W, X_train[:200], y_train[:200]
loops, none = linear_svm.svm_loss_naive(*batch), linear_svm.svm_loss(*batch)
print("losses:", loops[0], none[0], " same gradient:", np.allclose(loops[1], none[1]))
plots.times(
    {
        "with loops": seconds_of(linear_svm.svm_loss_naive, *batch),
        "without": seconds_of(linear_svm.svm_loss, *batch),
    },
    "Loss and gradient of 200 images",
)

# %% [markdown]
# ## Another loss: softmax
#
# Turn scores into probabilities, and ask for a high probability of the right class:
#
# $$p_c = \frac{e^{s_c}}{\sum_j e^{s_j}} \qquad L = - \frac{1}{N} \sum_{i} \log p_{i y_i} + \lambda \sum_{d, c} W_{dc}^2$$
#
# Exponentials overflow: take the largest score of each sample away first.

# %%
# %autograder check softmax_loss

# %%
loss, dW = linear_svm.softmax_loss(first_W, few_X, few_y, 0.1)
print(f"first loss {loss:.4f}, and log 10 is {np.log(10):.4f}")
print(gradient_check(lambda W: linear_svm.softmax_loss(W, few_X, few_y, 0.1)[0], first_W, dW))

# %% [markdown]
# Both losses of one sample with two classes, against how far the right score is ahead:

# %%
one, right = np.array([[1.0]]), np.array([0])
ahead = np.linspace(-3, 4, 141)
losses = {
    "hinge": [linear_svm.svm_loss(np.array([[gap, 0.0]]), one, right)[0] for gap in ahead],
    "softmax": [linear_svm.softmax_loss(np.array([[gap, 0.0]]), one, right)[0] for gap in ahead],
}
plots.lines(ahead, losses, "Two ways to be unhappy", "right score less the other", "loss")

# %% [markdown]
# ### Question: twice the weights
#
# A sample is classified well beyond its margin. Now all weights are doubled. What happens to the
# prediction, to its hinge loss, and to its softmax loss? What keeps the weights from growing for
# ever?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "twice_the_weights", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# All scores double, so their order and the prediction stay. The hinge loss of this sample was 0 and
# stays 0: it has no gradient, and nothing pulls on the weights any more. Its softmax loss was small
# and gets still smaller, but never 0: it always gains by larger weights. The regulariser's $\lambda
# \sum W^2$ grows fourfold, and from some size on costs more than the data loss can gain; that is
# what stops the growth.
#
# *Marking guide.* 1 point: prediction unchanged, hinge stays 0, softmax gets smaller but not 0
# (half a point for two of the three). 1 point: regularisation, with the reason that it grows with
# the weights.

# %% [markdown]
# ## Training: small steps against the gradient
#
# In each round draw a mini-batch, find loss and gradient on it, and step with the learning rate
# $\eta$:
#
# $$W \leftarrow W - \eta \frac{\partial L}{\partial W}$$

# %%
# %autograder check train_svm

# %%
losses, W = linear_svm.train_svm(first_W, X_train, y_train, lr=1e-2, reg=1e-3, num_iters=800)
plots.loss_curve(losses, "Hinge loss on MNIST", first_loss=9)

# %% [markdown]
# It begins at 9, falls steeply, then slowly, with the jitter of small batches. And with other
# learning rates?

# %%
curves = {
    f"{lr:g}": linear_svm.train_svm(first_W, X_train, y_train, lr=lr, num_iters=200)[0]
    for lr in (1e-5, 1e-2, 100)
}
plots.compare_losses(curves, "Three learning rates", "learning rate", log=True)

# %% [markdown]
# ### Question: three learning rates
#
# Describe each of the three curves, and say from it whether the learning rate is too small, right
# or too large. Why does a learning rate that is too large not simply arrive sooner?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "learning_rates", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# $10^{-5}$: nearly level at 9, too small: each step goes in the right direction but hardly moves.
# $10^{-2}$: falls fast and flattens out at a low loss, about right. $100$: shoots up far above 9 at
# once, and comes down slowly and wildly, too large. The gradient is the slope *here*; it is a good
# guide for a small step only. A large one goes past the valley and lands where the loss is higher,
# from there the next one jumps back, and so on.
#
# *Marking guide.* 1 point: the three curves described and matched rightly. 1 point: the gradient
# holds only nearby, so large steps overshoot.

# %% [markdown]
# ## The answer is the highest score

# %%
# %autograder check predict_svm

# %%
answers = linear_svm.predict_svm(W, X_test)
print(f"{np.mean(answers == y_test):.1%} of the test set right")
plots.confusion_matrix(y_test, answers, names, "What the SVM takes for what")

# %% [markdown]
# And what has it learnt? A column of $W$ without its bias is an image: the template of the class.
# Ink on red raises the score of the class, ink on blue lowers it.

# %%
plots.templates(W, names, "What the SVM looks for")

# %% [markdown]
# ### Question: templates
#
# Choose two templates and say what they show: where is red, where is blue, and why there? Why does
# a template not look like *one* well-written digit? For which digits is a single template a poor
# compromise?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "templates", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# For example the 0: a red ring, and a strongly blue middle, for ink in the middle speaks against a
# 0 as hardly anything else does. The 1: a red stroke in the middle, blue to its left and right,
# where other digits have ink. A template is a sum of many images of its class, added where margins
# were positive, less images of other classes; it shows what *tells apart*, not what a digit looks
# like, and averages over all ways of writing. Digits with several forms suffer: a 4 open or closed,
# a 7 with or without a bar, slanted and upright ones; 8, 5 and 3 share most of their ink.
#
# *Marking guide.* 1 point: two templates with signs rightly explained (ink for, ink against). 1
# point: one template must serve all ways to write, and contrasts with the other classes; a digit of
# several forms as an example.

# %% [markdown]
# ## Choosing learning rate and regularisation
#
# `tune_svm` trains with each pair of settings and compares them on the *validation* set. The test
# set must not choose.

# %%
# %autograder check tune_svm

# %%
lrs, regs = [1e-3, 1e-2, 1e-1], [1e-5, 1e-3, 1e-2, 1e-1]
best_W, best, results = linear_svm.tune_svm(X_train, y_train, X_val, y_val, lrs, regs)
print("best (lr, reg):", best)
plots.tuning(results, "Validation accuracy after 100 steps")

# %% [markdown]
# What the strength of regularisation does to accuracy and templates:

# %%
strengths = [1e-5, 1e-2, 1e-1, 1.0, 10.0]
trained = [linear_svm.train_svm(first_W, X_train, y_train, 1e-2, reg)[1] for reg in strengths]
plots.regularisation(
    strengths,
    trained,
    [np.mean(linear_svm.predict_svm(W, X_train) == y_train) for W in trained],
    [np.mean(linear_svm.predict_svm(W, X_val) == y_val) for W in trained],
    names,
    "Stronger regularisation, smoother templates",
)

# %% [markdown]
# Train longer with the best setting. What is still wrong?

# %%
lr, reg = best
_, W = linear_svm.train_svm(first_W, X_train, y_train, lr, reg, num_iters=800)
answers = linear_svm.predict_svm(W, X_test)
print(f"{np.mean(answers == y_test):.1%} of the test set right")
plots.mistakes(digits.X_test, y_test, answers, names, "What is still wrong")

# %% [markdown]
# ## And then
#
# Load `fashion_mnist` in place of `mnist` and run all cells again: the templates of trousers and
# bags are worth a look. `autograder train linear_svm --plots plots` trains longer and compares with
# the softmax loss. In the next stage a class may have more than one template.
