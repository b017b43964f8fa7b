package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes CSV, quoting the values that Flink quotes: those with spaces. */
final class CsvCodec implements ReadingCodec {
  private final StringBuilder line = new StringBuilder(1024);

  @Override
  public byte[] output(Reading reading) {
    return begin(reading).toString().getBytes(UTF_8);
  }

  @Override
  public byte[] input(Reading reading) {
    return begin(reading).append(',').append(reading.region()).toString().getBytes(UTF_8);
  }

  private StringBuilder begin(Reading reading) {
    line.setLength(0);
    return line.append(reading.id())
        .append(',')
        .append(reading.device())
        .append(',')
        .append(reading.temperature())
        .append(",\"")
        .append(Timestamps.text(reading.sent()).replace('T', ' '))
        .append("\",\"")
        .append(reading.note())
        .append('"');
  }

  @Override
  public byte[] window(String device, long begin, long count, double average) {
    line.setLength(0);
    return line.append(device)
        .append(',')
        .append(begin)
        .append(',')
        .append(count)
        .append(',')
        .append(average)
        .toString()
        .getBytes(UTF_8);
  }

  @Override
  public Reading read(byte[] input) {
    String text = new String(input, UTF_8);
    int device = text.indexOf(',') + 1;
    int temperature = text.indexOf(',', device) + 1;
    int sent = text.indexOf(',', temperature) + 1;
    int note = text.indexOf(',', sent) + 1;
    int region = text.indexOf(',', note) + 1;
    return new Reading(
        Long.parseLong(text.substring(0, device - 1)),
        text.substring(device, temperature - 1),
        Double.parseDouble(text.substring(temperature, sent - 1)),
        Timestamps.ms(text.substring(sent + 1, note - 2).replace(' ', 'T')),
        text.substring(note + 1, region - 2),
        text.substring(region));
  }
}
