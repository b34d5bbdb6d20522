"""Every picture of the course: each function takes plain data and returns a Figure.

The figures belong to no window and no global state, so they are made alike on a server, in a
notebook (``%matplotlib inline``, once, lets it show them) and in a program with windows.
"""

from autograder.training.plots.curves import (
    accuracy_against_k,
    accuracy_curves,
    compare_losses,
    loss_curve,
    smooth,
)
from autograder.training.plots.functions import (
    by_depth,
    fields,
    lines,
    on_plane,
    regions,
    times,
)
from autograder.training.plots.generative import (
    adversaries,
    clusters,
    errors_by_size,
    reconstructions,
    sample_grids,
)
from autograder.training.plots.images import (
    mistakes,
    nearest_neighbors,
    neighbors_in_table,
    samples,
    shifted,
)
from autograder.training.plots.tables import (
    confusion_matrix,
    count_confusions,
    distance_matrix,
    grids,
    tuning,
)
from autograder.training.plots.weights import (
    feature_maps,
    filters,
    hidden_units,
    maps_of_classes,
    regularisation,
    templates,
)

__all__ = [
    "accuracy_against_k",
    "accuracy_curves",
    "adversaries",
    "by_depth",
    "clusters",
    "compare_losses",
    "confusion_matrix",
    "count_confusions",
    "distance_matrix",
    "errors_by_size",
    "feature_maps",
    "fields",
    "filters",
    "grids",
    "hidden_units",
    "lines",
    "loss_curve",
    "maps_of_classes",
    "mistakes",
    "nearest_neighbors",
    "neighbors_in_table",
    "on_plane",
    "reconstructions",
    "regions",
    "regularisation",
    "sample_grids",
    "samples",
    "shifted",
    "smooth",
    "templates",
    "times",
    "tuning",
]
