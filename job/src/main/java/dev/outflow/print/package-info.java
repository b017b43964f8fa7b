/**
 * Prints composed jobs: their effective configuration, their SQL, and tables for browsing their
 * data.
 *
 * <p>Internal: public types are for other modules of Outflow and can change in any release.
 */
package dev.outflow.print;
