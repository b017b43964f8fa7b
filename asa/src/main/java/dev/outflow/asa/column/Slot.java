package dev.outflow.asa.column;

import dev.outflow.asa.query.Position;
import dev.outflow.sampling.column.ColumnType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A column of an input, or a field of one. It collects how queries use it, which gives it a type if
 * no declaration and no sample does.
 */
public final class Slot {
  /** What a use tells about the type, the strongest first. */
  public enum Use {
    TIME(ColumnType.Scalar.TIME, "used as a time"),
    WHOLE_NUMBER(ColumnType.Scalar.BIGINT, "used as a whole number"),
    NUMBER(ColumnType.Scalar.DOUBLE, "used as a number"),
    TEXT(ColumnType.Scalar.STRING, "used as text"),
    CAST(ColumnType.Scalar.STRING, "cast by the query");

    private final ColumnType.Scalar type;
    private final String reason;

    Use(ColumnType.Scalar type, String reason) {
      this.type = type;
      this.reason = reason;
    }

    /** Returns the use that gives a column a type, if there is one. */
    public static Optional<Use> of(ColumnType type) {
      return switch (type instanceof ColumnType.Scalar scalar ? scalar : ColumnType.Scalar.STRING) {
        case TIME -> Optional.of(TIME);
        case INT, BIGINT -> Optional.of(WHOLE_NUMBER);
        case DOUBLE -> Optional.of(NUMBER);
        default -> Optional.empty();
      };
    }
  }

  private static final Map<String, Use> EXPECTED =
      Map.of(
          "datetime", Use.TIME,
          "bigint", Use.WHOLE_NUMBER,
          "float", Use.NUMBER,
          "nvarchar(max)", Use.TEXT);

  private enum Origin {
    QUERY,
    SAMPLE,
    DECLARATION
  }

  private final String name;
  private final Position firstUse;
  private final Origin origin;
  private final ColumnType known;
  private final Map<String, Slot> fields = new LinkedHashMap<>();
  private BiFunction<String, Position, Optional<Slot>> others = (field, at) -> Optional.empty();
  private Slot element;
  private Slot value;
  private final Set<String> expected = new HashSet<>();
  private Use use;
  private boolean undeclared;
  private final Map<String, Slot> properties = new HashMap<>();
  private Slot parsed;
  private boolean isParsed;
  private boolean isProperty;

  private Slot(String name, Position firstUse, Origin origin, ColumnType known) {
    this.name = name;
    this.firstUse = firstUse;
    this.origin = origin;
    this.known = known;
    if (known instanceof ColumnType.Row row) {
      row.fields()
          .forEach((field, type) -> fields.put(key(field), new Slot(field, null, origin, type)));
    } else if (known instanceof ColumnType.Array array) {
      element = new Slot(name, null, origin, array.element());
    } else if (known instanceof ColumnType.Dictionary dictionary) {
      value = new Slot(name, null, origin, dictionary.value());
    }
  }

  /** A column that a query names first at a place. */
  public static Slot used(String name, Position firstUse) {
    return new Slot(name, firstUse, Origin.QUERY, null);
  }

  /** A column of samples; fields that no sample has can be added, texts can turn out as times. */
  public static Slot sampled(String name, ColumnType type) {
    return new Slot(name, null, Origin.SAMPLE, type);
  }

  /** A column whose type is declared or computed. */
  public static Slot declared(String name, ColumnType type) {
    return new Slot(name, null, Origin.DECLARATION, type);
  }

  /** A column with the fields of a record that no other column has, as text. */
  public static Slot undeclared(String name) {
    Slot slot = declared(name, ColumnType.Scalar.STRING);
    slot.undeclared = true;
    return slot;
  }

  /** A record whose fields are columns or fields of others, which a function finds. */
  public static Slot record(String name, BiFunction<String, Position, Optional<Slot>> others) {
    Slot record = new Slot(name, null, Origin.DECLARATION, null);
    record.others = others;
    return record;
  }

  /**
   * Returns the record that the text of this column holds. Its properties are columns of their own,
   * by their path, whose types queries tell.
   */
  public Slot parsed() {
    if (parsed == null) {
      parsed = declared(name, ColumnType.Scalar.STRING);
      parsed.isParsed = true;
    }
    return parsed;
  }

