package dev.outflow.javascript;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * Converts between values of JavaScript and plain values: null, Boolean, Double, BigInteger,
 * String, Instant, List and Map.
 */
final class ScriptValues {
  /** No SQL value is nested as deeply; an object that contains itself is. */
  private static final int DEEPEST = 100;

  private ScriptValues() {}

  static Object toScript(Object plain, Context cx, Scriptable scope) {
    if (plain instanceof Instant time) {
      return cx.newObject(scope, "Date", new Object[] {(double) time.toEpochMilli()});
    }
    if (plain instanceof List<?> list) {
      Object[] elements = list.stream().map(value -> toScript(value, cx, scope)).toArray();
      return cx.newArray(scope, elements);
    }
    if (plain instanceof Map<?, ?> map) {
      Scriptable object = cx.newObject(scope);
      map.forEach(
          (key, value) ->
              ScriptableObject.putProperty(object, key.toString(), toScript(value, cx, scope)));
      return object;
    }
    return plain;
  }

  /**
   * Returns the plain value of a result.
   *
   * @throws UnsupportedValueException for values that ASA does not support either
   */
  static Object toPlain(Object value) {
    return toPlain(value, 0);
  }

  private static Object toPlain(Object value, int depth) {
    if (depth > DEEPEST) {
      throw new UnsupportedValueException("an object nested too deeply");
    }
    if (value == null || Undefined.isUndefined(value) || value == Scriptable.NOT_FOUND) {
      return null;
    }
    if (value instanceof Boolean || value instanceof BigInteger) {
      return value;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof NativeArray array) {
      List<Object> list = new ArrayList<>();
      for (long i = 0; i < array.getLength(); i++) {
        list.add(toPlain(array.get(i), depth + 1));
      }
      return list;
    }
    return value instanceof Scriptable object && !(value instanceof Callable)
        ? ofObject(object, depth)
        : unsupported(value instanceof Callable ? "a function" : "a symbol");
  }

  private static Object ofObject(Scriptable object, int depth) {
    return switch (object.getClassName()) {
      case "Date" -> {
        double millis = (Double) object.getDefaultValue(Double.class);
        yield Double.isNaN(millis)
            ? unsupported("an invalid Date")
            : Instant.ofEpochMilli((long) millis);
      }
      case "Number", "String", "Boolean" -> toPlain(object.getDefaultValue(null), depth);
      case "Object" -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Object key : object.getIds()) {
          Object value = field(object, key);
          if (!(value instanceof Callable)) {
            map.put(key.toString(), toPlain(value, depth + 1));
          }
        }
        yield object instanceof NativeObject ? map : unsupported("an object of the engine");
      }
      default -> unsupported("an object of the kind " + object.getClassName());
    };
  }

  private static Object field(Scriptable object, Object key) {
    return key instanceof Integer index
        ? ScriptableObject.getProperty(object, index)
        : ScriptableObject.getProperty(object, key.toString());
  }

  private static Object unsupported(String kind) {
    throw new UnsupportedValueException(kind);
  }

  /** A value that has no equivalent in SQL. */
  static final class UnsupportedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedValueException(String kind) {
      super(kind);
    }
  }
}
