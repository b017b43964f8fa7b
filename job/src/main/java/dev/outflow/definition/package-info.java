/**
 * Reads job.yaml into records: parsing, overrides, validation against {@code job.schema.json}, and
 * checks across properties. Reports all problems at once, each with its location.
 *
 * <p>Internal: public types are for other modules of Outflow and can change in any release.
 */
package dev.outflow.definition;
