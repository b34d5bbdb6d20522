"""Stage 4 at speed: networks that give the numbers of the plain functions in a fifth of the time.

What makes them fast:

- Images lie batch-last, (C, H, W, N): whatever is cut out of them is N numbers in a row, which are
  copied and added at full speed. Only the ends of a network turn its arrays round.
- A convolution and the 2x2 pool after it are one step. The four outputs that compete in a window of
  the pool see (k+1) x (k+1) inputs together; these are gathered once, and one matrix product with
  the filters at four places gives all four. Gathering for each output alone, every input would be
  copied k^2 times; here it is (k+1)^2 / 4 times.
- With many channels, the four outputs of a 3x3 filter take 16 products in place of 36, by
  Winograd's sums: his patches of 4x4 are those of the pool's windows.
- The pool is a tournament of two rounds. A cell wins against a later one by >=, so that the first
  maximum takes the gradient; the backward function needs only who won.
- Bias and ReLU come after the pool, on a quarter of the numbers: neither changes who is largest.

Letters: N images, C channels, F filters, k the side of a filter, M = H' W' N windows of the pool.
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

CHUNK = 64  # images at a time: what a step touches has to stay near the processor
LENET_PADS = (2, 0)
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))  # of a window of the pool, in row order


class _Seen(NamedTuple):
    """What a convolution with its pool saves for the way back."""

    shape: tuple  # of the padded input: (C, H, W, N)
    pad: int
    patches: np.ndarray  # as the kind of convolution wants them
    filters: np.ndarray
    left: np.ndarray  # whether the left cell wins, in each of the two rows: (2, F, M)
    upper: np.ndarray  # whether the upper row's winner wins: (F, M)
    out: np.ndarray  # (F, H', W', N)


def convnet_forward_fast(params, X):
    """Compute what `convnet_forward` computes."""
    return network_scores(params, X, _same_padding(params))


def convnet_loss_fast(params, X, y, reg=0.0):
    """Compute what `convnet_loss` computes."""
    return network_loss(params, X, y, reg, _same_padding(params))


def lenet_forward_fast(params, X):
    """Compute what `lenet_forward` computes."""
    return network_scores(params, X, LENET_PADS)


def lenet_loss_fast(params, X, y, reg=0.0):
    """Compute what `lenet_loss` computes."""
    return network_loss(params, X, y, reg, LENET_PADS)


def _same_padding(params):
    return (params["W1"].shape[2] // 2,)


def network_scores(params, X, pads):
    """Compute the scores of a network: a conv - relu - pool for each pad, then affine layers.

    Parameters
    ----------
    params : dict
        ``W1`` (F, C, k, k), ``b1`` (F,), ... of the convolutions, then (D, H) and (H,) of the
        affine layers, between which are ReLUs.
    X : ndarray, shape (N, C, H, W)
        Images.
    pads : tuple of int
        Rows and columns of zeros around the input of each convolution.

    Returns
    -------
    ndarray, shape (N, classes)
    """
    starts = range(0, len(X), CHUNK)
    scores = [_forward(params, X[first : first + CHUNK], pads)[0] for first in starts]
    return np.concatenate(scores, axis=1).T


def network_loss(params, X, y, reg, pads, keep=1.0, rng=None):
    """Compute loss and gradient of the network of `network_scores`.

    With `keep` below 1 that share of what the affine layers see stays, drawn by `rng`, and is
    divided by it (inverted dropout; Srivastava et al. 2014).
    """
    N, C = len(X), params[f"b{len(params) // 2}"].size
    if y.shape != (N,) or y.min() < 0 or y.max() >= C:
        raise ValueError(f"y must hold {N} labels from 0 to {C - 1}")
    loss = 0.0
    grads = {name: 2 * reg * value if name[0] == "W" else 0 for name, value in params.items()}
    for first in range(0, N, CHUNK):
        labels = y[first : first + CHUNK]
        columns = np.arange(len(labels))
        scores, saved = _forward(params, X[first : first + CHUNK], pads, keep, rng)
        scores -= np.max(scores, axis=0)  # exp cannot overflow below zero
        log_probs = scores - np.log(np.sum(np.exp(scores), axis=0))
        loss -= np.sum(log_probs[labels, columns]) / N
        dscores = np.exp(log_probs)
        dscores[labels, columns] -= 1
        dscores /= N
        for name, value in _backward(dscores, params, saved, keep).items():
            grads[name] = grads[name] + value
    loss += reg * sum(np.sum(value**2) for name, value in params.items() if name[0] == "W")
    return loss, grads


def _forward(params, X, pads, keep=1.0, rng=None):
    """Compute the scores (classes, N) of a chunk, and save what the backward function needs."""
    x = np.ascontiguousarray(X.transpose(1, 2, 3, 0))
    saved = []
    for layer, pad in enumerate(pads, start=1):
        x, seen = _conv_relu_pool(x, params[f"W{layer}"], params[f"b{layer}"], pad)
        saved.append(seen)
    x = x.reshape(-1, len(X))
    depth = len(params) // 2
    for layer in range(len(pads) + 1, depth + 1):
        if keep < 1:
            x = x * (rng.random(x.shape, dtype=np.float32) < keep) / keep
        saved.append(x)
        x = params[f"W{layer}"].T @ x
        x += params[f"b{layer}"][:, np.newaxis]
        if layer < depth:
            np.maximum(x, 0, out=x)
    return x, saved


def _backward(dout, params, saved, keep):
    """Compute the gradient with respect to each parameter from that of the scores."""
    grads = {}
    for layer in range(len(saved), 0, -1):
        W, seen = params[f"W{layer}"], saved[layer - 1]
        if isinstance(seen, _Seen):
            dout, dW, db = _conv_relu_pool_backward(dout, W, seen, layer > 1)
        else:
            dW, db = seen @ dout.T, np.sum(dout, axis=1)
            dout = W @ dout
            dout *= seen > 0  # what it saw came from a ReLU, be it that of a pool, and was kept
            dout /= keep
        grads[f"W{layer}"], grads[f"b{layer}"] = dW, db
    return grads


def _conv_relu_pool(x, w, b, pad):
    """Convolve, pool and rectify images (C, H, W, N); return the maps (F, H', W', N) and `_Seen`.

    A last row or column of the convolution that fills no window is not even computed.
    """
    F, _, HH, WW = w.shape
    padded = np.zeros((len(x), x.shape[1] + 2 * pad, x.shape[2] + 2 * pad, x.shape[3]), x.dtype)
    padded[:, pad : pad + x.shape[1], pad : pad + x.shape[2]] = x
    convolve = _winograd if _suits_winograd(w) else _convolve
    size = (padded.shape[1] - HH + 1) // 2, (padded.shape[2] - WW + 1) // 2
    cells, patches, filters = convolve(padded, w, size)
    left_wins = cells[:, 0] >= cells[:, 1]
    rows = np.maximum(cells[:, 0], cells[:, 1])
    upper_wins = rows[0] >= rows[1]
    out = np.maximum(rows[0], rows[1])
    out += b[:, np.newaxis]
    np.maximum(out, 0, out=out)
    out = out.reshape(F, *size, x.shape[3])
    return out, _Seen(padded.shape, pad, patches, filters, left_wins, upper_wins, out)


def _conv_relu_pool_backward(dout, w, seen, with_dx):
    """Pass a gradient back through `_conv_relu_pool`; the first layer's dx is not needed."""
    F = len(w)
    dout = dout.reshape(F, -1) * (seen.out.reshape(F, -1) > 0)
    db = np.sum(dout, axis=1)
    # The winner takes all: what the one of two cells takes, the other doesn't.
    cells = np.empty((2, 2, *dout.shape), dtype=dout.dtype)
    for row, drow in enumerate((dout * seen.upper, dout * ~seen.upper)):
        np.multiply(drow, seen.left[row], out=cells[row, 0])
        np.subtract(drow, cells[row, 0], out=cells[row, 1])
    back = _winograd_backward if _suits_winograd(w) else _convolve_backward
    dpadded = np.zeros(seen.shape, dtype=dout.dtype) if with_dx else None
    dw = back(cells, w, seen, dpadded)
    if not with_dx:
        return None, dw, db
    H, W, pad = *seen.shape[1:3], seen.pad
    return dpadded[:, pad : H - pad, pad : W - pad], dw, db


