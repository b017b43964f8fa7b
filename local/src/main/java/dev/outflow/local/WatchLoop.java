package dev.outflow.local;

import dev.outflow.local.watch.FileWatch;
import dev.outflow.local.watch.FileWatch.Save;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Runs a pass, and another one after each save, until Ctrl-C. */
final class WatchLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

  private WatchLoop() {}

  /** What is done after a save. */
  interface Pass {
    /**
     * Runs the pass and prints its results.
     *
     * @param save what was saved; empty for the first pass
     * @param stop what has to be asked before a result is printed: Ctrl-C stops Flink, too
     */
    void run(Optional<Save> save, StopSignal stop);
  }

  /** Returns the exit code after Ctrl-C, which is the only end. */
  static int run(FileWatch files, WatchText text, Pass pass) {
    try (StopSignal stop = StopSignal.listen()) {
      Optional<Save> save = Optional.empty();
      do {
        try {
          pass.run(save, stop);
        } catch (RuntimeException | LinkageError e) { // Also if Flink cannot start during Ctrl-C.
          if (stop.isRequested()) {
            break;
          }
          LOG.error("The pass failed", e);
          text.failed(e);
        }
        save = files.await(stop::requestedWithin);
      } while (save.isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }
}
