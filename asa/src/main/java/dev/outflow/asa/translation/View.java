package dev.outflow.asa.translation;

/**
 * A query of job.yaml.
 *
 * @param name of an output or a view
 * @param sql the SELECT
 * @param origin what it comes from, for its first line
 */
public record View(String name, String sql, String origin) {}
