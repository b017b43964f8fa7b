package dev.outflow.functions.aggregate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * The arguments of TOPONE and COLLECTTOP: the number of rows, if it is not 1, a value, the order of
 * the keys and the keys. A wrong order or key is reported when the query is planned.
 *
 * @param value the position of the value
 */
record TopArguments(int value) implements InputTypeStrategy {
  private static final Set<LogicalTypeFamily> KEYS =
      Set.of(LogicalTypeFamily.NUMERIC, LogicalTypeFamily.DATETIME);

  /**
   * Returns the types of a function.
   *
   * @param result the type of its result by that of the value
   */
  static TypeInference of(int value, Function<DataType, DataType> result) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new TopArguments(value))
        .accumulatorTypeStrategy(
            call -> {
              List<DataType> types = call.getArgumentDataTypes();
              return Optional.of(
                  TopRows.type(
                      types.get(value).nullable(), types.subList(value + 2, types.size())));
            })
        .outputTypeStrategy(
            call -> Optional.of(result.apply(call.getArgumentDataTypes().get(value).nullable())))
        .build();
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.from(value + 3);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    List<DataType> types = call.getArgumentDataTypes();
    List<DataType> keys = types.subList(value + 2, types.size());
    boolean isText = types.get(value + 1).getLogicalType().is(LogicalTypeFamily.CHARACTER_STRING);
    Optional<String> order = literal(call, value + 1, String.class);
    if (!isText || order.filter(text -> !isOrderOf(keys.size(), text)).isPresent()) {
      return call.fail(
          throwOnFailure,
          "argument %d of %s is the order of its keys; expected ASC or DESC for each of them, e.g. 'DESC'",
          value + 2,
          call.getName());
    }
    if (value > 0 && literal(call, 0, Integer.class).filter(rows -> rows < 1).isPresent()) {
      return call.fail(
          throwOnFailure, "argument 1 of %s is a number of rows, 1 or more", call.getName());
    }
    for (DataType key : keys) {
      if (KEYS.stream().noneMatch(key.getLogicalType()::is)) {
        return call.fail(
            throwOnFailure, "%s orders by numbers and times, not by %s", call.getName(), key);
      }
    }
    return Optional.of(types);
  }

  private static boolean isOrderOf(int keys, String order) {
    return Ranking.of(order).filter(found -> found.descending().size() == keys).isPresent();
  }

  /** Flink infers the types of aggregate functions several times, not always with literals. */
  private static <T> Optional<T> literal(CallContext call, int position, Class<T> type) {
    try {
      return call.getArgumentValue(position, type);
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    Signature.Argument each = Signature.Argument.of("value", "ANY");
    Signature.Argument order = Signature.Argument.of("order", "STRING");
    Signature.Argument keys = Signature.Argument.ofVarying("key", "NUMERIC | DATETIME");
    return List.of(
        value == 0
            ? Signature.of(each, order, keys)
            : Signature.of(
                Signature.Argument.of("rows", DataTypes.INT().getLogicalType()),
                each,
                order,
                keys));
  }
}
