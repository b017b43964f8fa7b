package dev.outflow.benchmark;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Generates readings of a hundred devices, one per ms of event time; deterministic. */
final class RandomReadings {
  static final String DEVICE = "device-0042";

  private static final int DEVICES = 100;
  private static final String[] DEVICE_NAMES =
      IntStream.range(0, DEVICES).mapToObj("device-%04d"::formatted).toArray(String[]::new);
  private static final int HUNDREDTHS = 10_000;

  /** The size of a JSON record without its note, in bytes. */
  private static final int SIZE_WITHOUT_NOTE = 128;

  private static final long BEGIN = 1_767_225_600_000L;
  private static final String WORDS = "as long as what people write down of a device usually is, ";

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
  private final String note;
  private long id;

  RandomReadings(Workload workload) {
    this.note = note(workload);
  }

  /** Returns a note that makes a record as large as the workload requires. */
  static String note(Workload workload) {
    int length = Math.max(1, workload.bytes() - SIZE_WITHOUT_NOTE);
    return WORDS.replace(',', ';').repeat(length / WORDS.length() + 1).substring(0, length);
  }

  Reading next() {
    return next(BEGIN + id);
  }

  Reading next(long sent) {
    return new Reading(
        id++,
        DEVICE_NAMES[random.nextInt(DEVICES)],
        random.nextInt(HUNDREDTHS) / 100d,
        sent,
        note,
        "eu-west-1");
  }
}
