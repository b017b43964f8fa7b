package dev.outflow.local.preview;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that a table is drawn on.
 *
 * @param size asks for its size, which can change
 * @param color whether to use colors
 */
public record Terminal(Supplier<Size> size, boolean color) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** In characters. */
  public record Size(int rows, int columns) {
    static final Size DEFAULT = new Size(40, 120);

    /** Reads the environment variables LINES and COLUMNS. */
    static Size of(Map<String, String> environment) {
      return new Size(
          number(environment.get("LINES")).orElse(DEFAULT.rows),
          number(environment.get("COLUMNS")).orElse(DEFAULT.columns));
    }

    private static Optional<Integer> number(String written) {
      return Optional.ofNullable(written)
          .filter(text -> text.matches("[1-9]\\d{0,4}"))
          .map(Integer::valueOf);
    }
  }

  /** Returns the terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        new Cached(() -> stty().orElseGet(() -> Size.of(System.getenv()))),
        System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Asks the terminal at most every two seconds. */
  private static final class Cached implements Supplier<Size> {
    private final Supplier<Size> source;
    private Size last;
    private Instant asked = Instant.MIN;

    Cached(Supplier<Size> source) {
      this.source = source;
    }

    @Override
    public Size get() {
      if (Instant.now().isAfter(asked.plus(FRESH))) {
        last = source.get();
        asked = Instant.now();
      }
      return last;
    }
  }

  private static Optional<Size> stty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(FRESH.toMillis(), TimeUnit.MILLISECONDS)) {
        stty.destroy();
        return Optional.empty();
      }
      return parse(new String(stty.getInputStream().readAllBytes(), US_ASCII));
    } catch (IOException e) { // For example, not Unix.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Size> parse(String output) {
    Matcher size = SIZE.matcher(output.strip());
    return Optional.of(size)
        .filter(Matcher::matches)
        .map(found -> new Size(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        .filter(found -> found.rows() > 0 && found.columns() > 0);
  }
}
