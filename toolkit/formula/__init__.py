"""Formulas of the orders: a restricted grammar, an immutable tree and its renderings."""
