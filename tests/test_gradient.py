"""Numerical gradients: right for smooth functions, silent at kinks; and what is said of wrong ones.

The complex step, Im f(x + ih) / h with no difference that cancels (Squire and Trapp 1998, "Using
complex variables to estimate derivatives of real functions"), referees them and the references.
"""

import itertools
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import gradient_check, numerical_gradient
from autograder.expected import Reference
from autograder.gradient import sample_slopes, value_at
from autograder.grading import grade
from autograder.stage import find_stage
from autograder.submission import Submission
from solutions import convnet, linear_svm, two_layer_net
from tests.mistakes import KIT

NUMBERS = itertools.count()
SEEDS = st.integers(0, 2**32)
smooth = settings(deadline=None, max_examples=25)


def complex_step(f, x, h=1e-30):
    gradient = np.empty(x.shape)
    for where in np.ndindex(*x.shape):
        moved = x.astype(complex)
        moved[where] += 1j * h
        gradient[where] = np.imag(f(moved)) / h
    return gradient


def figure(got, want):
    """Largest difference, as a part of the largest entry."""
    return np.abs(got - want).max() / np.abs(want).max()


def softmax_case(seed=0, N=12, D=6, C=4):
    """Draw a loss of W, W, and its gradient."""
    rng = np.random.default_rng(seed)
    W, X, y = rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(0, C, N)
    return (
        lambda W: linear_svm.softmax_loss(W, X, y, 0.1)[0],
        W,
        linear_svm.softmax_loss(W, X, y, 0.1)[1],
    )


def net_case(seed=0, N=12, D=6, H=5, C=3):
    """Draw a loss of a net's parameters, the parameters, and its gradient."""
    rng = np.random.default_rng(seed)
    params = two_layer_net.init_params(D, H, C, eps=0.5, seed=seed)
    X, y = rng.standard_normal((N, D)), rng.integers(0, C, N)
    return (
        lambda params: two_layer_net.nn_svm_loss(params, X, y, 0.1)[0],
        params,
        two_layer_net.nn_svm_loss(params, X, y, 0.1)[1],
    )


# --- numerical slopes


def test_the_gradient_of_a_polynomial():
    x = np.array([[1.0, -2.0, 0.5]])
    gradient = numerical_gradient(lambda x: float((x**3).sum()), x)
    np.testing.assert_allclose(gradient, 3 * x**2, rtol=1e-10)
    np.testing.assert_array_equal(x, [[1.0, -2.0, 0.5]])


@given(SEEDS)
def test_the_gradient_of_a_linear_function_is_its_coefficients(seed):
    rng = np.random.default_rng(seed)
    a, x = rng.standard_normal((2, 3, 4))
    np.testing.assert_allclose(numerical_gradient(lambda x: np.vdot(a, x), x), a, atol=1e-10)


def test_the_gradient_with_respect_to_a_dict_and_to_a_number():
    x = {"W": np.arange(6.0).reshape(2, 3), "b": np.array([3, 4])}
    gradient = numerical_gradient(lambda p: np.sum(p["W"] ** 2) * p["b"][0] + p["b"][1], x)
    np.testing.assert_allclose(gradient["W"], 6 * x["W"], atol=1e-9)
    np.testing.assert_allclose(gradient["b"], [55, 1], rtol=1e-10)
    assert numerical_gradient(lambda x: x**2, np.array(3.0)) == pytest.approx(6, rel=1e-10)


# From 1e-4 on: of a wave that fits into each step, all differences are 0. And the terms have one
# sign: rounding is reckoned from the value of f, which shows nothing of terms that cancel.
@given(SEEDS, st.floats(-4, 6))
@smooth
def test_slopes_are_right_at_any_scale_and_know_their_errors(seed, power):
    rng = np.random.default_rng(seed)
    a, scale = np.abs(rng.standard_normal(5)), 10.0**power
    x = scale * rng.standard_normal(5)
    slopes = sample_slopes(lambda x: np.sum(a * (2 + np.sin(x / scale)) * scale), x, rng)
    if power > -2:  # what changes over much less than the steps is left out
        assert len(slopes.coordinates) == 5
    for where, value, error in zip(slopes.coordinates, slopes.values, slopes.errors, strict=True):
        assert abs(value - (a * np.cos(x / scale))[where]) <= error
        assert error <= 1e-7 * a.max()


