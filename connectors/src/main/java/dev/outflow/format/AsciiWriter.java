package dev.outflow.format;

/** Writes values that are ASCII, such as times, as text of the format. */
@FunctionalInterface
interface AsciiWriter {
  /** Writes the first {@code length} bytes. */
  void write(TextOutput out, byte[] ascii, int length);
}
