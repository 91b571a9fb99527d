from tests.servants_law.law import law

__all__ = ["law"]
