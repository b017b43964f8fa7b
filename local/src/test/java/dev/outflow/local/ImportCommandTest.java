package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow import} with a job, with the same job again, and with something else. */
class ImportCommandTest {
  private final OutflowCommand outflow = new OutflowCommand();
  @TempDir private Path folder;

  @Test
  void writesAJobOnceAndReportsWhatIsMissing() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("job.asaql"),
            "SELECT id INTO out FROM x SELECT GetType(id) INTO b FROM x");
    Path job = folder.resolve("job");

    int code = outflow.run("import", script.toString(), "--to", job.toString());

    assertThat(code).isEqualTo(1);
    assertThat(outflow.out())
        .contains("job.asaql:1:34", "missing  output b: GetType")
        .endsWith("2 statements: 1 translated, 1 left out; 3 decisions, 1 missing%n".formatted());
    assertThat(job.resolve("job.yaml")).content().contains("out: queries/out.sql");
    assertThat(job.resolve("import.md")).content().contains("## Missing");

    assertThat(outflow.run("import", script.toString(), "--to", job.toString())).isEqualTo(2);
    assertThat(outflow.err()).contains("already exists; choose another folder with --to");
  }

  @Test
  void rejectsWhatIsNotAJob() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{}");

    assertThat(outflow.run("import", other.toString())).isEqualTo(2);
    assertThat(outflow.err()).contains("contains no job of type Microsoft.StreamAnalytics");
  }
}
