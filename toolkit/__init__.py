"""Evaluates government agencies by the formulas of the orders, held as data."""

from toolkit.errors import Place, Problem, ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign, read_campaign
from toolkit.rules.agency import Agency
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores

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
    "load_methodology",
    "read_campaign",
]
