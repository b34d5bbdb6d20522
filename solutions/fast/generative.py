"""Stage 6 at speed: training that gives the numbers of `train_autoencoder` and `train_gan`.

A step on 50 pictures is some matrix products and many passes over 50 x 784 numbers. What makes it
fast:

- Every step writes into the same arrays; new ones of this size cost more than what is computed.
- sigmoid(x) = (1 + tanh(x / 2)) / 2 is safe for all x at once, without a case for either sign.
- The generator writes its pictures beside the real ones, in the array that the discriminator reads.

Letters: N samples in a batch, D numbers in each, H hidden units, L numbers in a code or of noise.
"""

import numpy as np


def train_autoencoder_fast(params, X, lr=0.01, momentum=0.9, batch=50, num_iters=100, seed=0):
    """Train as `train_autoencoder` does, with the same mini-batches."""
    rng = np.random.default_rng(seed)
    X, params, grads = _prepared(X, params)
    velocities = {name: np.zeros_like(value) for name, value in params.items()}
    encoder = _TwoLayers(params, grads, "1", "2", batch)
    decoder = _TwoLayers(params, grads, "3", "4", batch)
    x, output = np.empty((2, batch, X.shape[1]), dtype=X.dtype)
    slope = np.empty_like(output)
    codes, dcodes = np.empty((2, batch, params["W2"].shape[1]), dtype=X.dtype)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        np.take(X, rows, axis=0, out=x, mode="clip")  # other modes would copy once more
        encoder.forward(x, codes)
        decoder.forward(codes, output)
        _sigmoid(output)

        np.multiply(output, output, out=slope)
        np.subtract(output, slope, out=slope)  # Y (1 - Y)
        output -= x
        losses[i] = np.vdot(output, output) / batch
        output *= slope
        output *= 2 / batch
        decoder.backward(output, codes, dcodes)
        encoder.backward(dcodes, x)
        for name, velocity in velocities.items():
            velocity *= momentum
            grads[name] *= lr
            velocity += grads[name]
            params[name] -= velocity
    return losses, params


def train_gan_fast(params_G, params_D, X, lr_G=0.1, lr_D=0.1, batch=50, num_iters=100, seed=0):
    """Train as `train_gan` does, with the same mini-batches and the same noise."""
    rng = np.random.default_rng(seed)
    X, params_G, grads_G = _prepared(X, params_G)
    X, params_D, grads_D = _prepared(X, params_D)
    generator = _TwoLayers(params_G, grads_G, "1", "2", batch)
    judge = _TwoLayers(params_D, grads_D, "1", "2", 2 * batch)  # of real and made samples
    critic = _TwoLayers(params_D, grads_D, "1", "2", batch)  # of the generator's alone
    samples = np.empty((2 * batch, X.shape[1]), dtype=X.dtype)
    real, made = samples[:batch], samples[batch:]
    slope, dmade = np.empty((2, *made.shape), dtype=X.dtype)
    logits = np.empty((2 * batch, 1), dtype=X.dtype)
    sign = np.repeat([-1, 1], batch).reshape(-1, 1).astype(X.dtype)
    noise = batch, len(params_G["W1"])
    losses_G, losses_D = np.zeros(num_iters), np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        np.take(X, rows, axis=0, out=real, mode="clip")
        z = rng.standard_normal(noise).astype(X.dtype)
        generator.forward(z, made)
        _sigmoid(made)
        judge.forward(samples, logits)
        logits *= sign
        losses_D[i] = np.sum(_softplus(logits)) / batch
        _sigmoid(logits)
        logits *= sign / batch
        judge.backward(logits, samples)
        _descend(params_D, grads_D, lr_D)

        z = rng.standard_normal(noise).astype(X.dtype)
        generator.forward(z, made)
        _sigmoid(made)
        wrong = logits[:batch]
        critic.forward(made, wrong)
        wrong *= -1
        losses_G[i] = np.mean(_softplus(wrong))
        _sigmoid(wrong)
        wrong *= -1 / batch
        critic.to_input(wrong, dmade)
        np.multiply(made, made, out=slope)
        np.subtract(made, slope, out=slope)
        dmade *= slope
        generator.backward(dmade, z)
        _descend(params_G, grads_G, lr_G)
    return losses_G, losses_D, params_G, params_D


class _TwoLayers:
    """An affine layer, ReLU, an affine layer: what they share between steps."""

    def __init__(self, params, grads, first, second, rows):
        names = f"W{first}", f"b{first}", f"W{second}", f"b{second}"
        self.params = [params[name] for name in names]
        self.grads = [grads[name] for name in names]
        width = self.params[0].shape[1]
        self.hidden, self.dhidden = np.empty((2, rows, width), dtype=self.params[0].dtype)

    def forward(self, x, out):
        """Write the outputs of samples x to `out`."""
        W1, b1, W2, b2 = self.params
        np.matmul(x, W1, out=self.hidden)
        self.hidden += b1
        np.maximum(self.hidden, 0, out=self.hidden)
        np.matmul(self.hidden, W2, out=out)
        out += b2

    def backward(self, dout, x, dx=None):
        """Write the gradients of the parameters, and if asked that of the samples to `dx`."""
        dW1, db1, dW2, db2 = self.grads
        self._to_hidden(dout)
        np.matmul(x.T, self.dhidden, out=dW1)
        np.sum(self.dhidden, axis=0, keepdims=True, out=db1)
        np.matmul(self.hidden.T, dout, out=dW2)
        np.sum(dout, axis=0, keepdims=True, out=db2)
        if dx is not None:
            np.matmul(self.dhidden, self.params[0].T, out=dx)

    def to_input(self, dout, dx):
        """Write the gradient of the samples alone."""
        self._to_hidden(dout)
        np.matmul(self.dhidden, self.params[0].T, out=dx)

    def _to_hidden(self, dout):
        np.matmul(dout, self.params[2].T, out=self.dhidden)
        self.dhidden *= self.hidden > 0


def _sigmoid(x):
    """Squeeze numbers into 0 to 1, in place."""
    x *= 0.5
    np.tanh(x, out=x)
    x *= 0.5
    x += 0.5


def _softplus(x):
    return np.maximum(0, x) + np.log1p(np.exp(-np.abs(x)))


def _prepared(X, params):
    """Copy parameters and samples where they have to be, and make room for gradients."""
    X = np.asarray(X, dtype=np.result_type(X, *params.values()))
    params = {name: value.astype(X.dtype) for name, value in params.items()}
    return X, params, {name: np.empty_like(value) for name, value in params.items()}


def _descend(params, grads, lr):
    for name, gradient in grads.items():
        gradient *= lr
        params[name] -= gradient
