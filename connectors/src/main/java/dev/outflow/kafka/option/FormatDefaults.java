package dev.outflow.kafka.option;

import dev.outflow.security.SecurityOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Outflow's defaults for format options, where they differ from Flink's.
 *
 * <p>JSON: ISO-8601 timestamps and plain decimals, like Azure Stream Analytics. Avro: TIMESTAMP_LTZ
 * is an instant and TIMESTAMP a local time; Flink swaps them by default to support its older jobs.
 * Avro with a schema registry: the subject is {@code TOPIC-value}, as for Confluent's clients, and
 * Key Vault is read with the table's credential.
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

  /** Returns the defaults of a format that apply to every table. */
  public static Map<String, String> of(String format) {
    return DEFAULTS.getOrDefault(format, Map.of());
  }

  /** Returns a table's options, completed with the defaults of its format. */
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
