"""What every function of stages 0 to 6 must keep to: its signature, its arguments, its types."""

import copy
import importlib
import inspect

import numpy as np
import pytest

from solutions import convnet, deep_training, generative, perceptron, two_layer_net

rng = np.random.default_rng(7)
X, Y, W = rng.random((30, 4)), rng.integers(0, 3, 30), rng.standard_normal((4, 3))
NET = two_layer_net.init_params(4, 5, 3, eps=1.0)
SCORES, HIDDEN = two_layer_net.nn_forward(NET, X)
# Positive numbers, no padding and windows of one cell are where a careless function returns its
# argument, or a view of it.
IMAGES, FILTERS, BIAS = rng.random((3, 2, 6, 6)), rng.random((4, 2, 1, 1)), np.zeros(4)
MAPS, DOUT = rng.random((3, 4, 6, 6)), rng.random((3, 2, 6, 6))
CONVNET = convnet.init_convnet((2, 6, 6), 3, 3, 5, 3, eps=0.5)
SIGNS, BITS = np.where(Y == 0, 1, -1), Y % 2
XOR_NET = perceptron.init_xor(5)
DEEP, RUNNING = deep_training.init_net((4, 4, 4, 3), batchnorm=True)
ROW, PAIR = np.ones(4), {"W1": X, "b1": np.ones(4)}
CODER, CODES = generative.init_autoencoder(4, 5, 3), rng.standard_normal((30, 3))
G, D = generative.init_gan(4, 3, 5)
LENET, DIGITS = convnet.init_lenet(), rng.random((2, 1, 28, 28))

