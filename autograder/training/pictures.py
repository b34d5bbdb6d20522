"""Which pictures a stage has, and writing them.

==================  ==============================================================================
perceptron          mistakes_by_epoch, loss, accuracy, answers, hidden_units
stages on images    confusion, mistakes, after their own:
nearest_neighbors   neighbors, accuracy_against_k, shifted
linear_svm          loss, loss_softmax, accuracy, templates, tuning, learning_rates, regularisation
two_layer_net       loss, accuracy, hidden_units, accuracy_longer, first_weights
convnet             loss, accuracy, filters, feature_maps, maps_of_classes
deep_training       loss, accuracy, signals, gradients, learning_rates
generative          reconstructions, errors, loss, clusters, samples, adversaries
==================  ==============================================================================
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from autograder.files import write_whole
from autograder.training import plots
from autograder.training.plots.style import DPI
from autograder.training.result import (
    ConvnetResult,
    DeepResult,
    GenerativeResult,
    ImagesResult,
    LinearResult,
    NeighborsResult,
    NetResult,
    PerceptronResult,
    Run,
    TrainingResult,
)

TITLES = {"noisy_xor": "noisy XOR", "mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}


def figures(result: TrainingResult) -> dict[str, Figure]:
    """Draw all pictures of a result.

    Parameters
    ----------
    result : TrainingResult
        What `train_stage` gave.

    Returns
    -------
    dict of str to Figure
        The pictures by name, in the order to look at them.
    """
    drawn: dict[str, Figure] = {}
    for kind, draw in _SPECIAL.items():
        if isinstance(result, kind):
            drawn.update(draw(result))
    if isinstance(result, ImagesResult):
        drawn.update(_images(result))
    return drawn


def _images(result: ImagesResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    right = plots.style.percent(result.rows[0].test)
    return {
        "confusion": plots.confusion_matrix(
            result.test_labels,
            result.predictions,
            result.class_names,
            f"Answers on {title}: {right} right",
        ),
        "mistakes": plots.mistakes(
            result.test_images,
            result.test_labels,
            result.predictions,
            result.class_names,
            f"What is still wrong on {title}",
        ),
    }


def save_plots(result: TrainingResult, folder: Path | str) -> list[Path]:
    """Draw all pictures of a result, and write them as PNG files.

    Parameters
    ----------
    result : TrainingResult
        What `train_stage` gave.
    folder : Path or str
        Where to; it is made if it doesn't exist.

    Returns
    -------
    list of Path
        The files, ``<stage>_<picture>.png``, in the order to look at them. Files of the same
        names are replaced, each whole or not at all.

    Raises
    ------
    UserError
        If a file can't be written.
    """
    paths = []
    for name, figure in figures(result).items():
        path = Path(folder) / f"{result.stage}_{name}.png"
        write_whole(path, as_png(figure))
        paths.append(path)
    return paths


def as_png(figure: Figure) -> bytes:
    """Render a figure as a PNG file, without need of a screen."""
    buffer = io.BytesIO()
    FigureCanvasAgg(figure).print_figure(buffer, format="png", dpi=DPI)
    return buffer.getvalue()


def _perceptron(result: PerceptronResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    run = result.runs[0]
    epochs = max(map(len, result.mistakes.values()))
    return {
        "mistakes_by_epoch": plots.lines(
            range(1, epochs + 1),
            # After a clean epoch every other one would be clean.
            {
                name: [*updates, *[0] * (epochs - len(updates))]
                for name, updates in result.mistakes.items()
            },
            "The perceptron's mistakes",
            "epoch",
            "updates",
        ),
        "loss": plots.compare_losses(
            {run.name: run.losses for run in result.runs},
            f"Networks on {title}: loss",
            "network",
        ),
        "accuracy": plots.accuracy_curves(
            {run.name: _accuracies(run)}, f"A network on {title}: accuracy"
        ),
        "answers": plots.fields(result.answers, result.X, result.y, f"Answers on {title}"),
        "hidden_units": plots.fields(
            result.hidden, result.X, result.y, "What each hidden unit says"
        ),
    }


def _neighbors(result: NeighborsResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    near, shifts = result.neighbors, result.shifts
    return {
        "neighbors": plots.nearest_neighbors(
            result.test_images[near.queries],
            result.test_labels[near.queries],
            result.predictions[near.queries],
            near.images,
            near.labels,
            near.distances,
            result.class_names,
            f"Nearest neighbours on {title}, k = {result.best_k}",
        ),
        "accuracy_against_k": plots.accuracy_against_k(
            result.fold_accuracies, f"Cross-validation on {title}"
        ),
        "shifted": plots.shifted(
            shifts.images,
            shifts.distances,
            shifts.same,
            shifts.other,
            "The distance knows pixels, not shapes",
        ),
    }


def _linear(result: LinearResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    svm, softmax = result.runs
    drawn = {
        "loss": plots.loss_curve(svm.losses, f"Hinge loss on {title}", svm.first_loss),
        "loss_softmax": plots.loss_curve(
            softmax.losses, f"Softmax loss on {title}", softmax.first_loss
        ),
        "accuracy": plots.accuracy_curves(
            {"SVM": _accuracies(svm), "softmax": _accuracies(softmax)},
            f"Linear classifiers on {title}",
        ),
        "templates": plots.templates(
            result.params["W"], result.class_names, f"What the SVM looks for in {title}"
        ),
        "tuning": plots.tuning(
            result.tuning,
            f"Validation accuracy on {title}, {result.settings['tune_iters']:,} steps",
        ),
        "learning_rates": plots.compare_losses(
            {run.name: run.losses for run in result.learning_rates},
            f"Three learning rates on {title}",
            "learning rate",
            log=True,
        ),
    }
    if result.regularised:
        shown = result.regularised
        drawn["regularisation"] = plots.regularisation(
            [one.reg for one in shown],
            [one.W for one in shown],
            [one.train for one in shown],
            [one.validation for one in shown],
            result.class_names,
            f"What regularisation does on {title}",
        )
    return drawn


def _net(result: NetResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    run, *longer = result.runs
    drawn = {
        "loss": plots.loss_curve(run.losses, f"Two layers on {title}: loss", run.first_loss),
        "accuracy": plots.accuracy_curves(
            {run.name: _accuracies(run)}, f"Two layers on {title}: accuracy"
        ),
        "hidden_units": plots.hidden_units(
            result.params["W1"], result.activity, f"What the hidden units look for in {title}"
        ),
    }
    if longer:
        drawn["accuracy_longer"] = plots.accuracy_curves(
            {run.name: _accuracies(run) for run in longer}, f"Longer training on {title}"
        )
    if result.scales:
        drawn["first_weights"] = plots.compare_losses(
            {run.name: run.losses for run in result.scales},
            "Small first weights wait before they learn",
            "eps, scale of the first weights",
            ordered=True,
        )
    return drawn


def _convnet(result: ConvnetResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    run, W1 = result.runs[0], result.params["W1"]
    drawn = {
        "loss": plots.loss_curve(run.losses, f"Convolutions on {title}: loss", run.first_loss),
        "accuracy": plots.accuracy_curves(
            {run.name: _accuracies(run)}, f"Convolutions on {title}: accuracy"
        ),
        "filters": plots.filters(W1, f"Filters learnt from {title}"),
    }
    if len(result.examples):
        images = result.test_images[result.examples]
        shown = len(images) // 2
        drawn["feature_maps"] = plots.feature_maps(
            images[shown],
            W1,
            result.maps[shown],
            result.pooled[shown],
            f"What each filter finds in one image of {title}",
        )
        drawn["maps_of_classes"] = plots.maps_of_classes(
            images, W1, result.maps, f"What each filter finds in each class of {title}"
        )
    return drawn


def _deep(result: DeepResult) -> dict[str, Figure]:
    title = f"{result.settings['images']:,} images of {TITLES.get(result.data, result.data)}"
    return {
        "loss": plots.compare_losses(
            {run.name: run.losses for run in result.runs},
            f"A deep network on {title}: loss",
            "training",
            log=True,
        ),
        "accuracy": plots.accuracy_curves(
            {run.name: _accuracies(run) for run in result.runs}, f"A deep network on {title}"
        ),
        "signals": plots.by_depth(
            result.signals, "What is left of a signal, by first weights", "variance"
        ),
        "gradients": plots.by_depth(
            result.gradients, "How large gradients are, by network", "gradient of the weights"
        ),
        "learning_rates": plots.lines(
            result.lrs,
            result.quiz,
            f"Half moons: loss after {result.settings['quiz_iters']:,} steps",
            "learning rate",
            "loss",
            log="xy",
        ),
    }


def _generative(result: GenerativeResult) -> dict[str, Figure]:
    title = TITLES.get(result.data, result.data)
    test = -1  # the last of the splits
    return {
        "reconstructions": plots.reconstructions(
            result.originals, result.rebuilt, f"{title}, rebuilt from a few numbers"
        ),
        "errors": plots.errors_by_size(
            {
                "autoencoder": {one.latent_dims: one.autoencoder[test] for one in result.errors},
                "principal components": {one.latent_dims: one.pca[test] for one in result.errors},
            },
            f"Reconstruction error on {title}",
        ),
        "loss": plots.compare_losses(
            result.losses,
            f"Autoencoders on {title}",
            "numbers in a code",
            log=True,
            ordered=True,
        ),
        "clusters": plots.clusters(
            result.centers, result.members, result.cluster_names, f"Clusters of codes on {title}"
        ),
        "samples": plots.sample_grids(result.grids, f"{title} that nobody has drawn"),
        "adversaries": plots.adversaries(
            result.losses_G, result.losses_D, f"Generator against discriminator on {title}"
        ),
    }


def _accuracies(run: Run) -> tuple[Any, Any, Any]:
    return run.steps, run.train, run.validation


_SPECIAL: dict[type, Callable[[Any], dict[str, Figure]]] = {
    PerceptronResult: _perceptron,
    NeighborsResult: _neighbors,
    LinearResult: _linear,
    NetResult: _net,
    ConvnetResult: _convnet,
    DeepResult: _deep,
    GenerativeResult: _generative,
}
