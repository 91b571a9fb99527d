"""The methodology page of a site: every rule, number, reading and input of the law files."""

from collections.abc import Mapping
from functools import partial

from toolkit.analysis.coverage import load_coverage
from toolkit.display import markup
from toolkit.display.equations import Equations
from toolkit.display.explanation import explanation
from toolkit.evaluate import evaluate
from toolkit.formula.notation import MathML
from toolkit.intake.campaign import read_campaign
from toolkit.program.variants import Variants
from toolkit.publish.frame import TEMPLATE, embed_style, policy, read_template, render
from toolkit.rules.methodology import Methodology
from toolkit.rules.reading import choose

# Made-up numbers, so that every rule has a worked case; the same for each type of agency.
EXAMPLE = TEMPLATE / "example"


def methodology_page(methodology: Methodology, readings: Mapping[str, str], language: str = "ru") -> str:
    """Return `methodology.html` of a site.

    Parameters:
        methodology: the rules of the order of 2023.
        readings: the options chosen for the site; the defaults stand for the rest.
        language: language of the frame.

    Returns:
        One page that is complete without its script, which only helps the keyboard. Nothing the order says is
        typed for it: that comes from the law files.

    Raises:
        ToolkitError: an unknown reading or option.

    Source:
        The law files of the order and the list of its points.

    Example:
        >>> from toolkit import load_methodology
        >>> "exit_interview" in methodology_page(load_methodology(), {})
        True
    """
    example = read_campaign(EXAMPLE)
    scores = evaluate(example, methodology, readings=readings)
    body = markup.render(
        "methodology",
        methodology=methodology,
        # Each rule by the type of the agency it is evaluated for.
        explained={
            code: {
                agency.type: explanation(scores.find(agency.code, code), MathML, methodology)
                for agency in example
                if scores.find(agency.code, code).status != "not_applicable"
            }
            for code in methodology.rules
        },
        chosen=choose(methodology.readings, readings),
        variants={kind: Variants(methodology, kind) for kind in methodology.subjects},
        printed=partial(Equations, notation=MathML),
        notation=MathML(),
        coverage=load_coverage("2023"),
    )
    script = read_template("reach.js")
    styles = (embed_style("page.css"), embed_style("math.css"), read_template("methodology.css"))
    own = {"style": "".join(styles), "script": script, "policy": policy([script])}
    return render("methodology.html.j2", language, body=body.text, **own)