CASES = {
    "perceptron": {
        "perceptron(x, w, threshold)": (X, X[0], 0.5),
        "nand(a, b)": (1, 0),
        "xor(a, b)": (1, 0),
        "train_perceptron(X, y, max_epochs=100)": (X, SIGNS, 3),
        "sigmoid(z)": (X,),
        "sigmoid_grad(z)": (X,),
        "graph_gradients(x, y, z)": (0.5, -1.5, 2.0),
        "init_xor(hidden_dims, seed=0)": (4,),
        "xor_forward(params, X)": (XOR_NET, X[:, :2]),
        "xor_loss(params, X, y)": (XOR_NET, X[:, :2], BITS),
        "train_xor(params, X, y, lr=1.0, num_iters=5000)": (XOR_NET, X[:, :2], BITS, 0.5, 3),
    },
    "nearest_neighbors": {
        "compute_distance(a, b)": (X[0], X[1]),
        "compute_distances(X, X_train)": (X[:5], X),
        "compute_distances_one_loop(X, X_train)": (X[:5], X),
        "compute_distances_vectorized(X, X_train)": (X[:5], X[5:]),
        "compute_distances_l1(X, X_train)": (X[:5], X),
        "nearest_neighbor(x, X_train)": (X[3], X),
        "predict_nn_labels(X, X_train, y_train, k=1)": (X[:5], X, Y, 3),
        "accuracy(y_pred, y_true)": (Y[:15], Y[15:]),
        "cross_validate_k(X, y, k_choices, num_folds=5)": (X, Y, [1, 3]),
    },
    "linear_svm": {
        "add_bias(X)": (X,),
        "linear_forward(W, X)": (W, X),
        "svm_loss_naive(W, X, y, reg=0.0)": (W, X, Y, 0.1),
        "svm_loss(W, X, y, reg=0.0)": (W, X, Y, 0.1),
        "softmax_loss(W, X, y, reg=0.0)": (W, X, Y, 0.1),
        "train_svm(W, X, y, lr=0.001, reg=1e-05, batch=200, num_iters=100, seed=0)": (
            *(W, X, Y, 0.01, 0.1, 20, 3),
        ),
        "predict_svm(W, X)": (W, X),
        "tune_svm(X_train, y_train, X_val, y_val, lrs, regs, num_iters=100, seed=0)": (
            *(np.tile(X, (7, 1)), np.tile(Y, 7), X, Y, [0.1, 0.01], [0.0, 0.1], 3),
        ),
    },
    "two_layer_net": {
        "init_params(dim, hidden_dims, num_classes, eps=0.0001, seed=0)": (4, 5, 3),
        "relu(x)": (X,),
        "nn_forward(params, X)": (NET, X),
        "nn_svm_grad(params, X, y, scores, hidden, reg)": (NET, X, Y, SCORES, HIDDEN, 0.1),
        "nn_svm_loss(params, X, y, reg=0.0)": (NET, X, Y, 0.1),
        "train_nn(params, X, y, num_classes, lr=0.01, reg=0.001, batch=20, num_iters=100, "
        "print_freq=100, seed=0)": (NET, X, Y, 3, 0.01, 0.1, 20, 3, 0),
        "predict_nn(params, X)": (NET, X),
        "tune_nn(X_train, y_train, X_val, y_val, num_classes, lrs, regs, hidden_dims, "
        "num_iters=100, seed=0)": (X, Y, X, Y, 3, [0.1, 0.01], [0.0], [4, 5], 3),
    },
    "convnet": {
        "conv_output_size(size, kernel, pad=0, stride=1)": (7, 3, 1, 2),
        "count_conv_params(c_in, c_out, kernel)": (3, 8, 5),
        "count_dense_params(n_in, n_out)": (3, 8),
        "conv_forward_naive(x, w, b, stride=1, pad=0)": (IMAGES, FILTERS, BIAS),
        "conv_forward(x, w, b, stride=1, pad=0)": (IMAGES, FILTERS, BIAS),
        "conv_backward(dout, x, w, b, stride=1, pad=0)": (MAPS, IMAGES, FILTERS, BIAS),
        "max_pool_forward(x, size=2, stride=2)": (IMAGES, 1, 1),
        "max_pool_backward(dout, x, size=2, stride=2)": (DOUT, IMAGES, 1, 1),
        "avg_pool_forward(x, size=2, stride=2)": (IMAGES, 1, 1),
        "avg_pool_backward(dout, x, size=2, stride=2)": (DOUT, IMAGES, 1, 1),
        "relu_forward(x)": (IMAGES,),
        "relu_backward(dout, x)": (DOUT, IMAGES),
        "affine_forward(x, w, b)": (X, W, np.zeros(3)),
        "affine_backward(dout, x, w, b)": (SCORES, X, W, np.zeros(3)),
        "softmax_cross_entropy(scores, y)": (SCORES, Y),
        "init_convnet(input_dim, num_filters, kernel, hidden_dims, num_classes, eps=0.01, "
        "seed=0)": ((2, 6, 6), 3, 3, 5, 3),
        "convnet_forward(params, X)": (CONVNET, IMAGES),
        "convnet_loss(params, X, y, reg=0.0)": (CONVNET, IMAGES, Y[:3], 0.1),
        "train_convnet(params, X, y, lr=0.01, reg=0.0, batch=50, num_iters=100, seed=0)": (
            *(CONVNET, IMAGES, Y[:3], 0.01, 0.1, 2, 3),
        ),
        "predict_convnet(params, X)": (CONVNET, IMAGES),
        "init_lenet(seed=0)": (),
        "lenet_forward(params, X)": (LENET, DIGITS),
        "lenet_loss(params, X, y, reg=0.0)": (LENET, DIGITS, Y[:2], 0.1),
    },
    "deep_training": {
        "affine_forward(x, w, b)": (X, W, np.zeros(3)),
        "affine_backward(dout, x, w, b)": (SCORES, X, W, np.zeros(3)),
        "sigmoid_forward(x)": (X,),
        "sigmoid_backward(dout, x)": (X, X),
        "tanh_forward(x)": (X,),
        "tanh_backward(dout, x)": (X, X),
        "relu_forward(x)": (X,),
        "relu_backward(dout, x)": (X, X),
        "leaky_relu_forward(x, slope=0.1)": (X, 1.0),
        "leaky_relu_backward(dout, x, slope=0.1)": (X, X, 1.0),
        "elu_forward(x, alpha=1.0)": (X,),
        "elu_backward(dout, x, alpha=1.0)": (X, X),
        "maxout_forward(x, w, b)": (X, W[np.newaxis], np.zeros((1, 3))),
        "maxout_backward(dout, x, w, b)": (SCORES, X, W[np.newaxis], np.zeros((1, 3))),
        "apl_forward(x, a, b)": (X, 0 * X[:2], X[:2]),
        "apl_backward(dout, x, a, b)": (X, X, X[:1], X[1:2]),
        "init_normal(n_in, n_out, eps=0.01, seed=0)": (3, 4),
        "init_xavier(n_in, n_out, seed=0)": (3, 4),
        "init_he(n_in, n_out, seed=0)": (3, 4),
        "mse_loss(a, target)": (X, X[::-1].copy()),
        "binary_cross_entropy(a, y)": (X[:, 0], Y % 2),
        "sigmoid_cross_entropy(z, y)": (X[:, 0], Y % 2),
        "softmax_cross_entropy(scores, y)": (SCORES, Y),
        "l2_penalty(params, reg)": (PAIR, 0.5),
        "l1_penalty(params, reg)": (PAIR, 1.0),
        "batchnorm_train(x, gamma, beta, running_mean, running_var, decay=0.9, eps=1e-05)": (
            *(X, ROW, ROW, ROW, ROW, 1.0),
        ),
        "batchnorm_test(x, gamma, beta, running_mean, running_var, eps=1e-05)": (
            *(X, ROW, 0 * ROW, 0 * ROW, ROW, 0.0),
        ),
        "batchnorm_backward(dout, x, gamma, beta, eps=1e-05)": (X[::-1].copy(), X, ROW, ROW),
        "dropout_forward(x, p=0.5, seed=0, train=True)": (X,),
        "dropout_backward(dout, p=0.5, seed=0, train=True)": (X,),
        "sgd(w, dw, state, lr=0.01)": (X, X, {}, 0.0),
        "momentum(w, dw, state, lr=0.01, mu=0.9)": (X, X, {"v": X.copy()}, 0.0, 1.0),
        "rmsprop(w, dw, state, lr=0.01, decay=0.99, eps=1e-08)": (X, X, {"s": X.copy()}, 0.0, 1.0),
        "adam(w, dw, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-08)": (
            *(X, X, {"m": X.copy(), "v": X.copy(), "t": 3}),
        ),
        "residual_forward(x, w1, b1, w2, b2)": (X, W, ROW[:3], W.T.copy(), ROW),
        "residual_backward(dout, x, w1, b1, w2, b2)": (X, X, W, ROW[:3], W.T.copy(), ROW),
        "shift_images(x, down, right)": (IMAGES, 0, 0),
        "flip_images(x)": (IMAGES,),
        "warp_images(x, matrix)": (IMAGES, np.eye(2)),
        "rotate_images(x, degrees)": (IMAGES, 20.0),
        "scale_images(x, factor)": (IMAGES, 1.0),
        "add_noise(x, sigma, seed=0)": (IMAGES, 0.1),
        "average_gradients(grads, sizes)": ((PAIR,), [4]),
        "init_net(dims, init='he', batchnorm=False, seed=0)": ((3, 4, 2), "he", True),
        "net_forward(params, running, X, activation='relu', skip=False)": (DEEP, RUNNING, X),
        "net_loss(params, running, X, y, activation='relu', skip=False, l1=0.0, l2=0.0, p=1.0, "
        "seed=0)": (DEEP, RUNNING, X, Y, "tanh", True, 0.1, 0.1, 0.5),
        "train_net(params, running, X, y, activation='relu', skip=False, l1=0.0, l2=0.0, p=1.0, "
        "rule='adam', lr=0.001, batch=50, num_iters=100, seed=0)": (
            *(DEEP, RUNNING, X, Y, "tanh", True, 0.1, 0.1, 0.5, "sgd", 0.01, 20, 3),
        ),
        "predict_net(params, running, X, activation='relu', skip=False)": (DEEP, RUNNING, X),
    },
    "generative": {
        "sigmoid(x)": (CODES,),
        "softplus(x)": (CODES,),
        "init_autoencoder(dim, hidden_dims, latent_dims, seed=0)": (4, 5, 3),
        "encode(params, X)": (CODER, X),
        "decode(params, Z)": (CODER, CODES),
        "reconstruction_errors(params, X)": (CODER, X),
        "autoencoder_loss(params, X)": (CODER, X),
        "train_autoencoder(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0)": (
            *(CODER, X, 0.01, 0.5, 20, 3),
        ),
        "kmeans_assign(Z, centers)": (CODES, CODES[:4]),
        "kmeans_update(Z, labels, centers)": (CODES, Y, CODES[:4]),
        "kmeans(Z, k, max_iters=100, seed=0)": (CODES, 4),
        "cluster_purity(labels, y)": (Y, Y[::-1]),
        "init_gan(dim, noise_dims, hidden_dims, seed=0)": (4, 3, 5),
        "generate(params_G, z)": (G, CODES),
        "discriminate(params_D, X)": (D, X),
        "discriminator_loss(params_D, real, fake)": (D, X, X[:7]),
        "generator_loss(params_G, params_D, z)": (G, D, CODES),
        "discriminator_step(params_G, params_D, real, z, lr)": (G, D, X, CODES, 0.1),
        "generator_step(params_G, params_D, z, lr)": (G, D, CODES, 0.1),
        "train_gan(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0)": (
            *(G, D, X, 0.1, 0.1, 20, 3),
        ),
    },
}


