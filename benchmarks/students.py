"""A class of students: two functions each, right in two styles, wrong, or not written."""

RIGHT = """
def svm_loss(W, X, y, reg=0.0):
    N, rows = len(X), np.arange(len(X))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / N + reg * np.sum(W**2)
    slopes = (margins > 0).astype(float)
    slopes[rows, y] = -slopes.sum(axis=1)
    return loss, X.T @ slopes / N + 2 * reg * W


def nn_forward(params, X):
    hidden = np.maximum(0, X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"], hidden
"""
OTHER_STYLE = (
    RIGHT.replace("X.T @ slopes", 'np.einsum("nd,nc->dc", X, slopes)').replace(
        "np.maximum(0, X @ params", "relu(X @ params"
    )
    + "\n\ndef relu(x):\n    return x * (x > 0)\n"
)
WRONG = RIGHT.replace("X.T @ slopes / N", "X.T @ slopes")
STUB = """
def svm_loss(W, X, y, reg=0.0):
    raise NotImplementedError


def nn_forward(params, X):
    raise NotImplementedError
"""


def deserved(source: str) -> float:
    """Return the points that a student's file deserves, of 3."""
    if "NotImplementedError" in source:
        return 0.0
    return 3.0 if "slopes / N" in source or "slopes) / N" in source else 2.0


def sources(count: int) -> dict[str, str]:
    """Return the name and the file of each student; no two files are equal."""
    kinds = (RIGHT, OTHER_STYLE, WRONG, RIGHT, OTHER_STYLE, STUB, RIGHT, WRONG)
    return {
        f"s{number:04}": f"# student {number}\nimport numpy as np\n\n{kinds[number % len(kinds)]}"
        for number in range(count)
    }
