package dev.outflow.kafka.retention;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Metric groups in which a second reader replaces the gauges of the first and continues its
 * counters. Flink ignores a metric that is registered again, so that the first reader's consumer
 * lag would be reported forever.
 */
final class ReplaceableMetrics {
  private final Object group;
  private final Map<String, CurrentGauge> gauges = new HashMap<>();
  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<Object, Object> groups = new HashMap<>();

  private ReplaceableMetrics(Object group) {
    this.group = group;
  }

  /** A gauge that reports the last one registered. */
  private static final class CurrentGauge implements Gauge<Object> {
    private volatile Gauge<?> current;

    @Override
    public Object getValue() {
      return current.getValue();
    }
  }

  /** Returns a context with such metric groups. */
  static SourceReaderContext in(SourceReaderContext context) {
    SourceReaderMetricGroup metrics = proxy(context.metricGroup(), SourceReaderMetricGroup.class);
    return proxy(
        SourceReaderContext.class,
        (method, arguments) ->
            method.getName().equals("metricGroup") ? metrics : invoke(context, method, arguments));
  }

  private static <T> T proxy(Object group, Class<T> type) {
    ReplaceableMetrics replaceable = new ReplaceableMetrics(group);
    return proxy(type, replaceable::call);
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "gauge", "setPendingRecordsGauge", "setPendingBytesGauge" -> {
        return gauge(method, arguments);
      }
      case "counter" -> {
        String name = String.valueOf(arguments[0]);
        if (!counters.containsKey(name)) {
          counters.put(name, (Counter) invoke(group, method, arguments));
        }
        return counters.get(name);
      }
      case "addGroup" -> {
        Object added = invoke(group, method, arguments);
        return groups.computeIfAbsent(added, key -> proxy(key, MetricGroup.class));
      }
      default -> {
        return invoke(group, method, arguments);
      }
    }
  }

  private Object gauge(Method method, Object[] arguments) throws Throwable {
    int last = arguments.length - 1;
    String name = last == 0 ? method.getName() : String.valueOf(arguments[0]);
    Gauge<?> gauge = (Gauge<?>) arguments[last];
    CurrentGauge known = gauges.get(name);
    if (known != null) {
      known.current = gauge;
      return gauge;
    }
    CurrentGauge first = new CurrentGauge();
    first.current = gauge;
    gauges.put(name, first);
    Object[] replaced = arguments.clone();
    replaced[last] = first;
    invoke(group, method, replaced);
    return gauge;
  }

  /** A method call of an interface. */
  private interface Call {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.call(method, arguments)));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
