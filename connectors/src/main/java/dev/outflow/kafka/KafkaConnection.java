package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;
import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import dev.outflow.option.Redaction;
import dev.outflow.reference.References;
import dev.outflow.reference.SecretProperties;
import dev.outflow.security.ClientSecurity;
import dev.outflow.security.SecurityReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where Kafka is and how its client is set up: what output, input and the check before the start
 * have in common.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param security how connections are secured
 * @param credential as whom references to Key Vault are read
 * @param kafka properties of Kafka's own client, without the prefix {@code kafka.}; they have the
 *     last word, but for those that Outflow must own, which are refused
 */
public record KafkaConnection(
    String bootstrapServers,
    ClientSecurity security,
    AzureCredential credential,
    Map<String, String> kafka) {
  private static final String INTERCEPTORS = ProducerConfig.INTERCEPTOR_CLASSES_CONFIG;
  private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]]+\\]|[^:\\s]+):(\\d{1,5})");
  private static final Map<String, String> OWNED =
      Map.of(
          "bootstrap.servers", "write it as 'bootstrap-servers'",
          "group.id", "write it as 'consumer-group-id'",
          "transactional.id", "write its beginning as 'transactional-id-prefix'",
          "key.serializer", "keys are written by 'partition-key'",
          "value.serializer", "values are written by 'format'",
          "key.deserializer", "keys are not read",
          "value.deserializer", "values are read by 'format'");

  /** What follows from {@code security-protocol} and the properties that belong to it. */
  private static final Pattern SECURED =
      Pattern.compile(
          "security\\.protocol|ssl\\.engine\\.factory\\.class|ssl\\.(?:truststore|keystore|key)\\..*"
              + "|sasl\\.(?:mechanism|jaas\\.config|(?:client|login)\\.callback\\.handler\\.class)"
              + "|sasl\\.oauthbearer\\.(?:token\\.endpoint\\.url|scope|client\\.credentials\\..*)"
              + "|outflow\\.(?:username|password|(?:key-vault|truststore|keystore)-.*)");

  public KafkaConnection {
    kafka = Map.copyOf(kafka);
    bootstrapServers = bootstrapServers.strip();
    List<OptionProblem> problems = new ArrayList<>(KafkaNames.misspelt(kafka.keySet()));
    for (String address : bootstrapServers.split(",", -1)) {
      if (!References.isIn(address) && !isAddress(address.strip())) {
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
      if (isSaidBy(security, key)) {
        problems.add(
            new OptionProblem(
                KAFKA_PREFIX + key,
                "cannot stand beside 'security-protocol'; say it by truststore-*, keystore-*, sasl-mechanism, username and password"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /** Whether {@code security} decides this property of Kafka's client. */
  private static boolean isSaidBy(ClientSecurity security, String key) {
    if (security instanceof ClientSecurity.None) {
      return key.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    }
    return !(security instanceof ClientSecurity.PassThrough) && SECURED.matcher(key).matches();
  }

  private static boolean isAddress(String written) {
    Matcher address = ADDRESS.matcher(written);
    return address.matches()
        && Integer.parseInt(address.group(2)) >= 1
        && Integer.parseInt(address.group(2)) <= 65_535;
  }

  /** From the options of a table; null when {@code reader} has noted what is wrong with them. */
  public static KafkaConnection read(OptionReader reader, Map<String, String> options) {
    String bootstrapServers = reader.require(BOOTSTRAP_SERVERS);
    Map<String, String> kafka = kafkaProperties(options);
    ClientSecurity security = SecurityReader.read(reader, kafka);
    AzureCredential credential = SecurityReader.credential(reader);
    return bootstrapServers == null
        ? null
        : reader.attempt(() -> new KafkaConnection(bootstrapServers, security, credential, kafka));
  }

  /** The options that begin with {@code kafka.}, without it. */
  private static Map<String, String> kafkaProperties(Map<String, String> options) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().startsWith(KAFKA_PREFIX))
        .collect(
            toUnmodifiableMap(
                option -> option.getKey().substring(KAFKA_PREFIX.length()), Map.Entry::getValue));
  }

  /**
   * What the value of a property leads to, read here and now.
   *
   * @throws dev.outflow.secret.SecretException if it is a reference that leads to nothing
   */
  public String known(String property, String value) {
    return new References(credential).resolve(property, value);
  }

  /**
   * Refuses what Kafka's own client would refuse, but only once it runs.
   *
   * @param client makes the client's typed configuration of its properties
   */
  public void check(Map<String, String> properties, Function<Map<String, Object>, ?> client) {
    References.disallowed(
            properties.entrySet().stream()
                .filter(property -> !property.getKey().startsWith(SecretProperties.PREFIX))
                .map(Map.Entry::getValue)
                .toList())
        .ifPresent(message -> refuse(KAFKA_PREFIX + "*", message));
    Map<String, Object> known = new HashMap<>(properties);
    known.values().removeIf(value -> References.isIn(String.valueOf(value)));
    known.keySet().removeIf(key -> key.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG));
    known.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    try {
      ContextClassLoader.with(() -> client.apply(known));
    } catch (ConfigException e) {
      String named =
          kafka.keySet().stream().filter(e.getMessage()::contains).findFirst().orElse("*");
      refuse(KAFKA_PREFIX + named, Redaction.withoutValues(e.getMessage(), kafka));
    }
  }

  private static void refuse(String key, String message) {
    throw new InvalidOptionsException(List.of(new OptionProblem(key, message)));
  }

  /**
   * The properties for any Kafka client: {@code defaults}, then the addresses and the security,
   * then the user's, and the config providers that any of them needs.
   */
  public Map<String, String> clientProperties(Map<String, String> defaults) {
    Map<String, String> properties = new HashMap<>(security.clientProperties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    kafka.forEach(
        (key, value) ->
            properties.merge(
                key, value, (ours, own) -> key.equals(INTERCEPTORS) ? own + "," + ours : own));
    Map<String, String> all = new HashMap<>(defaults); // Resolved already: not a second time.
    all.putAll(new References(credential).withProviders(properties));
    return all;
  }

  /** The names of the client's properties without their values: any of them may be a secret. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, %s, kafka=%s]"
        .formatted(bootstrapServers, security, new TreeSet<>(kafka.keySet()));
  }
}
