# %% [markdown]
# # Stage 1: Nearest neighbours
#
# A classifier that learns nothing: it keeps every labelled image, and gives a new image the label
# of the stored images that look most like it. You write it in `nearest_neighbors.py`, the file
# beside this notebook, with the editor that you like; here you watch it work. The handout,
# `assignments/1_nearest_neighbors/README.md`, has the mathematics in full, the rules and the usual
# traps.
#
# How to go through it:
#
# 1. Read a section, write its function in `nearest_neighbors.py` and save. The notebook loads the
#    file anew by itself.
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

import nearest_neighbors
import numpy as np

from autograder import datasets
from autograder.training import plots, seconds_of

# %% [markdown]
# ## The data
#
# MNIST: handwritten digits, 28 × 28 pixels, from 0 (paper) to 255 (ink). Look before you compute.

# %%
digits = datasets.load("mnist")
print("training images:", digits.X_train.shape, digits.X_train.dtype)
print("pixels from", digits.X_train.min(), "to", digits.X_train.max())
plots.samples(digits.X_train, digits.y_train, digits.class_names, "Ten digits of each class")

# %% [markdown]
# To the functions of this stage an image is a row of $D = 784$ numbers. `flatten` makes the rows,
# and scales the pixels to numbers from 0 to 1. To keep the waiting short, the memory has 2,000
# images here and the test 300.

# %%
X_train, y_train = datasets.flatten(digits.X_train[:2000]), digits.y_train[:2000].astype(int)
X_test, y_test = datasets.flatten(digits.X_test[:300]), digits.y_test[:300].astype(int)
print("X_train", X_train.shape, " y_train", y_train.shape)
print("X_test ", X_test.shape, "  y_test ", y_test.shape)

# %% [markdown]
# ## How far apart are two images?
#
# An image is a point in a space of 784 dimensions, and points have distances. Pythagoras holds in
# any number of dimensions:
#
# $$d_2(a, b) = \sqrt{\sum_{i=1}^{D} (a_i - b_i)^2}$$
#
# Write `compute_distance`. The distance of (0, 0) and (3, 4) is a good first try.

# %%
# %autograder check compute_distance

# %%
first = int(y_test[0])
same, other = X_train[y_train == first][0], X_train[y_train != first][0]
print(f"test image 0 is a {first}")
print("distance to itself:         ", nearest_neighbors.compute_distance(X_test[0], X_test[0]))
print("to one of its own class:    ", nearest_neighbors.compute_distance(X_test[0], same))
print("to one of another class:    ", nearest_neighbors.compute_distance(X_test[0], other))

# %% [markdown]
# ## All distances: two loops
#
# Now the distance of every row of `X` to every row of `X_train`, a table of shape $(N, N_{train})$.
# Begin with the plain way: a loop over the rows, and in it a loop over the stored rows.

# %%
# %autograder check compute_distances

# %% [markdown]
# Here is the table of 100 test images and 400 stored ones, sorted by class: the brighter, the
# farther.

# %%
distances = nearest_neighbors.compute_distances(X_test[:100], X_train[:400])
plots.distance_matrix(
    distances,
    digits.X_test[:100],
    y_test[:100],
    y_train[:400],
    digits.class_names,
    "Distances of 100 test images to 400 stored ones",
)

# %% [markdown]
# The square blocks on the diagonal are a little darker than the rest: images of one class are
# nearer to each other. One class stands out. Which, and why?

# %% [markdown]
# ### Question: a bright row
#
# Some rows of the table are bright from end to end, and some columns, too. What does it say about
# an image that its row is bright? What in the image causes it? Does a bright row mean that the
# image will be classified wrongly?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "bright_row", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The test image of a bright row is far from *every* stored image, its own class included. Usually
# it has much ink, or ink at unusual places (thick, large or slanted strokes), so that it differs in
# many pixels from anything. A bright column is a stored image of that kind. The row alone says
# nothing about the answer: only the order *within* a row counts, and adding the same amount to a
# whole row changes no order.
#
# *Marking guide.* 1 point: far from all stored images, with a cause in the pixels (more ink,
# unusual place, noise). 1 point: only the order within the row decides, so it need not be wrong.
# "The image is of a rare class" without pixels: half a point at most.

# %% [markdown]
# ## One loop
#
# NumPy can subtract one row from a whole array: `X_train - x` has the shape of `X_train`. So one of
# the two loops is not needed.

