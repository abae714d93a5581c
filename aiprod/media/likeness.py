"""Compares two pictures: 1 for the same, near 0 for pictures that share neither shapes nor colours.

Knows a perceptual hash and a colour histogram; knows no film.
"""

import numpy as np
import numpy.typing as npt


def likeness(first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8]) -> float:
    """How alike two pictures are: the mean of where their edges agree and of how much of their colours they share.

    Shape: (height, width, 3), RGB, both the same.
    """
    agreeing = float((_gradient_signs(first) == _gradient_signs(second)).mean())
    # Two unrelated pictures agree on half their signs by chance.
    structure = max(0.0, 2 * agreeing - 1)
    shared = float(np.minimum(_histogram(first), _histogram(second)).sum())
    return (structure + shared) / 2


def _gradient_signs(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    luma = picture.mean(axis=2)
    rows = np.array_split(np.arange(luma.shape[0]), 16)
    columns = np.array_split(np.arange(luma.shape[1]), 17)
    cells = np.array([[luma[np.ix_(r, c)].mean() for c in columns] for r in rows])
    return cells[:, 1:] > cells[:, :-1]


def _histogram(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    bins = (picture >> 5).astype(np.int64)
    index = bins[..., 0] * 64 + bins[..., 1] * 8 + bins[..., 2]
    counts = np.bincount(index.ravel(), minlength=512).astype(np.float64)
    shares: npt.NDArray[np.float64] = counts / counts.sum()
    return shares
