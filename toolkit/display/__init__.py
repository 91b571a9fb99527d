"""What a reader sees of scores: words, numbers, charts and explanations; never a computed score."""

import sys

# Beside JupyterLab, a checker of JSON would load a grammar of addresses for a second; nothing here has any.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
