package dev.outflow.format.reader;

import dev.outflow.format.ScalarTypes;
import dev.outflow.format.Utf8Text;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * Reads a message as one value in plain text, as outputs write a key of one column: UTF-8, numbers
 * in digits, times in ISO 8601. A binary column receives the bytes unchanged.
 */
public final class TextMessageReader implements MessageReader {
  private static final long serialVersionUID = 1;

  private final String column;
  private final LogicalType type;
  private transient BytesReader reader;

  @FunctionalInterface
  private interface BytesReader {
    Object read(byte[] message) throws InvalidValueException;
  }

  /**
   * Creates a reader.
   *
   * @param type a type that {@link #supports} accepts
   */
  public TextMessageReader(String column, LogicalType type) {
    this.column = column;
    this.type = type;
  }

  /** Returns whether values of this type can be plain text. */
  public static boolean supports(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING) || ScalarTypes.contains(type);
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = create();
  }

  private BytesReader create() {
    if (type.is(LogicalTypeFamily.CHARACTER_STRING)) {
      TextReader text = TextReader.of(type);
      return message -> {
        checkEncoding(message);
        return text.read(message, 0, message.length);
      };
    }
    if (type.is(LogicalTypeFamily.BINARY_STRING)) {
      String name = ScalarReaders.name(type);
      int limit = Base64Reader.limit(type);
      return message -> {
        if (message.length > limit) {
          throw InvalidValueException.tooManyBytes(limit, name);
        }
        return message;
      };
    }
    ScalarReader scalar = new ScalarReaders("", Optional.empty()).reader(type);
    return message -> {
      checkEncoding(message);
      if (message.length == 0) {
        throw TextReader.invalid(ScalarReaders.name(type));
      }
      return scalar.read(message, 0, message.length);
    };
  }

  private static void checkEncoding(byte[] message) throws InvalidValueException {
    if (!Utf8Text.isValid(message)) {
      throw InvalidValueException.malformed("the text is not UTF-8", "");
    }
  }

  @Override
  public void read(byte[] message, RowConsumer rows) {
    try {
      rows.row(GenericRowData.of(reader.read(message)));
    } catch (InvalidValueException e) {
      rows.invalid(1, e.within(column));
    }
  }
}
