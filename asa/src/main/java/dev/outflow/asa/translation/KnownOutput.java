package dev.outflow.asa.translation;

/**
 * What is known of an output besides the script.
 *
 * @param alias as the job spells it
 * @param isJson whether it is JSON, which can have fields that no column declares
 */
public record KnownOutput(String alias, boolean isJson) {}
