"""The training room: the functions of a stage at work on real images, or on points of a plane.

`train_stage` trains the model of a stage with the functions that it is given, the reference's or a
student's own, and returns plain data. `figures` draws that data, `save_plots` writes the pictures,
and each picture has a function of its own in `autograder.training.plots`, for data of any origin.

========================  =====================================================================
`train_stage`             train the model of a stage -> `TrainingResult`
`settings_of`             the settings of a stage, those that `train_stage` takes as keywords
`figures`, `save_plots`   all pictures of a result, as figures by name or as PNG files
`plots`                   the pictures one by one
`rings`, `noisy_xor`      points of a plane in three classes, and in two that no line divides
`best_line`               the straight line that has most points on the right side
`takes_images`            whether a stage needs a data set
`half_moons`              points of a plane in two half circles that reach into each other
`signals`, `gradients`    how large activations and gradients are in each layer of deep networks
`quiz`                    the loss after a short training, by learning rate and width
`seconds_of`              the time of a call
`TrainingResult`          accuracy table (`Row`), curves (`Run`), parameters, predictions; each
                          stage's own adds to it: `PerceptronResult`; `ImagesResult` and its
                          `NeighborsResult`, `LinearResult`, `NetResult`, `ConvnetResult`,
                          `DeepResult`, `GenerativeResult` with its `CodeErrors`
========================  =====================================================================

Nothing here holds an answer: where a stage asks for a training loop, this package calls it.
"""

from autograder.training import plots
from autograder.training.depth import gradients, quiz, signals
from autograder.training.examples import half_moons, noisy_xor, rings
from autograder.training.perceptron import best_line
from autograder.training.pictures import figures, save_plots
from autograder.training.result import (
    CodeErrors,
    ConvnetResult,
    DeepResult,
    GenerativeResult,
    ImagesResult,
    LinearResult,
    NeighborsResult,
    NetResult,
    PerceptronResult,
    Row,
    Run,
    TrainingResult,
)
from autograder.training.settings import settings_of
from autograder.training.timing import seconds_of
from autograder.training.train import takes_images, train_stage

__all__ = [
    "CodeErrors",
    "ConvnetResult",
    "DeepResult",
    "GenerativeResult",
    "ImagesResult",
    "LinearResult",
    "NeighborsResult",
    "NetResult",
    "PerceptronResult",
    "Row",
    "Run",
    "TrainingResult",
    "best_line",
    "figures",
    "gradients",
    "half_moons",
    "noisy_xor",
    "plots",
    "quiz",
    "rings",
    "save_plots",
    "seconds_of",
    "settings_of",
    "signals",
    "takes_images",
    "train_stage",
]
