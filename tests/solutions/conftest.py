"""What the referees of the reference solutions share."""

import numpy as np
import pytest
from hypothesis import settings

# A busy machine is no fault of the function under test.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def central_differences(f, x, h=1e-6):
    """Compute the gradient of f at x from two values of f for each number in x."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def complex_step(f, x, h=1e-30):
    """Compute the gradient of f at x to full precision: Im f(x + ih) / h, nothing cancels.

    NumPy orders complex numbers by their real part, so ReLU and max choose as on real ones.
    """
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape, dtype=complex)
        step[index] = 1j * h
        gradient[index] = np.imag(f(x + step)) / h
    return gradient


@pytest.fixture(scope="session", params=[(central_differences, 1e-5), (complex_step, 1e-10)])
def assert_gradient(request):
    """Refuse a gradient that is not that of f at x; every test runs with both methods."""
    method, tolerance = request.param

    def check(gradient, f, x):
        np.testing.assert_allclose(gradient, method(f, x), rtol=tolerance, atol=tolerance)

    return check


@pytest.fixture(scope="session")
def torch():
    """PyTorch, the referee that shares no code with NumPy; without it these tests are skipped."""
    return pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.fixture(scope="session")
def autograd(torch):
    """Loss and gradients by PyTorch: ``autograd(f, **arrays)`` with f a function of tensors."""

    def loss_and_grads(f, **arrays):
        tensors = {name: torch.tensor(a, requires_grad=True) for name, a in arrays.items()}
        loss = f(**tensors)
        loss.backward()
        return loss.item(), {name: tensor.grad.numpy() for name, tensor in tensors.items()}

    return loss_and_grads


@pytest.fixture(scope="session")
def torch_descent(torch):
    """Stochastic gradient descent by PyTorch, with the mini-batches that the contract fixes."""

    def descend(loss, params, X, y, lr, batch, num_iters, seed):
        tensors = {name: torch.tensor(p, requires_grad=True) for name, p in params.items()}
        optimizer = torch.optim.SGD(tensors.values(), lr=lr)
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(num_iters):
            rows = rng.choice(len(X), size=batch, replace=False)
            optimizer.zero_grad()
            value = loss(torch.tensor(X[rows]), torch.tensor(y[rows]), **tensors)
            losses.append(value.item())
            value.backward()
            optimizer.step()
        return losses, {name: tensor.detach().numpy() for name, tensor in tensors.items()}

    return descend
