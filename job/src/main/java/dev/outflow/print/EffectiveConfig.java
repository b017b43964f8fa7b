package dev.outflow.print;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobOptions;
import dev.outflow.definition.FunctionDefinition;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Query;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.ordering.EventTimeOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import dev.outflow.option.Redaction;
import dev.outflow.values.ValueReaders;
import dev.outflow.values.ValueWriters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
            (section, properties) ->
                text.append(section).append('\n').append(Property.table(properties)));
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
    for (FunctionDefinition function : definition.functions()) {
      String path = "functions." + function.name();
      add("job", path, function.source(), origin(path));
    }
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
      KafkaConnection connection =
          KafkaInput.of(input.options(), KafkaOptions.defaultId(job.name(), name)).connection();
      TableOptions options =
          options(section, input.options(), BrokerDefaults.ofInput(connection.kind()));
      Set<ConfigOption<?>> optional = new KafkaInputTableFactory().optionalOptions();
      optional.removeAll(EventTimeOptions.OPTIONS); // They have a line of their own.
      if (!ValueReaders.isSupported(input.options().get(FactoryUtil.FORMAT.key()))) {
        optional.remove(KafkaInputOptions.VALUE_READER);
      }
      Map<String, String> derived = new HashMap<>();
      derived.put(KafkaOptions.CONSUMER_GROUP_ID.key(), KafkaOptions.defaultId(job.name(), name));
      if (input.isUpsert()) {
        optional.remove(KafkaInputOptions.START);
        derived.put(KafkaInputOptions.START.key(), KafkaInputOptions.EARLIEST);
      }
      properties(section).addAll(options.effective(optional, derived));
    } else {
      properties(section)
          .addAll(options(section, input.options(), BrokerDefaults.NONE).ofForeignConnector());
    }
    add(
        section,
        "columns",
        String.join(", ", input.columns().keySet()),
        origin(section + ".columns"));
    if (!input.primaryKey().isEmpty()) {
      add(
          section,
          "primary-key",
          String.join(", ", input.primaryKey()),
          origin(section + ".primary-key"));
    }
    input
        .eventTime()
        .ifPresent(
            time -> add(section, "event-time", time.toString(), origin(section + ".event-time")));
  }

  private void output(String alias, OutputDefinition written) {
    String section = "outputs." + alias;
    KafkaOutput output = parse(alias, written);
    Set<ConfigOption<?>> optional = new KafkaOutputTableFactory().optionalOptions();
    Map<String, String> derived = new HashMap<>();
    derived.put(KafkaOutputOptions.PARTITIONER.key(), output.partitioner().toString());
    if (output.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      derived.put(KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX.key(), output.transactionalIdPrefix());
    } else {
      optional.remove(KafkaOutputOptions.TRANSACTION_NAMING);
      optional.remove(KafkaOutputOptions.ON_LOST_TRANSACTION);
    }
    if (!ValueWriters.isSupported(written.options().get(FactoryUtil.FORMAT.key()))) {
      optional.remove(KafkaOutputOptions.VALUE_WRITER);
    }
    properties(section).addAll(options(alias, output).effective(optional, derived));
    job.definition()
        .outputs()
        .get(alias)
        .onConflict()
        .ifPresent(
            chosen ->
                properties(section)
                    .add(
                        new Property(
                            OutputDefinition.ON_CONFLICT,
                            chosen.toString(),
                            origin(section + "." + OutputDefinition.ON_CONFLICT),
                            true)));
    add(section, "guarantee", guarantee(alias, output), "");
  }

  private KafkaOutput parse(String alias, OutputDefinition output) {
    return KafkaOutput.of(output.options(), KafkaOptions.defaultId(job.name(), alias));
  }

  private String guarantee(String alias, KafkaOutput output) {
    String origin = options(alias, output).origin(KafkaOutputOptions.DELIVERY_GUARANTEE.key());
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

  private void flink() {
    Map<String, String> written = definition.flink();
    Map<String, String> ofJob = JobOptions.written(definition);
    Map<String, String> defaults = JobOptions.written(definition.withFlink(Map.of()));
    Map<String, String> effective = new TreeMap<>(Redaction.of(job.flinkOptions()));
    effective.remove(PipelineOptions.NAME.key()); // The job's name is the first line of all.
    effective.forEach(
        (key, value) -> {
          String otherwise = value.equals(ofJob.get(key)) ? Property.DEFAULT : "cluster";
          boolean isWritten = written.containsKey(key);
          properties("flink")
              .add(
                  new Property(
                      key,
                      value,
                      isWritten ? origin("flink." + key) : otherwise,
                      isWritten && !value.equals(defaults.get(key))));
        });
  }

  private TableOptions options(String alias, KafkaOutput output) {
    return options(
        "outputs." + alias,
        definition.outputs().get(alias).options(),
        BrokerDefaults.ofOutput(output.connection().kind()));
  }

  private TableOptions options(
      String section, Map<String, String> written, BrokerDefaults defaults) {
    return new TableOptions(written, defaults, key -> origin(section + "." + key));
  }

  private String origin(String path) {
    return definition.locations().apply(path).toString();
  }

  private void add(String section, String key, String value, String origin) {
    properties(section).add(new Property(key, value, origin, false));
  }

  private List<Property> properties(String section) {
    return sections.computeIfAbsent(section, name -> new ArrayList<>());
  }
}
