"""How long do the reference's steps take beside those of scikit-learn and PyTorch?

    python -m benchmarks.steps              # at one thread, then at two
    python -m benchmarks.steps --only lenet

Ours and the peer take turns on the same float32 data, and the ratio is that of their best times;
below 1 ours is faster. At one thread the processor's time is counted, so that other programs don't
count; at two it is the clock's. See benchmarks/README.md for what the columns mean.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from threadpoolctl import threadpool_limits

from benchmarks.step_pairs import PAIRS, Pair


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="pairs with this in their name")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=15, help="at most; long ones take fewer")
    options = parser.parse_args()
    print(f"{'':48}{'threads':>8}{'ours':>12}{'peer':>12}{'ratio':>8}{'goal':>7}")
    for make in PAIRS:
        pair = make()
        if options.only in pair.name:
            for threads in options.threads:
                with limited(threads):
                    print(line(pair, threads, options.rounds), flush=True)


@contextmanager
def limited(threads: int) -> Iterator[None]:
    """Let NumPy, scikit-learn and PyTorch use this many threads."""
    before = torch.get_num_threads()
    with threadpool_limits(threads):
        torch.set_num_threads(threads)
        yield
        torch.set_num_threads(before)


def line(pair: Pair, threads: int, rounds: int) -> str:
    """Measure a pair; return its line of the table."""
    clock = time.process_time if threads == 1 else time.perf_counter
    first = seconds(pair.ours, clock) + seconds(pair.peer, clock)  # warms both up
    rounds = max(1, min(rounds, int(20 / first)))
    times = [(seconds(pair.ours, clock), seconds(pair.peer, clock)) for _ in range(rounds)]
    ours, peer = (min(each) for each in zip(*times, strict=True))
    mine, its = (f"{1e3 * each / pair.steps:9.3f} ms" for each in (ours, peer))
    goal = f"{pair.goals[threads]:7.2f}" if threads in pair.goals else f"{'':7}"
    note = pair.note() if threads == 1 else ""
    return f"{pair.name:48}{threads:8}{mine}{its}{ours / peer:8.2f}{goal}  {note}".rstrip()


def seconds(run: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the time of a call."""
    begin = clock()
    run()
    return clock() - begin


if __name__ == "__main__":
    main()
