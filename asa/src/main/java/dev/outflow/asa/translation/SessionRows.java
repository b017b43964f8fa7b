package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of sessions, each at the end of its session. Flink aggregates a session by its own key
 * only, so a query with other keys in GROUP BY collects the rows of each session, and aggregates
 * those of each instant.
 *
 * @param rows a view of them
 * @param eventTime the time of the event itself
 * @param keys columns that tell sessions that end at the same time apart
 */
record SessionRows(From rows, Sql eventTime, List<String> keys) {
  private static final String EVENT_TIME = "event_time";
  private static final String START = "session_start";
  private static final String ROWS = "session_rows";

  /** Returns whether GROUP BY has other keys than the sessions. */
  static boolean areNeeded(From source, List<String> partition, List<String> keys) {
    String prefix = PartitionedInput.alias(source) + ".";
    Set<String> own = partition.stream().map(key -> prefix + key).collect(Collectors.toSet());
    return !source.scope().isCollecting() && !own.equals(Set.copyOf(keys));
  }

  /**
   * Adds the views.
   *
   * @param partition the columns of the sessions' key
   */
  static SessionRows of(
      From source,
      TimeAttribute time,
      List<String> partition,
      Window window,
      Computed computed,
      Views views) {
    From all = views.add("events", source, columns(time, computed));
    computed.areIn(all);
    Map<String, ColumnType> types = types(all, computed);
    List<String> names = types.keySet().stream().map(Sql::name).toList();
    String sessions = views.name("sessions");
    views.add(
        sessions,
        "SELECT ARRAY_AGG(CAST(ROW(%s) AS %s)) AS `%s`,\n  CAST(window_start AS STRING) AS `%s`, window_time AS %s\nFROM %s\nGROUP BY %swindow_start, window_end, window_time"
            .formatted(
                String.join(", ", names),
                new ColumnType.Row(types).sql(),
                ROWS,
                START,
                Sql.name(TimeAttribute.IN_VIEWS),
                window.sql(all.table().orElseThrow(), TimeAttribute.IN_VIEWS, partition),
                partition.stream().map(key -> key + ", ").collect(joining())));
    String name = views.name("rows");
    views.add(
        name,
        "SELECT %s, s.`%s`, s.%s\nFROM %s AS s\nCROSS JOIN UNNEST(s.`%s`) AS e (%s)"
            .formatted(
                names.stream().map(column -> "e." + column).collect(joining(", ")),
                START,
                Sql.name(TimeAttribute.IN_VIEWS),
                Sql.name(sessions),
                ROWS,
                String.join(", ", names)));
    String prefix = Sql.name(name) + ".";
    From rows = moved(all, name, computed);
    List<String> keys = new ArrayList<>(List.of(prefix + Sql.name(START)));
    partition.forEach(key -> keys.add(prefix + key));
    return new SessionRows(rows, Sql.of(prefix + Sql.name(EVENT_TIME), TIME), keys);
  }

  private static List<String> columns(TimeAttribute time, Computed computed) {
    List<String> columns = new ArrayList<>(computed.columns());
    columns.add("CAST(%s AS TIMESTAMP_LTZ(3)) AS %s".formatted(time.sql(), Sql.name(EVENT_TIME)));
    return columns;
  }

  /** Returns the columns of the rows by name, with their types. */
  private static Map<String, ColumnType> types(From all, Computed computed) {
    String alias = Sql.name(all.table().orElseThrow());
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (Relation relation : all.scope().relations()) {
      for (Field field : relation.fields()) {
        PartitionedInput.column(field.sql(), alias)
            .ifPresent(column -> types.put(column, field.slot().type()));
      }
    }
    computed
        .values()
        .values()
        .forEach(
            value ->
                PartitionedInput.column(value.text(), alias)
                    .ifPresent(
                        column ->
                            types.put(column, value.type().orElse(ColumnType.Scalar.STRING))));
    types.put(EVENT_TIME, TIME);
    return types;
  }

  private static From moved(From all, String view, Computed computed) {
    String before = Sql.name(all.table().orElseThrow()) + ".";
    String prefix = Sql.name(view) + ".";
    computed.move(before, prefix);
    return new From(
        Sql.name(view),
        new Scope(
            all.scope().relations().stream().map(relation -> relation.in(before, prefix)).toList(),
            false),
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
