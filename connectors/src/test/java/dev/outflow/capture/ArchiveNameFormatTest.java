package dev.outflow.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;

class ArchiveNameFormatTest {
  private static final CaptureFile FILE =
      new CaptureFile("orders", 12, LocalDateTime.of(2026, 11, 24, 10, 5, 9));

  @Test
  void readsDefaultFormatAtTheEndOfAPath() {
    ArchiveNameFormat names =
        ArchiveNameFormat.parse(EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.defaultValue());

    assertThat(
            names.file(
                new Path(
                    "abfss://box@account.dfs.core.windows.net/data/ns/orders/12/2026/11/24/10/05/09.avro")))
        .contains(FILE);
    assertThat(names.file(new Path("/ns/orders/12/2026/11/24/10/05/09.parquet"))).isEmpty();
    assertThat(names.file(new Path("/ns/orders/12/2026/02/30/10/05/09.avro"))).isEmpty();
    assertThat(names.file(new Path("/ns/orders/x/2026/11/24/10/05/09.avro"))).isEmpty();
  }

  @Test
  void readsAnyOrder() {
    assertThat(
            ArchiveNameFormat.parse(
                    "{Year}-{Month}-{Day}/{Namespace}.{EventHub}/p{PartitionId}_{Hour}_{Minute}_{Second}")
                .file(new Path("/2026-11-24/ns.orders/p12_10_05_09.avro")))
        .contains(FILE);
  }

  @Test
  void reportsUnknownAndRepeatedPlaceholders() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArchiveNameFormat.parse("{Namespace}/{Hub}"))
        .withMessage(
            "placeholder '{Hub}' is unknown or appears twice; expected each of {Day}, {EventHub}, {Hour}, {Minute}, {Month}, {Namespace}, {PartitionId}, {Second}, {Year} once");
  }
}
