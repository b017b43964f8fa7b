package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputVerifierTest {
  /** One window of ten numbers for each device. */
  private static final int SENT = NumberStream.PER_WINDOW;

  private final List<String> copies =
      new ArrayList<>(IntStream.range(0, SENT).mapToObj(OutputVerifierTest::copy).toList());
  private final List<String> windows =
      new ArrayList<>(
          IntStream.range(0, NumberStream.DEVICES)
              .mapToObj(device -> window(device, 10, 10 * device + 900, device + 180))
              .toList());

  private String misplaced = "";

  @Test
  void findsNothingWhenEachNumberIsThereOnce() throws Exception {
    assertThat(findings().isEmpty()).isTrue();
  }

  @Test
  void findsLostNumbersAndWindows() throws Exception {
    copies.remove(7);
    windows.remove(3);

    assertThat(findings().lost()).isEqualTo(2);
    assertThat(findings().examples())
        .containsExactly("lost: number 7", "lost: Window[device=3, second=0]");
  }

  @Test
  void findsDuplicateNumbersAndWindows() throws Exception {
    copies.add(copies.get(199));
    windows.add(windows.get(3));

    assertThat(findings().duplicated()).isEqualTo(2);
  }

  @Test
  void findsRecordsOutOfOrderWithinADevice() throws Exception {
    copies.add(copies.remove(7));

    assertThat(findings().wrong()).isEqualTo(1);
    assertThat(findings().examples()).containsExactly("wrong: number 7 of device 7 came after 187");
  }

  @Test
  void findsAWindowThatCountedANumberTwice() throws Exception {
    windows.set(3, window(3, 11, 933, 183));

    assertThat(findings().wrong()).isEqualTo(1);
  }

  @Test
  void findsAWindowInTheTopicOfOtherDevices() throws Exception {
    misplaced = windows.get(4);

    assertThat(findings().wrong()).isEqualTo(1);
  }

  @Test
  void findsAWindowOfAnotherTime() throws Exception {
    windows.set(3, windows.get(3).replace("T00:00:00", "T05:30:00"));

    assertThat(findings().wrong()).isEqualTo(1);
  }

  private Findings findings() throws IOException {
    OutputVerifier verifier = new OutputVerifier();
    verifier.read(
        bytes(copies),
        bytes(windows.stream().filter(window -> !isMisplacedOrOdd(window)).toList()),
        bytes(windows.stream().filter(window -> isMisplacedOrOdd(window)).toList()));
    return verifier.findings(SENT);
  }

  private boolean isMisplacedOrOdd(String window) {
    return Integer.parseInt(window.replaceAll("\\D*(\\d+).*", "$1")) % 2 == 1
        || window.equals(misplaced);
  }

  private static String copy(int number) {
    return "{\"number\":%d,\"device\":%d}".formatted(number, number % NumberStream.DEVICES);
  }

  private static String window(int device, int records, int total, int highest) {
    return "{\"device\":%d,\"window_start\":\"2026-01-01T00:00:00\",\"records\":%d,\"total\":%d,\"lowest\":%d,\"highest\":%d}"
        .formatted(device, records, total, device, highest);
  }

  private static List<byte[]> bytes(List<String> records) {
    return records.stream().map(record -> record.getBytes(UTF_8)).toList();
  }
}
