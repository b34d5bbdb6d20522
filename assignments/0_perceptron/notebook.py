# %% [markdown]
# # Stage 0: Perceptron
#
# From one neuron that says yes or no to a small network that learns what no single one can. You
# write the parts in `perceptron.py`, the file beside this notebook, with the editor that you like;
# here you watch them work. The handout, `assignments/0_perceptron/README.md`, has the mathematics
# in full, the rules and the usual traps.
#
# How to go through it:
#
# 1. Read a section, write its function in `perceptron.py` and save. The notebook loads the file
#    anew by itself.
# 2. Run the cell with `%autograder check`: it says what is right, and what is wrong with the rest.
# 3. Run the cells below it and look at the pictures.
#
# A cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import numpy as np
import perceptron

from autograder import gradient_check
from autograder.training import best_line, noisy_xor, plots

# %% [markdown]
# ## One neuron
#
# It weighs its inputs, adds them up, and fires where the sum reaches the threshold:
#
# $$f(x) = 0 \quad \text{where} \quad \sum_d x_d w_d \lt \theta \qquad f(x) = 1 \quad \text{otherwise}$$
#
# Write `perceptron`, for one sample and for several. (The stage has the same name, so the function's
# check says `--only`. All other functions are checked by their names.)

# %%
# %autograder check perceptron --only perceptron

# %% [markdown]
# With two inputs, the points whose sum equals the threshold are a straight line. Move it and you
# have another gate. The dots are the four inputs of a gate, in the colour of its output.

# %%
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

w = np.array([1, 1])
gates = {
    "OR: weights 1, 1, threshold 1/2": lambda X: perceptron.perceptron(X, w, 0.5),
    "AND: weights 1, 1, threshold 3/2": lambda X: perceptron.perceptron(X, w, 1.5),
    "NAND: weights -1, -1, threshold -3/2": lambda X: perceptron.perceptron(X, -w, -1.5),
}
plots.regions(gates, corners, None, "Three gates, three lines (green: it fires)")

# %% [markdown]
# ## NAND, and all of logic
#
# The same line has many weights: twice as large ones, with twice the threshold, do the same. Write
# NAND with the weights -2 and -2.

# %%
# %autograder check nand

# %%
for a, b in corners.astype(int):
    print(f"nand({a}, {b}) = {perceptron.nand(a, b)}")

# %% [markdown]
# Four of them make XOR. The handout has the wiring.

# %%
# %autograder check xor

# %%
for a, b in corners.astype(int):
    print(f"xor({a}, {b}) = {perceptron.xor(a, b)}")

# %% [markdown]
# There is another way to it, which can be drawn: XOR is where OR and NAND both fire.

# %%
fires_or, _, fires_nand = gates.values()
halves = {"OR": fires_or, "NAND": fires_nand, "both": lambda X: fires_or(X) * fires_nand(X)}
plots.regions(halves, corners, None, "XOR: between two lines")

# %% [markdown]
# ### Question: no line for XOR
#
# One perceptron can't be XOR, whatever its weights and its threshold are. Write down what the four
# inputs demand of $w_0$, $w_1$ and $\theta$, and show that no numbers satisfy all of it. Why is
# there no contradiction to the picture above?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "no_line_for_xor", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The inputs 00 and 11 must not fire: $0 \lt \theta$ and $w_0 + w_1 \lt \theta$. The inputs 10 and
# 01 must: $w_0 \ge \theta$ and $w_1 \ge \theta$. The last two add up to $w_0 + w_1 \ge 2 \theta$,
# and since $\theta$ is above zero, $2 \theta \gt \theta$. So $w_0 + w_1 \gt \theta$, which the
# second one forbids. The picture shows several perceptrons, not one: two lines, and an AND that
# joins them. Its inputs are the outputs of others, and in these a line does divide the classes.
#
# *Marking guide.* 1 point: the four inequalities and the contradiction (a clean geometric argument
# counts too: the diagonals of the square cross). 1 point: several perceptrons in layers, the last
# one draws its line between other inputs than a and b.

