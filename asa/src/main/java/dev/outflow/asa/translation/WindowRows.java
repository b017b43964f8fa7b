package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of sessions and of sliding windows, each at the end of its window, which a window of one
 * instant aggregates: Flink's sessions have no maximum duration, and its OVER accepts only some
 * aggregates.
 *
 * @param rows a view of them
 * @param eventTime the time of the event itself
 * @param keys columns that tell windows that end at the same time apart
 */
record WindowRows(From rows, Sql eventTime, List<String> keys) {
  private static final String EVENT_TIME = "event_time";
  private static final String KEY = "window_key";

  /**
   * Adds the views.
   *
   * @param partition the expressions that windows are separate for
   */
  static WindowRows of(
      From source,
      TimeAttribute time,
      List<String> partition,
      Window window,
      Computed computed,
      Views views) {
    List<String> more = new ArrayList<>(computed.columns());
    more.add("CAST(%s AS TIMESTAMP_LTZ(3)) AS %s".formatted(time.sql(), Sql.name(EVENT_TIME)));
    List<String> keys =
        IntStream.range(0, partition.size())
            .mapToObj(key -> Sql.name(KEY + (key == 0 ? "" : "_" + (key + 1))))
            .toList();
    IntStream.range(0, keys.size())
        .forEach(key -> more.add(partition.get(key) + " AS " + keys.get(key)));
    From all = views.add("events", source, more);
    computed.areIn(all);
    String name = views.name(window.kind() == Window.Kind.SESSION ? "sessions" : "sliding");
    views.add(
        name,
        "SELECT %s, rowtime AS %s\nFROM %s(\n  input => TABLE %s%s ORDER BY %s,\n  %s,\n  on_time => DESCRIPTOR(%s),\n  uid => %s)"
            .formatted(
                String.join(", ", columns(all, computed, keys)),
                Sql.name(TimeAttribute.IN_VIEWS),
                window.kind() == Window.Kind.SESSION ? "SESSION_ROWS" : "SLIDING_ROWS",
                Sql.name(all.table().orElseThrow()),
                keys.isEmpty() ? "" : " PARTITION BY (" + String.join(", ", keys) + ")",
                Sql.name(TimeAttribute.IN_VIEWS),
                lengths(window),
                Sql.name(TimeAttribute.IN_VIEWS),
                Sql.literal(name)));
    String prefix = Sql.name(name) + ".";
    return new WindowRows(
        moved(all, name, computed),
        Sql.of(prefix + Sql.name(EVENT_TIME), TIME),
        keys.stream().map(key -> prefix + key).toList());
  }

  private static String lengths(Window window) {
    return window
        .longest()
        .map(
            longest ->
                "timeout => %s,\n  max_duration => %s"
                    .formatted(Units.interval(window.size()), Units.interval(longest)))
        .orElseGet(() -> "window_size => " + Units.interval(window.size()));
  }

  /** Returns the columns of the rows, without their time. */
  private static List<String> columns(From all, Computed computed, List<String> keys) {
    String alias = Sql.name(all.table().orElseThrow());
    List<String> columns = new ArrayList<>(keys);
    for (Relation relation : all.scope().relations()) {
      for (Field field : relation.fields()) {
        PartitionedInput.column(field.sql(), alias).map(Sql::name).ifPresent(columns::add);
      }
    }
    for (Sql value : computed.values().values()) {
      PartitionedInput.column(value.text(), alias).map(Sql::name).ifPresent(columns::add);
    }
    columns.add(Sql.name(EVENT_TIME));
    return columns.stream().distinct().toList();
  }

  private static From moved(From all, String view, Computed computed) {
    String before = Sql.name(all.table().orElseThrow()) + ".";
    String prefix = Sql.name(view) + ".";
    computed.move(before, prefix);
    return new From(
        Sql.name(view),
        new Scope(
            all.scope().relations().stream().map(relation -> relation.in(before, prefix)).toList(),
            all.scope().isCollecting()),
        Optional.of(view),
        all.time()
            .map(
                time ->
                    new TimeAttribute(
                        TimeAttribute.IN_VIEWS,
                        prefix + Sql.name(TimeAttribute.IN_VIEWS),
                        time.onUse())),
        Optional.empty());
  }
}
