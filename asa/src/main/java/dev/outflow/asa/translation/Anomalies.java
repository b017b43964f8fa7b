package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates AnomalyDetection_SpikeAndDip and AnomalyDetection_ChangePoint to table functions, one
 * view for each model.
 */
final class Anomalies {
  private static final String SPIKES = "anomalydetection_spikeanddip";
  private static final Map<String, String> FUNCTIONS =
      Map.of(SPIKES, "SPIKE_AND_DIP", "anomalydetection_changepoint", "CHANGE_POINT");
  private static final Set<String> MODES = Set.of("spikes", "dips", "spikesanddips");
  private static final ColumnType RESULT = result();
  private static final String ROWTIME = "rowtime";

  private final Notes notes;
  private final Views views;

  /** What calls of one view have in common; expressions are in SQL. */
  private record Model(
      String function,
      String value,
      List<String> partition,
      Optional<String> when,
      Duration limit,
      List<String> arguments) {}

  Anomalies(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  private static ColumnType result() {
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    fields.put("IsAnomaly", BIGINT);
    fields.put("Score", DOUBLE);
    return new ColumnType.Row(fields);
  }

  static boolean isAnomaly(Expression.Call call) {
    return FUNCTIONS.containsKey(call.function()) && call.over().isPresent();
  }

  From compute(List<Expression.Call> calls, From from, Computed computed) {
    Map<Model, List<Expression.Call>> models = new LinkedHashMap<>();
    for (Expression.Call call : calls) {
      models.computeIfAbsent(model(call, from), model -> new ArrayList<>()).add(call);
    }
    From source = from;
    for (List<Expression.Call> model : models.values()) {
      source = view(model, source, computed);
    }
    return source;
  }

  private Model model(Expression.Call call, From from) {
    Expressions in = Overs.expressions(from, notes, false);
    Expression.Over over = call.over().orElseThrow();
    return new Model(
        FUNCTIONS.get(call.function()),
        in.number(value(call)).text(),
        over.partitionBy().stream().map(key -> in.of(key).text()).toList(),
        over.when().map(condition -> in.of(condition).text()),
        Overs.limit(call),
        arguments(call));
  }

  private static Expression value(Expression.Call call) {
    return Functions.argument(call, count(call), 0);
  }

  private static int count(Expression.Call call) {
    return call.function().equals(SPIKES) ? 4 : 3;
  }

  /** Returns the arguments that are literals. */
  private static List<String> arguments(Expression.Call call) {
    List<String> arguments = new ArrayList<>();
    arguments.add("confidence => " + confidence(call.arguments().get(1)) + "E0");
    arguments.add("history_size => " + historySize(call.arguments().get(2)));
    if (call.function().equals(SPIKES)) {
      arguments.add("mode => " + Sql.literal(mode(call.arguments().get(3))));
    }
    return arguments;
  }

  private static String confidence(Expression written) {
    if (written instanceof Expression.Numeral number
        && number.value().matches("\\d{1,3}(\\.\\d+)?")
        && Double.parseDouble(number.value()) >= 1
        && Double.parseDouble(number.value()) <= 100) {
      return number.value();
    }
    throw new Untranslatable(written.at(), "the confidence must be a number from 1 to 100");
  }

  private static long historySize(Expression written) {
    return Units.whole(written)
        .filter(size -> size >= 1 && size <= Integer.MAX_VALUE)
        .orElseThrow(
            () ->
                new Untranslatable(
                    written.at(), "the history size must be a number of events, 1 or more"));
  }

  private static String mode(Expression written) {
    return Optional.of(written)
        .filter(Expression.Text.class::isInstance)
        .map(text -> ((Expression.Text) text).value().toLowerCase(Locale.ROOT))
        .filter(MODES::contains)
        .orElseThrow(
            () ->
                new Untranslatable(
                    written.at(), "the mode must be 'spikes', 'dips' or 'spikesanddips'"));
  }

  private From view(List<Expression.Call> calls, From from, Computed computed) {
    Expression.Call any = calls.get(0);
    Expression.Over over = any.over().orElseThrow();
    note(any.at(), over);
    Model model = model(any, from);
    List<Expression> columns = new ArrayList<>(List.of(value(any)));
    over.when().ifPresent(columns::add);
    PartitionedInput input =
        PartitionedInput.of(from, over.partitionBy(), columns, computed, notes, views);
    TimeAttribute time = Overs.time(input.from(), any.at());
    String name = views.name("over");
    List<String> arguments = new ArrayList<>();
    arguments.add("input => " + input.table() + " ORDER BY " + Sql.name(time.column()));
    arguments.add("observed_value => " + descriptor(input.extra().get(0)));
    arguments.addAll(model.arguments());
    arguments.add("limit_duration => " + Units.interval(model.limit()));
    input
        .extra()
        .subList(1, input.extra().size())
        .forEach(when -> arguments.add("when_true => " + descriptor(when)));
    arguments.add("on_time => " + descriptor(time.column()));
    arguments.add("uid => " + Sql.literal(name));
    From rows =
        input.replacedBy(
            model.function() + "(\n  " + String.join(",\n  ", arguments) + ")", ROWTIME);
    for (Expression.Call call : calls) {
      computed.put(call, Aggregates.declared(input.qualified("anomaly"), RESULT, call));
    }
    From view = views.add(name, rows, computed.columns(), "");
    computed.areIn(view);
    return view;
  }

  private void note(Position at, Expression.Over over) {
    Overs.noteLimit(over, notes);
    notes.differsOnce(
        at,
        "anomalies are found with the algorithm that ASA's documentation names; ASA does not publish"
            + " its details, so that scores can differ",
        Section.ANOMALY_DETECTION);
  }

  private static String descriptor(String column) {
    return "DESCRIPTOR(" + Sql.name(column) + ")";
  }
}
