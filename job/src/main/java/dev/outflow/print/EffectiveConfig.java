package dev.outflow.print;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobOptions;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import dev.outflow.kafka.output.ValueWriter;
import dev.outflow.option.Redaction;
import dev.outflow.security.SecurityOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What a job is going to run with: every property with its value, secrets hidden, and where the
 * value comes from; then what guarantee each output has and why, and what its operators are called.
 */
public final class EffectiveConfig {
  private static final String DEFAULT = "default";

  private final ComposedJob job;
  private final JobDefinition definition;
  private final StringBuilder text = new StringBuilder();
  private final List<Line> lines = new ArrayList<>();

  private EffectiveConfig(ComposedJob job) {
    this.job = job;
    this.definition = job.definition();
  }

  /** For people, one property in a line. */
  public static String of(ComposedJob job) {
    EffectiveConfig effective = new EffectiveConfig(job);
    effective.job();
    job.definition().inputs().forEach(effective::input);
    job.definition().outputs().forEach(effective::output);
    effective.flink();
    effective.operators();
    return effective.text.toString();
  }

  private void job() {
    boolean asWritten = job.name().equals(definition.name());
    head("job");
    line("name", job.name(), asWritten ? place("name") : "of this run");
    definition
        .queries()
        .forEach(query -> line("queries." + query.name(), query.origin().toString(), ""));
    definition
        .transformation()
        .ifPresent(name -> line("transformation", name, place("transformation")));
  }

  private void input(String name, InputDefinition input) {
    String path = "inputs." + name;
    head(path);
    line("connector", input.connector(), place(path + ".connector"));
    if (input.isKafka()) {
      Map<String, String> derived =
          Map.of(KafkaOptions.CONSUMER_GROUP_ID.key(), job.name() + "-" + name);
      Set<ConfigOption<?>> options = new KafkaInputTableFactory().optionalOptions();
      options.removeAll(
          EventTimeOptions.OPTIONS); // What is in force of them has a line of its own.
      options(path, input.options(), options, derived);
    } else {
      options(path, input.options(), Set.of(), Map.of());
    }
    line("columns", String.join(", ", input.columns().keySet()), place(path + ".columns"));
    input
        .eventTime()
        .ifPresent(time -> line("event-time", time.toString(), place(path + ".event-time")));
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
    if (!ValueWriter.isChosenFor(written.options().get(FactoryUtil.FORMAT.key()))) {
      options.remove(KafkaOutputOptions.VALUE_WRITER);
    }
    head(path);
    options(path, written.options(), options, derived);
    line("guarantee", guarantee(path, written, output.deliveryGuarantee()), "");
  }

  private String guarantee(String path, OutputDefinition written, DeliveryGuarantee guarantee) {
    String key = KafkaOutputOptions.DELIVERY_GUARANTEE.key();
    String why = written.options().containsKey(key) ? place(path + "." + key) : DEFAULT;
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
        .filter(option -> isOfUse(option, written))
        .forEach(option -> values.put(option.key(), written(option.defaultValue())));
    values.putAll(FormatDefaults.addTo(written));
    Redaction.of(values)
        .forEach(
            (key, value) ->
                line(key, value, written.containsKey(key) ? place(path + "." + key) : DEFAULT));
  }

  private static String written(Object value) {
    return value instanceof Duration time ? time.toSeconds() + " s" : value.toString();
  }

  /** Whether the security of a table leaves any meaning to a default. */
  private static boolean isOfUse(ConfigOption<?> option, Map<String, String> written) {
    String protocol =
        written
            .getOrDefault(SecurityOptions.SECURITY_PROTOCOL.key(), "none")
            .toLowerCase(Locale.ROOT);
    if (option.equals(SecurityOptions.SASL_MECHANISM)) {
      return protocol.startsWith("sasl");
    }
    boolean ofVaults =
        option.equals(SecurityOptions.KEY_VAULT_CREDENTIAL)
            || option.equals(SecurityOptions.KEY_VAULT_REFRESH_INTERVAL);
    return !ofVaults || !protocol.equals("none");
  }

  private void flink() {
    head("flink");
    Map<String, String> ours = JobOptions.written(definition);
    Redaction.of(job.flinkOptions())
        .forEach(
            (key, value) -> {
              if (key.equals(PipelineOptions.NAME.key())) {
                return; // The job's name, which stands first.
              }
              String otherwise = value.equals(ours.get(key)) ? DEFAULT : "of the cluster";
              line(
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

  private void head(String path) {
    flush();
    text.append(path).append('\n');
  }

  private void line(String key, String value, String origin) {
    lines.add(new Line(key, origin.isEmpty() ? value : "%s  (%s)".formatted(value, origin)));
  }

  /** The values of a section stand below each other. */
  private void flush() {
    int width = lines.stream().mapToInt(line -> line.key().length()).max().orElse(0);
    lines.forEach(
        line ->
            text.append("  ")
                .append(line.key())
                .append(" ".repeat(width - line.key().length() + 2))
                .append(line.value())
                .append('\n'));
    lines.clear();
  }

  private record Line(String key, String value) {}
}
