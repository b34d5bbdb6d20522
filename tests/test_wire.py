"""The wire: plain data goes over unchanged, nothing else goes over, no bytes break it."""

import contextlib
import io
import pickle

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire

DTYPES = st.sampled_from(["?", "i1", "u1", "i8", "u8", "f2", "f4", "f8", "c16", ">f8", ">i4"])
KEYS = st.one_of(st.text(max_size=5), st.integers(-9, 9), st.tuples(st.floats(0, 1), st.integers()))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(max_size=20),
    hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_side=3, min_side=0)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=8,
)


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.shape == other.shape
            and one.dtype.newbyteorder("=") == other.dtype
            and np.array_equal(one, other, equal_nan=True)
        )
    if isinstance(one, list | tuple):
        pairs = zip(one, other, strict=True)
        return type(one) is type(other) and all(same(a, b) for a, b in pairs)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@given(VALUES)
def test_plain_data_comes_back_as_it_was(value):
    assert same(value, wire.decode(wire.encode(value)))


def test_arrays_come_back_writable():
    array = wire.decode(wire.encode(np.zeros(3)))
    array += 1
    assert array.sum() == 3


def test_numpy_numbers_keep_their_dtype_as_values_and_become_python_as_keys():
    value = wire.decode(wire.encode({(np.float64(0.5), np.int64(2)): np.float32(1)}))
    assert value == {(0.5, 2): 1}
    (key,) = value
    assert [type(part) for part in key] == [float, int]
    assert value[key].dtype == np.float32


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "an object"),
        ((x for x in ()), "a generator"),
        (np.array([None]), "dtype object"),
        (np.array(["text"]), "dtype <U4"),
        (np.zeros(2, dtype=[("a", "f8")]), "dtype"),
        ({frozenset(): 1}, "a key of type frozenset"),
        ("x" * 2_000_000, "2,000,000 characters"),
        ([0] * 2_000_000, "more than 1,000,000 items"),
        (10**4000, "3,000 digits"),
    ],
)
def test_other_values_are_refused_by_what_they_are(value, words):
    with pytest.raises(wire.NotPlainError, match=words):
        wire.encode(value)


def test_a_list_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(wire.NotPlainError, match="levels deep"):
        wire.encode(endless)


def test_a_subclass_goes_over_as_its_plain_base():
    class Always(np.ndarray):
        def __eq__(self, other):
            return True

    value = wire.decode(wire.encode(np.zeros(2).view(Always)))
    assert type(value) is np.ndarray


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_wire_error(data):
    with contextlib.suppress(wire.WireError):
        wire.decode(data)


def test_a_pickle_is_not_read():
    class Trap:
        def __reduce__(self):
            return (print, ("unpickled",))

    with pytest.raises(wire.WireError):
        wire.decode(pickle.dumps(Trap()))


@pytest.mark.parametrize(
    "packed",
    [
        ["|O", [1], b"12345678"],  # object dtype
        ["<f8", [1000], b"12345678"],  # fewer bytes than the shape says
        ["<f8", [-1, -1], b"12345678"],
        ["no dtype", [1], b"1"],
    ],
)
def test_forged_arrays_are_wire_errors(packed):
    import msgpack

    document = msgpack.packb(msgpack.ExtType(2, msgpack.packb(packed)))
    with pytest.raises(wire.WireError):
        wire.decode(document)


def test_frames_follow_one_another_and_end():
    stream = io.BytesIO()
    for document in (b"one", b"", b"three"):
        wire.write(stream, document)
    stream.seek(0)
    assert [wire.read(stream) for _ in range(3)] == [b"one", b"", b"three"]
    with pytest.raises(wire.WireError, match="ended"):
        wire.read(stream)


def test_a_frame_over_the_limit_is_not_read():
    stream = io.BytesIO((2**60).to_bytes(8, "big") + b"x")
    with pytest.raises(wire.WireError, match="over the limit"):
        wire.read(stream, max_bytes=1000)


def nested_tuples(depth: int) -> bytes:
    """Forge what `encode` would refuse to make."""
    document = msgpack.packb(1)
    for _ in range(depth):
        document = msgpack.packb(msgpack.ExtType(1, b"\x91" + document))
    return document


def test_forged_tuples_within_tuples_end_at_a_depth():
    assert wire.decode(nested_tuples(2)) == ((1,),)
    for depth in (wire.MAX_DEPTH + 2, 200, 3000):
        with pytest.raises(wire.WireError, match="levels deep"):
            wire.decode(nested_tuples(depth))


@pytest.mark.parametrize("empty", [b"\x90", b"\x80", b"\xc7\x01\x01\x90"])
def test_forged_empty_things_are_counted_in_all(empty):
    """A frame of a few megabytes must not take gigabytes: lists, dicts and tuples in lists."""
    row = b"\xdd" + (500_000).to_bytes(4, "big") + empty * 500_000
    with pytest.raises(wire.WireError, match="more than 1,000,000 items"):
        wire.decode(b"\x93" + 3 * row)
