/**
 * A Kafka broker and a Flink cluster in this JVM, reachable from this machine only.
 *
 * <p>Internal: for {@code ./outflow} and for tests. The test sources add secured brokers, and
 * emulators of Azure Key Vault, managed identities and token endpoints.
 */
package dev.outflow.embedded;
