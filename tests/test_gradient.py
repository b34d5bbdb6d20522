"""Numerical gradients: right for smooth functions, silent at kinks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder.gradient import numerical_gradient, sample_slopes


def test_the_gradient_of_a_polynomial():
    x = np.array([[1.0, -2.0, 0.5]])
    gradient = numerical_gradient(lambda x: float((x**3).sum()), x)
    np.testing.assert_allclose(gradient, 3 * x**2, rtol=1e-8)
    np.testing.assert_array_equal(x, [[1.0, -2.0, 0.5]])


@given(st.integers(0, 2**32))
def test_the_gradient_of_a_linear_function_is_its_coefficients(seed):
    rng = np.random.default_rng(seed)
    a, x = rng.standard_normal((2, 3, 4))
    np.testing.assert_allclose(numerical_gradient(lambda x: np.vdot(a, x), x), a, atol=1e-8)


def test_slopes_are_sampled_and_kinks_left_out():
    x = np.linspace(-1, 1, 21)  # a kink of |x| at the middle
    slopes = sample_slopes(lambda x: np.abs(x).sum(), x, np.random.default_rng(0), count=21)
    assert (10,) not in slopes.coordinates
    assert len(slopes.coordinates) == 20
    where = [i for (i,) in slopes.coordinates]
    np.testing.assert_allclose(slopes.values, np.sign(x[where]), rtol=1e-6)


def test_a_kink_within_the_step_is_left_out_too():
    x = np.array([4e-6, 1.0])
    slopes = sample_slopes(lambda x: np.maximum(0, x).sum(), x, np.random.default_rng(0))
    assert slopes.coordinates == [(1,)]


def test_a_kink_that_weighs_little_is_left_out_too():
    def f(x):
        return x.sum() + 1e-4 * max(0, x[0] - 1 - 3e-6)

    slopes = sample_slopes(f, np.array([1.0, 1.0]), np.random.default_rng(0))
    assert slopes.coordinates == [(1,)]


def test_no_more_coordinates_than_asked():
    slopes = sample_slopes(lambda x: (x**2).sum(), np.ones((50, 50)), np.random.default_rng(0), 7)
    assert len(slopes.coordinates) == len(slopes.values) == 7
