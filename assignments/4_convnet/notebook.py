# %% [markdown]
# # Stage 4: Convolutional networks
#
# Pixels get their neighbours back. You write the layers of a convolutional network in `convnet.py`,
# the file beside this notebook, each with its way forward and its way back, and put them together
# twice: to a small network, and to LeNet-5. The handout, `assignments/4_convnet/README.md`, has the
# formulas, the order of the gradients and the traps.
#
# Read a section, write its function, save, run its `%autograder check`, then the cells below it. A
# cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import convnet
import numpy as np

from autograder import datasets, gradient_check
from autograder.training import plots, seconds_of

# %% [markdown]
# ## The data
#
# The layers want images of shape $(N, C, H, W)$; a grey image has one channel. Half the precision,
# `float32`, is enough here and takes half the time.

# %%
digits = datasets.load("mnist")
names = digits.class_names
splits = (digits.X_train, digits.X_val, digits.X_test)
X_train, X_val, X_test = (datasets.as_images(X).astype(np.float32) for X in splits)
y_train, y_val, y_test = (y.astype(int) for y in (digits.y_train, digits.y_val, digits.y_test))
print("training", X_train.shape, X_train.dtype, " validation", X_val.shape, " test", X_test.shape)
plots.samples(digits.X_train, y_train, names, "Ten digits of each class")

# %% [markdown]
# ## Sizes
#
# A side of length $i$ with $p$ zeros at both ends, a kernel of length $k$, steps of $s$:
#
# $$o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1$$
#
# Where the kernel does not fit at all, the answer is a `ValueError`.

# %%
# %autograder check conv_output_size

# %%
for kernel, pad, stride in ((5, 2, 1), (5, 0, 1), (3, 1, 2), (2, 0, 2)):
    size = convnet.conv_output_size(28, kernel, pad, stride)
    print(f"28 with kernel {kernel}, pad {pad}, stride {stride}: {size}")

# %% [markdown]
# ## Parameters
#
# A filter spans all input channels and has one bias, whatever the size of the image: $c_{out}
# (c_{in} k^2 + 1)$.

# %%
# %autograder check count_conv_params

# %% [markdown]
# A dense layer joins everything with everything: $n_{out} (n_{in} + 1)$.

# %%
# %autograder check count_dense_params

# %%
maps = 6 * 28 * 28
print("6 filters of 5 × 5:     ", f"{convnet.count_conv_params(1, 6, 5):>9,} parameters")
print("a dense layer instead:  ", f"{convnet.count_dense_params(28 * 28, maps):>9,} parameters")

# %% [markdown]
# ### Question: few parameters
#
# Both layers above make 6 maps of 28 × 28 numbers from one image. What does a convolution assume
# about images to get by with so few parameters? Name data for which the assumption is wrong.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "few_parameters", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Two things: what matters in a pixel's surroundings is *near* it (a filter sees 5 × 5 pixels only),
# and a pattern means the same *wherever* it stands (the same weights are used at all places). A
# dense layer assumes neither and has to learn each pattern for each place anew. It is wrong where
# neighbours mean nothing or places differ: the columns of a table of patients, images with shuffled
# pixels, and partly passport photographs, where the eyes are always at the same place.
#
# *Marking guide.* 1 point: nearness and the same weights everywhere (half a point each). 1 point:
# data without neighbourhood, or where the place matters, with a reason.

# %% [markdown]
# ## Convolution, with loops
#
# For sample $n$, filter $f$ and place $(i, j)$, with $\bar x$ the padded image:
#
# $$z_{nfij} = b_f + \sum_{c, r, q} \bar x_{n, c, is + r, js + q} w_{fcrq}$$

# %%
# %autograder check conv_forward_naive

# %% [markdown]
# The lecture's example. The filter likes a bright column between dark ones; compute one number of
# the result by hand.

