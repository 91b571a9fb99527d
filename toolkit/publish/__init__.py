"""Pages of agencies and their index, from an executed notebook to one file that needs no network."""

import sys

# Beside JupyterLab, a checker of JSON would load a grammar of addresses for a second; nothing here has any.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
