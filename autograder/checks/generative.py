"""Checks of stage 6, generative models."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from autograder.checks.base import (
    Expected,
    FunctionChecks,
    LossChecks,
    StudentLike,
    fixed,
    weight,
)
from autograder.checks.call import Call, call
from autograder.checks.compare import CheckFailed
from autograder.checks.inputs import (
    any_seed,
    blobs,
    labels,
    normal,
    number,
    thinned_digits,
    up_to,
    whole,
)
from autograder.checks.vectorized import VectorizedChecks

SIZES = ((2, 3, 4, 2), (1, 4, 2, 3), (5, 2, 3, 1), (3, 3, 3, 3), (4, 6, 5, 2))  # N, D, H, L
SPREAD = 0.5  # of parameters
MARGIN = 0.13  # what `thinned_digits` takes off each pixel

Params = dict[str, np.ndarray]


def gentle(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers under which no sigmoid is so near 1 that float32 loses its slope."""
    return normal(rng, *shape, scale=SPREAD)


def dense(
    rng: np.random.Generator, *sizes: int, draw: Callable[..., np.ndarray] = gentle
) -> Params:
    """Draw the layers from one size to the next; biases are not zero, so that each shows."""
    params = {}
    for layer, (rows, columns) in enumerate(pairwise(sizes), start=1):
        params[f"W{layer}"] = draw(rng, rows, columns)
        params[f"b{layer}"] = draw(rng, 1, columns)
    return params


