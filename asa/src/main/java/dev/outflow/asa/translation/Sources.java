package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Source;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates what FROM reads. */
final class Sources {
  /** GetElements is the name that GetArrayElements had at first; jobs still have it. */
  private static final Set<String> ELEMENTS = Set.of("getarrayelements", "getelements");

  private static final String PROPERTY_NAME = "PropertyName";
  private static final String PROPERTY_VALUE = "PropertyValue";

  private final Map<String, InputTable> inputs;
  private final Map<String, Optional<Step>> steps;
  private final QueryTranslator queries;
  private final Notes notes;
  private final Views views;
  private final boolean collecting;

  /**
   * @param inputs by their names in lowercase
   * @param steps by their names in lowercase; empty if a step is left out
   */
  Sources(
      Map<String, InputTable> inputs,
      Map<String, Optional<Step>> steps,
      QueryTranslator queries,
      Notes notes,
      Views views,
      boolean collecting) {
    this.inputs = inputs;
    this.steps = steps;
    this.queries = queries;
    this.notes = notes;
    this.views = views;
    this.collecting = collecting;
  }

  From of(Source source) {
    if (source instanceof Source.Table table) {
      return table(table);
    } else if (source instanceof Source.Subquery subquery) {
      return subquery(subquery);
    } else if (source instanceof Source.Join join) {
      return join(join);
    } else if (source instanceof Source.Apply apply) {
      return apply(apply);
    }
    Source.Match match = (Source.Match) source;
    return new RowPatterns(notes, views).of(match, of(match.source()));
  }

  private From join(Source.Join join) {
    if (join.second() instanceof Source.Table table && !steps.containsKey(table.name().key())) {
      InputTable input = input(table);
      table.alias().ifPresent(alias -> notes.hides(table.name()));
      if (input.isReference() || ReferenceJoins.isUntimed(join)) {
        return new ReferenceJoins(notes, views).of(join, of(join.first()), input, table.known());
      }
    }
    return new Joins(notes).of(join, of(join.first()), of(join.second()));
  }

  private InputTable input(Source.Table table) {
    InputTable input = inputs.get(table.name().key());
    if (input == null) {
      throw new Untranslatable(
          table.at(), "'%s' is neither an input nor a step".formatted(table.name().text()));
    }
    return input;
  }

  private From table(Source.Table table) {
    Name known = table.known();
    table.alias().ifPresent(alias -> notes.hides(table.name()));
    Optional<Step> step = steps.get(table.name().key());
    if (step != null) {
      Step found =
          step.orElseThrow(
              () ->
                  new Untranslatable(
                      table.at(),
                      "reads the step '%s', which is left out".formatted(table.name().text())));
      if (table.timestamp().isPresent()) {
        throw new Untranslatable(table.timestamp().get().at(), "TIMESTAMP BY of a step");
      }
      views.reads(found);
      return single(found.view(), known, found.relation(known), found.timestamp(known));
    }
    InputTable any = input(table);
    any.readAsStream(table.at());
    InputTable input = any.timedBy(table.timestamp());
    table.timestamp().ifPresent(time -> input.timestampBy(time, known, collecting));
    if (!table.substreams().isEmpty()) {
      notes.differs(
          table.substreams().get(0).at(),
          "TIMESTAMP BY ... OVER: Flink has one time for each partition of the topic, so that events"
              + " of a slow device can be late",
          Section.TIME_OF_SUBSTREAMS);
    }
    return single(
        input.table(),
        known,
        input.relation(known, table.timestamp().isPresent(), collecting),
        Optional.empty());
  }

  private From single(String table, Name known, Relation relation, Optional<String> timestamp) {
    return new From(
        "%s AS %s".formatted(Sql.name(table), Sql.name(known.text())),
        new Scope(List.of(relation), collecting),
        Optional.of(table),
        relation.time(),
        timestamp);
  }

  private From subquery(Source.Subquery subquery) {
    Result result = queries.translate(subquery.query(), Purpose.VIEW);
    Name known = subquery.alias().orElse(new Name("subquery", subquery.at()));
    Step step = new Step("", result, List.of(), List.of(), notes);
    Relation relation = step.relation(known);
    return new From(
        "(%s) AS %s".formatted(result.sql(), Sql.name(known.text())),
        new Scope(List.of(relation), collecting),
        Optional.empty(),
        relation.time(),
        step.timestamp(known));
  }

  /** CROSS APPLY GetArrayElements(array) AS e; the elements of arrays of records have columns. */
  private From apply(Source.Apply apply) {
    Expression.Call call = apply.function();
    if (call.function().equals("getrecordproperties")) {
      return properties(apply, of(apply.source()));
    } else if (!ELEMENTS.contains(call.function())) {
      throw Functions.unknown(call);
    }
    From from = of(apply.source());
    Expressions in = expressions(from);
    Sql array = in.of(Functions.argument(call, 1, 0));
    Slot element = RecordFunctions.element(array, call);
    Elements elements = Elements.of(apply, element);
    String rows = element.fields().isEmpty() ? array.text() : fillNullRows(array);
    return unnested(
        apply, from, rows + ") WITH ORDINALITY", elements.columns(), elements.relation());
  }

  /** Flink cannot unnest a null among records. */
  private static String fillNullRows(Sql array) {
    return "FILL_NULL_ROWS(%s)".formatted(array.text());
  }

  /** CROSS APPLY GetRecordProperties(record) AS p. */
  private From properties(Source.Apply apply, From from) {
    RecordFunctions.Properties properties =
        RecordFunctions.properties(apply.function(), expressions(from));
    String prefix = Sql.name(apply.alias().text()) + ".";
    List<Field> fields =
        List.of(
            new Field(
                PROPERTY_NAME,
                prefix + Sql.name(PROPERTY_NAME),
                Slot.declared(PROPERTY_NAME, ColumnType.Scalar.STRING),
                false),
            new Field(
                PROPERTY_VALUE, prefix + Sql.name(PROPERTY_VALUE), properties.value(), false));
    return unnested(
        apply,
        from,
        properties.map() + ")",
        List.of(Sql.name(PROPERTY_NAME), Sql.name(PROPERTY_VALUE)),
        new Relation(
            Optional.of(apply.alias().text()), fields, Optional.empty(), name -> Optional.empty()));
  }

  private From unnested(
      Source.Apply apply, From from, String unnest, List<String> columns, Relation elements) {
    List<Relation> relations = new ArrayList<>(from.scope().relations());
    relations.add(elements);
    return new From(
        "%s\n%s UNNEST(%s AS %s (%s)%s"
            .formatted(
                from.sql(),
                apply.outer() ? "LEFT JOIN" : "CROSS JOIN",
                unnest,
                Sql.name(apply.alias().text()),
                String.join(", ", columns),
                apply.outer() ? " ON TRUE" : ""),
        new Scope(relations, collecting),
        Optional.empty(),
        from.time(),
        from.timestamp());
  }

  private Expressions expressions(From from) {
    return new Expressions(
        from.scope(),
        notes,
        at -> QueryTranslator.time(from, at),
        new HashMap<>(),
        Map.of(),
        false);
  }
}
