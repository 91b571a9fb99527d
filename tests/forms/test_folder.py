"""A folder of filled forms: what stands in it is read or named, whatever it is."""

import os
from pathlib import Path

import pytest

from tests.forms.sheets import list_values, list_warnings, save
from tests.forms.test_hostile_files import ALLOWED, FORMS, NOT_A_WORKBOOK, good
from tests.forms.typed import VALUES, type_form
from toolkit import load_methodology
from toolkit.intake.forms.reading import FormReader

FOLDERS = "допускается: forms/КОД_ОРГАНА/форма.xlsx"


@pytest.fixture
def reader():
    return FormReader({"mf": "central", "akimat": "local"}, load_methodology().inputs, {})


def test_files_of_a_campaign_are_read_by_their_headers_whatever_their_names(tmp_path, reader):
    folder = tmp_path / "forms" / "mf"
    folder.mkdir(parents=True)
    for annex, name in (("1", "<script>.xlsx"), ("2", "a\nb.XLSX"), ("7", "без расширения")):
        (folder / name).write_bytes(save(type_form(annex)))
    (folder / "~$annex_1.xlsx").write_bytes(b"who has it open")
    (folder / ".DS_Store").write_bytes(b"")
    found = reader.read_folder(tmp_path)
    assert list_values(found) == VALUES["1"] | VALUES["2"] | VALUES["7"]
    assert found.problems == []
    assert sorted(found.files) == ["forms/mf/<script>.xlsx", "forms/mf/a b.XLSX", "forms/mf/без расширения"]


def test_bad_files_of_a_campaign_are_one_problem_each_and_spoil_no_other(tmp_path, reader):
    folder = tmp_path / "forms" / "mf"
    (folder / "a folder.xlsx").mkdir(parents=True)
    (folder / "bad\n<b>.xlsx").write_bytes(b"<html>")
    (folder / "form.xlsx").write_bytes(save(type_form("1")))
    (folder / "empty.xlsx").write_bytes(b"")
    (tmp_path / "forms" / "mff").mkdir()
    (tmp_path / "forms" / "stray.xlsx").write_bytes(save(type_form("1")))
    found = reader.read_folder(tmp_path)
    assert list_values(found) == VALUES["1"]
    assert sorted(map(str, found.problems)) == [
        f"forms/mf/a folder.xlsx: файл не открывается: это папка; допускается: {FORMS}",
        f"forms/mf/bad <b>.xlsx: {NOT_A_WORKBOOK}; допускается: {ALLOWED}",
        f"forms/mf/empty.xlsx: {NOT_A_WORKBOOK}; допускается: {ALLOWED}",
        f"forms/mff: нет органа с таким кодом (ближайшее известное: mf), формы не прочитаны; {FOLDERS}",
        f"forms/stray.xlsx: файл лежит не в папке органа, не прочитан; {FOLDERS}",
    ]
    assert list(found.files) == ["forms/mf/form.xlsx"]


def test_a_form_too_large_is_refused_before_it_is_read(tmp_path, reader):
    file = tmp_path / "large.xlsx"
    with file.open("wb") as opened:
        opened.truncate(30_000_001)
    (said,) = reader.read_file(file, "forms/mf/large.xlsx", "mf").problems
    assert str(said).startswith("forms/mf/large.xlsx: файл слишком велик; допускается: до 30 МБ")


def test_a_campaign_without_forms_has_nothing_to_say(tmp_path, reader):
    found = reader.read_folder(tmp_path)
    assert (found.offers, found.problems, found.files) == ([], [], {})


def test_a_folder_that_may_not_be_opened_is_a_problem(tmp_path, reader, monkeypatch):
    for code in ("akimat", "mf"):
        (tmp_path / "forms" / code).mkdir(parents=True)
        (tmp_path / "forms" / code / "form.xlsx").write_bytes(save(type_form("1")))
    closed, look = tmp_path / "forms" / "akimat", Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: refuse() if folder == closed else look(folder))
    found = reader.read_folder(tmp_path)
    assert list_values(found) == VALUES["1"]
    assert [str(problem) for problem in found.problems] == [
        f"forms/akimat: папка не открывается: нет прав; {FOLDERS}"
    ]
    closed = tmp_path / "forms"
    (said,) = reader.read_folder(tmp_path).problems
    assert (str(said), said.warning) == (f"forms: папка не открывается: нет прав; {FOLDERS}", False)


def test_a_file_that_may_not_be_opened_is_a_problem(tmp_path, reader, monkeypatch):
    folder = tmp_path / "forms" / "mf"
    folder.mkdir(parents=True)
    (folder / "form.xlsx").write_bytes(good())
    monkeypatch.setattr(Path, "read_bytes", lambda _: refuse())
    (said,) = reader.read_folder(tmp_path).problems
    assert str(said).startswith("forms/mf/form.xlsx: файл не открывается: нет прав")


def refuse():
    raise PermissionError(13, "Permission denied")


def test_nothing_in_a_folder_that_may_not_be_entered_is_asked_what_it_is(tmp_path, reader, monkeypatch):
    (tmp_path / "forms" / "mf").mkdir(parents=True)
    (tmp_path / "forms" / "other").mkdir()
    look = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda path, **how: refuse() if path.parent.name == "forms" else look(path, **how)
    )
    said = [str(problem) for problem in reader.read_folder(tmp_path).problems]
    assert said == [f"forms/other: нет органа с таким кодом, формы не прочитаны; {FOLDERS}"]


@pytest.mark.parametrize("name", ["Forms", "FORMS"])
def test_a_folder_in_other_letters_is_named(name, tmp_path, reader):
    (tmp_path / name / "mf").mkdir(parents=True)
    assert list_warnings(reader.read_folder(tmp_path)) == [
        f"{name}: предупреждение: формы не прочитаны; допускается: папка forms"
    ]


def test_a_file_and_a_link_to_nothing_in_the_place_of_the_folder_are_named(tmp_path, reader):
    said = "forms: предупреждение: формы не прочитаны; допускается: папка forms"
    (tmp_path / "forms").write_bytes(good())
    assert list_warnings(reader.read_folder(tmp_path)) == [said]
    (tmp_path / "forms").unlink()
    (tmp_path / "forms").symlink_to(tmp_path / "gone")
    assert list_warnings(reader.read_folder(tmp_path)) == [said]


def test_what_is_no_plain_file_is_not_opened(tmp_path, reader):
    (tmp_path / "forms" / "mf").mkdir(parents=True)
    os.mkfifo(tmp_path / "forms" / "mf" / "pipe.xlsx")
    (tmp_path / "forms" / "mf" / "zero.xlsx").symlink_to("/dev/zero")
    said = [str(problem) for problem in reader.read_folder(tmp_path).problems]
    assert said == [
        f"forms/mf/{name}.xlsx: это не обычный файл; допускается: {FORMS}" for name in ("pipe", "zero")
    ]
