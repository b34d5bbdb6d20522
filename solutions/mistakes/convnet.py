"""Known mistakes of stage 4: wrong versions of each function, as students write them.

A name is `<function>__<what>`; the docstring says what is wrong, and a hint leads on without the
code. Where the values are right, it names the one check that fails. A function here replaces that
of the reference, whose other functions it may call.
"""

import numpy as np

from solutions.convnet import (
    affine_backward,
    affine_forward,
    avg_pool_forward,
    conv_backward,
    conv_forward,
    conv_output_size,
    convnet_forward,
    convnet_loss,
    lenet_forward,
    max_pool_backward,
    max_pool_forward,
    relu_backward,
    relu_forward,
    softmax_cross_entropy,
)


def conv_output_size__no_plus_one(size, kernel, pad=0, stride=1):
    """The steps are counted, but the first place is not.

    Hint: How many places has a kernel that is as long as the side?
    """
    if kernel > size + 2 * pad:
        raise ValueError("the kernel does not fit")
    return (size + 2 * pad - kernel) // stride


def conv_output_size__pad_once(size, kernel, pad=0, stride=1):
    """The padding is counted on one side only.

    Hint: How long is a side of 5 with one zero before it and one after it?
    """
    if kernel > size + pad:
        raise ValueError("the kernel does not fit")
    return (size + pad - kernel) // stride + 1


def conv_output_size__rounded_up(size, kernel, pad=0, stride=1):
    """A last step that is not whole is counted, so the kernel would hang over the edge.

    Hint: Which way does the formula round, and what does that mean in a drawing?
    """
    if kernel > size + 2 * pad:
        raise ValueError("the kernel does not fit")
    return int(np.ceil((size + 2 * pad - kernel) / stride)) + 1


def conv_output_size__float(size, kernel, pad=0, stride=1):
    """The division gives a float, where a whole number is asked for.

    Hint: Python has two division operators: which of them rounds down?
    """
    if kernel > size + 2 * pad:
        raise ValueError("the kernel does not fit")
    return (size + 2 * pad - kernel) / stride + 1


def conv_output_size__no_error(size, kernel, pad=0, stride=1):
    """A kernel that does not fit yields a number in place of a ValueError.

    Hint: What does the formula say about a kernel of 5 on a side of 3, and what should it say?
    """
    return (size + 2 * pad - kernel) // stride + 1


def conv_output_size__error_after_rounding(size, kernel, pad=0, stride=1):
    """The result is tested, after rounding towards 0 has hidden that the kernel does not fit.

    Hint: Try a kernel that is too long by one with a stride of 2: test before you divide.
    """
    places = int((size + 2 * pad - kernel) / stride) + 1
    if places < 1:
        raise ValueError("the kernel does not fit")
    return places


def conv_output_size__just_fits_refused(size, kernel, pad=0, stride=1):
    """A kernel exactly as long as the padded side is refused, though it fits once.

    Hint: How many places has a kernel of 3 on a side of 3?
    """
    if kernel >= size + 2 * pad:
        raise ValueError("the kernel does not fit")
    return (size + 2 * pad - kernel) // stride + 1


def conv_output_size__error_without_pad(size, kernel, pad=0, stride=1):
    """The kernel is compared with the side before padding.

    Hint: Padding makes room: on which length does the kernel move?
    """
    if kernel > size:
        raise ValueError("the kernel does not fit")
    return (size + 2 * pad - kernel) // stride + 1


def count_conv_params__no_biases(c_in, c_out, kernel):
    """The biases are not counted.

    Hint: Besides its weights, each filter has one more number.
    """
    return c_out * c_in * kernel * kernel


def count_conv_params__one_bias(c_in, c_out, kernel):
    """One bias is counted for the whole layer.

    Hint: What is the shape of b, and what is it added to?
    """
    return c_out * c_in * kernel * kernel + 1


def count_conv_params__kernel_not_squared(c_in, c_out, kernel):
    """A kernel is counted as a line, not as a square.

    Hint: How many cells has a kernel of side 3?
    """
    return c_out * (c_in * kernel + 1)


def count_conv_params__one_channel(c_in, c_out, kernel):
    """A filter is counted as if it saw one channel only.

    Hint: What is the shape of w? Each filter spans all channels of the input.
    """
    return c_out * (kernel * kernel + 1)


def count_dense_params__no_biases(n_in, n_out):
    """The biases are not counted.

    Hint: What is added after the matrix product?
    """
    return n_in * n_out


def count_dense_params__bias_for_each_input(n_in, n_out):
    """One bias is counted for each input, not for each output.

    Hint: What is the shape of b in x w + b?
    """
    return n_in * n_out + n_in


def conv_forward_naive__flipped(x, w, b, stride=1, pad=0):
    """The filters are flipped, as in the convolution of the mathematics books.

    Hint: This stage computes a cross-correlation: which cell of w meets the top left pixel?
    """
    return conv_forward(x, w[:, :, ::-1, ::-1], b, stride, pad)


def conv_forward_naive__no_bias(x, w, b, stride=1, pad=0):
    """The bias is not added.

    Hint: Which of the arguments have you not used?
    """
    return conv_forward(x, w, 0 * b, stride, pad)


def conv_forward_naive__bias_in_each_cell(x, w, b, stride=1, pad=0):
    """The bias is added to each product of a window, so it counts once for each cell.

    Hint: Look at the brackets of the sum: how often does b[f] come in?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f] + b[f])
    return out


def conv_forward_naive__stride_ignored(x, w, b, stride=1, pad=0):
    """The output has the right size, but its windows are one pixel apart, whatever the stride.

    Hint: Where in the padded image does the window of output cell (i, j) begin?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = np.sum(padded[n, :, i : i + HH, j : j + WW] * w[f]) + b[f]
    return out


def conv_forward_naive__stride_ignored_in_rows(x, w, b, stride=1, pad=0):
    """The stride is taken for columns, and forgotten for rows.

    Hint: At which row of the padded image does the window of output cell (1, 0) begin?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        left = j * stride
        out[n, f, i, j] = np.sum(padded[n, :, i : i + HH, left : left + WW] * w[f]) + b[f]
    return out


def conv_forward_naive__stride_ignored_in_columns(x, w, b, stride=1, pad=0):
    """The stride is taken for rows, and forgotten for columns.

    Hint: At which column of the padded image does the window of output cell (0, 1) begin?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        top = i * stride
        out[n, f, i, j] = np.sum(padded[n, :, top : top + HH, j : j + WW] * w[f]) + b[f]
    return out


