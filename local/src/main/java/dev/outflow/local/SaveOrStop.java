package dev.outflow.local;

import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import dev.outflow.local.watch.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pause that the next save or Ctrl-C ends. */
final class SaveOrStop implements Pause {
  private final FileWatch files;
  private final StopSignal stop;
  private Optional<Save> save = Optional.empty();

  SaveOrStop(FileWatch files, StopSignal stop) {
    this.files = files;
    this.stop = stop;
  }

  @Override
  public boolean isEndedWithin(Duration time) throws InterruptedException {
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      if (stop.requestedWithin(FileWatch.POLL)) {
        return true;
      }
      save = files.poll(stop::requestedWithin);
      if (save.isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the save that ended the pause, or waits for the next one; empty after Ctrl-C. */
  Optional<Save> await() throws InterruptedException {
    Optional<Save> last = save;
    save = Optional.empty();
    return last.isPresent() || stop.isRequested() ? last : files.await(stop::requestedWithin);
  }

  boolean isSaved() {
    return save.isPresent();
  }
}
