# %% [markdown]
# # Stage 5: Training deep networks
#
# Deep networks can say more, and are harder to train. In `deep_training.py`, the file beside this
# notebook, you write what helps: activations, first weights, losses, penalties, batch
# normalisation, dropout, rules of descent, residual blocks, augmentation, and a network of any
# depth that puts them together. The handout, `assignments/5_deep_training/README.md`, has the
# formulas, a misprint to beware of, and the traps.
#
# Read a section, write its function, save, run its `%autograder check`, then the cells below it. A
# cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import deep_training
import numpy as np

from autograder import datasets, gradient_check
from autograder.training import gradients, half_moons, plots, quiz, signals

# %% [markdown]
# ## Dense layers, once more
#
# As in stage 4; copy your own if you like.

# %%
# %autograder check affine_forward

# %%
# %autograder check affine_backward

# %% [markdown]
# ## Activations
#
# Each has a way forward and a way back. First the two that squash:
#
# $$s(x) = \frac{1}{1 + e^{-x}} \qquad s' = s (1 - s) \qquad \tanh' = 1 - \tanh^2$$

# %%
# %autograder check sigmoid_forward

# %%
# %autograder check sigmoid_backward

# %%
# %autograder check tanh_forward

# %%
# %autograder check tanh_backward

# %% [markdown]
# Then those that bend at 0. At the kink the slope is that from the left.

# %%
# %autograder check relu_forward

# %%
# %autograder check relu_backward

# %%
# %autograder check leaky_relu_forward

# %%
# %autograder check leaky_relu_backward

# %%
# %autograder check elu_forward

# %%
# %autograder check elu_backward

# %%
x = np.linspace(-4, 4, 200)
bends = ("sigmoid", "tanh", "relu", "leaky_relu", "elu")
curves = {name: getattr(deep_training, f"{name}_forward")(x) for name in bends}
plots.lines(x, curves, "Activations", "x", "value")

# %%
ones = np.ones_like(x)
slopes = {name: getattr(deep_training, f"{name}_backward")(ones, x) for name in bends}
plots.lines(x, slopes, "Their slopes", "x", "slope")

# %% [markdown]
# ### Question: slopes
#
# What is the largest slope of the sigmoid, and of the tanh? A gradient passes 20 layers of sigmoids
# on its way back: by what factor is it multiplied at most, if the weights are left aside? And with
# ReLUs?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "slopes", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The sigmoid's largest slope is 1/4, at 0; the tanh's is 1, at 0 alone. Twenty sigmoids multiply the
# gradient by at most $4^{-20}$, about $10^{-12}$: the first layers learn nothing. A ReLU multiplies
# by 1 or by 0: along a path of units that are active nothing is lost, and other paths are closed
# altogether, which is its own danger (dead units).
#
# *Marking guide.* 1 point: 1/4 and 1, and a factor of $4^{-20}$ at most. 1 point: a ReLU passes 1 or 0,
# so active paths keep the gradient.

# %% [markdown]
# Maxout has no fixed shape: it takes the largest of K dense layers.

# %%
# %autograder check maxout_forward

# %%
# %autograder check maxout_backward

# %% [markdown]
# The adaptive piecewise linear unit learns where it bends and how steeply:
#
# $$h(x) = \max(0, x) + \sum_s a_s \max(0, b_s - x)$$

# %%
# %autograder check apl_forward

# %%
# %autograder check apl_backward

# %%
a, b = np.array([[0.2], [-0.5]]), np.array([[1.0], [-1.0]])
bent = deep_training.apl_forward(x[:, None], a, b)[:, 0]
plots.lines(x, {"a = 0.2, -0.5; b = 1, -1": bent}, "A unit that has learnt to bend", "x", "value")

# %% [markdown]
# ## First weights
#
# A number that sums $n$ products has $n$ times the variance of one of them. So the variance of the
# weights decides whether a signal grows or fades from layer to layer.

# %%
# %autograder check init_normal

# %%
# %autograder check init_xavier

# %%
# %autograder check init_he

# %% [markdown]
# The variance of the activations in 20 layers of 100 units, with ReLU and with tanh:

