"""The colours and the size of every chart; the rest of its look stands in `templates/charts`."""

# Okabe-Ito hues, told apart by most colour-blind readers, with lightness steps that grey print keeps.
INK = "#1f2933"
MUTED = "#66727f"
FAINT = "#c3ccd5"
AGENCY = "#0b5a8f"
LOSS = "#c2571a"
GAIN = "#1b7f5c"
UNKNOWN = "#9aa5b1"

# Charts as wide as their container make JupyterLab 4 lay out the notebook without end; the published page,
# where nothing moves, lets them follow its width.
WIDTH = 640
