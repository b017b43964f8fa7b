package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Source;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Translates joins of a stream with reference data: lookups in a file that is read again when it
 * changes. A lookup keeps no rows of the stream, its LEFT JOIN takes nothing back, and the stream
 * keeps its time.
 */
final class ReferenceJoins {
  private static final String PROCESSED_AT = "processed_at";

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

  From of(Source.Join join, From source, InputTable input, Name known) {
    Position at = join.second().at();
    input.readAsReference(at);
    From stream = processed(source);
    Relation reference = input.reference(known);
    List<Relation> relations = new ArrayList<>(stream.scope().relations());
    relations.add(reference);
    Scope scope = new Scope(relations, stream.scope().isCollecting());
    Expressions in =
        new Expressions(
            scope, notes, of -> QueryTranslator.time(stream, of), Map.of(), Map.of(), false);
    String prefix = Sql.name(known.text()) + ".";
    boolean hasKey = false;
    List<String> conditions = new ArrayList<>();
    for (Expression conjunct : Joins.conjuncts(join.on())) {
      takeType(conjunct, in, prefix);
      conditions.add(in.of(conjunct).text());
      hasKey |= isKey(conjunct, in, prefix);
    }
    if (!hasKey) {
      Name one = new Name(MetadataColumns.ONE, at);
      conditions.add(0, reference.find(one).orElseThrow().sql() + " = 1");
      notes.decide(
          at,
          "the join has no column of '%s' that is equal to one of the stream: each event is compared with every row"
              .formatted(input.alias()));
    }
    notes.differs(
        at,
        "'%s' is reference data: an event is joined with the rows that the file has when it is processed; in ASA with those of its time"
            .formatted(input.alias()),
        Section.REFERENCE_DATA);
    return new From(
        "%s\n%s JOIN %s FOR SYSTEM_TIME AS OF %s.%s AS %s\n  ON %s"
            .formatted(
                stream.sql(),
                join.left() ? "LEFT" : "INNER",
                Sql.name(input.table()),
                Sql.name(stream.table().orElseThrow()),
                Sql.name(PROCESSED_AT),
                Sql.name(known.text()),
                String.join("\n  AND ", conditions)),
        scope,
        Optional.empty(),
        stream.time(),
        stream.timestamp());
  }

  /** Adds a view of the stream with the time of processing, which lookups need. */
  private From processed(From stream) {
    List<String> more = new ArrayList<>(List.of("PROCTIME() AS " + Sql.name(PROCESSED_AT)));
    Optional<String> timestamp = stream.time().isPresent() ? Optional.empty() : stream.timestamp();
    String column = Sql.name(TimeAttribute.IN_VIEWS);
    timestamp.ifPresent(value -> more.add(value + " AS " + column));
    From view = views.add("stream", stream, more);
    return new From(
        view.sql(),
        view.scope(),
        view.table(),
        view.time(),
        timestamp.map(value -> Sql.name(view.table().orElseThrow()) + "." + column));
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

  /** Returns whether a column of the reference data is equal to something of the stream. */
  private static boolean isKey(Expression conjunct, Expressions in, String prefix) {
    if (!(conjunct instanceof Expression.Binary equal) || !equal.operator().equals("=")) {
      return false;
    }
    String left = in.of(equal.left()).text();
    String right = in.of(equal.right()).text();
    if (left.contains(prefix) == right.contains(prefix)) {
      return false;
    }
    String key = left.contains(prefix) ? left : right;
    return PartitionedInput.column(key, prefix.substring(0, prefix.length() - 1)).isPresent();
  }
}
