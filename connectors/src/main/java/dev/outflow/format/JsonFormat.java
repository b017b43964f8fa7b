package dev.outflow.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.table.types.logical.RowType;

/** Writes the same bytes as Flink's {@code json}. */
record JsonFormat(JsonOptions options) implements DirectFormat {
  @Override
  public boolean supports(RowType type) {
    return JsonFieldWriters.supports(type);
  }

  @Override
  public FieldWriter writer(RowType type) {
    return new JsonFieldWriters(options).row(type);
  }

  @Override
  public JsonGenerator generator(OutputStream bytes, RowType type) throws IOException {
    return new JsonFactoryBuilder()
        .rootValueSeparator((String) null)
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, options.plainDecimals())
        .build()
        .createGenerator(bytes);
  }
}
