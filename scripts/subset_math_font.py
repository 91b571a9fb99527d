"""Makes the small math font of the pages from STIX Math; run once, needs `fonttools` and `brotli`.

STIXMath-Regular.otf comes with Debian's package `fonts-stix` (SIL Open Font License 1.1). The licence does
not let a changed font keep the reserved name, so the names are left out and the pages call it "Toolkit Math".

Example:
    python scripts/subset_math_font.py STIXMath-Regular.otf
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "toolkit" / "publish" / "template" / "math.woff2"
CHARACTERS = (
    "20-7E",  # basic Latin, digits
    "A0,AF,B1,B7,D7,F7,305,2032",  # no-break space, bar over a letter, plus-minus, dot, times, divided, prime
    "391-3A9,3B1-3C9",  # Greek
    "401,410-44F,451,406,456,492,493,49A,49B,4A2,4A3,4AE-4B1,4BA,4BB,4D8,4D9,4E8,4E9",  # Cyrillic, Kazakh
    "2013,2014,2018-201A,201C-201E,2026,AB,BB,2116",  # dashes, quotes, dots, number sign
    "2061-2064,200B",  # invisible operators
    "2190-2194,21D2,2208,2209,2211,220F,2212,2215,221A,221E,2227,2228,222A,2229",  # arrows and operators
    "2248,2260,2264,2265,22C5,2308-230B,23B4-23B7,27E8,27E9",  # relations and brackets
    "1D434-1D467,210E,1D6E2-1D71B",  # italic Latin and Greek, which <mi> turns single letters into
    "1D400-1D433,1D7CE-1D7D7",  # bold letters and digits
)


def subset(source: Path) -> None:
    """Write the subset with its MATH table; of the names, only copyright and licence are kept."""
    command = [
        "pyftsubset",
        str(source),
        f"--output-file={TARGET}",
        "--flavor=woff2",
        f"--unicodes={','.join(CHARACTERS)}",
        "--layout-features=ssty,kern,mark,mkmk,ccmp",
        "--name-IDs=0,13,14",
        "--no-hinting",
        "--desubroutinize",
        "--drop-tables+=FFTM",
    ]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    subset(Path(sys.argv[1]))
