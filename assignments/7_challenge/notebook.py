# %% [markdown]
# # Stage 7: Challenge
#
# Any model of yours, on images that you have not seen. You write `predict` in `challenge.py`, the
# file beside this notebook, and save what it needs in `challenge.npz`. The handout,
# `assignments/7_challenge/README.md`, says what is judged, and how.
#
# The cells below use your `train` and `predict`. A cell that says `NotImplementedError` uses one that
# you have not written yet; the stub holds a simple model in full to begin with. `NameError`
# then says that a cell further down needs what that one would have made.

# %%
# %load_ext autograder
# %load_ext autoreload
# %autoreload 2
# %matplotlib inline

import challenge
import numpy as np

from autograder import datasets
from autograder.training import plots

# %% [markdown]
# ## The images
#
# Those of your instructor, or else the bundled pictures of clothes: one part to train on, another,
# the validation images, to see how good a model is. A third part is hidden.

# %%
data = datasets.load_challenge()
names = data.class_names
print("training", data.X_train.shape, " validation", data.X_val.shape, " classes", len(names))

# To look at: in bytes, and without colours.
pictures, others = (
    np.rint(255 * images.mean(axis=1)).astype(np.uint8) for images in (data.X_train, data.X_val)
)
plots.samples(pictures, data.y_train, names, "Ten images of each class")

# %% [markdown]
# ## Something to beat
#
# The mean image of each class: a new image gets the class whose mean is most like it. It is the
# example in the stub.

# %%
means = challenge.train_means(data.X_train, data.y_train, len(names))
for part, X, y in (
    ("training", data.X_train, data.y_train),
    ("validation", data.X_val, data.y_val),
):
    right = challenge.predict_means(means, X) == y
    print(f"{part}: {right.mean():.1%}")

# %% [markdown]
# ## Your model
#
# `train` returns the parameters, `save` writes them into `challenge.npz`, and `predict` uses them.

# %%
params = challenge.train(data.X_train, data.y_train, len(names))
challenge.save(params)
for name, value in params.items():
    print(f"{name}: shape {value.shape}")
print(f"{sum(value.size for value in params.values()):,} numbers")

# %% [markdown]
# The check takes both files, as they would be handed in. It says what the validation accuracy would
# be worth; the hidden images decide.

# %%
# %autograder check predict

# %% [markdown]
# ## Where is it wrong?

# %%
answers = challenge.predict(params, data.X_val)
print(f"{np.mean(answers == data.y_val):.1%} of the validation images right")
plots.confusion_matrix(data.y_val, answers, names, "What your model takes for what")

# %%
plots.mistakes(others, data.y_val, answers, names, "Images that it gets wrong")

# %% [markdown]
# ### Question: too good to be true (2 points)
#
# You have tried 200 models, and the best has 91 % on 1,000 validation images. Why do you expect
# less on the hidden ones?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "chosen_by_validation", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The accuracy of each model on 1,000 images is its true one plus luck, with a deviation of some
# $\sqrt{0.9 \cdot 0.1 / 1000} \approx 0.01$. The best of 200 was chosen for the sum of both, so its luck is
# most likely above average. On fresh images that luck is gone.
#
# *Marking guide.* 1 point: the choice was made on these very images. 1 point: the chosen figure holds
# luck as well, which does not come again.

# %% [markdown]
# ### Question: half a percent (2 points)
#
# Two models differ by 0.5 % on 1,000 images. How sure are you that the better one is better?

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "half_a_percent", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Not sure. 0.5 % are 5 images. Only images on which they disagree tell them apart: if one is right on
# 30 of those and the other on 25, a fair coin gives a difference of 5 or more about half the time.
# More validation images would tell, or the disagreements counted over several divisions.
#
# *Marking guide.* 1 point: it is within chance, with a figure. 1 point: what would tell (more images,
# cross-validation, or comparing image by image).
