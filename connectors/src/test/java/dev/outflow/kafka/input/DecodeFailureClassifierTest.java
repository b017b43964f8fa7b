package dev.outflow.kafka.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecodeFailureClassifierTest {
  private static final RecordProblem MISSING =
      new RecordProblem(
          ErrorCode.MISSING_COLUMNS, Optional.of("id"), "is null but declared NOT NULL", "");

  @Test
  void namesFieldThatDiffersFromTheColumnInCaseOnly() {
    assertThat(message("json", "{\"a\": {\"Id\": 1}, \"ID\": 2}"))
        .isEqualTo(
            "is null but declared NOT NULL; the record has 'ID', and names are case-sensitive");
  }

  @Test
  void namesNoOtherField() {
    assertThat(message("json", "{\"id\": null, \"other\": {\"ID\": 1}}"))
        .isEqualTo(MISSING.message());
    assertThat(message("json", "{\"a\": ")).isEqualTo(MISSING.message());
    assertThat(message("csv", "{\"ID\": 2}")).isEqualTo(MISSING.message());
  }

  private static String message(String format, String value) {
    return new DecodeFailureClassifier(format, false)
        .withNameInOtherCase(MISSING, value.getBytes(UTF_8))
        .message();
  }
}
