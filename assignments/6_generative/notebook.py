# %% [markdown]
# # Stage 6: Generative models
#
# Networks that make pictures: an autoencoder rebuilds them from a few numbers, k-means finds groups
# among these numbers, and a generator learns to draw from a discriminator that learns to tell. You
# write the functions in `generative.py`, the file beside this notebook, and watch them work here.
# The handout, `assignments/6_generative/README.md`, has the formulae.
#
# Read a section, write its function, save, run its `%autograder check`, then the cells below it. A
# cell that says `NotImplementedError` uses a function that you have not written yet; the message
# has its name. `NameError` then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import generative
import numpy as np

from autograder import datasets, gradient_check
from autograder.training import plots

# %% [markdown]
# ## The data
#
# MNIST, as rows of pixels from 0 to 1. In single precision, which takes half the time.

# %%
digits = datasets.load("mnist")
names = digits.class_names
X_train, X_test = (datasets.flatten(X).astype(np.float32) for X in (digits.X_train, digits.X_test))
y_train, y_test = digits.y_train.astype(int), digits.y_test.astype(int)
print("training", X_train.shape, " test", X_test.shape)

# %% [markdown]
# ## Two functions for both networks
#
# The sigmoid makes pixels. Softplus is the logarithm of it that the losses need:
# $-\log \sigma(s) = \mathrm{softplus}(-s)$. Neither may overflow.

# %%
# %autograder check sigmoid

# %%
# %autograder check softplus

# %%
x = np.linspace(-6, 6, 121)
plots.lines(
    x,
    {
        "softplus(x)": generative.softplus(x),
        "sigmoid(x), its slope": generative.sigmoid(x),
        "max(0, x)": np.maximum(0, x),
    },
    "A ReLU with its kink rounded off",
    "x",
    "value",
)

# %% [markdown]
# ## An autoencoder
#
# $$H = \max(0, X W_1 + b_1) \qquad Z = H W_2 + b_2 \qquad G = \max(0, Z W_3 + b_3) \qquad Y = \sigma(G W_4 + b_4)$$
#
# First its parameters, then the way to the code and the way back.

# %%
# %autograder check init_autoencoder

# %%
# %autograder check encode

# %%
# %autograder check decode

# %%
untrained = generative.init_autoencoder(784, 128, 16)
codes = generative.encode(untrained, X_test[:10])
print("codes", codes.shape, "rebuilt", generative.decode(untrained, codes).shape)

# %% [markdown]
# ## How far off it is
#
# For each picture the squared distance from what is rebuilt of it:

# %%
# %autograder check reconstruction_errors

# %%
mean = X_train.mean(axis=0)
print("untrained:", generative.reconstruction_errors(untrained, X_test).mean())
print("the mean picture in place of each:", np.sum((X_test - mean) ** 2, axis=1).mean())

# %% [markdown]
# ## The loss and its gradient
#
# Four layers back. The picture is what goes in and what should come out.

# %%
# %autograder check autoencoder_loss

# %% [markdown]
# If only the gradients of the encoder disagree with slopes, look at what happens at the code.

# %%
rng = np.random.default_rng(0)
tried, few = generative.init_autoencoder(6, 5, 3), rng.uniform(size=(4, 6))
_, grads = generative.autoencoder_loss(tried, few)
for name, value in tried.items():
    agreement = gradient_check(
        lambda changed, name=name: generative.autoencoder_loss({**tried, name: changed}, few)[0],
        value,
        grads[name],
    )
    print(f"{name}: {agreement}")

# %% [markdown]
# ## Training
#
# With momentum: $v \leftarrow \mu v + \eta g$, $w \leftarrow w - v$.

# %%
# %autograder check train_autoencoder

# %%
starts = {size: generative.init_autoencoder(784, 128, size) for size in (8, 16, 64)}
trained = {
    size: generative.train_autoencoder(
        {name: value.astype(np.float32) for name, value in start.items()}, X_train, num_iters=1000
    )
    for size, start in starts.items()
}
coders = {size: params for size, (_, params) in trained.items()}
curves = {str(size): losses for size, (losses, _) in trained.items()}
plots.compare_losses(curves, "Autoencoders on MNIST", "numbers in a code", log=True, ordered=True)

