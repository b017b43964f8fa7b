package dev.outflow.asa.query;

import static dev.outflow.asa.query.Token.Kind.BRACKETED;
import static dev.outflow.asa.query.Token.Kind.DOUBLE_QUOTED;
import static dev.outflow.asa.query.Token.Kind.NUMBER;
import static dev.outflow.asa.query.Token.Kind.SYMBOL;
import static dev.outflow.asa.query.Token.Kind.TEXT;
import static dev.outflow.asa.query.Token.Kind.WORD;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses expressions by recursive descent, from OR down to names and calls. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS =
      Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "!<", "!>");

  private final TokenCursor tokens;

  ExpressionParser(TokenCursor tokens) {
    this.tokens = tokens;
  }

  Expression expression() {
    tokens.enter();
    Expression left = binary(this::and, Set.of("OR"));
    tokens.leave();
    return left;
  }

  private Expression and() {
    return binary(this::not, Set.of("AND"));
  }

  private Expression not() {
    Token token = tokens.peek();
    if (tokens.skip("NOT")) {
      tokens.enter();
      Expression operand = not();
      tokens.leave();
      return new Expression.Unary("NOT", operand, token.at());
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    while (true) {
      Position at = tokens.peek().at();
      boolean negated =
          (tokens.isAt("NOT", "IN") || tokens.isAt("NOT", "LIKE") || tokens.isAt("NOT", "BETWEEN"))
              && tokens.skip("NOT");
      if (tokens.skip("IS")) {
        boolean isNot = tokens.skip("NOT");
        tokens.expect("NULL");
        left = new Expression.IsNull(isNot, left, at);
      } else if (tokens.skip("IN")) {
        tokens.expect("(");
        left = new Expression.In(negated, left, list(")"), at);
      } else if (tokens.skip("LIKE")) {
        Expression pattern = sum();
        Optional<Expression> escape = tokens.skip("ESCAPE") ? Optional.of(sum()) : Optional.empty();
        left = new Expression.Like(negated, left, pattern, escape, at);
      } else if (tokens.skip("BETWEEN")) {
        Expression low = sum();
        tokens.expect("AND");
        left = new Expression.Between(negated, left, low, sum(), at);
      } else if (tokens.peek().kind() == SYMBOL && COMPARISONS.contains(tokens.peek().text())) {
        String operator = tokens.next().text();
        left = new Expression.Binary(operator, left, sum(), at);
      } else {
        return left;
      }
    }
  }

  private Expression sum() {
    return binary(this::product, Set.of("+", "-", "||", "&", "|", "^"));
  }

  private Expression product() {
    return binary(this::unary, Set.of("*", "/", "%"));
  }

  private Expression binary(Supplier<Expression> operand, Set<String> operators) {
    Expression left = operand.get();
    while (isOperator(operators)) {
      Token operator = tokens.next();
      left = new Expression.Binary(TokenCursor.upper(operator), left, operand.get(), operator.at());
    }
    return left;
  }

  private boolean isOperator(Set<String> operators) {
    Token token = tokens.peek();
    return (token.kind() == SYMBOL || token.kind() == WORD)
        && operators.contains(TokenCursor.upper(token));
  }

  private Expression unary() {
    Token token = tokens.peek();
    if (token.is("-") || token.is("+") || token.is("~")) {
      tokens.next();
      tokens.enter();
      Expression operand = unary();
      tokens.leave();
      return new Expression.Unary(token.text(), operand, token.at());
    }
    Expression primary = primary();
    while (tokens.isAt(".") && !tokens.peek(1).is("*")) {
      tokens.next();
      primary = new Expression.Field(primary, part(), token.at());
    }
    return primary;
  }

  private Expression primary() {
    Token token = tokens.peek();
    if (token.is("(")) {
      tokens.next();
      Expression inner = expression();
      tokens.expect(")");
      return inner;
    }
    if (token.kind() == NUMBER) {
      return new Expression.Numeral(tokens.next().text(), token.at());
    }
    if (token.kind() == TEXT) {
      return new Expression.Text(tokens.next().text(), false, token.at());
    }
    if (token.kind() == DOUBLE_QUOTED && !tokens.peek(1).is(".")) {
      return new Expression.Text(tokens.next().text(), true, token.at());
    }
    if (token.is("NULL")) {
      tokens.next();
      return new Expression.Null(token.at());
    }
    if (token.is("CASE")) {
      return cases();
    }
    if ((token.is("CAST") || token.is("TRY_CAST")) && tokens.peek(1).is("(")) {
      return cast();
    }
    boolean function = (token.is("LEFT") || token.is("RIGHT")) && tokens.peek(1).is("(");
    if (token.isName() || function) {
      return path();
    }
    throw tokens.expected("an expression");
  }

  /** A column or a call. */
  private Expression path() {
    Token first = tokens.next();
    List<Name> path = new ArrayList<>(List.of(first.name()));
    boolean plain = first.kind() == WORD;
    while (tokens.isAt(".") && !tokens.peek(1).is("*")) {
      tokens.next();
      plain &= tokens.peek().kind() == WORD;
      path.add(part());
    }
    if (plain && tokens.isAt("(")) {
      return call(path, first.at());
    }
    return new Expression.Column(path, first.at());
  }

  /** After a dot, every word is a name. */
  private Name part() {
    Token token = tokens.peek();
    if (token.kind() == WORD || token.kind() == BRACKETED || token.kind() == DOUBLE_QUOTED) {
      return tokens.next().name();
    }
    throw tokens.expected("a name");
  }

  private Expression.Call call(List<Name> path, Position at) {
    String written = String.join(".", path.stream().map(Name::text).toList());
    tokens.expect("(");
    Token star = tokens.peek();
    boolean distinct = tokens.skip("DISTINCT");
    List<Expression> arguments;
    if (star.is("*") && tokens.peek(1).is(")")) {
      tokens.next();
      tokens.next();
      arguments = List.of(new Expression.AllRows(star.at()));
    } else {
      arguments = list(")");
    }
    return new Expression.Call(
        written.toLowerCase(Locale.ROOT), written, distinct, arguments, over(), at);
  }

  /** Expressions up to a closing parenthesis; ORDER BY after a value is that of CollectTop. */
  private List<Expression> list(String close) {
    List<Expression> values = new ArrayList<>();
    while (!tokens.skip(close)) {
      if (!values.isEmpty()) {
        tokens.expect(",");
      }
      values.add(expression());
    }
    return values;
  }

  private Optional<Expression.Over> over() {
    Position at = tokens.peek().at();
    if (!tokens.skip("OVER", "(")) {
      return Optional.empty();
    }
    List<Expression> partition = new ArrayList<>();
    List<Expression.Order> order = new ArrayList<>();
    Optional<Expression.Call> limit = Optional.empty();
    Optional<Expression> when = Optional.empty();
    while (!tokens.skip(")")) {
      if (tokens.skip("PARTITION", "BY")) {
        do {
          partition.add(expression());
        } while (tokens.skip(","));
      } else if (tokens.skip("ORDER", "BY")) {
        do {
          Expression key = expression();
          boolean descending = tokens.skip("DESC");
          tokens.skip("ASC");
          order.add(new Expression.Order(key, descending));
        } while (tokens.skip(","));
      } else if (tokens.isAt("LIMIT", "DURATION")) {
        tokens.next();
        limit = Optional.of(duration());
      } else if (tokens.skip("WHEN")) {
        when = Optional.of(expression());
      } else {
        throw tokens.expected("PARTITION BY, ORDER BY, LIMIT DURATION, WHEN or ')'");
      }
    }
    return Optional.of(new Expression.Over(partition, order, limit, when, at));
  }

  /** Parses {@code DURATION(unit, length)}. */
  Expression.Call duration() {
    Token name = tokens.expect("DURATION");
    return call(List.of(name.name()), name.at());
  }

  private Expression cases() {
    Position at = tokens.next().at();
    Optional<Expression> operand =
        tokens.isAt("WHEN") ? Optional.empty() : Optional.of(expression());
    List<Expression.When> whens = new ArrayList<>();
    while (tokens.skip("WHEN")) {
      Expression condition = expression();
      tokens.expect("THEN");
      whens.add(new Expression.When(condition, expression()));
    }
    if (whens.isEmpty()) {
      throw tokens.expected("WHEN");
    }
    Optional<Expression> otherwise =
        tokens.skip("ELSE") ? Optional.of(expression()) : Optional.empty();
    tokens.expect("END");
    return new Expression.Case(operand, whens, otherwise, at);
  }

  private Expression cast() {
    Token name = tokens.next();
    tokens.expect("(");
    Expression operand = expression();
    tokens.expect("AS");
    DataType type = type();
    tokens.expect(")");
    return new Expression.Cast(name.is("TRY_CAST"), operand, type, name.at());
  }

  DataType type() {
    Token name = tokens.peek();
    if (name.kind() != WORD && name.kind() != BRACKETED) {
      throw tokens.expected("a type");
    }
    tokens.next();
    List<String> arguments = new ArrayList<>();
    if (tokens.skip("(")) {
      while (!tokens.skip(")")) {
        Token argument = tokens.next();
        if (argument.kind() != WORD && argument.kind() != NUMBER && !argument.is(",")) {
          throw new TokenCursor.SyntaxException(
              argument.at(), "expected ')', found " + argument.shown());
        }
        if (!argument.is(",")) {
          arguments.add(argument.text());
        }
      }
    }
    return new DataType(name.text().toLowerCase(Locale.ROOT), arguments, name.at());
  }
}
