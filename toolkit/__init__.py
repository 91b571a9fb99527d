"""Evaluates government agencies and civil servants by the formulas of the orders, held as data."""

from importlib import import_module
from typing import TYPE_CHECKING

from toolkit.errors import Place, Problem, ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign, read_campaign
from toolkit.rules.agency import Agency
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores

if TYPE_CHECKING:
    from toolkit.display.explain import explain
    from toolkit.servants.corps_a import evaluate_corps_a
    from toolkit.servants.corps_b import evaluate_corps_b
    from toolkit.servants.records import read_servants

__version__ = "0.1.0"

__all__ = [
    "Agency",
    "Campaign",
    "Methodology",
    "Place",
    "Problem",
    "Score",
    "Scores",
    "ToolkitError",
    "evaluate",
    "evaluate_corps_a",
    "evaluate_corps_b",
    "explain",
    "load_methodology",
    "read_campaign",
    "read_servants",
]

# Whoever only scores agencies starts sooner without these.
_LATER = {
    "evaluate_corps_a": "toolkit.servants.corps_a",
    "evaluate_corps_b": "toolkit.servants.corps_b",
    "explain": "toolkit.display.explain",
    "read_servants": "toolkit.servants.records",
}


def __getattr__(name: str) -> object:
    """Load what not everybody needs only when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
