package dev.outflow.javascript;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads plain values, each after a letter for its kind. */
final class PlainValues {
  private PlainValues() {}

  static void write(Object value, DataOutputView target) throws IOException {
    if (value == null) {
      target.writeByte('n');
    } else if (value instanceof Boolean bit) {
      target.writeByte('b');
      target.writeBoolean(bit);
    } else if (value instanceof Double number) {
      target.writeByte('d');
      target.writeDouble(number);
    } else if (value instanceof BigInteger number) {
      target.writeByte('i');
      writeText(number.toString(), target);
    } else if (value instanceof Instant time) {
      target.writeByte('t');
      target.writeLong(time.getEpochSecond());
      target.writeInt(time.getNano());
    } else if (value instanceof String text) {
      target.writeByte('s');
      writeText(text, target);
    } else if (value instanceof List<?> list) {
      target.writeByte('l');
      target.writeInt(list.size());
      for (Object element : list) {
        write(element, target);
      }
    } else if (value instanceof Map<?, ?> map) {
      target.writeByte('m');
      target.writeInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        writeText(entry.getKey().toString(), target);
        write(entry.getValue(), target);
      }
    } else {
      throw new IllegalArgumentException("not a plain value: " + value.getClass().getName());
    }
  }

  static Object read(DataInputView source) throws IOException {
    byte kind = source.readByte();
    return switch (kind) {
      case 'n' -> null;
      case 'b' -> source.readBoolean();
      case 'd' -> source.readDouble();
      case 'i' -> new BigInteger(readText(source));
      case 't' -> Instant.ofEpochSecond(source.readLong(), source.readInt());
      case 's' -> readText(source);
      case 'l' -> {
        List<Object> list = new ArrayList<>();
        for (int left = source.readInt(); left > 0; left--) {
          list.add(read(source));
        }
        yield list;
      }
      case 'm' -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = source.readInt(); left > 0; left--) {
          map.put(readText(source), read(source));
        }
        yield map;
      }
      default -> throw new IOException("unknown kind of value: " + kind);
    };
  }

  /** {@code writeUTF} is limited to 65535 bytes. */
  private static void writeText(String text, DataOutputView target) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static String readText(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