# %% [markdown]
# One picture of each class, and what is left of it after 8, 16 and 64 numbers:

# %%
one_of_each = X_test[[np.flatnonzero(y_test == label)[0] for label in range(10)]]

rebuilt = {
    f"code of {size}": generative.decode(params, generative.encode(params, one_of_each))
    for size, params in coders.items()
}
plots.reconstructions(one_of_each, rebuilt, "Rebuilt from a few numbers")

# %% [markdown]
# Principal components are the best linear codes. Their error for the same sizes:

# %%
_, _, directions = np.linalg.svd(X_train - mean, full_matrices=False)
errors = {"autoencoder": {}, "principal components": {}}
for size in coders:
    kept = directions[:size]
    linear = mean + (X_test - mean) @ kept.T @ kept
    errors["principal components"][size] = np.sum((linear - X_test) ** 2, axis=1).mean()
    errors["autoencoder"][size] = generative.reconstruction_errors(coders[size], X_test).mean()
plots.errors_by_size(errors, "New digits, rebuilt")

# %% [markdown]
# ### Question: codes of 64
#
# With which sizes is the autoencoder below the principal components, and with which not? A code of
# 64 can hold all that a code of 16 can. What keeps the autoencoder from using it, and what would
# you change?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "codes_of_64", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# For small codes the autoencoder is ahead or soon will be: a bent surface of 8 or 16 dimensions fits
# the digits better than a flat one. With 64 the flat one is nearly enough, and it is found exactly, in
# one computation; the autoencoder only comes near its best after many steps, and all 64 numbers pass
# 128 hidden units. After 1,000 steps it is the training that limits it and not the code. So: more
# steps, more hidden units, a learning rate that falls in the end.
#
# *Marking guide.* 1 point: what the student's own picture shows, small codes against large. 1 point:
# training (or the hidden units) is the limit and not the code, with a remedy that fits.

# %% [markdown]
# ## k-means in the codes
#
# Codes of like pictures lie near each other. k-means divides them into groups, without labels.

# %%
# %autograder check kmeans_assign

# %%
# %autograder check kmeans_update

# %%
# %autograder check kmeans

# %%
codes = generative.encode(coders[16], X_train)
centers, clusters, inertias = generative.kmeans(codes, 10)
plots.lines(
    np.arange(len(inertias)), {"inertia": inertias}, "No round raises it", "round", "inertia"
)

# %% [markdown]
# How well do the clusters agree with classes that they were never shown?

# %%
# %autograder check cluster_purity

# %%
print(f"purity with 10 clusters: {generative.cluster_purity(clusters, y_train):.1%}")
members, words = [], []
for k, center in enumerate(centers):
    own = np.flatnonzero(clusters == k)
    nearest = own[np.argsort(np.sum((codes[own] - center) ** 2, axis=1))[:10]]
    members.append(X_train[nearest])
    words.append(f"mostly {np.argmax(np.bincount(y_train[own], minlength=10))}")
plots.clusters(generative.decode(coders[16], centers), members, words, "Ten clusters of codes")

# %% [markdown]
# ### Question: ten clusters
#
# There are ten digits and ten clusters. Why does not each digit get its own? Name two digits that
# share a cluster and one that takes up two, and say what k-means sees there. What happens to the
# purity with 100 clusters, and does that mean that they are better?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "ten_clusters", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# k-means knows distances between codes, and the codes know how pictures look, not what they mean. A
# 4 and a 9 (or 3, 5 and 8; 7 and 9) differ by a short stroke, so their codes are close; a slanted 1
# and an upright 1, or a narrow and a wide 0, share few pixels, so they are far from each other. With
# 100 clusters the purity rises, since small groups are more alike; with as many clusters as pictures
# it would be 1 and say nothing. Only clusterings of the same number of clusters can be compared.
#
# *Marking guide.* 1 point: two digits of the student's own picture with the reason, likeness of
# pixels. 1 point: purity rises with the number of clusters whatever they are worth.

