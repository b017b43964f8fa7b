package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An input: its columns and its event time, as the queries turn out to need them. */
final class InputTable {
  private static final String ARRIVAL = MetadataColumns.ARRIVAL;
  private static final String COMPUTED_TIME = "event_time";

  private final String alias;
  private final String table;
  private boolean isReference;
  private boolean isStream;
  private final boolean isClosed;
  private final boolean isJson;
  private final Map<String, Slot> columns;
  private final UnaryOperator<String> freeTable;
  private final Map<String, InputTable> others = new LinkedHashMap<>();
  private final MetadataColumns metadata = new MetadataColumns(this::freeName);
  private Optional<Expression> timestamp = Optional.empty();
  private String timeColumn;
  private String timeExpression;
  private boolean needsTime;
  private boolean isReadByArrivalToo;

  /**
   * @param freeTable returns a name in Flink that is not taken
   * @param isClosed whether it has no other columns than these
   */
  InputTable(
      KnownInput known, UnaryOperator<String> freeTable, boolean isClosed, List<Slot> columns) {
    this.alias = known.alias();
    this.table = freeTable.apply(alias);
    this.freeTable = freeTable;
    this.isReference = known.isReference();
    this.isJson = known.isJson();
    this.isClosed = isClosed;
    this.columns = new LinkedHashMap<>();
    columns.forEach(
        column -> {
          if (!MetadataColumns.isAdded(column.name())) {
            this.columns.put(column.name().toLowerCase(Locale.ROOT), column);
          }
        });
  }

  /** The same input with another time: a further table of the same columns. */
  private InputTable(InputTable other) {
    this.alias = other.alias;
    this.table = other.freeTable.apply(alias);
    this.freeTable = other.freeTable;
    this.isReference = false;
    this.isJson = other.isJson;
    this.isClosed = other.isClosed;
    this.columns = other.columns;
  }

  /**
   * Returns the table for queries with a time. A table has one time in Flink, so that an input that
   * is read by several times is several tables of one topic.
   *
   * @param wanted TIMESTAMP BY; empty for the time of arrival
   */
  InputTable timedBy(Optional<Expression> wanted) {
    if (wanted.isEmpty()) {
      return isReadByArrivalToo ? others.computeIfAbsent("", key -> new InputTable(this)) : this;
    }
    String key = withoutPositions(wanted.get());
    boolean isOwn = timestamp.isEmpty() || withoutPositions(timestamp.get()).equals(key);
    return isOwn ? this : others.computeIfAbsent(key, time -> new InputTable(this));
  }

  /** Returns the tables of the input. */
  List<InputTable> all() {
    List<InputTable> all = new ArrayList<>(List.of(this));
    all.addAll(others.values());
    return all;
  }

  String alias() {
    return alias;
  }

  String table() {
    return table;
  }

  boolean isReference() {
    return isReference;
  }

  /** Returns the columns of the data in order. */
  List<Slot> columns() {
    return List.copyOf(columns.values());
  }

  /** Returns a column; adds it unless the columns are declared. */
  Optional<Slot> column(Name name) {
    Optional<Slot> added = metadata.column(name);
    if (added.isPresent()) {
      return added;
    }
    if (isClosed) {
      return Optional.ofNullable(columns.get(name.key()));
    }
    return Optional.of(
        columns.computeIfAbsent(name.key(), missing -> Slot.used(name.text(), name.at())));
  }

  /** Returns the column of undeclared fields; adds it unless the columns are declared. */
  private Optional<Slot> undeclared() {
    return isClosed || isReference || !isJson
        ? Optional.empty()
        : Optional.of(metadata.undeclared());
  }

  /** Notes that a query joins it without a limit of time. */
  void readAsReference(Position at) {
    isReference = true;
    checkUse(at);
  }

  /** Notes that a query reads it as a stream. */
  void readAsStream(Position at) {
    isStream = true;
    checkUse(at);
  }

  private void checkUse(Position at) {
    if (isReference && isStream) {
      throw new Untranslatable(
          at,
          "'%s' is reference data, which a query can only join with a stream; this query or another"
                  .formatted(alias)
              + " one reads it as a stream",
          Section.REFERENCE_DATA);
    }
  }

  /** Returns the reference data as a query that joins it reads it. */
  Relation reference(Name known) {
    String prefix = Sql.name(known.text()) + ".";
    return new Relation(
        Optional.of(known.text()),
        columns.values().stream().map(slot -> field(prefix, slot)).toList(),
        Optional.empty(),
        name -> column(name).map(slot -> field(prefix, slot)));
  }

