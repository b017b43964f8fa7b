/** Notices when files are saved, for commands that watch. */
package dev.outflow.local.watch;
