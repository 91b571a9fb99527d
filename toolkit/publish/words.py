"""The few words that a page carries of its own, beside what its notebook says."""

from __future__ import annotations

_WORDS = {
    "ru": {
        "all": "Все органы",
        "chart": "Диаграмма",
        "code": "Код, которым построена эта страница",
        "contents": "Содержание",
        "data": "Данные диаграммы",
        "details": "Подробности",
        "skip": "Перейти к содержанию страницы",
    },
    "kk": {
        "all": "Барлық органдар",
        "chart": "Диаграмма",
        "code": "Осы бетті құрған код",
        "contents": "Мазмұны",
        "data": "Диаграмма деректері",
        "details": "Толығырақ",
        "skip": "Беттің мазмұнына өту",
    },
    "en": {
        "all": "All agencies",
        "chart": "Chart",
        "code": "The code that made this page",
        "contents": "Contents",
        "data": "Data of the chart",
        "details": "Details",
        "skip": "Skip to the content",
    },
}


def words(language: str) -> dict[str, str]:
    """Return the words of a language, the Russian ones where the language is not known.

    Example:
        >>> words("kk")["contents"]
        'Мазмұны'
    """
    return _WORDS.get(language, _WORDS["ru"])
