package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** The option {@code json.undeclared-column}: the column whose fields are written flat. */
final class FlattenedColumn {
  static final ConfigOption<String> OPTION =
      ConfigOptions.key("json.undeclared-column").stringType().noDefaultValue();

  private static final String JSON = "json";

  private FlattenedColumn() {}

  /**
   * Returns the position of the column, if the option is set.
   *
   * @param options the table's options
   * @param row the table's columns
   * @throws InvalidOptionsException if the column is missing or not text, or the format is not json
   */
  static Optional<Integer> find(Map<String, String> options, DataType row) {
    String name = options.get(OPTION.key());
    if (name == null) {
      return Optional.empty();
    }
    String format = options.get(FactoryUtil.FORMAT.key());
    if (!format.equals(JSON)) {
      throw invalid(
          "has no effect with %1$s '%2$s'; remove it or change %1$s"
              .formatted(FactoryUtil.FORMAT.key(), format));
    }
    List<String> names = DataType.getFieldNames(row);
    int column = names.indexOf(name);
    if (column < 0) {
      throw invalid("unknown column '%s'%s".formatted(name, Suggestion.among(names, name)));
    }
    LogicalType type = row.getLogicalType().getChildren().get(column);
    if (!type.is(LogicalTypeFamily.CHARACTER_STRING)) {
      throw invalid(
          "column '%s' has type %s; expected STRING with a JSON object"
              .formatted(name, type.copy(true).asSummaryString()));
    }
    return Optional.of(column);
  }

  /** Returns the options without this one, which Flink's format lacks. */
  static Map<String, String> without(Map<String, String> options) {
    Map<String, String> others = new HashMap<>(options);
    others.remove(OPTION.key());
    return others;
  }

  private static InvalidOptionsException invalid(String message) {
    return InvalidOptionsException.of(OPTION.key(), message);
  }
}