# %%
draws = {
    "normal, 0.01": deep_training.init_normal,
    "Xavier": deep_training.init_xavier,
    "He": deep_training.init_he,
}
plots.by_depth(signals(deep_training, draws), "A signal on its way through ReLUs", "variance")

# %%
through_tanh = signals(deep_training, draws, "tanh")
plots.by_depth(through_tanh, "A signal on its way through tanh", "variance")

# %% [markdown]
# ### Question: first weights
#
# Why does the signal of Xavier's weights fade through ReLUs, and by which factor in each layer?
# Which of the three curves in the second picture is best for tanh, and why does the signal not grow
# without bound there?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "first_weights", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# With $n_{in} = n_{out} = n$ Xavier's variance is $1/n$, which keeps the mean square of a sum. The ReLU
# then throws away the negative half, so that half of the mean square is left: a factor of 1/2 in each
# layer, $2^{-20}$ after 20. He's 2 makes up for it. Through tanh, Xavier's signal shrinks slowly,
# because tanh is nearly linear near 0 and flatter elsewhere; He's is larger and sits nearer to the
# flat ends, where the gradient is small. It cannot grow, since tanh stays between -1 and 1.
#
# *Marking guide.* 1 point: a factor of 1/2, because the ReLU drops half of the mean square. 1 point:
# Xavier (or He with the remark on saturation), and the bound of tanh.

# %% [markdown]
# ## Losses
#
# Half the mean squared error first, then the cross-entropy of probabilities of two classes.

# %%
# %autograder check mse_loss

# %%
# %autograder check binary_cross_entropy

# %% [markdown]
# Of the sigmoid of a score it becomes simpler. By the chain rule
#
# $$\frac{\partial L}{\partial z} = \frac{a - y}{a (1 - a)} \cdot a (1 - a) = a - y$$
#
# The slope of the sigmoid cancels, and what the check `the_derivative_cancels` proves on numbers is
# why a unit that is certain and wrong still learns.

# %%
# %autograder check sigmoid_cross_entropy

# %%
z = np.linspace(-8, 8, 200)
a = deep_training.sigmoid_forward(z)
both = {
    "squared error": (a - 1) * a * (1 - a),
    "cross-entropy": np.array(
        [deep_training.sigmoid_cross_entropy(one, np.array([1]))[1][0] for one in z[:, None]]
    ),
}
plots.lines(z, both, "Gradient of a sample of label 1", "score z", "gradient")

# %%
# %autograder check softmax_cross_entropy

# %% [markdown]
# ## Penalties
#
# Large weights cost by their squares, or by their magnitudes; biases cost nothing.

# %%
# %autograder check l2_penalty

# %%
# %autograder check l1_penalty

# %% [markdown]
# ## Batch normalisation
#
# $$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \qquad y = \gamma \hat x + \beta$$
#
# column by column, with the mean and the variance of the mini-batch in training, and their running
# averages afterwards.

# %%
# %autograder check batchnorm_train

# %%
# %autograder check batchnorm_test

# %% [markdown]
# On the way back, $x$ is in the output three times: itself, in the mean, and in the variance.

# %%
# %autograder check batchnorm_backward

# %%
rng = np.random.default_rng(0)
batch, R = rng.standard_normal((6, 3)) * [1, 5, 0.2] + [0, 7, -3], rng.standard_normal((6, 3))
scale, shift, rest = rng.standard_normal(3), rng.standard_normal(3), (np.zeros(3), np.ones(3))
dbatch, _, _ = deep_training.batchnorm_backward(R, batch, scale, shift)
gradient_check(
    lambda x: np.sum(R * deep_training.batchnorm_train(x, scale, shift, *rest)[0]), batch, dbatch
)

# %%
normed, _, _ = deep_training.batchnorm_train(batch, np.ones(3), np.zeros(3), *rest)
plots.grids({"batch": batch, "normalised": normed}, "Three columns, six samples")

# %% [markdown]
# ## Dropout

# %%
# %autograder check dropout_forward

# %%
# %autograder check dropout_backward

# %%
quiet = deep_training.dropout_forward(np.ones((6, 8)), 0.5, seed=1)
plots.grids({"mask of dropout, p = 0.5": quiet}, "What stays is made louder")

