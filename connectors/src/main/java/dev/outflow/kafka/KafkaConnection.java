package dev.outflow.kafka;

import static dev.outflow.kafka.option.KafkaOptions.BOOTSTRAP_SERVERS;
import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;

import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import dev.outflow.option.PrefixedOptions;
import dev.outflow.option.Redaction;
import dev.outflow.reference.References;
import dev.outflow.reference.SecretProperties;
import dev.outflow.secret.SecretException;
import dev.outflow.security.ClientSecurity;
import dev.outflow.security.SecurityReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to connect to Kafka, for outputs, inputs and checks.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param security how connections are secured
 * @param credential the Azure credential for references to Key Vault
 * @param kafka properties of Kafka's client, without the prefix {@code kafka.}, which override all
 *     others; those that Outflow must set itself are rejected
 */
public record KafkaConnection(
    String bootstrapServers,
    ClientSecurity security,
    AzureCredential credential,
    Map<String, String> kafka) {
  private static final String INTERCEPTORS = ProducerConfig.INTERCEPTOR_CLASSES_CONFIG;
  private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]]+\\]|[^:@\\s]+):(\\d{1,5})");
  private static final Map<String, String> OWNED =
      Map.of(
          "bootstrap.servers", "use 'bootstrap-servers'",
          "group.id", "use 'consumer-group-id'",
          "transactional.id", "use 'transactional-id-prefix'",
          "key.serializer", "'partition-key' selects the key",
          "value.serializer", "'format' selects the serializer",
          "key.deserializer", "keys are not deserialized",
          "value.deserializer", "'format' selects the deserializer");

  /** The client properties that are derived from {@code security-protocol} and its companions. */
  private static final Pattern SECURITY_PROPERTY =
      Pattern.compile(
          "security\\.protocol|ssl\\.engine\\.factory\\.class|ssl\\.(?:truststore|keystore|key)\\..*"
              + "|sasl\\.(?:mechanism|jaas\\.config|(?:client|login)\\.callback\\.handler\\.class)"
              + "|sasl\\.oauthbearer\\.(?:token\\.endpoint\\.url|scope|client\\.credentials\\..*)"
              + "|outflow\\.(?:username|password|(?:key-vault|truststore|keystore)-.*)");

  public KafkaConnection {
    kafka = Map.copyOf(kafka);
    bootstrapServers = bootstrapServers.strip();
    List<OptionProblem> problems = new ArrayList<>(ClientPropertyNames.misspelled(kafka.keySet()));
    for (String address : bootstrapServers.split(",", -1)) {
      if (!References.isIn(address) && !isAddress(address.strip())) {
        problems.add(new OptionProblem(BOOTSTRAP_SERVERS.key(), invalidAddress(address.strip())));
      }
    }
    for (String key : kafka.keySet()) {
      if (OWNED.containsKey(key)) {
        problems.add(
            new OptionProblem(KAFKA_PREFIX + key, "cannot be set here; " + OWNED.get(key)));
      }
      if (isSetBy(security, key)) {
        problems.add(
            new OptionProblem(
                KAFKA_PREFIX + key,
                "conflicts with 'security-protocol'; use truststore-*, keystore-*, sasl-mechanism, username and password instead"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /** Returns whether {@code security} sets this client property. */
  private static boolean isSetBy(ClientSecurity security, String key) {
    if (security instanceof ClientSecurity.None) {
      return key.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    }
    return !(security instanceof ClientSecurity.PassThrough)
        && SECURITY_PROPERTY.matcher(key).matches();
  }

  private static String invalidAddress(String address) {
    if (BrokerKind.isConnectionString(address)) {
      return "is a connection string of Event Hubs; use its host and port 9093, e.g. my-namespace.servicebus.windows.net:9093, and set the connection string as 'password'";
    }
    return address.contains("@")
        ? "contains a username or password; use host:port and set 'username' and 'password'"
        : "'%s' is not host:port; use e.g. broker:9092,other-broker:9092".formatted(address);
  }

  private static boolean isAddress(String text) {
    Matcher address = ADDRESS.matcher(text);
    return address.matches()
        && Integer.parseInt(address.group(2)) >= 1
        && Integer.parseInt(address.group(2)) <= 65_535;
  }

  /** Reads a table's options; returns null if {@code reader} has noted a problem with them. */
  public static KafkaConnection read(OptionReader reader, Map<String, String> options) {
    String bootstrapServers = reader.require(BOOTSTRAP_SERVERS);
    Map<String, String> kafka = PrefixedOptions.of(options, KAFKA_PREFIX);
    ClientSecurity security = SecurityReader.read(reader, kafka);
    AzureCredential credential = SecurityReader.credential(reader);
    if (bootstrapServers == null) {
      return null;
    }
    KafkaConnection connection =
        reader.attempt(() -> new KafkaConnection(bootstrapServers, security, credential, kafka));
    if (connection != null) {
      connection.kind().problems(options).forEach(reader::reject);
    }
    return connection;
  }

  /**
   * Returns the kind of the brokers. An address from Key Vault is not read for that: Apache Kafka.
   */
  public BrokerKind kind() {
    try {
      return BrokerKind.of(
          References.keyVaults(List.of(bootstrapServers)).isEmpty()
              ? resolve(BOOTSTRAP_SERVERS.key(), bootstrapServers)
              : bootstrapServers);
    } catch (SecretException e) {
      return BrokerKind.of(bootstrapServers); // Reported by the check before the start.
    }
  }

  /** Returns whether both may be the same cluster: they have an address in common. */
  public boolean sharesServers(KafkaConnection other) {
    return !Collections.disjoint(servers(), other.servers());
  }

  private Set<String> servers() {
    return Arrays.stream(bootstrapServers.toLowerCase(Locale.ROOT).split(","))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  /**
   * Resolves the references in a property's value now.
   *
   * @throws dev.outflow.secret.SecretException if one cannot be resolved
   */
  public String resolve(String property, String value) {
    return new References(credential).resolve(property, value);
  }

  /**
   * Validates client properties as Kafka's client does when it starts.
   *
   * @param config creates the client's typed configuration, e.g. {@code ProducerConfig::new}
   * @throws InvalidOptionsException if the client would reject them
   */
  public void check(Map<String, String> properties, Function<Map<String, Object>, ?> config) {
    References.disallowed(
            properties.entrySet().stream()
                .filter(property -> !property.getKey().startsWith(SecretProperties.PREFIX))
                .map(Map.Entry::getValue)
                .toList())
        .ifPresent(message -> reject("*", message));
    Map<String, Object> resolved = new HashMap<>(properties);
    resolved.values().removeIf(value -> References.isIn(String.valueOf(value)));
    resolved.keySet().removeIf(key -> key.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG));
    resolved.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    try {
      ContextClassLoader.with(() -> config.apply(resolved));
    } catch (ConfigException e) {
      String property =
          kafka.keySet().stream().filter(e.getMessage()::contains).findFirst().orElse("*");
      reject(property, Redaction.withoutValues(e.getMessage(), kafka));
    }
  }

  private static void reject(String property, String message) {
    throw InvalidOptionsException.of(KAFKA_PREFIX + property, message);
  }

  /**
   * Returns the properties for any Kafka client: the defaults for this kind of broker, overridden
   * by {@code defaults}, addresses and security, overridden by the user's {@code kafka.*}, plus the
   * config providers they need.
   */
  public Map<String, String> clientProperties(Map<String, String> defaults) {
    Map<String, String> properties = new HashMap<>(security.clientProperties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    kafka.forEach(
        (key, value) ->
            properties.merge(
                key,
                value,
                (ours, users) -> key.equals(INTERCEPTORS) ? users + "," + ours : users));
    Map<String, String> all = new HashMap<>(kind().clientDefaults());
    all.putAll(defaults); // Already resolved; never resolved twice.
    all.putAll(new References(credential).withProviders(properties));
    return all;
  }

  /** Returns the properties for a producer; see {@link #clientProperties}. */
  public Map<String, String> producerProperties(Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(kind().producerDefaults());
    all.putAll(defaults);
    return clientProperties(all);
  }

  /** Names client properties without their values, any of which can be a secret. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, %s, kafka=%s]"
        .formatted(bootstrapServers, security, new TreeSet<>(kafka.keySet()));
  }
}
