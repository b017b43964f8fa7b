package dev.outflow.javascript;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A script is invalid or failed. The message names the function, the file and the line. A restart
 * of the job would fail on the same record.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;

  /**
   * @param line counted from 1; 0 if unknown
   * @param column counted from 1; 0 if unknown
   * @param problem what is wrong
   */
  ScriptException(Script script, int line, int column, String problem) {
    super(
        "function '%s' (%s%s): %s"
            .formatted(script.function(), script.file(), line > 0 ? ":" + line : "", problem));
    this.problem = problem;
    this.line = line;
    this.column = column;
  }

  /** Returns what is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** Returns the line, counted from 1; 0 if unknown. */
  public int line() {
    return line;
  }

  /** Returns the column, counted from 1; 0 if unknown. */
  public int column() {
    return column;
  }
}
