package dev.outflow.format;

import java.io.Serializable;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.json.JsonFormatOptions;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;

/**
 * The options of {@code json} that affect its output.
 *
 * @param separator the character between date and time
 * @param minFractionDigits the digits that the fraction of a second has at least
 * @param nullKeys how entries of maps with a null key are written
 * @param nullKeyLiteral the name for null keys
 * @param plainDecimals whether decimals are written without exponent, keeping trailing zeros
 * @param ignoreNullFields whether null fields are omitted
 */
record JsonOptions(
    char separator,
    int minFractionDigits,
    MapNullKeyMode nullKeys,
    String nullKeyLiteral,
    boolean plainDecimals,
    boolean ignoreNullFields)
    implements Serializable {
  /** Reads the format's options, which Flink has validated. */
  static JsonOptions of(Configuration json) {
    return new JsonOptions(
        json.get(JsonFormatOptions.TIMESTAMP_FORMAT).equals("SQL") ? ' ' : 'T',
        json.get(WriterOptions.minFractionDigits("")),
        MapNullKeyMode.valueOf(
            json.get(JsonFormatOptions.MAP_NULL_KEY_MODE).toUpperCase(Locale.ROOT)),
        json.get(JsonFormatOptions.MAP_NULL_KEY_LITERAL),
        json.get(JsonFormatOptions.ENCODE_DECIMAL_AS_PLAIN_NUMBER),
        json.get(JsonFormatOptions.ENCODE_IGNORE_NULL_FIELDS));
  }
}