# %% [markdown]
# ## A generator and a discriminator
#
# The generator turns random numbers into pictures, the discriminator says how real a picture looks.

# %%
# %autograder check init_gan

# %%
# %autograder check generate

# %%
# %autograder check discriminate

# %%
params_G, params_D = generative.init_gan(784, 32, 128)
z = np.random.default_rng(0).standard_normal((36, 32))
logits = generative.discriminate(params_D, generative.generate(params_G, z))
print("logits of made pictures:", np.round(logits[:5], 2))

# %% [markdown]
# ## Two losses
#
# $$L_D = \frac{1}{N} \sum \mathrm{softplus}(-s(x)) + \frac{1}{M} \sum \mathrm{softplus}(s(G(z))) \qquad L_G = \frac{1}{N} \sum \mathrm{softplus}(-s(G(z)))$$

# %%
# %autograder check discriminator_loss

# %%
# %autograder check generator_loss

# %% [markdown]
# The two losses that a generator could have, and their slopes. Where is a made picture that is
# easily seen through?

# %%
s = np.linspace(-6, 6, 121)
plots.lines(
    s,
    {
        "softplus(-s), non-saturating": generative.softplus(-s),
        "its slope": generative.sigmoid(s) - 1,
        "-softplus(s), saturating": -generative.softplus(s),
        "its slope (saturating)": -generative.sigmoid(s),
    },
    "What the generator makes small",
    "logit of a made picture",
    "loss and slope",
)

# %% [markdown]
# ### Question: where the slope is
#
# At the beginning the discriminator sees through every made picture. What is the gradient with
# respect to the logit then, under either loss, and what does the generator learn from it?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "saturation", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# $D$ is near 0, the logit far below 0. The non-saturating loss has the slope $D - 1$, so near $-1$:
# the generator learns at full speed. The saturating one has the slope $-D$, so near 0: nothing comes
# back, although the loss is as bad as can be. Both push the logit up; only the size differs.
#
# *Marking guide.* 1 point: the two slopes, near -1 and near 0. 1 point: so with the saturating loss
# the generator hardly learns just when it is worst.

# %% [markdown]
# ## Steps in turn
#
# A step of one network moves that one alone.

# %%
# %autograder check discriminator_step

# %%
# %autograder check generator_step

# %%
# %autograder check train_gan

# %% [markdown]
# The same random numbers after more and more rounds. Each part goes on from where the last one
# ended, with a seed of its own.

# %%
params_G, params_D = (
    {name: value.astype(np.float32) for name, value in params.items()}
    for params in (params_G, params_D)
)
grids, losses_G, losses_D, done = {}, [], [], 0
for part, rounds in enumerate((0, 50, 150, 300, 700, 1300)):
    found_G, found_D, params_G, params_D = generative.train_gan(
        params_G, params_D, X_train, num_iters=rounds, seed=part
    )
    losses_G.extend(found_G)
    losses_D.extend(found_D)
    done += rounds
    grids[f"after {done} rounds"] = generative.generate(params_G, z)
plots.sample_grids(grids, "Digits that nobody has written")

# %%
plots.adversaries(losses_G, losses_D, "Generator against discriminator")

# %% [markdown]
# ### Question: who wins
#
# Neither loss goes to zero. What would it mean if the discriminator's did? And what do the dashed
# lines stand for?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "who_wins", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# If $L_D$ went to 0, the discriminator would tell every picture right and be sure of it. Its logits
# would be far out, and its answer would change little with the pixels: the generator would get little
# guidance, and its loss would grow. The dashed lines are an even match: with $D = 1/2$ for all,
# $L_D = 2 \log 2$ and $L_G = \log 2$, which is the case when made pictures can't be told from real ones
# (or when the discriminator has learnt nothing).
#
# *Marking guide.* 1 point: a perfect discriminator leaves the generator without guidance. 1 point:
# D is 1/2 for all on the dashed lines.

# %% [markdown]
# ## And then
#
# Load `fashion_mnist` in place of `mnist` and run all cells again. Go from the code of one picture to
# that of another in small steps and decode each: what lies between a 4 and a 9? Train the generator
# for ten times as many rounds. `autograder train generative --plots plots` does some of this.
