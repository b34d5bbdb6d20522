"""Codes of 16 numbers beside as many principal components, over several seeds.

Run by hand: ``python -m benchmarks.latent_codes`` prints the reconstruction errors of new images,
of Fashion-MNIST unless another data set is named (``--data mnist``). A seed draws first weights and
mini-batches; the images are those of the repository, 7,000 to learn from and 2,000 for the test.
"""

import argparse

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder import datasets
from autograder.training.pca import principal_components
from solutions import generative


def error_of(latent_dims: int, X: np.ndarray, X_new: np.ndarray, steps: int, seed: int) -> float:
    """Train an autoencoder and measure what it rebuilds of new images."""
    drawn = generative.init_autoencoder(X.shape[1], 128, latent_dims, seed)
    start = {name: value.astype(X.dtype) for name, value in drawn.items()}
    _, params = generative.train_autoencoder(start, X, num_iters=steps, seed=seed)
    return float(np.mean(generative.reconstruction_errors(params, X_new)))


def main() -> None:
    """Print a table with a line for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="fashion_mnist")
    parser.add_argument("--latent-dims", type=int, default=16)
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()

    data = datasets.load(given.data)
    X, X_new = (datasets.flatten(one).astype(np.float32) for one in (data.X_train, data.X_test))
    rebuilt = principal_components(X, given.latent_dims).rebuild(X_new, given.latent_dims)
    pca = float(np.mean(np.sum((rebuilt - X_new) ** 2, axis=1)))
    console = Console()
    errors = []
    for seed in range(given.seeds):
        errors.append(error_of(given.latent_dims, X, X_new, given.steps, seed))
        console.print(f"seed {seed}: {errors[-1]:.2f}, principal components {pca:.2f}")
    table = Table("", "error of new images", box=None)
    table.add_row(f"principal components, {given.latent_dims}", f"{pca:.2f}")
    table.add_row(
        f"autoencoder, {given.latent_dims}, mean of {given.seeds} seeds", f"{np.mean(errors):.2f}"
    )
    table.add_row("the best and the worst of them", f"{min(errors):.2f} and {max(errors):.2f}")
    console.print(table)


if __name__ == "__main__":
    main()
