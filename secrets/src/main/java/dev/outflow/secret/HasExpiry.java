package dev.outflow.secret;

import java.time.Instant;
import java.util.List;

/** What is no good any more from some time on, as certificates are. */
public interface HasExpiry {
  /** What ends within 30 days of {@code now}: a line for each, with what to do. */
  List<String> endingSoon(Instant now);
}
