package dev.outflow.check;

/** Receives the reports of a check while it runs; from several threads, one at a time. */
public interface CheckListener {
  /** Ignores all of them. */
  CheckListener NONE =
      new CheckListener() {
        @Override
        public void announced(String path, String about) {}

        @Override
        public void reported(String path, StepReport report) {}

        @Override
        public void finished(String path) {}
      };

  /**
   * A target will be checked; called in the order of the definition.
   *
   * @param path {@code outputs.large_orders}
   * @param about see {@link TargetReport#about}
   */
  void announced(String path, String about);

  /** A step of an announced target is done. */
  void reported(String path, StepReport report);

  /** All steps of a target have been reported. */
  void finished(String path);
}