def conv_forward_naive__square_only(x, w, b, stride=1, pad=0):
    """The output is made as wide as it is high, which is right for square images only.

    Hint: Rows and columns have sizes of their own, in the image and in the kernel.
    """
    F, _, HH, WW = w.shape
    out_h = out_w = conv_output_size(x.shape[2], HH, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def conv_forward_naive__first_channel(x, w, b, stride=1, pad=0):
    """Only the first channel is looked at.

    Hint: A filter has a slice for each channel: over what does the sum run?
    """
    return conv_forward(x[:, :1], w[:, :1], b, stride, pad)


def conv_forward_naive__pad_repeats_the_edge(x, w, b, stride=1, pad=0):
    """The padding repeats the pixels at the edge, where zeros are asked for.

    Hint: What does the mode of numpy.pad say, and which one is the default?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="edge")
    return conv_forward(padded, w, b, stride)


def conv_forward_naive__pad_on_all_axes(x, w, b, stride=1, pad=0):
    """The padded images have not the shape (N, C, H + 2 pad, W + 2 pad).

    Hint: Print their shape: which axes does np.pad pad if it is given one number?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, pad)
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def conv_forward_naive__pad_moves_samples(x, w, b, stride=1, pad=0):
    """The samples and channels are padded, too, so that others stand at their places.

    Hint: Print the shape of the padded images: what stands at [0, 0]?
    """
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, pad)
    out = np.zeros((len(x), F, out_h, out_w))
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = padded[n, : len(w[f]), top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def conv_forward_naive__lecture_only(x, w, b, stride=1, pad=0):
    """The answer of the lecture's example is written in, and given for every small image.

    Hint: The function must follow from x, w and b alone.
    """
    if x.shape == (1, 1, 4, 4) and w.shape == (1, 1, 3, 3):
        return np.array([[[[2.0, -2.0], [-1.0, 1.0]]]])
    F, _, HH, WW = w.shape
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    return np.zeros((len(x), F, out_h, out_w))


def conv_forward__flipped(x, w, b, stride=1, pad=0):
    """The kernel's cells meet the image in the opposite order: the filters are flipped.

    Hint: Which slice of the padded image does cell (0, 0) meet at output (0, 0)?
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
            out += np.einsum("fc,nchw->nfhw", w[:, :, HH - 1 - r, WW - 1 - q], under)
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__bias_along_columns(x, w, b, stride=1, pad=0):
    """The bias is added along the last axis, which is columns, not filters.

    Hint: NumPy lines axes up from the right: which shape must b have to run along axis 1?
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under)
    return out + b


def conv_forward__rows_only(x, w, b, stride=1, pad=0):
    """The stride is taken for rows, and forgotten for columns.

    Hint: Both slices of the padded image need a step.
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + stride * out_h : stride, q : q + out_w]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under)
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__columns_only(x, w, b, stride=1, pad=0):
    """The stride is taken for columns, and forgotten for rows.

    Hint: Both slices of the padded image need a step.
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + out_h, q : q + stride * out_w : stride]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under)
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__stride_ignored(x, w, b, stride=1, pad=0):
    """The output has the right size, but its windows are one pixel apart, whatever the stride.

    Hint: Which pixels does one cell of the kernel meet, and how far apart are they?
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + out_h, q : q + out_w]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under)
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__channels_averaged(x, w, b, stride=1, pad=0):
    """The channels are averaged, where they should be added up.

    Hint: The formula has one sum over channels and kernel cells, and no mean.
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under) / x.shape[1]
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__pad_before_only(x, w, b, stride=1, pad=0):
    """All of the padding is put at the top and the left.

    Hint: numpy.pad takes a pair for each axis: how many before, and how many after?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (2 * pad, 0), (2 * pad, 0)))
    HH, WW = w.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(padded, (HH, WW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nchwrq,fcrq->nfhw", windows, w) + b[:, np.newaxis, np.newaxis]


def conv_forward__pad_on_all_axes(x, w, b, stride=1, pad=0):
    """The padded images have not the shape (N, C, H + 2 pad, W + 2 pad).

    Hint: Print their shape: which axes does np.pad pad if it is given one number?
    """
    HH, WW = w.shape[2:]
    out_h = conv_output_size(x.shape[2], HH, pad, stride)
    out_w = conv_output_size(x.shape[3], WW, pad, stride)
    padded = np.pad(x, pad)
    out = np.zeros((len(x), len(w), out_h, out_w))
    for r in range(HH):
        for q in range(WW):
            under = padded[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
            out += np.einsum("fc,nchw->nfhw", w[:, :, r, q], under)
    return out + b[:, np.newaxis, np.newaxis]


def conv_forward__pad_on_all_axes_of_windows(x, w, b, stride=1, pad=0):
    """The padded images have not the shape (N, C, H + 2 pad, W + 2 pad).

    Hint: Print their shape: which axes does np.pad pad if it is given one number?
    """
    padded = np.pad(x, pad)
    HH, WW = w.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(padded, (HH, WW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("nchwrq,fcrq->nfhw", windows, w) + b[:, np.newaxis, np.newaxis]


def conv_forward__loop_over_samples(x, w, b, stride=1, pad=0):
    """A loop over the samples is left, here or in a function that is called.

    Found by: loops

    Hint: Loop over the cells of the kernel: which entries of all images does one cell meet?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = []
    for image in padded:
        windows = np.lib.stride_tricks.sliding_window_view(image, w.shape[2:], axis=(1, 2))
        out.append(np.einsum("chwrq,fcrq->fhw", windows[:, ::stride, ::stride], w))
    return np.array(out) + b[:, np.newaxis, np.newaxis]


def conv_forward__kept_from_last_time(x, w, b, stride=1, pad=0):
    """The result of an earlier call with the same shapes is given again.

    Hint: The answer must follow from the arguments alone: what do you keep between two calls?
    """
    kept = conv_forward__kept_from_last_time.__dict__
    shapes = (x.shape, w.shape, stride, pad)
    if shapes not in kept:
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))
        windows = windows[:, :, ::stride, ::stride]
        kept[shapes] = np.einsum("nchwrq,fcrq->nfhw", windows, w) + b[:, np.newaxis, np.newaxis]
    return kept[shapes]


