"""The command that shows what was read, from where, what is missing and what conflicts."""

import typer

from toolkit.cli.app import Agencies, Folder, app, finish, read, refuse_data_file
from toolkit.cli.output import Table, save


@app.command("intake")
def intake_command(campaign: Folder, agency: Agencies = None, out: Table = None) -> None:
    """Показать, что прочитано и откуда, чего нет и где источники расходятся."""
    from toolkit.display.sources import intake_text
    from toolkit.rules.loader import load_methodology

    found, methodology = read(campaign), load_methodology()
    codes = [found.find(code).code for code in agency or ()] or [one.code for one in found.agencies]
    if out is None:
        texts = (intake_text(found, code, methodology, whole=bool(agency)) for code in codes)
        typer.echo("\n\n".join(texts))
        torn = sum(len(settled.conflicts) for settled in found.settled.values())
        typer.echo(f"\nФайлов: {len(found.files)}; органов: {len(found.agencies)}; расхождений: {torn}.")
    else:
        from toolkit.publish.tables import sources_csv

        refuse_data_file(found, out)
        told = f"Источники записаны: {out} (органов: {len(codes)})."
        save(sources_csv(found, codes, methodology), out, told)
    finish(found.problems)
