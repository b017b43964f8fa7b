package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Source;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates joins of a stream with reference data: a temporal join with a table of versions that
 * are all valid since 1970. Unlike a plain join, it keeps no rows of the stream, its LEFT JOIN
 * takes nothing back, and the stream keeps its time.
 */
final class ReferenceJoins {
  private final Notes notes;
  private final Views views;

  ReferenceJoins(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  /**
   * Returns whether a condition leaves the time open, which ASA allows with reference data only.
   */
  static boolean isUntimed(Source.Join join) {
    List<Expression.Call> calls = new ArrayList<>();
    join.on().ifPresent(on -> Calls.named(on, "datediff", calls));
    return calls.isEmpty();
  }

  From of(Source.Join join, From stream, InputTable input, Name known) {
    Position at = join.second().at();
    input.readAsReference(at);
    Relation reference = input.reference(known);
    List<Relation> relations = new ArrayList<>(stream.scope().relations());
    relations.add(reference);
    Scope scope = new Scope(relations, stream.scope().isCollecting());
    Expressions in =
        new Expressions(
            scope, notes, of -> QueryTranslator.time(stream, of), Map.of(), Map.of(), false);
    String prefix = Sql.name(known.text()) + ".";
    Set<String> keys = new LinkedHashSet<>();
    List<String> conditions = new ArrayList<>();
    for (Expression conjunct : Joins.conjuncts(join.on())) {
      takeType(conjunct, in, prefix);
      conditions.add(in.of(conjunct).text());
      key(conjunct, in, prefix).ifPresent(keys::add);
    }
    if (keys.isEmpty()) {
      throw new Untranslatable(
          at,
          "a join with reference data needs a column of '%s' that is equal to one of the stream"
              .formatted(input.alias()),
          Section.REFERENCE_DATA);
    }
    notes.differs(
        at,
        "'%s' is reference data, read once when the job starts, with one row for each %s; ASA reads it"
                .formatted(input.alias(), String.join(", ", keys))
            + " again when it changes, and joins all rows",
        Section.REFERENCE_DATA);
    TimeAttribute time = Overs.time(stream, at);
    return new From(
        "%s\n%s JOIN %s FOR SYSTEM_TIME AS OF %s AS %s\n  ON %s"
            .formatted(
                stream.sql(),
                join.left() ? "LEFT" : "INNER",
                Sql.name(versions(input, keys)),
                time.sql(),
                Sql.name(known.text()),
                String.join("\n  AND ", conditions)),
        scope,
        Optional.empty(),
        stream.time(),
        stream.timestamp());
  }

  /**
   * A key whose type is not known has that of the other side: Flink joins keys of one type only.
   */
  private static void takeType(Expression conjunct, Expressions in, String prefix) {
    if (!(conjunct instanceof Expression.Binary equal) || !equal.operator().equals("=")) {
      return;
    }
    Sql left = in.of(equal.left());
    Sql right = in.of(equal.right());
    boolean isLeft = left.text().startsWith(prefix);
    Sql key = isLeft ? left : right;
    Sql other = isLeft ? right : left;
    take(key, other);
    take(other, key);
  }

  private static void take(Sql key, Sql other) {
    if (key.slot().filter(Slot::isGuessed).isPresent()) {
      other.type().flatMap(Slot.Use::of).ifPresent(key.slot().get()::use);
    }
  }

  /** Returns the column of the reference data that is equal to something of the stream. */
  private static Optional<String> key(Expression conjunct, Expressions in, String prefix) {
    if (!(conjunct instanceof Expression.Binary equal) || !equal.operator().equals("=")) {
      return Optional.empty();
    }
    String left = in.of(equal.left()).text();
    String right = in.of(equal.right()).text();
    if (left.contains(prefix) == right.contains(prefix)) {
      return Optional.empty();
    }
    String key = left.contains(prefix) ? left : right;
    return PartitionedInput.column(key, prefix.substring(0, prefix.length() - 1));
  }

  private String versions(InputTable input, Set<String> keys) {
    String name = views.name("reference");
    String since = Sql.name(input.versionColumn());
    String columns =
        input.columns().stream().map(column -> Sql.name(column.name())).collect(joining(", "));
    views.add(
        name,
        "SELECT %1$s, %2$s\nFROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY %3$s ORDER BY %2$s DESC) AS `version`\n  FROM %4$s\n)\nWHERE `version` = 1"
            .formatted(
                columns,
                since,
                keys.stream().map(Sql::name).collect(joining(", ")),
                Sql.name(input.table())));
    return name;
  }
}
