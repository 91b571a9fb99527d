"""Bytes of a text file into text, in the encoding they are most likely in; damage stays visible."""

from __future__ import annotations

import codecs

from toolkit.errors import Place, ToolkitError, one_line

DAMAGE = "\ufffd"

_TEXT = "текстовая таблица .csv в кодировке UTF-8 или Windows-1251"
_SIGNATURES = {
    b"PK\x03\x04": ("это книга Excel под именем .csv", "книга под именем {stem}.xlsx"),
    b"\xd0\xcf\x11\xe0": ("это книга старого Excel под именем .csv", "книга, сохранённая как {stem}.xlsx"),
    codecs.BOM_UTF16_LE: ("файл в кодировке UTF-16", _TEXT),
    codecs.BOM_UTF16_BE: ("файл в кодировке UTF-16", _TEXT),
}
_LOOKS = {"{": "JSON", "[": "JSON", "<": "страницу HTML или XML", "%PDF": "документ PDF"}


def decode(data: bytes, source: str) -> str:
    """Decode a text file as UTF-8 or Windows-1251.

    Parameters:
        data: the bytes of the file.
        source: its name, for the message.

    Returns:
        The text; bytes that mean nothing become U+FFFD.

    Raises:
        ToolkitError: the bytes are no text, or there is nothing in them.

    Source:
        Encodings in which office programs of the country save tables.

    Example:
        >>> decode("код".encode("cp1251"), "agencies.csv")
        'код'
    """
    _refuse_what_is_no_text(data, source)
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace")
    damaged = text.count(DAMAGE)
    # A damaged UTF-8 file is sound almost everywhere; Windows-1251 read as UTF-8 almost nowhere.
    if damaged and not data.startswith(codecs.BOM_UTF8) and _count_sound(text) < damaged:
        text = data.decode("cp1251", errors="replace")
    if not text.strip():
        raise ToolkitError("файл пуст", "первая строка с именами столбцов и данные под ней", Place(source))
    return text


def liken(text: str) -> str:
    """Return a phrase that says what a text that is no table resembles, or nothing."""
    start = text.lstrip()
    return next((f"; файл похож на {look}" for sign, look in _LOOKS.items() if start.startswith(sign)), "")


def _count_sound(text: str) -> int:
    return sum(not character.isascii() and character != DAMAGE for character in text)


def _refuse_what_is_no_text(data: bytes, source: str) -> None:
    for signature, (what, allowed) in _SIGNATURES.items():
        if data.startswith(signature):
            stem = one_line(source.rpartition(".")[0])
            raise ToolkitError(what, allowed.replace("{stem}", stem), Place(source))
    if b"\0" in data:
        raise ToolkitError("это не текст: в файле есть нулевые байты", _TEXT, Place(source))
