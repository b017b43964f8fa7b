package dev.outflow.print;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobOptions;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Query;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * The configuration that a job runs with: every property with its value and where the value comes
 * from, the delivery guarantee of each output, and the names of the operators. Secrets are
 * redacted.
 */
public final class EffectiveConfig {
  private static final String DEFAULT = "default";

  private final ComposedJob job;
  private final JobDefinition definition;
  private final Map<String, List<Property>> sections = new LinkedHashMap<>();

  private EffectiveConfig(ComposedJob job) {
    this.job = job;
    this.definition = job.definition();
  }

  /** Returns the whole configuration, one property per line, in sections. */
  public static String of(ComposedJob job) {
    StringBuilder text = new StringBuilder();
    read(job)
        .sections
        .forEach(
            (section, properties) -> text.append(section).append('\n').append(table(properties)));
    text.append("operators\n");
    job.operators().forEach(operator -> text.append("  ").append(operator).append('\n'));
    return text.toString();
  }

  /**
   * Returns the properties that the user set to something other than their default, one line each:
   * {@code outputs.orders.compression-type: zstd (conf/job.yaml:31:5)}. Leaves out what every job
   * has to set, such as addresses, topics, formats and columns.
   */
  public static List<String> changed(ComposedJob job) {
    List<String> lines = new ArrayList<>();
    read(job)
        .sections
        .forEach(
            (section, properties) ->
                properties.stream()
                    .filter(Property::changed)
                    .map(
                        property -> "%s.%s: %s".formatted(section, property.key(), property.text()))
                    .forEach(lines::add));
    return lines;
  }

  /** Returns the delivery guarantee of each output, and where it comes from, by alias. */
  public static Map<String, String> guarantees(ComposedJob job) {
    EffectiveConfig config = new EffectiveConfig(job);
    Map<String, String> guarantees = new LinkedHashMap<>();
    job.definition()
        .outputs()
        .forEach(
            (alias, output) ->
                guarantees.put(alias, config.guarantee(alias, config.parse(alias, output))));
    return guarantees;
  }

  private static EffectiveConfig read(ComposedJob job) {
    EffectiveConfig config = new EffectiveConfig(job);
    config.job();
    job.definition().inputs().forEach(config::input);
    job.definition().outputs().forEach(config::output);
    config.flink();
    return config;
  }

  private void job() {
    boolean asWritten = job.name().equals(definition.name());
    add("job", "name", job.name(), asWritten ? origin("name") : "this run");
    for (Query query : definition.queries()) {
      add("job", "queries." + query.name(), query.origin().toString(), "");
    }
    definition
        .transformation()
        .ifPresent(name -> add("job", "transformation", name, origin("transformation")));
  }

  private void input(String name, InputDefinition input) {
    String section = "inputs." + name;
    add(section, "connector", input.connector(), origin(section + ".connector"));
    if (input.isKafka()) {
      KafkaInputTableFactory factory = new KafkaInputTableFactory();
      Set<ConfigOption<?>> optional = factory.optionalOptions();
      optional.removeAll(EventTimeOptions.OPTIONS); // They have a line of their own.
      Map<String, String> derived =
          Map.of(KafkaOptions.CONSUMER_GROUP_ID.key(), job.name() + "-" + name);
      options(section, input.options(), optional, factory.requiredOptions(), derived);
    } else {
      Redaction.of(FormatDefaults.addTo(input.options()))
          .forEach((key, value) -> add(section, key, value, origin(section, input.options(), key)));
    }
    add(
        section,
        "columns",
        String.join(", ", input.columns().keySet()),
        origin(section + ".columns"));
    input
        .eventTime()
        .ifPresent(
            time -> add(section, "event-time", time.toString(), origin(section + ".event-time")));
  }

  private void output(String alias, OutputDefinition written) {
    String section = "outputs." + alias;
    KafkaOutput output = parse(alias, written);
    KafkaOutputTableFactory factory = new KafkaOutputTableFactory();
    Set<ConfigOption<?>> optional = factory.optionalOptions();
    Map<String, String> derived = new HashMap<>();
    derived.put(KafkaOutputOptions.PARTITIONER.key(), output.partitioner().toString());
    if (output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      derived.put(KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key(), output.transactionalIdPrefix());
    } else {
      optional.remove(KafkaOutputOptions.TRANSACTION_NAMING);
      optional.remove(KafkaOutputOptions.ON_LOST_TRANSACTION);
    }
    if (!ValueWriter.isChosenFor(written.options().get(FactoryUtil.FORMAT.key()))) {
      optional.remove(KafkaOutputOptions.VALUE_WRITER);
    }
    options(section, written.options(), optional, factory.requiredOptions(), derived);
    add(section, "guarantee", guarantee(alias, output), "");
  }

  private KafkaOutput parse(String alias, OutputDefinition output) {
    return KafkaOutput.of(output.options(), job.name() + "-" + alias);
  }

