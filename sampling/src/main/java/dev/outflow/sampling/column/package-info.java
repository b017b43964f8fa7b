/**
 * Columns that are inferred from sample values: their types, what is certain about them, and the
 * event time that suits them.
 *
 * <p>Internal: public types are for other modules of Outflow and can change in any release.
 */
package dev.outflow.sampling.column;
