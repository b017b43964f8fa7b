package dev.outflow.registry;

import dev.outflow.kafka.option.RegistryOptions;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A subject does not take a schema. The job ends: another attempt would change nothing. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class IncompatibleSchemaException extends RegistryException {
  IncompatibleSchemaException(String message) {
    super(RegistryOptions.SUBJECT, message);
  }
}