  /** Returns whether it is a record in a text. */
  public boolean isParsed() {
    return isParsed;
  }

  /** Returns a property of a record in a text. */
  public Slot property(String path, Position at) {
    return properties.computeIfAbsent(
        path,
        missing -> {
          Slot property = used(path, at);
          property.isProperty = true;
          return property;
        });
  }

  /** Returns the name as it is spelled in the data. */
  public String name() {
    return name;
  }

  /** Returns where a query names it first, if nothing else tells its type. */
  public Optional<Position> firstUse() {
    return Optional.ofNullable(firstUse);
  }

  /** Returns whether only queries tell the type. */
  public boolean isGuessed() {
    return origin == Origin.QUERY;
  }

  /** Returns whether a sample or queries tell the type. */
  public boolean isInferred() {
    return origin != Origin.DECLARATION;
  }

  /** Returns whether a query tells its type by its use. */
  public boolean isUsed() {
    return use != null
        || expectedUse().isPresent()
        || element != null
        || value != null
        || !fields.isEmpty();
  }

  /** Returns whether it has the fields that no other column has. */
  public boolean isUndeclared() {
    return undeclared;
  }

  /** Adds a use. */
  public void use(Use found) {
    if (use == null || found.compareTo(use) < 0) {
      use = found;
    }
  }

  /** Notes that a query expects a type; queries that expect several tell none. */
  public void isOfType(String asa) {
    expected.add(asa);
  }

  /** Returns the only type that queries expect. */
  private Optional<Use> expectedUse() {
    return expected.size() == 1
        ? Optional.ofNullable(EXPECTED.get(expected.iterator().next()))
        : Optional.empty();
  }

  /**
   * Returns a field of the record; empty if the column is not a record or does not have the field.
   */
  public Optional<Slot> field(String field, Position at) {
    if (isProperty) {
      return Optional.empty();
    }
    boolean open =
        origin == Origin.QUERY || (origin == Origin.SAMPLE && known instanceof ColumnType.Row);
    if (open && element == null) {
      return Optional.of(fields.computeIfAbsent(key(field), missing -> used(field, at)));
    }
    return Optional.ofNullable(fields.get(key(field))).or(() -> others.apply(field, at));
  }

  /** Returns the fields of the record in order. */
  public List<Slot> fields() {
    return List.copyOf(fields.values());
  }

  /** Returns the element of the array; empty if the column is not an array. */
  public Optional<Slot> element(Position at) {
    if (element == null && origin == Origin.QUERY && fields.isEmpty() && !isProperty) {
      element = used(name, at);
    }
    return Optional.ofNullable(element);
  }

  /** Returns the values of a record whose names are data; empty if its fields have names. */
  public Optional<Slot> values(Position at) {
    if (value == null && origin == Origin.QUERY && element == null && !isProperty) {
      value = used(name, at);
    }
    return Optional.ofNullable(value).filter(values -> fields.isEmpty());
  }

  /** Returns the type: as declared or sampled, as used, or else STRING. */
  public ColumnType type() {
    if (element != null) {
      return new ColumnType.Array(element.type());
    }
    if (!fields.isEmpty()) {
      Map<String, ColumnType> types = new LinkedHashMap<>();
      fields.values().forEach(field -> types.put(field.name(), field.type()));
      return new ColumnType.Row(types);
    }
    if (value != null) {
      return new ColumnType.Dictionary(value.type());
    }
    // Other texts that look like times stay as they are written.
    boolean text = origin == Origin.SAMPLE && known == ColumnType.Scalar.TIME && use != Use.TIME;
    if (known != null) {
      return text ? ColumnType.Scalar.STRING : known;
    }
    return found().map(use -> use.type).orElse(ColumnType.Scalar.STRING);
  }

  /** Returns why a column that is guessed has its type. */
  public String reason() {
    if (element != null) {
      return "used as an array";
    }
    if (!fields.isEmpty() || value != null) {
      return "used as a record";
    }
    return found().map(use -> use.reason).orElse("only passed on");
  }

  private Optional<Use> found() {
    return Optional.ofNullable(use).or(this::expectedUse);
  }

  private static String key(String field) {
    return field.toLowerCase(Locale.ROOT);
  }
}
