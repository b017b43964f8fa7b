package dev.outflow.functions;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** The examples in the Javadoc of functions give the results that are written next to them. */
class FunctionExamplesTest {
  private static final String ROWS =
      "(VALUES ('x', 3, 2), ('y', 2, 1), ('z', 1, 1)) AS t (v, k, n)";

  /**
   * An example.
   *
   * @param sql an expression
   */
  private record Example(String sql, String result) {
    static Example of(String line) {
      String[] parts = line.split(" +-- ", 2);
      return new Example(parts[0], parts[1]);
    }

    boolean isOfRows() {
      return sql.matches("\\w+\\((\\d+, )?[vk],.*");
    }
  }

  @Test
  void giveTheirResults() throws Exception {
    List<Example> examples = new ArrayList<>();
    for (FunctionJavadoc function : FunctionJavadoc.all()) {
      function.examples().stream()
          .filter(line -> line.contains(" -- "))
          .map(Example::of)
          .forEach(examples::add);
    }

    List<Example> scalar = examples.stream().filter(example -> !example.isOfRows()).toList();
    List<Example> ofRows = examples.stream().filter(Example::isOfRows).toList();
    assertThat(results(scalar, "(VALUES (1)) AS t (x)")).containsExactlyElementsOf(scalar);
    assertThat(results(ofRows, ROWS)).containsExactlyElementsOf(ofRows);
  }

  private static List<Example> results(List<Example> examples, String rows) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.getConfig().set("parallelism.default", "1");
    OutflowModule.load(tables);
    String columns =
        examples.stream()
            .map(example -> "CAST(" + example.sql() + " AS STRING)")
            .collect(joining(", "));
    try (CloseableIterator<Row> result =
        tables.sqlQuery("SELECT " + columns + " FROM " + rows).execute().collect()) {
      Row row = result.next();
      List<Example> actual = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        Object text = row.getField(i);
        actual.add(new Example(examples.get(i).sql(), text == null ? "NULL" : text.toString()));
      }
      return actual;
    }
  }
}
