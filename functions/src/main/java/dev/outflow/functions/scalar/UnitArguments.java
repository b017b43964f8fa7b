package dev.outflow.functions.scalar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * The arguments of a function of dates: a literal unit and times. An unknown unit is reported when
 * the query is planned.
 */
record UnitArguments(int times) implements InputTypeStrategy {
  /** Returns the types of a function of a unit and a number of times. */
  static TypeInference before(int times, DataType result) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new UnitArguments(times))
        .outputTypeStrategy(call -> Optional.of(result))
        .build();
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.of(times + 1);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    Optional<String> unit = call.getArgumentValue(0, String.class);
    if (unit.flatMap(DateUnit::of).isEmpty()) {
      return call.fail(
          throwOnFailure,
          "%s is not a unit of time; expected one of %s, in single quotes",
          unit.map(name -> "'" + name + "'").orElse("the first argument of " + call.getName()),
          DateUnit.list());
    }
    List<DataType> types = new ArrayList<>(List.of(DataTypes.STRING()));
    types.addAll(Collections.nCopies(times, DataTypes.TIMESTAMP_LTZ(9)));
    return Optional.of(types);
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    List<Signature.Argument> arguments =
        new ArrayList<>(List.of(Signature.Argument.of("unit", "STRING")));
    for (int i = 0; i < times; i++) {
      arguments.add(Signature.Argument.of("time", "TIMESTAMP_LTZ"));
    }
    return List.of(Signature.of(arguments));
  }
}