# %% [markdown]
# ## Rules of descent
#
# A rule takes a parameter, its gradient and what it remembers, and returns the new parameter and
# what it remembers then.

# %%
# %autograder check sgd

# %%
# %autograder check momentum

# %%
# %autograder check rmsprop

# %% [markdown]
# One lecture prints Adam's first moment with a squared gradient. That is a misprint: then no step
# could ever go up. Kingma and Ba have $m \leftarrow \beta_1 m + (1 - \beta_1) g$.

# %%
# %autograder check adam

# %% [markdown]
# Down a long valley, $f = \frac{1}{2} (u^2 + 20 v^2)$, from (-4, 1). Which rule runs straight?

# %%
rules = {
    "sgd": (deep_training.sgd, 0.09),
    "momentum": (deep_training.momentum, 0.02),
    "rmsprop": (deep_training.rmsprop, 0.1),
    "adam": (deep_training.adam, 0.2),
}
heights = {}
for name, (rule, lr) in rules.items():
    at, state, heights[name] = np.array([-4.0, 1.0]), {}, []
    for _ in range(60):
        heights[name].append(0.5 * (at[0] ** 2 + 20 * at[1] ** 2))
        at, state = rule(at, np.array([1, 20]) * at, state, lr=lr)
plots.lines(range(60), heights, "Four rules in a long valley", "step", "height", log="y")

# %% [markdown]
# ## Residual blocks
#
# Two layers say what to *add* to their input. If they say nothing, the input passes.

# %%
# %autograder check residual_forward

# %%
# %autograder check residual_backward

# %% [markdown]
# ## Augmentation
#
# A digit that is moved, turned or scaled a little is the same digit. Why not tell the network?

# %%
# %autograder check shift_images

# %%
# %autograder check flip_images

# %%
# %autograder check warp_images

# %%
# %autograder check rotate_images

# %%
# %autograder check scale_images

# %%
# %autograder check add_noise

# %%
digits = datasets.load("mnist")
eight = datasets.as_images(digits.X_train[:8]).astype(float)
guises = {
    "as it is": eight,
    "shifted": deep_training.shift_images(eight, 3, -4),
    "flipped": deep_training.flip_images(eight),
    "turned": deep_training.rotate_images(eight, 20.0),
    "scaled": deep_training.scale_images(eight, 1.3),
    "noise": deep_training.add_noise(eight, 0.1),
}
shown = [np.clip(255 * images[:, 0], 0, 255).astype(np.uint8) for images in guises.values()]
which = np.repeat(np.arange(len(guises)), 8)
plots.samples(np.concatenate(shown), which, list(guises), "Eight digits in six guises", 8)

# %% [markdown]
# ### Question: which guises?
#
# Which of these five changes would you use for digits, which for photographs of clothes, and which
# of them would teach the network something wrong? Why is noise no substitute for shifting?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "guises", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# For digits: small shifts, small turns, small changes of scale, a little noise. Not flips, for a
# mirrored 2 is no 2, and no large turns: a 6 becomes a 9. For clothes flips are right, since a shoe
# may point either way. Noise changes each pixel a little by itself; a shift changes many pixels much
# and all together, which is what differs between two people's handwriting. A network that is not
# confused by noise may still be confused by a shift.
#
# *Marking guide.* 1 point: no flips and no large turns for digits, flips for clothes. 1 point: noise
# is small and independent, a shift moves far in the space of pixels.

# %% [markdown]
# ## Many workers
#
# Each worker finds the gradient of its own samples. Put together rightly, they are the gradient of
# the whole batch.

# %%
# %autograder check average_gradients

# %% [markdown]
# ## A network of any depth

# %%
# %autograder check init_net

# %%
# %autograder check net_forward

# %%
# %autograder check net_loss

# %% [markdown]
# How large is the gradient of each layer, before the first step? Twenty layers of 32 units:

# %%
nets = {
    "sigmoid, Xavier": {"init": "xavier", "activation": "sigmoid"},
    "tanh, Xavier": {"init": "xavier", "activation": "tanh"},
    "ReLU, normal": {"init": "normal"},
    "ReLU, He": {},
    "ReLU, twice He's": {"scale": 2.0},
    "ReLU, He, batchnorm": {"batchnorm": True},
    "ReLU, He, skip": {"skip": True},
}
plots.by_depth(gradients(deep_training, nets), "Gradients by layer", "gradient of the weights")

