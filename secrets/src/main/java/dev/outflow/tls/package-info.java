/**
 * TLS for Kafka clients with certificates and keys that rotate.
 *
 * <p>Public API: {@link dev.outflow.tls.KeyVaultTruststoreInitializer}, Kafka's {@code
 * ssl.engine.factory.class}. {@link dev.outflow.tls.TlsMaterial} is internal.
 */
package dev.outflow.tls;
