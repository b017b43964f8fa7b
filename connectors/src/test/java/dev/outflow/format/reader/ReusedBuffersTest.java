package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReusedBuffersTest {
  private static final int MESSAGES = 2_000;
  private static final String[] NAMES = {"id", "name"};

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          json, '{"id":17,"name":"Ada"}'
          csv,  '17,Ada'
          """)
  void readsMessagesWithoutNewBuffers(String format, String message) throws Exception {
    RowType row = RowType.of(new LogicalType[] {new IntType(), VarCharType.STRING_TYPE}, NAMES);
    MessageReader reader = MessageReaders.find("input 'i'", format, Map.of(), row).orElseThrow();
    reader.open(null);
    byte[] bytes = message.getBytes(UTF_8);
    AtomicInteger rows = new AtomicInteger();
    RowConsumer counter = new CountingRows(rows);
    readOften(reader, bytes, counter);

    long before = allocatedBytes();
    readOften(reader, bytes, counter);

    assertThat((allocatedBytes() - before) / MESSAGES).isLessThan(3_000);
    assertThat(rows).hasValue(2 * MESSAGES);
  }

  private static void readOften(MessageReader reader, byte[] message, RowConsumer rows)
      throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      reader.read(message, rows);
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private record CountingRows(AtomicInteger rows) implements RowConsumer {
    @Override
    public void row(RowData row) {
      rows.incrementAndGet();
    }

    @Override
    public void invalid(int number, InvalidValueException problem) {
      throw new AssertionError(problem);
    }
  }
}
