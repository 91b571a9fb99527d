"""LibreOffice as an independent calculator of workbooks."""

import os
import shutil
import subprocess

import pytest

CALCULATE_ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def recalculate(paths):
    """Return copies of workbooks that LibreOffice has opened, calculated and saved.

    Without LibreOffice a test is skipped, but fails where `CI=true`.
    """
    office = shutil.which("soffice")
    if office is None:
        leave = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        leave("no LibreOffice; on Debian: apt-get install libreoffice-calc")
    folder = paths[0].parent
    out, profile = folder / "recalculated", folder / "office-profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    # By default LibreOffice trusts the values stored in a file.
    settings.write_text(CALCULATE_ANEW, "utf-8")
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=500
    )
    return [out / path.name for path in paths]