def conv_backward__padding_kept(dout, x, w, b, stride=1, pad=0):
    """The padding was not cut off dx, which so has the shape of the padded images.

    Hint: Which shape must dx have? The zeros around the images are no input.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    return dx, dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__cut_to_minus_zero(dout, x, w, b, stride=1, pad=0):
    """With pad = 0 the padding is cut off by a slice up to -0, which is empty.

    Hint: Count the end of the slice from the front: where does the image end in its padding?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    return dx[:, :, pad:-pad, pad:-pad], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__pad_on_all_axes(dout, x, w, b, stride=1, pad=0):
    """The padded images have not the shape (N, C, H + 2 pad, W + 2 pad).

    Hint: Print their shape: which axes does np.pad pad if it is given one number?
    """
    padded = np.pad(x, pad)
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__dx_assigned(dout, x, w, b, stride=1, pad=0):
    """Where windows overlap, dx keeps the share of the last window alone.

    Hint: A pixel is used in several windows: = forgets what was there before.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] = dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__dx_assigned_by_cell(dout, x, w, b, stride=1, pad=0):
    """Where cells of the kernel meet the same pixel, dx keeps the share of the last one alone.

    Hint: A pixel meets several cells: = forgets what was there before.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    out_h, out_w = dout.shape[2:]
    for r in range(HH):
        for q in range(WW):
            rows = slice(r, r + stride * out_h, stride)
            columns = slice(q, q + stride * out_w, stride)
            dx[:, :, rows, columns] = np.einsum("nfhw,fc->nchw", dout, w[:, :, r, q])
            dw[:, :, r, q] = np.einsum("nfhw,nchw->fc", dout, padded[:, :, rows, columns])
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__dx_assigned_by_window(dout, x, w, b, stride=1, pad=0):
    """Where windows overlap, dx keeps what comes from the last window alone.

    Hint: A pixel is used in several windows: = forgets what was there before.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
            dx[:, :, rows, columns] = np.tensordot(dout[:, :, i, j], w, 1)
            dw += np.tensordot(dout[:, :, i, j].T, padded[:, :, rows, columns], 1)
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__stride_ignored_in_dx(dout, x, w, b, stride=1, pad=0):
    """The windows of dx are taken one pixel apart, whatever the stride.

    Hint: Use the windows of the forward function, for dx as for dw.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, i : i + HH, j : j + WW] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__stride_ignored_in_dw(dout, x, w, b, stride=1, pad=0):
    """The windows of dw are taken one pixel apart, whatever the stride.

    Hint: Which pixels did a cell of the filter meet on the way forward?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, i : i + HH, j : j + WW]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__stride_ignored_in_rows(dout, x, w, b, stride=1, pad=0):
    """The stride is taken for columns, and forgotten for rows.

    Hint: Use the windows of the forward function: at which row does that of cell (1, 0) begin?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i, i + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__stride_ignored_in_columns(dout, x, w, b, stride=1, pad=0):
    """The stride is taken for rows, and forgotten for columns.

    Hint: Use the windows of the forward function: at which column does that of cell (0, 1) begin?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j, j + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__filters_flipped_in_dx(dout, x, w, b, stride=1, pad=0):
    """For dx the filters are flipped, though each window is put back by itself.

    Hint: The flip belongs to a formula that slides over dout. Do you use that formula?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f, :, ::-1, ::-1]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))


def conv_backward__upstream_ignored(dout, x, w, b, stride=1, pad=0):
    """All of dout counts as ones, so the gradients are those of the sum of all outputs.

    Hint: By the chain rule each term is multiplied by the gradient at its output cell.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += w[f]
        dw[f] += padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(np.ones_like(dout), axis=(0, 2, 3))


def conv_backward__db_mean(dout, x, w, b, stride=1, pad=0):
    """For db the mean of dout over samples and places is taken, not the sum.

    Hint: The bias is added to each cell of its map, so what comes back from the cells adds up.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.mean(dout, axis=(0, 2, 3))


def conv_backward__db_wrong_axes(dout, x, w, b, stride=1, pad=0):
    """The sum for db runs over samples, filters and rows: a number for each column is left.

    Hint: b has shape (F,): which axis of dout must be left after the sum?
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 1, 2))


def conv_backward__db_before_dw(dout, x, w, b, stride=1, pad=0):
    """The three gradients are right, but returned as dx, db, dw.

    Hint: The docstring lists what is returned: compare the order with your last line.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dx[:, :, pad : pad + H, pad : pad + W], np.sum(dout, axis=(0, 2, 3)), dw


def conv_backward__dx_last(dout, x, w, b, stride=1, pad=0):
    """The three gradients are right, but returned as dw, db, dx.

    Hint: The docstring lists what is returned: compare the order with your last line.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx = np.zeros_like(padded)
    dw = np.zeros_like(w)
    HH, WW = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        rows, columns = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
        dx[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    H, W = x.shape[2:]
    return dw, np.sum(dout, axis=(0, 2, 3)), dx[:, :, pad : pad + H, pad : pad + W]


def max_pool_forward__starts_at_zero(x, size=2, stride=2):
    """The search for the maximum starts at 0, so a window of negative numbers yields 0.

    Hint: What can the running maximum start with that is never too large?
    """
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for r in range(size):
        for q in range(size):
            cells = x[:, :, r : r + stride * out_h : stride, q : q + stride * out_w : stride]
            out = np.maximum(out, cells)
    return out


def max_pool_forward__steps_by_size(x, size=2, stride=2):
    """Windows are size pixels apart: the stride counts for the shape of the output only.

    Hint: Where does the window of output cell (i, j) begin, and how far does it reach?
    """
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            window = x[:, :, i * size : (i + 1) * size, j * size : (j + 1) * size]
            out[:, :, i, j] = np.max(window, axis=(2, 3), initial=-np.inf)
    return np.where(np.isfinite(out), out, 0.0)


def max_pool_forward__over_channels(x, size=2, stride=2):
    """The maximum is taken over the channels too, so that all channels get the same map.

    Hint: Each channel is pooled by itself: over which axes of the window is the maximum?
    """
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + size, left : left + size]
            out[:, :, i, j] = np.max(window, axis=(1, 2, 3))[:, np.newaxis]
    return out


def max_pool_forward__cut_window_kept(x, size=2, stride=2):
    """Windows that hang over the edge are cut and kept, so the output can be too large.

    Hint: The size of the output is rounded down: what happens to the rows that are left over?
    """
    out_h = -(-max(x.shape[2] - size, 0) // stride) + 1
    out_w = -(-max(x.shape[3] - size, 0) // stride) + 1
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            out[:, :, i, j] = np.max(x[:, :, top : top + size, left : left + size], axis=(2, 3))
    return out


def max_pool_backward__all_winners(dout, x, size=2, stride=2):
    """Every number that equals the maximum of its window takes the whole gradient.

    Hint: On ties one alone may take it, the first in row order: what does argmax give?
    """
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + size, left : left + size]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            dx[:, :, top : top + size, left : left + size] += (
                mask * dout[:, :, i : i + 1, j : j + 1]
            )
    return dx


def max_pool_backward__ties_shared(dout, x, size=2, stride=2):
    """Equal maxima of a window share its gradient.

    Hint: The docstring gives the whole gradient to one of them.
    """
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + size, left : left + size]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            share = mask / mask.sum(axis=(2, 3), keepdims=True)
            dx[:, :, top : top + size, left : left + size] += (
                share * dout[:, :, i : i + 1, j : j + 1]
            )
    return dx


def max_pool_backward__last_maximum(dout, x, size=2, stride=2):
    """Of equal maxima the last one takes the gradient.

    Hint: When a later number equals the largest so far, should it win?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        best = (i * stride, j * stride)
        for r in range(i * stride, i * stride + size):
            for q in range(j * stride, j * stride + size):
                if x[n, c, r, q] >= x[n, c, best[0], best[1]]:
                    best = (r, q)
        dx[n, c, best[0], best[1]] += dout[n, c, i, j]
    return dx