# %%
# %autograder check compute_distances_one_loop

# %% [markdown]
# ## No loop
#
# Both loops vanish if you expand the square:
#
# $$\lVert x - t \rVert^2 = \sum_i x_i^2 - 2 \sum_i x_i t_i + \sum_i t_i^2$$
#
# The middle term, for all pairs at once, is a matrix product. The outer ones are a column and a
# row, which NumPy broadcasts over the table. Mind the rounding: what should be 0 may come out a
# little below 0, and has no root then.

# %%
# %autograder check compute_distances_vectorized

# %% [markdown]
# Three ways to the same table. What is the reward?

# %%
small = X_test[:50], X_train[:400]
versions = {
    "two loops": nearest_neighbors.compute_distances,
    "one loop": nearest_neighbors.compute_distances_one_loop,
    "no loop": nearest_neighbors.compute_distances_vectorized,
}
tables = [function(*small) for function in versions.values()]
print("all three agree:", all(np.allclose(tables[0], table) for table in tables))
plots.times(
    {name: seconds_of(function, *small) for name, function in versions.items()},
    "50 × 400 distances",
)

# %% [markdown]
# ## Another distance
#
# Instead of squares one may add up absolute differences, the L1 distance:
#
# $$d_1(a, b) = \sum_{i=1}^{D} \lvert a_i - b_i \rvert$$

# %%
# %autograder check compute_distances_l1

# %% [markdown]
# The numbers are larger. Is the order another one, too?

# %%
euclidean = nearest_neighbors.compute_distances_vectorized(X_test[:100], X_train[:400])
l1 = nearest_neighbors.compute_distances_l1(X_test[:100], X_train[:400])
agree = np.mean(np.argmin(euclidean, axis=1) == np.argmin(l1, axis=1))
print(f"both distances choose the same nearest image for {agree:.0%} of 100 test images")

# %% [markdown]
# ## The nearest one
#
# `nearest_neighbor` returns *where* the nearest stored image is, an index into `X_train`. Of
# equally near ones it returns the first.

# %%
# %autograder check nearest_neighbor

# %%
nearest = nearest_neighbors.nearest_neighbor(X_test[0], X_train)
print(f"nearest to test image 0, a {y_test[0]}: stored image {nearest}, a {y_train[nearest]}")

# %% [markdown]
# ## The vote
#
# One neighbour may be a badly written digit. So let the $k$ nearest vote, by Euclidean distance; of
# labels with equally many votes the smaller one wins.

# %%
# %autograder check predict_nn_labels

# %% [markdown]
# These are the first eight digits of the test set, each with its six nearest neighbours. The number
# behind a neighbour's class is its distance.

# %%
shown = np.arange(8)
plots.neighbors_in_table(
    nearest_neighbors.compute_distances_vectorized(X_test[shown], X_train),
    digits.X_test[shown],
    y_test[shown],
    nearest_neighbors.predict_nn_labels(X_test[shown], X_train, y_train, k=5),
    digits.X_train[:2000],
    y_train,
    digits.class_names,
    "Nearest neighbours of eight digits, k = 5",
)

# %% [markdown]
# ## How often is it right?

# %%
# %autograder check accuracy

# %% [markdown]
# Accuracy against $k$, once on test images and once on images that sit in the memory themselves:

# %%
ks = [1, 2, 3, 5, 8, 12, 20, 40]
questions = {"test images": (X_test, y_test), "stored images": (X_train[:300], y_train[:300])}
curves = {
    name: [
        nearest_neighbors.accuracy(
            nearest_neighbors.predict_nn_labels(X, X_train, y_train, k), labels
        )
        for k in ks
    ]
    for name, (X, labels) in questions.items()
}
plots.lines(ks, curves, "Images that are stored, and images that are new", "k", "accuracy")

# %% [markdown]
# ### Question: accuracy on the training set
#
# At $k = 1$ the accuracy on the stored images is 1. Why is that so, whatever the data? Why does
# this number mean nothing, and why does the curve of the stored images fall with $k$?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "training_accuracy", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# A stored image is at distance 0 from itself, so with $k = 1$ its neighbour is itself and the
# answer its own label. (Only two equal images with different labels could spoil it.) That would be
# so for labels drawn by lot as well: it measures the memory, not what the method knows about new
# images. With larger $k$ the image's own vote is one of many, and the others are real neighbours,
# which are sometimes of another class: the curve comes down towards that of new images.
#
# *Marking guide.* 1 point: the image is its own nearest neighbour, at distance 0. 1 point: hence it
# says nothing about new images (random labels would give 1 too), and the own vote is diluted as $k$
# grows.

