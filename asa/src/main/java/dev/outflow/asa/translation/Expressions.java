package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Translates the expressions of one query. */
final class Expressions {
  private final Scope scope;
  private final Notes notes;
  private final Function<Position, Sql> timestamp;
  private final Map<Expression, Sql> computed;
  private final Map<String, Expression> aliases;
  private final boolean aggregates;
  private final Function<Position, Sql> rowTimestamp;

  /**
   * @param timestamp the value of System.Timestamp()
   * @param computed the columns of calls with OVER, which a view computes
   * @param aliases the expressions of SELECT by name, for HAVING
   * @param aggregates whether aggregate functions are allowed
   */
  Expressions(
      Scope scope,
      Notes notes,
      Function<Position, Sql> timestamp,
      Map<Expression, Sql> computed,
      Map<String, Expression> aliases,
      boolean aggregates) {
    this(scope, notes, timestamp, computed, aliases, aggregates, timestamp);
  }

  /**
   * @param rowTimestamp the value of System.Timestamp() in the arguments of aggregate functions
   */
  Expressions(
      Scope scope,
      Notes notes,
      Function<Position, Sql> timestamp,
      Map<Expression, Sql> computed,
      Map<String, Expression> aliases,
      boolean aggregates,
      Function<Position, Sql> rowTimestamp) {
    this.scope = scope;
    this.notes = notes;
    this.timestamp = timestamp;
    this.computed = computed;
    this.aliases = aliases;
    this.aggregates = aggregates;
    this.rowTimestamp = rowTimestamp;
  }

  Notes notes() {
    return notes;
  }

  Scope scope() {
    return scope;
  }

  boolean hasAggregates() {
    return aggregates;
  }

  /** Returns the value of System.Timestamp(). */
  Sql timestamp(Position at) {
    return timestamp.apply(at);
  }

  /** Returns the value of the expression that SELECT gives a name, in HAVING. */
  Optional<Sql> alias(Name name) {
    return Optional.ofNullable(aliases.get(name.key()))
        .map(expression -> withoutAliases().of(expression));
  }

  /** In SELECT, names are those of columns. */
  private Expressions withoutAliases() {
    return new Expressions(scope, notes, timestamp, computed, Map.of(), aggregates, rowTimestamp);
  }

  /** Returns the arguments of an aggregate function, which are values of the rows of a window. */
  Expressions ofRows() {
    return new Expressions(scope, notes, rowTimestamp, computed, Map.of(), aggregates);
  }

  Sql of(Expression expression) {
    if (computed.containsKey(expression)) {
      return computed.get(expression);
    }
    if (expression instanceof Expression.Text text) {
      noteQuotes(text);
      return Sql.of(Sql.literal(text.value()), STRING);
    } else if (expression instanceof Expression.Numeral number) {
      return number(number);
    } else if (expression instanceof Expression.Null) {
      return Sql.untyped("NULL");
    } else if (expression instanceof Expression.Column column) {
      return Columns.of(column, this);
    } else if (SeveralWindows.isId(expression)) {
      return computed.getOrDefault(((Expression.Field) expression).of(), SeveralWindows.noId());
    } else if (expression instanceof Expression.Field field) {
      return Columns.fields(of(field.of()), List.of(field.name()), this);
    } else if (expression instanceof Expression.Unary unary) {
      return Operators.unary(unary, this);
    } else if (expression instanceof Expression.Binary binary) {
      return Operators.binary(binary, this);
    } else if (expression instanceof Expression.Case cases) {
      return Cases.of(cases, this);
    } else if (expression instanceof Expression.Cast cast) {
      return Casts.of(cast, this);
    } else if (expression instanceof Expression.In in) {
      return Comparisons.in(in, this);
    } else if (expression instanceof Expression.Between between) {
      return Comparisons.between(between, this);
    } else if (expression instanceof Expression.Like like) {
      return Comparisons.like(like, this);
    } else if (expression instanceof Expression.IsNull isNull) {
      return Sql.of(
          "(%s IS %sNULL)".formatted(of(isNull.operand()).text(), isNull.negated() ? "NOT " : ""),
          BOOLEAN);
    } else if (expression instanceof Expression.Call call) {
      return Window.isTimestamp(call) ? timestamp.apply(call.at()) : Functions.of(call, this);
    }
    throw new Untranslatable(expression.at(), "'*' is only an argument of COUNT");
  }

