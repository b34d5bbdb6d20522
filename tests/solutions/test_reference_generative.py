"""Referees of stage 6: numerical gradients, PyTorch, SciPy and scikit-learn."""

import numpy as np
import pytest

from solutions import generative as gen

CODER_KEYS = [f"{kind}{layer}" for layer in (1, 2, 3, 4) for kind in "Wb"]
PAIR_KEYS = ["W1", "b1", "W2", "b2"]


def with_biases(params, rng):
    """Draw the biases, too, which start as zeros."""
    return {
        name: value if value.any() else rng.standard_normal(value.shape)
        for name, value in params.items()
    }


def coder(N=7, D=5, H=6, L=3, seed=0):
    rng = np.random.default_rng(seed)
    return with_biases(gen.init_autoencoder(D, H, L, seed), rng), rng.random((N, D))


def pair(D=5, H=6, L=3, seed=0):
    rng = np.random.default_rng(seed)
    return [with_biases(params, rng) for params in gen.init_gan(D, L, H, seed)]


def tensors_of(torch, params):
    return {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}


def torch_coder(torch, X, p):
    Z = torch.relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
    return torch.sigmoid(torch.relu(Z @ p["W3"] + p["b3"]) @ p["W4"] + p["b4"])


def torch_generator(torch, z, p):
    return torch.sigmoid(torch.relu(z @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])


def torch_logits(torch, X, p):
    return (torch.relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])[:, 0]


def torch_judged(torch, logits, label):
    """PyTorch's own binary cross-entropy, for samples that all have one label."""
    return torch.nn.functional.binary_cross_entropy_with_logits(
        logits, torch.full_like(logits, float(label))
    )


# --- sigmoid and softplus ---------------------------------------------------------------------

EXTREME = np.array([[-1000.0, -700.0, -30.0, -1.0], [0.0, 2.0, 40.0, 1000.0]])


@pytest.mark.filterwarnings("error")
def test_sigmoid_and_softplus_are_those_of_scipy_without_a_warning():
    special = pytest.importorskip("scipy.special", reason="SciPy is not installed")
    np.testing.assert_allclose(gen.sigmoid(EXTREME), special.expit(EXTREME), rtol=1e-14)
    np.testing.assert_allclose(gen.softplus(EXTREME), np.logaddexp(0, EXTREME), rtol=1e-14)


def test_softplus_has_the_slope_of_the_sigmoid():
    x = np.linspace(-5, 5, 21)
    h = 1e-5
    slope = (gen.softplus(x + h) - gen.softplus(x - h)) / (2 * h)
    np.testing.assert_allclose(slope, gen.sigmoid(x), rtol=1e-8)


# --- first parameters -------------------------------------------------------------------------


def test_weights_are_drawn_in_order_with_their_own_scale():
    rng = np.random.default_rng(4)
    params = gen.init_autoencoder(5, 6, 3, seed=4)
    for name, shape in {"W1": (5, 6), "W2": (6, 3), "W3": (3, 6), "W4": (6, 5)}.items():
        expected = rng.standard_normal(shape) / np.sqrt(shape[0])
        np.testing.assert_array_equal(params[name], expected)
        np.testing.assert_array_equal(params[f"b{name[1]}"], np.zeros((1, shape[1])))

    rng = np.random.default_rng(4)
    params_G, params_D = gen.init_gan(5, 3, 6, seed=4)
    for params, shapes in ((params_G, [(3, 6), (6, 5)]), (params_D, [(5, 6), (6, 1)])):
        for name, shape in zip(("W1", "W2"), shapes, strict=True):
            expected = rng.standard_normal(shape) / np.sqrt(shape[0])
            np.testing.assert_array_equal(params[name], expected)
            np.testing.assert_array_equal(params[f"b{name[1]}"], np.zeros((1, shape[1])))


def test_first_weights_keep_the_size_of_what_passes_through():
    params = gen.init_autoencoder(400, 300, 200, seed=1)
    codes = gen.encode(params, np.random.default_rng(2).standard_normal((300, 400)))
    assert 0.5 < np.std(codes) < 1


# --- autoencoder ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CODER_KEYS)
def test_gradient_of_the_autoencoder_is_the_numerical_one(name, assert_gradient):
    params, X = coder()
    _, grads = gen.autoencoder_loss(params, X)
    # The referee may take complex steps, along which |x| has no derivative: the formula as it is.
    assert_gradient(grads[name], lambda p: plain_loss({**params, name: p}, X), params[name])


