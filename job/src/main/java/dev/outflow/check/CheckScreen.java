package dev.outflow.check;

/** Where a check is shown while it goes on. */
public interface CheckScreen extends CheckListener {
  /** Shows nothing. */
  CheckScreen NONE =
      new CheckScreen() {
        @Override
        public void announce(String path, String about) {}

        @Override
        public void step(String path, Step step) {}

        @Override
        public void finished(String path) {}
      };

  /**
   * A target will be asked about; in the order of the definition.
   *
   * @param about as {@link TargetReport#about}
   */
  void announce(String path, String about);
}
