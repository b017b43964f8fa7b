package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A window of GROUP BY.
 *
 * @param kind of the window
 * @param size its length; of a session, the timeout
 * @param hop of a hopping window
 * @param offset of its boundaries, which are at whole lengths since 1970
 * @param longest the maximum duration of a session
 */
record Window(
    Kind kind,
    Duration size,
    Duration hop,
    Duration offset,
    Optional<Duration> longest,
    Expression.Call written) {
  /** Windows exclude their start and include their end; times have milliseconds. */
  private static final Duration START_EXCLUDED = Duration.ofMillis(1);

  private static final Duration DAY = Duration.ofDays(1);

  /** How many windows a row can be in, if Flink computes more windows than ASA. */
  private static final long MOST_STEPS = 1000;

  private static final Set<String> NAMES =
      Set.of(
          "tumblingwindow",
          "tumbling",
          "hoppingwindow",
          "hopping",
          "sessionwindow",
          "session",
          "slidingwindow",
          "sliding",
          "windows",
          "system.timestamp");

  enum Kind {
    TUMBLING,
    HOPPING,
    SESSION,
    SLIDING,
    SNAPSHOT
  }

  /** Windows begin at multiples of their length; each day only if it divides a day. */
  static void noteAlignment(Duration period, Position at, Notes notes) {
    if (DAY.toMillis() % period.toMillis() != 0) {
      notes.differs(
          at,
          "windows of this length do not begin at midnight each day: Flink counts them from"
              + " 1970-01-01, and ASA's documentation does not say from when ASA does",
          Section.WINDOWS);
    }
  }

  static boolean isWindow(Expression key) {
    return (key instanceof Expression.Call call && NAMES.contains(call.function()))
        || isTimestamp(key);
  }

  /** System.Timestamp may be written without parentheses. */
  static boolean isTimestamp(Expression key) {
    return (key instanceof Expression.Call call && call.function().equals("system.timestamp"))
        || (key instanceof Expression.Column column
            && column.path().size() == 2
            && column.path().get(0).key().equals("system")
            && column.path().get(1).key().equals("timestamp"));
  }

  /** Returns the window of the rows of each instant. */
  static Window snapshot(Expression.Call written) {
    return new Window(
        Kind.SNAPSHOT,
        Duration.ofMillis(1),
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty(),
        written);
  }

  static Window of(Expression key) {
    if (isTimestamp(key)) {
      Expression.Call written =
          key instanceof Expression.Call call
              ? call
              : new Expression.Call(
                  "system.timestamp",
                  "System.Timestamp",
                  false,
                  List.of(),
                  Optional.empty(),
                  key.at());
      return snapshot(written);
    }
    Expression.Call call = (Expression.Call) key;
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case "tumblingwindow", "tumbling" -> tumbling(call, arguments);
      case "hoppingwindow", "hopping" -> hopping(call, arguments);
      case "sessionwindow", "session" -> session(call, arguments);
      case "slidingwindow", "sliding" -> sliding(call, arguments);
      default ->
          throw new Untranslatable(call.at(), "%s is not a window".formatted(call.written()));
    };
  }

  private static Window tumbling(Expression.Call call, List<Expression> arguments) {
    Optional<Duration> offset = named(arguments, "offset");
    Optional<Duration> length = named(arguments, "duration");
    if (length.isEmpty()) {
      expect(call, arguments.size() == 2 || (arguments.size() == 3 && offset.isPresent()));
    }
    Duration size = length.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(1)));
    return checked(call, of(Kind.TUMBLING, size, size, offset, call));
  }

  private static Window hopping(Expression.Call call, List<Expression> arguments) {
    Optional<Duration> offset = named(arguments, "offset");
    Optional<Duration> length = named(arguments, "duration");
    Optional<Duration> step = named(arguments, "hop");
    if (length.isEmpty()) {
      expect(call, arguments.size() == 3 || (arguments.size() == 4 && offset.isPresent()));
    } else {
      expect(call, step.isPresent());
    }
    Duration size = length.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(1)));
    Duration hop = step.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(2)));
    Window window = checked(call, of(Kind.HOPPING, size, hop, offset, call));
    if (size.dividedBy(window.step()) > MOST_STEPS) {
      throw new Untranslatable(
          call.at(),
          "HoppingWindow: Flink needs a size that is a multiple of the hop; here they are %d and %d ms"
              .formatted(size.toMillis(), hop.toMillis()));
    }
    return window;
  }

  private static Window session(Expression.Call call, List<Expression> arguments) {
    Optional<Duration> length = named(arguments, "timeout");
    Optional<Duration> longest = named(arguments, "maxduration");
    expect(call, arguments.size() == (length.isPresent() ? 2 : 3));
    expect(call, length.isPresent() == longest.isPresent());
    Duration timeout = length.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(1)));
    Duration most = longest.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(2)));
    expect(call, most.toMillis() > 0);
    return checked(
        call, new Window(Kind.SESSION, timeout, timeout, Duration.ZERO, Optional.of(most), call));
  }

  private static Window sliding(Expression.Call call, List<Expression> arguments) {
    Optional<Duration> length = named(arguments, "duration");
    expect(call, length.isPresent() || arguments.size() == 2);
    Duration size = length.orElseGet(() -> Units.duration(arguments.get(0), arguments.get(1)));
    return checked(call, of(Kind.SLIDING, size, size, Optional.empty(), call));
  }

  private static Window of(
      Kind kind, Duration size, Duration hop, Optional<Duration> offset, Expression.Call call) {
    return new Window(kind, size, hop, offset.orElse(Duration.ZERO), Optional.empty(), call);
  }

  private static Window checked(Expression.Call call, Window window) {
    expect(call, window.size.toMillis() > 0 && window.hop.toMillis() > 0);
    return window;
  }

  private static void expect(Expression.Call call, boolean valid) {
    if (!valid) {
      throw new Untranslatable(
          call.at(), call.written() + " has other arguments than ASA documents");
    }
  }

  private static Optional<Duration> named(List<Expression> arguments, String name) {
    return arguments.stream()
        .filter(
            argument -> argument instanceof Expression.Call call && call.function().equals(name))
        .map(Expression.Call.class::cast)
        .filter(call -> call.arguments().size() == 2)
        .map(call -> Units.duration(call.arguments().get(0), call.arguments().get(1)))
        .findFirst();
  }

  /**
   * Returns the table function.
   *
   * @param table name of the table
   * @param time its time attribute
   */
  String sql(String table, String time) {
    String descriptor = "DESCRIPTOR(%s)".formatted(Sql.name(time));
    String from = "TABLE " + Sql.name(table);
    return switch (kind) {
      case TUMBLING ->
          "TABLE(TUMBLE(%s, %s, %s, %s))"
              .formatted(from, descriptor, Units.interval(size), start(size));
      case HOPPING ->
          "TABLE(HOP(%s, %s, %s, %s, %s))"
              .formatted(
                  from, descriptor, Units.interval(step()), Units.interval(size), start(step()));
      case SNAPSHOT ->
          "TABLE(TUMBLE(%s, %s, %s))".formatted(from, descriptor, Units.interval(size));
      case SLIDING, SESSION ->
          throw new IllegalStateException("a window of a table function of Outflow");
    };
  }

  /** Returns the hop in Flink, of which the size must be a multiple. */
  private Duration step() {
    BigInteger millis = BigInteger.valueOf(size.toMillis());
    return Duration.ofMillis(millis.gcd(BigInteger.valueOf(hop.toMillis())).longValueExact());
  }

  /** Returns the condition that windows of ASA meet, if Flink computes others, too. */
  Optional<String> condition() {
    return kind != Kind.HOPPING || step().equals(hop)
        ? Optional.empty()
        : Optional.of(
            "MOD(%s, %d) = 0"
                .formatted(
                    Units.boundaries(
                        "MILLISECOND",
                        "TO_TIMESTAMP_LTZ(%d, 3)".formatted(offset.toMillis()),
                        "CAST(window_time AS TIMESTAMP_LTZ(3))"),
                    hop.toMillis()));
  }

  /** Returns the offset at which (start, end] becomes Flink's [start, end). */
  private String start(Duration period) {
    long millis = Math.floorMod(offset.plus(START_EXCLUDED).toMillis(), period.toMillis());
    return Units.interval(Duration.ofMillis(millis));
  }
}
