package dev.outflow.asa.query;

/**
 * A part of a script that is not valid; its statement is left out of the tree.
 *
 * @param message what is wrong, e.g. {@code expected FROM, found ','}
 */
public record SyntaxError(Position at, String message) {}
