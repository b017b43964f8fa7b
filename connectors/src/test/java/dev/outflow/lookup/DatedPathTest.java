package dev.outflow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatedPathTest {
  @TempDir private Path folder;

  @Test
  void choosesNewestFileThatIsNotInTheFuture() throws IOException {
    write("2026/11/28/23/customers.csv");
    write("2026/11/29/09/customers.csv");
    write("2026/11/29/10/customers.csv");
    write("2026/11/29/11/other.csv");
    write("2026/11/29/12/customers.csv");

    assertThat(newest("{date}/{time}/customers.csv", "yyyy/MM/dd", "HH", "2026-11-29T11:59:00Z"))
        .isEqualTo("2026/11/29/10/customers.csv");
    assertThat(newest("{date}/{time}/customers.csv", "yyyy/MM/dd", "HH", "2026-11-29T12:00:00Z"))
        .isEqualTo("2026/11/29/12/customers.csv");
    assertThat(newest("{date}/{time}/customers.csv", "yyyy/MM/dd", "HH", "2026-11-29T08:00:00Z"))
        .isEqualTo("2026/11/28/23/customers.csv");
  }

  @Test
  void readsDatesWithinNamesAndInAnyOrder() throws IOException {
    write("customers (1)/c-29-11-2026_0930.json");
    write("customers (1)/c-31-02-2026_0930.json");

    assertThat(
            newest(
                "customers (1)/c-{date}_{time}.json", "dd-MM-yyyy", "HHmm", "2026-12-01T00:00:00Z"))
        .isEqualTo("customers (1)/c-29-11-2026_0930.json");
  }

  @Test
  void namesThePatternThatNoFileMatches() {
    assertThatExceptionOfType(ReferenceDataException.class)
        .isThrownBy(() -> newest("{date}.csv", "yyyy-MM-dd", "HH", "2026-11-29T11:59:00Z"))
        .withMessage(
            "no file matches %s/yyyy-MM-dd.csv with a time up to now, 2026-11-29T11:59 UTC"
                .formatted(folder));
  }

  private String newest(String path, String date, String time, String now) throws IOException {
    String found =
        DatedPath.of(folder + "/" + path, date, time)
            .current(Instant.parse(now))
            .getPath()
            .getPath();
    return folder.relativize(Path.of(found)).toString();
  }

  private void write(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), "");
  }
}
