package dev.outflow.check;

/** How much is checked. */
enum CheckScope {
  /** Only problems that would prevent the job from working, as fast as possible. */
  BEFORE_START,
  /** Everything, for {@code ./outflow check}. */
  EVERYTHING;

  boolean includes(CheckStep step) {
    return this == EVERYTHING || !step.isAdvisory();
  }
}
