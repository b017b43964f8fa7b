package dev.outflow.embedded;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides tests with an {@link EmbeddedKafka}: one broker for all tests of a JVM, started for the
 * first and closed after the last. Each test uses its own topics.
 */
public final class KafkaExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == EmbeddedKafka.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    // Surefire runs each class with a root context of its own.
    return test.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(KafkaExtension.class))
        .getOrComputeIfAbsent("broker", name -> EmbeddedKafka.start(), EmbeddedKafka.class);
  }
}
