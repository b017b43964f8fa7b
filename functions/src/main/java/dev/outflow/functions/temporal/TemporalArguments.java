package dev.outflow.functions.temporal;

import static org.apache.flink.table.types.inference.StaticArgumentTrait.OPTIONAL_PARTITION_BY;
import static org.apache.flink.table.types.inference.StaticArgumentTrait.REQUIRE_ON_TIME;
import static org.apache.flink.table.types.inference.StaticArgumentTrait.SET_SEMANTIC_TABLE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.types.Row;

/** The arguments that the table functions of event time have in common. */
final class TemporalArguments {
  private TemporalArguments() {}

  /** Returns the table whose rows have an event time. */
  static StaticArgument input() {
    return StaticArgument.table(
        "input",
        Row.class,
        false,
        EnumSet.of(SET_SEMANTIC_TABLE, REQUIRE_ON_TIME, OPTIONAL_PARTITION_BY));
  }

  /** Returns a duration, which is required. */
  static StaticArgument duration(String name) {
    return StaticArgument.scalar(
        name, DataTypes.INTERVAL(DataTypes.DAY(3), DataTypes.SECOND(3)), false);
  }

  /** Checks that rows come in the order of their event time. */
  static void checkOrder(CallContext call) {
    if (call.getTableSemantics(0).orElseThrow().orderByColumns().length == 0) {
      throw call.newValidationError("'input' must have ORDER BY its event time.");
    }
  }

  /** Checks that a duration is a literal of 1 ms or more. */
  static void checkDuration(CallContext call, int argument, String name) {
    Optional<Duration> duration = call.getArgumentValue(argument, Duration.class);
    if (duration.isEmpty() || duration.get().toMillis() <= 0) {
      throw call.newValidationError("'%s' must be an interval of 1 ms or more.".formatted(name));
    }
  }
}
