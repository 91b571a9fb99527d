"""What is no form, is damaged or means harm is one sentence with the file's name, and costs little."""

import struct
import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pytest

from tests.forms.sheets import list_values, list_warnings, read, save
from tests.forms.typed import VALUES, type_form
from toolkit.errors import ToolkitError
from toolkit.intake.systems import Systems

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE_PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 20) for letter in range(ord("b"), ord("k"))
    )
    + b"]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)
ALLOWED = "книга .xlsx без пароля и макросов, сохранённая Excel или LibreOffice"
FORMS = "приложения 1, 2, 7 и 8 в книгах .xlsx; пустую форму даёт toolkit forms blank"
NOT_A_WORKBOOK = "это не книга Excel или файл повреждён"
DAMAGED = "книга не читается, файл повреждён"


def good():
    return save(type_form("1"))


def with_member(name, content=b"x"):
    """Return a good workbook with one more member, or with one replaced."""
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(good())) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return data.getvalue()


def without_member(name):
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(good())) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
    return data.getvalue()


def with_hole(workbook):
    """Return a workbook with zeros where the content of its second member begins."""
    start = workbook.find(b"PK\x03\x04", 40) + 80
    return workbook[:start] + b"\0" * 20 + workbook[start + 20 :]


def zip_of(**members):
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def declare(data, name, size):
    """Make the list of an archive state another size of a member, here and in front of its content."""
    spoilt = bytearray(data)
    for mark, at_size, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := spoilt.find(mark, start + 1)) >= 0:
            if spoilt[start + at_name :].startswith(name.encode()):
                spoilt[start + at_size : start + at_size + 4] = struct.pack("<I", size)
    return bytes(spoilt)


CASES = {
    "an empty file": (b"", NOT_A_WORKBOOK),
    "a text": ("Итого 17".encode(), NOT_A_WORKBOOK),
    "a CSV with a mark of byte order": ("\ufeffагентство;1\n".encode(), NOT_A_WORKBOOK),
    "a page saved as a workbook": (
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        NOT_A_WORKBOOK,
    ),
    "an image": (ONE_PIXEL, NOT_A_WORKBOOK),
    "an archive cut short": (good()[:-300], NOT_A_WORKBOOK),
    "an archive without its beginning": (good()[200:], DAMAGED),
    "an old or encrypted workbook": (
        COMPOUND + b"\0" * 600,
        "книга зашифрована или сохранена старым Excel (.xls)",
    ),
    "a workbook with macros": (with_member("xl/vbaProject.bin"), "в книге есть макросы"),
    "a workbook with macros in other letters": (with_member("XL/VBAPROJECT.BIN"), "в книге есть макросы"),
    "a workbook with macros from the root": (with_member("/xl/vbaProject.bin"), "в книге есть макросы"),
    "a workbook with macros by a roundabout way": (
        with_member("./xl//vbaProject.bin"),
        "в книге есть макросы",
    ),
    "a workbook with macros as Windows spells it": (
        with_member("xl\\vbaProject.bin"),
        "в книге есть макросы",
    ),
    "a workbook with macros on a sheet": (with_member("xl/macrosheets/sheet1.xml"), "в книге есть макросы"),
    "a workbook that fetches data": (with_member("xl/connections.xml"), "книга связана с внешними данными"),
    "a workbook that refers to others": (
        with_member("xl/externalLinks/externalLink1.xml"),
        "книга ссылается на другие книги",
    ),
    "a spreadsheet of LibreOffice": (
        zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<office/>"),
        "это таблица OpenDocument (.ods)",
    ),
    "a document of Word": (zip_of(word__document_xml="<w/>", **{"[Content_Types]_xml": "<Types/>"}), DAMAGED),
    "an archive of nothing": (zip_of(), DAMAGED),
    "a sheet that is no markup": (with_member(SHEET, b"\x00\x01"), DAMAGED),
    "a sheet cut short": (with_member(SHEET, b"<worksheet><sheetData><row r='1'>"), DAMAGED),
    "a sheet that grows without end when it is read": (with_member(SHEET, BOMB), DAMAGED),
    "a workbook without its list of sheets": (without_member("xl/workbook.xml"), DAMAGED),
    "a workbook with a damaged style": (with_member("xl/styles.xml", b"<styleSheet><cellXfs/>"), DAMAGED),
    "a member whose content is damaged": (with_hole(good()), DAMAGED),
}


