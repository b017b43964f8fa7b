package dev.outflow.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Feeds the records that a {@link CountedJob} commits to an {@link OutputVerifier}. */
final class OutputMonitor implements AutoCloseable {
  private static final Duration DRAINED = Duration.ofMinutes(3);

  private final TopicReader copies;
  private final TopicReader windows;
  private final TopicReader oddWindows;
  private final OutputVerifier verifier = new OutputVerifier();

  private OutputMonitor(TopicReader copies, TopicReader windows, TopicReader oddWindows) {
    this.copies = copies;
    this.windows = windows;
    this.oddWindows = oddWindows;
  }

  static OutputMonitor of(CountedJob job) {
    return new OutputMonitor(
        TopicReader.committed(job.copies()),
        TopicReader.committed(job.windows()),
        TopicReader.committed(job.oddWindows()));
  }

  /** Returns the findings so far; more records can follow. */
  Findings soFar() throws IOException {
    readMore();
    return verifier.soFar();
  }

  /** Waits until all records have arrived or 3 minutes have passed; returns the findings. */
  Findings drained(int sent) throws IOException {
    try {
      Awaitility.await()
          .atMost(DRAINED)
          .until(
              () -> {
                readMore();
                return verifier.hasAll(sent);
              });
    } catch (ConditionTimeoutException e) {
      System.out.println("records are missing after " + DRAINED);
    }
    readMore(); // Duplicates can arrive after everything else.
    return verifier.findings(sent);
  }

  @Override
  public void close() {
    copies.close();
    windows.close();
    oddWindows.close();
  }

  private void readMore() throws IOException {
    List<byte[]> copied = copies.more();
    verifier.read(copied, windows.more(), oddWindows.more());
  }
}
