package dev.outflow.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.table.data.TimestampData;

/**
 * Timestamps, with as many decimals as are not zero.
 *
 * @param separator stands between date and time
 * @param utc whether they are instants, which end in a Z
 */
record TimestampWriter(TimeText text, char separator, boolean utc) implements ValueWriter {
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    TimestampData timestamp = (TimestampData) value;
    long millis = timestamp.getMillisecond();
    long millisOfDay = Math.floorMod(millis, MILLIS_PER_DAY);
    text.begin()
        .date(Math.floorDiv(millis, MILLIS_PER_DAY))
        .letter(separator)
        .time(millisOfDay * NANOS_PER_MILLI + timestamp.getNanoOfMillisecond());
    if (utc) {
      text.letter('Z');
    }
    text.end(out);
  }
}