@pytest.mark.parametrize("title", CASES)
def test_a_file_that_is_no_good_workbook_is_one_sentence_with_its_name(title):
    data, what = CASES[title]
    with pytest.raises(ToolkitError) as told:
        read(data, name="forms/mf/<b>.xlsx")
    assert str(told.value) == f"forms/mf/<b>.xlsx: {what}; допускается: {ALLOWED}"


def test_a_workbook_that_lost_its_only_sheet_has_no_form():
    with pytest.raises(ToolkitError, match="в книге нет формы приложения"):
        read(without_member(SHEET))


def test_what_is_embedded_is_never_opened():
    assert list_values(read(with_member("xl/embeddings/oleObject1.bin", b"MZ"))) == VALUES["1"]


@pytest.mark.parametrize("mark", [b"<c/>", b'<x:c r="A1" />'])
def test_a_sheet_of_too_many_cells_is_refused_before_it_is_loaded(mark, monkeypatch):
    def fail(*_, **__):
        raise AssertionError("the sheet was loaded")

    monkeypatch.setattr("openpyxl.load_workbook", fail)
    data = with_member(SHEET, b"<worksheet><sheetData><row>" + mark * 300_001)
    with pytest.raises(ToolkitError, match="на листе больше 300000 ячеек"):
        read(data)


def test_an_archive_that_declares_too_much_is_refused_before_anything_is_unpacked(monkeypatch):
    data = declare(good(), SHEET, 40_000_000)

    def fail(*_):
        raise AssertionError("a member was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)
    monkeypatch.setattr(zipfile.ZipFile, "read", fail)
    with pytest.raises(ToolkitError, match="книга распаковывается в 40 МБ; допускается: не больше 30 МБ"):
        read(data)


def test_an_archive_that_lies_about_its_size_is_refused_without_unpacking_it_all():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    honest = with_member(SHEET, b"<worksheet/>")
    with zipfile.ZipFile(BytesIO(honest)) as archive:
        member = archive.getinfo(SHEET)
    start = member.header_offset + 30 + len(SHEET)
    data = declare(swap(honest, start, member.compress_size, zeros), SHEET, 1000)
    tracemalloc.start()
    with pytest.raises(ToolkitError, match=DAMAGED):
        read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000


def swap(data, start, length, content):
    """Put another packed content into an archive, in the place of its last member's."""
    spoilt = bytearray(data[:start] + content + data[start + length :])
    moved = len(content) - length
    for mark, at_size, at_name in ((b"PK\x03\x04", 18, 30), (b"PK\x01\x02", 20, 46)):
        at = spoilt.rfind(mark)
        assert spoilt[at + at_name :].startswith(SHEET.encode())
        spoilt[at + at_size : at + at_size + 4] = struct.pack("<I", len(content))
    end = spoilt.rfind(b"PK\x05\x06")
    (directory,) = struct.unpack("<I", spoilt[end + 16 : end + 20])
    spoilt[end + 16 : end + 20] = struct.pack("<I", directory + moved)
    return bytes(spoilt)


def test_a_list_that_cannot_tell_leaves_no_share_and_is_named_once():
    found = read(save(type_form("8")), systems=Systems(unknown=True))
    assert (list_values(found), found.diagnostics) == (VALUES["8"], [])
    assert list_warnings(found) == [
        "forms/mf/form.xlsx: предупреждение: доли не показаны: список систем не читается"
    ]
    assert len(found.problems) == 1
