package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.option.InvalidOptionsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows that an input's records become, without a job: columns of the format and of METADATA,
 * read by the same code as in a job. Columns that are computed are left out.
 *
 * <p>Not thread-safe.
 */
public final class RecordRows {
  private final RowType type;
  private final RecordDecoder decoder;
  private final RowAssembler assembler;

  private RecordRows(RowType type, RecordDecoder decoder, RowAssembler assembler) {
    this.type = type;
    this.decoder = decoder;
    this.assembler = assembler;
  }

  /**
   * Prepares to read records.
   *
   * @param input the input's name, for the log
   * @param columns the columns of its table, and its watermark
   * @param options the table's options
   * @throws InvalidOptionsException if an option is invalid
   * @throws UnsupportedOperationException if the format works in a job only
   */
  public static RecordRows of(String input, ResolvedSchema columns, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put(FactoryUtil.CONNECTOR.key(), KafkaInputTableFactory.IDENTIFIER);
    KafkaInputTable source =
        InputDecoder.source(
            input,
            new ResolvedCatalogTable(
                CatalogTable.newBuilder()
                    .schema(Schema.newBuilder().fromResolvedSchema(columns).build())
                    .options(all)
                    .build(),
                columns));
    List<Column> physical = columns.getColumns().stream().filter(Column::isPhysical).toList();
    List<DataTypes.Field> fields = new ArrayList<>(physical.stream().map(RecordRows::of).toList());
    List<String> keys = new ArrayList<>();
    // A table's metadata is in the order in which the source lists it.
    source
        .listReadableMetadata()
        .forEach(
            (key, type) ->
                columns.getColumns().stream()
                    .filter(column -> key.equals(key(column)))
                    .forEach(
                        column -> {
                          keys.add(key);
                          fields.add(DataTypes.FIELD(column.getName(), type));
                        }));
    DataType produced = DataTypes.ROW(fields).notNull();
    if (!keys.isEmpty()) {
      source.applyReadableMetadata(keys, produced);
    }
    RowType type = (RowType) produced.getLogicalType();
    RecordDecoder decoder = source.decoder(DetachedContext.INSTANCE);
    try {
      decoder.open(DetachedContext.INSTANCE);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Declared for Flink's formats.
      throw new IllegalStateException("failed to open the format", e);
    }
    return new RecordRows(type, decoder, source.assembler());
  }

  private static DataTypes.Field of(Column column) {
    return DataTypes.FIELD(column.getName(), column.getDataType());
  }

  private static String key(Column column) {
    return column instanceof Column.MetadataColumn metadata
        ? metadata.getMetadataKey().orElse(column.getName())
        : null;
  }

  /** Returns the type of the rows: columns of the format, then METADATA. */
  public RowType type() {
    return type;
  }

  /**
   * Reads a record and passes its good rows to {@code rows}.
   *
   * @return what is wrong with the record, or with each of its bad rows; empty if it is good
   * @throws IOException if the record cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  public List<RecordProblem> read(ConsumerRecord<byte[], byte[]> record, Consumer<RowData> rows)
      throws IOException {
    return decoder.decode(record, assembler, rows);
  }
}
