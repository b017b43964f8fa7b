package dev.outflow.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.module.CoreModule;
import org.junit.jupiter.api.Test;

class OutflowModuleTest {
  private static final String READINGS =
      """
      CREATE TEMPORARY TABLE readings (
        device STRING, reading DOUBLE, flags INT, placed_at TIMESTAMP_LTZ(3), WATERMARK FOR placed_at AS placed_at
      ) WITH ('connector' = 'datagen')""";

  private final TableEnvironment tables =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  @Test
  void isLoadedByItsName() {
    tables.executeSql("LOAD MODULE outflow");

    assertThat(tables.listModules()).containsExactly("core", "outflow");
    assertThat(List.of(tables.listFunctions())).contains("BITAND");
    assertThat(tables.sqlQuery("SELECT bitand(6, 3)").getResolvedSchema().getColumns()).hasSize(1);
  }

  @Test
  void hasNoNameOfFlink() {
    Set<String> flink = CoreModule.INSTANCE.listFunctions(true);

    assertThat(new OutflowModule().listFunctions())
        .isNotEmpty()
        .noneMatch(name -> flink.contains(name.toLowerCase(Locale.ROOT)))
        .noneMatch(flink::contains);
  }

  @Test
  void plansTheExampleOfTheDocumentation() throws IOException {
    OutflowModule.load(tables);
    tables.executeSql(READINGS);
    String page = Files.readString(Path.of("..", "docs", "transform.md"));
    MatchResult example =
        Pattern.compile("(?s)### Functions\n.*?```sql\n(.*?)```")
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow();

    assertThat(tables.explainSql(example.group(1))).contains("TOPONE(", "BITAND(", "DATENAME(");
  }

  @Test
  void reportsWrongUnitsAndOrdersWhenAQueryIsPlanned() {
    OutflowModule.load(tables);
    tables.executeSql(READINGS);

    assertRejected(
        "SELECT DATEPART('seconds', placed_at) FROM readings",
        "'seconds' is not a unit of time; expected one of year, quarter,");
    assertRejected(
        "SELECT DATENAME(device, placed_at) FROM readings",
        "the first argument of DATENAME is not a unit of time");
    assertRejected(
        "SELECT TOPONE(device, 'DOWN', reading) FROM readings",
        "argument 2 of TOPONE is the order of its keys; expected ASC or DESC for each of them");
    assertRejected(
        "SELECT COLLECTTOP(0, device, 'DESC', reading) FROM readings",
        "argument 1 of COLLECTTOP is a number of rows, 1 or more");
    assertRejected(
        "SELECT TOPONE(reading, 'DESC', device) FROM readings",
        "TOPONE orders by numbers and times, not by STRING");
  }

  private void assertRejected(String query, String message) {
    assertThatThrownBy(() -> tables.sqlQuery(query)).hasStackTraceContaining(message);
  }
}