  private String guarantee(String alias, KafkaOutput output) {
    Map<String, String> written = definition.outputs().get(alias).options();
    String origin =
        origin("outputs." + alias, written, KafkaOutputOptions.DELIVERY_GUARANTEE.key());
    return switch (output.deliveryGuarantee()) {
      case EXACTLY_ONCE ->
          "exactly once (%s): committed with each checkpoint, every %d ms, for consumers with isolation.level=read_committed"
              .formatted(origin, job.checkpoints().interval().toMillis());
      case AT_LEAST_ONCE ->
          "at least once (%s): visible immediately; a failure can duplicate records"
              .formatted(origin);
      case NONE -> "none (%s): visible immediately; a failure can lose records".formatted(origin);
    };
  }

  /**
   * Adds the options that are written, the defaults of the format, and all other defaults.
   *
   * @param required options without a default, which every table sets
   * @param derived defaults that follow from other options
   */
  private void options(
      String section,
      Map<String, String> written,
      Set<ConfigOption<?>> optional,
      Set<ConfigOption<?>> required,
      Map<String, String> derived) {
    Map<String, String> defaults = new HashMap<>(derived);
    optional.stream()
        .filter(ConfigOption::hasDefaultValue)
        .filter(option -> hasEffect(option, written))
        .forEach(option -> defaults.put(option.key(), text(option.defaultValue())));
    defaults.putAll(FormatDefaults.of(written.getOrDefault(FactoryUtil.FORMAT.key(), "")));
    Set<String> expected = required.stream().map(ConfigOption::key).collect(toSet());
    Map<String, String> values = new HashMap<>(defaults);
    values.putAll(FormatDefaults.addTo(written));
    Redaction.of(values)
        .forEach(
            (key, value) ->
                add(
                    section,
                    new Property(
                        key,
                        value,
                        origin(section, written, key),
                        written.containsKey(key)
                            && !expected.contains(key)
                            && !value.equalsIgnoreCase(defaults.get(key)))));
  }

  private static String text(Object value) {
    return value instanceof Duration time ? time.toSeconds() + " s" : value.toString();
  }

  /** Whether the table's security protocol makes use of a default. */
  private static boolean hasEffect(ConfigOption<?> option, Map<String, String> written) {
    String protocol =
        written
            .getOrDefault(SecurityOptions.SECURITY_PROTOCOL.key(), "none")
            .toLowerCase(Locale.ROOT);
    if (option.equals(SecurityOptions.SASL_MECHANISM)) {
      return protocol.startsWith("sasl");
    }
    boolean ofKeyVault =
        option.equals(SecurityOptions.KEY_VAULT_CREDENTIAL)
            || option.equals(SecurityOptions.KEY_VAULT_REFRESH_INTERVAL);
    return !ofKeyVault || !protocol.equals("none");
  }

  private void flink() {
    Map<String, String> written = definition.flink();
    Map<String, String> ofJob = JobOptions.written(definition);
    Map<String, String> defaults = JobOptions.written(definition.withFlink(Map.of()));
    Map<String, String> effective = new TreeMap<>(Redaction.of(job.flinkOptions()));
    effective.remove(PipelineOptions.NAME.key()); // The job's name is the first line of all.
    effective.forEach(
        (key, value) -> {
          String otherwise = value.equals(ofJob.get(key)) ? DEFAULT : "cluster";
          boolean isWritten = written.containsKey(key);
          add(
              "flink",
              new Property(
                  key,
                  value,
                  isWritten ? origin("flink." + key) : otherwise,
                  isWritten && !value.equals(defaults.get(key))));
        });
  }

  private String origin(String section, Map<String, String> written, String key) {
    return written.containsKey(key) ? origin(section + "." + key) : DEFAULT;
  }

  private String origin(String path) {
    return definition.places().apply(path).toString();
  }

  private void add(String section, String key, String value, String origin) {
    add(section, new Property(key, value, origin, false));
  }

  private void add(String section, Property property) {
    sections.computeIfAbsent(section, name -> new ArrayList<>()).add(property);
  }

  /** Aligns the values of a section. */
  private static String table(List<Property> properties) {
    int width = properties.stream().mapToInt(property -> property.key().length()).max().orElse(0);
    return properties.stream()
        .map(
            property ->
                "  %s%s%s\n"
                    .formatted(
                        property.key(),
                        " ".repeat(width - property.key().length() + 2),
                        property.text()))
        .collect(joining());
  }

  /**
   * A line of the configuration.
   *
   * @param origin the location of the value, {@code default}, {@code cluster}, or empty
   * @param changed true if the user set it to something other than the default
   */
  private record Property(String key, String value, String origin, boolean changed) {
    String text() {
      return origin.isEmpty() ? value : "%s  (%s)".formatted(value, origin);
    }
  }
}
