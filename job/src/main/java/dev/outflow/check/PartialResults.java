package dev.outflow.check;

import java.util.Map;

/** The results of asking several the same, and the failures of those without one. */
record PartialResults<A, T>(Map<A, T> results, Map<A, Exception> failures) {}
