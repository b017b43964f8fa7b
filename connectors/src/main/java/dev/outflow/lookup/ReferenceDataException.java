package dev.outflow.lookup;

import java.io.IOException;

/** A version of a reference file cannot be used; the message names the file and what to do. */
final class ReferenceDataException extends IOException {
  private static final long serialVersionUID = 1;

  ReferenceDataException(String message) {
    super(message);
  }

  ReferenceDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
