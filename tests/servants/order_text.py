"""The order of 2025 as its text prints it, read with patterns alone, where it lies next to the project."""

import re
from pathlib import Path

TEXT = Path(__file__).resolve().parents[3] / "shared" / "law" / "order_2025_121.txt"
# Capital letters that look alike in both alphabets, as the order itself mixes them.
TWINS = str.maketrans("АВСЕО", "ABCEO")
_ROW = re.compile(r"^(\d+)(?: и выше|-(\d+,\d+)) (\d(?:,\d+)?)(?:-(\d,\d+))?$", re.MULTILINE)
_SCALE = re.compile(r"^(\d)(?: - (\d,\d+)| и более) баллов – «(\w+)»", re.MULTILINE)
_PARAMETER = re.compile(r"^ ?([1-5])\. ?(\D.+?)\n\n", re.MULTILINE | re.DOTALL)
_CAP = re.compile(r"оценка не мо-?\s?жет превышать (\d,\d\d) бал")


def read_order():
    return TEXT.read_text("utf-8")


def join_words(text):
    """Return a text on one line, the words that a line break parts being whole again."""
    return " ".join(re.sub(r"(?<=[а-яё])-\n(?=[а-яё])", "", text).split())


def cut(text, start, end):
    """Return what stands between two phrases."""
    return text.partition(start)[2].partition(end)[0]


def split_methods(text):
    """Return the text of the method of corps A and that of corps B, annexes included."""
    start = text.index("Типовая методика оценки деятельности административных \nгосударственных служащих")
    return text[:start], text[start:]


def read_annex(text, title, end):
    """Return the rows of a table of marks as printed: from, to, low, high, an empty text for what is not."""
    return _ROW.findall(cut(text, title, end))


def read_scale(text, start, end):
    """Return the rows of a scale of corps A as printed: from, to, label."""
    return _SCALE.findall(cut(text, start, end))


def read_results(text):
    """Return the rows of the scale of corps B as printed: from, to, label."""
    point = join_words(cut(text, "\n8. Результаты оценки", "\n9. "))
    said = re.findall(
        r"«(Выполняет [\w ]+)»(?: соответствует диапазон оценок)? от (\d) до (\d(?:,\d+)?)", point
    )
    return [(start, end, label) for label, start, end in said]


def read_listed_results(text):
    """Return the results that point 8 lists, the best first."""
    point = join_words(cut(text, "по следующей градации:", "Результату"))
    return re.findall(r"«(Выполняет [\w ]+)»", point)


def read_parameters(text, title):
    """Return the five parameters of a form of corps B."""
    found = _PARAMETER.findall(cut(text, title, "Средняя итоговая оценка"))
    return [(int(number), join_words(name)) for number, name in found]


def read_caps(text, title):
    """Return both caps of a form of corps B."""
    return _CAP.findall(join_words(cut(text, title, "Средняя итоговая оценка")))


def read_positions(text, start, end):
    """Return the categories between two phrases, each with what stands in brackets after it."""
    # A category itself may be parted at its hyphen: «C-» at the end of a line, «O-1» on the next.
    joined = re.sub(r"-\n", "-", cut(text, start, end))
    said = " ".join(joined.split())
    pairs = re.findall(r"([A-ZА-Я](?:-[A-ZА-Я])?-\d)(?: \(([^)]*)\))?", said)
    return {grade.translate(TWINS): words for grade, words in pairs}
