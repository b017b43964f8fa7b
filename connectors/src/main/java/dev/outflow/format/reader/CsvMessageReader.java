package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.types.logical.RowType;

/** Reads each line of a message as a row; blank lines are skipped. */
final class CsvMessageReader implements MessageReader {
  private static final long serialVersionUID = 1;
  static final String FORMAT = "csv";

  private final String table;
  private final RowType type;
  private final CsvSchema dialect;
  private final boolean header;
  private final String nullLiteral;
  private final EpochUnit epochUnit;
  private transient CsvFactory jackson;
  private transient CsvRowReader rowReader;
  private transient CsvHeaders headers;
  private transient CsvLayout columns;
  private transient CsvFields fields;

  /**
   * Creates a reader.
   *
   * @param table for the log, e.g. {@code input 'orders'}
   * @param header whether each message starts with a line of names
   * @param nullLiteral the text that means null; null if there is none
   * @param epochUnit the unit of timestamps that are numbers; null if they are invalid
   */
  CsvMessageReader(
      String table,
      RowType type,
      CsvSchema dialect,
      boolean header,
      String nullLiteral,
      EpochUnit epochUnit) {
    this.table = table;
    this.type = type;
    this.dialect = dialect;
    this.header = header;
    this.nullLiteral = nullLiteral;
    this.epochUnit = epochUnit;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    jackson = CsvFactory.builder().recyclerPool(new ReusedBuffers()).build();
    ScalarReaders scalars =
        new ScalarReaders(ReaderOptions.CSV_EPOCH_UNIT.key(), Optional.ofNullable(epochUnit));
    rowReader = new CsvRowReader(type, scalars, nullLiteral);
    headers = new CsvHeaders(type.getFieldNames(), new SimilarNames(table));
    columns = CsvLayout.ofColumns(type.getFieldCount());
    fields = new CsvFields(dialect, type.getFieldCount());
  }

  @Override
  public void read(byte[] message, RowConsumer rows) {
    if (message != null) {
      new Lines(message, rows).read();
    }
  }

  /** The lines of one message. */
  private final class Lines {
    private final byte[] message;
    private final RowConsumer rows;
    private CsvLayout layout = header ? null : columns;
    private int number;

    Lines(byte[] message, RowConsumer rows) {
      this.message = message;
      this.rows = rows;
    }

    void read() {
      if (!header && fields.split(message)) {
        row();
        return;
      }
      try {
        String text = CsvText.decode(message);
        try (CsvParser csv = jackson.createParser(text.toCharArray())) {
          csv.setSchema(dialect);
          while (csv.nextToken() != null) {
            line(csv, text);
          }
        }
        if (number == 0 && CsvText.isBlank(text)) {
          blank(text);
        }
      } catch (IOException e) {
        rows.invalid(number + 1, MalformedMessage.problem(message, FORMAT, number, e.getMessage()));
      }
    }

    private void line(CsvParser csv, String text) throws IOException {
      fields.clear();
      boolean blank = false;
      while (csv.nextToken() != JsonToken.END_ARRAY) {
        blank = fields.count() == 0 && CsvText.isBlankLine(csv, text, dialect.getQuoteChar());
        fields.add(isNull(csv, text) ? nullLiteral : csv.getText());
      }
      if (blank) {
        return;
      }
      if (layout == null) {
        layout = headers.layout(fields);
        return;
      }
      row();
    }

    /** Recognizes a literal such as {@code \N}, of which unescaping leaves {@code N}. */
    private boolean isNull(CsvParser csv, String text) {
      return nullLiteral != null
          && dialect.usesEscapeChar()
          && nullLiteral.indexOf(dialect.getEscapeChar()) >= 0
          && CsvText.isWrittenAs(nullLiteral, csv, text, dialect.getColumnSeparator());
    }

    private void row() {
      number++;
      fields.removeAfter(layout.count());
      try {
        rows.row(rowReader.read(fields, layout));
      } catch (InvalidValueException e) {
        rows.invalid(number, e);
      }
    }

    /** A row of one column that is null or spaces is blank, too. */
    private void blank(String text) {
      if (!header && type.getFieldCount() == 1) {
        fields.clear();
        fields.add(text.lines().findFirst().orElse(""));
        row();
      } else {
        rows.invalid(1, MalformedMessage.problem(message, FORMAT, 0, "no line"));
      }
    }
  }
}