@given(SEEDS)
@smooth
def test_slopes_of_a_smooth_loss_are_good_to_nine_digits(seed):
    loss, W, _ = softmax_case(seed)
    assert figure(numerical_gradient(loss, W), complex_step(loss, W)) < 1e-9


def test_steep_functions_get_shorter_steps():
    x = np.array([0.3])
    slope = numerical_gradient(lambda x: float(np.sin(1000 * x[0])), x)
    np.testing.assert_allclose(slope, 1000 * np.cos(1000 * x), rtol=1e-7)


def test_a_function_in_single_precision_gets_longer_steps():
    x = np.array([0.3, 2.0])
    f = lambda x: np.sum(np.exp(x.astype(np.float32)))  # noqa: E731
    slopes = sample_slopes(f, x, np.random.default_rng(0))
    assert len(slopes.coordinates) == 2
    np.testing.assert_allclose(numerical_gradient(f, x), np.exp(x), rtol=1e-3)


def test_no_more_coordinates_than_asked():
    slopes = sample_slopes(lambda x: (x**2).sum(), np.ones((50, 50)), np.random.default_rng(0), 7)
    assert len(slopes.coordinates) == len(slopes.values) == len(slopes.errors) == 7


# --- kinks

HINGE = (lambda x: np.maximum(0, x).sum(), lambda x: (x > 0) * 1.0)
ABSOLUTE = (lambda x: np.abs(x).sum(), np.sign)
WEIGHTED = (lambda x: x.sum() + 1e-4 * np.maximum(0, x).sum(), lambda x: 1 + 1e-4 * (x > 0))


@pytest.mark.parametrize(("f", "df"), [HINGE, ABSOLUTE, WEIGHTED], ids=["hinge", "abs", "weighted"])
@given(st.floats(-12, 0), st.sampled_from([-1, 1]))
@settings(deadline=None, max_examples=60)
def test_near_a_kink_a_slope_is_right_or_left_out(f, df, power, sign):
    x = np.array([sign * 10.0**power, 1.0])  # the kink is at 0
    slopes = sample_slopes(f, x, np.random.default_rng(0))
    if power < -6:
        assert slopes.left_out == [(0,)]
    if power > -4.5:
        assert slopes.left_out == []
    for where, value in zip(slopes.coordinates, slopes.values, strict=True):
        assert value == pytest.approx(df(x)[where], abs=1e-9)


@pytest.mark.parametrize("distance", [0, 1e-9, 1e-7, 1e-6, 3e-6])
def test_the_winner_of_a_pool_that_changes_within_the_step_is_left_out(distance):
    x = np.array([[0.5, 0.2], [0.1, 0.5 - distance]]).reshape(1, 1, 2, 2)
    slopes = sample_slopes(lambda x: convnet.max_pool_forward(x).sum(), x, np.random.default_rng(0))
    assert sorted(slopes.left_out) == [(0, 0, 0, 0), (0, 0, 1, 1)]
    assert not slopes.values.any()


@pytest.mark.parametrize("distance", [1e-4, 1e-2])
def test_the_winner_of_a_pool_by_far_is_compared(distance):
    x = np.array([[0.5, 0.2], [0.1, 0.5 - distance]]).reshape(1, 1, 2, 2)
    result = gradient_check(
        lambda x: convnet.max_pool_forward(x).sum(), x, (x == 0.5).astype(float)
    )
    assert result
    assert (result.compared, result.left_out) == (4, 0)


@pytest.mark.parametrize("distance", [0, 1e-12, 1e-9, 1e-7, 1e-6, 1e-4, 1e-3, 1e-2])
def test_a_relu_in_a_net_is_left_out_or_right(distance):
    rng = np.random.default_rng(0)
    X, W1, W2 = (rng.standard_normal(shape) for shape in ((12, 6), (6, 5), (5, 3)))
    b1 = rng.standard_normal((1, 5))
    W1 /= 4
    b1[0, 2] = distance - (X @ W1)[3, 2]  # one hidden unit of one sample is so far above 0

    def f(b1):
        return np.sum((np.maximum(0, X @ W1 + b1) @ W2) ** 2)

    hidden = X @ W1 + b1
    gradient = ((2 * np.maximum(0, hidden) @ W2 @ W2.T) * (hidden > 0)).sum(axis=0, keepdims=True)
    result = gradient_check(f, b1, gradient)
    assert result, result
    assert result.error < 1e-9
    assert result.left_out == (distance < 1e-5)


