package dev.outflow.local.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events as JSON: records with the values that would be written.
 *
 * @param values formats the values of each output as text, by its alias
 */
record RecordJson(Map<String, Function<byte[], String>> values) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /** Returns an event as one line. */
  String line(PreviewEvent event) {
    try {
      return MAPPER.writeValueAsString(json(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  private ObjectNode json(PreviewEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (event instanceof PreviewEvent.Written written) {
      return written(written);
    } else if (event instanceof PreviewEvent.BadRow bad) {
      ObjectNode row = json.putObject("bad-row");
      row.put("output", bad.output());
      row.put("code", bad.problem().code().toString());
      bad.problem().column().ifPresent(column -> row.put("column", column));
      row.put("reason", bad.problem().message());
    } else if (event instanceof PreviewEvent.BadRecord bad) {
      ObjectNode record = json.putObject("bad-record");
      record.put("input", bad.input());
      record.put("code", bad.code());
      bad.column().ifPresent(column -> record.put("column", column));
      record.put("reason", bad.reason());
      record.put("topic", bad.topic());
      record.put("partition", bad.partition());
      record.put("offset", bad.offset());
    } else if (event instanceof PreviewEvent.LateRow late) {
      ObjectNode row = json.putObject("late-row");
      row.put("input", late.input());
      row.put("event-time", late.time().toString());
      row.put("watermark", late.watermark().toString());
      row.set("row", late.row());
    }
    return json;
  }

  private ObjectNode written(PreviewEvent.Written written) {
    ProducerRecord<byte[], byte[]> record = written.record();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("output", written.output());
    json.put("op", written.change().shortString());
    json.put("topic", record.topic());
    if (record.timestamp() != null) {
      json.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    }
    if (record.key() != null) {
      json.put("key", text(record.key()));
    }
    if (record.headers().iterator().hasNext()) {
      ObjectNode headers = json.putObject("headers");
      record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    }
    json.set("value", value(written));
    return json;
  }

  /** Returns the value of a row: an object for JSON and Avro, otherwise text. */
  JsonNode value(PreviewEvent.Written written) {
    if (written.record().value() == null) {
      return NullNode.getInstance();
    }
    String text = values.get(written.output()).apply(written.record().value());
    if (text.startsWith("{")) {
      try {
        return MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        return TextNode.valueOf(text); // For example, several documents.
      }
    }
    return TextNode.valueOf(text);
  }

  /** Returns UTF-8 as text, and other bytes as their number. */
  static String text(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return bytes.length + " bytes";
    }
  }
}
