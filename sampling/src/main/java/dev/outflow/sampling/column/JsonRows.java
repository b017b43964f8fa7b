package dev.outflow.sampling.column;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the rows of records in JSON: objects, alone, one after the other or in arrays. */
final class JsonRows {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonRows() {}

  static SampleRows of(Map<ConsumerRecord<byte[], byte[]>, String> texts, int records) {
    List<SampleRow> rows = new ArrayList<>();
    int readable = 0;
    for (Map.Entry<ConsumerRecord<byte[], byte[]>, String> text : texts.entrySet()) {
      List<ObjectNode> objects = objects(text.getValue());
      readable += objects.isEmpty() ? 0 : 1;
      ConsumerRecord<byte[], byte[]> record = text.getKey();
      objects.forEach(
          object -> rows.add(new SampleRow(object, record.timestamp(), record.partition())));
    }
    return new SampleRows(
        SampleRows.JSON, Map.of(), rows, records - readable, Shapes.of(rows).notes());
  }

  /** Returns the rows of a record; none if it is not valid. */
  private static List<ObjectNode> objects(String text) {
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).readValues(text)) {
      while (nodes.hasNextValue()) {
        JsonNode node = nodes.nextValue();
        List<JsonNode> found = new ArrayList<>();
        if (node.isArray()) {
          node.forEach(found::add);
        } else {
          found.add(node);
        }
        for (JsonNode row : found) {
          if (!(row instanceof ObjectNode object)) {
            return List.of();
          }
          objects.add(object);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return objects;
  }
}