# --- gradient_check


@given(SEEDS)
@smooth
def test_right_gradients_agree_to_nine_digits(seed):
    for f, x, gradient in (softmax_case(seed), net_case(seed)):
        result = gradient_check(f, x, gradient)
        assert result, result
        arrays = gradient.values() if isinstance(gradient, dict) else [gradient]
        if min(np.abs(array).max() for array in arrays) > 1e-2:  # no array of zeros
            assert result.error < 2e-9


@given(SEEDS, st.floats(0.9, 1.1).filter(lambda factor: abs(factor - 1) > 1e-3))
@smooth
def test_the_largest_entry_alone_being_off_is_caught(seed, factor):
    f, x, gradient = softmax_case(seed)
    where = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    gradient[where] *= factor
    result = gradient_check(f, x, gradient)
    assert not result
    assert f"at 1 of 24 coordinates ([{where[0]}, {where[1]}])" in str(result)
    assert result.error == pytest.approx(abs(factor - 1) / max(factor, 1), rel=1e-3)


def test_any_single_entry_ten_percent_off_is_caught():
    f, x, gradient = softmax_case()
    for where in np.ndindex(*gradient.shape):
        wrong = gradient.copy()
        wrong[where] *= 1.1
        assert not gradient_check(f, x, wrong)


def test_agreement_is_one_paragraph():
    result = gradient_check(*net_case())
    assert re.fullmatch(
        r"The gradient agrees with the slopes of f: 53 coordinates compared, 0 left out at kinks; "
        r"the largest error is \d\.\de-\d\d of the largest entry\.",
        str(result),
    )
    assert repr(result) == str(result) == result.message
    assert result.agrees is True
    assert (result.compared, result.left_out, result.seed) == (53, 0, 0)
    with pytest.raises(AttributeError):
        result.error = 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda dW: 2 * dW, "2.00 times"),
        (lambda dW: dW / 12, "0.0833"),
        (lambda dW: -dW, "sign"),
        (lambda dW: 0 * dW, "0 everywhere"),
    ],
)
def test_a_rule_in_the_difference_is_told(wrong, words):
    f, W, dW = softmax_case()
    result = gradient_check(f, W, wrong(dW))
    assert not result
    assert "at 24 of 24 coordinates ([0, 0], [0, 1], [0, 2], …)" in str(result)
    assert words in str(result)


def test_a_transposed_gradient_is_told():
    a = np.random.default_rng(0).standard_normal((4, 4))
    result = gradient_check(lambda x: np.vdot(a, x), np.ones((4, 4)), a.T)
    assert "right but transposed" in str(result)


def test_one_wrong_column_is_told():
    a = np.random.default_rng(0).standard_normal((4, 5))
    result = gradient_check(lambda x: np.vdot(a, x), np.ones((4, 5)), a * [1, 1, 3, 1, 1])
    assert "at 4 of 20 coordinates ([0, 2], [1, 2], [2, 2], …)" in str(result)
    assert "column 2" in str(result)


def test_the_array_of_a_dict_is_named():
    f, params, grads = net_case()
    result = gradient_check(f, params, {**grads, "W1": 2 * grads["W1"]})
    assert str(result).startswith("gradient['W1'] differs from the slopes of f at 30 of 30")
    assert "2.00 times" in str(result)
    assert str(result).endswith("Right: gradient['b1'], gradient['W2'], gradient['b2'].")


def test_some_arrays_of_a_dict_will_do():
    f, params, grads = net_case()
    assert gradient_check(f, params, {"b2": grads["b2"]}).compared == 3


def test_large_arrays_are_sampled_by_a_seed_that_is_recorded():
    x = np.linspace(-1, 1, 1000).reshape(20, 50)
    seen = []
    f = lambda x: float(np.sum(x**2))  # noqa: E731
    for seed in (0, 0, 1):
        result = gradient_check(f, x, -2 * x, seed=seed)
        assert result.compared == 20
        assert result.seed == seed
        assert "sign" in str(result)
        seen.append(str(result))
    assert seen[0] == seen[1] != seen[2]
    assert gradient_check(f, x, 2 * x, count=5).compared == 5


