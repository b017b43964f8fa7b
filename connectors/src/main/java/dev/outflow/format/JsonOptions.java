package dev.outflow.json;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.json.JsonFormatOptions;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;

/**
 * How Flink's {@code json} is to write.
 *
 * @param separator stands between date and time
 * @param nullKeys what becomes of a map's entry whose key is null
 * @param nullKeyLiteral what stands for such a key
 * @param plainDecimals decimals have no exponent and keep their zeros
 * @param ignoreNullFields rows have no fields that are null
 */
public record JsonOptions(
    char separator,
    MapNullKeyMode nullKeys,
    String nullKeyLiteral,
    boolean plainDecimals,
    boolean ignoreNullFields)
    implements Serializable {
  private static final String PREFIX = "json.";

  /** From the options of a table, whose format has found them right. */
  public static JsonOptions of(Map<String, String> table) {
    Map<String, String> written = new HashMap<>();
    table.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            written.put(key.substring(PREFIX.length()), value);
          }
        });
    Configuration json = Configuration.fromMap(written);
    return new JsonOptions(
        json.get(JsonFormatOptions.TIMESTAMP_FORMAT).equals("SQL") ? ' ' : 'T',
        MapNullKeyMode.valueOf(
            json.get(JsonFormatOptions.MAP_NULL_KEY_MODE).toUpperCase(Locale.ROOT)),
        json.get(JsonFormatOptions.MAP_NULL_KEY_LITERAL),
        json.get(JsonFormatOptions.ENCODE_DECIMAL_AS_PLAIN_NUMBER),
        json.get(JsonFormatOptions.ENCODE_IGNORE_NULL_FIELDS));
  }
}
