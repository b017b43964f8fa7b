package dev.outflow.local.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Waits until files are saved. It compares their times, sizes and identities every {@link #POLL}:
 * editors save by writing, renaming or replacing a file, some in several steps, and Java's
 * WatchService reports these steps in other ways on each system, on macOS after seconds.
 */
public final class FileWatch {
  /** How often files are looked at; a save is complete once they stay the same for this long. */
  public static final Duration POLL = Duration.ofMillis(50);

  /** How long a deleted file may take to come back. */
  private static final Duration REPLACE_TIMEOUT = Duration.ofMillis(500);

  /** How long a file may be written to, at most. */
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);

  private final Set<Path> paths = new LinkedHashSet<>();
  private FileStamps seen = FileStamps.of(Set.of());

  /**
   * Watches further files, and all files in folders; they need not exist. Call it before they are
   * read, so that no save is missed.
   */
  public void add(Collection<Path> further) {
    Set<Path> added = new LinkedHashSet<>(further);
    added.removeAll(paths);
    paths.addAll(added);
    seen = seen.or(FileStamps.of(added));
  }

  /**
   * Waits for the next save, and until it is complete.
   *
   * @param pause ends the wait
   * @return the files that were created, saved or deleted; empty if the wait was ended
   */
  public Optional<Save> await(Pause pause) throws InterruptedException {
    while (!pause.isEndedWithin(POLL)) {
      Optional<Save> save = poll(pause);
      if (save.isPresent()) {
        return save;
      }
    }
    return Optional.empty();
  }

  /** Returns what was saved since the last save, if anything; waits only until it is complete. */
  public Optional<Save> poll(Pause pause) throws InterruptedException {
    FileStamps now = FileStamps.of(paths);
    if (now.equals(seen)) {
      return Optional.empty();
    }
    Instant begin = Instant.now();
    boolean resting = false;
    while (!resting && !isOver(begin, WRITE_TIMEOUT)) {
      if (pause.isEndedWithin(POLL)) {
        return Optional.empty();
      }
      FileStamps next = FileStamps.of(paths);
      resting = next.equals(now) && (seen.allExistIn(next) || isOver(begin, REPLACE_TIMEOUT));
      now = next;
    }
    Set<Path> changed = seen.changedIn(now);
    seen = now;
    return changed.isEmpty() ? Optional.empty() : Optional.of(new Save(changed, begin));
  }

  private static boolean isOver(Instant begin, Duration time) {
    return Instant.now().isAfter(begin.plus(time));
  }

  /**
   * What was saved at one time.
   *
   * @param files that were created, saved or deleted
   * @param time when it was noticed
   */
  public record Save(Set<Path> files, Instant time) {
    public Save {
      files = Set.copyOf(files);
    }
  }
}
