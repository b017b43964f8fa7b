package dev.outflow.definition;

import static dev.outflow.definition.LargeOrdersDefinition.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells inline queries from query files, and keeps their comments. */
class InlineQueriesTest {
  private final LargeOrdersDefinition definition;

  InlineQueriesTest(@TempDir Path folder) throws IOException {
    definition = LargeOrdersDefinition.in(folder);
  }

  @Test
  void readsTextThatOnlyEndsLikeAQueryFileAsAQuery() throws IOException {
    for (String query : List.of("SELECT a FROM b.sql", "(SELECT a FROM b.sql", "-- b.sql")) {
      assertThat(
              DefinitionReader.draft(
                      DefinitionSource.of(definition.write(GOOD.replace("SELECT 1;", query))))
                  .definition()
                  .queries()
                  .get(0)
                  .sql())
          .isEqualTo(query);
    }
  }

  @Test
  void acceptsCommentsThatEndWithTheirLine() throws IOException {
    for (String query :
        List.of(
            "|\n    SELECT 1 -- one\n    AS n\n",
            ">\n    SELECT 1\n    AS n -- one\n",
            ">\n    SELECT '--'\n    AS n\n",
            ">\n    SELECT 1 -- one\n\n    AS n\n",
            "\"SELECT 1 -- \\\"one\\\" \\n AS n\n    , 2 AS m\"\n",
            "SELECT 1 /* one\n    two */ AS n\n")) {
      assertThat(definition.read(GOOD.replace("SELECT 1;\n", query)).queries()).hasSize(2);
    }
  }
}
