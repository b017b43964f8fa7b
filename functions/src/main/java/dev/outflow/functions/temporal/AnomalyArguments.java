package dev.outflow.functions.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/** The arguments of functions that detect anomalies, and their results. */
final class AnomalyArguments {
  /** The column that the functions add. */
  static final String COLUMN = "anomaly";

  private static final int VALUE = 1;
  private static final int CONFIDENCE = 2;
  private static final int HISTORY_SIZE = 3;
  private static final int LIMIT_DURATION = 4;
  private static final int WHEN_TRUE = 5;

  private AnomalyArguments() {}

  /** Returns the arguments that all functions have first. */
  static List<StaticArgument> common() {
    return List.of(
        TemporalArguments.input(),
        StaticArgument.scalar("observed_value", DataTypes.DESCRIPTOR(), false),
        StaticArgument.scalar("confidence", DataTypes.DOUBLE(), false),
        StaticArgument.scalar("history_size", DataTypes.INT(), false),
        TemporalArguments.duration("limit_duration"),
        StaticArgument.scalar("when_true", DataTypes.DESCRIPTOR(), true));
  }

  /** Returns the type of results, if the arguments are valid. */
  static DataType output(CallContext call) {
    InputColumns columns = InputColumns.of(call, COLUMN);
    TemporalArguments.checkOrder(call);
    if (column(call, VALUE).filter(columns::isNumber).isEmpty()) {
      throw call.newValidationError("'observed_value' must name one numeric column.");
    }
    // Flink does not convert arguments of table functions: 95 would fail when the job starts.
    double confidence = call.getArgumentValue(CONFIDENCE, Double.class).orElse(0.0);
    if (confidence < 1 || confidence > 100) {
      throw call.newValidationError(
          "'confidence' must be a DOUBLE literal from 1 to 100, such as 95E0.");
    }
    if (call.getArgumentValue(HISTORY_SIZE, Integer.class).orElse(0) < 1) {
      throw call.newValidationError("'history_size' must be 1 or more.");
    }
    TemporalArguments.checkDuration(call, LIMIT_DURATION, "limit_duration");
    if (!call.isArgumentNull(WHEN_TRUE)
        && column(call, WHEN_TRUE).filter(columns::isBoolean).isEmpty()) {
      throw call.newValidationError("'when_true' must name one BOOLEAN column.");
    }
    List<DataTypes.Field> fields = new ArrayList<>(columns.passedOn());
    fields.add(
        DataTypes.FIELD(
            COLUMN,
            DataTypes.ROW(
                DataTypes.FIELD("IsAnomaly", DataTypes.BIGINT()),
                DataTypes.FIELD("Score", DataTypes.DOUBLE()))));
    return DataTypes.ROW(fields);
  }

  private static Optional<String> column(CallContext call, int argument) {
    return call.getArgumentValue(argument, ColumnList.class)
        .map(ColumnList::getNames)
        .filter(names -> names.size() == 1)
        .map(names -> names.get(0));
  }

  /** Returns the value of a row; empty if there is none, or it does not meet the condition. */
  static Optional<Double> value(Row input, ColumnList value, ColumnList whenTrue) {
    if (whenTrue != null && !Boolean.TRUE.equals(input.getField(whenTrue.getNames().get(0)))) {
      return Optional.empty();
    }
    Number number = input.getFieldAs(value.getNames().get(0));
    return Optional.ofNullable(number).map(Number::doubleValue).filter(Double::isFinite);
  }

  /** Returns the record that a row gets. */
  static Row anomaly(boolean isAnomaly, double score) {
    return Row.of(isAnomaly ? 1L : 0L, score);
  }
}
