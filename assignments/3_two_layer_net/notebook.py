# %% [markdown]
# # Stage 3: Two-layer network
#
# One hidden layer in front of the linear classifier of stage 2: it looks for patterns first, any
# that prove useful, and the second layer says what each pattern counts for. What is new is the way
# back, the gradient of the first weights. You write it in `two_layer_net.py`, the file beside this
# notebook, and watch it work here. The handout, `assignments/3_two_layer_net/README.md`, goes back
# step by step, with the shapes.
#
# Read a section, write its function, save, run its `%autograder check`, then the cells below it. A
# cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import numpy as np
import two_layer_net

from autograder import datasets, gradient_check
from autograder.training import plots, rings

# %% [markdown]
# ## The data
#
# MNIST, as in stage 2: rows of pixels from 0 to 1, less the mean training image.

# %%
digits = datasets.load("mnist")
names = digits.class_names
rows = [datasets.flatten(X) for X in (digits.X_train, digits.X_val, digits.X_test)]
X_train, X_val, X_test = datasets.centre(*rows)
y_train, y_val, y_test = (y.astype(int) for y in (digits.y_train, digits.y_val, digits.y_test))
print("training", X_train.shape, " validation", X_val.shape, " test", X_test.shape)
plots.samples(digits.X_train, y_train, names, "Ten digits of each class")

# %% [markdown]
# ## First weights
#
# Four arrays in a dict: $W_1$ $(D, H)$, $b_1$ $(1, H)$, $W_2$ $(H, C)$, $b_2$ $(1, C)$. The weights
# begin as small random numbers: equal ones would get equal gradients, and remain equal for ever.

# %%
# %autograder check init_params

# %%
params = two_layer_net.init_params(784, 36, 10)
for name, value in params.items():
    print(f"{name}: shape {value.shape}, largest {np.abs(value).max():.1e}")

# %% [markdown]
# ## The bend
#
# $$\mathrm{relu}(x) = \max(0, x)$$

# %%
# %autograder check relu

# %%
x = np.linspace(-3, 3, 61)
plots.lines(
    x, {"relu": two_layer_net.relu(x)}, "Silent below 0, in proportion above", "x", "relu(x)"
)

# %% [markdown]
# ## Forward
#
# $$Z = \max(0, X W_1 + b_1) \qquad S = Z W_2 + b_2$$
#
# `nn_forward` returns the scores $S$ and the hidden layer $Z$; the way back needs both.

# %%
# %autograder check nn_forward

# %% [markdown]
# The lecture's example: one sample, four hidden units, three classes. The lecture writes $W x$, so
# its rows are the columns here. One unit is silent; class 1 wins.

# %%
lecture = {
    "W1": np.array(
        [[0.2, -0.5, 0.1, 2], [-0.2, 0, 0.4, 1.3], [1.1, 0.7, -0.9, -0.2], [-1.9, 1, 0.9, 2.1]]
    ).T,
    "b1": np.array([[9.1, 7.3, -27, 2.1]]),
    "W2": np.array([[0.8, 0.9, 0, 1.4], [0.3, -0.3, 2.2, -1.2], [0.6, 0.7, -0.1, -0.6]]).T,
    "b2": np.array([[-32.0, 14, 19]]),
}
sample, label = np.array([[56.0, 231, 24, 2]]), np.array([0])
scores, hidden = two_layer_net.nn_forward(lecture, sample)
plots.grids({"x": sample, "hidden": hidden, "scores": scores}, "The lecture's example, forward")

# %% [markdown]
# ## Back
#
# Let the label be 0: only class 1 is within the margin, so the scores get the gradient $G = (-1, 1,
# 0)$. From there it goes through $W_2$, through the bend, to $W_1$:
#
# $$\frac{\partial L}{\partial W_2} = Z^\top G \qquad B = (G W_2^\top) [Z \gt 0] \qquad \frac{\partial L}{\partial W_1} = X^\top B$$
#
# and each bias gets the sum over the samples. The regulariser adds $2 \lambda W$ to the weights'
# gradients.

# %%
# %autograder check nn_svm_grad

# %% [markdown]
# Find the gradient of $W_1$ by hand before you look. What does the silent unit get?

