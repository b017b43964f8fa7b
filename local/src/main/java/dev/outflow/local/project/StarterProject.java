package dev.outflow.local.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.compose.InputSchema;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.kafka.input.RecordRows;
import dev.outflow.sampling.Masks;
import dev.outflow.sampling.RowJson;
import dev.outflow.sampling.SampledRows;
import dev.outflow.sampling.TopicSample;
import dev.outflow.testing.cases.CaseReader;
import dev.outflow.testing.cases.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * The files of a new project that come from a sample.
 *
 * @param folder the project
 */
public record StarterProject(Path folder, StarterJob job) {
  /** The test case, without expected rows. */
  public static final String TEST_CASE = "conf/tests/sample";

  /** The name of the example's class in Java, and the start of that of its test. */
  private static final String CLASS = "DistinctOrders";

  private static final int CASE_ROWS = 20;

  /**
   * Writes the definition, the query, the environment, the generator and the test case; Flink has
   * planned both jobs.
   *
   * @param masked columns whose values no file contains, e.g. {@code customer.name}
   * @throws IllegalArgumentException if a mask is not a column; the message is for the user
   * @throws IOException if a file cannot be written, or the records cannot be decoded now
   */
  public void write(TopicSample sample, List<String> masked) throws IOException {
    for (Map.Entry<String, String> file : job.files().entrySet()) {
      write(file.getKey(), file.getValue());
    }
    List<ObjectNode> rows = rows(sample, masked);
    Generator generator = job.generator();
    write("conf/generator.yaml", generator.definition());
    write("conf/" + generator.queryFile(), generator.query(rows));
    plan("conf/job.yaml");
    plan("conf/generator.yaml");
    write(
        TEST_CASE + "/" + job.input() + ".jsonl",
        rows.subList(Math.max(0, rows.size() - CASE_ROWS), rows.size()).stream()
            .map(row -> RowJson.line(row) + "\n")
            .reduce("", String::concat));
  }

  /**
   * Runs the test case and writes its output as the expected rows.
   *
   * @return why that failed, if it did
   */
  public Optional<String> accept() {
    CaseResult result =
        CaseReader.readToAccept(List.of(folder.resolve(TEST_CASE)), Optional.empty()).get(0).run();
    if (result.failure().isEmpty()) {
      List<Path> unused = result.accept();
    }
    return result.failure();
  }

  /**
   * Moves the files into a project that was generated with an example, which is deleted.
   *
   * @throws IOException if a file cannot be moved
   */
  public void replaceExample(Path generated) throws IOException {
    try (Stream<Path> all = Files.walk(generated.resolve("conf"))) {
      for (Path file : all.filter(StarterProject::isOfExample).toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> all = Files.walk(generated.resolve("src"))) {
      for (Path file :
          all.filter(path -> path.getFileName().toString().startsWith(CLASS)).toList()) {
        Files.delete(file);
      }
    }
    deleteEmptyFolders(generated);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = generated.resolve(folder.relativize(file));
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isOfExample(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().equals("job.schema.json");
  }

  private static void deleteEmptyFolders(Path generated) throws IOException {
    try (Stream<Path> all = Files.walk(generated)) {
      List<Path> deepestFirst =
          all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
      for (Path directory : deepestFirst) {
        if (directory.toFile().list().length == 0) {
          Files.delete(directory);
        }
      }
    }
  }

  private List<ObjectNode> rows(TopicSample sample, List<String> masked) throws IOException {
    ResolvedSchema columns =
        InputSchema.of(DefinitionReader.read(source("conf/job.yaml")), job.input());
    RecordRows reader = RecordRows.of(job.input(), columns, job.topicOptions());
    RowJson json =
        new RowJson(
            reader.type(),
            columns.getColumns().stream().map(Column::getName).toList(),
            job.localFormat());
    return SampledRows.of(sample, reader, json, Masks.of(reader.type(), masked)).good();
  }

  /**
   * Plans a definition.
   *
   * @throws InvalidDefinitionException if Flink rejects it
   */
  private void plan(String file) {
    JobComposer.compose(
        DefinitionReader.draft(source(file)),
        new Configuration(),
        StreamExecutionEnvironment::getExecutionEnvironment);
  }

  private DefinitionSource source(String file) {
    return DefinitionSource.of(folder.resolve(file).toString());
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
