from tests.rules.law import law

__all__ = ["law"]
