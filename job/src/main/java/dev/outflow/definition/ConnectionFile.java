package dev.outflow.definition;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.Redaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The options that a connection to Kafka or to a schema registry needs, in a file of their own:
 * keys of {@code job.yaml} as they are written below an input. It contains references to secrets,
 * but no secrets, because commands repeat it in the definitions that they write.
 *
 * @param options the options, in the order of the file
 * @param locations the location of an option
 */
public record ConnectionFile(Map<String, String> options, Function<String, Location> locations) {
  private static final String INPUT = "connection";
  private static final int INPUT_DEPTH = 2; // inputs.connection
  private static final Set<String> OF_THE_TOPIC =
      Set.of(
          FactoryUtil.CONNECTOR.key(),
          KafkaOptions.BOOTSTRAP_SERVERS.key(),
          KafkaOptions.TOPIC.key(),
          "topics",
          "columns",
          "event-time");

  public ConnectionFile {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Returns a connection without options, to brokers without security. */
  public static ConnectionFile none(String source) {
    return new ConnectionFile(Map.of(), option -> Location.of(source));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidDefinitionException with all problems: it cannot be read, has a key that is not
   *     of a connection, or a secret that is not a reference
   */
  public static ConnectionFile read(String file) {
    YamlDocument yaml = YamlDocument.parse(SourceFile.read(file, SearchPath.here()));
    List<Problem> problems = new ArrayList<>(yaml.problems());
    if (!(yaml.content() instanceof ObjectNode content)) {
      if (yaml.content() instanceof NullNode) {
        return none(file);
      }
      throw new InvalidDefinitionException(
          List.of(
              new Problem(
                  Location.of(file),
                  "",
                  "is not a connection; expected a map with keys such as 'security-protocol'")));
    }
    Map<String, String> options =
        FlatOptions.of(content).properties().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    option -> option.getValue().asText(),
                    (first, second) -> second,
                    LinkedHashMap::new));
    ConnectionFile connection = new ConnectionFile(options, yaml.locations()::of);
    options.forEach(
        (key, value) -> {
          if (OF_THE_TOPIC.contains(key)) {
            problems.add(connection.problem(key, "is not part of a connection; remove it"));
          } else if (Redaction.isHidden(key, value)) {
            problems.add(
                connection.problem(
                    key,
                    "must be a reference, e.g. ${env:NAME} or ${file:secrets.properties:name}: the connection is repeated in job.yaml"));
          }
        });
    problems.addAll(violations(content, connection));
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return connection;
  }

  /** Validates the options as those of an input that has everything else. */
  private static List<Problem> violations(ObjectNode content, ConnectionFile connection) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put(FactoryUtil.CONNECTOR.key(), "kafka");
    input.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), "localhost:9092");
    input.put(KafkaOptions.TOPIC.key(), INPUT);
    input.put(FactoryUtil.FORMAT.key(), "json");
    input.putObject("columns").put("any", "STRING");
    content.properties().stream()
        .filter(option -> !OF_THE_TOPIC.contains(option.getKey()))
        .forEach(option -> input.set(option.getKey(), option.getValue()));
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.putObject("inputs").set(INPUT, input);
    return JobSchema.check(definition).stream()
        .filter(violation -> violation.path().size() > INPUT_DEPTH)
        .filter(violation -> violation.path().get(1).equals(INPUT))
        .map(
            violation ->
                connection.problem(
                    String.join(
                        ".", violation.path().subList(INPUT_DEPTH, violation.path().size())),
                    violation.message()))
        .toList();
  }

  /** Returns a problem of an option. */
  public Problem problem(String option, String message) {
    return new Problem(locations.apply(option), option, message);
  }

  /** Shows only the names of options. */
  @Override
  public String toString() {
    return "ConnectionFile" + options.keySet();
  }
}
