package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;
import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.outflow.kafka.option.InvalidOptionsException;
import dev.outflow.kafka.option.OptionProblem;
import dev.outflow.kafka.option.OptionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is and how its client is set up: what output, input and the check before the start
 * have in common.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param kafka properties of Kafka's own client, without the prefix {@code kafka.}; they have the
 *     last word, but for those that Outflow must own
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> kafka) {
  private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]]+\\]|[^:\\s]+):\\d{1,5}");
  private static final Map<String, String> OWNED =
      Map.of(
          "bootstrap.servers", "write it as 'bootstrap-servers'",
          "group.id", "write it as 'consumer-group-id'",
          "transactional.id", "write its beginning as 'transactional-id-prefix'",
          "key.serializer", "keys are written by 'partition-key'",
          "value.serializer", "values are written by 'format'",
          "key.deserializer", "keys are not read",
          "value.deserializer", "values are read by 'format'");

  public KafkaConnection {
    kafka = Map.copyOf(kafka);
    List<OptionProblem> problems = new ArrayList<>();
    for (String address : bootstrapServers.split(",", -1)) {
      if (!address.contains("${") && !ADDRESS.matcher(address.strip()).matches()) {
        problems.add(
            new OptionProblem(
                BOOTSTRAP_SERVERS.key(),
                "'%s' is not host:port; write for example broker:9092,other-broker:9092"
                    .formatted(address.strip())));
      }
    }
    for (String key : kafka.keySet()) {
      if (OWNED.containsKey(key)) {
        problems.add(
            new OptionProblem(KAFKA_PREFIX + key, "cannot be set here; " + OWNED.get(key)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /** From the options of a table; null when {@code reader} has noted what is wrong with them. */
  public static KafkaConnection read(OptionReader reader, Map<String, String> options) {
    String bootstrapServers = reader.require(BOOTSTRAP_SERVERS);
    return bootstrapServers == null
        ? null
        : reader.attempt(() -> new KafkaConnection(bootstrapServers, kafkaProperties(options)));
  }

  /** The options that begin with {@code kafka.}, without it. */
  private static Map<String, String> kafkaProperties(Map<String, String> options) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().startsWith(KAFKA_PREFIX))
        .collect(
            toUnmodifiableMap(
                option -> option.getKey().substring(KAFKA_PREFIX.length()), Map.Entry::getValue));
  }

  /** The properties for any Kafka client: {@code defaults}, then the addresses, then the user's. */
  public Map<String, String> clientProperties(Map<String, String> defaults) {
    Map<String, String> properties = new HashMap<>(defaults);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.putAll(kafka);
    return properties;
  }

  /** The names of the client's properties without their values: any of them may be a secret. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, kafka=%s]"
        .formatted(bootstrapServers, new TreeSet<>(kafka.keySet()));
  }
}