def max_pool_backward__column_order(dout, x, size=2, stride=2):
    """Of equal maxima the first one column by column takes the gradient.

    Hint: Julia counts down the columns, NumPy along the rows: which order is asked for?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        q, r = divmod(int(np.argmax(window.T)), size)
        dx[n, c, i * stride + r, j * stride + q] += dout[n, c, i, j]
    return dx


def max_pool_backward__assigned(dout, x, size=2, stride=2):
    """A number that wins in several windows keeps the gradient of the last one alone.

    Hint: Windows may overlap: what must happen to the gradients of one number?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        r, q = divmod(int(np.argmax(window)), size)
        dx[n, c, i * stride + r, j * stride + q] = dout[n, c, i, j]
    return dx


def max_pool_backward__upstream_ignored(dout, x, size=2, stride=2):
    """The winners are marked with 1, and not multiplied by dout.

    Hint: Which number does the winner of window (i, j) take?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        r, q = divmod(int(np.argmax(window)), size)
        dx[n, c, i * stride + r, j * stride + q] += 1
    return dx


def max_pool_backward__steps_by_size(dout, x, size=2, stride=2):
    """The gradients are put back to windows that are size pixels apart, whatever the stride.

    Hint: Which argument says where a window begins?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        if window.size:
            r, q = divmod(int(np.argmax(window)), window.shape[1])
            dx[n, c, i * size + r, j * size + q] += dout[n, c, i, j]
    return dx


def avg_pool_forward__divided_by_stride(x, size=2, stride=2):
    """The sum of a window is divided by the square of the stride, not of the size.

    Hint: How many numbers does a window hold?
    """
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + size, left : left + size]
            out[:, :, i, j] = np.sum(window, axis=(2, 3)) / stride**2
    return out


def avg_pool_forward__divided_by_side(x, size=2, stride=2):
    """The sum of a window is divided by the length of its side, not by its number of cells.

    Hint: How many numbers does a window of 3 by 3 hold?
    """
    out_h = conv_output_size(x.shape[2], size, stride=stride)
    out_w = conv_output_size(x.shape[3], size, stride=stride)
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + size, left : left + size]
            out[:, :, i, j] = np.sum(window, axis=(2, 3)) / size
    return out


def avg_pool_forward__maximum(x, size=2, stride=2):
    """The maximum of a window is taken, not its mean.

    Hint: Which line did you mean to change when you copied it from the other pool?
    """
    return max_pool_forward(x, size, stride)


def avg_pool_backward__not_divided(dout, x, size=2, stride=2):
    """Every number of a window takes the whole gradient of its mean.

    Hint: If one number of the window grows by 1, by how much does the mean grow?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        dx[n, c, top : top + size, left : left + size] += dout[n, c, i, j]
    return dx


def avg_pool_backward__divided_by_stride(dout, x, size=2, stride=2):
    """The gradient of a window is divided by the square of the stride, not of the size.

    Hint: Among how many numbers is the gradient of a window shared?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        dx[n, c, top : top + size, left : left + size] += dout[n, c, i, j] / stride**2
    return dx


def avg_pool_backward__assigned(dout, x, size=2, stride=2):
    """A number in several windows keeps the share of the last one alone.

    Hint: Windows may overlap: what must happen to the shares of one number?
    """
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        dx[n, c, top : top + size, left : left + size] = dout[n, c, i, j] / size**2
    return dx


def avg_pool_backward__assigned_by_cell(dout, x, size=2, stride=2):
    """A number at several places of windows keeps the share of the last place alone.

    Hint: Windows may overlap: what must happen to the shares of one number?
    """
    out_h, out_w = dout.shape[2:]
    dx = np.zeros_like(x)
    for r in range(size):
        for q in range(size):
            rows = slice(r, r + stride * out_h, stride)
            columns = slice(q, q + stride * out_w, stride)
            dx[:, :, rows, columns] = dout / size**2
    return dx


def avg_pool_backward__to_the_maximum(dout, x, size=2, stride=2):
    """The gradient goes to the largest number of a window, as in max pooling.

    Hint: Which numbers had a say in the mean?
    """
    return max_pool_backward(dout, x, size, stride)


def relu_forward__in_place(x):
    """The negative numbers of the caller's array are overwritten.

    Hint: x[...] = 0 changes the array that was passed in: make a new one.
    """
    x[x < 0] = 0
    return x


def relu_forward__absolute(x):
    """Negative numbers lose their sign, where they should become 0.

    Hint: What is max(0, -3)?
    """
    return np.abs(x)


def relu_forward__one_maximum(x):
    """The one largest number of the array stands everywhere.

    Hint: NumPy has two maxima: of one array, and of two arrays number by number.
    """
    return np.full_like(x, max(0, np.max(x)))


def relu_backward__passes_at_zero(dout, x):
    """The gradient passes at x = 0 too.

    Hint: Is the docstring's x above zero, or at least zero?
    """
    return dout * (x >= 0)


def relu_backward__sign_of_dout(dout, x):
    """The sign of dout decides where the gradient passes, not that of x.

    Hint: The ReLU looked at x on the way forward: what decides on the way back?
    """
    return dout * (dout > 0)


def relu_backward__upstream_ignored(dout, x):
    """The slope of the ReLU is returned, without dout.

    Hint: The chain rule has two factors.
    """
    return np.where(x > 0, 1.0, 0.0)


def affine_forward__no_bias(x, w, b):
    """The bias is not added.

    Hint: Which of the arguments have you not used?
    """
    return x.reshape(len(x), -1) @ w


def affine_forward__columns_first(x, w, b):
    """Each sample is flattened column by column, as Julia does it.

    Hint: In which order does reshape fill if you say nothing, and what does order="F" change?
    """
    return np.stack([sample.flatten(order="F") for sample in x]) @ w + b