# %%
image = np.array([[0.0, 1, 0, 1], [0, 1, 0, 1], [1, 1, 1, 1], [0, -2, 0, -2]])
stripe = np.tile([-0.5, 1.0, -0.5], (3, 1))
found = convnet.conv_forward_naive(image[None, None], stripe[None, None], np.zeros(1))
plots.grids({"image": image, "filter": stripe, "result": found[0, 0]}, "One filter on one image")

# %% [markdown]
# ## Convolution, fast
#
# The same without a loop over samples; one over the cells of the kernel is allowed. What does one
# cell of the kernel meet, at all places together?

# %%
# %autograder check conv_forward

# %%
rng = np.random.default_rng(0)
few, six = X_train[:5], rng.standard_normal((6, 1, 5, 5)).astype(np.float32)
zeros = np.zeros(6, np.float32)
slow = convnet.conv_forward_naive(few, six, zeros, pad=2)
fast = convnet.conv_forward(few, six, zeros, pad=2)
print("same result:", np.allclose(slow, fast, atol=1e-5))
plots.times(
    {
        "with loops": seconds_of(convnet.conv_forward_naive, few, six, zeros, 1, 2, repeats=1),
        "without": seconds_of(convnet.conv_forward, few, six, zeros, 1, 2),
    },
    "6 filters of 5 × 5 on 5 images",
)

# %% [markdown]
# The lecture's X, and three filters that look for its parts. The sum over a window, divided by 9,
# is 1 where a filter fits exactly.

# %%
cross_9 = 2 * np.maximum(np.eye(9), np.eye(9)[::-1]) - 1
cross_9[[0, -1]] = cross_9[:, [0, -1]] = -1
down, both = 2 * np.eye(3) - 1, 2 * np.maximum(np.eye(3), np.eye(3)[::-1]) - 1
strokes = np.array([down, both, down[::-1]])[:, None] / 9
x_maps = convnet.conv_forward(cross_9[None, None], strokes, np.zeros(3))[0]
plots.grids(
    {"image": cross_9, "diagonal": x_maps[0], "cross": x_maps[1], "other diagonal": x_maps[2]},
    "Where in the X is which stroke?",
)

# %% [markdown]
# ## Convolution, back
#
# Every term of the sum is a pixel times a weight, so each gets the other one as its factor. A pixel
# lies in many windows, and a weight meets many pixels: gradients add up.

# %%
# %autograder check conv_backward

# %% [markdown]
# To test a backward function alone, take $L = \sum R z$ with random numbers $R$ as the loss: then
# `dout` is $R$.

# %%
x, w, b = (rng.standard_normal(shape) for shape in ((2, 3, 6, 7), (4, 3, 3, 2), (4,)))
R = rng.standard_normal(convnet.conv_forward(x, w, b, 2, 1).shape)
dx, dw, db = convnet.conv_backward(R, x, w, b, 2, 1)
print("x:", gradient_check(lambda x: np.sum(R * convnet.conv_forward(x, w, b, 2, 1)), x, dx))
print("w:", gradient_check(lambda w: np.sum(R * convnet.conv_forward(x, w, b, 2, 1)), w, dw))
print("b:", gradient_check(lambda b: np.sum(R * convnet.conv_forward(x, w, b, 2, 1)), b, db))

# %% [markdown]
# ## Pooling: the largest of each window

# %%
# %autograder check max_pool_forward

# %% [markdown]
# On the way back the whole gradient goes to the pixel that was the largest; of equal ones, to the
# first.

# %%
# %autograder check max_pool_backward

# %%
small = np.array([[1.0, 3, 2, 2], [4, 0, 2, 1], [5, 1, 0, 0], [2, 6, 0, 0]])
ones = np.ones((1, 1, 2, 2))
plots.grids(
    {
        "maps": small,
        "max pool": convnet.max_pool_forward(small[None, None])[0, 0],
        "gradient, if dout is 1": convnet.max_pool_backward(ones, small[None, None])[0, 0],
    },
    "Max pooling, there and back",
)

# %% [markdown]
# ## Pooling: the mean of each window

# %%
# %autograder check avg_pool_forward

# %% [markdown]
# Here all pixels of a window had the same say, and share the gradient.

# %%
# %autograder check avg_pool_backward

