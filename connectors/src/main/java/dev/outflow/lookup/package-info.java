/**
 * Reference data: files that lookup joins read as a whole and reload while the job runs.
 *
 * <p>Public API: the options of {@code 'connector' = 'reference-file'}, listed in {@link
 * dev.outflow.lookup.ReferenceFileOptions}. Everything else is internal.
 */
package dev.outflow.lookup;
