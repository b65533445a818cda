"""The terms of an expression: literals, names, calls, choices, lists, intervals and tuples."""

from abc import ABC, abstractmethod

from backrec_cli.errors import Diagnostic, syntax
from backrec_cli.expression import lexer, literals, nodes
from backrec_cli.expression.lexer import TEXT, WORD, ExpressionSyntaxError, Token
from backrec_cli.expression.nodes import Literal, Node
from backrec_cli.expression.operators import LEADING, OPEN, OUTSIDE, PLURALS, PRECISIONS, RESERVED
from backrec_cli.expression.tokens import TokenCursor
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    QUANTITY,
    SIMPLE_TYPES,
    Type,
    interval_of,
    list_of,
)
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_CONSTANTS: dict[str, tuple[Truth | None, Type]] = {
    "true": (Truth.TRUE, BOOLEAN),
    "false": (Truth.FALSE, BOOLEAN),
    "null": (None, ANY),
}
# ELM's functions that have an operator of their own here.
_CALLED_OPERATORS: dict[str, type[nodes.NullTest | nodes.Exists]] = {
    "IsNull": nodes.IsNull,
    "IsTrue": nodes.IsTrue,
    "IsFalse": nodes.IsFalse,
    "Exists": nodes.Exists,
}
DURATION_UNITS = PRECISIONS | PLURALS
TERM_WORDS = _CONSTANTS.keys() | {"if", "case", "Interval", "Tuple", "List"}
_NO_NAMES = OUTSIDE | LEADING.keys() | RESERVED