# %% [markdown]
# ## A perceptron that learns
#
# So far you chose the weights. Now it finds them: where a sample is on the wrong side, or on the
# line, $w \leftarrow w + y_t x_t$. A column of ones gives it a threshold. Labels are -1 and 1.

# %%
# %autograder check train_perceptron

# %% [markdown]
# 200 points around the corners. First the classes are the two sides of a line; all the perceptron
# has to do is to find it, or another one that does. Here it is after so many epochs:

# %%
X, y = noisy_xor(200, seed=2)
X1 = np.hstack([X, np.ones((len(X), 1))])
above = (X.sum(axis=1) > 0.5).astype(int)

after = {}
for epochs in (1, 4, 100):
    line, divided = perceptron.train_perceptron(X1, 2 * above - 1, max_epochs=epochs)
    name = f"after {len(divided)} epoch{'s' * (len(divided) > 1)}"
    after[name] = lambda X, line=line: (X @ line[:2] + line[2] > 0).astype(int)
print("mistakes in each epoch:", divided)
plots.regions(after, X, above, "Classes that a line divides")

# %% [markdown]
# Now the same points with XOR of their corner as the class, the *noisy XOR problem*. What will the
# mistakes do?

# %%
_, never = perceptron.train_perceptron(X1, 2 * y - 1, max_epochs=50)
updates = [*divided, *[0] * (len(never) - len(divided))]  # after a clean epoch all would be clean
plots.lines(
    range(1, len(never) + 1),
    {"a line divides them": updates, "XOR": never},
    "The perceptron's mistakes",
    "epoch",
    "updates",
)

# %% [markdown]
# It turns its line for ever. Is the rule to blame? `best_line` tries thousands of lines and takes
# the one that is right most often:

# %%
last, _ = perceptron.train_perceptron(X1, 2 * y - 1, max_epochs=50)
linear = {
    name: lambda X, line=line: (X @ line[:2] + line[2] > 0).astype(int)
    for name, line in {"perceptron": last, "best line": best_line(X, y)}.items()
}
plots.regions(linear, X, y, "Straight lines on noisy XOR")

# %% [markdown]
# Three corners of four, 75 %: no linear model does better, however it is trained.

# %% [markdown]
# ### Question: the last line
#
# Look at the line after the last epoch, where the classes are two sides of a line. How close does it
# come to points of either class? Why does the perceptron's rule not move it into the middle, and
# what does that mean for points that it has not seen?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "last_line", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# It passes very close to some points. The rule changes something only where a sample is wrong, and
# then only a little; as soon as every sample is right, however narrowly, an epoch is clean and it
# stops. Which of the many dividing lines it stops at depends on the order of the samples, and not
# on the width of the gap. A new point that lies a little beyond the outermost training points may
# already be on the wrong side, so there will be mistakes on new points, although there is none on
# the training set. (The hinge loss of stage 2 asks for a margin.)
#
# *Marking guide.* 1 point: only mistakes move the line, so it stops at the first one that divides,
# close to points. 1 point: no margin, so new points near the edge of a class may be wrong.

# %% [markdown]
# ## A softer step
#
# Two layers can do it, as the gates show, but who tells the first layer what to put out? The step
# of a perceptron gives no hint: move a weight a little, and mostly nothing changes at all. The
# sigmoid is a step with a slope:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \qquad \sigma'(z) = \sigma(z) (1 - \sigma(z))$$
#
# Mind that $e^{1000}$ overflows.

# %%
# %autograder check sigmoid

# %%
# %autograder check sigmoid_grad

# %%
z = np.linspace(-8, 8, 201)
plots.lines(
    z,
    {
        "perceptron": perceptron.perceptron(z.reshape(-1, 1), np.ones(1), 0.0),
        "sigmoid": perceptron.sigmoid(z),
        "slope of the sigmoid": perceptron.sigmoid_grad(z),
    },
    "A step, and a step with a slope",
    "z",
    "",
)

