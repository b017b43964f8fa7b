package dev.outflow.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.Utf8Text;
import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Reads text, which must be UTF-8, and checks its length.
 *
 * @param limit the most characters, as code points, that the type allows
 */
record AvroTextReader(String type, int limit) implements AvroValueReader {
  static AvroTextReader of(LogicalType type) {
    return new AvroTextReader(
        ScalarTypes.name(type),
        type instanceof CharType fixed ? fixed.getLength() : ((VarCharType) type).getLength());
  }

  /** Returns the reader of strings, bytes and enums; null for other types. */
  static AvroValueReader find(Schema written, LogicalType type) {
    return switch (written.getType()) {
      case STRING -> of(type);
      case BYTES -> written.getLogicalType() instanceof LogicalTypes.Decimal ? null : of(type);
      case ENUM -> of(type).symbols(written.getEnumSymbols());
      default -> null;
    };
  }

  private AvroValueReader symbols(List<String> symbols) {
    byte[][] texts = symbols.stream().map(symbol -> symbol.getBytes(UTF_8)).toArray(byte[][]::new);
    return in -> text(texts[in.readIndex(texts.length)]);
  }

  @Override
  public StringData read(AvroInput in) throws IOException, InvalidValueException {
    return text(in.readBytes(in.readLength()));
  }

  private StringData text(byte[] bytes) throws InvalidValueException {
    if (!Utf8Text.isAscii(bytes)) {
      checkCharacters(bytes);
    } else if (bytes.length > limit) {
      throw InvalidValueException.tooLong(limit, type);
    }
    return StringData.fromBytes(bytes);
  }

  private void checkCharacters(byte[] bytes) throws InvalidValueException {
    if (!Utf8Text.isValid(bytes)) {
      throw InvalidValueException.malformed("the text is not UTF-8", "");
    }
    if (bytes.length > limit && Utf8Text.characters(bytes) > limit) {
      throw InvalidValueException.tooLong(limit, type);
    }
  }
}
