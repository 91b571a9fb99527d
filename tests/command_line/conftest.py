import pytest

CONTESTS = "agency,agency_type,contests_observed,contests_recorded,contests_held,recording_violations\n"


@pytest.fixture
def campaign(tmp_path):
    """Return a function that writes a campaign of the given rows and gives its folder."""

    def write(*rows, header=CONTESTS):
        folder = tmp_path / "campaign"
        folder.mkdir(exist_ok=True)
        (folder / "agencies.csv").write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
        return folder

    return write
