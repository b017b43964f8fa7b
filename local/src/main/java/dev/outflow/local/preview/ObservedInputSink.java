package dev.outflow.local.preview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.kafka.output.DeadLetterColumn;
import dev.outflow.sampling.RowJson;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** Reports the rows of an input to a {@link PreviewFeed}. */
record ObservedInputSink(String feed, String input, ObservedColumns columns)
    implements Sink<RowData> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) {
    PreviewFeed preview = PreviewFeed.of(feed);
    preview.input(input).open();
    return new Writer(preview, new RowJson(columns.type(), columns.own(), Map.of()));
  }

  private final class Writer implements SinkWriter<RowData> {
    private final PreviewFeed preview;
    private final InputProgress progress;
    private final RowJson json;

    Writer(PreviewFeed preview, RowJson json) {
      this.preview = preview;
      this.progress = preview.input(input);
      this.json = json;
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
      if (columns.isBad(row)) {
        progress.bad(columns.text(row, DeadLetterColumn.CODE));
        preview.put(badRecord(row));
        return;
      }
      long time = columns.time(row).orElse(Long.MAX_VALUE);
      boolean isLate = time <= context.currentWatermark();
      progress.row(columns.isBlank(row), isLate);
      if (isLate) {
        preview.put(lateRow(row, time, context.currentWatermark()));
      }
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      progress.watermark(watermark.getTimestamp());
    }

    private PreviewEvent badRecord(RowData row) {
      return new PreviewEvent.BadRecord(
          input,
          columns.text(row, DeadLetterColumn.CODE),
          Optional.ofNullable(columns.text(row, DeadLetterColumn.COLUMN)),
          columns.text(row, DeadLetterColumn.MESSAGE),
          columns.text(row, DeadLetterColumn.TOPIC),
          columns.partition(row),
          columns.offset(row));
    }

    private PreviewEvent lateRow(RowData row, long time, long watermark) {
      ObjectNode values;
      try {
        values = json.of(row);
      } catch (IllegalStateException e) { // JSON cannot represent the type of a column.
        values = null;
      }
      return new PreviewEvent.LateRow(
          input,
          Instant.ofEpochMilli(time),
          Instant.ofEpochMilli(watermark),
          values,
          values == null ? 0 : RowJson.line(values).length());
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
