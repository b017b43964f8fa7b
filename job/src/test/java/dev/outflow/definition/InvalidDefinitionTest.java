package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports all violations of the schema at once, each with its location. */
class InvalidDefinitionTest {
  private final LargeOrdersDefinition definition;

  InvalidDefinitionTest(@TempDir Path folder) throws IOException {
    definition = LargeOrdersDefinition.in(folder);
  }

  @Test
  void reportsEverySchemaViolationWithItsLocation() {
    definition.assertProblems(
        """
        name: x
        inputs:
          orders:
            connector: kafka
            topic: orders
            format: json
            bootstrap-server: broker:9092
            columns: {}
        outputs:
          large-orders: {bootstrap-servers: "a:1", topic: t, format: json}
          large:
            bootstrap-servers: a:1
            topic:
            compression-type: zip
            format: [json]
        flnk: {}
        """,
        List.of(),
        "FILE:7:5  inputs.orders.bootstrap-server  unknown key; did you mean 'bootstrap-servers'?",
        "FILE:8:5  inputs.orders.columns  must not be empty",
        "FILE:10:3  outputs.large-orders  is not a valid table name; use letters, digits and '_',"
            + " starting with a letter or '_'",
        "FILE:13:5  outputs.large.topic  must be a string or a map, not empty",
        "FILE:14:5  outputs.large.compression-type  'zip' is invalid; expected one of none, gzip,"
            + " snappy, lz4, zstd; did you mean 'gzip'?",
        "FILE:15:5  outputs.large.format  must be a string, not a list",
        "FILE:16:1  flnk  unknown key; did you mean 'flink'?");
  }

  @Test
  void rejectsConflictingAndUnknownNames() {
    definition.assertProblems(
        """
        name: x
        inputs:
          a: {connector: datagen, columns: {n: INT}, event-time: {column: m}}
          b: {connector: datagen, columns: {n: INT}}
        queries:
          b: SELECT 1
        outputs:
          a: {bootstrap-servers: "a:1", topic: t, format: json}
        transformation: com.acme.Both
        """,
        List.of(),
        "FILE:3:59  inputs.a.event-time.column  unknown column 'm'; expected one of n",
        "FILE:6:3  queries.b  is also the name of an input; rename one",
        "FILE:8:3  outputs.a  has no query; add queries.a",
        "FILE:8:3  outputs.a  is also the name of an input; rename one",
        "FILE:9:1  transformation  conflicts with 'queries'; keep one");
  }

  @Test
  void reportsInvalidYamlWithItsLocation() {
    definition.assertProblems(
        "name: x\nname: y\n",
        List.of(),
        "FILE  outputs  is required",
        "FILE:2:1  name  duplicate key; first defined on line 1");
    definition.assertProblems(
        "- a\n",
        List.of(),
        "FILE  is not a job definition; expected a map with the keys 'name' and 'outputs'");
    definition.assertProblems(
        "",
        List.of(),
        "FILE  is not a job definition; expected a map with the keys 'name' and 'outputs'");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> definition.read("name: x\n\toutputs: {}\n"))
        .withMessageStartingWith(definition.file() + ":2:1  is not valid YAML: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