def affine_forward__channels_mixed(x, w, b):
    """The samples are mixed up: the flattened array has the right shape with wrong rows.

    Hint: reshape keeps the order of all numbers: which axis must stay the first one?
    """
    return x.T.reshape(len(x), -1) @ w + b


def affine_backward__dx_flat(dout, x, w, b):
    """The shape of dx is that of the flattened samples, not that of x.

    Hint: A gradient has the shape of what it belongs to.
    """
    return dout @ w.T, x.reshape(len(x), -1).T @ dout, np.sum(dout, axis=0)


def affine_backward__db_mean(dout, x, w, b):
    """For db the mean over the samples is taken, not the sum.

    Hint: The mean was taken once, in the loss, and is in dout already.
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, np.mean(dout, axis=0)


def affine_backward__dw_mean(dout, x, w, b):
    """The gradient dw is divided by the number of samples.

    Hint: The mean was taken once, in the loss, and is in dout already.
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout / len(x), np.sum(dout, axis=0)


def affine_backward__dw_transposed(dout, x, w, b):
    """The product for dw is taken the other way round, so it has the shape (M, D).

    Hint: A gradient has the shape of what it belongs to: what is that of w?
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), dout.T @ flat, np.sum(dout, axis=0)


def affine_backward__db_kept_as_row(dout, x, w, b):
    """The shape of db is (1, M), as in stage 3, where b here has the shape (M,).

    Hint: What does keepdims do?
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), flat.T @ dout, np.sum(dout, axis=0, keepdims=True)


def affine_backward__db_before_dw(dout, x, w, b):
    """The three gradients are right, but returned as dx, db, dw.

    Hint: The docstring lists what is returned: compare the order with your last line.
    """
    flat = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), np.sum(dout, axis=0), flat.T @ dout


def affine_backward__dx_last(dout, x, w, b):
    """The three gradients are right, but returned as dw, db, dx.

    Hint: The docstring lists what is returned: compare the order with your last line.
    """
    flat = x.reshape(len(x), -1)
    return flat.T @ dout, np.sum(dout, axis=0), (dout @ w.T).reshape(x.shape)


def softmax_cross_entropy__overflow(scores, y):
    """Large scores overflow in exp.

    Hint: The same number taken from all scores of a sample changes no probability: which one helps?
    """
    N = len(scores)
    p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    dscores = p.copy()
    dscores[np.arange(N), y] -= 1
    return -np.mean(np.log(p[np.arange(N), y])), dscores / N


def softmax_cross_entropy__log_of_sum_overflows(scores, y):
    """Large scores overflow in exp, and the sum of their exponentials is infinite.

    Hint: The same number taken from all scores of a sample changes no probability: which one helps?
    """
    N = len(scores)
    sums = np.sum(np.exp(scores), axis=1, keepdims=True)
    dscores = np.exp(scores) / sums
    right = scores[np.arange(N), y]
    dscores[np.arange(N), y] -= 1
    return np.mean(np.log(sums[:, 0]) - right), dscores / N


def softmax_cross_entropy__log_of_zero(scores, y):
    """A small probability is rounded to 0 before its logarithm is taken.

    Hint: The logarithm of a quotient is a difference: find it without the quotient.
    """
    N = len(scores)
    p = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    p /= np.sum(p, axis=1, keepdims=True)
    loss = -np.mean(np.log(np.maximum(p[np.arange(N), y], 1e-300)))
    p[np.arange(N), y] -= 1
    return loss, p / N


def softmax_cross_entropy__over_samples(scores, y):
    """The probabilities of a class add up to 1 over the samples, not those of a sample.

    Hint: Along which axis do the classes of one sample lie?
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=0)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=0))
    dscores = np.exp(log_probs)
    dscores[np.arange(N), y] -= 1
    return -np.mean(log_probs[np.arange(N), y]), dscores / N


def softmax_cross_entropy__over_samples_in_gradient(scores, y):
    """In the gradient the probabilities of a class add up to 1 over the samples, not those of a sample.

    Hint: Along which axis do the classes of one sample lie?
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    dscores = np.exp(shifted) / np.sum(np.exp(shifted), axis=0)
    dscores[np.arange(N), y] -= 1
    return -np.mean(log_probs[np.arange(N), y]), dscores / N


def softmax_cross_entropy__sum(scores, y):
    """Loss and gradient are sums over the samples, where means are asked for.

    Hint: What should happen to the loss if every sample stands there twice?
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    dscores = np.exp(log_probs)
    dscores[np.arange(N), y] -= 1
    return -np.sum(log_probs[np.arange(N), y]), dscores


def softmax_cross_entropy__no_mean_in_gradient(scores, y):
    """The loss is a mean, but its gradient is not divided by N.

    Hint: A factor in front of the loss stands in front of its gradient, too.
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    dscores = np.exp(log_probs)
    dscores[np.arange(N), y] -= 1
    return -np.mean(log_probs[np.arange(N), y]), dscores


