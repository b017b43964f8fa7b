package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.query.RowPattern;
import dev.outflow.asa.query.Source;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates MATCH_RECOGNIZE to that of Flink. The result has the columns of MEASURES. */
final class RowPatterns {
  private static final Set<String> AGGREGATES = Set.of("first", "last", "min", "max");

  private final Notes notes;
  private final Views views;

  RowPatterns(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  From of(Source.Match match, From from) {
    if (from.scope().relations().size() > 1) {
      throw new Untranslatable(match.at(), "MATCH_RECOGNIZE of a join: write a step for the join");
    }
    From source = from.table().isPresent() ? from : views.add("source", from, List.of());
    TimeAttribute time = Overs.time(source, match.at());
    List<PatternElement> elements = PatternElement.of(match.pattern().pattern());
    note(elements, match);
    Scope variables = variables(source, elements);
    List<String> clauses = new ArrayList<>();
    String partition = partition(match.pattern(), source);
    if (!partition.isEmpty()) {
      clauses.add("PARTITION BY " + partition);
    }
    clauses.add("ORDER BY " + Sql.name(time.column()));
    List<Field> fields = new ArrayList<>();
    String alias = Sql.name(match.alias().map(Name::text).orElse("matched"));
    String measures = measures(match.pattern(), elements, variables, time, alias, fields);
    clauses.add("MEASURES\n    " + measures);
    clauses.add("ONE ROW PER MATCH");
    clauses.add("AFTER MATCH SKIP TO NEXT ROW");
    clauses.add(
        "PATTERN (%s)%s"
            .formatted(
                elements.stream().map(PatternElement::sql).collect(joining(" ")),
                match.pattern().limit().map(this::within).orElse("")));
    clauses.add("DEFINE\n    " + definitions(match.pattern(), elements, variables, time));
    Relation result =
        new Relation(
            match.alias().map(Name::text), fields, Optional.empty(), name -> Optional.empty());
    return new From(
        "%s\nMATCH_RECOGNIZE (\n  %s\n) AS %s"
            .formatted(Sql.name(source.table().orElseThrow()), String.join("\n  ", clauses), alias),
        new Scope(List.of(result), from.scope().isCollecting()),
        Optional.empty(),
        Optional.of(
            new TimeAttribute(
                TimeAttribute.IN_VIEWS,
                alias + "." + Sql.name(TimeAttribute.IN_VIEWS),
                time.onUse())),
        Optional.empty());
  }

  /** Flink needs a last element that is not greedy. */
  private void note(List<PatternElement> elements, Source.Match match) {
    PatternElement last = elements.get(elements.size() - 1);
    if (last.isShortened()) {
      notes.differs(
          match.at(),
          "MATCH_RECOGNIZE: a match ends with the first row, or the first rows, that '%s' needs; ASA's documentation does not say whether ASA takes further rows"
              .formatted(last.variable()),
          Section.PATTERN);
    }
    if (elements.stream().limit(elements.size() - 1L).anyMatch(PatternElement::isRepeated)) {
      notes.decideOnce(
          match.at(),
          "MATCH_RECOGNIZE: if a row meets the conditions of two variables, ASA's documentation does"
              + " not say to which it belongs; make the conditions mutually exclusive");
    }
  }

  /** Returns the columns of the input, one table for each variable. */
  private static Scope variables(From source, List<PatternElement> elements) {
    Relation input = source.scope().relations().get(0);
    String before = PartitionedInput.alias(source) + ".";
    List<Relation> variables = new ArrayList<>();
    for (PatternElement element : elements) {
      String prefix = Sql.name(element.variable()) + ".";
      variables.add(
          new Relation(
              Optional.of(element.variable()),
              input.fields().stream().map(field -> field.in(before, prefix)).toList(),
              Optional.empty(),
              name -> input.find(name).map(field -> field.in(before, prefix))));
    }
    return new Scope(variables, source.scope().isCollecting());
  }

  private String partition(RowPattern pattern, From source) {
    Expressions in = Overs.expressions(source, notes, false);
    String alias = PartitionedInput.alias(source);
    return pattern.partitionBy().stream()
        .map(
            key ->
                PartitionedInput.column(in.of(key).text(), alias)
                    .map(Sql::name)
                    .orElseThrow(
                        () ->
                            new Untranslatable(
                                key.at(), "PARTITION BY of a pattern must name a column")))
        .distinct()
        .collect(joining(", "));
  }

  private String within(Expression.Call limit) {
    notes.decideOnce(
        limit.at(),
        "LIMIT DURATION: a match of exactly this length counts here; ASA's documentation does not"
            + " say whether it does");
    return "\n    WITHIN "
        + Units.interval(
            Units.duration(Functions.argument(limit, 2, 0), limit.arguments().get(1))
                .plusMillis(1)); // Flink excludes the end.
  }

  private String measures(
      RowPattern pattern,
      List<PatternElement> elements,
      Scope variables,
      TimeAttribute time,
      String alias,
      List<Field> fields) {
    List<String> measures = new ArrayList<>();
    for (Query.Value measure : pattern.measures()) {
      Map<Expression, Sql> computed = aggregates(measure.expression(), variables, time);
      for (Expression.Column column : plainColumns(measure.expression(), computed)) {
        if (column.path().size() < 2 || variables.relation(column.path().get(0)).isEmpty()) {
          throw new Untranslatable(
              column.at(), "a measure needs the variable of a column: A.value");
        }
      }
      List<Expression.Call> classifiers = new ArrayList<>();
      Calls.named(measure.expression(), "classifier", classifiers);
      classifiers.forEach(call -> computed.put(call, classifier(call, elements, time)));
      Sql value = expressions(variables, computed).of(measure.expression());
      String column = Sql.name("measure_" + (fields.size() + 1));
      measures.add(value.text() + " AS " + column);
      String name = measure.name().orElseThrow().text();
      Slot slot =
          value
              .slot()
              .orElseGet(
                  () ->
                      value
                          .type()
                          .map(type -> Slot.declared(name, type))
                          .orElseGet(() -> Slot.used(name, measure.at())));
      fields.add(new Field(name, alias + "." + column, slot, false));
    }
    measures.add("MATCH_ROWTIME() AS " + Sql.name(TimeAttribute.IN_VIEWS));
    return String.join(",\n    ", measures);
  }

  /** Returns the names of the variables of all rows in order: repeated as often as they matched. */
  private static Sql classifier(
      Expression.Call call, List<PatternElement> elements, TimeAttribute time) {
    String names =
        elements.stream()
            .map(
                element ->
                    "REPEAT(%s, CAST(COUNT(%s.%s) AS INT))"
                        .formatted(
                            Sql.literal("," + element.variable()),
                            Sql.name(element.variable()),
                            Sql.name(time.column())))
            .collect(joining(" || "));
    return Aggregates.declared(
        "SPLIT(SUBSTRING(%s, 2), ',')".formatted(names), new ColumnType.Array(STRING), call);
  }

  private String definitions(
      RowPattern pattern, List<PatternElement> elements, Scope variables, TimeAttribute time) {
    List<String> definitions = new ArrayList<>();
    for (RowPattern.Definition definition : pattern.definitions()) {
      PatternElement element =
          elements.stream()
              .filter(one -> one.variable().equalsIgnoreCase(definition.variable().text()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Untranslatable(
                          definition.variable().at(),
                          "'%s' is not a variable of the pattern"
                              .formatted(definition.variable().text())));
      Map<Expression, Sql> computed = aggregates(definition.condition(), variables, time);
      checkOwn(definition, computed);
      definitions.add(
          "%s AS %s"
              .formatted(
                  Sql.name(element.variable()),
                  expressions(variables, computed).of(definition.condition()).text()));
    }
    return definitions.isEmpty()
        ? Sql.name(elements.get(0).variable()) + " AS TRUE"
        : String.join(",\n    ", definitions);
  }

  /** A column outside of a function is that of the row that a condition is evaluated for. */
  private static void checkOwn(RowPattern.Definition definition, Map<Expression, Sql> computed) {
    for (Expression.Column column : plainColumns(definition.condition(), computed)) {
      if (!column.path().get(0).key().equals(definition.variable().key())) {
        throw new Untranslatable(
            column.at(),
            "a column of another variable than '%s' needs FIRST, LAST, MIN or MAX here"
                .formatted(definition.variable().text()));
      }
    }
  }

  /** Returns the columns that no function of matched rows reads. */
  private static List<Expression.Column> plainColumns(
      Expression expression, Map<Expression, Sql> computed) {
    List<Expression.Column> columns = new ArrayList<>();
    Calls.find(expression, Expression.Column.class, column -> true, columns);
    return columns.stream()
        .filter(
            column ->
                computed.keySet().stream()
                    .noneMatch(call -> ((Expression.Call) call).arguments().contains(column)))
        .toList();
  }

  /** Returns the functions of matched rows. */
  private Map<Expression, Sql> aggregates(
      Expression expression, Scope variables, TimeAttribute time) {
    List<Expression.Call> calls = new ArrayList<>();
    Calls.find(
        expression,
        Expression.Call.class,
        call -> AGGREGATES.contains(call.function()) && call.over().isEmpty(),
        calls);
    Map<Expression, Sql> computed = new HashMap<>();
    Expressions in = expressions(variables, Map.of());
    for (Expression.Call call : calls) {
      if (!(Functions.argument(call, 1, 0) instanceof Expression.Column column)
          || variables.relation(column.path().get(0)).isEmpty()
          || column.path().size() < 2) {
        throw new Untranslatable(
            call.at(),
            "%s needs a column of a variable, such as A.value".formatted(call.written()));
      }
      Sql value = in.of(column);
      String text = "%s(%s)".formatted(call.function().toUpperCase(Locale.ROOT), value.text());
      boolean isTime = value.text().endsWith("." + Sql.name(time.column()));
      computed.put(
          call,
          new Sql(
              isTime ? "CAST(%s AS TIMESTAMP_LTZ(3))".formatted(text) : text,
              isTime ? Optional.of(TIME) : value.type(),
              value.slot(),
              false));
    }
    return computed;
  }

  private Expressions expressions(Scope variables, Map<Expression, Sql> computed) {
    return new Expressions(
        variables,
        notes,
        at -> {
          throw new Untranslatable(at, "System.Timestamp() in MATCH_RECOGNIZE: name the column");
        },
        computed,
        Map.of(),
        false);
  }
}