# %%
plots.grids(
    {
        "maps": small,
        "mean pool": convnet.avg_pool_forward(small[None, None])[0, 0],
        "gradient, if dout is 1": convnet.avg_pool_backward(ones, small[None, None])[0, 0],
    },
    "Mean pooling, there and back",
)

# %% [markdown]
# ### Question: where does the gradient go?
#
# Compare the two pictures. Why does max pooling send the whole gradient to one pixel and mean
# pooling to all? Look at the lower right window, with its four equal numbers: what would go wrong
# if each of them got the whole gradient? Why is that no rare case after a ReLU?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "pool_gradient", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# A gradient says by how much the output changes if a pixel changes by a little. The maximum follows
# the largest pixel with slope 1, the others could change and it would not notice; the mean follows
# each of $k^2$ pixels with slope $1 / k^2$. If four equal numbers all got the whole gradient, four
# times as much would come out of the window as went in, and a step would be four times too large.
# After a ReLU whole windows are 0, so ties are everywhere, above all in the paper around a digit.
#
# *Marking guide.* 1 point: slopes 1 and $1 / k^2$, or the same in words. 1 point: with ties the
# gradient would be counted several times, and zeros after a ReLU are ties.

# %% [markdown]
# ## ReLU

# %%
# %autograder check relu_forward

# %%
# %autograder check relu_backward

# %% [markdown]
# Filters need not be learnt to be of use. These four answer to edges: ink that ends at its upper,
# lower, left or right side. Which is which? Your layers make the maps.

# %%
edge = np.tile([[1.0], [0.0], [-1.0]], (1, 3))
edges = np.array([-edge, edge, -edge.T, edge.T])[:, None]
edge_maps = convnet.relu_forward(convnet.conv_forward(X_test[:1], edges, np.zeros(4), pad=1))
pooled = convnet.max_pool_forward(edge_maps)
plots.feature_maps(digits.X_test[0], edges, edge_maps[0], pooled[0], "Four edges, made by hand")

# %% [markdown]
# ## Dense layers
#
# Each sample is flattened to a row, then $Z = X W + b$, and back
#
# $$\frac{\partial L}{\partial X} = G W^\top \qquad \frac{\partial L}{\partial W} = X^\top G \qquad \frac{\partial L}{\partial b} = \sum_i G_i$$

# %%
# %autograder check affine_forward

# %% [markdown]
# At the end of the way back, `dx` gets the shape of `x` again.

# %%
# %autograder check affine_backward

# %% [markdown]
# ## The loss
#
# The softmax loss of stage 2, now with the gradient of the scores: $\frac{1}{N} (p_{ic} - [c =
# y_i])$.

# %%
# %autograder check softmax_cross_entropy

# %% [markdown]
# ## A small network
#
# conv – ReLU – 2 × 2 max pool – dense – ReLU – dense. Its first weights:

# %%
# %autograder check init_convnet

# %%
start = convnet.init_convnet((1, 28, 28), 8, 7, 32, 10, eps=0.05)
start = {name: value.astype(np.float32) for name, value in start.items()}
for name, value in start.items():
    print(f"{name}: {value.shape}, {value.size:,} numbers")

# %% [markdown]
# Forward, a layer after the other:

# %%
# %autograder check convnet_forward

# %% [markdown]
# And back, in the opposite order, each layer with the input that it had:

# %%
# %autograder check convnet_loss

# %%
tiny = convnet.init_convnet((1, 6, 6), 2, 3, 5, 3, eps=0.5)
tiny_X, tiny_y = rng.standard_normal((4, 1, 6, 6)), np.array([0, 2, 1, 2])
_, grads = convnet.convnet_loss(tiny, tiny_X, tiny_y, 0.1)
for name, value in tiny.items():
    agreement = gradient_check(
        lambda changed, name=name: convnet.convnet_loss(
            {**tiny, name: changed}, tiny_X, tiny_y, 0.1
        )[0],
        value,
        grads[name],
    )
    print(f"{name}: {agreement}")

# %% [markdown]
# ## Training

