"""Tokens to tree: precedence climbing over the operators' table.

The grammar is that of CQL 1.5; each production stands in the docstring of its function. `level` in
them is the precedence of `operators`, a higher one binding tighter.
"""

from collections.abc import Callable

from backrec_cli.errors import syntax
from backrec_cli.expression import nodes
from backrec_cli.expression.lexer import END, NUMBER, WORD, ExpressionSyntaxError, Token, tokenize
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.operators import (
    ADDITION,
    BINARY,
    COMPONENTS,
    INEQUALITY,
    LEADING,
    MEMBERSHIP,
    NOT,
    OPEN,
    OUTSIDE,
    PLURALS,
    PRECISIONS,
    PREFIX,
    TIMING,
    TYPE,
)
from backrec_cli.expression.terms import TERM_WORDS, TermParser

MAX_DEPTH = 64
MAX_HEIGHT = 150
_FLAT_TOKENS = 150
_SAID: dict[str, type[nodes.NullTest]] = {
    "null": nodes.IsNull,
    "true": nodes.IsTrue,
    "false": nodes.IsFalse,
}
# The words that open something; most words are the first of a name, and need no further look.
_OPENING = TERM_WORDS | COMPONENTS | PLURALS.keys() | {
    "not", "exists", "cast", "difference", "duration", "convert", "start", "end",
    "minimum", "maximum",
}  # fmt: skip


def parse(text: str) -> Node:
    """Turn an expression into its tree; raise ExpressionSyntaxError where it is none."""
    tokens = tokenize(text)
    if tokens[0].kind == END:
        raise ExpressionSyntaxError(syntax.empty_expression())
    parser = _ExpressionParser(tokens)
    node = parser.expression()
    if parser.current.kind != END:
        if parser.current.text in OUTSIDE:
            current = parser.current
            raise ExpressionSyntaxError(syntax.outside_language(current.text, current.span))
        parser.refuse("an operator or the end")
    if len(tokens) > _FLAT_TOKENS:
        _check_height(node)
    return node


def _check_height(root: Node) -> None:
    """Refuse a tree that a recursive reader could not walk: 1 + 1 + 1 … grows one level a term."""
    level: list[Node] = [root]
    for _ in range(MAX_HEIGHT):
        level = [child for node in level for child in nodes.children(node)]
        if not level:
            return
    raise ExpressionSyntaxError(syntax.too_deep(MAX_HEIGHT, level[0].span))


