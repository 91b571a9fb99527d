"""Evaluates government agencies by the formulas of the orders, held as data."""

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
    "explain",
    "load_methodology",
    "read_campaign",
]


def __getattr__(name: str) -> object:
    """Load what explains scores only when it is asked for: whoever only computes them starts sooner."""
    if name != "explain":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from toolkit.display.explain import explain

    return explain
