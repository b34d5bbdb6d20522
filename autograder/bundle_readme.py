"""The README of a student's bundle."""

from collections.abc import Sequence

from autograder.stage import Stage

TEXT = """# {titles}

You write the functions in {files}. What is asked stands in
{handouts}: open it in a browser.

## Install

With Python 3.11 or newer, in this folder:

    python3 -m venv .venv && .venv/bin/pip install ./wheels/{wheel}

and in each new terminal: `source .venv/bin/activate`. On Windows, in PowerShell:

    py -m venv .venv; .venv\\Scripts\\pip install .\\wheels\\{wheel}

and in each new terminal: `.venv\\Scripts\\activate`.

## Work

    autograder check --watch         # leads you from function to function, at each save
    autograder check                 # what is right so far, and what is wrong
    autograder check {only}
    {train}

`pytest` runs the same checks, one by one. In the test panel of VS Code or PyCharm, choose pytest
and this folder: the checks stand there by function.

The notebook beside each file tells the story of the stage and shows your functions at work, in
pictures: `pip install notebook`, then `jupyter notebook`.

To find out yourself what is wrong with a gradient, compare it with the slopes of your loss:

    from autograder import gradient_check
    print(gradient_check(lambda W: svm_loss(W, X, y, 0.1)[0], W, svm_loss(W, X, y, 0.1)[1]))

Hand in {handed} as your instructor says. What is "not judged" here, because it uses a function
that is wrong still, is judged with a right one then.
"""

TRAIN = "autograder train {:15} # your functions at work, once they are right"
TRAIN_OPEN = "python {:25} # trains your model, and saves its parameters"


def bundle_readme(stages: Sequence[Stage], wheel: str) -> str:
    """Return the README for some stages and a wheel in the folder ``wheels``."""
    first = stages[0]
    trained = next((stage for stage in stages if not stage.challenge), None)
    files = [f"`{stage.name}.py`" for stage in stages]
    saved = [f"`{stage.name}.npz`" for stage in stages if stage.challenge]
    return TEXT.format(
        titles=", ".join(stage.title for stage in stages),
        files=", ".join(files),
        handed=", ".join([*files, *saved]),
        handouts=",\n".join(
            f"`assignments/{stage.number}_{stage.name}/README.html`" for stage in stages
        ),
        wheel=wheel,
        only=first.functions[0].name,
        train=TRAIN.format(trained.name) if trained else TRAIN_OPEN.format(f"{first.name}.py"),
    )
