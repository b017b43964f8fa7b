package dev.outflow.check;

/** Is told what is found while it is found; from several threads, one at a time. */
public interface CheckListener {
  /**
   * A step has its answer.
   *
   * @param path the target: {@code outputs.large_orders}
   */
  void step(String path, Step step);

  /** All steps of a target have been told. */
  void finished(String path);
}
