package dev.outflow.local.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final TextTable ORDERS =
      new TextTable(
          List.of("order_id", "city", "amount"),
          List.of(
              List.of("order-1", "Bergen", "7.50"),
              List.of("order-2", "a city with a very long name", "123.00")));

  @Test
  void alignsColumnsAndNumbers() {
    assertThat(ORDERS.lines(80))
        .containsExactly(
            "order_id  city                          amount",
            "order-1   Bergen                          7.50",
            "order-2   a city with a very long name  123.00");
  }

  @Test
  void truncatesTheWidestColumnFirst() {
    assertThat(ORDERS.lines(30))
        .containsExactly(
            "order_id  city          amount",
            "order-1   Bergen          7.50",
            "order-2   a city with…  123.00");
  }

  @Test
  void countsColumnsForWhichThereIsNoSpace() {
    assertThat(ORDERS.lines(16))
        .containsExactly("order…  city  +1", "order…  Bergen", "order…  a cit…");
  }

  @Test
  void countsWideCharactersTwice() {
    TextTable table = new TextTable(List.of("名前", "n"), List.of(List.of("東京都港区", "1")));
    assertThat(table.lines(80)).containsExactly("名前        n", "東京都港区  1");
    assertThat(DisplayWidth.truncate("東京都港区", 6)).isEqualTo("東京…");
    assertThat(DisplayWidth.printable("a\033[2Jb")).isEqualTo("a [2Jb");
  }
}
