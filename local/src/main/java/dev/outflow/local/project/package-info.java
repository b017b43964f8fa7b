/**
 * The job of a project that {@code ./outflow new --from} creates: its definition, environment,
 * query, generator and test case.
 *
 * <p>Internal: public types are for other packages of this module and can change in any release.
 */
package dev.outflow.local.project;
