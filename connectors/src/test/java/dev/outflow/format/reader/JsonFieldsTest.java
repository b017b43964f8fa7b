package dev.outflow.format.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {
  private final JsonFields fields = new JsonFields(List.of(), (name, column) -> {});

  @Test
  void remembersAThousandNamesThatAreNotColumns() {
    for (int at = 0; at < 1000; at++) {
      JsonField field = fields.find("name" + at);
      assertThat(fields.find("name" + at)).isSameAs(field);
      assertThat(field.canBeExpected()).isTrue();
    }

    assertThat(fields.find("another").canBeExpected()).isFalse();
    assertThat(fields.find("another")).isNotSameAs(fields.find("another"));
  }

  @Test
  void doesNotRememberLongNames() {
    assertThat(fields.find("n".repeat(1000)).canBeExpected()).isTrue();
    assertThat(fields.find("n".repeat(1001)).canBeExpected()).isFalse();
  }
}