class TermParser(TokenCursor, ABC):
    """Parses what an operator can stand between."""

    @abstractmethod
    def expression(self, minimum: int = OPEN) -> Node:
        """Parse an expression whose operators bind at least as tightly as `minimum`."""

    def term(self) -> Node:
        """Term = literal | name | call | if | case | list | interval | tuple | '(' expr ')'."""
        token = self.current
        match token.kind, token.text:
            case lexer.NUMBER, _:
                return self.number()
            case lexer.TEXT, _:
                return literals.text_literal(self.advance())
            case lexer.MOMENT, _:
                return literals.moment(self.advance())
            case lexer.WORD, _:
                return self._word()
            case _, "(":
                return self._parenthesis()
            case _, "{":
                return self._braces()
            case _, "[":
                raise ExpressionSyntaxError(syntax.outside_language("[", token.span))
            case _:
                return self.refuse("a value")

    def number(self, *, negative: bool = False) -> Literal:
        """Number = digits ['.' digits] [text | duration unit] | digits 'L'."""
        token = self.advance()
        unit = self.current
        if unit.kind == TEXT:
            name = literals.text(self.advance())
            name = DURATION_UNITS.get(name, name)
        elif unit.kind == WORD and unit.text in DURATION_UNITS and self._is_unit():
            name = DURATION_UNITS[self.advance().text]
        else:
            return literals.number(token, negative=negative)
        value = literals.quantity_value(token)
        quantity = Quantity(value.copy_negate() if negative and value else value, name or "1")
        return Literal(quantity, QUANTITY, self.since(token.start))

    def _is_unit(self) -> bool:
        """Whether the word is the unit of the number before it, not `year from` or `days of`."""
        return self.next_text() not in {"from", "of"}

    def _word(self) -> Node:
        text = self.current.text
        if text in _CONSTANTS:
            value, kind = _CONSTANTS[text]
            return Literal(value, kind, self.advance().span)
        match text:
            case "if":
                return self._if()
            case "case":
                return self._case()
            case "Interval" if self.next_text() in {"[", "("}:
                return self._interval()
            case "Tuple" if self.next_text() == "{":
                self.advance()
                return self._tuple()
            case "List" if self.next_text() in {"{", "<"}:
                return self._typed_list()
            case _:
                return self.name()

    def name(self) -> Node:
        """Name = word {'.' word} ['(' [expr {',' expr}] ')'], the first word not reserved."""
        token = self.advance()
        if token.text in _NO_NAMES:
            raise ExpressionSyntaxError(self._no_name(token))
        parts = [token.text]
        while self.current.text == "." and self.tokens[self.place + 1].kind == WORD:
            self.advance()
            parts.append(self.advance().text)
        if self.current.text == "(":
            return self._call(".".join(parts), token.start)
        return nodes.Name(tuple(parts), self.since(token.start))

    def _no_name(self, token: Token) -> Diagnostic:
        if token.text in OUTSIDE:
            return syntax.outside_language(token.text, token.span)
        if token.text in LEADING:
            return self._unexpected(token, "a value")
        return syntax.reserved_word(token.text, token.span)

    def _call(self, name: str, start: int) -> Node:
        self.expect("(")
        operands = self._expressions(")")
        span = self.since(start)
        called = _CALLED_OPERATORS.get(name)
        if called is not None and len(operands) == 1:
            return called(operands, span)
        return nodes.FunctionRef(name, operands, span)

    def _expressions(self, closing: str) -> tuple[Node, ...]:
        """Read expressions with commas between them, up to and with a closing bracket."""
        found: list[Node] = []
        if not self.accept(closing):
            found.append(self.expression())
            while self.accept(","):
                found.append(self.expression())
            if self.current.text != closing:
                self.refuse(f"',' or '{closing}'")
            self.advance()
        return tuple(found)

    def _parenthesis(self) -> Node:
        self.advance()
        inner = self.expression()
        if self.current.text != ")":
            self.refuse("an operator or ')'")
        self.advance()
        return inner

    def _if(self) -> Node:
        """If = 'if' expr 'then' expr 'else' expr."""
        start = self.advance().start
        condition = self.expression()
        self.expect("then")
        chosen = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return nodes.If((condition, chosen, otherwise), self.since(start))

    def _case(self) -> Node:
        """Case = 'case' [expr] {'when' expr 'then' expr} 'else' expr 'end'."""
        start = self.advance().start
        selected = self.current.text != "when"
        operands = [self.expression()] if selected else []
        if self.current.text != "when":
            self.refuse("'when'")
        while self.accept("when"):
            operands.append(self.expression())
            self.expect("then")
            operands.append(self.expression())
        self.expect("else")
        operands.append(self.expression())
        self.expect("end")
        made = nodes.SelectedCase if selected else nodes.Case
        return made(tuple(operands), self.since(start))

    def _braces(self) -> Node:
        """List = '{' [expr {',' expr}] '}'; a name and a colon make it a tuple."""
        if self.next_text(2) == ":" or self.next_text() == ":":
            return self._tuple()
        start = self.advance().start
        return nodes.ListSelector(self._expressions("}"), self.since(start))

    def _typed_list(self) -> Node:
        """TypedList = 'List' ['<' type '>'] '{' … '}'."""
        start = self.advance().start
        kind = None
        if self.accept("<"):
            kind = list_of(self.type_specifier())
            self.expect(">")
        self.expect("{")
        made = nodes.ListSelector(self._expressions("}"), self.since(start))
        return made if kind is None else nodes.As((made,), kind, made.span)

    def _interval(self) -> Node:
        """Interval = 'Interval' ('[' | '(') expr ',' expr (']' | ')')."""
        start = self.advance().start
        low_closed = self.advance().text == "["
        low = self.expression()
        self.expect(",")
        high = self.expression()
        if self.current.text not in {"]", ")"}:
            self.refuse("']' or ')'")
        high_closed = self.advance().text == "]"
        return nodes.IntervalSelector((low, high), low_closed, high_closed, self.since(start))

    def _tuple(self) -> Node:
        """Tuple = ['Tuple'] '{' name ':' expr {',' name ':' expr} '}'."""
        start = self.expect("{").start
        names: list[str] = []
        operands: list[Node] = []
        if not self.accept(":"):
            while not names or self.accept(","):
                if self.current.kind != WORD or self.current.text in names:
                    self.refuse("a new element name")
                names.append(self.advance().text)
                self.expect(":")
                operands.append(self.expression())
        self.expect("}")
        return nodes.TupleSelector(tuple(names), tuple(operands), self.since(start))

    def type_specifier(self) -> Type:
        """Type = ['System' '.'] name | ('List' | 'Interval') '<' type '>'."""
        if self.current.text == "System" and self.next_text() == ".":
            self.advance()
            self.advance()
        name = self.current.text
        if name in {"List", "Interval"}:
            self.advance()
            self.expect("<")
            element = self.type_specifier()
            self.expect(">")
            return list_of(element) if name == "List" else interval_of(element)
        if name not in SIMPLE_TYPES:
            self.refuse("a type")
        self.advance()
        return SIMPLE_TYPES[name]
