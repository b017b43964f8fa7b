package dev.outflow.lookup;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.NonParallelInput;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.table.data.RowData;

/** Reads a reference file once, for queries that do not look up rows. */
final class ReferenceFileInputFormat extends GenericInputFormat<RowData>
    implements NonParallelInput {
  private static final long serialVersionUID = 1;

  private final ReferenceFile file;
  private transient Iterator<RowData> rows;

  ReferenceFileInputFormat(ReferenceFile file) {
    this.file = file;
  }

  @Override
  public void open(GenericInputSplit split) throws IOException {
    super.open(split);
    file.open();
    rows = file.read(file.version(Instant.now())).iterator();
  }

  @Override
  public boolean reachedEnd() {
    return !rows.hasNext();
  }

  @Override
  public RowData nextRecord(RowData reuse) {
    return rows.next();
  }
}
