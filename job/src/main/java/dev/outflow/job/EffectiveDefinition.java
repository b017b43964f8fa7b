package dev.outflow.job;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Place;
import dev.outflow.definition.Query;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.Redaction;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import dev.outflow.security.SecurityOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What a job is going to run with: every property with its value, secrets hidden, and where the
 * value comes from; then what guarantee each output has and why, and what its operators are called.
 */
final class EffectiveDefinition {
  private static final String DEFAULT = "default";

  private final ComposedJob job;
  private final JobDefinition definition;
  private final StringBuilder text = new StringBuilder();

  private EffectiveDefinition(ComposedJob job) {
    this.job = job;
    this.definition = job.definition();
  }

  /** For people, one property in a line. */
  static String of(ComposedJob job) {
    EffectiveDefinition effective = new EffectiveDefinition(job);
    effective.line(0, "name", job.name(), effective.place("name"));
    job.definition().inputs().forEach(effective::input);
    job.definition().queries().forEach(effective::query);
    job.definition()
        .transformation()
        .ifPresent(
            it -> effective.line(0, "transformation", it, effective.place("transformation")));
    job.definition().outputs().forEach(effective::output);
    effective.flink();
    effective.operators();
    return effective.text.toString();
  }

  private void input(String name, InputDefinition input) {
    String path = "inputs." + name;
    head(path);
    line(1, "connector", input.connector(), place(path + ".connector"));
    if (input.isKafka()) {
      Map<String, String> derived =
          Map.of(KafkaInputOptions.CONSUMER_GROUP_ID.key(), job.name() + "-" + name);
      options(path, input.options(), new KafkaInputTableFactory().optionalOptions(), derived);
    } else {
      options(path, input.options(), Set.of(), Map.of());
    }
    line(1, "columns", String.join(", ", input.columns().keySet()), place(path + ".columns"));
    input
        .eventTime()
        .ifPresent(
            time ->
                line(
                    1,
                    "event-time",
                    "%s, %d ms out of order".formatted(time.column(), time.outOfOrder().toMillis()),
                    place(path + ".event-time")));
  }

  private void query(Query query) {
    line(0, "queries." + query.name(), "", query.origin().toString());
  }

  private void output(String alias, OutputDefinition written) {
    String path = "outputs." + alias;
    KafkaOutput output = KafkaOutput.of(written.options(), job.name() + "-" + alias);
    Map<String, String> derived = new TreeMap<>();
    derived.put(KafkaOutputOptions.PARTITIONER.key(), output.partitioner().toString());
    Set<ConfigOption<?>> options = new KafkaOutputTableFactory().optionalOptions();
    if (output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      derived.put(KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key(), output.transactionalIdPrefix());
    } else {
      options.remove(KafkaOutputOptions.TRANSACTION_NAMING);
      options.remove(KafkaOutputOptions.ON_LOST_TRANSACTION);
    }
    head(path);
    options(path, written.options(), options, derived);
    line(1, "guarantee", guarantee(path, output.deliveryGuarantee()), "");
  }

  private String guarantee(String path, DeliveryGuarantee guarantee) {
    String why = origin(path + "." + KafkaOutputOptions.DELIVERY_GUARANTEE.key());
    return switch (guarantee) {
      case EXACTLY_ONCE ->
          "exactly once (%s): readable with each checkpoint, every %d ms, by readers with isolation.level=read_committed"
              .formatted(why, job.checkpoints().interval().toMillis());
      case AT_LEAST_ONCE ->
          "at least once (%s): readable at once, some twice after a failure".formatted(why);
      case NONE -> "none (%s): readable at once, some lost after a failure".formatted(why);
    };
  }

  /** Those that are written, those that a format has by default, and those that have a default. */
  private void options(
      String path,
      Map<String, String> written,
      Set<ConfigOption<?>> known,
      Map<String, String> derived) {
    Map<String, String> values = new TreeMap<>(derived);
    known.stream()
        .filter(ConfigOption::hasDefaultValue)
        .filter(option -> !isAboutVaults(option) || usesVaults(written))
        .forEach(option -> values.put(option.key(), written(option.defaultValue())));
    values.putAll(FormatDefaults.addTo(written));
    Redaction.of(values)
        .forEach(
            (key, value) ->
                line(1, key, value, written.containsKey(key) ? place(path + "." + key) : DEFAULT));
  }

  private static String written(Object value) {
    return value instanceof Duration time ? time.toSeconds() + " s" : value.toString();
  }

  private static boolean isAboutVaults(ConfigOption<?> option) {
    return option.equals(SecurityOptions.KEY_VAULT_CREDENTIAL)
        || option.equals(SecurityOptions.KEY_VAULT_REFRESH_INTERVAL)
        || option.equals(SecurityOptions.SASL_MECHANISM);
  }

  private static boolean usesVaults(Map<String, String> written) {
    return written.containsKey(SecurityOptions.SECURITY_PROTOCOL.key());
  }

  private void flink() {
    head("flink");
    Map<String, String> ours = JobOptions.written(definition);
    Redaction.of(job.flinkOptions())
        .forEach(
            (key, value) -> {
              String otherwise = value.equals(ours.get(key)) ? DEFAULT : "of the cluster";
              line(
                  1,
                  key,
                  value,
                  definition.flink().containsKey(key) ? place("flink." + key) : otherwise);
            });
  }

  private void operators() {
    head("operators");
    job.operators().forEach(operator -> text.append("  ").append(operator).append('\n'));
  }

  private String place(String path) {
    return definition.places().apply(path).toString();
  }

  /** Where a property is written, if it is; an enclosing one is not where it is. */
  private String origin(String path) {
    Place place = definition.places().apply(path);
    Place around = definition.places().apply(path.substring(0, Math.max(0, path.lastIndexOf('.'))));
    return place.equals(around) && path.contains(".") ? DEFAULT : place.toString();
  }

  private void head(String path) {
    text.append(path).append('\n');
  }

  private void line(int indent, String key, String value, String origin) {
    text.append(
        "%s%-32s  %s%s%n"
            .formatted(
                "  ".repeat(indent), key, value, origin.isEmpty() ? "" : "  (" + origin + ")"));
  }
}
