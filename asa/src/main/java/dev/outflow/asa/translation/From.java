package dev.outflow.asa.translation;

import java.util.Optional;

/**
 * What a query reads, translated.
 *
 * @param sql what follows FROM
 * @param table the table, if it is a single one
 * @param time the time attribute
 * @param timestamp the value of System.Timestamp(), if it is not that of the time attribute
 */
record From(
    String sql,
    Scope scope,
    Optional<String> table,
    Optional<TimeAttribute> time,
    Optional<String> timestamp) {}
