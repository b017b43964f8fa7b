package dev.outflow.javascript;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The SQL types of a function.
 *
 * @param arguments the types of its arguments; null if it takes any number of any types
 * @param result the type of its result
 */
record Signature(List<DataType> arguments, DataType result) implements Serializable {

  TypeInference.Builder typeInference() {
    TypeInference.Builder types = TypeInference.newBuilder();
    if (arguments == null) {
      types.inputTypeStrategy(new AnyArguments());
    } else {
      types.staticArguments(
          IntStream.range(0, arguments.size())
              .mapToObj(i -> StaticArgument.scalar("arg" + i, passed(arguments.get(i)), false))
              .toArray(StaticArgument[]::new));
    }
    return types.outputTypeStrategy(call -> Optional.of(result));
  }

  /** Java takes a single array for all arguments of a method with any number of them. */
  private static DataType passed(DataType argument) {
    return argument.getLogicalType().is(LogicalTypeRoot.ARRAY)
        ? argument.bridgedTo(List.class)
        : argument;
  }

  /** Takes any arguments as they are. */
  private static final class AnyArguments implements InputTypeStrategy {
    @Override
    public ArgumentCount getArgumentCount() {
      return new ArgumentCount() {
        @Override
        public boolean isValidCount(int count) {
          return true;
        }

        @Override
        public Optional<Integer> getMinCount() {
          return Optional.empty();
        }

        @Override
        public Optional<Integer> getMaxCount() {
          return Optional.empty();
        }
      };
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      return Optional.of(call.getArgumentDataTypes().stream().map(Signature::passed).toList());
    }

    @Override
    public List<org.apache.flink.table.types.inference.Signature> getExpectedSignatures(
        FunctionDefinition definition) {
      return List.of(
          org.apache.flink.table.types.inference.Signature.of(
              org.apache.flink.table.types.inference.Signature.Argument.ofVarying("ANY")));
    }
  }
}
