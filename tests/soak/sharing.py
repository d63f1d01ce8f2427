"""Seeds shared out over processes; each has a ground of its own and runs them one by one."""

import gc
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.faults.founded import Ground
from tests.faults.simulator import Outcome, run

SHARE = 10
COLLECTED_EVERY = 50
_ground: Ground | None = None
_runs = 0


def outcomes(seeds: list[int], engine: str, jobs: int) -> Iterator[Outcome]:
    """The outcome of every seed, as they come."""
    if jobs == 1:
        for seed in seeds:
            yield from ran([seed], engine)
        return
    shares = [seeds[n : n + SHARE] for n in range(0, len(seeds), SHARE)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(ran, share, engine) for share in shares]):
            yield from done.result()


def ran(seeds: list[int], engine: str) -> list[Outcome]:
    """Run these seeds in this process."""
    return [_ran(seed, engine) for seed in seeds]


def _ran(seed: int, engine: str) -> Outcome:
    global _ground, _runs
    if _ground is None:
        logging.getLogger("workstation").setLevel(logging.CRITICAL + 1)  # alarms are outcomes here
        _ground = Ground(engine)
        gc.collect()
        gc.freeze()
        gc.disable()
    _runs += 1
    if _runs % COLLECTED_EVERY == 0:
        gc.collect()
    return run(seed, _ground)
