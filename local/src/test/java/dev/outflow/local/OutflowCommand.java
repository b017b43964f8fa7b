package dev.outflow.local;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;

/** Runs commands of {@code ./outflow} in this JVM, and keeps what the last one printed. */
final class OutflowCommand {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Returns the exit code. */
  int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  /** Starts a command that runs until it is done; what it prints can be read meanwhile. */
  CompletableFuture<Integer> start(String... args) {
    return CompletableFuture.supplyAsync(() -> run(args));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Returns the last line of the standard error. */
  String lastLine() {
    return err().lines().reduce((first, second) -> second).orElse("");
  }
}