def plain_loss(p, X):
    Z = np.maximum(0, X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
    Y = 1 / (1 + np.exp(-(np.maximum(0, Z @ p["W3"] + p["b3"]) @ p["W4"] + p["b4"])))
    return np.sum((Y - X) ** 2) / len(X)


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (7, 5, 6, 3), (20, 9, 4, 6)])
def test_autoencoder_is_that_of_pytorch(shape, torch):
    params, X = coder(*shape)
    p = tensors_of(torch, params)
    Y = torch_coder(torch, torch.tensor(X), p)
    expected = ((Y - torch.tensor(X)) ** 2).sum(dim=1)
    expected.mean().backward()
    loss, grads = gen.autoencoder_loss(params, X)
    errors = gen.reconstruction_errors(params, X)
    np.testing.assert_allclose(errors, expected.detach().numpy(), rtol=1e-12)
    assert loss == pytest.approx(errors.mean(), rel=1e-12)
    assert list(grads) == list(params)
    for name in params:
        np.testing.assert_allclose(grads[name], p[name].grad.numpy(), rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("momentum", [0.0, 0.8])
def test_training_is_the_descent_of_pytorch(momentum, torch):
    params, X = coder(N=12)
    losses, trained = gen.train_autoencoder(params, X, 0.05, momentum, 5, 15, seed=3)
    p = tensors_of(torch, params)
    # PyTorch's v = momentum v + g, w = w - lr v is the same while lr does not change.
    optimizer = torch.optim.SGD(p.values(), lr=0.05, momentum=momentum)
    rng = np.random.default_rng(3)
    for found in losses:
        rows = torch.tensor(X[rng.choice(12, size=5, replace=False)])
        optimizer.zero_grad()
        loss = ((torch_coder(torch, rows, p) - rows) ** 2).sum(dim=1).mean()
        assert found == pytest.approx(loss.item(), rel=1e-9)
        loss.backward()
        optimizer.step()
    for name in params:
        np.testing.assert_allclose(trained[name], p[name].detach().numpy(), rtol=1e-9)


def test_no_gradient_flows_at_a_kink():
    params = {name: np.ones_like(value) for name, value in gen.init_autoencoder(2, 1, 1).items()}
    params["b1"][:] = -2  # what enters the first ReLU is exactly 0
    _, grads = gen.autoencoder_loss(params, np.ones((3, 2)))
    assert not grads["W1"].any()
    assert not grads["b1"].any()
    assert grads["b2"].any()


def test_a_code_as_wide_as_the_data_learns_to_copy_it():
    X = np.random.default_rng(0).random((40, 3))
    params = gen.init_autoencoder(3, 20, 3, seed=1)
    losses, params = gen.train_autoencoder(params, X, lr=0.05, batch=20, num_iters=600)
    assert losses[-1] < 0.1 * losses[0]
    assert gen.reconstruction_errors(params, X).mean() < 0.02


# --- k-means ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("N", "k", "L"), [(30, 3, 2), (200, 7, 4), (12, 12, 3), (50, 1, 2)])
def test_kmeans_is_that_of_scikit_learn(N, k, L):
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not installed")
    rng = np.random.default_rng(N)
    Z = rng.standard_normal((N, L)) + 4 * rng.integers(3, size=(N, 1))
    start = Z[np.random.default_rng(5).choice(N, size=k, replace=False)]
    model = cluster.KMeans(k, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=300).fit(Z)
    centers, labels, inertias = gen.kmeans(Z, k, max_iters=300, seed=5)
    np.testing.assert_array_equal(labels, model.labels_)
    np.testing.assert_allclose(centers, model.cluster_centers_, rtol=1e-9, atol=1e-12)
    assert inertias[-1] == pytest.approx(model.inertia_, rel=1e-9, abs=1e-12)
    assert np.all(np.diff(inertias) <= 1e-12)
    np.testing.assert_array_equal(labels, model.predict(Z))
    assert gen.kmeans(Z, k, max_iters=2, seed=5)[2].shape == (min(2, len(inertias)),)


def test_of_equally_near_centers_the_lowest_counts():
    Z, centers = np.array([[0.0], [1.0], [2.0]]), np.array([[2.0], [0.0], [2.0], [0.0]])
    np.testing.assert_array_equal(gen.kmeans_assign(Z, centers), [1, 0, 0])


def test_an_empty_cluster_keeps_its_center():
    Z, centers = np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])
    moved = gen.kmeans_update(Z, np.array([1, 1]), centers)
    np.testing.assert_array_equal(moved, [[5, 6], [1, 1]])
    centers, labels, inertias = gen.kmeans(np.ones((4, 2)), 3)
    np.testing.assert_array_equal(centers, np.ones((3, 2)))
    np.testing.assert_array_equal(labels, np.zeros(4))
    np.testing.assert_array_equal(inertias, [0, 0])


