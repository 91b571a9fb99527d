"""A file of data, whatever its kind: its bytes once, its table and its digest."""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from toolkit.errors import Place, ToolkitError, one_line, why
from toolkit.intake.csv_table import liken, read_csv_table
from toolkit.intake.table import Table
from toolkit.intake.xlsx_table import read_xlsx_table

LARGEST_FILE = 200_000_000
KINDS = (".csv", ".xlsx")


def read_source(file: Path, known: Collection[str], sheet: str, key: str) -> tuple[Table, str]:
    r"""Read a table from a CSV file or a workbook.

    Parameters:
        file: the file; the end of its name tells its kind.
        known: column names by which the separator of a text is recognised.
        sheet: name of the sheet of a workbook; any sheet with the key column when it has none of that name.
        key: name of the column that the table must have.

    Returns:
        The table, and the sha256 of the bytes of the file.

    Raises:
        ToolkitError: the file cannot be opened, is too large or is no table.

    Source:
        The format is ours: the columns are the declared inputs.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "b.csv").write_text("servant,quarter\na,2025Q3\n", "utf-8")
        ...     table, _ = read_source(Path(folder, "b.csv"), ["servant", "quarter"], "corps_b", "servant")
        >>> table.rows[0].cells[1].text
        '2025Q3'
    """
    if file.suffix.casefold() not in KINDS:
        raise ToolkitError(f"{one_line(file.name)}: не таблица", f"файл {' или '.join(KINDS)}")
    data = read_bytes(file)
    digest = sha256(data).hexdigest()
    if file.suffix.casefold() == ".xlsx":
        return read_xlsx_table(data, file.name, sheet, key), digest
    hint = liken(data[:100].decode("utf-8", errors="replace"))
    return read_csv_table(data, file.name, known)._replace(hint=hint), digest


def read_bytes(file: Path, largest: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file; raise `ToolkitError` when it cannot be opened or is too large."""
    try:
        if file.stat().st_size > largest:
            raise ToolkitError("файл слишком велик", f"до {largest // 1_000_000} МБ", Place(file.name))
        if not (file.is_file() or file.is_dir()):  # a pipe would never end; a folder has its own reason
            raise ToolkitError("это не обычный файл", place=Place(file.name))
        return file.read_bytes()
    except OSError as error:
        raise ToolkitError(f"файл не открывается: {why(error)}", place=Place(file.name)) from None
