/**
 * The kinds of brokers that speak Kafka's protocol, determined from host names: their defaults,
 * what they reject, and how permissions are granted.
 *
 * <p>Internal; for use by the modules of Outflow only.
 */
package dev.outflow.kafka.broker;