# %% [markdown]
# ## Which k? Ask the data honestly
#
# The test set is for the very end. Choose $k$ by cross-validation: cut the training data into
# folds, let each fold in turn be the question and all the others the memory. Each $k$ gets one
# accuracy for each fold.

# %%
# %autograder check cross_validate_k

# %%
k_choices = [1, 2, 3, 5, 8, 12, 20, 40]
fold_accuracies = nearest_neighbors.cross_validate_k(X_train[:1000], y_train[:1000], k_choices)
plots.accuracy_against_k(fold_accuracies, "Cross-validation on 1,000 digits")

# %% [markdown]
# Is the best mean better than the second best by more than the dots of one $k$ lie apart?

# %%
best_k = max(fold_accuracies, key=lambda k: np.mean(fold_accuracies[k]))
answers = nearest_neighbors.predict_nn_labels(X_test, X_train, y_train, best_k)
print(f"k = {best_k}: {nearest_neighbors.accuracy(answers, y_test):.1%} of the test set right")
plots.confusion_matrix(y_test, answers, digits.class_names, f"Digits, k = {best_k}")

# %%
plots.mistakes(digits.X_test[:300], y_test, answers, digits.class_names, "What is still wrong")

# %% [markdown]
# ## Digits against clothes
#
# The same functions, other images: Fashion-MNIST. Which classes would you have told apart at this
# size?

# %%
fashion = datasets.load("fashion_mnist")
plots.samples(fashion.X_train, fashion.y_train, fashion.class_names, "Ten images of each class")

# %%
F_train, f_train = datasets.flatten(fashion.X_train[:2000]), fashion.y_train[:2000].astype(int)
F_test, f_test = datasets.flatten(fashion.X_test[:300]), fashion.y_test[:300].astype(int)
worn = nearest_neighbors.predict_nn_labels(F_test, F_train, f_train, best_k)
print(f"{nearest_neighbors.accuracy(worn, f_test):.1%} of the clothes right")
plots.confusion_matrix(f_test, worn, fashion.class_names, f"Clothes, k = {best_k}")

# %% [markdown]
# ## An experiment
#
# Shuffle the pixels of every digit, of the stored and of the new ones alike, by one fixed
# permutation:

# %%
order = np.random.default_rng(0).permutation(784)
shuffled = digits.X_train.reshape(-1, 784)[:, order].reshape(-1, 28, 28)
plots.samples(shuffled, digits.y_train, digits.class_names, "The same digits, pixels shuffled")

# %%
in_order = nearest_neighbors.predict_nn_labels(X_test, X_train, y_train, 5)
in_disorder = nearest_neighbors.predict_nn_labels(X_test[:, order], X_train[:, order], y_train, 5)
print(f"as they were: {nearest_neighbors.accuracy(in_order, y_test):.1%} right")
print(f"shuffled:     {nearest_neighbors.accuracy(in_disorder, y_test):.1%} right")

# %% [markdown]
# ### Question: shuffled pixels
#
# You can't read these digits any more. Why can the classifier? What does that say about what the
# distance knows of an image, and what would happen if the new images were moved by two pixels
# instead?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "shuffled_pixels", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# A distance is a sum over pixels, and a sum does not depend on the order of its terms. All images
# are permuted alike, so each pixel still meets its partner: all distances, and so all answers, stay
# the same. The distance thus knows nothing of which pixels are neighbours, of strokes or of shapes.
# If only the new images are moved, ink meets paper: a digit is then far from itself, and the
# accuracy drops, although for us hardly anything has changed.
#
# *Marking guide.* 1 point: the sum over pixels does not depend on their order, so distances are
# equal. 1 point: the distance knows pixels and no shapes; a shift of a part of the data changes the
# distances a lot.

# %% [markdown]
# ## And then
#
# `autograder check` tells what is complete. With the whole memory and a larger test: `autograder
# train nearest_neighbors --plots plots`. The next stage asks for something better than keeping
# every image: ten templates that are learnt.
