"""Referees of stage 5: PyTorch, numerical gradients and the papers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions import deep_training as deep

rng = np.random.default_rng(3)
X = rng.standard_normal((6, 4))
KINKS = np.array([[-2.0, -1.0, 0.0], [0.5, 1.0, 3.0]])
ACTIVATIONS = {
    "sigmoid": ({}, lambda t, x: t.sigmoid(x)),
    "tanh": ({}, lambda t, x: t.tanh(x)),
    "relu": ({}, lambda t, x: t.relu(x)),
    "leaky_relu": ({"slope": 0.1}, lambda t, x: t.nn.functional.leaky_relu(x, 0.1)),
    "elu": ({"alpha": 1.7}, lambda t, x: t.nn.functional.elu(x, 1.7)),
}


def backward_of(name):
    return getattr(deep, f"{name}_forward"), getattr(deep, f"{name}_backward")


# --- activations ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_those_of_pytorch_also_at_their_kinks(torch, name):
    settings, theirs = ACTIVATIONS[name]
    forward, backward = backward_of(name)
    for x in (X, KINKS, np.array([-1000.0, 1000.0])):
        tensor = torch.tensor(x, requires_grad=True)
        out = theirs(torch, tensor)
        np.testing.assert_allclose(forward(x, **settings), out.detach().numpy(), rtol=1e-12)
        dout = rng.standard_normal(x.shape)
        out.backward(torch.tensor(dout))
        np.testing.assert_allclose(
            backward(dout, x, **settings), tensor.grad.numpy(), rtol=1e-10, atol=1e-14
        )


def test_defaults_of_the_activations_are_the_lectures():
    x = np.array([-1.0])
    assert deep.leaky_relu_forward(x) == -0.1
    assert deep.leaky_relu_backward(np.ones(1), np.zeros(1)) == 0.1
    assert deep.elu_forward(x) == pytest.approx(np.exp(-1) - 1)
    assert deep.elu_backward(np.ones(1), np.zeros(1), 0.5) == 0.5  # at 0 the slope from the left


def test_maxout_with_a_layer_of_zeros_is_relu_and_its_gradient_pytorchs(autograd):
    x, w, b = X, rng.standard_normal((3, 4, 5)), rng.standard_normal((3, 5))
    dout = rng.standard_normal((6, 5))

    def loss(x, w, b):
        pieces = x @ w + b[:, None]
        return (pieces.max(0).values * pieces.new_tensor(dout)).sum()

    value, grads = autograd(loss, x=x, w=w, b=b)
    assert np.sum(dout * deep.maxout_forward(x, w, b)) == pytest.approx(value)
    for name, got in zip("xwb", deep.maxout_backward(dout, x, w, b), strict=True):
        np.testing.assert_allclose(got, grads[name], atol=1e-12)
    w[1:], b[1:] = 0, 0
    expected = deep.relu_forward(deep.affine_forward(x, w[0], b[0]))
    np.testing.assert_allclose(deep.maxout_forward(x, w, b), expected)


def test_apl_with_slopes_of_zero_is_relu_and_its_gradient_pytorchs(autograd):
    a, b = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    dout = rng.standard_normal(X.shape)

    def loss(x, a, b):
        out = x.clamp(min=0) + (a[:, None] * (b[:, None] - x).clamp(min=0)).sum(0)
        return (out * x.new_tensor(dout)).sum()

    value, grads = autograd(loss, x=X, a=a, b=b)
    assert np.sum(dout * deep.apl_forward(X, a, b)) == pytest.approx(value)
    for name, got in zip("xab", deep.apl_backward(dout, X, a, b), strict=True):
        np.testing.assert_allclose(got, grads[name], atol=1e-12)
    np.testing.assert_array_equal(deep.apl_forward(X, 0 * a, b), np.maximum(0, X))


def test_affine_backward_is_pytorchs(autograd):
    w, b, dout = (rng.standard_normal(shape) for shape in ((4, 3), (3,), (6, 3)))
    _, grads = autograd(lambda x, w, b: ((x @ w + b) * w.new_tensor(dout)).sum(), x=X, w=w, b=b)
    for name, got in zip("xwb", deep.affine_backward(dout, X, w, b), strict=True):
        np.testing.assert_allclose(got, grads[name], atol=1e-12)


# --- first weights ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "variance"),
    [
        (deep.init_normal, 1e-4),
        (deep.init_xavier, 2 / (300 + 700)),
        (deep.init_he, 2 / 300),
    ],
)
def test_first_weights_have_the_variance_of_the_papers(draw, variance):
    w = draw(300, 700, seed=4)
    assert w.var() == pytest.approx(variance, rel=0.02)
    assert abs(w.mean()) < 0.02 * np.sqrt(variance)
    np.testing.assert_array_equal(w, draw(300, 700, seed=4))
    assert not np.array_equal(w, draw(300, 700, seed=5))


def test_he_keeps_the_signal_of_relus_and_the_others_do_not():
    def last(draw):
        h = np.random.default_rng(0).standard_normal((200, 100))
        for layer in range(20):
            h = deep.relu_forward(h @ draw(100, 100, seed=layer))
        return np.mean(h**2)

    assert 0.2 < last(deep.init_he) < 5
    assert last(deep.init_xavier) < 1e-4
    assert last(deep.init_normal) < 1e-30


# --- losses and penalties ---------------------------------------------------------------------


def test_losses_are_those_of_pytorch(torch, autograd):
    target, y, two = rng.standard_normal((6, 4)), rng.integers(4, size=6), rng.integers(2, size=6)
    a, z = rng.uniform(0.01, 0.99, 6), rng.standard_normal(6) * 3
    functional = torch.nn.functional
    cases = [
        (
            deep.mse_loss(X, target),
            *autograd(lambda x: ((x - x.new_tensor(target)) ** 2).sum() / 12, x=X),
        ),
        (
            deep.binary_cross_entropy(a, two),
            *autograd(lambda x: functional.binary_cross_entropy(x, x.new_tensor(two)), x=a),
        ),
        (
            deep.sigmoid_cross_entropy(z, two),
            *autograd(
                lambda x: functional.binary_cross_entropy_with_logits(x, x.new_tensor(two)), x=z
            ),
        ),
        (
            deep.softmax_cross_entropy(X, y),
            *autograd(lambda x: functional.cross_entropy(x, torch.tensor(y)), x=X),
        ),
    ]
    for (loss, gradient), value, grads in cases:
        assert loss == pytest.approx(value, rel=1e-9)
        np.testing.assert_allclose(gradient, grads["x"], rtol=1e-7, atol=1e-12)


def test_large_scores_do_not_overflow():
    loss, dz = deep.sigmoid_cross_entropy(np.array([1000.0, -1000.0]), np.array([0, 1]))
    assert loss == 1000
    np.testing.assert_array_equal(dz, [0.5, -0.5])
    loss, _ = deep.softmax_cross_entropy(np.array([[1e4, -1e4]]), np.array([1]))
    assert loss == 2e4


@given(st.lists(st.tuples(st.floats(-12, 12), st.integers(0, 1)), min_size=1, max_size=6))
def test_the_slope_of_the_sigmoid_cancels(samples):
    z, y = np.array([z for z, _ in samples]), np.array([y for _, y in samples])
    loss, dz = deep.sigmoid_cross_entropy(z, y)
    a = deep.sigmoid_forward(z)
    chain_loss, da = deep.binary_cross_entropy(a, y)
    assert loss == pytest.approx(chain_loss, rel=1e-6)
    np.testing.assert_allclose(deep.sigmoid_backward(da, z), dz, rtol=1e-6)
    np.testing.assert_allclose(dz, (a - y) / len(z))


def test_penalties_count_weights_alone(assert_gradient):
    params = {"W1": X.copy(), "b1": np.ones(4), "gamma1": np.ones(4), "W2": KINKS + 0.1}
    for penalty, value in (
        (deep.l2_penalty, np.sum(X**2) + np.sum((KINKS + 0.1) ** 2)),
        (deep.l1_penalty, np.abs(X).sum() + np.abs(KINKS + 0.1).sum()),
    ):
        cost, grads = penalty(params, 0.3)
        assert cost == pytest.approx(0.3 * value)
        assert not grads["b1"].any()
        assert not grads["gamma1"].any()
    cost, grads = deep.l2_penalty(params, 0.3)
    assert_gradient(grads["W1"], lambda w: deep.l2_penalty({**params, "W1": w}, 0.3)[0], X)
    assert deep.l1_penalty({"W1": np.zeros(2)}, 1.0)[1]["W1"].tolist() == [0, 0]


# --- batchnorm and dropout --------------------------------------------------------------------


def test_batchnorm_is_pytorchs_but_for_the_running_variance_that_is_divided_by_n(torch):
    gamma, beta = rng.standard_normal(4), rng.standard_normal(4)
    mean, var = rng.standard_normal(4), rng.uniform(0.5, 2, 4)
    dout = rng.standard_normal(X.shape)
    layer = torch.nn.BatchNorm1d(4, eps=1e-5, momentum=0.1).double()
    layer.weight.data, layer.bias.data = torch.tensor(gamma), torch.tensor(beta)
    layer.running_mean, layer.running_var = torch.tensor(mean), torch.tensor(var)
    x = torch.tensor(X, requires_grad=True)
    out, new_mean, new_var = deep.batchnorm_train(X, gamma, beta, mean, var)
    theirs = layer(x)
    np.testing.assert_allclose(out, theirs.detach().numpy(), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(new_mean, layer.running_mean.numpy())
    np.testing.assert_allclose(new_var, 0.9 * var + 0.1 * X.var(axis=0))
    np.testing.assert_allclose(  # PyTorch's running variance is the unbiased one
        (new_var - 0.9 * var) * 6 / 5, layer.running_var.numpy() - 0.9 * var
    )
    theirs.backward(torch.tensor(dout))
    dx, dgamma, dbeta = deep.batchnorm_backward(dout, X, gamma, beta)
    np.testing.assert_allclose(dx, x.grad.numpy(), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(dgamma, layer.weight.grad.numpy())
    np.testing.assert_allclose(dbeta, layer.bias.grad.numpy())
    layer.eval()
    tested = deep.batchnorm_test(
        X, gamma, beta, layer.running_mean.numpy(), layer.running_var.numpy()
    )
    np.testing.assert_allclose(tested, layer(x).detach().numpy())


def test_a_batch_of_one_gives_beta_and_no_gradient():
    one, zeros, ones = X[:1], np.zeros(4), np.ones(4)
    out, _, var = deep.batchnorm_train(one, ones, 2 * ones, zeros, ones)
    np.testing.assert_array_equal(out, 2 * np.ones((1, 4)))
    np.testing.assert_allclose(var, 0.9)
    assert not deep.batchnorm_backward(one, one, ones, zeros)[0].any()


@pytest.mark.parametrize("p", [0.2, 0.5, 0.9])
def test_dropout_keeps_a_share_of_p_and_the_mean(p):
    x = np.ones((200, 300))
    out = deep.dropout_forward(x, p, 7)
    assert np.mean(out > 0) == pytest.approx(p, abs=0.01)
    assert out.mean() == pytest.approx(1, abs=0.02)
    assert set(np.unique(out)) == {0, 1 / p}
    np.testing.assert_allclose(deep.dropout_backward(3 * x, p, 7), 3 * out)
    np.testing.assert_array_equal(deep.dropout_forward(x, p, 7, train=False), x)
    np.testing.assert_array_equal(deep.dropout_forward(x, 1.0, 7), x)


# --- rules of descent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "optimizer", "settings"),
    [
        (deep.sgd, "SGD", {}),
        (deep.rmsprop, "RMSprop", {"alpha": 0.99, "eps": 1e-8}),
        (deep.adam, "Adam", {"betas": (0.9, 0.999), "eps": 1e-8}),
    ],
)
def test_rules_are_those_of_pytorch(torch, rule, optimizer, settings):
    w, state = X.copy(), {}
    tensor = torch.tensor(X.copy(), requires_grad=True)
    theirs = getattr(torch.optim, optimizer)([tensor], lr=0.05, **settings)
    for _ in range(6):
        dw = rng.standard_normal(X.shape)
        tensor.grad = torch.tensor(dw)
        theirs.step()
        w, state = rule(w, dw, state, lr=0.05)
        np.testing.assert_allclose(w, tensor.detach().numpy(), rtol=1e-9)


def test_momentum_is_pytorchs_while_the_learning_rate_stays(torch):
    w, state = X.copy(), {}
    tensor = torch.tensor(X.copy(), requires_grad=True)
    theirs = torch.optim.SGD([tensor], lr=0.05, momentum=0.9)
    for _ in range(6):
        dw = rng.standard_normal(X.shape)
        tensor.grad = torch.tensor(dw)
        theirs.step()
        w, state = deep.momentum(w, dw, state, lr=0.05)
        np.testing.assert_allclose(w, tensor.detach().numpy(), rtol=1e-9)
    _, state = deep.momentum(w, dw, {}, lr=0.5)
    np.testing.assert_allclose(state["v"], 0.5 * dw)  # here the learning rate is in the speed


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate():
    w, state = deep.adam(np.zeros(3), np.array([1e-3, -5.0, 200.0]), {}, lr=0.1)
    np.testing.assert_allclose(w, [-0.1, 0.1, -0.1], rtol=1e-4)
    assert state["t"] == 1


# --- residual blocks --------------------------------------------------------------------------


def test_the_residual_block_is_pytorchs(autograd):
    shapes = {"x": (6, 4), "w1": (4, 5), "b1": (5,), "w2": (5, 4), "b2": (4,)}
    arrays = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    dout = rng.standard_normal((6, 4))

    def loss(x, w1, b1, w2, b2):
        out = (x + (x @ w1 + b1).relu() @ w2 + b2).relu()
        return (out * x.new_tensor(dout)).sum()

    value, grads = autograd(loss, **arrays)
    assert np.sum(dout * deep.residual_forward(**arrays)) == pytest.approx(value)
    got = deep.residual_backward(dout, **arrays)
    for name, gradient in zip(shapes, got, strict=True):
        np.testing.assert_allclose(gradient, grads[name], atol=1e-12)


# --- augmentation -----------------------------------------------------------------------------

IMAGES = rng.standard_normal((2, 3, 5, 6))


@given(st.integers(-7, 7), st.integers(-7, 7))
def test_shifted_images_are_those_moved_pixel_by_pixel(down, right):
    moved = deep.shift_images(IMAGES, down, right)
    for i in range(5):
        for j in range(6):
            inside = 0 <= i - down < 5 and 0 <= j - right < 6
            expected = IMAGES[:, :, i - down, j - right] if inside else np.zeros((2, 3))
            np.testing.assert_array_equal(moved[:, :, i, j], expected)


@pytest.mark.parametrize(
    "matrix", [np.eye(2), [[0.8, 0.3], [-0.4, 1.2]], [[2.0, 0], [0, 0.5]], [[0, 1], [1, 0]]]
)
def test_warped_images_are_those_of_pytorchs_grid_sample(torch, matrix):
    matrix = np.array(matrix, dtype=float)
    H, W = IMAGES.shape[2:]
    # PyTorch's places run from -1 to 1, the column first.
    half = np.array([(W - 1) / 2, (H - 1) / 2])
    theta = np.diag(1 / half) @ matrix[::-1, ::-1] @ np.diag(half)
    grid = torch.nn.functional.affine_grid(
        torch.tensor(np.c_[theta, np.zeros(2)])[None].repeat(2, 1, 1),
        list(IMAGES.shape),
        align_corners=True,
    )
    expected = torch.nn.functional.grid_sample(
        torch.tensor(IMAGES), grid, mode="bilinear", padding_mode="zeros", align_corners=True
    )
    np.testing.assert_allclose(deep.warp_images(IMAGES, matrix), expected.numpy(), atol=1e-9)


def test_rotation_is_counterclockwise_about_the_centre():
    square = IMAGES[:, :, :, :5]
    for quarters in (1, 2, 3):
        turned = deep.rotate_images(square, 90 * quarters)
        np.testing.assert_allclose(turned, np.rot90(square, quarters, axes=(2, 3)), atol=1e-12)
    np.testing.assert_array_equal(deep.rotate_images(IMAGES, 0.0), IMAGES)


def test_scaling_to_twice_the_size_shows_every_half_pixel():
    line = np.arange(5.0).reshape(1, 1, 1, 5)
    np.testing.assert_allclose(deep.scale_images(line, 2)[0, 0, 0], [1, 1.5, 2, 2.5, 3])
    np.testing.assert_allclose(deep.scale_images(line, 0.5)[0, 0, 0], [0, 0, 2, 4, 0])
    np.testing.assert_array_equal(deep.scale_images(IMAGES, 1.0), IMAGES)


def test_flipping_twice_changes_nothing_and_noise_has_its_scale():
    np.testing.assert_array_equal(deep.flip_images(deep.flip_images(IMAGES)), IMAGES)
    np.testing.assert_array_equal(deep.flip_images(IMAGES)[..., 0], IMAGES[..., -1])
    noise = deep.add_noise(np.ones((100, 100)), 0.3, 5) - 1
    assert noise.std() == pytest.approx(0.3, rel=0.03)


# --- networks ---------------------------------------------------------------------------------


def torch_net(torch, tensors, x, depth, theirs, skip, batchnorm, masks):
    """The network in PyTorch, in training, with given masks of dropout."""
    h = x
    for layer in range(1, depth):
        z = h @ tensors[f"W{layer}"] + tensors[f"b{layer}"]
        if batchnorm:
            z = torch.nn.functional.batch_norm(
                z, None, None, tensors[f"gamma{layer}"], tensors[f"beta{layer}"], training=True
            )
        out = theirs(torch, z)
        if masks:
            out = out * torch.tensor(masks[layer - 1])
        h = out + h if skip and out.shape == h.shape else out
    return h @ tensors[f"W{depth}"] + tensors[f"b{depth}"]


@pytest.mark.parametrize("batchnorm", [False, True])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_gradient_of_a_network_is_pytorchs(torch, autograd, name, skip, batchnorm):
    _, theirs = {**ACTIVATIONS, "elu": ({}, lambda t, x: t.nn.functional.elu(x))}[name]
    dims, p, seed = (4, 5, 5, 3, 3), 0.7, 11
    params, running = deep.init_net(dims, "xavier", batchnorm, seed=2)
    params = {key: array + 0.1 * rng.standard_normal(array.shape) for key, array in params.items()}
    y = rng.integers(3, size=6)
    masks = [
        (np.random.default_rng(seed + layer).random((6, dims[layer])) < p) / p
        for layer in range(1, 4)
    ]

    def loss(**tensors):
        x = torch.tensor(X)
        scores = torch_net(torch, tensors, x, 4, theirs, skip, batchnorm, masks)
        weights = [tensor for key, tensor in tensors.items() if key[0] == "W"]
        penalty = sum(0.02 * w.abs().sum() + 0.05 * (w**2).sum() for w in weights)
        return torch.nn.functional.cross_entropy(scores, torch.tensor(y)) + penalty

    value, grads = autograd(loss, **params)
    got, own, new = deep.net_loss(params, running, X, y, name, skip, 0.02, 0.05, p, seed)
    assert got == pytest.approx(value, rel=1e-9)
    assert own.keys() == params.keys()
    assert new.keys() == running.keys()
    for key, gradient in own.items():
        np.testing.assert_allclose(gradient, grads[key], rtol=1e-6, atol=1e-10)


def test_at_test_time_a_network_uses_the_averages_and_no_dropout():
    params, running = deep.init_net((4, 5, 5, 3), batchnorm=True, seed=1)
    running = {key: array + rng.uniform(0, 1, array.shape) for key, array in running.items()}
    scores = deep.net_forward(params, running, X)
    one_by_one = [deep.net_forward(params, running, row[None])[0] for row in X]
    np.testing.assert_allclose(scores, one_by_one, atol=1e-12)
    np.testing.assert_array_equal(deep.predict_net(params, running, X), scores.argmax(axis=1))


def test_the_gradients_of_shards_average_to_that_of_the_batch():
    params, running = deep.init_net((4, 5, 3), seed=1)
    y = rng.integers(3, size=6)
    _, full, _ = deep.net_loss(params, running, X, y)
    for cuts in ([3], [1], [1, 3]):
        shards = list(zip(np.split(X, cuts), np.split(y, cuts), strict=True))
        grads = [deep.net_loss(params, running, *shard)[1] for shard in shards]
        average = deep.average_gradients(grads, [len(shard[1]) for shard in shards])
        for key, gradient in full.items():
            np.testing.assert_allclose(average[key], gradient, atol=1e-14)


def test_layers_draw_their_weights_apart_and_have_the_shapes_of_the_contract():
    params, running = deep.init_net((3, 3, 3, 2), batchnorm=True)
    assert not np.array_equal(params["W1"], params["W2"])
    np.testing.assert_array_equal(params["W2"], deep.init_he(3, 3, seed=2))
    assert sorted(running) == ["mean1", "mean2", "var1", "var2"]
    assert sorted(key for key in params if key.startswith("gamma")) == ["gamma1", "gamma2"]
    assert deep.init_net((3, 4, 2))[1] == {}


@pytest.mark.parametrize("rule", ["sgd", "momentum", "rmsprop", "adam"])
def test_training_is_the_loop_of_pytorch(torch, rule):
    y = rng.integers(3, size=6)
    params, running = deep.init_net((4, 5, 3), seed=3)
    kind = {"sgd": "SGD", "momentum": "SGD", "rmsprop": "RMSprop", "adam": "Adam"}[rule]
    tensors = {key: torch.tensor(array, requires_grad=True) for key, array in params.items()}
    settings = {"momentum": {"momentum": 0.9}}.get(rule, {})
    optimizer = getattr(torch.optim, kind)(tensors.values(), lr=0.02, **settings)
    draws, expected = np.random.default_rng(8), []
    for _ in range(7):
        rows = draws.choice(6, size=4, replace=False)
        draws.integers(2**31)
        optimizer.zero_grad()
        scores = torch_net(
            torch, tensors, torch.tensor(X[rows]), 2, ACTIVATIONS["relu"][1], False, False, None
        )
        value = torch.nn.functional.cross_entropy(scores, torch.tensor(y[rows]))
        expected.append(value.item())
        value.backward()
        optimizer.step()
    losses, learnt, _ = deep.train_net(
        params, running, X, y, rule=rule, lr=0.02, batch=4, num_iters=7, seed=8
    )
    np.testing.assert_allclose(losses, expected, rtol=1e-9)
    for key, tensor in tensors.items():
        np.testing.assert_allclose(learnt[key], tensor.detach().numpy(), rtol=1e-7, atol=1e-10)
