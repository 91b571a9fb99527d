"""Exit interviews: how many paper ones count, and which reasons are negative aspects (point 35)."""

from dataclasses import replace

from toolkit.errors import Place, Problem
from toolkit.intake.entries import Entries, Entry, ListFolder
from toolkit.intake.list_definition import load_interview

_TITLE = "список негативных аспектов кампании"
_CONFIRMED = [{"interview": ["paper"], "failure_confirmed": ["yes"]}]
_UNCONFIRMED = [{"interview": ["paper"], "failure_confirmed": ["no"]}]


def interpret(entries: Entries, lists: ListFolder) -> None:
    """Mark the paper interviews beyond the limit and the negative reasons, so that rows can be counted.

    Parameters:
        entries: the list of exit interviews, whose rows and remarks are changed.
        lists: the folder, which may have a list of negative aspects of its own.

    Source:
        Point 35; annex 12, note 6: paper interviews are at most a tenth, and only after a confirmed failure.
    """
    aspects, title, fault = _read_aspects(lists)
    for agency, rows in entries.agencies.items():
        remarks = _limit_paper(entries, rows)
        for at, entry in enumerate(rows):
            if "reasons" in entry.values:
                negative = not aspects.isdisjoint(entry.values["reasons"])
                rows[at] = _mark(entry, "reasons", fault or ("negative" if negative else "other"))
        entries.remarks[agency, "exit_interviews_filled"] = "; ".join(remarks)
        entries.remarks[agency, "negative_exit_reasons"] = "; ".join([*remarks, title])


def _read_aspects(lists: ListFolder) -> tuple[set[str], str, Problem | None]:
    """Return the negative aspects, whose list that is, and why they are not known."""
    ours = load_interview()["negative"]
    if "negative_aspects" not in lists.files:
        return set(ours["reasons"]), ours["title"]["ru"], None
    entries, fault = lists.read("negative_aspects"), None
    rows = entries.rows if entries else []
    bad = [problem for entry in rows for problem in entry.faults.values()]
    if entries:
        entries.problems += bad
        lists.findings.problems += entries.close()
    if bad or not rows:
        fault = Problem(Place(lists.files["negative_aspects"][0].name), f"{_TITLE} не годится")
    return {code for entry in rows for code in entry.values.get("reason", ())} - {"none"}, _TITLE, fault


def _limit_paper(entries: Entries, rows: list[Entry]) -> list[str]:
    """Mark confirmed paper interviews beyond the limit, the last rows first; return what is left out."""
    verdicts = [entry.test(entries.definition.counts["exit_interviews_filled"].where) for entry in rows]
    doubt = next((verdict for verdict in verdicts if isinstance(verdict, Problem)), None)
    papers = [at for at, entry in enumerate(rows) if entry.test(_CONFIRMED) is True]
    beyond = papers[int(verdicts.count(True) * load_interview()["paper_share"]) :]
    for at in papers if doubt else beyond:
        # How many may stand on paper is not known as long as one interview is in doubt.
        rows[at] = _mark(rows[at], "failure_confirmed", doubt or "over")
    unconfirmed = sum(entry.test(_UNCONFIRMED) is True for entry in rows)
    said = {"сверх 10 процентов": len(beyond), "без подтверждённого сбоя": unconfirmed}
    return [f"не посчитано бумажных {what}: {number}" for what, number in said.items() if number]


def _mark(entry: Entry, column: str, said: str | Problem) -> Entry:
    """Return the entry with a word or a fault in place of what stood in a column."""
    values = {name: value for name, value in entry.values.items() if name != column}
    if isinstance(said, Problem):
        return replace(entry, values=values, faults={**entry.faults, column: said})
    return replace(entry, values={**values, column: said})
