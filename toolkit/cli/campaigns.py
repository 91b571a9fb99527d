"""Commands about the data of a campaign: check it, score it, explain a score, write what comes out."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import app, finish, read, refuse_data_file, save, screen_width
from toolkit.cli.options import Agencies, Folder, Parameters, Readings, Table, given, option
from toolkit.errors import ToolkitError, one_line
from toolkit.evaluate import evaluate
from toolkit.rules.outcome import Scores


@app.command("evaluate")
def evaluate_command(
    campaign: Folder,
    out: Annotated[Path, option("ФАЙЛ", "Куда записать; «-» — на экран.")] = Path("scores.csv"),
    reading: Readings = None,
    parameter: Parameters = None,
    direction: Annotated[str | None, option("hr|it", "Только одно направление.")] = None,
) -> None:
    """Вычислить баллы всех органов и записать их таблицей CSV."""
    from toolkit.publish.tables import scores_csv

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    refuse_data_file(found, out)
    scores = evaluate(found, readings=readings, parameters=parameters, direction=direction)
    if parameters:
        _tell_of_caps(scores, evaluate(found, readings=readings, direction=direction))
    told = f"Баллы записаны: {out} (органов: {len(found.agencies)}, строк: {len(scores)})."
    save(scores_csv(scores), out, told)
    finish(found.problems)


@app.command("check")
def check_command(campaign: Folder) -> None:
    """Только проверить данные: назвать каждую плохую ячейку и что в ней допускается."""
    found = read(campaign)
    refusals = sum(not problem.warning for problem in found.problems)
    warnings = len(found.problems) - refusals
    typer.echo(f"Органов: {len(found.agencies)}; отклонено: {refusals}; предупреждений: {warnings}.")
    finish(found.problems)


@app.command("intake")
def intake_command(campaign: Folder, agency: Agencies = None, out: Table = None) -> None:
    """Показать, что прочитано и откуда, чего нет и где источники расходятся."""
    from toolkit.display.sources import intake_text
    from toolkit.rules.loader import load_methodology

    found, methodology = read(campaign), load_methodology()
    codes = [found.find(code).code for code in agency or ()] or [one.code for one in found.agencies]
    if out is None:
        typer.echo("\n\n".join(intake_text(found, code, methodology, whole=bool(agency)) for code in codes))
        torn = sum(len(settled.conflicts) for settled in found.settled.values())
        typer.echo(f"\nФайлов: {len(found.files)}; органов: {len(found.agencies)}; расхождений: {torn}.")
    else:
        from toolkit.publish.tables import sources_csv

        refuse_data_file(found, out)
        told = f"Источники записаны: {out} (органов: {len(codes)})."
        save(sources_csv(found, codes, methodology), out, told)
    finish(found.problems)


@app.command("explain")
def explain_command(
    campaign: Folder,
    agency: Annotated[str, typer.Argument(metavar="ОРГАН", help="Код органа из данных.")],
    code: Annotated[str, typer.Argument(metavar="КОД", help="Код показателя, критерия или направления.")],
    reading: Readings = None,
    parameter: Parameters = None,
) -> None:
    """Объяснить один балл: формула, числа, каждый шаг, штрафы, источники и прочтения."""
    from toolkit.display.explain import explain

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    # The campaign knows why an agency whose row was refused is not there; the scores do not.
    known = found.find(agency).code
    scores = evaluate(found, readings=readings, parameters=parameters)
    typer.echo(explain(scores.find(known, one_line(code)), scores).named())
    finish(found.problems)


@app.command("readings")
def readings_command(
    campaign: Folder,
    agency: Agencies = None,
    reading: Readings = None,
    parameter: Parameters = None,
    out: Table = None,
) -> None:
    """Показать, что меняет каждое прочтение: баллы, места и границы итогов по всем сочетаниям."""
    from toolkit.analysis.readings import ReadingStudy
    from toolkit.display.doubt_text import NARROWEST, WIDEST, WIDTH, readings_text
    from toolkit.publish.tables import readings_csv

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    if out is not None:
        refuse_data_file(found, out)
    wanted = {found.find(code).code for code in agency or ()}
    codes = [one.code for one in found.agencies if not wanted or one.code in wanted]
    study = ReadingStudy(evaluate(found, readings=readings, parameters=parameters))
    if out is None:
        columns = min(max(screen_width(WIDTH), NARROWEST), WIDEST)
        typer.echo("\n\n\n".join(readings_text(study, code, columns) for code in codes))
    else:
        save(readings_csv(study, codes), out, f"Прочтения записаны: {out} (органов: {len(codes)}).")
    finish(found.problems)


@app.command("workbook")
def workbook_command(
    campaign: Folder,
    agency: Annotated[str, option("КОД", "Код органа.")],
    out: Annotated[Path | None, option("ФАЙЛ.xlsx", "Куда записать; иначе КОД.xlsx здесь.")] = None,
    reading: Readings = None,
    parameter: Parameters = None,
) -> None:
    """Записать книгу Excel, в которой каждая строка приказа — живая формула рядом с расчётом."""
    from toolkit.publish.workbook.make import make_workbook

    readings, parameters = given(reading, parameter)
    found = read(campaign)
    if (target := out or Path(f"{agency}.xlsx")).suffix.lower() != ".xlsx":
        raise ToolkitError(f"{target}: книга Excel пишется в файл .xlsx", "имя файла с окончанием .xlsx")
    refuse_data_file(found, target)
    book = make_workbook(found, agency, readings=readings, parameters=parameters)
    save(book, target, f"Книга записана: {target}.")
    finish(found.problems)


def _tell_of_caps(scores: Scores, printed: Scores) -> None:
    """Say which caps of criteria act only because of the changed parameters."""
    for before, after in zip(printed, scores, strict=True):
        acts, acted = (any(line.limited for line in score.trace.lines) for score in (after, before))
        if after.rule.level == "criterion" and acts and not acted:
            what = f"с изменёнными параметрами действует предел критерия «{after.rule.title}»: {after.points}"
            typer.echo(f"предупреждение: {after.agency.code}: {what}", err=True)