class _ExpressionParser(TermParser):
    """Adds the operators to the terms."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.depth = 0

    def expression(self, minimum: int = OPEN) -> Node:
        """Expression = prefix {infix}, as far as the operators bind at `minimum` or tighter."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionSyntaxError(syntax.too_deep(MAX_DEPTH, self.current.span))
        start = self.current.start
        left = self._prefix(minimum)
        while True:
            text = self.current.text
            level = LEADING.get(text, -1)
            if level < minimum:
                break
            row = BINARY.get(text)
            if row is None:
                left = self._phrase(left, text, start)
            elif level <= INEQUALITY:
                left = self._loose(left, row.node, level, start)
            else:
                self.advance()
                right = self.expression(level + 1)
                left = row.node((left, right), self.since(start))
        self.depth -= 1
        return left

    def _loose(self, left: Node, made: type[nodes.Infix], level: int, start: int) -> Node:
        """Loose = expr ('and' expr)+ | expr ('or' expr)+ | expr operator expr.

        Operands of one `and` or `or` chain stay side by side.
        """
        text = self.advance().text
        operands = [left, self.expression(level + 1)]
        while made in (nodes.And, nodes.Or) and self.accept(text):
            operands.append(self.expression(level + 1))
        return made(tuple(operands), self.since(start))

    def _prefix(self, minimum: int) -> Node:
        """Prefix = ('not' | 'exists' | 'cast' | '-' | 'start of' | …) expr | term."""
        text = self.current.text
        if self.current.kind == WORD and text not in _OPENING:
            return self.name()
        if text in {"-", "+"}:
            return self._polarity()
        following = self.next_text()
        if following == "from" and text in COMPONENTS:
            return self._component()
        if following == "between" and text in PLURALS:
            return self._loosely(minimum, self._distance)
        match text:
            case "not" | "exists" | "cast" | "difference" | "duration":
                loose = self._distance if text[0] == "d" else self._condition
                return self._loosely(minimum, loose)
            case "convert":
                return self._convert()
            case "start" | "end" if following == "of":
                return self._boundary()
            case "minimum" | "maximum":
                start = self.advance().start
                made = nodes.MinValue if text == "minimum" else nodes.MaxValue
                return made((), self.type_specifier(), self.since(start))
            case _:
                return self.term()

    def _loosely(self, minimum: int, production: Callable[[], Node]) -> Node:
        """Parse a prefix that binds loosely, and so may not stand inside arithmetic as it is."""
        token = self.current
        if minimum > TYPE:
            raise ExpressionSyntaxError(syntax.needs_parentheses(token.text, token.span))
        return production()

    def _condition(self) -> Node:
        """Condition = ('not' | 'exists') expr[NOT] | 'cast' expr[TYPE] 'as' type."""
        token = self.advance()
        if token.text == "cast":
            operand = self.expression(TYPE + 1)
            self.expect("as")
            return nodes.Cast((operand,), self.type_specifier(), self.since(token.start))
        operand = self.expression(NOT)
        made = nodes.Not if token.text == "not" else nodes.Exists
        return made((operand,), self.since(token.start))

    def _polarity(self) -> Node:
        """Polarity = ('-' | '+') expr[PREFIX]; a sign before a number is part of the number."""
        token = self.advance()
        negative = token.text == "-"
        if self.current.kind == NUMBER:
            literal = self.number(negative=negative)
            return nodes.Literal(literal.value, literal.type, self.since(token.start))
        operand = self.expression(PREFIX)
        return nodes.Negate((operand,), self.since(token.start)) if negative else operand

    def _component(self) -> Node:
        """Component = ('year' | … | 'date' | 'time' | 'timezoneoffset') 'from' expr[PREFIX]."""
        token = self.advance()
        self.expect("from")
        operand = (self.expression(PREFIX),)
        name = "timezoneoffset" if token.text == "timezone" else token.text
        return nodes.DateTimeComponentFrom(operand, name, self.since(token.start))

    def _boundary(self) -> Node:
        """Boundary = ('start' | 'end') 'of' expr[PREFIX]."""
        token = self.advance()
        self.expect("of")
        made = nodes.Start if token.text == "start" else nodes.End
        return made((self.expression(PREFIX),), self.since(token.start))

    def _convert(self) -> Node:
        """Convert = 'convert' expr 'to' type."""
        start = self.advance().start
        operand = self.expression()
        self.expect("to")
        return nodes.Convert((operand,), self.type_specifier(), self.since(start))

    def _distance(self) -> Node:
        """Distance = ['duration' 'in' | 'difference' 'in'] plural 'between' low 'and' high."""
        token = self.current
        difference = token.text == "difference"
        if token.text in {"difference", "duration"}:
            self.advance()
            self.expect("in")
        unit = PLURALS.get(self.current.text)
        if unit is None:
            self.refuse("'days', 'hours' or another plural")
        self.advance()
        self.expect("between")
        low = self.expression(ADDITION)
        self.expect("and")
        operands = (low, self.expression(ADDITION))
        made = nodes.DifferenceBetween if difference else nodes.DurationBetween
        return made(operands, unit, self.since(token.start))

    def _phrase(self, left: Node, text: str, start: int) -> Node:
        """Phrase = 'is' … | 'as' type | ['properly'] 'between' … | '!~' expr | timing phrase."""
        match text:
            case "is":
                return self._is(left, start)
            case "as":
                self.advance()
                return nodes.As((left,), self.type_specifier(), self.since(start))
            case "in" | "contains":
                return self._membership(left, start)
            case "between" | "properly":
                return self._between(left, start)
            case "!~":
                self.advance()
                right = self.expression(TIMING)
                alike = nodes.Equivalent((left, right), self.since(start))
                return nodes.Not((alike,), alike.span)
            case _:
                return self._timing(left, start)

    def _is(self, left: Node, start: int) -> Node:
        """Is = expr 'is' ['not'] ('null' | 'true' | 'false') | expr 'is' type."""
        self.advance()
        negated = self.accept("not")
        said = _SAID.get(self.current.text)
        if said is None:
            if negated:
                self.refuse("'null', 'true' or 'false'")
            return nodes.Is((left,), self.type_specifier(), self.since(start))
        self.advance()
        test = said((left,), self.since(start))
        return nodes.Not((test,), test.span) if negated else test

    def _membership(self, left: Node, start: int) -> Node:
        """Membership = expr ('in' | 'contains') [precision 'of'] expr[MEMBERSHIP + 1]."""
        made = nodes.In if self.advance().text == "in" else nodes.Contains
        precision = self._precision_of()
        operands = (left, self.expression(MEMBERSHIP + 1))
        return made(operands, precision, self.since(start))

    def _between(self, left: Node, start: int) -> Node:
        """Between = expr ['properly'] 'between' expr[ADDITION] 'and' expr[ADDITION]."""
        made = nodes.ProperlyBetween if self.accept("properly") else nodes.Between
        self.expect("between")
        low = self.expression(ADDITION)
        self.expect("and")
        return made((left, low, self.expression(ADDITION)), self.since(start))

    def _timing(self, left: Node, start: int) -> Node:
        """Timing = expr phrase expr[TIMING + 1].

        phrase = 'same' [precision] ('as' | 'or' ('before' | 'after'))
        | ['on' 'or'] ('before' | 'after') ['or' 'on'] [precision 'of']
        """
        token = self.advance()
        if token.text == "same":
            precision = self._precision()
            made: type[nodes.Timing] = self._same()
        else:
            made = self._relation(token.text)
            precision = self._precision_of()
        return made((left, self.expression(TIMING + 1)), precision, self.since(start))

    def _same(self) -> "type[nodes.SameAs | nodes.SameOrBefore | nodes.SameOrAfter]":
        if self.accept("as"):
            return nodes.SameAs
        self.expect("or")
        return self._before_or_after(nodes.SameOrBefore, nodes.SameOrAfter)

    def _relation(self, text: str) -> type[nodes.Timing]:
        if text == "on":
            self.expect("or")
            return self._before_or_after(nodes.SameOrBefore, nodes.SameOrAfter)
        on = self.current.text == "or" and self.next_text() == "on"
        if on:
            self.advance()
            self.advance()
        if text == "before":
            return nodes.SameOrBefore if on else nodes.Before
        return nodes.SameOrAfter if on else nodes.After

    def _before_or_after(
        self, before: type[nodes.SameOrBefore], after: type[nodes.SameOrAfter]
    ) -> "type[nodes.SameOrBefore | nodes.SameOrAfter]":
        if self.accept("before"):
            return before
        self.expect("after")
        return after

    def _precision(self) -> str | None:
        name = PRECISIONS.get(self.current.text)
        if name is not None:
            self.advance()
        return name

    def _precision_of(self) -> str | None:
        """Precision = [precision 'of']."""
        if self.next_text() != "of" or self.current.text not in PRECISIONS:
            return None
        name = self._precision()
        self.expect("of")
        return name