  private void noteQuotes(Expression.Text text) {
    if (text.isDoubleQuoted()) {
      notes.decideOnce(
          text.at(),
          "\"%s\" in double quotes is taken as text, not as a name".formatted(text.value()));
    }
  }

  /** Returns an expression that must be a time or a text that states one. */
  Sql time(Expression expression) {
    return time(expression, "PARSE_DATETIME");
  }

  /**
   * Returns an expression that must be a time.
   *
   * @param parse the function that reads texts
   */
  Sql time(Expression expression, String parse) {
    if (expression instanceof Expression.Text text) {
      noteQuotes(text);
      return Sql.of("TO_TIMESTAMP_LTZ(%d, 3)".formatted(TimeLiterals.millis(text)), TIME);
    }
    Optional<Sql> input = Columns.timeOfInput(expression, scope);
    if (input.isPresent()) {
      return input.get();
    }
    Sql sql = of(expression);
    sql.slot().ifPresent(slot -> slot.use(Slot.Use.TIME));
    if (sql.is(TIME) || sql.type().isEmpty() || isOpen(sql)) {
      return sql;
    }
    if (!sql.is(STRING)) {
      throw new Untranslatable(
          expression.at(), "is %s, not a time".formatted(sql.type().get().sql()));
    }
    return Sql.of("%s(%s)".formatted(parse, sql.text()), TIME);
  }

  /** Returns an expression that must be a number. */
  Sql number(Expression expression) {
    return number(expression, Slot.Use.NUMBER);
  }

  /** Returns an expression as a whole number. */
  Sql whole(Expression expression) {
    Sql sql = number(expression, Slot.Use.WHOLE_NUMBER);
    return sql.is(DOUBLE) ? Sql.of("CAST(%s AS BIGINT)".formatted(sql.text()), BIGINT) : sql;
  }

  private Sql number(Expression expression, Slot.Use use) {
    Sql sql = of(expression);
    sql.slot().ifPresent(slot -> slot.use(use));
    if (sql.type().filter(type -> !type.isNumber()).isPresent() && !isOpen(sql)) {
      throw new Untranslatable(
          expression.at(),
          "is %s, not a number; convert it with CAST".formatted(sql.type().get().sql()));
    }
    return sql;
  }

  /** Returns an expression as text. */
  Sql text(Expression expression) {
    Sql sql = of(expression);
    sql.slot().ifPresent(slot -> slot.use(Slot.Use.TEXT));
    if (sql.is(STRING) || sql.type().isEmpty() || isOpen(sql)) {
      return sql;
    }
    if (sql.is(TIME)) {
      return Sql.of("FORMAT_DATETIME(%s)".formatted(sql.text()), STRING);
    }
    if (!sql.isWhole()) {
      throw new Untranslatable(
          expression.at(),
          "is %s, not text; Flink writes it in another form than ASA"
              .formatted(sql.type().get().sql()));
    }
    return Sql.of("CAST(%s AS STRING)".formatted(sql.text()), STRING);
  }

  /** Returns whether the type may still change, because uses are being collected. */
  private boolean isOpen(Sql sql) {
    return sql.slot().isPresent() && scope.isCollecting();
  }

  private Sql number(Expression.Numeral number) {
    String value = number.value();
    if (value.matches("\\d{1,9}")) {
      return Sql.of(String.valueOf(Long.parseLong(value)), INT);
    }
    if (value.matches("\\d+") && new BigInteger(value).bitLength() < Long.SIZE) {
      return Sql.of(String.valueOf(Long.parseLong(value)), BIGINT);
    }
    // A literal with decimals would be DECIMAL in Flink; it is float in ASA.
    return Sql.of(
        value.toLowerCase(java.util.Locale.ROOT).contains("e") ? value : value + "E0", DOUBLE);
  }
}