# %%
# %autograder check train_convnet

# %% [markdown]
# 300 steps, and 100 more that are shorter, to come to rest. With all classes equally likely the
# loss begins near $\log 10 \approx 2.3$.

# %%
fast, halfway = convnet.train_convnet(start, X_train, y_train, lr=0.1, batch=32, num_iters=300)
slow, params = convnet.train_convnet(halfway, X_train, y_train, 0.02, 0, 32, 100, seed=1)
losses = np.concatenate([fast, slow])
plots.loss_curve(losses, "A small convnet on MNIST", first_loss=np.log(10))

# %% [markdown]
# The eight filters, as they began and as they are now:

# %%
plots.filters(start["W1"], "Filters before training")

# %%
plots.filters(params["W1"], "Filters after training")

# %% [markdown]
# What each finds in a digit, and what the pooling leaves of it. Find the strokes that a filter
# answers to.

# %%
ten = np.array([np.flatnonzero(y_test == label)[0] for label in range(10)])
maps = convnet.relu_forward(convnet.conv_forward(X_test[ten], params["W1"], params["b1"], pad=3))
pooled = convnet.max_pool_forward(maps)
plots.feature_maps(
    digits.X_test[ten[5]], params["W1"], maps[5], pooled[5], "What each filter finds"
)

# %%
plots.maps_of_classes(
    digits.X_test[ten], params["W1"], maps, "What each filter finds in each class"
)

# %% [markdown]
# ### Question: a digit that moves
#
# Move a digit one pixel to the right, far enough from the border. What happens to the maps of a
# convolution? What happens to them after 2 × 2 max pooling, and what if you move it by two pixels?
# Why can a net of such layers still change its answer?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "moved_digit", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The maps move by one pixel too and are otherwise the same, since the same weights are used at each
# place. After the pooling a move by one pixel is half a cell: maxima that stay in their window stay
# where they are, the others move to the next, so the pooled map changes a little, but is no moved
# copy. By two pixels it moves by exactly one cell. The dense layer after it has weights for each
# place, so to it a moved map is another input: the answer may change, though less than without
# pooling.
#
# *Marking guide.* 1 point: maps move along; pooled maps move by one cell for two pixels, and for
# one pixel stay partly the same. 1 point: the dense layer is tied to places.

# %% [markdown]
# ## Answers

# %%
# %autograder check predict_convnet

# %%
answers = convnet.predict_convnet(params, X_test[:1000])
print(f"{np.mean(answers == y_test[:1000]):.1%} of 1,000 test images right")
plots.confusion_matrix(y_test[:1000], answers, names, "What the convnet takes for what")

# %%
plots.mistakes(digits.X_test[:1000], y_test[:1000], answers, names, "What is still wrong")

# %% [markdown]
# ## LeNet-5
#
# Two rounds of convolution and pooling, then three dense layers: 61,706 parameters. The scale of
# the first weights is yours to choose; too small, and nothing reaches the end.

# %%
# %autograder check init_lenet

# %%
lenet = convnet.init_lenet()
for name, value in lenet.items():
    print(f"{name}: {value.shape}, {value.size:,} numbers")
print(f"{sum(value.size for value in lenet.values()):,} in all")

# %%
# %autograder check lenet_forward

# %%
# %autograder check lenet_loss

# %% [markdown]
# A network that can't learn a few images by heart has a mistake in it. Forty digits, forty steps,
# plain gradient descent:

# %%
lenet_losses = []
for _ in range(40):
    loss, grads = convnet.lenet_loss(lenet, X_train[:40], y_train[:40])
    lenet_losses.append(loss)
    lenet = {name: value - 0.1 * grads[name] for name, value in lenet.items()}
plots.lines(
    range(40), {"LeNet-5": lenet_losses}, "LeNet-5 learns forty digits by heart", "step", "loss"
)

# %% [markdown]
# ## And then
#
# `autograder train convnet --plots plots` trains the small network on all images. Compare its
# mistakes with those of stages 2 and 3: which of the confusions have disappeared?
