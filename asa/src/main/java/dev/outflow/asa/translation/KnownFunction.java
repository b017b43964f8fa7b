package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user-defined function of the job that runs in Flink.
 *
 * @param call how queries call it, in lowercase: {@code udf.f} or {@code uda.f}
 * @param name its name in Flink
 * @param isAggregate whether it is a user-defined aggregate
 * @param usesTime whether it uses the time of events, which ASA passes to aggregates
 * @param arguments the types of its arguments, as far as they are declared
 * @param result the type of its result, which queries can tell as they do of columns
 */
public record KnownFunction(
    String call,
    String name,
    boolean isAggregate,
    boolean usesTime,
    List<Optional<ColumnType>> arguments,
    Slot result) {
  public KnownFunction {
    arguments = List.copyOf(arguments);
  }

  /** Returns whether a call is that of a user-defined aggregate. */
  static boolean isAggregate(Call call) {
    return call.function().startsWith("uda.");
  }

  Sql translate(Call written, Expressions in) {
    if (isAggregate && !in.hasAggregates()) {
      throw new Untranslatable(
          written.at(), "%s needs GROUP BY with a window".formatted(written.written()));
    }
    if (usesTime) {
      throw new Untranslatable(
          written.at(),
          "%s uses the time of events in accumulate, which the import passes in windows only; call %s(value, time) with the event-time column in Flink"
              .formatted(written.written(), name),
          Section.FUNCTIONS);
    }
    return sql(written, in, Optional.empty());
  }

  /** Translates the aggregates in a window that use the time of events. */
  static void passTime(
      Query.Select select, Expressions in, Sql eventTime, Map<Expression, Sql> computed) {
    for (Call call : Calls.aggregates(select)) {
      in.notes()
          .function(call.function())
          .filter(KnownFunction::usesTime)
          .ifPresent(
              function ->
                  computed.put(call, function.sql(call, in.ofRows(), Optional.of(eventTime))));
    }
  }

  private Sql sql(Call written, Expressions in, Optional<Sql> eventTime) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < written.arguments().size(); i++) {
      Expression argument = written.arguments().get(i);
      int index = i;
      values.add(
          EventRecord.ofInput(argument, written, in)
              .orElseGet(() -> argument(argument, index, in))
              .text());
    }
    eventTime.ifPresent(time -> values.add(time.text()));
    String sql = "%s(%s)".formatted(Sql.name(name), String.join(", ", values));
    return new Sql(sql, in.scope().type(result), Optional.of(result), false);
  }

  private Sql argument(Expression argument, int index, Expressions in) {
    boolean number =
        index < arguments.size() && arguments.get(index).filter(ColumnType::isNumber).isPresent();
    Sql value = number ? in.number(argument) : in.of(argument);
    if (value.slot().filter(Slot::isParsed).isPresent()) {
      throw new Untranslatable(
          argument.at(),
          "the record that JSON_PARSE returns is text here; parse it in the function");
    }
    return value;
  }
}