# %%
grads = two_layer_net.nn_svm_grad(lecture, sample, label, scores, hidden, 0.0)
plots.grids(
    {f"gradient of {name}": grads[name] for name in ("W1", "b1", "W2")},
    "The lecture's example, backward",
)

# %% [markdown]
# ## Loss and gradient together
#
# $$L = \frac{1}{N} \sum_{i} \sum_{j \ne y_i} \max(0, S_{ij} - S_{i y_i} + 1) + \lambda \left( \sum W_1^2 + \sum W_2^2 \right)$$

# %%
# %autograder check nn_svm_loss

# %% [markdown]
# The tests that you know: with tiny weights the loss is near 9, and every gradient agrees with
# slopes. If $W_2$ and $b_2$ agree and $W_1$ and $b_1$ don't, look at the bend.

# %%
tried = two_layer_net.init_params(784, 5, 10, eps=0.1)
few_X, few_y = X_train[:30], y_train[:30]
print("first loss:", two_layer_net.nn_svm_loss(params, few_X, few_y)[0])
_, grads = two_layer_net.nn_svm_loss(tried, few_X, few_y, 0.1)
for name, value in tried.items():
    agreement = gradient_check(
        lambda changed, name=name: two_layer_net.nn_svm_loss(
            {**tried, name: changed}, few_X, few_y, 0.1
        )[0],
        value,
        grads[name],
    )
    print(f"{name}: {agreement}")

# %% [markdown]
# ## Training
#
# The loop of stage 2, with four arrays to update in place of one. The setting is the course's own:
# 36 hidden units, batches of 20, 1,500 steps.

# %%
# %autograder check train_nn

# %%
setting = {"lr": 0.1, "reg": 1e-5, "print_freq": 0}
losses, learnt = two_layer_net.train_nn(params, X_train, y_train, 10, num_iters=1500, **setting)
plots.loss_curve(losses, "Two layers on MNIST", first_loss=9)

# %% [markdown]
# Look at the left panel: for a while nothing seems to happen. How long depends on `eps`, the scale
# of the first weights:

# %%
curves = {}
for eps in (1e-6, 1e-4, 1e-2, 1e-1):
    start = two_layer_net.init_params(784, 36, 10, eps=eps)
    curves[f"{eps:g}"] = two_layer_net.train_nn(
        start, X_train, y_train, 10, num_iters=150, **setting
    )[0]
plots.compare_losses(curves, "Small first weights wait", "eps", ordered=True)

# %% [markdown]
# ### Question: the plateau
#
# Why does the loss stay near 9 for longer, the smaller the first weights are? Use the formulas of
# the gradients of $W_1$ and $W_2$. What would happen if both began as zeros?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "plateau", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The gradient of $W_2$ is $Z^\top G$, a product with the hidden values, which are small if $W_1$
# is; that of $W_1$ is $X^\top (G W_2^\top [Z > 0])$, a product with $W_2$. With both near 0, both
# gradients are: each waits for the other to grow. They grow in proportion to each other, so like an
# exponential, and starting ten times smaller costs a fixed number of further steps. If both are
# zeros, both gradients are exactly 0 and stay so: only $b_2$ learns, and the net gives all images
# the same scores.
#
# *Marking guide.* 1 point: each gradient has the other layer as a factor. 1 point: zeros never get
# away from zero (half a point without the reason). That only $b_2$ learns is not asked.

# %% [markdown]
# ## Answers

# %%
# %autograder check predict_nn

# %%
answers = two_layer_net.predict_nn(learnt, X_test)
print(f"{np.mean(answers == y_test):.1%} of the test set right")
plots.confusion_matrix(y_test, answers, names, "What the net takes for what")

# %% [markdown]
# A column of $W_1$, shown as an image, is what one hidden unit looks for. Compare with the
# templates of stage 2.

# %%
_, hidden = two_layer_net.nn_forward(learnt, X_test)
plots.hidden_units(learnt["W1"], np.mean(hidden > 0, axis=0), "What the hidden units look for")

