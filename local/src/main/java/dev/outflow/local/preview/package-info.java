/**
 * {@code ./outflow preview}: a job on its real inputs whose outputs go to the terminal (decision
 * 39). Internal: the command line is the interface.
 */
package dev.outflow.local.preview;