def test_labels_belong_to_the_last_centers():
    Z = np.random.default_rng(0).standard_normal((100, 2))
    for rounds in (1, 2, 3):
        centers, labels, _ = gen.kmeans(Z, 8, max_iters=rounds)
        np.testing.assert_array_equal(labels, gen.kmeans_assign(Z, centers))


def test_purity_is_that_of_the_contingency_table():
    metrics = pytest.importorskip("sklearn.metrics.cluster", reason="scikit-learn is not installed")
    rng = np.random.default_rng(3)
    labels, y = rng.integers(6, size=80), rng.integers(4, size=80)
    labels[labels == 2] = 5  # a cluster that is empty
    table = metrics.contingency_matrix(y, labels)
    assert gen.cluster_purity(labels, y) == pytest.approx(table.max(axis=0).sum() / 80)
    assert gen.cluster_purity(y, y) == 1


# --- GAN --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("N", "M"), [(1, 1), (4, 7), (6, 2)])
def test_discriminator_is_that_of_pytorch(N, M, torch):
    _, params_D = pair()
    rng = np.random.default_rng(1)
    real, fake = rng.random((N, 5)), rng.random((M, 5))
    p = tensors_of(torch, params_D)
    logits = torch_logits(torch, torch.tensor(real), p)
    np.testing.assert_allclose(gen.discriminate(params_D, real), logits.detach().numpy())
    expected = torch_judged(torch, logits, 1)
    expected = expected + torch_judged(torch, torch_logits(torch, torch.tensor(fake), p), 0)
    expected.backward()
    loss, grads = gen.discriminator_loss(params_D, real, fake)
    assert loss == pytest.approx(expected.item(), rel=1e-12)
    for name in params_D:
        np.testing.assert_allclose(grads[name], p[name].grad.numpy(), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("N", [1, 8])
def test_generator_is_that_of_pytorch(N, torch):
    params_G, params_D = pair()
    z = np.random.default_rng(1).standard_normal((N, 3))
    g, d = tensors_of(torch, params_G), tensors_of(torch, params_D)
    made = torch_generator(torch, torch.tensor(z), g)
    np.testing.assert_allclose(gen.generate(params_G, z), made.detach().numpy(), rtol=1e-12)
    expected = torch_judged(torch, torch_logits(torch, made, d), 1)
    expected.backward()
    loss, grads = gen.generator_loss(params_G, params_D, z)
    assert loss == pytest.approx(expected.item(), rel=1e-12)
    for name in params_G:
        np.testing.assert_allclose(grads[name], g[name].grad.numpy(), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("name", PAIR_KEYS)
def test_gradients_of_both_are_slopes(name):
    params_G, params_D = pair()
    rng = np.random.default_rng(2)
    real, fake, z = rng.random((4, 5)), rng.random((3, 5)), rng.standard_normal((6, 3))
    for params, loss in (
        (params_D, lambda p: gen.discriminator_loss(p, real, fake)),
        (params_G, lambda p: gen.generator_loss(p, params_D, z)),
    ):
        _, grads = loss(params)
        slopes = np.zeros_like(params[name])
        for place in np.ndindex(slopes.shape):
            step = np.zeros_like(slopes)
            step[place] = 1e-6
            above, below = (
                loss({**params, name: params[name] + sign * step})[0] for sign in (1, -1)
            )
            slopes[place] = (above - below) / 2e-6
        np.testing.assert_allclose(grads[name], slopes, rtol=1e-5, atol=1e-8)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("scale", [1e3, -1e3])
def test_logits_of_any_size_give_finite_losses_and_gradients(scale):
    params_G, params_D = pair()
    params_D = {**params_D, "b2": np.full((1, 1), scale)}
    X = np.random.default_rng(0).random((4, 5))
    loss, grads = gen.discriminator_loss(params_D, X, X)
    assert loss == pytest.approx(1e3, rel=0.05)
    assert grads["b2"].item() == pytest.approx(np.sign(scale))
    loss, grads = gen.generator_loss(params_G, params_D, np.ones((2, 3)))
    assert loss == pytest.approx(max(-scale, 0), rel=0.05, abs=1e-9)
    assert grads["b2"].any() == (scale < 0)


def test_an_undecided_discriminator_gives_the_losses_of_an_even_match():
    params_G, params_D = pair()
    params_D = {name: 0 * value for name, value in params_D.items()}
    X = np.random.default_rng(0).random((4, 5))
    assert gen.discriminator_loss(params_D, X, X)[0] == pytest.approx(2 * np.log(2))
    assert gen.generator_loss(params_G, params_D, np.ones((2, 3)))[0] == pytest.approx(np.log(2))


def test_a_step_of_one_leaves_the_others_parameters_alone():
    params_G, params_D = pair()
    rng = np.random.default_rng(0)
    real, z = rng.random((6, 5)), rng.standard_normal((4, 3))
    before = [{name: value.copy() for name, value in p.items()} for p in (params_G, params_D)]
    loss, moved_D = gen.discriminator_step(params_G, params_D, real, z, 0.1)
    assert loss == gen.discriminator_loss(params_D, real, gen.generate(params_G, z))[0]
    _, moved_G = gen.generator_step(params_G, params_D, z, 0.1)
    for name in PAIR_KEYS:
        np.testing.assert_array_equal(params_G[name], before[0][name])
        np.testing.assert_array_equal(params_D[name], before[1][name])
        assert not np.array_equal(moved_D[name], params_D[name])
        assert not np.array_equal(moved_G[name], params_G[name])
    X = rng.random((20, 5))
    _, _, still, learnt = gen.train_gan(params_G, params_D, X, lr_G=0.0, batch=4, num_iters=3)
    for name in PAIR_KEYS:
        np.testing.assert_array_equal(still[name], params_G[name])
        assert not np.array_equal(learnt[name], params_D[name])


def test_training_is_the_game_of_pytorch(torch):
    params_G, params_D = pair()
    X = np.random.default_rng(8).random((12, 5))
    losses_G, losses_D, trained_G, trained_D = gen.train_gan(
        params_G, params_D, X, 0.2, 0.3, batch=5, num_iters=6, seed=9
    )
    g, d = tensors_of(torch, params_G), tensors_of(torch, params_D)
    optimizers = [torch.optim.SGD(p.values(), lr=lr) for p, lr in ((g, 0.2), (d, 0.3))]
    rng = np.random.default_rng(9)
    for loss_G, loss_D in zip(losses_G, losses_D, strict=True):
        real = torch.tensor(X[rng.choice(12, size=5, replace=False)])
        made = torch_generator(torch, torch.tensor(rng.standard_normal((5, 3))), g).detach()
        loss = torch_judged(torch, torch_logits(torch, real, d), 1)
        loss = loss + torch_judged(torch, torch_logits(torch, made, d), 0)
        optimizers[1].zero_grad()
        loss.backward()
        optimizers[1].step()
        assert loss_D == pytest.approx(loss.item(), rel=1e-9)
        made = torch_generator(torch, torch.tensor(rng.standard_normal((5, 3))), g)
        loss = torch_judged(torch, torch_logits(torch, made, d), 1)
        optimizers[0].zero_grad()
        loss.backward()
        optimizers[0].step()
        assert loss_G == pytest.approx(loss.item(), rel=1e-9)
    for name in PAIR_KEYS:
        np.testing.assert_allclose(trained_G[name], g[name].detach().numpy(), rtol=1e-9)
        np.testing.assert_allclose(trained_D[name], d[name].detach().numpy(), rtol=1e-9)


def test_generator_comes_to_draw_what_it_is_shown():
    rng = np.random.default_rng(0)
    X = np.clip([0.2, 0.8] + 0.05 * rng.standard_normal((300, 2)), 0, 1)
    params_G, params_D = gen.init_gan(2, 2, 16, seed=1)
    _, _, params_G, _ = gen.train_gan(params_G, params_D, X, num_iters=800)
    made = gen.generate(params_G, rng.standard_normal((500, 2)))
    np.testing.assert_allclose(made.mean(axis=0), [0.2, 0.8], atol=0.1)
