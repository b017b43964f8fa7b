package dev.outflow.functions.temporal;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.Row;

/** The columns of a process table function's input. */
final class InputColumns {
  /** The name that Flink gives to the time of a function's results. */
  static final String ROWTIME = "rowtime";

  private final List<DataTypes.Field> fields;
  private final int[] passedOn;

  private InputColumns(TableSemantics table) {
    Set<Integer> keys = Arrays.stream(table.partitionByColumns()).boxed().collect(toSet());
    this.fields =
        DataType.getFields(table.dataType()).stream()
            .map(field -> DataTypes.FIELD(field.getName(), plain(field.getDataType())))
            .toList();
    this.passedOn =
        IntStream.range(0, fields.size())
            .filter(column -> !keys.contains(column))
            .filter(column -> !fields.get(column).getName().equals(ROWTIME))
            .toArray();
  }

  static InputColumns of(TableSemantics table) {
    return new InputColumns(table);
  }

  /** Returns the columns of the first argument, if a function can add a column of this name. */
  static InputColumns of(CallContext call, String added) {
    TableSemantics table = call.getTableSemantics(0).orElseThrow();
    InputColumns columns = of(table);
    if (columns.fields.stream().anyMatch(field -> field.getName().equals(added))) {
      throw call.newValidationError("the input has a column '%s'; rename it.".formatted(added));
    }
    for (int column = 0; column < columns.fields.size(); column++) {
      boolean isTime = column == table.timeColumn() || table.timeColumn() < 0;
      if (columns.fields.get(column).getName().equals(ROWTIME) && !isTime) {
        throw call.newValidationError("the input has another column 'rowtime'; rename it.");
      }
    }
    return columns;
  }

  /** Returns the type of a whole row. Its times are no longer time attributes. */
  DataType row() {
    return DataTypes.ROW(fields);
  }

  boolean isBoolean(String name) {
    return is(name, type -> type.is(LogicalTypeRoot.BOOLEAN));
  }

  boolean isNumber(String name) {
    return is(name, type -> type.is(LogicalTypeFamily.NUMERIC));
  }

  private boolean is(String name, Predicate<LogicalType> wanted) {
    return fields.stream()
        .filter(field -> field.getName().equals(name))
        .anyMatch(field -> wanted.test(field.getDataType().getLogicalType()));
  }

  /** Returns the fields that a result consists of besides PARTITION BY and the time. */
  List<DataTypes.Field> passedOn() {
    return Arrays.stream(passedOn).mapToObj(fields::get).toList();
  }

  /** Returns the values of a result. */
  Row passedOn(Row input, Object added) {
    Row result = new Row(passedOn.length + 1);
    for (int column = 0; column < passedOn.length; column++) {
      result.setField(column, input.getField(passedOn[column]));
    }
    result.setField(passedOn.length, added);
    return result;
  }

  private static DataType plain(DataType type) {
    LogicalType logical = type.getLogicalType();
    if (logical instanceof LocalZonedTimestampType time) {
      return DataTypes.TIMESTAMP_LTZ(time.getPrecision());
    }
    if (logical instanceof TimestampType time) {
      return DataTypes.TIMESTAMP(time.getPrecision());
    }
    return type.nullable();
  }
}
