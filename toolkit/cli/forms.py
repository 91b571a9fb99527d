"""Commands about the forms of the annexes."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.app import UNUSABLE, app, finish, option, say
from toolkit.errors import ToolkitError, one_line

forms = typer.Typer(help="Формы приложений приказа 2023 года.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(forms, name="forms")


@forms.command("blank")
def blank_command(
    annex: Annotated[str, option("НОМЕР", "Номер приложения: 1, 2, 7 или 8.")],
    out: Annotated[Path | None, option("ФАЙЛ.xlsx", "Куда записать; иначе annex_НОМЕР.xlsx здесь.")] = None,
) -> None:
    """Записать пустую форму приложения: книгу Excel для заполнения."""
    from toolkit.intake.forms.definition import load_form
    from toolkit.publish.blank_form import write_blank

    form = load_form(one_line(annex.strip()))
    target = out or Path(f"annex_{form.annex}.xlsx")
    shown = one_line(str(target))
    if target.suffix.lower() != ".xlsx":
        raise ToolkitError(f"{shown}: форма пишется в книгу Excel", "имя файла с окончанием .xlsx")
    if target.exists() or target.is_symlink():
        raise ToolkitError(f"{shown} уже есть, поверх него не пишется", "другое имя файла")
    write_blank(form, target)
    typer.echo(f"Пустая форма приложения {form.annex} записана: {shown}. «{form.title}», пункт {form.point}.")


@forms.command("read")
def read_command(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ.xlsx", help="Заполненная форма.")],
    kind: Annotated[str, option("ТИП", "Тип органа: central, local или territorial.", "--type")] = "central",
) -> None:
    """Прочитать заполненную форму: значения с ячейками и каждая ошибка."""
    from toolkit.display.sources import findings_text
    from toolkit.intake.forms.reading import FormReader
    from toolkit.intake.systems import Systems
    from toolkit.rules.agency import AGENCY_TYPES
    from toolkit.rules.loader import load_methodology

    if kind not in AGENCY_TYPES:
        raise ToolkitError(f"нет типа органа «{one_line(kind)}»", ", ".join(AGENCY_TYPES))
    inputs = load_methodology().inputs
    found = Systems().redact(FormReader({"": kind}, inputs).read_file(file, one_line(file.name), ""))
    say(found.problems)
    if not found.files:
        raise typer.Exit(UNUSABLE)
    typer.echo(findings_text(found, inputs))
    finish(found.problems)
