/**
 * Examples of transformations in Java, run by {@code conf/examples}.
 *
 * <p>Internal: copy them instead of depending on them.
 */
package dev.outflow.example;
