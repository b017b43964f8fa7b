/**
 * Functions in JavaScript, as Azure Stream Analytics runs them, for Flink SQL.
 *
 * <p>Scripts run in Rhino without access to Java, files or the network, and with a limit of time
 * and memory for each call (decision 30). Public API: {@link
 * dev.outflow.javascript.JavaScriptFunctions}.
 */
package dev.outflow.javascript;
