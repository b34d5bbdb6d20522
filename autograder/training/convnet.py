"""Stage 4 on real images: train the small convolutional network, and look inside."""

import time
from types import ModuleType

import numpy as np

from autograder.datasets import Dataset
from autograder.training.examples import as_images, one_of_each_class
from autograder.training.loops import (
    PARTS,
    Counter,
    Part,
    Predict,
    Progress,
    require,
    share_right,
    table_row,
    train_in_parts,
)
from autograder.training.result import ConvnetResult
from autograder.training.settings import ConvnetSettings

CALLED = (
    "init_convnet",
    "train_convnet",
    "predict_convnet",
    "conv_forward",
    "relu_forward",
    "max_pool_forward",
)
BATCH = 500  # images classified at once: their maps have to fit into the memory
MEASUREMENTS = 10  # an accuracy takes as long as many steps, so it is measured now and then

Params = dict[str, np.ndarray]


def train(
    functions: ModuleType, data: Dataset, settings: ConvnetSettings, progress: Progress
) -> ConvnetResult:
    """Train the network on all training images, with a smaller learning rate in the end.

    Pixels are from 0 to 1 and not centred, so that the zeros of the padding go on where the
    background ends. Images and first weights are float32, for speed.

    Parameters
    ----------
    functions : module
        The functions of the stage.
    data : Dataset
        Images and labels.
    settings : ConvnetSettings
        The network and its training.
    progress : callable
        ``progress(done, total)``, in steps.

    Returns
    -------
    ConvnetResult
    """
    started = time.perf_counter()
    require(functions, CALLED)
    splits = as_images(data)
    X, y = splits.train
    num_classes = len(data.class_names)
    slow_from = (1 - settings.slow_share) * settings.num_iters
    few = splits.train.first(settings.measured), splits.validation.first(settings.measured)

    def predictor(params: Params) -> Predict:
        def predict(X: np.ndarray) -> np.ndarray:
            batches = [X[first : first + BATCH] for first in range(0, len(X), BATCH)]
            return np.concatenate([functions.predict_convnet(params, batch) for batch in batches])

        return predict

    def part(params: Params, part: Part) -> tuple[np.ndarray, Params]:
        lr = settings.lr * (settings.slow_factor if part.done >= slow_from else 1)
        batch = min(settings.batch, len(y))
        return functions.train_convnet(
            params, X, y, lr, settings.reg, batch, part.num_iters, part.seed
        )

    def measure(params: Params) -> tuple[float, float]:
        predict = predictor(params)
        return share_right(predict, few[0]), share_right(predict, few[1])

    start = functions.init_convnet(
        X.shape[1:],
        settings.num_filters,
        settings.kernel,
        settings.hidden_dims,
        num_classes,
        settings.eps,
        settings.seed,
    )
    run, params = train_in_parts(
        "convolutional network",
        part,
        {name: value.astype(np.float32) for name, value in start.items()},
        settings.num_iters,
        settings.seed,
        Counter(settings.num_iters, progress),
        float(np.log(num_classes)),  # with all scores near 0, each class is equally likely
        measure,
        measure_every=PARTS // MEASUREMENTS,
    )
    row, predictions = table_row(
        f"convnet, {settings.num_filters} filters, {settings.num_iters:,} steps",
        predictor(params),
        splits,
    )
    examples = one_of_each_class(splits.test.y, predictions == splits.test.y)
    maps, pooled = _maps(functions, params, splits.test.X[examples])
    return ConvnetResult(
        stage="convnet",
        data=data.name,
        class_names=data.class_names,
        settings=vars(settings).copy(),
        rows=(row,),
        runs=(run,),
        params=params,
        test_images=data.X_test,
        test_labels=splits.test.y,
        predictions=predictions,
        examples=examples,
        maps=maps,
        pooled=pooled,
        seconds=time.perf_counter() - started,
    )


def _maps(functions: ModuleType, params: Params, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    pad = params["W1"].shape[2] // 2
    found = functions.conv_forward(X, params["W1"], params["b1"], pad=pad)
    maps = functions.relu_forward(found)
    return maps, functions.max_pool_forward(maps)
