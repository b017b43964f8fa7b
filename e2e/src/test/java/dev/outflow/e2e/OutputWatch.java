package dev.outflow.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Brings to a {@link Judge} all that a {@link CountedJob} commits. */
final class OutputWatch implements AutoCloseable {
  private static final Duration DRAINED = Duration.ofMinutes(3);

  private final TopicReader copies;
  private final TopicReader windows;
  private final Judge judge = new Judge();

  private OutputWatch(TopicReader copies, TopicReader windows) {
    this.copies = copies;
    this.windows = windows;
  }

  static OutputWatch of(CountedJob job) {
    return new OutputWatch(
        TopicReader.committed(job.copies()), TopicReader.committed(job.windows()));
  }

  /** What is wrong by now; more is still to come. */
  Verdict soFar() throws IOException {
    readOn();
    return judge.soFar();
  }

  /** What is wrong when all numbers went in, and all that is still to come had time to. */
  Verdict drained(int sent) throws IOException {
    try {
      Awaitility.await()
          .atMost(DRAINED)
          .until(
              () -> {
                readOn();
                return judge.hasAll(sent);
              });
    } catch (ConditionTimeoutException e) {
      System.out.println("not all is there after " + DRAINED);
    }
    readOn(); // What is there twice may have come after all was there.
    return judge.verdict(sent);
  }

  @Override
  public void close() {
    copies.close();
    windows.close();
  }

  private void readOn() throws IOException {
    List<byte[]> copied = copies.more();
    judge.read(copied, windows.more());
  }
}
