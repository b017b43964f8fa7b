package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Writes doubles like {@link Double#toString}, which is slow; those with up to three decimals, as
 * in amounts and measurements, take a faster path.
 */
final class DoubleWriter implements FieldWriter {
  /** All smaller values were compared with {@link Double#toString}. */
  private static final int BOUND = 100_000_000;

  private final char[] text = new char["-99999.999".length()];

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    double number = (double) value;
    double size = Math.abs(number);
    long thousandths = Math.round(size * 1000);
    if (thousandths > 0 && thousandths < BOUND && thousandths / 1000.0 == size) {
      int start = write((int) thousandths, number < 0);
      out.writeNumber(text, start, text.length - start);
    } else {
      out.writeNumber(number);
    }
  }

  /** Fills the buffer from its end and returns where the text starts. */
  private int write(int thousandths, boolean negative) {
    int start = text.length;
    int decimals = thousandths % 1000;
    int places = 3;
    while (places > 1 && decimals % 10 == 0) {
      decimals /= 10;
      places--;
    }
    for (; places > 0; places--) {
      text[--start] = (char) ('0' + decimals % 10);
      decimals /= 10;
    }
    text[--start] = '.';
    int whole = thousandths / 1000;
    do {
      text[--start] = (char) ('0' + whole % 10);
      whole /= 10;
    } while (whole > 0);
    if (negative) {
      text[--start] = '-';
    }
    return start;
  }
}
