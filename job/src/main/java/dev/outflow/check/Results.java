package dev.outflow.check;

import java.util.Map;

/** What several were asked at the same time: the answers, and why there is none. */
record Results<A, T>(Map<A, T> answers, Map<A, Exception> failures) {}