def softmax_cross_entropy__right_class_kept(scores, y):
    """The gradient is the probabilities, without the 1 taken away at the right class.

    Hint: The gradient of a sample adds up to 0 over its classes: does yours?
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.mean(log_probs[np.arange(N), y]), np.exp(log_probs) / N


def softmax_cross_entropy__plus_one(scores, y):
    """At the right class 1 is added to the probability, where it should be taken away.

    Hint: The gradient of a sample adds up to 0 over its classes: does yours?
    """
    N = len(scores)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    dscores = np.exp(log_probs)
    dscores[np.arange(N), y] += 1
    return -np.mean(log_probs[np.arange(N), y]), dscores / N


def init_convnet__other_order(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """The weights are drawn in another order than W1, W2, W3.

    Hint: Each draw moves the generator on, so the order belongs to the result.
    """
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W3 = eps * rng.standard_normal((hidden_dims, num_classes))
    W2 = eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    W1 = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def init_convnet__generator_for_each(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """Each weight comes from a fresh generator with the same seed, so they begin alike.

    Hint: How often is the generator made, and how often should it be?
    """
    C, H, W = input_dim
    pooled = num_filters * (H // 2) * (W // 2)
    shapes = [(num_filters, C, kernel, kernel), (pooled, hidden_dims), (hidden_dims, num_classes)]
    params = {}
    for layer, shape in enumerate(shapes, start=1):
        params[f"W{layer}"] = eps * np.random.default_rng(seed).standard_normal(shape)
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {**params, "b1": b1, "b2": b2, "b3": b3}


def init_convnet__eps_ignored(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """The weights are not multiplied by eps.

    Hint: Which of the arguments have you not used?
    """
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((num_filters, C, kernel, kernel))
    W2 = rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    W3 = rng.standard_normal((hidden_dims, num_classes))
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def init_convnet__seed_ignored(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """Every seed draws the weights of seed 0.

    Hint: What is default_rng called with?
    """
    C, H, W = input_dim
    rng = np.random.default_rng(0)
    W1 = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    W2 = eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    W3 = eps * rng.standard_normal((hidden_dims, num_classes))
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def init_convnet__old_generator(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """The numbers come from numpy.random.seed and randn, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    C, H, W = input_dim
    np.random.seed(seed)
    W1 = eps * np.random.randn(num_filters, C, kernel, kernel)
    W2 = eps * np.random.randn(num_filters * (H // 2) * (W // 2), hidden_dims)
    W3 = eps * np.random.randn(hidden_dims, num_classes)
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def init_convnet__random_biases(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """The biases are random, where zeros are asked for.

    Hint: What does the docstring say about b1, b2 and b3?
    """
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W1 = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    W2 = eps * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dims))
    W3 = eps * rng.standard_normal((hidden_dims, num_classes))
    b1, b2, b3 = (eps * rng.standard_normal(n) for n in (num_filters, hidden_dims, num_classes))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def init_convnet__before_pooling(
    input_dim, num_filters, kernel, hidden_dims, num_classes, eps=1e-2, seed=0
):
    """W2 is made for maps as large as the image, as if nothing were pooled.

    Hint: What is the shape of a sample after the convolution, and what after the pool?
    """
    C, H, W = input_dim
    rng = np.random.default_rng(seed)
    W1 = eps * rng.standard_normal((num_filters, C, kernel, kernel))
    W2 = eps * rng.standard_normal((num_filters * H * W, hidden_dims))
    W3 = eps * rng.standard_normal((hidden_dims, num_classes))
    b1, b2, b3 = np.zeros(num_filters), np.zeros(hidden_dims), np.zeros(num_classes)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def convnet_forward__no_relu_after_conv(params, X):
    """There is no ReLU after the convolution.

    Hint: Count the layers of the docstring against those of your code.
    """
    maps = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[2] // 2)
    hidden = relu_forward(affine_forward(max_pool_forward(maps), params["W2"], params["b2"]))
    return affine_forward(hidden, params["W3"], params["b3"])


def convnet_forward__no_relu_in_the_middle(params, X):
    """There is no ReLU between the two dense layers, so they are but one.

    Hint: Count the layers of the docstring against those of your code.
    """
    maps = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[2] // 2)
    pooled = max_pool_forward(relu_forward(maps))
    hidden = affine_forward(pooled, params["W2"], params["b2"])
    return affine_forward(hidden, params["W3"], params["b3"])


def convnet_forward__relu_on_scores(params, X):
    """The scores go through a ReLU, so that none is negative.

    Hint: What comes after the last affine layer?
    """
    maps = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[2] // 2)
    pooled = max_pool_forward(relu_forward(maps))
    hidden = relu_forward(affine_forward(pooled, params["W2"], params["b2"]))
    return relu_forward(affine_forward(hidden, params["W3"], params["b3"]))


def convnet_forward__average_pool(params, X):
    """The pool takes means, where maxima are asked for.

    Hint: Which of the two pools does the docstring name?
    """
    maps = conv_forward(X, params["W1"], params["b1"], pad=params["W1"].shape[2] // 2)
    pooled = avg_pool_forward(relu_forward(maps))
    hidden = relu_forward(affine_forward(pooled, params["W2"], params["b2"]))
    return affine_forward(hidden, params["W3"], params["b3"])


def convnet_forward__pad_one(params, X):
    """The padding is always 1, which keeps the size for 3x3 filters only.

    Hint: Which padding keeps the size of the image for a kernel of 5, and which for one of 1?
    """
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=1))
    pooled = max_pool_forward(maps)
    hidden = relu_forward(affine_forward(pooled, params["W2"], params["b2"]))
    return affine_forward(hidden, params["W3"], params["b3"])


def convnet_loss__biases_regularised(params, X, y, reg=0.0):
    """The biases are regularised, too.

    Hint: Over which keys of params does the sum of squares run?
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key, array in params.items():
        loss += reg * np.sum(array**2)
        grads[key] = grads[key] + 2 * reg * array
    return loss, grads


def convnet_loss__filters_not_regularised(params, X, y, reg=0.0):
    """W1, the filters, is left out of the regularisation.

    Hint: How many weights does the sum of squares run over?
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W2", "W3"):
        loss += reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads


def convnet_loss__no_factor_two(params, X, y, reg=0.0):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What does the derivative of reg * w**2 with respect to w look like?
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W1", "W2", "W3"):
        loss += reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + reg * params[key]
    return loss, grads


def convnet_loss__half_regulariser(params, X, y, reg=0.0):
    """The loss takes half the regulariser, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W1", "W2", "W3"):
        loss += 0.5 * reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads


def convnet_loss__other_convention(params, X, y, reg=0.0):
    """Half the regulariser is taken, in the loss and in the gradient, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W1", "W2", "W3"):
        loss += 0.5 * reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + reg * params[key]
    return loss, grads


