package dev.outflow.registry;

import dev.outflow.kafka.option.RegistryOptions;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A subject rejects a schema. The job fails without a restart, which would not help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class IncompatibleSchemaException extends RegistryException {
  IncompatibleSchemaException(String message) {
    super(RegistryOptions.SUBJECT, message);
  }
}
