package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.INT;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Translates functions of arrays and records. */
final class RecordFunctions {
  private RecordFunctions() {}

  static Sql arrayLength(Call call, Expressions in) {
    Sql array = in.of(Functions.argument(call, 1, 0));
    element(array, call);
    return Sql.of("CARDINALITY(%s)".formatted(array.text()), INT);
  }

  static Sql arrayElement(Call call, Expressions in) {
    Sql array = in.of(Functions.argument(call, 2, 0));
    Slot element = element(array, call);
    Expression index = call.arguments().get(1);
    String position =
        Units.whole(index)
            .map(value -> String.valueOf(value + 1))
            .orElseGet(() -> "CAST(%s + 1 AS INT)".formatted(in.whole(index).text()));
    return new Sql(
        "%s[%s]".formatted(array.text(), position),
        in.scope().type(element),
        Optional.of(element),
        false);
  }

  static Slot element(Sql array, Call call) {
    return array
        .slot()
        .flatMap(slot -> slot.element(call.at()))
        .orElseThrow(
            () ->
                new Untranslatable(
                    call.at(), "%s needs a column that is an array".formatted(call.written())));
  }

  static Sql property(Call call, Expressions in) {
    if (Functions.argument(call, 2, 1) instanceof Expression.Text path) {
      List<Name> names =
          Stream.of(path.value().split("\\.", -1)).map(name -> new Name(name, path.at())).toList();
      Expression record = call.arguments().get(0);
      return EventRecord.isInput(record, in)
          ? in.of(ofInput((Expression.Column) record, names))
          : Columns.fields(in.of(record), names, in);
    }
    return namedByData(call, in);
  }

  /** The properties of a whole event are the columns of its input. */
  private static Expression ofInput(Expression.Column input, List<Name> names) {
    return new Expression.Column(
        Stream.concat(input.path().stream(), names.stream()).toList(), input.at());
  }

  private static Sql record(Expression argument, Call call, Expressions in) {
    return EventRecord.ofInput(argument, call, in).orElseGet(() -> in.of(argument));
  }

  /** The fields that the name can mean must have one type. */
  private static Sql namedByData(Call call, Expressions in) {
    Sql record = record(call.arguments().get(0), call, in);
    Sql name = in.text(call.arguments().get(1));
    Optional<Slot> values = values(record, call, in);
    if (values.isPresent()) {
      return new Sql(
          "%s[%s]".formatted(record.text(), name.text()),
          in.scope().type(values.get()),
          values,
          false);
    }
    List<Slot> fields = record.slot().map(Slot::fields).orElse(List.of());
    if (in.scope().isCollecting()) {
      return Sql.untyped("NULL");
    }
    if (fields.isEmpty() || fields.stream().map(Slot::type).distinct().count() > 1) {
      throw severalTypes(call);
    }
    return Sql.of(
        fields.stream()
            .map(
                field ->
                    "WHEN %s THEN %s"
                        .formatted(
                            Sql.literal(field.name().toLowerCase(Locale.ROOT)),
                            Columns.fields(record, List.of(new Name(field.name(), call.at())), in)
                                .text()))
            .collect(joining(" ", "(CASE LOWER(%s) ".formatted(name.text()), " END)")),
        fields.get(0).type());
  }

  /** Returns the values of a record whose names are data. */
  private static Optional<Slot> values(Sql record, Call call, Expressions in) {
    Optional<Slot> values = record.slot().flatMap(slot -> slot.values(call.at()));
    values.ifPresent(
        value ->
            in.notes()
                .differs(
                    call.at(),
                    "%s: all properties are %s here, and their names are case-sensitive"
                        .formatted(call.written(), value.type().sql()),
                    Section.FUNCTIONS));
    return values;
  }

  /**
   * The properties of a record as rows.
   *
   * @param map of their names and values
   * @param value the value
   */
  record Properties(String map, Slot value) {}

  static Properties properties(Call call, Expressions in) {
    Sql record = record(Functions.argument(call, 1, 0), call, in);
    Optional<Slot> values = values(record, call, in);
    if (values.isPresent()) {
      return new Properties(record.text(), values.get());
    }
    List<Slot> fields = record.slot().map(Slot::fields).orElse(List.of());
    boolean areNumbers = fields.stream().map(Slot::type).allMatch(ColumnType::isNumber);
    boolean isOneType = fields.stream().map(Slot::type).distinct().count() == 1;
    if (fields.isEmpty() || !(areNumbers || isOneType)) {
      throw severalTypes(call);
    }
    in.notes()
        .differs(
            call.at(),
            "%s also returns the properties that an event does not have, with NULL"
                .formatted(call.written()),
            Section.FUNCTIONS);
    ColumnType type = isOneType ? fields.get(0).type() : DOUBLE;
    String map =
        fields.stream()
            .map(
                field ->
                    "CAST(%s AS STRING), CAST(%s AS %s)"
                        .formatted(
                            Sql.literal(field.name()),
                            Columns.fields(record, List.of(new Name(field.name(), call.at())), in)
                                .text(),
                            type.sql()))
            .collect(joining(", ", "MAP[", "]"));
    return new Properties(map, Slot.declared("PropertyValue", type));
  }

  private static Untranslatable severalTypes(Call call) {
    return new Untranslatable(
        call.at(),
        "%s needs a record with fields of one type, which a sample or CREATE TABLE states; or declare the record as MAP"
            .formatted(call.written()));
  }

  /** Types belong to columns, so that all events have the same. */
  static Sql type(Call call, Expressions in) {
    Sql value = in.of(Functions.argument(call, 1, 0));
    boolean isOpen = value.slot().filter(slot -> slot.isGuessed() && !slot.isUsed()).isPresent();
    if (isOpen && !in.scope().isCollecting()) {
      throw new Untranslatable(
          call.at(),
          "GetType: the type of the column is not known; give a sample with --sample INPUT=FILE, or"
              + " declare it with CREATE TABLE");
    }
    boolean isParsed = value.slot().filter(Slot::isParsed).isPresent();
    String name = isParsed ? "record" : value.type().map(RecordFunctions::name).orElse("");
    in.notes()
        .differs(
            call.at(),
            "GetType is '%s' for all events, also for NULL: a column has one type".formatted(name),
            Section.FUNCTIONS);
    return Sql.of("CAST(%s AS STRING)".formatted(Sql.literal(name)), STRING);
  }

  /** A column that nothing else tells the type of has the type that GetType is compared with. */
  static void learnType(Expression one, Expression other, Expressions in) {
    if (one instanceof Call call
        && call.function().equals("gettype")
        && other instanceof Expression.Text text) {
      in.of(Functions.argument(call, 1, 0))
          .slot()
          .ifPresent(slot -> slot.isOfType(text.value().toLowerCase(Locale.ROOT)));
    }
  }

  private static String name(ColumnType type) {
    if (type instanceof ColumnType.Row || type instanceof ColumnType.Dictionary) {
      return "record";
    } else if (type instanceof ColumnType.Array) {
      return "array";
    } else if (type.isTime() || type == ColumnType.Scalar.DATE) {
      return "datetime";
    } else if (type == ColumnType.Scalar.INT || type == ColumnType.Scalar.BIGINT) {
      return "bigint";
    } else if (type.isNumber()) {
      return "float";
    }
    return type == ColumnType.Scalar.BOOLEAN ? "bit" : "nvarchar(max)";
  }
}