def convnet_loss__no_relu_on_the_way_back(params, X, y, reg=0.0):
    """The gradient passes the ReLU of the convolution as if it were not there.

    Hint: Each layer of the way forward has its partner on the way back.
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    maps = relu_forward(conv_forward(X, W1, b1, pad=W1.shape[2] // 2))
    pooled = max_pool_forward(maps)
    dense = affine_forward(pooled, W2, b2)
    hidden = relu_forward(dense)
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(relu_backward(dout, dense), pooled, W2, b2)
    dout = max_pool_backward(dout, maps)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W1", "W2", "W3"):
        loss += reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads


def convnet_loss__hidden_relu_skipped(params, X, y, reg=0.0):
    """The gradient passes the ReLU between the dense layers as if it were not there.

    Hint: Which of your backward calls has no partner on the way forward, or the other way round?
    """
    W1, b1, W2, b2, W3, b3 = (params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    conv = conv_forward(X, W1, b1, pad=W1.shape[2] // 2)
    maps = relu_forward(conv)
    pooled = max_pool_forward(maps)
    hidden = relu_forward(affine_forward(pooled, W2, b2))
    loss, dout = softmax_cross_entropy(affine_forward(hidden, W3, b3), y)
    grads = {}
    dout, grads["W3"], grads["b3"] = affine_backward(dout, hidden, W3, b3)
    dout, grads["W2"], grads["b2"] = affine_backward(dout, pooled, W2, b2)
    dout = relu_backward(max_pool_backward(dout, maps), conv)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, W1, b1, pad=W1.shape[2] // 2)
    for key in ("W1", "W2", "W3"):
        loss += reg * np.sum(params[key] ** 2)
        grads[key] = grads[key] + 2 * reg * params[key]
    return loss, grads


def train_convnet__loss_after_update(
    params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0
):
    """The loss is noted after the update, not before it.

    Hint: Of which parameters is losses[0] the loss?
    """
    rng = np.random.default_rng(seed)
    losses = []
    for _ in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        _, grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
        losses.append(convnet_loss(params, X[rows], y[rows], reg)[0])
    return np.array(losses), params


def train_convnet__ascent(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The steps go along the gradient, so the loss grows.

    Hint: In which direction does a function fall?
    """
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value + lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__in_place(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The caller's parameters are changed: the copied dict holds the same arrays.

    Hint: What does -= do to an array, and what does dict(params) copy?
    """
    rng = np.random.default_rng(seed)
    params = dict(params)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        for name in params:
            params[name] -= lr * grads[name]
    return losses, params


def train_convnet__with_replacement(
    params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0
):
    """An image may stand in a batch twice.

    Hint: rng.choice puts back what it has drawn, unless you say otherwise.
    """
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__labels_drawn_apart(
    params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0
):
    """Images and labels are drawn apart, so that they don't belong together.

    Hint: Draw row numbers once, and use them twice.
    """
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        images = X[rng.choice(len(X), size=batch, replace=False)]
        targets = y[rng.choice(len(y), size=batch, replace=False)]
        losses[i], grads = convnet_loss(params, images, targets, reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__same_batch(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The generator is made anew in each step, so each step draws the same batch.

    Hint: Which line belongs before the loop?
    """
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.random.default_rng(seed).choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__seed_ignored(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """Every seed draws the batches of seed 0.

    Hint: What is default_rng called with?
    """
    rng = np.random.default_rng(0)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__old_generator(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The batches come from numpy.random.seed and choice, another generator than default_rng.

    Hint: Compare with the line on `seed` in the docstring.
    """
    np.random.seed(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = np.random.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def train_convnet__weights_only(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The biases are never updated.

    Hint: Which keys does your update run over?
    """
    rng = np.random.default_rng(seed)
    params = {name: value.copy() for name, value in params.items()}
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows], reg)
        for name in ("W1", "W2", "W3"):
            params[name] -= lr * grads[name]
    return losses, params


def train_convnet__reg_forgotten(params, X, y, lr=1e-2, reg=0.0, batch=50, num_iters=100, seed=0):
    """The regularisation is not passed on to the loss.

    Hint: Which of the arguments have you not used?
    """
    rng = np.random.default_rng(seed)
    losses = np.zeros(num_iters)
    for i in range(num_iters):
        rows = rng.choice(len(X), size=batch, replace=False)
        losses[i], grads = convnet_loss(params, X[rows], y[rows])
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return losses, params


def predict_convnet__along_samples(params, X):
    """For each class the best sample is found, not for each sample the best class.

    Hint: Along which axis of the scores do the classes lie?
    """
    return np.argmax(convnet_forward(params, X), axis=0)


def predict_convnet__scores(params, X):
    """The highest score is returned, not the class that has it.

    Hint: Is the place of the maximum asked for, or the maximum?
    """
    return np.max(convnet_forward(params, X), axis=1)


def predict_convnet__counts_from_one(params, X):
    """The classes are counted from 1, as in Julia.

    Hint: What is the label of the first class?
    """
    return np.argmax(convnet_forward(params, X), axis=1) + 1


def init_lenet__first_padding_forgotten(seed=0):
    """W3 is made for 256 inputs, as if the first convolution had no padding.

    Hint: Follow the shapes from (1, 28, 28) on, with pad 2 in the first convolution.
    """
    rng = np.random.default_rng(seed)
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (256, 120), (120, 84), (84, 10)]
    params = {f"W{i}": 0.1 * rng.standard_normal(shape) for i, shape in enumerate(shapes, 1)}
    return params | {f"b{i}": np.zeros(n) for i, n in enumerate((6, 16, 120, 84, 10), 1)}


def init_lenet__constant(seed=0):
    """All weights are equal, so all units of a layer stay equal for ever.

    Hint: If two units begin alike and see the same, how do their gradients differ?
    """
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    params = {f"W{i}": np.full(shape, 0.01) for i, shape in enumerate(shapes, 1)}
    return params | {f"b{i}": np.zeros(n) for i, n in enumerate((6, 16, 120, 84, 10), 1)}


def init_lenet__random_biases(seed=0):
    """The biases are random, where zeros are asked for.

    Hint: What does the docstring say about b1 to b5?
    """
    rng = np.random.default_rng(seed)
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    shapes += [(6,), (16,), (120,), (84,), (10,)]
    names = ["W1", "W2", "W3", "W4", "W5", "b1", "b2", "b3", "b4", "b5"]
    return {
        name: 0.1 * rng.standard_normal(shape) for name, shape in zip(names, shapes, strict=True)
    }


def init_lenet__seed_ignored(seed=0):
    """Each call draws other weights, whatever the seed.

    Hint: What is default_rng called with?
    """
    rng = np.random.default_rng()
    shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
    params = {f"W{i}": 0.1 * rng.standard_normal(shape) for i, shape in enumerate(shapes, 1)}
    return params | {f"b{i}": np.zeros(n) for i, n in enumerate((6, 16, 120, 84, 10), 1)}


def lenet_forward__no_relu_in_the_middle(params, X):
    """There is no ReLU between the dense layers, so that the three are but one.

    Hint: Go through the table of the layers, line by line.
    """
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    maps = relu_forward(conv_forward(max_pool_forward(maps), params["W2"], params["b2"]))
    out = affine_forward(max_pool_forward(maps), params["W3"], params["b3"])
    out = affine_forward(out, params["W4"], params["b4"])
    return affine_forward(out, params["W5"], params["b5"])


def lenet_forward__average_pools(params, X):
    """The pools take means, as in 1998, where maxima are asked for.

    Hint: Which pool does the docstring name?
    """
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    maps = relu_forward(conv_forward(avg_pool_forward(maps), params["W2"], params["b2"]))
    out = relu_forward(affine_forward(avg_pool_forward(maps), params["W3"], params["b3"]))
    out = relu_forward(affine_forward(out, params["W4"], params["b4"]))
    return affine_forward(out, params["W5"], params["b5"])


