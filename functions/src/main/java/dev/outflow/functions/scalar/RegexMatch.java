package dev.outflow.functions.scalar;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code REGEXMATCH(text, pattern)}: the position of the first match of a regular expression, from
 * 1 on, or 0. It ignores case, and {@code .} matches line breaks, too. 0 if the pattern is not
 * valid in Java. NULL if an argument is NULL.
 *
 * <pre>{@code
 * REGEXMATCH('AB-100', '[0-9][0-9]')  -- 4
 * REGEXMATCH('AB-100', '^ab')  -- 1
 * REGEXMATCH('AB-100', 'x')  -- 0
 * REGEXMATCH('AB-100', '(')  -- 0
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/regexmatch-azure-stream-analytics">REGEXMATCH</a>
 */
public final class RegexMatch extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
  private transient LastPattern<Optional<Pattern>> last;

  @Override
  public void open(FunctionContext context) {
    last = new LastPattern<>(RegexMatch::compile);
  }

  public Long eval(String text, String pattern) {
    if (text == null || pattern == null) {
      return null;
    }
    return last.of(pattern)
        .map(compiled -> compiled.matcher(text))
        .filter(Matcher::find)
        .map(found -> found.start() + 1L)
        .orElse(0L);
  }

  private static Optional<Pattern> compile(String pattern) {
    try {
      return Optional.of(Pattern.compile(pattern, FLAGS));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