def signs(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw -1, 0 and 1: of sums and products of them, many are 0."""
    return whole(rng, *shape, low=-1, high=1)


def pixels(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers from 0 to 1."""
    drawn: np.ndarray = rng.uniform(0, 1, size=shape)
    return drawn


class _RoundedChecks(FunctionChecks):
    """Checks of a function that changes number by number and must not overflow."""

    small = up_to(2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return call(self.function, x=normal(rng, *sizes))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        yield call(self.function, x=rng.permutation([-1.0, 0.0, 2.0]))
        for shape in ((3, 4), (2, 1), (2, 3, 2)):
            yield call(self.function, x=normal(rng, *shape, scale=3.0))

    def test_overflow(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Inputs of -1000 and 1000 are taken, next to small ones."""
        for many in ([-1000.0, 1000.0, 0.5, -710.0, 750.0], [1000.0, 40.0], [-1000.0, -30.0]):
            x = rng.permutation(many)
            for drawn in (call(self.function, x=x), call(self.function, x=x.reshape(-1, 1))):
                self.agree(drawn, student(drawn), expected(drawn))


class TestSigmoid(_RoundedChecks):
    """sigmoid(x) -> the shape of x."""

    function = "sigmoid"


class TestSoftplus(_RoundedChecks):
    """softplus(x) -> the shape of x."""

    function = "softplus"


class _InitChecks(FunctionChecks):
    """Checks of first parameters, which a seed decides."""

    names: ClassVar[tuple[str, ...]]  # of the sizes
    small = up_to(2, 2, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        named = dict(zip(self.names, sizes, strict=True))
        return call(self.function, **named, seed=int(rng.integers(1000)))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((3, 4, 2), (5, 2, 3), (1, 3, 1), (3, 3, 3), (8, 6, 5)):
            yield self.draw(rng, *sizes)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, seed is 0."""
        plain = call(self.function, **dict(zip(self.names, (4, 3, 2), strict=True)))
        self.agree(plain, student(plain), expected(plain))


class TestInitAutoencoder(_InitChecks):
    """init_autoencoder(dim, hidden_dims, latent_dims, seed) -> params."""

    function = "init_autoencoder"
    returns = "params"
    names = ("dim", "hidden_dims", "latent_dims")


class TestEncode(FunctionChecks):
    """encode(params, X) -> codes (N, L)."""

    function = "encode"
    returns = "codes"
    small = up_to(2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return _coder(rng, self.function, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        yield call("encode", params=dense(rng, 3, 4, 2, 4, 3), X=np.zeros((2, 3)))


class TestDecode(FunctionChecks):
    """decode(params, Z) -> samples (N, D)."""

    function = "decode"
    returns = "samples"
    small = up_to(2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L = sizes
        return call("decode", params=dense(rng, D, H, L, H, D), Z=normal(rng, N, L))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        params = {key: 50 * array for key, array in dense(rng, 3, 4, 2, 4, 3).items()}
        yield call("decode", params=params, Z=normal(rng, 4, 2))  # far out on the sigmoid


class _CoderChecks(VectorizedChecks):
    """Checks of a function of an autoencoder and samples."""

    small = up_to(2, 2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        return _coder(rng, self.function, *sizes)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        yield call(self.function, params=dense(rng, 3, 4, 2, 4, 3), X=np.zeros((2, 3)))

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 4, 3, 2)


class TestReconstructionErrors(_CoderChecks):
    """reconstruction_errors(params, X) -> errors (N,)."""

    function = "reconstruction_errors"
    returns = "errors"


class TestAutoencoderLoss(_CoderChecks, LossChecks):
    """autoencoder_loss(params, X) -> (loss, grads)."""

    function = "autoencoder_loss"
    returns = ("loss", "grads")
    wrt = "params"

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No gradient flows where what enters a ReLU is exactly 0."""
        for _ in range(4):
            params = dense(rng, 3, 5, 2, 5, 3, draw=signs)
            kinked = call(self.function, params=params, X=whole(rng, 12, 3, low=0, high=1))
            self.agree(kinked, student(kinked), expected(kinked))


class TestTrainAutoencoder(FunctionChecks):
    """train_autoencoder(params, X, lr, momentum, batch, num_iters, seed) -> (losses, params)."""

    function = "train_autoencoder"
    returns = ("losses", "params")
    small = up_to(3, 2, 1, 1, 3)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L, steps = sizes
        return self.training(rng, N, D, H, L, batch=N, num_iters=steps)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Full batches: no draw matters but its order."""
        for N, D, H, L, steps in ((4, 3, 4, 2, 1), (5, 2, 3, 2, 2), (6, 4, 3, 2, 9)):
            yield self.training(rng, N, D, H, L, batch=N, num_iters=steps)

    def training(
        self, rng: np.random.Generator, N: int, D: int, H: int, L: int, batch: int, num_iters: int
    ) -> Call:
        return call(
            self.function,
            params=dense(rng, D, H, L, H, D),
            X=pixels(rng, N, D),
            lr=round(float(rng.uniform(0.02, 0.1)), 5) or 0.5,
            momentum=number(rng, 0.4, 0.8),
            batch=batch,
            num_iters=num_iters,
            seed=any_seed(rng),
        )

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Mini-batches are those that rng.choice draws, a new one each step."""
        for N, batch in ((8, 1), (12, 5), (30, 4)):
            drawn = self.training(rng, N, 3, 4, 2, batch=batch, num_iters=6)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, lr=0.01, momentum=0.9, batch=50, num_iters=100 and seed=0."""
        start = {"params": dense(rng, 3, 4, 2, 4, 3), "X": pixels(rng, 60, 3)}
        for keywords in ({}, {"num_iters": 3}, {"momentum": 0.0, "num_iters": 2}, {"seed": 5}):
            plain = Call(self.function, start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Rebuilt from codes of 8 numbers, new digits are nearer than the mean digit, by 30 %."""
        X, _, X_new, _ = thinned_digits()
        X, X_new = X + MARGIN, X_new + MARGIN
        training = call(
            self.function,
            params=_scaled(dense(np.random.default_rng(0), X.shape[1], 32, 8, 32, X.shape[1])),
            X=X,
            lr=0.02,
            momentum=0.9,
            batch=60,
            num_iters=400,
            seed=0,
        )
        _, params = student(training)
        errors = student(call("reconstruction_errors", params=params, X=X_new))
        mean = float(np.mean(np.sum((X_new - X.mean(axis=0)) ** 2, axis=1)))
        found = float(np.mean(errors))
        if not found < 0.7 * mean:
            raise CheckFailed(
                f"{training}: new digits come back with an error of {found:.3g}; expected less "
                f"than {0.7 * mean:.3g}, 70 % of the error of the mean digit."
            )


class TestKmeansAssign(VectorizedChecks):
    """kmeans_assign(Z, centers) -> labels (N,)."""

    function = "kmeans_assign"
    returns = "labels"
    small = up_to(2, 3, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, K, L = sizes
        return call(self.function, Z=normal(rng, N, L), centers=normal(rng, K, L))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((4, 2, 2), (9, 3, 4), (1, 4, 2), (6, 1, 3), (12, 5, 1), (20, 4, 4)):
            yield self.draw(rng, *sizes)
        # The longer centers are no nearer, and no farther, for being long.
        centers = normal(rng, 4, 2) * np.array([[0.2], [1], [5], [20]])
        yield call(self.function, Z=normal(rng, 16, 2, scale=8.0), centers=centers)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 2)

    def test_ties(self, student: StudentLike, expected: Expected, rng: np.random.Generator) -> None:
        """Of equally near centers, the one of the lowest index counts."""
        for _ in range(3):
            tied = call(self.function, Z=whole(rng, 24, 2), centers=whole(rng, 5, 2))
            for precision in (np.float64, np.float32):
                self.agree(tied, student(tied.cast(precision)), expected(tied))


class TestKmeansUpdate(VectorizedChecks):
    """kmeans_update(Z, labels, centers) -> centers (K, L)."""

    function = "kmeans_update"
    returns = "centers"
    small = up_to(3, 3, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, K, L = sizes
        numbers = {"Z": normal(rng, N, L), "labels": labels(rng, N, K)}
        return call(self.function, **numbers, centers=normal(rng, K, L))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in ((4, 2, 2), (9, 3, 4), (6, 1, 3), (20, 4, 4), (12, 5, 1)):
            yield self.draw(rng, *sizes)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 3, 2)

    def test_empty(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """A cluster without codes keeps its center."""
        for N, K in ((1, 3), (3, 5), (8, 4)):
            found = rng.permutation(K)[: K - 1][rng.integers(K - 1, size=N)]  # one is in none
            numbers = {"Z": normal(rng, N, 2), "labels": found, "centers": normal(rng, K, 2)}
            drawn = call(self.function, **numbers)
            self.agree(drawn, student(drawn), expected(drawn))


class TestKmeans(FunctionChecks):
    """kmeans(Z, k, max_iters, seed) -> (centers, labels, inertias)."""

    function = "kmeans"
    returns = ("centers", "labels", "inertias")
    small = tuple((N, k, rounds) for N, k, rounds in up_to(4, 3, 3) if k <= N)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, k, rounds = sizes
        Z, seed = normal(rng, N, 2), int(rng.integers(1000))
        return call(self.function, Z=Z, k=k, max_iters=rounds, seed=seed)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Until nothing changes."""
        for N, k, L in ((6, 2, 2), (12, 3, 3), (5, 1, 2), (4, 4, 2), (60, 5, 4), (200, 8, 2)):
            Z, _ = blobs(rng, N, L, k)
            yield call(self.function, Z=Z, k=k, max_iters=100, seed=int(rng.integers(1000)))

    def test_rounds(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """It ends after max_iters rounds, if not before, with labels of the last centers."""
        for rounds in (1, 1, 2, 3):
            Z, seed = normal(rng, 80, 2), int(rng.integers(1000))
            stopped = call(self.function, Z=Z, k=6, max_iters=rounds, seed=seed)
            self.agree(stopped, student(stopped), expected(stopped))

    def test_empty(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Where two of the first centers are equal, one gets no code and stays where it is."""
        for rows, copies, k in ((2, 4, 3), (3, 3, 5), (6, 3, 8)):
            # Whole numbers, so that equal distances are equal in every formula.
            Z = np.repeat(whole(rng, rows, 2, low=-900, high=900), copies, axis=0)
            drawn = call(self.function, Z=Z, k=k, max_iters=50, seed=int(rng.integers(1000)))
            self.agree(drawn, student(drawn), expected(drawn))

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, max_iters=100 and seed=0."""
        start = {"Z": normal(rng, 40, 2), "k": 4}
        for keywords in ({}, {"max_iters": 2}, {"seed": any_seed(rng)}):
            plain = Call(self.function, start, keywords)
            self.agree(plain, student(plain), expected(plain))
        # Points in a row take long to divide: more than 100 rounds here.
        plain = Call(self.function, {"Z": np.arange(700.0)[:, np.newaxis] ** 1.5, "k": 10})
        self.agree(plain, student(plain), expected(plain))


class TestClusterPurity(FunctionChecks):
    """cluster_purity(labels, y) -> float."""

    function = "cluster_purity"
    returns = "purity"
    small = up_to(5, 2, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, K, C = sizes
        return call(self.function, labels=labels(rng, N, K), y=labels(rng, N, C))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, K, C in ((4, 2, 2), (7, 3, 2), (1, 1, 1), (50, 4, 10), (30, 10, 3), (40, 7, 7)):
            yield self.draw(rng, N, K, C)
        y = labels(rng, 12, 4)
        yield call(self.function, labels=y, y=y)
        yield call(self.function, labels=3 * rng.permutation(4)[y], y=y)  # some clusters are empty
        # One large cluster and small ones: the share of all samples, not the mean of shares.
        sizes = np.repeat(np.arange(4), (40, 1, 2, 3))
        yield call(self.function, labels=rng.permutation(sizes), y=rng.integers(3, size=46))


class TestInitGan(_InitChecks):
    """init_gan(dim, noise_dims, hidden_dims, seed) -> (params_G, params_D)."""

    function = "init_gan"
    returns = ("params_G", "params_D")
    names = ("dim", "noise_dims", "hidden_dims")


class TestGenerate(FunctionChecks):
    """generate(params_G, z) -> samples (N, D)."""

    function = "generate"
    returns = "samples"
    small = up_to(2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L = sizes
        return call("generate", params_G=dense(rng, L, H, D), z=normal(rng, N, L))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        params = {key: 50 * array for key, array in dense(rng, 2, 4, 3).items()}
        yield call("generate", params_G=params, z=normal(rng, 4, 2))  # far out on the sigmoid


class TestDiscriminate(FunctionChecks):
    """discriminate(params_D, X) -> logits (N,)."""

    function = "discriminate"
    returns = "logits"
    small = up_to(2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H = sizes
        return call("discriminate", params_D=dense(rng, D, H, 1), X=pixels(rng, N, D))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D, H, _ in SIZES:
            yield self.draw(rng, N, D, H)
        params = {key: 50 * array for key, array in dense(rng, 3, 4, 1).items()}
        yield call("discriminate", params_D=params, X=pixels(rng, 4, 3))  # logits are large


class TestDiscriminatorLoss(VectorizedChecks, LossChecks):
    """discriminator_loss(params_D, real, fake) -> (loss, grads)."""

    function = "discriminator_loss"
    returns = ("loss", "grads")
    wrt = "params_D"
    small = up_to(2, 2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, M, D, H = sizes
        samples = {"real": pixels(rng, N, D), "fake": pixels(rng, M, D)}
        return call(self.function, params_D=dense(rng, D, H, 1), **samples)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        """Batches of equal size, and not."""
        for sizes in ((4, 4, 3, 5), (2, 5, 4, 3), (6, 1, 2, 4), (1, 3, 3, 3), (1, 1, 5, 2)):
            yield self.draw(rng, *sizes)

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], sizes["N"], 4, 3)

    @weight(2)
    def test_large_logits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Logits of ±1,000 and more give finite losses, and gradients that don't vanish."""
        for drawn in _large(rng):
            X = pixels(rng, 6, 3)  # real and fake alike: one of the two is misjudged
            extreme = call(self.function, params_D=drawn, real=X, fake=X[::-1].copy())
            self.agree(extreme, student(extreme), expected(extreme))

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No gradient flows where what enters the ReLU is exactly 0."""
        for _ in range(4):
            real, fake = (whole(rng, 8, 3, low=0, high=1) for _ in range(2))
            params = dense(rng, 3, 6, 1, draw=signs)
            kinked = call(self.function, params_D=params, real=real, fake=fake)
            self.agree(kinked, student(kinked), expected(kinked))


class TestGeneratorLoss(VectorizedChecks, LossChecks):
    """generator_loss(params_G, params_D, z) -> (loss, grads)."""

    function = "generator_loss"
    returns = ("loss", "grads")
    wrt = "params_G"
    small = up_to(2, 2, 2, 2)
    sizes: ClassVar = {"N": 6}

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L = sizes
        return call(self.function, **_pair(rng, D, H, L), z=normal(rng, N, L))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        # The two networks may differ in their hidden units.
        params = {"params_G": dense(rng, 2, 3, 4), "params_D": dense(rng, 4, 6, 1)}
        yield call(self.function, **params, z=normal(rng, 5, 2))

    def sized(self, rng: np.random.Generator, **sizes: int) -> Call:
        return self.draw(rng, sizes["N"], 4, 3, 2)

    @weight(2)
    def test_large_logits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Logits of -1,000 and less give a finite loss, and a gradient that does not vanish."""
        for drawn in _large(rng):
            params = {"params_G": dense(rng, 2, 4, 3), "params_D": drawn}
            # So that one sample at least is seen through: its gradient is not 0.
            params["params_D"]["b2"] -= 1e4
            extreme = call(self.function, **params, z=normal(rng, 5, 2))
            self.agree(extreme, student(extreme), expected(extreme))

    def test_kinks(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """No gradient flows where what enters a ReLU, of either network, is exactly 0."""
        for _ in range(4):
            params_G, params_D = dense(rng, 2, 6, 3, draw=signs), dense(rng, 3, 6, 1, draw=signs)
            # Each pixel is exactly 1/2. Sums of other sigmoids would be 0 but for rounding.
            gray = {**params_G, "W2": np.zeros((6, 3)), "b2": np.zeros((1, 3))}
            for networks in (
                {"params_G": params_G, "params_D": dense(rng, 3, 6, 1)},
                {"params_G": gray, "params_D": params_D},
            ):
                kinked = call(self.function, **networks, z=signs(rng, 8, 2))
                self.agree(kinked, student(kinked), expected(kinked))


class TestDiscriminatorStep(FunctionChecks):
    """discriminator_step(params_G, params_D, real, z, lr) -> (loss, params_D)."""

    function = "discriminator_step"
    returns = ("loss", "params_D")
    small = up_to(2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L = sizes
        numbers = {"real": pixels(rng, N, D), "z": normal(rng, N, L), "lr": _rate(rng)}
        return call(self.function, **_pair(rng, D, H, L), **numbers)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)
        numbers = {"real": pixels(rng, 2, 3), "z": normal(rng, 5, 2), "lr": _rate(rng)}
        yield call(self.function, **_pair(rng, 3, 4, 2), **numbers)  # batches of two sizes


class TestGeneratorStep(FunctionChecks):
    """generator_step(params_G, params_D, z, lr) -> (loss, params_G)."""

    function = "generator_step"
    returns = ("loss", "params_G")
    small = up_to(2, 2, 2, 2)

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L = sizes
        return call(self.function, **_pair(rng, D, H, L), z=normal(rng, N, L), lr=_rate(rng))

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for sizes in SIZES:
            yield self.draw(rng, *sizes)


class TestTrainGan(FunctionChecks):
    """train_gan(params_G, params_D, X, lr_G, lr_D, batch, num_iters, seed)."""

    function = "train_gan"
    returns = ("losses_G", "losses_D", "params_G", "params_D")
    small = up_to(2, 2, 1, 1, 2)
    test_float32 = None  # type: ignore[assignment]

    def draw(self, rng: np.random.Generator, *sizes: int) -> Call:
        N, D, H, L, rounds = sizes
        return self.training(rng, N, D, H, L, batch=N, num_iters=rounds)

    def calls(self, rng: np.random.Generator) -> Iterator[Call]:
        for N, D, H, L, batch, rounds in (
            (4, 3, 4, 2, 4, 1),
            (6, 2, 3, 3, 2, 2),
            (9, 4, 3, 1, 5, 6),
        ):
            yield self.training(rng, N, D, H, L, batch=batch, num_iters=rounds)

    def training(
        self, rng: np.random.Generator, N: int, D: int, H: int, L: int, **settings: Any
    ) -> Call:
        rates = {"lr_G": _rate(rng), "lr_D": _rate(rng)}
        start = {**_pair(rng, D, H, L), "X": pixels(rng, N, D), **rates, **settings}
        return call(self.function, **start, seed=any_seed(rng))

    @weight(2)
    def test_batches(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """Rows and random numbers are drawn in the order that the docstring fixes."""
        for N, batch in ((8, 1), (12, 5), (30, 4)):
            drawn = self.training(rng, N, 3, 4, 2, batch=batch, num_iters=5)
            self.agree(drawn, student(drawn), expected(drawn))

    def test_one_alone(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """With a learning rate of 0 a network stays as it was: the other's steps don't touch it."""
        for still, rate in (("params_G", "lr_G"), ("params_D", "lr_D")):
            drawn = self.training(rng, 10, 3, 4, 2, batch=4, num_iters=5)
            alone = Call(self.function, {**drawn.arguments, rate: 0.0})
            got, want = student(alone), expected(alone)
            try:
                self.agree_on(still, alone, got, want)
            except CheckFailed as failure:
                raise CheckFailed(
                    f"{failure} With {rate}=0 it should stay as it was given: a step of one "
                    "network moves that one alone."
                ) from None
            self.agree(alone, got, want)

    def test_defaults(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """By default, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100 and seed=0."""
        start = {**_pair(rng, 3, 4, 2), "X": pixels(rng, 60, 3)}
        for keywords in (
            {},
            {"num_iters": 2},
            {"lr_G": 0.5, "num_iters": 2},
            {"lr_D": 0.5, "num_iters": 2, "seed": 5},
        ):
            plain = Call(self.function, start, keywords)
            self.agree(plain, student(plain), expected(plain))

    @fixed
    def test_digits(
        self, student: StudentLike, expected: Expected, rng: np.random.Generator
    ) -> None:
        """After 300 rounds on 600 real digits, pixels are as bright as those of digits."""
        X = thinned_digits()[0] + MARGIN
        draws = np.random.default_rng(0)
        D, H, L = X.shape[1], 48, 8
        start = {key: _scaled(params) for key, params in _pair(draws, D, H, L).items()}
        training = call(
            self.function,
            **start,
            X=X,
            lr_G=0.1,
            lr_D=0.1,
            batch=50,
            num_iters=300,
            seed=0,
        )
        z = normal(draws, 400, L)
        _, _, params_G, _ = student(training)
        before, after = (
            _brightness_apart(student(call("generate", params_G=params, z=z)), X)
            for params in (start["params_G"], params_G)
        )
        if not after < before / 2:
            raise CheckFailed(
                f"{training}: the mean of what the generator makes should come nearer to the mean "
                f"digit, by half or more, but its distance goes from {before:.3g} to {after:.3g}."
            )


def _coder(rng: np.random.Generator, function: str, N: int, D: int, H: int, L: int) -> Call:
    """Draw a call of `function` with an autoencoder's params, and samples."""
    return call(function, params=dense(rng, D, H, L, H, D), X=pixels(rng, N, D))


def _pair(rng: np.random.Generator, D: int, H: int, L: int) -> dict[str, Params]:
    """Draw a generator and a discriminator."""
    return {"params_G": dense(rng, L, H, D), "params_D": dense(rng, D, H, 1)}


def _large(rng: np.random.Generator) -> Iterator[Params]:
    """Draw discriminators with logits far out on both sides."""
    for scale in (60.0, -60.0, 200.0):
        params = {key: scale * array for key, array in dense(rng, 3, 5, 1).items()}
        yield params


def _rate(rng: np.random.Generator) -> float:
    return number(rng, 0.1, 0.9)


def _scaled(params: Params) -> Params:
    """Give weights the size that keeps that of what passes through; set biases to 0."""
    return {
        key: array / (SPREAD * np.sqrt(len(array))) if key[0] == "W" else 0 * array
        for key, array in params.items()
    }


def _brightness_apart(samples: Any, X: np.ndarray) -> float:
    """Tell how far the mean of samples is from that of X."""
    found = np.asarray(samples, dtype=np.float64)
    if found.ndim != 2 or found.shape[1:] != X.shape[1:]:
        raise ValueError(f"samples of shape {found.shape}")
    return float(np.linalg.norm(found.mean(axis=0) - X.mean(axis=0)))