# A convolution gives the four cells of each window of the pool, (2, 2, F, M): row and column in it.


def _convolve(padded, w, size):
    """Convolve by one product of the patches with the filters at the four places."""
    F, C, HH, WW = w.shape
    windows = sliding_window_view(padded, (HH + 1, WW + 1), axis=(1, 2))[:, ::2, ::2]
    patches = windows[:, : size[0], : size[1]].transpose(0, 4, 5, 1, 2, 3)  # (C, k+1, k+1, ..., N)
    patches = np.ascontiguousarray(patches).reshape(C * (HH + 1) * (WW + 1), -1)
    filters = np.zeros((4, F, C, HH + 1, WW + 1), dtype=w.dtype)
    for place, (top, left) in zip(filters, CORNERS, strict=True):
        place[:, :, top : top + HH, left : left + WW] = w
    filters = filters.reshape(4 * F, -1)
    return (filters @ patches).reshape(2, 2, F, -1), patches, filters


def _convolve_backward(dcells, w, seen, dpadded):
    """Pass a gradient back through `_convolve`: return dw, and add to dpadded unless it is None."""
    F, C, HH, WW = w.shape
    out_h, out_w, N = seen.out.shape[1:]
    dcells = dcells.reshape(4 * F, -1)
    dfilters = (seen.patches @ dcells.T).T.reshape(4, F, C, HH + 1, WW + 1)
    if dpadded is not None:
        dpatches = (seen.filters.T @ dcells).reshape(C, HH + 1, WW + 1, out_h, out_w, N)
        for r in range(HH + 1):
            for q in range(WW + 1):
                dpadded[:, r : r + 2 * out_h : 2, q : q + 2 * out_w : 2] += dpatches[:, r, q]
    return sum(
        dplace[:, :, top : top + HH, left : left + WW]
        for dplace, (top, left) in zip(dfilters, CORNERS, strict=True)
    )


