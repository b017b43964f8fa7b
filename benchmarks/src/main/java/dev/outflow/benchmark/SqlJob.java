package dev.outflow.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The peer without Java code: SQL statements for Flink's own connectors and formats. */
public final class SqlJob {
  /** Terminates each statement of a script. */
  static final String END = ";\n";

  private SqlJob() {}

  /** Runs a script. Arguments: the script, then Flink options, each followed by its value. */
  public static void main(String... arguments) throws Exception {
    Configuration options = new Configuration();
    for (int i = 1; i < arguments.length; i += 2) {
      options.setString(arguments[i], arguments[i + 1]);
    }
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(options));
    List<String> inserts = new ArrayList<>();
    for (String statement : Files.readString(Path.of(arguments[0])).split(END, -1)) {
      if (statement.startsWith("INSERT")) {
        inserts.add(statement);
      } else if (!statement.isBlank()) {
        tables.executeSql(statement);
      }
    }
    StatementSet all = tables.createStatementSet();
    inserts.forEach(all::addInsertSql);
    all.execute();
  }
}