  /**
   * Returns the table as a query reads it. It has a time if some query needs it.
   *
   * @param timestamped whether the query has TIMESTAMP BY; without, its time is that of arrival
   * @param collecting whether it is not known yet what queries need
   */
  Relation relation(Name known, boolean timestamped, boolean collecting) {
    String prefix = Sql.name(known.text()) + ".";
    List<Field> fields = new ArrayList<>();
    columns.values().forEach(slot -> fields.add(field(prefix, slot)));
    metadata.undeclaredIfRead().ifPresent(slot -> fields.add(field(prefix, slot)));
    String column = timeColumn == null ? ARRIVAL : timeColumn;
    TimeAttribute time =
        new TimeAttribute(
            column, prefix + Sql.name(column), at -> needsTime(at, timestamped, collecting));
    return new Relation(
        Optional.of(known.text()),
        fields,
        Optional.of(time).filter(attribute -> collecting || needsTime),
        name -> column(name).map(slot -> field(prefix, slot)),
        () -> undeclared().map(slot -> field(prefix, slot)));
  }

  private Field field(String prefix, Slot slot) {
    return new Field(
        slot.name(),
        prefix + Sql.name(slot.name()),
        slot,
        slot.name().equals(eventTime().orElse("")));
  }

  private void needsTime(Position at, boolean timestamped, boolean collecting) {
    if (!timestamped && timestamp.isPresent()) {
      if (!collecting) {
        throw new Untranslatable(
            at, "'%s' is read both by arrival time and with TIMESTAMP BY".formatted(alias));
      }
      isReadByArrivalToo = true; // The next translation reads another table.
      return;
    }
    needsTime = true;
    if (timeColumn == null) {
      metadata.arrival();
    }
  }

  /** Takes over TIMESTAMP BY of a query; all queries that read this table have the same. */
  void timestampBy(Expression expression, Name known, boolean collecting) {
    timestamp = Optional.of(expression);
    Relation columnsOnly =
        new Relation(
            Optional.of(known.text()),
            columns().stream().map(slot -> field("", slot)).toList(),
            Optional.empty(),
            name -> column(name).map(slot -> field("", slot)));
    Expressions in =
        new Expressions(
            new Scope(List.of(columnsOnly), collecting),
            new Notes(new Findings(""), List.of()),
            at -> {
              throw new Untranslatable(at, "TIMESTAMP BY System.Timestamp()");
            },
            Map.of(),
            Map.of(),
            false);
    Sql time = in.time(expression);
    needsTime = true;
    boolean isColumn = time.slot().filter(slot -> isTopLevel(slot, time.text())).isPresent();
    timeColumn = isColumn ? time.slot().get().name() : freeName(COMPUTED_TIME);
    timeExpression = isColumn ? null : time.text();
  }

  private String freeName(String wanted) {
    String name = wanted;
    while (columns.containsKey(name.toLowerCase(Locale.ROOT))) {
      name += "_";
    }
    return name;
  }

  private static boolean isTopLevel(Slot slot, String sql) {
    return sql.equals(Sql.name(slot.name()));
  }

  private static String withoutPositions(Expression expression) {
    return expression.toString().replaceAll("Position\\[[^]]*]", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the event-time column; empty if no query needs the time. */
  private Optional<String> eventTime() {
    return needsTime && !isReference
        ? Optional.of(timeColumn == null ? ARRIVAL : timeColumn)
        : Optional.empty();
  }

  /** Returns whether event time is the time of arrival. */
  private boolean isByArrival() {
    return timeColumn == null || timeColumn.equals(ARRIVAL);
  }

  /** Returns whether event time is an expression of columns. */
  private boolean isComputed() {
    return timeExpression != null;
  }

  /** Returns the input as the job defines it. */
  Translation.Input translated() {
    return new Translation.Input(
        alias,
        table,
        definitions(),
        columns().stream().map(Slot::name).toList(),
        eventTime(),
        isByArrival(),
        isComputed(),
        isReference);
  }

  /** Returns the definitions of all columns, as in job.yaml. */
  private Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    columns.values().forEach(slot -> definitions.put(slot.name(), slot.type().sql()));
    definitions.putAll(metadata.definitions());
    if (definitions.isEmpty()) { // COUNT(*) alone
      definitions.put(ARRIVAL, "TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'");
    }
    if (timeExpression != null) {
      definitions.put(timeColumn, "AS " + timeExpression);
    }
    return definitions;
  }
}
