package dev.outflow.javascript;

import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * An object made by the script of a user-defined aggregate, with ASA's methods {@code init}, {@code
 * accumulate}, {@code deaccumulate} and {@code computeResult}.
 *
 * @param script the script that made it
 * @param object the object
 */
record ScriptAggregate(LoadedScript script, Scriptable object) {

  /** Returns whether it has the methods that each aggregate must have. */
  boolean isComplete() {
    return has("accumulate") && has("computeResult");
  }

  /** Returns whether a value can be removed from it. */
  boolean isRetractable() {
    return has("deaccumulate");
  }

  /** Sets its first state; an aggregate can also do so where it is created. */
  void init() {
    if (has("init")) {
      call("init");
    }
  }

  void accumulate(Object... arguments) {
    call("accumulate", arguments);
  }

  void deaccumulate(Object... arguments) {
    call("deaccumulate", arguments);
  }

  Object computeResult() {
    return call("computeResult");
  }

  private boolean has(String method) {
    return ScriptableObject.getProperty(object, method) instanceof Function;
  }

  private Object call(String method, Object... arguments) {
    return script.callMethod(
        object, (Function) ScriptableObject.getProperty(object, method), arguments);
  }
}