def test_places_in_a_sample_are_not_taken_for_places_in_the_array(monkeypatch):
    monkeypatch.setattr(
        "autograder.agreement.explain", lambda got, want, _: f"Entry {np.argmax(got != want)}."
    )
    f = lambda x: np.sum(x**2)  # noqa: E731
    for size, told in ((20, True), (400, False)):
        x = np.linspace(1, 2, size)
        (place,) = sample_slopes(f, x, np.random.default_rng(0), 20).coordinates[5]
        gradient = numerical_gradient(f, x)
        gradient[place] = 7
        result = gradient_check(f, x, gradient)
        assert f"at 1 of 20 coordinates ([{place}])" in str(result)
        assert str(result).endswith(f"Entry {place}.") == told
        assert ("Entry" in str(result)) == told


def test_the_gradient_of_a_number():
    assert gradient_check(lambda x: x**2, 3.0, 6.0)
    result = gradient_check(lambda x: x**2, np.array(3.0), 5.0)
    assert str(result) == "The gradient is 5, but the slope of f is 6."


def test_kinks_are_counted_and_all_kinks_are_no_agreement():
    f, df = HINGE
    x = np.array([-1.0, 0, 2])
    assert gradient_check(f, x, df(x)).left_out == 1
    result = gradient_check(f, 0 * x, df(0 * x))
    assert not result
    assert "has a kink" in str(result)


def test_a_gradient_of_zeros_agrees_although_slopes_are_rounded():
    def f(x):
        return float(np.sum(x) / 3 - np.sum(x / 3) + 1)  # 1 but for rounding

    assert gradient_check(f, np.linspace(0, 1, 7), np.zeros(7))


def test_single_precision():
    f, params, grads = net_case()
    single = {key: array.astype(np.float32) for key, array in params.items()}
    given = []

    def watched(params):
        given.extend(array.dtype for array in params.values())
        return f(params)

    result = gradient_check(watched, single, numerical_gradient(f, single))
    assert result.error < 1e-9
    assert set(given) == {np.dtype(np.float64)}
    rounded = {key: array.astype(np.float32) for key, array in grads.items()}
    result = gradient_check(f, params, rounded)
    assert result
    assert (result.tolerance, gradient_check(f, params, grads).tolerance) == (1e-4, 1e-6)
    in_single = lambda p: np.float32(f({k: a.astype(np.float32) for k, a in p.items()}))  # noqa: E731
    assert gradient_check(in_single, params, rounded)
    assert not gradient_check(in_single, params, {key: 1.1 * a for key, a in rounded.items()})


def test_nan_in_the_gradient_is_a_disagreement():
    f, W, dW = softmax_case()
    dW[1] = np.nan
    result = gradient_check(f, W, dW)
    assert not result
    assert str(result) == "The gradient is nan at [1, 0]: 4 of 24 entries are not finite."