# %% [markdown]
# ### Question: pixels that are always black
#
# The training images are centred. What is the gradient of the weights of a pixel that is 0 in
# *every* training image, if `reg` is 0? What happens to these weights during training, and what
# changes if `reg` is not 0? Find the traces of it in the picture above, or in one that begins with
# a larger `eps`.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "black_pixels", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The gradient of $W_1$ is $X^\top B$: the row of a pixel is a sum of products with this pixel's
# values. They are all 0 (the mean is 0, too), so the gradient is 0, and the weights stay the random
# numbers that they began as: noise in the corners, too small to be seen with `eps` $10^{-4}$,
# clearly seen with $10^{-1}$. With `reg` $\lambda$ the gradient is $2 \lambda W$, and each step
# multiplies them by $1 - 2 \eta \lambda$: they fade to 0. A test image that has ink there would
# meet these arbitrary weights.
#
# *Marking guide.* 1 point: gradient 0 because of the factor $X^\top$, so the weights stay as they
# began. 1 point: regularisation shrinks them towards 0.

# %% [markdown]
# ## What the bend is good for
#
# Three classes in the plane: a cloud, a ring around it, and a ring around both. No linear
# classifier separates them. Each hidden unit bends the plane along one line; how many does it take?

# %%
points = rings()
models = {}
for count in (2, 4, 30):
    start = two_layer_net.init_params(2, count, 3, eps=0.5)
    _, bent = two_layer_net.train_nn(
        start, *points, 3, lr=0.1, reg=1e-4, num_iters=3000, print_freq=0
    )
    models[f"{count} units"] = lambda X, bent=bent: two_layer_net.predict_nn(bent, X)
plots.regions(models, *points, "A cloud and two rings")

# %% [markdown]
# ### Question: without the ReLU
#
# Leave the ReLU out: $S = (X W_1 + b_1) W_2 + b_2$. Which regions could this net of 30 units draw?
# Which accuracy do you expect on the digits, compared with stage 2, and why can you say so before
# you try?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "without_relu", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Two linear maps in a row are one: $S = X (W_1 W_2) + (b_1 W_2 + b_2)$, a linear classifier with
# the weights $W_1 W_2$ and one bias. However many units it has, its regions are bounded by straight
# lines, each class in one convex piece: it can't cut out a ring. On the digits it reaches at best
# what the linear classifier of stage 2 reaches (and with fewer hidden units than classes less, for
# then $W_1 W_2$ has a low rank).
#
# *Marking guide.* 1 point: the product of two matrices is one matrix, with the formula. 1 point: so
# straight borders, and no better than stage 2.

# %% [markdown]
# ## Choosing the settings
#
# `tune_nn` tries learning rates, strengths of regularisation and numbers of hidden units, and
# judges on the validation set. Give it enough steps to leave the plateau.

# %%
# %autograder check tune_nn

# %%
_, best, results = two_layer_net.tune_nn(
    X_train, y_train, X_val, y_val, 10, [0.03, 0.1, 0.3], [1e-5], [5, 20, 60], num_iters=400
)
print("best (lr, reg, hidden units):", best)
plots.tuning(
    {(lr, units): share for (lr, _, units), share in results.items()},
    "Validation accuracy after 400 steps",
    "hidden units",
)

# %% [markdown]
# ## Longer
#
# Where do the accuracies on training and validation images part? Each round goes on from where the
# last one ended, with a seed of its own, so that it draws other batches.

# %%
longer = two_layer_net.init_params(784, 60, 10, eps=1e-2)
steps, train, validation = [], [], []
for part in range(10):
    _, longer = two_layer_net.train_nn(
        longer, X_train, y_train, 10, num_iters=500, seed=part, **setting
    )
    steps.append(500 * (part + 1))
    train.append(np.mean(two_layer_net.predict_nn(longer, X_train) == y_train))
    validation.append(np.mean(two_layer_net.predict_nn(longer, X_val) == y_val))
curves = {"60 units": tuple(map(np.array, (steps, train, validation)))}
plots.accuracy_curves(curves, "Longer training on MNIST")

# %%
answers = two_layer_net.predict_nn(longer, X_test)
print(f"{np.mean(answers == y_test):.1%} of the test set right")
plots.mistakes(digits.X_test, y_test, answers, names, "What is still wrong")

# %% [markdown]
# ## And then
#
# Load `fashion_mnist` in place of `mnist` and run all cells again: where do the two curves part
# now? `autograder train two_layer_net --plots plots` trains longer. The next stage gives pixels
# their neighbours back.
