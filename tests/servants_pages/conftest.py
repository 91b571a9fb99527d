import random

import pytest

from toolkit.analysis.servants import ServantStudy
from toolkit.servants.records import read_servants

HEADER = "servant,quarter,form,appointed_on,worked_days,evaluator,p1,p2,p3,p4,p5,sanction,agency,name"
LARGE, SMALL = "large-agency", "small-agency"


def write_servants(path):
    """Write forty servants of one agency and three of another; marks, names and codes are all told apart."""
    drawn = random.Random(20251)  # noqa: S311  made-up marks, no secrets
    rows = [HEADER]
    for number in range(43):
        agency = LARGE if number < 40 else SMALL
        base = 4.6 if number < 25 else 3.4 if number < 37 else 2.4
        for quarter in ("2025Q3", "2025Q4"):
            marks = [f"{base + drawn.randint(-20, 20) / 100:.2f}" for _ in range(5)]
            sanction = "none"
            if number in (3, 4):
                marks[4], sanction = "1.07", "other"
            days = 12 if number == 30 else 60
            row = [f"code-{number}", quarter, "staff", "2020-01-01", days, "code-0", *marks, sanction, agency]
            rows.append(",".join(map(str, [*row, f"Имярек Номер{number}"])))
    path.write_text("\n".join(rows), "utf-8")
    return path


@pytest.fixture(scope="session")
def servants(tmp_path_factory):
    return write_servants(tmp_path_factory.mktemp("servants") / "servants.csv")


@pytest.fixture(scope="session")
def study(servants):
    return ServantStudy(read_servants(servants))
