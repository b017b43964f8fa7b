package dev.outflow.javascript;

import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Function;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/**
 * Rhino for one script in one thread: without Java, files and network, in UTC, and with a {@link
 * CallBudget} for each call.
 */
final class Sandbox extends ContextFactory {
  /** A few microseconds of instructions. */
  private static final int INSTRUCTIONS_BETWEEN_CHECKS = 10_000;

  /** Some text functions allocate as much as they are asked for before any check. */
  private static final String LIMITS =
      """
      (function () {
        ['repeat', 'padStart', 'padEnd'].forEach(function (name) {
          var original = String.prototype[name];
          Object.defineProperty(String.prototype, name, {
            configurable: true, writable: true, value: function (count, filler) {
              var length = name === 'repeat' ? String(this).length * count : count;
              if (length > 16777216) { throw new RangeError(name + ' exceeds 16777216 characters'); }
              return original.call(this, count, filler);
            }
          });
        });
      })();
      """;

  private final Script script;
  private final CallBudget budget;
  private final Context context;

  Sandbox(Script script, CallBudget budget) {
    this.script = script;
    this.budget = budget;
    this.context = enterContext();
    Context.exit();
  }

  /** Returns the global object of a new program. */
  ScriptableObject newScope() {
    return run(
        cx -> {
          ScriptableObject scope = cx.initSafeStandardObjects();
          cx.evaluateString(scope, LIMITS, "limits", 1, null);
          return scope;
        });
  }

  /**
   * Runs a call with a new budget.
   *
   * @throws ScriptException if it fails
   */
  <T> T run(Function<Context, T> call) {
    enterContext(context);
    budget.reset();
    try {
      return call.apply(context);
    } catch (RhinoException e) {
      throw new ScriptException(script, e.lineNumber(), e.columnNumber(), e.details());
    } catch (CallBudget.ExceededError e) {
      throw new ScriptException(script, 0, 0, e.getMessage());
    } catch (
        OutOfMemoryError e) { // A single text or array that is too large; the heap is not full.
      throw new ScriptException(script, 0, 0, "runs out of memory; check for an infinite loop");
    } catch (StackOverflowError e) {
      throw new ScriptException(script, 0, 0, "recurses too deeply");
    } finally {
      Context.exit();
    }
  }

  /** Returns the exception of a problem in a place that is not known. */
  ScriptException problem(String problem) {
    return new ScriptException(script, 0, 0, problem);
  }

  @Override
  protected Context makeContext() {
    Context made = super.makeContext();
    made.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    made.setGenerateObserverCount(true);
    made.setInstructionObserverThreshold(INSTRUCTIONS_BETWEEN_CHECKS);
    made.setClassShutter(name -> false);
    made.setApplicationClassLoader(Sandbox.class.getClassLoader());
    made.setTimeZone(TimeZone.getTimeZone("UTC"));
    made.setLocale(Locale.ROOT);
    return made;
  }

  @Override
  protected void observeInstructionCount(Context cx, int instructions) {
    budget.check();
  }
}