# %% [markdown]
# ## The chain rule, node by node
#
# How does the error at the end depend on a weight in the beginning? Take the computation apart into
# nodes. For $f = (x + y) z$: $q = x + y$, then $f = q z$. Forward for the values, then backward: a
# node multiplies what comes from above by its own slope. With $x = -2$, $y = 5$, $z = -4$:
#
# ```
# x = -2 ──┐  -4                   value above the wire
#          ├─ + ── q = 3 ──┐ -4    slope of f below it, or beside it
# y =  5 ──┘  -4           ├─ × ── f = -12
# z = -4 ──────────────────┘  3
# ```

# %%
# %autograder check graph_gradients

# %%
f, gradient = perceptron.graph_gradients(-2.0, 5.0, -4.0)
print(f"f = {f}, slopes {gradient}")
nearby = perceptron.graph_gradients(-2.0, 5.0, -4.0 + 1e-6)[0]
print(f"z moved by a millionth, f changes by {(nearby - f) / 1e-6:.4f} millionths")

# %% [markdown]
# ### One weight's update, as in class
#
# Two inputs, two sigmoid hidden units, a linear output $o = h \cdot v$ and the error
# $E = \frac{1}{2} (o - t)^2$. The path from $E$ back to the first weight has four nodes, and the
# slope is the product of theirs:
#
# $$\frac{\partial E}{\partial W_{00}} = (o - t) \cdot v_0 \cdot \sigma'(z_0) \cdot x_0$$

# %%
x, W = np.array([1.0, 0.0]), np.array([[0.5, -1.0], [1.5, 2.0]])
b, v = np.array([-0.5, 1.0]), np.array([2.0, -1.0])
target, lr = 1.0, 0.5
inputs = x @ W + b
output = perceptron.sigmoid(inputs) @ v
slope = (output - target) * v[0] * perceptron.sigmoid_grad(inputs)[0] * x[0]
print(f"z = {inputs}, o = {output}, slope of E with respect to W[0, 0]: {slope}")
print(f"W[0, 0] changes by {-lr * slope}")
W[0, 0] -= lr * slope
print(f"o is now {perceptron.sigmoid(x @ W + b) @ v:.4f}; the target is {target}")

# %% [markdown]
# ## A small network
#
# Two inputs, $H$ hidden units, one output, with sigmoids in both layers. The first weights are
# random. How large they are is up to you; that they differ is not.

# %%
# %autograder check init_xor

# %%
# %autograder check xor_forward

# %% [markdown]
# Each hidden unit is one soft line, and before any training they lie anywhere:

# %%
params = perceptron.init_xor(4)
units = {
    f"hidden unit {n + 1}": plots.on_plane(
        lambda X, n=n: perceptron.xor_forward(params, X)[1][:, n], X
    )
    for n in range(4)
}
plots.fields(units, X, y, "Before training")

# %% [markdown]
# ## The way back
#
# The loss is half the mean of the squared errors, $L = \frac{1}{2 N} \sum_n (y_n - a_n)^2$. Its
# gradient takes the same four steps as in class, for all weights and all samples at once; the output
# has a sigmoid here too, which is one node more:
#
# $$\delta_2 = \frac{1}{N} (a - y) \odot a \odot (1 - a) \qquad \delta_1 = (\delta_2 W_2^\top) \odot h \odot (1 - h)$$
#
# $$\frac{\partial L}{\partial W_2} = h^\top \delta_2 \qquad \frac{\partial L}{\partial W_1} = X^\top \delta_1$$

# %%
# %autograder check xor_loss

# %%
_, grads = perceptron.xor_loss(params, X, y)
for name, value in params.items():
    agreement = gradient_check(
        lambda changed, name=name: perceptron.xor_loss({**params, name: changed}, X, y)[0],
        value,
        grads[name],
    )
    print(f"{name}: {agreement}")

# %% [markdown]
# ## Learning XOR

# %%
# %autograder check train_xor

# %% [markdown]
# Networks of 1, 2, 4 and 8 hidden units learn from the 200 points.

# %%
trained = {
    f"{size} hidden": perceptron.train_xor(perceptron.init_xor(size), X, y, lr=4.0, num_iters=2000)
    for size in (1, 2, 4, 8)
}
plots.compare_losses(
    {name: losses for name, (losses, _) in trained.items()}, "Noisy XOR", "network", ordered=True
)

