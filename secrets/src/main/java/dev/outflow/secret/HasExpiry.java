package dev.outflow.secret;

import java.time.Instant;
import java.util.List;

/** Secrets that expire, such as certificates. */
public interface HasExpiry {
  /**
   * Returns a warning, with what to do, for each part that expires within 30 days of {@code now}.
   */
  List<String> expiryWarnings(Instant now);
}
