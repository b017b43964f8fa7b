package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators find the checkpoint to continue from without a JobManager. */
class ListCheckpointsTest {
  @TempDir private Path folder;

  @Test
  void listsCompleteCheckpointsOfAllJobsTheNewestLast() throws IOException {
    complete("c/1c9b5e/chk-9", "2026-11-24T10:15:10Z");
    complete("c/7d0f2a/chk-42", "2026-11-24T09:00:00Z");
    Files.createDirectories(folder.resolve("c/1c9b5e/chk-10")); // Without metadata.
    Files.createDirectories(folder.resolve("c/1c9b5e/shared"));
    Files.writeString(folder.resolve("c/readme"), "not a directory");
    complete("s/savepoint-7d0f2a-1", "2026-11-23T00:00:00Z");

    assertThat(
            ListCheckpoints.lines(
                Map.of("execution.checkpointing.dir", uri("c")),
                Configuration.fromMap(
                    Map.of(
                        "execution.checkpointing.dir",
                        "file:/of-the-cluster",
                        "execution.checkpointing.savepoint-dir",
                        uri("s")))))
        .containsExactly(
            "execution.checkpointing.dir " + uri("c") + ": 2",
            "2026-11-24T09:00:00Z  " + path("c/7d0f2a/chk-42"),
            "2026-11-24T10:15:10Z  " + path("c/1c9b5e/chk-9"),
            "execution.checkpointing.savepoint-dir " + uri("s") + ": 1",
            "2026-11-23T00:00:00Z  " + path("s/savepoint-7d0f2a-1"));
  }

  @Test
  void saysThatADirectoryHasNone() throws IOException {
    assertThat(lines(uri("absent")))
        .containsExactly("execution.checkpointing.dir " + uri("absent") + ": none");

    Files.createDirectories(folder.resolve("c/1c9b5e/chk-1"));

    assertThat(lines(uri("c")))
        .containsExactly("execution.checkpointing.dir " + uri("c") + ": none");
  }

  @Test
  void namesTheOptionOfADirectoryThatCannotBeListed() {
    assertThatThrownBy(() -> lines("nowhere://c"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("execution.checkpointing.dir: cannot list nowhere://c");
  }

  @Test
  void explainsThatNoDirectoryIsConfigured() {
    assertThatThrownBy(() -> ListCheckpoints.lines(Map.of(), new Configuration()))
        .hasMessageContaining("neither 'execution.checkpointing.dir' nor");
  }

  private static List<String> lines(String directory) {
    return ListCheckpoints.lines(
        Map.of("execution.checkpointing.dir", directory), new Configuration());
  }

  private void complete(String directory, String time) throws IOException {
    Path metadata = Files.createDirectories(folder.resolve(directory)).resolve("_metadata");
    Files.setLastModifiedTime(Files.createFile(metadata), FileTime.from(Instant.parse(time)));
  }

  private String uri(String directory) {
    return "file://" + folder.resolve(directory);
  }

  private String path(String directory) {
    return "file:" + folder.resolve(directory);
  }
}
