/**
 * References to secrets in properties, and the {@code outflow.*} properties of Kafka clients.
 *
 * <p>Public API: the properties that {@link dev.outflow.reference.SecretProperties} lists, and the
 * references of {@link dev.outflow.reference.References}. The types are internal, for Outflow's
 * other modules.
 */
package dev.outflow.reference;
