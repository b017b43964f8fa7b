package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

  /** A | stands for a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '"',
      value = {
        "SELECT 1; = SELECT 1",
        "SELECT 1;; = SELECT 1",
        "SELECT 1 ; -- why; really = \"SELECT 1 \"",
        "SELECT 1; /* why; */ | = SELECT 1",
        "SELECT 1 -- it's all; = SELECT 1 -- it's all;",
        "SELECT ';--' = SELECT ';--'",
        "SELECT 'it''s;' AS `a;`; = SELECT 'it''s;' AS `a;`",
        "SELECT 1; SELECT 2; = SELECT 1; SELECT 2",
      })
  void removesOnlyTheTrailingSemicolon(String written, String sql) {
    assertThat(new Query("name", written.replace('|', '\n'), Location.of("job.yaml")).sql())
        .isEqualTo(sql);
  }
}
