package dev.outflow.kafka.option;

import dev.outflow.security.SecurityOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Where Outflow's defaults for a Flink format differ from Flink's.
 *
 * <p>JSON: timestamps as ISO-8601 and decimals as plain numbers, as Azure Stream Analytics writes
 * them. Avro: TIMESTAMP_LTZ is an instant and TIMESTAMP a local time, where Flink's default mixes
 * them up for the sake of its older jobs. Avro with a schema registry: the subject is {@code
 * TOPIC-value}, where Confluent's clients look for it, and Key Vault is read as for the table.
 */
public final class FormatDefaults {
  private static final Map<String, Map<String, String>> DEFAULTS =
      Map.of(
          "json",
              Map.of(
                  "json.timestamp-format.standard", "ISO-8601",
                  "json.encode.decimal-as-plain-number", "true"),
          "avro", Map.of("avro.timestamp_mapping.legacy", "false"));

  private FormatDefaults() {}

  /** The options of {@code format}, as a table that writes or reads with it has them by default. */
  public static Map<String, String> of(String format) {
    return DEFAULTS.getOrDefault(format, Map.of());
  }

  /** A table's options and, where it says nothing, the defaults of the format it names. */
  public static Map<String, String> addTo(Map<String, String> options) {
    String format = options.getOrDefault(FactoryUtil.FORMAT.key(), "");
    Map<String, String> all = new HashMap<>(of(format));
    if (format.equals(RegistryOptions.FORMAT)) {
      String topic = options.getOrDefault(KafkaOptions.TOPIC.key(), "");
      all.put(format + "." + RegistryOptions.SUBJECT.key(), topic + "-value");
      String credential = SecurityOptions.KEY_VAULT_CREDENTIAL.key();
      if (options.containsKey(credential)) {
        String own = format + "." + RegistryOptions.KEY_VAULT_CREDENTIAL.key();
        all.put(own, options.get(credential));
      }
    }
    all.putAll(options);
    return all;
  }
}
