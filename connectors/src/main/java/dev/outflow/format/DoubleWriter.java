package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Doubles as {@link Double#toString} writes them, which takes its time; those with up to three
 * decimals, as amounts and measures have, are written by hand.
 */
final class DoubleWriter implements FieldWriter {
  /** All below have been compared. */
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

  /** Fills the text from its end. */
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
