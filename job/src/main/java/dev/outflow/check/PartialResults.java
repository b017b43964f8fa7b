package dev.outflow.check;

import java.util.Map;

/** The results of asking several brokers or vaults the same, and the failures of the others. */
record PartialResults<A, T>(Map<A, T> results, Map<A, Exception> failures) {}
