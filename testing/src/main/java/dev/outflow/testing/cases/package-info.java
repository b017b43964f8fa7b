/**
 * Test cases in folders, as {@code ./outflow test} runs them.
 *
 * <p>Public API for users' tests: {@link dev.outflow.testing.cases.JobCases}. Everything else is
 * internal; other types are public only for {@code ./outflow}.
 */
package dev.outflow.testing.cases;
