package dev.outflow.sampling;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class MasksTest {
  private static final RowType TYPE =
      (RowType)
          ROW(
                  FIELD("a.b", STRING()),
                  FIELD("code", VARCHAR(3).notNull()),
                  FIELD("amount", DECIMAL(10, 2).notNull()),
                  FIELD("items", ARRAY(ROW(FIELD("name", STRING()), FIELD("n", STRING())))),
                  FIELD("tags", MAP(STRING(), STRING())),
                  FIELD("who", ROW(FIELD("id", STRING().notNull())).notNull()))
              .getLogicalType();

  @Test
  void hidesColumnsAtEveryDepth() throws Exception {
    String row =
        "{\"a.b\":\"secret\",\"code\":\"secret\",\"amount\":1.5,\"items\":[{\"name\":\"secret\",\"n\":\"1\"},null],\"tags\":{\"mail\":\"secret\",\"x\":\"y\"},\"who\":{\"id\":\"secret\"}}";

    assertThat(masked(row, "a.b", "code", "amount", "items.name", "tags.mail", "who"))
        .isEqualTo(
            "{\"a.b\":null,\"code\":\"mas\",\"amount\":0,\"items\":[{\"name\":null,\"n\":\"1\"},null],\"tags\":{\"mail\":null,\"x\":\"y\"},\"who\":{\"id\":\"masked\"}}");
  }

  @Test
  void leavesRowsWithoutTheColumnAsTheyAre() throws Exception {
    String row = "{\"a.b\":null,\"items\":null,\"tags\":{}}";

    assertThat(masked(row, "a.b", "items.name", "tags.mail")).isEqualTo(row);
  }

  @Test
  void rejectsPathsThatWouldHideNothing() {
    assertThatThrownBy(() -> Masks.of(TYPE, List.of("cod")))
        .hasMessage("--mask cod: unknown column; did you mean 'code'?");
    assertThatThrownBy(() -> Masks.of(TYPE, List.of("items.nme")))
        .hasMessage("--mask items.nme: unknown column; did you mean 'name'?");
    assertThatThrownBy(() -> Masks.of(TYPE, List.of("code.x")))
        .hasMessageStartingWith("--mask code.x: 'code' has the type VARCHAR(3)");
  }

  private static String masked(String row, String... paths) throws Exception {
    ObjectNode object = (ObjectNode) new ObjectMapper().readTree(row);
    Masks.of(TYPE, List.of(paths)).apply(object);
    return object.toString();
  }
}