# %% [markdown]
# The loss soon is at 1/8, as it is where every output is 1/2, stays level for a while, and falls
# when the hidden units have found different things to do. What did each network learn?

# %%
networks = {
    name: lambda X, found=found: perceptron.xor_forward(found, X)[0].ravel()
    for name, (_, found) in trained.items()
}
learnt = {name: plots.on_plane(network, X) for name, network in networks.items()}
plots.fields(learnt, X, y, "What networks say, and where they are undecided")

# %%
new_X, new_y = noisy_xor(1000, seed=3)
for name, network in networks.items():
    right = np.mean((network(new_X) > 0.5) == new_y)
    print(f"{name}: {right:.1%} of 1,000 new points right")
print(f"best line: {np.mean(linear['best line'](new_X) == new_y):.1%}")

# %% [markdown]
# With one hidden unit the edge is a straight line, and the network is a linear model in disguise:
# three corners at best. Now look at the hidden units of the network that has four:

# %%
_, four = trained["4 hidden"]
units = {
    f"hidden unit {n + 1}": plots.on_plane(
        lambda X, n=n: perceptron.xor_forward(four, X)[1][:, n], X
    )
    for n in range(4)
}
plots.fields(units, X, y, "After training")

# %% [markdown]
# ### Question: what the hidden units do
#
# Compare this picture with that of the untrained units, and with OR and NAND above. Which line or
# lines of the plane do the hidden units draw, and what has the output left to do? How many
# of the four units would be enough?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "hidden_units_of_xor", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Each unit is one soft line; in training these lines move from anywhere to between the clusters. At
# least two different lines remain: with the usual result one cuts off the corner (0, 0) and one the
# corner (1, 1), as OR and NAND do (or they cut off (0, 1) and (1, 0)). Among the outputs of the
# hidden units one line divides the classes: the output layer is an AND of the two, itself a soft
# perceptron. Two units are enough. In the picture some units draw nearly the same line, or one
# that contributes little; but more units are more chances that two of them start in useful places.
#
# *Marking guide.* 1 point: two lines that cut off two opposite corners, the output joins them. 1
# point: two units are enough in principle, with a reason from the picture (doubled or idle units). A
# description of the student's own picture counts, it may differ from this one.

# %% [markdown]
# ## An experiment: equal weights
#
# What if all weights start equal?

# %%
equal = {name: np.full_like(value, 0.5) for name, value in perceptron.init_xor(4).items()}
losses, same = perceptron.train_xor(equal, X, y, lr=4.0, num_iters=2000)
print("W1 after training:\n", same["W1"].round(3))
plots.compare_losses(
    {"random": trained["4 hidden"][0], "equal": losses}, "Four hidden units", "first weights"
)

# %% [markdown]
# ### Question: four units or one
#
# After 2,000 steps the four columns of `W1` are still the same. Show from the formulae of the way
# back that they have to be. Which of the networks above can this one be at best?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "equal_weights", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# If the columns of W1, the entries of b1 and those of W2 are equal, so are the columns of h. Then
# the columns of $\delta_1 = (\delta_2 W_2^\top) \odot h \odot (1 - h)$ are equal, hence those of
# dW1 and the entries of db1, and the entries of $dW_2 = h^\top \delta_2$ are equal because the
# columns of h are. A step changes equal things by equal amounts, so by induction they are equal
# after every step. Four equal units with the output weight v each are one unit with the weight 4 v:
# the network can be no more than the one with 1 hidden unit, whose edge is a straight line, 75 %.
#
# *Marking guide.* 1 point: equal columns get equal gradients, so a step keeps them equal. 1 point:
# it is as good as one hidden unit, and that draws one line.

# %% [markdown]
# ## And then
#
# `autograder check` tells what is complete. `autograder train perceptron --plots plots` trains all
# of this and keeps the pictures. The next stages turn to images: first with no learning at all,
# then with lines in 784 dimensions, then with hidden units again.
