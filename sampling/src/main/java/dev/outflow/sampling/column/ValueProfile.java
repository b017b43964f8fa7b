package dev.outflow.sampling.column;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.format.reader.EpochUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the values of a column, field or element have in common.
 *
 * <p>Not thread-safe.
 */
final class ValueProfile {
  /** From this many names on, objects with different names are a dictionary. */
  private static final int MIN_NAMES = 20;

  /** Each object of a dictionary has at most this part of all names. */
  private static final int NAMES_PER_OBJECT = 3;

  /** The kinds of values that JSON has; null is none. */
  enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    BOOLEAN,
    NUMBER
  }

  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final Map<String, ValueProfile> fields = new LinkedHashMap<>();
  private final NumberProfile numbers = new NumberProfile();
  private final EpochProfile epoch = new EpochProfile();
  private final TextProfile texts = new TextProfile();
  private final boolean hasParts;
  private ValueProfile elements;
  private ValueProfile values;
  private int seen;
  private long names;

  ValueProfile() {
    this(true);
  }

  /**
   * @param hasParts whether the fields of objects and the elements of arrays are profiled
   */
  private ValueProfile(boolean hasParts) {
    this.hasParts = hasParts;
  }

  /**
   * Adds a value.
   *
   * @param arrival the timestamp of its record
   */
  void add(JsonNode value, long arrival) {
    if (value.isNull() || value.isMissingNode()) {
      return;
    }
    seen++;
    Kind kind = kind(value);
    kinds.add(kind);
    switch (kind) {
      case OBJECT -> addFields(value, arrival);
      case ARRAY -> addElements(value, arrival);
      case NUMBER -> {
        numbers.add(value.decimalValue());
        epoch.add(value.decimalValue(), arrival);
      }
      case TEXT -> texts.add(value.textValue());
      default -> {} // A boolean has no details.
    }
  }

  private static Kind kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> Kind.OBJECT;
      case ARRAY -> Kind.ARRAY;
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.BOOLEAN;
      default -> Kind.TEXT;
    };
  }

  private void addFields(JsonNode object, long arrival) {
    if (!hasParts) {
      return;
    }
    object
        .properties()
        .forEach(
            field -> {
              names++;
              fields
                  .computeIfAbsent(field.getKey(), name -> new ValueProfile())
                  .add(field.getValue(), arrival);
              values().add(field.getValue(), arrival);
            });
  }

  /** The values of all fields; needed if the object turns out to be a dictionary. */
  private ValueProfile values() {
    if (values == null) {
      values = new ValueProfile(false);
    }
    return values;
  }

  private void addElements(JsonNode array, long arrival) {
    if (!hasParts) {
      return;
    }
    if (elements == null) {
      elements = new ValueProfile();
    }
    array.forEach(element -> elements.add(element, arrival));
  }

  /** Returns how many values are not null. */
  int seen() {
    return seen;
  }

  Set<Kind> kinds() {
    return Collections.unmodifiableSet(kinds);
  }

  Map<String, ValueProfile> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** Returns the unit if the column consists of numbers that count time. */
  Optional<EpochUnit> epochUnit(String column) {
    return kinds.equals(EnumSet.of(Kind.NUMBER)) ? epoch.unit(column) : Optional.empty();
  }

  /**
   * Returns the type.
   *
   * @param column the name of the column or field
   * @param unit the unit of numbers that become times, if any
   */
  ColumnType type(String column, Optional<EpochUnit> unit) {
    boolean isOpaque = !hasParts && (kinds.contains(Kind.OBJECT) || kinds.contains(Kind.ARRAY));
    if (kinds.size() != 1 || isOpaque) {
      return ColumnType.Scalar.STRING; // It takes values of any kind.
    }
    return switch (kinds.iterator().next()) {
      case OBJECT -> objectType(column, unit);
      case ARRAY -> new ColumnType.Array(elements.type(column, unit));
      case TEXT -> texts.type();
      case BOOLEAN -> ColumnType.Scalar.BOOLEAN;
      case NUMBER ->
          unit.isPresent() && unit.equals(epochUnit(column))
              ? timeType(unit.get())
              : numbers.type();
    };
  }

  private static ColumnType timeType(EpochUnit unit) {
    return switch (unit) {
      case SECONDS, MILLISECONDS -> ColumnType.Scalar.TIME;
      case MICROSECONDS -> ColumnType.Scalar.TIME_MICROS;
      case NANOSECONDS -> ColumnType.Scalar.TIME_NANOS;
    };
  }

  private ColumnType objectType(String column, Optional<EpochUnit> unit) {
    if (fields.isEmpty()) {
      return new ColumnType.Dictionary(ColumnType.Scalar.STRING);
    }
    if (fields.size() >= MIN_NAMES && names * NAMES_PER_OBJECT < (long) seen * fields.size()) {
      return new ColumnType.Dictionary(values.type(column, unit));
    }
    Map<String, ColumnType> types = new LinkedHashMap<>();
    fields.forEach((name, field) -> types.put(name, field.type(name, unit)));
    return new ColumnType.Row(types);
  }
}
