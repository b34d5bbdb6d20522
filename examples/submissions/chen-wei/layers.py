"""The layers of assignment 4 as classes. Each keeps what its backward needs."""

from __future__ import annotations

import numpy as np


class Geometry:
    """Where windows of (rows, columns) stand on maps of H x W."""

    def __init__(self, H, W, rows, columns, stride=1, pad=0):
        self.H, self.W, self.stride, self.pad = H, W, stride, pad
        self.rows, self.columns = rows, columns
        self.out_h = output_size(H, rows, pad, stride)
        self.out_w = output_size(W, columns, pad, stride)
        # index of every cell of every window: (rows * columns, out_h * out_w)
        self.r = np.repeat(np.arange(rows), columns)[:, None] + stride * np.repeat(np.arange(self.out_h), self.out_w)
        self.c = np.tile(np.arange(columns), rows)[:, None] + stride * np.tile(np.arange(self.out_w), self.out_h)

    def gather(self, x):
        """(N, C, H, W) -> (N, C, cells, places)"""
        p = self.pad
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))[:, :, self.r, self.c]

    def scatter(self, cells):
        """(N, C, cells, places) -> (N, C, H, W); what meets in one pixel is added up."""
        p = self.pad
        N, C = cells.shape[:2]
        image = np.zeros((N, C, self.H + 2 * p, self.W + 2 * p), dtype=cells.dtype)
        np.add.at(image, (slice(None), slice(None), self.r, self.c), cells)
        return image[:, :, p:p + self.H, p:p + self.W]

    def maps(self, flat):
        return flat.reshape(*flat.shape[:2], self.out_h, self.out_w)


def output_size(size, kernel, pad, stride):
    if kernel > size + 2 * pad:
        raise ValueError(f"kernel {kernel} is larger than the padded side {size + 2 * pad}")
    return 1 + (size + 2 * pad - kernel) // stride


class Conv:
    def __init__(self, w, b, stride=1, pad=0):
        self.w, self.b, self.stride, self.pad = w, b, stride, pad

    def forward(self, x):
        F, _, rows, columns = self.w.shape
        self.geometry = Geometry(*x.shape[2:], rows, columns, self.stride, self.pad)
        N = len(x)
        self.cols = self.geometry.gather(x).reshape(N, -1, self.geometry.out_h * self.geometry.out_w)
        out = self.w.reshape(F, -1) @ self.cols + self.b[:, None]
        return self.geometry.maps(out)

    def backward(self, dout):
        N, F = dout.shape[:2]
        dflat = dout.reshape(N, F, -1)
        self.db = dflat.sum(axis=(0, 2))
        self.dw = (dflat @ self.cols.transpose(0, 2, 1)).sum(axis=0).reshape(self.w.shape)
        dcols = self.w.reshape(F, -1).T @ dflat
        cells = self.w.shape[2] * self.w.shape[3]
        return self.geometry.scatter(dcols.reshape(N, self.w.shape[1], cells, -1))


class Pool:
    def __init__(self, size=2, stride=2):
        self.size, self.stride = size, stride

    def cells(self, x):
        self.geometry = Geometry(*x.shape[2:], self.size, self.size, self.stride)
        return self.geometry.gather(x)

    def spread(self, shares, dout):
        flat = dout.reshape(*dout.shape[:2], 1, -1)
        return self.geometry.scatter(shares * flat)


class MaxPool(Pool):
    def forward(self, x):
        cells = self.cells(x)
        self.winner = cells.argmax(axis=2)
        return self.geometry.maps(cells.max(axis=2))

    def backward(self, dout):
        number = np.arange(self.size**2)[:, None]
        return self.spread((self.winner[:, :, None, :] == number).astype(dout.dtype), dout)


class AvgPool(Pool):
    def forward(self, x):
        return self.geometry_maps(self.cells(x))

    def geometry_maps(self, cells):
        return self.geometry.maps(cells.mean(axis=2))

    def backward(self, dout):
        return self.spread(np.full((self.size**2, 1), 1 / self.size**2), dout)


class ReLU:
    def forward(self, x):
        self.positive = x > 0
        return np.where(self.positive, x, 0)

    def backward(self, dout):
        return np.where(self.positive, dout, 0)


class Dense:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.shape = x.shape
        self.flat = x.reshape(len(x), -1)
        return self.flat @ self.w + self.b

    def backward(self, dout):
        self.dw, self.db = self.flat.T @ dout, dout.sum(axis=0)
        return (dout @ self.w.T).reshape(self.shape)


class Sequential:
    """Layers one after the other. Those with weights are numbered 1, 2, ... like the params."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        weighted = [layer for layer in self.layers if hasattr(layer, "w")]
        grads = {}
        for number, layer in enumerate(weighted, start=1):
            grads[f"W{number}"], grads[f"b{number}"] = layer.dw, layer.db
        return grads
