package dev.outflow.print;

import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.Redaction;
import dev.outflow.security.SecurityOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The options of an input or output.
 *
 * @param written the options in the definition
 * @param broker the defaults that depend on the brokers
 * @param location the location of an option in the definition
 */
record TableOptions(
    Map<String, String> written, BrokerDefaults broker, UnaryOperator<String> location) {
  private static final Set<String> REQUIRED =
      Set.of(
          KafkaOptions.BOOTSTRAP_SERVERS.key(), KafkaOptions.TOPIC.key(), FactoryUtil.FORMAT.key());

  /**
   * Returns the location of an option, or why it has its default if it is not in the definition.
   */
  String origin(String key) {
    return written.containsKey(key) ? location.apply(key) : broker.origin(key);
  }

  /** Returns the options of a connector whose defaults are unknown, redacted. */
  List<Property> ofForeignConnector() {
    return Redaction.of(FormatDefaults.addTo(written)).entrySet().stream()
        .map(option -> property(option, false))
        .toList();
  }

  /**
   * Returns the effective options of a Kafka table, redacted.
   *
   * @param optional the options that can have a default
   * @param derived defaults that follow from other options
   */
  List<Property> effective(Set<ConfigOption<?>> optional, Map<String, String> derived) {
    Map<String, String> defaults = new HashMap<>(derived);
    defaults.keySet().removeAll(written.keySet()); // They follow from the written value.
    optional.stream()
        .filter(ConfigOption::hasDefaultValue)
        .filter(this::hasEffect)
        .forEach(option -> defaults.put(option.key(), text(option.defaultValue())));
    defaults.putAll(broker.values());
    defaults.putAll(FormatDefaults.of(written.getOrDefault(FactoryUtil.FORMAT.key(), "")));
    Map<String, String> values = new HashMap<>(defaults);
    values.putAll(FormatDefaults.addTo(written));
    return Redaction.of(values).entrySet().stream()
        .map(option -> property(option, isChanged(option, defaults)))
        .toList();
  }

  private Property property(Map.Entry<String, String> option, boolean changed) {
    return new Property(option.getKey(), option.getValue(), origin(option.getKey()), changed);
  }

  private boolean isChanged(Map.Entry<String, String> option, Map<String, String> defaults) {
    return written.containsKey(option.getKey())
        && !REQUIRED.contains(option.getKey())
        && !option.getValue().equalsIgnoreCase(defaults.get(option.getKey()));
  }

  private static String text(Object value) {
    return value instanceof Duration time ? time.toSeconds() + " s" : value.toString();
  }

  /** Returns whether the security protocol uses an option. */
  private boolean hasEffect(ConfigOption<?> option) {
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
}
