package dev.outflow.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.json.JsonFormatOptions;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.table.types.logical.RowType;

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
    implements DirectFormat {
  /** From the options of a table, whose format has found them right. */
  public static JsonOptions of(Map<String, String> table) {
    Configuration json = DirectFormat.options(table, "json");
    return new JsonOptions(
        json.get(JsonFormatOptions.TIMESTAMP_FORMAT).equals("SQL") ? ' ' : 'T',
        MapNullKeyMode.valueOf(
            json.get(JsonFormatOptions.MAP_NULL_KEY_MODE).toUpperCase(Locale.ROOT)),
        json.get(JsonFormatOptions.MAP_NULL_KEY_LITERAL),
        json.get(JsonFormatOptions.ENCODE_DECIMAL_AS_PLAIN_NUMBER),
        json.get(JsonFormatOptions.ENCODE_IGNORE_NULL_FIELDS));
  }

  @Override
  public boolean knows(RowType type) {
    return JsonFieldWriters.known(type);
  }

  @Override
  public FieldWriter writer(RowType type) {
    return new JsonFieldWriters(this).row(type);
  }

  @Override
  public JsonGenerator generator(OutputStream bytes, RowType type) throws IOException {
    return new JsonFactoryBuilder()
        .rootValueSeparator((String) null)
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, plainDecimals)
        .build()
        .createGenerator(bytes);
  }
}