@pytest.mark.parametrize(
    ("f", "x", "gradient", "words"),
    [
        (lambda x: (x.sum(), x), np.ones(3), np.ones(3), "returned a tuple of 2: take the loss"),
        (lambda x: None, np.ones(3), np.ones(3), "returned None (is a return missing?)"),
        (lambda x: x, np.ones(3), np.ones(3), "must return one number"),
        (lambda x: "1", np.ones(3), np.ones(3), "returned a text of 1"),
        (np.sum, np.ones(3), {"W": np.ones(3)}, "must be an array, not a dict"),
        (np.sum, {"W": np.ones(3)}, np.ones(3), "x is a dict, so the gradient must be one too"),
        (np.sum, np.ones(3), None, "the gradient must be an array of real numbers, but is None"),
        (np.sum, np.ones(3), 1j * np.ones(3), "complex"),
    ],
)
def test_what_is_of_the_wrong_type_is_said(f, x, gradient, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        gradient_check(f, x, gradient)


@pytest.mark.parametrize(
    ("f", "x", "gradient", "words"),
    [
        (np.sum, np.ones((2, 3)), np.ones((3, 2)), "but x has (2, 3): it looks transposed"),
        (np.sum, np.ones((2, 3)), np.ones(6), "the gradient has shape (6,), but x has (2, 3)"),
        (np.sum, {"W": np.ones(3)}, {"V": np.ones(3)}, "keys of x ('W'), but has 'V'"),
        (np.sum, {"W": np.ones(3)}, {}, "is empty"),
        (np.sum, {"W": np.ones(3)}, {"W": np.ones(2)}, "gradient['W'] has shape (2,)"),
        (np.sum, np.ones(0), np.ones(0), "holds no numbers"),
        (lambda x: np.nan, np.ones(3), np.ones(3), "f(x) is nan"),
        (lambda x: next(NUMBERS), np.ones(3), np.ones(3), "f returned 0 and then 1 for the same x"),
    ],
)
def test_what_does_not_fit_is_said(f, x, gradient, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        gradient_check(f, x, gradient)


def test_a_count_of_none_is_refused():
    with pytest.raises(ValueError, match="count must be at least 1, but is 0"):
        gradient_check(np.sum, np.ones(3), np.ones(3), count=0)


def test_arguments_stay_as_they_were_even_if_f_works_in_place():
    params = {"W": np.ones((2, 2)), "b": np.full(2, 3.0)}

    def f(params):
        params["W"] *= params["b"]
        params["b"] += 1
        return params["W"].sum() + params["b"].sum()

    assert gradient_check(f, params, {"W": np.full((2, 2), 3.0), "b": np.full(2, 3.0)})
    np.testing.assert_array_equal(params["W"], np.ones((2, 2)))
    np.testing.assert_array_equal(params["b"], [3, 3])
    x = np.ones(3)
    value_at(lambda x: x.fill(0) or 1.0, x)
    np.testing.assert_array_equal(x, np.ones(3))


# --- the references, refereed by complex steps


@given(SEEDS)
@smooth
def test_softmax_loss_to_the_last_digits(seed):
    loss, W, dW = softmax_case(seed)
    assert figure(dW, complex_step(loss, W)) < 1e-13


@given(SEEDS)
@smooth
def test_softmax_cross_entropy_to_the_last_digits(seed):
    rng = np.random.default_rng(seed)
    scores, y = 3 * rng.standard_normal((7, 4)), rng.integers(0, 4, 7)
    _, dscores = convnet.softmax_cross_entropy(scores, y)
    want = complex_step(lambda scores: convnet.softmax_cross_entropy(scores, y)[0], scores)
    assert figure(dscores, want) < 1e-13


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (1, 1), (2, 1), (3, 2)])
@given(SEEDS)
@settings(deadline=None, max_examples=5)
def test_convolution_to_the_last_digits(stride, pad, seed):
    rng = np.random.default_rng(seed)
    arrays = [rng.standard_normal(shape) for shape in ((2, 2, 5, 4), (3, 2, 3, 2), (3,))]
    dout = rng.standard_normal(convnet.conv_forward(*arrays, stride, pad).shape)
    refereed(convnet.conv_forward, convnet.conv_backward, dout, arrays, stride, pad)


@given(SEEDS)
@smooth
def test_dense_layer_to_the_last_digits(seed):
    rng = np.random.default_rng(seed)
    arrays = [rng.standard_normal(shape) for shape in ((3, 2, 4), (8, 5), (5,))]
    dout = rng.standard_normal((3, 5))
    refereed(convnet.affine_forward, convnet.affine_backward, dout, arrays)


def refereed(forward, backward, dout, arrays, *settings):
    gradients = backward(dout, *arrays, *settings)
    for i, gradient in enumerate(gradients):

        def loss(moved, i=i):
            return np.sum(dout * forward(*arrays[:i], moved, *arrays[i + 1 :], *settings))

        assert figure(gradient, complex_step(loss, arrays[i])) < 1e-13
        assert figure(numerical_gradient(loss, arrays[i]), gradient) < 1e-9


# --- the package


def test_the_package_imports_numpy_only_when_asked():
    program = """
import sys, autograder
assert "numpy" not in sys.modules
autograder.gradient_check, autograder.numerical_gradient
from autograder import *
assert callable(gradient_check) and callable(numerical_gradient)
try:
    autograder.nothing
except AttributeError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "module 'autograder' has no attribute 'nothing'\n"


def test_a_submission_that_imports_them_is_graded():
    stage = find_stage(KIT, "linear_svm")
    source = (KIT / "solutions" / "linear_svm.py").read_text("utf-8")
    source = source.replace(
        "import numpy as np",
        "import numpy as np\nfrom autograder import gradient_check, numerical_gradient",
        1,
    )
    reference = Reference(KIT, stage)
    report = grade(
        stage,
        Submission("ada", "linear_svm", {"linear_svm.py": source.encode()}),
        reference,
        only="linear_forward",
    )
    reference.close()
    (function,) = report.functions
    assert function.points == function.max_points > 0
