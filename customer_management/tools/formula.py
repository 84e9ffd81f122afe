"""Formulas over named numbers: what an administrator may type, and nothing else."""

import ast
import keyword
import re
from math import isfinite

from odoo.tools import float_round
from odoo.tools.safe_eval import safe_eval

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
# Longer than any formula for people, and short enough to be checked in no time.
MOST_LETTERS = 500
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
SHAPES = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Load)


class FormulaError(ValueError):
    """What is wrong with a formula: a reason (syntax, part, name, number) and the piece it is about."""

    def __init__(self, reason, piece=""):
        super().__init__(reason, piece)
        self.reason = reason
        self.piece = piece


def _round(value, digits=0):
    """Round half away from zero, as people do by hand."""
    return float_round(value, precision_digits=int(min(max(digits, 0), 12)))


FUNCTIONS = {"min": min, "max": max, "round": _round, "abs": abs}


def is_name(text):
    """Return whether a code can be a name in a formula."""
    return bool(NAME.match(text)) and text not in FUNCTIONS and not keyword.iskeyword(text)


class _Floats(ast.NodeTransformer):
    """Turns whole numbers into floats: a power of floats overflows at once instead of counting for hours."""

    def visit_Constant(self, node):
        return ast.Constant(float(node.value))


def compile_formula(text, names):
    """Return a formula as it is to be evaluated.

    :param str text: numbers, names, + - * / **, comparisons, ``a if b else c``, min, max, round, abs
    :param names: the names that it may use
    :raises FormulaError: when there is anything else in it
    """
    text = (text or "").strip()
    if not text or len(text) > MOST_LETTERS:
        raise FormulaError("syntax", text[:40])
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError("syntax", text[:40]) from error
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _check_node(node, names, called)
    return ast.unparse(ast.fix_missing_locations(_Floats().visit(tree)))


def _check_node(node, names, called):
    """Refuse a piece of a formula that is not arithmetic with known names."""
    if isinstance(node, ast.Name):
        allowed = FUNCTIONS if id(node) in called else names
        if node.id not in allowed:
            raise FormulaError("name", node.id)
    elif isinstance(node, ast.Constant):
        if type(node.value) not in (int, float) or not isfinite(_float(node.value)):
            raise FormulaError("number", str(node.value)[:40])
    elif isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.keywords or not node.args:
            raise FormulaError("part", ast.unparse(node)[:40])
    elif not isinstance(node, (*SHAPES, *OPERATORS, *COMPARISONS)):
        raise FormulaError("part", ast.unparse(node)[:40] or type(node).__name__)


def _float(value):
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def evaluate_formula(text, values):
    """Return what a formula gives, or None when that is missing.

    It is missing when a number that the formula needs is missing, when it divides by zero, or when the
    result is too large for a number.

    :param dict values: the numbers by name; None where one is missing
    :raises FormulaError: when the formula is none, or gives something else than a number
    """
    compiled = compile_formula(text, values)
    known = {name: float(value) for name, value in values.items() if value is not None}
    try:
        result = safe_eval(compiled, {**known, **FUNCTIONS})
    except (ZeroDivisionError, OverflowError):
        return None
    except ValueError as error:
        if isinstance(error.__context__, (NameError, OverflowError)):
            return None
        raise FormulaError("number", text[:40]) from error
    if not isinstance(result, (int, float)):
        raise FormulaError("number", text[:40])
    return float(result) if isfinite(result) else None
