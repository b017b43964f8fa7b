package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static dev.outflow.sampling.column.ColumnType.Scalar.TIME;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Optional;

/** Translates JSON_PARSE: the record stays text, and each property is read from it. */
final class ParsedRecords {
  private ParsedRecords() {}

  static Sql parse(Call call, Expressions in) {
    Sql text = in.text(Functions.argument(call, 1, 0));
    Slot column =
        text.slot()
            .orElseThrow(
                () -> new Untranslatable(call.at(), "JSON_PARSE is only supported of a column"));
    in.notes()
        .differs(
            call.at(),
            "JSON_PARSE: properties are text here unless the query uses them otherwise, and their names are case-sensitive",
            Section.FUNCTIONS);
    return new Sql(
        "CASE WHEN %1$s IS JSON OBJECT THEN %1$s END".formatted(text.text()),
        Optional.of(STRING),
        Optional.of(column.parsed()),
        false);
  }

  /** Returns a property of a record, at any depth. */
  static Sql property(Sql record, List<Name> names, Expressions in) {
    Position at = names.get(0).at();
    String path = names.stream().map(ParsedRecords::quoted).collect(joining("", "$", ""));
    Slot property = record.slot().orElseThrow().property(path, at);
    String arguments = "(%s, %s)".formatted(record.text(), Sql.literal(path));
    Optional<ColumnType> type = in.scope().type(property);
    String value =
        type.filter(STRING::equals).isPresent()
            ? "COALESCE(JSON_VALUE%1$s, JSON_QUERY%1$s)".formatted(arguments)
            : "JSON_VALUE" + arguments;
    String typed =
        type.filter(other -> other != STRING)
            .map(
                other ->
                    other == TIME
                        ? "TRY_PARSE_DATETIME(%s)".formatted(value)
                        : "TRY_CAST(%s AS %s)".formatted(value, other.sql()))
            .orElse(value);
    return new Sql(typed, type, Optional.of(property), false);
  }

  private static String quoted(Name name) {
    if (name.text().matches(".*['\\\\].*")) {
      throw new Untranslatable(name.at(), "a property with a quote or a backslash in its name");
    }
    return "['" + name.text() + "']";
  }

  /** An output would have the text of a record in the place of the record. */
  static void checkNone(List<Field> written, Position at) {
    for (Field field : written) {
      if (field.slot().isParsed()) {
        throw new Untranslatable(
            at,
            "the fields of the record '%s' that JSON_PARSE returns are not known; name them"
                .formatted(field.name()));
      }
    }
  }
}
