/**
 * Rows of tests: in files, in memory, and as tables of a Flink job. Internal; types are public only
 * for the packages next to it and for Flink's table factories.
 */
package dev.outflow.testing.rows;