# %% [markdown]
# ### Question: vanishing and exploding
#
# Which of the networks has gradients that vanish towards the first layer, and which has large ones
# everywhere? What would one learning rate for all layers do to each? What does batchnorm change?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "vanishing", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# With sigmoids the gradient shrinks from layer to layer by 1/4 or more and is next to nothing at the
# first ones; with normal weights of 0.01 nothing passes in either direction. Where it vanishes, a
# learning rate that suits the last layer leaves the first as they are. With weights twice as large as
# He's, everything doubles from layer to layer, and the gradients explode; with skip and He's weights
# signal and gradient add up and become large, too: a learning rate that suits plain layers makes
# both diverge. Batchnorm brings every layer's numbers back to the same scale: gradients
# grow a little towards the first layer, but stay within a factor of some twenty, where the sigmoids
# lost eleven orders of magnitude, so that one learning rate fits all layers.
#
# *Marking guide.* 1 point: names of the vanishing and the large ones, with the factor. 1 point: what
# one learning rate does, and that batchnorm keeps it in bounds.

# %%
# %autograder check train_net

# %%
# %autograder check predict_net

# %% [markdown]
# Half moons, and networks of three kinds that learn where the border is:

# %%
X, y = half_moons(200, noise=0.2)
models = {}
for name, dims, chosen in (
    ("no hidden layer", (2, 2), {}),
    ("four layers", (2, 32, 32, 32, 2), {}),
    ("four layers, L2", (2, 32, 32, 32, 2), {"l2": 3e-3}),
):
    start = deep_training.init_net(dims)
    _, *learnt = deep_training.train_net(*start, X, y, lr=0.01, num_iters=400, **chosen)
    models[name] = lambda X, learnt=learnt: deep_training.predict_net(*learnt, X)
plots.regions(models, X, y, "Half moons")

# %% [markdown]
# The quiz of the lecture: each network gets 100 steps of plain descent. Which learning rate is best
# for which width? Where does each curve turn up?

# %%
rates = [0.001, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0]
found = quiz(deep_training, rates, [2, 8, 32, 128])
plots.lines(rates, found, "Half moons, after 100 steps", "learning rate", "loss", log="xy")

# %% [markdown]
# ## By heart
#
# 200 digits are few: a deep network learns them by heart and is lost on others. Penalty, dropout and
# augmentation each make that harder.

# %%
few = 200
rows, labels = datasets.flatten(digits.X_train[:few]), digits.y_train[:few].astype(int)
X_val, y_val = datasets.flatten(digits.X_val), digits.y_val.astype(int)
start = deep_training.init_net((784, 64, 64, 10))
remedies = {"plain": {}, "L2": {"l2": 2e-3}, "dropout": {"p": 0.5}, "augmentation": {}}
rounds, accuracies = 20, {}
for name, remedy in remedies.items():
    learnt, by_heart, new = start, [], []
    for step in range(rounds):
        images = rows
        if name == "augmentation":  # another small move in each round
            draws = np.random.default_rng(step)
            images = rows.reshape(-1, 1, 28, 28)
            images = deep_training.shift_images(images, *(int(n) for n in draws.integers(-2, 3, 2)))
            images = deep_training.rotate_images(images, draws.uniform(-10, 10)).reshape(few, -1)
        _, *learnt = deep_training.train_net(
            *learnt, images, labels, **remedy, num_iters=30, seed=step
        )
        by_heart.append(np.mean(deep_training.predict_net(*learnt, rows) == labels))
        new.append(np.mean(deep_training.predict_net(*learnt, X_val) == y_val))
    accuracies[name] = new
    print(f"{name}: {by_heart[-1]:.1%} of the digits learnt, {new[-1]:.1%} of new ones")
steps = 30 * np.arange(1, rounds + 1)
plots.lines(steps, accuracies, "200 digits: accuracy on new ones", "step", "accuracy")

# %% [markdown]
# ## And then
#
# `autograder train deep_training --plots plots` does the last experiment at length, and measures
# signals, gradients and learning rates once more.
