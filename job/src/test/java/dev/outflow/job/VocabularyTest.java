package dev.outflow.job;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.input.UpsertOptions;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import dev.outflow.security.SecurityOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.factories.Factory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A property has the same name in the schema, as an option of a table, and in the records. */
class VocabularyTest {
  private static final Set<String> INPUT_KEYS =
      Set.of("connector", "columns", "primary-key", "event-time");

  /** SQL has it in INSERT. */
  private static final Set<String> OUTPUT_KEYS = Set.of("on-conflict");

  private static final String TOPIC = "topic.";
  private static final String EVENT_TIME = "event-time.";
  private static final Pattern ENUM_VALUES = Pattern.compile("Expected one of: \\[\\[(.*)]]");
  private static JsonNode schema;

  @BeforeAll
  static void readSchema() throws IOException {
    schema = new ObjectMapper().readTree(Path.of("../conf/job.schema.json").toFile());
  }

  @Test
  void schemaAndTableFactoriesDefineTheSameOptions() {
    Set<String> output = keys("/$defs/output");
    keys("/$defs/output/properties/topic").forEach(key -> output.add(TOPIC + key));
    output.removeAll(OUTPUT_KEYS);
    assertThat(output).isEqualTo(keys(new KafkaOutputTableFactory()));
    Set<String> input = keys("/$defs/input/then");
    input.removeAll(INPUT_KEYS);
    keys("/$defs/eventTime").forEach(key -> input.add(EVENT_TIME + key));
    input.remove(EVENT_TIME + "column"); // SQL has it in WATERMARK FOR.
    assertThat(input).isEqualTo(keys(new KafkaInputTableFactory()));
  }

  @Test
  void schemaAndTableFactoriesAgreeOnRequiredOptionsValuesAndDefaults() {
    assertAgree(new KafkaOutputTableFactory(), "/$defs/output", Set.of("topic", "on-conflict"));
    assertAgree(new KafkaInputTableFactory(), "/$defs/input/then", INPUT_KEYS);
  }

  @Test
  void schemaAndRecordsDefineTheSameKeys() {
    assertThat(keys("")).isEqualTo(components(JobDefinition.class, "locations"));
    assertThat(keys("/$defs/eventTime")).isEqualTo(components(EventTime.class));
    assertThat(INPUT_KEYS).isEqualTo(components(InputDefinition.class, "options"));
    assertThat(keys("/$defs/input")).isEqualTo(INPUT_KEYS);
    assertThat(OUTPUT_KEYS).isEqualTo(components(OutputDefinition.class, "options"));
  }

  @Test
  void tableFactoriesAndRecordsDefineTheSameOptions() {
    Set<String> ofTheConnection =
        SecurityOptions.all().stream().map(ConfigOption::key).collect(toSet());
    ofTheConnection.addAll(List.of("bootstrap-servers", "format"));
    Set<String> output = keys(new KafkaOutputTableFactory());
    output.removeAll(ofTheConnection);
    output.removeIf(key -> key.startsWith(TOPIC)); // In the record, a part of the topic.
    Set<String> ofOutputs = components(KafkaOutput.class, "connection", "errors");
    ofOutputs.addAll(components(ErrorPolicy.class));
    assertThat(output).isEqualTo(ofOutputs);
    Set<String> input = keys(new KafkaInputTableFactory());
    input.removeAll(ofTheConnection);
    input.removeAll(Set.of("topic", "topic-pattern")); // In the record, forms of the topics.
    if (input.removeIf(key -> key.startsWith(EVENT_TIME))) {
      input.add("event-time");
    }
    Set<String> ofInputs = components(KafkaInput.class, "connection", "errors", "upsert");
    ofInputs.addAll(components(ErrorPolicy.class));
    ofInputs.addAll(components(UpsertOptions.class));
    ofInputs.add("mode"); // In the record, whether it has the options of upserts.
    assertThat(input).isEqualTo(ofInputs);
  }

  /** {@code others} are keys that are not options, or that several options stand for. */
  private static void assertAgree(Factory factory, String place, Set<String> others) {
    Set<String> required = new HashSet<>();
    schema.at(place + "/required").forEach(key -> required.add(key.asText()));
    required.removeAll(others);
    assertThat(required)
        .isEqualTo(factory.requiredOptions().stream().map(ConfigOption::key).collect(toSet()));
    for (ConfigOption<?> option : factory.optionalOptions()) {
      String key = option.key();
      JsonNode property =
          key.startsWith(EVENT_TIME)
              ? schema.at("/$defs/eventTime/properties/" + key.substring(EVENT_TIME.length()))
              : resolved(schema.at(place + "/properties/" + key.replace(".", "/properties/")));
      if (option.hasDefaultValue()) {
        assertThat(property.path("default").asText().replace(" min", ""))
            .as(option.key())
            .isEqualTo(
                option
                    .defaultValue()
                    .toString()
                    .replaceFirst("PT(\\d+)M", "$1")
                    .replaceFirst("PT(\\d+)S", "$1 s"));
      } else {
        assertThat(property.has("default")).as(option.key()).isFalse();
      }
      JsonNode known = property.has("enum") ? property.path("enum") : property.at("/else/enum");
      if (known.isArray()) {
        List<String> values = new ArrayList<>();
        known.forEach(value -> values.add(value.asText()));
        assertThat(values).as(option.key()).containsExactlyInAnyOrderElementsOf(values(option));
      }
    }
    assertThat(others).allMatch(schema.at(place + "/properties")::has);
  }

  /** Flink does not expose the type of an option, but it lists the values of an enum it rejects. */
  private static List<String> values(ConfigOption<?> option) {
    Configuration invalid = Configuration.fromMap(Map.of(option.key(), "no such value"));
    Throwable failure = catchThrowable(() -> invalid.get(option));
    Matcher values = ENUM_VALUES.matcher(failure.getCause().getMessage());
    assertThat(values.find()).as("%s: %s", option.key(), failure).isTrue();
    return List.of(values.group(1).split(", "));
  }

  /** Leaves out keys that stand for options of a Kafka client or of a format. */
  private static Set<String> keys(String place) {
    Set<String> keys = new TreeSet<>();
    schema
        .at(place + "/properties")
        .properties()
        .forEach(
            property -> {
              String reference = property.getValue().path("$ref").asText();
              if (!reference.endsWith("/kafka") && !reference.endsWith("/formatOptions")) {
                keys.add(property.getKey());
              }
            });
    return keys;
  }

  private static Set<String> keys(Factory factory) {
    return Stream.concat(factory.requiredOptions().stream(), factory.optionalOptions().stream())
        .map(ConfigOption::key)
        .collect(toSet());
  }

  private static Set<String> components(Class<?> type, String... others) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> component.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
        .filter(name -> !List.of(others).contains(name))
        .collect(toSet());
  }

  private static JsonNode resolved(JsonNode property) {
    return property.has("$ref") ? schema.at(property.get("$ref").asText().substring(1)) : property;
  }
}