# For 3x3 filters, Winograd's minimal filtering F(2x2, 3x3) gives the same four cells of a 4x4 patch
# d by 16 products in place of 36: A^T ((G w G^T) * (B^T d B)) A, where B^T and A^T only add and
# subtract (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). The products
# of one place in the patch, over all channels and windows, are a matrix product.
G = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
MANY = 8  # channels from which on fewer products make up for the sums


def _suits_winograd(w):
    return w.shape[2:] == (3, 3) and w.shape[1] >= MANY


def _winograd(padded, w, size):
    """Convolve by Winograd's filtering."""
    F, C = w.shape[:2]
    out_h, out_w = size
    N = padded.shape[3]
    rows = np.empty((4, C, out_h, padded.shape[2], N), dtype=padded.dtype)
    _sums_of_patch(_every_other(padded, 1, out_h), rows)
    patches = np.empty((4, 4, C, out_h, out_w, N), dtype=padded.dtype)
    _sums_of_patch(_every_other(rows, 3, out_w), patches.swapaxes(0, 1))
    patches = patches.reshape(16, C, -1)
    g = G.astype(w.dtype)
    filters = np.einsum("ar,fcrq,bq->abfc", g, w, g, optimize=True).reshape(16, F, C)
    products = np.matmul(filters, patches).reshape(4, 4, F, -1)
    upper = np.empty((2, 4, *products.shape[2:]), dtype=products.dtype)
    _sums_of_products(products, upper)
    cells = np.empty((2, 2, *products.shape[2:]), dtype=products.dtype)
    _sums_of_products(upper.swapaxes(0, 1), cells.swapaxes(0, 1))
    return cells, patches, filters


def _winograd_backward(dcells, w, seen, dpadded):
    """Pass a gradient back through `_winograd`: each step transposed, from last to first."""
    F, C = w.shape[:2]
    out_h, out_w, N = seen.out.shape[1:]
    dupper = np.empty((2, 4, *dcells.shape[2:]), dtype=dcells.dtype)
    _spread_over_products(dcells.swapaxes(0, 1), dupper.swapaxes(0, 1))
    dproducts = np.empty((4, 4, *dcells.shape[2:]), dtype=dcells.dtype)
    _spread_over_products(dupper, dproducts)
    dproducts = dproducts.reshape(16, F, -1)
    dfilters = np.matmul(dproducts, seen.patches.transpose(0, 2, 1)).reshape(4, 4, F, C)
    if dpadded is not None:
        dpatches = np.matmul(seen.filters.transpose(0, 2, 1), dproducts)
        dpatches = dpatches.reshape(4, 4, C, out_h, out_w, N)
        drows = np.zeros((4, C, out_h, *dpadded.shape[2:]), dtype=dcells.dtype)
        _spread_over_patch(dpatches.swapaxes(0, 1), _every_other(drows, 3, out_w))
        _spread_over_patch(drows, _every_other(dpadded, 1, out_h))
    g = G.astype(w.dtype)
    return np.einsum("ar,abfc,bq->fcrq", g, dfilters, g, optimize=True)


def _every_other(array, axis, count):
    """Return the views that begin at 0, 1, 2 and 3 of an axis, with every other of its entries."""
    before = (slice(None),) * axis
    return [array[(*before, slice(r, r + 2 * count, 2))] for r in range(4)]


def _sums_of_patch(d, out):
    """Multiply by B^T."""
    np.subtract(d[0], d[2], out=out[0])
    np.add(d[1], d[2], out=out[1])
    np.subtract(d[2], d[1], out=out[2])
    np.subtract(d[1], d[3], out=out[3])


def _spread_over_patch(dsums, d):
    """Multiply by B, and add that to what is there: patches overlap."""
    d[0] += dsums[0]
    d[1] += dsums[1] - dsums[2] + dsums[3]
    d[2] += dsums[1] + dsums[2] - dsums[0]
    d[3] -= dsums[3]


def _sums_of_products(products, out):
    """Multiply by A^T."""
    np.add(products[1], products[2], out=out[0])
    out[0] += products[0]
    np.subtract(products[1], products[2], out=out[1])
    out[1] -= products[3]


def _spread_over_products(dsums, out):
    """Multiply by A."""
    out[0] = dsums[0]
    np.add(dsums[0], dsums[1], out=out[1])
    np.subtract(dsums[0], dsums[1], out=out[2])
    np.negative(dsums[1], out=out[3])
