/**
 * The version of Kafka's client in this jar, and what follows from it: {@code outflow.jar} and
 * {@code outflow-legacy.jar} contain the same code with different clients. Internal.
 */
package dev.outflow.kafka.client;
