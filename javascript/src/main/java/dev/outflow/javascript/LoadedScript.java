package dev.outflow.javascript;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * A script in its sandbox, ready to be called. Only for the thread that loaded it.
 *
 * <p>As in ASA, the function is {@code main}, whatever its name in SQL. A script that defines only
 * one function, or is nothing but a function without a name, need not name it so.
 */
final class LoadedScript {
  private static final Pattern ANONYMOUS =
      Pattern.compile("(?s)(?:\\s|//[^\\n]*\\n|/\\*.*?\\*/)*function\\s*\\(.*");

  /** Rhino does not construct an object unless a function of the script is running. */
  private static final String CONSTRUCT = "function (main) { return new main(); }";

  private final Sandbox sandbox;
  private final ScriptableObject scope;
  private final Function main;

  private LoadedScript(Sandbox sandbox, ScriptableObject scope, Function main) {
    this.sandbox = sandbox;
    this.scope = scope;
    this.main = main;
  }

  /**
   * Loads a script.
   *
   * @throws ScriptException if it is invalid
   */
  static LoadedScript load(Script script) {
    return load(script, CallBudget.standard());
  }

  static LoadedScript load(Script script, CallBudget budget) {
    Sandbox sandbox = new Sandbox(script, budget);
    ScriptableObject scope = sandbox.newScope();
    Set<Object> own = Arrays.stream(scope.getAllIds()).collect(Collectors.toSet());
    Object result = sandbox.run(cx -> evaluate(script, cx, scope));
    if (scope.get("main", scope) instanceof Function main) {
      return new LoadedScript(sandbox, scope, main);
    }
    List<Function> functions =
        Stream.concat(
                Arrays.stream(scope.getAllIds())
                    .filter(name -> !own.contains(name))
                    .map(name -> scope.get(name.toString(), scope)),
                Stream.of(result))
            .filter(Function.class::isInstance)
            .map(Function.class::cast)
            .distinct()
            .toList();
    if (functions.size() != 1) {
      throw sandbox.problem(
          "defines %s; name the one to call main"
              .formatted(functions.isEmpty() ? "no function" : functions.size() + " functions"));
    }
    return new LoadedScript(sandbox, scope, functions.get(0));
  }

  private static Object evaluate(Script script, Context cx, Scriptable scope) {
    String text =
        ANONYMOUS.matcher(script.text()).matches() ? "(" + script.text() + "\n)" : script.text();
    return cx.evaluateString(scope, text, script.file(), 1, null);
  }

  /**
   * Calls the function with plain values.
   *
   * @throws ScriptException if it fails
   */
  Object call(Object... arguments) {
    return sandbox.run(cx -> toPlain(main.call(cx, scope, scope, toScript(arguments, cx))));
  }

  /** Returns a new aggregate, before its {@code init}; anything else is not an aggregate. */
  ScriptAggregate newAggregate() {
    Scriptable created =
        sandbox.run(
            cx ->
                (Scriptable)
                    cx.compileFunction(scope, CONSTRUCT, "construct", 1, null)
                        .call(cx, scope, scope, new Object[] {main}));
    return new ScriptAggregate(this, created);
  }

  /** Calls a method of an object of this script, as {@link #call}. */
  Object callMethod(Scriptable object, Function method, Object... arguments) {
    return sandbox.run(cx -> toPlain(method.call(cx, scope, object, toScript(arguments, cx))));
  }

  /**
   * Converts a result to the type that the function returns.
   *
   * @throws ScriptException if it is of another kind
   */
  Object convert(Object result, Signature signature) {
    try {
      return new ResultType(signature.result()).convert(result);
    } catch (IllegalArgumentException e) {
      throw problem(e.getMessage());
    }
  }

  /** Returns the exception of a problem of this script. */
  ScriptException problem(String problem) {
    return sandbox.problem(problem);
  }

  private Object[] toScript(Object[] arguments, Context cx) {
    Object[] converted = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      converted[i] = ScriptValues.toScript(arguments[i], cx, scope);
    }
    return converted;
  }

  private Object toPlain(Object result) {
    try {
      return ScriptValues.toPlain(result);
    } catch (ScriptValues.UnsupportedValueException e) {
      throw problem("returned %s, which SQL has no type for".formatted(e.getMessage()));
    }
  }
}
