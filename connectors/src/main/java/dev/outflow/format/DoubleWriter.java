package dev.outflow.format;

/**
 * Writes doubles like {@link Double#toString}, which is slow; those with up to three decimals, as
 * in amounts and measurements, take a faster path.
 */
final class DoubleWriter implements FieldWriter {
  /** All smaller values were compared with {@link Double#toString}. */
  private static final int BOUND = 100_000_000;

  private final byte[] text = new byte["-99999.999".length()];
  private final boolean quotesNonFinite;

  /**
   * Creates a writer.
   *
   * @param quotesNonFinite whether NaN and infinity are written in quotes
   */
  DoubleWriter(boolean quotesNonFinite) {
    this.quotesNonFinite = quotesNonFinite;
  }

  @Override
  public void write(TextOutput out, Object value) {
    double number = (double) value;
    double size = Math.abs(number);
    long thousandths = Math.round(size * 1000);
    if (thousandths > 0 && thousandths < BOUND && thousandths / 1000.0 == size) {
      int start = write((int) thousandths, number < 0);
      out.writeRaw(text, start, text.length - start);
    } else {
      write(out, Double.toString(number), quotesNonFinite && !Double.isFinite(number));
    }
  }

  static void write(TextOutput out, String number, boolean quoted) {
    out.writeAscii(quoted ? '"' + number + '"' : number);
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
      text[--start] = (byte) ('0' + decimals % 10);
      decimals /= 10;
    }
    text[--start] = '.';
    int whole = thousandths / 1000;
    do {
      text[--start] = (byte) ('0' + whole % 10);
      whole /= 10;
    } while (whole > 0);
    if (negative) {
      text[--start] = '-';
    }
    return start;
  }
}
