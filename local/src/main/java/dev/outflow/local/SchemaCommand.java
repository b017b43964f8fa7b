package dev.outflow.local;

import dev.outflow.compose.AvroSchemas;
import dev.outflow.compose.ComposedJob;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./outflow schema}: prints what consumers of the outputs need to know. */
@Command(
    name = "schema",
    description = "Print the columns of each output and, for Avro, its schema.")
final class SchemaCommand implements Runnable {
  @Mixin private JobArguments arguments;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    ComposedJob job = arguments.compose();
    PrintWriter out = spec.commandLine().getOut();
    job.outputColumns()
        .forEach(
            (alias, columns) -> {
              out.println(alias);
              columns.getColumns().forEach(column -> out.println("  " + column.asSummaryString()));
              AvroSchemas.of(job, alias).ifPresent(schema -> out.println(schema.toString(true)));
            });
    out.flush();
  }
}
