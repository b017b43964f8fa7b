package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.BOOLEAN;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    this.scope = scope;
    this.notes = notes;
    this.timestamp = timestamp;
    this.computed = computed;
    this.aliases = aliases;
    this.aggregates = aggregates;
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

  /** Returns the expressions of aggregate functions' arguments. */
  Expressions ofEvents(Function<Position, Sql> eventTime) {
    return new Expressions(scope, notes, eventTime, computed, Map.of(), false);
  }

  Sql of(Expression expression) {
    if (computed.containsKey(expression)) {
      return computed.get(expression);
    }
    if (expression instanceof Expression.Text text) {
      return Sql.of(Sql.literal(text.value()), STRING);
    } else if (expression instanceof Expression.Numeral number) {
      return number(number);
    } else if (expression instanceof Expression.Null) {
      return Sql.untyped("NULL");
    } else if (expression instanceof Expression.Column column) {
      return column(column);
    } else if (expression instanceof Expression.Field field) {
      return field(of(field.of()), field.name());
    } else if (expression instanceof Expression.Unary unary) {
      return unary(unary);
    } else if (expression instanceof Expression.Binary binary) {
      return binary(binary);
    } else if (expression instanceof Expression.Case cases) {
      return cases(cases);
    } else if (expression instanceof Expression.Cast cast) {
      return cast(cast);
    } else if (expression instanceof Expression.In in) {
      return in(in);
    } else if (expression instanceof Expression.Between between) {
      return between(between);
    } else if (expression instanceof Expression.Like like) {
      return like(like);
    } else if (expression instanceof Expression.IsNull isNull) {
      return Sql.of(
          "(%s IS %sNULL)".formatted(of(isNull.operand()).text(), isNull.negated() ? "NOT " : ""),
          BOOLEAN);
    } else if (expression instanceof Expression.Call call) {
      return Window.isTimestamp(call) ? timestamp.apply(call.at()) : Functions.of(call, this);
    }
    throw new Untranslatable(expression.at(), "'*' is only an argument of COUNT");
  }

  /** Returns an expression that must be a time; a text literal is one. */
  Sql time(Expression expression) {
    if (expression instanceof Expression.Text text) {
      return Sql.of("TO_TIMESTAMP_LTZ(%d, 3)".formatted(millis(text)), TIME);
    }
    Optional<Sql> input = timeOfInput(expression);
    if (input.isPresent()) {
      return input.get();
    }
    Sql sql = of(expression);
    sql.slot().ifPresent(slot -> slot.use(Slot.Use.TIME));
    if (sql.type().filter(type -> type != TIME).isPresent() && !isOpen(sql)) {
      throw new Untranslatable(
          expression.at(),
          sql.is(STRING)
              ? "is text, not a time: Flink reads times as in 2026-11-24T10:00:00Z only; declare the"
                  + " column as datetime with CREATE TABLE if it has this form"
              : "is %s, not a time".formatted(sql.type().get().sql()));
    }
    return sql;
  }

  /** The alias of an input stands for its time: DATEDIFF(second, a, b). */
  private Optional<Sql> timeOfInput(Expression expression) {
    if (!(expression instanceof Expression.Column column) || column.path().size() != 1) {
      return Optional.empty();
    }
    Name name = column.path().get(0);
    boolean isColumn =
        scope.relations().stream()
            .flatMap(relation -> relation.fields().stream())
            .anyMatch(field -> field.key().equals(name.key()));
    if (isColumn) {
      return Optional.empty();
    }
    return scope
        .relation(name)
        .flatMap(Relation::time)
        .map(
            time ->
                new Sql(time.usedAt(name.at()).sql(), Optional.of(TIME), Optional.empty(), true));
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
    if (value.matches("\\d{1,18}")) {
      return Sql.of(String.valueOf(Long.parseLong(value)), BIGINT);
    }
    // A literal with decimals would be DECIMAL in Flink; it is float in ASA.
    return Sql.of(
        value.toLowerCase(java.util.Locale.ROOT).contains("e") ? value : value + "E0", DOUBLE);
  }

  private Sql column(Expression.Column column) {
    if (Window.isTimestamp(column)) {
      return timestamp.apply(column.at());
    }
    List<Name> path = column.path();
    Name first = path.get(0);
    if (path.size() == 1 && aliases.containsKey(first.key())) {
      return of(aliases.get(first.key()));
    }
    int next = 1;
    Field found;
    Optional<Relation> relation = path.size() > 1 ? scope.relation(first) : Optional.empty();
    if (relation.isPresent()) {
      found = relation.get().find(path.get(1)).orElseThrow(() -> Scope.unknown(path.get(1)));
      next = 2;
    } else {
      found = scope.field(first);
    }
    Sql sql =
        new Sql(
            found.sql(),
            scope.type(found.slot()),
            Optional.of(found.slot()),
            found.isTimeAttribute());
    for (Name name : path.subList(next, path.size())) {
      sql = field(sql, name);
    }
    return sql;
  }

  /** Returns a field of a record. */
  Sql field(Sql record, Name name) {
    Slot slot =
        record
            .slot()
            .flatMap(of -> of.field(name.text(), name.at()))
            .orElseThrow(() -> Scope.unknown(name));
    return new Sql(
        record.text() + "." + Sql.name(slot.name()), scope.type(slot), Optional.of(slot), false);
  }

  private Sql unary(Expression.Unary unary) {
    if (unary.operator().equals("NOT")) {
      notes.differsOnce(
          unary.at(),
          "NOT: on NULL the condition is unknown in Flink, so the row is left out; ASA documents a"
              + " comparison with NULL as false, so that NOT would be true",
          Section.NULL);
      return Sql.of("(NOT %s)".formatted(of(unary.operand()).text()), BOOLEAN);
    }
    if (unary.operator().equals("~")) {
      throw new Untranslatable(unary.at(), "Flink has no bit operators");
    }
    Sql operand = number(unary.operand());
    return new Sql(
        "(%s%s)".formatted(unary.operator(), operand.text()),
        operand.type(),
        Optional.empty(),
        false);
  }

  private Sql binary(Expression.Binary binary) {
    return switch (binary.operator()) {
      case "AND", "OR" ->
          Sql.of(
              "(%s %s %s)"
                  .formatted(
                      of(binary.left()).text(), binary.operator(), of(binary.right()).text()),
              BOOLEAN);
      case "+", "||" -> plus(binary);
      case "-", "*", "/", "%" -> arithmetic(binary);
      case "&", "|", "^" -> throw new Untranslatable(binary.at(), "Flink has no bit operators");
      default -> compare(binary.operator(), binary.left(), binary.right(), binary.at());
    };
  }

  private Sql plus(Expression.Binary binary) {
    if (isText(binary.left()) || isText(binary.right())) {
      return Sql.of(
          "(%s || %s)".formatted(text(binary.left()).text(), text(binary.right()).text()), STRING);
    }
    return arithmetic(binary);
  }

  private boolean isText(Expression expression) {
    return expression instanceof Expression.Text
        || (expression instanceof Expression.Binary binary
            && (binary.operator().equals("+") || binary.operator().equals("||"))
            && (isText(binary.left()) || isText(binary.right())))
        || of(expression).is(STRING);
  }

  private Sql arithmetic(Expression.Binary binary) {
    Sql left = number(binary.left());
    Sql right = number(binary.right());
    if (binary.operator().equals("/") && left.isWhole() && right.isWhole()) {
      notes.differsOnce(
          binary.at(),
          "Flink divides whole numbers without decimals, as T-SQL does; ASA's documentation does not"
              + " say what ASA does",
          Section.NUMBERS);
    }
    boolean ints = left.is(INT) && right.is(INT);
    String first = ints ? "CAST(%s AS BIGINT)".formatted(left.text()) : left.text();
    ColumnType type = left.isWhole() && right.isWhole() ? BIGINT : DOUBLE;
    String text = "(%s %s %s)".formatted(first, binary.operator(), right.text());
    return left.type().isEmpty() || right.type().isEmpty() ? Sql.untyped(text) : Sql.of(text, type);
  }

  private Sql compare(String operator, Expression left, Expression right, Position at) {
    String sql =
        switch (operator) {
          case "!=" -> "<>";
          case "!<" -> ">=";
          case "!>" -> "<=";
          default -> operator;
        };
    if (left instanceof Expression.Null || right instanceof Expression.Null) {
      throw new Untranslatable(at, "a comparison with NULL is never true; use IS NULL");
    }
    List<String> operands = comparable(List.of(left, right), !sql.matches("=|<>"), at);
    return Sql.of("(%s %s %s)".formatted(operands.get(0), sql, operands.get(1)), BOOLEAN);
  }

  /** Returns expressions of one type. */
  private List<String> comparable(List<Expression> all, boolean ordered, Position at) {
    for (Expression one : all) {
      if (one instanceof Expression.Text text && text.isDoubleQuoted()) {
        notes.decide(
            text.at(),
            "\"%s\" in double quotes is taken as text, not as a name".formatted(text.value()));
      }
    }
    List<Sql> typed =
        all.stream().filter(one -> !(one instanceof Expression.Text)).map(this::of).toList();
    boolean anyText = typed.size() < all.size();
    if (typed.stream().anyMatch(sql -> sql.is(TIME))
        || (anyText && typed.stream().anyMatch(sql -> isTimeUse(sql)))) {
      return all.stream().map(one -> time(one).text()).toList();
    }
    if (typed.stream().anyMatch(sql -> sql.is(BOOLEAN))) {
      return all.stream().map(this::bit).toList();
    }
    boolean numeric =
        typed.stream().anyMatch(sql -> sql.type().filter(ColumnType::isNumber).isPresent());
    boolean guessed = typed.stream().allMatch(sql -> sql.type().isEmpty());
    if (numeric || (ordered && guessed && !anyText)) {
      return all.stream().map(one -> number(one).text()).toList();
    }
    if (typed.stream()
        .anyMatch(
            sql -> sql.type().filter(type -> !(type instanceof ColumnType.Scalar)).isPresent())) {
      throw new Untranslatable(at, "compares a record or an array");
    }
    if (anyText || ordered) {
      notes.differsOnce(
          at,
          "Flink compares text by case; ASA's documentation does not say whether ASA does",
          Section.TEXT);
      return all.stream().map(one -> text(one).text()).toList();
    }
    return all.stream().map(one -> of(one).text()).toList();
  }

  private static boolean isTimeUse(Sql sql) {
    return sql.isTimeAttribute();
  }

  private String bit(Expression expression) {
    Optional<Long> number = Units.whole(expression);
    if (number.isPresent() && (number.get() == 0 || number.get() == 1)) {
      return number.get() == 1 ? "TRUE" : "FALSE";
    }
    Sql sql = of(expression);
    if (!sql.is(BOOLEAN) && sql.type().isPresent()) {
      throw new Untranslatable(
          expression.at(), "is %s, not a bit".formatted(sql.type().get().sql()));
    }
    return sql.text();
  }

  private Sql in(Expression.In in) {
    List<Expression> all = new ArrayList<>(List.of(in.operand()));
    all.addAll(in.values());
    List<String> operands = comparable(all, false, in.at());
    noteNegation(in.negated(), in.at());
    return Sql.of(
        "(%s %sIN (%s))"
            .formatted(
                operands.get(0),
                in.negated() ? "NOT " : "",
                String.join(", ", operands.subList(1, operands.size()))),
        BOOLEAN);
  }

  private Sql between(Expression.Between between) {
    List<String> operands =
        comparable(List.of(between.operand(), between.low(), between.high()), true, between.at());
    noteNegation(between.negated(), between.at());
    return Sql.of(
        "(%s %sBETWEEN %s AND %s)"
            .formatted(
                operands.get(0), between.negated() ? "NOT " : "", operands.get(1), operands.get(2)),
        BOOLEAN);
  }

  private Sql like(Expression.Like like) {
    if (like.pattern() instanceof Expression.Text pattern && pattern.value().contains("[")) {
      throw new Untranslatable(
          like.at(), "LIKE with [...]: use REGEXP(column, 'pattern') in Flink");
    }
    noteNegation(like.negated(), like.at());
    String escape = like.escape().map(value -> " ESCAPE " + of(value).text()).orElse("");
    notes.differsOnce(
        like.at(),
        "Flink compares text by case; ASA's documentation does not say whether ASA does",
        Section.TEXT);
    return Sql.of(
        "(%s %sLIKE %s%s)"
            .formatted(
                text(like.operand()).text(),
                like.negated() ? "NOT " : "",
                text(like.pattern()).text(),
                escape),
        BOOLEAN);
  }

  private void noteNegation(boolean negated, Position at) {
    if (negated) {
      notes.differsOnce(
          at,
          "NOT: on NULL the condition is unknown in Flink, so the row is left out; ASA documents a"
              + " comparison with NULL as false, so that NOT would be true",
          Section.NULL);
    }
  }

  private Sql cases(Expression.Case cases) {
    StringBuilder text = new StringBuilder("CASE");
    List<Expression> results = new ArrayList<>();
    for (Expression.When when : cases.whens()) {
      String condition =
          cases.operand().isPresent()
              ? compare("=", cases.operand().get(), when.condition(), when.condition().at()).text()
              : of(when.condition()).text();
      text.append(" WHEN ").append(condition).append(" THEN %s");
      results.add(when.result());
    }
    cases.otherwise().ifPresent(results::add);
    cases.otherwise().ifPresent(otherwise -> text.append(" ELSE %s"));
    Results typed = sameType(results, cases.at());
    StringBuilder filled = new StringBuilder();
    String template = text + " END";
    int from = 0;
    for (String result : typed.texts()) {
      int hole = template.indexOf("%s", from);
      // A condition may contain %s: the holes are those after THEN and ELSE.
      while (!template.startsWith("THEN ", hole - 5) && !template.startsWith("ELSE ", hole - 5)) {
        hole = template.indexOf("%s", hole + 1);
      }
      filled.append(template, from, hole).append(result);
      from = hole + 2;
    }
    filled.append(template.substring(from));
    return new Sql("(" + filled + ")", typed.type(), Optional.empty(), false);
  }

  /** Expressions of one type. */
  record Results(List<String> texts, Optional<ColumnType> type) {}

  /** Returns expressions as values of one type, as CASE and COALESCE need them. */
  Results sameType(List<Expression> all, Position at) {
    List<Sql> sql = all.stream().map(this::of).toList();
    List<ColumnType> types = sql.stream().flatMap(one -> one.type().stream()).distinct().toList();
    Optional<ColumnType> type;
    if (types.size() <= 1) {
      type = types.stream().findFirst();
    } else if (types.stream().allMatch(ColumnType::isNumber)) {
      type = Optional.of(types.contains(DOUBLE) ? DOUBLE : BIGINT);
    } else {
      throw new Untranslatable(
          at,
          "the results have several types (%s); Flink needs one"
              .formatted(types.stream().map(ColumnType::sql).collect(joining(", "))));
    }
    return new Results(sql.stream().map(Sql::text).toList(), type);
  }

  private Sql cast(Expression.Cast cast) {
    String function = cast.orNull() ? "TRY_CAST" : "CAST";
    ColumnType target =
        DeclaredType.of(cast.type())
            .orElseThrow(
                () ->
                    new Untranslatable(
                        cast.type().at(),
                        "%s to %s: types of records and arrays belong to columns in Flink"
                            .formatted(function, cast.type().name())));
    if (target == TIME) {
      return time(cast.operand());
    }
    Sql operand = of(cast.operand());
    operand.slot().ifPresent(slot -> slot.use(target == STRING ? Slot.Use.TEXT : Slot.Use.CAST));
    ColumnType from = operand.type().orElse(target);
    if (from.equals(target)) {
      return operand.slot().isPresent()
          ? operand
          : new Sql(operand.text(), Optional.of(target), operand.slot(), false);
    }
    if (!(from instanceof ColumnType.Scalar)
        || from == TIME
        || (from == BOOLEAN && target == STRING)) {
      throw new Untranslatable(
          cast.at(), "%s from %s to %s".formatted(function, from.sql(), cast.type().name()));
    }
    if (from == DOUBLE && target == STRING) {
      notes.differs(
          cast.at(),
          "Flink writes a float as text with at least one decimal: 80.0",
          Section.NUMBERS);
    }
    if (from == DOUBLE && target == BIGINT) {
      notes.differs(
          cast.at(),
          "Flink cuts the decimals off; ASA's documentation does not say whether ASA rounds",
          Section.NUMBERS);
    }
    return Sql.of("%s(%s AS %s)".formatted(function, operand.text(), target.sql()), target);
  }

  private static long millis(Expression.Text text) {
    String value = text.value().strip();
    try {
      if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      String iso = value.replace(' ', 'T');
      if (iso.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
        return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
      }
      return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new Untranslatable(
          text.at(), "'%s' is not a time; write it as 2026-11-24T10:00:00Z".formatted(value));
    }
  }

  /** Returns whether an expression is the time 1970-01-01, from which numbers count. */
  static boolean isEpoch(Expression expression) {
    try {
      return expression instanceof Expression.Text text
          && millis(text) == Instant.EPOCH.toEpochMilli();
    } catch (Untranslatable e) {
      return false;
    }
  }
}