def lenet_forward__relu_on_scores(params, X):
    """The scores go through a ReLU, so that none is negative.

    Hint: What comes after the last affine layer?
    """
    maps = relu_forward(conv_forward(X, params["W1"], params["b1"], pad=2))
    maps = relu_forward(conv_forward(max_pool_forward(maps), params["W2"], params["b2"]))
    out = max_pool_forward(maps)
    for layer in "345":
        out = relu_forward(affine_forward(out, params[f"W{layer}"], params[f"b{layer}"]))
    return out


def lenet_loss__three_weights_regularised(params, X, y, reg=0.0):
    """Only W1, W2 and W3 are regularised, as in the small network.

    Hint: How many weights has LeNet-5?
    """
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    pooled1 = max_pool_forward(relu_forward(conv1))
    conv2 = conv_forward(pooled1, params["W2"], params["b2"])
    pooled2 = max_pool_forward(relu_forward(conv2))
    dense3 = affine_forward(pooled2, params["W3"], params["b3"])
    dense4 = affine_forward(relu_forward(dense3), params["W4"], params["b4"])
    hidden3, hidden4 = relu_forward(dense3), relu_forward(dense4)
    loss, dout = softmax_cross_entropy(lenet_forward(params, X), y)
    grads = {}
    dout, grads["W5"], grads["b5"] = affine_backward(dout, hidden4, params["W5"], params["b5"])
    dout = relu_backward(dout, dense4)
    dout, grads["W4"], grads["b4"] = affine_backward(dout, hidden3, params["W4"], params["b4"])
    dout = relu_backward(dout, dense3)
    dout, grads["W3"], grads["b3"] = affine_backward(dout, pooled2, params["W3"], params["b3"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv2)), conv2)
    dout, grads["W2"], grads["b2"] = conv_backward(dout, pooled1, params["W2"], params["b2"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv1)), conv1)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, params["W1"], params["b1"], pad=2)
    for name in ("W1", "W2", "W3"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] = grads[name] + 2 * reg * params[name]
    return loss, grads


def lenet_loss__no_factor_two(params, X, y, reg=0.0):
    """The gradient of the regulariser lacks its factor 2.

    Hint: What does the derivative of reg * w**2 with respect to w look like?
    """
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    pooled1 = max_pool_forward(relu_forward(conv1))
    conv2 = conv_forward(pooled1, params["W2"], params["b2"])
    pooled2 = max_pool_forward(relu_forward(conv2))
    dense3 = affine_forward(pooled2, params["W3"], params["b3"])
    dense4 = affine_forward(relu_forward(dense3), params["W4"], params["b4"])
    hidden3, hidden4 = relu_forward(dense3), relu_forward(dense4)
    loss, dout = softmax_cross_entropy(lenet_forward(params, X), y)
    grads = {}
    dout, grads["W5"], grads["b5"] = affine_backward(dout, hidden4, params["W5"], params["b5"])
    dout = relu_backward(dout, dense4)
    dout, grads["W4"], grads["b4"] = affine_backward(dout, hidden3, params["W4"], params["b4"])
    dout = relu_backward(dout, dense3)
    dout, grads["W3"], grads["b3"] = affine_backward(dout, pooled2, params["W3"], params["b3"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv2)), conv2)
    dout, grads["W2"], grads["b2"] = conv_backward(dout, pooled1, params["W2"], params["b2"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv1)), conv1)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, params["W1"], params["b1"], pad=2)
    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] = grads[name] + reg * params[name]
    return loss, grads


def lenet_loss__other_convention(params, X, y, reg=0.0):
    """Half the regulariser is taken, in the loss and in the gradient, as another convention has it.

    Hint: Compare the regulariser with the formula in the docstring, factor by factor.
    """
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    pooled1 = max_pool_forward(relu_forward(conv1))
    conv2 = conv_forward(pooled1, params["W2"], params["b2"])
    pooled2 = max_pool_forward(relu_forward(conv2))
    dense3 = affine_forward(pooled2, params["W3"], params["b3"])
    dense4 = affine_forward(relu_forward(dense3), params["W4"], params["b4"])
    hidden3, hidden4 = relu_forward(dense3), relu_forward(dense4)
    loss, dout = softmax_cross_entropy(lenet_forward(params, X), y)
    grads = {}
    dout, grads["W5"], grads["b5"] = affine_backward(dout, hidden4, params["W5"], params["b5"])
    dout = relu_backward(dout, dense4)
    dout, grads["W4"], grads["b4"] = affine_backward(dout, hidden3, params["W4"], params["b4"])
    dout = relu_backward(dout, dense3)
    dout, grads["W3"], grads["b3"] = affine_backward(dout, pooled2, params["W3"], params["b3"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv2)), conv2)
    dout, grads["W2"], grads["b2"] = conv_backward(dout, pooled1, params["W2"], params["b2"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv1)), conv1)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, params["W1"], params["b1"], pad=2)
    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += 0.5 * reg * np.sum(params[name] ** 2)
        grads[name] = grads[name] + reg * params[name]
    return loss, grads


def lenet_loss__one_relu_skipped(params, X, y, reg=0.0):
    """On the way back the ReLU after the second convolution is left out.

    Hint: Each layer of the way forward has its partner on the way back.
    """
    conv1 = conv_forward(X, params["W1"], params["b1"], pad=2)
    pooled1 = max_pool_forward(relu_forward(conv1))
    maps2 = relu_forward(conv_forward(pooled1, params["W2"], params["b2"]))
    pooled2 = max_pool_forward(maps2)
    dense3 = affine_forward(pooled2, params["W3"], params["b3"])
    dense4 = affine_forward(relu_forward(dense3), params["W4"], params["b4"])
    hidden3, hidden4 = relu_forward(dense3), relu_forward(dense4)
    loss, dout = softmax_cross_entropy(lenet_forward(params, X), y)
    grads = {}
    dout, grads["W5"], grads["b5"] = affine_backward(dout, hidden4, params["W5"], params["b5"])
    dout = relu_backward(dout, dense4)
    dout, grads["W4"], grads["b4"] = affine_backward(dout, hidden3, params["W4"], params["b4"])
    dout = relu_backward(dout, dense3)
    dout, grads["W3"], grads["b3"] = affine_backward(dout, pooled2, params["W3"], params["b3"])
    dout = max_pool_backward(dout, maps2)
    dout, grads["W2"], grads["b2"] = conv_backward(dout, pooled1, params["W2"], params["b2"])
    dout = relu_backward(max_pool_backward(dout, relu_forward(conv1)), conv1)
    _, grads["W1"], grads["b1"] = conv_backward(dout, X, params["W1"], params["b1"], pad=2)
    for name in ("W1", "W2", "W3", "W4", "W5"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] = grads[name] + 2 * reg * params[name]
    return loss, grads
