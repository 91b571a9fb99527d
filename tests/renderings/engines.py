"""The real engines of the other renderings: numpy, Vega in a browser, a spreadsheet in LibreOffice."""

import math

import numpy as np
import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.office import recalculate
from toolkit.analysis import arrays
from toolkit.display.signals import signals, spelled
from toolkit.formula.excel import formula
from toolkit.publish.vega import vega_bundle

CALCULATE = """
async (job) => {
  const specification = {$schema: "https://vega.github.io/schema/vega/v6.json", signals: job.signals};
  // As on a published page: expressions are read into a tree, for the page allows no code made at run time.
  const {view} = await window.vegaEmbed(document.body, specification, {ast: true, actions: false});
  return job.rows.map((row) => {
    for (const name of job.inputs) view.signal(name, name in row ? row[name] : NaN);
    for (const name of job.given) view.signal(name, row[name]);
    view.run();
    return job.wanted.map((name) => {
      const value = view.signal(name);
      return typeof value === 'number' && !Number.isNaN(value) ? value : String(value);
    });
  });
}
"""


def run_arrays(program, rows):
    """Return the value of every name for every row, from one pass over arrays with readings in them too."""
    values = arrays.table(program, [row.agency for row in rows])
    for name, printed in program.parameters.items():
        values[name] = np.array([float(row.parameters.get(name, printed)) for row in rows])
    choice = {key: np.array([row.choice[key] for row in rows]) for key in program.choice}
    found = arrays.run(program, values, choice)
    names = [statement.name for statement in program.statements]
    return {name: np.broadcast_to(found[name], len(rows)).tolist() for name in names}


def run_vega(page, program, rows):
    """Return the same from Vega itself: one view, its signals set for each row."""
    page.goto("about:blank")
    page.add_script_tag(content=vega_bundle())
    names = [statement.name for statement in program.statements]
    job = {
        "signals": signals(program, {}),
        "wanted": [spelled(name) for name in names],
        "inputs": program.inputs,
        "given": [*program.choice, *map(spelled, program.parameters)],
        "rows": [
            {
                spelled(name): float(value)
                for name, value in (dict(program.parameters) | row.parameters | row.values).items()
            }
            | row.choice
            for row in rows
        ],
    }
    found = page.evaluate(CALCULATE, job)
    # Vega says "NaN" for what is missing; any other word stays a word, so that it fails the comparison.
    return {
        name: [math.nan if line[place] == "NaN" else line[place] for line in found]
        for place, name in enumerate(names)
    }


def write_sheet(book, program, rows):
    """Write the rows of one type into a sheet: what is given as cells, the rest as formulas."""
    sheet = book.add_worksheet(program.agency_type)
    heads = [*program.inputs, *program.choice, *program.parameters]
    heads += [statement.name for statement in program.statements]
    column = {name: place for place, name in enumerate(heads)}
    sheet.write_row(0, 0, heads)
    for number, row in enumerate(rows, start=1):
        given = dict(program.parameters) | row.parameters | row.values
        for name in (*program.inputs, *program.parameters):
            if name in given:
                sheet.write_number(number, column[name], float(given[name]))
        for key in program.choice:
            sheet.write_string(number, column[key], row.choice[key])

        def spelled_here(name, number=number):
            return xl_rowcol_to_cell(number, column[name])

        for statement in program.statements:
            text = statement.printed(
                lambda tree, here=spelled_here: formula(tree, here),
                lambda key, options, here=spelled_here: choose(here(key), options),
            )
            sheet.write_formula(number, column[statement.name], f"={text}")


def choose(cell, options):
    """Return the formula that takes the form under the option that stands in a cell."""
    text = "NA()"
    for option, form in options.items():
        text = f'IF({cell}="{option}",{form},{text})'
    return text


def run_spreadsheet(folder, rows_by_program):
    """Return the same from LibreOffice, which calculates every formula of the file anew."""
    written = folder / "parity.xlsx"
    with xlsxwriter.Workbook(written) as book:
        for program, rows in rows_by_program:
            write_sheet(book, program, rows)
    book = openpyxl.load_workbook(recalculate([written])[0], data_only=True, read_only=True)
    found = {}
    for program, rows in rows_by_program:
        lines = list(book[program.agency_type].iter_rows(values_only=True))
        columns = dict(zip(lines[0], zip(*lines[1 : len(rows) + 1], strict=True), strict=True))
        found[program.agency_type] = {
            statement.name: [math.nan if value == "#N/A" else value for value in columns[statement.name]]
            for statement in program.statements
        }
    return found
