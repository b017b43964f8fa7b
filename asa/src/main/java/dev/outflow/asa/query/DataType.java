package dev.outflow.asa.query;

import java.util.List;

/**
 * A type as in CAST and CREATE TABLE.
 *
 * @param name in lowercase
 * @param arguments as written: {@code max} of {@code nvarchar(max)}
 */
public record DataType(String name, List<String> arguments, Position at) {
  public DataType {
    arguments = List.copyOf(arguments);
  }
}
