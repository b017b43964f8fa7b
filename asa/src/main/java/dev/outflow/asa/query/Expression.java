package dev.outflow.asa.query;

import java.util.List;
import java.util.Optional;

/** An expression. */
public sealed interface Expression {
  /** Returns where the expression begins. */
  Position at();

  /** A text; in double quotes it may be meant as a name. */
  record Text(String value, boolean isDoubleQuoted, Position at) implements Expression {}

  /** A number as written. */
  record Numeral(String value, Position at) implements Expression {}

  /** NULL. */
  record Null(Position at) implements Expression {}

  /** A column, or a field of one: {@code input.column.field}; never empty. */
  record Column(List<Name> path, Position at) implements Expression {
    public Column {
      path = List.copyOf(path);
    }
  }

  /** A field of the result of a call: {@code System.Window().Id}. */
  record Field(Expression of, Name name, Position at) implements Expression {}

  /** The argument of {@code COUNT(*)}. */
  record AllRows(Position at) implements Expression {}

  /**
   * A call of a function.
   *
   * @param function in lowercase, with dots: {@code system.timestamp}, {@code udf.f}
   * @param written as written
   */
  record Call(
      String function,
      String written,
      boolean distinct,
      List<Expression> arguments,
      Optional<Over> over,
      Position at)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code -x}, {@code NOT x}, {@code ~x}; the operator is in uppercase. */
  record Unary(String operator, Expression operand, Position at) implements Expression {}

  /** {@code x + y}, {@code x AND y}, {@code x = y}; the operator is in uppercase. */
  record Binary(String operator, Expression left, Expression right, Position at)
      implements Expression {}

  /** CASE, with an operand or without. */
  record Case(
      Optional<Expression> operand, List<When> whens, Optional<Expression> otherwise, Position at)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  /** One WHEN ... THEN ... */
  record When(Expression condition, Expression result) {}

  /** CAST and TRY_CAST. */
  record Cast(boolean orNull, Expression operand, DataType type, Position at)
      implements Expression {}

  /** IN with a list. */
  record In(boolean negated, Expression operand, List<Expression> values, Position at)
      implements Expression {
    public In {
      values = List.copyOf(values);
    }
  }

  /** BETWEEN. */
  record Between(boolean negated, Expression operand, Expression low, Expression high, Position at)
      implements Expression {}

  /** LIKE. */
  record Like(
      boolean negated,
      Expression operand,
      Expression pattern,
      Optional<Expression> escape,
      Position at)
      implements Expression {}

  /** IS NULL. */
  record IsNull(boolean negated, Expression operand, Position at) implements Expression {}

  /**
   * OVER of an analytic function or of a session window.
   *
   * @param limit LIMIT DURATION(unit, length)
   * @param when WHEN condition
   */
  record Over(
      List<Expression> partitionBy,
      List<Order> orderBy,
      Optional<Call> limit,
      Optional<Expression> when,
      Position at) {
    public Over {
      partitionBy = List.copyOf(partitionBy);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** One key of ORDER BY. */
  record Order(Expression key, boolean descending) {}
}