def functions(stage):
    """List the functions that a stage's file defines, with their signatures."""
    module = importlib.import_module(f"solutions.{stage}")
    return {
        f"{name}{inspect.signature(function)}": function
        for name, function in inspect.getmembers(module, inspect.isfunction)
    }


def leaves(value):
    """Flatten tuples, lists and dicts into what they hold."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def converted(value, convert):
    """Apply convert to each array of floats in a nested value."""
    if isinstance(value, dict):
        return {key: converted(item, convert) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(converted(item, convert) for item in value)
    is_float = isinstance(value, np.ndarray) and value.dtype == float
    return convert(value) if is_float else value


@pytest.mark.parametrize("stage", CASES)
def test_a_stage_defines_what_the_contract_names_and_no_more(stage):
    assert set(functions(stage)) == set(CASES[stage])


@pytest.fixture(
    params=[(stage, signature) for stage in CASES for signature in CASES[stage]],
    ids=lambda case: case[1].partition("(")[0],
)
def case(request):
    """One function and arguments for it."""
    stage, signature = request.param
    return functions(stage)[signature], CASES[stage][signature]


def test_arguments_stay_as_they_were_and_results_are_new(case):
    function, args = case
    before = copy.deepcopy(args)
    result = function(*args)
    np.testing.assert_equal(args, before)
    for array in leaves(result):
        for arg in leaves(args):
            assert not np.shares_memory(array, arg)


def test_float64_gives_float64_and_float32_gives_the_same_less_precisely(case):
    function, args = case
    exact = leaves(function(*args))
    rough = leaves(function(*converted(args, lambda a: a.astype(np.float32))))
    for one, other in zip(exact, rough, strict=True):
        assert np.asarray(one).dtype in (np.float64, np.int64)
        assert np.asarray(other).dtype in (np.float64, np.float32, np.int64)
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-5)


def test_the_order_of_arrays_in_memory_makes_no_difference(case):
    function, args = case
    one = leaves(function(*args))
    other = leaves(function(*converted(args, np.asfortranarray)))
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("stage", "signature"),
    [(s, c) for s in CASES for c in CASES[s] if "seed=0" in c],
)
def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(stage, signature):
    function, args = functions(stage)[signature], CASES[stage][signature]
    np.testing.assert_equal(function(*args, seed=3), function(*args, seed=3))
    one, other = (np.hstack([np.ravel(a) for a in leaves(function(*args, seed=s))]) for s in (3, 4))
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(
    ("stage", "name", "args"),
    [
        ("linear_svm", "train_svm", (W, X, Y)),
        ("two_layer_net", "train_nn", (NET, X, Y, 3)),
        ("convnet", "train_convnet", (CONVNET, IMAGES, Y[:3])),
        ("deep_training", "train_net", (DEEP, RUNNING, X, Y)),
        ("generative", "train_autoencoder", (CODER, X)),
        ("generative", "train_gan", (G, D, X)),
    ],
)
def test_a_batch_larger_than_the_data_is_refused(stage, name, args):
    train = getattr(importlib.import_module(f"solutions.{stage}"), name)
    with pytest.raises(ValueError, match="larger sample"):
        train(*args, batch=31)  # there are no more than 30 samples


@pytest.mark.parametrize("wrong", [-1, 3])
@pytest.mark.parametrize(
    ("stage", "name", "args"),
    [
        ("linear_svm", "svm_loss_naive", (W, X, Y)),
        ("linear_svm", "svm_loss", (W, X, Y)),
        ("linear_svm", "softmax_loss", (W, X, Y)),
        ("linear_svm", "train_svm", (W, X, Y, 0.1, 0.1, 30)),
        ("two_layer_net", "nn_svm_grad", (NET, X, Y, SCORES, HIDDEN, 0.1)),
        ("two_layer_net", "nn_svm_loss", (NET, X, Y)),
        ("two_layer_net", "train_nn", (NET, X, Y, 3)),
        ("convnet", "softmax_cross_entropy", (SCORES, Y)),
        ("convnet", "convnet_loss", (CONVNET, IMAGES, Y[:3])),
        ("convnet", "train_convnet", (CONVNET, IMAGES, Y[:3], 0.1, 0.0, 3)),
        ("deep_training", "softmax_cross_entropy", (SCORES, Y)),
        ("deep_training", "net_loss", (DEEP, RUNNING, X, Y)),
    ],
)
def test_a_label_out_of_range_or_labels_too_few_are_refused(stage, name, args, wrong):
    function = getattr(importlib.import_module(f"solutions.{stage}"), name)
    place = next(i for i, arg in enumerate(args) if getattr(arg, "dtype", None) == Y.dtype)
    y = args[place].copy()
    y[1] = wrong
    with pytest.raises(ValueError, match="labels"):
        function(*args[:place], y, *args[place + 1 :])
